"""Timing: the day a meeting was held, and the day its article was posted.

The rules are the labelling guide's: a posting date is not the meeting's; a date without a year takes it from the
posting date or from the text where that is certain; of several days the first.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.article.dates import Date
from summarizer.article.normalize import Normalized
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.periods import Period
from summarizer.schemas.offsets import TextOffset, TextSpan

_WORDS = {**Lists("summarizer.rules", "meeting"), **Lists("summarizer.rules", "days")}
_PART_OF_DAY = cue(r"{day_parts}[\s,(]*(?:ngày\s*)?$", **_WORDS)
_HOLDS = word_cue(
    r"{meeting_verbs}[^.;]{0,80}?{meetings}|{meetings}[^.;\n]{0,200}?{held_there}"
    r"|(?:tiến hành|họp) (?:đánh giá )?nghiệm thu(?!\w)|họp (?={judged})|{alone}",
    **_WORDS,
)
# A day that is a document's, a feast's, a limit's, not the meeting's.
_OTHER_DAY = word_cue(
    r"{papers}[^,.;\n]{0,60}?ngày\s*$|số:? \d[\w.]*[/-][\w/.-]*[^.,;\n]{0,40}?ngày\s*$"
    r"|{occasions}[^.;,\n]{0,40}?(?:ngày\s*|\(\s*|lần thứ \w+\s*\(?)?$",
    **_WORDS,
)
_DAY_OF_CODE = cue(r"\d[\w]*(?:-|/)[a-zđ][\w/.-]*,? ngày\s*$")
_TAKES_PLACE = cue(r"{takes_place}(?: [\w\s,]{0,40})?{takes_place_on}[\w\s]{0,20}$", **_WORDS)
# "từ đại hội điểm ngày 10/2 đến nay": an earlier meeting, from which time is told.
_SINCE = cue(r"(?:[/.]\d+)*,?\s+(?:cho )?(?:đến|tới) (?:nay|hôm nay)(?!\w)")
# What is only to come, or a later part of the meeting.
_PREPARES = cue(
    r"(?<!\w)(?:chuẩn bị cho(?!\w)|(?:dự kiến )?sẽ (?:được )?{will_be}|phiên [^.;\n]{0,24}?{takes_place})",
    **_WORDS,
)
_TODAY = word_cue(r"{todays}", **_WORDS)
_POST_LABEL = cue(r"(?:{posted}|thứ \w+)", **_WORDS)
_FROM = cue(r"(?<!\w)từ(?: ngày)?\s*$")
_UNTIL = cue(r"[^\S\n]*(?:đến|tới|-)(?: hết)?(?: ngày)?\s*")
# A yearly meeting bears the year it is held in.
_YEARLY = word_cue(r"(?:hội nghị|đại hội)(?:(?: {yearly})|,)+,? năm (20\d\d)(?!\d)", **_WORDS)
_NO_MONTH_OF_IT = cue(r"{no_month} (?:tháng )?$", **_WORDS)
_MONTH, _LONGEST_MEETING = 30, 7
"""Days of a month, about, and of the longest meeting: what takes longer is a campaign."""
_NEAR, _BEFORE_A_DAY = 400, 110
"""Characters of a line around a date that are read, and before a day in which it is said to be of something else."""
_MONTHS_BACK = 2
"""Months before the meeting that an article tells of, where they give it their year."""
_EARLIEST, _LATEST = "1990", "2100"
"""No page on the web tells of a meeting before, nor yet of one from then on: a year beyond is a slip."""
_AGENCY_ROOM = 24
"""Characters at the beginning of the prose in which an agency's bracket can hold the date of posting."""
_FIRST_SENTENCES = 6
"""Sentences in which "sáng nay" is the day of the posting."""
_LETTERS = re.compile(r"[^\W\d_]")
_FEW_LETTERS, _FEWEST_LETTERS = 25, 6
"""Letters of a line that holds the date of the posting and little else, or nothing else."""


@dataclass(frozen=True, slots=True)
class DayCandidate:
    """A day that stands in the article: its span, its ISO date, and how strong the evidence for it is."""

    at: TextOffset
    end: TextOffset
    iso: str
    strength: int


def published_candidates(
    normal: Normalized, dates: Sequence[Date], body_at: TextOffset, title: TextSpan | None = None
) -> list[DayCandidate]:
    """Return the days the page may have been posted, the strongest first; `body_at`: where its prose begins.

    Of two above the prose, the one behind the `title` (a span) counts: the one above it is the page's clock.
    """
    found = [
        DayCandidate(date.at, date.end, date.iso, strength)
        for date in dates
        if date.iso is not None
        and (date.at < body_at + _AGENCY_ROOM or date.posted)
        and (strength := _posted_strength(normal, date, body_at))
    ]
    below = title[1] if title and any(title[1] <= day.at < body_at for day in found) else 0
    return sorted(found, key=lambda day: (day.at < below, -day.strength, day.at))


def _posted_strength(normal: Normalized, date: Date, body_at: TextOffset) -> int:
    """How surely a date above the prose, or in the bracket it opens with, is the day of the posting; 0: it is not."""
    text = normal.original
    if date.posted:
        return 8
    # The line the date stands in, as far as it is near.
    at = TextOffset(text.rfind("\n", max(0, date.at - _NEAR), date.at) + 1 or max(0, date.at - _NEAR))
    end = text.find("\n", date.end, date.end + _NEAR)
    line = text[at : min(len(text), date.end + _NEAR) if end < 0 else end]
    # It closes the bracket a page opens its prose with: "(BVBNĐ-29/12/2017) Sáng nay…".
    closes = ")" in text[date.end : date.end + 2] and date.at - at < _AGENCY_ROOM
    above, agency = date.at < body_at, closes and line.lstrip().startswith("(")
    if not above and not agency:
        return 0
    letters = len(_LETTERS.findall(_POST_LABEL.sub("", normal.part(at, at + len(line)))))
    if above and (date.time or date.weekday) and letters <= _FEW_LETTERS:
        return 7
    if above and letters <= _FEWEST_LETTERS:
        return 6
    bracketed = above and date.time and text[date.at - 1 : date.at] == "("
    return 5 if bracketed or (agency and letters > _FEW_LETTERS) else 0


