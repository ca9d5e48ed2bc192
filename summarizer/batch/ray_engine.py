"""The engine for more than one machine: Ray Data maps the same per-article work over a cluster.

The driver keeps the journal: it hands portions of the articles that are due to the cluster and writes each
result as it comes, so that a job which is killed goes on as on one machine, article by article. Workers have
a client, or an embedded model, of their own, and know nothing of Ray: rows come and go as plain values, and an
error is a row like any other. `RAY_ADDRESS` says which cluster; without it Ray starts on this machine. A worker
that dies loses the rows it was at, which stay due.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from summarizer.batch.engine import interrupts
from summarizer.batch.intake import Intake, Task, in_portions
from summarizer.batch.items import program
from summarizer.batch.limits import Breaker, Throttle
from summarizer.batch.records import Outcome
from summarizer.batch.reporter import one_line
from summarizer.batch.runner import ATTEMPTS, Ending, event_of, is_set_up, outcome_of
from summarizer.batch.work import Job, Work
from summarizer.batch.writer import JournalWriter
from summarizer.errors import (
    ConfigError,
    JournalError,
    ModelError,
    RateLimitError,
    SummarizerError,
    install_command,
)
from summarizer.model.client import Model
from summarizer.pipeline import extract
from summarizer.schemas.taxonomy import use
from summarizer.settings import NONE, Settings
from summarizer.sources.document import Document

_PORTION = 1000  # articles handed over together
_BLOCK = 16  # of them in one piece of work: what is lost with a worker that dies


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one document, without what only the driver knows: text, cost, attempts.

    `again`: something passing was in the way. `set_up`: nothing will ever work like this. `trace` is the traceback of
    what nobody foresaw.
    """

    state: Literal["done", "failed", "again", "set_up"]
    outcome: Outcome
    trace: str = ""


class Worker:
    """Makes reports of rows, within the bounds of its share of the job."""

    def __init__(self, settings: Settings, share: Job) -> None:
        in_flight = share.in_flight or 1
        self._settings = settings if settings.embedded else replace(settings, parallel=in_flight)
        self._patience = share.patience
        if settings.taxonomy is not None:
            use(settings.taxonomy)
        self._runner = asyncio.Runner()
        self._throttle = Throttle(in_flight, rpm=share.rpm, tpm=share.tpm, patience=share.patience)
        self._model: Model | None = None

    def __call__(self, rows: dict[str, Any]) -> dict[str, list[Any]]:
        """Rows with an `article` and its pickled `document`, column by column, become its pickled `Answered`."""
        articles = [int(article) for article in rows["article"]]
        answered = self._runner.run(self._all(articles, map(pickle.loads, rows["document"])))
        return {"article": articles, "answered": [pickle.dumps(one) for one in answered]}

    async def _all(self, articles: list[int], documents: Iterator[Document]) -> list[Answered]:
        if self._model is None and self._settings.model != NONE:
            self._model = Model(self._settings, limiter=self._throttle)
        return await asyncio.gather(*map(self._one, articles, documents))

    async def _one(self, article: int, document: Document) -> Answered:
        began = time.monotonic()
        # Patience is this article's: whether the endpoint is down for all is the driver's to say.
        breaker = Breaker(threshold=1, patience=self._patience)
        trace = ""
        while True:
            try:
                if self._model is not None:
                    await self._model.prepare()
                report = await extract(document, self._model, deadline_s=self._settings.article_s)
                return Answered(
                    "done", replace(outcome_of(report, article), seconds=time.monotonic() - began)
                )
            except RateLimitError as error:
                self._throttle.pause(error.retry_after)
                breaker.limited(str(error))
                if not breaker.gives_up(error.retry_after or 0.0):
                    await self._throttle.wait_for_room()
                    continue
                failure, state = error, "again"
            except Exception as error:  # whatever an article brings about is this article's row
                passing = isinstance(error, ModelError) and error.retryable
                set_up = isinstance(error, ConfigError) or is_set_up(error)
                failure, state = error, "set_up" if set_up else "again" if passing else "failed"
                if not isinstance(error, SummarizerError):
                    trace = "".join(traceback.format_exception(error))
            spent = isinstance(failure, ModelError)
            outcome = Outcome(
                article,
                tokens_in=failure.tokens_in if spent else 0,
                tokens_out=failure.tokens_out if spent else 0,
                seconds=time.monotonic() - began,
                error_kind=type(failure).__name__,
                error=one_line(failure),
            )
            return Answered(state, outcome, trace)


