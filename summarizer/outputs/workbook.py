"""The workbook: a job as sheets for Excel, in one language; every text is a text, never a formula.

A sheet each for articles, numbers, people, sections and contradictions; `sums by year`, which add the graded figures
of all organizations by the rule of `outputs.sums`; `sums by organization`, the figures that they are made of, each
with the article it stands in and, where it is not added, why; and what could not be read. Codes of the report stand
in hidden columns at the end of a sheet; what is of the machine alone, and a column without a cell, is hidden too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format

from summarizer.outputs.collected import Collected
from summarizer.outputs.phrasing import bound_in_words, bound_of
from summarizer.outputs.rows import TABLES, Line
from summarizer.outputs.sums import figures_of
from summarizer.schemas.labels import Labels, Lang, labels

_ROWS = 1_048_576  # what a sheet of Excel holds
_CHARS = 32_767  # what a cell holds
_LINKS = 65_000  # of the 65,530 that a sheet may have
_EXACT = 2**53  # numbers beyond it are rounded by Excel
_NARROW, _WIDE, _WIDEST = 7, 60, 100  # characters of a column's width; the last of one whose text is wrapped
# How cells look.
_FORMATS = {
    "head": {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy"},
    "whole": {"num_format": "#,##0"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "wrapped": {"text_wrap": True},
}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"valign": "top"},
}
_A4 = 9  # Excel's number of it
# Columns whose cells are codes, with the kind of label they have; each gets a hidden column with the code.
_SAME = ("form", "unit", "subject", "grade", "status", "direction", "certainty", "finding")
_CODES = {name: name for name in _SAME} | {
    "state": "value",
    "meeting": "value",
    "section": "field",
    "roles": "role",
    "why": "omitted",
    "error_kind": "error",
}
_DATES = ("date_held", "date_held_end", "date_published", "reviewed_at")
# The sheets of sums; the others have the columns of the tables of `rows`.
_SUMS = {
    "by_year": "year subject grade status qualifier sum bodies made_of",
    "by_body": "year body province district subject grade status qualifier value unit counted article at in_sum why",
}
# Columns that a sheet has more of than the table, or calls otherwise, since its cells say something else.
_MORE = {"counts": ("in_figure", "why")}
_CALLED = {
    "findings": {"kind": "finding"},
    "articles": {"certainty": "doubtful_fields", "kind": "meeting_name"},
    "people": {"name": "who"},  # a body that was rewarded stands there too
    "failures": {"kind": "error_kind"},
}
_LAST = ("state", "duplicate_of", "error", "location")
"""Columns that say where an article comes from, and how it went; they stand behind those that say what is in it."""
_HIDDEN = ("at", "tokens_in", "tokens_out", "cost", "seconds", "attempts")
_WRAPPED = {"sections": ("text",), "findings": ("message", "arithmetic", "places"), "failures": ("reason",)}
"""Columns that a sheet is read for, by sheets that have little else."""


class Workbook:
    """Takes a job's lines one by one and writes the file when it is closed; a full sheet goes on in `… 2`."""

    def __init__(self, file: IO[bytes], lang: Lang = "vi") -> None:
        self._book = xlsxwriter.Workbook(file, _OPTIONS)
        self._t = labels(lang)
        formats = {name: self._book.add_format(look) for name, look in _FORMATS.items()}
        # Their order is that of the tabs; the sums are written last, when all figures are known.
        names = [*(name for name in TABLES if name != "failures"), *_SUMS, "failures"]
        self._sheets = {name: _Sheet(self._book, formats, self._t, name) for name in names}
        self._collected = Collected()

    def add(self, line: Line) -> None:
        """Take a line; the figures of a report of an earlier version are in no sum."""
        made, yes, left_out = line.made, self._t("value.yes"), {}
        if made is not None:
            left_out = {one.count.at: one.why for one in figures_of(made).omitted}
        written = {count["at"]: count["text"] for count in (line.content or {}).get("counts", ())}
        places: dict[int, str] = {}
        for name, table in TABLES.items():
            sheet = self._sheets[name]
            for record in table.records(line, self._t):
                record |= {called: record.get(column) for column, called in _CALLED.get(name, {}).items()}
                if name == "articles":
                    record["doubtful_fields"] = self._doubtful_fields(line.content or {})
                elif name == "counts":
                    at, why = record["at"], left_out.get(record["at"])
                    places[at] = sheet.place
                    record |= {"in_figure": yes if made and why is None else None, "why": why}
                    record |= {key: written.get(record.get(key)) for key in ("part_of", "repeats")}
                sheet.write(record)
        if made is not None:
            self._collected.add(made, line.name, lambda at: places.get(at, ""))

    def close(self) -> None:
        """Write the sums and the file."""
        self._collected.settle()
        self._write_sums()
        self._collected.close()
        for sheet in self._sheets.values():
            sheet.finish()
        self._book.close()

    def _doubtful_fields(self, report: dict[str, Any]) -> str | None:
        doubtful = (key for key, sure in report.get("certainty", {}).items() if sure == "doubtful")
        return ", ".join(self._t.find(f"field.{key}", key) for key in doubtful) or None

    def _write_sums(self) -> None:
        """Write each figure under the sum that it belongs to; a sum leads to the first row of its figures."""
        yes = self._t("value.yes")
        by_year, by_body = self._sheets["by_year"], self._sheets["by_body"]
        sums = groupby(self._collected.figures(), key=lambda one: (one[0].year, one[0].kind))
        for (year, kind), group in sums:
            first, figures = by_body.place, list(group)
            for term, why in figures:
                body = self._collected.body(term.body)
                of = {"body": body and body.name, **(body.location._asdict() if body else {})}
                record = {
                    **term._asdict(),
                    **kind._asdict(),
                    **of,
                    "in_sum": None if why else yes,
                    "why": why,
                }
                by_body.write(record, ("article", term.link, term.article) if term.link else None)
            if kind.grade and kind.unit == "count":
                added = [term for term, why in figures if why is None]
                bodies = len({term.body for term in added})
                record = {"year": year, **kind._asdict(), "bodies": bodies or None}
                bound = bound_of(term.qualifier for term in added)
                record["qualifier"] = bound and bound_in_words(bound, self._t)
                record["sum"] = sum(term.value for term in added) if added else None
                by_year.write(record, ("made_of", first, self._t("value.see", n=len(figures))))


