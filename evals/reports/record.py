"""The measurement as plain JSON: sorted, rounded, without wall times, so that equal runs are equal files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from evals.runner import SystemRun
from evals.scoring import ArticleScore
from evals.spread import spread_of
from evals.thresholds import metrics_of
from evals.totals import Sure, Tally, confusion, errors_of, tally, worst_article
from evals.verdict import Measurement

__all__ = ("dump", "record_of")

_DIGITS = 6


def dump(measurement: Measurement) -> str:
    """Return the record as text, keys sorted."""
    return json.dumps(record_of(measurement), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def record_of(measurement: Measurement) -> dict[str, Any]:
    """Return the measurement as plain values; see `evals/README.md` for what each means."""
    record = {
        "exit_code": measurement.exit_code,
        "verdict": measurement.verdict,
        "mode": measurement.mode,
        "models": dict(measurement.models),
        "articles": [article.name for article in measurement.articles],
        "systems": {run.system: _system(run) for run in measurement.runs},
        "shortfalls": list(measurement.shortfalls),
        "changes": None
        if measurement.changes is None
        else [asdict(change) for change in measurement.changes],
        "unmeasured": list(measurement.unmeasured),
    }
    return _rounded(record)


def _system(run: SystemRun) -> dict[str, Any]:
    worst = worst_article(run.scores)
    return {
        "micro": _sums(tally(run.scores)) if run.scores else None,
        "articles": {score.article: _article(score) for score in run.scores},
        "worst_article": worst.article if worst else None,
        "confusion": {name: confusion(run.scores, name) for name in ("subject", "grade", "status", "unit")},
        "repeats": asdict(spread_of(run.repeats)) if len(run.repeats) > 1 else None,
    }


def _article(score: ArticleScore) -> dict[str, Any]:
    return {
        **_sums(tally([score])),
        "every_count_right": score.counts_all_right,
        "errors": errors_of(score),
        "leaves": {leaf.key: leaf.verdict for leaf in score.leaves},
        "header": {leaf.field: asdict(leaf) for leaf in score.header},
        "part_leaves": None if score.parts is None else [asdict(leaf) for leaf in score.parts],
    }


def _sums(sums: Tally) -> dict[str, Any]:
    return {
        **metrics_of(sums),
        "located_precision": sums.placed.precision,
        "located_recall": sums.placed.recall,
        "gold": sums.gold,
        "predicted": sums.predicted,
        "right": sums.right,
        "wrong": sums.wrong,
        "wrong_attributes": dict(sums.wrong_attributes),
        "missing": sums.missing,
        "spurious": sums.spurious,
        "certainty": _sure(sums.certainty),
        "parts_certainty": {part: _sure(sure) for part, sure in sums.parts_certainty.items()},
        "parts": None if sums.parts is None else {name: one._asdict() for name, one in sums.parts.items()},
        "findings_right": sums.findings_right,
        "quotations": sums.quotations,
        "cost": asdict(sums.cost),
    }


def _sure(certainty: Mapping[str, Sure]) -> dict[str, dict[str, int]]:
    return {name: sure._asdict() for name, sure in certainty.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value
