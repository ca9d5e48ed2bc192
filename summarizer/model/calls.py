"""Calls: one question under way, with the time that it has and what it has cost so far."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from summarizer.errors import DeadlineError
from summarizer.model.completions import Completion
from summarizer.model.retries import Clock
from summarizer.schemas.provenance import PartCost

Check = Callable[[Any], Sequence[str]]
"""Takes an answer and returns what of it does not hold, in short Vietnamese lines, which the model gets to see."""


class Call:
    """One question under way, by the `keys` that it asks about and the `check` of its answers.

    Two deadlines bound it, both moments of `clock`: the article's, which is given, and the question's own,
    `request_s` seconds from `begin` on, later by the time that a rate limiter has held its requests back.
    `attempts` are the answers received, `requests` counts what was sent.
    """

    def __init__(
        self, keys: Sequence[str], check: Check | None, clock: Clock, request_s: float, article: float | None
    ) -> None:
        self.keys = keys
        self.check = check
        self.attempts: list[Completion] = []
        self.requests = 0
        self._clock = clock
        self._request_s = request_s
        self._article = math.inf if article is None else article
        self._began = math.inf
        self._held = 0.0
        self._bound = asyncio.timeout(None)

    def begin(self) -> None:
        """Let the question's own time begin."""
        self._began = self._clock.monotonic()
        self._reschedule(self.until())

    def until(self) -> float:
        """Return the deadline as things stand, infinite where nothing bounds it yet."""
        return min(self._article, self._own())

    def fail(self, why: str) -> None:
        """Note that the last answer failed its checks."""
        self.attempts[-1] = replace(self.attempts[-1], failure=why)

    def usage(self) -> PartCost:
        """Return what it has cost so far."""
        return PartCost(
            questions=1,
            attempts=len(self.attempts),
            tokens_in=sum(attempt.tokens_in for attempt in self.attempts),
            tokens_out=sum(attempt.tokens_out for attempt in self.attempts),
            seconds=max(0.0, self._clock.monotonic() - self._began - self._held),
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stop the question's own time, not the article's, while its request waits for a rate limiter."""
        entered = self._clock.monotonic()
        self._reschedule(self._article)
        try:
            yield
        finally:
            self._held += self._clock.monotonic() - entered
            self._reschedule(self.until())

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Cancel what runs inside when the deadline comes, and raise DeadlineError."""
        if self._clock.monotonic() >= self.until():
            raise self._late()
        try:
            async with self._bound:
                self._reschedule(self.until())
                yield
        except TimeoutError:
            if self._bound.expired():
                raise self._late() from None
            raise

    def _reschedule(self, until: float) -> None:
        if self._bound.expired():  # the time was up while a rate limiter held the request
            return
        left = until - self._clock.monotonic()
        self._bound.reschedule(None if math.isinf(left) else asyncio.get_running_loop().time() + left)

    def _own(self) -> float:
        return self._began + self._request_s + self._held

    def _late(self) -> DeadlineError:
        if self._own() <= self._article:
            return DeadlineError(
                f"the model gave no answer within {self._request_s:g} s: "
                "try again later, or set SUMMARIZER_REQUEST_SECONDS"
            )
        return DeadlineError("the article's time is up: set SUMMARIZER_ARTICLE_SECONDS for more")


current_call: ContextVar[Call | None] = ContextVar("current_call", default=None)
"""The question whose requests the transport sends, and whose answers are checked, in this context."""
