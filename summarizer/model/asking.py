"""Asking: one article's questions put to a model, with what they cost booked by part and one deadline for all."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from summarizer.errors import AnswerError, RefusedAnswerError, TruncatedAnswerError
from summarizer.model.client import Model
from summarizer.model.progress import Progress, no_progress
from summarizer.model.questions import Answer, Question, T
from summarizer.schemas.labels import left_out
from summarizer.schemas.provenance import PartCost
from summarizer.schemas.report import LeftOut, Notice

__all__ = ("Asker", "not_answered")


class Asker:
    """Asks a model the questions of one article.

    `parts` is what they cost so far. The article has `seconds` from now on, None for no limit. `progress` is called
    with the part at hand, the first of those asked that waits for an answer, and how far it is.
    """

    def __init__(self, model: Model, *, seconds: float | None, progress: Progress = no_progress) -> None:
        self._model = model
        self._progress = progress
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._asked = Counter[str]()
        self._answered = Counter[str]()
        self._at_hand: str | None = None
        self.parts: dict[str, PartCost] = {}

    async def ask(self, question: Question[T]) -> Answer[T]:
        """Return the answer; its value is None where none held.

        Raises AnswerError where there was no whole answer, with its cost booked; EndpointError, RateLimitError and
        DeadlineError: then the article cannot be done now.
        """
        self._asked[question.part] += 1
        if (
            self._progress is not no_progress
        ):  # called when the questions that go out together are all counted
            asyncio.get_running_loop().call_soon(self._report)
        try:
            answer = await self._model.ask(question, deadline=self._deadline)
        except AnswerError as error:
            cost = PartCost(
                questions=1, attempts=error.attempts, tokens_in=error.tokens_in, tokens_out=error.tokens_out
            )
            self._book(question.part, cost)
            raise
        finally:
            self._answered[question.part] += 1
            self._report(question.part)
        self._book(question.part, answer.usage)
        return answer

    def _report(self, answered: str | None = None) -> None:
        open_parts = [part for part, asked in self._asked.items() if self._answered[part] < asked]
        over = [answered] if answered == self._at_hand and answered not in open_parts else []
        for part in (*filter(None, over), *open_parts[:1]):
            self._at_hand = part
            self._progress(part, self._answered[part], self._asked[part])

    def _book(self, part: str, cost: PartCost) -> None:
        before = self.parts.get(part, PartCost())
        sums = {name: getattr(before, name) + getattr(cost, name) for name in PartCost.model_fields}
        self.parts[part] = PartCost(**{**sums, "seconds": round(sums["seconds"], 3)})


def not_answered(field: str, error: AnswerError | None = None) -> LeftOut:
    """Return that a question about a field had no usable answer; `error` is why, where one was raised."""
    code = "no_answer"
    if isinstance(error, TruncatedAnswerError):
        code = "truncated"
    elif isinstance(error, RefusedAnswerError):
        code = "refused"
    return left_out(field, "", Notice(code=code))
