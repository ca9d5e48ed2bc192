"""Numbers: every number of an article, its value, its place, and whether it may count something.

Value and place are read here and nowhere else; no model ever writes a digit. The notation is decided number by
number (2.157 is 2157, 99.0 is 99, 75,2 is 75.2), never for a whole document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from summarizer.article.boilerplate import Boilerplate
from summarizer.article.context import match_before, words_after
from summarizer.article.counted_nouns import counts_after_name, counts_things
from summarizer.article.dates import Date
from summarizer.article.normalize import Normalized
from summarizer.article.not_counts import Candidate, read_reason
from summarizer.article.notation import Numeral, read_numeral, read_value, times
from summarizer.article.number_words import WordNumber, value_of_words, word_numbers_in
from summarizer.article.phrases import Lists, cue
from summarizer.article.set_expressions import Expressions, numeral_end
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.report import Reason, Unit

_TABLE = Lists("summarizer.article", "numbers")


class Number(NamedTuple):
    """A number of the text. `text` stands at `at` exactly as written (`1/5`, `17 /18`, `75,2`, `hai mươi`).

    `value` is in đồng for money (in the money of `currency`, an ISO code, where that is given) and has the
    multiplier in it ("2 triệu lượt khách" is 2000000), although `text`
    ends before the unit; `tail` is the offset behind the unit ("%", "tỷ đồng", "triệu"), `end` where there is
    none. `total` is the 5 of `1/5`. `qualifier` is the word before or behind it that bounds the value ("trên", "trở
    lên"). `reason` is None for what may be a count, else why it is none; a date, a time and a period are one number
    each, whose value is that of its first digits.
    """

    at: TextOffset
    text: str
    value: int | float
    total: int | float | None
    unit: Unit
    tail: TextOffset
    currency: str | None = None
    word: bool = False
    qualifier: str | None = None
    reason: Reason | None = None

    @property
    def end(self) -> TextOffset:
        """The offset behind the last character of `text`."""
        return TextOffset(self.at + len(self.text))

    @property
    def pinned(self) -> dict[str, Any]:
        """The fields of a `NumberReading` that are the article's, whoever reads it."""
        return {name: getattr(self, name) for name in ("at", "text", "value", "total", "unit")}


def find_numbers(
    normal: Normalized, dates: Sequence[Date], boilerplate: Sequence[Boilerplate]
) -> list[Number]:
    """Return every number of a text with these dates, in order and not overlapping, with offsets in the original.

    What stands in boilerplate counts nothing. Numbers in words are given only where they count, or stand before a
    noun that is counted as `other`.
    """
    candidates = list(_candidates(normal, dates))
    _read_rows(normal.text, candidates)
    _exclude_boilerplate(normal, candidates, boilerplate)
    return [_finish(candidate, normal) for candidate in candidates]


def _candidates(normal: Normalized, dates: Sequence[Date]) -> Iterator[Candidate]:
    expressions = Expressions(normal, dates)
    starts: list[tuple[int, WordNumber | None]] = [(word.at, word) for word in word_numbers_in(normal)]
    starts += [(at, None) for at, _ in normal.digits]
    reached = 0
    for at, word in sorted(starts, key=itemgetter(0)):
        if at >= reached:
            candidate = _in_words(normal.text, word) if word else _in_digits(normal.text, at, expressions)
            reached = candidate.tail
            yield candidate


def _in_words(low: str, word: WordNumber) -> Candidate:
    candidate = Candidate(word.at, word.end, word.tail, word=True)
    _take(candidate, read_numeral(low, word.tail, "", value=word.value))
    candidate.end = word.end
    candidate.reason = None if word.counts else "other"
    return candidate


_FRACTION = re.compile(r"\s{0,2}/\s{0,2}(\d+(?:[.,]\d+)*)(?!\d|\s?/\s?\d)")
_PAID = re.compile(r"\s?(?:đ|đồng)\s?/\s?(\d+(?:\.\d{3})+)(?=\s?(?:đ|đồng)(?!\w))")
"""A sum of another, each with its unit: 12.000.000đ/12.000.000đ."""
_SLIP = cue(r"(?:\d{1,3}\.)*\d{3}, \d(?= (?:tỷ|triệu)(?!\w))")
"""A decimal comma with a blank behind it by a slip: 189, 8 tỷ. No list of sums has one of 189 beside one of 8."""


def _in_digits(low: str, at: int, expressions: Expressions) -> Candidate:
    end = numeral_end(low, at)
    written = low[at:end]
    candidate = Candidate(at, end, end, read_value(written) or 0)
    if fixed := expressions.at(at, end):
        candidate.end, candidate.reason = fixed
        candidate.tail = candidate.end
        candidate.named = candidate.reason == "date" and candidate.end - at <= 2
        return candidate
    fraction = _FRACTION.match(low, end) or _PAID.match(low, end)
    total = read_value(fraction[1]) if fraction else None
    numeral = None
    if fraction and total is not None:
        candidate.total, end = total, fraction.end()
        numeral = read_numeral(low, end, written, at=at)
        if numeral.unit == "money" and numeral.end == end:
            candidate.total = times(total, numeral.factor)
        else:
            numeral = read_numeral(low, end, written, fraction=True)
    _take(candidate, numeral or read_numeral(low, end, written, at=at))
    _skip_again(low, candidate)
    if _is_sum(low, candidate):
        candidate.unit = "money"
    read_reason(low, candidate)
    if candidate.reason is None and (slip := _SLIP.match(low, at)):
        _take(candidate, read_numeral(low, slip.end(), slip[0]))
        read_reason(low, candidate)
    return candidate


_SUM = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_SUM_BEFORE = cue(r"{sum_before}(?: được)?(?: là)?\s{0,2}:? $", **_TABLE)
_WAGE = cue(r"{wages}(?: {reaches})?(?: gần| trên| hơn)? $", **_TABLE)
_LEAST_WAGE = 100_000
"""Đồng of the least wage that is told without its unit."""
_LEAST_SUM = 1_000_000
"""What the groups of three digits of a sum come to, at least."""
_AGAIN = cue(r"\s?\((?:bằng chữ\s?:? )?([^\W\d_]+(?: [^\W\d_]+){0,12}?)( đồng)?(?: chẵn)?\s?\)")


_FOOTNOTE = re.compile(
    r"(?:\[\d{1,3}\]|\(?\*{1,3}\)?(?![\d*])|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,2}(?!\w)){1,3}"
)


def _skip_again(low: str, candidate: Candidate) -> None:
    """Pass over a footnote's mark (12[1], 345*), and over the number said again in words.

    05 (năm) chi bộ, 5.000.000 (năm triệu đồng).
    """
    if note := _FOOTNOTE.match(low, candidate.tail):
        candidate.tail = note.end()
    again = _AGAIN.match(low, candidate.tail) if candidate.total is None else None
    if again and value_of_words(again[1].split()) == candidate.value:
        candidate.tail = again.end()
        if again[2]:
            candidate.unit = "money"


def _is_sum(low: str, candidate: Candidate) -> bool:
    """Tell whether a number without a unit or a noun is money by what was done with it: hỗ trợ 14.000.000 cho."""
    if candidate.unit != "count" or candidate.total is not None:
        return False
    if candidate.value >= _LEAST_WAGE and match_before(_WAGE, low, candidate.at, 32):
        return True
    parted = candidate.value >= _LEAST_SUM and _SUM.fullmatch(low, candidate.at, candidate.end)
    given = parted and match_before(_SUM_BEFORE, low, candidate.at, 24)
    return bool(given) and not counts_things(words_after(low, candidate.tail))


def _take(candidate: Candidate, numeral: Numeral) -> None:
    candidate.value, candidate.unit, candidate.factor = numeral.value, numeral.unit, numeral.factor
    candidate.currency = numeral.currency
    candidate.end, candidate.tail = numeral.end, numeral.tail
    # "8,5đ" is a mark (điểm), "8.500đ" a sum.
    if numeral.sign and numeral.factor == 1 and candidate.value < 100:
        candidate.unit, candidate.reason = "count", "score"


_ROW = cue(r"\s{0,3}(?:[-,&]|{joins})\s{0,3}(?:{row}\s{1,2}){0,2}", **_TABLE)
_LONGEST_LINK = 16
"""Characters between two numbers of a row, at most."""
_AGES = ("duration", "other")
"""What the years of a badge are (huy hiệu 50, 45 năm tuổi Đảng)."""
_PASSED_BACK = frozenset(("duration", "score", "other", "time", "date", "ordinal"))


def _read_rows(low: str, candidates: Sequence[Candidate]) -> None:
    """Let the numbers of a row share what stands once: "từ 3 đến 5%", "2-3 năm", "lớp 8, 9"."""
    row = [
        (candidate, later)
        for candidate, later in pairwise(candidates)
        if later.at - candidate.end <= _LONGEST_LINK and _ROW.fullmatch(low, candidate.tail, later.at)
    ]
    for candidate, later in reversed(row):
        plain = candidate.unit == "count" and candidate.total is None and candidate.tail == candidate.end
        if not plain or candidate.reason or (later.total is not None and later.reason != "score"):
            continue
        listed = low[candidate.end : later.at].strip()[:1] in (",", "v", "&")
        badges = later.reason in _AGES and "huy hiệu" in low[max(0, candidate.at - 64) : candidate.at]
        if listed and later.value <= candidate.value and not badges:
            continue
        if (later.unit != "count" or later.factor > 1) and not listed:
            candidate.unit = later.unit
            candidate.value = times(candidate.value, later.factor)
        elif later.reason in _PASSED_BACK and not later.named:
            candidate.reason = later.reason
    for candidate, later in row:
        alike = later.unit == "count" and (later.total is None) == (candidate.total is None)
        if candidate.named and later.reason is None and alike:
            between = low[candidate.end : later.at]
            counted = counts_things if "và" in between else counts_after_name
            dated = candidate.reason == "date" and later.after and between != ","
            if not counted(later.after) and not dated:
                later.reason, later.named = candidate.reason, True


def _exclude_boilerplate(
    normal: Normalized, candidates: Sequence[Candidate], boilerplate: Sequence[Boilerplate]
) -> None:
    for at, end in (normal.span(part.at, part.end) for part in boilerplate):
        lines = "\n" in normal.text[at:end]
        first, last = (bisect_left(candidates, edge, key=attrgetter("at")) for edge in (at, end))
        for candidate in candidates[first:last]:
            # The line that dates the posting is boilerplate, but its date stays a date.
            if lines or candidate.reason not in ("date", "time"):
                candidate.reason = "page_chrome"


_QUALIFIER = cue(r"({qualifiers}|(?<=[\d%]\s)(?<!(?:19|20)\d\d\s){up_to})\s{1,3}$", **_TABLE)
_QUALIFIER_BEHIND = cue(r"\s{1,3}({qualifiers_behind})", **_TABLE)


def _finish(candidate: Candidate, normal: Normalized) -> Number:
    at, end = normal.origin_span(candidate.at, candidate.end)
    bound = candidate.reason is None and (
        match_before(_QUALIFIER, normal.text, candidate.at, 20)
        or _QUALIFIER_BEHIND.match(normal.text, candidate.tail)
    )
    return Number(
        at=TextOffset(at),
        text=normal.original[at:end],
        value=candidate.value,
        total=candidate.total,
        unit=candidate.unit,
        currency=candidate.currency,
        tail=TextOffset(normal.origin_end(candidate.tail)),
        word=candidate.word,
        qualifier=normal.original[slice(*normal.origin_span(*bound.span(1)))] if bound else None,
        reason=candidate.reason,
    )
