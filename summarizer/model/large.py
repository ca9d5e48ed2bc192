"""The reading by a large model: two questions with one common beginning, and everything held to the article.

The beginning (system message, taxonomy, article with its marks) is the same byte for byte in both, and they are asked
one after the other, so that a provider or a local server that caches prompts reads it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from summarizer.article.article import Article
from summarizer.errors import AnswerError, TruncatedAnswerError
from summarizer.model.client import Asker, not_answered
from summarizer.model.counts import Counts, KeyedCounts, counts_faults, counts_that_hold, number_readings
from summarizer.model.marking import MarkedArticle, mark_article
from summarizer.model.meeting import MeetingAnswer, meeting_faults, meeting_reading, meeting_that_holds
from summarizer.model.prompts import load
from summarizer.model.questions import Message, Question, evenly
from summarizer.schemas.reading import NumberReading, Reading
from summarizer.schemas.report import LeftOut, Notice
from summarizer.schemas.taxonomy import active
from summarizer.settings.profiles import Profile

_MOST_NUMBERS = 80
"""Numbers in one question: some 3,500 tokens of answer, which every large model can write in one go."""
_MOST_CHARACTERS = 48_000
"""Characters of an article in one question, some 20,000 tokens: beyond it models lose what stands in the middle."""
_CHARACTERS_A_TOKEN = 2.5
"""Vietnamese with marks, measured with the tokenizers of two families of models: 2.4 to 3.1."""
_TOKENS_A_NUMBER, _TOKENS_RELATIONS = 64, 600
_TOKENS_MEETING, _TOKENS_A_CLAUSE = 5_000, 4
_FEWEST_TO_SPLIT = 8
_OBJECT = TypeAdapter(dict[str, Any])
_NONSENSE = 1 / 3
"""Share of answers that fail for good from which a reader gets a warning."""
_LISTS = ("people", "reports", "recipients", "elected")


async def read_large(article: Article, profile: Profile, asker: Asker) -> Reading:
    """Return what a large model says of an article.

    What does not hold after it was asked again is left out, with the reason; the rest is kept. Raises EndpointError,
    RateLimitError and DeadlineError: then the article cannot be read now.
    """
    stretches = mark_article(article, most_characters=_most_characters(profile))
    numbers: dict[int, NumberReading] = {}
    left_out: list[LeftOut] = []
    meetings: list[Reading] = []
    for marked in stretches:
        about = _About(marked, profile, asker)
        for marks in evenly([*marked.numbers], _MOST_NUMBERS):
            read, missed = await about.counts(marks)
            numbers |= read
            left_out += missed
        if meeting := await about.meeting():
            meetings.append(meeting)
    reading = _joined(meetings)
    lost = len(reading.left_out) + len(stretches) - len(meetings)
    asked = sum(len(marked.numbers) for marked in stretches)
    failed = asked - len(numbers) + lost
    asked += lost + (reading.header is not None) + sum(len(getattr(reading, name) or ()) for name in _LISTS)
    notices: tuple[Notice, ...] = ()
    if failed > _NONSENSE * asked:
        notices = (Notice(code="nonsense", values={"failed": failed, "asked": asked}),)
    return replace(reading, numbers=numbers, left_out=(*left_out, *reading.left_out), notices=notices)


def _most_characters(profile: Profile) -> int:
    if profile.window is None:
        return _MOST_CHARACTERS
    answer = _TOKENS_MEETING + _TOKENS_A_NUMBER * _MOST_NUMBERS
    return int(max(1_000, min(_MOST_CHARACTERS, (profile.window - answer) * _CHARACTERS_A_TOKEN)))


class _About:
    """The two questions about one stretch of an article."""

    def __init__(self, marked: MarkedArticle, profile: Profile, asker: Asker) -> None:
        self._marked = marked
        self._profile = profile
        self._asker = asker
        self._begun = load("large_article").fill(
            subjects="\n".join(f"{row.value}: {row.definition}" for row in active().subjects),
            grades="\n".join(f"{row.value}: {row.definition}" for row in active().grades),
            article=marked.text,
        )

    async def counts(self, marks: Sequence[int]) -> tuple[dict[int, NumberReading], list[LeftOut]]:
        """Return what is said of these numbers; an answer that breaks off is asked for in two halves."""
        marked = self._marked
        question = self._question(
            "counts",
            load("large_counts").fill(first=f"[{marks[0]}]", last=f"[{marks[-1]}]"),
            response_model=KeyedCounts if self._profile.server.fixed else Counts,
            keys=[marked.keys[mark] for mark in marks],
            check=lambda answer: counts_faults(answer, marked, marks),
            max_tokens=_TOKENS_A_NUMBER * len(marks) + _TOKENS_RELATIONS,
        )
        try:
            answer = await self._asker.ask(question)
        except AnswerError as error:
            if not isinstance(error, TruncatedAnswerError) or len(marks) <= _FEWEST_TO_SPLIT:
                return {}, [not_answered("counts", error)]
            half = len(marks) // 2
            first, missed = await self.counts(marks[:half])
            second, more = await self.counts(marks[half:])
            return first | second, [*missed, *more]
        value, lost = answer.value, list[LeftOut]()
        if value is None:
            value, lost = counts_that_hold(_parsed(answer.raw), marked)
        return number_readings(value, marked), lost

    async def meeting(self) -> Reading | None:
        """Return what is said of everything but the numbers.

        Where no answer came, the reading holds nothing but the reason, in `left_out`; None where one came of which
        nothing at all can be read.
        """
        marked = self._marked
        question = self._question(
            "meeting",
            load("large_meeting").text,
            response_model=MeetingAnswer,
            check=lambda answer: meeting_faults(answer, marked),
            max_tokens=_TOKENS_MEETING + _TOKENS_A_CLAUSE * len(marked.clauses),
        )
        try:
            answer = await self._asker.ask(question)
        except AnswerError as error:
            return Reading(by="model", left_out=(not_answered("meeting", error),))
        if answer.value is not None:
            return meeting_reading(answer.value, marked)
        raw = _parsed(answer.raw)
        return meeting_that_holds(raw, marked) if raw else None

    def _question(self, part: str, ending: str, **asked: Any) -> Question[Any]:
        messages: tuple[Message, ...] = (
            {"role": "system", "content": load("large_system").text},
            {"role": "user", "content": f"{self._begun}\n\n{ending}"},
        )
        return Question(part, messages, beginning=len(self._begun), **asked)


def _parsed(raw: str) -> Mapping[str, Any]:
    """Return the object that an answer is; empty where it is none, nests without end, or holds half a character."""
    try:
        return _OBJECT.validate_json(raw)
    except ValidationError:
        return {}


def _joined(readings: Sequence[Reading]) -> Reading:
    """Return the readings of an article's stretches as one: header and summary are the first one's that has them."""
    if len(readings) == 1:
        return readings[0]
    lists: dict[str, Any] = {name: _all(getattr(one, name) for one in readings) for name in _LISTS}
    sections = [reading.sections for reading in readings if reading.sections is not None]
    if sections:
        lists["sections"] = {kind: tuple(q for one in sections for q in one[kind]) for kind in sections[0]}
    return Reading(
        by="model",
        header=next((reading.header for reading in readings if reading.header), None),
        **lists,
        summary=next((reading.summary for reading in readings if reading.summary), None),
        left_out=tuple(one for reading in readings for one in reading.left_out),
    )


def _all(parts: Iterable[tuple[Any, ...] | None]) -> tuple[Any, ...] | None:
    known = [part for part in parts if part is not None]
    return tuple(dict.fromkeys(item for part in known for item in part)) if known else None
