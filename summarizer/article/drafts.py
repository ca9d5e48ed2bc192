"""Drafts: a number while it is being read, and the reason that the words around it give for its being no count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article.context import words_after, words_before
from summarizer.article.not_counts import is_year, reason_after, reason_before
from summarizer.article.notation import Value
from summarizer.article.nouns import counts_after_name, counts_things
from summarizer.article.phrases import cue
from summarizer.schemas.report import Reason, Unit

__all__ = ("Draft", "read_reason")


@dataclass(slots=True)
class Draft:
    """A number under way, in offsets of the folded text."""

    at: int
    end: int
    tail: int
    value: Value = 0
    total: Value | None = None
    unit: Unit = "count"
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
_NAMED_BEFORE = cue(r'(?:chương trình|phong trào|chiến dịch|đề án|cuộc vận động|dự án) "\s?$')
_SHORT_BETWEEN = cue(
    r"(?:nghị quyết|chỉ thị|kết luận|quy định|đề án|kế hoạch|quyết định|thông tư|nghị định|hướng dẫn|chương trình)"
    r"(?: [^\W\d_]+){0,3} \((?:(?:gọi|viết) tắt (?:là )?)?[^\W\d_]{2,6}\) $"
)
_SETS_IN_ONE = cue(r"(?:\"|hình thức|mô hình|kiểu|dạng)\s?(\d trong\s)?$")
_IN_ONE = cue(r" trong 1(?![\d.,/%])")
_IN_SLOGAN = ("không", "sạch", "chống", "xây", "biết", "rõ", "bám", "an")
_SLOGAN_ROW = re.compile(rf"\d\s(?:{'|'.join(_IN_SLOGAN)})\s?,?\s(?:và\s)?$")
_NAME_BEFORE = re.compile(r'"[^\W\d][^".;:]{2,32}\s$')
_SLOGAN_AFTER = re.compile(r'\s[^\d".;]{2,20}(?:,?\s\d\s[^\d".;]{2,20}){0,2}"')
_BASE = cue(r"(?:[^\W\d_]\s?/\s?|%\s?/\s?|(?:tính|bình quân|đồng|tạ|tấn)\s{1,2}trên\s{1,2})$")
_BASE_ENDS = ("/", "trên")
_SESSION = "hội nghị"
_SHORT_NAME = cue(r"(?<!\w)(?:q|p|f|tp|kp|tdp)\.\s?$")
_ONE_OF = cue(r"\s{1,2}trong\s{1,2}(?:số\s{1,2}|tổng số\s{1,2}|những\s{1,2})?(?:\d|các\s|những\s|hai\s|ba\s)")
_TIMES = cue(r"(?:gấp|tăng|giảm|bằng|cao|nhanh|nhiều)(?: (?:hơn|gần|khoảng|trên|tới|gấp|lên))? $")
_MEAN_AGE = cue(r"(?:tuổi (?:đời )?(?:bình quân|trung bình)|(?:bình quân|trung bình) tuổi)[^.]*\s$")
_MEAN_MARK = cue(r"điểm (?:trung bình|bình quân|tb)(?: [^.,;:\d]{1,40})? $")
_INDUSTRY = cue(r"(?:công nghiệp|công nghệ|cách mạng|thời đại|kỉ nguyên|cmcn|lần thứ tư) $")


def read_reason(low: str, draft: Draft) -> None:
    """Set the reason why the words around a draft say that it is no count."""
    draft.after = after = words_after(low, draft.tail)
    if draft.unit != "count" or draft.reason:
        return
    before = words_before(low, draft.at)
    written, fraction = low[draft.at : draft.end], draft.total is not None
    if (
        not fraction
        and written.isdecimal()
        and _YEARS[0] <= draft.value <= _YEARS[1]
        and is_year(before, after)
    ):
        draft.reason = "year"
        return
    quoted = not fraction and '"' in low[draft.at - 2 : draft.at]
    if quoted and _NAMED_BEFORE.search(low[max(0, draft.at - 24) : draft.at]):
        draft.reason = "name"
        return
    draft.reason = reason_before(before, after, written, draft.value, fraction=fraction)
    draft.named = draft.reason is not None
    if draft.reason is None and draft.factor == 1:
        draft.reason = _reason_near(low, draft) or reason_after(after, before, draft.value, fraction=fraction)


def _reason_near(low: str, draft: Draft) -> Reason | None:
    """Return why the text near a draft says that it is no count, where single phrases do not tell."""
    near, first = low[max(0, draft.at - 32) : draft.at], draft.after[0] if draft.after else ""
    led = near.rstrip()
    based = led.endswith(_BASE_ENDS) and _BASE.search(near)
    if (based and not _beside(low, draft)) or (first == "lần" and _TIMES.search(near)):
        return "other"
    if led.endswith(_SESSION) and draft.after[:2] in (["ban", "chấp"], ["bch", "đảng"]):
        return "ordinal"
    if draft.total is None and led.endswith(".") and _SHORT_NAME.search(near):
        return "name"
    if near[-1:] == "[" and low[draft.end : draft.end + 1] == "]":
        return "other"
    if first == "số" and low[draft.at : draft.end] == "1":
        return "other"  # một số
    if draft.value == 1 and draft.total is None and _ONE_OF.match(low, draft.end):
        return "other"
    if low[draft.at : draft.end] == "4.0" and (_INDUSTRY.search(near) or not draft.after):
        return "name"
    if first == "qua" and near.endswith("năm "):
        return "duration"
    if near[-2:] == ") " and _SHORT_BETWEEN.search(low[max(0, draft.at - 80) : draft.at]):
        return "document"
    in_one = _SETS_IN_ONE.search(near) if first == "trong" or near[-6:] == "trong " else None
    if in_one and (in_one[1] or _IN_ONE.match(low, draft.end)):
        return "name"
    if first in _IN_SLOGAN and _SLOGAN_ROW.search(near):
        return "name"
    if draft.value <= _MOST_QUOTED and _in_slogan(low, draft) and not counts_after_name(draft.after):
        return "name"
    marked = draft.total is None and low.find("điểm", max(0, draft.at - 64), draft.at) >= 0
    if marked and _MEAN_MARK.search(low[max(0, draft.at - 64) : draft.at]):
        return "score"
    if draft.value == 24 and draft.total in (7, 24) and not counts_things(draft.after):
        return "duration"
    if first in ("", "và", "trong") and _MEAN_AGE.search(low[max(0, draft.at - 160) : draft.at]):
        return "other"
    return None


_ROUND = re.compile(r"10*(?:\.?000)*$")
_COUNTED_BEFORE = re.compile(r"\d\s([^\W\d_]+(?:\s[^\W\d_]+){0,3})\s?/$")


def _beside(low: str, draft: Draft) -> bool:
    """Tell whether a number behind a slash counts beside the one before it: 54 vụ/73 bị can, not vụ/10.000 dân.

    So it does where the same noun stands behind both: 8 đảng viên/10 đảng viên.
    """
    if low[draft.at - 1] != "/":
        return False
    counted = _COUNTED_BEFORE.search(low[max(0, draft.at - 40) : draft.at])
    if counted and draft.after[: len(counted[1].split())] == counted[1].split():
        return True
    return _ROUND.fullmatch(low, draft.at, draft.end) is None and counts_after_name(draft.after)


def _in_slogan(low: str, draft: Draft) -> bool:
    """Tell whether a draft stands in a short quotation that a number begins: "5 xây, 3 chống"."""
    before = low[max(0, draft.at - 40) : draft.at]
    if '"' not in before:
        return False
    begins = _SLOGAN_BEFORE.search(before[-24:])
    if begins is None and draft.end - draft.at == 1:
        begins = _NAME_BEFORE.search(before)
    return bool(begins and _SLOGAN_AFTER.match(low, draft.end))
