"""Web pages by their address: fetched politely, with limits, and read like a file of the same kind."""

from __future__ import annotations

import asyncio
import threading
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from summarizer.errors import SourceError
from summarizer.sources.addresses import PassingError
from summarizer.sources.document import Document
from summarizer.sources.fetching import Limits, Page, fetch
from summarizer.sources.robots import Robots

__all__ = ("aread_url", "name_of", "read_url")

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
_FILES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
}
_PASSING = frozenset({408, 425, 429})
_KNOWN = threading.local()


def read_url(url: str, *, allow_private: bool = False, limits: Limits | None = None) -> Document:
    """The article at an address; offsets are indexes into the extracted text, `Document.text`.

    The site's robots.txt is asked first and its pauses are kept. Loopback, private and other addresses
    that are not of the public internet are refused unless `allow_private`, also behind a redirect or a name.
    No proxy is used, since it would look names up again. Raises `SourceError`, of the kind `PassingError` where
    trying again may help; not for use where an event loop is running, see `aread_url`.
    """
    return asyncio.run(aread_url(url, allow_private=allow_private, limits=limits))


async def aread_url(url: str, *, allow_private: bool = False, limits: Limits | None = None) -> Document:
    """As `read_url`, for use in an event loop."""
    robots = _robots(allow_private)
    page = await fetch(
        url.strip(), allow_private=allow_private, limits=limits or Limits(), before=robots.allow
    )
    if page.status != 200:
        kind = PassingError if page.status in _PASSING or page.status >= 500 else SourceError
        raise kind(f"{page.url}: answers {page.status}{_advice(page.status)}")
    return await asyncio.to_thread(_document, page, url.strip())


def _robots(allow_private: bool) -> Robots:
    """The rules read so far by this thread, so that a site is not asked for them with every page."""
    known: dict[bool, Robots] = _KNOWN.__dict__.setdefault("robots", {})
    return known.setdefault(allow_private, Robots(allow_private=allow_private))


def _document(page: Page, asked: str) -> Document:
    from dataclasses import replace
    from pathlib import Path

    from summarizer.sources.extracted import document
    from summarizer.sources.formats import reader_for
    from summarizer.sources.html import html_document
    from summarizer.sources.mojibake import REPAIRED, repaired

    name = name_of(page.url)
    if page.media_type in _HTML:
        found = html_document(page.body, name=name, location=page.url, charset=page.charset)
    elif suffix := _FILES.get(page.media_type):
        reader = reader_for(suffix)
        assert reader is not None  # noqa: S101 - every suffix above has one
        found = replace(reader(page.body, Path(name)), location=page.url)
    elif page.media_type == "text/plain":
        try:
            text = page.body.decode(page.charset or "utf-8")
        except (UnicodeDecodeError, LookupError):
            raise SourceError(f"{page.url}: is not UTF-8; save it as UTF-8") from None
        better = repaired(text)
        found = document(
            text if better is None else better,
            name=name,
            location=page.url,
            encoding=page.charset or "utf-8",
            notes=() if better is None else (REPAIRED,),
        )
    else:
        raise SourceError(f"{page.url}: is {page.media_type}, not a page with text")
    moved = (f"redirected from {asked}",) if page.url.rstrip("/") != asked.rstrip("/") else ()
    return replace(found, notes=(*moved, *found.notes))


def name_of(url: str) -> str:
    """The last part of the address with its query, as a file's name would be; the host where there is none."""
    parts = urlsplit(url)
    last = unquote(PurePosixPath(parts.path).name) or parts.netloc
    return f"{last}?{unquote(parts.query)}" if parts.query else last


def _advice(status: int) -> str:
    if status in {401, 403}:
        return "; it wants a log-in, save the page and give the file"
    if status in {404, 410}:
        return "; the page is gone"
    return "; try again later"
