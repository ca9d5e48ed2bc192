"""Web pages by their address: fetched politely, with limits, and read like a file of the same kind."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from summarizer.errors import SourceError
from summarizer.sources.addresses import PassingError
from summarizer.sources.decoding import check_text, decode
from summarizer.sources.document import Document
from summarizer.sources.fetching import Limits, Page, fetch
from summarizer.sources.formats import read_format
from summarizer.sources.robots import Robots
from summarizer.sources.worker import fence

__all__ = ("aread_url", "name_of", "read_url")

_FORMATS = {
    **dict.fromkeys(("text/html", "application/xhtml+xml", "application/xml", "text/xml", ""), ".html"),
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
}
_DOWNLOADS = frozenset({"application/octet-stream", "application/force-download", "application/download"})
_SHOWN = 200
_PASSING = frozenset({408, 425, 429})
_KNOWN = threading.local()


def read_url(url: str, *, allow_private: bool = False, limits: Limits | None = None) -> Document:
    """The article at an address; offsets are indexes into the extracted text, `Document.text`.

    The site's robots.txt is asked first and its pauses are kept. Loopback, private and other addresses
    that are not of the public internet are refused unless `allow_private`, also where a redirect leads to one.
    No proxy is used, since it would look names up again. Raises `SourceError`, of the kind `PassingError` where
    trying again may help; not for use where an event loop is running, see `aread_url`.
    """
    return asyncio.run(aread_url(url, allow_private=allow_private, limits=limits))


async def aread_url(url: str, *, allow_private: bool = False, limits: Limits | None = None) -> Document:
    """As `read_url`, for use in an event loop."""
    asked = url.strip()
    with fence(asked[:_SHOWN]):
        page = await fetch(
            asked,
            allow_private=allow_private,
            limits=limits or Limits(),
            before=_robots(allow_private).allow,
        )
        if page.status in _PASSING or page.status >= 500:
            raise PassingError(
                f"{page.url}: answers {page.status}; try again later", retry_after=page.retry_after
            )
        if page.status != 200:
            raise SourceError(f"{page.url}: answers {page.status}{_advice(page.status)}")
        return await asyncio.to_thread(_document, page, asked)


def _robots(allow_private: bool) -> Robots:
    """The rules read so far by this thread, so that a site is not asked for them with every page."""
    known: dict[bool, Robots] = _KNOWN.__dict__.setdefault("robots", {})
    return known.setdefault(allow_private, Robots(allow_private=allow_private))


def _document(page: Page, asked: str) -> Document:
    name = name_of(page.url)
    suffix = _suffix(page)
    if suffix is not None:
        found = read_format(page.body, suffix, name=name, location=page.url, charset=page.charset)
    elif page.media_type == "text/plain":
        decoded = decode(page.body, page.url, declared=(page.charset,))
        check_text(decoded.text, page.url)
        found = Document(name, decoded.text, page.url, decoded.encoding, decoded.notes)
    else:
        raise SourceError(f"{page.url}: is {page.media_type}, not a page with text")
    moved = (f"redirected from {asked}",) if page.url.rstrip("/") != asked.rstrip("/") else ()
    return replace(found, notes=(*moved, *found.notes))


def _suffix(page: Page) -> str | None:
    """The format of what came back, as a file's suffix; None where it is plain text, or nothing that is read."""
    if page.media_type in _DOWNLOADS:  # then the file's own beginning says more
        if page.body.startswith(b"%PDF-"):
            return ".pdf"
        if page.body.startswith(b"PK\x03\x04") and urlsplit(page.url).path.lower().endswith(".docx"):
            return ".docx"
    return _FORMATS.get(page.media_type)


def name_of(url: str) -> str:
    """The last part of the address with its query, as a file's name would be; the host where there is none."""
    parts = urlsplit(url)
    last = unquote(PurePosixPath(parts.path).name) or parts.netloc
    return f"{last}?{unquote(parts.query)}" if parts.query else last


def _advice(status: int) -> str:
    if status in {401, 403}:
        return "; it wants a log-in, save the page and give the file"
    return "; the page is gone" if status in {404, 410} else ""
