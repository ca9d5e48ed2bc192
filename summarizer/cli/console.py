"""The console: where work stands, on stderr; a bar where that is a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from summarizer.model.progress import Progress, how_far

__all__ = ("console_progress",)

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def console_progress(prefix: str = "") -> Iterator[Progress]:
    """Show progress on stderr while the context is open; `prefix` stands in front of each stage's name."""
    if not sys.stderr.isatty():
        yield _Lines(prefix)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(f"{prefix}{stage}", total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield show


class _Lines:
    """Progress as lines: the first and the last of each stage, and one every few seconds between."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._stage = ""
        self._printed = ""
        self._printed_at = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        finished = total > 0 and done >= total
        if stage == self._stage and not finished and now - self._printed_at < _SECONDS_BETWEEN_LINES:
            return
        line = f"summarizer: {self._prefix}{how_far(stage, done, total)}"
        if line != self._printed:
            print(line, file=sys.stderr, flush=True)
        self._stage, self._printed, self._printed_at = stage, line, now
