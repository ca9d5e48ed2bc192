"""The first question to a large model: what every marked number counts, and how the numbers relate.

The schema of the answer has one required field for each number, named after it (`"12. 145"`), so that a number can be
neither invented, altered, swapped nor forgotten. Where a provider takes no schema made for a passage, one fixed
schema serves, and the check demands every key once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from summarizer.article.normalize import words_in
from summarizer.article.nouns import noun_subject
from summarizer.article.numbers import Number
from summarizer.model.anchoring import Anchors, text_of, unmarked
from summarizer.model.marking import MarkedArticle
from summarizer.model.questions import Closed, Response, read_loosely, wrong_keys
from summarizer.schemas.labels import labels, left_out
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Direction, Grade, LeftOut, Notice, Status, Subject
from summarizer.schemas.taxonomy import graded_subjects

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


def _items(answer: Counts | KeyedCounts) -> Iterable[tuple[str, NumberAnswer | None]]:
    """Return each key that was answered with its answer."""
    numbers = answer.numbers
    return numbers.items() if isinstance(numbers, dict) else ((one.key, one.count) for one in numbers)


def _by_mark(answer: Counts | KeyedCounts, marked: MarkedArticle) -> dict[int, NumberAnswer | None]:
    """Return what an answer says of the numbers that there are, by their marks."""
    return {mark: one for key, one in _items(answer) if (mark := _mark(key)) in marked.numbers}


def _mark(key: str) -> int:
    digits = key.strip().split(".", 1)[0].strip().strip("[]")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else 0


def counts_faults(answer: Counts | KeyedCounts, marked: MarkedArticle, marks: Sequence[int]) -> list[str]:
    """Return what does not hold of an answer about the numbers with these marks, in short Vietnamese lines."""
    given = [key for key, _ in _items(answer)]
    if isinstance(answer, KeyedCounts):  # nothing but the mark holds a model to a key there
        given = [marked.keys.get(_mark(key), key) for key in given]
    return [
        *wrong_keys(given, [marked.keys[mark] for mark in marks]),
        *(
            f"số {marked.keys[mark]}: {labels('vi').notice(why)}"
            for mark, one in _by_mark(answer, marked).items()
            if one and (why := _fault(marked.numbers[mark], one, marked.anchors))
        ),
    ]


def _fault(number: Number, answer: NumberAnswer, anchors: Anchors) -> Notice | None:
    """Return what is wrong with an answer; None where it holds.

    Its words must stand in the article; things and people are no money; its grade must be named near the number.
    """
    words, grade = answer.counted, answer.grade
    if not anchors.has_words(words):
        return Notice(code="not_copied", values={"words": words})
    if answer.subject == "money" and number.unit != "money":
        noun = noun_subject(words_in(words))
        if noun and noun[1] not in ("money", "other"):
            return Notice(code="not_money", values={"words": words})
    if grade and answer.subject in graded_subjects() and not anchors.says_grade(grade, number.at):
        return Notice(code="grade_not_near", values={"grade": grade})
    return None


def counts_that_hold(raw: Mapping[str, Any], marked: MarkedArticle) -> tuple[Counts, list[LeftOut]]:
    """Return what holds of an answer that failed its checks, each number by itself, and what does not."""
    if isinstance(raw.get("numbers"), list):
        answer, _ = read_loosely(KeyedCounts, raw, numbers=[])
    else:
        answer, _ = read_loosely(Counts, raw, numbers={})
    kept: dict[str, NumberAnswer | None] = {}
    lost: list[LeftOut] = []
    for mark, one in _by_mark(answer, marked).items():
        number = marked.numbers[mark]
        if one and (why := _fault(number, one, marked.anchors)):
            why = why.model_copy(update={"values": {**why.values, "at": number.at}})
            lost.append(left_out("counts", number.text, why))
        else:
            kept[marked.keys[mark]] = one
    relations = {name: getattr(answer, name) for name in Relations.model_fields}
    return Counts(numbers=kept, **relations), lost


def number_readings(answer: Counts | KeyedCounts, marked: MarkedArticle) -> dict[int, NumberReading]:
    """Return what an answer that holds says of each number, by its offset."""
    by_mark = _by_mark(answer, marked)
    related = _relations(answer, by_mark, marked)
    return {
        marked.numbers[mark].at: _reading(marked.numbers[mark], one, related.get(mark, {}), marked.anchors)
        for mark, one in by_mark.items()
    }


def _reading(
    number: Number, answer: NumberAnswer | None, related: Mapping[str, Any], anchors: Anchors
) -> NumberReading:
    if answer is None:
        return NumberReading(**number.pinned, reason=number.reason or "other")
    place = anchors.place(answer.counted, near=number.end)
    subject = "money" if number.unit == "money" else answer.subject
    if subject == "money" and number.unit == "percent":
        subject = "other"  # money is an amount; a share of money counts nothing that the taxonomy has
    return NumberReading(
        **number.pinned,
        subject=subject,
        grade=answer.grade if subject in graded_subjects() else None,
        status=answer.status or "result",
        counted=text_of(place) if place else unmarked(answer.counted),
        counted_at=place.at if place else None,
        **related,
    )


def _relations(
    answer: Relations, by_mark: Mapping[int, NumberAnswer | None], marked: MarkedArticle
) -> Mapping[int, Mapping[str, Any]]:
    """Return the relations of each number, by its mark and the names of a `NumberReading`'s fields.

    Those that cannot be are dropped. A part has the kind of its whole (one counts people, so does the other) and is
    no larger; a repeat has the same value, or another of the same subject, grade and status; a heading and a body
    stand in the article. Of two relations of one kind the first holds.
    """
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    numbers = marked.numbers
    counted = {mark for mark, one in by_mark.items() if one is not None}
    for relation in answer.part_of:
        for part in relation.parts:
            if {part, relation.whole} <= counted and _is_part(numbers[part], numbers[relation.whole]):
                found[part].setdefault("part_of", numbers[relation.whole].at)
    for repeat in answer.repeats:
        if {repeat.mark, repeat.earlier} <= counted and _is_repeat(repeat, by_mark, marked):
            found[repeat.mark].setdefault("repeats", numbers[repeat.earlier].at)
    for change in answer.direction:
        for mark in change.marks:
            found[mark].setdefault("direction", change.direction)
    copied = (
        *(("whose", one.marks, one.body) for one in answer.whose),
        *(("heading", one.marks, one.heading) for one in answer.headings),
        *(("given_by", one.marks, one.by) for one in answer.given_by),
    )
    for field, marks, words in copied:
        if place := marked.anchors.place(words):
            for mark in marks:
                found[mark].setdefault(field, text_of(place))
    return found


def _is_part(part: Number, whole: Number) -> bool:
    return part.at != whole.at and part.unit == whole.unit and part.value <= whole.value


def _is_repeat(repeat: Repeat, by_mark: Mapping[int, NumberAnswer | None], marked: MarkedArticle) -> bool:
    one, other = marked.numbers[repeat.mark], marked.numbers[repeat.earlier]
    if one.at <= other.at or one.unit != other.unit:
        return False
    first, second = by_mark[repeat.mark], by_mark[repeat.earlier]
    if one.value == other.value or first is None or second is None:
        return one.value == other.value
    return (first.subject, first.grade, first.status) == (second.subject, second.grade, second.status)
