"""The review file: what a person said of a report's counts and header, one JSON file an article."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.schemas.report import Count, Finding, Grade, Place, Quotation, Status, Subject, Unit

__all__ = ("CountReview", "HeaderReview", "Review", "ReviewedCount", "Verdict")

Verdict = Literal["confirmed", "changed", "struck", "added"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReviewedCount(_Part):
    """What a count says, as confirmed or corrected; the fields mean what they mean in a report's count."""

    value: int | float = Field(description="The number's value; money in đồng.")
    total: int | float | None = Field(default=None, description="The total of a fraction.")
    unit: Unit = Field(description="`count`, `percent`, or `money`.")
    subject: Subject = Field(description="What kind of thing is counted.")
    grade: Grade | None = Field(default=None, description="The grade of what is counted, if any.")
    status: Status = Field(description="`result` or `target`.")
    counted: str = Field(description="The words that say what is counted.", max_length=500)

    @classmethod
    def of(cls, count: Count) -> ReviewedCount:
        """What a report's count says."""
        return cls.model_validate(count.model_dump(include=set(cls.model_fields)))


class CountReview(Place):
    """What was said of one number: the place, the verdict, and what it counts unless it was struck."""

    verdict: Verdict = Field(description="`added` is a number that the report had set aside or not at all.")
    count: ReviewedCount | None = Field(default=None, description="Null where the number counts nothing.")
    sentence: Quotation = Field(description="The sentence it stands in.")


class HeaderReview(_Part):
    """The header as it should be, whole."""

    organization: tuple[str, ...] = Field(default=(), description="Every wording to accept, the best first.")
    date_held: str | None = Field(default=None, description="ISO date.", pattern=r"^\d{4}-\d{2}-\d{2}$")
    date_published: str | None = Field(default=None, description="ISO date.", pattern=r"^\d{4}-\d{2}-\d{2}$")
    period: int | None = Field(default=None, description="Year under review.", ge=1900, le=2200)
    chairs: tuple[Place, ...] = Field(default=(), description="The chairs' bare names, where they stand.")


class Review(_Part):
    """A person's review of one report."""

    version: Literal[1] = Field(default=1, description="Version of this file's form.")
    name: str = Field(description="The article's name.")
    sha256: str = Field(description="SHA-256 of the text that was reviewed, UTF-8 encoded.")
    saved_at: str = Field(description="When it was saved, ISO, UTC.")
    reviewer: str | None = Field(default=None, description="Who reviewed it, if said.", max_length=200)
    complete: bool = Field(
        default=False, description="Every number of the article was looked at, not only the counts."
    )
    header: HeaderReview | None = Field(default=None, description="The header; null while not confirmed.")
    counts: tuple[CountReview, ...] = Field(default=(), description="The numbers that were judged, in order.")
    findings: tuple[Finding, ...] = Field(
        default=(), description="Where the article contradicts itself, by the counts as corrected."
    )
