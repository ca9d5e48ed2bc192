"""Dates: every day and month that a text names, with the offsets they stand at.

Vietnamese writes the day first. What can be no day of the calendar is no date; `1/5` is one only where the words
around it say so, for articles also write `1/5 chi bộ`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.article.context import match_before, words_after
from summarizer.article.counted_nouns import counts_things, noun_subject
from summarizer.article.normalize import Normalized
from summarizer.article.not_counts import is_abstract
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.schemas.offsets import TextOffset

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
    | (?P<ym>(?P<sy>(?:19|20)\d\d)-(?P<sm>0[1-9]|1[0-2])(?!-?\d))
    | (?P<full>(?P<fd>\d\d?)\s?(?P<fs>[/.\-])\s?(?P<fm>\d\d?)\s?(?P=fs)\s?(?P<fy>\d{{4}}|\d\d))
    | (?P<words>(?P<wd>\d\d?)\s{{0,2}}[/,-]?\s{{0,2}}tháng\s{{0,2}}(?P<wm>\d\d?(?!\d)|(?:{_MONTH_NAMES})(?!\w))
        (?:\s{{0,2}}[/,.-]?\s{{0,2}}(?:năm\s{{0,2}})?(?P<wy>\d{{4}}))?)
    | (?P<my>(?P<mm>\d\d?)(?:\s?[/.\-]\s?|\s{{0,2}},?\s{{0,2}}năm\s{{1,2}})(?P<yy>(?:19|20)\d\d))
    | (?P<dm>(?P<dd>\d\d?)\s?(?P<ds>[/.\-])\s?(?P<dn>\d\d?)(?!/\d))
    | (?P<m>\d\d?)
    )(?!\d)""",
    re.VERBOSE,
)
_FEASTS = frozenset(tuple(map(int, day.split("/"))) for day in _TABLE["feast_days"])
_HOLDERS = frozenset(("school", "party_organization", "collective"))
_PLACES = _TABLE.joined("places")
_DAY_BEFORE = cue(r"(?:{day_before}|thứ\s[2-7])\s{0,3}[:,(]?\s{0,3}$", **_TABLE)
_MONTH_BEFORE = cue(r"(?P<counted>(?:\d|mỗi|hàng|hằng|một)\s{0,3})?tháng\s{0,3}$")
_MONTHS_OF_YEAR = cue(r"\d\d? tháng năm \d{4}")
_NEAR = 48
"""Characters before a date in which the words stand that say what it is."""
_LONGEST_JOINT = 20
"""Characters between two dates that are joined, at most."""
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
_GIVEN = cue(r"(?::|{given})\s{0,3}$", **_TABLE)
_WEEKDAY = cue(r"(?:{weekdays}|thứ\s{1,2}[2-7])[\s,(]{0,3}(?:ngày)?\s{0,2}$", **_TABLE)
_CLOCK = r"\d\d?\s?(?:[:hg]|giờ)\s?\d\d(?:\s?:\s?\d\d)?"
_TIME_AFTER = cue(rf"[\s|,\-(]{{0,5}}(?:lúc\s)?{_CLOCK}")
_TIME_BEFORE = cue(rf"{_CLOCK}(?:\s?[ap]m|\s?gmt\s?\+?\d*)?[\s|,\-]{{0,5}}(?:ngày)?\s{{0,2}}$")
_POSTED = cue(
    r"{posted}(?: {posted_at})?[\s:|,\-]{0,4}(?:thứ \w{1,4},? |\d\d?[:h]\d\d,? )?(?:ngày)?\s{0,2}$", **_TABLE
)


def find_dates(normal: Normalized) -> list[Date]:
    """Return every date and month of a text, in order and not overlapping, with offsets in the original.

    Years alone ("năm 2020") and days without a month ("ngày 21") are not in it.
    """
    low = normal.text
    found: list[Date] = []  # in offsets of the normalized text
    reached = 0
    for at, end in normal.digits:
        match = _DATE.match(low, at) if at >= reached else None
        if match is None:
            continue
        reached = match.end()
        date = _read(match, found)
        if date is None:
            # "20 - 21.5": no day of a month 21, but perhaps two days.
            reached = end if match["ds"] == "-" else reached
            continue
        date = date._replace(
            weekday=match_before(_WEEKDAY, low, at, _NEAR) is not None,
            time=bool(_TIME_AFTER.match(low, reached) or match_before(_TIME_BEFORE, low, at, _NEAR)),
            posted=match_before(_POSTED, low, at, _NEAR) is not None,
        )
        found += (*_earlier_days(low, date), date)
    spans = [normal.origin_span(date.at, date.end) for date in _spread_years(found, low)]
    return [
        date._replace(at=at, text=normal.original[at:end])
        for date, (at, end) in zip(found, spans, strict=True)
    ]