def held_candidates(
    normal: Normalized,
    dates: Sequence[Date],
    sentences: Sequence[TextSpan],
    posted: DayCandidate | None,
    period: Period,
) -> list[DayCandidate]:
    """Return the days the meeting may have been held, the strongest first, each with a year that is certain."""
    found: list[DayCandidate] = []
    for rank, (at, end) in enumerate(sentences):
        inside = [date for date in dates if at <= date.at < end and date.day is not None]
        if not inside and (posted is None or rank >= _FIRST_SENTENCES):
            continue
        a, b = normal.span(at, end)
        holds = _HOLDS.search(normal.text, a, b) is not None
        today = _TODAY.search(normal.text, a, b)
        if not inside and posted and holds and today:
            here, there = normal.origin(today.start()), normal.origin(today.end())
            found.append(DayCandidate(here, there, posted.iso, 30 - rank))
        yearly = _YEARLY.search(normal.text, a, b)
        campaign = _campaign(normal, inside)
        for date in inside:
            of_page = date.posted or (posted is not None and date.at == posted.at and not today)
            strength = 0 if of_page or date in campaign else _held_strength(normal, date, at, holds, rank)
            if strength <= 0:
                continue
            iso = _with_year(date, posted, period, int(yearly[1]) if yearly else None)
            iso = iso or _in_year(date, _year_of_months(normal, dates, date.month))
            if iso and _EARLIEST <= iso < _LATEST and not (posted and iso > posted.iso and rank > 2):
                found.append(DayCandidate(date.at, date.end, iso, strength))
    return sorted(found, key=lambda day: (-day.strength, day.at))


def _campaign(normal: Normalized, dates: Sequence[Date]) -> set[Date]:
    """Return the first and last days of what takes weeks: "từ 1/10/2016 đến 18/11/2016" (from … to …)."""
    found: set[Date] = set()
    for first, last in pairwise(dates):
        here, there = normal.offset(first.at), normal.offset(first.end)
        spans = _FROM.search(normal.text, max(0, here - 12), here) and _UNTIL.fullmatch(
            normal.text, there, normal.offset(last.at)
        )
        if first.day is not None and last.day is not None and spans:
            days = (last.month - first.month) % 12 * _MONTH + last.day - first.day
            found |= {first, last} if days > _LONGEST_MEETING else set()
    return found


def _held_strength(normal: Normalized, date: Date, at: TextOffset, holds: bool, rank: int) -> int:
    """Return how surely the meeting was held on a date of the sentence at `at`, the `rank`-th one; 0: it was not."""
    start, here = normal.offset(at), normal.offset(date.at)
    first = max(start, here - _BEFORE_A_DAY)
    before = normal.text[first:here]
    another = _OTHER_DAY.search(normal.text, first, here) or _DAY_OF_CODE.search(before)
    if another:
        return 0
    opening = here - start < 40
    introduced = bool(_PART_OF_DAY.search(before))
    named = introduced or opening or date.weekday
    if not named or not (holds or opening) or _SINCE.match(normal.text, normal.offset(date.end)):
        return 0
    takes_place = bool(_TAKES_PLACE.search(before) and not _PREPARES.search(before))
    return 10 * holds + 6 * introduced + 4 * opening + 16 * takes_place + max(0, 8 - rank)


def _with_year(date: Date, posted: DayCandidate | None, period: Period, named: int | None) -> str | None:
    """Return a date's ISO day; a missing year from the posting date, else from the years the text tells of.

    `named` is the year that the sentence gives the meeting.
    """
    if date.iso is not None:
        return date.iso
    if posted is None:
        return _in_year(date, named or _year_of_month(date.month, period))
    year = int(posted.iso[:4])
    days = (_in_year(date, one) for one in (year, year - 1))
    return next((iso for iso in days if iso and iso <= posted.iso), None)


def _in_year(date: Date, year: int | None) -> str | None:
    """Return a date's ISO day in a year, None where the year has no such day."""
    try:
        return datetime.date(year, date.month, date.day).isoformat() if year and date.day else None
    except ValueError:
        return None


def _year_of_months(normal: Normalized, dates: Sequence[Date], month: int) -> int | None:
    """Return the one year of the months the text tells of, where they are not long before `month`."""
    months = [
        date
        for date in dates
        if date.day is None
        and date.year is not None
        and not _NO_MONTH_OF_IT.search(
            normal.text, max(0, normal.offset(date.at) - _AGENCY_ROOM), normal.offset(date.at)
        )
    ]
    near = all(month - _MONTHS_BACK <= date.month <= month for date in months)
    return months[0].year if months and near and len({date.year for date in months}) == 1 else None


def _year_of_month(month: int, period: Period) -> int | None:
    """The year a meeting in `month` was held in, by what it reviewed: a year is reviewed at its end or after."""
    reviewed, planned = period.reviewed, period.planned
    if reviewed is None:
        return period.latest
    if reviewed.school:
        return reviewed.year if month <= reviewed.until or planned else reviewed.year - 1
    if planned is not None and planned.year > reviewed.year:
        return reviewed.year if month >= 9 else planned.year
    return reviewed.year + (month <= reviewed.until)
