"""The evidence page: the report on the left, the article on the right, each number linked both ways.

One self-contained HTML file, in one language, that needs neither a network nor JavaScript. Every number of the
article is coloured by what became of it: a count, with its subject; not a count, with the reason; or not anchored,
where neither list of the report has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from summarizer.outputs.certainty import (
    certain_words,
    differences_of,
    doubtful_count,
    doubtful_first,
    header_values,
    reading_words,
    relation_words,
    review_words,
)
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.marks import Back, Marks, family, snippet, uncovered
from summarizer.outputs.sums import figures_of
from summarizer.schemas.labels import Labels, Lang, labels
from summarizer.schemas.report import (
    SECTIONS,
    Certainty,
    Count,
    Elected,
    MeetingReport,
    Person,
    Place,
    PresentedReport,
    Recipient,
)

__all__ = ("evidence_page", "evidence_view")

# Compiling takes ten times as long as filling them: it belongs to the import, as a pattern's does.
_PAGE = template("evidence.html")
template("macros.html")  # which that one imports
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
_TAIL = re.compile(r"\s?%|\s?(?:nghìn|triệu|tỷ|tỉ)?\s?(?:đồng|đ)\b|\s(?:triệu|tỷ|tỉ)\b")
_PLAIN_ROLES = ("chair", "other")  # those who chaired stand in a line of their own


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
    """A field of the header; `differs` are the two readings where they are not the same."""

    key: str
    label: str
    value: str
    spots: list[_Spot]
    doubtful: bool
    sure: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """Something in a list of the report: its place, the id of its line, a note, and how sure it is."""

    spot: _Spot
    id: str
    note: str = ""
    doubtful: bool = False
    sure: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A count as a row of the report; `counted` is what it counts, in the article's words."""

    id: str
    mark: str | None
    count: Count
    value: str
    counted: str
    findings: list[int]
    notes: list[str]
    family: str


