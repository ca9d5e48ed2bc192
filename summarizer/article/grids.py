"""Grids: the numbers of a table with the head of their column, the label of their row, and their unit.

The head rows are those a document marks, or those above the first row that holds numbers. The label of a row is what
it has that is no number; a row of one cell is the label of the group below it, and so is a cell that covers several
rows. What the words mean is for the rules; here they say the unit and which numbers count nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from summarizer.article.normalize import in_one_form
from summarizer.article.notation import Value, read_value, times
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.article.tables import COUNTED, PURE
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Reason, Unit
from summarizer.sources.document import Cell, Table

__all__ = ("Grid", "TableNumber", "grids_of", "is_total", "with_cells")

_LISTS = Lists("summarizer.article", "columns")
_ORDINAL, _NAMES, _UNIT = _LISTS.joined("ordinal"), _LISTS.joined("names"), _LISTS.joined("unit")
_TOTAL = cue(r"\W*(?:[ivx]+\s*[.)]\s*)?{total}(?:\W|$)", **_LISTS)
_PERCENT = cue(r"{percent}|.*\(%\)|%.*|.*%$", percent=_LISTS["percent"])
_OF_PLAN = cue(r"(?:.*\W)?{of_plan}", **_LISTS)
_REASONS = values_of("column_reasons", "reason", lambda reason: cast(Reason, reason))
_FACTORS = values_of("units", "factor", int)
_MONEY = cue(r"({money})(?!\s+\w)", money=_FACTORS)
_MONEY_HEAD = cue(r"{sums}", **_LISTS)
_SAYS_UNIT = cue(r"{says_unit}\s*:?\s*(?P<unit>[^)\n]*)", **_LISTS)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?-\s?(?:19|20)?\d\d)?")
_INDEX = re.compile(r"\(?\d{1,2}\)?(?:\s?=.*)?|[a-z]")
_MOST_COLUMNS = 60
"""Columns of a table, at most: what has more is laid out with one, or is nonsense."""
_ABOVE = 240
"""Characters above a table in which the line stands that says what it is of."""


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number that fills a cell: where it is in its grid, and the spans of the words that say what it is.

    `heads` head its own column, the nearest first; `beside` are the heads of the columns to the left, the nearest
    first; `labels` label its row, the nearest first, `groups` other rows too. `unit` is the row's cell in
    the unit column. `total_row` and `total_column`: it is the sum of others.
    """

    at: int
    row: int
    column: int
    heads: tuple[TextSpan, ...]
    beside: tuple[TextSpan, ...]
    labels: tuple[TextSpan, ...]
    groups: tuple[TextSpan, ...]
    unit: TextSpan | None
    total_row: bool
    total_column: bool


def _span(cell: Cell) -> TextSpan:
    return TextOffset(cell.at), TextOffset(cell.end)


def is_total(text: str) -> bool:
    """Tell whether a head or label says that its numbers are sums: Tổng số, Cộng."""
    return _TOTAL.match(in_one_form(text)) is not None


