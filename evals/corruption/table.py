"""The corruption suite's result as a table and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.corruption.suite import SuiteResult
from evals.systems import OURS

__all__ = ("print_results", "record_of")

_FATES = ("stopped", "flagged", "passed")


def print_results(results: Sequence[SuiteResult], console: Console) -> None:
    """Print stopped / flagged / passed for each kind and system, then by name what passed."""
    table = Table(title="corrupted answers: stopped / flagged / passed", title_justify="left")
    table.add_column("kind")
    for result in results:
        table.add_column(result.system, justify="right")
    for kind, held in _kinds(results):
        cells = [_cell(result, kind) for result in results]
        table.add_row(f"{kind}{' (held)' if held else ''}", *cells)
    console.print(table)
    for result in results:
        console.print(
            f"{result.system}: on right answers {result.right} counts right, {len(result.clean_errors)} errors, "
            f"{len(result.false_alarms)} false alarms",
            highlight=False,
        )
        for line in (*result.clean_errors, *result.false_alarms):
            console.print(f"  {escape(line)}", highlight=False)
    for result in results:
        for trial in result.trials:
            if result.system in OURS and trial.fate == "passed":
                console.print(
                    f"  {trial.fate}: {trial.kind}, {trial.article}, {escape(trial.what)}", highlight=False
                )


def record_of(results: Sequence[SuiteResult]) -> dict[str, Any]:
    """Return the figures and every trial as plain values."""
    return {
        result.system: {
            "kinds": {
                kind: {fate: result.fates(kind)[fate] for fate in _FATES} for kind, _ in _kinds([result])
            },
            "right": result.right,
            "clean_errors": list(result.clean_errors),
            "false_alarms": list(result.false_alarms),
            "trials": [
                {"kind": t.kind, "article": t.article, "fate": t.fate, "what": t.what} for t in result.trials
            ],
        }
        for result in results
    }


def _kinds(results: Sequence[SuiteResult]) -> list[tuple[str, bool]]:
    seen = {trial.kind: trial.held for result in results for trial in result.trials}
    return sorted(seen.items(), key=lambda item: not item[1])


def _cell(result: SuiteResult, kind: str) -> str:
    fates = result.fates(kind)
    return " / ".join(str(fates[fate]) for fate in _FATES) if fates else "–"
