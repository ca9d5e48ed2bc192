"""The engine for more than one machine: Ray Data maps the same per-article work over a cluster.

The driver keeps the journal: it hands portions of the articles that are due to the cluster and writes each
result as it comes, so that a job which is killed goes on as on one machine, article by article. Workers have
a client, or an embedded model, of their own, and know nothing of Ray: rows come and go as plain values, and an
error is a row like any other. `RAY_ADDRESS` says which cluster; without it Ray starts on this machine. A worker
that dies loses the rows it was at, which stay due.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
import traceback
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from summarizer.batch.engine import Job, Work, interrupts
from summarizer.batch.intake import Task
from summarizer.batch.items import program
from summarizer.batch.journal import JournalWriter
from summarizer.batch.limits import Breaker, Throttle
from summarizer.batch.records import Outcome
from summarizer.batch.reporter import Event, one_line
from summarizer.batch.runner import Ending, body_of, is_set_up, warnings_of
from summarizer.errors import (
    ConfigError,
    JournalError,
    ModelError,
    RateLimitError,
    SummarizerError,
    install_command,
)
from summarizer.model.client import Model, open_model
from summarizer.pipeline import extract
from summarizer.schemas.taxonomy import use
from summarizer.settings import NONE, Settings
from summarizer.sources.document import Document

__all__ = ("Answered", "Worker", "row_of", "run_on_ray")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one document: `body` is the report's JSON without its source.

    `again`: something passing was in the way. `set_up`: nothing will ever work like this. `trace` is the traceback of
    what nobody foresaw.
    """

    article: int
    state: Literal["done", "failed", "again", "set_up"]
    body: bytes = b""
    attempts: int = 1
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    warnings: int = 0
    seconds: float = 0.0
    error_kind: str = ""
    error: str = ""
    trace: str = ""


def row_of(article: int, document: Document) -> dict[str, Any]:
    """A document as a row of plain values."""
    return {"article": article, "document": json.dumps(asdict(document))}


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

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """The rows of `Answered` for a batch of rows, column by column, as Ray Data has them."""
        names = list(batch)
        rows = [dict(zip(names, values, strict=True)) for values in zip(*batch.values(), strict=True)]
        answered = self._runner.run(self._all(rows))
        columns = [asdict(one) for one in answered]
        return {name: [row[name] for row in columns] for name in columns[0]} if columns else {}

    async def _all(self, rows: list[dict[str, Any]]) -> list[Answered]:
        if self._model is None and self._settings.model != NONE:
            self._model = open_model(self._settings, limiter=self._throttle)
        return await asyncio.gather(*(self._one(row, self._model) for row in rows))

    async def _one(self, row: dict[str, Any], model: Model | None) -> Answered:
        began = time.monotonic()
        article = int(row["article"])
        document = Document.from_fields(json.loads(row["document"]))
        # Patience is this article's: whether the endpoint is down for all is the driver's to say.
        breaker = Breaker(threshold=1, patience=self._patience)
        while True:
            try:
                if model is not None:
                    await model.prepare()
                report = await extract(document, model, deadline_s=self._settings.article_s)
            except RateLimitError as error:
                self._throttle.pause(error.retry_after)
                breaker.limited(str(error))
                if breaker.gives_up(error.retry_after or 0.0):
                    return _failure(article, error, "again", began)
                await self._throttle.wait_for_room()
            except ConfigError as error:
                return _failure(article, error, "set_up", began)
            except Exception as error:  # whatever an article brings about is this article's row
                passing = isinstance(error, ModelError) and error.retryable
                refused = is_set_up(error)
                return _failure(
                    article, error, "set_up" if refused else "again" if passing else "failed", began
                )
            else:
                made = report.provenance
                return Answered(
                    article,
                    "done",
                    body_of(report),
                    requests=made.attempts,
                    tokens_in=made.tokens_in,
                    tokens_out=made.tokens_out,
                    warnings=warnings_of(report),
                    seconds=time.monotonic() - began,
                )


