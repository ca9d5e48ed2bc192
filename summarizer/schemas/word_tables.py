"""Tables of words: CSV files that people without Python can read and extend, read in one way and checked.

A table is UTF-8 CSV. Lines that begin with `#` say what it is for; the first other line names its columns. A cell
`words` (or `phrases`) holds alternatives with `|` between them, in any spelling; a cell with a comma is quoted. A bar
in round brackets does not part alternatives: such a phrase is a pattern.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from summarizer.errors import ConfigError

_BETWEEN = re.compile(r"\s*\|\s*(?![^()]*\))")


class Row(NamedTuple):
    """One row of a table: its cells by column, and `where` it stands (`status.csv:12`) for an error's message."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:  # type: ignore[override]
        return self.cells[column]

    def phrases(self, column: str = "words") -> tuple[str, ...]:
        """Return the alternatives that a cell lists, in order."""
        return tuple(_BETWEEN.split(self.cells[column])) if self.cells[column] else ()


def read_table(package: str, name: str, columns: Sequence[str], *, key: Sequence[str] = ()) -> list[Row]:
    """Return the rows of the table `tables/NAME.csv` of a package such as `summarizer.rules`.

    `columns` and `key` are as for `rows_of`. Raises ConfigError as that does.
    """
    file = files(package) / "tables" / f"{name}.csv"
    return rows_of(file.read_text(encoding="utf-8"), file.name, columns, key=key)


def read_lists(package: str, name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of phrases of `tables/NAME.csv` of a package, by their names, each in the table's order.

    The table has the columns `list` and `words`; a list may have any number of rows, and no phrase twice.
    """
    lists: dict[str, tuple[str, ...]] = {}
    for row in read_table(package, name, ("list", "words"), key=("list",)):
        lists[row["list"]] = lists.get(row["list"], ()) + row.phrases()
    return lists


def rows_of(text: str, name: str, columns: Sequence[str], *, key: Sequence[str] = ()) -> list[Row]:
    """Return the rows of a table as it is written; `name` is what errors call it.

    `columns` are those the table must have, no more and no less; `key` those within which no phrase of the column
    `words` may stand twice (none: within the whole table). Raises ConfigError, with the line, for other columns, a
    row with too many or too few cells, and a phrase that stands twice.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not kept:
        raise ConfigError(f"{name}: the table is empty; its first line must be {','.join(columns)}")
    rows: list[Row] = []
    for index, cells in _records(kept, name):
        where = f"{name}:{index}"
        if not rows and index == kept[0][0]:
            if sorted(cells) != sorted(columns):
                raise ConfigError(f"{where}: the columns must be {','.join(columns)}, not {','.join(cells)}")
            columns = cells
            continue
        if len(cells) != len(columns):
            hint = "; words with a comma need quotation marks" if len(cells) > len(columns) else ""
            raise ConfigError(f"{where}: {len(cells)} cells where there are {len(columns)} columns{hint}")
        rows.append(Row(where, {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}))
    if "words" in columns:
        _no_phrase_twice(rows, key)
    return rows


def _records(lines: Sequence[tuple[int, str]], name: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in lines:
        try:
            (cells,) = csv.reader([line], strict=True)
        except (csv.Error, ValueError) as error:
            raise ConfigError(f"{name}:{number}: not a line of CSV ({error})") from None
        yield number, cells


def _no_phrase_twice(rows: Sequence[Row], key: Collection[str]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        for phrase in row.phrases():
            same = " ".join(unicodedata.normalize("NFC", phrase).lower().split())
            if not same:
                raise ConfigError(f"{row.where}: an empty phrase between two bars")
            within = (*(row[column] for column in key), same)
            if within in seen:
                raise ConfigError(f"{row.where}: {phrase!r} stands twice, the first time in {seen[within]}")
            seen[within] = row.where
