"""The meeting report: what `summarize` returns and what `reports.jsonl` holds, one a line.

Every offset is an index into the article's text as read from the file (`open(path, newline="")`, no
normalisation, as Python indexes it); every span is half open.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = (
    "Count",
    "Finding",
    "Grade",
    "LeftOut",
    "MeetingReport",
    "PartCost",
    "Person",
    "Place",
    "PresentedReport",
    "Provenance",
    "Quotation",
    "Reading",
    "Recipient",
    "SetAside",
    "Source",
    "Status",
    "Subject",
    "Unit",
)

Unit = Literal["count", "percent", "money"]
Subject = Literal[
    "party_organization",
    "party_cell",
    "party_member",
    "collective",
    "individual",
    "staff",
    "learner",
    "union_member",
    "class",
    "school",
    "research",
    "document",
    "event",
    "award",
    "money",
    "other",
]
Grade = Literal["excellent", "good", "completed", "not_completed", "unrated", "clean_strong"]
Status = Literal["result", "target"]
Reason = Literal[
    "date",
    "time",
    "year",
    "period",
    "duration",
    "ordinal",
    "document",
    "name",
    "list_mark",
    "page_chrome",
    "contact",
    "score",
    "abstract",
    "other",
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Part):
    """Words of the article and where they stand."""

    at: int = Field(description="Offset of the first character in the article's text.", ge=0)
    text: str = Field(description="The words exactly as they stand there.")

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.at + len(self.text)


class Quotation(Place):
    """A sentence or clause of the article, word for word."""


class Reading(_Part):
    """One way to read what a number counts."""

    by: Literal["table", "model"] = Field(description="Who read it so: the taxonomy's table or the model.")
    counted: str = Field(description="The article's words taken as what is counted.")
    subject: Subject = Field(description="The subject those words have in the taxonomy.")
    grade: Grade | None = Field(default=None, description="The grade those words have in the taxonomy.")


class Count(_Part):
    """A number of the article that counts something; value and place are read by code, never by a model."""

    at: int = Field(description="Offset of the number's first character in the article's text.", ge=0)
    text: str = Field(description="The number exactly as written at `at` (`1/5`, `75,2`, `6.481`, `hai`).")
    value: int | float = Field(description="The number's value; money in đồng.")
    total: int | float | None = Field(default=None, description="The total of a fraction: 5 in `1/5`.")
    unit: Unit = Field(description="`count`, `percent`, or `money` (đồng).")
    subject: Subject = Field(description="What kind of thing is counted, from the taxonomy.")
    grade: Grade | None = Field(default=None, description="The grade (xếp loại) of what is counted, if any.")
    status: Status = Field(description="`target` for what is planned or asked for, else `result`.")
    counted: str = Field(description="The article's words that say what is counted.")
    counted_at: int | None = Field(
        default=None, description="Offset of those words; null where they stand in several places."
    )
    qualifier: str | None = Field(
        default=None, description="A word that bounds the value (trên, gần, hơn, khoảng…), kept as written."
    )
    sentence: Quotation = Field(
        description="The sentence the number stands in; what is around it where a text has no stops."
    )
    heading: str | None = Field(
        default=None, description="Its programme or heading (`Hệ liên kết đào tạo`), if any."
    )
    given_by: str | None = Field(default=None, description="Who gave the award that is counted, if said.")
    certainty: Literal["agreed", "table", "model", "doubtful"] = Field(
        description=(
            "`agreed`: table and model read it alike; `table` or `model`: only that one could read it; "
            "`doubtful`: they differ, see `readings`."
        )
    )
    readings: tuple[Reading, ...] = Field(default=(), description="Both readings of a doubtful count.")

    @property
    def end(self) -> int:
        """The offset behind the number's last character."""
        return self.at + len(self.text)


class SetAside(Place):
    """A number of the article that counts nothing, with the reason."""

    reason: Reason = Field(description="Why it is not a count.")


class Person(_Part):
    """Someone named in the article."""

    name: str = Field(description="The bare name, without titles.")
    at: int = Field(description="Offset of the name.", ge=0)
    titles: str | None = Field(default=None, description="Titles and office as written around the name.")
    role: str | None = Field(
        default=None, description="What the person did here (chủ trì, trình bày báo cáo…)."
    )


class PresentedReport(Place):
    """A report that the meeting heard; `text` is its title as written."""

    presenter: str | None = Field(default=None, description="Who presented it, if said.")


class Recipient(Place):
    """A named recipient of an award, whether or not a number stands with it; `text` is the name."""

    award: str | None = Field(default=None, description="The award or distinction, as written.")
    given_by: str | None = Field(default=None, description="Who gave it, if said.")


class LeftOut(_Part):
    """Something the model said, or the article may say, that could not be anchored; never guessed."""

    field: str = Field(description="The report's field it was for.")
    text: str = Field(description="What was said, shortened.")
    why: str = Field(description="Why it was left out, in one line.")


