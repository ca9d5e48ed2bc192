"""Readers: child processes that take articles apart and read them by rules, while the event loop serves the requests.

Both is the processor's work, some 20 ms for an article of 8,000 characters: in the event loop it would keep answers
waiting, and leave all other cores idle. A child ends when its job does, however that ends: it reads from a pipe.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
import traceback
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

from summarizer.article.article import Article
from summarizer.errors import SourceError, SummarizerError
from summarizer.pipeline import read_here
from summarizer.schemas.reading import Reading
from summarizer.schemas.taxonomy import use
from summarizer.sources.document import Document
from summarizer.sources.worker import bare_environment

__all__ = ("Readers", "serve")

_MOST = 4  # children; one event loop cannot serve more
_FIRST = 50  # articles are read here: a short job is done before a child has begun
_LONG = 30_000  # characters; a longer text never keeps the event loop
_READY = b"."
_HEAD = 8  # bytes that say how long a message is
_CODE = "import sys; sys.path[:] = {path!r}; from summarizer.batch.readers import serve; serve({taxonomy!r})"


class Readers:
    """Reads documents, as `pipeline.read_here` does, in as many children as there are cores to spare.

    `taxonomy` is the user's table, `seconds` what an article may take. An async context manager.
    """

    def __init__(self, taxonomy: str | None, seconds: float | None) -> None:
        self.count = max(1, min(_MOST, (os.cpu_count() or 1) - 1))
        self._code = _CODE.format(path=sys.path, taxonomy=taxonomy)
        self._seconds = seconds
        self._turns = asyncio.Semaphore(self.count)
        self._idle: list[Process] = []
        self._begun = 0

    async def __aenter__(self) -> Readers:
        return self

    async def __aexit__(self, *_: object) -> None:
        for child in self._idle:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()

    async def read(self, document: Document) -> tuple[Article, Reading]:
        """Return the document taken apart, and the rules' reading.

        Raises SourceError where that takes too long or ends the child, and whatever reading it raises.
        """
        self._begun += 1
        if self._begun <= _FIRST and len(document.text) <= _LONG:
            return await read_here(document)
        async with self._turns:
            child = self._idle.pop() if self._idle else await self._child()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await _ask(child, pickle.dumps(document))
            except BaseException as error:  # nobody waits any more for what it is at
                with suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
                if isinstance(error, TimeoutError):
                    why = f"takes more than {self._seconds:g} s to read (SUMMARIZER_ARTICLE_SECONDS)"
                    raise SourceError(f"{document.name}: {why}; split it into its articles") from None
                if isinstance(error, EOFError | OSError):
                    raise SourceError(
                        f"{document.name}: ended its reader, perhaps for want of memory"
                    ) from None
                raise
            self._idle.append(child)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _child(self) -> Process:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            self._code,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=bare_environment(),
        )
        if child.stdout is None or not await child.stdout.read(len(_READY)):
            await child.wait()
            raise SummarizerError("a process that reads articles cannot be started")
        return child


async def _ask(child: Process, question: bytes) -> tuple[Article, Reading] | Exception:
    requests, answers = child.stdin, child.stdout
    if requests is None or answers is None:
        raise EOFError
    requests.write(len(question).to_bytes(_HEAD, "big") + question)
    await requests.drain()
    size = int.from_bytes(await answers.readexactly(_HEAD), "big")
    return pickle.loads(await answers.readexactly(size))  # noqa: S301 - of our own code


def serve(taxonomy: str | None) -> None:
    """Read the documents that come on standard input, in a child, until it is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):  # both go to whole groups; the parent acts on them
        signal.signal(number, signal.SIG_IGN)
    use(taxonomy)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(_READY)
    answers.flush()
    while size := int.from_bytes(requests.read(_HEAD), "big"):
        try:
            answer = asyncio.run(read_here(pickle.loads(requests.read(size))))  # noqa: S301 - of our own code
        except Exception as error:  # the parent makes it the article's row
            error.add_note(traceback.format_exc())
            answer = error
        message = pickle.dumps(answer)
        answers.write(len(message).to_bytes(_HEAD, "big") + message)
        answers.flush()
