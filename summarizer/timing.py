"""Timing: the day a meeting was held, the day its article was posted, the year reviewed and the year planned.

The rules are GOLD.md's: a posting date is not the meeting's; a date without a year takes it from the posting date
or from the text where that is certain; of several days the first; a school year is the year it ends; a term or
several years are no period.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.cues import MEETING, Cue, cue
from summarizer.dates import Date
from summarizer.folding import Folded

__all__ = (
    "DayCandidate",
    "Period",
    "YearCandidate",
    "held_candidates",
    "published_candidates",
    "read_period",
)

_PART_OF_DAY = cue(r"(?:sáng|trưa|chiều|tối|ngày|hôm nay|nay)[\s,(]*(?:ngày\s*)?$")
_HALF_DAY = cue(r"(?<!\w)(?:sáng|trưa|chiều|tối)(?: ngày)?\s*$")
_HOLDS = Cue(
    rf"(?:tổ chức|diễn ra|khai mạc|tiến hành|họp|mở|chủ trì|tham dự|dự|làm việc|tổng kết|sơ kết"
    rf"|thảo luận)[^.;]{{0,80}}?{MEETING}"
    rf"|{MEETING}[^.;\n]{{0,200}}?(?:tổ chức|diễn ra|khai mạc|tiến hành|họp|thành công|vào ngày|ngày)"
    r"|(?<!\w)họp (?=kiểm điểm|đánh giá|xét|bàn|bình xét|xếp loại)"
    r"|tổ chức|(?<!\w)(?:đại hội|hội nghị|tổng kết|sơ kết)(?!\w)"
)
# A day that is a document's, a feast's, a limit's, not the meeting's.
_OTHER_DAY = cue(
    r"(?:nghị quyết|chỉ thị|quyết định|kế hoạch|hướng dẫn|đề án|thông tư|nghị định|công văn|kết luận|quy định"
    r"|thông báo|luật|giấy mời|tờ trình|công điện|chương trình)[^,.;\n]{0,60}?ngày\s*$"
    r"|(?<!\w)số:? \d[\w.]*[/-][\w/.-]*[^.,;\n]{0,40}?ngày\s*$|\d[\w]*(?:-|/)[a-zđ][\w/.-]*,? ngày\s*$"
    r"|(?:chào mừng|kỷ niệm|mừng|nhân dịp|hướng tới|tiến tới|thành lập|giải phóng|quốc tế"
    r"|truyền thống|sinh nhật|sinh"
    r"|bầu cử|quốc khánh|thống nhất đất nước|đến hết|tính đến|trước|đến|kể từ|tính từ|hạn|dự kiến)"
    r"[^.;,\n]{0,40}?(?:ngày\s*|\(\s*|lần thứ \w+\s*\(?)?$"
)
_TAKES_PLACE = cue(r"(?:diễn ra|được tổ chức|khai mạc)(?: [\w\s,]{0,40})?(?:từ|trong|vào|ngày)[\w\s]{0,20}$")
_PREPARES = cue(r"(?<!\w)chuẩn bị cho(?!\w)")
_TODAY = Cue(r"(?<!\w)(?:sáng|chiều|tối|hôm|ngày) nay(?!\w)")
_POST_LABEL = cue(
    r"(?:đăng|cập nhật|ngày tạo|xuất bản|posted|published|ngày viết|đưa tin|thứ \w+|chủ nhật|gmt"
    r"|ngày|lúc|lượt (?:xem|đọc)|đã xem|phản hồi)"
)
_NEAR = 400
# Characters at the beginning of the prose in which an agency's bracket can hold the date of posting.
_AGENCY_ROOM = 24
# Sentences in which "sáng nay" is the day of the posting.
_FIRST_TOLD = 6
_LETTERS = re.compile(r"[^\W\d_]")

_YEAR_WORDS = cue(
    r"(năm học|niên khóa) (\d{4})\s*[-/]\s*(\d{4}|\d\d)(?!\d)"
    r"|(nhiệm kỳ|giai đoạn|khóa|các năm|từ năm|thời kỳ|đến năm|trước năm|sau năm"
    r"|từ)[\s:(]*(?:năm\s*)?\d{4}(?:\s*(?:-|đến)\s*(?:năm\s*)?\d{4})?"
    r"|\d{4}\s*-\s*\d{4}"
    r"|năm\s*(20\d\d|19\d\d)(?![\d/])|(?<=\s)(20\d\d)(?=\s*(?:[,.;:]|$|\n|và|-))"
)
_NO_BREAK = r"(?:(?!phương|triển|kế|mục)[\w]+ )"
_REVIEW = (
    rf"(?:tổng kết|sơ kết|kiểm điểm|đánh giá|kết quả|báo cáo|tình hình)(?: {_NO_BREAK}{{0,6}}?nhiệm vụ)?"
    rf"|hoàn thành {_NO_BREAK}{{0,5}}?nhiệm vụ|thành tích|hoàn thành|kết thúc|nhìn lại|trong năm"
    rf"|khen thưởng|danh hiệu"
    r"|xếp loại|công nhận"
)
_PLAN = (
    r"triển khai|phương hướng|nhiệm vụ|kế hoạch|mục tiêu|phấn đấu|chương trình công tác|dự kiến|chỉ tiêu|giao ước"
    r"|dự toán|định hướng|đề ra|bước sang|thời gian tới|xuân|phát động"
)
_CUES = cue(rf"({_REVIEW})|({_PLAN})")
_CONGRESS = cue(r"(?<!\w)đại hội(?! tổng kết| thi đua| cổ đông| đồng cổ)(?!\w)")
_TERM = cue(r"nhiệm kỳ|lần thứ|khóa|đại biểu|chi bộ|đảng bộ|công đoàn|đoàn")
_NAMED_YEAR = cue(r"(?:hội nghị|đại hội) [^.;\n]*?năm (\d{4})(?!\d)")
_TERM_YEARS = cue(r"(?:nhiệm kỳ|khóa)[\s(:]*(\d{4})\s*-\s*\d{4}")
_REVIEWS = cue(r"(?<!\w)(?:tổng kết|sơ kết)(?!\w)")
_PART_YEAR = cue(r"(?<!\w)(?:(?:\d+|ba|sáu|tám|chín) tháng(?: đầu| cuối)?|quý [\w]+),? năm (\d{4})(?!\d)")
_FIRST = 4
_SPRING, _SUMMER = 3, 6
_WHOLE_YEAR = cue(r"tổng kết (?:công tác|phong trào|hoạt động|nhiệm vụ|năm)[^.;\n]{0,120}?năm (\d{4})(?!\d)")
_OPENS_WITH = ("", "trong")
_AGENCY = cue(r"\w{2,8}\)?\s?[-–]?(?: trong)?")
_COMPARED = cue(r"(?:so với|cùng kỳ|trước đó|trước đây)[^.;,\n]{0,24}$")
_YEAR_ENDED = cue(r"(?<!\w)cuối năm (\d{4})(?!\d)")
_YEAR_REVIEWED = cue(r"(?:tổng kết|sơ kết)[^.;\n]{0,110}năm (?:học )?\d{4}")


@dataclass(frozen=True, slots=True)
class DayCandidate:
    """A day that stands in the article: its span, its ISO date, and how strong the evidence for it is."""

    at: int
    end: int
    iso: str
    strength: int


@dataclass(frozen=True, slots=True)
class YearCandidate:
    """A year that stands in the article, with the offsets of its words.

    `school`: it is the one a school year ends; `until`: the last month of the
    year after in which it is still reviewed, where the text tells of no other year.
    """

    year: int
    at: int
    end: int
    school: bool = False
    until: int = _SPRING


@dataclass(frozen=True, slots=True)
class Period:
    """The year reviewed and the year planned, None where the article does not say."""

    reviewed: YearCandidate | None
    planned: YearCandidate | None
    latest: int | None = None
    """The year that the article itself is of, as far as its years tell; a day without a year may take it."""


def published_candidates(
    text: str, folded: Folded, dates: Sequence[Date], body_at: int, title: tuple[int, int] | None = None
) -> list[DayCandidate]:
    """Return the days the page may have been posted, the strongest first; `body_at`: where its prose begins.

    Of two above the prose, the one behind the `title` (a span) counts: the one above it is the page's clock.
    """
    found: list[DayCandidate] = []
    for date in dates:
        if date.iso is None or (date.at >= body_at + _AGENCY_ROOM and not date.posted):
            continue
        line, at = _line(text, date)
        letters = len(_LETTERS.findall(_POST_LABEL.sub("", folded_line(folded, at, line))))
        strength = 0
        if date.posted:
            strength = 8
        elif date.at < body_at and (date.time or date.weekday) and letters <= 25:
            strength = 7
        elif date.at < body_at and letters <= 6:
            strength = 6
        elif (date.at < body_at and date.time and text[date.at - 1 : date.at] == "(") or (
            letters > 25 and date.at - body_at < _AGENCY_ROOM and _agency(text, date)
        ):
            strength = 5
        if strength:
            found.append(DayCandidate(date.at, date.end, date.iso, strength))
    below = title[1] if title and any(title[1] <= day.at < body_at for day in found) else 0
    return sorted(found, key=lambda day: (day.at < below, -day.strength, day.at))


def held_candidates(
    text: str,
    folded: Folded,
    dates: Sequence[Date],
    sentences: Sequence[tuple[int, int]],
    posted: DayCandidate | None,
    period: Period,
) -> list[DayCandidate]:
    """Return the days the meeting may have been held, the strongest first, each with a year that is certain."""
    found: list[DayCandidate] = []
    for rank, (at, end) in enumerate(sentences):
        inside = [date for date in dates if at <= date.at < end and date.day is not None]
        if not inside and (posted is None or rank >= _FIRST_TOLD):
            continue
        a, b = folded.folded(at), folded.folded(end)
        holds = _HOLDS.search(folded, a, b) is not None
        today = _TODAY.search(folded, a, b)
        if not inside and posted and holds and today:
            here, there = folded.origin(today.start()), folded.origin(today.end())
            found.append(DayCandidate(here, there, posted.iso, 30 - rank))
        for date in inside:
            if date.posted or (posted is not None and date.at == posted.at and not today):
                continue
            strength = _held_strength(folded, date, at, holds, rank)
            iso = _with_year(date, posted, period)
            if strength > 0 and iso is not None and not (posted and iso > posted.iso and rank > 2):
                found.append(DayCandidate(date.at, date.end, iso, strength))
    return sorted(found, key=lambda day: (-day.strength, day.at))


def read_period(
    folded: Folded,
    title: tuple[int, int] | None,
    lead: Sequence[tuple[int, int]],
    sentences: Sequence[tuple[int, int]],
) -> Period:
    """Return the year under review and the year planned; `lead` are the spans that tell of the meeting itself."""
    scope = [*([title] if title else []), *lead]
    words = " ".join(folded.text[folded.folded(a) : folded.folded(b)] for a, b in scope)
    congress = _CONGRESS.search(words)
    term = _TERM_YEARS.search(words)
    if congress and _TERM.search(words, congress.end()) and not _YEAR_REVIEWED.search(words):
        return Period(None, None, int(term[1]) if term else None)
    near = _years(folded, scope)
    reviewed, planned = near.reviewed, near.planned
    if not reviewed and (part := _part_of_year(folded, [*scope, *sentences[:_FIRST]])):
        return Period(part, None, part.year)
    if reviewed and planned:
        return Period(reviewed[0], planned[0])
    wide = _years(folded, sentences)
    later = max((candidate.year for candidate in reviewed or wide.reviewed), default=0)
    reviewed = reviewed or _commonest(wide.reviewed, [c.year for c in planned])
    planned = planned or [c for c in wide.planned if c.year == later + 1]
    plain = [*near.plain, *wide.plain, *wide.opening]
    if not reviewed and planned:
        reviewed = [candidate for candidate in plain if candidate.year == planned[0].year - 1]
    opening = [*near.opening, *wide.opening]
    if not reviewed and (_REVIEWS.search(folded.text) or len({c.year for c in opening}) == 1):
        reviewed = _commonest(opening, [c.year for c in planned])
    if not reviewed and near.opening:
        reviewed = near.opening[:1]
    told = [candidate.year for candidate in (*wide.reviewed, *plain)]
    told.extend(int(match[1]) + 1 for match in _YEAR_ENDED.finditer(folded.text))
    latest = max(told, default=int(term[1]) if term else None)
    whole = _WHOLE_YEAR.search(words)
    if reviewed and whole and not reviewed[0].school and reviewed[0].year == int(whole[1]):
        reviewed = [replace(reviewed[0], until=_SUMMER)]
    return Period(reviewed[0] if reviewed else None, planned[0] if planned else None, latest)


def _part_of_year(folded: Folded, spans: Sequence[tuple[int, int]]) -> YearCandidate | None:
    """The year of whose half or quarter the first sentences tell: its last part is planned, its first reviewed."""
    for at, end in spans:
        match = _PART_YEAR.search(folded.text, folded.folded(at), folded.folded(end))
        if match:
            return YearCandidate(
                int(match[1]), folded.origin(match.start(1)), folded.origin(match.end(1)), until=0
            )
    return None


def own_year(folded: Folded, kind: tuple[int, int] | None, held: str | None) -> YearCandidate | None:
    """The year a yearly meeting is named after ("hội nghị viên chức năm 2017"), if held as that year ends."""
    if kind is None or held is None or held[5:7] < "10":
        return None
    match = _NAMED_YEAR.search(folded.text, folded.folded(kind[0]), folded.folded(kind[1]) + 60)
    if match is None or match[1] != held[:4]:
        return None
    return YearCandidate(int(match[1]), folded.origin(match.start()), folded.origin(match.end()))


def folded_line(folded: Folded, at: int, line: str) -> str:
    """The folded words of a line that begins at `at`."""
    return folded.text[folded.folded(at) : folded.folded(at + len(line))]


def _line(text: str, date: Date) -> tuple[str, int]:
    """The line a date stands in, as far as it is near the date, and where that begins."""
    at = text.rfind("\n", max(0, date.at - _NEAR), date.at) + 1 or max(0, date.at - _NEAR)
    end = text.find("\n", date.end, date.end + _NEAR)
    return text[at : min(len(text), date.end + _NEAR) if end < 0 else end], at


def _agency(text: str, date: Date) -> bool:
    """Whether the date closes the bracket a page opens its prose with: "(BVBNĐ-29/12/2017) Sáng nay…"."""
    line, at = _line(text, date)
    return line.lstrip().startswith("(") and ")" in text[date.end : date.end + 2] and date.at - at < 24


def _held_strength(folded: Folded, date: Date, at: int, holds: bool, rank: int) -> int:
    here = folded.folded(date.at)
    before = folded.text[max(folded.folded(at), here - 110) : here]
    if not _HALF_DAY.search(before) and _OTHER_DAY.search(before):
        return 0
    opening = here - folded.folded(at) < 40
    introduced = bool(_PART_OF_DAY.search(before))
    if not (introduced or opening or date.weekday) or not (holds or opening):
        return 0
    told = 16 * bool(_TAKES_PLACE.search(before) and not _PREPARES.search(before))
    return 10 * holds + 6 * introduced + 4 * opening + told + max(0, 8 - rank)


def _with_year(date: Date, posted: DayCandidate | None, period: Period) -> str | None:
    """The date's ISO day; a missing year from the posting date, else from the years the text tells of."""
    if date.iso is not None:
        return date.iso
    if posted is not None:
        return _latest(date, int(posted.iso[:4]), posted.iso)
    year = _year_of_month(date.month, period)
    iso = replace(date, year=year).iso if year else None
    return iso if iso and _is_day(iso) else None


