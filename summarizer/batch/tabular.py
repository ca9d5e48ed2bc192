"""Tables: files in JSON Lines or CSV that hold an article a row, each row read as an item."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from summarizer.batch.items import Item, lost_item
from summarizer.errors import ConfigError
from summarizer.sources.loading import MAX_BYTES, printable

_CSV = frozenset({".csv", ".tsv"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_LINE_BYTES = 4 * MAX_BYTES  # one row: an article, escaped, among other columns
_FIRST_ROWS = 100  # of a table in JSON Lines, whose keys are its columns
_HEAD_CHARS = 65_536


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold an article's text and its name (None: `id` where there is one)."""

    text: str = "text"
    id: str | None = None


def is_table(path: str) -> bool:
    """Whether a file holds an article a row, by its name."""
    return os.path.splitext(path)[1].lower() in _CSV | _JSON_LINES


def rows(path: str, columns: Columns) -> Iterator[Item]:
    """The rows of a table; one that is broken is an item with a failure."""
    try:
        yield from (_csv_rows if _is_csv(path) else _json_rows)(path, columns)
    except OSError as error:
        yield lost_item(path, f"cannot be read ({error.strerror})")


def _is_csv(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in _CSV


def _row(path: str, line: int, name: object, text: str | None, why: str | None = None) -> Item:
    location = f"{printable(os.path.abspath(path))}:{line}"
    shown = str(name) if isinstance(name, str | int) and str(name).strip() else f"{Path(path).name}:{line}"
    shown = shown.encode("utf-8", "backslashreplace").decode()
    failure = None if why is None else f"{printable(path)}:{line}: {why}"
    return Item(location, shown, text=None if failure else text, failure=failure, table=Path(path))


def _json_rows(path: str, columns: Columns) -> Iterator[Item]:
    with open(path, "rb") as file:
        line = 0
        while data := file.readline(_LINE_BYTES):
            line += 1
            if len(data) == _LINE_BYTES and not data.endswith(b"\n"):
                while data and not data.endswith(b"\n"):
                    data = file.readline(_LINE_BYTES)
                yield _row(path, line, None, None, "the line is longer than any article")
            elif data.strip(b"\xef\xbb\xbf \t\r\n"):
                yield _json_row(path, line, data, columns)


def _json_row(path: str, line: int, data: bytes, columns: Columns) -> Item:
    row, why = None, None
    try:
        row = json.loads(data.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError:
        why = "the line is not UTF-8"
    except (ValueError, RecursionError):
        why = "the line is not JSON"
    if not isinstance(row, dict):
        return _row(path, line, None, None, why or "the line is not a JSON object")
    name, text = row.get(columns.id or "id"), row.get(columns.text)
    if not isinstance(text, str):
        return _row(path, line, name, None, f"has no text in `{columns.text}`; see --text-column")
    return _row(path, line, name, text)


def _csv_rows(path: str, columns: Columns) -> Iterator[Item]:
    csv.field_size_limit(_LINE_BYTES)
    delimiter, header, skipped = _head(path, columns)
    with _open_csv(path) as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=delimiter)
        next(reader, None)
        if columns.text not in header:
            yield lost_item(path, f"has no column `{columns.text}`; name one with --text-column")
            return
        while True:
            line = skipped + reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _row(path, line, None, None, f"is no row of CSV ({error})")
            except UnicodeError as error:
                why = f"cannot be decoded, and with it all that follows ({error})"
                yield _row(path, line, None, None, why)
                return
            else:
                if row:
                    yield _csv_row(path, line, row, header, columns)


def _csv_row(path: str, line: int, row: list[str], header: list[str], columns: Columns) -> Item:
    cells: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        cells.setdefault(name, cell)
    text, why = cells.get(columns.text), None
    if text is None:
        why = "has fewer columns than the header"
    elif any(cell.strip() for cell in row[len(header) :]):
        why = "has more columns than the header; quote the cells that hold a separator"
    elif not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text):
        why = "is not UTF-8"
    return _row(path, line, cells.get(columns.id or "id"), text, why)


def _open_csv(path: str) -> TextIO:
    with open(path, "rb") as file:
        encoding = "utf-16" if file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    return open(path, encoding=encoding, errors="surrogateescape", newline="")


def _head(path: str, columns: Columns) -> tuple[str, list[str], int]:
    """What separates a table's columns, their names, and how many lines stand before these.

    The separator is the one that a first line `sep=…` names, as spreadsheets write it; else that of comma, semicolon,
    tab and bar with which the head has the column of the text, or else the most columns.
    """
    with _open_csv(path) as file:
        text = file.read(_HEAD_CHARS)
    first, _, rest = text.partition("\n")
    given = re.fullmatch(r'"?sep=([,;\t|])"?[,;\t]*\r?', first, re.IGNORECASE)
    if given is not None:
        text = rest
    heads = {
        delimiter: next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        for delimiter in (given[1] if given is not None else ",;\t|")
    }
    best = max(heads, key=lambda delimiter: (columns.text in heads[delimiter], len(heads[delimiter])))
    return best, heads[best], int(given is not None)


def check_columns(path: str, columns: Columns) -> None:
    """Raise `ConfigError` where a table has no such columns, before anything is asked of a model.

    Of a table in JSON Lines the first rows are looked at: one row without the text is that row's failure.
    """
    try:
        names = _head(path, columns)[1] if _is_csv(path) else _keys(path)
    except (OSError, ValueError, csv.Error):
        return  # listing the items says what is wrong, row by row
    wanted = [("--text-column", columns.text)] + ([("--id-column", columns.id)] if columns.id else [])
    for option, name in wanted:
        if names and name not in names:
            known = ", ".join(printable(column) for column in names[:20])
            raise ConfigError(f"{printable(path)}: has no column `{name}`; name one with {option}: {known}")


def _keys(path: str) -> list[str]:
    """The keys of the first rows in a table in JSON Lines that are objects."""
    keys: dict[str, None] = {}
    with open(path, "rb") as file:
        for line in islice(iter(lambda: file.readline(_LINE_BYTES), b""), _FIRST_ROWS):
            with suppress(ValueError, RecursionError):
                row = json.loads(line.decode("utf-8-sig"))
                keys |= dict.fromkeys(row if isinstance(row, dict) else ())
    return list(keys)
