"""Runs systems over labelled articles: cases, concurrency and failures are pydantic-evals'.

A case is one repeat of one article. A case that fails is an answer that could not be had, and stops the
verdict of the whole run (exit 2), not the other cases.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Evaluator, EvaluatorContext

from evals.gold import Gold, LabelledArticle
from evals.prediction import Prediction
from evals.scoring import ArticleScore, score_article
from evals.systems import System
from evals.totals import tally
from summarizer.errors import SummarizerError

__all__ = ("Failure", "Progress", "SystemRun", "run_system")


@dataclass(frozen=True, slots=True)
class Failure:
    """A case without an answer, and why in one line."""

    article: str
    repeat: int
    why: str


@dataclass(frozen=True, slots=True)
class SystemRun:
    """What one system did: `repeats[r]` holds the scores of repeat `r` in the order of the articles.

    `predictions` are those of the first repeat, for a page that shows them; `seconds` is wall time.
    """

    system: str
    repeats: tuple[tuple[ArticleScore, ...], ...]
    failures: tuple[Failure, ...]
    predictions: dict[str, Prediction]
    seconds: float

    @property
    def scores(self) -> tuple[ArticleScore, ...]:
        """The scores of the first repeat."""
        return self.repeats[0]


@dataclass(frozen=True, slots=True)
class _Input:
    article: LabelledArticle
    repeat: int


@dataclass
class CountsAgainstGold(Evaluator[_Input, Prediction, Gold]):
    """Scores a case; the whole score is kept in `ledger`, pydantic-evals gets its figures."""

    ledger: dict[str, ArticleScore] = field(default_factory=dict, repr=False, compare=False)

    def build_serialization_arguments(self) -> dict[str, Any]:
        """Nothing: the framework would write the whole ledger into its report again for each case."""
        return {}

    def evaluate(self, ctx: EvaluatorContext[_Input, Prediction, Gold]) -> dict[str, float | bool]:
        """Return the figures of the case."""
        score = score_article(ctx.inputs.article, ctx.output)
        self.ledger[ctx.name or ""] = score
        sums = tally([score])
        return {
            "strict_f1": sums.strict.f1,
            "located_f1": sums.placed.f1,
            "wrong_numbers": sums.wrong_numbers,
            "every_count_right": score.counts_all_right,
        }


Progress = Callable[[str, int, int], None]
"""Called when a case has ended, with its name, how many have, of how many."""


def _silent(name: str, done: int, total: int) -> None:
    """Say nothing."""


async def run_system(
    name: str,
    system: System,
    articles: Sequence[LabelledArticle],
    *,
    repeats: int = 1,
    concurrency: int = 1,
    progress: Progress = _silent,
) -> SystemRun:
    """Return the scores of `system` on `articles`, each asked `repeats` times, `concurrency` at a time."""
    inputs = {
        f"{article.name} #{repeat}": _Input(article, repeat)
        for repeat in range(repeats)
        for article in articles
    }
    predictions: dict[str, Prediction] = {}
    reasons: dict[str, str] = {}
    ended: list[str] = []

    async def predict(given: _Input) -> Prediction:
        try:
            prediction = await system.predict(given.article, given.repeat)
        except SummarizerError as error:
            reasons[f"{given.article.name} #{given.repeat}"] = str(error)
            raise
        finally:
            ended.append(given.article.name)
            progress(ended[-1], len(ended), len(inputs))
        if given.repeat == 0:
            predictions[given.article.name] = prediction
        return prediction

    scorer = CountsAgainstGold()
    dataset = Dataset[_Input, Prediction, Gold](
        name=name,
        cases=[Case(name=key, inputs=given, metadata=given.article.gold) for key, given in inputs.items()],
        evaluators=[scorer],
    )
    began = time.perf_counter()
    report = await dataset.evaluate(predict, name=name, max_concurrency=concurrency, progress=False)
    seconds = time.perf_counter() - began
    broken = [(case.name, str(f.error_message)) for case in report.cases for f in case.evaluator_failures]
    broken += [(case.name, reasons.get(case.name, case.error_message)) for case in report.failures]
    return SystemRun(
        system=name,
        repeats=tuple(
            tuple(
                scorer.ledger[key]
                for key, given in inputs.items()
                if given.repeat == r and key in scorer.ledger
            )
            for r in range(repeats)
        ),
        failures=tuple(
            Failure(inputs[key].article.name, inputs[key].repeat, " ".join(why.split()))
            for key, why in sorted(broken)
        ),
        predictions=predictions,
        seconds=seconds,
    )
