"""Expressions whose digits are no count whatever stands around them.

Dates, times of day, terms of years, addresses, phone numbers, codes of documents, digits in names, list marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from summarizer.article.context import match_before, words_after
from summarizer.article.counted_nouns import counts_things
from summarizer.article.dates import Date
from summarizer.article.normalize import Normalized
from summarizer.article.notation import read_numeral, read_value
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.report import Reason

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
_TERM_WORD = cue(r"{term_words}[\s(:]{0,3}$", **_TABLE)
# Two years that a slip has made none: nhiệm kỳ 2108-2023.
_TERM = re.compile(r"\d{4}\s{0,2}-\s{0,2}\d{4}(?![\d/%]|[.,]\d)")
_ADDRESS = re.compile(r"(?:https?:/|www\.)[^\s]+")
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:(?<=\+)84|0\d{1,4}\)?)[\s.\-]{0,3}\d{1,4}(?:[ .\-]{0,2}\d{2,4}){1,3}|"
    r"1[89]00[ .\-]?\d{4,5})(?![\d%])"
)
_PHONE_DIGITS = (8, 12)
"""Digits of a Vietnamese telephone number, with its area or country code."""
_LONGEST_COUNT = 9
"""Digits in one run that are still a count; more are an account, a phone, a code, unless they are money."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_LONGEST_GLUED = 12
"""Letters before digits that are looked at, at most."""
_EXPONENTS = frozenset(("m", "km", "cm", "dm", "mm", "co"))
_GLUED: Mapping[str, Reason] = {
    "h": "time", "giờ": "time", "ph": "duration", "phút": "duration", "kb": "other", "mb": "other", "gb": "other",
}  # fmt: skip
_UNITS = "mglkwvđs"
"""Units of one letter; another letter, or a capital, is a class or a model (9A, 4G)."""
_CODE = cue(
    r"(?:[a-z]{0,2}[-/]|\s{1,3}/)(?:\d{4}\s?[-/]\s?)?(?=[a-zđ])"
    r"|\s?[-/]?\s?(?={papers}\s?[-/]\s?[a-zđ])",
    **_TABLE,
)
_CODE_REST = re.compile(r"[\w&/.\-]*\w")
_TWO_WORDS = re.compile(r"(?<!\w)([^\W\d_]{2,}) ([^\W\d_]{2,}) $")
_BODY_NAME = cue(r".*{body_name} ([^\W\d_]+)(?: [^\W\d_]+){0,3} ([^\W\d_]+) $", **_TABLE)
# Công ty Điện lực 3 có, Xí nghiệp may 2 được: a firm's number may stand behind small letters, but behind no verb.
_COMPANY_NAME = cue(r"{company_name}(?: (?!{no_company})[^\W\d_]+){1,5} $", **_TABLE)
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
_FILE_TYPE = re.compile(r"\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?)(?!\w)")
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
    """The expressions of a normalized text whose digits are no count, asked for at each numeral in order."""

    def __init__(self, normal: Normalized, dates: Sequence[Date]) -> None:
        self._normal, self._text = normal, normal.text
        self._dates = dict(normal.span(date.at, date.end) for date in dates)
        self._addresses = [match.span() for match in _ADDRESS.finditer(normal.text)]
        self._listed: dict[str, int] = {}
        """The last mark of a list, by how it is written: "(3)" is one where "(2)" was one before it."""

    def at(self, at: int, end: int) -> tuple[int, Reason] | None:
        """Return where the expression ends that begins with the numeral from `at` to `end`, and what it is."""
        dated = self._dated(at, end)
        if dated and dated[1] == "contact":
            return dated
        if code := self._code_end(end):
            return code, "document"
        reason = self._reason(at, end) if dated is None else None
        return (end, reason) if reason else dated

    def _dated(self, at: int, end: int) -> tuple[int, Reason] | None:
        """Return the end and kind of a date, a time, a term of years, a phone number, or of digits in an address."""
        text = self._text
        if match_before(_ZONE, text, at, 6):
            return end, "time"
        index = bisect_right(self._addresses, (at, len(text))) - 1
        if index >= 0 and at < self._addresses[index][1]:
            return end, "contact"
        if at in self._dates:
            return self._dates[at], "date"
        if period := _PERIOD.match(text, at):
            first, second = int(period[1]), int(period[2])
            span = second - (first if second > 99 else first % 100)
            if 0 < abs(span) <= _LONGEST_PERIOD:
                return period.end(), "period"
        term = _TERM.match(text, at) if match_before(_TERM_WORD, text, at, 16) else None
        if term:
            return term.end(), "period"
        if time := _TIME.match(text, at):
            return time.end(), "time"
        phone = _PHONE.match(text, at)
        if phone and _PHONE_DIGITS[0] <= sum(map(str.isdecimal, phone[0])) <= _PHONE_DIGITS[1]:
            return phone.end(), "contact"
        return None

    def _code_end(self, end: int) -> int | None:
        """Return where the code of a document ends that begins with the numeral ending at `end`: 08-NQ/TU."""
        text, is_upper = self._text, self._normal.is_upper
        match = _CODE.match(text, end)
        letters = _LETTERS.match(text, match.end()) if match and is_upper(match.end()) else None
        if letters is None:
            return None
        if len(letters[0]) == 1:
            certain = text[letters.end() : letters.end() + 1] in ("-", "/")
        else:
            certain = is_upper(letters.start() + 1)
        rest = _CODE_REST.match(text, letters.start())
        return rest.end() if rest and certain else None

    def _reason(self, at: int, end: int) -> Reason | None:
        """Return why a numeral counts nothing by its own shape and by what touches it."""
        written = self._text[at:end]
        if self._marks_list(at, end):
            return "list_mark"
        if read_value(written) is None:
            return "other"
        long = written.isdecimal() and len(written) > _LONGEST_COUNT
        if long and read_numeral(self._text, end, written).unit != "money":
            return "contact"
        return self._glued_reason(at, end) or ("name" if self._ends_proper_name(at, end) else None)

    def _marks_list(self, at: int, end: int) -> bool:
        """Tell whether the numeral from `at` to `end` marks a place in a list: `1.`, `(2)`, `1.1.`, `3/ `."""
        text, is_upper = self._text, self._normal.is_upper
        first, *more = levels = text[at:end].split(".")
        if max(map(len, levels)) > 2 or not first.isdecimal() or int(first) > _MOST_LISTED:
            return False
        value, following = int(first), text[end : end + 1]
        titled = more and is_upper(end + (following == " "))
        if match_before(_LINE_START, text, at, 16) and (titled or _LINE_MARK.match(text, end)):
            self._listed["inline"] = self._listed["parentheses"] = value
            return True
        before = text[max(0, at - 16) : at]
        opened = before.rstrip(" ")[-1:] in (":", ";", ".")
        mark = _INLINE_MARK.match(text, end)
        if more:
            return opened and mark is not None and is_upper(mark.end())
        if first[0] == "0":
            return False
        if before.endswith("(") and following == ")":
            return self._follows("parentheses", value)
        if mark is None:
            return False
        if opened and (is_upper(mark.end()) or (value > 1 and text[mark.end()].isdecimal())):
            return self._follows("inline", value)
        # 1) Ông A 2) Ông B: a parenthesis that nothing opened.
        start = max(0, at - _ASIDE)
        closes = following == ")" and text.rfind("(", start, at) <= text.rfind(")", start, at)
        return value > 1 and closes and self._follows("inline", value)

    def _follows(self, style: str, value: int) -> bool:
        follows = value == 1 or self._listed.get(style) == value - 1
        if follows:
            self._listed[style] = value
        return follows

    def _glued_reason(self, at: int, end: int) -> Reason | None:
        """Return the reason of a numeral that letters touch: T5, 10A1, m2 are names, 12h a time; "12ha" has none."""
        text, is_upper = self._text, self._normal.is_upper
        ahead, following = match_before(_LETTERS_BEFORE, text, at, _LONGEST_GLUED), _LETTERS.match(text, end)
        before, after = ahead[0] if ahead else "", following[0] if following else ""
        room = match_before(_ROOM, text, at, 4) if end - at > 2 else None
        if (
            (room and is_upper(room.start()))
            or text[at - 1 : at] == "_"
            or _FILE_TYPE.match(text, end)
            or (before and (end - at > _MOST_TOUCHED or is_upper(at - 1) or before in _EXPONENTS))
            or len(before) == 1
            or (before and len(after) > 1)  # a word of a script: Middle1else
        ):
            return "name"
        if len(after) == 1 and after not in _GLUED and (is_upper(end) or after not in _UNITS):
            return "name"
        return _GLUED.get(after)

    def _ends_proper_name(self, at: int, end: int) -> bool:
        """Tell whether the numeral from `at` to `end` is the last word of a proper name: xã Tam Xuân 2 tổ chức."""
        text, is_upper = self._text, self._normal.is_upper
        if end - at > 1 or text[at] == "0":
            return False
        goes_on = _GOES_ON.match(text, end)
        if goes_on and match_before(_COMPANY_NAME, text, at, 48):
            return True
        body = match_before(_BODY_NAME, text, at, 48)
        if (
            body
            and is_upper(body.start(1))
            and is_upper(body.start(2))
            and not counts_things(words_after(text, end))
        ):
            return True
        name = match_before(_TWO_WORDS, text, at, 24) if goes_on else None
        begins = (name.start(1), name.start(2)) if name else ()
        return bool(begins) and all(is_upper(one) and not is_upper(one + 1) for one in begins)
