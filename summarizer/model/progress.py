"""Progress: how long work tells whoever asked for it where it stands."""

from __future__ import annotations

from typing import Protocol

from summarizer.schemas.labels import Lang, labels

_BYTES = 1_000_000  # what so many are counted of can only be bytes


class Progress(Protocol):
    """Called with the name of a stage, what is done of it, and how much it has in all (0: not known)."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that `done` of `total` of `stage` is finished; called from any thread, must not raise."""
        ...


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def how_far(stage: str, done: int, total: int, lang: Lang = "en") -> str:
    """Return where a stage stands in words: `fetching the weights: 96 MB of 1,117 MB`."""
    words = labels(lang)
    name = words.find(f"cli.part.{stage}", words.translate(stage))
    if total <= 1:
        return name
    if total >= _BYTES:
        return words("cli.megabytes", stage=name, done=round(done / 1e6), total=round(total / 1e6))
    return words("cli.stage", stage=name, done=done, total=total)
