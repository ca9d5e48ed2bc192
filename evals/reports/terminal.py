"""The measurement as tables in a terminal, every error by name."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.runner import SystemRun
from evals.spread import spread_of
from evals.totals import Tally, confusion, errors_of, tally, worst_article
from evals.verdict import Measurement

__all__ = ("COLUMNS", "cells", "print_measurement")

COLUMNS = (
    "strict F1", "P", "R", "located F1", "status", "right/gold", "wrong", "missing", "spurious",
    "wrong no.", "header", "findings", "misquoted", "all right", "tokens in+out", "model s",
)  # fmt: skip


def cells(sums: Tally) -> tuple[str, ...]:
    """Return the figures of a row under COLUMNS, as text."""
    status = sums.status_accuracy
    return (
        f"{sums.strict.f1:.3f}",
        f"{sums.strict.precision:.3f}",
        f"{sums.strict.recall:.3f}",
        f"{sums.placed.f1:.3f}",
        "–" if status is None else f"{status:.3f}",
        f"{sums.right}/{sums.gold}",
        str(sums.wrong),
        str(sums.missing),
        str(sums.spurious),
        str(sums.wrong_numbers),
        f"{sums.header_right}/{5 * sums.header_scored}" if sums.header_scored else "–",
        f"{sums.findings_right}/{sums.findings_right + sums.findings_missing} +{sums.findings_spurious}",
        f"{sums.misquoted}/{sums.quotations}",
        f"{sums.articles_right}/{sums.articles}",
        f"{sums.cost.tokens_in}+{sums.cost.tokens_out}",
        f"{sums.cost.seconds:.1f}",
    )


def print_measurement(measurement: Measurement, console: Console) -> None:
    """Print the tables: each article, all of them, confusions, then every error, change and the verdict."""
    for run in (run for run in measurement.runs if run.scores):
        _print_articles(run, console)
        _print_certainty(run, console)
        _print_confusions(run, console)
        _print_errors(run, console)
    if measurement.changes is not None:
        _print_changes(measurement, console)
    for line in (*measurement.unmeasured, *measurement.shortfalls):
        console.print(f"✗ {escape(line)}", style="red", highlight=False)
    console.print(f"verdict: {escape(measurement.verdict)}", style="bold", highlight=False)


def _print_articles(run: SystemRun, console: Console) -> None:
    table = Table(
        title=f"{run.system}: {len(run.scores)} articles, {run.seconds:.1f} s", title_justify="left"
    )
    table.add_column("article", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for score in run.scores:
        table.add_row(escape(score.article), *cells(tally([score])))
    table.add_section()
    table.add_row("micro", *cells(tally(run.scores)), style="bold")
    console.print(table)
    if len(run.repeats) > 1:
        spread = spread_of(run.repeats)
        console.print(
            f"{spread.repeats} repeats: strict F1 {spread.f1_min:.3f} to {spread.f1_max:.3f} "
            f"(mean {spread.f1_mean:.3f} ± {spread.f1_deviation:.3f}); counts pass@1 {spread.pass_1:.3f}, "
            f"pass^{spread.repeats} {spread.pass_all:.3f}; articles pass@1 {spread.articles_pass_1:.3f}, "
            f"pass^{spread.repeats} {spread.articles_pass_all:.3f}; {len(spread.flaky)} counts right in some only",
            highlight=False,
        )


def _print_certainty(run: SystemRun, console: Console) -> None:
    sure = tally(run.scores).certainty
    if len(sure) > 1:
        said = ", ".join(f"{name} {one.right} of {one.predicted}" for name, one in sure.items())
        console.print(f"right by certainty: {said}", highlight=False)


def _print_confusions(run: SystemRun, console: Console) -> None:
    for attribute in ("subject", "grade"):
        table = confusion(run.scores, attribute)
        off = [
            f"{row} → {column} ×{times}"
            for row, columns in table.items()
            for column, times in columns.items()
            if row != column
        ]
        if off:
            console.print(f"{attribute}, label → read: " + "; ".join(off), highlight=False)


def _print_errors(run: SystemRun, console: Console) -> None:
    worst = worst_article(run.scores)
    for score in sorted(run.scores, key=lambda score: score is not worst):
        errors = errors_of(score)
        if errors:
            console.print(
                f"{score.article}{' (worst)' if score is worst else ''}: {len(errors)} errors", style="bold"
            )
        for error in errors:
            console.print(f"  {escape(error)}", highlight=False)


def _print_changes(measurement: Measurement, console: Console) -> None:
    styles = {"worse": "red", "data": "red", "better": "green", "other": "yellow"}
    changes = measurement.changes or ()
    for change in changes:
        console.print(f"{change.kind}: {escape(str(change))}", style=styles[change.kind], highlight=False)
    if not changes:
        console.print("against the baseline: nothing changed")
