"""Why a number counts nothing, by the words right before it, right behind it, and near it.

The phrases are those of `tables/not_count_reasons.csv`, `not_counts.csv` and `near_numbers.csv`; they follow the gold
labels' "Not a count" and "Decided cases". The longest that fits decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast, get_args

from summarizer.article.context import match_before, words_after, words_before
from summarizer.article.counted_nouns import counts_after_name, counts_things
from summarizer.article.normalize import in_one_form
from summarizer.article.notation import Value
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.errors import ConfigError
from summarizer.schemas.report import Reason, Unit
from summarizer.schemas.word_tables import read_table


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


def _read_reasons() -> Mapping[str, Mapping[str, Reason | None]]:
    """Return the phrases of each place around a number, normalized, with the reason that each gives."""
    places: dict[str, dict[str, Reason | None]] = defaultdict(dict)
    for row in read_table(
        "summarizer.article", "not_count_reasons", ("place", "reason", "words"), key=("place",)
    ):
        if row["reason"] not in (known := ("count", *get_args(Reason))):
            raise ConfigError(
                f"{row.where}: reason is {row['reason']!r}, but must be one of {', '.join(known)}"
            )
        reason = None if row["reason"] == "count" else cast(Reason, row["reason"])
        places[row["place"]].update((in_one_form(phrase), reason) for phrase in row.phrases())
    return places


_TABLE = Lists("summarizer.article", "not_counts")
_WORDS = {name: _TABLE.joined(name) for name in _TABLE}
_STRONG, _LEADING, _AFTER = map(_read_reasons().__getitem__, ("strong", "leading", "after"))
_HIGHEST = values_of("highest_named", "highest", int)
_BEFORE = {*_STRONG, *_LEADING, *_WORDS["bodies"], *_WORDS["compounds"]}
_LONGEST_BEFORE, _LONGEST_AFTER = 4, 3
"""Words of a phrase right before a number, and right behind it, at most."""
_ABSTRACT_LIMIT = 20
"""More points than this are no announced list but a number of tasks that were counted."""
_HIGHEST_CLASS, _HIGHEST_NAMED = 12, 30
"""The highest class of a school; the highest number that is a body's name where what follows can be counted."""
_MOST_UNQUOTED = 6
"""What the number of a slogan without quotation marks is, at most (3 không, 5 sạch)."""
_YEARS = (1900, 2100)
"""Four digits between these can be a year."""


def read_reason(low: str, candidate: Candidate) -> None:
    """Set the reason why the words around a candidate say that it is no count."""
    candidate.after = words_after(low, candidate.tail)
    closes = candidate.unit == "money" and '"' in low[candidate.tail : candidate.tail + 2]
    if closes and match_before(_CLUB, low, candidate.at, _CLUB_ROOM):
        candidate.reason = "name"
    if candidate.unit != "count" or candidate.reason:
        return
    before = words_before(low, candidate.at)
    if _is_year(low, candidate, before):
        candidate.reason = "year"
        return
    candidate.reason = _reason_before(low, candidate, before)
    candidate.named = candidate.reason is not None
    if candidate.reason is None:
        candidate.reason = _reason_near(low, candidate)
    if candidate.reason is None and candidate.factor == 1:
        candidate.reason = _reason_after(candidate, before)


def _is_year(low: str, candidate: Candidate, before: Sequence[str]) -> bool:
    """Tell whether a candidate is a year, by the words around it."""
    after = [] if low.startswith("\n", candidate.tail) else candidate.after
    digits = candidate.total is None and low[candidate.at : candidate.end].isdecimal()
    if not digits or not _YEARS[0] <= candidate.value <= _YEARS[1]:
        return False
    near = {*before[-1:], " ".join(before[-2:])}
    if near & _WORDS["year_cues"]:
        return True
    led = bool(near & _WORDS["year_no_cues"])
    if counts_after_name(after) or ((led or near & _WORDS["year_no_cues_of_nouns"]) and counts_things(after)):
        return False
    return not (led and after)


def _reason_before(low: str, candidate: Candidate, before: Sequence[str]) -> Reason | None:
    """Return why the words before a candidate say that it counts nothing, None where they do not.

    The words behind it outweigh a name: "Chi bộ 1" but "chi bộ 12 đảng viên".
    """
    after, value, written = candidate.after, candidate.value, low[candidate.at : candidate.end]
    ends = {" ".join(before[-length:]): length for length in range(min(_LONGEST_BEFORE, len(before)), 0, -1)}
    phrase = next((words for words in ends if words in _BEFORE), "")
    if (
        not phrase
        or phrase in _WORDS["compounds"]
        or value > _HIGHEST.get(phrase, value)
        or (before[-1] == "lớp" and not _names_classes(value))
        or (phrase == "khối" and {*after[:1], " ".join(after[:2])} & _WORDS["grouped"])
    ):
        return None
    if phrase in _STRONG:
        # "điểm trung bình 4 môn" counts subjects
        averaged = _STRONG[phrase] == "score" and written.isdecimal() and counts_things(after)
        return None if averaged else _STRONG[phrase]
    if phrase in _WORDS["rooms"] and _WORDS["houses"].intersection(after[:1]):
        return "name"
    if phrase in _WORDS["listed"] and not after:
        return None  # "trường mầm non 12, trường tiểu học 9" are counted
    # A name's number is small, no 07, no 3/5; what an address counts is its house: "số 225 khu phố 4".
    small = value <= _HIGHEST_NAMED and not written.startswith("0") and candidate.total is None
    if counts_after_name(after) if phrase == "số" or small else counts_things(after):
        return None
    if phrase in _LEADING:
        first = phrase == "số" and value == 1 and _WORDS["all_of"].intersection(after[:1])
        return "ordinal" if first else _LEADING[phrase]
    return None if _WORDS["counted_before"].intersection(before[: -ends[phrase]][-1:]) else "name"


