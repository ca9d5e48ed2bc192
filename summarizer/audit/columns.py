"""Rows and columns of tables: their totals against what they are totals of (`parts_total`).

A row labelled Tổng số or Cộng below others is the sum of each column; one above them, or a column headed so, is a sum
only where that is exact elsewhere in the table, for a total may also count what the table does not list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.article.article import Article
from summarizer.article.grids import Grid, TableNumber
from summarizer.audit.ledger import finding_of, plain
from summarizer.schemas.report import Count, Finding, Notice

_Cells = dict[tuple[int, int], tuple[TableNumber, Count]]
_Sum = tuple[Count, list[Count]]

_OF_WHICH = ("trong đó", "- ", "+ ")
"""What a label begins with whose row is a part of the row above it."""
_TOLERANCE = 1e-6


def totals_of_tables(article: Article, counts: Sequence[Count]) -> Iterator[Finding]:
    """Yield a finding for each total of a table that its parts do not sum to."""
    by_offset = {count.at: count for count in counts}
    for grid in article.grids:
        cells = {
            (cell.row, cell.column): (cell, by_offset[cell.at])
            for _, cell in grid.numbers
            if cell is not None and cell.at in by_offset
        }
        sums = column_totals(grid, cells)
        exact = any(_agrees(one) for one, _ in sums)
        wrong = [one for one, below in sums if not _agrees(one) and (below or exact)]
        for total, parts in (*wrong, *_wrong_rows(cells)):
            reached = round(sum(part.value for part in parts), 2)
            summands = " + ".join(plain(part.value) for part in parts)
            yield finding_of(
                "parts_total",
                f"{summands} = {plain(reached)} ≠ {plain(total.value)}",
                (total, *parts),
                Notice(code="table", values={"total": total.text, "sum": reached}),
            )


def column_totals(grid: Grid, cells: _Cells) -> list[tuple[_Sum, bool]]:
    """Return the totals of a table's columns, each with its parts; True where the total stands below them."""
    found: list[tuple[_Sum, bool]] = []
    for column in sorted({column for _, column in cells}):
        own = [(row, *cells[row, column]) for row, at in sorted(cells) if at == column]
        summable = [one for one in own if one[2].unit != "percent" and one[2].total is None]
        for index, (_, total, count) in enumerate(summable):
            if not total.total_row:
                continue
            before = _until_total(summable[:index][::-1], total)[::-1]
            below = len(before) > 1
            parts = before if below else _until_total(summable[index + 1 :], total)
            labels = (grid.words(label) for _, cell, _ in parts for label in cell.labels)
            if len(parts) > 1 and not any(label.startswith(_OF_WHICH) for label in labels):
                found.append(((count, [part for _, _, part in parts]), below))
    return found


def _until_total(
    cells: Sequence[tuple[int, TableNumber, Count]], total: TableNumber
) -> list[tuple[int, TableNumber, Count]]:
    """Return the cells up to the next total, those of other groups than the total's left out."""
    found: list[tuple[int, TableNumber, Count]] = []
    for row, cell, count in cells:
        if cell.total_row or cell.groups != total.groups:
            break
        found.append((row, cell, count))
    return found


def _wrong_rows(cells: _Cells) -> Iterator[_Sum]:
    """Yield the totals of rows that do not agree, in columns of totals that agree in most others."""
    for column in sorted({cell.column for cell, _ in cells.values() if cell.total_column}):
        heads = {cell.heads[1:] for cell, _ in cells.values() if cell.column == column}
        rows = sorted(row for row, at in cells if at == column)
        for side in (lambda other: other > column, lambda other: other < column):  # noqa: B023 - used at once
            sums: list[_Sum] = []
            for row in rows:
                parts = [
                    count
                    for (at, other), (cell, count) in sorted(cells.items())
                    if at == row and side(other) and cell.heads[1:] in heads and not cell.total_column
                ]
                total = cells[row, column][1]
                if len(parts) > 1 and all(part.unit == total.unit for part in parts):
                    sums.append((total, parts))
            exact = sum(map(_agrees, sums))
            if exact > 1 and exact > len(sums) - exact:
                yield from (one for one in sums if not _agrees(one))
                break


def _agrees(one: _Sum) -> bool:
    total, parts = one
    return abs(sum(part.value for part in parts) - total.value) <= _TOLERANCE * max(1, abs(total.value))
