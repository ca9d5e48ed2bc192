"""Documents: where a text comes from, the text itself exactly as read, and its tables with offsets into it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: `Document.text[at:end]`, stripped; `at == end` where it is empty.

    `row` and `column` (from 0) are its upper left place in the table's grid, `rows` and `columns` how many of
    each it covers: a merged cell is one cell. `head` says that the document itself marks it as a heading of
    a column or a row (`<th>`, `<thead>`, a repeated header row in Word, the first row in Markdown).
    """

    at: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the document's own markup has it: its cells, row by row and from left to right."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Document:
    """One article's text, with where it came from.

    `text` is never normalised: every offset of a report is an index into it. `notes` says, in a short phrase
    each, what the reading changed. `title` and `published` (an ISO date) are what a page's own markup says,
    None where there is none. `tables` are those that the format marks as such, in the text's order; a plain
    text has none.
    """

    name: str
    text: str
    location: str | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    title: str | None = None
    published: str | None = None
    tables: tuple[Table, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text; lone surrogates count as the three bytes they would take."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Return the document of which `dataclasses.asdict` made `fields`, also after a way through JSON."""
        tables = tuple(
            Table(tuple(Cell(**cell) for cell in table["cells"])) for table in fields.get("tables", ())
        )
        return cls(**{**fields, "notes": tuple(fields["notes"]), "tables": tables})
