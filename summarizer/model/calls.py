"""Calls: the time that one question has, and what it costs as it goes."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from summarizer.errors import DeadlineError
from summarizer.model.questions import Attempt, Gate, Outcome, Usage
from summarizer.model.retries import Clock

__all__ = ("Call",)


class Call:
    """One question under way.

    Two deadlines bound it, both moments of `clock`: the article's, which is given, and the question's own,
    `request_s` seconds from `begin` on, later by whatever time it is held up at a gate.
    """

    def __init__(self, clock: Clock, request_s: float, article: float | None) -> None:
        self.attempts: list[Attempt] = []
        self.requests = 0
        self._clock = clock
        self._request_s = request_s
        self._article = math.inf if article is None else article
        self._began: float | None = None
        self._held = 0.0

    def begin(self) -> None:
        """The question's own time begins."""
        self._began = self._clock.monotonic()

    def until(self) -> float:
        """The deadline as things stand; infinite where nothing bounds it yet."""
        return min(self._article, self._own())

    def fail(self, why: str) -> None:
        """The last answer does not hold."""
        self.attempts[-1] = replace(self.attempts[-1], failure=why)

    def usage(self) -> Usage:
        """What it has cost so far."""
        waited = 0.0 if self._began is None else self._clock.monotonic() - self._began - self._held
        return Usage(
            attempts=len(self.attempts),
            requests=self.requests,
            tokens_in=sum(attempt.tokens_in for attempt in self.attempts),
            tokens_out=sum(attempt.tokens_out for attempt in self.attempts),
            tokens_cached=sum(attempt.tokens_cached for attempt in self.attempts),
            estimated=any(attempt.estimated for attempt in self.attempts),
            seconds=waited,
        )

    @asynccontextmanager
    async def passage(self, gate: Gate | None, tokens: int) -> AsyncIterator[Callable[[Outcome], None]]:
        """The way of one request through the gate, where there is one.

        Being held up there moves the question's own deadline, not the article's.
        """
        if gate is None:
            yield _unheard
            return
        entered = self._clock.monotonic()
        async with gate(tokens) as ended:
            self._held += self._clock.monotonic() - entered
            yield ended

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Cancel what runs inside when the deadline comes, and raise DeadlineError."""
        left = self.until() - self._clock.monotonic()
        if left <= 0:
            raise self._late()
        bound = asyncio.timeout(None if math.isinf(left) else left)
        try:
            async with bound:
                yield
        except TimeoutError:
            if bound.expired():
                raise self._late() from None
            raise

    def _own(self) -> float:
        return math.inf if self._began is None else self._began + self._request_s + self._held

    def _late(self) -> DeadlineError:
        if self._own() <= self._article:
            return DeadlineError(
                f"the model gave no answer within {self._request_s:g} s: "
                "try again later, or set SUMMARIZER_REQUEST_SECONDS"
            )
        return DeadlineError("the article's time is up: set SUMMARIZER_ARTICLE_SECONDS for more")


def _unheard(outcome: Outcome) -> None:
    """There is no gate to tell."""
