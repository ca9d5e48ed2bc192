"""What a system said about an article, in the one form that is scored."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from summarizer.schemas.reading import SectionKind
from summarizer.schemas.report import MeetingReport, Section

__all__ = (
    "FIELDS",
    "Cost",
    "PredictedCount",
    "PredictedFinding",
    "PredictedItem",
    "PredictedParts",
    "PredictedPerson",
    "PredictedSection",
    "Prediction",
    "Quoted",
    "prediction_of",
)

FIELDS = ("kind", "parent", "place", "form", "period_text")
"""The fields of the header that are labelled with the parts."""


@dataclass(frozen=True, slots=True)
class PredictedCount:
    """A number that a system says counts something; the keys mean what they mean in a gold count.

    `certainty` is what the system says of it, where it says so (as in a report: agreed, model, rules, doubtful).
    """

    at: int
    text: str
    value: float
    total: float | None
    unit: str
    subject: str
    grade: str | None
    status: str
    counted: str
    certainty: str | None = None

    @classmethod
    def of(cls, count: object, **others: Any) -> Self:
        """Return the count that an object with the same attributes says, but for what is given by name."""
        values = {one.name: getattr(count, one.name) for one in fields(cls) if hasattr(count, one.name)}
        return cls(**values | others)

    @property
    def doubtful(self) -> bool:
        """The system's own warning that a reader should look."""
        return self.certainty == "doubtful"

    @property
    def end(self) -> int:
        """The offset behind the number."""
        return self.at + len(self.text)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that a system says stand in the article at `at`; `field` is where the system gave them.

    `as_written` is False for a name, which may be given in another Unicode form and with other spaces.
    """

    field: str
    at: int
    text: str
    as_written: bool = True

    def stands_in(self, text: str) -> bool:
        """Whether the words stand at their place in `text`."""
        if self.as_written or self.at < 0:
            return self.at >= 0 and text[self.at : self.at + len(self.text)] == self.text
        # A decomposed letter takes three characters at most.
        there = _plain(text[self.at : self.at + 4 * len(self.text) + 8])
        begins = bool(self.text) and not text[self.at : self.at + 1].isspace()
        return begins and there.startswith(_plain(self.text))


@dataclass(frozen=True, slots=True)
class PredictedPerson:
    """Somebody a system says took part; `at` is -1 where it gives no place."""

    name: str
    roles: tuple[str, ...]
    post: str | None = None
    at: int = -1
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class PredictedItem:
    """A report, a recipient or somebody elected, by title or name; `more` is its presenter, award or post."""

    text: str
    more: str | None = None
    at: int = -1
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class PredictedSection:
    """Words of the article that a system says are of one kind, as they stand at `at` (-1: nowhere)."""

    kind: SectionKind
    at: int
    text: str
    certainty: str | None = None

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.at + len(self.text)


@dataclass(frozen=True, slots=True)
class PredictedParts:
    """What a system says beside counts and header; `certainty` is that of the fields, by their names."""

    fields: Mapping[str, str | None]
    people: tuple[PredictedPerson, ...] = ()
    reports: tuple[PredictedItem, ...] = ()
    recipients: tuple[PredictedItem, ...] = ()
    elected: tuple[PredictedItem, ...] = ()
    sections: tuple[PredictedSection, ...] = ()
    certainty: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PredictedFinding:
    """A contradiction that a system reports, with the offset of every number involved."""

    kind: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What an article cost: answers received, tokens read and written, seconds of the model.

    `tokens_shared` of `tokens_in` are those of a beginning that an earlier request of the article had too.
    """

    attempts: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    tokens_shared: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.attempts + other.attempts,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.seconds + other.seconds,
            self.tokens_shared + other.tokens_shared,
        )


@dataclass(frozen=True, slots=True)
class Prediction:
    """A system's whole answer for one article; None or empty where the system says nothing.

    `header` is False for a system that was asked for counts alone: its header is not scored. So with
    `findings` and `parts` None. `disputed` are the places of numbers that it takes for no count and says it is not
    sure.
    """

    counts: tuple[PredictedCount, ...]
    header: bool = True
    organization: str | None = None
    date_held: str | None = None
    date_published: str | None = None
    period: int | None = None
    chairs: tuple[str, ...] = ()
    quotations: tuple[Quoted, ...] = ()
    summary: str | None = None
    findings: tuple[PredictedFinding, ...] | None = None
    parts: PredictedParts | None = None
    disputed: frozenset[int] = frozenset()
    left_out: tuple[str, ...] = ()
    cost: Cost = field(default_factory=Cost)


def prediction_of(report: MeetingReport, cost: Cost) -> Prediction:
    """Return what a report of the summarizer predicts; `cost` is what the runner measured or replayed."""
    return Prediction(
        counts=tuple(map(PredictedCount.of, report.counts)),
        organization=report.organization,
        date_held=report.date_held,
        date_published=report.date_published,
        period=report.period,
        chairs=tuple(person.name for person in report.chairs),
        quotations=tuple(_quotations(report)),
        summary=report.summary,
        findings=tuple(
            PredictedFinding(f.kind, tuple(place.at for place in f.places)) for f in report.findings
        ),
        parts=_parts(report),
        disputed=frozenset(number.at for number in report.set_aside if number.readings),
        left_out=tuple(f"{item.field}: {item.text}" for item in report.left_out),
        cost=cost,
    )


def _parts(report: MeetingReport) -> PredictedParts:
    sections: dict[SectionKind, tuple[Section, ...]] = {
        "achievement": report.achievements,
        "shortcoming": report.shortcomings,
        "cause": report.causes,
        "directive": report.directives,
    }
    return PredictedParts(
        fields={name: getattr(report, name) for name in FIELDS},
        people=tuple(
            PredictedPerson(one.name, one.roles, one.post, one.at, one.certainty) for one in report.people
        ),
        reports=tuple(
            PredictedItem(one.text, one.presenter, one.at, one.certainty) for one in report.reports
        ),
        recipients=tuple(
            PredictedItem(one.text, one.award, one.at, one.certainty) for one in report.recipients
        ),
        elected=tuple(PredictedItem(one.name, one.post, one.at, one.certainty) for one in report.elected),
        sections=tuple(
            PredictedSection(kind, one.at, one.text, one.certainty)
            for kind, quotations in sections.items()
            for one in quotations
        ),
        certainty=dict(report.certainty),
    )


def _quotations(report: MeetingReport) -> list[Quoted]:
    """Everything that the report says stands in the article, with its place."""
    quoted = [
        Quoted(name, quotation.at, quotation.text)
        for name in ("achievements", "shortcomings", "causes", "directives")
        for quotation in getattr(report, name)
    ]
    quoted += [Quoted("counts.sentence", count.sentence.at, count.sentence.text) for count in report.counts]
    quoted += [Quoted("reports", presented.at, presented.text) for presented in report.reports]
    quoted += [Quoted("recipients", recipient.at, recipient.text) for recipient in report.recipients]
    quoted += [Quoted("set_aside", place.at, place.text) for place in report.set_aside]
    quoted += [
        Quoted(name, person.at, person.name, as_written=False)
        for name in ("people", "elected")
        for person in getattr(report, name)
    ]
    quoted += [
        Quoted(f"anchors.{name}", place.at, place.text)
        for name, places in report.anchors.items()
        for place in places
    ]
    return quoted


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
