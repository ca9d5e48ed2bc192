"""The console: where work stands, and what a person should know, on standard error.

A terminal has a line that changes; anything else gets a line now and then. A standard error that cannot be written
costs no result: it is no longer written to.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from summarizer.model.progress import Progress, how_far
from summarizer.outputs.files import mute

__all__ = ("console_progress", "tell")

_SECONDS_BETWEEN_LINES = 5.0


def tell(line: str) -> None:
    """Write a line to standard error, if it can be written."""
    try:
        click.echo(line, err=True)
    except OSError:
        mute(sys.stderr)


@contextmanager
def console_progress() -> Iterator[Progress]:
    """Show progress on standard error while the context is open."""
    shown = _Live() if sys.stderr.isatty() else _Lines()
    try:
        yield shown
    finally:
        shown.close()


class _Live:
    """Progress on a terminal: one line with what is being done, how far it is, and the seconds it takes."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("reading the article", total=None)
        self._works = True
        self._try(self._bar.start)

    def __call__(self, stage: str, done: int, total: int) -> None:
        self._try(
            lambda: self._bar.update(
                self._task, description=how_far(stage, done, total), completed=done, total=total or None
            )
        )

    def close(self) -> None:
        """Remove the line."""
        self._try(self._bar.stop)

    def _try(self, show: Callable[[], object]) -> None:
        if not self._works:
            return
        try:
            show()
        except OSError:
            self._works = False
            mute(sys.stderr)


class _Lines:
    """Progress as lines: the first and the last of each stage, and one every few seconds between."""

    def __init__(self) -> None:
        self._stage = ""
        self._printed = ""
        self._printed_at = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        finished = total > 0 and done >= total
        if stage == self._stage and not finished and now - self._printed_at < _SECONDS_BETWEEN_LINES:
            return
        line = f"summarizer: {how_far(stage, done, total)}"
        if line != self._printed:
            tell(line)
        self._stage, self._printed, self._printed_at = stage, line, now

    def close(self) -> None:
        """Nothing is held back."""
