"""The reading by a small model: a phrase for each number that the rules are not sure of, and nothing else.

A model of some 1.5 B reads no better than the rules where the noun stands right beside its number, and writes worse
summaries than code composes (`evals/README.md`), so it is asked as little as does: the open numbers. Sentences are
cut into clauses, and short clauses joined to passages, up to bounds. Numbers are marked (`[1]02`) so that two of the
same digits are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from summarizer.article.alignment import align
from summarizer.article.article import Article
from summarizer.article.headings import heading_above
from summarizer.article.normalize import split_words
from summarizer.article.numbers import Number
from summarizer.errors import AnswerError
from summarizer.model.client import Asker, not_answered
from summarizer.model.prompts import load
from summarizer.model.questions import Closed, Message, Question, Response, evenly, wrong_keys
from summarizer.schemas.labels import left_out
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.reading import NumberReading, Reading
from summarizer.schemas.report import Grade, LeftOut, Notice, Subject, Unit
from summarizer.settings.profiles import Profile

Classify = Callable[[str, Unit], tuple[Subject | None, Grade | None]]
"""Takes a phrase and a unit; returns the subject and the grade that the taxonomy's words in it name."""

_MOST_NUMBERS, _MOST_CHARACTERS = 5, 420
"""A passage's bounds: a 1.5B model slips by one in longer ones."""
_TOKENS_A_NUMBER = 48
_NO_HEADING = "(không có)"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """The article's text from `at` to `end`, with its candidates; `heading` is what stands above it, if any."""

    at: int
    end: int
    numbers: tuple[Number, ...]
    heading: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each number in the question: its place in the passage and itself, `1. 02`, with plain spaces."""
        return tuple(f"{i}. {_SPACES.sub(' ', number.text)}" for i, number in enumerate(self.numbers, 1))


_LONGEST_PHRASE = 90

Phrase = Annotated[str, Field(min_length=1, max_length=_LONGEST_PHRASE)]


class Phrases(Response):
    """The answer: the phrase of each number asked about, by its key (`1. 02`)."""

    model_config = ConfigDict(title="Counts", extra="allow")
    keyed = True
    __pydantic_extra__: dict[str, Phrase] = Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride]


class KeyedPhrase(Closed):
    """What one number counts."""

    key: str = Field(description="Khóa của số, đúng như trong câu hỏi: `1. 02`.")
    counted: Phrase = Field(description="Đúng cụm từ trong bài cho biết số này đếm cái gì.")


class KeyedPhrases(Response):
    """The answer in the schema that is the same for every passage: one item for each number asked about."""

    model_config = ConfigDict(title="Counts")

    counts: list[KeyedPhrase]


def _items(answer: Phrases | KeyedPhrases) -> Iterable[tuple[str, str]]:
    """Return each key that was answered with its phrase."""
    if isinstance(answer, Phrases):
        return answer.__pydantic_extra__.items()
    return ((one.key, one.counted) for one in answer.counts)


async def read_small(
    article: Article, open_numbers: Sequence[Number], profile: Profile, asker: Asker, classify: Classify
) -> Reading:
    """Return what a small model says of `open_numbers`; its words are mapped to subjects by `classify`."""
    asked = join_passages(
        _clauses(article, open_numbers),
        most_numbers=_MOST_NUMBERS,
        most_chars=_MOST_CHARACTERS,
    )
    numbers: dict[TextOffset, NumberReading] = {}
    lost: list[LeftOut] = []
    for passage in asked:
        try:
            answer = await asker.ask(_question(article, passage, profile))
        except AnswerError as error:
            lost.append(not_answered("counts", error))
            continue
        if answer.value is None:
            lost.append(not_answered("counts"))
            continue
        phrases = dict(_items(answer.value))
        for number, key in zip(passage.numbers, passage.keys, strict=True):
            phrase = phrases[key]
            if read := _reading(article, passage, number, phrase, classify):
                numbers[number.at] = read
            else:
                values = {"words": phrase[:60], "number": number.text, "at": number.at}
                lost.append(left_out("counts", number.text, Notice(code="not_beside", values=values)))
    return Reading(by="model", numbers=numbers, left_out=tuple(lost))


def _question(article: Article, passage: Passage, profile: Profile) -> Question[Any]:
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
        KeyedPhrases if fixed else Phrases,
        keys=passage.keys,
        check=lambda answer: wrong_keys((key for key, _ in _items(answer)), passage.keys),
        max_tokens=_TOKENS_A_NUMBER * len(passage.numbers) + 16,
        reasks=1 if fixed else 0,
    )


def join_passages(clauses: Iterable[Passage], *, most_numbers: int, most_chars: int) -> list[Passage]:
    """Join neighbouring clauses under one heading while the bounds allow; cut one that holds too many numbers.

    Clauses are in the article's order; those without numbers are only text between others.
    """
    joined: list[Passage] = []
    for part in (part for clause in clauses for part in _cut(clause, most_numbers)):
        last = joined[-1] if joined else part
        both = Passage(last.at, part.end, last.numbers + part.numbers, last.heading)
        fits = len(both.numbers) <= most_numbers and both.end - both.at <= most_chars
        if joined and fits and last.heading == part.heading:
            joined[-1] = both
        else:
            joined.append(part)
    return joined


def marked(text: str, passage: Passage) -> str:
    """Return the passage's words on one line, each of its numbers with its mark in front (`[1]02`)."""
    stretches: list[str] = []
    at = passage.at
    for i, number in enumerate(passage.numbers, 1):
        stretches += (text[at : number.at], f"[{i}]", text[number.at : number.end])
        at = number.end
    stretches.append(text[at : passage.end])
    return _SPACES.sub(" ", "".join(stretches)).strip()


def _cut(clause: Passage, most_numbers: int) -> Sequence[Passage]:
    """Cut a clause so that no part has more than `most_numbers`, evenly, each part from one number to the next."""
    cuts = evenly(clause.numbers, most_numbers)
    if len(cuts) <= 1:
        return [clause] if cuts else []
    starts = [clause.at, *(cut[0].at for cut in cuts[1:])]
    ends = [*starts[1:], clause.end]
    return [
        Passage(at, end, tuple(cut), clause.heading) for at, end, cut in zip(starts, ends, cuts, strict=True)
    ]


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
        phrase = article.text[at : words.end(found.stop - 1)]
    elif passage.heading and (
        above := align(phrase, (run := split_words(passage.heading)), TokenIndex(0), run.stop)
    ):
        phrase = passage.heading[run.starts[above.start] : run.end(above.stop - 1)]
    else:
        return None
    subject, grade = classify(phrase, number.unit)
    return NumberReading(**number.pinned, subject=subject, grade=grade, counted=phrase, counted_at=at)
