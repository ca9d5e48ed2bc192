"""Where a report comes from: the source that was read, what made the report, and who reviewed it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A part of a report: it cannot be changed, and has no fields but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def optional(description: str) -> Any:
    """Return a field that is null where there is nothing to say."""
    return Field(default=None, description=description)


def several(description: str) -> Any:
    """Return a field that holds any number of things, none by default."""
    return Field(default=(), description=description)


class Source(Part):
    """Where the text came from."""

    name: str = Field(description="The file's name, or `-` for standard input, or `text`.")
    location: str | None = optional("Path or URL, if there is one.")
    sha256: str = Field(description="SHA-256 of the text, UTF-8 encoded.")
    characters: int = Field(description="Length of the text in characters.", ge=0)
    encoding: str | None = optional("Encoding of the file, as read.")
    notes: tuple[str, ...] = several("What was done to get the text (decoded, extracted, repaired).")


class ReviewedPart(Part):
    """What a person has decided about one part of a report."""

    field: str = Field(description="The report's field (`organization`, `counts`, `people`…).")
    at: int | None = optional("Where an item of a list stands, or stood; null for a field of its own.")
    verdict: Literal["confirmed", "changed", "struck", "added"] = Field(
        description="`struck`: it was taken out of the report."
    )
    reviewer: str | None = optional("Who decided it, where a name was given.")
    saved_at: str = Field(description="When it was saved, ISO with the time zone.")


class ReviewMark(Part):
    """That a person has looked at the report, with what was corrected in it already."""

    reviewers: tuple[str, ...] = several("Who reviewed it, by name, where it was given.")
    at: str = Field(description="When the last of it was saved, ISO with the time zone.")
    fields: tuple[str, ...] = several(
        "The report's fields that were confirmed or corrected, in whole or in part."
    )
    decisions: tuple[ReviewedPart, ...] = several("Each part that was decided about, by whom and when.")
    complete: bool = Field(default=False, description="Everything in the article was looked at.")
    changed: tuple[int, ...] = several(
        "Offsets of the counts whose value a person set to another than the article's."
    )
    summary_before: tuple[str, ...] = several(
        "Fields that were corrected while the summary was not, so that it may say otherwise."
    )


class PartCost(Part):
    """What one part of the questions cost."""

    questions: int = Field(default=0, description="Questions asked, re-asks not counted.")
    attempts: int = Field(default=0, description="Answers received, re-asks counted.")
    tokens_in: int = Field(default=0, description="Tokens read by the model.")
    tokens_out: int = Field(default=0, description="Tokens written by the model.")
    seconds: float = Field(default=0.0, description="Seconds spent waiting for the model.")


class Provenance(Part):
    """What made this report."""

    model: str = Field(description="The model's name, or `none`.")
    endpoint: str | None = optional("`embedded`, or the endpoint's address without keys.")
    weights_sha256: str | None = optional("SHA-256 of the embedded model's weights.")
    profile: str = Field(description="The profile that decided how the model was asked.")
    policy: dict[str, str] = Field(
        default_factory=dict, description="Which reader leads, for each part of the report."
    )
    prompts: dict[str, str] = Field(default_factory=dict, description="Version of each prompt used.")
    parts: dict[str, PartCost] = Field(
        default_factory=dict, description="Cost by part: counts, header, sentences, summary."
    )
    version: str = Field(description="Version of this library.")
    seconds: float = Field(default=0.0, description="Wall seconds for the article.")

    @property
    def attempts(self) -> int:
        """Answers received in all."""
        return sum(part.attempts for part in self.parts.values())

    @property
    def tokens_in(self) -> int:
        """Tokens read in all."""
        return sum(part.tokens_in for part in self.parts.values())

    @property
    def tokens_out(self) -> int:
        """Tokens written in all."""
        return sum(part.tokens_out for part in self.parts.values())
