"""What a number counts, read by the taxonomy's table from the words around it.

A Vietnamese count stands before its noun (`02 chi bộ`), so the noun right behind the number decides. Where
none stands there the table looks at the number just before in the same sentence (`351/467 trường …, tỉ lệ
75,2%`), at the noun to the left (`Tổng số học sinh: 744`), and at the topic of the sentence (học lực). Only
the first is `adjacent`; the others are what the model is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from summarizer.article.normalize import Words, split_words
from summarizer.article.nouns import COMRADES, PERSONS, grade_words
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lists
from summarizer.rules.anaphors import named
from summarizer.rules.grading import (
    LESSER,
    LONGEST_BETWEEN,
    bare_grade_after,
    finishes,
    grade_after,
    grade_before,
    grade_shared,
    rating_after,
)
from summarizer.rules.nouns import (
    LONGEST_LINK,
    LONGEST_MEMORY,
    LONGEST_REACH,
    PEOPLE,
    SEXES,
    in_full,
    names_a_thing,
    noun_above,
    noun_after,
    noun_before,
    opens_clause,
)
from summarizer.rules.scope import COMMAS, SOFT_BREAKS, TOPICS, Clause, Meaning, Noun, Scope
from summarizer.rules.shares import GROWTH, grown_noun, has_own_rate, is_growth
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import Grade, Subject, Unit
from summarizer.schemas.taxonomy import graded_subjects

__all__ = ("classify", "read_meaning")

_TABLE = Lists("summarizer.rules", "meaning")

_RATES = _TABLE.words("rates") | frozenset("(-=")
"""Words that lead from a count to its percentage (tỉ lệ, chiếm, đạt, tương đương)."""
_LEVELS = _TABLE.phrases("levels")
_UNGRADED = _TABLE.lexicon("ungraded")
_ASIDES = Lists("summarizer.rules", "planning").phrases("asides")
_LONGEST_ASIDE = 5
"""Words of a bracket before the number that was planned, at most."""
_LONGEST_BRACKET = 16
"""Words of a bracket between a number and its noun, at most."""
_ALL = ("tổng", "số")
_STOPS = frozenset(".!?")
_LONGEST_COUNTED = 16
"""Words of what a number counts, at most."""
_SHARED: frozenset[Subject] = frozenset(("learner", "award", "class", "staff", "party_member"))
"""Subjects that are said once for a list of numbers (`đại học 41, cao đẳng 3`)."""
_MOST_AHEAD = 8
"""Numbers of a list that are read for the first of them, at most: one grade can be said for all, behind the last."""
_WHOLE = 100
"""Per cent: more than that can only be a share of a plan, or growth."""
_DISCIPLINE = _TABLE.phrases("discipline")
"""What those who are counted were given (`kỷ luật 20 đảng viên: 17 khiển trách, 2 cảnh cáo`)."""
_RATINGS = _TABLE.words("ratings")
"""Words of ratings that are no grades (khá, trung bình), and those before them."""
_DANGLING = _TABLE.words("dangling")
"""Words that a phrase does not end with."""
_RATE = frozenset(("tỉ", "lệ"))
_REACHES = (["đạt"], ["chiếm"], ["còn"])
"""Words that lead from a noun to a share of its own (`…; hộ cận nghèo chiếm 7,9%`)."""
_OF_ALL = (["trong", "số"], ["trong", "tổng", "số"], ["trên", "tổng", "số"])
"""Words between a part and the whole it is of."""
_BOUNDED = (["trở", "lên"], ["trở", "xuống"])
"""Words between a number and its noun (`90% trở lên đảng viên`)."""
_SHARE_OF = (
    ["trên", "tổng", "số"],
    ["trong", "tổng", "số"],
    ["của", "tổng", "số"],
    ["về", "số"],
    ["tỉ", "lệ"],
    ["số"],
)
"""Words between a percentage and all that it is a share of (`tăng 5% trên tổng số hộ`)."""
_RATED = _TABLE.words("rated")
"""Words that may stand between a number and the grade in its noun's place."""