def _names_classes(value: Value) -> bool:
    """Tell whether a number behind "lớp" names classes: 9, or 678 for three of them."""
    written = str(value)
    if 2 < len(written) < 5 and written.isdecimal():
        return all(int(later) - int(digit) == 1 for digit, later in pairwise(written))
    return value <= _HIGHEST_CLASS


def is_abstract(after: Sequence[str]) -> bool:
    """Tell whether the words behind a number only announce a list: 8 nhiệm vụ trọng tâm."""
    return _AFTER.get(_phrase_after(after)) == "abstract"


def _phrase_after(after: Sequence[str]) -> str:
    """Return the longest phrase of the table that the words behind a number begin with, "" where there is none."""
    beginnings = (" ".join(after[:length]) for length in range(min(_LONGEST_AFTER, len(after)), 0, -1))
    return next((phrase for phrase in beginnings if phrase in _AFTER), "")


def _reason_after(candidate: Candidate, before: Sequence[str]) -> Reason | None:
    """Return why the words behind a candidate say that it counts nothing, None where they do not.

    Of a fraction (`15/15 nhiệm vụ`) and of many (`1.234 nhiệm vụ`) abstract nouns are counted.
    """
    after, value, fraction = candidate.after, candidate.value, candidate.total is not None
    if not after:
        return None
    # mỗi tháng 1 lần, 1 tuần 2 buổi, 2 lần/năm
    timed = _WORDS["spans"].intersection(before[-1:])
    each = timed and any(word in _WORDS["each"] or word.isdecimal() for word in before[-2:-1])
    noun, slash, rest = after[0].partition("/")
    per = [*filter(None, (rest,)), *after[1:]]
    # 125 buổi/4.500 lượt người are two counts, 3 lần/2 năm is how often
    counted = per[:1] and per[0].replace(".", "").isdecimal() and _WORDS["spans"].isdisjoint(per[1:2])
    if noun in _WORDS["often"] and (each or (slash and not counted)):
        return "duration"
    if phrase := _phrase_after(after):
        reason = _AFTER[phrase]
        return None if reason == "abstract" and (fraction or value > _ABSTRACT_LIMIT) else reason
    if after[1:2] == ["sau"] and not fraction and not counts_things(after):
        return "abstract"  # "14 mục sau đây"
    if value <= _MOST_UNQUOTED and {after[0], " ".join(after[:2])} & _WORDS["slogans"]:
        follows = _WORDS["slogans"].intersection(before[-1:]) and "".join(before[-2:-1]).isdecimal()
        if follows or {*before[-1:], " ".join(before[-2:])} & _WORDS["slogan_leads"]:
            return "name"
    return None


class _Shape(NamedTuple):
    """What stands before, in and behind a number that counts nothing; None where anything may.

    `room` are the characters before it in which `before` is looked for; `unless` the words behind it say that it
    counts all the same.
    """

    reason: Reason
    number: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    room: int
    unless: Callable[[Sequence[str]], bool]


_NEAR = Lists("summarizer.article", "near_numbers")


def _shape(
    reason: Reason,
    *,
    number: str | None = None,
    before: str | None = None,
    after: str | None = None,
    room: int = 32,
    unless: Callable[[Sequence[str]], bool] = lambda after: False,
) -> _Shape:
    """Return a shape whose patterns are written as for `cue`, with the lists of `near_numbers.csv`."""
    numbers, ends = number and re.compile(number), before and cue(f"(?:{before})$", **_NEAR)
    return _Shape(reason, numbers or None, ends or None, cue(after, **_NEAR) if after else None, room, unless)


