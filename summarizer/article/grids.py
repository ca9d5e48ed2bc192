"""Grids: the numbers of a table with the head of their column, the label of their row, and their unit.

The head rows are those a document marks, or those above the first row that holds numbers. The label of a row is what
it has that is no number; a row of one cell is the label of the group below it, and so is a cell that covers several
rows. What the words mean is for the rules; here they say the unit and which numbers count nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import cast

from summarizer.article.normalize import in_one_form
from summarizer.article.notation import read_value, times
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.article.tables import COUNTED, PURE
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Reason, Unit
from summarizer.sources.document import Cell, Table

_LISTS = Lists("summarizer.article", "columns")
_ORDINAL, _NAMES, _UNIT = _LISTS.joined("ordinal"), _LISTS.joined("names"), _LISTS.joined("unit")
_TOTAL = cue(r"\W*(?:[ivx]+\s*[.)]\s*)?{total}(?:\W|$)", **_LISTS)
_PERCENT = cue(r"{percent}|.*\(%\)|%.*|.*%$", percent=_LISTS["percent"])
_OF_PLAN = cue(r"(?:.*\W)?{of_plan}", **_LISTS)
_REASONS: Mapping[str, Reason] = values_of("column_reasons", "reason", lambda reason: cast(Reason, reason))
_FACTORS = values_of("units", "factor", int)
_MONEY = cue(r"({money})(?!\s+\w)", money=_FACTORS)
_MONEY_HEAD = cue(r"{sums}", **_LISTS)
_SAYS_UNIT = cue(r"{says_unit}\s*:?\s*(?P<unit>[^)\n]*)", **_LISTS)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?-\s?(?:19|20)?\d\d)?")
_INDEX = re.compile(r"\(?(\d{1,2})\)?(?:\s?=.*)?|[a-z]")
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
        self.cells = sorted((cell for cell in table.cells if cell.end > cell.at), key=attrgetter("at"))
        self.at, self.end = self.cells[0].at, max(cell.end for cell in self.cells)
        self._rows = 1 + max(cell.row for cell in self.cells)
        self._columns = range(1 + max(cell.column for cell in self.cells))
        self._by_row: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rows, self._rows)):
                self._by_row[row].append(cell)

    def cell_at(self, at: int) -> Cell | None:
        """Return the cell that holds the offset `at`, None between cells."""
        index = bisect_right(self.cells, at, key=attrgetter("at")) - 1
        return self.cells[index] if index >= 0 and at < self.cells[index].end else None

    def words(self, span: TextSpan) -> str:
        """Return what a span of the text says, in one form."""
        return in_one_form(self._text[slice(*span)])

    @cached_property
    def above(self) -> TextSpan | None:
        """The last line above the table, if one stands near that does not end a sentence."""
        start = max(0, self.at - _ABOVE)
        before = self._text[start : self.at].rstrip(" |\t\r\n*")
        begin = max(before.rfind("\n"), before.rfind(". ")) + 1
        heads = begin < len(before) and before[-1] != "."
        return (TextOffset(start + begin), TextOffset(start + len(before))) if heads else None

    @cached_property
    def head(self) -> int:
        """How many rows head the columns."""
        for row in range(self._rows - 1):
            cells = [cell for cell in self._by_row[row] if cell.row == row]
            marked = cells and all(cell.head for cell in cells)
            if not marked and not self._heads(cells, row):
                return row
        return self._rows - 1

    def _heads(self, cells: Sequence[Cell], row: int) -> bool:
        """Tell whether a row that no document marks heads the table: it has no number but years or an index."""
        pure = [cell for cell in cells if self._pure(cell)]
        if not pure:
            return row == 0 or len(cells) > 1  # below the head a row of one cell begins a group
        years = row <= 1 and all(_YEAR.fullmatch(self._text, cell.at, cell.end) for cell in pure)
        return years or (row > 0 and self._is_index(cells))

    def _is_index(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row below a head only numbers the columns: A, B, 1, 2, 3."""
        marks = [_INDEX.fullmatch(self.words(_span(cell))) for cell in cells]
        return all(marks) and _follow([int(mark[1]) for mark in marks if mark and mark[1]])

    def _pure(self, cell: Cell) -> re.Match[str] | None:
        return PURE.fullmatch(self._text, cell.at, cell.end)

    @cached_property
    def _heads_of(self) -> list[tuple[TextSpan, ...]]:
        """The heads of each column, the nearest first."""
        found: list[dict[TextSpan, None]] = [{} for _ in self._columns]
        for row in range(self.head - 1, -1, -1):
            for cell in self._by_row[row]:
                for heads in found[cell.column : cell.column + cell.columns]:
                    heads[_span(cell)] = None
        return [tuple(heads) for heads in found]

    def heads_over(self, span: TextSpan) -> tuple[TextSpan, ...]:
        """Return the heads of the column that a cell with this span stands in, the nearest first."""
        cell = self.cell_at(span[0])
        return self._heads_of[cell.column] if cell else ()

    def _said_above(self, column: int) -> list[str]:
        return [self.words(span).strip(" .:") for span in self._heads_of[column]]

    @cached_property
    def _ordinal_columns(self) -> frozenset[int]:
        named = (column for column in self._columns if not _ORDINAL.isdisjoint(self._said_above(column)))
        bare = not any(self._said_above(0)) and self._counts_rows()
        return frozenset((*named, 0) if bare else named)

    def _counts_rows(self) -> bool:
        """Tell whether the first column only numbers the rows."""
        cells = (
            cell for cell in self.cells if cell.row >= self.head and cell.column == 0 and self._pure(cell)
        )
        written = [self._text[cell.at : cell.end].strip(".) ") for cell in cells]
        values = [int(one) for one in written if one.isdecimal()]
        return _follow(values) and values[0] <= 1

    @cached_property
    def _unit_column(self) -> int | None:
        return next((one for one in self._columns if not _UNIT.isdisjoint(self._said_above(one))), None)

    @cached_property
    def _first_words(self) -> int:
        """The first column that holds words below the head."""
        words = (cell.column for cell in self.cells if cell.row >= self.head and not self._pure(cell))
        return min(words, default=len(self._columns))

    @cached_property
    def numbers(self) -> list[tuple[Number, TableNumber | None]]:
        """The numbers that fill a cell, in order: with their units, and with their places where they may count."""
        found: list[tuple[Number, TableNumber | None]] = []
        groups: tuple[TextSpan, ...] = ()
        for row in range(self._rows):
            cells = self._by_row[row]
            begun = [cell for cell in cells if cell.row == row]
            pure = [(cell, match) for cell in begun if (match := self._pure(cell))]
            if row < self.head:
                for cell, match in pure:
                    year = _YEAR.fullmatch(self._text, cell.at, cell.end)
                    found.append((self._number(cell, match, (), None, "year" if year else "list_mark"), None))
                continue
            labelling = [cell for cell in cells if self._labels(cell)]
            counted = any(cell.column not in self._ordinal_columns for cell, _ in pure)
            if not counted and len(labelling) == 1 and len(begun) - len(pure) <= 2:
                groups = (_span(labelling[0]),)
            unit = next((_span(one) for one in cells if one.column == self._unit_column), None)
            for cell, match in pure:
                heads = self._heads_of[cell.column]
                reason = self._reason(cell, labelling)
                place = None if reason else self._place(cell, row, labelling, groups, unit)
                found.append((self._number(cell, match, heads, unit, reason), place))
        return sorted(found, key=lambda pair: pair[0].at)

    def _labels(self, cell: Cell) -> bool:
        """Tell whether a cell labels its row: it has words, and is neither a unit nor a number with its noun."""
        if self._pure(cell) or cell.column == self._unit_column or cell.column in self._ordinal_columns:
            return False
        counts = cell.column > 0 and COUNTED.fullmatch(self._text, cell.at, cell.end)
        return not counts and bool(self.words(_span(cell)).strip("-–—.() "))

    def _reason(self, cell: Cell, labelling: Sequence[Cell]) -> Reason | None:
        """Return why a number in a cell counts nothing: it numbers its row, or names what the row is of."""
        if cell.column in self._ordinal_columns:
            return "list_mark"
        head = next(iter(self._said_above(cell.column)), "")
        first = not any(one.column < cell.column for one in labelling)
        if first and head in _NAMES and self._first_words >= cell.column:
            return "name"
        return _REASONS.get(head)

    def _place(
        self,
        cell: Cell,
        row: int,
        labelling: Sequence[Cell],
        groups: tuple[TextSpan, ...],
        unit: TextSpan | None,
    ) -> TableNumber:
        heads = self._heads_of[cell.column]
        wide = tuple(_span(one) for one in reversed(labelling) if one.rows > 1)
        labels = tuple(_span(one) for one in reversed(labelling) if one.rows == 1)
        beside = (span for column in range(cell.column - 1, -1, -1) for span in self._heads_of[column])
        return TableNumber(
            at=cell.at,
            row=row,
            column=cell.column,
            heads=heads,
            beside=tuple(dict.fromkeys(span for span in beside if span not in heads)),
            labels=labels or wide,
            groups=(*(wide if labels else ()), *groups),
            unit=unit,
            total_row=any(is_total(self._text[slice(*span)]) for span in (labels or wide)[-1:]),
            total_column=any(is_total(self._text[slice(*span)]) for span in heads[:1]),
        )

    def _number(
        self,
        cell: Cell,
        match: re.Match[str],
        heads: Sequence[TextSpan],
        unit: TextSpan | None,
        reason: Reason | None,
    ) -> Number:
        kind, factor = ("percent", 1) if match["percent"] else self._measured(heads, unit)
        value = read_value(re.sub(r"\s", "", match["value"]), thousands=kind == "count")
        total = read_value(match["total"]) if match["total"] else None
        at, end = match.start("value"), match.end("total" if match["total"] else "value")
        return Number(
            at=TextOffset(at),
            text=self._text[at:end],
            value=times(value or 0, factor) if total is None else value or 0,
            total=total,
            unit=kind if total is None else "count",
            tail=TextOffset(cell.end),
            reason=reason if value is not None else "other",
        )

    def _measured(self, heads: Sequence[TextSpan], unit: TextSpan | None) -> tuple[Unit, int]:
        """Return what the numbers below these heads are, and what they are multiplied by."""
        words, named = [self.words(span) for span in heads], self.words(unit).strip("() ") if unit else ""
        sums = any(map(_MONEY_HEAD.match, words))
        headed = any(_PERCENT.match(word) or _OF_PLAN.match(word) for word in words[:1])
        percent = not sums if named == "%" else headed
        money = next(filter(None, map(_MONEY.search, words)), None)
        above = _FACTORS[money[1]] if money else self._money_above or (1 if sums else None)
        factor = _FACTORS.get(named) if unit else above
        return ("percent", 1) if percent else ("money", factor) if factor else ("count", 1)

    @cached_property
    def _money_above(self) -> int | None:
        unit = _SAYS_UNIT.search(self.words(self.above)) if self.above else None
        money = _MONEY.search(unit["unit"]) if unit else None
        return _FACTORS[money[1]] if money else None


def _follow(numbers: Sequence[int]) -> bool:
    """Tell whether there are several numbers, each one more than the one before."""
    return len(numbers) > 1 and all(later - number == 1 for number, later in pairwise(numbers))


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

    def overlaps(number: Number) -> bool:
        index = bisect_right(starts, number.at)
        inside = index > 0 and number.at < cells[index - 1].tail
        return inside or any(start < number.end for start in starts[index : index + 1])

    return sorted([*cells, *(number for number in numbers if not overlaps(number))], key=attrgetter("at"))
