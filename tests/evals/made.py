"""Predictions made from labels, for tests that change one thing about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evals.bench import labelled_prediction
from evals.gold import LabelledArticle
from evals.prediction import Prediction

__all__ = ("Scripted", "right", "with_count")


def right(article: LabelledArticle) -> Prediction:
    """What a system says that makes no error."""
    return labelled_prediction(article)


def with_count(prediction: Prediction, index: int, **values: Any) -> Prediction:
    """The same with one count changed."""
    counts = tuple(replace(c, **values) if i == index else c for i, c in enumerate(prediction.counts))
    return replace(prediction, counts=counts)


class Scripted:
    """A system that gives the predictions it was made with, by article and repeat; an error is raised."""

    def __init__(self, predictions: dict[tuple[str, int], Prediction | Exception]) -> None:
        self._predictions = predictions

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return the scripted prediction, else the right one."""
        prediction = self._predictions.get((article.name, repeat), right(article))
        if isinstance(prediction, Exception):
            raise prediction
        return prediction
