"""The commands beside the measurement: `check-gold`, `candidates`, `corrupt`, `generate`, `bench`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import click

from evals.corruption.claims import RESPONDENTS
from evals.gold import LabelledArticle, read_article
from evals.options import on_labels
from evals.systems import OURS
from evals.verdict import FALLS_SHORT

__all__ = ("COMMANDS",)

_BENCH_SECONDS = 60.0  # that scoring 1,000 cases may take at most
_file = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--system", "systems", multiple=True, type=click.Choice(list(RESPONDENTS)))
@click.option("--most", type=click.IntRange(1), default=2, help="Labelled counts a kind and article.")
@click.option("--seed", type=int, default=1, help="Draws them.")
@click.option("--json", "json_file", type=_file, help="Write every trial as JSON.")
@on_labels
def corrupt(
    labelled: list[LabelledArticle],
    systems: tuple[str, ...],
    most: int,
    seed: int,
    json_file: Path | None,
) -> None:
    """Corrupt right answers one at a time and see what each system lets through."""
    from rich.console import Console

    from evals.corruption.suite import run_suite
    from evals.corruption.table import print_results, record_of

    results = [
        asyncio.run(run_suite(name, labelled, most=most, seed=seed))
        for name in systems or ("embedded", "large")
    ]
    print_results(results, Console(width=None if sys.stdout.isatty() else 140))
    if json_file is not None:
        text = json.dumps(record_of(results), ensure_ascii=False, indent=1, sort_keys=True)
        json_file.write_text(text + "\n", encoding="utf-8")
    ours = [result for result in results if result.system in OURS]
    passed = sum(len(result.held_passed) for result in ours)
    alarms = sum(len(result.false_alarms) for result in ours)
    if passed or alarms:
        click.echo(
            f"evals: falls short: {passed} corruptions passed that code must hold, {alarms} false alarms",
            err=True,
        )
        sys.exit(FALLS_SHORT)


@click.command()
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write."
)
@click.option("--cases", type=click.IntRange(1), default=1000)
@click.option("--seed", type=int, default=1)
@on_labels
def generate(labelled: list[LabelledArticle], out: Path, cases: int, seed: int) -> None:
    """Write variations of the articles: other numbers, order, Unicode form, spaces, labels with them."""
    from evals.variations import variations

    for folder in (out / "articles", out / "gold"):
        folder.mkdir(parents=True, exist_ok=True)
    for article in variations(labelled, cases, seed):
        (out / "articles" / article.file).write_text(article.text, encoding="utf-8", newline="")
        gold = article.gold.model_dump_json(indent=1, exclude_none=False)
        (out / "gold" / f"{article.name}.json").write_text(gold + "\n", encoding="utf-8")
    click.echo(f"{cases} articles in {out / 'articles'}, their labels in {out / 'gold'}", err=True)


@click.command()
@click.option("--cases", type=click.IntRange(1), default=1000)
@click.option("--seed", type=int, default=1)
@on_labels
def bench(labelled: list[LabelledArticle], cases: int, seed: int) -> None:
    """Score variations with one wrong count planted among them: it must be found, alone and in time."""
    from evals.bench import run_bench

    result = asyncio.run(run_bench(labelled, cases, seed))
    counts = sum(len(score.leaves) for score in result.run.scores)
    click.echo(
        f"{cases} cases, {counts} counts: generated in {result.generated_s:.1f} s, scored in {result.scored_s:.1f} s"
    )
    for article, error in result.found:
        click.echo(f"found: {article}: {error}")
    if not result.right or result.scored_s > _BENCH_SECONDS * max(1.0, cases / 1000):
        click.echo(f"evals: falls short: planted {result.planted[0]} at {result.planted[1].at}", err=True)
        sys.exit(FALLS_SHORT)


@click.command("check-gold")
@on_labels
def check_gold(labelled: list[LabelledArticle]) -> None:
    """Check labels against their articles: offsets, values, duplicates, what was left out or stands nowhere."""
    from evals.goldcheck import check_label

    problems = [f"{article.name}: {problem}" for article in labelled for problem in check_label(article)]
    for problem in problems:
        click.echo(problem)
    counts = sum(len(article.gold.counts) for article in labelled)
    parts = sum(article.parts is not None for article in labelled)
    click.echo(
        f"{len(labelled)} labels, {counts} counts, {parts} with parts, {len(problems)} problems", err=True
    )
    sys.exit(FALLS_SHORT if problems else 0)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--skeleton", is_flag=True, help="A whole gold file to fill in, instead of the list.")
def candidates(file: Path, skeleton: bool) -> None:
    """List the numbers of a new article with offsets and readings, for labelling it."""
    from evals import candidates as listing

    text = read_article(file)
    click.echo(
        listing.skeleton(text, file.name) if skeleton else listing.list_candidates(text), nl=not skeleton
    )


COMMANDS = (check_gold, candidates, corrupt, generate, bench)
