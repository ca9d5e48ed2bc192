"""The measurement as tables in a terminal, every error by name."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.parts import ITEMS, SECTIONS, PartSums
from evals.prediction import FIELDS
from evals.runner import SystemRun
from evals.spread import spread_of
from evals.totals import Tally, confusion, errors_of, tally, worst_article
from evals.verdict import Measurement

__all__ = ("COLUMNS", "PART_COLUMNS", "cells", "certainties", "part_cells", "print_measurement")

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
        f"{sums.header_right}/{len(sums.header) * sums.header_scored}" if sums.header_scored else "–",
        f"{sums.findings_right}/{sums.findings_right + sums.findings_missing} +{sums.findings_spurious}",
        f"{sums.misquoted}/{sums.quotations}",
        f"{sums.articles_right}/{sums.articles}",
        f"{sums.cost.tokens_in}+{sums.cost.tokens_out}",
        f"{sums.cost.seconds:.1f}",
    )


PART_COLUMNS = (
    *FIELDS, *ITEMS, "posts", "elected posts", "sections", *SECTIONS.values(), "points", "never", "foreign",
)  # fmt: skip


def part_cells(sums: Tally) -> tuple[str, ...]:
    """Return the figures of a row under PART_COLUMNS, as text; none where no parts were scored.

    Lists and sections as F1 with what was found of what is labelled, the others as right of labelled.
    """
    parts = sums.parts
    if parts is None:
        return ()
    lists = {name: _f1(parts[name]) for name in (*ITEMS, "sections", *SECTIONS.values())}
    foreign = sums.summary_foreign + parts["summary_names"].predicted
    return (
        *(_of(parts[name]) for name in FIELDS),
        *(lists[name] for name in ITEMS),
        _of(parts["posts"]),
        _of(parts["elected_posts"]),
        *(lists[name] for name in ("sections", *SECTIONS.values())),
        _of(parts["summary_points"]),
        str(parts["summary_never"].predicted),
        str(foreign + parts["summary_rewritten"].predicted),
    )


def certainties(sums: Tally) -> list[str]:
    """Return in a line for each part how many items of each certainty are right, and where the errors lie."""
    by_part = {"counts": sums.certainty, **sums.parts_certainty}
    lines = [
        f"{part}: " + ", ".join(f"{name} {one.right} of {one.predicted}" for name, one in sure.items())
        for part, sure in by_part.items()
        if sure
    ]
    if sums.errors and sums.certainty:
        lines.append(f"errors of counts that are not marked agreed: {sums.errors_marked} of {sums.errors}")
    return lines


def _of(sums: PartSums) -> str:
    return f"{sums.found}/{sums.labelled}" if sums.labelled else "–"


def _f1(sums: PartSums) -> str:
    return "–" if sums.f1 is None else f"{sums.f1:.3f} {sums.found}/{sums.labelled}"


def print_measurement(measurement: Measurement, console: Console) -> None:
    """Print the tables: each article, all of them, confusions, then every error, change and the verdict."""
    for run in (run for run in measurement.runs if run.scores):
        _print_articles(run, console)
        _print_parts(run, console)
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


def _print_parts(run: SystemRun, console: Console) -> None:
    total = tally(run.scores)
    if total.parts is None:
        return
    table = Table(
        title=f"{run.system}: the rest of the report (F1 and found/labelled, or right/labelled)",
        title_justify="left",
    )
    table.add_column("part")
    rows = [(score.article, part_cells(tally([score]))) for score in run.scores]
    shown = [(name.partition("_")[0], figures) for name, figures in rows if figures]
    for name in (*(name for name, _ in shown), "micro"):
        table.add_column(escape(name), justify="right")
    micro = part_cells(total)
    for row, part in enumerate(PART_COLUMNS):
        table.add_row(part, *(figures[row] for _, figures in shown), micro[row])
    console.print(table)


def _print_certainty(run: SystemRun, console: Console) -> None:
    lines = certainties(tally(run.scores))
    if lines:
        console.print("right by certainty", highlight=False)
    for line in lines:
        console.print(f"  {line}", highlight=False)


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
