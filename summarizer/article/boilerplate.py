"""Boilerplate: what a pasted article has of the web page around it, whose numbers count nothing.

Counters, ratings, buttons, the line that dates the posting, breadcrumbs, footers, and the list of other articles
at the end. A line is boilerplate only as a whole, and a paragraph of prose never is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from summarizer.article.dates import Date, find_dates
from summarizer.article.normalize import Normalized, lines_of, normalize
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.offsets import TextOffset

__all__ = ("Boilerplate", "Kind", "find_boilerplate")

_TABLE = Lists("summarizer.article", "boilerplate")

Kind = Literal["posting_line", "counter", "rating", "button", "breadcrumb", "footer", "link", "closing_block"]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A span of the text, from `at` to `end`, that belongs to the page; `why` is the kind of boilerplate it is."""

    at: TextOffset
    end: TextOffset
    why: Kind


class _Line(NamedTuple):
    at: int
    end: int
    text: str


def _any(*alternatives: str) -> re.Pattern[str]:
    """Compile alternatives for normalized lines."""
    return cue("|".join(alternatives), **_TABLE)


# Lines that are nothing but one of these, whatever marks stand around them.
_BUTTONS = _TABLE.joined("buttons")
_NETWORKS = _any(r"{networks}(?:[\s|,·/•\-]+{networks})+")
_RATING = _any(
    r"{points_of} là\b.{0,60}",
    r".{0,30}\d+ trong \d+ đánh giá.{0,20}",
    r"{rating}\s?:?\s?[\d.,]+\s?/\s?5\b.{0,40}",
    r"{ranking}\s?:?\s?[\d.,]+\s?(?:sao)?\s?-?\s?.{0,30}",
    r"[\d.,]+\s?/\s?5\s?(?:sao)?[\s\-(]{0,4}\d+ {votes}.{0,10}",
    r"click để đánh giá.{0,30}",
)
_COUNTER = _any(
    r"\(?(?:{seen}|{counted})(?: {counted_of})?\s?[:=(]?\s?\(?[\d.,]+\)?(?: {times})?\)?[.|]?",
    r"\(?[\d.,]+\s?(?:(?:lượt|lần) {counter}|{counted_after})\)?",
)
_BESIDE_COUNTER = _any(r"{beside_counter}\s?[:=(]?\s?\(?[\d.,]+\)?")
_COUNTER_LABEL = _any(r"(?:{seen}|{counter_label})\s?:?")
_BETWEEN_COUNTERS = re.compile(r"[-|•]|\s\s\s")
_FIGURE = re.compile(r"[(\[]?[\d.,]+[)\]]?")
# Read in the text as it stands: normalizing makes » a quotation mark.
_BREADCRUMB = re.compile(
    rf"(?:{'|'.join(_TABLE['home'])})\s{{0,3}}[>»/|:›→-].{{0,160}}|"
    r"[^.!?»›>]{2,50}(?:\s?[»›>]\s?[^.!?»›>“”\"]{2,60}){2,}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s]+|[\w.+-]{1,64}@[\w.-]{3,64}")
_FOOTER = _any(r"(?:©|\(c\)|{footer})(?!\w)\s?:?.*")
_CLOSING = _any(
    r"(?:các |những )?{articles} (?:{other_articles}|cùng {related})",
    r"{closing}|tin tức\s?-\s?hoạt động|(?:gửi {answers}|liên kết {linked_sites})(?: .{0,20})?",
    r"(?:tags?|từ khóa)\s?:.{0,180}",
)
_POSTING_WORDS = _any(
    r"(?:ngày )?{posted}(?: {posted_at})*|{posting_words}",
    r"gmt\s?\+?\d*|\d\d?\s?(?:[:hg]|giờ)\s?\d\d(?:\s?:\s?\d\d)?(?:\s?phút)?",
    r"(?:đã |số )?(?:lượt |lần )?{seen_posted}\s?[:(]?\s?[\d.,]+",
    r"{answers}\s?[:(]?\s?[\d.,]+",
    r"[\d.,]+ (?:lượt )?{seen_posted}|[\d.,]+ lượt|views?(?: count)?\s?:?\s?\d*|\b[ap]m\b",
)
_MARKS = re.compile(r"[\s|,:;.\-/+()\[\]•·*]*")
_BLANK = " \u200b\ufeff"
_AROUND = " \t.:|»>…[]()-–•*\u200b\ufeff"
_PROSE = 300
_SENTENCE = 140
_LONGEST_LINE = 220
"""Characters of prose without a stop, of prose that ends with one, and of a line of boilerplate at most."""