def _year_of_month(month: int, period: Period) -> int | None:
    """The year a meeting in `month` was held in, by what it reviewed: a year is reviewed at its end or after."""
    reviewed, planned = period.reviewed, period.planned
    if reviewed is None:
        return period.latest
    if reviewed.school:
        return reviewed.year if month <= 9 or planned else reviewed.year - 1
    if planned is not None and planned.year > reviewed.year:
        return reviewed.year if month >= 9 else planned.year
    return reviewed.year + (month <= reviewed.until)


def _latest(date: Date, year: int, posted: str) -> str | None:
    for candidate in (year, year - 1):
        iso = replace(date, year=candidate).iso
        if iso is not None and iso <= posted and _is_day(iso):
            return iso
    return None


def _is_day(iso: str) -> bool:
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Years:
    """Years by what the words before them say.

    Looked back on, planned for, neither, or none, as they open a sentence.
    """

    reviewed: list[YearCandidate]
    planned: list[YearCandidate]
    plain: list[YearCandidate]
    opening: list[YearCandidate]


def _years(folded: Folded, spans: Sequence[tuple[int, int]]) -> _Years:
    found = _Years([], [], [], [])
    for at, end in spans:
        a, b = folded.folded(at), folded.folded(end)
        cues = [(m.end(), m.lastindex) for m in _CUES.finditer(folded.text, a, b)]
        for match in _YEAR_WORDS.finditer(folded.text, a, b):
            candidate = _year(match, folded)
            if candidate is None:
                continue
            nearest = max(
                (c for c in cues if c[0] <= match.start() and match.start() - c[0] < 120), default=None
            )
            if _COMPARED.search(folded.text, max(a, match.start() - 40), match.start()):
                continue
            lead = folded.text[a : match.start()].strip(" ()-–:.")
            opening = lead in _OPENS_WITH or bool(_AGENCY.fullmatch(lead))
            aside = folded.text[max(a, match.start() - 2) : match.start()].strip().endswith("(")
            if opening:
                found.opening.append(candidate)
            elif nearest is None or aside:
                found.plain.append(candidate)
            elif nearest[1] == 1:
                found.reviewed.append(candidate)
            else:
                found.planned.append(candidate)
    return found


def _year(match: re.Match[str], folded: Folded) -> YearCandidate | None:
    at, end = folded.origin(match.start()), folded.origin(match.end())
    if match[1]:
        first, last = int(match[2]), match[3]
        return YearCandidate(int(last) if len(last) == 4 else first // 100 * 100 + int(last), at, end, True)
    single = match[5] or match[6]
    return YearCandidate(int(single), at, end) if single else None


def _commonest(candidates: Sequence[YearCandidate], planned: Sequence[int]) -> list[YearCandidate]:
    """The candidates of the year said most often that is not a planned one."""
    counted = Counter(candidate.year for candidate in candidates if candidate.year not in planned)
    if not counted:
        return []
    year, _ = counted.most_common(1)[0]
    return [candidate for candidate in candidates if candidate.year == year]
