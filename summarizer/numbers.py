"""Numbers: every number of an article, its value, its place, and whether it may count something.

Value and place are read here and nowhere else; no model ever writes a digit. The notation is decided number by
number (2.157 is 2157, 99.0 is 99, 75,2 is 75.2), never for a whole document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from summarizer.context import DIGITS, fold_article, folded_pattern, span_in_text, words_after, words_before
from summarizer.counted_nouns import counts_after_name, counts_things, phrases
from summarizer.folding import Folded
from summarizer.not_counts import is_year, reason_after, reason_before
from summarizer.notation import Numeral, Value, read_numeral, read_value, times
from summarizer.number_words import WordNumber, value_of_words, word_numbers_in
from summarizer.schemas.report import Reason, Unit
from summarizer.set_expressions import (
    Casing,
    Expressions,
    ListMarks,
    code_end,
    ends_proper_name,
    glued_reason,
    numeral_end,
)

__all__ = ("Number", "find_numbers")


class Number(NamedTuple):
    """A number of the text. `text` stands at `at` exactly as written (`1/5`, `17 /18`, `75,2`, `hai mươi`).

    `value` is in đồng for money and has the multiplier in it ("2 triệu lượt khách" is 2000000), although `text`
    ends before the unit; `tail` is the offset behind the unit ("%", "tỷ đồng", "triệu"), `end` where there is
    none. `total` is the 5 of `1/5`. `qualifier` is the word before it that bounds the value ("trên", "gần").
    `reason` is None for what may be a count, else why it is none; a date, a time and a period are one number each,
    whose value is that of its first digits.
    """

    at: int
    text: str
    value: int | float
    total: int | float | None
    unit: Unit
    tail: int
    word: bool = False
    qualifier: str | None = None
    reason: Reason | None = None

    @property
    def end(self) -> int:
        """The offset behind the last character of `text`."""
        return self.at + len(self.text)


@dataclass(slots=True)
class _Draft:
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


def find_numbers(text: str, *, chrome: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """Return every number of `text` in order, not overlapping; offsets are indexes into `text`.

    `chrome` are spans of `text` that belong to the web page (see `find_chrome`); their numbers count nothing.
    Numbers in words are given only where they count.
    """
    folded = fold_article(text)
    drafts = list(_drafts(folded, text))
    _read_rows(folded.text, drafts)
    _set_aside_chrome(folded, drafts, chrome)
    return [_finish(draft, folded, text) for draft in drafts]


def _drafts(folded: Folded, text: str) -> Iterator[_Draft]:
    low = folded.text
    expressions = Expressions(low)
    casing = Casing(folded, text)
    marks = ListMarks()
    words: list[WordNumber] = list(word_numbers_in(folded))
    words.reverse()
    reached = 0
    for digits in DIGITS.finditer(low):
        at = digits.start()
        while words and words[-1].at < at:
            word = words.pop()
            if word.at >= reached:
                yield _in_words(low, word)
        if at < reached:
            continue
        draft = _in_digits(low, at, numeral_end(low, at), expressions, casing, marks)
        reached = draft.tail
        yield draft
    for word in reversed(words):
        if word.at >= reached:
            yield _in_words(low, word)


def _in_words(low: str, word: WordNumber) -> _Draft:
    numeral = read_numeral(low, word.end, "", value=word.value)
    return _Draft(word.at, word.end, numeral.tail, word.value, unit=numeral.unit, word=True)


_FRACTION = re.compile(r"\s{0,2}/\s{0,2}(\d+(?:[.,]\d+)*)(?!\d|\s?/\s?\d)")
_LONGEST_COUNT = 9
"""Digits in one run that are still a count; more are an account, a phone, a code."""


def _in_digits(
    low: str,
    at: int,
    end: int,
    expressions: Expressions,
    casing: Casing,
    marks: ListMarks,
) -> _Draft:
    written = low[at:end]
    value = read_value(written)
    draft = _Draft(at, end, end, 0 if value is None else value)
    fixed_end, fixed_reason = expressions.at(at, end) or (end, None)
    code = None if fixed_reason == "contact" else code_end(low, end, casing)
    if code or fixed_reason:
        draft.end = draft.tail = code or fixed_end
        draft.reason = "document" if code else fixed_reason
        draft.named = fixed_reason == "date" and draft.end - at <= 2
        draft.after = words_after(low, draft.end)
        return draft
    if marks.holds(low, at, end, casing):
        draft.reason = "list_mark"
        return draft
    if value is None:
        draft.reason = "other"
        return draft
    if written.isdecimal() and len(written) > _LONGEST_COUNT:
        draft.reason = "contact"
        return draft
    draft.reason = glued_reason(low, at, end, casing)
    if draft.reason is None and ends_proper_name(low, at, end, casing):
        draft.reason = "name"
    if draft.reason:
        return draft
    fraction = _FRACTION.match(low, end)
    draft.total = read_value(fraction[1]) if fraction else None
    if fraction and draft.total is not None:
        end = fraction.end()
    _take(draft, read_numeral(low, end, written, fraction=draft.total is not None))
    _skip_again(low, draft)
    if _is_sum(low, draft):
        draft.unit = "money"
    _read_context(low, draft)
    return draft


_SUM = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_SUM_BEFORE = folded_pattern(
    r"(?:hỗ trợ|ủng hộ|quyên góp|đóng góp|trị giá|số tiền|kinh phí|tiền)(?: được)?(?: là)?\s{0,2}:? $"
)
_WAGE = folded_pattern(r"(?:thu nhập|lương|tiền công)(?: bình quân)?(?: đạt| là)?(?: gần| trên| hơn)? $")
_LEAST_WAGE = 100_000
_AGAIN = folded_pattern(r"\s?\((?:bằng chữ\s?:? )?([^\W\d_]+(?: [^\W\d_]+){0,12}?)( đồng)?(?: chẵn)?\s?\)")


def _skip_again(low: str, draft: _Draft) -> None:
    """Pass over the number said again in words: 05 (năm) chi bộ, 5.000.000 (năm triệu đồng)."""
    again = _AGAIN.match(low, draft.tail) if draft.total is None else None
    if again and value_of_words(again[1].split()) == draft.value:
        draft.tail = again.end()
        if again[2]:
            draft.unit = "money"


def _is_sum(low: str, draft: _Draft) -> bool:
    """Tell whether a number without a unit or a noun is money by what was done with it: hỗ trợ 14.000.000 cho."""
    if draft.unit != "count" or draft.total is not None:
        return False
    if draft.value >= _LEAST_WAGE and _WAGE.search(low[max(0, draft.at - 32) : draft.at]):
        return True
    given = _SUM.fullmatch(low, draft.at, draft.end) and _SUM_BEFORE.search(
        low[max(0, draft.at - 24) : draft.at]
    )
    return bool(given) and not counts_things(words_after(low, draft.tail))


def _take(draft: _Draft, numeral: Numeral) -> None:
    draft.value, draft.unit, draft.factor = numeral.value, numeral.unit, numeral.factor
    draft.end, draft.tail = numeral.end, numeral.tail
    # "8,5đ" is a mark (điểm), "8.500đ" a sum.
    if numeral.sign and numeral.factor == 1 and draft.value < 100:
        draft.unit, draft.reason = "count", "score"


_YEARS = (1900, 2100)
_MOST_IN_SLOGAN = 10
_SLOGAN_BEFORE = re.compile(r'(?:^|[\s(])"\s?(?:\d[^\d"]{2,16})?$')
_NAMED_BEFORE = folded_pattern(r'(?:chương trình|phong trào|chiến dịch|đề án|cuộc vận động|dự án) "\s?$')
_SHORT_BETWEEN = folded_pattern(
    r"(?:nghị quyết|chỉ thị|kết luận|quy định|đề án|kế hoạch|quyết định|thông tư|nghị định|hướng dẫn|chương trình)"
    r"(?: [^\W\d_]+){0,3} \((?:(?:gọi|viết) tắt (?:là )?)?[^\W\d_]{2,6}\) $"
)
_SETS_IN_ONE = folded_pattern(r"(?:\"|hình thức|mô hình|kiểu|dạng)\s?(\d trong\s)?$")
_IN_ONE = folded_pattern(r" trong 1(?![\d.,/%])")
_SLOGAN_ROW = re.compile(r"\d\s(?:không|sạch|chống|xây|biết|rõ|bám|an)\s?,?\s(?:và\s)?$")
_IN_SLOGAN = frozenset(("không", "sạch", "chống", "xây", "biết", "rõ", "bám", "an"))
_NAME_BEFORE = re.compile(r'"[^\W\d][^".;:]{2,32}\s$')
_SLOGAN_AFTER = re.compile(r'\s[^\d".;]{2,20}(?:,?\s\d\s[^\d".;]{2,20}){0,2}"')
_BASE = folded_pattern(r"(?:[^\W\d_]\s?/\s?|%\s?/\s?|(?:tính|bình quân|đồng|tạ|tấn)\s{1,2}trên\s{1,2})$")
_SESSION = "hội nghị"
_SHORT_NAME = folded_pattern(r"(?<!\w)(?:q|p|f|tp|kp|tdp)\.\s?$")
_ONE_OF = folded_pattern(
    r"\s{1,2}trong\s{1,2}(?:số\s{1,2}|tổng số\s{1,2}|những\s{1,2})?(?:\d|các\s|những\s|hai\s|ba\s)"
)
_TIMES = folded_pattern(r"(?:gấp|tăng|giảm|bằng|cao|nhanh|nhiều)(?: (?:hơn|gần|khoảng|trên|tới|gấp|lên))? $")
_MEAN_AGE = folded_pattern(
    r"(?:tuổi (?:đời )?(?:bình quân|trung bình)|(?:bình quân|trung bình) tuổi)[^.]*\s$"
)
_MEAN_MARK = folded_pattern(r"điểm (?:trung bình|bình quân|tb)(?: [^.,;:\d]{1,40})? $")
_INDUSTRY = folded_pattern(r"(?:công nghiệp|công nghệ|cách mạng|thời đại|kỉ nguyên|cmcn|lần thứ tư) $")


def _read_context(low: str, draft: _Draft) -> None:
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
    if not fraction and '"' in low[draft.at - 2 : draft.at] and _NAMED_BEFORE.search(low[max(0, draft.at - 24) : draft.at]):
        draft.reason = "name"
        return
    draft.reason = reason_before(before, after, written, draft.value, fraction=fraction)
    draft.named = draft.reason is not None
    if draft.reason is None and draft.factor == 1:
        draft.reason = _reason_near(low, draft) or reason_after(after, before, draft.value, fraction=fraction)


def _reason_near(low: str, draft: _Draft) -> Reason | None:
    """Return why the text near a draft says that it is no count, where single phrases do not tell."""
    near = low[max(0, draft.at - 32) : draft.at]
    if (_BASE.search(near) and not _beside(low, draft)) or (
        draft.after[:1] == ["lần"] and _TIMES.search(near)
    ):
        return "other"
    if near.rstrip().endswith(_SESSION) and draft.after[:2] in (["ban", "chấp"], ["bch", "đảng"]):
        return "ordinal"
    if draft.total is None and _SHORT_NAME.search(near):
        return "name"
    if low[draft.at - 1 : draft.at] == "[" and low[draft.end : draft.end + 1] == "]":
        return "other"
    if draft.value == 1 and draft.total is None and _ONE_OF.match(low, draft.end):
        return "other"
    if low[draft.at : draft.end] == "4.0" and (_INDUSTRY.search(near) or not draft.after):
        return "name"
    if near.endswith("năm ") and draft.after[:1] == ["qua"]:
        return "duration"
    if near[-2:] == ") " and _SHORT_BETWEEN.search(low[max(0, draft.at - 80) : draft.at]):
        return "document"
    in_one = _SETS_IN_ONE.search(near) if draft.after[:1] == ["trong"] or near[-6:] == "trong " else None
    if in_one and (in_one[1] or _IN_ONE.match(low, draft.end)):
        return "name"
    if draft.after[:1] and draft.after[0] in _IN_SLOGAN and _SLOGAN_ROW.search(near):
        return "name"
    if draft.value <= _MOST_IN_SLOGAN and _in_slogan(low, draft) and not counts_after_name(draft.after):
        return "name"
    if draft.total is None and _MEAN_MARK.search(low[max(0, draft.at - 64) : draft.at]):
        return "score"
    if draft.value == 24 and draft.total in (7, 24) and not counts_things(draft.after):
        return "duration"
    if draft.after[:1] in ([], ["và"], ["trong"]) and _MEAN_AGE.search(
        low[max(0, draft.at - 160) : draft.at]
    ):
        return "other"
    return None


_ROUND = re.compile(r"10*(?:\.?000)*$")


def _beside(low: str, draft: _Draft) -> bool:
    """Tell whether a number behind a slash counts beside the one before it: 54 vụ/73 bị can, not vụ/10.000 dân."""
    round_number = _ROUND.fullmatch(low, draft.at, draft.end) is not None
    return low[draft.at - 1] == "/" and not round_number and counts_after_name(draft.after)


def _in_slogan(low: str, draft: _Draft) -> bool:
    """Tell whether a draft stands in a short quotation that a number begins: "5 xây, 3 chống"."""
    begins = _SLOGAN_BEFORE.search(low[max(0, draft.at - 24) : draft.at])
    if begins is None and draft.end - draft.at == 1:
        begins = _NAME_BEFORE.search(low[max(0, draft.at - 40) : draft.at])
    return bool(begins and _SLOGAN_AFTER.match(low, draft.end))


_ROW = folded_pattern(
    r"\s{0,3}(?:-|đến|tới|lên|xuống|hoặc|hay|và|,|&|cùng)\s{0,3}"
    r"(?:(?:gần|trên|dưới|hơn|khoảng|lớp|khối|tổ|quận)\s{1,2}){0,2}"
)
_LONGEST_LINK = 16
_PASSED_BACK = frozenset(("duration", "score", "other", "time", "date", "ordinal"))


def _read_rows(low: str, drafts: Sequence[_Draft]) -> None:
    """Let the numbers of a row share what stands once: "từ 3 đến 5%", "2-3 năm", "lớp 8, 9"."""
    rows = [
        later.at - draft.end <= _LONGEST_LINK and _ROW.fullmatch(low, draft.tail, later.at) is not None
        for draft, later in pairwise(drafts)
    ]
    for index in range(len(drafts) - 2, -1, -1):
        draft, later = drafts[index], drafts[index + 1]
        if not rows[index] or draft.unit != "count" or draft.reason or draft.tail != draft.end:
            continue
        listed = low[draft.end : later.at].strip()[:1] in (",", "v", "&")
        badges = later.reason == "duration" and "huy hiệu" in low[max(0, draft.at - 64) : draft.at]
        falling = listed and later.value <= draft.value and not badges
        if later.total is not None or draft.total is not None or falling:
            continue
        if (later.unit != "count" or later.factor > 1) and not listed:
            draft.unit = later.unit
            draft.value = times(draft.value, later.factor)
        elif later.reason in _PASSED_BACK and not later.named:
            draft.reason = later.reason
    for joined, (draft, later) in zip(rows, pairwise(drafts), strict=True):
        alike = later.unit == "count" and (later.total is None) == (draft.total is None)
        if joined and draft.named and later.reason is None and alike:
            counted = counts_things if "và" in low[draft.end : later.at] else counts_after_name
            if not counted(later.after) and not (draft.reason == "date" and later.after):
                later.reason, later.named = draft.reason, True


def _set_aside_chrome(folded: Folded, drafts: Sequence[_Draft], chrome: Sequence[tuple[int, int]]) -> None:
    spans = sorted((folded.folded(at), folded.folded(end)) for at, end in chrome)
    for draft in drafts:
        index = bisect_right(spans, draft.at, key=lambda span: span[0]) - 1
        if index < 0 or draft.at >= spans[index][1]:
            continue
        # The line that dates the posting is chrome, but its date stays a date.
        if draft.reason not in ("date", "time") or "\n" in folded.text[slice(*spans[index])]:
            draft.reason = "page_chrome"


_QUALIFIERS = phrases(
    """trên, gần, hơn, khoảng, dưới, ngót, xấp xỉ, ít nhất, tối thiểu, tối đa, không quá, chừng, khoảng gần,
    khoảng trên, khoảng hơn, quá, chưa đến, chưa đầy, không dưới, ước khoảng, đúng, cỡ"""
)
_QUALIFIER = folded_pattern(rf"(?<!\w)({'|'.join(sorted(_QUALIFIERS, key=len, reverse=True))})\s{{1,3}}$")


def _finish(draft: _Draft, folded: Folded, text: str) -> Number:
    at, end = span_in_text(folded, draft.at, draft.end)
    qualifier = None
    if draft.reason is None:
        start = max(0, draft.at - 20)
        match = _QUALIFIER.search(folded.text[start : draft.at])
        if match:
            qualifier = text[folded.origin(start + match.start(1)) : folded.origin(start + match.end(1))]
    return Number(
        at=at,
        text=text[at:end],
        value=draft.value,
        total=draft.total,
        unit=draft.unit,
        tail=span_in_text(folded, draft.at, draft.tail)[1],
        word=draft.word,
        qualifier=qualifier,
        reason=draft.reason,
    )
