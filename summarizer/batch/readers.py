"""Readers: child processes that take articles apart and read them by rules, while the event loop serves the requests.

Both is the processor's work, some 20 ms for an article of 8,000 characters: in the event loop it would keep answers
waiting, and leave all other cores idle. A short job, and the first articles of a long one, are read in a thread.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from summarizer.article.article import Article
from summarizer.errors import SourceError
from summarizer.pipeline import read_here
from summarizer.schemas.reading import Reading
from summarizer.schemas.taxonomy import use
from summarizer.sources.document import Document
from summarizer.sources.worker import Workers

_MOST = 4  # children; one event loop cannot serve more
_FEW = 10  # articles: a child takes as long to begin as to read 35, but on another core
_LONG = 30_000  # characters; only in a child can the reading of a longer text be ended
_use_once = cache(use)


class Readers:
    """Reads documents, as `pipeline.read_here` does, in as many children as there are cores to spare.

    `taxonomy` is the user's table, `seconds` what an article may take. An async context manager.
    """

    def __init__(self, taxonomy: str | None, seconds: float) -> None:
        self.count = max(1, min(_MOST, (os.cpu_count() or 1) - 1))
        self._taxonomy = taxonomy
        self._seconds = seconds
        self._workers = Workers("summarizer.batch.readers:answer", self.count)
        self._threads = ThreadPoolExecutor(2 * self.count, thread_name_prefix="reader")
        self._turns = asyncio.Semaphore(self.count + 1)  # so that no child waits for the event loop
        self._asked = 0
        self._begun: asyncio.Future[list[BaseException | None]] | None = None

    async def __aenter__(self) -> Readers:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._workers.end()
        self._threads.shutdown(cancel_futures=True)

    async def read(self, document: Document) -> tuple[Article, Reading]:
        """Return the document taken apart, and the rules' reading.

        Raises SourceError where that takes too long or ends the child, and whatever reading it raises.
        """
        loop = asyncio.get_running_loop()
        self._asked += 1
        if self._asked > _FEW and self._begun is None:
            begun = (loop.run_in_executor(self._threads, self._workers.begin) for _ in range(self.count))
            self._begun = asyncio.gather(*begun, return_exceptions=True)
        async with self._turns:
            if len(document.text) <= _LONG and not (self._begun and self._begun.done()):
                return await loop.run_in_executor(self._threads, read_here, document)
            request = pickle.dumps((self._taxonomy, document))
            asked = loop.run_in_executor(
                self._threads, lambda: self._workers.ask(request, seconds=self._seconds)
            )
            try:
                answered = await asked
            except TimeoutError:
                why = f"takes more than {self._seconds:g} s to read (SUMMARIZER_ARTICLE_SECONDS)"
                raise SourceError(f"{document.name}: {why}; split it into its articles") from None
            except (MemoryError, ChildProcessError):
                raise SourceError(f"{document.name}: ended its reader, perhaps for want of memory") from None
        found = pickle.loads(answered)  # noqa: S301 - of our own code
        if isinstance(found, Exception):
            raise found
        return found


def answer(request: bytes) -> bytes:
    """Return, in a child, the pickled reading of a pickled document, or what reading it raised."""
    taxonomy, document = pickle.loads(request)  # noqa: S301 - of our own code
    _use_once(taxonomy)
    try:
        return pickle.dumps(read_here(document))
    except MemoryError:
        raise
    except Exception as error:  # the parent makes it the article's row
        error.add_note(traceback.format_exc())
        return pickle.dumps(error)
