"""What a percentage without a noun of its own is a share of, or tells the growth of."""

from __future__ import annotations

from summarizer.article.nouns import subject_words
from summarizer.article.phrases import Lists
from summarizer.rules.nouns import noun_before
from summarizer.rules.scope import COMMAS, SOFT_BREAKS, TOPICS, Noun, Scope, after_last
from summarizer.schemas.offsets import TokenIndex

__all__ = ("GROWTH", "grown_noun", "has_own_rate", "is_growth")

_TABLE = Lists("summarizer.rules", "meaning")

GROWTH = _TABLE.words("growth")
"""Words that say that a figure rose or fell (tăng, giảm, vượt)."""
_TIMES = _TABLE.words("times")
_COMPARED = ["so", "với"]
_AIMS = frozenset(("so", "nghị", "mục", "chỉ"))
"""First words of topics that a sentence can begin with and go on to tell of others (Mục tiêu có …)."""


def has_own_rate(scope: Scope) -> bool:
    """Return whether a percentage is of what its own part of the sentence begins with, which is none of the nouns.

    The table of topics has it as other (`hỗ trợ 12 hộ vay, nợ quá hạn chiếm 0,04%`). A whole sentence has to begin
    with it (`Doanh thu của các hợp tác xã tăng 12%`), or with what it is compared to (`So với chỉ tiêu …`).
    """
    tokens = scope.spelled[scope.floor : scope.left]
    own = after_last(tokens, COMMAS)
    if own is None and scope.floor == scope.clause.start:
        compared = scope.spelled[scope.floor : scope.floor + 2] == _COMPARED
        topic = TOPICS.at(scope.spelled, scope.floor + 2 * compared, scope.left)
        owned = compared or scope.spelled[scope.floor] not in _AIMS
        return topic is not None and topic.value == "other" and owned and ":" not in tokens
    start = TokenIndex(scope.left - len(own or []))
    topic = TOPICS.first(scope.words, start, scope.left)
    named = subject_words().first(scope.words, start, scope.left)
    return topic is not None and topic.value == "other" and (named is None or named.start >= topic.start)


def is_growth(scope: Scope, stop: TokenIndex) -> bool:
    """Return whether a percentage says how much more or less than at another time (`tăng 10% so với năm trước`)."""
    led = scope.spelled[max(scope.floor, scope.left - 4) : scope.left]
    return not GROWTH.isdisjoint(led) and not _TIMES.isdisjoint(scope.spelled[stop : stop + 3])


def grown_noun(scope: Scope) -> Noun | None:
    """Return the noun that a growth is told of: one behind số and the like, or one that its part begins with."""
    if has_own_rate(scope):
        return None
    noun = noun_before(scope, scope.floor)
    if noun is None or noun.headed:
        return noun
    led = scope.spelled[noun.stop : scope.left]
    begins = noun.start == scope.clause.start or scope.spelled[noun.start - 1] in SOFT_BREAKS
    return noun if begins and GROWTH.issuperset(led[:1]) else None
