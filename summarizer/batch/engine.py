"""The engine of one machine: asyncio, one model, a bounded number of requests in flight."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from summarizer.batch.intake import Intake
from summarizer.batch.journal import Journal
from summarizer.batch.limits import Breaker, Budget, Price, Throttle
from summarizer.batch.readers import Readers
from summarizer.batch.reporter import ErrorLog, Reporter
from summarizer.batch.runner import Ending, Process, Runner
from summarizer.batch.sources import Sources
from summarizer.batch.tables import Columns
from summarizer.batch.transports import KeepingTransport
from summarizer.batch.writer import JournalWriter
from summarizer.model.client import Model, open_model
from summarizer.model.progress import no_progress
from summarizer.model.transport import network
from summarizer.pipeline import extract
from summarizer.schemas.labels import Lang
from summarizer.schemas.report import MeetingReport
from summarizer.settings import NONE, Settings
from summarizer.sources.document import Document

__all__ = ("Job", "Work", "interrupts", "run_here")

_ROW_OF_FAILURES = (3, 10)  # different articles in a row that open the breaker, at least and at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is to do. Costs are in US dollars, times in seconds; None: no bound.

    `allow_private`: web pages are read from private addresses too. `redo_outdated`: reports that another version of
    the program made are made anew. `in_flight`, `rpm` and `tpm` bound requests at once, requests and tokens a minute;
    an endpoint that is down is waited for `patience` seconds. `fall_back`: what a Batch API did not answer is asked
    directly; a batch there has at most `batch_requests` and `batch_bytes`, and is looked at every `poll_s` seconds.
    `workers` is for a cluster. `lang` is what is read in, `messages` what who follows the run is told in.
    """

    sources: tuple[str, ...]
    folder: Path
    columns: Columns = field(default_factory=Columns)
    allow_private: bool = False
    retry_failed: bool = False
    redo_outdated: bool = False
    fall_back: bool = False
    in_flight: int | None = None
    rpm: float | None = None
    tpm: float | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    price: Price | None = None
    patience: float = 600.0
    formats: tuple[str, ...] = ()
    lang: Lang = "vi"
    messages: Lang = "en"
    pages: bool = True
    batch_requests: int = 50_000
    batch_bytes: int = 200_000_000
    poll_s: float = 60.0
    workers: int = 2


@dataclass(slots=True, kw_only=True)
class Work:
    """What an engine is given for one run: the job, of which `in_flight` is decided, and what it works with.

    It counts in `skipped` the items that were done before, and says in `whole` whether all items were listed.
    `held_back` are articles to leave as they are.
    """

    job: Job
    in_flight: int
    settings: Settings
    sources: Sources
    journal: Journal
    run: int
    fingerprint: str
    budget: Budget
    reporter: Reporter
    log: ErrorLog
    held_back: frozenset[int] = frozenset()
    skipped: int = 0
    whole: bool = False

    def intake(self, writer: JournalWriter) -> Intake:
        """The intake of this run."""
        return Intake(
            writer,
            self.run,
            self.fingerprint,
            log=self.log,
            retry_failed=self.job.retry_failed,
            redo_outdated=self.job.redo_outdated,
            held_back=self.held_back.__contains__,
        )


async def run_here(work: Work, process: Process | None = None) -> Ending:
    """Do the work in this process; `process` takes the place of the model."""
    job = work.job
    throttle = Throttle(work.in_flight, rpm=job.rpm, tpm=job.tpm, patience=job.patience)
    least, most = _ROW_OF_FAILURES
    async with (
        JournalWriter(work.journal) as writer,
        Readers(work.settings.taxonomy, work.settings.article_s) as readers,
        _opened(work, writer, throttle, readers) as by_model,
    ):
        intake = work.intake(writer)
        runner = Runner(
            process or by_model,
            intake=intake,
            writer=writer,
            throttle=throttle,
            breaker=Breaker(max(least, min(most, work.in_flight)), job.patience),
            budget=work.budget,
            reporter=work.reporter,
            log=work.log,
            # More than go at once: an article that is taken apart or written down leaves no request's place empty.
            workers=work.in_flight + (readers.count if work.settings.model == NONE else work.in_flight // 2),
            deadline_s=work.settings.article_s,
        )

        def finish(reason: str) -> None:
            runner.stop(reason)
            work.reporter.notice(
                f"finishing {runner.under_way} articles under way; once more to stop at once"
            )

        with interrupts(finish, runner.stop_now):
            ending = await runner.run(intake.tasks(work.sources, work.reporter))
        work.skipped, work.whole = intake.skipped, intake.whole
        return ending


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
        model = open_model(free, transport=wire, limiter=throttle, progress=work.reporter.stage)

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
