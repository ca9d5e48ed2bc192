"""Expressions whose digits are no count whatever stands around them.

Dates, times of day, terms of years, addresses, phone numbers, codes of documents, digits in names, list marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from summarizer.article.context import words_after
from summarizer.article.dates import Date
from summarizer.article.normalize import Normalized
from summarizer.article.nouns import counts_things
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.report import Reason

__all__ = (
    "Expressions",
    "ListMarks",
    "code_end",
    "ends_proper_name",
    "glued_reason",
    "numeral_end",
)

_TABLE = Lists("summarizer.article", "set_expressions")

# "1 250 000" is one numeral, "khối 6 120 học sinh" two: spaces only where two groups or three zeros follow.
_NUMERAL = re.compile(r"\d{1,3}(?:(?: \d{3}){2,}| 000)(?![\d.,]\d|\d)|\d+(?:[.,]\d+)*")

# One group behind a space is a thousand where a verb leads to it and a noun follows: "là 1 245 đồng chí".
_SPACED = re.compile(r"[1-9]\d{0,2} \d{3}(?![\d.,]|\s?%)")
_BEFORE_SPACED = tuple(f"{word} " for word in _TABLE.joined("before_spaced"))
_TIME = cue(
    r"(?<![\d.,/])(?:[01]?\d|2[0-4])(?:"
    r":[0-5]\d(?::[0-5]\d)?(?:\s?[ap]m\b|\s?gmt\s?[+-]\s?\d+)?"
    r"|\s?(?:h|g|giờ)\s?[0-5]\d(?:\s?phút|')?|\s?h(?!\w))(?![.,]?\d)"
)
_ZONE = re.compile(r"(?:gmt|utc)\s?[+-]\s?$")
_PERIOD = re.compile(r"(?<![\d.,/])((?:19|20)\d\d)\s{0,2}[-/]\s{0,2}((?:19|20)\d\d|\d\d)(?![\d/%]|[.,]\d)")
_LONGEST_PERIOD = 60
"""Years between the first and the last of a period, at most."""
_ADDRESS = re.compile(r"(?:https?:/|www\.)[^\s]+")
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:(?<=\+)84|0\d{1,4}\)?)[\s.\-]{0,3}\d{1,4}(?:[ .\-]{0,2}\d{2,4}){1,3}|"
    r"1[89]00[ .\-]?\d{4,5})(?![\d%])"
)
_PHONE_DIGITS = (8, 12)
"""Digits of a Vietnamese telephone number, with its area or country code."""
_YEAR_DIGITS, _HOUR_DIGITS, _PHONE_BEGINS = 4, 2, "018"
"""Digits of a year and of an hour, and what a telephone number begins with."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_EXPONENTS = frozenset(("m", "km", "cm", "dm", "mm", "co"))
_HOURS = frozenset(("h", "giờ"))
_MINUTES = frozenset(("ph", "phút"))
_CODE = cue(
    r"(?:[a-z]{0,2}[-/]|\s{1,3}/)(?:\d{4}\s?[-/]\s?)?(?=[a-zđ])"
    r"|\s?[-/]?\s?(?={papers}\s?[-/]\s?[a-zđ])",
    **_TABLE,
)
_CODE_ROOM = 12
"""Characters behind the number of a code in which its first stroke stands."""
_CODE_REST = re.compile(r"[\w&/.\-]*\w")
_TWO_WORDS = re.compile(r"(?<!\w)([^\W\d_]{2,}) ([^\W\d_]{2,}) $")
_BODY_NAME = cue(r".*(?<!\w){body_name} ([^\W\d_]+)(?: [^\W\d_]+){0,3} ([^\W\d_]+) $", **_TABLE)
# Công ty Điện lực 3 có, Xí nghiệp may 2 được: a firm's number may stand behind small letters, but behind no verb.
_COMPANY_NAME = cue(r"(?<!\w){company_name}(?: (?!{no_company})[^\W\d_]+){1,5} $", **_TABLE)
_GOES_ON = cue(r" \(|\s{goes_on}(?!\w)", **_TABLE)
_LINE_START = re.compile(r"(?:^|\n)[\s+*•·\-–◦▪➢✓→]*(?:[ivxa-z]{1,4}\.)?\(?\s?$")
_LINE_MARK = re.compile(r"\s?\.?[)](?=\s|[^\W\d])|\.(?=\s|[^\W\d])|\s?/(?!\s?\d)|\s?-\s(?!\s?\d)")
_INLINE_MARK = re.compile(r"\s?[.)/]\s{0,2}(?=[^\W\d])|[.)]\s{1,2}(?=\d)")
_MOST_LISTED = 40
"""The highest number of a list's mark."""
_MOST_TOUCHED = 4
"""Digits that a letter in front of them may touch by a slip; more are a file's name or a code."""
_ROOM = re.compile(r"(?<!\w)[a-z]\.\s?$")
"""Before the number of a room: phòng họp A.905."""
_FILE_SIZES = frozenset(("kb", "mb", "gb"))
_FILE_TYPE = re.compile(r"\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?)(?!\w)")
_LIST_MARKS = (".", ")", "/", "-", "")
_ASIDE = 80
"""Characters before a closing parenthesis in which the one that opens it stands."""


