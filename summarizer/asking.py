"""Asking: one article's questions put to a model, with what they cost booked by part and one deadline for all."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from summarizer.errors import AnswerError
from summarizer.llm import Model
from summarizer.progress import Progress, no_progress
from summarizer.questions import Answer, Question, Usage
from summarizer.schemas.report import LeftOut, PartCost

__all__ = ("Ask", "Asker")

Ask = Callable[[Question], Awaitable[Answer | None]]
"""Asks a question; None where the model gave no usable answer to it."""


class Asker:
    """Asks a model the questions of one article.

    `parts` is what they cost so far; `left_out` lists the questions that got no answer. The article has
    `seconds` from now on, None for no limit.
    """

    def __init__(self, model: Model, *, seconds: float | None, progress: Progress = no_progress) -> None:
        self._model = model
        self._progress = progress
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._asked = 0
        self._answered = 0
        self.parts: dict[str, PartCost] = {}
        self.left_out: list[LeftOut] = []

    async def ask(self, question: Question) -> Answer | None:
        """Return the answer, None where there was none that holds; the reason then stands in `left_out`.

        Raises EndpointError, RateLimitError and DeadlineError: then the article cannot be done now.
        """
        self._asked += 1
        self._progress("questions", self._answered, self._asked)
        try:
            answer = await self._model.ask(question, deadline=self._deadline)
        except AnswerError as error:
            self._book(
                question.part, Usage(error.attempts, error.attempts, error.tokens_in, error.tokens_out)
            )
            self._leave_out(question, str(error))
            return None
        finally:
            self._answered += 1
            self._progress("questions", self._answered, self._asked)
        self._book(question.part, answer.usage)
        if answer.value is None:
            self._leave_out(question, answer.failure or "no answer")
            return None
        return answer

    def _book(self, part: str, usage: Usage) -> None:
        cost = self.parts.get(part, PartCost())
        self.parts[part] = PartCost(
            questions=cost.questions + 1,
            attempts=cost.attempts + usage.attempts,
            tokens_in=cost.tokens_in + usage.tokens_in,
            tokens_out=cost.tokens_out + usage.tokens_out,
            seconds=round(cost.seconds + usage.seconds, 3),
        )

    def _leave_out(self, question: Question, why: str) -> None:
        self.left_out.append(LeftOut(field=question.part, text="", why=why))
