"""The intake: items are read, and those whose articles are due are handed on as tasks, a few at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

from summarizer.batch.items import Content, Item, load, source_json, text_key
from summarizer.batch.journal import JournalWriter
from summarizer.batch.records import Entry
from summarizer.batch.reporter import Event, Reporter
from summarizer.errors import SourceError
from summarizer.sources.document import Document

__all__ = ("Intake", "Task")

_ITEMS = 128  # read ahead together
_BYTES = 4_000_000
_SECONDS = 1.0  # what is there by then is begun: web pages may be slow to come


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be done: its number in the journal, and its document where that is in memory.

    `attempts` counts those of this run that are over. `begun`: there may be answers from before.
    """

    item: Item
    article: int
    document: Document | None = None
    attempts: int = 0
    begun: bool = False


@dataclass(slots=True)
class _Read:
    """An item on its way: its content, the text's key and source, its document, or the error instead."""

    position: int
    item: Item
    content: Content | None = None
    known: tuple[str, str] | None = None
    document: Document | None = None
    error: str | None = None

    def understand(self) -> None:
        """Make the document of the content, where the text is not known from an earlier run."""
        if self.content is None or self.known is not None:
            return
        try:
            self.document = self.content.document()
            self.known = (text_key(self.document), source_json(self.document))
        except SourceError as error:
            self.error = str(error)

    def entry(self) -> Entry:
        """What the journal is to know of the item."""
        item = self.item
        if self.content is None or self.known is None:
            return Entry(item.location, item.name, self.position, error=self.error)
        return Entry(item.location, item.name, self.position, self.content.sha256, *self.known)


class Intake:
    """Registers the items of one run in the journal and says which are to be done.

    `skipped` counts the items that an earlier run has done.
    """

    def __init__(
        self, writer: JournalWriter, run: int, fingerprint: str, *, retry_failed: bool = False
    ) -> None:
        self._writer = writer
        self._run = run
        self._fingerprint = fingerprint
        self._retry_failed = retry_failed
        self.skipped = 0

    async def tasks(self, items: Iterable[Item], reporter: Reporter) -> AsyncIterator[Task]:
        """The articles to be done, in order; what cannot be read is reported at once."""
        journal = self._writer.journal
        numbered = enumerate(items)
        while chunk := await asyncio.to_thread(_read, numbered):
            places = [(read.item.location, read.content.sha256 if read.content else "") for read in chunk]
            known = await self._writer.call(lambda places=places: journal.text_keys(places))
            for read, before in zip(chunk, known, strict=True):
                read.known = before
            entries = await asyncio.to_thread(_understand, chunk)
            decisions = await self._writer.call(
                lambda entries=entries: journal.admit(
                    self._run, self._fingerprint, entries, retry_failed=self._retry_failed
                )
            )
            for read, decision in zip(chunk, decisions, strict=True):
                if decision.state == "todo":
                    yield Task(read.item, decision.article, read.document, begun=decision.begun)
                elif decision.state == "unreadable":
                    reporter.article(_unreadable(read))
            states = [decision.state for decision in decisions]
            self.skipped += states.count("done")
            reporter.skipped(sum(states.count(state) for state in ("busy", "done", "failed")))


def _read(items: Iterator[tuple[int, Item]]) -> list[_Read]:
    """The next items with what they hold: none at the end, and never more than fit in memory together."""
    chunk: list[_Read] = []
    size = 0
    until = time.monotonic() + _SECONDS
    for position, item in items:
        read = _Read(position, item)
        try:
            read.content = load(item)
            size += read.content.size
        except SourceError as error:
            read.error = str(error)
        chunk.append(read)
        if len(chunk) >= _ITEMS or size >= _BYTES or time.monotonic() >= until:
            break
    return chunk


def _understand(chunk: list[_Read]) -> list[Entry]:
    for read in chunk:
        read.understand()
    return [read.entry() for read in chunk]


def _unreadable(read: _Read) -> Event:
    return Event(read.item.name, read.item.location, "failed", error_kind="SourceError", error=read.error)
