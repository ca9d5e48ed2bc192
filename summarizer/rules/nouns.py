"""The nouns around a number: behind it, in front of it, above its list, and the longer ones they are short for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.article.counted_nouns import CLASSIFIERS, COMRADES, subject_words
from summarizer.article.phrases import Lists, Match
from summarizer.rules.scope import SOFT_BREAKS, TOPICS, Noun, Scope, after_last
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import Subject
from summarizer.schemas.taxonomy import graded_subjects

_TABLE = Lists("summarizer.rules", "nouns")

PEOPLE: frozenset[Subject] = frozenset(("staff", "party_member", "union_member", "learner", "individual"))
SEXES = _TABLE.words("sexes")
_NO_NOUNS, _WHEN, _HEADING, _HEADS, _NO_MEMBERS, _UNDER, _EXTENTS = (
    _TABLE.words(name) for name in ("no_nouns", "when", "heading", "heads", "no_members", "under", "extents")
)
_CIRCUMSTANCES, _ART, _TEXTS, _CONTESTS = (
    _TABLE.phrases(name) for name in ("circumstances", "art", "texts", "contests")
)
_LINKS = _TABLE.words("links") | frozenset("':-,(\"")
_SHORT_FOR = _TABLE.words("short_for") | SOFT_BREAKS
_ABBREVIATED = re.compile(r"[bcdđghklmnpqrstvx]{2,6}")
_STAFF = re.compile(r"(?:cb|ql|gv|nv|cnv|cc|vc|nlđ|lđ|hđ|đv){2,}")
"""Runs of the abbreviations of cán bộ, quản lý, giáo viên, nhân viên, công nhân viên … (CBGVCNV)."""
_HOUSE, _PROJECT, _WORK, _ANYONE = ["nhà"], ["dự", "án"], ["tác", "phẩm"], ["cá", "nhân"]
_BODIES = (["tổ", "chức"], ["đơn", "vị"])
_OF_ART = 2
"""Words of pictures from which on an article's works (tác phẩm) are pictures."""
LONGEST_LINK = 3
"""Words between a noun and what is said of it, at most."""
LONGEST_ASIDE = 6
"""Words that only lead to a number, and words of a label or an aside, at most."""
LONGEST_REACH = 14
"""Words between a number and the noun to its left, or the number it goes with, at most."""
LONGEST_HEADING = 32
"""Words between a heading's noun and the first number of the list under it, at most."""
LONGEST_MEMORY = 160
"""Words in which the party or union of a đồng chí, or the longer name of a noun, is looked for, at most."""


def noun_after(spelled: Sequence[str], start: TokenIndex, stop: TokenIndex) -> Noun | None:
    """Return the noun that begins at word `start`, past words that stand before a counted noun."""
    found = subject_words().at(spelled, start, stop)
    comrade = COMRADES.at(spelled, start, stop)
    skipped = CLASSIFIERS.at(spelled, start, stop) or comrade
    if spelled[start : start + 1] == ["em"]:
        member = subject_words().at(spelled, start + 1, stop)
        if member and member.value == "union_member":
            return Noun(start, member.stop, member.value, adjacent=True)  # 500 em đội viên
    if skipped and (found is None or found.stop <= skipped.stop):
        later = noun_after(spelled, skipped.stop, stop)
        if later and later.adjacent and (not comrade or later.subject in PEOPLE):
            return later._replace(start=start)
    if comrade and (found is None or found.stop <= comrade.stop):
        return Noun(start, comrade.stop, "individual", adjacent=True)
    if found:
        return Noun(start, found.stop, found.value, adjacent=True)
    if start < stop and _STAFF.fullmatch(spelled[start]):
        return Noun(start, start + 1, "staff", adjacent=True)
    return _member(spelled, start, stop)