class _Builder:
    """Walks the report once, marking the text as it goes."""

    def __init__(self, report: MeetingReport, text: str, t: Labels) -> None:
        self.report = report
        self.text = text
        self.t = t
        self.marks = Marks(text, t)
        self._by_place = {(count.at, count.text): count for count in report.counts}
        self._by_at = {count.at: count for count in report.counts}

    def rows(self) -> dict[str, list[_Row]]:
        """Return the counts by subject, in the order in which the article first speaks of each."""
        warned: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings, 1):
            for place in finding.places:
                warned[place.at, place.text].append(number)
        grouped: defaultdict[str, list[_Row]] = defaultdict(list)
        for count in self.report.counts:
            grouped[count.subject].append(self._row(count, warned[count.at, count.text]))
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
        """Return what contradicts what, each place with the words around it."""
        shown: list[dict[str, object]] = []
        for number, finding in enumerate(self.report.findings, 1):
            title = self.t(f"finding.{finding.kind}")
            back = Back(f"f{number}", f"{self.t('page.contradiction', n=number)}: {title}", "⚠")
            spots = [self.spot(place, "suspect", back, says=self._says(place)) for place in finding.places]
            shown.append({"id": f"f{number}", "title": title, "finding": finding, "spots": spots})
        return shown

    def header(self) -> list[_Field]:
        """Return the header's fields that have a value, with where each stands; the doubtful ones first."""
        fields: list[_Field] = []
        for key, value in header_values(self.report, self.t).items():
            label = self.t(f"field.{key}")
            back = Back(f"h-{key}", label)
            spots = [self.spot(place, "header", back) for place in self.report.anchors.get(key, ())]
            fields.append(_Field(key, label, value, spots, *self._sure(self.report.certainty.get(key))))
        return fields

    def differences(self) -> list[tuple[str, str, str]]:
        """Return where the readings differ: the field, what the rules read and what the model read."""
        t = self.t
        return [
            (
                t.find(f"field.{one.field}", one.field),
                reading_words(one, "rules", t),
                reading_words(one, "model", t),
            )
            for one in differences_of(self.report)
        ]

    def people(self) -> list[tuple[str, list[_Listed]]]:
        """Return who took part, with offices and roles; by role, where the report knows no more."""
        groups: list[tuple[str, list[_Listed]]] = []
        chairs = [person.name for person in self.report.chairs]
        others = [person for person in self.report.people if person.name not in chairs]
        fields = (
            (("chairs", self.report.chairs), ("people", others))
            if self.report.people
            else (
                ("chairs", self.report.chairs),
                ("guests", self.report.guests),
                ("speakers", self.report.speakers),
            )
        )
        for key, people in fields:
            label = self.t(f"field.{key}")
            shown = self._listed(doubtful_first(people), f"p-{key}", "name", label)
            if shown:
                groups.append((label, shown))
        return groups

    def listed(self, key: str, css: str) -> list[_Listed]:
        """Return the lines of one of the report's lists, the doubtful ones first."""
        start = "q" if key in SECTIONS else "l"
        return self._listed(
            doubtful_first(getattr(self.report, key)), f"{start}-{key}", css, self.t(f"field.{key}")
        )

    def set_aside(self) -> list[tuple[str, list[_Listed]]]:
        """Return the numbers that count nothing, by reason."""
        grouped: defaultdict[str, list[_Listed]] = defaultdict(list)
        for place in self.report.set_aside:
            reason = self.t(f"reason.{place.reason}")
            back = Back(f"s{place.at}", self.t("page.not_counted", reason=reason))
            mark = self.marks.add(place.at, place.text, "aside", back=back, tag=reason)
            spot = _Spot(mark.id if mark else None, "", place.text, "")
            grouped[reason].append(_Listed(spot, f"s{place.at}"))
        return list(grouped.items())

    def loose(self) -> list[_Listed]:
        """Return the numbers in digits that neither of the report's two lists has."""
        known = [(c.at, c.end) for c in self.report.counts] + [(s.at, s.end) for s in self.report.set_aside]
        digits = [match.span() for match in _DIGITS.finditer(self.text)]
        shown: list[_Listed] = []
        for at, end in uncovered(digits, known):
            back = Back(f"u{at}", self.t("page.loose_number"))
            place = Place(at=at, text=self.text[at:end])
            shown.append(_Listed(self.spot(place, "loose", back), f"u{at}"))
        return shown

    def _row(self, count: Count, findings: list[int]) -> _Row:
        t = self.t
        css = f"n {family(count.subject)}" + (" doubtful" if count.certainty == "doubtful" else "")
        value = t.value(count)
        words = value if count.unit == "money" else f"{self._with_unit(count)} {count.counted}"
        back = Back(f"c{count.at}", words)
        mark = self.marks.add(count.at, self._with_unit(count), css, back=back, tag=t.count(count))
        if count.counted_at is not None:
            # Words that begin with the number are marked from its end on.
            after = max(0, (mark.end if mark else 0) - count.counted_at)
            self.marks.add(count.counted_at + after, count.counted[after:].rstrip(), "w")
        return _Row(
            id=f"c{count.at}",
            mark=mark.id if mark else None,
            count=count,
            value=value,
            counted=self._counted(count),
            findings=findings,
            notes=self._notes(count),
            family=family(count.subject),
        )

    def _notes(self, count: Count) -> list[str]:
        """Return how a count is related to others, and who alone read it."""
        sure = certain_words(count.certainty, self.report, self.t)
        return [*relation_words(count, self._by_at, self.t), *filter(None, (sure,))]

    def _sure(self, certainty: Certainty | None) -> tuple[bool, str]:
        """Return whether a part is in doubt, and what else there is to say of how sure it is."""
        if certainty is None:
            return False, ""
        return certainty == "doubtful", certain_words(certainty, self.report, self.t)

    def _counted(self, count: Count) -> str:
        """Return the words for what is counted; those before a number that has none but itself, as money may."""
        if any(map(str.isalpha, count.counted)) or not self.text.startswith(count.text, count.at):
            return count.counted
        return snippet(self.text, count.at, count.end)[0].strip()

    def _with_unit(self, count: Count) -> str:
        """Return the number with the unit glued to it (`%`, `tỷ đồng`), as the article writes it."""
        if count.unit == "count" or not self.text.startswith(count.text, count.at):
            return count.text
        tail = _TAIL.match(self.text, count.end)
        return count.text + (tail.group() if tail else "")

    def _listed(self, parts: Iterable[Any], id_: str, css: str, label: str) -> list[_Listed]:
        shown: list[_Listed] = []
        for index, part in enumerate(parts):
            line = f"{id_}-{index}"
            named = isinstance(part, Person | Elected)
            place = Place(at=part.at, text=part.name) if named else part
            back = Back(line, f"{label}: {part.name}" if named else label)
            spot = self.spot(place, css, back)
            shown.append(_Listed(spot, line, self._about(part), *self._sure(part.certainty)))
        return shown

    def _about(self, part: object) -> str:
        """Return what stands beside a person (office, roles), an award (what, by whom), a report (presenter)."""
        t = self.t
        words: list[str | None] = []
        if isinstance(part, Person):
            roles = [role for role in part.roles if role not in _PLAIN_ROLES]
            words = [part.post, ", ".join(t(f"role.{role}") for role in roles)]
        elif isinstance(part, Elected):
            words = [part.post, t("message.vote", vote=part.vote) if part.vote else None]
        elif isinstance(part, Recipient):
            words = [part.award, part.given_by]
        elif isinstance(part, PresentedReport):
            words = [t("message.presented_by", name=part.presenter) if part.presenter else None]
        return " · ".join(filter(None, words))

    def _says(self, place: Place) -> str:
        count = self._by_place.get((place.at, place.text))
        return self.t.count(count) if count else ""


