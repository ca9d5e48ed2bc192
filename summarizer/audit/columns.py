"""Rows and columns of tables: their totals against what they are totals of (`parts_total`).

A row labelled Tổng số or Cộng below others is the sum of each column. One above them is a sum only where that is
exact elsewhere in the table, for a total may also count what the table does not list; so is a column headed so, if
nothing else says that its parts are all there are (see `_claims_all`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.grids import Grid, TableNumber
from summarizer.article.normalize import words_in
from summarizer.audit.ledger import CLOSE, LEAST_PARTS, finding_of, leave_no_third, plain
from summarizer.schemas.report import Count, Finding, Notice

_Cells = dict[tuple[int, int], tuple[TableNumber, Count]]

_OF_WHICH = ("trong đó", "- ", "+ ")
"""What a label begins with whose row is a part of the row above it."""
_TOLERANCE = 1e-6


class _Sum(NamedTuple):
    """A total, the numbers that it is of, and of a row's the heads of their columns."""

    total: Count
    parts: list[Count]
    heads: tuple[str, ...] = ()

    @property
    def reached(self) -> float:
        """What the parts sum to."""
        return sum(part.value for part in self.parts)

    def agrees(self, within: float = _TOLERANCE) -> bool:
        """Whether the parts sum to the total, but for a fraction of it."""
        return abs(self.reached - self.total.value) <= within * max(1, abs(self.total.value))


def totals_of_tables(article: Article, counts: Sequence[Count]) -> Iterator[Finding]:
    """Yield a finding for each total of a table that its parts do not sum to."""
    by_offset = {count.at: count for count in counts}
    for grid in article.grids:
        cells = {
            (cell.row, cell.column): (cell, by_offset[cell.at])
            for _, cell in grid.numbers
            if cell is not None and cell.at in by_offset
        }
        sums = _column_totals(grid, cells)
        exact = any(one.agrees() for one, _ in sums)
        wrong = [one for one, below in sums if not one.agrees() and (below or exact)]
        for one in (*wrong, *_wrong_rows(article.text, grid, cells)):
            reached = round(one.reached, 2)
            summands = " + ".join(plain(part.value) for part in one.parts)
            yield finding_of(
                "parts_total",
                f"{summands} = {plain(reached)} ≠ {plain(one.total.value)}",
                (one.total, *one.parts),
                Notice(code="table", values={"total": one.total.text, "sum": reached}),
            )


def _column_totals(grid: Grid, cells: _Cells) -> list[tuple[_Sum, bool]]:
    """Return the totals of a table's columns, each with its parts; True where the total stands below them."""
    found: list[tuple[_Sum, bool]] = []
    for column in sorted({column for _, column in cells}):
        own = [cells[place] for place in sorted(cells) if place[1] == column]
        summable = [one for one in own if one[1].unit != "percent" and one[1].total is None]
        for index, (total, count) in enumerate(summable):
            if not total.total_row:
                continue
            before = _until_total(summable[:index][::-1], total)[::-1]
            below = len(before) > 1
            parts = before if below else _until_total(summable[index + 1 :], total)
            labels = (grid.words(label) for cell, _ in parts for label in cell.labels)
            if len(parts) > 1 and not any(label.startswith(_OF_WHICH) for label in labels):
                found.append((_Sum(count, [part for _, part in parts]), below))
    return found


def _until_total(
    cells: Iterable[tuple[TableNumber, Count]], total: TableNumber
) -> list[tuple[TableNumber, Count]]:
    """Return the cells up to the next total, or to those of other groups than the total's."""
    return [*takewhile(lambda one: not one[0].total_row and one[0].groups == total.groups, cells)]


def _wrong_rows(text: str, grid: Grid, cells: _Cells) -> Iterator[_Sum]:
    """Yield the totals of rows that what stands beside them, up to the next total, contradicts."""
    totals = sorted({cell.column for cell, _ in cells.values() if cell.total_column})
    for before, column, after in zip([-1, *totals], totals, [*totals[1:], 1 << 30], strict=False):
        for columns in (range(column + 1, after), range(before + 1, column)):
            sums = [*_row_totals(text, grid, cells, column, columns)]
            wrong = [one for one in sums if not one.agrees() and _claims_all(one, sums)]
            yield from wrong
            if wrong or (sums and all(one.agrees() for one in sums)):
                break


def _row_totals(text: str, grid: Grid, cells: _Cells, column: int, columns: range) -> Iterator[_Sum]:
    """Yield the totals in a column, each with the numbers of its row that stand in `columns` under its upper heads.

    A row with a cell there that has a number which counts nothing, or more than a number, is left out.
    """
    own = {row: cells[row, at] for row, at in sorted(cells) if at == column}
    upper = {cell.heads[1:] for cell, _ in own.values()}
    beside = {place: one for place, one in cells.items() if place[1] in columns and one[0].heads[1:] in upper}
    used = {at for _, at in beside}
    unread = {
        cell.row
        for cell in grid.cells
        if cell.column in used
        and (cell.row, cell.column) not in beside
        and any(map(str.isdigit, text[cell.at : cell.end]))
    }
    for row, (_, total) in own.items():
        parts = [one for (at, _), one in sorted(beside.items()) if at == row and one[1].unit == total.unit]
        whole = row not in unread and all(
            count.total is None for count in (total, *(one for _, one in parts))
        )
        if whole and len(parts) > 1:
            heads = tuple(grid.words(cell.heads[0]) if cell.heads else "" for cell, _ in parts)
            yield _Sum(total, [count for _, count in parts], heads)


def _claims_all(one: _Sum, sums: Sequence[_Sum]) -> bool:
    """Return whether the parts of a row's total are all there are, or exclude each other and are more than it.

    `sums` are the totals of the same column. They are all where most rows agree, where no third is left (nam, nữ),
    and where three or more come close in every row; they exclude each other where half of the rows agree, and as
    grades.
    """
    exact = sum(row.agrees() and sum(part.value > 0 for part in row.parts) > 1 for row in sums)
    wrong = sum(not row.agrees() for row in sums)
    grades = [part.grade for part in one.parts]
    exclusive = 0 < exact >= wrong or (None not in grades and len({*grades}) == len(grades))
    return (
        exact > wrong
        or (one.reached > one.total.value and exclusive)
        or (len(one.heads) == 2 and leave_no_third(*map(words_in, one.heads)))
        or (len(one.parts) >= LEAST_PARTS and all(row.agrees(CLOSE) for row in sums))
    )
