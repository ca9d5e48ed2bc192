"""Thresholds: what a run must reach, per metric and per article, read from `thresholds.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import MeasureError
from evals.parts import ITEMS, SECTIONS, SHARES, UNWANTED
from evals.runner import SystemRun
from evals.totals import Tally, tally

__all__ = ("Bounds", "Thresholds", "load_thresholds", "metrics_of", "shortfalls")

_F1 = (*ITEMS, "sections", *SECTIONS.values())


class Bounds(BaseModel):
    """Bounds by the name of a metric; a metric that was not measured meets none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_least: dict[str, float] = {}
    at_most: dict[str, float] = {}


class SystemBounds(Bounds):
    """Bounds over all articles, and those of single articles on top."""

    articles: dict[str, Bounds] = {}


class Thresholds(BaseModel):
    """Bounds by system."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    systems: dict[str, SystemBounds] = {}


def load_thresholds(path: Path) -> Thresholds:
    """Return the thresholds in `path`; raises MeasureError for a file that is missing or names no metric."""
    try:
        thresholds = Thresholds(systems=tomllib.loads(path.read_text(encoding="utf-8")))  # pyright: ignore[reportArgumentType]
    except OSError as error:
        raise MeasureError(f"{path}: cannot be read; it says what a run must reach") from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise MeasureError(f"{path}: {str(error).splitlines()[0]}") from error
    known = metrics_of(tally(()))
    for bounds in thresholds.systems.values():
        for part in (bounds, *bounds.articles.values()):
            if unknown := sorted({*part.at_least, *part.at_most} - known.keys()):
                raise MeasureError(f"{path}: no metric {unknown[0]!r}; there are {', '.join(known)}")
    return thresholds


def metrics_of(sums: Tally) -> dict[str, float | None]:
    """Return every metric, by the name that a threshold can bound and the record has; header fields are shares."""
    share = {
        name: right / sums.header_scored if sums.header_scored else None
        for name, right in sums.header.items()
    }
    return {
        "strict_f1": sums.strict.f1,
        "strict_precision": sums.strict.precision,
        "strict_recall": sums.strict.recall,
        "located_f1": sums.placed.f1,
        "status_accuracy": sums.status_accuracy,
        "wrong_numbers": sums.wrong_numbers,
        "misread": sums.misread,
        "misquoted": sums.misquoted,
        "summary_foreign": sums.summary_foreign,
        **share,
        "findings_missing": sums.findings_missing,
        "findings_spurious": sums.findings_spurious,
        "articles_right": sums.articles_right,
        "agreed_right": _share(sums.agreed.right, sums.agreed.predicted),
        "agreed_share": _share(sums.agreed.predicted, sums.predicted),
        "errors_marked": sums.errors_marked / sums.errors if sums.errors else 1.0,
        **_parts(sums),
    }


def _parts(sums: Tally) -> dict[str, float | None]:
    parts = sums.parts
    if parts is None:
        return dict.fromkeys((*(f"{part}_f1" for part in _F1), *SHARES, *UNWANTED))
    return {
        **{f"{part}_f1": parts[part].f1 for part in _F1},
        **{part: parts[part].share for part in SHARES},
        **{part: parts[part].predicted for part in UNWANTED},
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def shortfalls(run: SystemRun, thresholds: Thresholds) -> Iterator[str]:
    """Yield in a line each what a run falls short of, in every repeat."""
    bounds = thresholds.systems.get(run.system)
    if bounds is None:
        return
    for number, scores in enumerate(run.repeats):
        where = f"{run.system}" + (f", repeat {number + 1}" if len(run.repeats) > 1 else "")
        yield from _against(where, metrics_of(tally(scores)), bounds)
        by_name = {score.article: score for score in scores}
        for article, own in sorted(bounds.articles.items()):
            if article not in by_name:
                yield f"{where}, {article}: has thresholds but was not measured"
            else:
                yield from _against(f"{where}, {article}", metrics_of(tally([by_name[article]])), own)


def _against(where: str, metrics: Mapping[str, float | None], bounds: Bounds) -> Iterator[str]:
    for name, bound in sorted(bounds.at_least.items()):
        value = metrics[name]
        if value is None or value < bound:
            yield f"{where}: {name} is {_shown(value)}, must be at least {bound:g}"
    for name, bound in sorted(bounds.at_most.items()):
        value = metrics[name]
        if value is None or value > bound:
            yield f"{where}: {name} is {_shown(value)}, must be at most {bound:g}"


def _shown(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4g}"