class Grid:
    """A table of a text, read as a grid."""

    def __init__(self, text: str, table: Table) -> None:
        self._text = text
        self.cells = sorted((cell for cell in table.cells if cell.end > cell.at), key=lambda cell: cell.at)
        self.at, self.end = self.cells[0].at, max(cell.end for cell in self.cells)
        self._rows = 1 + max(cell.row for cell in self.cells)
        self._columns = 1 + max(cell.column for cell in self.cells)
        self._by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rows, self._rows)):
                self._by_row.setdefault(row, []).append(cell)

    def cell_at(self, at: int) -> Cell | None:
        """Return the cell that holds the offset `at`, None between cells."""
        index = bisect_right(self.cells, at, key=lambda cell: cell.at) - 1
        return self.cells[index] if index >= 0 and at < self.cells[index].end else None

    def words(self, span: TextSpan) -> str:
        """Return what a span of the text says, in one form."""
        return in_one_form(self._text[slice(*span)])

    @cached_property
    def above(self) -> TextSpan | None:
        """The last line above the table, if one stands near."""
        before = self._text[max(0, self.at - _ABOVE) : self.at].rstrip(" |\t\r\n*")
        if not before:
            return None
        begin = max(before.rfind("\n"), before.rfind(". ")) + 1
        offset = max(0, self.at - _ABOVE)
        return (TextOffset(offset + begin), TextOffset(offset + len(before))) if begin < len(before) else None

    @cached_property
    def head(self) -> int:
        """How many rows head the columns."""
        rows = 0
        while rows < self._rows - 1:
            cells = [cell for cell in self._by_row.get(rows, []) if cell.row == rows]
            marked = bool(cells) and all(cell.head for cell in cells)
            if not (marked or self._heads(cells, rows)):
                break
            rows += 1
        return rows

    def _heads(self, cells: Sequence[Cell], row: int) -> bool:
        """Tell whether a row that no document marks heads the table: it has no number but years or an index."""
        pure = [cell for cell in cells if self._pure(cell)]
        if not pure:
            # Below the head a row of one cell begins a group.
            return row == 0 or len(cells) > 1 or (len(cells) == 1 and cells[0].columns > 1 and row < 1)
        return self._is_index(cells, row) or (
            row <= 1 and all(_YEAR.fullmatch(self._text, cell.at, cell.end) for cell in pure)
        )

    def _is_index(self, cells: Sequence[Cell], row: int) -> bool:
        """Tell whether a row below a head only numbers the columns: A, B, 1, 2, 3."""
        words = [self.words(_span(cell)) for cell in cells]
        numbers = [
            int(word.strip("()").split("=")[0])
            for word in words
            if word.strip("()").split("=")[0].isdecimal()
        ]
        follow = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        return row > 0 and follow and all(_INDEX.fullmatch(word) for word in words)

    def _pure(self, cell: Cell) -> re.Match[str] | None:
        return PURE.fullmatch(self._text, cell.at, cell.end)

    def _counts(self, cell: Cell) -> bool:
        """Tell whether a cell is a number with the noun it counts, and so labels nothing."""
        return COUNTED.fullmatch(self._text, cell.at, cell.end) is not None

    @cached_property
    def _heads_by_column(self) -> list[tuple[TextSpan, ...]]:
        return [self._find_heads(column) for column in range(self._columns)]

    def heads_of(self, column: int) -> tuple[TextSpan, ...]:
        """Return the heads of a column, the nearest first."""
        return self._heads_by_column[column]

    def _find_heads(self, column: int) -> tuple[TextSpan, ...]:
        found: list[TextSpan] = []
        for row in range(self.head - 1, -1, -1):
            for cell in self._by_row.get(row, []):
                span = _span(cell)
                covers = cell.column <= column < cell.column + cell.columns
                if covers and span not in found and not self._is_index([cell], row):
                    found.append(span)
        return tuple(found)

    @cached_property
    def _ordinal_columns(self) -> frozenset[int]:
        found: set[int] = set()
        for column in range(self._columns):
            heads = [self.words(span).strip(" .:") for span in self.heads_of(column)]
            if any(head in _ORDINAL for head in heads) or (
                column == 0 and not any(heads) and self._counts_rows(column)
            ):
                found.add(column)
        return frozenset(found)

    def _counts_rows(self, column: int) -> bool:
        written = [
            self._text[cell.at : cell.end].strip(".) ")
            for cell in self.cells
            if cell.row >= self.head and cell.column == column and self._pure(cell)
        ]
        values = [int(one) for one in written if one.isdecimal()]
        return (
            len(values) > 1 and values == list(range(values[0], values[0] + len(values))) and values[0] <= 1
        )

    @cached_property
    def _unit_column(self) -> int | None:
        for column in range(self._columns):
            if any(self.words(span).strip(" .:") in _UNIT for span in self.heads_of(column)):
                return column
        return None

    @cached_property
    def numbers(self) -> list[tuple[Number, TableNumber | None]]:
        """The numbers that fill a cell, in order: with their units, and with their places where they may count."""
        found: list[tuple[Number, TableNumber | None]] = []
        groups: tuple[TextSpan, ...] = ()
        for row in range(self._rows):
            cells = self._by_row.get(row, [])
            begun = [cell for cell in cells if cell.row == row]
            pure = [cell for cell in begun if self._pure(cell)]
            if row < self.head:
                found += [(self._number(cell, (), None, self._head_reason(cell)), None) for cell in pure]
                continue
            texts = [cell for cell in cells if not self._pure(cell) and cell.column != self._unit_column]
            texts = [cell for cell in texts if self.words(_span(cell)).strip("-–—.() ")]
            labelling = [cell for cell in texts if cell.column not in self._ordinal_columns]
            labelling = [cell for cell in labelling if cell.column == 0 or not self._counts(cell)]
            counted = [cell for cell in pure if cell.column not in self._ordinal_columns]
            if not counted and len(labelling) == 1 and len(begun) - len(pure) <= 2:
                groups = (_span(labelling[0]),)
            for cell in pure:
                found.append(self._read(cell, row, cells, labelling, groups))
        return sorted(found, key=lambda pair: pair[0].at)

    def _read(
        self,
        cell: Cell,
        row: int,
        cells: Sequence[Cell],
        labelling: Sequence[Cell],
        groups: tuple[TextSpan, ...],
    ) -> tuple[Number, TableNumber | None]:
        heads = self.heads_of(cell.column)
        unit = next((_span(one) for one in cells if one.column == self._unit_column), None)
        reason = self._reason(cell, heads, labelling)
        number = self._number(cell, heads, unit, reason)
        if reason is not None:
            return number, None
        own = [one for one in labelling if one.rows == 1]
        wide = tuple(_span(one) for one in reversed(labelling) if one.rows > 1)
        labels = tuple(_span(one) for one in reversed(own))
        beside = [self.heads_of(column) for column in range(cell.column - 1, -1, -1)]
        return number, TableNumber(
            at=cell.at,
            row=row,
            column=cell.column,
            heads=heads,
            beside=tuple(dict.fromkeys(span for spans in beside for span in spans if span not in heads)),
            labels=labels or wide,
            groups=(*(wide if labels else ()), *groups),
            unit=unit,
            total_row=any(is_total(self._text[slice(*span)]) for span in (labels or wide)[-1:]),
            total_column=any(is_total(self._text[slice(*span)]) for span in heads[:1]),
        )

    def _head_reason(self, cell: Cell) -> Reason:
        return "year" if _YEAR.fullmatch(self._text, cell.at, cell.end) else "list_mark"

    def _reason(self, cell: Cell, heads: Sequence[TextSpan], labelling: Sequence[Cell]) -> Reason | None:
        """Return why a number in a cell counts nothing: it numbers its row, or names what the row is of."""
        if cell.column in self._ordinal_columns:
            return "list_mark"
        words = [self.words(span).strip(" .:") for span in heads]
        first = not any(one.column < cell.column for one in labelling)
        if first and any(word in _NAMES for word in words[:1]) and not self._labelled(cell.column):
            return "name"
        return next((_REASONS[word] for word in words[:1] if word in _REASONS), None)

    def _labelled(self, column: int) -> bool:
        """Tell whether a column to the left of another holds words."""
        return self._first_words < column

    @cached_property
    def _first_words(self) -> int:
        """The first column that holds words below the head."""
        words = (cell.column for cell in self.cells if cell.row >= self.head and not self._pure(cell))
        return min(words, default=self._columns)

    def _number(
        self, cell: Cell, heads: Sequence[TextSpan], unit: TextSpan | None, reason: Reason | None
    ) -> Number:
        match = self._pure(cell)
        assert match is not None  # noqa: S101 - only cells that are a number come here
        at, end = match.start("value"), match.end("total") if match["total"] else match.end("value")
        percent = match["percent"] is not None or self._is_percent(heads, unit)
        factor = None if percent else self._factor(heads, unit)
        measured = percent or factor is not None
        written = re.sub(r"\s", "", match["value"])
        value = read_value(written, thousands=not measured)
        total = read_value(match["total"]) if match["total"] else None
        amount: Value = 0 if value is None else value
        kind: Unit = "percent" if percent and total is None else "count"
        if factor is not None and total is None:
            amount, kind = times(amount, factor), "money"
        return Number(
            at=TextOffset(at),
            text=self._text[at:end],
            value=amount,
            total=total,
            unit=kind,
            tail=TextOffset(cell.end),
            reason=reason if value is not None else "other",
        )

    def _is_percent(self, heads: Sequence[TextSpan], unit: TextSpan | None) -> bool:
        if unit is not None and self.words(unit).strip() == "%":
            return not any(_MONEY_HEAD.match(self.words(span)) for span in heads)
        words = [self.words(span) for span in heads[:1]]
        return any(_PERCENT.match(word) or _OF_PLAN.match(word) for word in words)

    def _factor(self, heads: Sequence[TextSpan], unit: TextSpan | None) -> int | None:
        """Return what the numbers below these heads are multiplied by, None where they are no money."""
        if unit is not None:
            return _FACTORS.get(self.words(unit).strip("() "))
        named = [match for span in heads if (match := _MONEY.search(self.words(span)))]
        if named:
            return _FACTORS[named[0][1]]
        above = self._money_above
        if above is not None:
            return above
        return 1 if any(_MONEY_HEAD.match(self.words(span)) for span in heads) else None

    @cached_property
    def _money_above(self) -> int | None:
        unit = _SAYS_UNIT.search(self.words(self.above)) if self.above else None
        money = _MONEY.search(unit["unit"]) if unit else None
        return _FACTORS[money[1]] if money else None


def grids_of(text: str, tables: Sequence[Table]) -> Iterator[Grid]:
    """Yield the tables of a text as grids, those without words or with too many columns left out."""
    for table in tables:
        written = [cell for cell in table.cells if cell.end > cell.at]
        if written and max(cell.column for cell in written) < _MOST_COLUMNS:
            yield Grid(text, table)


def with_cells(numbers: Sequence[Number], grids: Sequence[Grid]) -> list[Number]:
    """Return the numbers of a text in order, those that fill a cell of a table read by their cell alone."""
    cells = [number for grid in grids for number, _ in grid.numbers]
    starts = [number.at for number in cells]
    kept = [number for number in numbers if not _overlaps(number, cells, starts)]
    return sorted([*kept, *cells], key=lambda number: number.at)


def _overlaps(number: Number, cells: Sequence[Number], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, number.at) - 1
    inside = index >= 0 and number.at < cells[index].tail
    return inside or (index + 1 < len(starts) and starts[index + 1] < number.end)
