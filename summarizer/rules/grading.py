"""The grade of what a number counts: behind it, in front of it, shared with the next one, or none of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.article.counted_nouns import grade_words, subject_words
from summarizer.article.normalize import words_in
from summarizer.article.phrases import Lists, Match
from summarizer.rules.nouns import LONGEST_HEADING, LONGEST_LINK, is_link, noun_above
from summarizer.rules.scope import SOFT_BREAKS, TOPICS, Noun, Scope
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import Grade, Subject
from summarizer.schemas.taxonomy import graded_subjects

_TABLE = Lists("summarizer.rules", "grading")

_AIMED_AT, _RATED, _REACHES, LESSER = (
    _TABLE.words(name) for name in ("aimed_at", "rated", "reaches", "lesser")
)
_VOTES, _TASKS, _TITLES = (_TABLE.phrases(name) for name in ("votes", "tasks", "titles"))
_PARTS = _TABLE.words("parts") | frozenset(",;:)(")
_AND = _TABLE.words("and") | frozenset(",")
_LEADING = _TABLE.words("leading") | frozenset(":")
_OPENS_ITEM = frozenset(",(")
_VOTED_ON: frozenset[Subject] = frozenset(("party_cell", "party_organization", "collective"))
_COMPLETED = [*words_in("hoàn thành:")]
LONGEST_BETWEEN = 12
"""Words between a noun and its grade, at most (`chi bộ được cấp trên đánh giá, xếp loại …`)."""
_BARE: tuple[tuple[list[str], Grade], ...] = (
    (["xuất", "sắc"], "excellent"),
    (["tốt"], "good"),
    ([*words_in("hoàn thành")], "completed"),
)
"""Bare words for a grade, in a list that is headed as a rating."""


def grade_after(scope: Scope, noun: Noun, start: TokenIndex, *, led: bool) -> Match[Grade] | None:
    """Return the grade behind word `start`, unless it leads to the next number (`…, hoàn thành tốt: 12`).

    `led` says that a grade stands before this number already.
    """
    found = None
    for match in grade_words().find(scope.words, start, scope.stop):
        between = scope.spelled[found.stop if found else start : match.start]
        bracket_closed = ")" in between and "(" not in between[: between.index(")")] and not scope.in_bracket
        task = scope.spelled[match.stop : min(scope.stop, match.stop + 2)]
        leads_on = scope.next is not None and _leads(scope.spelled[match.stop : scope.next])
        if (
            len(between) > (2 if found else LONGEST_BETWEEN)
            or bracket_closed
            or (leads_on and (led or not _OPENS_ITEM.isdisjoint(between)))
            or _AIMED_AT.intersection(between)
            or _is_another(scope, noun, start, match.start)
            or _is_voted_on(scope, start, match.start)
            or (
                match.value == "completed" and scope.spelled[match.stop - 1] == "vụ" and tuple(task) in _TASKS
            )
        ):
            break
        found = match
    return found


def _is_voted_on(scope: Scope, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether those counted only vote for another's grade (`18 đảng viên nhất trí chi bộ hoàn thành tốt`)."""
    votes = not _VOTES.isdisjoint(pairwise(scope.spelled[start:stop]))
    return votes and any(body.value in _VOTED_ON for body in subject_words().find(scope.words, start, stop))


def _is_another(scope: Scope, noun: Noun, start: TokenIndex, stop: TokenIndex) -> bool:
    """Return whether the words go on to someone else (`12 đảng viên, không có chi bộ yếu kém`).

    A list of nouns (`cán bộ, đảng viên`) is one.
    """
    commas = [TokenIndex(i) for i in range(start, stop) if scope.spelled[i] == ","]
    own = scope.spelled[noun.start : noun.stop]
    return bool(commas) and any(
        scope.spelled[match.start - 1] != "số"
        and (scope.spelled[match.start : match.stop] == own or match.start - 1 not in commas)
        and match.value in graded_subjects()
        and match.stop - match.start > 1
        for match in subject_words().find(scope.words, commas[0], stop)
    )


def grade_shared(scope: Scope, noun: Noun) -> Grade | None:
    """Return the grade that is said once for this number and the next (`02 chi bộ, 20 đảng viên hoàn thành …`)."""
    if scope.next is None or scope.following is None or noun.start < scope.right:
        return None
    of_another_unit = scope.later is not None and scope.later.unit != scope.number.unit
    between = _outside_brackets(scope.spelled[noun.stop : scope.next])
    if of_another_unit or scope.spelled[scope.left - 1] == "nạp" or not _AND.issuperset(between):
        return None
    ahead = scope.following()
    # "15 đảng viên, 3 đồng chí hoàn thành tốt": the first is the whole.
    return ahead.grade if ahead.adjacent and ahead.subject != noun.subject else None


