"""Tables: those that a document marks as such, and those that a plain text has between bars, tabs or line by line.

Whatever its form, a table becomes a `Table` of cells with their places in a grid (`summarizer.sources.document`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

from summarizer.article.normalize import lines_of, trimmed
from summarizer.sources.document import Cell, Table

_Span = tuple[int, int]
_Row = tuple[int, int]
"""The first cell of a row, and how many cells it has."""
_Fit = tuple[int, int, int]

PURE = re.compile(
    r"[~≈]?\s?(?P<value>\d+(?:[.,]\d+)*|\d{1,3}(?:\s\d{3})+)(?:\s?/\s?(?P<total>\d+(?:[.,]\d+)*))?\s?(?P<percent>%)?"
    r"(?:\s?\(\s?(?P<share>\d+(?:[.,]\d+)?)\s?%\s?\))?[*]{0,2}"
)
"""A cell that is nothing but a number; it may be a fraction, or have its percentage behind it."""
COUNTED = re.compile(r"\d+(?:[.,/]\d+)*\s[^\W\d_]+(?:\s[^\W\d_]+)?")
"""A cell that is a number and the noun it counts: 411 em."""
_BLANK = " \t\xa0*_"
_RULE = re.compile(r"[\s:=|+_-]+")
_PARTED_BY = {
    "bar": re.compile(r"\|"),
    "wide": re.compile(r"\s\s*+(?:(?<=\s\s\s)|(?<=\t)|(?<=\t\s))"),
    "semicolon": re.compile(";"),
    "comma": re.compile(","),
}
"""What stands between the cells of a line, by its form; a line of the form `line` is one cell."""
_LONGEST_CELL = 90
_LEAST_ROWS = _LEAST_NUMBERS = 2
_MOST_COLUMNS = 14
"""Characters of a cell; rows and numbers, at least; columns of a table whose cells are a line each, at most."""
_MOST_SKIPPED = 4
"""Lines of a run of short lines that may stand above the head of a table whose cells are a line each."""


def find_tables(text: str, marked: Sequence[Table] = ()) -> list[Table]:
    """Return the tables of `text` in its order: those a document marked, and those found where it marked none."""
    found = [table for table in marked if table.cells]
    spans = [(table.cells[0].at, max(cell.end for cell in table.cells)) for table in found]
    lines: list[tuple[str, int, str]] = []
    for at, line in lines_of(text):
        if not any(at <= end and at + len(line) >= start for start, end in spans):
            form = _form(line)
            if form != "blank" or not lines or lines[-1][0] != "line":  # empty lines part no cells
                lines.append((form, at, line))
    for form, run in groupby(lines, key=itemgetter(0)):
        rows = [(at, line) for _, at, line in run]
        if form == "line":
            found += _line_a_cell(text, rows)
        elif form in _PARTED_BY:
            found += _parted(text, rows, form)
    return sorted(found, key=lambda table: table.cells[0].at)


def _form(line: str) -> str:
    """Return how the cells of a line are parted: a key of `_PARTED_BY`, `line`, `prose` or `blank`."""
    stripped = line.strip()
    if "|" in line or not stripped:
        return "bar" if stripped else "blank"
    if _PARTED_BY["wide"].search(stripped):
        return "wide"
    if stripped.count(";") >= 2 and all(len(part) <= _LONGEST_CELL for part in stripped.split(";")):
        return "semicolon"
    if stripped.count(",") >= 2 and ", " not in stripped:
        return "comma"
    return "line" if len(stripped) <= _LONGEST_CELL and stripped[-1] not in ".:;!?" else "prose"


def _parted(text: str, lines: Sequence[tuple[int, str]], form: str) -> Iterator[Table]:
    """Yield the tables of lines whose cells stand beside each other: runs of lines with as many cells."""
    rows = [_cells_of(text, at, line, form) for at, line in lines if not _RULE.fullmatch(line)]
    # Between bars a row may lack cells; elsewhere only lines with as many cells are one table.
    for run in [rows] if form == "bar" else [list(run) for _, run in groupby(rows, key=len)]:
        pure = [[PURE.fullmatch(text, *cell) is not None for cell in row] for row in run]
        if len(run) < _LEAST_ROWS or max(map(len, run)) < 2 or sum(map(sum, pure)) < _LEAST_NUMBERS:
            continue
        if form != "bar" and any(end - at > _LONGEST_CELL for row in run for at, end in row):
            continue
        if form in ("semicolon", "comma") and not _regular(pure):
            continue
        yield Table(
            tuple(Cell(at, end, i, j) for i, row in enumerate(run) for j, (at, end) in enumerate(row))
        )


def _cells_of(text: str, at: int, line: str, form: str) -> list[_Span]:
    """Return the spans of a line's cells, empty ones too."""
    inner = line.strip().strip("|") if form == "bar" else line.strip()
    begin = at + line.index(inner)
    marks = (edge for match in _PARTED_BY[form].finditer(inner) for edge in match.span())
    edges = [0, *marks, len(inner)]
    return [trimmed(text, begin + a, begin + b, _BLANK) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _regular(pure: Sequence[Sequence[bool]]) -> bool:
    """Tell whether rows, by which of their cells are numbers, have columns of numbers and columns of words."""
    columns = list(zip(*pure[1:], strict=True))
    whole = len(pure) > _LEAST_ROWS and not any(pure[0][1:])
    return whole and any(map(all, columns)) and not all(map(any, columns))


def _line_a_cell(text: str, lines: Sequence[tuple[int, str]]) -> Iterator[Table]:
    """Yield the tables of a run of short lines that are their cells one by one, row by row.

    Of all widths, and lines that may stand above its head, those are taken whose rows are alike for the longest: the
    same columns hold numbers in each row but the first, which holds none.
    """
    cells = [trimmed(text, at, at + len(line), _BLANK) for at, line in lines]
    numbers = [PURE.fullmatch(text, *cell) is not None for cell in cells]
    counted = [
        pure or COUNTED.fullmatch(text, *cell) is not None for pure, cell in zip(numbers, cells, strict=True)
    ]

    @cache
    def best(start: int) -> tuple[_Fit, list[_Row]]:
        return max(_grids(numbers, counted, start))

    at = 0
    while at < len(cells):
        fit, rows = best(at)
        if not rows or any(best(at + skipped)[0] > fit for skipped in range(1, _MOST_SKIPPED + 1)):
            at += 1
            continue
        yield Table(
            tuple(
                Cell(*cells[begun + column], row, column)
                for row, (begun, width) in enumerate(rows)
                for column in range(width)
            )
        )
        at = sum(rows[-1])


def _grids(numbers: Sequence[bool], counted: Sequence[bool], start: int) -> Iterator[tuple[_Fit, list[_Row]]]:
    """Yield the rows that a table from `start` on would have, for each width, with and without groups of rows.

    Before each how well it fits: by its cells, then by how few labels are numbers and how few rows begin groups.
    """
    yield (0, 0, 0), []
    numbered = any(counted[start : start + 2 * _MOST_COLUMNS + 1])
    for width in range(2, _MOST_COLUMNS + 1) if numbered else ():
        for grouped in (False, True):
            rows = _alike(numbers, counted, start, width, grouped=grouped)
            whole = [begun for begun, cells in rows if cells == width]
            if len(whole) > _LEAST_ROWS:
                labels = sum(numbers[begun] for begun in whole)
                yield (len(whole) * width, -labels, len(whole) - len(rows)), rows


def _alike(
    numbers: Sequence[bool], counted: Sequence[bool], start: int, width: int, *, grouped: bool
) -> list[_Row]:
    """Return the rows, the head's first, in which the same columns hold numbers, the first column aside.

    Its labels may be numbers too (Khối: 6, 7, Cộng). `numbers` are the cells that are nothing but a number,
    `counted` those with a noun behind it too. With `grouped` a row of one cell, which begins a group, follows the
    head.
    """
    at = start + width
    if any(numbers[start:at]) or (grouped and any(counted[at : at + 2])):
        return []
    rows = [(start, width), (at, 1)] if grouped else [(start, width)]
    at += grouped
    shape = counted[at + 1 : at + width]
    if len(shape) < width - 1 or not any(shape):
        return []
    while True:
        if counted[at + 1 : at + width] == shape:
            rows.append((at, width))
            at += width
        elif grouped and not any(counted[at : at + 2]) and counted[at + 2 : at + 1 + width] == shape:
            rows.append((at, 1))
            at += 1
        else:
            return rows
