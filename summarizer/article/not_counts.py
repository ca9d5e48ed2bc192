"""Why a number counts nothing, by the words right before it, right behind it, and near it.

The phrases are those of `tables/not_count_reasons.csv`, `not_counts.csv` and `near_numbers.csv`; they follow the gold
labels' "Not a count" and "Decided cases". The longest that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast, get_args

from summarizer.article.context import words_after, words_before
from summarizer.article.normalize import in_one_form
from summarizer.article.notation import Value
from summarizer.article.nouns import counts_after_name, counts_things
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.errors import ConfigError
from summarizer.schemas.report import Reason, Unit
from summarizer.schemas.tables import read_table

__all__ = ("Candidate", "is_abstract", "read_reason")

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
_AFTER = _reasons("after")
_BODIES = _TABLE.joined("bodies")
_COMPOUNDS = _TABLE.joined("compounds")
_SLOGANS, _SLOGAN_LEADS = _TABLE.joined("slogans"), _TABLE.joined("slogan_leads")
_YEAR_CUES, _YEAR_NO_CUES, _YEAR_NO_CUES_OF_NOUNS = (
    _TABLE.joined(name) for name in ("year_cues", "year_no_cues", "year_no_cues_of_nouns")
)
_OFTEN, _SPANS, _EACH = _TABLE.joined("often"), _TABLE.joined("spans"), _TABLE.joined("each")
_HIGHEST = values_of("highest_named", "highest", int)
_ABSTRACT_LIMIT = 20
"""More points than this are no announced list but a number of tasks that were counted."""

_LAST_WORDS = frozenset(phrase.split()[-1] for table in (_STRONG, _LEADING, _BODIES) for phrase in table)
_HIGHEST_CLASS = 12
_HIGHEST_NAMED = 30
"""The highest class of a school; the highest number that is a body's name where what follows can be counted."""
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


