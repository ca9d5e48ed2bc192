"""Items: one article of a job's sources each, from being listed to being read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.reading import document_from, printable, read_bytes, read_text

__all__ = ("Content", "Item", "file_item", "load", "lost_item")


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the sources, not yet read.

    `location` is unique and the same in every run: the file's absolute path, with `:line` for a row of a
    table, or the address of a web page. A file has a `path`, a row its `text`, a web page what reads it as
    `page`, a bad row only its `failure`.
    """

    location: str
    name: str
    path: Path | None = None
    text: str | None = None
    page: Callable[[], Document] | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What an item holds: the bytes of a file, the text of a row or a page as read, and the SHA-256 of it."""

    item: Item
    sha256: str
    data: bytes | None = None
    page: Document | None = None

    @property
    def size(self) -> int:
        """How much memory it takes, roughly, in bytes."""
        return len(self.data or (self.page.text if self.page else self.item.text) or "")

    def document(self) -> Document:
        """The document; raises `SourceError` where the content is no article."""
        if self.page is not None:
            return self.page
        if self.item.path is not None and self.data is not None:
            return document_from(self.data, self.item.path)
        return read_text(self.item.text or "", name=self.item.name, location=self.item.location)


def load(item: Item) -> Content:
    """Read an item; raises `SourceError` where it is bad or cannot be read."""
    if item.failure is not None:
        raise SourceError(item.failure)
    if item.path is not None:
        data = read_bytes(item.path)
        return Content(item, hashlib.sha256(data).hexdigest(), data)
    if item.page is not None:
        page = item.page()
        return Content(item, page.sha256, page=page)
    text = item.text or ""
    return Content(item, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def file_item(path: str) -> Item:
    """The item of a file."""
    return Item(printable(os.path.abspath(path)), printable(os.path.basename(path)), path=Path(path))


def lost_item(path: str, why: str) -> Item:
    """The item of a path that cannot be read, for the reason `why`."""
    location = printable(os.path.abspath(path))
    return Item(location, printable(os.path.basename(path)), failure=f"{printable(path)}: {why}")
