"""The overview of a collection: what a director asks first, added up article by article by `outputs.sums`.

It holds sums by year and the few articles at the top of each list, never the articles themselves.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from summarizer.outputs.certainty import doubtful_count
from summarizer.outputs.pages.charts import Bar, stacked
from summarizer.outputs.sums import GRADED, figures_of, group_figures
from summarizer.schemas.labels import Labels
from summarizer.schemas.report import Grade, MeetingReport

__all__ = (
    "GRADES",
    "GROUPS",
    "Cell",
    "Group",
    "Overview",
    "ShareRow",
    "YearTable",
    "cells_of",
    "entry_of",
    "flags",
    "kind_of",
    "share_of",
)

Group = Literal["members", "organizations"]
GROUPS: dict[Group, tuple[str, ...]] = {
    "members": ("party_member",),
    "organizations": ("party_organization", "party_cell"),
}
GRADES: tuple[Grade, ...] = (*GRADED, "unrated")
_YEARS = 12
_LISTED = 10
_LEAST = 10  # a cell of three members with one excellent says nothing of a body's strictness
_LETTERS: dict[Grade, str] = {
    "excellent": "e",
    "good": "g",
    "completed": "c",
    "not_completed": "n",
    "unrated": "u",
}
# Tellings and parts of a number that is shown are not shown again.
_SHOWN_ELSEWHERE = ("repeat", "part")


class Cell(NamedTuple):
    """A graded number of an article: its place, and why no sum holds it; None where one does."""

    group: Group
    grade: Grade
    value: int
    at: int
    why: str | None

    @property
    def flag(self) -> str:
        """What the article can be filtered by for it."""
        return self.group[0] + _LETTERS[self.grade]


def cells_of(report: MeetingReport) -> list[Cell]:
    """Return the graded results of an article, with why each is left out of sums within the article."""
    figures = figures_of(report)
    cells: list[Cell] = []
    for group, subjects in GROUPS.items():
        grouped = group_figures(figures, subjects)
        for kind, figure in figures.by_kind.items():
            if kind.subject in subjects and kind.grade in _LETTERS and kind[2:] == ("result", "count"):
                chosen = grouped[kind.grade]
                why = None if chosen is figure else "unrelated" if chosen is None else "part"
                cells.append(Cell(group, kind.grade, int(figure.value), figure.count.at, why))
        cells += [
            Cell(group, one.count.grade, int(one.count.value), one.count.at, one.why)
            for one in figures.omitted
            if one.count.subject in subjects
            and one.count.grade in _LETTERS
            and (one.count.status, one.count.unit) == ("result", "count")
            and one.why not in _SHOWN_ELSEWHERE
        ]
    return [cell for cell in cells if cell.why not in _SHOWN_ELSEWHERE]


def flags(t: Labels) -> dict[str, str]:
    """Return what an article can be filtered by, as it stands in its row and in addresses, with its name."""
    names = {group: t(f"index.group.{group}") for group in GROUPS}
    return {
        **{flag: t(f"index.flag.{flag}") for flag in ("f", "d", "n", "x")},
        **{group[0]: t("index.flag.graded", group=name) for group, name in names.items()},
        **{
            group[0] + letter: f"{name}: {t.grade(grade)}"
            for group, name in names.items()
            for grade, letter in _LETTERS.items()
        },
    }


def share_of(report: MeetingReport, cells: Iterable[Cell]) -> tuple[int, int] | None:
    """Return how many of an article's graded members were graded excellent, and of how many.

    Of how many: the total of the fraction (`09/41`) where it is one, else all members graded. None where the
    article does not tell it, or of fewer than ten.
    """
    members = {cell.grade: cell for cell in cells if cell.group == "members" and cell.why is None}
    excellent = members.pop("excellent", None)
    if excellent is None:
        return None
    total = next((count.total for count in report.counts if count.at == excellent.at and count.total), None)
    others = sum(cell.value for cell in members.values())
    whole = int(total) if total else excellent.value + others if others else 0
    return (excellent.value, whole) if whole >= _LEAST and 0 < excellent.value <= whole else None


def filtered(**wanted: str | int | None) -> str:
    """Return the address, within the page, of the articles that have all of this."""
    return "#" + urlencode({key: value for key, value in wanted.items() if value is not None})


@dataclass(frozen=True, slots=True)
class YearTable:
    """A chart of one group by year and grade, and the same as a table; a grade is its class and its name.

    `href` is the address of the articles with all of it.
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
    words: str