def _reason_before(
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
    return phrase is not None and _AFTER[phrase] == "abstract"


def _phrase_after(after: Sequence[str]) -> str | None:
    """Return the longest phrase of the table that the words behind a number begin with, None where there is none."""
    beginnings = (" ".join(after[:length]) for length in range(min(3, len(after)), 0, -1))
    return next((phrase for phrase in beginnings if phrase in _AFTER), None)


def _reason_after(
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
        reason = _AFTER[phrase]
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


def _is_year(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether four digits between 1900 and 2100 are a year, by the words around them."""
    near = {*before[-1:], " ".join(before[-2:])}
    if near & _YEAR_CUES:
        return True
    led = not near.isdisjoint(_YEAR_NO_CUES)
    if counts_after_name(after) or ((led or near & _YEAR_NO_CUES_OF_NOUNS) and counts_things(after)):
        return False
    return not (led and after)


_NEAR = Lists("summarizer.article", "near_numbers")


@dataclass(slots=True)
class Candidate:
    """A number under way, in offsets of the normalized text."""

    at: int
    end: int
    tail: int
    value: Value = 0
    total: Value | None = None
    unit: Unit = "count"
    currency: str | None = None
    factor: int = 1
    word: bool = False
    reason: Reason | None = None
    named: bool = False
    """The words before it are the reason, and are those of a whole row: lớp 8, 9."""
    after: Sequence[str] = ()


_YEARS = (1900, 2100)
"""Four digits between these can be a year."""
_MOST_QUOTED = 10
"""What the number of a slogan in quotation marks is, at most."""
_SLOGAN_BEFORE = re.compile(r'(?:^|[\s(])"\s?(?:\d[^\d"]{2,16})?$')
_NAMED_BEFORE = cue(r'{named_before} "\s?$', **_NEAR)
_SHORT_BETWEEN = cue(
    r"{short_between}(?: [^\W\d_]+){0,3} \((?:(?:gọi|viết) tắt (?:là )?)?[^\W\d_]{2,6}\) $", **_NEAR
)
_SETS_IN_ONE = cue(r"(?:\"|{sets_in_one})\s?(\d trong\s)?$", **_NEAR)
_IN_ONE = cue(r" trong 1(?![\d.,/%])")
_NAME_BEFORE = re.compile(r'"[^\W\d][^".;:]{2,32}\s$')
_SLOGAN_AFTER = re.compile(r'\s[^\d".;]{2,20}(?:,?\s\d\s[^\d".;]{2,20}){0,2}"')
_BASE = cue(r"(?:[^\W\d_]\s?/\s?|%\s?/\s?|{base}\s{1,2}trên\s{1,2})$", **_NEAR)
_BASE_ENDS = ("/", "trên")
_MEAN_AGE = cue(r"{mean_age}[^.]*\s$", **_NEAR)
_MEAN_MARK = cue(r"{mean_mark}(?: [^.,;:\d]{1,40})? $", **_NEAR)


class _Shape(NamedTuple):
    """What stands before, in and behind a number that counts nothing; None where anything may."""

    reason: Reason
    number: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None = None


_ONE = re.compile("0?1")
_SHAPES = (
    _Shape("other", None, cue(r"{times}(?: {times_bounds})? $", **_NEAR), cue(r"\s{1,2}lần(?!\w)")),
    # a yield: giá trị sản phẩm trên 1 ha (product value per hectare)
    _Shape("other", _ONE, cue(r"(?:trên|/|mỗi)\s*$"), cue(r"\s{0,2}{area}(?!\w)", **_NEAR)),
    _Shape("other", _ONE, None, cue(r"\s{1,2}trong\s{1,2}(?:{of_all}\s{1,2})?(?:\d|{several}\s)", **_NEAR)),
    _Shape("other", re.compile("1"), None, cue(r"\s{1,2}số(?!\w)")),  # một số
    _Shape("other", None, re.compile(r"\[$"), re.compile(r"\]")),
    _Shape("ordinal", re.compile(r"\d\s?/\s?4"), cue(r"{disabled}(?: \d/4,)* $", **_NEAR)),  # thương binh 1/4
    _Shape("ordinal", None, cue(r"hội nghị\s*$"), cue(r"\s{1,2}(?:ban chấp|bch đảng)(?!\w)")),
    _Shape("name", re.compile(r"\d+"), cue(r"(?<!\w){short_name}\.\s?$", **_NEAR)),  # Q.1, TP.2
    _Shape("name", re.compile(r"4\.0"), cue(r"{industry} $", **_NEAR)),
    _Shape("name", re.compile(r"4\.0"), None, re.compile(r"\s*(?:[^\w\s]|$)")),
    _Shape("duration", None, cue(r"năm $"), cue(r"\s{1,2}qua(?!\w)")),  # a slip: năm 5 qua
    _Shape(
        "name", None, cue(r"\d\s{in_slogan}\s?,?\s(?:và\s)?$", **_NEAR), cue(r"\s{1,2}{in_slogan}", **_NEAR)
    ),
)


def read_reason(low: str, candidate: Candidate) -> None:
    """Set the reason why the words around a candidate say that it is no count."""
    candidate.after = after = words_after(low, candidate.tail)
    if candidate.unit != "count" or candidate.reason:
        return
    before = words_before(low, candidate.at)
    written, fraction = low[candidate.at : candidate.end], candidate.total is not None
    if (
        not fraction
        and written.isdecimal()
        and _YEARS[0] <= candidate.value <= _YEARS[1]
        and _is_year(before, [] if low.startswith("\n", candidate.tail) else after)
    ):
        candidate.reason = "year"
        return
    quoted = not fraction and '"' in low[candidate.at - 2 : candidate.at]
    if quoted and _NAMED_BEFORE.search(low[max(0, candidate.at - 24) : candidate.at]):
        candidate.reason = "name"
        return
    candidate.reason = _reason_before(before, after, written, candidate.value, fraction=fraction)
    candidate.named = candidate.reason is not None
    if candidate.reason is None and candidate.factor == 1:
        candidate.reason = _reason_near(low, candidate) or _reason_after(
            after, before, candidate.value, fraction=fraction
        )


def _reason_near(low: str, candidate: Candidate) -> Reason | None:
    """Return why the text near a candidate says that it is no count, where single phrases do not tell."""
    near, first = low[max(0, candidate.at - 32) : candidate.at], candidate.after[0] if candidate.after else ""
    if near.rstrip().endswith(_BASE_ENDS) and _BASE.search(near) and not _beside(low, candidate):
        return "other"
    for shape in _SHAPES:
        if (
            (shape.number is None or shape.number.fullmatch(low, candidate.at, candidate.end))
            and (shape.after is None or shape.after.match(low, candidate.end))
            and (shape.before is None or shape.before.search(near))
        ):
            return shape.reason
    if near[-2:] == ") " and _SHORT_BETWEEN.search(low[max(0, candidate.at - 80) : candidate.at]):
        return "document"
    in_one = _SETS_IN_ONE.search(near) if first == "trong" or near[-6:] == "trong " else None
    if in_one and (in_one[1] or _IN_ONE.match(low, candidate.end)):
        return "name"
    if (
        candidate.value <= _MOST_QUOTED
        and _in_slogan(low, candidate)
        and not counts_after_name(candidate.after)
    ):
        return "name"
    marked = candidate.total is None and low.find("điểm", max(0, candidate.at - 64), candidate.at) >= 0
    if marked and _MEAN_MARK.search(low[max(0, candidate.at - 64) : candidate.at]):
        return "score"
    if candidate.value == 24 and candidate.total in (7, 24) and not counts_things(candidate.after):
        return "duration"
    if first in ("", "và", "trong") and _MEAN_AGE.search(low[max(0, candidate.at - 160) : candidate.at]):
        return "other"
    return None


_ROUND = re.compile(r"10*(?:\.?000)*$")
_BESIDE_SLASH = re.compile(r"\d\s([^\W\d_]+(?:\s[^\W\d_]+){0,3})\s?/\s?$")


def _beside(low: str, candidate: Candidate) -> bool:
    """Tell whether a number behind a slash counts beside the one before it: 54 vụ/73 bị can, not vụ/10.000 dân.

    So it does where the same noun stands behind both: 8 đảng viên/10 đảng viên.
    """
    if not low[max(0, candidate.at - 3) : candidate.at].rstrip().endswith("/"):
        return False
    counted = _BESIDE_SLASH.search(low[max(0, candidate.at - 40) : candidate.at])
    if counted and candidate.after[: len(counted[1].split())] == counted[1].split():
        return True
    return _ROUND.fullmatch(low, candidate.at, candidate.end) is None and counts_after_name(candidate.after)


def _in_slogan(low: str, candidate: Candidate) -> bool:
    """Tell whether a candidate stands in a short quotation that a number begins: "5 xây, 3 chống"."""
    before = low[max(0, candidate.at - 40) : candidate.at]
    if '"' not in before:
        return False
    begins = _SLOGAN_BEFORE.search(before[-24:])
    if begins is None and candidate.end - candidate.at == 1:
        begins = _NAME_BEFORE.search(before)
    return bool(begins and _SLOGAN_AFTER.match(low, candidate.end))
