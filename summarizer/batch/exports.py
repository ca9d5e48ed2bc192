"""Exports: what the journal holds, as files for people and other programs, each written whole or not at all.

`reports.jsonl` (a finished report a line), the tables of `outputs.rows` as CSV (`articles.csv`, `counts.csv`,
`people.csv`…) and a Markdown page an article in `reports/`; with `pages` an evidence page an article beside it, and
`index.html` over all; on request `report.xlsx`, a brief of one page an article, or the tables as Parquet. All of it
comes from one state of the journal, read once from beginning to end, every report as a person has corrected it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any, Protocol, runtime_checkable

from pydantic import ValidationError

from summarizer.batch.journal import Journal
from summarizer.batch.pages import KINDS, PAGES, Index, Pages, Place
from summarizer.batch.records import Line, json_line
from summarizer.errors import SummarizerError
from summarizer.outputs import rows
from summarizer.outputs.files import ManyFiles, open_whole, write_whole
from summarizer.outputs.pages.collection import Collection
from summarizer.outputs.slugs import page_name, slug_of
from summarizer.review.applying import corrected
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Lang
from summarizer.schemas.report import MeetingReport

__all__ = ("OutputError", "export", "is_output", "sweep")

_STALE_S = 3600.0
_LANG = ".lang"  # beside the pages: the language that they are in
_OUTPUT = re.compile(
    rf"index(-\d+)?\.html|report\.xlsx|(reports|{'|'.join(rows.TABLES)})\.(jsonl|csv|parquet)|run\.json"
    r"|errors\.log|job\.lock|(journal|fetched)\.sqlite(-wal|-shm)?"
)


class Table(Protocol):
    """Something that takes the lines of a job one by one."""

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line, with its report's JSON where it has one."""
        ...


@runtime_checkable
class ClosingTable(Table, Protocol):
    """A table that is whole only once it is closed."""

    def close(self) -> None:
        """Write what is left."""
        ...


class OutputError(SummarizerError):
    """Some of the outputs could not be written; the others are whole."""


def export(
    journal: Journal,
    *,
    formats: Sequence[str] = (),
    pages: bool = True,
    only_changed: bool = False,
    lang: Lang = "vi",
) -> bool:
    """Write the exports into the journal's folder; whether there was anything to write.

    What people read (pages, workbook, briefs) is in `lang`; the machine formats keep their codes.

    `only_changed` writes nothing where the last export holds everything already. An output that fails stays as it
    was, and the others are written: then `OutputError` says which it is. Raises OSError where the folder cannot be
    written at all. That the packages of `formats` are installed is checked beforehand, by `outputs.formats.require`.
    """
    folder = journal.folder
    with journal.snapshot():
        change, exported = journal.changes()
        whole = all((folder / name).exists() for name, _ in _PLAIN)
        reviews = Reviews(folder)
        if _lang_of(folder) != lang:  # pages in another language are no pages of this export
            exported, whole = -1, False
        if only_changed and whole and change == exported and not formats and not reviews:
            return False
        shared = journal.shared_slugs()
        (folder / PAGES).mkdir(exist_ok=True)
        problems: list[str] = []
        outputs: list[_Output] = []
        stale = _pages_of_missing(journal)
        try:
            place = Place(journal, shared, lang)
            opened = partial(_pages, "markdown", place, exported)
            outputs.append(_Output("the Markdown pages", problems, opened, by_line=True))
            for name, kind in _PLAIN:
                outputs.append(_Output(name, problems, partial(_plain, kind, folder / name)))
            for name in formats:
                opened = (
                    partial(_pages, name, place, exported) if name in KINDS else partial(_table, name, place)
                )
                outputs.append(_Output(f"--format {name}", problems, opened, by_line=name in KINDS))
            if pages:
                opened = partial(_pages, "evidence", place, exported)
                outputs.append(_Output("the evidence pages", problems, opened, by_line=True))
                outputs.append(_Output("index.html", problems, partial(_index, place), by_line=True))
            for line in journal.lines():
                if reviews:
                    line = _corrected(line, journal, reviews, change, problems)
                report = None if line.report is None else json.loads(line.report)
                if stale:
                    stale.discard(page_name(line.name, line.location, shared))
                for output in outputs:
                    output.add(line, report)
            for output in outputs:
                output.close()
        except BaseException as error:
            for output in outputs:
                output.drop(error)
            raise
        for page in stale:
            for suffix in chain.from_iterable(suffixes for suffixes, _ in KINDS.values()):
                (folder / PAGES / f"{page}{suffix}").unlink(missing_ok=True)
    if problems:
        raise OutputError(f"{folder}: {'; '.join(problems)}; the other outputs are whole")
    write_whole(folder / PAGES / _LANG, lang)
    journal.mark_exported(change)
    return True


def _lang_of(folder: Path) -> str:
    """Return the language of the last export's pages."""
    try:
        return (folder / PAGES / _LANG).read_text("utf-8")
    except FileNotFoundError:
        return "vi"


