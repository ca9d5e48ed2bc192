"""Tables: the numbers of a table whose cells a page's text has one by one, on lines of their own or between bars.

A row is a label and its numbers; the cells above the first row head the columns. What a number counts is said by the
head of its column (or the one before it, where that is a share), and its grade by the row's label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.article.lines import lines_of

__all__ = ("TableNumber", "find_table_numbers")

Span = tuple[int, int]

_CELL = re.compile(r"[^|\t\n]*[^|\t\n\s][^|\t\n]*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?/\s?\d+)?\s?%?")
_RULE = re.compile(r"[\s:=-]+")
_COUNTS_ROWS = re.compile(r"(?:s?tt|số tt|#)", re.IGNORECASE)
_LONGEST_CELL = 60
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number in a cell that begins at offset `at`: the span of its row's label, and those of the heads above it.

    `heads` are the head of its own column and those of the columns before it, the nearest first.
    """

    at: int
    label: Span
    heads: tuple[Span, ...]


@dataclass(slots=True)
class _Row:
    label: Span
    numbers: list[Span] = field(default_factory=list)


def find_table_numbers(text: str) -> Iterator[TableNumber]:
    """Yield the numbers of the tables of `text`, in order; offsets are indexes into `text`."""
    lines = list(lines_of(text))
    barred = "|" in text or "\t" in text
    if not barred and not any(_NUMBER.fullmatch(line.strip()) for _, line in lines):
        return
    for cells in _blocks(text, lines):
        yield from _numbers(text, cells)


def _blocks(text: str, lines: Sequence[tuple[int, str]]) -> Iterator[list[Span]]:
    """Yield the cells of each run of lines that hold nothing but short cells."""
    cells: list[Span] = []
    for at, line in lines:
        inside = [_stripped(text, at + a, at + b) for a, b in _parts(line)]
        inside = [(start, end) for start, end in inside if not _RULE.fullmatch(text, start, end)]
        prose = any(end - start > _LONGEST_CELL or text[end - 1] in ".:;!?" for start, end in inside)
        if prose or not line.strip():
            if cells:
                yield cells
            cells = []
        else:
            cells.extend(inside)
    yield cells


def _parts(line: str) -> Sequence[Span]:
    """Return the spans of a line's cells; most lines are one."""
    if "|" in line or "\t" in line:
        return [cell.span() for cell in _CELL.finditer(line)]
    return [] if line.isspace() else [(0, len(line))]


def _stripped(text: str, at: int, end: int) -> Span:
    found = text[at:end]
    return at + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _numbers(text: str, cells: Sequence[Span]) -> Iterator[TableNumber]:
    rows: list[_Row] = []
    for cell in cells:
        if not _NUMBER.fullmatch(text, *cell):
            rows.append(_Row(cell))
        elif rows:
            rows[-1].numbers.append(cell)
    first = next((index for index, row in enumerate(rows) if row.numbers), None)
    if first is None:
        return
    heads, body = [row.label for row in rows[:first]], rows[first:]
    # The number of the first row stands behind the last head, that of each other row behind the row before.
    counted = any(_COUNTS_ROWS.fullmatch(text, *head) for head in heads)
    if counted and body:
        heads.append(body[0].label)
        body = body[1:]
        for number, row in enumerate(body[:-1], 2):
            if row.numbers and text[slice(*row.numbers[-1])].lstrip("0") == str(number):
                row.numbers.pop()
    widths = Counter(len(row.numbers) for row in body if row.numbers)
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    if times < _LEAST_ROWS or len(heads) < width:
        return
    columns = heads[len(heads) - width :]
    for row in body:
        if len(row.numbers) == width:
            for index, cell in enumerate(row.numbers):
                yield TableNumber(cell[0], row.label, tuple(reversed(columns[: index + 1])))
