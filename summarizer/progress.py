"""Progress: how long work tells whoever asked for it where it stands."""

from __future__ import annotations

from typing import Protocol

__all__ = ("Progress", "no_progress")


class Progress(Protocol):
    """Called with the name of a stage, what is done of it, and how much it has in all (0: not known)."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that `done` of `total` of `stage` is finished; called from any thread, must not raise."""
        ...


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
