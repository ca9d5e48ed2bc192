"""The verdict of a run: whether it passes (0), falls short (1) or could not measure (2), and why.

What a run must reach are its requirements: thresholds, `--min-f1`, and the baseline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.baseline import Change, baseline_of, compare, load_baseline, save_baseline
from evals.gold import LabelledArticle
from evals.recordings import digest_of_all
from evals.runner import SystemRun
from evals.thresholds import load_thresholds, shortfalls
from evals.totals import tally

__all__ = ("FALLS_SHORT", "PASSES", "UNMEASURED", "Measurement", "Requirements", "judge")

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


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a run must reach; None asks for nothing. `recordings` is the folder that the baseline covers."""

    thresholds: Path | None = None
    baseline: Path | None = None
    recordings: Path | None = None
    min_f1: float | None = None


def judge(measurement: Measurement, required: Requirements) -> Measurement:
    """Return the measurement with what it falls short of; an accepted one becomes the baseline.

    A run that could not measure everything is not compared, and never accepted. Raises MeasureError where a
    file of the requirements is missing or damaged.
    """
    if lines := tuple(_unmeasured(measurement.runs)):
        return replace(measurement, unmeasured=lines)
    short: list[str] = []
    if required.thresholds is not None:
        bounds = load_thresholds(required.thresholds)
        short += [line for run in measurement.runs for line in shortfalls(run, bounds)]
    if required.min_f1 is not None:
        short += _below(measurement.runs, required.min_f1)
    measurement = replace(measurement, shortfalls=tuple(short))
    if required.baseline is None:
        return measurement
    digests = {
        run.system: digest_of_all(required.recordings, run.system) if required.recordings else None
        for run in measurement.runs
    }
    now = baseline_of(measurement.articles, measurement.runs, digests)
    before = load_baseline(required.baseline)
    if measurement.accepted:
        save_baseline(required.baseline, now, before)
    if before is None and not measurement.accepted:
        missing = f"{required.baseline}: no baseline to compare with; write it with --accept"
        return replace(measurement, unmeasured=(missing,))
    return replace(measurement, changes=tuple(compare(before, now)) if before else ())


def _below(runs: Sequence[SystemRun], least: float) -> Iterator[str]:
    for run in runs:
        for scores in run.repeats:
            if (f1 := tally(scores).strict.f1) < least:
                yield f"{run.system}: strict_f1 is {f1:.4f}, must be at least {least:g}"


def _unmeasured(runs: Sequence[SystemRun]) -> Iterator[str]:
    """Yield what has no figure: cases that failed, or no number found where one is labelled."""
    for run in runs:
        for failure in run.failures:
            repeat = f", repeat {failure.repeat + 1}" if failure.repeat else ""
            yield f"{run.system}, {failure.article}{repeat}: {failure.why}"
    if any(run.failures for run in runs):
        return
    sums = [tally(scores) for run in runs for scores in run.repeats]
    if not any(part.gold for part in sums):
        yield "no gold file has a count; there is nothing to measure"
    elif not any(part.located for part in sums):
        yield "no count stands where one is labelled; do --articles and --gold belong together?"


def _more(lines: Sequence[object]) -> str:
    return f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
