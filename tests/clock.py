"""A clock for tests: waits take no time, and are remembered."""

from __future__ import annotations

import asyncio
import time

__all__ = ("QuickClock",)


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
