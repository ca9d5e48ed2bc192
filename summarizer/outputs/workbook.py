"""The workbook: a job as sheets for Excel, in one language; every text is a text, never a formula.

A sheet each for articles, numbers, people, sections and contradictions; `sums by year`, which add the graded figures
of all organizations by the rule of `outputs.sums`; `sums by organization`, the figures that they are made of, each
with the article it stands in and, where it is not added, why; and what could not be read. Codes of the report stand
in hidden columns at the end of a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import IO, Any

import xlsxwriter
from pydantic import ValidationError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from summarizer.outputs.collected import Body, Collected, Settled
from summarizer.outputs.organizations import Location
from summarizer.outputs.rows import TABLES, Line, Row
from summarizer.outputs.sums import figures_of
from summarizer.schemas.labels import Labels, Lang, labels
from summarizer.schemas.report import MeetingReport

__all__ = ("Workbook",)

_ROWS = 1_048_576  # what a sheet of Excel holds
_CHARS = 32_767  # what a cell holds
_LINKS = 65_000  # of the 65,530 that a sheet may have
_EXACT = 2**53  # whole numbers beyond it are rounded by Excel
_NARROW, _WIDE = 7, 60  # characters of a column's width
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
# Columns whose cells are codes, with the kind of label they have; each gets a hidden column with the code.
_CODES = {
    "state": "value",
    "form": "form",
    "unit": "unit",
    "subject": "subject",
    "grade": "grade",
    "status": "status",
    "direction": "direction",
    "certainty": "certainty",
    "section": "field",
    "roles": "role",
    "finding": "finding",
    "why": "omitted",
}
_DATES = ("date_held", "date_held_end", "date_published", "reviewed_at")
_BY_YEAR = ("year", "subject", "grade", "status", "sum", "bodies", "made_of")
_BY_BODY = (
    "year",
    "body",
    "province",
    "district",
    "subject",
    "grade",
    "status",
    "value",
    "unit",
    "counted",
    "article",
    "at",
    "in_sum",
    "why",
)
# Columns that a sheet has more of than the table, or calls otherwise, since its cells say something else.
_MORE = {"counts": ("in_sum", "why")}
_CALLED = {("findings", "kind"): "finding", ("articles", "certainty"): "doubtful_fields"}
_AT = tuple(TABLES["counts"].columns).index("at")
_CERTAINTY = tuple(TABLES["articles"].columns).index("certainty")


class Workbook:
    """Takes a job's lines one by one and writes the file when it is closed; a full sheet goes on in `… 2`."""

    def __init__(self, file: IO[bytes], lang: Lang = "vi") -> None:
        self._book = xlsxwriter.Workbook(file, _OPTIONS)
        self.t = labels(lang)
        self.formats = _Formats(self._book)
        # Their order is that of the tabs; the sums are written last, when all figures are known.
        failures = "failures"
        self._tables = {name: self._sheet(name, _columns(name)) for name in TABLES if name != failures}
        self._by_year = self._sheet("by_year", _BY_YEAR)
        self._by_body = self._sheet("by_body", _BY_BODY)
        self._tables[failures] = self._sheet(failures, _columns(failures))
        self._collected = Collected()

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line, with its report's JSON where it has one."""
        try:
            made = None if report is None else MeetingReport.model_validate(report)
        except ValidationError:
            made = None  # of an earlier version, whose figures are in no sum
        left_out = {one.count.at: one.why for one in figures_of(made).omitted} if made else {}
        places: dict[Any, str] = {}
        for name, sheet in self._tables.items():
            for row in TABLES[name].rows(line, report, self.t):
                if name == "articles":
                    row = self._with_doubts(row, report)
                elif name == "counts":
                    why = left_out.get(row[_AT])  # type: ignore[arg-type]
                    places[row[_AT]] = sheet.place
                    row = (*row, self.t("value.yes") if made and why is None else None, why)
                sheet.write(row)
        if made is not None:
            self._collected.add(made, line.name, lambda at: places.get(at, ""))

    def close(self) -> None:
        """Write the sums and the file."""
        self._collected.settle()
        self._write_sums()
        self._collected.close()
        for sheet in (*self._tables.values(), self._by_year, self._by_body):
            sheet.finish()
        self._book.close()

    def new_sheet(self, name: str) -> Worksheet:
        """Return a new sheet of the file."""
        return self._book.add_worksheet(name)

    def _sheet(self, name: str, columns: Sequence[str]) -> _Sheet:
        return _Sheet(self, self.t(f"sheet.{name}"), columns)

    def _with_doubts(self, row: Row, report: dict[str, Any] | None) -> Row:
        """Return the row of an article with the header's doubtful fields in a reader's words."""
        certainty: dict[str, str] = (report or {}).get("certainty", {})
        doubtful = [self.t.find(f"field.{key}", key) for key, sure in certainty.items() if sure == "doubtful"]
        return (*row[:_CERTAINTY], ", ".join(doubtful) or None, *row[_CERTAINTY + 1 :])

    def _write_sums(self) -> None:
        """Write each figure under the sum that it belongs to; a sum leads to the first row of its figures."""
        bodies = {body.key: body for body in self._collected.bodies()}
        for (year, kind), group in groupby(
            self._collected.figures(), key=lambda one: (one.term.year, one.term.kind)
        ):
            figures = list(group)
            first = self._by_body.place
            for one in figures:
                self._write_figure(one, bodies.get(one.term.body))
            if kind.grade and kind.unit == "count":
                self._write_sum(year, figures, first)

    def _write_figure(self, figure: Settled, body: Body | None) -> None:
        term, t = figure.term, self.t
        yes = t("value.yes") if figure.why is None else None
        place = body.location if body else Location(None, None)
        row = (term.year, body.name if body else None, *place, term.kind.subject, term.kind.grade, term.kind.status,
               term.value, term.kind.unit, term.counted, term.article, term.at, yes, figure.why)  # fmt: skip
        link = (_BY_BODY.index("article"), term.link, term.article) if term.link else None
        self._by_body.write(row, link=link)

    def _write_sum(self, year: int | None, figures: Sequence[Settled], first: str) -> None:
        kind = figures[0].term.kind
        added = [one.term for one in figures if one.why is None]
        value = sum(term.value for term in added) if added else None
        row = (year, kind.subject, kind.grade, kind.status, value, len(added) or None, None)
        self._by_year.write(row, link=(_BY_YEAR.index("made_of"), first, self.t("value.see", n=len(figures))))


