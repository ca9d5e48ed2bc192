"""Ours: every number pinned, a model asked what each counts; and the same with no model at all."""

from __future__ import annotations

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import Cost, Prediction, prediction_of
from summarizer.pipeline import extract
from summarizer.schemas.report import Provenance
from summarizer.sources.document import Document

__all__ = ("Pinned", "Rules")


class Pinned:
    """The summarizer as it is shipped."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return the report's prediction; its cost in seconds is the model's, as lived or as recorded."""
        async with self._answers.model("pinned", article.name, repeat) as (model, tape):
            limit = model.settings.article_s if tape is None else None
            report = await extract(Document(name=article.file, text=article.text), model, deadline_s=limit)
            if tape and tape.missing:
                raise MeasureError(tape.missing[0])
        cost = cost_of(report.provenance)
        if tape:
            cost = Cost(cost.attempts, cost.tokens_in, cost.tokens_out, tape.seconds)
        return prediction_of(report, cost)


class Rules:
    """The summarizer's numbers and table alone: no model, no recording, nothing to wait for."""

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