@dataclass
class Overview:
    """The sums so far. `kinds` counts articles by the kind of meeting, `not_added` graded numbers in no sum."""

    t: Labels
    articles: int = 0
    failed: int = 0
    duplicates: int = 0
    contradicting: int = 0
    doubtful: int = 0
    not_added: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])
    contradictions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    _sums: defaultdict[Group, defaultdict[int | None, defaultdict[Grade, int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    )
    _shares: list[tuple[float, int, int, str, str, int]] = field(
        default_factory=list[tuple[float, int, int, str, str, int]]
    )

    def fail(self) -> None:
        """Take an article that has no report."""
        self.articles += 1
        self.failed += 1

    def add(self, name: str, year: int | None, cells: Sequence[Cell], entry: dict[str, Any]) -> None:
        """Take an article: its body's name, its year, its graded numbers, and what `entry_of` says of it."""
        self.articles += 1
        self.kinds[entry["kind"]] += 1
        if entry["duplicate"]:
            self.duplicates += 1
            return
        self.doubtful += bool(entry["doubtful"])
        if entry["finding"]:
            self.contradicting += 1
            if len(self.contradictions) < _LISTED:
                href = entry["href"] and f"{entry['href']}#f1"
                self.contradictions.append({"name": name, "href": href, "text": entry["finding"]})
        for cell in cells:
            self.not_added += cell.why is not None
            if cell.why is None:
                self._sums[cell.group][year][cell.grade] += cell.value
        if entry["share"] and any(cell.flag == "me" and cell.why is None for cell in cells):
            excellent, whole = entry["share"]
            label = f"{name} ({year})" if year else name
            row = (100 * excellent / whole, whole, -self.articles, label, entry["href"] or "", excellent)
            (heapq.heappush if len(self._shares) < _LISTED else heapq.heappushpop)(self._shares, row)

    def total(self, group: Group) -> int:
        """Return how many of a group were graded, in all years."""
        years = self._sums[group].values()
        return sum(value for grades in years for grade, value in grades.items() if grade in GRADED)

    def by_year(self) -> list[YearTable]:
        """Return members and organizations by year and grade, as far as there are any."""
        return [self._by_year(group) for group in GROUPS if self._sums[group]]

    def shares(self) -> list[ShareRow]:
        """Return who reports the highest share of members graded excellent, the highest first."""
        number = self.t.number
        return [
            ShareRow(
                name,
                href or None,
                percent,
                f"{number(excellent)}/{number(whole)} · {number(round(percent, 1))}%",
            )
            for percent, whole, _, name, href, excellent in sorted(self._shares, reverse=True)
        ]

    def _by_year(self, group: Group) -> YearTable:
        t = self.t
        sums = self._sums[group]
        years = sorted(sums, key=lambda year: year or 0)[-_YEARS:]
        grades = [grade for grade in GRADES if any(sums[year][grade] for year in years)]
        name = t(f"index.group.{group}")

        def bar(year: int | None, grade: Grade) -> Bar | None:
            value = sums[year][grade]
            if not value:
                return None
            href = filtered(nam="" if year is None else year, co=group[0] + _LETTERS[grade])
            return Bar(value, href, f"{self._year(year)}: {t.number(value)} {name}, {t.grade(grade)}")

        series = [(grade, [bar(year, grade) for year in years]) for grade in grades]
        title = t("index.by_year", group=name)
        title = title[0].upper() + title[1:]
        return YearTable(
            title=title,
            href=filtered(co=group[0]),
            svg=stacked(title, [self._year(year) for year in years], series, t.number),
            grades=[(grade, t.grade(grade)) for grade in grades],
            rows=[
                (self._year(year), [self._cell(bars[at]) for _, bars in series])
                for at, year in enumerate(years)
            ],
        )

    def _cell(self, bar: Bar | None) -> tuple[str, str] | None:
        return None if bar is None else (self.t.number(int(bar.value)), bar.href)

    def _year(self, year: int | None) -> str:
        return self.t("index.unknown_year") if year is None else str(year)


def entry_of(report: MeetingReport, href: str | None, cells: Iterable[Cell], t: Labels) -> dict[str, Any]:
    """Return what the overview says of an article beside its numbers."""
    finding = ""
    if report.findings:
        first = report.findings[0]
        finding = f"{t(f'finding.{first.kind}')}: {t.finding(first)}"
    return {
        "href": href,
        "kind": kind_of(report),
        "doubtful": doubtful_count(report),
        "findings": len(report.findings),
        "finding": finding,
        "share": share_of(report, cells),
    }


# A meeting's kind by the words of its name, the first that fits.
_KINDS = (
    ("congress", "đại hội"),
    ("staff", "viên chức|người lao động|công chức|cán bộ"),
    ("interim", "sơ kết"),
    ("review", "tổng kết"),
)


def kind_of(report: MeetingReport) -> str:
    """Return the kind of an article's meeting: `review`, `interim`, `staff`, `congress`, `other`; `none` unknown."""
    words = (report.kind or "").casefold()
    if not words:
        return "none"
    return next((kind for kind, names in _KINDS if any(name in words for name in names.split("|"))), "other")