def _columns(name: str) -> Sequence[str]:
    if name in _SUMS:
        return _SUMS[name].split()
    called = _CALLED.get(name, {})
    columns = [called.get(column, column) for column in TABLES[name].columns]
    first = [column for column in columns if column not in _LAST]
    return (*first, *_MORE.get(name, ()), *(column for column in _LAST if column in columns))


class _Sheet:
    """Rows of one kind, over as many sheets as they need."""

    def __init__(self, book: xlsxwriter.Workbook, formats: dict[str, Format], t: Labels, name: str) -> None:
        self._book = book
        self._formats = formats
        self._t = t
        self._name = t(f"sheet.{name}")
        self._columns = _columns(name)
        self._wrapped = _WRAPPED.get(name, ())
        self._filled = [False] * len(self._columns)
        self._coded = [at for at, column in enumerate(self._columns) if column in _CODES]
        self._parts = 0
        self._widths = [0] * len(self._columns)
        self._begin()

    @property
    def place(self) -> str:
        """The address, within the file, of the row that is written next."""
        if self._next == _ROWS:
            self._begin()
        return f"internal:'{self._sheet.get_name()}'!A{self._next + 1}"

    def write(self, record: Mapping[str, Any], link: tuple[str, str, str] | None = None) -> None:
        """Write a record as a row; `link` is a column, an address within the file, and its words."""
        if self._next == _ROWS:
            self._begin()
        row = [record.get(column) for column in self._columns]
        for at, cell in enumerate(row):
            if cell is not None:
                self._widths[at] = max(self._widths[at], len(self._write(at, self._columns[at], cell)))
                self._filled[at] = True
        for at, code in enumerate(self._coded, len(self._columns)):
            if row[code] is not None:
                self._text(at, str(row[code]))
        if link is not None and self._links < _LINKS:
            column, address, words = link
            at = self._columns.index(column)
            self._links += 1
            self._sheet.write_url(self._next, at, address, self._formats["link"], words)
            self._widths[at] = max(self._widths[at], len(words))
            self._filled[at] = True
        self._next += 1

    def finish(self) -> None:
        """Set what can be set once all rows are known: widths, what is hidden, and the filter."""
        empty = not any(self._filled)
        for at, (column, width) in enumerate(zip(self._columns, self._widths, strict=True)):
            most = _WIDEST if column in self._wrapped else _WIDE
            hidden = column in _HIDDEN or not (self._filled[at] or empty)
            self._sheet.set_column(at, at, min(max(width + 2, _NARROW), most), None, {"hidden": hidden})
        last = len(self._columns) + len(self._coded) - 1
        if self._coded:
            self._sheet.set_column(len(self._columns), last, None, None, {"hidden": True})
        self._sheet.autofilter(0, 0, max(self._next - 1, 1), last)

    def _begin(self) -> None:
        if self._parts:
            self.finish()
        self._parts += 1
        self._sheet = self._book.add_worksheet(self._name + (f" {self._parts}" if self._parts > 1 else ""))
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_paper(_A4)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._next, self._links = 1, 0
        t = self._t
        heads = [t.find(f"column.{one}", t.find(f"field.{one}", one)) for one in self._columns]
        # With room for the filter's arrow.
        self._widths = [max(width, len(head) + 2) for width, head in zip(self._widths, heads, strict=True)]
        heads += [t("column.code", column=heads[code]) for code in self._coded]
        for at, head in enumerate(heads):
            self._sheet.write_string(0, at, head, self._formats["head"])

    def _text(self, at: int, text: str) -> str:
        wraps = at < len(self._columns) and self._columns[at] in self._wrapped
        self._sheet.write_string(self._next, at, text[:_CHARS], self._formats["wrapped"] if wraps else None)
        return text

    def _write(self, at: int, column: str, cell: Any) -> str:
        """Write a cell as what it is, and return what it shows."""
        if column in _DATES and (day := _day(cell)):
            self._sheet.write_datetime(self._next, at, day, self._formats["date"])  # type: ignore[arg-type]
            return "01/01/2000"
        if column in _CODES and isinstance(cell, str):
            return self._text(at, _label(self._t, _CODES[column], cell))
        if isinstance(cell, str) or not abs(cell) <= _EXACT:  # NaN is not, either
            return self._text(at, str(cell))
        grouped = isinstance(cell, int) and column not in ("year", "period")
        self._sheet.write_number(self._next, at, cell, self._formats["whole"] if grouped else None)
        return self._t.number(cell)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except (TypeError, ValueError):
        return None
    return day if day.year >= 1900 else None  # Excel's days begin there


def _label(t: Labels, kind: str, code: str) -> str:
    """Return the label of a cell's code, or of several, with `; ` between them."""
    names = {"subject": t.subject, "grade": t.grade}
    name = names.get(kind) or (lambda one: t.find(f"{kind}.{one}", one))
    return "; ".join(map(name, code.split("; ")))
