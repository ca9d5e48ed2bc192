"""The measurement as Markdown for the page of a CI job: the table first, then every error."""

from __future__ import annotations

import re

from evals.reports.terminal import COLUMNS, PART_COLUMNS, cells, certainties, part_cells
from evals.runner import SystemRun
from evals.totals import errors_of, tally, worst_article
from evals.verdict import PASSES, Measurement

__all__ = ("markdown",)

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$@]|:(?=//))")


def markdown(measurement: Measurement) -> str:
    """Return the summary; whatever stands in an article is escaped, so that it cannot become markup."""
    mark = "✅" if measurement.exit_code == PASSES else "❌"
    lines = [f"## {mark} Evals: {_escaped(measurement.verdict)}", ""]
    lines += [_escaped(measurement.asked), ""]
    lines += _table(
        [(run.system, cells(tally(run.scores))) for run in measurement.runs if run.scores], "system"
    )
    parts = [(run.system, part_cells(tally(run.scores))) for run in measurement.runs if run.scores]
    lines += _table([row for row in parts if row[1]], "system", PART_COLUMNS)
    for heading, entries in (
        ("Could not measure", measurement.unmeasured),
        ("Below a threshold", measurement.shortfalls),
        ("Against the baseline", [f"{c.kind}: {c}" for c in measurement.changes or ()]),
    ):
        if entries:
            lines += ["", f"### {heading}", "", *(f"- {_escaped(entry)}" for entry in entries)]
    for run in measurement.runs:
        lines += _system(run) if run.scores else []
    return "\n".join(lines) + "\n"


def _system(run: SystemRun) -> list[str]:
    worst = worst_article(run.scores)
    lines = ["", f"### {run.system}", ""]
    lines += _table([(score.article, cells(tally([score]))) for score in run.scores], "article")
    lines += ["", *(f"- {_escaped(line)}" for line in certainties(tally(run.scores)))]
    for score in sorted(run.scores, key=lambda score: score is not worst):
        errors = errors_of(score)
        if errors:
            name = f"{_escaped(score.article)}{' (worst)' if score is worst else ''}: {len(errors)} errors"
            lines += ["", f"<details><summary>{name}</summary>", ""]
            lines += [*(f"- {_escaped(error)}" for error in errors), "", "</details>"]
    return lines


def _table(
    rows: list[tuple[str, tuple[str, ...]]], first: str, columns: tuple[str, ...] = COLUMNS
) -> list[str]:
    if not rows:
        return []
    return [
        "",
        f"| {' | '.join((first, *columns))} |",
        f"|{'---|' * (len(columns) + 1)}",
        *(f"| {' | '.join(_escaped(cell) for cell in (name, *row))} |" for name, row in rows),
    ]


def _escaped(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text)
    return _SPECIAL.sub(r"\\\1", printable)
