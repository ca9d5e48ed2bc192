"""Clocks for tests: waits take no time, and are remembered."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ("QuickClock", "run_at_once")

T = TypeVar("T")


class QuickClock:
    """The machine's clock, but for `sleep`, which only moves it on. `pauses` lists the sleeps, in seconds."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._ahead += seconds
        await asyncio.sleep(0)


def run_at_once(work: Coroutine[Any, Any, T], *, tick: float = 0.0) -> T:
    """Run a coroutine in an event loop whose clock begins at 0 and jumps to the next timer when all wait.

    `tick` is how far the clock moves on, in seconds, each time that it is looked at.
    """
    with asyncio.Runner(loop_factory=lambda: _JumpingLoop(tick)) as runner:
        return runner.run(work)


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self, tick: float) -> None:
        self.now = 0.0
        self._tick = tick
        super().__init__(_Jumping(self))

    def time(self) -> float:
        self.now += self._tick
        return self.now


class _Jumping(selectors.DefaultSelector):
    def __init__(self, loop: _JumpingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:  # no timer: something outside the loop is waited for
            return super().select()
        self._loop.now += max(0.0, timeout)
        return super().select(0)
