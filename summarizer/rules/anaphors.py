"""Anaphors: whom a đồng chí, a người, a cháu or an HV stands for, by its heading, its sentence or its article."""

from __future__ import annotations

from itertools import pairwise

from summarizer.article.counted_nouns import ADMITTED, COMRADES, PERSONS, grade_words, subject_words
from summarizer.article.normalize import words_in
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

_TABLE = Lists("summarizer.rules", "anaphors")
_LONGEST_ADMITTED = 10
"""Words in which those who were admitted (kết nạp, đứng vào hàng ngũ của Đảng) are said to be, at most."""
_LONGEST_BODY = 8
"""Words behind a comrade in which the body that he is of is named, at most."""
_OF_A_SCHOOL = 3
"""Words of schools from which on an article tells of one."""
_PREPARED, _CHANGES = _TABLE.words("prepared"), _TABLE.words("changes")
_COMMITTEES, _ASSOCIATIONS = _TABLE.lexicon("committees"), _TABLE.lexicon("associations")
_ANYONE, _SCHOOLS = _TABLE.phrases("anyone"), _TABLE.phrases("schools")
_BODY, _TIMES, _MEMBER = ["tổ", "chức"], ["lượt"], ["thành", "viên"]
_CHILDREN = tuple([*words_in(child)] for child in ("trẻ", "trẻ em", "cháu", "thiếu nhi", "bé"))
_CONSISTS = frozenset(("gồm", "có", "là"))
_SAID = COMMAS | frozenset((":", "có", "gồm", "đó"))
"""Marks and words that what is said to be so many begins behind (gồm cán bộ hội là 45 người)."""
_SEMICOLON = frozenset(";")
_RANKS, _FOR_THE_PARTY = {("hàng", "ngũ"), ("vào", "đảng")}, {("cho", "đảng"), ("vào", "đảng")}
_IN_ALL, _AMONG = ["tổng", "số", "lên"], ("trong", "đó")
_INTO = (["vào", "ban"], ["vào", "bch"], ["vào", "btv"])
_ANOTHER_BODY = frozenset(("gồm", "bầu", "ban", "bch"))


def named(scope: Scope, noun: Noun, before: Meaning | None) -> Noun:
    """Return the noun with the subject that its heading or sentence gives it, if it is one that waits for that.

    A `người` is what its sentence counts (`số hội viên là 788 người`). A đồng chí or ủy viên is that too, else a
    party member where the nearest body named is one of the party (evals/README.md), its own words first.
    """
    spelled, own = scope.spelled, scope.spelled[noun.start : noun.stop]
    adjacent = noun._replace(adjacent=True, headed=False)
    distant = adjacent._replace(adjacent=False)
    if own in _CHILDREN and not _at_school(scope):
        return adjacent._replace(subject="individual")
    if tuple(own) in _ANYONE and spelled[noun.stop : noun.stop + 1] == ["là"]:
        # "12 đối tượng là giảng viên": twelve, who are lecturers
        followed = noun_after(spelled, noun.stop + 1, scope.stop)
        if followed and followed.subject in PEOPLE:
            return adjacent._replace(stop=followed.stop, subject=followed.subject)
    if own == _BODY and _beside_members(scope, noun, before):
        return adjacent._replace(subject="party_organization")
    if own == _TIMES and (subject := _whose_times(scope, noun, before)):
        return distant._replace(subject=subject)
    if own == _MEMBER:
        return noun._replace(subject=_of_what_body(scope, noun))
    person, comrade = (lexicon.at(spelled, noun.start, noun.stop) for lexicon in (PERSONS, COMRADES))
    if _is_admitted(scope, noun, person=person is not None, comrade=comrade is not None):
        return adjacent._replace(subject="party_member")
    if not any(match and match.stop == noun.stop for match in (person, comrade)):
        return noun
    if person and _is_of_a_committee(scope):
        return distant._replace(subject="party_member")
    if person and (subject := _of_those_before(scope, noun, before)):
        return distant._replace(subject=subject)
    heading = noun_before(scope, scope.floor if person else scope.clause.start)
    if heading and heading.subject in ("staff", "party_member", "union_member", "learner"):
        led = spelled[heading.stop : scope.left]
        linked = is_link(led) or led[:1] == [":"] or (bool(led) and _CHANGES.issuperset(led))
        if linked or heading.headed:
            return noun._replace(subject=heading.subject, adjacent=linked, headed=False)
    near = scope.left - scope.floor <= LONGEST_ASIDE
    if near and before and before.subject in PEOPLE and SEXES.issuperset(own):
        return distant._replace(subject=before.subject)
    if person:
        elected = SIDES.first(scope.words, noun.stop, min(scope.stop, noun.stop + _LONGEST_BODY))
        into = spelled[noun.stop : noun.stop + 2] in _INTO and elected and elected.value == "party"
        return noun._replace(subject="party_member") if into else noun
    return _comrades(scope, noun, before)


