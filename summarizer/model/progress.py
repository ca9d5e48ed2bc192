"""Progress: how long work tells whoever asked for it where it stands."""

from __future__ import annotations

from typing import Protocol

__all__ = ("Progress", "how_far", "no_progress")

_ONE_BY_ONE = ("passage",)  # shown as the one at hand, not as how many are done
_BYTES = 1_000_000  # what so many are counted of can only be bytes


class Progress(Protocol):
    """Called with the name of a stage, what is done of it, and how much it has in all (0: not known)."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that `done` of `total` of `stage` is finished; called from any thread, must not raise."""
        ...


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def how_far(stage: str, done: int, total: int) -> str:
    """Return where a stage stands in words: `passage 3 of 9`, `fetching the weights: 96 MB of 1,117 MB`."""
    if stage in _ONE_BY_ONE and total:
        return f"{stage} {min(done + 1, total):,} of {total:,}"
    return f"{stage}: {_amount(done, total)} of {_amount(total, total)}" if total > 1 else stage


def _amount(number: int, total: int) -> str:
    return f"{number / 1_000_000:,.0f} MB" if total >= _BYTES else f"{number:,}"
