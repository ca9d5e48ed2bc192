"""Parquet: the tables of a job (`rows.TABLES`) for other programs, each written in portions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

import pyarrow
import pyarrow.parquet

from summarizer.outputs.rows import TABLES, Cell, Line, Row

__all__ = ("Parquet",)

_TYPES = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
_PORTION = 10_000  # rows written together


class Parquet:
    """Takes a job's lines one by one; `open_part` opens the file of each table."""

    def __init__(self, open_part: Callable[[str], IO[bytes]]) -> None:
        self._parts = {name: _Part(open_part(name), table.columns) for name, table in TABLES.items()}

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line, with its report's JSON where it has one."""
        for name, part in self._parts.items():
            for row in TABLES[name].rows(line, report, None):
                part.write(row)

    def close(self) -> None:
        """Write what is left."""
        for part in self._parts.values():
            part.close()


class _Part:
    """One table."""

    def __init__(self, file: IO[bytes], columns: Mapping[str, type]) -> None:
        self._schema = pyarrow.schema([(name, _TYPES[kind]) for name, kind in columns.items()])
        self._writer = pyarrow.parquet.ParquetWriter(file, self._schema)
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) >= _PORTION:
            self._flush()

    def close(self) -> None:
        """Write what is left and the table's end."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        columns = list(zip(*rows, strict=True)) or [() for _ in self._schema]
        arrays = [
            pyarrow.array([_fitting(cell, field.type) for cell in column], field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))


def _fitting(cell: Cell, kind: pyarrow.DataType) -> Cell:
    """Return a cell as its column can hold it: a whole number as the nearest fraction, None where it is beyond all.

    How the article writes a number stands beside it (`text`) in any case.
    """
    if isinstance(cell, int) and pyarrow.types.is_floating(kind):
        try:
            return float(cell)
        except OverflowError:
            return None
    if isinstance(cell, int) and not -(2**63) <= cell < 2**63:
        return None
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
