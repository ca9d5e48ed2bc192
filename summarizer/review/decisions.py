"""Decisions: what a person decided about one report, as kept in a file of its own.

A review belongs to a text, by its hash. It holds a decision for each part of the report that was looked at, each
with who decided and when, so that several reviewers can work on one article in turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from summarizer.schemas import report as schema
from summarizer.schemas.reading import HEADER_FIELDS

Verdict = Literal["confirmed", "changed", "struck", "added"]
FIELDS = (*HEADER_FIELDS, "summary")
"""The report's fields that are decided about as a whole."""
LISTS = ("counts", "people", "reports", "recipients", "elected", *schema.SECTIONS)
"""The report's lists, each item of which is decided about."""
_Field = Annotated[str, Field(pattern=f"^(?:{'|'.join(FIELDS)})$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReviewedCount(_Part):
    """What a number counts; the fields mean what they mean in a report's count.

    One that a file does not have, since it is of an earlier version, is as the report has it.
    """

    value: int | float
    total: int | float | None = None
    unit: schema.Unit
    subject: schema.Subject
    grade: schema.Grade | None = None
    status: schema.Status
    counted: str = Field(max_length=500)
    counted_at: int | None = None
    part_of: int | None = None
    repeats: int | None = None
    whose: str | None = None
    direction: schema.Direction | None = None
    qualifier: str | None = None
    heading: str | None = None
    given_by: str | None = None
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")


class ReviewedSection(_Part):
    """A quotation, and under which of the report's lists it belongs."""

    text: str
    at: int = Field(ge=0)
    kind: schema.SectionName


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
    anchor: schema.Place | None = None
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
    fields: dict[_Field, FieldDecision] = Field(default_factory=dict)
    counts: tuple[ItemDecision[ReviewedCount], ...] = ()
    people: tuple[ItemDecision[schema.Person], ...] = ()
    reports: tuple[ItemDecision[schema.PresentedReport], ...] = ()
    recipients: tuple[ItemDecision[schema.Recipient], ...] = ()
    elected: tuple[ItemDecision[schema.Elected], ...] = ()
    achievements: tuple[ItemDecision[ReviewedSection], ...] = ()
    shortcomings: tuple[ItemDecision[ReviewedSection], ...] = ()
    causes: tuple[ItemDecision[ReviewedSection], ...] = ()
    directives: tuple[ItemDecision[ReviewedSection], ...] = ()
    complete: Decision | None = Field(
        default=None, description="Someone looked at the whole article, also at what is not in the report."
    )

    def of(self, part: str) -> tuple[ItemDecision, ...]:
        """The decisions about the items of one of `LISTS`."""
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
        parts = schema.SECTIONS if name == "sections" else (name,) if name in LISTS else ()
        return name in self.fields or any(one.at == at for part in parts for one in self.of(part))

    def decided(
        self, part: str, key: tuple[int, int], decision: FieldDecision | ItemDecision | None
    ) -> Review:
        """The review with this decision, about a field or the item of this key, instead of the one it had.

        With None it is undecided again.
        """
        if part in FIELDS:
            fields = {name: one for name, one in self.fields.items() if name != part}
            return self.model_copy(update={"fields": fields | ({part: decision} if decision else {})})
        kept: list[Any] = [one for one in self.of(part) if one.key != key] + ([decision] if decision else [])
        return self.model_copy(update={part: tuple(sorted(kept, key=lambda one: one.key))})
