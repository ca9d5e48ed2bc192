"""Review records: what a person decided about one report, as kept in a file of its own.

A review belongs to a text, by its hash. It holds a decision for each part of the report that was looked at, each
with who decided and when, so that several reviewers can work on one article in turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field

from summarizer.schemas.report import (
    SECTIONS,
    Direction,
    Elected,
    Grade,
    Person,
    Place,
    PresentedReport,
    Recipient,
    SectionName,
    Status,
    Subject,
    Unit,
)

__all__ = (
    "FIELDS",
    "LISTS",
    "Decision",
    "FieldDecision",
    "FieldName",
    "ItemDecision",
    "ListName",
    "Review",
    "ReviewedCount",
    "ReviewedSection",
    "Verdict",
)

Verdict = Literal["confirmed", "changed", "struck", "added"]
FieldName = Literal[
    "meeting",
    "kind",
    "organization",
    "parent",
    "place",
    "form",
    "date_held",
    "date_held_end",
    "date_published",
    "period",
    "period_text",
    "summary",
]
ListName = Literal[
    "counts",
    "people",
    "reports",
    "recipients",
    "elected",
    "achievements",
    "shortcomings",
    "causes",
    "directives",
]
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
LISTS: tuple[ListName, ...] = get_args(ListName)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReviewedCount(_Part):
    """What a number counts; the fields mean what they mean in a report's count."""

    value: int | float
    total: int | float | None = None
    unit: Unit
    subject: Subject
    grade: Grade | None = None
    status: Status
    counted: str = Field(max_length=500)
    counted_at: int | None = None
    part_of: int | None = None
    repeats: int | None = None
    whose: str | None = None
    direction: Direction | None = None


class ReviewedSection(_Part):
    """A quotation, and under which of the report's lists it belongs."""

    text: str
    at: int = Field(ge=0)
    kind: SectionName


Value = TypeVar("Value", bound=BaseModel)


class Decision(_Part):
    """A verdict, whose it is and since when. `added` is what the report did not have."""

    verdict: Verdict
    reviewer: str | None = Field(default=None, max_length=200)
    saved_at: str = Field(description="ISO, UTC.")


class FieldDecision(Decision):
    """One field of the header, or the summary: its value, None where the article does not say.

    `anchor` are the article's words that say so, where they were found. `others` are further wordings that are right
    as well, which only a gold label holds.
    """

    value: bool | int | str | None = None
    anchor: Place | None = None
    others: tuple[str, ...] = ()


class ItemDecision(Decision, Generic[Value]):
    """One item of a list of the report: the item of the words `text` at the offset `at`, the `nth` of those.

    `value` is the item as it should be, None where there should be none.
    """

    at: int = Field(ge=0)
    text: str
    nth: int = 0
    value: Value | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from the list's other items."""
        return self.at, self.nth


class Review(_Part):
    """A review of one text."""

    version: Literal[2] = Field(default=2, description="Version of this file's layout.")
    name: str = Field(description="The article's name, for a person who looks for the file.")
    sha256: str = Field(
        description="SHA-256 of the text that was reviewed, UTF-8 encoded.", pattern="^[0-9a-f]{64}$"
    )
    fields: dict[FieldName, FieldDecision] = Field(default_factory=dict)
    counts: tuple[ItemDecision[ReviewedCount], ...] = ()
    people: tuple[ItemDecision[Person], ...] = ()
    reports: tuple[ItemDecision[PresentedReport], ...] = ()
    recipients: tuple[ItemDecision[Recipient], ...] = ()
    elected: tuple[ItemDecision[Elected], ...] = ()
    achievements: tuple[ItemDecision[ReviewedSection], ...] = ()
    shortcomings: tuple[ItemDecision[ReviewedSection], ...] = ()
    causes: tuple[ItemDecision[ReviewedSection], ...] = ()
    directives: tuple[ItemDecision[ReviewedSection], ...] = ()
    complete: Decision | None = Field(
        default=None, description="Someone looked at the whole article, also at what is not in the report."
    )

    def of(self, part: ListName) -> tuple[ItemDecision[BaseModel], ...]:
        """The decisions about a list's items."""
        return getattr(self, part)

    def decisions(self) -> Iterator[Decision]:
        """All of them."""
        yield from self.fields.values()
        for part in LISTS:
            yield from self.of(part)
        if self.complete is not None:
            yield self.complete

    def settles(self, name: str, at: int | None) -> bool:
        """Whether the report's field, or its item at the offset `at`, is decided; `sections` are all four lists."""
        if name in self.fields:
            return True
        parts: tuple[ListName, ...] = (
            SECTIONS if name == "sections" else tuple(part for part in LISTS if part == name)
        )
        return any(one.at == at for part in parts for one in self.of(part))

    def with_field(self, name: FieldName, decision: FieldDecision | None) -> Review:
        """The review with this decision about a field instead of the one it had; None: undecided again."""
        fields = {key: value for key, value in self.fields.items() if key != name}
        if decision is not None:
            fields[name] = decision
        return self.model_copy(update={"fields": fields})

    def with_item(
        self, part: ListName, key: tuple[int, int], decision: ItemDecision[BaseModel] | None
    ) -> Review:
        """The review with this decision about a list's item instead of the one it had; None: undecided again."""
        kept = [one for one in self.of(part) if one.key != key]
        if decision is not None:
            kept.append(decision)
        return self.model_copy(update={part: tuple(sorted(kept, key=lambda one: one.key))})
