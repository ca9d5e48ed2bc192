"""Adjacency: what the words between a number and the one before it, or its noun, say of how both belong together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.article.normalize import words_in
from summarizer.article.phrases import Lists
from summarizer.rules.nouns import LONGEST_LINK, noun_after, noun_before
from summarizer.rules.scope import COMMAS, Noun, Scope, after_last
from summarizer.schemas.report import Subject

__all__ = (
    "GROWTH",
    "RATES",
    "after_bracket",
    "is_apart",
    "is_growth",
    "is_level",
    "lists_on",
    "of_cases",
    "total_before",
)

_TABLE = Lists("summarizer.rules", "adjacency")

RATES = _TABLE.words("rates") | frozenset("(-=")
"""Words that lead from a count to its percentage (tỉ lệ, chiếm, đạt, tương đương)."""
GROWTH = _TABLE.words("growth")
_TIMES = _TABLE.words("times")
_DONE_WITH: frozenset[Subject] = frozenset(("document", "event", "collective"))
"""Subjects of what is done or held, whose share the next words seldom tell."""
_LEADS_TO_SHARE = RATES | GROWTH | _TIMES | _TABLE.words("leads_to_share")
_LEVELS = tuple(
    [*words_in(f"cấp {level}")] for level in ("trung ương", "tỉnh", "huyện", "xã", "cơ sở", "thành phố")
)
_OF = _TABLE.words("of")
_LONGEST_CASE = 6
"""Words of the cases before the people in them, at most."""
_LONGEST_BRACKET = 16
"""Words of a bracket between a number and its noun, at most."""


def after_bracket(scope: Scope) -> Noun | None:
    """Return the noun behind a bracket that the number stands in front of (`120 (tăng 10%) đảng viên`)."""
    if scope.spelled[scope.right : scope.right + 1] != ["("]:
        return None
    inside = scope.spelled[scope.right : min(scope.clause.stop, scope.right + _LONGEST_BRACKET)]
    if ")" not in inside:
        return None
    after = scope.right + inside.index(")") + 1
    return noun_after(scope.spelled, after, min(scope.clause.stop, after + LONGEST_LINK))


def is_growth(scope: Scope, stop: int) -> bool:
    """Return whether a percentage says how much more or less than at another time (`tăng 10% so với năm trước`)."""
    led = scope.spelled[max(scope.floor, scope.left - 4) : scope.left]
    return not GROWTH.isdisjoint(led) and not _TIMES.isdisjoint(scope.spelled[stop : stop + 3])


def is_apart(scope: Scope, noun: Noun) -> bool:
    """Return whether a share has a subject of its own behind the noun (`đẩy mạnh phong trào, doanh thu tăng 12%`)."""
    if noun.subject not in _DONE_WITH:
        return False
    own = after_last(scope.spelled[noun.stop : scope.left], COMMAS) or []
    return "(" not in own and len([word for word in own if word not in _LEADS_TO_SHARE]) > 1


def of_cases(scope: Scope, between: Sequence[str]) -> bool:
    """Return whether a share is of the cases before the people in them (`828 vụ với 1.585 đối tượng, đạt 86%`)."""
    if scope.before is None or RATES.isdisjoint(between):
        return False
    people = scope.words.first_from(scope.before.at)
    tokens = scope.spelled[max(scope.clause.start, people - _LONGEST_CASE) : people]
    return any(one.isdecimal() and other == "vụ" for one, other in pairwise(tokens))


def is_level(between: Sequence[str]) -> bool:
    """Return whether a part is told by its level alone (`219 tập thể, trong đó cấp huyện 54, cấp cơ sở 165`)."""
    label = [word for word in between[-4:] if word != ":"]
    return any(label[-len(level) :] == level for level in _LEVELS)


def total_before(scope: Scope) -> Noun | None:
    """Return the noun of a total told behind what it is the total of (`Tổng số hội viên của 12 chi hội là`)."""
    of = scope.words.first_from(scope.before.at) - 1 if scope.before else -1
    if of < scope.clause.start or scope.spelled[of] not in _OF:
        return None
    return noun_before(scope, scope.clause.start, until=of)


def lists_on(between: Sequence[str]) -> bool:
    """Return whether the words before a number only go on with a list (`phát ra 37 phiếu, hợp lệ 37`)."""
    return between[:1] == [","] and len(between) <= LONGEST_LINK