def _corrected(line: Line, journal: Journal, reviews: Reviews, change: int, problems: list[str]) -> Line:
    """Return the line with its report as a person has corrected it, as changed now; itself where nobody has."""
    article = line.article
    if line.report is None or article is None:
        return line
    try:
        report = MeetingReport.model_validate_json(line.report)
    except ValidationError:
        return line  # of an earlier version; the batch makes it anew when it is run again
    try:
        made = corrected(report, lambda: journal.text(article), reviews)
    except Exception as error:  # one article's review is not to cost the outputs of the others
        problems.append(f"{line.name}: its review does not fit its report ({type(error).__name__})")
        return line
    return line if made is report else replace(line, report=json_line(made), change=change + 1)


class _Output:
    """One output and the files it is written to: where it fails they stay as they were, and the others go on.

    `by_line`: it writes a file a line, so that a line that fails is that line's matter alone. What failed is added to
    `problems`.
    """

    def __init__(
        self, name: str, problems: list[str], opened: Callable[[ExitStack], Table], *, by_line: bool = False
    ) -> None:
        self._name = name
        self._problems = problems
        self._by_line = by_line
        self._failed = 0
        self._files = ExitStack()
        self._table: Table | None = None
        try:
            self._table = opened(self._files)
        except Exception as error:
            self._fail(error)

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Give it a line."""
        if self._table is None:
            return
        try:
            self._table.add(line, report)
        except Exception as error:
            if not self._by_line or isinstance(error, OSError):
                self._fail(error)
                return
            self._failed += 1
            if self._failed == 1:
                self._problems.append(f"{self._name} lack {line.name} ({_reason(error)})")

    def close(self) -> None:
        """Make it whole."""
        if self._table is None:
            return
        try:
            if isinstance(self._table, ClosingTable):
                self._table.close()
            self._files.close()
        except Exception as error:
            self._fail(error)
        if self._failed > 1:
            self._problems.append(f"and {self._failed - 1:,} more")

    def drop(self, error: BaseException) -> None:
        """Leave its files as they were."""
        table, self._table = self._table, None
        if isinstance(table, ClosingTable) and not self._by_line:
            with suppress(Exception):  # a library that is left open writes to its file when it is collected
                table.close()
        self._files.__exit__(type(error), error, error.__traceback__)

    def _fail(self, error: Exception) -> None:
        self.drop(error)
        self._problems.append(f"{self._name} cannot be written ({_reason(error)})")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _pages_of_missing(journal: Journal) -> set[str]:
    """The names that pages of articles may have which are not there any more."""
    return {
        page_name(name, location, shared)
        for name, location in journal.missing()
        for shared in ((), (slug_of(name),))
    }


def is_output(name: str) -> bool:
    """Whether a job writes a file of this name into its folder."""
    return _OUTPUT.fullmatch(name) is not None


def sweep(folder: Path) -> None:
    """Remove what a killed job had half written; the caller holds the folder."""
    for place in (folder, folder / PAGES):
        for path in place.glob(".*.part"):
            if time.time() - path.stat().st_mtime > _STALE_S:
                path.unlink(missing_ok=True)


class _Reports:
    """`reports.jsonl`: the finished reports, each as the journal has it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        if line.report is not None:
            self._file.write(line.report + b"\n")


class _Csv:
    """A table for spreadsheets: UTF-8 with a byte order mark, no cell a formula."""

    def __init__(self, table: rows.Table, file: IO[bytes]) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self._writer = csv.writer(text)
        self._table = table
        self._writer.writerow(table.columns)
        self._text = text

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        for row in self._table.rows(line, report, None):
            self._writer.writerow([rows.safe_cell(cell) for cell in row])


_PLAIN: Sequence[tuple[str, Callable[[IO[bytes]], Table]]] = (
    ("reports.jsonl", _Reports),
    *((f"{name}.csv", partial(_Csv, table)) for name, table in rows.TABLES.items()),
)


def _plain(kind: Callable[[IO[bytes]], Table], path: Path, files: ExitStack) -> Table:
    return kind(files.enter_context(open_whole(path, binary=True)))


def _pages(kind: str, place: Place, exported: int, files: ExitStack) -> Table:
    return Pages(kind, place, files.enter_context(ManyFiles()), exported)


def _index(place: Place, files: ExitStack) -> Table:
    return Index(place, files.enter_context(Collection(place.journal.folder, place.lang)))


def _table(name: str, place: Place, files: ExitStack) -> Table:
    folder = place.journal.folder
    if name == "xlsx":
        from summarizer.outputs.workbook import Workbook

        return Workbook(files.enter_context(open_whole(folder / "report.xlsx", binary=True)), place.lang)
    from summarizer.outputs.parquet import Parquet

    return Parquet(lambda part: files.enter_context(open_whole(folder / f"{part}.parquet", binary=True)))
