"""What repeats tell of a model that does not always say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import pstdev

from evals.scoring import ArticleScore
from evals.totals import tally

__all__ = ("Spread", "spread_of")


@dataclass(frozen=True, slots=True)
class Spread:
    """Strict F1 over N repeats, and two readings of “it works”.

    `pass_1` is the share of (label, repeat) pairs that are right, `pass_all` (pass^N) that of labels right in
    every repeat; `articles_*` the same for articles in which every count is right. `flaky` names the labels
    that are right in some repeats only, as (article, key, times right).
    """

    repeats: int
    f1_min: float
    f1_max: float
    f1_mean: float
    f1_deviation: float
    pass_1: float
    pass_all: float
    articles_pass_1: float
    articles_pass_all: float
    flaky: tuple[tuple[str, str, int], ...]


def spread_of(repeats: Sequence[Sequence[ArticleScore]]) -> Spread:
    """Return the spread over `repeats`, each the scores of the same articles."""
    f1 = [tally(scores).strict.f1 for scores in repeats]
    times: dict[tuple[str, str], int] = {}
    whole: dict[str, int] = {}
    for scores in repeats:
        for score in scores:
            whole[score.article] = whole.get(score.article, 0) + score.counts_all_right
            for leaf in score.leaves:
                if leaf.gold is not None:
                    place = (score.article, leaf.key)
                    times[place] = times.get(place, 0) + (leaf.outcome == "right")
    n = len(repeats)
    return Spread(
        repeats=n,
        f1_min=min(f1),
        f1_max=max(f1),
        f1_mean=sum(f1) / n,
        f1_deviation=pstdev(f1),
        pass_1=_share(sum(times.values()), len(times) * n),
        pass_all=_share(sum(right == n for right in times.values()), len(times)),
        articles_pass_1=_share(sum(whole.values()), len(whole) * n),
        articles_pass_all=_share(sum(right == n for right in whole.values()), len(whole)),
        flaky=tuple((*place, right) for place, right in sorted(times.items()) if 0 < right < n),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
