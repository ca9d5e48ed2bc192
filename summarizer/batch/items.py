"""Items: one article of a job's sources each, from being listed to being read, and what it is known by.

A text is known by its hash; with it counts what else of the page the report is made from. `fingerprint` stands for
the settings that decide what a report says, `program` for the code, the tables and the prompts that do. Where the
model runs and how fast is part of neither.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path

from summarizer.batch.records import Entry
from summarizer.errors import SourceError
from summarizer.model import prompts
from summarizer.pipeline import source_of
from summarizer.settings import Settings
from summarizer.sources.document import Document
from summarizer.sources.loading import document_from, printable, read_bytes, read_text
from summarizer.sources.worker import fence

# What of the package has no part in what a report says. What `sources` gives is known by the text itself.
_NOT_THE_PROGRAM = frozenset(
    (
        "__init__.py",
        "__main__.py",
        "_prompts",
        "api.py",
        "batch",
        "cli",
        "errors.py",
        "outputs",
        "review",
        "sources",
    )
)
_READERS = ("lxml", "trafilatura", "python-docx", "pypdfium2", "ftfy", "markdown-it-py")


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the sources, not yet read.

    `location` is unique and the same in every run: the file's absolute path, with `:line` for a row of a
    table, or the address of a web page. A file has a `path`, a row its `text` and the path of its `table`, a web
    page what reads it as `page`, a bad row only its `failure`.
    """

    location: str
    name: str
    path: Path | None = None
    text: str | None = None
    page: Callable[[], Document] | None = None
    failure: str | None = None
    table: Path | None = None

    @property
    def file(self) -> bytes | None:
        """The absolute path of the file that the item is or is a row of, as bytes; None for a web page."""
        path = self.path or self.table
        return None if path is None else os.fsencode(os.path.abspath(path))


@dataclass(slots=True)
class Read:
    """An item on its way to its document, step by step.

    `sha256` is the hash of its content and of what reads it, so that another reader reads it anew. `known` are the
    text's key and source, which may be so from an earlier run, and `error` says why there are none.
    """

    item: Item
    position: int = 0
    sha256: str = ""
    data: bytes = b""
    known: tuple[str, str] | None = None
    document: Document | None = None
    error: SourceError | None = None

    @property
    def size(self) -> int:
        """How much memory it takes, roughly, in bytes."""
        return len(self.data) or len(self.document.text if self.document else self.item.text or "")

    def load(self) -> None:
        """Read the bytes of a file, the text of a row, or a page."""
        item = self.item
        with self._fence():
            if item.failure is not None:
                raise SourceError(item.failure)
            if item.page is not None:
                self.document = item.page()
                self.sha256 = text_key(self.document)
                return
            if item.path is not None:
                self.data = read_bytes(item.path)
            text = (item.text or "").encode("utf-8", "surrogatepass")
            self.sha256 = hashlib.sha256(_reader() + (self.data or text)).hexdigest()

    def understand(self) -> None:
        """Make the document, where the text is not known; loads what is not loaded yet."""
        item = self.item
        if not self.sha256 and self.error is None:
            self.load()
        if self.error is not None or self.known is not None:
            return
        with self._fence():
            if item.path is not None:
                self.document = document_from(self.data, item.path)
            elif self.document is None:
                self.document = read_text(item.text or "", name=item.name, location=item.location)
            self.known = text_key(self.document), source_of(self.document).model_dump_json()

    def entry(self) -> Entry:
        """What the journal is to know of the item."""
        item = self.item
        key, source = self.known or (None, None)
        return Entry(
            item.location,
            item.name,
            self.position,
            content_sha256=self.sha256 if key else None,
            text_key=key,
            source=source,
            error=None if key else str(self.error),
            file=item.file,
            is_row=item.path is None,
        )

    @contextmanager
    def _fence(self) -> Iterator[None]:
        """Let it be read; whatever its reader raises becomes its `error`."""
        try:
            with fence(self.item.location):
                yield
        except SourceError as error:
            self.error = error


def read(item: Item) -> Document:
    """The document of an item; raises `SourceError` where it is none, whatever its reader raises."""
    one = Read(item)
    one.understand()
    if one.document is None:
        raise one.error or SourceError(f"{item.location}: cannot be read")
    return one.document


def file_item(path: str) -> Item:
    """The item of a file."""
    return Item(printable(os.path.abspath(path)), printable(os.path.basename(path)), path=Path(path))


def lost_item(path: str, why: str) -> Item:
    """The item of a path that cannot be read, for the reason `why`."""
    location = printable(os.path.abspath(path.replace("\0", "")))
    return Item(location, printable(os.path.basename(path)), failure=f"{printable(path)}: {why}")


def text_key(document: Document) -> str:
    """What a document's text, with its tables and what its markup says, is known by in a journal."""
    if document.title is None and document.published is None and not document.tables:
        return document.sha256
    tables = [asdict(table) for table in document.tables]
    return _hash([document.sha256, document.title, document.published, *tables])


def fingerprint(settings: Settings) -> str:
    """What the settings are known by that decide what a report says: the model, its parameters, and a user's tables.

    The project's own taxonomy is a part of the program. Parameters that are not set are left out, since an earlier
    version, which did not have them, made the same reports.
    """
    parameters = settings.parameters.items()
    values = {
        name: value for name, value in parameters if name not in ("endpoint", "taxonomy") and value != ""
    }
    if settings.taxonomy is not None:
        values["taxonomy"] = hashlib.sha256(Path(settings.taxonomy).expanduser().read_bytes()).hexdigest()
    return _hash(values)


@lru_cache(maxsize=1)
def program() -> str:
    """What the program is known by that makes a report of a text: its version, code, tables and prompts."""
    parts = (part for part in files("summarizer").iterdir() if part.name not in _NOT_THE_PROGRAM)
    return _hash([version("summarizer"), _hashes(*parts), _hashes(prompts.folder())])


@lru_cache(maxsize=1)
def _reader() -> bytes:
    """What the program is known by that makes a text of a file."""
    return _hash([_hashes(files("summarizer") / "sources"), *map(_version, _READERS)]).encode()


def _files(part: Traversable) -> Iterator[Traversable]:
    """The files of code, tables and prompts in a part of the package."""
    if part.is_file():
        if part.name.endswith((".py", ".csv", ".md")):
            yield part
    elif part.name != "__pycache__":
        for inner in part.iterdir():
            yield from _files(inner)


def _hashes(*parts: Traversable) -> list[tuple[str, str]]:
    found = chain.from_iterable(map(_files, parts))
    return sorted((file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in found)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