_CLUB = cue(r'"\s?{clubs} [^";:]*$', **_NEAR)
"""What opens the quoted name of a club that ends in what each of it earns: "Câu lạc bộ 100 triệu đồng"."""
_CLUB_ROOM = 80
_QUOTED = r"\s[^\d\".;]{2,20}(?:,?\s\d\s[^\d\".;]{2,20}){0,2}\""
_SHAPES = (
    _shape("name", number="[^/]+", before=r'{named_before} "\s?', room=24),
    _shape("other", before=r"{times}(?: {times_bounds})? ", after=r"\s{1,2}lần(?!\w)"),
    # a yield: giá trị sản phẩm trên 1 ha (product value per hectare)
    _shape("other", number="0?1", before=r"(?:trên|/|mỗi)\s*", after=r"\s{0,2}{area}(?!\w)"),
    _shape("other", number="0?1", after=r"\s{1,2}trong\s{1,2}(?:{of_all}\s{1,2})?(?:\d|{several}\s)"),
    _shape("other", number="1", after=r"\s{1,2}số(?!\w)"),  # một số
    _shape("other", before=r"\[", after=r"\]"),
    _shape("ordinal", number=r"\d\s?/\s?4", before=r"{disabled}(?: \d/4,)* "),  # thương binh 1/4
    _shape("ordinal", before=r"hội nghị\s*", after=r"\s{1,2}(?:ban chấp|bch đảng)(?!\w)"),
    _shape("name", number=r"\d+", before=r"{short_name}\.\s?"),  # Q.1, TP.2
    _shape(
        "name", number="[3-6]", before=r"{ties} ", after=r"\s{1,2}nhà(?!\w)(?! {of_house}(?!\w))"
    ),  # liên kết 4 nhà
    _shape("name", number=r"4\.0", before="{industry} "),
    _shape("name", number=r"4\.0", after=r"\s*(?:[^\w\s]|$)"),
    # a slip: năm 20-18
    _shape("year", number="19|20", before="năm ", after=r"\s?-\s?\d\d(?!\d)", unless=counts_things),
    _shape("year", number=r"\d\d", before=r"năm (?:19|20)\s?-\s?", unless=counts_things),
    _shape("duration", before="năm ", after=r"\s{1,2}qua(?!\w)"),  # a slip: năm 5 qua
    _shape("name", before=r"\d\s{in_slogan}\s?,?\s(?:và\s)?", after=r"\s{1,2}{in_slogan}"),
    _shape(
        "document",
        before=r"{short_between}(?: [^\W\d_]+){0,3} \((?:(?:gọi|viết) tắt (?:là )?)?[^\W\d_]{2,6}\) ",
        room=80,
    ),
    _shape("name", before=r"(?:\"|{sets_in_one})\s?\d trong\s"),  # mô hình 4 trong 1
    _shape("name", before=r"(?:\"|{sets_in_one})\s?", after=r" trong 1(?![\d.,/%])"),
    # "5 xây, 3 chống"
    _shape(
        "name",
        number=r"\d|10",
        before=r'(?:^|[\s(])"\s?(?:\d[^\d"]{2,16})?',
        after=_QUOTED,
        room=24,
        unless=counts_after_name,
    ),
    _shape(
        "name",
        number=r"\d",
        before=r'"[^\W\d][^".;:]{2,32}\s',
        after=_QUOTED,
        room=40,
        unless=counts_after_name,
    ),
    _shape(
        "score",
        number="[^/]+",
        before=r"{mean_mark}(?:\s?[:=])?(?: [^.,;:\d]{1,40})? ",
        room=64,
        unless=counts_things,
    ),
    _shape("duration", number=r"24\s*/\s*(?:24|7)", unless=counts_things),
    _shape("other", before=r"{mean_age}[^.]*\s", after=r"\W*(?:$|\n|[,.;:!?)]|(?:và|trong)(?!\w))", room=160),
)
_BASE = cue(r"(?:[^\W\d_]\s?/\s?|%\s?/\s?|{base}\s{1,2}trên\s{1,2})$", **_NEAR)
_ROUND = re.compile(r"10*(?:\.?000)*$")
_BESIDE_SLASH = re.compile(r"\d\s([^\W\d_]+(?:\s[^\W\d_]+){0,3})\s?/\s?$")


def _reason_near(low: str, candidate: Candidate) -> Reason | None:
    """Return why the text near a candidate says that it is no count, where single phrases do not tell."""
    at, end = candidate.at, candidate.end
    if candidate.factor == 1 and match_before(_BASE, low, at, 32) and not _beside(low, candidate):
        return "other"
    for reason, number, before, after, room, unless in _SHAPES:
        if (
            (number is None or number.fullmatch(low, at, end))
            and (after is None or after.match(low, end))
            and (before is None or match_before(before, low, at, room))
            and not unless(candidate.after)
        ):
            return reason
    return None


def _beside(low: str, candidate: Candidate) -> bool:
    """Tell whether a number behind a slash counts beside the one before it: 54 vụ/73 bị can, not vụ/10.000 dân.

    So it does where the same noun stands behind both: 8 đảng viên/10 đảng viên.
    """
    if not low[max(0, candidate.at - 3) : candidate.at].rstrip().endswith("/"):
        return False
    counted = match_before(_BESIDE_SLASH, low, candidate.at, 40)
    if counted and candidate.after[: len(counted[1].split())] == counted[1].split():
        return True
    return _ROUND.fullmatch(low, candidate.at, candidate.end) is None and counts_after_name(candidate.after)
