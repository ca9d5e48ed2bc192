"""Items: one article of a job's sources each, from being listed to being read, and what it is known by.

A text is known by its hash; with it counts what else of the page the report is made from. The fingerprint
stands for everything that decides what a report says: the report's schema, the taxonomy, the prompts, the
model and its parameters. Where the model runs and how fast is no part of it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from summarizer.errors import SourceError
from summarizer.model import prompts
from summarizer.schemas.report import MeetingReport, Source
from summarizer.settings import Settings
from summarizer.sources.document import Document
from summarizer.sources.formats import suffixes
from summarizer.sources.reading import MAX_BYTES, document_from, printable, read_bytes, read_text

__all__ = ("Content", "Item", "file_item", "fingerprint", "load", "lost_item", "source_json", "text_key")


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
        return Content(item, _digest(data, item.path), data)
    if item.page is not None:
        page = item.page()
        return Content(item, page.sha256, page=page)
    text = item.text or ""
    return Content(item, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def _digest(data: bytes, path: Path) -> str:
    """The hash of a file of which `data` is all, or the beginning where its reader will read on."""
    if len(data) > MAX_BYTES and path.suffix.lower() in suffixes():
        from summarizer.sources.extracted import whole

        data = whole(data, path)
    return hashlib.sha256(data).hexdigest()


def file_item(path: str) -> Item:
    """The item of a file."""
    return Item(printable(os.path.abspath(path)), printable(os.path.basename(path)), path=Path(path))


def lost_item(path: str, why: str) -> Item:
    """The item of a path that cannot be read, for the reason `why`."""
    location = printable(os.path.abspath(path))
    return Item(location, printable(os.path.basename(path)), failure=f"{printable(path)}: {why}")


def text_key(document: Document) -> str:
    """What a document's text is known by in a journal."""
    if document.title is None and document.published is None:
        return document.sha256
    return _hash([document.sha256, document.title, document.published])


def source_json(document: Document) -> str:
    """The JSON of a report's `source` for this document."""
    source = Source(
        name=document.name,
        location=document.location,
        sha256=document.sha256,
        characters=len(document.text),
        encoding=document.encoding,
        notes=document.notes,
    )
    return source.model_dump_json()


def fingerprint(settings: Settings) -> str:
    """The fingerprint of a job with these settings."""
    parameters = {name: value for name, value in settings.parameters.items() if name != "endpoint"}
    return _hash([_schema(), _texts(), parameters])


@lru_cache(maxsize=1)
def _schema() -> str:
    return _hash(MeetingReport.model_json_schema())


@lru_cache(maxsize=1)
def _texts() -> str:
    folders = (prompts.folder(), files("summarizer") / "schemas")
    found = [file for folder in folders for file in folder.iterdir() if file.name.endswith((".md", ".csv"))]
    return _hash(sorted((file.name, file.read_text(encoding="utf-8")) for file in found))


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
