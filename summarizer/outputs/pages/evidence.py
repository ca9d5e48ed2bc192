"""The evidence page: the report on the left, the article on the right, each number linked both ways.

One self-contained HTML file in Vietnamese that needs neither a network nor JavaScript. Every number of the
article is coloured by what became of it: a count, with its subject; not a count, with the reason; or not
anchored, where neither list of the report has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.marks import Back, Marks, snippet, uncovered
from summarizer.outputs.pages.words import FAMILIES
from summarizer.schemas.labels import (
    FINDINGS,
    FORMS,
    GRADES,
    NOT_A_COUNT,
    READERS,
    REASONS,
    STATUSES,
    SUBJECTS,
    count_label,
    day,
    value_of,
)
from summarizer.schemas.report import Count, Grade, MeetingReport, Person, Place, Subject

__all__ = ("evidence_page", "evidence_view")

# Compiling takes ten times as long as filling them: it belongs to the import, as a pattern's does.
_PAGE = template("evidence.html")
template("macros.html")  # which that one imports
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
_TAIL = re.compile(r"\s?%|\s?(?:nghìn|triệu|tỷ|tỉ)?\s?(?:đồng|đ)\b|\s(?:triệu|tỷ|tỉ)\b")
_QUOTED = (
    ("achievements", "Kết quả, ưu điểm"),
    ("shortcomings", "Hạn chế, tồn tại"),
    ("causes", "Nguyên nhân"),
    ("directives", "Phương hướng, nhiệm vụ"),
)
_PEOPLE = (("chairs", "Chủ trì"), ("guests", "Khách dự"), ("speakers", "Phát biểu"))
_HEADER = (
    ("organization", "Tổ chức"),
    ("parent", "Cấp trên"),
    ("kind", "Loại hội nghị"),
    ("date_held", "Ngày họp"),
    ("date_published", "Ngày đăng"),
    ("period", "Năm được tổng kết"),
    ("period_planned", "Năm kế hoạch"),
    ("place", "Địa điểm"),
    ("form", "Hình thức"),
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place of the article as the report shows it; `id` is None where the words do not stand there."""

    id: str | None
    before: str
    words: str
    after: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    label: str
    value: str
    spots: list[_Spot]


@dataclass(frozen=True, slots=True)
class _Row:
    """A count as a row of the report; `counted` is what it counts, in the article's words."""

    id: str
    mark: str | None
    count: Count
    value: str
    counted: str
    findings: list[int]


