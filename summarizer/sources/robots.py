"""robots.txt: what a site asks of programs (RFC 9309), kept for an hour."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summarizer.errors import SourceError, install_command
from summarizer.sources.addresses import PassingError
from summarizer.sources.fetching import AGENT, Limits, fetch

if TYPE_CHECKING:
    from protego import Protego

__all__ = ("Robots",)

_LIMITS = Limits(seconds=10.0, size=2_000_000)
_KEPT_SECONDS = 3600.0
_KEPT_SITES = 1000
_LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class _Site:
    rules: Protego
    read_at: float
    free_at: float = 0.0


class Robots:
    """The rules of the sites read from so far; `allow` waits where a site asks for pauses."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._sites: dict[str, _Site] = {}
        self._reading: dict[str, asyncio.Task[_Site]] = {}

    async def allow(self, url: str) -> None:
        """Return when this address may be asked; raises `SourceError` where the site does not want it."""
        parts = urlsplit(url)
        site = await self._site(f"{parts.scheme}://{parts.netloc}")
        if not site.rules.can_fetch(url, AGENT):
            raise SourceError(f"{url}: the site's robots.txt asks programs not to read it")
        pause = min(site.rules.crawl_delay(AGENT) or 0.0, _LONGEST_PAUSE)
        now = time.monotonic()
        wait, site.free_at = site.free_at - now, max(now, site.free_at) + pause
        if wait > 0:
            await asyncio.sleep(wait)

    async def _site(self, origin: str) -> _Site:
        site = self._sites.get(origin)
        if site is not None and time.monotonic() - site.read_at <= _KEPT_SECONDS:
            return site
        reading = self._reading.get(origin)
        if reading is None:  # of many pages that begin together, one asks
            reading = self._reading[origin] = asyncio.create_task(self._read(origin))
            reading.add_done_callback(lambda _: self._reading.pop(origin))
        return await asyncio.shield(reading)

    async def _read(self, origin: str) -> _Site:
        try:
            from protego import Protego
        except ImportError:
            raise SourceError(f"{origin}: needs protego to be read; run: {install_command('web')}") from None
        site = self._sites[origin] = _Site(Protego.parse(await self._text(origin)), time.monotonic())
        while len(self._sites) > _KEPT_SITES:
            del self._sites[next(iter(self._sites))]
        return site

    async def _text(self, origin: str) -> str:
        """The file's text; empty where there is none. A site that cannot say is not to be asked more."""
        page = await fetch(f"{origin}/robots.txt", allow_private=self._allow_private, limits=_LIMITS)
        if page.status >= 500:
            raise PassingError(
                f"{origin}/robots.txt: answers {page.status}; try again later", retry_after=page.retry_after
            )
        return page.body.decode("utf-8", "replace") if page.status < 400 else ""