def _member(spelled: Sequence[str], start: TokenIndex, stop: TokenIndex) -> Noun | None:
    """Return a person whom no row has, by the last syllable of the word: điều phối viên, kiểm soát viên."""
    words = spelled[start : min(stop, start + 3)]
    if "viên" not in words[1:] or words[0] in _NO_NOUNS:
        return None
    end = TokenIndex(spelled.index("viên", start) + 1)
    if spelled[end - 2] in _NO_MEMBERS or not all(word.isalpha() for word in spelled[start:end]):
        return None
    return Noun(start, end, "individual", adjacent=True)


def names_a_thing(scope: Scope, start: TokenIndex) -> bool:
    """Return whether the word at `start`, behind the number, may be a noun, though no row has it."""
    word = scope.spelled[start] if start < scope.stop else ""
    return word.isalpha() and word not in _NO_NOUNS


def in_full(scope: Scope, noun: Noun) -> Noun:
    """Return the noun with the subject of a longer one before it in the sentence that it is short for.

    `hơn 3.000 tổ chức đảng …, phát hiện 4 tổ chức vi phạm`: only where nothing behind it makes it another.
    """
    short = scope.spelled[noun.start : noun.stop]
    if short == _WORK:
        # Works that are seen (tranh, ảnh), in an article that tells of none that are read.
        seen, texts = (sum(scope.words.pairs[one, other] for one, other in pairs) for pairs in (_ART, _TEXTS))
        if seen >= _OF_ART and not texts:
            return noun._replace(subject="other")
    if short == _PROJECT:
        around = scope.spelled[max(0, scope.left - LONGEST_MEMORY) : scope.right + LONGEST_HEADING]
        if not _CONTESTS.isdisjoint(pairwise(around)):  # cuộc thi khoa học kĩ thuật
            return noun._replace(subject="research")
    aside = scope.spelled[scope.left - 1 : scope.left] == ["("]
    listed = noun.stop + 1 == scope.next and scope.spelled[noun.stop] in ("và", ",")
    named = noun.stop < scope.stop and scope.spelled[noun.stop] not in _SHORT_FOR
    if short == _HOUSE or (named and not aside and not listed):
        return noun
    if short in _BODIES and scope.spelled[scope.left - 1] == "lên":
        total = noun_before(scope, scope.floor)  # "nâng tổng số chi bộ lên 19 đơn vị"
        return noun._replace(subject=total.subject) if total and total.headed else noun
    if short in _BODIES and (headed := _heading(scope)):
        return noun._replace(subject=headed)
    start = max(scope.clause.start, scope.left - LONGEST_MEMORY)
    full: list[Subject] = [
        match.value
        for match in subject_words().find(scope.words, start, scope.left)
        if match.stop - match.start > len(short)
        and scope.spelled[match.start : match.start + len(short)] == short
        and (match.value in PEOPLE) == (noun.subject in PEOPLE)  # no chi hội is short for a chi hội phó
    ]
    return noun._replace(subject=full[-1]) if full else noun


def _heading(scope: Scope) -> Subject | None:
    """Return the kind of party body that the clause is headed by (`Đối với chi bộ trực thuộc, có 147 tổ chức …`)."""
    start = scope.clause.start
    while start < scope.left and scope.spelled[start] in _HEADING:
        start += 1
    found = subject_words().at(scope.spelled, start, scope.left) if start > scope.clause.start else None
    return found.value if found and found.value in ("party_cell", "party_organization") else None


def noun_above(scope: Scope) -> Match[Subject] | None:
    """Return the noun that a list of grades stands under (`Xếp loại đảng viên: … Hoàn thành tốt nhiệm vụ: 20`)."""
    start = max(TokenIndex(0), scope.left - LONGEST_HEADING)
    named = subject_words().find(scope.words, start, scope.left)
    return next((match for match in reversed(list(named)) if match.value in graded_subjects()), None)


def opens_clause(scope: Scope, noun: Noun) -> bool:
    """Return whether a noun begins a clause behind another number (`96 lượt; đảng viên dự họp đạt 96%`)."""
    return (
        (noun.subject in PEOPLE or noun.subject in graded_subjects())
        and scope.spelled[noun.start - 1] in (",", ";")
        and scope.floor < noun.start
    )


