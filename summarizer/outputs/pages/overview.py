"""The overview of a collection: what a director asks first, added up article by article.

It holds sums by year and the few articles at the top of each list, never the articles themselves.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from markupsafe import Markup

from summarizer.outputs.pages.charts import Bar, stacked
from summarizer.outputs.pages.tally import Group, Share, graded, share_excellent
from summarizer.schemas.labels import FINDINGS, GRADES, number
from summarizer.schemas.report import Grade, MeetingReport

__all__ = ("FLAGS", "Contradiction", "Overview", "ShareRow", "YearTable", "flags_of")

_YEARS = 12
_LISTED = 10
_NAMES: dict[Group, str] = {"organizations": "tổ chức đảng, chi bộ", "members": "đảng viên"}
_LETTERS: dict[Grade, str] = {
    "excellent": "e",
    "good": "g",
    "completed": "c",
    "not_completed": "n",
    "unrated": "u",
    "clean_strong": "s",
}
# What an article can be filtered by, as it stands in its row and in the addresses of filters.
FLAGS: dict[str, str] = {
    "f": "có mâu thuẫn",
    "d": "có số còn nghi ngờ",
    "x": "không đọc được",
    **{group[0]: f"xếp loại {name}" for group, name in _NAMES.items()},
    **{
        group[0] + letter: f"{_NAMES[group]} {GRADES[grade]}"
        for group in _NAMES
        for grade, letter in _LETTERS.items()
    },
}


def flags_of(report: MeetingReport) -> list[str]:
    """The flags of an article that has a report."""
    figures = graded(report)
    flags = [group[0] + _LETTERS[grade] for group, grade in figures]
    flags += dict.fromkeys(group[0] for group, _ in figures)
    flags += ["f"] * bool(report.findings)
    flags += ["d"] * any(count.certainty == "doubtful" for count in report.counts)
    return flags


def year_of(report: MeetingReport) -> int | None:
    """The year an article is counted under: the one reviewed, else that of the meeting."""
    if report.period is not None:
        return report.period
    return int(report.date_held[:4]) if report.date_held else None


def filtered(**wanted: str | int | None) -> str:
    """The address, within the page, of the articles that have all of this."""
    return "#" + urlencode({key: value for key, value in wanted.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An article that contradicts itself, with its first finding."""

    name: str
    href: str | None
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """A chart of one group by year and grade, and the same as a table; a grade is its class and its name.

    `href` is the address of the articles behind all of it.
    """

    title: str
    href: str
    svg: Markup
    grades: list[tuple[str, str]]
    rows: list[tuple[str, list[tuple[str, str] | None]]]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A body with its share of members graded excellent, in percent and in words."""

    name: str
    href: str | None
    percent: float
    told: str


@dataclass
class Overview:
    """The sums so far."""

    articles: int = 0
    failed: int = 0
    duplicates: int = 0
    contradicting: int = 0
    doubtful: int = 0
    contradictions: list[Contradiction] = field(default_factory=list[Contradiction])
    _seen: set[bytes] = field(default_factory=set[bytes])
    _sums: defaultdict[Group, defaultdict[int | None, defaultdict[Grade, int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    )
    _shares: list[tuple[float, int, int, str, Share]] = field(
        default_factory=list[tuple[float, int, int, str, Share]]
    )

    def fail(self) -> None:
        """Take an article that has no report."""
        self.articles += 1
        self.failed += 1

    def add(self, report: MeetingReport, name: str, href: str | None) -> None:
        """Take a report; of articles with the very same text, only the first is added up."""
        self.articles += 1
        digest = bytes.fromhex(report.source.sha256)
        if digest in self._seen:
            self.duplicates += 1
            return
        self._seen.add(digest)
        self.doubtful += any(count.certainty == "doubtful" for count in report.counts)
        if report.findings:
            self.contradicting += 1
            if len(self.contradictions) < _LISTED:
                first = report.findings[0]
                page = None if href is None else f"{href}#f1"
                self.contradictions.append(Contradiction(name, page, FINDINGS[first.kind], first.message))
        year = year_of(report)
        for (group, grade), value in graded(report).items():
            self._sums[group][year][grade] += value
        if share := share_excellent(report):
            label = f"{name} ({year})" if year else name
            entry = (share.percent, share.graded, -self.articles, f"{label}\0{href or ''}", share)
            (heapq.heappush if len(self._shares) < _LISTED else heapq.heappushpop)(self._shares, entry)

    def total(self, group: Group) -> int:
        """How many of a group were graded, in all years."""
        return sum(sum(grades.values()) for grades in self._sums[group].values())

    def by_year(self) -> list[YearTable]:
        """Organizations and members by year and grade, as far as there are any."""
        return [self._by_year(group) for group in _NAMES if self._sums[group]]

    def shares(self) -> list[ShareRow]:
        """Who reports the highest share of members graded excellent, the highest first."""
        rows: list[ShareRow] = []
        for _, _, _, label, share in sorted(self._shares, reverse=True):
            name, _, href = label.partition("\0")
            percent = round(share.percent, 1)
            told = f"{number(share.excellent)}/{number(share.graded)} · {number(percent)}%"
            rows.append(ShareRow(name, href or None, percent, told))
        return rows

    def _by_year(self, group: Group) -> YearTable:
        sums = self._sums[group]
        years = sorted(sums, key=lambda year: year or 0)[-_YEARS:]
        grades: list[Grade] = [grade for grade in GRADES if any(sums[year][grade] for year in years)]
        name = _NAMES[group]

        def bar(year: int | None, grade: Grade) -> Bar | None:
            value = sums[year][grade]
            if not value:
                return None
            href = filtered(nam="" if year is None else year, co=group[0] + _LETTERS[grade])
            return Bar(value, href, f"{_year(year)}: {number(value)} {name} {GRADES[grade]}")

        series = [(grade, [bar(year, grade) for year in years]) for grade in grades]
        return YearTable(
            title=f"{name.capitalize()} theo năm và mức xếp loại",
            href=filtered(co=group[0]),
            svg=stacked(f"{name.capitalize()} theo năm và mức xếp loại", _years(years), series),
            grades=[(grade, GRADES[grade]) for grade in grades],
            rows=[(_year(year), [_cell(bars[at]) for _, bars in series]) for at, year in enumerate(years)],
        )


def _cell(bar: Bar | None) -> tuple[str, str] | None:
    return None if bar is None else (number(int(bar.value)), bar.href)


def _years(years: Iterable[int | None]) -> list[str]:
    return [_year(year) for year in years]


def _year(year: int | None) -> str:
    return "không rõ" if year is None else str(year)