def read_meaning(
    words: Words,
    clause: Clause,
    numbers: Sequence[Number],
    index: int,
    before: Meaning | None,
    earlier: Meaning | None = None,
    ahead: int = _MOST_AHEAD,
) -> Meaning:
    """Return what `numbers[index]` counts.

    `numbers` are the article's candidates in order, `clause` the sentence the number stands in, `before` the
    meaning of the previous candidate of the same sentence, None if there is none; `earlier` that of the previous
    candidate of the sentence right before, where this one is its sentence's first. `ahead` is how many of the
    numbers behind it may be read for it, each for the one before.
    """
    alone = partial(_read_alone, words, clause, numbers, ahead - 1) if ahead else None
    scope = Scope(words, clause, numbers, index, alone)
    if scope.number.unit == "money":
        return _meaning(scope, "money", None, scope.right, scope.right, adjacent=True)
    aimed = scope.number.unit == "percent" and TOPICS.at(scope.spelled, scope.right, scope.stop)
    if aimed and aimed.value == "other":
        whole = (
            noun_after(scope.spelled, aimed.stop, scope.stop) if scope.spelled[aimed.start] == "so" else None
        )
        if whole and scope.spelled[aimed.stop] in _ALL:
            return _share_of(scope, whole, before)
        if is_growth(scope, aimed.stop):
            if grown := grown_noun(scope):
                return _share_of(scope, grown, before)
            if before and before.subject != "money":
                return before._replace(adjacent=False, known=True)
        return _meaning(scope, "other", None, aimed.start, aimed.stop, adjacent=True)
    if scope.following and scope.next is not None and scope.spelled[scope.right : scope.next] in _OF_ALL:
        return _part_of(Scope(words, clause, numbers, index + 1, alone), scope.following())
    opened = scope.right + (scope.spelled[scope.right : scope.right + 1] == ['"'])
    opened += 2 * (scope.spelled[opened : opened + 2] in _BOUNDED)
    if scope.number.unit == "percent":
        opened += next((len(led) for led in _SHARE_OF if scope.spelled[opened : opened + len(led)] == led), 0)
    noun = noun_after(scope.spelled, opened, scope.stop)
    if noun is None:
        noun = _after_bracket(scope)
    if noun is None and scope.following and scope.next is not None and scope.next - scope.right <= 1:
        later = scope.following()
        if later.adjacent:
            return later
    if noun:
        noun = named(scope, in_full(scope, noun), before)
        if scope.number.unit == "percent" and scope.spelled[opened : opened + 2] == ["tổng", "số"]:
            return _share_of(scope, noun, before)
        meaning = _graded(scope, noun)
        listed = before is not None and before.grade is not None and before.subject == meaning.subject
        return (
            meaning._replace(grade="completed")
            if listed and finishes(scope, noun, meaning.grade)
            else meaning
        )
    if graded := _graded_alone(scope, opened, before or earlier):
        return graded
    if before and tuple(scope.spelled[opened : opened + 2]) in _DISCIPLINE:
        return Meaning(before.subject, None, before.at, before.end, adjacent=False)
    if scope.number.unit == "count" and names_a_thing(scope, opened):
        thing = _meaning(scope, "other", None, opened, opened, adjacent=False)
        return Meaning("other", None, thing.at, thing.end, adjacent=False, known=False)
    return _meaning_from_left(scope, before, earlier)


def _after_bracket(scope: Scope) -> Noun | None:
    """Return the noun behind a bracket that the number stands in front of (`120 (tăng 10%) đảng viên`)."""
    inside = scope.spelled[scope.right : min(scope.clause.stop, scope.right + _LONGEST_BRACKET)]
    if inside[:1] != ["("] or ")" not in inside:
        return None
    after = scope.right + inside.index(")") + 1
    return noun_after(scope.spelled, after, min(scope.clause.stop, after + LONGEST_LINK))


