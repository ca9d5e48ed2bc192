"""Boilerplate: what a pasted article has of the web page around it, whose numbers count nothing.

Counters, ratings, buttons, the line that dates the posting, breadcrumbs, footers, and the list of other articles
at the end. A line is boilerplate only as a whole, and a paragraph of prose never is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.article.dates import Date
from summarizer.article.normalize import Normalized, lines_of, trimmed
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.offsets import TextOffset

_TABLE = Lists("summarizer.article", "boilerplate")

Kind = Literal["posting_line", "counter", "rating", "button", "breadcrumb", "link", "closing_block"]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A span of the text, from `at` to `end`, that belongs to the page; `why` is the kind of boilerplate it is."""

    at: TextOffset
    end: TextOffset
    why: Kind


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
    r"[^.!?»›>]{2,50}(?:\s?[»›>]\s?[^.!?»›>“”\"]{2,60}){2,}|"
    r"[^.!?/:;\d]{2,50}(?:\s+/\s+[^.!?/:;\d]{2,60}){2,}",
    re.IGNORECASE,
)
# "date 2021-08 Đại hội …": the day or month of the posting, and the headline behind it in one line.
_STAMP = cue(
    r"{stamps}\s?:?\s?(?:\d{4}-\d\d(?:-\d\d)?|\d\d?([/.-])\d\d?\1\d{4})(?:\W+\d\d?[:h]\d\d)?\s[\s|-]*",
    **_TABLE,
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


def find_boilerplate(normal: Normalized, dates: Sequence[Date]) -> list[Boilerplate]:
    """Return the spans of a text with these dates that are boilerplate, in order and not overlapping.

    The line that dates the posting is one: its numbers count nothing, though its date is of use. From a heading
    such as "Tin liên quan" on everything is, unless prose follows.
    """
    spans = (trimmed(normal.text, at, at + len(line), _BLANK) for at, line in lines_of(normal.text))
    lines = [(at, normal.text[at:end]) for at, end in spans if at < end]
    undated = _without_dates(normal, dates)
    closing = _closing_line([line for _, line in lines])
    found: list[Boilerplate] = []
    before: Kind | None = None
    for first, line in lines[:closing]:
        at, end = normal.origin_span(first, first + len(line))
        before = _kind(line, normal.original[at:end], undated[first : first + len(line)], before)
        if before:
            found.append(Boilerplate(at, end, before))
        elif stamp := _STAMP.match(line):
            found.append(Boilerplate(*normal.origin_span(first, first + stamp.end()), "posting_line"))
    if closing < len(lines):
        at, end = normal.origin_span(lines[closing][0], lines[-1][0] + len(lines[-1][1]))
        found.append(Boilerplate(at, end, "closing_block"))
    return found


def _without_dates(normal: Normalized, dates: Sequence[Date]) -> str:
    """Return the normalized text with bars for each character of a date."""
    parts, reached = [], 0
    for at, end in (normal.span(date.at, date.end) for date in dates):
        parts += [normal.text[reached:at], "|" * (end - at)]
        reached = end
    return "".join((*parts, normal.text[reached:]))


def _kind(text: str, written: str, undated: str, before: Kind | None) -> Kind | None:
    """Return what kind of boilerplate a line is, None for a line of the article.

    `text` is the line normalized, `written` as read, `undated` with bars for its dates; `before` is the kind of the
    line before it: below "Đã xem: 45" a "Hôm nay: 3" counts visits too.
    """
    bare = text.strip(_AROUND)
    if len(text) > _LONGEST_LINE:
        return None
    if not bare or text in _BUTTONS or bare in _BUTTONS or _NETWORKS.fullmatch(text):
        return "button"
    if _RATING.fullmatch(text):
        return "rating"
    first, *beside = map(str.strip, _BETWEEN_COUNTERS.split(text))
    beside_it = (part in _BUTTONS or not part or _BESIDE_COUNTER.fullmatch(part) for part in beside)
    if (
        _COUNTER.fullmatch(text)
        or _COUNTER_LABEL.fullmatch(text)
        or (beside and _COUNTER.fullmatch(first) and all(beside_it))
        or (before == "counter" and (_BESIDE_COUNTER.fullmatch(text) or _FIGURE.fullmatch(text)))
    ):
        return "counter"
    if _LINK.fullmatch(text):
        return "link"
    if _BREADCRUMB.fullmatch(written):
        return "breadcrumb"
    if undated == text or len(text) > _SENTENCE:
        return None
    # 27/12/2025 | Tin hoạt động | 2 bình luận
    counted = any(_COUNTER.fullmatch(part.strip()) for part in text.split("|"))
    return "posting_line" if counted or _MARKS.fullmatch(_POSTING_WORDS.sub("", undated)) else None


def _closing_line(lines: Sequence[str]) -> int:
    """Return the index of the line with which the list of other articles begins, or the number of lines.

    Sought from the end up to the last prose; a footer is none, however long.
    """
    found = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        prose = len(line) > _PROSE or (len(line) > _SENTENCE and line[-1] in '.!"/')
        if _CLOSING.fullmatch(line.strip(_AROUND)):
            found = index
        elif prose and not _FOOTER.fullmatch(line):
            break
    return found