class Finding(_Part):
    """Something in the article that does not agree with itself. It warns; it never changes a number."""

    kind: Literal["parts_total", "percent", "grade_total", "same_fact"] = Field(
        description=(
            "`parts_total`: parts do not sum to their total; `percent`: a/b is not the percentage beside it; "
            "`grade_total`: grades exceed the number graded; `same_fact`: one fact told with two values."
        )
    )
    message: str = Field(description="The finding in one Vietnamese sentence.")
    arithmetic: str = Field(description="The sum or quotient that shows it, with its numbers.")
    places: tuple[Place, ...] = Field(description="Every number involved, the suspected one first.")


class Source(_Part):
    """Where the text came from."""

    name: str = Field(description="The file's name, or `-` for standard input, or `text`.")
    location: str | None = Field(default=None, description="Path or URL, if there is one.")
    sha256: str = Field(description="SHA-256 of the text, UTF-8 encoded.")
    characters: int = Field(description="Length of the text in characters.", ge=0)
    encoding: str | None = Field(default=None, description="Encoding of the file, as read.")
    notes: tuple[str, ...] = Field(
        default=(), description="What was done to get the text (decoded, extracted, repaired)."
    )


class PartCost(_Part):
    """What one part of the questions cost."""

    questions: int = Field(default=0, description="Questions asked, re-asks not counted.")
    attempts: int = Field(default=0, description="Answers received, re-asks counted.")
    tokens_in: int = Field(default=0, description="Tokens read by the model.")
    tokens_out: int = Field(default=0, description="Tokens written by the model.")
    seconds: float = Field(default=0.0, description="Seconds spent waiting for the model.")


class Provenance(_Part):
    """What made this report."""

    model: str = Field(description="The model's name, or `none`.")
    endpoint: str | None = Field(
        default=None, description="`embedded`, or the endpoint's address without keys."
    )
    weights_sha256: str | None = Field(default=None, description="SHA-256 of the embedded model's weights.")
    profile: str = Field(description="The profile that decided how the model was asked.")
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


class MeetingReport(_Part):
    """A Vietnamese web article about a review meeting, as a report in which every count has its place."""

    source: Source = Field(description="The file or address that was read, with the hash of its text.")
    title: str | None = Field(default=None, description="Title of the article.")
    kind: str | None = Field(default=None, description="Kind of meeting, as written (`Hội nghị tổng kết…`).")
    organization: str | None = Field(default=None, description="The body whose meeting it is.")
    parent: str | None = Field(default=None, description="The body above it, if said.")
    place: str | None = Field(default=None, description="Where it met, if said.")
    form: Literal["in_person", "online", "hybrid"] | None = Field(
        default=None, description="How it met, if said."
    )
    date_held: str | None = Field(default=None, description="Day of the meeting, ISO; the first of several.")
    date_published: str | None = Field(default=None, description="Day the article was posted, ISO.")
    period: int | None = Field(default=None, description="Year under review; of a school year, its end.")
    period_planned: int | None = Field(default=None, description="Year planned for.")
    chairs: tuple[Person, ...] = Field(default=(), description="Who chaired (chủ trì, chủ tọa).")
    guests: tuple[Person, ...] = Field(default=(), description="Who attended as a guest (đến dự, tham dự).")
    speakers: tuple[Person, ...] = Field(default=(), description="Who spoke (phát biểu, kết luận, chỉ đạo).")
    reports: tuple[PresentedReport, ...] = Field(default=(), description="Reports presented to the meeting.")
    counts: tuple[Count, ...] = Field(default=(), description="Every number that counts something, in order.")
    set_aside: tuple[SetAside, ...] = Field(
        default=(), description="Every number that counts nothing, with the reason, in order."
    )
    recipients: tuple[Recipient, ...] = Field(default=(), description="Named recipients of awards.")
    achievements: tuple[Quotation, ...] = Field(
        default=(), description="What was achieved (kết quả, ưu điểm)."
    )
    shortcomings: tuple[Quotation, ...] = Field(default=(), description="What fell short (hạn chế, tồn tại).")
    causes: tuple[Quotation, ...] = Field(default=(), description="Why it fell short (nguyên nhân).")
    directives: tuple[Quotation, ...] = Field(
        default=(), description="What is asked for in the coming period (phương hướng, nhiệm vụ)."
    )
    summary: str | None = Field(
        default=None, description="A short Vietnamese summary; each of its numbers is one of the article's."
    )
    findings: tuple[Finding, ...] = Field(default=(), description="Where the article contradicts itself.")
    left_out: tuple[LeftOut, ...] = Field(default=(), description="What could not be anchored.")
    anchors: dict[str, tuple[Place, ...]] = Field(
        default_factory=dict,
        description="Where the header's fields stand (`organization`, `date_held`, `period`, `title`…).",
    )
    provenance: Provenance = Field(description="Model, prompts and cost: what made this report.")