def _comrades(scope: Scope, noun: Noun, before: Meaning | None) -> Noun:
    """Return a number of comrades as what their delegation, the number before or the nearest body makes them."""
    words = scope.words
    others = noun._replace(subject="individual", headed=False)
    if _are_delegates(scope):
        return others
    if before and _goes_on(scope, noun, before):
        return others._replace(subject=before.subject, adjacent=False)
    comma = next(iter(words.among(COMMAS, noun.stop, scope.stop)), scope.stop)
    after = SIDES.first(words, noun.stop, min(comma, noun.stop + _LONGEST_BODY))
    side = (
        after
        or SIDES.last(words, max(TokenIndex(0), scope.left - LONGEST_MEMORY), scope.left)
        or SIDES.first(words, noun.stop, min(scope.clause.stop, noun.stop + LONGEST_MEMORY))
    )
    if side and side.value == "party":
        return others._replace(subject="party_member", adjacent=side is after)
    return others


def _is_admitted(scope: Scope, noun: Noun, *, person: bool, comrade: bool) -> bool:
    """Return whether those counted are admitted to the Party, and not only prepared for it."""
    behind = scope.spelled[noun.stop : min(scope.stop, noun.stop + 4)]
    if (comrade and "nạp" in behind) or (person and behind[:2] == ["được", "kết"] and "đảng" in behind):
        return True
    candidates = ADMITTED.at(scope.spelled, noun.start, noun.stop)
    if candidates is None:
        return False
    after = scope.spelled[candidates.stop : min(scope.stop, candidates.stop + _LONGEST_ADMITTED)]
    after = after[: after.index(",")] if "," in after else after
    led = scope.spelled[max(0, scope.left - 8) : scope.left]
    own = after_last(led, _SEMICOLON)
    led = led if own is None else own
    admitted = "nạp" in after or "nạp" in led or not _RANKS.isdisjoint(pairwise(after))
    return admitted and _PREPARED.isdisjoint((*led, *after))


