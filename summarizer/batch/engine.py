"""The engine of one machine: asyncio, one model, a bounded number of requests in flight."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

from summarizer.batch.limits import Breaker, Throttle
from summarizer.batch.readers import Readers
from summarizer.batch.runner import Ending, Process, Runner
from summarizer.batch.transports import KeepingTransport
from summarizer.batch.work import Work
from summarizer.batch.writer import JournalWriter
from summarizer.model.client import Model
from summarizer.model.progress import no_progress
from summarizer.model.transport import network
from summarizer.pipeline import extract
from summarizer.schemas.report import MeetingReport
from summarizer.settings import NONE
from summarizer.sources.document import Document

_ROW_OF_FAILURES = (3, 10)  # different articles in a row that open the breaker, at least and at most


async def run_here(work: Work, process: Process | None = None) -> Ending:
    """Do the work in this process; `process` takes the place of the model."""
    job = work.job
    throttle = Throttle(work.in_flight, rpm=job.rpm, tpm=job.tpm, patience=job.patience)
    async with (
        JournalWriter(work.journal) as writer,
        Readers(work.settings.taxonomy, work.settings.article_s) as readers,
        _opened(work, writer, throttle, readers) as by_model,
    ):
        # More than go at once: an article that is taken apart or written down leaves no request's place empty.
        more = readers.count if work.settings.model == NONE else work.in_flight // 2
        return await carry_out(work, process or by_model, writer, throttle, workers=work.in_flight + more)


async def carry_out(
    work: Work, process: Process, writer: JournalWriter, throttle: Throttle, *, workers: int
) -> Ending:
    """Take what is due through `process`, so many at once; signals finish what is under way, then stop it."""
    least, most = _ROW_OF_FAILURES
    breaker = Breaker(max(least, min(most, work.in_flight)), work.job.patience)
    runner = Runner(process, work, writer, throttle, breaker, workers=workers)

    def finish(reason: str) -> None:
        runner.stop(reason)
        work.reporter.notice(f"finishing what is under way ({runner.under_way}); once more to stop at once")

    with interrupts(finish, runner.stop_now):
        return await runner.run()


@asynccontextmanager
async def _opened(
    work: Work, writer: JournalWriter, throttle: Throttle, readers: Readers
) -> AsyncIterator[Process]:
    """What makes the report of a document; the model is loaded when the first article needs it."""
    settings = work.settings
    # Of many articles under way at once nobody can follow the questions.
    progress = work.reporter.part if work.in_flight == 1 else no_progress
    model: Model | None = None
    if settings.model != NONE:
        wire = KeepingTransport(network(settings), keep=writer.note, book=work.budget.book)
        # The throttle adapts what is in flight; the model's own bound is not to hold anything back.
        free = settings if settings.embedded else replace(settings, parallel=work.in_flight)
        model = Model(free, transport=wire, limiter=throttle, progress=work.reporter.stage)

    async def process(document: Document) -> MeetingReport:
        if model is not None:
            await model.prepare()
        return await extract(
            document, model, deadline_s=settings.article_s, progress=progress, read=readers.read
        )

    try:
        yield process
    finally:
        if model is not None:
            await model.aclose()


@contextmanager
def interrupts(first: Callable[[str], None], second: Callable[[str], None]) -> Iterator[None]:
    """Ctrl-C, and what a service manager sends: call `first`, then `second`, with the reason."""
    loop = asyncio.get_running_loop()
    asked = False

    def interrupt(name: str) -> None:
        nonlocal asked
        (second if asked else first)(f"stopped at once ({name})" if asked else f"stopped ({name})")
        asked = True

    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, interrupt, number.name)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
