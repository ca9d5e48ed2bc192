"""The reading by a large model: two questions with one common beginning, and everything held to the article.

The beginning (system message, taxonomy, article with its marks) is the same byte for byte in both, and they are asked
one after the other, so that a provider or a local server that caches prompts reads it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from summarizer.article.article import Article
from summarizer.errors import AnswerError, TruncatedAnswerError
from summarizer.model.anchoring import Anchors
from summarizer.model.asking import Asker, not_answered
from summarizer.model.counts import Counts, CountsSaid, KeyedCounts, counts_faults, number_readings
from summarizer.model.counts import read_loosely as read_counts_loosely
from summarizer.model.marking import MarkedArticle, mark_article
from summarizer.model.meeting import MeetingAnswer, meeting_faults, meeting_reading
from summarizer.model.meeting import read_loosely as read_meeting_loosely
from summarizer.model.prompts import load
from summarizer.model.questions import Message, Question
from summarizer.schemas.reading import NumberReading, Reading
from summarizer.schemas.report import LeftOut, Notice
from summarizer.schemas.taxonomy import grades, subjects
from summarizer.settings.profiles import Profile

__all__ = ("beginning", "read_large")

_MOST_NUMBERS = 80
"""Numbers in one question: some 3,500 tokens of answer, which every large model can write in one piece."""
_MOST_CHARACTERS = 48_000
"""Characters of an article in one piece, some 20,000 tokens: beyond it models lose what stands in the middle."""
_CHARACTERS_A_TOKEN = 2.5
"""Vietnamese with marks, measured with the tokenizers of two families of models: 2.4 to 3.1."""
_TOKENS_A_NUMBER, _TOKENS_RELATIONS = 64, 600
_TOKENS_MEETING, _TOKENS_A_CLAUSE = 5_000, 4
_FEWEST_TO_SPLIT = 8
_REASKS = 1
_OBJECT = TypeAdapter(dict[str, Any])
_NONSENSE = 1 / 3
"""Share of answers that fail for good from which a reader must be told."""


async def read_large(article: Article, profile: Profile, asker: Asker) -> Reading:
    """Return what a large model says of an article.

    What does not hold after it was asked again is left out, with the reason; the rest is kept. Raises EndpointError,
    RateLimitError and DeadlineError: then the article cannot be read now.
    """
    pieces = mark_article(article, most_characters=_most_characters(profile))
    anchors = Anchors(article)
    numbers: dict[int, NumberReading] = {}
    left_out: list[LeftOut] = []
    told: list[Reading] = []
    for piece in pieces:
        for marks in _batches(tuple(piece.numbers)):
            read, missed = await _read_counts(piece, marks, anchors, profile, asker)
            numbers |= read
            left_out += missed
        if meeting := await _read_meeting(piece, anchors, asker):
            told.append(meeting)
    tally = _Tally(asked=sum(len(piece.numbers) for piece in pieces), read=len(numbers))
    merged = _joined(told)
    left_out += merged.left_out
    lost = len(merged.left_out) + (len(pieces) - len(told))
    notices = _warning(tally.failed + lost, tally.asked + _parts(merged) + lost)
    return replace(merged, numbers=numbers, left_out=tuple(left_out), notices=notices)


def beginning(piece: MarkedArticle) -> tuple[Message, str]:
    """Return the system message and the text that both questions about a piece of an article begin with."""
    system: Message = {"role": "system", "content": load("large_system").text}
    return system, load("large_article").fill(
        subjects="\n".join(f"{row.value}: {row.definition}" for row in subjects()),
        grades="\n".join(f"{row.value}: {row.definition}" for row in grades()),
        article=piece.text,
    )


def _question(piece: MarkedArticle, part: str, ending: str, **asked: Any) -> Question[Any]:
    system, begun = beginning(piece)
    messages: tuple[Message, ...] = (system, {"role": "user", "content": f"{begun}\n\n{ending}"})
    return Question(part, messages, reasks=_REASKS, beginning=len(begun), **asked)


def _most_characters(profile: Profile) -> int:
    if profile.window is None:
        return _MOST_CHARACTERS
    answer = _TOKENS_MEETING + _TOKENS_A_NUMBER * _MOST_NUMBERS
    return int(max(1_000, min(_MOST_CHARACTERS, (profile.window - answer) * _CHARACTERS_A_TOKEN)))


def _batches(marks: Sequence[int]) -> list[Sequence[int]]:
    """Return the marks in even batches of at most `_MOST_NUMBERS`."""
    count = -(-len(marks) // _MOST_NUMBERS)
    size = -(-len(marks) // count) if count else 0
    return [marks[i : i + size] for i in range(0, len(marks), size)] if size else []


async def _read_counts(
    piece: MarkedArticle, marks: Sequence[int], anchors: Anchors, profile: Profile, asker: Asker
) -> tuple[dict[int, NumberReading], list[LeftOut]]:
    """Return what is said of these numbers; an answer that breaks off is asked for in two halves."""
    ending = load("large_counts").fill(first=f"[{marks[0]}]", last=f"[{marks[-1]}]")
    question = _question(
        piece,
        "counts",
        ending,
        response_model=KeyedCounts if profile.server.fixed else Counts,
        keys=[piece.key(mark) for mark in marks],
        check=lambda answer: counts_faults(answer, piece, marks, anchors),
        max_tokens=_TOKENS_A_NUMBER * len(marks) + _TOKENS_RELATIONS,
    )
    try:
        answer = await asker.ask(question)
    except AnswerError as error:
        if not isinstance(error, TruncatedAnswerError) or len(marks) <= _FEWEST_TO_SPLIT:
            return {}, [not_answered("counts", error)]
        half = len(marks) // 2
        first, missed = await _read_counts(piece, marks[:half], anchors, profile, asker)
        second, more = await _read_counts(piece, marks[half:], anchors, profile, asker)
        return first | second, [*missed, *more]
    said = (
        CountsSaid.of(answer.value)
        if answer.value is not None
        else read_counts_loosely(_parsed(answer.raw), piece)
    )
    return number_readings(said, piece, anchors)


async def _read_meeting(piece: MarkedArticle, anchors: Anchors, asker: Asker) -> Reading | None:
    """Return what is said of everything but the numbers.

    Where no answer came, the reading holds nothing but the reason, in `left_out`; None where one came of which
    nothing at all can be read.
    """
    question = _question(
        piece,
        "meeting",
        load("large_meeting").text,
        response_model=MeetingAnswer,
        check=lambda answer: meeting_faults(answer, [piece], anchors),
        max_tokens=_TOKENS_MEETING + _TOKENS_A_CLAUSE * len(piece.clauses),
    )
    try:
        answer = await asker.ask(question)
    except AnswerError as error:
        return Reading(by="model", left_out=(not_answered("meeting", error),))
    if answer.value is not None:
        return meeting_reading(answer.value, [piece], anchors)
    raw = _parsed(answer.raw)
    if not raw:
        return None
    said, lost = read_meeting_loosely(raw)
    return meeting_reading(said, [piece], anchors, lost)


def _parsed(raw: str) -> Mapping[str, Any]:
    """Return the object that an answer is; empty where it is none, nests without end, or holds half a character."""
    try:
        return _OBJECT.validate_json(raw)
    except ValidationError:
        return {}


def _joined(told: Sequence[Reading]) -> Reading:
    """Return the readings of an article's pieces as one: header and summary are the first piece's that has them."""
    if len(told) <= 1:
        return told[0] if told else Reading(by="model")
    sections = [reading.sections for reading in told if reading.sections is not None]
    return Reading(
        by="model",
        header=next((reading.header for reading in told if reading.header), None),
        people=_all(reading.people for reading in told),
        reports=_all(reading.reports for reading in told),
        recipients=_all(reading.recipients for reading in told),
        elected=_all(reading.elected for reading in told),
        sections={kind: tuple(q for one in sections for q in one[kind]) for kind in sections[0]}
        if sections
        else None,
        summary=next((reading.summary for reading in told if reading.summary), None),
        left_out=tuple(one for reading in told for one in reading.left_out),
    )


def _all(parts: Iterable[tuple[Any, ...] | None]) -> tuple[Any, ...] | None:
    known = [part for part in parts if part is not None]
    return tuple(dict.fromkeys(item for part in known for item in part)) if known else None


@dataclass(frozen=True, slots=True)
class _Tally:
    asked: int
    read: int

    @property
    def failed(self) -> int:
        return self.asked - self.read


def _parts(reading: Reading) -> int:
    """Return how many things a reading says beside the numbers."""
    lists = (reading.people, reading.reports, reading.recipients, reading.elected)
    return sum(len(part) for part in lists if part) + (reading.header is not None)


def _warning(failed: int, asked: int) -> tuple[Notice, ...]:
    if failed <= _NONSENSE * asked:
        return ()
    return (Notice(code="nonsense", values={"failed": failed, "asked": asked}),)