def find_boilerplate(
    text: str, normal: Normalized | None = None, dates: Sequence[Date] | None = None
) -> list[Boilerplate]:
    """Return the spans of `text` that are boilerplate, in order and not overlapping; offsets in `text`.

    The line that dates the posting is one: its numbers count nothing, though its date is of use. From a heading
    such as "Tin liên quan" on everything is, unless prose follows. `normal` is `text`
    normalized and `dates` are its dates, where they are at hand.
    """
    normal = normal or normalize(text)
    lines = list(_lines(normal.text))
    days = [normal.span(date.at, date.end) for date in (find_dates(text, normal) if dates is None else dates)]
    closing = _closing_line(lines)
    found: list[Boilerplate] = []
    before: Kind | None = None
    for line in lines[:closing]:
        at, end = normal.origin_span(line.at, line.end)
        why = _kind(line, text[at:end], days, before)
        if why:
            found.append(Boilerplate(at, end, why))
        before = why
    if closing < len(lines):
        at, end = normal.origin_span(lines[closing].at, lines[-1].end)
        found.append(Boilerplate(at, end, "closing_block"))
    return found


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a normalized text that hold anything, without the space around them."""
    for at, written in lines_of(text):
        line = written.strip(_BLANK)
        if line:
            start = at + len(written) - len(written.lstrip(_BLANK))
            yield _Line(start, start + len(line), line)


def _kind(line: _Line, written: str, days: Sequence[tuple[int, int]], before: Kind | None) -> Kind | None:
    """Return what kind of boilerplate a line is, None for a line of the article.

    `written` is the line as read, `before` the kind of the line before it: below "Đã xem: 45" a "Hôm nay: 3" counts
    visits too.
    """
    text = line.text
    if len(text) > _LONGEST_LINE:
        return None
    if (
        text in _BUTTONS
        or text.strip(_AROUND) in _BUTTONS
        or not text.strip(_AROUND)
        or _NETWORKS.fullmatch(text)
    ):
        return "button"
    if _RATING.fullmatch(text):
        return "rating"
    if _COUNTER.fullmatch(text) or _COUNTER_LABEL.fullmatch(text):
        return "counter"
    first, *beside = map(str.strip, _BETWEEN_COUNTERS.split(text))
    if beside and _COUNTER.fullmatch(first) and all(_stands_beside_counter(part) for part in beside):
        return "counter"
    if before == "counter" and (_BESIDE_COUNTER.fullmatch(text) or _FIGURE.fullmatch(text)):
        return "counter"
    if _LINK.fullmatch(text):
        return "link"
    if _BREADCRUMB.fullmatch(written):
        return "breadcrumb"
    return "posting_line" if _dates_posting(line, days) else None


def _stands_beside_counter(part: str) -> bool:
    return part in _BUTTONS or not part or _BESIDE_COUNTER.fullmatch(part) is not None


def _dates_posting(line: _Line, days: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a line holds nothing but a date and what posting lines say around it."""
    if len(line.text) > _SENTENCE:
        return False
    rest, reached = "", line.at
    index = bisect_left(days, (line.at, 0))
    while index < len(days) and days[index][0] < line.end:
        at, end = days[index]
        rest += line.text[reached - line.at : at - line.at] + "|"
        reached = end
        index += 1
    if reached == line.at:
        return False
    rest += line.text[reached - line.at :]
    if any(_COUNTER.fullmatch(part.strip()) for part in line.text.split("|")):
        return True  # 27/12/2025 | Tin hoạt động | 2 bình luận
    return _MARKS.fullmatch(_POSTING_WORDS.sub("", rest)) is not None


def _closing_line(lines: list[_Line]) -> int:
    """Return the index of the line with which the list of other articles begins, or the number of lines.

    Sought from the end up to the last prose; a footer is none, however long.
    """
    found = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        if _CLOSING.fullmatch(text.strip(_AROUND)):
            found = index
        elif not _FOOTER.fullmatch(text) and (
            len(text) > _PROSE or (len(text) > _SENTENCE and text[-1] in '.!"/')
        ):
            break
    return found
