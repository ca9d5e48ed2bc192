"""The summarizer itself: with a model that reads each article too, and by rules alone."""

from __future__ import annotations

from dataclasses import replace

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import Cost, Prediction, prediction_of
from summarizer.pipeline import extract
from summarizer.schemas.report import Provenance
from summarizer.sources.document import Document

__all__ = ("ByModel", "Rules")


class ByModel:
    """The summarizer with a model, a small or a large one as `name` says (`embedded`, `large`)."""

    def __init__(self, answers: Answers, name: str) -> None:
        self._answers = answers
        self._name = name

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return the report's prediction; its cost in seconds is the model's, as lived or as recorded."""
        async with self._answers.model(self._name, article.name, repeat) as (model, tape):
            limit = model.settings.article_s if tape is None else None
            report = await extract(Document(name=article.file, text=article.text), model, deadline_s=limit)
            if tape and tape.missing:
                raise MeasureError(tape.missing[0])
        cost = cost_of(report.provenance)
        if tape:
            cost = replace(cost, seconds=tape.seconds, tokens_shared=tape.tokens_shared)
        return prediction_of(report, cost)


class Rules:
    """The summarizer's rules alone: no model, no recording, nothing to wait for."""

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return the prediction of the report that is made without a model."""
        report = await extract(Document(name=article.file, text=article.text), None)
        return prediction_of(report, Cost())


def cost_of(provenance: Provenance) -> Cost:
    """Return what a report says it cost; seconds are those spent waiting for the model."""
    return Cost(
        provenance.attempts,
        provenance.tokens_in,
        provenance.tokens_out,
        sum(part.seconds for part in provenance.parts.values()),
    )
