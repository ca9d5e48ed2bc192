"""The reading by a small model: a phrase for each number that the rules are not firm about, and nothing else.

A model of some 1.5 B reads no better than the rules where the noun stands right beside its number, and writes worse
summaries than code composes (`evals/README.md`), so it is asked as little as does: the open numbers, in passages
short enough that it keeps them apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from summarizer.article.alignment import align
from summarizer.article.article import Article
from summarizer.article.headings import heading_above
from summarizer.article.normalize import split_words
from summarizer.article.numbers import Number
from summarizer.errors import AnswerError
from summarizer.model.asking import Asker
from summarizer.model.passages import Passage, join_passages, marked
from summarizer.model.profiles import Profile
from summarizer.model.prompts import load
from summarizer.model.questions import Message, Question
from summarizer.model.responses import json_schema, one_for_each, untold, wrong_keys
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.reading import NumberReading, Reading
from summarizer.schemas.report import Grade, LeftOut, Subject, Unit

__all__ = ("Classify", "passages", "question", "read_small")

Classify = Callable[[str, Unit], tuple[Subject | None, Grade | None]]
"""Takes a phrase and a unit; returns the subject and the grade that the taxonomy's words in it name."""

_TOKENS_A_NUMBER = 48
_NO_HEADING = "(không có)"
_LONGEST_PHRASE = 90

Phrase = Annotated[str, Field(min_length=1, max_length=_LONGEST_PHRASE)]


class Phrases(BaseModel):
    """The answer: the phrase of each number asked about, by its key (`1. 02`)."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Phrase] = Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride]


class NumberedPhrase(BaseModel):
    """What one number counts."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(description="Khóa của số, đúng như trong câu hỏi: `1. 02`.")
    counted: Phrase = Field(description="Đúng cụm từ trong bài cho biết số này đếm cái gì.")


class FixedPhrases(BaseModel):
    """The answer in the schema that is the same for every passage: one item for each number asked about."""

    model_config = ConfigDict(extra="forbid", title="Counts", json_schema_extra=untold)
    counts: list[NumberedPhrase]


def _phrases_schema(keys: Sequence[str]) -> dict[str, Any]:
    phrase = json_schema(Phrases)["additionalProperties"]
    return one_for_each({key: {**phrase, "title": key} for key in keys}, "Counts")


def _phrases(answer: Phrases | FixedPhrases) -> list[tuple[str, str]]:
    if isinstance(answer, Phrases):
        return [*answer.__pydantic_extra__.items()]
    return [(item.key, item.counted) for item in answer.counts]


async def read_small(
    article: Article, open_numbers: Sequence[Number], profile: Profile, asker: Asker, classify: Classify
) -> Reading:
    """Return what a small model says of `open_numbers`; its words are mapped to subjects by `classify`."""
    asked = passages(article, open_numbers, profile)
    numbers: dict[TextOffset, NumberReading] = {}
    left_out: list[LeftOut] = []
    for passage in asked:
        try:
            answer = await asker.ask(question(article, passage, profile))
        except AnswerError as error:
            left_out.append(LeftOut(field="counts", text="", why=str(error)))
            continue
        if answer.value is None:
            left_out.append(LeftOut(field="counts", text="", why=answer.failure or "không có câu trả lời"))
            continue
        phrases = dict(_phrases(answer.value))
        for number, key in zip(passage.numbers, passage.keys, strict=True):
            phrase = phrases[key]
            if read := _reading(article, passage, number, phrase, classify):
                numbers[number.at] = read
            else:
                why = f"“{phrase[:60]}” không đứng cạnh số {number.text}"
                left_out.append(LeftOut(field="counts", text=number.text, why=why))
    return Reading(by="model", numbers=numbers, left_out=tuple(left_out))


def passages(article: Article, numbers: Sequence[Number], profile: Profile) -> list[Passage]:
    """Return the passages to ask about, in order; together they hold every one of `numbers` once."""
    return join_passages(
        _clauses(article, numbers),
        most_numbers=profile.passage_numbers,
        most_chars=profile.passage_chars,
        across_headings=False,
    )


def question(article: Article, passage: Passage, profile: Profile) -> Question:
    """Return the question about one passage."""
    content = load("small_counts").fill(
        heading=passage.heading or _NO_HEADING, passage=marked(article.text, passage)
    )
    messages: tuple[Message, ...] = (
        {"role": "system", "content": load("small_system").text},
        {"role": "user", "content": content},
    )
    fixed = profile.server.fixed
    return Question(
        "counts",
        messages,
        FixedPhrases if fixed else Phrases,
        schema=None if fixed else _phrases_schema(passage.keys),
        check=lambda answer: wrong_keys((key for key, _ in _phrases(answer)), passage.keys),
        max_tokens=_TOKENS_A_NUMBER * len(passage.numbers) + 16,
        reasks=1 if fixed else 0,
    )


def _clauses(article: Article, numbers: Sequence[Number]) -> Iterator[Passage]:
    """Yield the clauses that hold `numbers`, in order, each with the heading it stands under."""
    starts = [number.at for number in numbers]
    for clauses in article.clauses:
        for clause in clauses:
            inside = numbers[bisect_left(starts, clause.at) : bisect_left(starts, clause.end)]
            if inside:
                yield Passage(clause.at, clause.end, tuple(inside), heading_above(article, clause.at))


def _reading(
    article: Article, passage: Passage, number: Number, phrase: str, classify: Classify
) -> NumberReading | None:
    """Return the phrase in the article's own words, from the passage or its heading; None where it is in neither."""
    words = article.words
    start, stop = words.first_from(TextOffset(passage.at)), words.first_from(TextOffset(passage.end))
    found = align(phrase, words, start, stop, near=words.first_from(number.tail))
    at = None
    if found:
        at = words.starts[found.start]
        said = article.text[at : words.end(found.stop - 1)]
    elif passage.heading and (above := align(phrase, (run := split_words(passage.heading)), 0, len(run))):
        said = passage.heading[run.starts[above.start] : run.end(above.stop - 1)]
    else:
        return None
    subject, grade = classify(said, number.unit)
    return NumberReading(
        at=number.at,
        text=number.text,
        value=number.value,
        total=number.total,
        unit=number.unit,
        subject=subject,
        grade=grade,
        counted=said,
        counted_at=at,
    )
