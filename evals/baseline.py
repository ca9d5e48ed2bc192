"""The baseline: every outcome of an accepted run, so that a later one says what got better and what worse.

It also holds a digest of each article with its label and of all recorded answers: a label or an answer that
has changed is named, whether or not an outcome changed with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.runner import SystemRun
from evals.scoring import ArticleScore
from evals.systems import SYSTEMS

__all__ = ("Baseline", "Change", "baseline_of", "compare", "load_baseline", "save_baseline")

RIGHT = "right"
_UNWANTED = ("extra ", "finding extra ", "quotation ", "summary ")


class Baseline(BaseModel):
    """`articles`: digest by article. `recordings`: digest by system. `outcomes`: by system, article, leaf."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: dict[str, str]
    recordings: dict[str, str]
    outcomes: dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference to the baseline; `kind` is `worse`, `better`, `other` (wrong in another way) or `data`."""

    kind: str
    system: str
    article: str
    leaf: str
    before: str
    now: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.system, self.article, self.leaf) if part)
        return f"{where}: {self.before} → {self.now}"


def baseline_of(
    articles: Sequence[LabelledArticle], runs: Sequence[SystemRun], recordings: Mapping[str, str | None]
) -> Baseline:
    """Return what `runs` (their first repeats) came to; `recordings` is the digest of each system's answers."""
    return Baseline(
        articles={article.name: article.digest for article in articles},
        recordings={system: digest for system, digest in sorted(recordings.items()) if digest},
        outcomes={run.system: {score.article: _outcomes(score) for score in run.scores} for run in runs},
    )


def load_baseline(path: Path) -> Baseline | None:
    """Return the baseline in `path`, None where there is none; raises MeasureError for a damaged one."""
    if not path.is_file():
        return None
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise MeasureError(f"{path}: damaged; restore it, or write it anew with --accept") from error


def save_baseline(path: Path, now: Baseline, before: Baseline | None) -> None:
    """Write `now`, keeping of `before` the systems that were not run, as far as there are such systems."""
    kept = before or Baseline(articles={}, recordings={}, outcomes={})
    known = {*SYSTEMS, *now.outcomes}
    merged: dict[str, Any] = {
        "articles": now.articles,
        "recordings": {k: v for k, v in (kept.recordings | now.recordings).items() if k in known},
        "outcomes": {k: v for k, v in (kept.outcomes | now.outcomes).items() if k in known},
    }
    path.write_text(json.dumps(merged, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def compare(before: Baseline, now: Baseline) -> list[Change]:
    """Return every difference of the systems that `now` has, worse ones first."""
    changes = [
        Change("data", "", article, "article and label", "as accepted", "changed" if digest else "gone")
        for article, digest in _paired(before.articles, now.articles)
    ]
    for system, outcomes in now.outcomes.items():
        if system not in before.outcomes:
            changes.append(Change("other", system, "", "", "not in the baseline", "measured"))
            continue
        if before.recordings.get(system) != now.recordings.get(system):
            changes.append(Change("data", system, "", "recorded answers", "as accepted", "changed"))
        for article in sorted({*outcomes, *before.outcomes[system]}):
            changes += _leaf_changes(
                system, article, before.outcomes[system].get(article, {}), outcomes.get(article, {})
            )
    order = {"worse": 0, "data": 1, "other": 2, "better": 3}
    return sorted(changes, key=lambda change: order[change.kind])


def _paired(before: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str | None]]:
    return [(name, now.get(name)) for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def _leaf_changes(
    system: str, article: str, before: Mapping[str, str], now: Mapping[str, str]
) -> list[Change]:
    changes: list[Change] = []
    for leaf in sorted({*before, *now}):
        # What should not be there is right by not being listed: a spurious count that has come or gone.
        unlisted = RIGHT if leaf.startswith(_UNWANTED) else "not measured"
        was, is_now = before.get(leaf, unlisted), now.get(leaf, unlisted)
        if was != is_now:
            kind = "worse" if was == RIGHT else "better" if is_now == RIGHT else "other"
            changes.append(Change(kind, system, article, leaf, was, is_now))
    return changes


def _outcomes(score: ArticleScore) -> dict[str, str]:
    outcomes = {leaf.key: leaf.verdict for leaf in score.leaves}
    outcomes |= {f"header {leaf.field}": RIGHT if leaf.right else leaf.outcome for leaf in score.header}
    outcomes |= {f"finding {leaf.key}": leaf.outcome for leaf in score.findings}
    outcomes |= {f"quotation {quoted.field} {quoted.at}": "misquoted" for quoted in score.misquoted}
    outcomes |= {f"summary {number}": "foreign" for number in score.summary_foreign}
    outcomes |= {
        leaf.key: RIGHT if leaf.right else leaf.outcome
        for leaf in score.parts or ()
        if leaf.labelled or not leaf.right
    }
    return outcomes
