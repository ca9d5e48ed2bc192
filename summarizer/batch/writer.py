"""The writer: brings rows to a job's journal from asyncio, many articles' rows in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from summarizer.batch.journal import Journal
from summarizer.batch.records import Kept, Outcome

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class JournalWriter:
    """Brings rows to a journal; an async context manager that has written everything when it ends."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._waiting: list[tuple[Kept | Outcome, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> JournalWriter:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()

    async def call(self, function: Callable[[*Ts], T], *given: *Ts) -> T:
        """Run something with the journal in the journal's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *given)

    def note(self, row: Kept | Outcome) -> asyncio.Future[None]:
        """Write a row soon; the future is done once it is committed, or holds the `JournalError`."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, committed))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return committed

    async def write(self, row: Kept | Outcome) -> None:
        """Write a row; returns once it is committed. Raises `JournalError`."""
        await asyncio.shield(self.note(row))

    async def _write(self) -> None:
        """Write what waits, again and again until nothing does: what comes meanwhile shares a transaction."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self.call(self._commit, [row for row, _ in batch])
            except Exception as error:  # whoever brought a row gets it
                for _, committed in batch:
                    committed.set_exception(error)
                    committed.exception()  # a caller that was cancelled does not ask for it
            else:
                for _, committed in batch:
                    committed.set_result(None)
        self._writing = None

    def _commit(self, rows: Sequence[Kept | Outcome]) -> None:
        if kept := [row for row in rows if isinstance(row, Kept)]:
            self.journal.keep(kept)
        if ended := [row for row in rows if isinstance(row, Outcome)]:
            self.journal.finish(ended)
