"""Reporters: how a running job is followed, a bar on a terminal, else a line an article.

All of it goes to standard error.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from pydantic import SecretStr
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from summarizer.batch.items import Item
from summarizer.batch.limits import Budget
from summarizer.batch.records import Outcome, now
from summarizer.errors import SummarizerError
from summarizer.model.faults import visible
from summarizer.model.progress import how_far
from summarizer.outputs.files import mute
from summarizer.schemas.labels import Lang, labels

_LINE_CHARS = 300

_RATE_FROM_MIN = 0.02  # minutes from which on a rate is one
_LEAST_BAR = 16  # columns for a bar, the time left and the spaces between
_LEAST_COST = 0.005  # dollars: less would be shown as $0.00
_SECONDS_BETWEEN = 5.0  # lines about one stage


class Reporter:
    """Reports on a running job to whoever follows it; this one to nobody."""

    def begun(self, item: Item) -> None:
        """An article is taken up."""

    def article(self, item: Item, outcome: Outcome) -> None:
        """An article ended."""

    def skipped(self, count: int) -> None:
        """So many items need nothing done."""

    def expect(self, items: int) -> None:
        """The sources have so many items."""

    def notice(self, line: str) -> None:
        """Something a person should know, in one line."""

    def stage(self, stage: str, done: int, total: int) -> None:
        """How far the model is with getting ready; a `summarizer.model.progress.Progress`."""

    def part(self, stage: str, done: int, total: int) -> None:
        """How far the one article under way is; a `summarizer.model.progress.Progress`."""

    def close(self) -> None:
        """The job ended."""


class LineReporter(Reporter):
    """A line with its time for each thing that happens, in the words of `lang`.

    What is skipped is counted at the end, and of a stage a line comes only now and then.
    """

    def __init__(
        self, stream: IO[str], lang: Lang = "en", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._words = labels(lang)
        self._clock = clock
        self._reading = ""
        self._noticed = ("", "", 0.0)  # the latest stage, its line, and when that was written

    def begun(self, item: Item) -> None:
        self._reading = item.name

    def article(self, item: Item, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._write(f"{item.name}: {self._words.translate(outcome.error)}")
        else:
            self._write(f"{item.name}: {self._words('cli.ended', seconds=round(outcome.seconds or 0, 1))}")

    def notice(self, line: str) -> None:
        self._write(self._words.translate(line))

    def stage(self, stage: str, done: int, total: int) -> None:
        self._say(stage, how_far(stage, done, total, self._words.lang))

    def part(self, stage: str, done: int, total: int) -> None:
        self._say(self._reading, f"{self._reading}: {how_far(stage, done, total, self._words.lang)}")

    def _say(self, stage: str, line: str) -> None:
        before, said, at = self._noticed
        moment = self._clock()
        if line != said and (stage != before or moment - at >= _SECONDS_BETWEEN):
            self._noticed = (stage, line, moment)
            self._write(line)

    def _write(self, line: str) -> None:
        self._stream.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {visible(line)}\n")
        self._stream.flush()


class BarReporter(Reporter):
    """One bar for the job, with its articles, rate and time left, and a line for what is being read.

    Failures and notices scroll by above it. Tokens and cost are shown once there are any, and of all figures as many
    as leave a bar in the terminal's width. The words are of `lang`.
    """

    def __init__(self, console: Console, budget: Budget, lang: Lang = "en") -> None:
        self._words = labels(lang)
        self._budget = budget
        self._began = time.monotonic()
        self._count: Counter[str] = Counter()
        self._items: int | None = None
        self._reading = ""
        self._bar = _BarAndLine(
            BarColumn(),
            TextColumn("{task.fields[figures]}", markup=False),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=console,
            # The rate of the last minutes, not of a start that skipped thousands.
            speed_estimate_period=300,
        )
        self._task = self._bar.add_task("", total=None, figures="")
        self._bar.start()

    def begun(self, item: Item) -> None:
        self._bar.line = self._reading = item.name

    def article(self, item: Item, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._print(f"{item.name}: {self._words.translate(outcome.error)}", "red")
        self._advance(outcome.state, 1)

    def skipped(self, count: int) -> None:
        self._advance("skipped", count)

    def expect(self, items: int) -> None:
        self._items = items
        self._bar.update(self._task, total=items)
        self._advance("skipped", 0)

    def notice(self, line: str) -> None:
        self._print(self._words.translate(line), "yellow")

    def stage(self, stage: str, done: int, total: int) -> None:
        over = done >= total > 0
        self._bar.line = self._reading if over else how_far(stage, done, total, self._words.lang)

    def part(self, stage: str, done: int, total: int) -> None:
        self._bar.line = f"{self._reading}: {how_far(stage, done, total, self._words.lang)}"

    def close(self) -> None:
        self._bar.refresh()
        self._bar.line = ""
        self._bar.stop()

    def _print(self, line: str, style: str) -> None:
        self._bar.console.print(visible(line), markup=False, highlight=False, style=style)

    def _advance(self, state: str, count: int) -> None:
        self._count[state] += count
        ended, words = self._count.total(), self._words
        figures = [words("cli.articles", n=ended)]
        if self._items:
            figures = [words("cli.of_articles", ended=ended, items=self._items)]
        minutes = (time.monotonic() - self._began) / 60
        if (made := self._count["done"] + self._count["failed"]) and minutes > _RATE_FROM_MIN:
            figures.append(words("cli.rate", n=round(made / minutes)))
        figures += [words(f"cli.{name}", n=n) for name in ("failed", "skipped") if (n := self._count[name])]
        if self._budget.tokens:
            figures.append(words("cli.tokens", n=self._budget.tokens))
        if self._budget.price is not None and self._budget.cost >= _LEAST_COST:
            figures.append(words.dollars(self._budget.cost, 2))
        room = self._bar.console.width - _LEAST_BAR
        while len(figures) > 1 and len(" · ".join(figures)) > room:
            figures.pop()
        self._bar.update(self._task, advance=count, figures=" · ".join(figures))


class _BarAndLine(Progress):
    """A bar, and below it a line that is cut to the terminal's width."""

    line = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bar, then the line where there is one."""
        yield from super().get_renderables()
        if self.line:
            yield Text(f"  {visible(self.line)}", style="dim", no_wrap=True, overflow="ellipsis")


def make_reporter(budget: Budget, lang: Lang = "en") -> Reporter:
    """A bar where standard error is a terminal, else lines, in `lang`; it never raises."""
    at_terminal = sys.stderr.isatty()
    bar_or_lines = (
        BarReporter(Console(stderr=True), budget, lang) if at_terminal else LineReporter(sys.stderr, lang)
    )
    return cast(Reporter, _Steady(bar_or_lines))


class _Steady:
    """Another reporter, no longer called once it has raised: a closed terminal or a full disk ends no job."""

    def __init__(self, inner: Reporter) -> None:
        self._inner = inner
        self._broken = False

    def __getattr__(self, name: str) -> Callable[..., None]:
        def report(*given: Any) -> None:
            try:
                if not self._broken:
                    getattr(self._inner, name)(*given)
            except Exception:  # what became of the article stands in the journal
                self._broken = True
                mute(sys.stderr)

        return report


class ErrorLog:
    """`errors.log` in a job's folder: the tracebacks of what nobody foresaw. Secrets are masked."""

    def __init__(self, folder: Path, secrets: Sequence[SecretStr] = ()) -> None:
        self._path = folder / "errors.log"
        self._secrets = secrets

    def write(self, what: str, error: BaseException | str) -> None:
        """Append the traceback of an error that `what` (an article's location) met."""
        text = error if isinstance(error, str) else "".join(traceback.format_exception(error))
        for secret in self._secrets:
            text = text.replace(secret.get_secret_value(), "***")
        line = f"{now()} {what}\n{text}\n"
        with suppress(OSError), self._path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(line)


def one_line(error: BaseException) -> str:
    """An error as one line; one that is not ours says its type, where it came from, and what helps."""
    text = " ".join(str(error).split())
    if len(text) > _LINE_CHARS:
        text = text[: _LINE_CHARS - 1] + "…"
    if isinstance(error, SummarizerError):
        return text
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    text = text.encode("utf-8", "backslashreplace").decode()
    return f"unexpected {type(error).__name__}{where}: {text}; please report it with errors.log"
