"""The sources of a job: files, folders, globs, tables, web pages and lists of them, as one stream of items.

Nothing here holds the list or the texts in memory: a folder's names are put in order on the disk, a table (JSON
Lines, CSV) is read a row at a time. An item that is bad (a broken line, a row without text) is an item with its
failure, never an exception.
"""

from __future__ import annotations

import codecs
import csv
import glob
import io
import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from summarizer.batch.items import Item, file_item, lost_item
from summarizer.batch.web import Web
from summarizer.errors import ConfigError
from summarizer.sources.formats import is_url, suffixes
from summarizer.sources.reading import MAX_BYTES, printable

__all__ = ("Columns", "Sources", "check_columns", "is_table", "rows")

_PLAIN = frozenset({"", ".txt", ".text"})
_CSV = frozenset({".csv", ".tsv"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_LINE_BYTES = 4 * MAX_BYTES  # one row: an article, escaped, among other columns
_FIRST_ROWS = 100  # of a table in JSON Lines, whose keys are its columns
_CHUNK = 65536
_SEEN = 400  # bytes of a list that are looked at for the NULs of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, None),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_OWN = "is the job's own folder, whose pages are no articles; give another --out"


class Sources:
    """The items of what was named on the command line, in order; iterate as often as wanted.

        Sources(["articles/", "more/*.txt", "table.csv", "https://…", "-"], columns=Columns("body", "url"))

    A folder is walked in the order of its names; hidden files, symbolic links to folders and `exclude`
    (the job's own folder) are left out, as are files of a kind that is no article: `ignored` counts them. `-`
    is a list of paths and addresses on `stdin`, one a line or separated by NUL, in UTF-8 or as its byte order mark
    says, and in UTF-16 without one too; it can be read once only. Web pages are read through `web`, by default one
    at a time and none that is private. Raises `ConfigError` for a source that names nothing, or a table without the
    text column.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: Columns | None = None,
        exclude: Path | None = None,
        stdin: BinaryIO | None = None,
        web: Web | None = None,
    ) -> None:
        self.arguments = tuple(arguments)
        self.columns = columns or Columns()
        self.ignored = 0
        self._exclude = None if exclude is None else os.path.realpath(exclude)
        self._stdin = stdin
        self._web = web or Web()
        for argument in self.arguments:
            self._check(argument)

    def __iter__(self) -> Iterator[Item]:
        """The items, each read only as far as listing it needs."""
        self.ignored = 0
        yield from self._web.ahead(self._items())

    def _items(self) -> Iterator[Item]:
        for argument in self.arguments:
            if argument == "-":
                for entry in _entries(self._stdin or sys.stdin.buffer):
                    yield from self._fenced(entry, self._named(entry))
            else:
                yield from self._fenced(argument, self._named(argument, pattern=True))

    def _named(self, name: str, *, pattern: bool = False) -> Iterator[Item]:
        """The items of an address or a path, or of a `pattern`."""
        if is_url(name.strip()):
            yield self._web.item(name.strip())
        elif os.path.lexists(name):
            yield from self._expand(name)
        elif pattern:
            found = glob.iglob(name, recursive=True, include_hidden=False)
            for path in _in_order(path for path in found if os.path.isfile(path)):
                yield from self._expand(path)
        else:
            yield lost_item(name, "no such file")

    def _fenced(self, name: str, items: Iterator[Item]) -> Iterator[Item]:
        """The same items; where listing them raises what nobody foresaw, one that says so, and no more."""
        try:
            yield from items
        except ConfigError:
            raise
        except Exception as error:
            yield lost_item(name, f"cannot be listed ({type(error).__name__}: {error})")

    def _check(self, argument: str) -> None:
        if argument == "-" or is_url(argument):
            return
        if os.path.isdir(argument):
            if os.path.realpath(argument) == self._exclude:
                raise ConfigError(f"{printable(argument)}: {_OWN}")
            return
        if os.path.lexists(argument):
            if is_table(argument):
                check_columns(argument, self.columns)
            return
        if not glob.has_magic(argument):
            raise ConfigError(f"{printable(argument)}: no such file or folder")
        if next(glob.iglob(argument, recursive=True), None) is None:
            raise ConfigError(f"{printable(argument)}: no file matches")

    def _expand(self, path: str) -> Iterator[Item]:
        if os.path.isdir(path):
            yield from (
                (lost_item(path, _OWN),) if os.path.realpath(path) == self._exclude else self._walk(path)
            )
        elif is_table(path):
            yield from rows(path, self.columns)
        else:
            yield file_item(path)

    def _walk(self, folder: str) -> Iterator[Item]:
        try:
            with os.scandir(folder) as entries:
                names = _in_order(entry.name for entry in entries if not entry.name.startswith("."))
        except OSError as error:
            yield lost_item(folder, f"cannot be listed ({error.strerror})")
            return
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isdir(path):
                if not os.path.islink(path) and os.path.realpath(path) != self._exclude:
                    yield from self._walk(path)
            elif _is_article(path) and (os.path.isfile(path) or not os.path.exists(path)):
                yield file_item(path)  # a link to nowhere is one that cannot be read
            else:
                self.ignored += 1


def _is_article(path: str) -> bool:
    suffix = os.path.splitext(path)[1].lower()
    return suffix in _PLAIN or suffix in suffixes()


def _in_order(names: Iterable[str]) -> Iterator[str]:
    """Names in the order of their bytes, sorted in a private file of SQLite's, not in memory."""
    spool = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    spool.execute("CREATE TABLE names (name BLOB PRIMARY KEY) WITHOUT ROWID")
    spool.execute("BEGIN")
    spool.executemany("INSERT OR IGNORE INTO names VALUES (?)", ((os.fsencode(name),) for name in names))

    def ordered() -> Iterator[str]:
        with closing(spool):
            for (name,) in spool.execute("SELECT name FROM names ORDER BY name"):
                yield os.fsdecode(name)

    return ordered()


def _entries(stream: BinaryIO) -> Iterator[str]:
    """The entries of a list: one a line, or separated by NUL as `find -print0` does; empty ones are left out.

    Names that are not valid UTF-8 keep their bytes, as `os.fsdecode` has them.
    """
    data = stream.read(_CHUNK)
    encoding, mark = _encoding_of(data)
    rest, separator = b"", b""
    if encoding is None:
        data = data[len(mark) :]
        while data:
            rest += data
            separator = separator or (b"\0" if b"\0" in rest else b"\n")
            *whole, rest = rest.split(separator)
            yield from filter(None, (os.fsdecode(line.rstrip(b"\r")) for line in whole))
            data = stream.read(_CHUNK)
        yield from filter(None, [os.fsdecode(rest.rstrip(b"\r\n"))])
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data[len(mark) :])
    while data:
        data = stream.read(_CHUNK)
        text += decoder.decode(data, final=not data)
        *lines, text = re.split("[\0\n]", text)
        yield from filter(None, (line.rstrip("\r") for line in lines))
    yield from filter(None, [text.rstrip("\r")])


def _encoding_of(data: bytes) -> tuple[str | None, bytes]:
    """The encoding of a list other than UTF-8 (None), by its byte order mark or its NULs, and the mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, mark
    even, odd = data[0:_SEEN:2].count(0), data[1:_SEEN:2].count(0)
    # A path's letters are mostly ASCII, and those that are not are rarely NUL in either byte.
    if (most := max(even, odd)) > min(len(data), _SEEN) / 4 and min(even, odd) < most / 4:
        return ("utf-16-le" if odd > even else "utf-16-be"), b""
    return None, b""


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
    try:
        row = json.loads(data.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError:
        return _row(path, line, None, None, "the line is not UTF-8")
    except (ValueError, RecursionError):
        return _row(path, line, None, None, "the line is not JSON")
    if not isinstance(row, dict):
        return _row(path, line, None, None, "the line is not a JSON object")
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
        text, name = header.index(columns.text), _index(header, columns.id or "id")
        while True:
            line = skipped + reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _row(path, line, None, None, f"is no row of CSV ({error})")
            except UnicodeError as error:
                yield _row(
                    path, line, None, None, f"cannot be decoded, and with it all that follows ({error})"
                )
                return
            else:
                if row:
                    yield _csv_row(path, line, row, len(header), text, name)


def _csv_row(path: str, line: int, row: list[str], width: int, text: int, name: int | None) -> Item:
    shown = row[name] if name is not None and name < len(row) else None
    if text >= len(row):
        return _row(path, line, shown, None, "has fewer columns than the header")
    if any(cell.strip() for cell in row[width:]):
        return _row(
            path, line, shown, None, "has more columns than the header; quote the cells that hold a separator"
        )
    if _undecoded(row[text]):
        return _row(path, line, shown, None, "is not UTF-8")
    return _row(path, line, shown, row[text])


def _undecoded(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text)


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
        text = file.read(_CHUNK)
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


def _index(header: list[str], column: str) -> int | None:
    return header.index(column) if column in header else None


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
        for _, line in zip(range(_FIRST_ROWS), iter(lambda: file.readline(_LINE_BYTES), b""), strict=False):
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError):
                continue
            keys |= dict.fromkeys(row if isinstance(row, dict) else ())
    return list(keys)
