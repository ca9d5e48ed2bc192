"""The gates of a run: thresholds, `--min-f1`, the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.baseline import baseline_of, compare, load_baseline, save_baseline
from evals.recordings import digest_of_all
from evals.runner import SystemRun
from evals.thresholds import load_thresholds, metrics_of, shortfalls
from evals.totals import tally
from evals.verdict import Measurement, unmeasured

__all__ = ("Gates", "judge")


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run must pass: None switches a gate off. `recordings` is the folder that the baseline covers."""

    thresholds: Path | None = None
    baseline: Path | None = None
    recordings: Path | None = None
    min_f1: float | None = None


def judge(measurement: Measurement, gates: Gates) -> Measurement:
    """Return the measurement with what it falls short of; an accepted one becomes the baseline.

    A run that could not measure everything is not compared, and never accepted. Raises MeasureError where a
    file of the gates is missing or damaged.
    """
    gaps = unmeasured(measurement.runs)
    if gaps:
        return replace(measurement, unmeasured=gaps)
    short: list[str] = []
    if gates.thresholds is not None:
        bounds = load_thresholds(gates.thresholds)
        short += [line for run in measurement.runs for line in shortfalls(run, bounds)]
    if gates.min_f1 is not None:
        short += _below(measurement.runs, gates.min_f1)
    measurement = replace(measurement, shortfalls=tuple(short))
    if gates.baseline is None:
        return measurement
    digests = {
        run.system: digest_of_all(gates.recordings, run.system) if gates.recordings else None
        for run in measurement.runs
    }
    now = baseline_of(measurement.articles, measurement.runs, digests)
    before = load_baseline(gates.baseline)
    if measurement.accepted:
        save_baseline(gates.baseline, now, before)
    if before is None and not measurement.accepted:
        missing = f"{gates.baseline}: no baseline to compare with; write it with --accept"
        return replace(measurement, unmeasured=(missing,))
    return replace(measurement, changes=tuple(compare(before, now)) if before else ())


def _below(runs: Sequence[SystemRun], least: float) -> list[str]:
    f1 = [
        (run.system, metrics_of(tally(scores))["strict_f1"] or 0.0) for run in runs for scores in run.repeats
    ]
    return [
        f"{system}: strict_f1 is {value:.4f}, must be at least {least:g}"
        for system, value in f1
        if value < least
    ]
