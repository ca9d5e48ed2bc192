"""Dates: every day and month that a text names, with the offsets they stand at.

Vietnamese writes the day first. What can be no day of the calendar is no date; `1/5` is one only where the words
around it say so, for articles also write `1/5 chi bộ`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.article.context import words_after
from summarizer.article.normalize import Normalized, normalize
from summarizer.article.not_counts import is_abstract
from summarizer.article.nouns import counts_things, noun_subject
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.schemas.offsets import TextOffset

__all__ = ("Date", "find_dates")

_TABLE = Lists("summarizer.article", "dates")


class Date(NamedTuple):
    """A date as written: `text` stands at `at`, from its first digit to its last.

    `day` is None for a month ("tháng 6/2015"); `year` is None where none is said, also not by a date joined to
    this one ("21 và 22/6/2018" gives both days month and year). `weekday` and `time`: a day of the week or a clock
    time stands with it. `posted`: words such as "Ngày đăng" or "Cập nhật" stand before it.
    """

    at: TextOffset
    text: str
    day: int | None
    month: int
    year: int | None
    weekday: bool = False
    time: bool = False
    posted: bool = False

    @property
    def end(self) -> TextOffset:
        """The offset behind the last character."""
        return self.at + len(self.text)

    @property
    def iso(self) -> str | None:
        """The day as YYYY-MM-DD; None where day or year is missing."""
        if self.day is None or self.year is None:
            return None
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


_MONTHS = values_of("months", "month", int)
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True)).replace(" ", r"\s{1,3}")
_DATE = re.compile(
    rf"""(?<![\d/])(?:
      (?P<iso>(?P<iy>\d{{4}})(?P<is>[-/.])(?P<im>\d\d?)(?P=is)(?P<id>\d\d?))
    | (?P<full>(?P<fd>\d\d?)\s?(?P<fs>[/.\-])\s?(?P<fm>\d\d?)\s?(?P=fs)\s?(?P<fy>\d{{4}}|\d\d))
    | (?P<words>(?P<wd>\d\d?)\s{{0,2}}[/,-]?\s{{0,2}}tháng\s{{0,2}}(?P<wm>\d\d?(?!\d)|(?:{_MONTH_NAMES})(?!\w))
        (?:\s{{0,2}}[/,.-]?\s{{0,2}}(?:năm\s{{0,2}})?(?P<wy>\d{{4}}))?)
    | (?P<my>(?P<mm>\d\d?)(?:\s?[/.\-]\s?|\s{{0,2}},?\s{{0,2}}năm\s{{1,2}})(?P<yy>(?:19|20)\d\d))
    | (?P<dm>(?P<dd>\d\d?)\s?(?P<ds>[/.\-])\s?(?P<dn>\d\d?)(?!/\d))
    | (?P<m>\d\d?)
    )(?!\d)""",
    re.VERBOSE,
)
# 1/6, 20/11 …: days everybody knows, named without "ngày".
_FEASTS = frozenset(
    {(1, 1), (9, 1), (3, 2), (27, 2), (8, 3), (26, 3), (30, 4), (1, 5), (7, 5), (15, 5), (19, 5), (1, 6), (5, 6),
     (21, 6), (28, 6), (27, 7), (28, 7), (19, 8), (2, 9), (5, 9), (10, 10), (13, 10), (14, 10), (15, 10), (20, 10),
     (9, 11), (18, 11), (20, 11), (23, 11), (22, 12)}
)  # fmt: skip
_HOLDERS = frozenset(("school", "party_organization", "collective"))
_PLACES = _TABLE.joined("places")
_DAY_BEFORE = cue(r"(?:{day_before}|thứ\s[2-7])\s{0,3}[:,(]?\s{0,3}$", **_TABLE)
_MONTH_BEFORE = cue(r"(?P<counted>(?:\d|mỗi|hàng|hằng|một)\s{0,3})?tháng\s{0,3}$")
_GOES_ON = ("/", ".", "-", ",", "tháng", "năm")
"""What stands behind the first digits of a date, unless the word tháng stands before them."""
_ROOM, _MONTH_ROOM = 10, 9
"""Characters in which either ends: the word, three spaces and a line break."""
_DAY_WORD = cue(r"{day_word}\s{0,3}[:(]?\s{0,3}$", **_TABLE)
_JOINT = cue(r"\s{0,2}(?:[,;&-]|{joins})\s{0,2}(?:{joined_day}\s)?\s{0,2}$", **_TABLE)
_FEAST_BEFORE = cue(r"{feasts} \(?$", **_TABLE)
_BROADCAST = cue(r"\((?:[^\W\d_]{2,5}|{broadcasts}) $", **_TABLE)
_NAMED_DAY = cue(r"{named_day} \(?$", **_TABLE)
_UNTIL = cue(r"tháng \d\d?\s?-\s?\d{4} (?:đến|tới|-) $")
_DAYS_BEFORE = cue(
    r"({days_before}\s{0,2}(?:nay\s)?(?:\(|,\s|:\s)?)"
    r"((?:\d\d?\s{0,2}(?:[,&-]|{joins})\s{0,2}(?:ngày\s{1,2})?){1,4})$",
    **_TABLE,
)
_WEEKDAY = cue(r"(?:{weekdays}|thứ\s{1,2}[2-7])[\s,(]{0,3}(?:ngày)?\s{0,2}$", **_TABLE)
_CLOCK = r"\d\d?\s?(?:[:hg]|giờ)\s?\d\d(?:\s?:\s?\d\d)?"
_TIME_AFTER = cue(rf"[\s|,\-(]{{0,5}}(?:lúc\s)?{_CLOCK}")
_TIME_BEFORE = cue(rf"{_CLOCK}(?:\s?[ap]m|\s?gmt\s?\+?\d*)?[\s|,\-]{{0,5}}(?:ngày)?\s{{0,2}}$")
_POSTED = cue(
    r"{posted}(?: {posted_at})?[\s:|,\-]{0,4}(?:thứ \w{1,4},? |\d\d?[:h]\d\d,? )?(?:ngày)?\s{0,2}$", **_TABLE
)


def find_dates(text: str, normal: Normalized | None = None) -> list[Date]:
    """Return every date and month of `text`, in order and not overlapping; `normal` is `text` normalized.

    Years alone ("năm 2020") and days without a month ("ngày 21") are not in it.
    """
    normal = normal or normalize(text)
    dates = _in_normalized(normal)
    spans = [normal.origin_span(date.at, date.end) for date in dates]
    return [date._replace(at=at, text=text[at:end]) for date, (at, end) in zip(dates, spans, strict=True)]


def _in_normalized(normal: Normalized) -> list[Date]:
    """Return the dates of a normalized text, with offsets and words of that."""
    text = normal.text
    found: list[Date] = []
    reached = 0
    for at, end in normal.digits:
        if at < reached or end - at > 4:
            continue
        led = "tháng" in text[max(0, at - _MONTH_ROOM) : at]
        if not led and not text[end : end + _ROOM].lstrip().startswith(_GOES_ON):
            continue
        match = _DATE.match(text, at)
        if match is None:
            continue
        reached = match.end()
        before = text[max(0, match.start() - 48) : match.start()]
        date = _read(match, text, before, found)
        if date is None:
            # "20 - 21.5": no day of a month 21, but perhaps two days.
            reached = end if match["ds"] == "-" else reached
            continue
        date = date._replace(
            weekday=_WEEKDAY.search(before) is not None,
            time=_TIME_AFTER.match(text, match.end()) is not None or _TIME_BEFORE.search(before) is not None,
            posted=_POSTED.search(before) is not None,
        )
        found.extend(_earlier_days(before, date))
        found.append(date)
    return _spread_years(found, text)


def _read(match: re.Match[str], text: str, before: str, found: list[Date]) -> Date | None:
    kind = match.lastgroup
    written = match.group()
    at = match.start()
    if match["iso"]:
        return _date(at, written, match["id"], match["im"], match["iy"])
    if match["full"]:
        # 1.1.20 is a heading, 10-12-15 three numbers: a year of two digits only behind slashes or the word ngày.
        if match["fs"] != "/" and len(match["fy"]) == 2 and not _DAY_WORD.search(before):
            return None
        day, month = match["fd"], match["fm"]
        stamped = match["fs"] == "/" and _TIME_AFTER.match(text, match.end())
        if stamped and int(month) > 12 >= int(day):
            day, month = month, day  # "2/26/2019 9:45:35 AM", as some sites stamp their pages
        return _date(at, written, day, month, match["fy"])
    if match["words"]:
        if match["wy"] is None and not _DAY_BEFORE.search(before) and not _joined(text, found, at):
            return None
        return _date(at, written, match["wd"], _month_number(match["wm"]), match["wy"])
    if match["my"]:
        month = _month(before)
        joined = "/" in written or _UNTIL.search(before) is not None
        if month is None and (not joined or _counted(text, match.end())):
            return None
        return _date(at, written, None, match["mm"], match["yy"])
    if match["dm"]:
        return _day_and_month(match, text, before, found)
    month = _month(before)
    if kind == "m" and month is not None and month["counted"] is None and not _counted(text, match.end()):
        return _date(at, written, None, match["m"], None)
    return None


def _month_number(written: str) -> int:
    return int(written) if written.isdecimal() else _MONTHS[" ".join(written.split())]


def _month(before: str) -> re.Match[str] | None:
    """Return the word tháng where it ends these words, with the count before it."""
    return _MONTH_BEFORE.search(before) if "tháng" in before[-_MONTH_ROOM:] else None


def _day_and_month(match: re.Match[str], text: str, before: str, found: list[Date]) -> Date | None:
    date = _date(match.start(), match.group(), match["dd"], match["dn"], None)
    if date is None or text[match.end() : match.end() + 1] in ("/", "%"):
        return None
    if _BROADCAST.search(before) and text[match.end() : match.end() + 1] == ")":
        return date
    if _feast(date) and _FEAST_BEFORE.search(before):
        return date
    if match["ds"] != "/":
        led = _DAY_WORD.search(before) or _DAYS_BEFORE.search(before)
        if match["ds"] == "-" and not led and not _counted(text, match.end()):
            led = (_feast(date) and not _given(before)) or _same_month(match, found)
        if match["ds"] == "." and _feast(date) and _NAMED_DAY.search(before):
            return date
        return date if led else None
    if _DAY_WORD.search(before):
        return date
    exceeds = int(match["dd"]) > int(match["dn"])
    if exceeds and _DAY_BEFORE.search(before):
        return date  # "đến 31/12 giải ngân": no part is more than its whole
    if _counted(text, match.end()) and not (
        _feast(date) and _held_by(text, match.end()) and not _given(before)
    ):
        return None
    if _DAY_BEFORE.search(before) or _DAYS_BEFORE.search(before) or _joined(text, found, date.at):
        return date
    return date if _feast(date) and not _given(before) else None


def _same_month(match: re.Match[str], found: list[Date]) -> bool:
    """Tell whether `13-12` is a day as `11-12` before it was."""
    end = f"-{match['dn']}"
    return any(date.day and date.year is None and date.text.endswith(end) for date in found)


_GIVEN = cue(r"(?::|{given})\s{0,3}$", **_TABLE)


def _given(before: str) -> bool:
    return _GIVEN.search(before) is not None


def _feast(date: Date) -> bool:
    return (date.day, date.month) in _FEASTS


def _held_by(text: str, end: int) -> bool:
    """Tell whether a body or a place stands at `end`, which a feast may belong to: giải thưởng 26/3 tỉnh Nghệ An."""
    found = noun_subject(words_after(text, end))
    return found is not None and (found[1] in _HOLDERS or found[0] in _PLACES)


def _counted(text: str, end: int) -> bool:
    if text[end : end + 1] not in (" ", "\n"):
        return False
    after = words_after(text, end)
    return is_abstract(after) or counts_things(after)


def _joined(text: str, found: list[Date], at: int) -> bool:
    """Tell whether only "và", a comma or the like stands between the last date found and `at`."""
    if not found or at - found[-1].end > 20 or at < found[-1].end:
        return False
    return _JOINT.fullmatch(text[found[-1].end : at]) is not None


def _earlier_days(before: str, date: Date) -> Iterator[Date]:
    """Yield the days that take their month from `date`: 21 in "ngày 21 và 22/6/2018"."""
    match = _DAYS_BEFORE.search(before) if date.day is not None else None
    if match is None:
        return
    offset = date.at - len(before)
    for day in re.finditer(r"\d+", match[2]):
        earlier = _date(
            offset + match.start(2) + day.start(), day.group(), day.group(), date.month, date.year
        )
        if earlier is not None:
            yield earlier


def _spread_years(found: list[Date], text: str) -> list[Date]:
    """Give a day and month without a year the year of the date it is joined to ("30/4 và 1/5/2021")."""
    for index in range(len(found) - 2, -1, -1):
        date, later = found[index], found[index + 1]
        near = date.year is None and date.day and later.year and later.at - date.end <= 20
        if near and _JOINT.fullmatch(text[date.end : later.at]):
            found[index] = date._replace(year=later.year)
    return found


def _date(at: int, text: str, day: str | None, month: str | int, year: str | int | None) -> Date | None:
    number = int(month)
    if not 1 <= number <= 12:
        return None
    full_year = None if year is None else int(year)
    if full_year is not None and full_year < 100:
        full_year += 2000
    if full_year is not None and not 1800 <= full_year <= 2199:
        return None
    if day is not None and not 1 <= int(day) <= monthrange(full_year or 2000, number)[1]:
        return None
    return Date(TextOffset(at), text, None if day is None else int(day), number, full_year)