def _failure(
    article: int, error: Exception, state: Literal["failed", "again", "set_up"], began: float
) -> Answered:
    tokens = (error.tokens_in, error.tokens_out) if isinstance(error, ModelError) else (0, 0)
    return Answered(
        article,
        state,
        tokens_in=tokens[0],
        tokens_out=tokens[1],
        seconds=time.monotonic() - began,
        error_kind=type(error).__name__,
        error=one_line(error),
        trace="" if isinstance(error, SummarizerError) else "".join(traceback.format_exception(error)),
    )


_PORTION = 1000  # articles handed over together
_BLOCK = 16  # of them in one piece of work: what is lost with a worker that dies
_ATTEMPTS = 2


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
        self._intake = work.intake(writer)
        self._ending: Ending | None = None
        self._again: list[Task] = []

    async def run(self) -> Ending:
        """Take every due article to its end, or as far as it goes."""
        work = self._work
        intake = self._intake

        def stop(reason: str) -> None:
            self._ending = self._ending or Ending("stopped", reason)

        with interrupts(stop, stop):
            try:
                async for portion in _portions(intake.tasks(work.sources, work.reporter)):
                    await self._portion(portion)
                    if self._ending is not None:
                        break
                again, self._again = self._again, []
                if again and self._ending is None:
                    await self._portion(again)
            except JournalError as error:
                self._ending = Ending("broken", str(error))
        work.skipped, work.whole = intake.skipped, intake.whole
        return self._ending or Ending()

    async def _portion(self, tasks: list[Task]) -> None:
        """Hand a portion to the cluster and write what comes back."""
        by_article = {task.article: task for task in await self._read(tasks)}
        handed = [
            row_of(task.article, task.document) for task in by_article.values() if task.document is not None
        ]
        if not handed:
            return
        rows = iter(_results(self._work, handed))
        done = missed = 0
        why = ""
        while self._ending is None and (row := await asyncio.to_thread(next, rows, None)) is not None:
            answered = Answered(**row)
            task = by_article.pop(answered.article)
            done += answered.state == "done"
            missed += answered.state == "again"
            why = answered.error or why
            if answered.state == "set_up":
                self._ending = Ending("set_up", answered.error)
            elif answered.state == "again" and task.attempts + 1 < _ATTEMPTS:
                self._again.append(replace(task, document=None, attempts=task.attempts + 1))
            else:
                await self._ended(task, answered)
            if (spent := self._work.budget.spent) is not None:
                self._ending = Ending("stopped", spent)
        if missed and not done:
            self._ending = self._ending or Ending("broken", why)
        if by_article and self._ending is None:
            self._work.reporter.notice(f"{len(by_article)} articles were lost with their worker; run again")

    async def _read(self, tasks: list[Task]) -> list[Task]:
        """The tasks with their documents in memory: what a report is made of is what the journal keeps."""
        found = [await self._intake.document(task, self._work.reporter) for task in tasks]
        return [replace(task, document=document) for task, document in filter(None, found)]

    async def _ended(self, task: Task, answered: Answered) -> None:
        done = answered.state == "done"
        if answered.trace:
            self._work.log.write(task.item.location, answered.trace)
        cost = self._work.budget.book(answered.tokens_in, answered.tokens_out)
        await self._writer.write(
            Outcome(
                answered.article,
                answered.body if done else None,
                task.document.text if done and task.document is not None else "",
                attempts=task.attempts + 1,
                requests=answered.requests,
                tokens_in=answered.tokens_in,
                tokens_out=answered.tokens_out,
                cost=cost,
                seconds=answered.seconds,
                error_kind=answered.error_kind or None,
                error=answered.error or None,
                warnings=answered.warnings,
                program=program(),
            )
        )
        self._work.reporter.article(
            Event(
                task.item.name,
                task.item.location,
                "done" if done else "failed",
                attempts=task.attempts + 1,
                tokens_in=answered.tokens_in,
                tokens_out=answered.tokens_out,
                cost=cost,
                seconds=round(answered.seconds, 3),
                error_kind=answered.error_kind or None,
                error=answered.error or None,
            )
        )


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


async def _portions(tasks: AsyncIterator[Task]) -> AsyncIterator[list[Task]]:
    portion: list[Task] = []
    async for task in tasks:
        portion.append(task)
        if len(portion) == _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion
