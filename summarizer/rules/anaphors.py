"""Anaphors: whom a đồng chí, a người, a cháu or an HV stands for, by its heading, its sentence or its article."""

from __future__ import annotations

from itertools import pairwise

from summarizer.article.normalize import words_in
from summarizer.article.nouns import ADMITTED, COMRADES, GENERICS, PERSONS, grade_words, subject_words
from summarizer.article.phrases import Lists
from summarizer.rules.grading import grade_before
from summarizer.rules.nouns import (
    LONGEST_ASIDE,
    LONGEST_LINK,
    LONGEST_MEMORY,
    LONGEST_REACH,
    PEOPLE,
    SEXES,
    is_link,
    noun_above,
    noun_after,
    noun_before,
)
from summarizer.rules.scope import COMMAS, SIDES, SOFT_BREAKS, Meaning, Noun, Scope, after_last
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import Subject

__all__ = ("named",)

_TABLE = Lists("summarizer.rules", "anaphors")

_LONGEST_ADMITTED = 10
"""Words in which those who were admitted (kết nạp, đứng vào hàng ngũ của Đảng) are said to be, at most."""
_PREPARED = _TABLE.words("prepared")
"""Words of a class for those who may be admitted (đối tượng kết nạp Đảng, nhận thức về Đảng, cảm tình Đảng)."""
_ANYONE = _TABLE.phrases("anyone")
"""Whoever is counted, where what they are follows (12 đối tượng là giảng viên: twelve, who are lecturers)."""
_BODY, _TIMES, _MEMBER = ["tổ", "chức"], ["lượt"], ["thành", "viên"]
_AND = ("và", ",")
_CONSISTS = frozenset(("gồm", "có", "là"))
_COMMITTEES, _ASSOCIATIONS = _TABLE.lexicon("committees"), _TABLE.lexicon("associations")
_SAID = COMMAS | frozenset((":", "có", "gồm", "đó"))
"""Marks and words that what is said to be so many begins behind (gồm cán bộ hội là 45 người)."""
_SEMICOLON = frozenset(";")
_RANKS = (("hàng", "ngũ"), ("vào", "đảng"))
_FOR_THE_PARTY = (("cho", "đảng"), ("vào", "đảng"))
_IN_ALL = ["tổng", "số", "lên"]
_AMONG = ("trong", "đó")
_CHANGES = _TABLE.words("changes")
"""Words between a noun and how many more or fewer of it there are (biên chế giảm 3 người)."""
_INTO = (["vào", "ban"], ["vào", "bch"], ["vào", "btv"])
_ANOTHER_BODY = frozenset(("gồm", "bầu", "ban", "bch"))
_DELEGATION = [*words_in("đoàn đại biểu")]
_CHILDREN = tuple([*words_in(child)] for child in ("trẻ", "trẻ em", "cháu", "thiếu nhi", "bé"))
_SCHOOLS = _TABLE.phrases("schools")
_SCHOOL_PAIRS = [pair for pair in _SCHOOLS if len(pair) == 2]
_OF_A_SCHOOL = 3
"""Words of schools from which on an article tells of one."""


def named(scope: Scope, noun: Noun, before: Meaning | None) -> Noun:
    """Return the noun with the subject that its heading or sentence gives it, if it is one that waits for that.

    A `người` is what its sentence counts (`số hội viên là 788 người`). A đồng chí or ủy viên is that too, else a
    party member where the nearest body named is one of the party (evals/README.md), its own words first.
    """
    words, spelled = scope.words, scope.spelled
    if scope.spelled[noun.start : noun.stop] in _CHILDREN and not _at_school(scope):
        return Noun(noun.start, noun.stop, "individual", adjacent=True)
    if tuple(spelled[noun.start : noun.stop]) in _ANYONE and spelled[noun.stop : noun.stop + 1] == ["là"]:
        followed = noun_after(spelled, noun.stop + 1, scope.stop)
        if followed and followed.subject in PEOPLE:
            return Noun(noun.start, followed.stop, followed.subject, adjacent=True)
    if spelled[noun.start : noun.stop] == _BODY and _beside_members(scope, noun, before):
        return Noun(noun.start, noun.stop, "party_organization", adjacent=True)
    if GENERICS.at(spelled, noun.start, noun.stop) is None:
        return noun
    if spelled[noun.start : noun.stop] == _TIMES and (subject := _whose_times(scope, noun, before)):
        return Noun(noun.start, noun.stop, subject)
    admitted = ADMITTED.at(spelled, noun.start, noun.stop)
    if admitted and _is_admitted(scope, admitted.stop):
        return Noun(noun.start, noun.stop, "party_member", adjacent=True)
    person = PERSONS.at(spelled, noun.start, noun.stop)
    comrade = COMRADES.at(spelled, noun.start, noun.stop)
    after = scope.spelled[noun.stop : min(scope.stop, noun.stop + 4)]
    if spelled[noun.start : noun.stop] == _MEMBER:
        return noun._replace(subject=_of_what_body(scope, noun))
    if (comrade and "nạp" in after) or (person and after[:2] == ["được", "kết"] and "đảng" in after):
        return Noun(noun.start, noun.stop, "party_member", adjacent=True)
    if not (person and person.stop == noun.stop) and not (comrade and comrade.stop == noun.stop):
        return noun
    if person and _is_of_a_committee(scope):
        return Noun(noun.start, noun.stop, "party_member")
    if person and (subject := _of_those_before(scope, noun, before)):
        return Noun(noun.start, noun.stop, subject)
    heading = noun_before(scope, scope.floor if person else scope.clause.start)
    if heading and heading.subject in ("staff", "party_member", "union_member", "learner"):
        after = scope.spelled[heading.stop : scope.left]
        linked = is_link(after) or after[:1] == [":"] or (bool(after) and _CHANGES.issuperset(after))
        if linked or (comrade and heading.headed) or (person and heading.headed):
            return Noun(noun.start, noun.stop, heading.subject, adjacent=linked)
    sex = bool(SEXES.issuperset(scope.spelled[noun.start : noun.stop]))
    if sex and before and before.subject in PEOPLE and scope.left - scope.floor <= LONGEST_ASIDE:
        return Noun(noun.start, noun.stop, before.subject)
    if person:
        into = scope.spelled[noun.stop : noun.stop + 2] in _INTO
        elected = SIDES.first(words, noun.stop, min(scope.stop, noun.stop + 8)) if into else None
        return noun._replace(subject="party_member") if elected and elected.value == "party" else noun
    own = next(iter(words.among(COMMAS, noun.stop, scope.stop)), scope.stop)
    after = SIDES.first(words, noun.stop, min(own, noun.stop + 8))
    led = scope.spelled[max(scope.clause.start, scope.left - 2 * LONGEST_ASIDE) : scope.left]
    after_comma = after_last(led, COMMAS)
    if "biểu" in (led if after_comma is None else after_comma) or _is_of_a_delegation(scope):
        return Noun(noun.start, noun.stop, "individual", noun.adjacent)
    if before and _goes_on(scope, noun, before):
        return Noun(noun.start, noun.stop, before.subject)
    side = after or SIDES.last(words, max(TokenIndex(0), scope.left - LONGEST_MEMORY), scope.left)
    side = side or SIDES.first(words, noun.stop, min(scope.clause.stop, noun.stop + LONGEST_MEMORY))
    if side and side.value == "party":
        return Noun(noun.start, noun.stop, "party_member", adjacent=side is after)
    return Noun(noun.start, noun.stop, "individual", noun.adjacent)


def _of_those_before(scope: Scope, noun: Noun, before: Meaning | None) -> Subject | None:
    """Return whom a number of people counts that its sentence has named before, None where that is not sure.

    Those who are graded (`Đánh giá viên chức: hoàn thành tốt 29 người`), some of the number before (`63 giáo viên,
    nhiều nhất ở mầm non (38 người)`, `63 giáo viên, trong đó nữ 12 người`), all of them (`…, nâng tổng số lên 60
    người`), those who are said to be so many (`cán bộ hội ở cơ sở là 45 người`), or those whom the Party admitted
    (`giới thiệu 5 hội viên cho Đảng, kết nạp 2 chị`).
    """
    spelled = scope.spelled
    if SEXES.issuperset(spelled[noun.start : noun.stop]):
        return None
    led = spelled[max(scope.clause.start, scope.left - 2 * LONGEST_ASIDE) : scope.left]
    if led[-1:] == ["là"]:
        start = TokenIndex(scope.left - len(after_last(led, _SAID) or led))
        told = subject_words().find(scope.words, start, scope.left)
        people = (match for match in told if match.value in PEOPLE)
        return next(
            (one.value for one in people if not SEXES.issuperset(spelled[one.start : one.stop])), None
        )
    if "nạp" in led[-LONGEST_LINK:] and any(pair in _FOR_THE_PARTY for pair in pairwise(led)):
        return "party_member"
    known = before.subject if before and before.subject in PEOPLE else None
    if grade_before(scope) or grade_words().at(spelled, noun.stop):
        above = noun_above(scope)
        named = above.value if above and above.value in PEOPLE else None
        return known if known and before and before.grade else named
    aside = "(" in led[-LONGEST_LINK:] and scope.left - scope.floor <= LONGEST_REACH
    bare = noun.stop == scope.stop or spelled[noun.stop] in SOFT_BREAKS
    among = bare and _AMONG in pairwise(led)
    return known if aside or among or led[-len(_IN_ALL) :] == _IN_ALL else None


def _goes_on(scope: Scope, noun: Noun, before: Meaning) -> bool:
    """Return whether the number before counts the same comrades (124 ủy viên, trong đó 10 ủy viên là …)."""
    first = scope.words.first_from(before.at)
    own = scope.spelled[noun.start : noun.stop]
    between = scope.spelled[scope.floor : scope.left]
    side = "party" if before.subject == "party_member" else "other"
    others = any(match.value != side for match in SIDES.find(scope.words, scope.floor, scope.left))
    return scope.spelled[first : first + len(own)] == own and not others and "bầu" not in between


def _beside_members(scope: Scope, noun: Noun, before: Meaning | None) -> bool:
    """Return whether a number of tổ chức stands in a row with one of Party members (1 tổ chức và 6 đảng viên)."""
    listed = scope.next == noun.stop + 1 and scope.spelled[noun.stop] in _AND
    if listed and scope.later and scope.later.unit == "count":
        beside = noun_after(scope.spelled, scope.words.first_from(scope.later.tail), scope.clause.stop)
        if beside and beside.subject == "party_member":
            return True
    between = scope.spelled[scope.floor : scope.left]
    after = before is not None and before.subject == "party_member" and between[-1:] == ["và"]
    return after and len(between) <= LONGEST_LINK + 1


def _whose_times(scope: Scope, noun: Noun, before: Meaning | None) -> Subject | None:
    """Return who came so many times (237 lượt bệnh nhân, trong đó nội trú 19 lượt), None where times are counted."""
    spelled = scope.spelled
    if noun.stop < scope.stop and spelled[noun.stop] not in SOFT_BREAKS:
        return None
    if before and before.subject in PEOPLE and [spelled[scope.words.first_from(before.at)]] == _TIMES:
        return before.subject
    heading = noun_before(scope, scope.floor)
    return heading.subject if heading and heading.headed and heading.subject in PEOPLE else None


def _is_of_a_committee(scope: Scope) -> bool:
    """Return whether those counted are elected as a committee of the Party (bầu Chi ủy gồm 3 người)."""
    led = scope.spelled[max(scope.clause.start, scope.left - 2 * LONGEST_ASIDE) : scope.left]
    if "bầu" not in led or led[-1] not in _CONSISTS:
        return False
    start = TokenIndex(scope.left - led[::-1].index("bầu") - 1)
    return _COMMITTEES.first(scope.words, start, scope.left) is not None


def _of_what_body(scope: Scope, noun: Noun) -> Subject:
    """Return whom a number of thành viên counts, by their body: an association, a committee of the Party, another."""
    first = max(scope.floor, scope.left - LONGEST_REACH)
    if _COMMITTEES.at(scope.spelled, noun.stop, scope.stop) or _COMMITTEES.first(
        scope.words, first, scope.left
    ):
        return "party_member"
    associated = _ASSOCIATIONS.first(scope.words, first, scope.left)
    return "union_member" if associated and "bầu" not in scope.spelled[first : scope.left] else "individual"


def _is_of_a_delegation(scope: Scope) -> bool:
    """Return whether those counted are what a delegation consists of (`bầu đoàn đại biểu dự …, gồm 8 đồng chí`)."""
    led = scope.spelled[scope.clause.start : scope.left]
    named = [at for at in range(len(led)) if led[at : at + len(_DELEGATION)] == _DELEGATION]
    return bool(named) and led[-1:] == ["gồm"] and _ANOTHER_BODY.isdisjoint(led[named[-1] : -1])


def _at_school(scope: Scope) -> bool:
    """Return whether children are told of as those of a school: by their sentence, or the article as a whole."""
    first = max(scope.clause.start, scope.left - LONGEST_MEMORY)
    around = scope.spelled[first : min(scope.clause.stop, scope.right + LONGEST_MEMORY)]
    followed = "lớp" in around or not _SCHOOLS.isdisjoint(pairwise(around))
    return followed or sum(scope.words.pairs[pair] for pair in _SCHOOL_PAIRS) >= _OF_A_SCHOOL


def _is_admitted(scope: Scope, stop: TokenIndex) -> bool:
    """Return whether those named up to word `stop` are admitted, and not only prepared for it."""
    before = scope.spelled[max(TokenIndex(0), scope.left - LONGEST_LINK) : scope.left]
    after = scope.spelled[stop : min(scope.stop, stop + _LONGEST_ADMITTED)]
    after = after[: after.index(",")] if "," in after else after
    led = scope.spelled[max(TokenIndex(0), scope.left - 8) : scope.left]
    own = after_last(led, _SEMICOLON)
    led = led if own is None else own
    if "nạp" in before and "cho" not in before:
        return _PREPARED.isdisjoint(after)
    ranks = any(pair in _RANKS for pair in pairwise(after))
    return (ranks or "nạp" in after or "nạp" in led) and not _PREPARED.intersection((*led, *after))