def _is_planned_aside(between: Sequence[str]) -> bool:
    """Return whether a bracket says how many were planned (`38 đảng viên (nghị quyết đề ra 35)`)."""
    if "(" not in between:
        return False
    inside = between[len(between) - between[::-1].index("(") :]
    return ")" not in inside and tuple(inside[:2]) in _ASIDES and len(inside) <= _LONGEST_ASIDE


def _is_level(between: Sequence[str]) -> bool:
    """Return whether a part is named by its level alone (`219 tập thể, trong đó cấp huyện 54, cấp cơ sở 165`)."""
    label = [word for word in between[-4:] if word != ":"]
    return any(tuple(label[-len(level) :]) == level for level in _LEVELS)


def _share_of(scope: Scope, whole: Noun, before: Meaning | None) -> Meaning:
    """Return the meaning of a share of all X (`chiếm 80% tổng số X`): of those before it, if they are X too."""
    meaning = _graded(scope, whole)
    if before and before.subject == meaning.subject and meaning.grade is None:
        return meaning._replace(grade=before.grade)
    return meaning


def _lists_on(between: Sequence[str]) -> bool:
    """Return whether the words before a number only go on with a list (`phát ra 37 phiếu, hợp lệ 37`, `37 và 38`)."""
    return between == ["và"] or (between[:1] == [","] and len(between) <= LONGEST_LINK)


def _rates_on(before: Meaning, between: Sequence[str]) -> bool:
    """Return whether the words before a number only rate some more (`chi đoàn vững mạnh: 12; khá: 5`)."""
    words = [word for word in between if word.isalpha()]
    return before.subject in graded_subjects() and not LESSER.isdisjoint(words) and _RATINGS.issuperset(words)


def _read_alone(words: Words, clause: Clause, numbers: Sequence[Number], ahead: int, index: int) -> Meaning:
    return read_meaning(words, clause, numbers, index, None, ahead=ahead)


def _part_of(whole: Scope, meaning: Meaning) -> Meaning:
    """Return the meaning of a part of the `whole`, in its words (`3 trong tổng số 14 chi bộ hoàn thành tốt`)."""
    start = whole.words.first_from(meaning.at)
    stop = whole.words.first_from(meaning.end)
    noun = Noun(start, start + 1, meaning.subject)
    after = grade_after(whole, noun, start, led=False) if meaning.subject in graded_subjects() else None
    return _meaning(
        whole,
        meaning.subject,
        after.value if after else None,
        start,
        after.stop if after else stop,
        adjacent=False,
    )


def classify(phrase: str, unit: Unit) -> tuple[Subject | None, Grade | None]:
    """Return the subject and grade that a phrase names by the table (`chi bộ hoàn thành tốt`: party_cell, good).

    The subject is that of its first noun, None for a phrase without one and for one that stands for another noun
    (đồng chí, người). An amount of money is money whatever it is for; what a percentage is of can be a plan or a
    target (`100% kế hoạch`), which then is no document. The grade is the last of several.
    """
    words = split_words(phrase)
    noun = noun_after(words.spelled, TokenIndex(0), words.stop)
    aimed = TOPICS.at(words.spelled) if unit == "percent" else None
    subject: Subject | None = noun.subject if noun else None
    if any(lexicon.at(words.spelled) for lexicon in (COMRADES, PERSONS)):
        subject = None
    elif unit == "money" or (aimed and aimed.value == "other"):
        subject = "money" if unit == "money" else "other"
    found = grade_words().last(words)
    return subject, found.value if found and subject in graded_subjects() else None


