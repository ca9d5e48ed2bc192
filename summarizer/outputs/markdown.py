"""The report as Markdown, for a person to read: warnings, contradictions and doubts stand first.

Everything that comes from the article or the model is untrusted: it is put on one line and none of its
characters can mark up the page (`summarizer.outputs.escaping`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import get_args

from summarizer.outputs.certainty import (
    HEADER_LINES,
    certain_words,
    differences_of,
    doubtful_first,
    header_values,
    reading_words,
    relation_words,
    review_words,
)
from summarizer.outputs.escaping import around, escape, is_plain, quoted, shortened, within
from summarizer.outputs.sums import Figures, Kind, Omission, figures_of
from summarizer.schemas.labels import Labels, Lang, labels
from summarizer.schemas.reading import Reader
from summarizer.schemas.report import (
    SECTIONS,
    Certainty,
    Count,
    Finding,
    MeetingReport,
    Person,
    Place,
    Reason,
    Section,
    Status,
)

__all__ = ("render",)

_SEVERAL = 12
_TABLES: tuple[tuple[Status, str], ...] = (("result", "md.results"), ("target", "md.targets"))


def render(report: MeetingReport, lang: Lang = "vi") -> str:
    """Return the report as Markdown (GitHub's tables), in `lang`, ending with a line break."""
    return _Page(report, labels(lang)).text()


def _lines(lines: Iterable[str]) -> str:
    return "\n".join([line.rstrip() for line in lines])


def _section(heading: str, blocks: Sequence[str]) -> list[str]:
    """Return a section with its heading, nothing where it is empty."""
    return [f"## {heading}", *blocks] if any(blocks) else []


class _Page:
    """One report on its way to Markdown, in one language."""

    def __init__(self, report: MeetingReport, t: Labels) -> None:
        self._report = report
        self._t = t
        self._figures = figures_of(report)
        self._by_place = {count.at: count for count in report.counts}
        self._warned = {(place.at, place.text) for finding in report.findings for place in finding.places}

    def text(self) -> str:
        report, t = self._report, self._t
        title = escape(report.title or "") or escape(report.kind or "") or escape(report.source.name)
        blocks = [
            f"# {title or t('message.untitled')}",
            _lines(self._warnings()),
            _lines(self._header()),
            *self._numbers(),
            *_section(self._field("summary"), [escape(report.summary)] if report.summary else []),
            *_section(t("md.each"), self._counts()),
            *_section(t("field.people"), [_lines(self._people())]),
            *_section(t("field.elected"), [_lines(self._elected())]),
            *_section(t("field.recipients"), [_lines(self._recipients())]),
            *(
                block
                for key in SECTIONS
                for block in _section(t(f"field.{key}"), [_lines(self._quotations(getattr(report, key)))])
            ),
            *_section(t("field.reports"), [_lines(self._reports())]),
            *_section(t("md.left_out"), [_lines(self._left_out())]),
            *_section(t("md.set_aside"), [_lines(self._set_aside())]),
            "---",
            self._provenance(),
        ]
        return "\n\n".join(block for block in blocks if block) + "\n"

    def _warnings(self) -> Iterator[str]:
        for warning in self._t.warnings(self._report):
            yield f"> ⚠ {escape(warning)}"
        if self._report.meeting is False:
            yield f"> ⚠ {self._t('message.no_meeting')}"
        for words in review_words(self._report, self._t):
            yield f"> ✓ {escape(words)}"
        if self._report.provenance.model == "none":
            yield f"> {self._t('message.rules_only')}"

    def _header(self) -> Iterator[str]:
        report, t = self._report, self._t
        values = header_values(report, t)
        organization = escape(report.organization or "")
        if organization and report.parent:
            organization += f" ({t('field.parent').lower()}: {escape(report.parent)})"
        if organization:
            yield f"- **{t('field.organization')}:** {organization}{self._doubt('organization')}"
        for line in HEADER_LINES[1:]:
            parts = [
                f"**{t(f'field.{key}')}:** {escape(values[key])}{self._doubt(key)}"
                for key in line
                if values.get(key)
            ]
            if parts:
                yield f"- {' · '.join(parts)}"
        if report.chairs:
            chairs = "; ".join(_person(person) for person in report.chairs)
            yield f"- **{t('field.chairs')}:** {chairs}{self._doubt('chairs')}"
        yield from self._differences()

    def _differences(self) -> Iterator[str]:
        t = self._t
        differences = differences_of(self._report)
        if differences:
            yield f"- **{t('md.differences')}:**"
        for one in differences:
            readings = "; ".join(
                f"{t(f'reader.{by}').lower()} {quoted(words) if getattr(one, by) else words}"
                for by in get_args(Reader)
                for words in (reading_words(one, by, t),)
            )
            yield f"  - {self._name(one.field)}: {readings}"

    def _numbers(self) -> Iterator[str]:
        """Yield the blocks of the counts: contradictions, what is doubtful, the tables, what may be added."""
        report, t = self._report, self._t
        yield f"## {t('md.numbers')}"
        if report.findings:
            yield _lines(self._finding(finding) for finding in report.findings)
        doubtful = [count for count in report.counts if count.certainty == "doubtful"]
        if doubtful:
            yield f"### {t('md.doubtful')}"
            yield _lines(line for count in doubtful for line in self._readings(count))
        if not report.counts:
            yield t("message.no_counts")
        for status, heading in _TABLES:
            counts = [count for count in report.counts if count.status == status]
            if counts:
                yield f"### {t(heading)}"
                yield _lines(self._table(counts))
        if report.counts:
            yield from self._sums(self._figures)

    def _finding(self, finding: Finding) -> str:
        t = self._t
        places = "; ".join(self._place(place) for place in finding.places)
        return _lines(
            (
                f"- ⚠ **{t(f'finding.{finding.kind}')}.** {escape(t.finding(finding))}",
                f"  - {t('md.arithmetic')}: {escape(t.arithmetic(finding))}",
                f"  - {t('md.in_article')}: {places}",
            )
        )

    def _place(self, place: Place) -> str:
        """Return where a number stands, with what it counts."""
        count = self._by_place.get(place.at)
        counted = "" if count is None else shortened(count.counted)
        words = f"{place.text}{'%' if count and count.unit == 'percent' else ''} {counted}".strip()
        return f"{quoted(words)} ({self._t('message.characters', n=place.at)})"

    def _table(self, counts: Sequence[Count]) -> Iterator[str]:
        """Yield the lines of a table with a row a count, by subject, programme and grade."""
        t = self._t
        subjects, grades = list(t.subjects()), list(t.grades())
        programmes = {name: at for at, name in enumerate(dict.fromkeys(count.heading for count in counts))}
        ordered = sorted(
            counts,
            key=lambda count: (
                subjects.index(count.subject),
                programmes[count.heading],
                grades.index(count.grade) if count.grade else len(grades),
                count.at,
            ),
        )
        columns: dict[str, Callable[[Count], str]] = {
            "subject": lambda count: escape(t.subject(count.subject)),
            "programme": lambda count: escape(count.heading or ""),
            "grade": lambda count: t.grade(count.grade),
            "value": self._value,
            "counted": lambda count: escape(shortened(count.counted)),
            "note": self._note,
        }
        rows = [[show(count) for show in columns.values()] for count in ordered]
        kept = [
            at
            for at, name in enumerate(columns)
            if name in ("subject", "value") or any(row[at] for row in rows)
        ]
        heads = [t(f"md.{name}") for name in columns]
        yield "| " + " | ".join(heads[at] for at in kept) + " |"
        yield "|---" * len(kept) + "|"
        for before, row in zip([[""] * len(heads), *rows], rows, strict=False):
            shown = [
                "" if at < 2 and row[: at + 1] == before[: at + 1] else cell for at, cell in enumerate(row)
            ]
            yield "| " + " | ".join(shown[at] for at in kept) + " |"

    def _value(self, count: Count) -> str:
        """Return a count's value, with the word that bounds it, the only one that is the article's: `hơn 120`."""
        value = self._t.value(count)
        return escape(f"{count.qualifier} {value}") if count.qualifier else value

    def _note(self, count: Count) -> str:
        """Return what a reader must know of a count: doubts first, then how it is related to others."""
        t = self._t
        notes: list[str] = []
        if count.certainty == "doubtful":
            notes.append(f"**? {t('number.doubtful_mark')}**")
        if (count.at, count.text) in self._warned:
            notes.append(f"⚠ {t('number.warned_mark')}")
        notes += map(within, relation_words(count, self._by_place, t))
        if count.given_by:
            notes.append(t("number.given_by", by=escape(count.given_by)))
        if words := certain_words(count.certainty, self._report, t):
            notes.append(words)
        return "; ".join(notes)

    def _sums(self, figures: Figures) -> Iterator[str]:
        """Yield what may be added, each with the numbers it is made of, and what was left out and why."""
        t = self._t
        if figures.by_kind:
            yield f"### {t('md.sums')}"
            yield _lines(self._sum_rows(figures))
        omitted: defaultdict[Omission, list[str]] = defaultdict(list)
        for one in figures.omitted:
            omitted[one.why].append(one.count.text)
        if omitted:
            yield t("md.not_added")
            yield _lines(
                f"- {t(f'omitted.{why}')} ({t.number(len(texts))}): {_several(texts)}"
                for why, texts in omitted.items()
            )

    def _sum_rows(self, figures: Figures) -> Iterator[str]:
        t = self._t
        yield "| " + " | ".join(t(f"md.{name}") for name in ("subject", "grade", "sum", "made_of")) + " |"
        yield "|---|---|---|---|"
        for kind, figure in figures.by_kind.items():
            status = f" ({t('status.target')})" if kind.status == "target" else ""
            words = escape(shortened(figure.count.counted)) if kind.grade is None else ""
            places = ", ".join(
                f"{escape(count.text)} ({t('message.characters', n=count.at)})" for count in figure.mentions
            )
            places = f"{words}: {places}" if words else places
            value = _sum_value(kind, figure.value, t)
            yield f"| {escape(t.subject(kind.subject))}{status} | {t.grade(kind.grade)} | {value} | {places} |"

    def _readings(self, count: Count) -> Iterator[str]:
        t = self._t
        yield f"- {around(count)}"
        for reading in count.readings:
            meant = t.subject(reading.subject) if reading.subject else t("reads.not_a_count")
            meant += f", {t.grade(reading.grade)}" if reading.grade else ""
            meaning = t("md.reads_as", meaning=escape(meant))
            yield f"  - {t(f'reader.{reading.by}')}: {quoted(shortened(reading.counted))}, {meaning}"

    def _counts(self) -> list[str]:
        """Return the counts by subject, each with the words of its sentence around it, in the article's order."""
        t = self._t
        grouped: defaultdict[str, list[Count]] = defaultdict(list)
        for count in self._report.counts:
            grouped[count.subject].append(count)
        # A sentence can hold many counts, and is shown in part with each of them.
        plain = {text for text in {count.sentence.text for count in self._report.counts} if is_plain(text)}
        blocks: list[str] = []
        for subject, name in t.subjects().items():
            if subject not in grouped:
                continue
            blocks.append(f"### {escape(name[0].upper() + name[1:])}")
            blocks.append(
                _lines(
                    f"- **{self._value(count)}**{_with_grade(count, t)}: {around(count, plain)}"
                    for count in grouped[subject]
                )
            )
        return blocks

    def _people(self) -> Iterator[str]:
        report, t = self._report, self._t
        shown = report.people or tuple(dict.fromkeys((*report.guests, *report.speakers)))
        for person in doubtful_first(shown):
            roles = ", ".join(t(f"role.{role}") for role in person.roles)
            yield f"- {_person(person)}{f' – {roles}' if roles else ''}{self._sure(person.certainty)}"

    def _elected(self) -> Iterator[str]:
        for one in doubtful_first(self._report.elected):
            post = f": {escape(one.post)}" if one.post else ""
            vote = f" ({self._t('message.vote', vote=escape(one.vote))})" if one.vote else ""
            yield f"- **{escape(one.name)}**{post}{vote}{self._sure(one.certainty)}"

    def _recipients(self) -> Iterator[str]:
        for one in doubtful_first(self._report.recipients):
            award = f": {escape(one.award)}" if one.award else ""
            by = f" ({escape(one.given_by)})" if one.given_by else ""
            yield f"- **{escape(one.text)}**{award}{by}{self._sure(one.certainty)}"

    def _quotations(self, sections: Sequence[Section]) -> Iterator[str]:
        for section in doubtful_first(sections):
            yield f"- {quoted(section.text)}{self._sure(section.certainty)}"

    def _reports(self) -> Iterator[str]:
        for one in doubtful_first(self._report.reports):
            by = self._t("message.presented_by", name=escape(one.presenter)) if one.presenter else ""
            yield f"- {escape(one.text)}{f' ({by})' if by else ''}{self._sure(one.certainty)}"

    def _left_out(self) -> Iterator[str]:
        for item in self._report.left_out:
            yield f"- {self._name(item.field)}: {quoted(shortened(item.text))} – {escape(self._t.why(item))}"

    def _set_aside(self) -> Iterator[str]:
        """Yield a line for each reason, with the numbers as written, each once."""
        t = self._t
        reasons: defaultdict[str, list[str]] = defaultdict(list)
        for place in self._report.set_aside:
            reasons[place.reason].append(place.text)
        for reason in get_args(Reason):
            if reason not in reasons:
                continue
            texts = reasons[reason]
            several = _several(dict.fromkeys(texts))
            yield f"- {t(f'reason.{reason}')} ({t.number(len(texts))}): {several}"

    def _provenance(self) -> str:
        made, source, t = self._report.provenance, self._report.source, self._t
        where = escape(source.location or source.name)
        endpoint = f" ({escape(made.endpoint)})" if made.endpoint else ""
        size = t("md.size", n=source.characters)
        name = f"{escape(made.model)}{endpoint}"
        parts = [
            f"{t('md.source')}: {where}, {size}, SHA-256 {escape(source.sha256[:12])}",
            t("md.no_model") if made.model == "none" else t("md.model", name=name),
            f"summarizer {escape(made.version)}",
        ]
        if made.attempts:
            read, written = t.number(made.tokens_in), t.number(made.tokens_out)
            parts.append(t("md.attempts", n=made.attempts, read=read, written=written))
        if made.seconds >= 0.05:
            parts.append(t("md.seconds", n=round(made.seconds, 1)))
        return f"*{' · '.join(parts)}*"

    def _name(self, field: str) -> str:
        return self._t.find(f"field.{field}", escape(field))

    def _field(self, key: str) -> str:
        return f"{self._t(f'field.{key}')}{self._doubt(key)}"

    def _doubt(self, key: str) -> str:
        """Return the mark of a header's field: doubtful, or read by one reader where there were two."""
        certainty = self._report.certainty.get(key)
        return "" if certainty is None else self._sure(certainty)

    def _sure(self, certainty: Certainty) -> str:
        if certainty == "doubtful":
            return f" **(? {self._t('number.doubtful_mark')})**"
        words = certain_words(certainty, self._report, self._t)
        return f" *({words})*" if words else ""


def _sum_value(kind: Kind, value: int | float, t: Labels) -> str:
    if kind.unit == "count":
        return t.number(value)
    return t.money(value, None if kind.unit == "money" else kind.unit)


def _with_grade(count: Count, t: Labels) -> str:
    grade = t.grade(count.grade, short=True)
    target = t("status.target") if count.status == "target" else ""
    words = ", ".join(filter(None, (grade, target)))
    return f" ({words})" if words else ""


def _person(person: Person) -> str:
    return f"{escape(person.name)}{f', {escape(person.post)}' if person.post else ''}"


def _several(texts: Iterable[str]) -> str:
    shown = [escape(shortened(text)) for text in texts]
    return ", ".join(shown[:_SEVERAL]) + (", …" if len(shown) > _SEVERAL else "")
