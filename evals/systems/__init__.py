"""The systems that are measured: ours in its three ways of reading, and what people would use instead.

A system is made for a run with `open_system(name, answers)` and asked with `predict(article, repeat)`.
"""

from __future__ import annotations

from typing import Protocol

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import Prediction

__all__ = ("OURS", "SYSTEMS", "System", "open_system")

OURS = ("rules", "embedded", "large")
SYSTEMS = (*OURS, "naive", "naive-large", "langextract")


class System(Protocol):
    """Something that reads counts out of an article."""

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return what the system says of the article; raises SummarizerError where it cannot."""
        ...


def open_system(name: str, answers: Answers) -> System:
    """Return the system `name`; raises MeasureError where there is none, or its packages are missing."""
    if name in OURS:
        from evals.systems.ours import ByModel, Rules

        return Rules() if name == "rules" else ByModel(answers, name)
    if name == "naive":
        from evals.systems.naive import Naive

        return Naive(answers)
    if name == "naive-large":
        from evals.systems.naive_large import NaiveLarge

        return NaiveLarge(answers)
    if name == "langextract":
        from evals.systems.langextract import LangExtract

        return LangExtract(answers)
    raise MeasureError(f"no system {name!r}; there are {', '.join(SYSTEMS)}")
