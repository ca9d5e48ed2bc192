"""The command line: `python -m evals [OPTIONS] [COMMAND]`; with no command it measures.

Exit 0: passes. 1: falls short. 2: could not measure, with one line on stderr that says what to do.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from evals.answers import Answers, Mode
from evals.errors import MeasureError
from evals.gates import Gates, judge
from evals.gold import LabelledArticle, load_labelled, read_article
from evals.reports import write_reports
from evals.runner import SystemRun, run_system
from evals.systems import SYSTEMS, open_system
from evals.verdict import FALLS_SHORT, UNMEASURED, Measurement
from summarizer.errors import SummarizerError
from summarizer.settings import Settings

__all__ = ("main",)

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
GOLD = HERE / "gold"
RECORDINGS = HERE / "recordings"
BASELINE = HERE / "baseline.json"
THRESHOLDS = HERE / "thresholds.toml"

_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_file = click.Path(dir_okay=False, path_type=Path)


def _one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """An error of the library becomes one line on stderr and exit 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except SummarizerError as error:
            click.echo(f"evals: {error}", err=True)
            sys.exit(UNMEASURED)

    return wrapped


@click.group(invoke_without_command=True)
@click.option("--articles", type=_folder, default=ARTICLES, help="Articles (*.txt).  [default: the five]")
@click.option("--gold", type=_folder, default=GOLD, help="Their labels (*.json).  [default: the five's]")
@click.option("--only", multiple=True, metavar="TEXT", help="Only labels whose name holds TEXT.")
@click.option(
    "--system", "systems", multiple=True, metavar="NAME", help=f"One or more of {', '.join(SYSTEMS)}."
)
@click.option("--live", is_flag=True, help="Ask the model instead of replaying its recorded answers.")
@click.option("--record", is_flag=True, help="Ask the model where an answer is not recorded, and record it.")
@click.option("--recordings", type=click.Path(path_type=Path), default=RECORDINGS, help="Recorded answers.")
@click.option("--model", help="Live: the model's name.  [default: the environment's, else the embedded one]")
@click.option("--base-url", help="Live: its OpenAI-compatible endpoint.")
@click.option("--repeat", type=click.IntRange(1), default=1, help="Ask each article so often.")
@click.option("--concurrency", type=click.IntRange(1), default=1, help="Articles at the same time.")
@click.option("--min-f1", type=click.FloatRange(0, 1), help="Micro strict F1 that each system must reach.")
@click.option("--accept", is_flag=True, help="Write what was measured as the new baseline.")
@click.option("--json", "json_file", type=_file, help="Write the record as JSON (- for stdout).")
@click.option("--junit", type=_file, help="Write JUnit XML.")
@click.option("--markdown", type=_file, help="Write a Markdown summary.")
@click.option("--html", type=_file, help="Write a self-contained page with every article marked.")
@click.pass_context
@_one_line_errors
def main(context: click.Context, **options: Any) -> None:
    """Measure extracted counts against hand labels."""
    if context.invoked_subcommand is None:
        sys.exit(_measure(**options))


@main.command("check-gold")
@click.option("--articles", type=_folder, default=ARTICLES, help="Articles.  [default: the five]")
@click.option("--gold", type=_folder, default=GOLD, help="Their labels.  [default: the five's]")
@_one_line_errors
def check_gold(articles: Path, gold: Path) -> None:
    """Check labels against their articles: offsets, values, duplicates, numbers left out."""
    from evals.goldcheck import check_label

    labelled = load_labelled(articles, gold)
    problems = [f"{article.name}: {problem}" for article in labelled for problem in check_label(article)]
    for problem in problems:
        click.echo(problem)
    counts = sum(len(article.gold.counts) for article in labelled)
    click.echo(f"{len(labelled)} labels, {counts} counts, {len(problems)} problems", err=True)
    sys.exit(FALLS_SHORT if problems else 0)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--skeleton", is_flag=True, help="A whole gold file to fill in, instead of the list.")
@_one_line_errors
def candidates(file: Path, skeleton: bool) -> None:
    """List the numbers of a new article with offsets and readings, for labelling it."""
    from evals import candidates as listing

    text = read_article(file)
    click.echo(
        listing.skeleton(text, file.name) if skeleton else listing.list_candidates(text), nl=not skeleton
    )


def _measure(
    *,
    articles: Path,
    gold: Path,
    only: tuple[str, ...],
    systems: tuple[str, ...],
    live: bool,
    record: bool,
    recordings: Path,
    model: str | None,
    base_url: str | None,
    repeat: int,
    concurrency: int,
    min_f1: float | None,
    accept: bool,
    **files: Path | None,
) -> int:
    """Run, gate, report; returns the exit code."""
    if live and record:
        raise MeasureError("--live and --record exclude each other: --record asks the model too")
    mode: Mode = "live" if live else "record" if record else "recorded"
    labelled = load_labelled(articles, gold, only=only)
    # Recorded answers must not depend on what the environment says: they are the embedded model's.
    settings = Settings.from_env({} if mode == "recorded" else None, model=model, base_url=base_url)
    runs = asyncio.run(
        _run_all(systems or ("pinned",), Answers(mode, recordings, settings), labelled, repeat, concurrency)
    )
    committed = (articles.resolve(), gold.resolve()) == (ARTICLES, GOLD) and not only
    gates = Gates(
        thresholds=THRESHOLDS if committed else None,
        baseline=BASELINE if committed and mode != "live" and recordings == RECORDINGS else None,
        recordings=recordings,
        min_f1=min_f1,
    )
    measurement = Measurement(mode, settings.model, tuple(labelled), tuple(runs), accepted=accept)
    measurement = judge(measurement, gates)
    write_reports(measurement, **files)
    if measurement.exit_code:
        click.echo(f"evals: {measurement.verdict}", err=True)
    return measurement.exit_code


async def _run_all(
    names: Sequence[str], answers: Answers, labelled: Sequence[LabelledArticle], repeat: int, concurrency: int
) -> list[SystemRun]:
    """Run each system once, in the order given."""
    runs: list[SystemRun] = []
    for name in dict.fromkeys(names):
        system = open_system(name, answers)
        click.echo(f"evals: {name}, {len(labelled)} articles, {answers.mode}", err=True)
        runs.append(await run_system(name, system, labelled, repeats=repeat, concurrency=concurrency))
    return runs
