"""Readers of formats that are not plain text, found by the file's suffix.

A reader takes the file's bytes and its path and gives the `Document` with the text it extracted; it raises
`SourceError` where there is none. Each is named in `_READERS` as `module:function` and imported on first
use, so that a heavy library is paid for only by those who have such a file.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from summarizer.sources.document import Document

__all__ = ("Reader", "is_url", "read_url", "reader_for", "suffixes")

_HTML = "summarizer.sources.html:read_html"
_MARKDOWN = "summarizer.sources.markdown:read_markdown"
_READERS: dict[str, str] = {
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".docx": "summarizer.sources.word:read_docx",
    ".pdf": "summarizer.sources.pdf:read_pdf",
}


class Reader(Protocol):
    """Makes a document of a file's bytes."""

    def __call__(self, data: bytes, path: Path) -> Document: ...


def reader_for(suffix: str) -> Reader | None:
    """The reader for files ending in `suffix` (with its dot, any case); None where they are plain text."""
    entry = _READERS.get(suffix.lower())
    if entry is None:
        return None
    module, _, function = entry.partition(":")
    return cast(Reader, getattr(import_module(module), function))


def suffixes() -> frozenset[str]:
    """Every suffix that has a reader, lower case, with its dot."""
    return frozenset(_READERS)


def is_url(source: str) -> bool:
    """Whether a source is the address of a web page rather than a path or a text."""
    return source[:8].lower().startswith(("http://", "https://")) and not any(map(str.isspace, source))


def read_url(url: str, *, allow_private: bool = False) -> Document:
    """The article at an address, as `summarizer.sources.web.read_url` reads it; raises `SourceError`."""
    from summarizer.sources import web

    return web.read_url(url, allow_private=allow_private)
