"""Parquet: the tables of a job (`rows.TABLES`) for other programs, each written in portions."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

import pyarrow
import pyarrow.parquet

from summarizer.outputs.rows import TABLES, Cell, Line

_TYPES = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
_PORTION = 10_000  # rows written together


class Parquet:
    """Takes a job's lines one by one; `open_part` opens the file of each table."""

    def __init__(self, open_part: Callable[[str], IO[bytes]]) -> None:
        self._rows: dict[str, list[dict[str, Cell]]] = {name: [] for name in TABLES}
        self._writers = {
            name: pyarrow.parquet.ParquetWriter(
                open_part(name),
                pyarrow.schema([(column, _TYPES[kind]) for column, kind in table.columns.items()]),
            )
            for name, table in TABLES.items()
        }

    def add(self, line: Line) -> None:
        """Take a line."""
        for name, rows in self._rows.items():
            columns = TABLES[name].columns
            for row in TABLES[name].rows(line, None):
                rows.append(
                    {name: _fitting(cell, columns[name]) for name, cell in zip(columns, row, strict=True)}
                )
            if len(rows) >= _PORTION:
                self._flush(name)

    def close(self) -> None:
        """Write what is left, and the tables' ends."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()

    def _flush(self, name: str) -> None:
        writer, rows = self._writers[name], self._rows[name]
        writer.write_table(pyarrow.Table.from_pylist(rows, writer.schema))
        rows.clear()


def _fitting(cell: Cell, kind: type) -> Cell:
    """Return a cell as its column can hold it: a whole number as the nearest fraction, None where it is beyond all.

    How the article writes a number stands beside it (`text`) in any case.
    """
    if isinstance(cell, int) and kind is float:
        try:
            return float(cell)
        except OverflowError:
            return None
    if isinstance(cell, int) and not -(2**63) <= cell < 2**63:
        return None
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