def _graded_alone(scope: Scope, start: TokenIndex, before: Meaning | None) -> Meaning | None:
    """Return the meaning of a number with a grade in its noun's place (`…, 20/29 hoàn thành tốt nhiệm vụ`).

    It counts what the number before it counts, else what its sentence names.
    """
    grade = grade_words().first(scope.words, start, min(scope.stop, start + LONGEST_BETWEEN))
    if grade is None or not _RATED.issuperset(scope.spelled[start : grade.start]):
        return None
    own = noun_before(scope, scope.floor)
    headed = own is not None and scope.spelled[own.stop : scope.left] == [":"]
    subject = own.subject if own and headed else before.subject if before else None
    if subject not in graded_subjects():
        left = noun_before(scope, scope.clause.start)
        subject = left.subject if left else None
    if subject not in graded_subjects():
        return None
    noun = Noun(start, start, subject)
    after = grade_after(scope, noun, start, led=False)
    if after is None:
        return None
    return _meaning(scope, subject, after.value, start, after.stop, adjacent=False, whole=True)


def _meaning_from_left(scope: Scope, before: Meaning | None, earlier: Meaning | None) -> Meaning:
    """Return the meaning of a number with no noun behind it."""
    percent = scope.number.unit == "percent"
    left = noun_before(scope, scope.floor)
    if left and before and before.at == scope.words.starts[left.start]:
        left = left._replace(subject=before.subject)  # it is the noun that the number before counts
    if scope.spelled[scope.left - 1] == "là" and not (left and left.headed) and not _parted(scope):
        total = noun_before(scope, scope.clause.start)
        if total and total.headed:
            return _graded(scope, total)  # "tổng số tiêu chí đã đạt của 45 xã là 785"
    if percent and has_own_rate(scope):
        return _meaning(scope, "other", None, scope.right, scope.right, adjacent=False)
    between = scope.spelled[scope.floor : scope.left]
    if before and _is_level(between):
        return Meaning(before.subject, grade_before(scope), before.at, before.end, adjacent=False)
    if before and _is_planned_aside(between):
        return Meaning(before.subject, None, before.at, before.end, adjacent=False)
    topic = TOPICS.last(scope.words, scope.floor, scope.left)
    if topic and topic.value != "other" and not left and before and topic.value != before.subject:
        return _meaning(scope, topic.value, None, topic.start, topic.stop, adjacent=False)
    rated = topic and topic.value != "other" and not _RATE.isdisjoint(_led(scope, topic.start))
    if percent and topic and rated and (left is None or left.start < topic.start):
        return _meaning(scope, topic.value, None, topic.start, topic.stop, adjacent=False)
    if before and (meaning := _with_the_one_before(scope, before, left, between)):
        return meaning
    return _graded(scope, left) if left else _from_further_left(scope, before, earlier)


def _parted(scope: Scope) -> bool:
    """Return whether the number's part of a list begins behind the number before it."""
    return not COMMAS.isdisjoint(scope.spelled[scope.floor : scope.left])


def _led(scope: Scope, start: TokenIndex) -> list[str]:
    """Return the first word of a topic and the one before it, where a rate says that it is the topic's."""
    return scope.spelled[max(scope.floor, start - 1) : start + 1]


def _with_the_one_before(
    scope: Scope, before: Meaning, left: Noun | None, between: list[str]
) -> Meaning | None:
    """Return the meaning of a number that goes with the one before it, `between` the words between them.

    `left` is the noun among these words. None where the number does not go with the one before.
    """
    percent = scope.number.unit == "percent"
    chained = scope.before is not None and scope.before.unit == "percent"
    share = percent and (chained or between[-2:] == ["tỉ", "lệ"])
    if (
        len(between) > LONGEST_REACH * (1 + share)
        or _STOPS.intersection(between)
        or before.subject == "money"
    ):
        return None
    if left and (left.headed or (between[-1:] in _REACHES and opens_clause(scope, left))):
        return None
    grade = grade_before(scope)
    if percent and scope.number.value > _WHOLE and not GROWTH.intersection(between[-3:]):
        return _meaning(scope, "other", None, scope.right, scope.right, adjacent=False)
    if percent and (_RATES.intersection(between) or chained):
        inherited = None if _rates_on(before, between) else before.grade
        grade = grade if before.subject in graded_subjects() and grade else inherited
        return Meaning(before.subject, rating_after(scope, grade), before.at, before.end, adjacent=False)
    if left:
        return None
    sexed = before.subject in PEOPLE and bool(SEXES.intersection(between[-2:]))
    graded = grade is not None and before.subject in graded_subjects()
    if before.subject in _SHARED or sexed or graded or _lists_on(between) or _rates_on(before, between):
        return Meaning(before.subject, grade, before.at, before.end, adjacent=False)
    return None


