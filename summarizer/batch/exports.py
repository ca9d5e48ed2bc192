"""Exports: what the journal holds, as files for people and other programs, each written whole or not at all.

`reports.jsonl` (a finished report a line), `counts.csv`, `failures.csv` and a Markdown page an article in
`reports/`; with `pages` an evidence page an article beside it, and `index.html` over all; `reviewed.jsonl` where
a person has corrected reports; on request `report.xlsx`, or `articles.parquet`, `counts.parquet` and
`findings.parquet`. All of it comes from one state of the journal, read once from beginning to end.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Protocol

from pydantic import ValidationError

from summarizer.batch.journal import Journal
from summarizer.batch.records import Line
from summarizer.errors import ConfigError
from summarizer.outputs.files import Sheaf, open_whole
from summarizer.outputs.rows import COUNT, FAILURE, Row, count_rows, failure_row, safe_cell
from summarizer.outputs.slugs import page_name
from summarizer.schemas.report import MeetingReport

__all__ = ("FORMATS", "PAGES", "export", "sweep")

FORMATS = ("xlsx", "parquet")
PAGES = "reports"
_STALE_S = 3600.0


class Table(Protocol):
    """Something that takes the lines of a job one by one."""

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line, with its report's JSON where it has one."""
        ...


class ClosingTable(Table, Protocol):
    """A table that is whole only once it is closed."""

    def close(self) -> None:
        """Write what is left."""
        ...


def export(
    journal: Journal, *, formats: Collection[str] = (), pages: bool = True, only_changed: bool = False
) -> bool:
    """Write the exports into the journal's folder; whether there was anything to write.

    `only_changed` writes nothing where the last export holds everything already. Raises OSError where the
    folder cannot be written, `ConfigError` for a format whose library is not installed.
    """
    folder = journal.folder
    with journal.snapshot(), ExitStack() as files:
        change, exported = journal.changes()
        whole = all((folder / name).exists() for name, _ in _PLAIN)
        if only_changed and whole and change == exported and not formats:
            return False
        shared = journal.shared_slugs()
        tables: list[Table] = [_Pages(folder / PAGES, files.enter_context(Sheaf()), shared, exported)]
        tables += [kind(files.enter_context(open_whole(folder / name, binary=True))) for name, kind in _PLAIN]
        if next((folder / PAGES).glob("*.review.json"), None) is not None:
            from summarizer.review.exporting import ReviewedReports

            reviewed = files.enter_context(open_whole(folder / "reviewed.jsonl", binary=True))
            tables.append(ReviewedReports(reviewed, folder, shared))
        closing = [_table(name, folder, files) for name in formats]
        if pages:
            from summarizer.batch.pages import JobPages

            closing.append(JobPages(journal, shared, exported))
        tables += closing
        for line in journal.lines():
            report = None if line.report is None else json.loads(line.report)
            for table in tables:
                table.add(line, report)
        for table in closing:  # before the files they write to are closed
            table.close()
    journal.mark_exported(change)
    return True


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
        return [failure_row(line)] if report is None else ()


class _Pages:
    """`reports/`: a Markdown page an article, written again only where it has changed."""

    def __init__(self, folder: Path, sheaf: Sheaf, shared: Collection[str], exported: int) -> None:
        folder.mkdir(exist_ok=True)
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


def _table(name: str, folder: Path, files: ExitStack) -> ClosingTable:
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
