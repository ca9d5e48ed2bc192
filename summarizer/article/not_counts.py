"""Why a number counts nothing, by the words right before it and right behind it.

The phrases are those of `tables/not_count_reasons.csv` and `tables/not_counts.csv`; they follow the gold labels'
"Not a count" and "Decided cases". The longest that fits decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast, get_args

from summarizer.article.normalize import in_one_form
from summarizer.article.nouns import counts_after_name, counts_things
from summarizer.article.phrases import Lists
from summarizer.errors import ConfigError
from summarizer.schemas.report import Reason
from summarizer.schemas.tables import read_table

__all__ = ("is_abstract", "is_year", "reason_after", "reason_before")

_TABLE = Lists("summarizer.article", "not_counts")


def _reasons(place: str) -> Mapping[str, Reason | None]:
    """Return the phrases of one place of the table, normalized, with the reason that each gives."""
    rows = read_table("summarizer.article", "not_count_reasons", ("place", "reason", "words"), key=("place",))
    known = ("count", *get_args(Reason))
    if wrong := next((row for row in rows if row["reason"] not in known), None):
        raise ConfigError(
            f"{wrong.where}: reason is {wrong['reason']!r}, but must be one of {', '.join(known)}"
        )
    return {
        in_one_form(phrase): None if row["reason"] == "count" else cast(Reason, row["reason"])
        for row in rows
        if row["place"] == place
        for phrase in row.phrases()
    }


_STRONG = _reasons("strong")
_LEADING = _reasons("leading")
_BEHIND = _reasons("behind")
_BODIES = _TABLE.joined("bodies")
_COMPOUNDS = _TABLE.joined("compounds")
_SLOGANS, _SLOGAN_LEADS = _TABLE.joined("slogans"), _TABLE.joined("slogan_leads")
_YEAR_CUES, _YEAR_NO_CUES = _TABLE.joined("year_cues"), _TABLE.joined("year_no_cues")
_OFTEN, _SPANS, _EACH = _TABLE.joined("often"), _TABLE.joined("spans"), _TABLE.joined("each")
_HIGHEST: Mapping[str, int] = {
    in_one_form(phrase): int(row["highest"])
    for row in read_table("summarizer.article", "highest_named", ("highest", "words"))
    for phrase in row.phrases()
}
_ABSTRACT_LIMIT = 20
"""More points than this are no announced list but a number of tasks that were counted."""

_LAST_WORDS = frozenset(phrase.split()[-1] for table in (_STRONG, _LEADING, _BODIES) for phrase in table)
_HIGHEST_CLASS = 12
_HIGHEST_NAMED = 30
_MOST_UNQUOTED = 6
"""What the number of a slogan without quotation marks is, at most (3 không, 5 sạch)."""
_ALL_OF = _TABLE.joined("all_of")
_LISTED = _TABLE.joined("listed")
_ROOMS = _TABLE.joined("rooms")
_HOUSES = _TABLE.words("houses")
"""Behind the number of a room: phòng 202 nhà D."""
_GROUPED = _TABLE.joined("grouped")
"""What a bloc is of (dẫn đầu khối 9 huyện); a grade of a school has no such thing behind it."""
_COUNTED_BEFORE = _TABLE.words("counted_before")


def reason_before(
    before: Sequence[str], after: Sequence[str], written: str, value: float, *, fraction: bool
) -> Reason | None:
    """Return why the words before a number say that it counts nothing, None where they do not.

    `before` are the last normalized words, nothing but spaces between the last one and the number; `after` the
    first words behind it, which outweigh a name: "Chi bộ 1" but "chi bộ 12 đảng viên". `written` is the
    number as written, normal.
    """
    if not before or before[-1] not in _LAST_WORDS:
        return None
    for length in range(min(4, len(before)), 0, -1):
        phrase = " ".join(before[-length:])
        if phrase in _COMPOUNDS:
            return None
        if phrase not in _STRONG and phrase not in _LEADING and phrase not in _BODIES:
            continue
        if value > _HIGHEST.get(phrase, value) or (before[-1] == "lớp" and not _names_classes(value)):
            return None
        if phrase == "khối" and after and (after[0] in _GROUPED or " ".join(after[:2]) in _GROUPED):
            return None
        if phrase in _STRONG:
            # "điểm trung bình 4 môn" counts subjects
            averaged = _STRONG[phrase] == "score" and written.isdecimal() and counts_things(after)
            return None if averaged else _STRONG[phrase]
        if phrase in _ROOMS and after and after[0] in _HOUSES:
            return "name"
        if phrase in _LISTED and not after:
            return None  # "trường mầm non 12, trường tiểu học 9" are counted
        # What an address counts is its house: "số 225 khu phố 4", but "số 45 đảng viên".
        if counts_after_name(after) if phrase == "số" else _counted(after, written, value, fraction=fraction):
            return None
        if phrase in _LEADING:
            first = phrase == "số" and value == 1 and after and after[0] in _ALL_OF
            return "ordinal" if first else _LEADING[phrase]
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


def is_abstract(after: Sequence[str]) -> bool:
    """Tell whether the words behind a number only announce a list: 8 nhiệm vụ trọng tâm."""
    phrase = _phrase_after(after)
    return phrase is not None and _BEHIND[phrase] == "abstract"


def _phrase_after(after: Sequence[str]) -> str | None:
    """Return the longest phrase of the table that the words behind a number begin with, None where there is none."""
    beginnings = (" ".join(after[:length]) for length in range(min(3, len(after)), 0, -1))
    return next((phrase for phrase in beginnings if phrase in _BEHIND), None)


def reason_after(
    after: Sequence[str], before: Sequence[str], value: float, *, fraction: bool
) -> Reason | None:
    """Return why the words behind a number say that it counts nothing, None where they do not.

    Of a fraction (`15/15 nhiệm vụ`) and of many (`1.234 nhiệm vụ`) abstract nouns are counted.
    """
    if not after:
        return None
    if after[0].partition("/")[0] in _OFTEN and ("/" in after[0] or _each(before)):
        return "duration"
    if (phrase := _phrase_after(after)) is not None:
        reason = _BEHIND[phrase]
        return None if reason == "abstract" and (fraction or value > _ABSTRACT_LIMIT) else reason
    if after[1:2] == ["sau"] and not fraction and not counts_things(after):
        return "abstract"  # "14 mục sau đây"
    if value <= _MOST_UNQUOTED and (after[0] in _SLOGANS or " ".join(after[:2]) in _SLOGANS):
        follows = len(before) > 1 and before[-1] in _SLOGANS and before[-2].isdecimal()
        if follows or (before and (before[-1] in _SLOGAN_LEADS or " ".join(before[-2:]) in _SLOGAN_LEADS)):
            return "name"
    return None


def _each(before: Sequence[str]) -> bool:
    """Tell whether a span of time stands before a number: mỗi tháng 1 lần, 1 tuần 2 buổi."""
    return len(before) > 1 and before[-1] in _SPANS and (before[-2] in _EACH or before[-2].isdecimal())


def is_year(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether four digits between 1900 and 2100 are a year, by the words around them."""
    if before and (before[-1] in _YEAR_CUES or " ".join(before[-2:]) in _YEAR_CUES):
        return True
    led = bool(before) and (before[-1] in _YEAR_NO_CUES or " ".join(before[-2:]) in _YEAR_NO_CUES)
    if counts_after_name(after) or ((led or before[-1:] == ["hơn"]) and counts_things(after)):
        return False
    return not (led and after)