def numeral_end(text: str, at: int) -> int:
    """Return where the numeral ends whose first digit stands at `at`, its dots, commas and spaces inside."""
    match = _NUMERAL.match(text, at)
    end = match.end() if match else at + 1
    if text[end : end + 1] == " " and text[max(0, at - 8) : at].endswith(_BEFORE_SPACED):
        spaced = _SPACED.match(text, at)
        if spaced and counts_things(words_after(text, spaced.end())):
            return spaced.end()
    return end


class Expressions:
    """The dates, times, periods, addresses and phone numbers of a normalized text, asked for at a numeral."""

    def __init__(self, normal: Normalized, dates: Sequence[Date]) -> None:
        self._text = text = normal.text
        self._dates = dict(normal.span(date.at, date.end) for date in dates)
        linked = "http" in text or "www." in text
        self._addresses = [match.span() for match in _ADDRESS.finditer(text)] if linked else []

    def at(self, at: int, end: int) -> tuple[int, Reason] | None:
        """Return where the expression ends that begins with the numeral from `at` to `end`, and what it is."""
        text = self._text
        if text[at - 1 : at] in ("+", "-") and _ZONE.search(text, max(0, at - 6), at):
            return end, "time"
        index = bisect_right(self._addresses, (at, len(text))) - 1 if self._addresses else -1
        if index >= 0 and at < self._addresses[index][1]:
            return end, "contact"
        if at in self._dates:
            return self._dates[at], "date"
        if end - at == _YEAR_DIGITS and (period := _PERIOD.match(text, at)):
            first, second = int(period[1]), int(period[2])
            span = second - (first if second > 99 else first % 100)
            if 0 < abs(span) <= _LONGEST_PERIOD:
                return period.end(), "period"
        if end - at <= _HOUR_DIGITS and (time := _TIME.match(text, at)):
            return time.end(), "time"
        phone = _PHONE.match(text, at) if text[at] in _PHONE_BEGINS else None
        if phone and _PHONE_DIGITS[0] <= sum(map(str.isdecimal, phone.group())) <= _PHONE_DIGITS[1]:
            return phone.end(), "contact"
        return None


def code_end(normal: Normalized, end: int) -> int | None:
    """Return where the code of a document ends that begins with the numeral ending at `end`: 08-NQ/TU."""
    text = normal.text
    ahead = text[end : end + _CODE_ROOM]
    match = _CODE.match(text, end) if "/" in ahead or "-" in ahead else None
    if not match or not normal.is_upper(match.end()):
        return None
    letters = _LETTERS.match(text, match.end())
    if letters is None:
        return None
    single = len(letters.group()) == 1
    if single and text[letters.end() : letters.end() + 1] not in ("-", "/"):
        return None
    if not single and not normal.is_upper(match.end() + 1):
        return None
    rest = _CODE_REST.match(text, match.end())
    return rest.end() if rest else letters.end()


