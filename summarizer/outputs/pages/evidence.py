"""The evidence page: the report on the left, the article on the right, each number linked both ways.

One self-contained HTML file, in one language, that needs neither a network nor JavaScript. Every number of the
article is coloured by what became of it: a count, with its subject; not a count, with the reason; or not anchored,
where neither list of the report has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from summarizer.outputs.certainty import (
    asked,
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
from summarizer.outputs.pages.marks import Back, Marks, family, snippet
from summarizer.outputs.phrasing import bound_in_words, counted_words, described, named, unit_at, valued
from summarizer.outputs.sums import figures_of
from summarizer.schemas import report as schema
from summarizer.schemas.labels import Labels, Lang, labels

# Compiling takes ten times as long as filling them: it belongs to the import, as a pattern's does.
_PAGE = template("evidence.html")
template("macros.html")  # which that one imports
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
_PLAIN_ROLES = ("chair", "other")  # those who chaired stand in a line of their own


class _Builder:
    """Walks the report once, marking the text as it goes; what it returns is what the template shows.

    A *spot* is a place with the words around it, its `id` None where the words do not stand there.
    """

    def __init__(self, report: schema.MeetingReport, text: str, t: Labels) -> None:
        self.report = report
        self.text = text
        self.t = t
        self.marks = Marks(text, t)
        self._by_place = {(count.at, count.text): count for count in report.counts}
        self._by_at = {count.at: count for count in report.counts}

    def rows(self) -> list[dict[str, Any]]:
        """Return the counts as rows, by subject: its value, the article's words, its mark, findings, notes."""
        t = self.t
        warned: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings, 1):
            for place in finding.places:
                warned[place.at, place.text].append(number)
        rows: list[dict[str, Any]] = []
        for count in self.report.counts:
            colour, value, number = family(count.subject), t.value(count), self._with_unit(count)
            css = f"n {colour}" + (" doubtful" if count.certainty == "doubtful" else "")
            back = Back(f"c{count.at}", value if count.unit == "money" else f"{number} {count.counted}")
            mark = self.marks.add(count.at, number, css, back=back, tag=t.count(count))
            if count.counted_at is not None:
                # Words that begin with the number are marked from its end on.
                after = max(0, (mark.end if mark else 0) - count.counted_at)
                self.marks.add(count.counted_at + after, count.counted[after:].rstrip(), "w")
            sure = certain_words(count.certainty, self.report, t)
            rows.append(
                {
                    "id": f"c{count.at}",
                    "mark": mark and mark.id,
                    "around": snippet(self.text, mark.at, mark.end)
                    if mark
                    else ("", "", count.sentence.text),
                    "count": count,
                    "value": value,
                    "valued": valued(count, t),
                    "bound": count.qualifier and bound_in_words(count.qualifier, t),
                    "counted": described(count),
                    "words": counted_words(count),
                    "named": named(count, t),
                    "findings": warned[count.at, count.text],
                    "notes": [*relation_words(count, self._by_at, t), *filter(None, (sure,))],
                    "family": colour,
                }
            )
        subjects = list(dict.fromkeys(count.subject for count in self.report.counts))
        return sorted(rows, key=lambda row: subjects.index(row["count"].subject))

    def spot(self, place: schema.Place, css: str, back: Back) -> dict[str, Any]:
        """Mark a place and return it as a spot; of a number `says` is what it counts."""
        count = self._by_place.get((place.at, place.text))
        mark = self.marks.add(place.at, self._with_unit(count) if count else place.text, css, back=back)
        before, words, after = (
            snippet(self.text, mark.at, mark.end) if mark is not None else ("", place.text, "")
        )
        says = self.t.count(count) if count else ""
        return {"id": mark and mark.id, "before": before, "words": words, "after": after, "says": says}

    def findings(self) -> list[dict[str, Any]]:
        """Return what contradicts what, with the spots of its numbers."""
        shown: list[dict[str, Any]] = []
        for number, finding in enumerate(self.report.findings, 1):
            title = self.t(f"finding.{finding.kind}")
            back = Back(f"f{number}", f"{self.t('page.contradiction', n=number)}: {title}", "⚠")
            spots = [self.spot(place, "suspect", back) for place in finding.places]
            shown.append({"id": back.href, "title": title, "finding": finding, "spots": spots})
        return shown

    def header(self) -> list[dict[str, Any]]:
        """Return the header's fields that have a value, with the spots of each."""
        fields: list[dict[str, Any]] = []
        for key, value in header_values(self.report, self.t).items():
            back = Back(f"h-{key}", self.t(f"field.{key}"))
            spots = [self.spot(place, "header", back) for place in self.report.anchors.get(key, ())]
            sure = self._sure(self.report.certainty.get(key))
            fields.append({"key": key, "label": back.label, "value": value, "spots": spots, **sure})
        return fields

    def people(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return who took part, with offices and roles, those who chaired first and apart."""
        chairs = [person.name for person in self.report.chairs]
        others = [person for person in self.report.people if person.name not in chairs]
        return [
            (self.t(f"field.{key}"), self.listed(key, "name", people, start="p"))
            for key, people in (("chairs", self.report.chairs), ("people", others))
            if people
        ]

    def listed(
        self, key: str, css: str, parts: Iterable[Any] | None = None, *, start: str = "l"
    ) -> list[dict[str, Any]]:
        """Return the lines of one of the report's lists, the doubtful ones first: a spot, and a note beside it."""
        label = self.t(f"field.{key}")
        shown: list[dict[str, Any]] = []
        for index, part in enumerate(doubtful_first(getattr(self.report, key) if parts is None else parts)):
            line = f"{start}-{key}-{index}"
            named = isinstance(part, schema.Person | schema.Elected)
            place = schema.Place(at=part.at, text=part.name) if named else part
            spot = self.spot(place, css, Back(line, f"{label}: {part.name}" if named else label))
            shown.append({"spot": spot, "id": line, "note": self._about(part), **self._sure(part.certainty)})
        return shown

    def set_aside(self) -> list[dict[str, Any]]:
        """Return the numbers that count nothing, with the reason."""
        shown: list[dict[str, Any]] = []
        for place in self.report.set_aside:
            reason = self.t(f"reason.{place.reason}")
            back = Back(f"s{place.at}", self.t("page.not_counted", reason=reason))
            mark = self.marks.add(place.at, place.text, "aside", back=back, tag=reason)
            spot = {"id": mark and mark.id, "words": place.text}
            shown.append({"id": back.href, "reason": reason, "spot": spot})
        return shown

    def loose(self) -> list[dict[str, Any]]:
        """Return the numbers in digits that neither of the report's two lists has."""
        known = {at for one in (*self.report.counts, *self.report.set_aside) for at in range(one.at, one.end)}
        shown: list[dict[str, Any]] = []
        for digits in _DIGITS.finditer(self.text):
            if known.isdisjoint(range(*digits.span())):
                back = Back(f"u{digits.start()}", self.t("page.loose_number"))
                place = schema.Place(at=digits.start(), text=digits.group())
                shown.append({"id": back.href, "spot": self.spot(place, "loose", back)})
        return shown

    def _sure(self, certainty: schema.Certainty | None) -> dict[str, Any]:
        """Return whether a part is in doubt, and what else there is to say of how sure it is."""
        words = certain_words(certainty, self.report, self.t) if certainty else ""
        return {"doubtful": certainty == "doubtful", "sure": words}

    def _with_unit(self, count: schema.Count) -> str:
        """Return the number with the unit glued to it (`%`, `tỷ đồng`), as the article writes it."""
        there = self.text.startswith(count.text, count.at)
        return count.text + (unit_at(count, self.text, count.end) if there else "")

    def _about(self, part: Any) -> str:
        """Return what stands beside a person (office, roles), an award (what, by whom), a report (presenter)."""
        t = self.t
        say = {
            "post": str,
            "roles": lambda roles: ", ".join(t(f"role.{one}") for one in roles if one not in _PLAIN_ROLES),
            "vote": lambda vote: t("message.vote", vote=vote),
            "award": str,
            "given_by": str,
            "presenter": lambda name: t("message.presented_by", name=name),
        }
        return " · ".join(
            words
            for name, in_words in say.items()
            if (value := getattr(part, name, None)) and (words := in_words(value))
        )


def evidence_page(
    report: schema.MeetingReport, text: str, *, index_href: str | None = None, lang: Lang = "vi"
) -> str:
    """Return the page of one article, as HTML, in `lang`.

    `text` is the article's text that the report's offsets refer to; what does not stand where the report
    says is shown as not anchored, never highlighted elsewhere. `index_href` is a link to the collection.
    """
    t = labels(lang)
    style = asset("base.css") + asset("evidence.css")
    build = _Builder(report, text, t)
    rows = build.rows()
    title = report.anchors.get("title")
    view = {  # in the order in which the classes of a mark count
        "rows": rows,
        "findings": build.findings(),
        "header": build.header(),
        "title": build.spot(title[0], "header", Back("h-title", t("field.title"))) if title else None,
        "people": build.people(),
        "elected": build.listed("elected", "name"),
        "reports": build.listed("reports", "header"),
        "recipients": build.listed("recipients", "name"),
        "sections": [(key, build.listed(key, f"quote {key}", start="q")) for key in schema.SECTIONS],
        "set_aside": build.set_aside(),
        "loose": build.loose(),
    }
    return _PAGE.render(
        **view,
        t=t,
        report=report,
        by_at={row["count"].at: row for row in rows},
        figures=figures_of(report),
        differences=differences_of(report),
        reading_words=reading_words,
        reviewed=list(review_words(report, t)),
        asked=asked(report),
        doubts=doubtful_count(report),
        article=build.marks.html(),
        index_href=index_href,
        style=style,
        policy=policy(styles=(style,)),
    )
