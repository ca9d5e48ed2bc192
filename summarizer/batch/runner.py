"""The runner: takes a stream of tasks through the model, a bounded number at a time, and loses none.

How an article ended is in the journal before it is reported to anyone. A rate limit and an endpoint that is down
use up none of an article's attempts; what else may pass is tried once more when everything else is done.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from summarizer.batch.intake import Intake, Task
from summarizer.batch.items import program
from summarizer.batch.limits import Breaker, Throttle
from summarizer.batch.records import Outcome, json_line
from summarizer.batch.reporter import one_line
from summarizer.batch.transports import ArticleAnswers, answers_of
from summarizer.batch.work import Work
from summarizer.batch.writer import JournalWriter
from summarizer.errors import (
    ConfigError,
    CreditError,
    DeadlineError,
    EndpointError,
    JournalError,
    ModelError,
    RateLimitError,
    SummarizerError,
)
from summarizer.outputs.certainty import doubtful_count
from summarizer.schemas.report import MeetingReport
from summarizer.sources.document import Document

T = TypeVar("T")
Process = Callable[[Document], Awaitable[MeetingReport]]

ATTEMPTS = 2  # an article that met something passing is tried once more, at the end
_LATER = 10_000  # so many wait for that at most
_HOPELESS = 50  # so many articles failed and none was done: it is not the articles
_GRACE_S = 30.0  # beyond an article's deadline, for what does not keep it
# Statuses that are not about an article: a wrong key, no permission, no such model.
_SET_UP = {401, 403, 404}
_NOT_A_MODEL = 200  # it answers, but something else listens there, or a proxy stands before it


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a run ended: everything was taken up, or one line that says why not.

    `kind`: `finished`; `stopped` (asked to, or the budget is spent); `broken` (the endpoint or the disk);
    `set_up` (the command or the set-up is wrong). `at_once`: what was under way was dropped.
    """

    kind: Literal["finished", "stopped", "broken", "set_up"] = "finished"
    reason: str | None = None
    at_once: bool = False