def _read(match: re.Match[str], found: list[Date]) -> Date | None:
    """Return the date that a match of `_DATE` is, None for other numbers; `found` are the dates before it."""
    text, at, end, kind = match.string, match.start(), match.end(), match.lastgroup
    day, month, year = (
        next(filter(None, match.group(*names)), "")
        for names in (
            ("id", "fd", "wd", "dd"),
            ("im", "fm", "wm", "mm", "dn", "m", "sm"),
            ("iy", "fy", "wy", "yy", "sy"),
        )
    )
    if kind == "full":
        # 1.1.20 is a heading, 10-12-15 three numbers: a year of two digits only behind slashes or the word ngày.
        if match["fs"] != "/" and len(match["fy"]) == 2 and not match_before(_DAY_WORD, text, at, _NEAR):
            return None
        if match["fs"] == "/" and int(match["fm"]) > 12 >= int(match["fd"]) and _TIME_AFTER.match(text, end):
            day, month = month, day  # "2/26/2019 9:45:35 AM", as some sites stamp their pages
    elif kind == "words" and year and _MONTHS_OF_YEAR.fullmatch(match[0]):
        # "6 tháng năm 2020" are six months of a year, "ngày 6 tháng năm 2020" is a day in May
        if not match_before(_DAY_WORD, text, at, _NEAR):
            return None
    elif kind == "words" and not year:
        if not match_before(_DAY_BEFORE, text, at, _NEAR) and not _joined(text, found[-1:], at):
            return None
    elif kind == "ym":
        if not match_before(_POSTED, text, at, _NEAR):  # "năm học 2009-10" is no month
            return None
    elif kind == "dm":
        if not _is_day(match, found):
            return None
    elif kind in ("my", "m"):
        named = match_before(_MONTH_BEFORE, text, at, _NEAR)
        if kind == "m":
            is_month = named and named["counted"] is None and not _counted(text, end)
        else:
            joined = "/" in match[0] or match_before(_UNTIL, text, at, _NEAR)
            is_month = named or (joined and not _counted(text, end))
        if not is_month:
            return None
    return _date(at, match[0], day or None, month, year or None)


def _is_day(match: re.Match[str], found: list[Date]) -> bool:
    """Tell whether two numbers are a day and a month, by the words around them: 1/5 may also be a part of a whole."""
    text, at, end, mark = match.string, match.start(), match.end(), match["ds"]
    day, month = int(match["dd"]), int(match["dn"])
    feast = (day, month) in _FEASTS

    def behind(pattern: re.Pattern[str]) -> bool:
        return match_before(pattern, text, at, _NEAR) is not None

    if text[end : end + 1] in ("/", "%"):
        return False
    if (text[end : end + 1] == ")" and behind(_BROADCAST)) or (feast and behind(_FEAST_BEFORE)):
        return True
    known = feast and not behind(_GIVEN)
    if mark != "/":
        if behind(_DAY_WORD) or behind(_DAYS_BEFORE) or (mark == "." and feast and behind(_NAMED_DAY)):
            return True
        # `13-12` is a day as `11-12` before it was
        same = any(date.day and date.year is None and date.text.endswith(f"-{match['dn']}") for date in found)
        return mark == "-" and (known or same) and not _counted(text, end)
    # "đến 31/12 giải ngân": no part is more than its whole
    if behind(_DAY_WORD) or (day > month and behind(_DAY_BEFORE)):
        return True
    if _counted(text, end) and not (known and _held_by(text, end)):
        return False
    return known or behind(_DAY_BEFORE) or behind(_DAYS_BEFORE) or _joined(text, found[-1:], at)


def _held_by(text: str, end: int) -> bool:
    """Tell whether a body or a place stands at `end`, which a feast may belong to: giải thưởng 26/3 tỉnh Nghệ An."""
    noun, subject = noun_subject(words_after(text, end)) or ("", "")
    return subject in _HOLDERS or noun in _PLACES


def _counted(text: str, end: int) -> bool:
    """Tell whether a noun that is counted stands behind a number."""
    after = words_after(text, end) if text[end : end + 1] in (" ", "\n") else []
    return is_abstract(after) or counts_things(after)


def _joined(text: str, earlier: Sequence[Date], at: int) -> bool:
    """Tell whether only "và", a comma or the like stands between an earlier date, if there is one, and `at`."""
    return any(
        0 <= at - date.end <= _LONGEST_JOINT and _JOINT.fullmatch(text, date.end, at) for date in earlier
    )


def _earlier_days(text: str, date: Date) -> Iterator[Date]:
    """Yield the days that take their month from `date`: 21 in "ngày 21 và 22/6/2018"."""
    match = match_before(_DAYS_BEFORE, text, date.at, _NEAR) if date.day is not None else None
    for day in re.compile(r"\d+").finditer(text, *match.span(2)) if match else ():
        if earlier := _date(day.start(), day[0], day[0], date.month, date.year):
            yield earlier


def _spread_years(found: list[Date], text: str) -> list[Date]:
    """Give a day and month without a year the year of the date it is joined to ("30/4 và 1/5/2021")."""
    for index in range(len(found) - 2, -1, -1):
        date, later = found[index], found[index + 1]
        if date.year is None and date.day and _joined(text, [date], later.at):
            found[index] = date._replace(year=later.year)
    return found


def _date(at: int, text: str, day: str | None, month: str | int, year: str | int | None) -> Date | None:
    """Return a date of the calendar, None where there is no such day; a year of two digits is of this century."""
    number = int(_MONTHS.get(" ".join(str(month).split()), month))
    full_year = None if year is None else int(year) + 2000 * (int(year) < 100)
    if not 1 <= number <= 12 or not 1800 <= (full_year or 2000) <= 2199:
        return None
    if day is not None and not 1 <= int(day) <= monthrange(full_year or 2000, number)[1]:
        return None
    return Date(TextOffset(at), text, None if day is None else int(day), number, full_year)
