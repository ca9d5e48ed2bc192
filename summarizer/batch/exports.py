"""Exports: what the journal holds, as files for people and other programs, each written whole or not at all.

`reports.jsonl` (a finished report a line), the tables of `outputs.rows` as CSV (`articles.csv`, `counts.csv`,
`people.csv`…) and a Markdown page an article in `reports/`; with `pages` an evidence page an article beside it, and
`index.html` over all; on request `report.xlsx`, a brief of one page an article, or the tables as Parquet. All of it
comes from one state of the journal, read once from beginning to end, every report as a person has corrected it.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from summarizer.batch.job_taxonomy import FILE as TAXONOMY
from summarizer.batch.job_taxonomy import use_taxonomy
from summarizer.batch.journal import Journal
from summarizer.batch.pages import KINDS, PAGES, Add, Place, index, pages
from summarizer.batch.records import json_line
from summarizer.errors import SummarizerError
from summarizer.model.progress import Progress, no_progress
from summarizer.outputs import rows
from summarizer.outputs.files import open_whole, write_whole
from summarizer.outputs.formats import FORMATS
from summarizer.outputs.rows import Line
from summarizer.outputs.slugs import page_name, slug_of
from summarizer.review.applying import corrected
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Labels, Lang, labels

_TOLD_EVERY = 50  # articles: that many take about a second
_LANG = ".lang"  # beside the pages: the language that they are in
_OUTPUT = re.compile(
    rf"index(-\d+)?\.html|report\.xlsx|(reports|{'|'.join(rows.TABLES)})\.(jsonl|csv|parquet)|run\.json"
    rf"|errors\.log|job\.lock|{re.escape(TAXONOMY)}|(journal|fetched)\.sqlite(-wal|-shm)?"
)
_FILES: Mapping[str, tuple[str, ...]] = {
    "markdown": ("reports.jsonl", *(f"{name}.csv" for name in rows.TABLES)),
    "xlsx": ("report.xlsx",),
    "parquet": tuple(f"{name}.parquet" for name in rows.TABLES),
    "evidence": ("index.html",),
}  # beside the pages of `KINDS`; those of Markdown are always written


class OutputError(SummarizerError):
    """Some of the outputs could not be written; the others are whole."""


def export(
    journal: Journal,
    *,
    formats: Sequence[str] = (),
    pages: bool = True,
    only_changed: bool = False,
    lang: Lang = "vi",
    progress: Progress = no_progress,
) -> tuple[str, ...]:
    """Write the exports into the journal's folder; returns the files written, pages and tables as patterns.

    What people read (pages, workbook, briefs, failures.csv) is in `lang`; the machine formats keep their codes. What
    stands there from an earlier export is written again without being asked for, since it would be out of date.

    `progress` is called as it goes. `only_changed` writes nothing where the last export holds everything already and
    its files are there. An output that fails stays as it was, and the others are written: then `OutputError` says
    which it is. Raises OSError where the folder cannot be written at all. That the packages of `formats` are
    installed is checked beforehand, by `outputs.formats.require`.
    """
    folder = journal.folder
    use_taxonomy(folder)
    with journal.snapshot():
        change, exported = journal.changes()
        asked = (*formats, *(("evidence",) if pages else ()))
        written = (
            "markdown",
            *(name for name in (*FORMATS, "evidence") if name in asked or _stands(folder, name)),
        )
        reviews = Reviews(folder)
        if _lang_of(folder) != lang:  # pages in another language are no pages of this export
            exported = -1
        place = Place(journal, journal.shared_slugs(), lang, exported)
        if only_changed and change == exported and not formats and not reviews and _are_there(place, written):
            return ()
        (folder / PAGES).mkdir(exist_ok=True)
        problems: list[str] = []
        outputs: list[_Output] = []
        stale = _pages_of_missing(journal)
        try:
            for opened in _opened(place, written):
                outputs.append(_Output(*opened, problems))
            lines = journal.totals().items
            for number, line in enumerate(journal.lines()):
                if number and number % _TOLD_EVERY == 0:
                    progress("writing the files", number, lines)
                if reviews:
                    line = corrected_line(line, journal, reviews, change, problems)
                if stale:
                    stale.discard(place.name(line))
                for output in outputs:
                    output.add(line)
            for output in outputs:
                output.close()
        except BaseException as error:
            for output in outputs:
                output.drop(error)
            raise
        for page in stale:
            for suffix in chain.from_iterable((*kind.always, *kind.sometimes) for kind in KINDS.values()):
                (folder / PAGES / f"{page}{suffix}").unlink(missing_ok=True)
    if problems:
        raise OutputError(f"{folder}: {'; '.join(problems)}; the other outputs are whole")
    write_whole(folder / PAGES / _LANG, lang)
    journal.mark_exported(change)
    return tuple(dict.fromkeys(chain.from_iterable(map(_patterns, written))))


def is_output(name: str) -> bool:
    """Whether a job writes a file of this name into its folder."""
    return _OUTPUT.fullmatch(name) is not None


def _stands(folder: Path, name: str) -> bool:
    """Whether there is any file that an earlier export has written in this format."""
    pages = KINDS[name].always if name in KINDS else ()
    return any((folder / file).exists() for file in _FILES.get(name, ())) or any(
        any((folder / PAGES).glob(f"*{suffix}")) for suffix in pages
    )


def _are_there(place: Place, written: Sequence[str]) -> bool:
    """Whether all files of these formats are there, with the pages of every article that has a report."""
    if not all((place.folder / file).exists() for name in written for file in _FILES.get(name, ())):
        return False
    suffixes = [suffix for name in written if name in KINDS for suffix in KINDS[name].always]
    there = set(os.listdir(place.folder / PAGES))
    return all(
        f"{page_name(name, location, place.shared)}{suffix}" in there
        for name, location in place.journal.reported()
        for suffix in suffixes
    )


def _patterns(name: str) -> Iterator[str]:
    """The files of a format, as a person is told: `report.xlsx`, `*.csv`, `reports/*.md`."""
    for file in map(Path, _FILES.get(name, ())):
        yield f"*{file.suffix}" if file.stem in rows.TABLES else file.name
    if name in KINDS:
        yield from (f"{PAGES}/*{suffix}" for suffix in KINDS[name].always)


def _lang_of(folder: Path) -> str:
    try:
        return (folder / PAGES / _LANG).read_text("utf-8")
    except FileNotFoundError:
        return "vi"


def _pages_of_missing(journal: Journal) -> set[str]:
    """The names that pages of articles may have which are not there any more."""
    return {
        page_name(name, location, shared)
        for name, location in journal.missing()
        for shared in ((), (slug_of(name),))
    }


def corrected_line(line: Line, journal: Journal, reviews: Reviews, change: int, problems: list[str]) -> Line:
    """Return the line with its report as a person has corrected it, as changed now; itself where nobody has."""
    report, article = line.made, line.article
    if report is None or article is None:
        return line
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
        self, name: str, opened: AbstractContextManager[Add], by_line: bool, problems: list[str]
    ) -> None:
        self._name = name
        self._problems = problems
        self._by_line = by_line
        self._failed = 0
        self._files = ExitStack()
        self._add: Add | None = None
        with self._fails():
            self._add = self._files.enter_context(opened)

    def add(self, line: Line) -> None:
        """Give it a line."""
        if self._add is None:
            return
        with self._fails():
            try:
                self._add(line)
            except Exception as error:
                if not self._by_line or isinstance(error, OSError):
                    raise
                self._failed += 1
                if self._failed == 1:
                    self._problems.append(f"{self._name} lack {line.name} ({_reason(error)})")

    def close(self) -> None:
        """Make it whole."""
        if self._add is not None:
            with self._fails():
                self._files.close()
            if self._failed > 1:
                self._problems.append(f"and {self._failed - 1:,} more")

    def drop(self, error: BaseException) -> None:
        """Leave its files as they were."""
        self._add = None
        self._files.__exit__(type(error), error, error.__traceback__)

    @contextmanager
    def _fails(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.drop(error)
            self._problems.append(f"{self._name} cannot be written ({_reason(error)})")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _opened(place: Place, written: Sequence[str]) -> Iterator[tuple[str, AbstractContextManager[Add], bool]]:
    """The outputs that are to be written: what each is called, how it is opened, whether it writes a file a line."""
    yield "the Markdown pages", pages(place, "markdown"), True
    yield "reports.jsonl", _reports(place.folder), False
    for name, table in rows.TABLES.items():
        words = labels(place.lang) if name == "failures" else None  # which a person is told to open
        yield f"{name}.csv", _csv(place.folder / f"{name}.csv", table, words), False
    for name in (name for name in written if name in FORMATS):
        opened = {"xlsx": _workbook, "parquet": _parquet}.get(name)
        yield f"--format {name}", opened(place) if opened else pages(place, name), name in KINDS
    if "evidence" in written:
        yield "the evidence pages", pages(place, "evidence"), True
        yield "index.html", index(place), True


@contextmanager
def _reports(folder: Path) -> Iterator[Add]:
    """`reports.jsonl`: the finished reports, each as the journal has it."""
    with open_whole(folder / "reports.jsonl", binary=True) as file:
        yield lambda line: line.report is not None and file.write(line.report + b"\n")


@contextmanager
def _csv(path: Path, table: rows.Table, words: Labels | None) -> Iterator[Add]:
    """A table for spreadsheets: UTF-8 with a byte order mark, no cell a formula; in codes, or in `words`."""
    with open_whole(path) as file:
        file.write("\ufeff")
        writer = csv.writer(file)
        writer.writerow([words(f"column.{name}") for name in table.columns] if words else table.columns)
        yield lambda line: writer.writerows(map(rows.safe_cell, row) for row in table.rows(line, words))


@contextmanager
def _workbook(place: Place) -> Iterator[Add]:
    from summarizer.outputs.workbook import Workbook

    with (
        open_whole(place.folder / "report.xlsx", binary=True) as file,
        _closed(Workbook(file, place.lang)) as add,
    ):
        yield add


@contextmanager
def _parquet(place: Place) -> Iterator[Add]:
    from summarizer.outputs.parquet import Parquet

    with ExitStack() as files:
        opened = Parquet(
            lambda part: files.enter_context(open_whole(place.folder / f"{part}.parquet", binary=True))
        )
        with _closed(opened) as add:
            yield add


class _Table(Protocol):
    """A table of `outputs` that is whole only once it is closed."""

    def add(self, line: Line) -> None: ...
    def close(self) -> None: ...


@contextmanager
def _closed(table: _Table) -> Iterator[Add]:
    try:
        yield table.add
    except BaseException:
        with suppress(Exception):  # a library that is left open writes to its file when it is collected
            table.close()
        raise
    table.close()
