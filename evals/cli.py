"""The command line: `python -m evals [OPTIONS] [COMMAND]`; with no command it measures.

Exit 0: passes. 1: falls short. 2: could not measure, with one line on stderr that says what to do.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from evals.answers import Answers, Mode, Source
from evals.errors import MeasureError
from evals.gold import LabelledArticle, load_labelled
from evals.options import ARTICLES, GOLD, HERE, label_options
from evals.reports import write_reports
from evals.runner import SystemRun, run_system
from evals.systems import OURS, SYSTEMS, open_system
from evals.tools import COMMANDS
from evals.verdict import UNMEASURED, Measurement, Requirements, judge
from summarizer.errors import SummarizerError
from summarizer.settings import Settings

__all__ = ("main",)

RECORDINGS = HERE / "recordings"
BASELINE = HERE / "baseline.json"
THRESHOLDS = HERE / "thresholds.toml"

_file = click.Path(dir_okay=False, path_type=Path)


class _Group(click.Group):
    """A group whose commands end in one line on stderr and exit 2 where the library raises an error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SummarizerError as error:
            click.echo(f"evals: {error}", err=True)
            ctx.exit(UNMEASURED)


@click.group(cls=_Group, invoke_without_command=True)
@label_options
@click.option(
    "--system",
    "systems",
    multiple=True,
    metavar="NAME",
    help=f"One or more of {', '.join(SYSTEMS)}.  [default: ours, as far as answers are recorded]",
)
@click.option("--live", is_flag=True, help="Ask the model instead of replaying its recorded answers.")
@click.option("--record", is_flag=True, help="Ask the model where an answer is not recorded, and record it.")
@click.option("--recordings", type=click.Path(path_type=Path), default=RECORDINGS, help="Recorded answers.")
@click.option(
    "--model", help="To ask: the model's name.  [default: the environment's, else the embedded one]"
)
@click.option("--base-url", help="To ask: its OpenAI-compatible endpoint.")
@click.option("--about", metavar="TEXT", help="To record: how the answers come about, kept with them.")
@click.option("--repeat", type=click.IntRange(1), default=1, help="Ask each article so often.")
@click.option("--concurrency", type=click.IntRange(1), default=1, help="Articles at the same time.")
@click.option("--min-f1", type=click.FloatRange(0, 1), help="Micro strict F1 that each system must reach.")
@click.option("--accept", is_flag=True, help="Write what was measured as the new baseline.")
@click.option("--json", "json_file", type=_file, help="Write the record as JSON (- for stdout).")
@click.option("--junit", type=_file, help="Write JUnit XML.")
@click.option("--markdown", type=_file, help="Write a Markdown summary.")
@click.option("--html", type=_file, help="Write a self-contained page with every article marked.")
@click.pass_context
def main(context: click.Context, **options: Any) -> None:
    """Measure reports against hand labels."""
    if context.invoked_subcommand is None:
        sys.exit(_measure(**options))


for _command in COMMANDS:
    main.add_command(_command)


def _measure(
    *,
    articles: Path | None,
    gold: Path | None,
    only: tuple[str, ...],
    systems: tuple[str, ...],
    live: bool,
    record: bool,
    recordings: Path,
    model: str | None,
    base_url: str | None,
    about: str | None,
    repeat: int,
    concurrency: int,
    min_f1: float | None,
    accept: bool,
    **files: Path | None,
) -> int:
    """Run, judge, report; returns the exit code."""
    if live and record:
        raise MeasureError("--live and --record exclude each other: --record asks the model too")
    mode: Mode = "live" if live else "record" if record else "recorded"
    articles, gold = articles or ARTICLES, gold or GOLD
    labelled = load_labelled(articles, gold, only=only)
    answers = Answers(mode, recordings, Source(model, base_url, about))
    names = systems or _default_systems(answers, labelled)
    runs = asyncio.run(_run_all(names, answers, labelled, repeat, concurrency))
    committed = (articles.resolve(), gold.resolve()) == (ARTICLES, GOLD) and not only
    required = Requirements(
        thresholds=THRESHOLDS if committed else None,
        baseline=BASELINE if committed and mode != "live" and recordings == RECORDINGS else None,
        recordings=recordings,
        min_f1=min_f1,
    )
    measurement = Measurement(mode, answers.models, tuple(labelled), tuple(runs), accepted=accept)
    measurement = judge(measurement, required)
    write_reports(measurement, **files)
    if measurement.exit_code:
        click.echo(f"evals: {measurement.verdict}", err=True)
    return measurement.exit_code


def _default_systems(answers: Answers, labelled: Sequence[LabelledArticle]) -> tuple[str, ...]:
    """The rules, and of our ways of reading with a model those that have answers to any of the articles.

    Where a model is asked, the one way of reading that suits its size.
    """
    if answers.mode != "recorded":
        size = Settings.from_env(model=answers.source.model, base_url=answers.source.base_url).profile.name
        return ("large" if size == "large" else "embedded",)
    recorded = (s for s in OURS if any(answers.has(s, article.name) for article in labelled))
    return ("rules", *recorded)


async def _run_all(
    names: Sequence[str], answers: Answers, labelled: Sequence[LabelledArticle], repeat: int, concurrency: int
) -> list[SystemRun]:
    """Run each system once, in the order given."""
    runs: list[SystemRun] = []
    for name in dict.fromkeys(names):
        system = open_system(name, answers)
        click.echo(f"evals: {name}, {len(labelled)} articles, {answers.mode}", err=True)
        progress = _show_progress if answers.mode != "recorded" else _stay_quiet
        runs.append(
            await run_system(
                name, system, labelled, repeats=repeat, concurrency=concurrency, progress=progress
            )
        )
    return runs


def _show_progress(name: str, done: int, total: int) -> None:
    click.echo(f"evals: {done} of {total}: {name}", err=True)


def _stay_quiet(name: str, done: int, total: int) -> None:
    """Recorded articles take no time worth telling."""
