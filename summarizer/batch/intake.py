"""The intake: items are read, and those whose articles are due are handed on as tasks, a few at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from summarizer.batch.items import Item, Read, program
from summarizer.batch.records import Decision, Outcome
from summarizer.batch.work import Work
from summarizer.batch.writer import JournalWriter
from summarizer.sources.document import Document

T = TypeVar("T")

_ITEMS = 128  # read ahead together
_BYTES = 4_000_000
_SECONDS = 1.0  # what is there by then is begun: web pages may be slow to come


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be done: its number in the journal, its text's key, and its document where that is in memory.

    `attempts` counts those of this run that are over. `begun`: there may be answers from before.
    """

    item: Item
    article: int
    text_key: str
    position: int = 0
    document: Document | None = None
    attempts: int = 0
    begun: bool = False


class Intake:
    """Registers the items of one run in the journal and says which are to be done.

    It counts in the `work` what is skipped, and says there whether all items have been listed.
    """

    def __init__(self, work: Work, writer: JournalWriter) -> None:
        self._work = work
        self._writer = writer

    async def tasks(self) -> AsyncIterator[Task]:
        """The articles to be done, in order; what cannot be read is reported at once."""
        journal = self._writer.journal
        self._work.skipped, self._work.whole = 0, False
        numbered = enumerate(self._work.sources)
        while chunk := await asyncio.to_thread(_read, numbered):
            places = [(read.item.location, read.sha256) for read in chunk]
            known = await self._writer.call(journal.text_keys, places)
            for read, before in zip(chunk, known, strict=True):
                read.known = before
            await asyncio.to_thread(lambda chunk=chunk: [read.understand() for read in chunk])
            decisions = await self._admit(chunk)
            for read, decision in zip(chunk, decisions, strict=True):
                if decision.state == "todo" and decision.article not in self._work.held_back:
                    yield _task(read, decision)
                elif decision.state == "unreadable":
                    self._unreadable(read)
            states = [decision.state for decision in decisions]
            self._work.skipped += states.count("done")
            self._work.reporter.skipped(
                sum(states.count(state) for state in ("busy", "done", "failed", "repeated"))
            )
        self._work.whole = True

    async def document(self, task: Task) -> tuple[Task, Document] | None:
        """The document of a task, read again where it is not in memory; None where there is nothing to do.

        A file that holds another text by now is another article, and the task that is returned is about that.
        """
        if task.document is not None:
            return task, task.document
        read = Read(task.item, task.position)
        await asyncio.to_thread(read.understand)
        if read.document is not None and read.known is not None and read.known[0] == task.text_key:
            return task, read.document
        (decision,) = await self._admit([read], again=True)
        if decision.state == "unreadable":
            self._unreadable(read)
        if decision.state != "todo" or read.document is None:
            return None
        return replace(_task(read, decision), document=None), read.document

    async def _admit(self, chunk: list[Read], *, again: bool = False) -> list[Decision]:
        work, entries = self._work, [read.entry() for read in chunk]
        return await self._writer.call(
            lambda: self._writer.journal.admit(
                work.run,
                work.fingerprint,
                entries,
                retry_failed=work.job.retry_failed,
                redo=program() if work.job.redo_outdated else None,
                again=again,
            )
        )

    def _unreadable(self, read: Read) -> None:
        if read.error is not None and read.error.__cause__ is not None:
            self._work.log.write(read.item.location, read.error.__cause__)
        outcome = Outcome(0, attempts=0, error_kind="SourceError", error=str(read.error))
        self._work.reporter.article(read.item, outcome)


def _task(read: Read, decision: Decision) -> Task:
    key = read.known[0] if read.known is not None else ""
    return Task(read.item, decision.article, key, read.position, read.document, begun=decision.begun)


def _read(items: Iterator[tuple[int, Item]]) -> list[Read]:
    """The next items with what they hold: none at the end, and never more than fit in memory together."""
    chunk: list[Read] = []
    size = 0
    until = time.monotonic() + _SECONDS
    for position, item in items:
        read = Read(item, position)
        read.load()
        size += read.size
        chunk.append(read)
        if len(chunk) >= _ITEMS or size >= _BYTES or time.monotonic() >= until:
            break
    return chunk


async def in_portions(stream: AsyncIterator[T], most: int) -> AsyncIterator[list[T]]:
    """Yield what a stream gives in lists of at most so many."""
    portion: list[T] = []
    async for one in stream:
        portion.append(one)
        if len(portion) == most:
            yield portion
            portion = []
    if portion:
        yield portion
