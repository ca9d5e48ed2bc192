"""The web pages of a job: fetched a few at a time ahead of the work, each once, and kept in the job's folder.

A page that was fetched is from then on like a file: going on with a job, a second attempt and another model
read what was kept, and no site is asked again. What could not be fetched is not kept, so that the next run
tries it. A site is asked for two pages at a time at most, besides what its robots.txt asks for; one that says
Retry-After is left alone for so long, all of it, and one that gives nothing many times in a row for the rest of the
run.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from summarizer.batch.database import cannot_write, open_database
from summarizer.batch.items import Item
from summarizer.errors import ConfigError, JournalError, SourceError
from summarizer.sources.document import Document
from summarizer.sources.fetching import PassingError
from summarizer.sources.loading import printable
from summarizer.sources.web import aread_url, name_of

FILE = "fetched.sqlite"
_AT_ONCE = 32
_AT_ONCE_A_SITE = 2
_ATTEMPTS = 3
_LONGEST_WAIT_S = 20.0
_WAITS = 10  # times that a page is put off because its site says Retry-After
_SILENT = 5  # pages in a row that a site did not give, each after all attempts


@dataclass(slots=True)
class _Site:
    """What is known of a site: its `turns`, pages in a row that it did not give, and until when it is left alone.

    `until` is a moment of the event loop's clock.
    """

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE_A_SITE))
    silent: int = 0
    until: float = 0.0


class Web:
    """The pages of a job; to be closed, since it fetches in a thread of its own.

    `folder` is where pages are kept, None for nowhere; `ahead` is how many items are looked ahead for pages to
    fetch. With `allow_private`, addresses that are not of the public internet are read too. A site that asks to wait
    for more than `patience` seconds is not waited for: its pages fail, and another run fetches them.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        allow_private: bool = False,
        ahead: int = 0,
        patience: float = 600.0,
    ) -> None:
        self._folder = folder
        self._allow_private = allow_private
        self._ahead = ahead
        self._patience = patience
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        self._ended = False
        self._under_way: dict[str, Future[Document]] = {}
        self._sites: dict[str, _Site] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def item(self, url: str) -> Item:
        """The item of an address: its location is the address, its name the last part of it."""
        location = printable(url)
        return Item(location, name_of(location), page=partial(self.document, location))

    def ahead(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items in the same order; pages further on are being fetched meanwhile."""
        waiting: deque[Item] = deque()
        for item in items:
            url = item.location
            if item.page is not None and self._ahead and url not in self._under_way and not self.has(url):
                fetching = self._start(url)
                with self._lock:
                    self._under_way[url] = fetching
            waiting.append(item)
            while waiting and (len(waiting) > self._ahead or waiting[0].page is None):
                yield waiting.popleft()
        yield from waiting

    def has(self, url: str) -> bool:
        """Whether a page is kept."""
        return self._kept(url) is not None

    def document(self, url: str) -> Document:
        """The document of a page, kept or fetched now; raises `SourceError`. Not for use in an event loop."""
        with self._lock:
            fetching = self._under_way.pop(url, None)
        if fetching is None:
            if (kept := self._kept(url)) is not None:
                return kept
            fetching = self._start(url)
        try:
            return fetching.result()
        except CancelledError:
            raise SourceError(f"{url}: was not fetched, since the job ended") from None

    def close(self) -> None:
        """Stop fetching, and let go who waits for a page; what was fetched stays."""
        with self._lock:
            self._ended = True
            self._folder = None
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._closed.set)
                self._loop = None
            if self._db is not None:
                self._db.close()
                self._db = None

    def _start(self, url: str) -> Future[Document]:
        """Fetch in the loop of a thread that begins with the first page; cancelled where the job has ended."""
        with self._lock:  # so that nothing is handed to a loop that is ending
            if self._ended:
                refused: Future[Document] = Future()
                refused.cancel()
                return refused
            if self._loop is None:
                begun: Future[asyncio.AbstractEventLoop] = Future()

                async def until_closed() -> None:
                    begun.set_result(asyncio.get_running_loop())
                    await self._closed.wait()

                threading.Thread(target=asyncio.run, args=(until_closed(),), daemon=True).start()
                self._loop = begun.result()
            return asyncio.run_coroutine_threadsafe(self._fetch(url), self._loop)

    async def _fetch(self, url: str) -> Document:
        host = urlsplit(url).netloc.lower()
        site = self._sites.setdefault(host, _Site())
        async with site.turns:
            if site.silent >= _SILENT:
                raise SourceError(
                    f"{url}: {host} gave no page {_SILENT} times in a row; run the job again later"
                )
            try:
                document = await self._tried(url, site)
            except PassingError:
                site.silent += 1
                raise
            except SourceError:
                site.silent = 0
                raise
            site.silent = 0
            self._keep(url, document)
            return document

    async def _tried(self, url: str, site: _Site) -> Document:
        """Fetch a page: again after a pause where that may help, and as its site says where it does."""
        now = asyncio.get_running_loop().time
        failed = waited = 0
        while True:
            if (left := site.until - now()) > 0:
                await asyncio.sleep(left)
            try:
                async with self._turns:
                    return await aread_url(url, allow_private=self._allow_private)
            except PassingError as error:
                if error.retry_after is not None:
                    site.until = max(site.until, now() + error.retry_after)
                    waited += 1
                    if error.retry_after > self._patience or waited > _WAITS:
                        raise
                else:
                    failed += 1
                    if failed >= _ATTEMPTS:
                        raise
                    await asyncio.sleep(random.uniform(0, min(2.0**failed, _LONGEST_WAIT_S)))  # noqa: S311

    def _kept(self, url: str) -> Document | None:
        with self._lock:
            if (database := self._database()) is None:
                return None
            row = database.execute("SELECT document FROM pages WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        return Document.from_fields(json.loads(zlib.decompress(row[0])))

    def _keep(self, url: str, document: Document) -> None:
        packed = zlib.compress(json.dumps(asdict(document), ensure_ascii=False).encode(), 1)
        with self._lock:
            if (database := self._database()) is not None:
                with self._faults():
                    database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (url, packed))

    def _database(self) -> sqlite3.Connection | None:
        """The pages kept, opened when the first is wanted; the caller holds the lock."""
        if self._db is None and self._folder is not None:
            with self._faults():
                self._db = open_database(self._folder / FILE)
                self._db.execute(
                    "CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, document BLOB NOT NULL)"
                    " WITHOUT ROWID"
                )
        return self._db

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            folder = self._folder or Path()
            full = error if error.sqlite_errorcode == sqlite3.SQLITE_FULL else None
            if why := cannot_write(folder) or full:
                line = f"{folder}: cannot be written ({why}); free some space and run again"
                raise JournalError(line) from None
            line = f"{folder / FILE}: cannot be used ({error}); move it away to fetch anew"
            raise ConfigError(line) from None
