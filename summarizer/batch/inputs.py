"""The sources of a job: files, folders, globs, tables, web pages and lists of them, as one stream of items.

Nothing here holds the list or the texts in memory: a folder's names are put in order on the disk, a table (JSON
Lines, CSV) is read a row at a time. An item that is bad (a broken line, a row without text) is an item with its
failure, never an exception.
"""

from __future__ import annotations

import codecs
import glob
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import BinaryIO, Literal

from summarizer.batch.exports import is_output
from summarizer.batch.fetched import Web
from summarizer.batch.items import Item, file_item, lost_item
from summarizer.batch.journal import FILE
from summarizer.batch.pages import PAGES
from summarizer.batch.tabular import Columns, check_columns, is_table, rows
from summarizer.errors import ConfigError
from summarizer.sources.decoding import BOMS
from summarizer.sources.formats import READERS, is_url
from summarizer.sources.loading import printable

_KINDS = frozenset({"", ".txt", ".text"}) | READERS.keys()  # what can be an article
_CHUNK = 65536
_SEEN = 400  # bytes of a list that are looked at for the NULs of UTF-16
_OWN = "is the job's own folder, whose pages are no articles; give another --out"
_OVERWRITTEN = "is what this job would write its output to; give another --out"


class Sources:
    """The items of what was named on the command line, in order; iterate as often as wanted.

        Sources(["articles/", "more/*.txt", "table.csv", "https://…", "-"], columns=Columns("body", "url"))

    A folder is walked in the order of its names; hidden files, symbolic links to folders and `exclude`
    (the job's own folder) are left out, as are files of a kind that is no article: `ignored` counts them. What
    another job has written is left out however it is named: `job_files` counts those. `-`
    is a list of paths and addresses on `stdin`, one a line or separated by NUL, in UTF-8 or as its byte order mark
    says, and in UTF-16 without one too; it can be read once only. Web pages are read through `web`, by default one
    at a time and none that is private. Raises `ConfigError` for a source that names nothing, a table without the
    text column, and a file that the job's own output would take the place of.
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
        self.ignored = self.job_files = 0
        self._exclude = None if exclude is None else os.path.realpath(exclude)
        self._stdin = stdin
        self._web = web or Web()
        self._holds = cache(_holds)
        for argument in self.arguments:
            self._check(argument)

    def __iter__(self) -> Iterator[Item]:
        """The items, each read only as far as listing it needs."""
        self.ignored = self.job_files = 0
        self._holds = cache(_holds)  # anew each time: a job may have begun
        yield from self._web.ahead(self._items())

    def _items(self) -> Iterator[Item]:
        for argument in self.arguments:
            if argument != "-":
                yield from self._named(argument, pattern=True)
                continue
            for entry in _entries(self._stdin or sys.stdin.buffer):
                yield from self._named(entry, pattern=False)

    def _named(self, name: str, *, pattern: bool) -> Iterator[Item]:
        """The items of an address or a path, or of a `pattern`; what nobody foresaw in listing them is one too."""
        try:
            yield from self._found(name, pattern)
        except ConfigError:
            raise
        except Exception as error:
            yield lost_item(name, f"cannot be listed ({type(error).__name__}: {error})")

    def _found(self, name: str, pattern: bool) -> Iterator[Item]:
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

    def _check(self, argument: str) -> None:
        if argument == "-" or is_url(argument):
            return
        if os.path.isdir(argument):
            if os.path.realpath(argument) == self._exclude:
                raise ConfigError(f"{printable(argument)}: {_OWN}")
            return
        if os.path.lexists(argument):
            self._refuse_output(argument)
            if is_table(argument):
                check_columns(argument, self.columns)
            return
        if not glob.has_magic(argument):
            raise ConfigError(f"{printable(argument)}: no such file or folder")
        if next(glob.iglob(argument, recursive=True), None) is None:
            raise ConfigError(f"{printable(argument)}: no file matches")
        # What stands in a folder that is a job's already is left out.
        if self._exclude is not None and self._holds(self._exclude) is None:
            for path in glob.iglob(argument, recursive=True):
                self._refuse_output(path)

    def _refuse_output(self, path: str) -> None:
        folder, name = os.path.split(os.path.realpath(path))
        if folder == self._exclude and is_output(name):
            raise ConfigError(f"{printable(path)}: {_OVERWRITTEN}")

    def _expand(self, path: str) -> Iterator[Item]:
        if os.path.isdir(path) and os.path.realpath(path) == self._exclude:
            yield lost_item(path, _OWN)
        elif os.path.isdir(path):
            yield from self._walk(path)
        elif self._is_output(path):
            self.job_files += 1
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
            elif os.path.splitext(path)[1].lower() not in _KINDS or (
                os.path.exists(path) and not os.path.isfile(path)
            ):
                self.ignored += 1
            elif self._is_output(path):
                self.job_files += 1
            else:
                yield file_item(path)  # a link to nowhere is one that cannot be read

    def _is_output(self, path: str) -> bool:
        """Whether a job has written a file, by its folder and its name."""
        folder, name = os.path.split(path)
        holds = self._holds(folder)
        return holds == "pages" or (holds == "job" and is_output(name))


def _holds(folder: str) -> Literal["job", "pages"] | None:
    """Whether a folder is a job's, which has a journal, or that of a job's pages."""
    folder = os.path.realpath(folder)
    if os.path.isfile(os.path.join(folder, FILE)):
        return "job"
    above, name = os.path.split(folder)
    return "pages" if name == PAGES and os.path.isfile(os.path.join(above, FILE)) else None


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
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    data, rest = data.removeprefix(mark), ""
    while data:
        rest += decoder.decode(data)
        *whole, rest = rest.split("\0" if "\0" in rest else "\n")
        yield from filter(None, (line.rstrip("\r") for line in whole))
        data = stream.read(_CHUNK)
    yield from filter(None, [(rest + decoder.decode(b"", final=True)).rstrip("\r\n")])


def _encoding_of(data: bytes) -> tuple[str, bytes]:
    """The encoding of a list, by its byte order mark or the NULs of UTF-16, else UTF-8, and the mark."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return encoding, mark
    even, odd = data[0:_SEEN:2].count(0), data[1:_SEEN:2].count(0)
    # A path's letters are mostly ASCII, and those that are not are rarely NUL in either byte.
    if (most := max(even, odd)) > min(len(data), _SEEN) / 4 and min(even, odd) < most / 4:
        return ("utf-16-le" if odd > even else "utf-16-be"), b""
    return "utf-8", b""
