"""The overview of a collection: what a director asks first, added up article by article by `outputs.sums`.

It holds sums by year and the few articles at the top of each list, never the articles themselves.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from summarizer.outputs.sums import GRADED, figures_of
from summarizer.schemas.labels import Labels
from summarizer.schemas.report import Grade, MeetingReport

Group = Literal["members", "organizations"]
GROUPS: dict[Group, tuple[str, ...]] = {
    "members": ("party_member",),
    "organizations": ("party_organization", "party_cell"),
}
GRADES: tuple[Grade, ...] = (*GRADED, "unrated")
_YEARS = 12
_STEPS = 5  # lines of a chart's scale, at most
_LISTED = 10
_LEAST = 10  # a cell of three members with one excellent says nothing of a body's strictness
# Tellings and parts of a number that is shown are not shown again.
_SHOWN_ELSEWHERE = ("repeat", "part")
# A meeting's kind by the words of its name, the first that fits.
_KINDS = (
    ("congress", "đại hội"),
    ("staff", "viên chức|người lao động|công chức|cán bộ"),
    ("interim", "sơ kết"),
    ("review", "tổng kết"),
)


class Cell(NamedTuple):
    """A graded number of an article: its place, and why no sum holds it; None where one does.

    `warned`: it is one of the numbers of a contradiction. `of` is the place of the first number of its figure.
    """

    group: Group
    grade: Grade
    value: int
    at: int
    why: str | None
    warned: bool
    of: int

    @property
    def flag(self) -> str:
        """What the article can be filtered by for it: `me` for members graded excellent."""
        return self.group[0] + self.grade[0]


def cells_of(report: MeetingReport) -> list[Cell]:
    """Return the graded results of an article, with why each is left out of sums within the article.

    Of a grade that two subjects of a group have, such as organizations and cells, the whole counts where one number
    is a part of the other, and otherwise none: "15 tổ chức đảng" may hold "10 chi bộ" or not.
    """
    figures = figures_of(report)
    warned = {place.at for finding in report.findings for place in finding.places}
    cells: list[Cell] = []
    for group, subjects in GROUPS.items():
        graded = [
            (kind.grade, figure)
            for kind, figure in figures.by_kind.items()
            if kind.subject in subjects and kind.grade in GRADES and kind[2:] == ("result", "count")
        ]
        for grade, figure in graded:
            count = figure.count
            same = [other.count for of, other in graded if of == grade]
            wholes = [other for other in same if other.part_of not in {one.at for one in same}]
            why = None if wholes == [count] else "part" if len(wholes) == 1 else "unrelated"
            contradicted = any(mention.at in warned for mention in figure.mentions)
            cells += [
                Cell(group, grade, int(one.value), one.at, why, contradicted, count.at)
                for one in figure.counts
            ]
        for count, why in ((one.count, one.why) for one in figures.omitted):
            fits = count.subject in subjects and (count.status, count.unit) == ("result", "count")
            if fits and count.grade in GRADES:
                warns = count.at in warned
                cells.append(Cell(group, count.grade, int(count.value), count.at, why, warns, count.at))
    return [cell for cell in cells if cell.why not in _SHOWN_ELSEWHERE]


def flag_names(t: Labels) -> dict[str, str]:
    """Return what an article can be filtered by, as it stands in its row and in addresses, with its name."""
    names = {group[0]: t(f"index.group.{group}") for group in GROUPS}
    return {
        **{flag: t(f"index.flag.{flag}") for flag in ("f", "d", "n", "x")},
        **{group: t("index.flag.graded", group=name) for group, name in names.items()},
        **{
            group + grade[0]: f"{name}: {t.grade(grade)}" for group, name in names.items() for grade in GRADES
        },
    }


def share_of(report: MeetingReport, cells: Iterable[Cell]) -> tuple[int, int] | None:
    """Return how many of an article's graded members were graded excellent, and of how many.

    Of how many: the total of the fraction (`09/41`) where it is one, else all members graded. None where the
    article does not tell it, or of fewer than ten.
    """
    members = [cell for cell in cells if cell.group == "members" and cell.why is None]
    first = next((cell.at for cell in members if cell.grade == "excellent"), None)
    total = next((count.total for count in report.counts if count.at == first and count.total), None)
    excellent = sum(cell.value for cell in members if cell.grade == "excellent")
    every = sum(cell.value for cell in members)
    whole = int(total) if total else every if every > excellent else 0
    return (excellent, whole) if whole >= _LEAST and 0 < excellent <= whole else None


def kind_of(report: MeetingReport) -> str:
    """Return the kind of an article's meeting: `review`, `interim`, `staff`, `congress`, `other`; `none` unknown."""
    words = (report.kind or "").casefold()
    if not words:
        return "none"
    return next((kind for kind, names in _KINDS if any(name in words for name in names.split("|"))), "other")


