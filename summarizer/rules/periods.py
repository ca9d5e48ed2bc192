"""Periods: the year a meeting looks back on and the year it plans, from the years an article names.

The rules are the labelling guide's: a school year is the year it ends; a term or several years are no period.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.article.normalize import Normalized, words_in
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.organizers import OTHER_MEETING
from summarizer.schemas.offsets import TextOffset, TextSpan

_WORDS = Lists("summarizer.rules", "days")
_YEAR_WORDS = cue(
    r"(?:năm học|niên khóa) \d{4}\s*[-/]\s*\d{2,4} đến (?:hết )?(?:(?:năm học|niên khóa) )?\d{4}\s*[-/]\s*\d{2,4}"
    r"|(năm học|niên khóa|(?<!các\s)(?<!hai\s)(?<!\s2\s)(?<!02\s)năm) (\d{4})\s*[-/]\s*(\d{4}|\d\d)(?!\d)"
    r"|({many_years})[\s:(]*(?:năm\s*)?\d{4}(?:\s*(?:-|đến)\s*(?:năm\s*)?\d{4})?"
    r"|\d{4}\s*-\s*\d{4}"
    r"|năm\s*(20\d\d|19\d\d)(?![\d/]|\s*-\s*\d{4})|(?<=\s)(20\d\d)(?=\s*(?:[,.;:]|$|\n|và|-))",
    **_WORDS,
)
_REACHES = r"(?:(?!{breaks}|\d{4})[\w]+ )"
# The last: the year of an award need not be the one under review.
_CUES = word_cue(
    rf"((?:{{reviews}}(?: {_REACHES}{{0,6}}?nhiệm vụ(?!\w))?|hoàn thành {_REACHES}{{0,5}}?nhiệm vụ(?!\w)|{{reached}}"
    r"|tiêu biểu(?= năm)|nghiệm thu(?!\w)(?! \d| đề tài)))|({plans})|({awarded})",
    **_WORDS,
)
_CONGRESS = cue(r"(?<!\w)đại hội(?!\w)(?! {no_term})", **_WORDS)
_TERM = cue(r"{term_of}", **_WORDS)
_NAMED_YEAR = cue(r"(?:hội nghị|đại hội) [^.;\n]*?năm (\d{4})(?!\d)")
_STOPS = re.compile(r"[.;]\s|\n|$")
_CELEBRATED = cue(r"{ceremonies}(?!\w)", **Lists("summarizer.rules", "meeting"))
_TERM_YEARS = cue(r"(?:nhiệm kỳ|khóa)[\s(:]*((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)")
_MIDTERM = cue(r"(?<!\w){midterms}", **_WORDS)
_REVIEWS = cue(r"(?<!\w){sums_up}", **_WORDS)
_OPENING = cue(r"(?<!\w)(?:{begins_year}|hội nghị (?:cán bộ,? )?(?:công chức,? )?viên chức(?!\w))", **_WORDS)
_PART_YEAR = cue(
    r"(?<!\w)(?<!hết\s)(?<!đến\s)(?:(?:\d+|{first_months}) tháng(?: đầu| cuối)?|quý [\w]+"
    # "đánh giá kết quả công tác tháng 7.2022": the month that is reviewed, no day of it.
    r"|{reviews_month} (?:(?!{plans})[^.;\n]){0,120}?(?<!\d\s)tháng \d\d?)"
    r"(?:,? năm |\s?[/.-]\s?)(\d{4})(?!\d)",
    **_WORDS,
)
# "năm 2019 - 2020" is one year of a school, "năm 2018 - 2020" are three.
(_YEAR,) = words_in("năm")
# Till this month a meeting that reviews a school year is held as that ends, unless the next one begins at it.
_SCHOOL_ENDS, _SCHOOL_BEGINS = 9, 7
_ROLES = ("reviewed", "planned", "awarded")
"""What the groups of `_CUES` say of a year behind them, within so many characters:"""
_CUE_ROOM = 120
_FIRST = 4
"""Sentences in which a part of the year or the term is told."""
_SPRING, _SUMMER = 3, 6
"""The month till which a year is summed up in the next one, and where it is said to be summed up whole."""
# "6 tháng đầu năm" without the year is that of the meeting, if it met in or after the part that is told of.
_FIRST_PART = cue(r"(?<!\w)(?:0?[2-9]|1[01]|ba|sáu|tám|chín) tháng đầu năm(?! (?:học )?\d)")
_FIRST_MONTH = "03"
_WHOLE_YEAR = cue(r"tổng kết {work}[^.;\n]{0,120}?năm (\d{4})(?!\d)", **_WORDS)
# What is summed up is over, however late: "Sáng 18/10, … tổng kết công tác Hội năm học 2017 - 2018".
_SCHOOL_YEAR_OVER = cue(r"(?<!\w)tổng kết[^.;,\n]{0,80}?năm học \d{4}")
_DECEMBER = 12
"""A school year that is said to be over is one all the year long."""
_AMONG_THEM = ", trong"
_OPENS_WITH = ("", *_WORDS.joined("opens"))
_AGENCY = cue(r"\w{2,8}\)?\s?[-–]?(?: trong)?")
_COMPARED = cue(r"{compared}[^.;,\n]{0,24}$", **_WORDS)
_YEAR_ENDED = cue(r"(?<!\w)cuối năm (\d{4})(?!\d)")
_MANY_YEARS = cue(
    r"(?<!\w)(?:tổng kết|sơ kết|nhìn lại) (?:0?[2-9]|\d\d|{numbers}) năm(?! học \d| \d)", **_WORDS
)
_YEAR_REVIEWED = cue(r"{sums_up}[^.;\n]{0,110}năm (?:học )?\d{4}", **_WORDS)


class YearCandidate(NamedTuple):
    """A year that stands in the article, with the offsets of its words.

    `school`: it is the one a school year ends; `until`: the last month of the year after, for a school year of the
    year itself, in which it is still reviewed, where the text tells of no other year.
    """

    year: int
    at: TextOffset
    end: TextOffset
    school: bool = False
    until: int = _SPRING


class Period(NamedTuple):
    """The year reviewed and the year planned, None where the article does not say.

    `latest` is the year that the article itself is of, as far as its years tell: a day without a year may take it.
    """

    reviewed: YearCandidate | None
    planned: YearCandidate | None
    latest: int | None = None


def read_period(
    normal: Normalized,
    title: TextSpan | None,
    lead: Sequence[TextSpan],
    sentences: Sequence[TextSpan],
    *,
    meeting: bool = True,
) -> Period:
    """Return the year under review and the year planned; `lead` are the spans that tell of the meeting itself.

    Where the article tells of no `meeting`, a congress in its lead is only one that is looked forward to.
    """
    scope = [*([title] if title else []), *lead]
    words = " ".join(normal.part(a, b) for a, b in scope)
    if meeting and (period := _of_a_term(normal, words, scope, sentences)):
        return period
    near = _years(normal, scope)
    reviewed, planned = near["reviewed"], near["planned"]
    if not reviewed and (part := _part_of_year(normal, [*scope, *sentences[:_FIRST]])):
        return Period(part, None, part.year)
    wide = _years(normal, sentences)
    later = max((one.year for one in reviewed or wide["reviewed"]), default=0)
    # A year that does not follow those under review is a page's banner, not the meeting's plan.
    planned = [one for one in planned if not later or later <= one.year <= later + 1]
    reviewed = reviewed or _commonest(wide["reviewed"], planned)
    planned = planned or [one for one in wide["planned"] if one.year == later + 1]
    plain = [*near["plain"], *wide["plain"], *wide["opening"]]
    if not reviewed and planned:
        reviewed = [one for one in plain if one.year == planned[0].year - 1]
    opening = [*near["opening"], *wide["opening"]]
    if not reviewed and (_REVIEWS.search(normal.text) or len({one.year for one in opening}) == 1):
        reviewed = _commonest(opening, planned)
    reviewed = reviewed or near["opening"][:1]
    if not reviewed and not meeting:
        reviewed = _commonest([one for one in plain if one not in wide["awarded"]], planned)
        if not plain and len({one.year for one in wide["planned"]}) == 1:
            reviewed, planned = wide["planned"][:1], []
    begins = _OPENING.search(words) is not None and not _REVIEWS.search(words)
    years = [one.year - (begins and one.school) for one in (*wide["reviewed"], *plain)]
    years.extend(int(match[1]) + 1 for match in _YEAR_ENDED.finditer(normal.text))
    term = _term(words)
    latest = max(years, default=int(term[1]) if term else None)
    if _MANY_YEARS.search(words) and not _YEAR_REVIEWED.search(words):
        return Period(None, None, latest)
    year = _own_months(reviewed[0], words, begins=begins) if reviewed else None
    return Period(year, planned[0] if planned else None, latest)


def _own_months(year: YearCandidate, words: str, *, begins: bool) -> YearCandidate:
    """The year with the month till which it is reviewed, by what the title and the lead say of it."""
    whole = _WHOLE_YEAR.search(words)
    if not year.school:
        return year._replace(until=_SUMMER) if whole and year.year == int(whole[1]) else year
    if begins:
        return year._replace(until=_SCHOOL_BEGINS)
    return year._replace(until=_DECEMBER) if _SCHOOL_YEAR_OVER.search(words) else year


def _of_a_term(
    normal: Normalized, words: str, scope: Sequence[TextSpan], sentences: Sequence[TextSpan]
) -> Period | None:
    """The period of a congress that reviews a whole term, by the `words` of the title and the lead: no one year."""
    congress, term = _CONGRESS.search(words), _term(words)
    yearly = term is not None and int(term[2]) == int(term[1]) + 1
    if not congress or yearly or not _TERM.search(words, congress.end()) or _YEAR_REVIEWED.search(words):
        return None
    starts = [match.start() for match in _CONGRESS.finditer(words)]
    # Another congress is one whose resolution is carried out.
    own = any(not (at and OTHER_MEETING.search(words, max(0, at - 24), at)) for at in starts)
    midterm = _MIDTERM.search(words) is not None
    part = None if own or midterm else _part_of_year(normal, scope)
    term = term or _term(" ".join(normal.part(*span) for span in sentences[:_FIRST]))
    return Period(part, None, int(term[1]) if term and not midterm else None)


def _term(words: str) -> re.Match[str] | None:
    """The first term with its years that `words` tell of; what ends before it begins is a slip and no term."""
    return next((term for term in _TERM_YEARS.finditer(words) if term[1] < term[2]), None)


def _part_of_year(normal: Normalized, spans: Sequence[TextSpan]) -> YearCandidate | None:
    """The year of whose half or quarter the first sentences tell: its last part is planned, its first reviewed."""
    for at, end in spans:
        if match := _PART_YEAR.search(normal.text, *normal.span(at, end)):
            return YearCandidate(int(match[1]), *normal.origin_span(*match.span(1)), until=0)
    return None


def part_of_own_year(normal: Normalized, spans: Sequence[TextSpan], day: str) -> TextSpan | None:
    """Where `spans` tell of the first months of the year of a `day` (ISO) behind them."""
    for a, b in spans if day[5:7] >= _FIRST_MONTH else ():
        if months := _FIRST_PART.search(normal.text, *normal.span(a, b)):
            return normal.origin(months.start()), normal.origin(months.end())
    return None


def own_year(normal: Normalized, kind: TextSpan | None, held: str | None) -> YearCandidate | None:
    """The year a yearly meeting is named after ("hội nghị viên chức năm 2017"), if held as that year ends.

    What is celebrated or contested bears the year it looks back on.
    """
    if kind is None or held is None:
        return None
    if _CELEBRATED.match(normal.text, *normal.span(*kind)):
        stop = _STOPS.search(normal.original, kind[1])
        years = _years(normal, [(kind[0], TextOffset(stop.start()) if stop else kind[1])])
        return next((one for one in (*years["reviewed"], *years["plain"]) if one.year <= int(held[:4])), None)
    if held[5:7] < "10":
        return None
    match = _NAMED_YEAR.search(normal.text, normal.offset(kind[0]), normal.offset(kind[1]) + 60)
    if match is None or match[1] != held[:4]:
        return None
    return YearCandidate(int(match[1]), normal.origin(match.start()), normal.origin(match.end()))


def _years(normal: Normalized, spans: Sequence[TextSpan]) -> dict[str, list[YearCandidate]]:
    """The years by what the words before them say: reviewed, planned, neither (plain), opening a sentence.

    Those of the plain that are an award's are listed once more.
    """
    found: dict[str, list[YearCandidate]] = {
        role: [] for role in ("reviewed", "planned", "plain", "opening", "awarded")
    }
    for at, end in spans:
        a, b = normal.span(at, end)
        cues = [(cue.end(), _ROLES[(cue.lastindex or 1) - 1]) for cue in _CUES.finditer(normal.text, a, b)]
        for match in _YEAR_WORDS.finditer(normal.text, a, b):
            candidate = _year(match, normal)
            if not candidate or _COMPARED.search(normal.text, max(a, match.start() - 40), match.start()):
                continue
            before = (role for end, role in reversed(cues) if end <= match.start() < end + _CUE_ROOM)
            role = next(before, None)
            lead = normal.text[a : match.start()].strip(" ()-–:.")
            if lead in _OPENS_WITH or _AGENCY.fullmatch(lead):
                role = "opening"
            elif role is None:
                role = "reviewed" if lead.endswith(_AMONG_THEM) else "plain"
            elif role == "awarded" or normal.text[a : match.start()].rstrip().endswith("("):
                found["awarded"] += [candidate] if role == "awarded" else []
                role = "plain"
            found[role].append(candidate)
    return found


def _year(match: re.Match[str], normal: Normalized) -> YearCandidate | None:
    at, end = normal.origin(match.start()), normal.origin(match.end())
    if match[1]:
        first, last = int(match[2]), match[3]
        ends = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        of_school = match[1] != _YEAR or ends == first + 1
        return YearCandidate(ends, at, end, True, _SCHOOL_ENDS) if of_school else None
    single = match[5] or match[6]
    return YearCandidate(int(single), at, end) if single else None


def _commonest(years: Sequence[YearCandidate], planned: Sequence[YearCandidate]) -> list[YearCandidate]:
    """Those of some years that are said most often and are not planned."""
    counted = Counter(one.year for one in years if one.year not in {other.year for other in planned})
    most = counted.most_common(1)
    return [one for one in years if one.year == most[0][0]] if most else []
