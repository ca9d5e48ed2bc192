"""The report as Markdown, for a person to read: warnings, contradictions and doubts stand first.

Everything that comes from the article or the model is untrusted: what `templates/report.md` shows is put on one line
and none of its characters can mark up the page (`summarizer.outputs.escaping`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from summarizer.outputs.certainty import (
    HEADER_LINES,
    asked,
    certain_words,
    differences_of,
    doubtful_first,
    header_values,
    reading_words,
    relation_words,
    review_words,
)
from summarizer.outputs.escaping import around, escape, quoted, shortened, within
from summarizer.outputs.phrasing import (
    counted_words,
    described,
    described_beside_heading,
    named,
    valued,
    valued_sum,
    written,
)
from summarizer.outputs.sums import figures_of
from summarizer.schemas.labels import Labels, Lang, labels
from summarizer.schemas.reading import Reader
from summarizer.schemas.report import SECTIONS, Count, MeetingReport, Place, Reason

_SEVERAL, _CELL = 12, 80
"""Numbers of a list, and characters of what a number counts in a table, at most."""
_NOTHING_BETWEEN = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
_SPACE_AT_END = re.compile(r"[ \t]+\n")
_COLUMNS = ("subject", "programme", "grade", "value", "counted", "note")
_ALWAYS = ("subject", "value")


def _shown(value: object) -> Markup:
    """Return a value of a template as it is put into the page: a text is escaped, what is Markdown already is not."""
    return value if isinstance(value, Markup) else Markup(escape(str(value)))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("summarizer.outputs"),
        autoescape=True,
        finalize=_shown,  # before the escaping of HTML, which then finds nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        function.__name__.strip("_"): function
        for function in (
            counted_words,
            described,
            doubtful_first,
            named,
            shortened,
            valued,
            valued_sum,
            _row,
            _several,
        )
    }
    environment.filters.update(
        around=lambda counts: Markup(around(counts)),  # noqa: S704
        quoted=lambda text: Markup(quoted(text)),  # noqa: S704
    )
    environment.globals.update(
        certain_words=certain_words,
        differences_of=differences_of,
        header_lines=HEADER_LINES[1:],
        readers=get_args(Reader),
        reading_words=reading_words,
        reasons=get_args(Reason),
        review_words=review_words,
        sections=SECTIONS,
    )
    return environment


def markdown(template: str, **view: Any) -> str:
    """Return a template of `templates/` filled in: every text is escaped, and at most one line empty between two."""
    text = _environment().get_template(template).render(view)
    return _SPACE_AT_END.sub("\n", _NOTHING_BETWEEN.sub("\n\n", text)).strip() + "\n"


def render(report: MeetingReport, lang: Lang = "vi") -> str:
    """Return the report as Markdown (GitHub's tables), in `lang`, ending with a line break."""
    t = labels(lang)
    titles = (report.title, report.kind, report.source.name, t("message.untitled"))
    by_place = {count.at: count for count in report.counts}

    def with_counted(place: Place) -> str:
        """A number as written, with what it counts; in one quotation only where the article has them side by side."""
        number, words = written(place, by_place.get(place.at))
        return quoted(number) + (f" ({within(words)})" if words else "")

    return markdown(
        "report.md",
        t=t,
        report=report,
        title=next(one for one in titles if one and escape(one)),
        values=header_values(report, t),
        asked=asked(report),
        figures=figures_of(report),
        tables=_tables(report, by_place, t),
        sentences=_sentences(report.counts),
        with_counted=lambda place: Markup(with_counted(place)),  # noqa: S704
    )


def _tables(
    report: MeetingReport, by_place: Mapping[int, Count], t: Labels
) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Yield the tables of results and of targets: the heading, the heads of the columns, and a row a count.

    They are ordered by subject, programme and grade; a subject and a programme stand once, and an empty column not
    at all.
    """
    subjects, grades = list(t.subjects()), [*t.grades(), None]
    warned = {(place.at, place.text) for finding in report.findings for place in finding.places}

    def note(count: Count) -> str:
        """What a reader must know of a count: doubts first, then how it is related to others."""
        doubtful = Markup(f"**? {t('number.doubtful_mark')}**") if count.certainty == "doubtful" else ""  # noqa: S704
        notes = [
            doubtful,
            f"⚠ {t('number.warned_mark')}" if (count.at, count.text) in warned else "",
            *relation_words(count, by_place, t),
            t("number.given_by", by=count.given_by) if count.given_by else "",
            certain_words(count.certainty, report, t),
        ]
        return Markup("; ").join(_shown(one) for one in notes if one)

    for status, heading in (("result", "md.results"), ("target", "md.targets")):
        counts = [count for count in report.counts if count.status == status]
        programmes = list(dict.fromkeys(count.heading for count in counts))
        counts.sort(
            key=lambda count: (
                subjects.index(count.subject),
                programmes.index(count.heading),
                grades.index(count.grade),
                count.at,
            )
        )
        rows = [
            (
                t.subject(count.subject),
                shortened(count.heading or ""),
                t.grade(count.grade),
                valued(count, t),
                shortened(described_beside_heading(count), _CELL),
                note(count),
            )
            for count in counts
        ]
        kept = [at for at, name in enumerate(_COLUMNS) if name in _ALWAYS or any(row[at] for row in rows)]
        shown: list[list[str]] = []
        for before, row in zip([None, *rows], rows, strict=False):
            alike = next((at for at in range(2) if before is None or row[at] != before[at]), 2)
            shown.append(["" if at < alike else row[at] for at in kept])
        if rows:
            yield t(heading), [t(f"md.{_COLUMNS[at]}") for at in kept], shown


def _sentences(counts: Iterable[Count]) -> list[list[Count]]:
    found: dict[tuple[int, str], list[Count]] = {}
    for count in sorted(counts, key=lambda count: count.at):
        found.setdefault((count.sentence.at, count.sentence.text), []).append(count)
    return [*found.values()]


def _row(cells: Iterable[object]) -> Markup:
    return Markup("| {} |").format(Markup(" | ").join(map(_shown, cells)))


def _several(texts: Iterable[str], between: str = ", ") -> str:
    shown = [shortened(text) for text in texts]
    return between.join([*shown[:_SEVERAL], *["…"][: len(shown) > _SEVERAL]])
