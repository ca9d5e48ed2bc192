"""Numbers: every number of an article, its value, its place, and whether it may count something.

Value and place are read here and nowhere else; no model ever writes a digit. The notation is decided number by
number (2.157 is 2157, 99.0 is 99, 75,2 is 75.2), never for a whole document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.article.context import span_in_text, words_after
from summarizer.article.drafts import Draft, read_reason
from summarizer.article.normalize import Folded, fold
from summarizer.article.notation import Numeral, read_numeral, read_value, times
from summarizer.article.nouns import counts_after_name, counts_things
from summarizer.article.number_words import WordNumber, value_of_words, word_numbers_in
from summarizer.article.phrases import Lists, cue
from summarizer.article.set_expressions import (
    Casing,
    Expressions,
    ListMarks,
    code_end,
    ends_proper_name,
    glued_reason,
    numeral_end,
)
from summarizer.schemas.report import Reason, Unit

__all__ = ("Number", "find_numbers")

_TABLE = Lists("summarizer.article", "numbers")


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


def find_numbers(
    text: str, folded: Folded | None = None, *, chrome: Sequence[tuple[int, int]] = ()
) -> list[Number]:
    """Return every number of `text` in order, not overlapping; offsets are indexes into `text`.

    `chrome` are spans of `text` that belong to the web page (see `find_chrome`); their numbers count nothing.
    Numbers in words are given only where they count. `folded` is `text` folded, where that is at hand.
    """
    folded = folded or fold(text)
    drafts = list(_drafts(folded, text))
    _read_rows(folded.text, drafts)
    _set_aside_chrome(folded, drafts, chrome)
    return [_finish(draft, folded, text) for draft in drafts]


def _drafts(folded: Folded, text: str) -> Iterator[Draft]:
    low = folded.text
    expressions = Expressions(folded)
    casing = Casing(folded, text)
    marks = ListMarks()
    words: list[WordNumber] = list(word_numbers_in(folded))
    words.reverse()
    reached = 0
    for at, _ in folded.tokens.digits:
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


def _in_words(low: str, word: WordNumber) -> Draft:
    numeral = read_numeral(low, word.end, "", value=word.value)
    return Draft(word.at, word.end, numeral.tail, word.value, unit=numeral.unit, word=True)


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
) -> Draft:
    written = low[at:end]
    value = read_value(written)
    draft = Draft(at, end, end, 0 if value is None else value)
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
    fraction = _FRACTION.match(low, end) if "/" in low[end : end + 3] else None
    draft.total = read_value(fraction[1]) if fraction else None
    if fraction and draft.total is not None:
        end = fraction.end()
    _take(draft, read_numeral(low, end, written, fraction=draft.total is not None))
    _skip_again(low, draft)
    if _is_sum(low, draft):
        draft.unit = "money"
    read_reason(low, draft)
    return draft


_SUM = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_SUM_BEFORE = cue(
    r"(?:hỗ trợ|ủng hộ|quyên góp|đóng góp|trị giá|số tiền|kinh phí|tiền)(?: được)?(?: là)?\s{0,2}:? $"
)
_WAGE = cue(r"(?:thu nhập|lương|tiền công)(?: bình quân)?(?: đạt| là)?(?: gần| trên| hơn)? $")
_LEAST_WAGE = 100_000
_LEAST_SUM = 1_000_000
"""What the groups of three digits of a sum come to, at least."""
_AGAIN = cue(r"\s?\((?:bằng chữ\s?:? )?([^\W\d_]+(?: [^\W\d_]+){0,12}?)( đồng)?(?: chẵn)?\s?\)")


def _skip_again(low: str, draft: Draft) -> None:
    """Pass over the number said again in words: 05 (năm) chi bộ, 5.000.000 (năm triệu đồng)."""
    opened = draft.total is None and "(" in low[draft.tail : draft.tail + 2]
    again = _AGAIN.match(low, draft.tail) if opened else None
    if again and value_of_words(again[1].split()) == draft.value:
        draft.tail = again.end()
        if again[2]:
            draft.unit = "money"


def _is_sum(low: str, draft: Draft) -> bool:
    """Tell whether a number without a unit or a noun is money by what was done with it: hỗ trợ 14.000.000 cho."""
    if draft.unit != "count" or draft.total is not None:
        return False
    if draft.value >= _LEAST_WAGE and _WAGE.search(low[max(0, draft.at - 32) : draft.at]):
        return True
    if draft.value < _LEAST_SUM or not _SUM.fullmatch(low, draft.at, draft.end):
        return False
    given = _SUM_BEFORE.search(low[max(0, draft.at - 24) : draft.at]) is not None
    return given and not counts_things(words_after(low, draft.tail))


def _take(draft: Draft, numeral: Numeral) -> None:
    draft.value, draft.unit, draft.factor = numeral.value, numeral.unit, numeral.factor
    draft.end, draft.tail = numeral.end, numeral.tail
    # "8,5đ" is a mark (điểm), "8.500đ" a sum.
    if numeral.sign and numeral.factor == 1 and draft.value < 100:
        draft.unit, draft.reason = "count", "score"


_ROW = cue(
    r"\s{0,3}(?:-|đến|tới|lên|xuống|hoặc|hay|và|,|&|cùng)\s{0,3}"
    r"(?:(?:gần|trên|dưới|hơn|khoảng|lớp|khối|tổ|quận)\s{1,2}){0,2}"
)
_LONGEST_LINK = 16
_AGES = ("duration", "other")
"""What the years of a badge are (huy hiệu 50, 45 năm tuổi Đảng)."""
_PASSED_BACK = frozenset(("duration", "score", "other", "time", "date", "ordinal"))


def _read_rows(low: str, drafts: Sequence[Draft]) -> None:
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
        badges = later.reason in _AGES and "huy hiệu" in low[max(0, draft.at - 64) : draft.at]
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


def _set_aside_chrome(folded: Folded, drafts: Sequence[Draft], chrome: Sequence[tuple[int, int]]) -> None:
    spans = sorted(folded.span(at, end) for at, end in chrome)
    starts = [start for start, _ in spans]
    for draft in drafts:
        index = bisect_right(starts, draft.at) - 1
        if index < 0 or draft.at >= spans[index][1]:
            continue
        # The line that dates the posting is chrome, but its date stays a date.
        if draft.reason not in ("date", "time") or "\n" in folded.text[slice(*spans[index])]:
            draft.reason = "page_chrome"


_QUALIFIERS = _TABLE.joined("qualifiers")
_QUALIFIER = cue(rf"(?<!\w)({'|'.join(sorted(_QUALIFIERS, key=len, reverse=True))})\s{{1,3}}$")


def _finish(draft: Draft, folded: Folded, text: str) -> Number:
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
        tail=end if draft.tail == draft.end else span_in_text(folded, draft.at, draft.tail)[1],
        word=draft.word,
        qualifier=qualifier,
        reason=draft.reason,
    )
