"""The engine for more than one machine: Ray Data maps the same per-article work over a cluster.

The driver keeps the journal: it hands portions of the articles that are due to the cluster and writes each
result as it comes, so that a job which is killed goes on as on one machine, article by article. Workers have
a client, or an embedded model, of their own. `RAY_ADDRESS` says which cluster; without it Ray starts on this
machine. What goes wrong with an article is a row; a worker that dies loses the rows it was at, which stay
due.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from summarizer.batch.engine import Manners, Work, interrupts
from summarizer.batch.intake import Intake, Task
from summarizer.batch.items import load
from summarizer.batch.ray_worker import Answered, Worker, row_of
from summarizer.batch.records import Outcome
from summarizer.batch.reporter import Event
from summarizer.batch.runner import Ending
from summarizer.batch.scribe import Scribe
from summarizer.errors import ConfigError, JournalError

__all__ = ("run_on_ray",)

_PORTION = 1000  # articles handed over together
_BLOCK = 16  # of them in one piece of work: what is lost with a worker that dies
_ATTEMPTS = 2


async def run_on_ray(work: Work) -> Ending:
    """Do the work on a Ray cluster."""
    try:
        import ray
    except ImportError:
        raise ConfigError("--engine ray needs another package: pip install 'summarizer[ray]'") from None
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    try:
        async with Scribe(work.journal) as scribe:
            return await _Driver(work, scribe).run()
    finally:
        ray.shutdown()


class _Driver:
    """One run on a cluster."""

    def __init__(self, work: Work, scribe: Scribe) -> None:
        self._work = work
        self._scribe = scribe
        self._ending: Ending | None = None
        self._again: list[Task] = []

    async def run(self) -> Ending:
        """Take every due article to its end, or as far as it goes."""
        work = self._work
        intake = Intake(self._scribe, work.run, work.fingerprint, retry_failed=work.retry_failed)

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
        work.skipped = intake.skipped
        return self._ending or Ending()

    async def _portion(self, tasks: list[Task]) -> None:
        """Hand a portion to the cluster and write what comes back."""
        by_article = {task.article: task for task in tasks}
        rows = iter(_results(self._work, await asyncio.to_thread(_rows, tasks)))
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

    async def _ended(self, task: Task, answered: Answered) -> None:
        done = answered.state == "done"
        cost = self._work.budget.book(answered.tokens_in, answered.tokens_out)
        document = task.document or load(task.item).document()
        await self._scribe.write(
            Outcome(
                answered.article,
                answered.body if done else None,
                document.text if done else "",
                attempts=task.attempts + 1,
                requests=answered.requests,
                tokens_in=answered.tokens_in,
                tokens_out=answered.tokens_out,
                cost=cost,
                seconds=answered.seconds,
                error_kind=answered.error_kind or None,
                error=answered.error or None,
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


def _rows(tasks: list[Task]) -> list[dict[str, Any]]:
    return [row_of(task.article, task.document or load(task.item).document()) for task in tasks]


def _results(work: Work, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows that the cluster makes of these, as they come."""
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # a worker that dies is not the end of the job
    workers = max(1, min(work.workers, len(rows)))
    share = Manners(
        in_flight=max(1, work.manners.in_flight // workers),
        rpm=work.manners.rpm and work.manners.rpm / workers,
        tpm=work.manners.tpm and work.manners.tpm / workers,
        patience=work.manners.patience,
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
