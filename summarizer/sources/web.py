"""Web pages by their address: fetched politely, with limits, and read like a file of the same kind.

What a site's robots.txt asks of programs (RFC 9309) is kept to, and known for an hour.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from summarizer.errors import SourceError, install_command
from summarizer.sources.decoding import check_text, decode
from summarizer.sources.document import Document
from summarizer.sources.fetching import AGENT, Limits, Page, PassingError, fetch
from summarizer.sources.formats import read_format, suffix_of
from summarizer.sources.worker import fence

if TYPE_CHECKING:
    from protego import Protego

_FORMATS = {
    **dict.fromkeys(("text/html", "application/xhtml+xml", "application/xml", "text/xml", ""), ".html"),
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
}
_SHOWN = 200
_PASSING = frozenset({408, 425, 429})
_ADVICE = {
    **dict.fromkeys((401, 403), "; it wants a log-in, save the page and give the file"),
    **dict.fromkeys((404, 410), "; the page is gone"),
}
_KNOWN = threading.local()
_ROBOTS_LIMITS = Limits(seconds=10.0, size=2_000_000)
_KEPT_SECONDS = 3600.0
_KEPT_SITES = 1000
_LONGEST_PAUSE = 30.0


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
    # What this thread has read so far, so that a site is not asked for its rules with every page.
    known: dict[bool, _Robots] = _KNOWN.__dict__.setdefault("robots", {})
    robots = known.setdefault(allow_private, _Robots(allow_private=allow_private))
    with fence(asked[:_SHOWN]):
        page = await fetch(asked, allow_private=allow_private, limits=limits or Limits(), before=robots.allow)
        if page.status in _PASSING or page.status >= 500:
            raise PassingError(
                f"{page.url}: answers {page.status}; try again later", retry_after=page.retry_after
            )
        if page.status != 200:
            raise SourceError(f"{page.url}: answers {page.status}{_ADVICE.get(page.status, '')}")
        return await asyncio.to_thread(_document, page, asked)


def _document(page: Page, asked: str) -> Document:
    name = name_of(page.url)
    suffix = suffix_of(page.body) or _FORMATS.get(page.media_type)
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


def name_of(url: str) -> str:
    """The last part of the address with its query, as a file's name would be; the host where there is none."""
    parts = urlsplit(url)
    last = unquote(PurePosixPath(parts.path).name) or parts.netloc
    return f"{last}?{unquote(parts.query)}" if parts.query else last


@dataclass(slots=True)
class _Site:
    rules: asyncio.Task[Protego]
    read_at: float
    free_at: float = 0.0

    def is_known(self) -> bool:
        """Whether its rules have been read within the hour, or are being read."""
        reading = self.rules
        failed = reading.done() and (reading.cancelled() or reading.exception() is not None)
        return not failed and time.monotonic() - self.read_at <= _KEPT_SECONDS


class _Robots:
    """The rules of the sites read from so far; `allow` waits where a site asks for pauses."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._sites: dict[str, _Site] = {}

    async def allow(self, url: str) -> None:
        """Return when this address may be asked; raises `SourceError` where the site does not want it."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        site = self._sites.get(origin)
        if site is None or not site.is_known():  # of many pages that begin together, one asks
            site = self._sites[origin] = _Site(asyncio.create_task(self._rules(origin)), time.monotonic())
            while len(self._sites) > _KEPT_SITES:
                del self._sites[next(iter(self._sites))]
        rules = await asyncio.shield(site.rules)
        if not rules.can_fetch(url, AGENT):
            raise SourceError(f"{url}: the site's robots.txt asks programs not to read it")
        pause = min(rules.crawl_delay(AGENT) or 0.0, _LONGEST_PAUSE)
        now = time.monotonic()
        wait, site.free_at = site.free_at - now, max(now, site.free_at) + pause
        if wait > 0:
            await asyncio.sleep(wait)

    async def _rules(self, origin: str) -> Protego:
        """Read a site's robots.txt: none allows everything; a site that cannot say is not to be asked more."""
        try:
            from protego import Protego
        except ImportError:
            raise SourceError(f"{origin}: needs protego to be read; run: {install_command('web')}") from None
        page = await fetch(f"{origin}/robots.txt", allow_private=self._allow_private, limits=_ROBOTS_LIMITS)
        if page.status >= 500:
            raise PassingError(
                f"{origin}/robots.txt: answers {page.status}; try again later", retry_after=page.retry_after
            )
        return Protego.parse(page.body.decode("utf-8", "replace") if page.status < 400 else "")