async def run_on_ray(work: Work) -> Ending:
    """Do the work on a Ray cluster."""
    try:
        import ray
    except ImportError:
        raise ConfigError(f"--engine ray needs another package: {install_command('ray')}") from None
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    try:
        async with JournalWriter(work.journal) as writer:
            return await _Driver(work, writer).run()
    finally:
        ray.shutdown()


class _Driver:
    """One run on a cluster."""

    def __init__(self, work: Work, writer: JournalWriter) -> None:
        self._work = work
        self._writer = writer
        self._intake = Intake(work, writer)
        self._ending: Ending | None = None
        self._again: list[Task] = []

    async def run(self) -> Ending:
        """Take every due article to its end, or as far as it goes."""

        def stop(reason: str) -> None:
            self._ending = self._ending or Ending("stopped", reason)

        with interrupts(stop, stop):
            try:
                async for portion in in_portions(self._intake.tasks(), _PORTION):
                    await self._portion(portion)
                    if self._ending is not None:
                        break
                again, self._again = self._again, []
                if again and self._ending is None:
                    await self._portion(again)
            except JournalError as error:
                self._ending = Ending("broken", str(error))
        return self._ending or Ending()

    async def _portion(self, tasks: list[Task]) -> None:
        """Hand a portion to the cluster and write what comes back."""
        # What a report is made of is what the journal keeps: the documents stay in memory until then.
        found = filter(None, [await self._intake.document(task) for task in tasks])
        handed = {task.article: (task, document) for task, document in found}
        if not handed:
            return
        rows = [{"article": key, "document": pickle.dumps(handed[key][1])} for key in handed]
        results = iter(_results(self._work, rows))
        states: set[str] = set()
        why = ""
        while self._ending is None and (row := await asyncio.to_thread(next, results, None)) is not None:
            answered: Answered = pickle.loads(row["answered"])  # noqa: S301 - of our own workers
            task, document = handed.pop(int(row["article"]))
            states.add(answered.state)
            why = answered.outcome.error or why
            if answered.state == "set_up":
                self._ending = Ending("set_up", why)
            elif answered.state == "again" and task.attempts + 1 < ATTEMPTS:
                self._again.append(replace(task, document=None, attempts=task.attempts + 1))
            else:
                await self._ended(task, document, answered)
            if (spent := self._work.budget.spent) is not None:
                self._ending = Ending("stopped", spent)
        if "again" in states and "done" not in states:
            self._ending = self._ending or Ending("broken", why)
        if handed and self._ending is None:
            self._work.reporter.notice(f"{len(handed)} articles were lost with their worker; run again")

    async def _ended(self, task: Task, document: Document, answered: Answered) -> None:
        outcome = answered.outcome
        if answered.trace:
            self._work.log.write(task.item.location, answered.trace)
        outcome = replace(
            outcome,
            text=document.text if outcome.report else "",
            attempts=task.attempts + 1,
            cost=self._work.budget.book(outcome.tokens_in, outcome.tokens_out),
            program=program(),
        )
        await self._writer.write(outcome)
        self._work.reporter.article(event_of(task.item, outcome))


def _results(work: Work, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows that the cluster makes of these, as they come."""
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # a worker that dies is not the end of the job
    job = work.job
    workers = max(1, min(job.workers, len(rows)))
    share = replace(
        job,
        in_flight=max(1, work.in_flight // workers),
        rpm=job.rpm and job.rpm / workers,
        tpm=job.tpm and job.tpm / workers,
    )
    blocks = max(workers, -(-len(rows) // _BLOCK))
    made = ray.data.from_items(rows, override_num_blocks=min(blocks, len(rows))).map_batches(
        Worker,
        fn_constructor_args=(work.settings, share),
        batch_size=None,
        batch_format="numpy",
        compute=ray.data.ActorPoolStrategy(size=workers),
        num_cpus=1,
    )
    yield from made.iter_rows()
