"""A reading: what one reader, by rules or by model, says of one article, each part with its anchors.

Both readers return this type and neither sees the other's; the referee makes a report's parts of two readings. A
part that a reader was not asked about, or gave no usable answer to, is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, NamedTuple

from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.report import (
    Direction,
    Elected,
    Grade,
    LeftOut,
    Notice,
    Person,
    Place,
    PresentedReport,
    Quotation,
    Reason,
    Recipient,
    Status,
    Subject,
    Unit,
)

Reader = Literal["rules", "model"]
Form = Literal["in_person", "online", "hybrid"]
SectionKind = Literal["achievement", "shortcoming", "cause", "directive"]
SECTION_KINDS: tuple[SectionKind, ...] = ("achievement", "shortcoming", "cause", "directive")

CERTAIN_REASONS: frozenset[Reason] = frozenset(
    ("date", "time", "year", "document", "contact", "page_chrome", "list_mark")
)
"""Reasons for which code excludes a number for certain; no model is asked about it."""


class NumberReading(NamedTuple):
    """What a reader says of the number that stands at `at` in the article's text.

    `text`, `value`, `total` and `unit` are pinned by code and the same for every reader. `reason` is None where the
    number counts something, else why it does not. `subject` is None where the reader found no noun for it.
    `counted` are the article's words for what is counted, which stand at `counted_at` where they stand in one place.
    `part_of` and `repeats` are offsets of other numbers. `adjacent`: the noun stands right beside the number, so that
    no second reader is needed.
    """

    at: TextOffset
    text: str
    value: int | float
    total: int | float | None
    unit: Unit
    reason: Reason | None = None
    subject: Subject | None = None
    grade: Grade | None = None
    status: Status | None = None
    counted: str = ""
    counted_at: int | None = None
    heading: str | None = None
    given_by: str | None = None
    part_of: int | None = None
    repeats: int | None = None
    whose: str | None = None
    direction: Direction | None = None
    adjacent: bool = False

    @property
    def end(self) -> TextOffset:
        """The offset of the first character that is not the number's any more."""
        return TextOffset(self.at + len(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderReading:
    """Who met, when, where, how, and what was reviewed; dates are ISO. `anchors` say where each field stands.

    `unread` names fields for which this reader found words that code could not read; of other fields None says that
    the article does not tell them.
    """

    meeting: bool | None = None
    title: str | None = None
    kind: str | None = None
    organization: str | None = None
    parent: str | None = None
    place: str | None = None
    form: Form | None = None
    date_held: str | None = None
    date_held_end: str | None = None
    date_published: str | None = None
    period: int | None = None
    period_text: str | None = None
    period_planned: int | None = None
    anchors: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


HEADER_FIELDS: tuple[str, ...] = tuple(
    one.name for one in fields(HeaderReading) if one.name not in ("anchors", "unread")
)
"""The fields of a report's header, which a reading has by the same names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader says of an article; `numbers` is keyed by the offset of each number."""

    by: Reader
    numbers: Mapping[TextOffset, NumberReading] = field(default_factory=dict)
    header: HeaderReading | None = None
    people: tuple[Person, ...] | None = None
    reports: tuple[PresentedReport, ...] | None = None
    recipients: tuple[Recipient, ...] | None = None
    elected: tuple[Elected, ...] | None = None
    sections: Mapping[SectionKind, tuple[Quotation, ...]] | None = None
    summary: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Notice, ...] = ()