def _columns(name: str) -> tuple[str, ...]:
    """Return the columns of the sheet of a table."""
    columns = (_CALLED.get((name, column), column) for column in TABLES[name].columns)
    return (*columns, *_MORE.get(name, ()))


class _Formats:
    """How cells look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "valign": "top"}
        )
        self.date: Format = book.add_format({"num_format": "dd/mm/yyyy"})
        self.whole: Format = book.add_format({"num_format": "#,##0"})
        self.link: Format = book.add_format({"font_color": "#0563C1", "underline": 1})


class _Sheet:
    """Rows of one kind, over as many sheets as they need."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str]) -> None:
        self._book = book
        self._name = name
        self._columns = columns
        self._coded = [at for at, column in enumerate(columns) if column in _CODES]
        self._parts = 0
        self._links = 0
        self._widths = [0] * len(columns)
        self._begin()

    @property
    def place(self) -> str:
        """The address, within the file, of the row that is written next."""
        if self.next == _ROWS:
            self._begin()
        return f"internal:'{self._sheet.get_name()}'!A{self.next + 1}"

    def write(self, row: Sequence[Any], link: tuple[int, str, str] | None = None) -> None:
        """Write a row of cells; `link` is a column, an address within the file, and its words."""
        if self.next == _ROWS:
            self._begin()
        for at, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
            self._cell(at, column, cell)
        for at, code in enumerate(self._coded, len(self._columns)):
            if row[code] is not None:
                self._sheet.write_string(self.next, at, str(row[code])[:_CHARS])
        if link is not None and self._links < _LINKS:
            at, address, words = link
            self._links += 1
            self._sheet.write_url(self.next, at, address, self._book.formats.link, words)
            self._widths[at] = max(self._widths[at], len(words))
        self.next += 1

    def finish(self) -> None:
        """Set what can be set once all rows are known: widths and the filter."""
        for at, width in enumerate(self._widths):
            self._sheet.set_column(at, at, min(max(width + 2, _NARROW), _WIDE))
        last = len(self._columns) + len(self._coded) - 1
        if self._coded:
            self._sheet.set_column(len(self._columns), last, None, None, {"hidden": True})
        self._sheet.autofilter(0, 0, max(self.next - 1, 1), last)

    def _begin(self) -> None:
        if self._parts:
            self.finish()
        self._parts += 1
        name = self._name if self._parts == 1 else f"{self._name} {self._parts}"
        self._sheet = self._book.new_sheet(name)
        self._sheet.freeze_panes(1, 1)
        self.next = 1
        self._links = 0
        t = self._book.t
        heads = [_head(t, column) for column in self._columns]
        heads += [t("column.code", column=heads[code]) for code in self._coded]
        for at, head in enumerate(heads):
            self._sheet.write_string(0, at, head, self._book.formats.head)
            if at < len(self._widths):
                self._widths[at] = max(self._widths[at], len(head) + 2)  # the filter's arrow

    def _cell(self, at: int, column: str, cell: Any) -> None:
        if cell is None:
            return
        if column in _DATES and (day := _day(cell)):
            self._sheet.write_datetime(self.next, at, day, self._book.formats.date)  # type: ignore[arg-type]
            shown = "01/01/2000"
        elif column in _CODES and isinstance(cell, str):
            shown = _label(self._book.t, _CODES[column], cell)
            self._sheet.write_string(self.next, at, shown[:_CHARS])
        elif isinstance(cell, str):
            shown = cell
            self._sheet.write_string(self.next, at, cell[:_CHARS])
        elif _is_exact(cell):
            shown = self._book.t.number(cell)
            style = None if column in ("year", "period") else self._book.formats.whole
            self._sheet.write_number(self.next, at, cell, style if isinstance(cell, int) else None)
        else:
            shown = str(cell)
            self._sheet.write_string(self.next, at, shown[:_CHARS])
        self._widths[at] = max(self._widths[at], len(shown))


def _is_exact(value: int | float) -> bool:
    """Return whether Excel shows a number as it is: whole and not beyond 2^53, or a finite fraction."""
    if isinstance(value, int):
        return abs(value) <= _EXACT
    return abs(value) < float("inf")  # not so for what is no number, either


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except (TypeError, ValueError):
        return None
    return day if day.year >= 1900 else None  # Excel's days begin there


def _head(t: Labels, column: str) -> str:
    return t.find(f"column.{column}", t.find(f"field.{column}", column))


def _label(t: Labels, kind: str, code: str) -> str:
    """Return the label of a cell's code, or of several, with `; ` between them."""
    names: dict[str, Callable[[str], str]] = {"subject": t.subject, "grade": t.grade}
    name = names.get(kind) or (lambda one: t.find(f"{kind}.{one}", one))
    return "; ".join(name(part) for part in code.split("; "))
