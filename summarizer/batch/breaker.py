"""The breaker: an endpoint that fails article after article is left alone, not asked 50,000 times.

It is closed while the endpoint answers. Failures of so many different articles in a row open it: then one
article at a time asks whether the endpoint is back, after pauses that grow. An endpoint that has not
answered once in this run is not waited for.
"""

from __future__ import annotations

import asyncio
import time

__all__ = ("Breaker",)

_FIRST_PAUSE_S = 5.0
_LONGEST_PAUSE_S = 60.0
_PAUSES = 50  # the first pause is a small part of whatever patience there is


class Breaker:
    """Counts failures of the endpoint; `patience` is how many seconds it is waited for.

    `threshold` is how many different articles must fail in a row, with no answer in between. `reason` is what
    went wrong last, in one line.
    """

    def __init__(self, threshold: int, patience: float) -> None:
        self.threshold = threshold
        self.patience = patience
        self.reason = ""
        # Held by the one article that asks while the breaker is open.
        self.probing = asyncio.Lock()
        self._first_pause = min(_FIRST_PAUSE_S, patience / _PAUSES)
        self._pause = self._first_pause
        self._failing: set[int] = set()
        self._answered = False
        self._down_since: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the endpoint is taken to be down."""
        return len(self._failing) >= self.threshold

    def gives_up(self, seconds: float = 0.0) -> bool:
        """Whether the endpoint has been waited for long enough, or asks for more than that: `seconds`."""
        if self.is_open and not self._answered:
            return True
        waited = 0.0 if self._down_since is None else time.monotonic() - self._down_since
        return waited + seconds > self.patience

    def failed(self, article: int, reason: str) -> None:
        """An article met an endpoint that is down."""
        self._failing.add(article)
        self.limited(reason)

    def limited(self, reason: str) -> None:
        """An article was told to come back later: nothing is broken, but nothing was answered either."""
        self.reason = reason
        if self._down_since is None:
            self._down_since = time.monotonic()

    def answered(self) -> None:
        """The endpoint answered."""
        self._answered = True
        self._failing.clear()
        self._down_since = None
        self._pause = self._first_pause

    def next_pause(self) -> float:
        """How long to wait before the endpoint is asked again, in seconds; longer each time."""
        pause = self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_S)
        return pause
