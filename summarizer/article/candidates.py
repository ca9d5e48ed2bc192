"""Candidates: numbers while they are read, and the reason that the words around one give for its being no count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article.context import words_after, words_before
from summarizer.article.not_counts import is_year, reason_after, reason_before
from summarizer.article.notation import Value
from summarizer.article.nouns import counts_after_name, counts_things
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.report import Reason, Unit

__all__ = ("Candidate", "read_reason")

_TABLE = Lists("summarizer.article", "candidates")


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
_MOST_QUOTED = 10
"""What the number of a slogan in quotation marks is, at most."""
_SLOGAN_BEFORE = re.compile(r'(?:^|[\s(])"\s?(?:\d[^\d"]{2,16})?$')
_NAMED_BEFORE = cue(r'{named_before} "\s?$', **_TABLE)
_SHORT_BETWEEN = cue(
    r"{short_between}(?: [^\W\d_]+){0,3} \((?:(?:gọi|viết) tắt (?:là )?)?[^\W\d_]{2,6}\) $", **_TABLE
)
_SETS_IN_ONE = cue(r"(?:\"|{sets_in_one})\s?(\d trong\s)?$", **_TABLE)
_IN_ONE = cue(r" trong 1(?![\d.,/%])")
_IN_SLOGAN = _TABLE.joined("in_slogan")
_SLOGAN_ROW = re.compile(rf"\d\s(?:{'|'.join(_IN_SLOGAN)})\s?,?\s(?:và\s)?$")
_NAME_BEFORE = re.compile(r'"[^\W\d][^".;:]{2,32}\s$')
_SLOGAN_AFTER = re.compile(r'\s[^\d".;]{2,20}(?:,?\s\d\s[^\d".;]{2,20}){0,2}"')
_BASE = cue(r"(?:[^\W\d_]\s?/\s?|%\s?/\s?|{base}\s{1,2}trên\s{1,2})$", **_TABLE)
_BASE_ENDS = ("/", "trên")
_PER = ("trên", "/", "mỗi")
_AREA = cue(r"\s{0,2}{area}(?!\w)", **_TABLE)
"""What a yield is told of: giá trị sản phẩm trên 1 ha (product value per hectare)."""
_DISABLED = cue(r"{disabled}(?: \d/4,)* $", **_TABLE)
_CLASSES = 4
"""Classes of disability: thương binh 1/4 has the first of four."""
_SESSION = "hội nghị"
_SHORT_NAME = cue(r"(?<!\w){short_name}\.\s?$", **_TABLE)
_ONE_OF = cue(r"\s{1,2}trong\s{1,2}(?:{of_all}\s{1,2})?(?:\d|{several}\s)", **_TABLE)
_TIMES = cue(r"{times}(?: {times_bounds})? $", **_TABLE)
_MEAN_AGE = cue(r"{mean_age}[^.]*\s$", **_TABLE)
_MEAN_MARK = cue(r"{mean_mark}(?: [^.,;:\d]{1,40})? $", **_TABLE)
_INDUSTRY = cue(r"{industry} $", **_TABLE)


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
        and is_year(before, after)
    ):
        candidate.reason = "year"
        return
    quoted = not fraction and '"' in low[candidate.at - 2 : candidate.at]
    if quoted and _NAMED_BEFORE.search(low[max(0, candidate.at - 24) : candidate.at]):
        candidate.reason = "name"
        return
    candidate.reason = reason_before(before, after, written, candidate.value, fraction=fraction)
    candidate.named = candidate.reason is not None
    if candidate.reason is None and candidate.factor == 1:
        candidate.reason = _reason_near(low, candidate) or reason_after(
            after, before, candidate.value, fraction=fraction
        )


def _reason_near(low: str, candidate: Candidate) -> Reason | None:
    """Return why the text near a candidate says that it is no count, where single phrases do not tell."""
    near, first = low[max(0, candidate.at - 32) : candidate.at], candidate.after[0] if candidate.after else ""
    led = near.rstrip()
    based = led.endswith(_BASE_ENDS) and _BASE.search(near)
    if (based and not _beside(low, candidate)) or (first == "lần" and _TIMES.search(near)):
        return "other"
    if candidate.value == 1 and led.endswith(_PER) and _AREA.match(low, candidate.end):
        return "other"
    if candidate.total == _CLASSES and _DISABLED.search(near):
        return "ordinal"
    if led.endswith(_SESSION) and candidate.after[:2] in (["ban", "chấp"], ["bch", "đảng"]):
        return "ordinal"
    if candidate.total is None and led.endswith(".") and _SHORT_NAME.search(near):
        return "name"
    if near[-1:] == "[" and low[candidate.end : candidate.end + 1] == "]":
        return "other"
    if first == "số" and low[candidate.at : candidate.end] == "1":
        return "other"  # một số
    if candidate.value == 1 and candidate.total is None and _ONE_OF.match(low, candidate.end):
        return "other"
    if low[candidate.at : candidate.end] == "4.0" and (_INDUSTRY.search(near) or not candidate.after):
        return "name"
    if first == "qua" and near.endswith("năm "):
        return "duration"
    if near[-2:] == ") " and _SHORT_BETWEEN.search(low[max(0, candidate.at - 80) : candidate.at]):
        return "document"
    in_one = _SETS_IN_ONE.search(near) if first == "trong" or near[-6:] == "trong " else None
    if in_one and (in_one[1] or _IN_ONE.match(low, candidate.end)):
        return "name"
    if first in _IN_SLOGAN and _SLOGAN_ROW.search(near):
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
_COUNTED_BEFORE = re.compile(r"\d\s([^\W\d_]+(?:\s[^\W\d_]+){0,3})\s?/$")


def _beside(low: str, candidate: Candidate) -> bool:
    """Tell whether a number behind a slash counts beside the one before it: 54 vụ/73 bị can, not vụ/10.000 dân.

    So it does where the same noun stands behind both: 8 đảng viên/10 đảng viên.
    """
    if low[candidate.at - 1] != "/":
        return False
    counted = _COUNTED_BEFORE.search(low[max(0, candidate.at - 40) : candidate.at])
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