class _Builder:
    """Walks the report once, marking the text as it goes."""

    def __init__(self, report: MeetingReport, text: str) -> None:
        self.report = report
        self.text = text
        self.marks = Marks(text)
        self._by_place = {(count.at, count.text): count for count in report.counts}

    def rows(self) -> dict[Subject, list[_Row]]:
        """The counts by subject, in the order in which the article first speaks of each."""
        warned: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings, 1):
            for place in finding.places:
                warned[place.at, place.text].append(number)
        grouped: defaultdict[Subject, list[_Row]] = defaultdict(list)
        for count in self.report.counts:
            css = f"n {FAMILIES[count.subject]}" + (" doubtful" if count.certainty == "doubtful" else "")
            label = count_label(count)
            said = value_of(count) if count.unit == "money" else f"{self._with_unit(count)} {count.counted}"
            back = Back(f"c{count.at}", said)
            mark = self.marks.add(count.at, self._with_unit(count), css, back=back, tag=label)
            if count.counted_at is not None:
                behind = max(
                    0, (mark.end if mark else 0) - count.counted_at
                )  # words that begin with the number
                self.marks.add(count.counted_at + behind, count.counted[behind:].rstrip(), "w")
            row = _Row(
                id=f"c{count.at}",
                mark=mark.id if mark else None,
                count=count,
                value=value_of(count),
                counted=self._counted(count),
                findings=warned[count.at, count.text],
            )
            grouped[count.subject].append(row)
        return dict(grouped)

    def spot(self, place: Place, css: str, back: Back, *, says: str = "") -> _Spot:
        """Mark a place and show it with the words around it."""
        count = self._by_place.get((place.at, place.text))
        mark = self.marks.add(place.at, self._with_unit(count) if count else place.text, css, back=back)
        if mark is None:
            return _Spot(None, "", place.text, "", says)
        before, words, after = snippet(self.text, mark.at, mark.end)
        return _Spot(mark.id, before, words, after, says)

    def findings(self) -> list[dict[str, object]]:
        """What contradicts what, each place with the words around it."""
        shown: list[dict[str, object]] = []
        for number, finding in enumerate(self.report.findings, 1):
            title = FINDINGS[finding.kind]
            back = Back(f"f{number}", f"mâu thuẫn {number}: {title}", "⚠")
            spots = [self.spot(place, "suspect", back, says=self._says(place)) for place in finding.places]
            shown.append({"id": f"f{number}", "title": title, "finding": finding, "spots": spots})
        return shown

    def header(self) -> list[_Field]:
        """The header's fields that have a value, with where each stands."""
        fields: list[_Field] = []
        for key, label in _HEADER:
            value = getattr(self.report, key)
            if value is None:
                continue
            if key.startswith("date_"):
                value = day(value)
            elif key == "form":
                value = FORMS[value]
            back = Back(f"h-{key}", label)
            places = self.report.anchors.get(key, ())
            fields.append(_Field(key, label, str(value), [self.spot(p, "header", back) for p in places]))
        return fields

    def people(self) -> list[tuple[str, list[tuple[Person, _Spot, str]]]]:
        """Chairs, guests and speakers, each with the place of the name."""
        groups: list[tuple[str, list[tuple[Person, _Spot, str]]]] = []
        for key, label in _PEOPLE:
            people: tuple[Person, ...] = getattr(self.report, key)
            shown: list[tuple[Person, _Spot, str]] = []
            for index, person in enumerate(people):
                id_ = f"p-{key}-{index}"
                place = Place(at=person.at, text=person.name)
                shown.append((person, self.spot(place, "name", Back(id_, f"{label}: {person.name}")), id_))
            if shown:
                groups.append((label, shown))
        return groups

    def quotations(self) -> list[tuple[str, str, list[tuple[_Spot, str]]]]:
        """The sentences pointed at, by what they say."""
        groups: list[tuple[str, str, list[tuple[_Spot, str]]]] = []
        for key, label in _QUOTED:
            shown = self._listed(getattr(self.report, key), f"q-{key}", f"quote {key}", label)
            if shown:
                groups.append((key, label, shown))
        return groups

    def listed(self, key: str, css: str, label: str) -> list[tuple[_Spot, str]]:
        """The places of one of the report's lists (`reports`, `recipients`), with the id of each."""
        return self._listed(getattr(self.report, key), f"l-{key}", css, label)

    def set_aside(self) -> list[tuple[str, list[tuple[_Spot, str]]]]:
        """The numbers that count nothing, by reason."""
        grouped: defaultdict[str, list[tuple[_Spot, str]]] = defaultdict(list)
        for place in self.report.set_aside:
            reason = REASONS[place.reason]
            back = Back(f"s{place.at}", f"không đếm: {reason}")
            mark = self.marks.add(place.at, place.text, "aside", back=back, tag=reason)
            grouped[reason].append((_Spot(mark.id if mark else None, "", place.text, ""), f"s{place.at}"))
        return list(grouped.items())

    def loose(self) -> list[tuple[_Spot, str]]:
        """The numbers in digits that neither of the report's two lists has."""
        known = [(c.at, c.end) for c in self.report.counts] + [(s.at, s.end) for s in self.report.set_aside]
        digits = [match.span() for match in _DIGITS.finditer(self.text)]
        shown: list[tuple[_Spot, str]] = []
        for at, end in uncovered(digits, known):
            back = Back(f"u{at}", "số chưa neo")
            place = Place(at=at, text=self.text[at:end])
            shown.append((self.spot(place, "loose", back), f"u{at}"))
        return shown

    def _counted(self, count: Count) -> str:
        """The words for what is counted; the words before a number that has none but itself, as money may."""
        if any(map(str.isalpha, count.counted)) or not self.text.startswith(count.text, count.at):
            return count.counted
        return snippet(self.text, count.at, count.end)[0].strip()

    def _with_unit(self, count: Count) -> str:
        """The number with the unit glued to it (`%`, `tỷ đồng`), as the article writes it."""
        if count.unit == "count" or not self.text.startswith(count.text, count.at):
            return count.text
        tail = _TAIL.match(self.text, count.end)
        return count.text + (tail.group() if tail else "")

    def _listed(self, places: Iterable[Place], id_: str, css: str, label: str) -> list[tuple[_Spot, str]]:
        return [
            (self.spot(place, css, Back(f"{id_}-{index}", label)), f"{id_}-{index}")
            for index, place in enumerate(places)
        ]

    def _says(self, place: Place) -> str:
        count = self._by_place.get((place.at, place.text))
        return count_label(count) if count else ""


def evidence_page(report: MeetingReport, text: str, *, index_href: str | None = None) -> str:
    """The page of one article, as HTML.

    `text` is the article's text that the report's offsets refer to; what does not stand where the report
    says is shown as not anchored, never highlighted elsewhere. `index_href` is a link to the collection.
    """
    style = asset("base.css") + asset("evidence.css")
    view = evidence_view(report, text)
    return _PAGE.render(view, index_href=index_href, style=style, policy=policy(styles=(style,)))


def evidence_view(report: MeetingReport, text: str) -> dict[str, Any]:
    """What the page's template shows of a report and its article."""
    build = _Builder(report, text)
    rows = build.rows()
    all_rows = [row for group in rows.values() for row in group]
    graded = [row for row in all_rows if row.count.grade and row.count.unit != "money"]
    cells: defaultdict[tuple[Subject, Grade | None], list[_Row]] = defaultdict(list)
    for row in graded:
        cells[row.count.subject, row.count.grade].append(row)
    subjects: list[Subject] = list(dict.fromkeys(row.count.subject for row in graded))
    title = report.anchors.get("title")
    view = {
        "report": report,
        "rows": rows,
        "doubtful": [row for row in all_rows if row.count.certainty == "doubtful"],
        "confirmed": sum(row.count.certainty == "agreed" for row in all_rows),
        "graded": {subject: {grade: cells[subject, grade] for grade in GRADES} for subject in subjects},
        "grades": [grade for grade in GRADES if any(row.count.grade == grade for row in graded)],
        "findings": build.findings(),
        "header": build.header(),
        "title": build.spot(title[0], "header", Back("h-title", "Tiêu đề")) if title else None,
        "people": build.people(),
        "reports": build.listed("reports", "header", "Báo cáo được trình bày"),
        "recipients": build.listed("recipients", "name", "Được khen thưởng"),
        "quotations": build.quotations(),
        "set_aside": build.set_aside(),
        "loose": build.loose(),
        "READERS": READERS,
        "NOT_A_COUNT": NOT_A_COUNT,
        "SUBJECTS": SUBJECTS,
        "FAMILIES": FAMILIES,
        "GRADES": GRADES,
        "STATUSES": STATUSES,
    }
    return {**view, "article": build.marks.html()}
