"""The systems that are measured: ours, its rules alone, and what people would use instead.

A system is made for a run with `open_system(name, answers)` and asked with `predict(article, repeat)`.
"""

from __future__ import annotations

from typing import Protocol

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import Prediction

__all__ = ("SYSTEMS", "System", "open_system")

SYSTEMS = ("pinned", "rules", "naive", "langextract")


class System(Protocol):
    """Something that reads counts out of an article."""

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return what the system says of the article; raises SummarizerError where it cannot."""
        ...


def open_system(name: str, answers: Answers) -> System:
    """Return the system `name`; raises MeasureError where there is none, or its packages are missing."""
    if name in ("pinned", "rules"):
        from evals.systems.pinned import Pinned, Rules

        return Pinned(answers) if name == "pinned" else Rules()
    if name == "naive":
        from evals.systems.naive import Naive

        return Naive(answers)
    if name == "langextract":
        from evals.systems.langextract import LangExtract

        return LangExtract(answers)
    raise MeasureError(f"no system {name!r}; there are {', '.join(SYSTEMS)}")
