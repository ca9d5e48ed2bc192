"""The verdict of a run: whether it passes (0), falls short (1) or could not measure (2), and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.baseline import Change
from evals.gold import LabelledArticle
from evals.runner import SystemRun
from evals.totals import tally

__all__ = ("FALLS_SHORT", "PASSES", "UNMEASURED", "Measurement", "unmeasured")

PASSES, FALLS_SHORT, UNMEASURED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Measurement:
    """Everything that a run came to; `models` names the model that each system asked, where it asked one.

    `shortfalls`: thresholds not reached. `changes`: differences to the baseline, None where there was none to
    compare with. `unmeasured`: what could not be measured, a line each.
    """

    mode: str
    models: Mapping[str, str]
    articles: tuple[LabelledArticle, ...]
    runs: tuple[SystemRun, ...]
    shortfalls: tuple[str, ...] = ()
    changes: tuple[Change, ...] | None = None
    unmeasured: tuple[str, ...] = ()
    accepted: bool = False

    @property
    def asked(self) -> str:
        """Whose answers were measured, in words."""
        models = ", ".join(f"{model} ({system})" for system, model in sorted(self.models.items()))
        return f"{self.mode} answers of {models or 'no model'}"

    @property
    def regressions(self) -> tuple[Change, ...]:
        """Changes that fail the run: what was right is not any more, or what was accepted has changed."""
        return tuple(change for change in self.changes or () if change.kind in ("worse", "data"))

    @property
    def exit_code(self) -> int:
        """0 passes, 1 falls short, 2 could not measure."""
        if self.unmeasured:
            return UNMEASURED
        return FALLS_SHORT if self.shortfalls or (self.regressions and not self.accepted) else PASSES

    @property
    def verdict(self) -> str:
        """The exit code in words, with the first reason and what to do."""
        if self.unmeasured:
            return f"could not measure: {self.unmeasured[0]}" + _more(self.unmeasured)
        if self.shortfalls:
            return f"falls short: {self.shortfalls[0]}" + _more(self.shortfalls)
        if self.exit_code == FALLS_SHORT:
            return (
                f"falls short: {self.regressions[0]}{_more(self.regressions)}: put it right, or accept it with "
                "--accept where the change is meant"
            )
        return "passes"


def unmeasured(runs: Sequence[SystemRun]) -> tuple[str, ...]:
    """Return what of `runs` has no figure: cases that failed, or no number found where one is labelled."""
    lines = [
        f"{run.system}, {failure.article}"
        + (f", repeat {failure.repeat + 1}" if failure.repeat else "")
        + f": {failure.why}"
        for run in runs
        for failure in run.failures
    ]
    sums = [tally(scores) for run in runs for scores in run.repeats]
    if not lines and not any(part.gold for part in sums):
        lines.append("no gold file has a count; there is nothing to measure")
    elif not lines and not any(part.located for part in sums):
        lines.append("no count stands where one is labelled; do --articles and --gold belong together?")
    return tuple(lines)


def _more(lines: Sequence[object]) -> str:
    return f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
