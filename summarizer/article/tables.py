"""Tables: those that a document marks as such, and those that a plain text has between bars, tabs or line by line.

Whatever its form, a table becomes a `Table` of cells with their places in a grid (`summarizer.sources.document`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from summarizer.article.normalize import lines_of
from summarizer.sources.document import Cell, Table

__all__ = ("COUNTED", "PURE", "find_tables")

_Line = tuple[int, str]
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
_RULE = re.compile(r"[\s:=|+_-]+")
_WIDE = re.compile(r"[^\S\n]{3,}|[^\S\n]*\t[^\S\n]*")
_LONGEST_CELL = 90
_LEAST_ROWS = _LEAST_NUMBERS = 2
_MOST_COLUMNS = 14
"""Characters of a cell; rows and numbers, at least; columns of a table whose cells are a line each, at most."""
_MOST_SKIPPED = 4
"""Lines of a run of short lines that may stand above the head of a table whose cells are a line each."""


def find_tables(text: str, marked: Sequence[Table] = ()) -> list[Table]:
    """Return the tables of `text` in its order: those a document marked, and those found where it marked none."""
    spans = [(table.cells[0].at, max(cell.end for cell in table.cells)) for table in marked if table.cells]
    lines = [
        (at, line)
        for at, line in lines_of(text)
        if not any(at <= end and at + len(line) >= a for a, end in spans)
    ]
    found = [table for table in marked if table.cells]
    runs = [(how, [line for line in run if line[1].strip()]) for how, run in groupby(lines, _form_of)]
    for index, (how, rows) in enumerate(runs):
        if how == "line" and index > 1 and runs[index - 2][0] == "line" and not runs[index - 1][1]:
            runs[index] = (how, [*runs[index - 2][1], *rows])  # empty lines part no cells
            runs[index - 2] = (None, [])
    for how, rows in runs:
        if how == "line":
            found += _line_a_cell(text, rows)
        elif how:
            found += _parted(text, rows, how)
    return sorted(found, key=lambda table: table.cells[0].at)


def _form_of(line: _Line) -> str | None:
    return _form(line[1])


def _form(line: str) -> str | None:
    """Return how the cells of a line are parted, None for prose and empty lines."""
    if "|" in line:
        return "bar"
    stripped = line.strip()
    if not stripped:
        return None
    if _WIDE.search(stripped):
        return "wide"
    if stripped.count(";") >= 2 and all(len(part) <= _LONGEST_CELL for part in stripped.split(";")):
        return "semicolon"
    if stripped.count(",") >= 2 and ", " not in stripped:
        return "comma"
    return "line" if len(stripped) <= _LONGEST_CELL and stripped[-1] not in ".:;!?" else None


def _parted(text: str, lines: Sequence[_Line], how: str) -> Iterator[Table]:
    """Yield the tables of lines whose cells stand beside each other: runs of lines with as many cells."""
    rows = [_cells_of(text, at, line, how) for at, line in lines]
    rows = [row for row, (_, line) in zip(rows, lines, strict=True) if not _RULE.fullmatch(line)]
    # Between bars a row may lack cells; elsewhere only lines with as many cells are one table.
    runs = [rows] if how == "bar" else [list(run) for _, run in groupby(rows, key=len)]
    for run in runs:
        if len(run) < _LEAST_ROWS or max(map(len, run)) < 2 or not _has_numbers(text, run):
            continue
        if how != "bar" and any(end - at > _LONGEST_CELL for row in run for at, end in row):
            continue
        if how in ("semicolon", "comma") and not _regular(text, run):
            continue
        yield Table(
            tuple(Cell(at, end, i, j) for i, row in enumerate(run) for j, (at, end) in enumerate(row))
        )


def _cells_of(text: str, at: int, line: str, how: str) -> list[_Span]:
    """Return the spans of a line's cells, empty ones too."""
    if how == "bar":
        inner = line.strip().strip("|")
        begin = at + line.index(inner) if inner else at
        parts = _split(inner, re.compile(r"\|"))
    else:
        inner = line.strip()
        begin = at + line.index(inner)
        parts = _split(inner, {"wide": _WIDE, "semicolon": re.compile(";"), "comma": re.compile(",")}[how])
    return [_stripped(text, begin + a, begin + b) for a, b in parts]


