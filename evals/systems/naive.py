"""What one writes first: one fixed instructor schema, and the model writes the numbers itself.

An article goes in passages of paragraphs, because the embedded model's window holds no whole article with its
answer. What the model says is taken as it is; only the place is looked up, in its favour: where the number
stands before the words it gave, else at its first unused place, else nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel, Field

from evals.answers import Answers
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.prediction import Cost, PredictedCount, Prediction
from summarizer.errors import ModelError
from summarizer.model.questions import Question
from summarizer.schemas.report import Grade, Status, Subject, Unit

__all__ = ("Naive", "NaiveAnswer", "NaiveCount", "place_counts")

_PASSAGE = 1800  # characters
_MOST_TOKENS = 1500
_SYSTEM = """Bạn trích xuất số liệu từ bài báo tiếng Việt và trả lời bằng JSON.
Liệt kê mọi con số đếm một đối tượng nào đó. Không liệt kê ngày tháng, năm, số văn bản, số thứ tự.
number: con số đúng như viết trong bài. value: giá trị. total: mẫu số nếu là a/b.
counted: cụm từ cho biết số đó đếm cái gì. subject, grade, status, unit: theo danh mục.

Ví dụ: Hội tặng cờ cho 03 chi hội xuất sắc và 45 hội viên tiêu biểu; có 7/9 tổ hoàn thành tốt nhiệm vụ.
{"counts":[
{"number":"03","value":3,"total":null,"unit":"count","subject":"collective","grade":null,"status":"result",\
"counted":"chi hội xuất sắc"},
{"number":"45","value":45,"total":null,"unit":"count","subject":"union_member","grade":null,"status":"result",\
"counted":"hội viên tiêu biểu"},
{"number":"7/9","value":7,"total":9,"unit":"count","subject":"collective","grade":"good","status":"result",\
"counted":"tổ hoàn thành tốt nhiệm vụ"}]}"""


class NaiveCount(BaseModel):
    """One count, every part of it written by the model."""

    number: str
    value: float
    total: float | None
    unit: Unit
    subject: Subject
    grade: Grade | None
    status: Status
    counted: str


class NaiveAnswer(BaseModel):
    """The fixed schema."""

    counts: list[NaiveCount] = Field(description="Mọi con số đếm một đối tượng.")


class Naive:
    """The fixed schema over the passages of an article."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def predict(self, article: LabelledArticle, repeat: int) -> Prediction:
        """Return what the model wrote; a passage it could not answer has no counts."""
        counts: list[PredictedCount] = []
        left_out: list[str] = []
        cost = Cost()
        async with self._answers.model("naive", article.name, repeat) as (model, tape):
            for start, passage in passages(article.text):
                try:
                    answer = await model.ask(_question(passage))
                except ModelError as error:
                    left_out.append(str(error))
                    cost += Cost(error.attempts, error.tokens_in, error.tokens_out)
                    continue
                usage = answer.usage
                cost += Cost(usage.attempts, usage.tokens_in, usage.tokens_out, usage.seconds)
                if answer.value is None:
                    left_out.append(answer.failure or "")
                else:
                    counts += place_counts(answer.value.counts, article.text, start, start + len(passage))
            if tape and tape.missing:
                raise MeasureError(tape.missing[0])
        if tape:
            cost = replace(cost, seconds=tape.seconds, tokens_shared=tape.tokens_shared)
        return Prediction(counts=tuple(counts), header=False, left_out=tuple(left_out), cost=cost)


def passages(text: str) -> Iterator[tuple[int, str]]:
    """Yield the article in passages of whole paragraphs (a longer one is cut), each with its offset."""
    start = 0
    while start < len(text):
        end = start + _PASSAGE
        if end < len(text):
            border = max(text.rfind("\n", start, end), text.rfind(". ", start, end))
            end = border + 1 if border > start else end
        if text[start:end].strip():
            yield start, text[start:end]
        start = end


def place_counts(written: list[NaiveCount], text: str, start: int, end: int) -> list[PredictedCount]:
    """Return the counts with the place of each in `text[start:end]`, -1 where its number does not stand there."""
    used: set[int] = set()
    placed: list[PredictedCount] = []
    for count in written:
        at = _find(count, text, start, end, used)
        used.add(at)
        placed.append(PredictedCount.of(count, at=at, text=count.number))
    return placed


def _find(count: NaiveCount, text: str, start: int, end: int, used: set[int]) -> int:
    if not count.number.strip():
        return -1
    bare = re.compile(rf"(?<![\d.,/]){re.escape(count.number)}(?![\d/])")
    places = [m.start() for m in bare.finditer(text, start, end) if m.start() not in used]
    words = "".join(count.counted.split()).casefold()
    for at in places:
        after = "".join(text[at + len(count.number) : at + 120].split()).casefold()
        if words and after.lstrip("%").startswith(words):
            return at
    return places[0] if places else -1


def _question(passage: str) -> Question[NaiveAnswer]:
    return Question(
        part="counts",
        messages=({"role": "system", "content": _SYSTEM}, {"role": "user", "content": passage}),
        response_model=NaiveAnswer,
        max_tokens=_MOST_TOKENS,
    )
