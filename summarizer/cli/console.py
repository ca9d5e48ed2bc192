"""The console: where work stands, and what a person should know, on standard error.

A terminal has a line that changes; anything else gets a line now and then. A standard error that cannot be written
costs no result: it is no longer written to.
"""

from __future__ import annotations

import gettext
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from summarizer.outputs.files import mute
from summarizer.schemas.languages import message_lang

if TYPE_CHECKING:
    from summarizer.model.progress import Progress
    from summarizer.schemas.labels import Labels

_SECONDS_BETWEEN_LINES = 5.0
_LOCALE = os.path.join(os.path.dirname(__file__), "locale")


def choose_lang(arguments: Sequence[str]) -> None:
    """Let messages and help be in the language that `--lang` names among the arguments, else the environment's.

    It is chosen before click reads the arguments, whose own words are gettext's: click asks the default domain, and
    gettext the variable LANGUAGE.
    """
    named = re.findall(r"(?<=\0)--lang[=\0](vi|en)(?=\0)", "\0".join(("", *arguments, "")))
    os.environ["LANGUAGE"] = named[-1] if named else message_lang()
    gettext.bindtextdomain("messages", _LOCALE)


def messages() -> Labels:
    """Return the words of messages."""
    from summarizer.schemas.labels import labels  # with pydantic 0.2 s, which --help need not take

    return labels(message_lang())


def tell(line: str) -> None:
    """Write a line to standard error, if it can be written."""
    try:
        click.echo(line, err=True)
    except OSError:
        mute(sys.stderr)


def print_result(text: str) -> None:
    """Write a result to standard output. Raises OSError where that cannot be done."""
    click.echo(text, nl=not text.endswith("\n"))
    sys.stdout.flush()


@contextmanager
def console_progress(first: str) -> Iterator[Progress]:
    """Show progress on standard error while the context is open; `first` is the stage that it begins with."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    shown = _Live(_how_far(first, 0, 0))
    try:
        yield shown
    finally:
        shown.close()


def _how_far(stage: str, done: int, total: int) -> str:
    from summarizer.model.progress import how_far

    return how_far(stage, done, total, message_lang())


class _Live:
    """Progress on a terminal: one line with what is being done, how far it is, and the seconds it takes."""

    def __init__(self, first: str) -> None:
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
        self._task = self._bar.add_task(first, total=None)
        self._try(self._bar.start)

    def __call__(self, stage: str, done: int, total: int) -> None:
        line = _how_far(stage, done, total)
        self._try(lambda: self._bar.update(self._task, description=line, completed=done, total=total or None))

    def close(self) -> None:
        """Remove the line."""
        self._try(self._bar.stop)

    def _try(self, show: Callable[[], object]) -> None:
        try:
            show()
        except OSError:
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
        line = f"summarizer: {_how_far(stage, done, total)}"
        if line != self._printed:
            tell(line)
        self._stage, self._printed, self._printed_at = stage, line, now