def noun_before(scope: Scope, floor: TokenIndex) -> Noun | None:
    """Return the nearest noun between word `floor` and the number that the number can be about.

    One syllable alone is too often part of another word (`cụ` in `cụ thể`): it needs a head such as `số`. What
    is behind a headed noun belongs to it (`tổng số đảng viên của Đảng bộ là 245`), as does what it is under.
    """
    found, left = None, scope.left
    percent = scope.number.unit == "percent"
    first = max(floor, left - LONGEST_REACH * (2 if percent else 1))
    topics = [topic for topic in TOPICS.find(scope.words, first, left) if topic.value != "other"]
    for match in subject_words().find(scope.words, first, left):
        own = scope.spelled[match.start : match.stop]
        near = scope.spelled[max(floor, match.start - 3) : match.start]
        led = near[-1] if near else ""
        of = subject_words().at(scope.spelled, match.stop, left) if SEXES.issuperset(own) else None
        size = match.stop - match.start
        if (
            # "lớp" in "lên lớp thẳng"
            any(one.start <= match.start < one.stop and one.stop - one.start > size for one in topics)
            or led in _EXTENTS
            or (tuple(own) in _CIRCUMSTANCES and led != "số")
            or (of and of.value in PEOPLE)  # "tỉ lệ nữ cán bộ" is one of cán bộ
        ):
            continue
        if match.stop <= left - LONGEST_REACH:
            # What a rate is of may stand further away in the same phrase.
            if near[-2:] == ["tỉ", "lệ"] and not _breaks(scope.spelled[match.stop : left]):
                found = Noun(match.start, match.stop, match.value, headed=True)
            continue
        rate = match.start - len(near) + near.index("lệ") if "lệ" in near else None
        headed = led in _HEADS or (rate is not None and (found is None or found.stop <= rate))
        if found and scope.spelled[found.start : match.start] == _ANYONE:
            found = None  # "cá nhân cán bộ quản lý" are cán bộ quản lý
        if found and not headed:
            between = scope.spelled[found.stop : match.start]
            # What a share of people has reached is none: "hộ gia đình đạt tiêu chuẩn văn hóa 85%".
            begins = found.start == scope.clause.start or scope.spelled[found.start - 1] in SOFT_BREAKS
            subject = begins and found.subject in PEOPLE and SOFT_BREAKS.isdisjoint(between)
            reached = percent and (led == "đạt" or subject)
            if reached or found.headed or _UNDER.issuperset(between):
                continue
        # "CBQL: 02", "GV 16"
        leads = _ABBREVIATED.fullmatch(own[0]) and scope.spelled[match.stop : left] in ([], [":"])
        if found and found.subject in PEOPLE and scope.spelled[found.stop : match.start] == ["là"]:
            # "đảng viên là học sinh: 12" counts party members.
            found = Noun(found.start, match.stop, found.subject, headed=found.headed)
        elif _is_label(scope, match):
            found = Noun(match.start, match.stop, match.value, headed=True)
        elif headed or size > 1 or leads:
            found = Noun(match.start, match.stop, match.value, headed=headed)
    return found


def _is_label(scope: Scope, match: Match[Subject]) -> bool:
    """Return whether a noun begins the label of a list's item that a colon ends: `- GVG cấp tỉnh: 01`."""
    before = scope.spelled[scope.clause.start : match.start]
    label = scope.spelled[match.stop : scope.left]
    return (
        label[-1:] == [":"]
        and len(label) <= LONGEST_ASIDE
        and not any(map(str.isalnum, before))
        and all(map(str.isalpha, label[:-1]))
    )


def _breaks(tokens: list[str]) -> bool:
    """Return whether a phrase ends among these words, other than before the time of a share (`…, năm 2021 đạt`)."""
    after = after_last(tokens, SOFT_BREAKS)
    return after is not None and not all(word in _WHEN or word.isdecimal() for word in after)


def is_link(tokens: Sequence[str]) -> bool:
    """Return whether words only lead from a grade or a noun to the number behind it."""
    return len(tokens) <= LONGEST_ASIDE and all(word in _LINKS for word in tokens)
