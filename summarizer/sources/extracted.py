"""What the readers of every format share: raised marks, clean text in paragraphs, tables with offsets, the document.

A reader makes blocks of text; a cell of a table stands in them between two marker characters (`CellMarks`) which
any library in between takes for letters. `finished` joins and cleans the blocks, takes the markers out and knows
then where each cell stands in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer.errors import SourceError
from summarizer.sources.decoding import INVISIBLE, check_text
from summarizer.sources.document import Cell, Document, Table

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]")
_LONGEST_TITLE = 500

_UNIT_BEFORE = re.compile(r"(?<![^\W\d_])[kdchm]?m$")
_DIGITS = re.compile(r"\d+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# What refers to a footnote: 1, [2], (3), 1,2, *, a), iv, ***
_REFERENCE = re.compile(
    r"[\s\[({]*(?:\d{1,3}(?:\s*[,;-]\s*\d{1,3})*|[*†‡§#]{1,4}|[a-z]|[ivx]{1,5})[\s\])}.]*"
)

_FIRST_MARK, _END_MARK = 0x20000, "\U0002a6d0"  # CJK extension B: letters that no Vietnamese page has today
_MARKS = re.compile(f"[{chr(_FIRST_MARK)}-{_END_MARK}]")
_EMPTY_CELL = re.compile(f" ([{chr(_FIRST_MARK)}-{_END_MARK}]{_END_MARK}) ")
_MAX_CELLS = 20_000
_MAX_SPAN = 100
_MAX_COLUMNS = 1_000


class Left(Counter[str]):
    """What a reader left out, as the phrase of a note to how often: `left["struck-out text left out"] += 1`."""

    @property
    def notes(self) -> tuple[str, ...]:
        """A phrase for each kind, with its number."""
        return tuple(f"{phrase} ({times})" for phrase, times in self.items() if times)


def raised(content: str, before: str, left: Left, *, lowered: bool = False) -> str:
    """Return what a raised (or `lowered`) piece of text becomes in a line of plain text, after `before`.

    It is never to be read as digits of the number beside it: `120 m` and `2` give `120 m²`, `12` and a footnote's
    `1` give `12`. A mark that refers to a footnote is left out, whatever else stays, set apart where it must be.
    """
    mark = content.strip()
    if _DIGITS.fullmatch(mark):
        if lowered and before[-1:].isalpha():
            return content.translate(_SUBSCRIPTS)
        if mark in {"2", "3"} and not lowered and _UNIT_BEFORE.search(before[-10:]):
            return content.translate(_SUPERSCRIPTS)
    if _REFERENCE.fullmatch(content):
        if lowered and before[-1:].isalpha():
            return content
        left["raised marks left out"] += 1
        return ""
    apart = mark[:1].isdecimal() and before[-1:].isdecimal()
    return f" {content}" if apart else content


@dataclass(frozen=True, slots=True)
class Box:
    """A cell that has no place yet: its text, how many rows and columns it spans, whether it is a heading."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


class CellMarks:
    """Marks the cells of a document's tables in its text, and finds them there again.

    `text` is all that the document may hold: where one of the characters used for marks stands in it, nothing
    is marked, and no table is found.
    """

    def __init__(self, text: str = "") -> None:
        self._usable = _MARKS.search(text) is None
        self._cells: list[Cell] = []
        self._table_of: list[int] = []
        self._tables = 0

    def table(self, rows: Sequence[Sequence[Box]]) -> list[list[str]]:
        """Return the texts of a table's cells with their marks, row by row.

        A row has its own cells from left to right; what a cell further up spans of it has none. Spans are at
        most what a page shows, whatever they say.
        """
        free_from: dict[int, int] = {}  # column -> the first row in which nothing further up spans it
        marked: list[list[str]] = []
        for row, boxes in enumerate(rows):
            column = 0
            marked.append([])
            for box in boxes:
                while free_from.get(column, 0) > row:
                    column += 1
                down = min(max(1, box.rows), len(rows) - row)
                across = min(max(1, box.columns), _MAX_SPAN)
                marked[-1].append(self._marked(box.text, Cell(0, 0, row, column, down, across, box.head)))
                free_from.update(dict.fromkeys(range(column, column + across), row + down))
                column += across
        self._tables += 1
        return marked

    def _marked(self, text: str, cell: Cell) -> str:
        if not self._usable or len(self._cells) == _MAX_CELLS or cell.column > _MAX_COLUMNS:
            return text
        self._cells.append(cell)
        self._table_of.append(self._tables)
        return f"{chr(_FIRST_MARK + len(self._cells) - 1)}{text}{_END_MARK}"

    def resolve(self, text: str) -> tuple[str, tuple[Table, ...]]:
        """Return the text without marks, and the tables whose cells are in it."""
        if not self._cells:
            return text, ()
        places: dict[int, tuple[int, int]] = {}
        begun: tuple[int, int] | None = None  # the number of the cell that is open, and where it begins
        for taken, mark in enumerate(_MARKS.finditer(text)):
            at = mark.start() - taken
            if mark[0] != _END_MARK:
                begun = ord(mark[0]) - _FIRST_MARK, at
            elif begun is not None:
                places.setdefault(begun[0], (begun[1], at))
                begun = None
        text = _MARKS.sub("", text)
        tables: dict[int, list[Cell]] = {}
        for number, (cell, table) in enumerate(zip(self._cells, self._table_of, strict=True)):
            if number in places:
                at, end = places[number]
                inside = text[at:end]
                at = min(end, at + len(inside) - len(inside.lstrip()))
                tables.setdefault(table, []).append(replace(cell, at=at, end=at + len(inside.strip())))
        return text, tuple(Table(tuple(cells)) for cells in tables.values())


def paragraphs(blocks: Iterable[str]) -> str:
    """Blocks of text as paragraphs with a blank line between them; lines of a list or a table stay together."""
    lines = [_EMPTY_CELL.sub(r" \1", _SPACES.sub(" ", block)).strip() for block in blocks]
    lines = [line for line in lines if line]
    joined: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        together = any(line.startswith(mark) and following.startswith(mark) for mark in ("- ", "|"))
        joined.append(line + ("\n" if together else "\n\n"))
    return _BLANK_LINES.sub("\n\n", "".join(joined)).rstrip("\n") + "\n" if joined else ""


def clean(text: str, left: Left) -> str:
    """Return a text without characters that show nothing, its letters composed (NFC)."""
    text, invisible = INVISIBLE.subn("", text)
    text, control = _CONTROL.subn("", text)
    left["invisible characters left out"] += invisible
    left["control characters left out"] += control
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        left["Unicode form changed to NFC"] = 1
    return text


def finished(document: Document, left: Left, marks: CellMarks | None = None) -> Document:
    """Return the document of an extracted text; offsets are indexes into the text that it has in the end.

    The text is cleaned, and its tables are found by their marks. Raises `SourceError` where it is no article:
    empty, too long, not Vietnamese.
    """
    text, tables = (marks or CellMarks()).resolve(clean(document.text, left))
    if not text.strip():
        raise SourceError(f"{document.location}: has no text to read")
    check_text(text, str(document.location))
    return replace(
        document,
        text=text,
        notes=(*document.notes, *left.notes),
        title=" ".join(clean(document.title or "", Left()).split())[:_LONGEST_TITLE] or None,
        published=document.published or None,
        tables=tables,
    )