def _split(text: str, mark: re.Pattern[str]) -> list[_Span]:
    marks = [match.span() for match in mark.finditer(text)]
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    return list(zip(starts, ends, strict=True))


def _stripped(text: str, at: int, end: int) -> _Span:
    cell = text[at:end]
    begin = at + len(cell) - len(cell.lstrip(" \t\xa0*_"))
    return begin, max(begin, end - len(cell) + len(cell.rstrip(" \t\xa0*_\r")))


def _has_numbers(text: str, rows: Sequence[Sequence[_Span]]) -> bool:
    return sum(PURE.fullmatch(text, *cell) is not None for row in rows for cell in row) >= _LEAST_NUMBERS


def _regular(text: str, rows: Sequence[Sequence[_Span]]) -> bool:
    """Tell whether lines parted by commas or semicolons are a table: some columns are numbers in all rows below."""
    body = rows[1:]
    if len(body) < _LEAST_ROWS or any(PURE.fullmatch(text, *cell) for cell in rows[0][1:]):
        return False
    columns = range(len(rows[0]))
    return any(all(PURE.fullmatch(text, *row[column]) for row in body) for column in columns) and any(
        all(not PURE.fullmatch(text, *row[column]) for row in body) for column in columns
    )


def _line_a_cell(text: str, lines: Sequence[_Line]) -> Iterator[Table]:
    """Yield the tables of a run of short lines that are their cells one by one, row by row.

    Of all widths, and lines that may stand above its head, those are taken whose rows are alike for the longest: the
    same columns hold numbers in each row but the first, which holds none.
    """
    cells = [_stripped(text, at, at + len(line)) for at, line in lines]
    numbers = [PURE.fullmatch(text, *cell) is not None for cell in cells]
    counted = [
        pure or COUNTED.fullmatch(text, *cell) is not None for pure, cell in zip(numbers, cells, strict=True)
    ]
    at = 0
    while at < len(cells):
        fit, best = max(_grids(numbers, counted, at))
        ahead = range(at + 1, at + 1 + _MOST_SKIPPED)
        if not best or any(max(_grids(numbers, counted, later))[0] > fit for later in ahead):
            at += 1
            continue
        yield Table(
            tuple(
                Cell(*cells[begun + column], row, column)
                for row, (begun, width) in enumerate(best)
                for column in range(width)
            )
        )
        at = sum(best[-1])


def _grids(numbers: Sequence[bool], counted: Sequence[bool], start: int) -> Iterator[tuple[_Fit, list[_Row]]]:
    """Yield the rows that a table from `start` on would have, for each width, with and without groups of rows.

    Before each how well it fits: by its cells, then by how few labels are numbers and how few rows begin groups.
    """
    for width in range(2, _MOST_COLUMNS + 1):
        for grouped in (False, True):
            rows = _alike(numbers, counted, start, width, grouped=grouped)
            whole = [begun for begun, cells in rows if cells == width]
            if len(whole) > _LEAST_ROWS:
                yield (
                    (len(whole) * width, -sum(numbers[begun] for begun in whole), len(whole) - len(rows)),
                    rows,
                )
    yield (0, 0, 0), []


def _alike(
    numbers: Sequence[bool], counted: Sequence[bool], start: int, width: int, *, grouped: bool
) -> list[_Row]:
    """Return the rows, the head's first, in which the same columns hold numbers, the first column aside.

    Its labels may be numbers too (Khối: 6, 7, Cộng). `numbers` are the cells that are nothing but a number,
    `counted` those with a noun behind it too. With `grouped` a row of one cell, which begins a group, follows the
    head.
    """
    if any(numbers[start : start + width]):
        return []
    at = start + width
    rows = [(start, width)]
    if grouped:
        if any(counted[at : at + 2]):
            return []
        rows.append((at, 1))
        at += 1
    shape = counted[at + 1 : at + width]
    if len(shape) < width - 1 or not any(shape):
        return []
    while True:
        if len(counted) >= at + width and counted[at + 1 : at + width] == shape:
            rows.append((at, width))
            at += width
        elif (
            grouped
            and len(counted) > at + width
            and not any(counted[at : at + 2])
            and counted[at + 2 : at + 1 + width] == shape
        ):
            rows.append((at, 1))
            at += 1
        else:
            return rows
