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
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from summarizer.errors import SourceError
from summarizer.model import prompts
from summarizer.pipeline import source_of
from summarizer.settings import Settings
from summarizer.sources.document import Document
from summarizer.sources.reading import document_from, printable, read_bytes, read_text
from summarizer.sources.worker import fence

__all__ = (
    "Content",
    "Item",
    "file_item",
    "fingerprint",
    "load",
    "lost_item",
    "program",
    "source_json",
    "text_key",
)

# What of the package has no part in what a report says. What `sources` gives is known by the text itself.
_NOT_THE_PROGRAM = frozenset(
    {
        "__init__.py",
        "__main__.py",
        "_prompts",
        "api.py",
        "batch",
        "cli",
        "errors.py",
        "outputs",
        "review",
        "settings.py",
        "sources",
    }
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


@dataclass(frozen=True, slots=True)
class Content:
    """What an item holds: the bytes of a file, the text of a row or a page as read, and what it is known by.

    `sha256` is the hash of the content and of what reads it, so that another reader reads it anew.
    """

    item: Item
    sha256: str
    data: bytes | None = None
    page: Document | None = None

    @property
    def size(self) -> int:
        """How much memory it takes, roughly, in bytes."""
        return len(self.data or (self.page.text if self.page else self.item.text) or "")

    def document(self) -> Document:
        """The document; raises `SourceError` where the content is no article, whatever its reader raises."""
        with fence(self.item.location):
            if self.page is not None:
                return self.page
            if self.item.path is not None and self.data is not None:
                return document_from(self.data, self.item.path)
            return read_text(self.item.text or "", name=self.item.name, location=self.item.location)


def load(item: Item) -> Content:
    """Read an item; raises `SourceError` where it is bad or cannot be read, whatever its reader raises."""
    with fence(item.location):
        if item.failure is not None:
            raise SourceError(item.failure)
        if item.path is not None:
            data = read_bytes(item.path)
            return Content(item, _digest(data), data)
        if item.page is not None:
            page = item.page()
            return Content(item, text_key(page), page=page)
        return Content(item, _digest((item.text or "").encode("utf-8", "surrogatepass")))


def _digest(data: bytes) -> str:
    return hashlib.sha256(_reader() + data).hexdigest()


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


def source_json(document: Document) -> str:
    """The JSON of a report's `source` for this document."""
    return source_of(document).model_dump_json()


def fingerprint(settings: Settings) -> str:
    """What the settings are known by that decide what a report says: the model, its parameters, and a user's tables.

    The project's own taxonomy is a part of the program. Parameters that are not set are left out, since an earlier
    version, which did not have them, made the same reports.
    """
    values = {
        name: value for name, value in settings.parameters.items() if name != "endpoint" and value != ""
    }
    values.pop("taxonomy", None)
    if settings.taxonomy is not None:
        values["taxonomy"] = hashlib.sha256(Path(settings.taxonomy).read_bytes()).hexdigest()
    return _hash(values)


@lru_cache(maxsize=1)
def program() -> str:
    """What the program is known by that makes a report of a text: its version, code, tables and prompts."""
    code = (
        file
        for part in files("summarizer").iterdir()
        if part.name not in _NOT_THE_PROGRAM
        for file in _files(part)
    )
    return _hash([version("summarizer"), _hashes(code), _hashes(_files(prompts.folder()))])


@lru_cache(maxsize=1)
def _reader() -> bytes:
    """What the program is known by that makes a text of a file."""
    return _hash(
        [_hashes(_files(files("summarizer") / "sources")), [_version(name) for name in _READERS]]
    ).encode()


def _files(part: Traversable) -> Iterator[Traversable]:
    """The files of code, tables and prompts in a part of the package."""
    if part.is_file():
        if part.name.endswith((".py", ".csv", ".md")):
            yield part
    elif part.name != "__pycache__":
        for inner in part.iterdir():
            yield from _files(inner)


def _hashes(found: Iterator[Traversable]) -> list[tuple[str, str]]:
    return sorted((file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in found)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