def evidence_page(
    report: MeetingReport, text: str, *, index_href: str | None = None, lang: Lang = "vi"
) -> str:
    """Return the page of one article, as HTML, in `lang`.

    `text` is the article's text that the report's offsets refer to; what does not stand where the report
    says is shown as not anchored, never highlighted elsewhere. `index_href` is a link to the collection.
    """
    style = asset("base.css") + asset("evidence.css")
    view = evidence_view(report, text, lang)
    return _PAGE.render(view, index_href=index_href, style=style, policy=policy(styles=(style,)))


def evidence_view(report: MeetingReport, text: str, lang: Lang = "vi") -> dict[str, Any]:
    """Return what the page's template shows of a report and its article."""
    t = labels(lang)
    build = _Builder(report, text, t)
    rows = build.rows()
    all_rows = [row for group in rows.values() for row in group]
    graded = [row for row in all_rows if row.count.grade and row.count.unit != "money"]
    cells: defaultdict[tuple[str, str | None], list[_Row]] = defaultdict(list)
    for row in graded:
        cells[row.count.subject, row.count.grade].append(row)
    subjects = list(dict.fromkeys(row.count.subject for row in graded))
    figures = figures_of(report)
    by_at = {row.count.at: row for row in all_rows}
    omitted: defaultdict[str, list[_Row]] = defaultdict(list)
    for one in figures.omitted:
        omitted[t(f"omitted.{one.why}")].append(by_at[one.count.at])
    title = report.anchors.get("title")
    view = {
        "t": t,
        "report": report,
        "rows": rows,
        "reviewed": list(review_words(report, t)),
        "doubts": doubtful_count(report),
        "doubtful": [row for row in all_rows if row.count.certainty == "doubtful"],
        "agreed": sum(row.count.certainty == "agreed" for row in all_rows),
        "graded": {subject: {grade: cells[subject, grade] for grade in t.grades()} for subject in subjects},
        "grades": [grade for grade in t.grades() if any(row.count.grade == grade for row in graded)],
        "sums": [
            (kind, figure, [by_at[count.at] for count in figure.mentions])
            for kind, figure in figures.by_kind.items()
        ],
        "omitted": omitted,
        "findings": build.findings(),
        "header": build.header(),
        "differences": build.differences(),
        "title": build.spot(title[0], "header", Back("h-title", t("field.title"))) if title else None,
        "people": build.people(),
        "elected": build.listed("elected", "name"),
        "reports": build.listed("reports", "header"),
        "recipients": build.listed("recipients", "name"),
        "sections": [(key, build.listed(key, f"quote {key}")) for key in SECTIONS],
        "set_aside": build.set_aside(),
        "loose": build.loose(),
    }
    return {**view, "article": build.marks.html()}
