"""The first question to a large model: what every marked number counts, and how the numbers relate.

The schema of the answer has one required field for each number, named after it (`"12. 145"`), so that a number can be
neither invented, altered, swapped nor forgotten. Where a provider takes no schema made for a passage, one fixed
schema serves, and the check demands every key once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field, ValidationError

from summarizer.article.normalize import words_in
from summarizer.article.nouns import noun_subject
from summarizer.article.numbers import Number
from summarizer.model.anchoring import Anchors
from summarizer.model.marking import MarkedArticle, unmarked
from summarizer.model.responses import Closed, Response, wrong_keys
from summarizer.schemas.labels import labels, left_out
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Direction, Grade, LeftOut, Notice, Status, Subject
from summarizer.schemas.taxonomy import graded_subjects

__all__ = (
    "Counts",
    "CountsSaid",
    "KeyedCounts",
    "NumberAnswer",
    "counts_faults",
    "number_readings",
    "read_loosely",
)

_LONGEST_PHRASE = 160
_MOST_DIGITS = 9
"""Digits of a mark; int() refuses thousands of them."""


class NumberAnswer(Closed):
    """What one number counts; no grade is none, no status is a result."""

    counted: Annotated[str, Field(min_length=1, max_length=_LONGEST_PHRASE)]
    subject: Subject
    grade: Grade | None = None
    status: Status | None = None


class KeyedAnswer(Closed):
    """What one number counts, in the schema that is the same for every article."""

    key: str
    count: NumberAnswer | None


class PartOf(Closed):
    """Numbers that are parts of a whole."""

    parts: list[int]
    whole: int


class Repeat(Closed):
    """A number that tells again what an earlier one has told."""

    mark: int
    earlier: int


class Whose(Closed):
    """Numbers of another body than the one that the article is about."""

    marks: list[int]
    body: str


class Change(Closed):
    """Numbers by which something rose or fell, or that are lacking."""

    marks: list[int]
    direction: Direction


class Heading(Closed):
    """Numbers that stand under a programme or heading."""

    marks: list[int]
    heading: str


class GivenBy(Closed):
    """Numbers of awards that a body gave."""

    marks: list[int]
    by: str


class Relations(Response):
    """How the numbers of an article relate."""

    part_of: list[PartOf] = Field(default_factory=list)
    repeats: list[Repeat] = Field(default_factory=list)
    whose: list[Whose] = Field(default_factory=list)
    direction: list[Change] = Field(default_factory=list)
    headings: list[Heading] = Field(default_factory=list)
    given_by: list[GivenBy] = Field(default_factory=list)


class Counts(Relations):
    """The answer: what each number counts, by its key."""

    model_config = ConfigDict(title="Counts")
    keyed = True

    numbers: dict[str, NumberAnswer | None]


class KeyedCounts(Relations):
    """The answer, in the schema that is the same for every article."""

    model_config = ConfigDict(title="Counts")

    numbers: list[KeyedAnswer]


_NO_RELATIONS: Mapping[str, Any] = {name: [] for name in Relations.model_fields}


@dataclass(frozen=True, slots=True)
class CountsSaid:
    """What an answer says: of each number, by its mark, and of how they relate."""

    numbers: Mapping[int, NumberAnswer | None]
    relations: Relations

    @classmethod
    def of(cls, answer: Counts | KeyedCounts) -> CountsSaid:
        """Return what an answer says."""
        return cls({_mark(key): count for key, count in _keyed(answer)}, answer)


def _keyed(answer: Counts | KeyedCounts) -> Iterable[tuple[str, NumberAnswer | None]]:
    if isinstance(answer, Counts):
        return answer.numbers.items()
    return ((item.key, item.count) for item in answer.numbers)


def _mark(key: str) -> int:
    digits = key.strip().split(".", 1)[0].strip().strip("[]")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else 0


def counts_faults(
    answer: Counts | KeyedCounts, marked: MarkedArticle, marks: Sequence[int], anchors: Anchors
) -> list[str]:
    """Return what does not hold of an answer about the numbers with these marks, in short Vietnamese lines."""
    given = [key for key, _ in _keyed(answer)]
    if isinstance(answer, KeyedCounts):  # nothing but the mark holds a model to a key there
        given = [marked.key(_mark(key)) if _mark(key) in marked.numbers else key for key in given]
    return [
        *wrong_keys(given, [marked.key(mark) for mark in marks]),
        *(
            f"số {marked.key(mark)}: {labels('vi').notice(why)}"
            for mark, said in CountsSaid.of(answer).numbers.items()
            if mark in marked.numbers and said and (why := fault(marked.numbers[mark], said, anchors))
        ),
    ]


def fault(number: Number, said: NumberAnswer, anchors: Anchors) -> Notice | None:
    """Return what is wrong with an answer; None where it holds.

    Its words must stand in the article; things and people are no money; a grade is one that is said near the number.
    """
    if not anchors.has_words(said.counted):
        return Notice(code="not_copied", values={"words": said.counted})
    noun = (
        noun_subject(words_in(said.counted)) if said.subject == "money" and number.unit != "money" else None
    )
    if noun and noun[1] not in ("money", "other"):
        return Notice(code="not_money", values={"words": said.counted})
    if said.grade and said.subject in graded_subjects() and not anchors.says_grade(said.grade, number.at):
        return Notice(code="grade_not_near", values={"grade": said.grade})
    return None


def read_loosely(raw: Mapping[str, Any], marked: MarkedArticle) -> CountsSaid:
    """Return what can still be read of an answer that failed: each number by itself, the relations that parse."""
    numbers = raw.get("numbers")
    if isinstance(numbers, list):
        numbers = {str(one.get("key")): one.get("count") for one in numbers if isinstance(one, dict)}
    said: dict[int, NumberAnswer | None] = {}
    for key, value in numbers.items() if isinstance(numbers, dict) else ():
        with suppress(ValidationError):
            said[_mark(key)] = None if value is None else NumberAnswer.model_validate(value)
    relations: dict[str, Any] = {}
    for name in Relations.model_fields:
        with suppress(ValidationError):
            Relations.model_validate({**_NO_RELATIONS, name: raw.get(name)})
            relations[name] = raw[name]
    told = Relations.model_validate({**_NO_RELATIONS, **relations})
    return CountsSaid({mark: one for mark, one in said.items() if mark in marked.numbers}, told)


def number_readings(
    said: CountsSaid, marked: MarkedArticle, anchors: Anchors
) -> tuple[dict[int, NumberReading], list[LeftOut]]:
    """Return what an answer says of each number, by its offset, and what of it did not hold and was left out."""
    readings: dict[int, NumberReading] = {}
    lost: list[LeftOut] = []
    relations = _Related(said, marked, anchors)
    for mark, one in said.numbers.items():
        number = marked.numbers.get(mark)
        if number is None:
            continue
        if one and (why := fault(number, one, anchors)):
            lost.append(left_out("counts", number.text, why))
            continue
        readings[number.at] = _reading(mark, number, one, relations, anchors)
    return readings, lost


def _reading(
    mark: int, number: Number, said: NumberAnswer | None, relations: _Related, anchors: Anchors
) -> NumberReading:
    pinned: dict[str, Any] = {
        "at": number.at,
        "text": number.text,
        "value": number.value,
        "total": number.total,
        "unit": number.unit,
    }
    if said is None:
        return NumberReading(**pinned, reason=number.reason or "other")
    place = anchors.place(said.counted, near=number.end)
    subject = "money" if number.unit == "money" else said.subject
    if subject == "money" and number.unit == "percent":
        subject = "other"  # money is an amount; a share of money counts nothing that the taxonomy has
    return NumberReading(
        **pinned,
        subject=subject,
        grade=said.grade if subject in graded_subjects() else None,
        status=said.status or "result",
        counted=" ".join(place.text.split()) if place else unmarked(said.counted),
        counted_at=place.at if place else None,
        **relations.of(mark),
    )


class _Related:
    """The relations of an answer, by the mark of each number; those that cannot be are dropped.

    A part has the kind of its whole (one counts people, so does the other) and is no larger; a repeat tells the same
    value, or another of the same subject, grade and status; a heading, a body and a giver stand in the article.
    """

    def __init__(self, told: CountsSaid, marked: MarkedArticle, anchors: Anchors) -> None:
        self._found: dict[int, dict[str, Any]] = {}
        said, answer = told.numbers, told.relations
        counted = {mark for mark, one in said.items() if one is not None and mark in marked.numbers}
        for relation in answer.part_of:
            for part in relation.parts:
                if {part, relation.whole} <= counted and _is_part(part, relation.whole, marked):
                    self._note(part, "part_of", marked.numbers[relation.whole].at)
        for repeat in answer.repeats:
            if {repeat.mark, repeat.earlier} <= counted and _is_repeat(repeat, said, marked):
                self._note(repeat.mark, "repeats", marked.numbers[repeat.earlier].at)
        for whose in answer.whose:
            if place := anchors.place(whose.body):
                self._note_all(whose.marks, "whose", " ".join(place.text.split()))
        for change in answer.direction:
            self._note_all(change.marks, "direction", change.direction)
        for heading in answer.headings:
            if place := anchors.place(heading.heading):
                self._note_all(heading.marks, "heading", " ".join(place.text.split()))
        for given in answer.given_by:
            if place := anchors.place(given.by):
                self._note_all(given.marks, "given_by", " ".join(place.text.split()))

    def of(self, mark: int) -> Mapping[str, Any]:
        """Return the relations of one number, by the names of a `NumberReading`'s fields."""
        return self._found.get(mark, {})

    def _note(self, mark: int, name: str, value: Any) -> None:
        self._found.setdefault(mark, {}).setdefault(name, value)

    def _note_all(self, marks: Iterable[int], name: str, value: Any) -> None:
        for mark in marks:
            self._note(mark, name, value)


def _is_part(part: int, whole: int, marked: MarkedArticle) -> bool:
    one, other = marked.numbers[part], marked.numbers[whole]
    return part != whole and one.unit == other.unit and one.value <= other.value


def _is_repeat(repeat: Repeat, said: Mapping[int, NumberAnswer | None], marked: MarkedArticle) -> bool:
    one, other = marked.numbers[repeat.mark], marked.numbers[repeat.earlier]
    if one.at <= other.at or one.unit != other.unit:
        return False
    first, second = said[repeat.mark], said[repeat.earlier]
    if one.value == other.value or first is None or second is None:
        return one.value == other.value
    return (first.subject, first.grade, first.status) == (second.subject, second.grade, second.status)