def _outside_brackets(tokens: Sequence[str]) -> Iterator[str]:
    depth = 0
    for mark in tokens:
        depth += (mark == "(") - (mark == ")")
        if depth == 0 and mark != ")":
            yield mark


def grade_before(scope: Scope) -> Grade | None:
    """Return the grade that leads to the number (`Hoàn thành xuất sắc nhiệm vụ: 5 đảng viên`).

    In a list of grades a bare `hoàn thành: 2` is one too, and in a rating (`Xếp loại đảng viên: xuất sắc 5, tốt 20`)
    every bare word.
    """
    found = grade_words().last(scope.words, scope.floor, scope.left)
    listed = scope.floor > scope.clause.start
    if found and _leads(scope.spelled[found.stop : scope.left]):
        parted = _PARTS.intersection(scope.spelled[scope.floor : found.start])
        return found.value if parted or not listed else None
    start = max(scope.floor, scope.left - LONGEST_LINK - 2)
    words = scope.spelled[start : scope.left]
    if listed and (words[-3:] == _COMPLETED or words[-2:] == _COMPLETED[:2]):
        return "completed"
    while words and words[-1] in _LEADING:
        words.pop()
    grade: Grade | None = next((named for bare, named in _BARE if words[-len(bare) :] == bare), None)
    return grade if grade and _is_rated(scope) else None


def bare_grade_after(scope: Scope, noun: Noun) -> Grade | None:
    """Return the grade that a bare word behind a noun is in a rating (`Xếp loại: 2 đồng chí xuất sắc, …`)."""
    for bare, grade in _BARE:
        stop = noun.stop + len(bare)
        if scope.spelled[noun.stop : stop] == bare and _ends(scope.spelled[stop : stop + 1]):
            return grade if _is_rated(scope) else None
    return None


def finishes(scope: Scope, noun: Noun, grade: Grade | None) -> bool:
    """Return whether those counted have no other `grade` than that they finished (`…, 3 chi bộ hoàn thành.`)."""
    words = scope.spelled[noun.stop : noun.stop + 3]
    return grade is None and words[:2] == _COMPLETED[:2] and _ends(words[2:])


def _ends(words: Sequence[str]) -> bool:
    """Return whether what was said of a number ends before these words."""
    return all(word in SOFT_BREAKS or word in _AND for word in words)


def bare_grade(words: Sequence[str]) -> Grade | None:
    """Return the grade that the only words of a cell are where organizations or members are rated: Xuất sắc, Tốt."""
    own = [word for word in words if word.isalpha() and word not in _RATED]
    return next((grade for bare, grade in _BARE if own in (bare, ["loại", *bare], ["mức", *bare])), None)


def rating_after(scope: Scope, inherited: Grade | None) -> Grade | None:
    """Return the grade of a share that would inherit one, by what stands right behind it.

    A bare rating is its own (`trong đó 40% đạt xuất sắc`); a title is none (`15% đạt danh hiệu chiến sĩ thi đua`).
    """
    start = scope.right
    while start < scope.stop and scope.spelled[start] in _REACHES:
        start += 1
    after = scope.spelled[start : min(scope.stop, start + LONGEST_LINK)]
    if inherited is None or not _TITLES.isdisjoint(pairwise(after)) or not LESSER.isdisjoint(after[:1]):
        return None
    return next((grade for words, grade in _BARE[:2] if after[: len(words)] == words), inherited)


def _is_rated(scope: Scope) -> bool:
    """Return whether the words before a number head a rating of organizations or members, not of pupils."""
    start = max(TokenIndex(0), scope.left - LONGEST_HEADING)
    if _RATED.isdisjoint(scope.spelled[start : scope.left]) or noun_above(scope) is None:
        return False
    topics = TOPICS.find(scope.words, start, scope.left)
    return all(topic.value != "learner" for topic in topics)


def _leads(tokens: Sequence[str]) -> bool:
    """Return whether a grade leads to the number behind these words; a comma or semicolon closes its own item."""
    return "," not in tokens and ";" not in tokens and is_link(tokens)
