"""The benchmark of the suite itself: many variations, right answers, one planted wrong count to be found."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.gold import GoldParts, LabelledArticle
from evals.prediction import (
    FIELDS,
    PredictedCount,
    PredictedFinding,
    PredictedItem,
    PredictedParts,
    PredictedPerson,
    PredictedSection,
    Prediction,
)
from evals.runner import SystemRun, run_system
from evals.summary import rewritten_numbers
from evals.totals import errors_of
from evals.variations import variations

__all__ = ("BenchResult", "Oracle", "labelled_prediction", "run_bench")


@dataclass(frozen=True, slots=True)
class BenchResult:
    """What a benchmark came to; `found` lists every error that the suite reported, as (article, error)."""

    run: SystemRun
    planted: tuple[str, PredictedCount]
    found: tuple[tuple[str, str], ...]
    generated_s: float
    scored_s: float

    @property
    def right(self) -> bool:
        """Whether the planted wrong count, and nothing else, was found."""
        article, count = self.planted
        return (
            len(self.found) == 1
            and self.found[0][0] == article
            and self.found[0][1].startswith(f"{count.at}:")
        )


class Oracle:
    """A system that says what the labels say, but for one planted count whose last digit is one off."""

    def __init__(self, planted: tuple[str, PredictedCount] | None = None) -> None:
        self._planted = planted

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return the label as a prediction."""
        prediction = labelled_prediction(article)
        if self._planted and article.name == self._planted[0]:
            wrong = self._planted[1]
            counts = tuple(wrong if count.at == wrong.at else count for count in prediction.counts)
            return replace(prediction, counts=counts)
        return prediction


async def run_bench(articles: Sequence[LabelledArticle], cases: int, seed: int) -> BenchResult:
    """Score `cases` variations of `articles` with one wrong count planted among them."""
    began = time.perf_counter()
    varied = list(variations(articles, cases, seed))
    generated = time.perf_counter()
    rng = random.Random(seed)  # noqa: S311
    victim = rng.choice([article for article in varied if article.gold.counts])
    count = rng.choice(labelled_prediction(victim).counts)
    planted = (victim.name, replace(count, value=count.value + (-1 if count.value % 10 == 9 else 1)))
    run = await run_system("oracle", Oracle(planted), varied)
    found = tuple((score.article, error) for score in run.scores for error in errors_of(score))
    return BenchResult(run, planted, found, generated - began, time.perf_counter() - generated)


def labelled_prediction(article: LabelledArticle) -> Prediction:
    """Return what a system would say that makes no error."""
    gold = article.gold
    return Prediction(
        counts=tuple(map(PredictedCount.of, gold.counts)),
        organization=gold.organization[0],
        date_held=gold.date_held,
        date_published=gold.date_published,
        period=gold.period,
        chairs=gold.chairs,
        findings=None
        if gold.findings is None
        else tuple(PredictedFinding(f.kind, f.at) for f in gold.findings),
        summary=article.parts and _labelled_summary(article.parts, article.text),
        parts=article.parts and _labelled_parts(article.parts),
    )


def _labelled_summary(parts: GoldParts, text: str) -> str:
    """A wording of each point whose numbers are written as in the article."""
    points = parts.summary.points
    return " ".join(f"{next(w for w in point if not rewritten_numbers(w, text))}." for point in points)


def _labelled_parts(parts: GoldParts) -> PredictedParts:
    fields = {name: getattr(parts, name) for name in FIELDS}
    return PredictedParts(
        fields={k: v if v is None or isinstance(v, str) else next(iter(v), None) for k, v in fields.items()},
        people=tuple(
            PredictedPerson(one.name, one.roles, next(iter(one.post), None)) for one in parts.people
        ),
        reports=tuple(PredictedItem(one.title[0], one.presenter) for one in parts.reports),
        recipients=tuple(PredictedItem(one.name[0], next(iter(one.award), None)) for one in parts.recipients),
        elected=tuple(PredictedItem(one.name, next(iter(one.post), None)) for one in parts.elected),
        sections=tuple(PredictedSection(one.kind, one.at, one.text) for one in parts.sections),
    )
