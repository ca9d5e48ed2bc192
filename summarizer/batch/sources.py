"""The sources of a job: files, folders, globs, tables, web pages and lists of them, as one stream of items.

Nothing here holds the list or the texts in memory: a folder's names are put in order on the disk, a table
is read a row at a time. An item that is bad (a broken line, a row without text) is an item that says so,
never an exception.
"""

from __future__ import annotations

import glob
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from summarizer.batch.items import Item, file_item, lost_item
from summarizer.batch.tables import Columns, check_columns, is_table, rows
from summarizer.batch.web import Web
from summarizer.errors import ConfigError
from summarizer.sources.formats import is_url, suffixes
from summarizer.sources.reading import printable

__all__ = ("Sources",)

_PLAIN = frozenset({"", ".txt", ".text"})


class Sources:
    """The items of what was named on the command line, in order; iterate as often as wanted.

        Sources(["articles/", "more/*.txt", "table.csv", "https://…", "-"], columns=Columns("body", "url"))

    A folder is walked in the order of its names; hidden files, symbolic links to folders and `exclude`
    (the job's own folder) are left out, as are files of a kind that is no article: `ignored` counts them. `-`
    is a list of paths and addresses on `stdin`, one a line or separated by NUL; it can be read once only. Web
    pages are read through `web`, by default one at a time and none that is private. Raises `ConfigError` for a
    source that names nothing, or a table without the text column.
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
        self._exclude = None if exclude is None else os.path.abspath(exclude)
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
                yield from self._listed()
            elif is_url(argument):
                yield self._web.item(argument)
            elif os.path.lexists(argument):
                yield from self._expand(argument)
            else:
                found = glob.iglob(argument, recursive=True, include_hidden=False)
                for path in _in_order(path for path in found if os.path.isfile(path)):
                    yield from self._expand(path)

    def _check(self, argument: str) -> None:
        if argument == "-" or is_url(argument) or os.path.isdir(argument):
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
            yield from self._walk(path)
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
                if not os.path.islink(path) and os.path.abspath(path) != self._exclude:
                    yield from self._walk(path)
            elif os.path.isfile(path) and _is_article(path):
                yield file_item(path)
            else:
                self.ignored += 1

    def _listed(self) -> Iterator[Item]:
        stream = self._stdin or sys.stdin.buffer
        for path in _lines(stream):
            if not path:
                continue
            if is_url(path.strip()):
                yield self._web.item(path.strip())
            elif os.path.lexists(path):
                yield from self._expand(path)
            else:
                yield lost_item(path, "no such file")


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


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The entries of a list: one a line, or separated by NUL as `find -print0` does."""
    separator, rest = b"", b""
    while chunk := stream.read(65536):
        rest += chunk
        separator = separator or (b"\0" if b"\0" in rest else b"\n")
        *whole, rest = rest.split(separator)
        yield from (os.fsdecode(line.rstrip(b"\r")) for line in whole)
    yield os.fsdecode(rest.rstrip(b"\r\n"))