class Runner:
    """One run of a job. `process` makes a report of a document; `workers` articles are under way at once."""

    def __init__(
        self,
        process: Process,
        work: Work,
        writer: JournalWriter,
        throttle: Throttle,
        breaker: Breaker,
        *,
        workers: int,
    ) -> None:
        self._process = process
        self._work = work
        self._intake = Intake(work, writer)
        self._writer = writer
        self._throttle = throttle
        self._breaker = breaker
        self._count = workers
        self._ending: Ending | None = None
        self._stopping = asyncio.Event()
        self._workers: list[asyncio.Task[None]] = []
        self._later: list[Task] = []
        self._done = 0
        self._failed = 0
        self.under_way = 0

    def stop(self, reason: str, kind: Literal["stopped", "broken", "set_up"] = "stopped") -> None:
        """Finish what is under way and begin nothing more."""
        if self._ending is None:
            self._ending = Ending(kind, reason)
            self._stopping.set()

    def stop_now(self, reason: str) -> None:
        """Drop what is under way; what is committed stays."""
        self._ending = Ending("stopped", reason, at_once=True)
        self._stopping.set()
        for worker in self._workers:
            worker.cancel()

    async def run(self) -> Ending:
        """Take every article that is due to its end, or as far as it goes; says why it ended."""
        await self._round(self._intake.tasks())
        while self._later and self._ending is None:
            again, self._later = self._later, []
            await self._round(_stream(again))
        return self._ending or Ending()

    async def _round(self, tasks: AsyncIterator[Task]) -> None:
        queue: asyncio.Queue[Task | None] = asyncio.Queue(self._count)
        self._workers = [asyncio.create_task(self._take(queue)) for _ in range(self._count)]
        everyone = [asyncio.create_task(self._feed(tasks, queue)), *self._workers]
        done, running = await asyncio.wait(everyone, return_when=asyncio.FIRST_EXCEPTION)
        for task in running:  # only after an error that is no article's
            task.cancel()
        await asyncio.gather(*everyone, return_exceptions=True)
        for task in done:
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error

    async def _feed(self, tasks: AsyncIterator[Task], queue: asyncio.Queue[Task | None]) -> None:
        async def fill() -> None:
            async for task in tasks:
                await queue.put(task)

        try:
            await self._unless_stopping(fill())
        except JournalError as error:
            self.stop(str(error), "broken")
        except ConfigError as error:
            self.stop(str(error), "set_up")
        for _ in range(self._count):
            await self._unless_stopping(queue.put(None))

    async def _take(self, queue: asyncio.Queue[Task | None]) -> None:
        task: Task | None
        while (task := await self._unless_stopping(queue.get())) is not None:
            while task is not None and await self._may_begin():
                task = await self._in_turn(task)

    async def _may_begin(self) -> bool:
        if self._throttle.crowded:
            await self._unless_stopping(self._throttle.wait_for_room())
        if (spent := self._work.budget.spent) is not None:
            self.stop(spent)
        return not self._stopping.is_set()

    async def _in_turn(self, task: Task) -> Task | None:
        """Do an article; while the endpoint is down one after the other, each after a pause.

        Gives what is to be done again at once, without this having counted as an attempt.
        """
        if not self._breaker.is_open:
            return await self._article(task)
        async with self._breaker.probing:
            if self._breaker.is_open:
                pause = self._breaker.next_pause()
                self._work.reporter.notice(f"{self._breaker.reason}; trying again in {pause:.0f} s")
                await self._unless_stopping(asyncio.sleep(pause))
            return None if self._stopping.is_set() else await self._article(task)

    async def _article(self, task: Task) -> Task | None:
        """Do an article; gives what is to be done again at once, without this having counted as an attempt."""
        began = time.monotonic()
        self.under_way += 1
        try:
            if (found := await self._intake.document(task)) is None:
                return None
            task, document = found
            self._work.reporter.begun(task.item)
            answers = ArticleAnswers(task.article)
            if task.begun or task.attempts:
                answers.known = await self._writer.call(lambda: self._writer.journal.answers(task.article))
            answers_of.set(answers)
            try:
                outcome = outcome_of(await self._in_time(document, answers), task.article)
            except (JournalError, ConfigError):
                raise
            except Exception as error:  # whatever an article brings about is this article's row
                again = await self._fault(task, error, answers, began)
                return replace(task, begun=True) if again else None
            self._breaker.answered()
            outcome = replace(outcome, text=document.text, attempts=task.attempts + 1)
            await self._ended(task, outcome, answers, began)
        except JournalError as error:
            self.stop(str(error), "broken")
        except ConfigError as error:
            self.stop(str(error), "set_up")
        finally:
            self.under_way -= 1
            answers_of.set(None)
        return None

    async def _in_time(self, document: Document, answers: ArticleAnswers) -> MeetingReport:
        """The report; whatever comes of it, all answers that came are in the journal then."""
        try:
            async with asyncio.timeout(self._work.settings.article_s + _GRACE_S):
                return await self._process(document)
        except TimeoutError:
            raise DeadlineError("the article's time is up, and the model did not stop by itself") from None
        finally:
            await asyncio.shield(asyncio.gather(*answers.kept))

    async def _fault(self, task: Task, error: Exception, answers: ArticleAnswers, began: float) -> bool:
        """Decide about an article that met an error; whether it is to be done again at once."""
        if isinstance(error, RateLimitError):
            self._throttle.pause(error.retry_after)
            self._breaker.limited(str(error))
            return self._waits_for(error)
        if isinstance(error, DeadlineError) and answers.held_s > (time.monotonic() - began) / 2:
            return True  # its time went by while it waited as the server had asked
        if _is_set_up(error):
            self.stop(str(error), "set_up")
            return False
        if _is_down(error, answers):
            was_open = self._breaker.is_open
            self._breaker.failed(task.article, str(error), answered=bool(answers.requests))
            if was_open or self._breaker.is_open:
                return self._waits_for(error)
        elif answers.requests:
            self._breaker.answered()
        await self._count_attempt(task, error, answers, began)
        return False

    def _waits_for(self, error: Exception) -> bool:
        seconds = error.retry_after if isinstance(error, EndpointError) else None
        if self._breaker.gives_up(seconds or 0.0):
            self.stop(self._breaker.reason, "broken")
        return not self._stopping.is_set()

    async def _count_attempt(
        self, task: Task, error: Exception, answers: ArticleAnswers, began: float
    ) -> None:
        """An attempt is used up: the article is tried again at the end if that may help, else it failed."""
        task = replace(task, attempts=task.attempts + 1)
        passing = isinstance(error, ModelError) and error.retryable
        if passing and task.attempts < ATTEMPTS and len(self._later) < _LATER:
            self._later.append(replace(task, document=None))
            return
        if passing and _is_down(error, answers) and not self._breaker.has_answered:
            self.stop(str(error), "broken")  # it is not the article, which stays open
            return
        if not isinstance(error, SummarizerError):
            self._work.log.write(task.item.location, error)
        known = isinstance(error, ModelError)
        outcome = Outcome(
            task.article,
            attempts=task.attempts,
            tokens_in=error.tokens_in if known else 0,
            tokens_out=error.tokens_out if known else 0,
            error_kind=type(error).__name__,
            error=one_line(error),
            keep_answers=passing,  # for the next try
        )
        await self._ended(task, outcome, answers, began)
        if self._failed >= _HOPELESS and not self._done:
            why = f"{self._failed} articles failed and none was done, the last so: {outcome.error}"
            self.stop(why, "broken")

    async def _ended(self, task: Task, outcome: Outcome, answers: ArticleAnswers, began: float) -> None:
        """Write how an article ended, then report it; raises `JournalError`."""
        price = self._work.budget.price
        cost = None if price is None else price.of(outcome.tokens_in, outcome.tokens_out)
        outcome = replace(outcome, seconds=round(time.monotonic() - began, 3), cost=cost)
        booked = outcome
        if answers.requests or answers.known:  # they were booked as they came
            booked = replace(outcome, requests=0, tokens_in=0, tokens_out=0, cost=None)
        else:
            self._work.budget.book(outcome.tokens_in, outcome.tokens_out)
        await self._writer.write(booked)
        done = outcome.report is not None
        self._done += done
        self._failed += not done
        self._work.reporter.article(task.item, outcome)

    async def _unless_stopping(self, wanted: Awaitable[T]) -> T | None:
        """Wait for something, but no longer than until the run is stopped; None then."""
        if self._stopping.is_set():
            if asyncio.iscoroutine(wanted):
                wanted.close()
            return None
        waiting = asyncio.ensure_future(wanted)
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((waiting, stopped), return_when=asyncio.FIRST_COMPLETED)
            return waiting.result() if waiting.done() else None
        finally:
            waiting.cancel()
            stopped.cancel()