def _of_those_before(scope: Scope, noun: Noun, before: Meaning | None) -> Subject | None:
    """Return whom a number of people counts that its sentence has named before, None where that is not sure.

    Those who are graded (`Đánh giá viên chức: hoàn thành tốt 29 người`), some of the number before (`63 giáo viên,
    nhiều nhất ở mầm non (38 người)`, `63 giáo viên, trong đó nữ 12 người`), all of them (`…, nâng tổng số lên 60
    người`), those who are said to be so many (`cán bộ hội ở cơ sở là 45 người`), or those whom the Party admitted
    (`giới thiệu 5 hội viên cho Đảng, kết nạp 2 chị`).
    """
    spelled = scope.spelled
    led = scope.led(2 * LONGEST_ASIDE)
    if led[-1:] == ["là"]:
        start = TokenIndex(scope.left - len(after_last(led, _SAID) or led))
        people = (one for one in subject_words().find(scope.words, start, scope.left) if one.value in PEOPLE)
        return next(
            (one.value for one in people if not SEXES.issuperset(spelled[one.start : one.stop])), None
        )
    if "nạp" in led[-LONGEST_LINK:] and not _FOR_THE_PARTY.isdisjoint(pairwise(led)):
        return "party_member"
    known = before.subject if before and before.subject in PEOPLE else None
    if grade_before(scope) or grade_words().at(spelled, noun.stop):
        above = noun_above(scope)
        graded = above.value if above and above.value in PEOPLE else None
        return known if known and before and before.grade else graded
    aside = "(" in led[-LONGEST_LINK:] and scope.left - scope.floor <= LONGEST_REACH
    bare = noun.stop == scope.stop or spelled[noun.stop] in SOFT_BREAKS
    among = bare and _AMONG in pairwise(led)
    return known if aside or among or led[-len(_IN_ALL) :] == _IN_ALL else None


def _goes_on(scope: Scope, noun: Noun, before: Meaning) -> bool:
    """Return whether the number before counts the same comrades (124 ủy viên, trong đó 10 ủy viên là …)."""
    first = scope.words.first_from(before.at)
    own = scope.spelled[noun.start : noun.stop]
    side = "party" if before.subject == "party_member" else "other"
    others = any(match.value != side for match in SIDES.find(scope.words, scope.floor, scope.left))
    elects = "bầu" in scope.spelled[scope.floor : scope.left]
    return scope.spelled[first : first + len(own)] == own and not others and not elects


def _beside_members(scope: Scope, noun: Noun, before: Meaning | None) -> bool:
    """Return whether a number of tổ chức stands in a row with one of Party members (1 tổ chức và 6 đảng viên)."""
    listed = scope.next == noun.stop + 1 and scope.spelled[noun.stop] in ("và", ",")
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
    led = scope.led(2 * LONGEST_ASIDE)
    if "bầu" not in led or led[-1] not in _CONSISTS:
        return False
    start = TokenIndex(scope.left - led[::-1].index("bầu") - 1)
    return _COMMITTEES.first(scope.words, start, scope.left) is not None


def _of_what_body(scope: Scope, noun: Noun) -> Subject:
    """Return whom a number of thành viên counts, by their body: an association, a committee of the Party, another."""
    words, first = scope.words, max(scope.floor, scope.left - LONGEST_REACH)
    if _COMMITTEES.at(scope.spelled, noun.stop, scope.stop) or _COMMITTEES.first(words, first, scope.left):
        return "party_member"
    associated = _ASSOCIATIONS.first(words, first, scope.left)
    return "union_member" if associated and "bầu" not in scope.spelled[first : scope.left] else "individual"


def _are_delegates(scope: Scope) -> bool:
    """Return whether those counted are delegates, or a delegation (`bầu đoàn đại biểu dự …, gồm 8 đồng chí`)."""
    led = scope.spelled[scope.clause.start : scope.left]
    behind = led[len(led) - led[::-1].index("biểu") :] if "biểu" in led else [","]
    near = len(behind) < 2 * LONGEST_ASIDE and COMMAS.isdisjoint(behind)
    return near or (behind[-1:] == ["gồm"] and _ANOTHER_BODY.isdisjoint(behind[:-1]))


def _at_school(scope: Scope) -> bool:
    """Return whether children are told of as those of a school: by their sentence, or the article as a whole."""
    first = max(scope.clause.start, scope.left - LONGEST_MEMORY)
    around = scope.spelled[first : min(scope.clause.stop, scope.right + LONGEST_MEMORY)]
    followed = "lớp" in around or not _SCHOOLS.isdisjoint(pairwise(around))
    return followed or sum(scope.words.pairs[one, other] for one, other in _SCHOOLS) >= _OF_A_SCHOOL