class Bar(NamedTuple):
    """A bar: its value, where a click on it leads, and what it is called in words."""

    value: int
    href: str
    words: str


def _step(highest: int) -> int:
    """Return a round number of which at most five make up the highest column."""
    digits = 10 ** (len(str(highest)) - 1)
    sizes = (max(1, digits * part // 10) for part in (1, 2, 5, 10, 20))
    return next(size for size in sizes if highest <= size * _STEPS)


class Overview:
    """The sums so far.

    `kinds` counts articles by the kind of meeting, `not_added` graded numbers in no sum,
    `not_compared` articles that no model has compared as a whole; `shares` says who reports
    the highest share of members graded excellent, the highest first, in percent.
    """

    def __init__(self, t: Labels) -> None:
        self._t = t
        self.articles = self.failed = self.duplicates = self.contradicting = self.doubtful = 0
        self.not_added = self.not_compared = 0
        self.kinds: Counter[str] = Counter()
        self.contradictions: list[dict[str, Any]] = []
        self._sums: defaultdict[tuple[Group, int | None], Counter[Grade]] = defaultdict(Counter)
        self.shares: list[dict[str, Any]] = []

    def add(self, entry: dict[str, Any], name: str | None) -> None:
        """Take an article of the collection, and the name of its body."""
        self.articles += 1
        if "failed" in entry:
            self.failed += 1
            return
        self.kinds[entry["kind"]] += 1
        if entry["duplicate"]:
            self.duplicates += 1
            return
        href, year = entry["href"], entry["year"]
        self.doubtful += bool(entry["doubtful"])
        self.not_compared += not entry["compared"]
        if entry["finding"]:
            self.contradicting += 1
            if len(self.contradictions) < _LISTED:
                self.contradictions.append(
                    {"name": name, "href": href and f"{href}#f1", "text": entry["finding"]}
                )
        for cell in entry["cells"]:
            self.not_added += cell.why is not None
            if cell.why is None:
                self._sums[cell.group, year][cell.grade] += cell.value
        if entry["share"] and "me" in entry["flags"]:
            excellent, whole = entry["share"]
            number, percent = self._t.number, 100 * excellent / whole
            row = {
                "name": f"{name} ({year})" if year else name,
                "href": href and next(f"{href}#c{cell.at}" for cell in entry["cells"] if cell.flag == "me"),
                "percent": percent,
                "words": f"{number(excellent)}/{number(whole)} · {number(round(percent, 1))}%",
                "order": (percent, whole),
            }
            self.shares = heapq.nlargest(_LISTED, [*self.shares, row], key=itemgetter("order"))

    def total(self, group: Group) -> int:
        """Return how many of a group were graded, in all years."""
        return sum(sums[grade] for (of, _), sums in self._sums.items() if of == group for grade in GRADED)

    def by_year(self) -> list[dict[str, Any]]:
        """Return what the chart of each group that has numbers shows, by year and grade, and its table.

        A grade is its class and its name, a row a year and its bars, or None; `highest` is the top of the scale and
        `step` how far its lines are apart; `href` is the address of the articles with all of it.
        """
        return [self._by_year(group) for group in GROUPS if any(of == group for of, _ in self._sums)]

    def _by_year(self, group: Group) -> dict[str, Any]:
        t = self._t
        years = sorted((year for of, year in self._sums if of == group), key=lambda year: year or 0)[-_YEARS:]
        called = [t("index.unknown_year") if year is None else str(year) for year in years]
        name = t(f"index.group.{group}")

        def bar(at: int, grade: Grade) -> Bar | None:
            value = self._sums[group, years[at]][grade]
            href = f"#nam={years[at] or ''}&co={group[0]}{grade[0]}"
            words = f"{called[at]}: {t.number(value)} {name}, {t.grade(grade)}"
            return Bar(value, href, words) if value else None

        bars = {grade: [bar(at, grade) for at in range(len(years))] for grade in GRADES}
        bars = {grade: stack for grade, stack in bars.items() if any(stack)}
        title = t("index.by_year", group=name)
        rows = [(year, [stack[at] for stack in bars.values()]) for at, year in enumerate(called)]
        highest = max(sum(bar.value for bar in row if bar) for _, row in rows)
        step = _step(highest)
        return {
            "title": title[0].upper() + title[1:],
            "href": f"#co={group[0]}",
            "grades": [(grade, t.grade(grade)) for grade in bars],
            "rows": rows,
            "step": step,
            "highest": -(-highest // step) * step,
        }