def _is_set_up(error: Exception) -> bool:
    """Whether no article can be done: the key, the model or the account's credit is at fault."""
    if isinstance(error, CreditError):
        return True
    return isinstance(error, EndpointError) and error.status in _SET_UP and not error.retryable


def _is_down(error: Exception, answers: ArticleAnswers) -> bool:
    """Whether an error is the endpoint's rather than the article's: it fails, hangs, or is no model at all."""
    if isinstance(error, DeadlineError):
        return not (answers.requests or error.attempts)
    return isinstance(error, EndpointError) and (error.retryable or error.status == _NOT_A_MODEL)


async def _stream(tasks: Iterable[Task]) -> AsyncIterator[Task]:
    for task in tasks:
        yield task


def outcome_of(report: MeetingReport, article: int) -> Outcome:
    """The row of an article that is done, with what the report says that it cost.

    Its warnings are those of what went wrong: that two readers differ is doubt, and that a text is no such article
    lies in the text. Neither is a fault.
    """
    made = report.provenance
    return Outcome(
        article,
        json_line(report, exclude={"source"}),
        requests=made.attempts,
        tokens_in=made.tokens_in,
        tokens_out=made.tokens_out,
        warnings=sum(notice.code not in ("unlike", "no_such_article") for notice in report.notices),
        doubtful=doubtful_count(report),
        program=program(),
    )