def _from_further_left(scope: Scope, before: Meaning | None, earlier: Meaning | None) -> Meaning:
    """Return the meaning of a number that no noun leads to: by the sentence before it, a heading, or a topic."""
    grade = grade_before(scope)
    if earlier and grade and earlier.subject in graded_subjects():
        return Meaning(earlier.subject, grade, earlier.at, earlier.end, adjacent=False)
    above = noun_above(scope) if grade else None
    if above and before and before.at == scope.words.starts[above.start]:
        return Meaning(before.subject, grade, before.at, before.end, adjacent=False)
    if above:
        return _meaning(scope, above.value, grade, above.start, above.stop, adjacent=False)
    topic = TOPICS.last(scope.words, max(scope.clause.start, scope.left - LONGEST_MEMORY), scope.left)
    if topic:
        return _meaning(scope, topic.value, None, topic.start, topic.stop, adjacent=False)
    right = _meaning(scope, "other", None, scope.right, scope.right, adjacent=False)
    return Meaning(right.subject, None, right.at, right.end, adjacent=False, known=False)


def _graded(scope: Scope, noun: Noun) -> Meaning:
    voted = _UNGRADED.at(scope.spelled, noun.start, noun.stop)
    if noun.subject not in graded_subjects() or voted:
        return _meaning(scope, noun.subject, None, noun.start, noun.stop, adjacent=noun.adjacent)
    if scope.before and scope.spelled[scope.floor : scope.left] in _OF_ALL:
        return _meaning(scope, noun.subject, None, noun.start, noun.stop, adjacent=noun.adjacent)
    before = grade_before(scope)
    start = noun.stop if noun.start >= scope.right else scope.right
    after = grade_after(scope, noun, start, led=before is not None)
    if after:
        return _meaning(
            scope, noun.subject, after.value, noun.start, after.stop, adjacent=noun.adjacent, whole=True
        )
    if before is None and noun.start >= scope.right:
        before = bare_grade_after(scope, noun)
    if before is None:
        before = grade_shared(scope, noun)
    if before is None and noun.start < scope.right:
        own = grade_words().first(scope.words, noun.stop, scope.left)
        before = rating_after(scope, own.value) if own else None
    return _meaning(scope, noun.subject, before, noun.start, noun.stop, adjacent=noun.adjacent)


def _meaning(
    scope: Scope,
    subject: Subject,
    grade: Grade | None,
    start: TokenIndex,
    stop: TokenIndex,
    *,
    adjacent: bool,
    whole: bool = False,
) -> Meaning:
    """Return the meaning with its words: from word `start` on, `stop` at least, to where the phrase ends."""
    end = stop
    if start >= scope.right and not whole:
        limit = min(scope.stop, start + _LONGEST_COUNTED)
        while end < limit and scope.spelled[end] not in SOFT_BREAKS:
            end += 1
    if scope.spelled[start:end].count('"') % 2 and scope.spelled[end : end + 1] == ['"']:
        end += 1
    while end > max(stop, start + 1) and scope.spelled[end - 1] in _DANGLING:
        end -= 1
    if end <= start:
        return Meaning(subject, grade, scope.number.at, scope.number.end, adjacent)
    return Meaning(subject, grade, scope.words.start(start), scope.words.end(end - 1), adjacent)
