"""Why a number counts nothing, by the words right before it and right behind it.

The phrases are `not_count_phrases`'s; the longest that fits decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.article.counted_nouns import counts_after_name, counts_things, phrases
from summarizer.article.not_count_phrases import (
    ABSTRACT_LIMIT,
    BEHIND,
    BODIES,
    COMPOUNDS,
    EACH,
    HIGHEST,
    LEADING,
    OFTEN,
    SLOGAN_LEADS,
    SLOGANS,
    SPANS,
    STRONG,
    YEAR_CUES,
    YEAR_NO_CUES,
)
from summarizer.schemas.report import Reason

__all__ = ("is_year", "phrase_behind", "reason_after", "reason_before")

_LAST_WORDS = frozenset(phrase.split()[-1] for table in (STRONG, LEADING, BODIES) for phrase in table)
_HIGHEST_CLASS = 12
_HIGHEST_NAMED = 30
_MOST_UNQUOTED = 6
"""What the number of a slogan without quotation marks is, at most (3 không, 5 sạch)."""
_ALL_OF = phrases("của, trong, toàn, cả, về")
_LISTED = phrases(
    "trường mầm non, trường mẫu giáo, trường tiểu học, trường thcs, trường thpt, chi bộ cơ sở, hội cơ sở"
)
_ROOMS = phrases("phòng, phòng họp, phòng học, hội trường, giảng đường")
_HOUSES = (["nhà"], ["tòa"], ["khu"], ["dãy"], ["tầng"])
"""Behind the number of a room: phòng 202 nhà D."""
_GROUPED = phrases("huyện, bệnh viện, đơn vị, cơ quan, doanh nghiệp, sở, ngành")
"""What a bloc is of (dẫn đầu khối 9 huyện); a grade of a school has no such thing behind it."""
_COUNTED_BEFORE = frozenset(("số", "tổng", "mỗi"))


def reason_before(
    before: Sequence[str], after: Sequence[str], written: str, value: float, *, fraction: bool
) -> Reason | None:
    """Return why the words before a number say that it counts nothing, None where they do not.

    `before` are the last folded words, nothing but spaces between the last one and the number; `after` the
    first words behind it, which outweigh a name: "Chi bộ 1" but "chi bộ 12 đảng viên". `written` is the
    number as written, folded.
    """
    if not before or before[-1] not in _LAST_WORDS:
        return None
    for length in range(min(4, len(before)), 0, -1):
        phrase = " ".join(before[-length:])
        if phrase in COMPOUNDS:
            return None
        if phrase not in STRONG and phrase not in LEADING and phrase not in BODIES:
            continue
        if value > HIGHEST.get(phrase, value) or (before[-1] == "lớp" and not _names_classes(value)):
            return None
        if phrase == "khối" and after and (after[0] in _GROUPED or " ".join(after[:2]) in _GROUPED):
            return None
        if phrase in STRONG:
            return STRONG[phrase]
        if phrase in _ROOMS and after[:1] in _HOUSES:
            return "name"
        if phrase in _LISTED and not after:
            return None  # "trường mầm non 12, trường tiểu học 9" are counted
        # What an address counts is its house: "số 225 khu phố 4", but "số 45 đảng viên".
        if counts_after_name(after) if phrase == "số" else _counted(after, written, value, fraction=fraction):
            return None
        if phrase in LEADING:
            first = phrase == "số" and value == 1 and after and after[0] in _ALL_OF
            return "ordinal" if first else LEADING[phrase]
        return None if len(before) > length and before[-length - 1] in _COUNTED_BEFORE else "name"
    return None


def _names_classes(value: float) -> bool:
    """Tell whether a number behind "lớp" names classes: 9, or 678 for three of them."""
    written = str(value)
    if 2 < len(written) < 5 and written.isdecimal():
        return all(int(later) - int(digit) == 1 for digit, later in pairwise(written))
    return value <= _HIGHEST_CLASS


def _counted(after: Sequence[str], written: str, value: float, *, fraction: bool) -> bool:
    """Tell whether the noun behind a number outweighs the name before it: a name's is small, no 07, no 3/5."""
    plain = value <= _HIGHEST_NAMED and not written.startswith("0") and not fraction
    return counts_after_name(after) if plain else counts_things(after)


def phrase_behind(after: Sequence[str]) -> str | None:
    """Return the longest phrase of `BEHIND` that the words behind a number begin with, None where there is none."""
    beginnings = (" ".join(after[:length]) for length in range(min(3, len(after)), 0, -1))
    return next((phrase for phrase in beginnings if phrase in BEHIND), None)


def reason_after(
    after: Sequence[str], before: Sequence[str], value: float, *, fraction: bool
) -> Reason | None:
    """Return why the words behind a number say that it counts nothing, None where they do not.

    Of a fraction (`15/15 nhiệm vụ`) and of many (`1.234 nhiệm vụ`) abstract nouns are counted.
    """
    if not after:
        return None
    if after[0].partition("/")[0] in OFTEN and ("/" in after[0] or _each(before)):
        return "duration"
    if (phrase := phrase_behind(after)) is not None:
        reason = BEHIND[phrase]
        return None if reason == "abstract" and (fraction or value > ABSTRACT_LIMIT) else reason
    if after[1:2] == ["sau"] and not fraction and not counts_things(after):
        return "abstract"  # "14 mục sau đây"
    if value <= _MOST_UNQUOTED and (after[0] in SLOGANS or " ".join(after[:2]) in SLOGANS):
        follows = len(before) > 1 and before[-1] in SLOGANS and before[-2].isdecimal()
        if follows or (before and (before[-1] in SLOGAN_LEADS or " ".join(before[-2:]) in SLOGAN_LEADS)):
            return "name"
    return None


def _each(before: Sequence[str]) -> bool:
    """Tell whether a span of time stands before a number: mỗi tháng 1 lần, 1 tuần 2 buổi."""
    return len(before) > 1 and before[-1] in SPANS and (before[-2] in EACH or before[-2].isdecimal())


def is_year(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether four digits between 1900 and 2100 are a year, by the words around them."""
    if before and (before[-1] in YEAR_CUES or " ".join(before[-2:]) in YEAR_CUES):
        return True
    led = bool(before) and (before[-1] in YEAR_NO_CUES or " ".join(before[-2:]) in YEAR_NO_CUES)
    if counts_after_name(after) or ((led or before[-1:] == ["hơn"]) and counts_things(after)):
        return False
    return not (led and after)
