"""Retries: the one policy for a request that failed on its way and may succeed if it is sent again.

The openai client's own retries are off, and instructor's loop only asks again what was answered but does not
hold, so that nothing multiplies: a request is sent at most `1 + retries` times, plus as often as the server
answers 429 within the time there is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from summarizer.errors import DeadlineError, EndpointError, ModelError, RateLimitError

if TYPE_CHECKING:
    from tenacity import RetryCallState

T = TypeVar("T")

# The first pause is about half a second, then it doubles; a server that is down for longer than the whole
# of it is a matter for whoever asks, not for this request.
_FIRST_S, _LONGEST_S = 0.5, 20.0


class Clock(Protocol):
    """The time, and waiting for it, in seconds; tests give one whose waits take no time."""

    def monotonic(self) -> float: ...

    async def sleep(self, seconds: float, /) -> None: ...


class SystemClock:
    """The machine's own clock."""

    monotonic = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


async def send_again(
    send: Callable[[], Awaitable[T]],
    *,
    until: Callable[[], float],
    retries: int,
    clock: Clock,
    waits: Callable[[], None] = lambda: None,
) -> T:
    """Call `send` until it succeeds, fails for good, or there is no time left for another try.

    Only errors that are `retryable` are tried again, after the server's own Retry-After where it gives one,
    else after a pause that grows, with jitter; `waits` is called before each pause. `until` returns the deadline on
    `clock`, called anew each time.
    Raises the last error: one whose next pause would pass the deadline is raised at once.
    """
    import tenacity

    failures = 0

    def count(state: RetryCallState) -> None:
        nonlocal failures
        failures += not isinstance(_error(state), RateLimitError)

    def spent(state: RetryCallState) -> bool:
        return failures > retries or clock.monotonic() + state.upcoming_sleep >= until()

    growing = tenacity.wait_exponential(_FIRST_S, _LONGEST_S) + tenacity.wait_random(0, _FIRST_S)

    def pause(state: RetryCallState) -> float:
        error = _error(state)
        asked = error.retry_after if isinstance(error, EndpointError) else None
        # Never earlier than the server asks, and not all callers at the same moment.
        return growing(state) if asked is None else asked + growing(state) * 0.1

    # One policy for each call: a shared one mixes up the counts of concurrent calls.
    policy = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(_passes),
        after=count,
        wait=pause,
        stop=spent,
        before_sleep=lambda _: waits(),
        sleep=clock.sleep,
        reraise=True,
    )
    return await policy(send)


def _error(state: RetryCallState) -> BaseException | None:
    return None if state.outcome is None else state.outcome.exception()


def _passes(error: BaseException) -> bool:
    return isinstance(error, ModelError) and error.retryable and not isinstance(error, DeadlineError)