def glued_reason(normal: Normalized, at: int, end: int) -> Reason | None:
    """Return the reason of a numeral that letters touch: T5, 10A1, m2 are names, 12h a time; "12ha" has none."""
    text = normal.text
    touched = at > 0 and text[at - 1].isalpha()
    room = _ROOM.search(text, max(0, at - 4), at) if end - at > 2 else None
    if room and normal.is_upper(room.start()):
        return "name"
    if (
        (at > 0 and text[at - 1] == "_")
        or _FILE_TYPE.match(text, end)
        or (touched and end - at > _MOST_TOUCHED)
    ):
        return "name"
    before = _LETTERS_BEFORE.search(text[max(0, at - 12) : at]) if touched else None
    if before and (normal.is_upper(at - 1) or len(before.group()) == 1 or before.group() in _EXPONENTS):
        return "name"
    after = _LETTERS.match(text, end) if text[end : end + 1].isalpha() else None
    if after is None:
        return None
    letters = after.group()
    if before and len(before.group()) > 1 and len(letters) > 1:
        return "name"  # a word of a script: Middle1else
    if letters in _HOURS:
        return "time"
    if letters in _MINUTES:
        return "duration"
    if letters in _FILE_SIZES:
        return "other"
    # A capital is a class or a model (9A, 4G); m, g, l, k, w, v and đ are units.
    return "name" if len(letters) == 1 and (normal.is_upper(end) or letters not in "mglkwvđs") else None


def ends_proper_name(normal: Normalized, at: int, end: int) -> bool:
    """Tell whether the numeral from `at` to `end` is the last word of a proper name: xã Tam Xuân 2 tổ chức."""
    text = normal.text
    if end - at > 1 or text[at] == "0":
        return False
    if _GOES_ON.match(text, end) and _COMPANY_NAME.search(text, max(0, at - 48), at):
        return True
    body = _BODY_NAME.search(text, max(0, at - 48), at)
    named = body and normal.is_upper(body.start(1)) and normal.is_upper(body.start(2))
    if named and not counts_things(words_after(text, end)):
        return True
    if not _GOES_ON.match(text, end):
        return False
    name = _TWO_WORDS.search(text, max(0, at - 24), at)
    return (
        name is not None
        and normal.is_upper(name.start(1))
        and normal.is_upper(name.start(2))
        and not (normal.is_upper(name.start(1) + 1) or normal.is_upper(name.start(2) + 1))
    )


class ListMarks:
    """The list marks of one text, read in order: "(3)" is one where "(2)" was one before it."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def holds(self, normal: Normalized, at: int, end: int) -> bool:
        """Tell whether the numeral from `at` to `end` marks a place in a list: `1.`, `(2)`, `1.1.`, `3/ `."""
        text = normal.text
        following = text[end : end + 1]
        marked = text[end + 1 : end + 2] if following.isspace() else following
        if marked not in _LIST_MARKS and "." not in text[at:end]:
            return False
        first, *more = text[at:end].split(".")
        if (
            len(first) > 2
            or not first.isdecimal()
            or int(first) > _MOST_LISTED
            or any(len(level) > 2 for level in more)
        ):
            return False
        before = text[max(0, at - 16) : at]
        heads_line = (at <= 16 or "\n" in before) and _LINE_START.search(before)
        titled = more and normal.is_upper(end + (text[end : end + 1] == " "))
        if heads_line and (titled or _LINE_MARK.match(text, end)):
            self._last["inline"] = self._last["parentheses"] = int(first)
            return True
        opened = before.rstrip(" ")[-1:] in (":", ";", ".")
        mark = _INLINE_MARK.match(text, end)
        if more:
            return opened and mark is not None and normal.is_upper(mark.end())
        value = int(first)
        if before.endswith("(") and text[end : end + 1] == ")":
            return first[0] != "0" and self._follows("parentheses", value)
        if mark is None or first[0] == "0":
            return False
        if opened and (normal.is_upper(mark.end()) or (value > 1 and text[mark.end()].isdecimal())):
            return self._follows("inline", value)
        # 1) Ông A 2) Ông B: a parenthesis that nothing opened.
        start = max(0, at - _ASIDE)
        closes = text[end] == ")" and text.rfind("(", start, at) <= text.rfind(")", start, at)
        return value > 1 and closes and self._follows("inline", value)

    def _follows(self, style: str, value: int) -> bool:
        if value != 1 and self._last.get(style) != value - 1:
            return False
        self._last[style] = value
        return True
