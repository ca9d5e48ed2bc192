"""The workbook: a job as sheets for Excel, written row by row; every text is a text, never a formula."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from summarizer.batch.records import Line
from summarizer.outputs.rows import (
    ARTICLE,
    COUNT,
    FAILURE,
    FINDING,
    Row,
    article_row,
    count_rows,
    failure_row,
    finding_rows,
)

__all__ = ("Workbook",)

_ROWS = 1_048_576  # what a sheet of Excel holds
_CHARS = 32_767  # what a cell holds
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Workbook:
    """Sheets `overview`, `counts`, `pivot`, `findings` and `failures`; what exceeds a sheet goes on in `… 2`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._book = xlsxwriter.Workbook(file, _OPTIONS)
        self._bold = self._book.add_format({"bold": True})
        self._overview = _Sheet(self, "overview", tuple(ARTICLE))
        self._counts = _Sheet(self, "counts", tuple(COUNT))
        self._pivot = self._book.add_worksheet("pivot")
        self._findings = _Sheet(self, "findings", tuple(FINDING))
        self._failures = _Sheet(self, "failures", tuple(FAILURE))
        self._sums: defaultdict[tuple[str, int], defaultdict[str, float]] = defaultdict(
            lambda: defaultdict(float)
        )

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line, with its report's JSON where it has one."""
        self._overview.write(article_row(line, report))
        if report is None:
            self._failures.write(failure_row(line))
            return
        for row in count_rows(line, report):
            self._counts.write(row)
        for row in finding_rows(line, report):
            self._findings.write(row)
        self._sum(report)

    def close(self) -> None:
        """Write the pivot and the file."""
        columns = sorted({column for sums in self._sums.values() for column in sums})
        self._row(self._pivot, 0, ("organization", "period", *columns), bold=True)
        self._pivot.freeze_panes(1, 2)
        for at, (key, sums) in enumerate(sorted(self._sums.items()), 1):
            organization, period = key
            self._row(
                self._pivot, at, (organization, period or None, *(sums.get(column) for column in columns))
            )
        self._book.close()

    def sheet(self, name: str, columns: Sequence[str]) -> Worksheet:
        """A new sheet with its header."""
        sheet = self._book.add_worksheet(name)
        self._row(sheet, 0, columns, bold=True)
        sheet.freeze_panes(1, 1)
        return sheet

    def _sum(self, report: dict[str, Any]) -> None:
        """Add up the results that are whole numbers, by subject and grade."""
        sums = self._sums[report.get("organization") or "", report.get("period") or 0]
        for count in report.get("counts", []):
            if count.get("unit") == "count" and count.get("status") == "result":
                grade = f" {count['grade']}" if count.get("grade") else ""
                sums[f"{count['subject']}{grade}"] += count["value"]

    def _row(self, sheet: Worksheet, at: int, row: Sequence[Any], *, bold: bool = False) -> None:
        style = self._bold if bold else None
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, cell[:_CHARS], style)
            elif cell is not None:
                sheet.write_number(at, column, cell, style)

    write_row = _row


class _Sheet:
    """Rows of one kind, over as many sheets as they need."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str]) -> None:
        self._book = book
        self._name = name
        self._columns = columns
        self._parts = 1
        self._next = 1
        self._sheet = book.sheet(name, columns)

    def write(self, row: Row) -> None:
        """Add a row."""
        if self._next == _ROWS:
            self._parts += 1
            self._next = 1
            self._sheet = self._book.sheet(f"{self._name} {self._parts}", self._columns)
        self._book.write_row(self._sheet, self._next, row)
        self._next += 1
