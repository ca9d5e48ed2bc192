"""Exports: what the journal holds, as files for people and other programs, each written whole or not at all.

`reports.jsonl` (a finished report a line), `counts.csv`, `failures.csv` and a Markdown page an article in
`reports/`; with `pages` an evidence page an article beside it, and `index.html` over all; on request
`report.xlsx`, or `articles.parquet`, `counts.parquet` and `findings.parquet`. All of it comes from one state of the
journal, read once from beginning to end, and has every report as a person has corrected it.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any, Protocol, runtime_checkable

from pydantic import ValidationError

from summarizer.batch.journal import Journal
from summarizer.batch.records import Line, json_line
from summarizer.errors import ConfigError, SummarizerError
from summarizer.outputs.files import Sheaf, open_whole
from summarizer.outputs.rows import COUNT, FAILURE, Row, count_rows, failure_row, safe_cell
from summarizer.outputs.slugs import page_name, slug_of
from summarizer.review.applying import corrected
from summarizer.review.store import Reviews
from summarizer.schemas.report import MeetingReport

__all__ = ("FORMATS", "PAGES", "OutputError", "export", "sweep")

FORMATS = ("xlsx", "parquet")
PAGES = "reports"
_STALE_S = 3600.0


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
    journal: Journal, *, formats: Collection[str] = (), pages: bool = True, only_changed: bool = False
) -> bool:
    """Write the exports into the journal's folder; whether there was anything to write.

    `only_changed` writes nothing where the last export holds everything already. An output that fails stays as it
    was, and the others are written: then `OutputError` says which it is. Raises OSError where the folder cannot be
    written at all, `ConfigError` for a format whose library is not installed.
    """
    folder = journal.folder
    with journal.snapshot():
        change, exported = journal.changes()
        whole = all((folder / name).exists() for name, _ in _PLAIN)
        reviews = Reviews(folder)
        if only_changed and whole and change == exported and not formats and not reviews:
            return False
        shared = journal.shared_slugs()
        (folder / PAGES).mkdir(exist_ok=True)
        problems: list[str] = []
        outputs: list[_Output] = []
        names: set[str] = set()
        try:
            opened = partial(_pages, folder, shared, exported)
            outputs.append(_Output("the Markdown pages", problems, opened, by_line=True))
            for name, kind in _PLAIN:
                outputs.append(_Output(name, problems, partial(_plain, kind, folder / name)))
            for name in formats:
                outputs.append(_Output(f"--format {name}", problems, partial(_table, name, folder)))
            if pages:
                opened = partial(_evidence_pages, journal, shared, exported)
                outputs.append(_Output("the evidence pages", problems, opened, by_line=True))
            for line in journal.lines():
                if reviews:
                    line = _corrected(line, journal, reviews, change, problems)
                report = None if line.report is None else json.loads(line.report)
                names.add(page_name(line.name, line.location, shared))
                for output in outputs:
                    output.add(line, report)
            for output in outputs:
                output.close()
        except BaseException as error:
            for output in outputs:
                output.drop(error)
            raise
        _remove_missing(folder / PAGES, journal, names)
    if problems:
        raise OutputError(f"{folder}: {'; '.join(problems)}; the other outputs are whole")
    journal.mark_exported(change)
    return True


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
        self._table = None
        self._files.__exit__(type(error), error, error.__traceback__)

    def _fail(self, error: Exception) -> None:
        self.drop(error)
        if isinstance(error, ConfigError):
            raise error
        self._problems.append(f"{self._name} cannot be written ({_reason(error)})")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _remove_missing(folder: Path, journal: Journal, names: set[str]) -> None:
    """Remove the pages of articles that are not there any more, unless another's page has that name now."""
    for name, location in journal.missing():
        for page in {page_name(name, location, ()), page_name(name, location, {slug_of(name)})} - names:
            for suffix in (".md", ".html", ".txt"):
                (folder / f"{page}{suffix}").unlink(missing_ok=True)


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

    columns: dict[str, type]

    def __init__(self, file: IO[bytes]) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self._writer = csv.writer(text)
        self._writer.writerow(self.columns)
        self._text = text

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        for row in self.rows(line, report):
            self._writer.writerow([safe_cell(cell) for cell in row])

    def rows(self, line: Line, report: dict[str, Any] | None) -> Iterable[Row]:
        raise NotImplementedError


class _Counts(_Csv):
    columns = COUNT

    def rows(self, line: Line, report: dict[str, Any] | None) -> Iterable[Row]:
        return () if report is None else count_rows(line, report)


class _Failures(_Csv):
    columns = FAILURE

    def rows(self, line: Line, report: dict[str, Any] | None) -> Iterable[Row]:
        return () if line.state == "done" else [failure_row(line)]


class _Pages:
    """`reports/`: a Markdown page an article, written again only where it has changed."""

    def __init__(self, folder: Path, sheaf: Sheaf, shared: Collection[str], exported: int) -> None:
        self._folder = folder
        self._sheaf = sheaf
        self._shared = shared
        self._exported = exported

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        from summarizer.outputs.markdown import render

        path = self._folder / f"{page_name(line.name, line.location, self._shared)}.md"
        if line.report is None:
            path.unlink(missing_ok=True)
        elif line.change > self._exported or not path.exists():
            try:
                self._sheaf.write(path, render(MeetingReport.model_validate_json(line.report)))
            except ValidationError:  # of an earlier version, whose page was written then
                return


_PLAIN = (("reports.jsonl", _Reports), ("counts.csv", _Counts), ("failures.csv", _Failures))


def _plain(kind: Callable[[IO[bytes]], Table], path: Path, files: ExitStack) -> Table:
    return kind(files.enter_context(open_whole(path, binary=True)))


def _pages(folder: Path, shared: Collection[str], exported: int, files: ExitStack) -> Table:
    return _Pages(folder / PAGES, files.enter_context(Sheaf()), shared, exported)


def _evidence_pages(journal: Journal, shared: Collection[str], exported: int, files: ExitStack) -> Table:
    from summarizer.batch.pages import JobPages

    return JobPages(journal, shared, exported)


def _table(name: str, folder: Path, files: ExitStack) -> Table:
    try:
        if name == "xlsx":
            from summarizer.outputs.workbook import Workbook

            return Workbook(files.enter_context(open_whole(folder / "report.xlsx", binary=True)))
        from summarizer.outputs.parquet import Parquet
    except ImportError:
        raise ConfigError(
            f"--format {name} needs another package: pip install 'summarizer[{name}]'"
        ) from None
    return Parquet(lambda part: files.enter_context(open_whole(folder / f"{part}.parquet", binary=True)))
