"""The meeting report: what `summarize` returns and what `reports.jsonl` holds, one a line.

Every offset is an index into the article's text as read from the file (`open(path, newline="")`, no
normalisation, as Python indexes it); every span is half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from summarizer.schemas.provenance import Part, Provenance, ReviewMark, Source, optional, several
from summarizer.schemas.taxonomy import active

Unit = Literal["count", "percent", "money"]


class _OneOf:
    """A value of the taxonomy in use: checked when a report is read, listed in the report's JSON schema."""

    def __init__(self, rows: Literal["subjects", "grades"]) -> None:
        self._rows = rows

    def _known(self) -> list[str]:
        return [row.value for row in getattr(active(), self._rows)]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: str) -> str:
            if value not in (known := self._known()):
                raise ValueError(f"{value!r} is none of {', '.join(known)}")
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "enum": self._known()}


Subject: TypeAlias = Annotated[str, _OneOf("subjects")]
"""What a number counts: a value of the taxonomy in use (`summarizer.schemas.taxonomy`)."""
Grade: TypeAlias = Annotated[str, _OneOf("grades")]
"""How an organization or a person was graded: a value of the taxonomy in use."""
Status = Literal["result", "target"]
FindingKind = Literal["parts_total", "percent", "grade_total", "same_fact"]
Direction = Literal["increase", "decrease", "shortage"]
SectionName = Literal["achievements", "shortcomings", "causes", "directives"]
SECTIONS: tuple[SectionName, ...] = get_args(SectionName)
"""The lists of a report that hold sentences."""
Role = Literal["chair", "guest", "speaker", "presenter", "awarded", "elected", "other"]
Certainty = Literal["agreed", "model", "rules", "doubtful", "reviewed"]
"""How sure a part of the report is, by the two readers, or by the person who looked at it.

`agreed`: both read the article independently, with one result. `model`, `rules`: only that one could read it.
`doubtful`: they differ; the reading of the one that leads stands, and both are kept.
`reviewed`: a person has confirmed, corrected or added it.
"""
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


class Place(Part):
    """Words of the article and where they stand."""

    at: int = Field(description="Offset of the first character in the article's text.", ge=0)
    text: str = Field(description="The words exactly as they stand there.")

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.at + len(self.text)


class Quotation(Place):
    """A sentence or clause of the article, word for word."""


class Reading(Part):
    """One reader's way to read a number."""

    by: Literal["rules", "model"] = Field(description="Who read it so.")
    counted: str = Field(default="", description="The article's words taken as what is counted.")
    subject: Subject | None = optional(
        "The subject; null where this reader says that the number counts nothing."
    )
    grade: Grade | None = optional("The grade (xếp loại), if any.")
    status: Status | None = optional("Result or target, where this reader says it.")


class Difference(Part):
    """Two readings of one part of the report that is not a count; the leader's stands in the report."""

    field: str = Field(description="The report's field (`organization`, `people`, `achievements`…).")
    rules: str | None = Field(description="What the rules read; null where they saw nothing.")
    model: str | None = Field(description="What the model read; null where it saw nothing.")
    at: int | None = optional("Where it stands in the article, if in one place.")


class Count(Part):
    """A number of the article that counts something; value and place are read by code, never by a model."""

    at: int = Field(description="Offset of the number's first character in the article's text.", ge=0)
    text: str = Field(description="The number exactly as written at `at` (`1/5`, `75,2`, `6.481`, `hai`).")
    value: int | float = Field(description="The number's value; money in đồng.")
    total: int | float | None = optional("The total of a fraction: 5 in `1/5`.")
    unit: Unit = Field(description="`count`, `percent`, or `money` (đồng).")
    subject: Subject = Field(description="What kind of thing is counted, from the taxonomy.")
    grade: Grade | None = optional("The grade (xếp loại) of what is counted, if any.")
    status: Status = Field(description="`target` for what is planned or asked for, else `result`.")
    counted: str = Field(description="The article's words that say what is counted.")
    counted_at: int | None = optional("Offset of those words; null where they stand in several places.")
    qualifier: str | None = optional(
        "A word that bounds the value (trên, gần, hơn, khoảng…), kept as written."
    )
    sentence: Quotation = Field(
        description="The sentence the number stands in; what is around it where a text has no stops."
    )
    heading: str | None = optional(
        "Its programme or heading (`Hệ liên kết đào tạo`), or what was done with those counted (`kết nạp`)."
    )
    given_by: str | None = optional("Who gave the award that is counted, if said.")
    currency: str | None = optional(
        "ISO code of foreign money (`USD`); null for đồng and whatever is no money."
    )
    part_of: int | None = optional("`at` of the total that this number is a part of.")
    repeats: int | None = optional("`at` of an earlier number that tells the same fact.")
    whose: str | None = optional("The other body whose figure this is; null for the body that met.")
    direction: Direction | None = optional(
        "The number is by how much something rose or fell, or what is lacking."
    )
    certainty: Certainty = Field(
        description=(
            "`agreed`: rules and model read it alike; `rules` or `model`: only that one could read it; "
            "`doubtful`: they differ, see `readings`; `reviewed`: a person has confirmed or corrected it."
        )
    )
    readings: tuple[Reading, ...] = several("Both readings where they differ.")

    @property
    def end(self) -> int:
        """The offset behind the number's last character."""
        return self.at + len(self.text)


class SetAside(Place):
    """A number of the article that counts nothing, with the reason."""

    reason: Reason = Field(description="Why it is not a count.")
    readings: tuple[Reading, ...] = several("Both readings, where one reader took it for a count.")


class Section(Quotation):
    """A sentence or clause that tells of an achievement, a shortcoming, its cause, or what is to be done."""

    certainty: Certainty = Field(default="rules", description="How sure its kind is.")


class Person(Part):
    """Someone named in the article."""

    name: str = Field(description="The bare name, without titles.")
    at: int = Field(description="Offset of the name.", ge=0)
    post: str | None = optional("The office as written, without forms of address, degrees and ranks.")
    roles: tuple[Role, ...] = several("What the person did here.")
    certainty: Certainty = Field(default="rules", description="How sure name and roles are.")


class Elected(Part):
    """Someone elected or appointed to a post at this meeting."""

    name: str = Field(description="The bare name, without titles.")
    at: int = Field(description="Offset of the name.", ge=0)
    post: str | None = optional("The post, as written.")
    vote: str | None = optional("The vote as written (`100%`, `45/47 phiếu`), if said.")
    certainty: Certainty = Field(default="rules", description="How sure name and post are.")


class PresentedReport(Place):
    """A report that the meeting heard; `text` is its title as written."""

    presenter: str | None = optional("Who presented it, if said.")
    certainty: Certainty = Field(default="rules", description="How sure title and presenter are.")


class Recipient(Place):
    """A named recipient of an award, whether or not a number stands with it; `text` is the name."""

    award: str | None = optional("The award or distinction, as written.")
    given_by: str | None = optional("Who gave it, if said.")
    certainty: Certainty = Field(default="rules", description="How sure name and award are.")


class Notice(Part):
    """What the program says of an article, in no language: `notice.<code>` of `labels.csv` has the words."""

    code: str = Field(description="Which notice it is.")
    values: Mapping[str, str | int | float | tuple[Notice, ...]] = Field(
        default_factory=dict,
        description="What its words name: numbers, words of the article, or a list of notices.",
    )


class LeftOut(Part):
    """Something the model said, or the article may say, that could not be anchored; never guessed."""

    field: str = Field(description="The report's field it was for.")
    text: str = Field(description="What was said, shortened.")
    why: str = Field(description="Why it was left out, in one Vietnamese line.")
    reason: Notice | None = optional("The same by its code; null in reports of an earlier version.")


class Finding(Part):
    """Something in the article that does not agree with itself. It warns; it never changes a number."""

    kind: FindingKind = Field(
        description=(
            "`parts_total`: parts do not sum to their total; `percent`: a/b is not the percentage beside it; "
            "`grade_total`: grades exceed the number graded; `same_fact`: one fact told with two values."
        )
    )
    message: str = Field(description="The finding in one Vietnamese sentence or two.")
    notices: tuple[Notice, ...] = several("The same by their codes; empty in reports of an earlier version.")
    arithmetic: str = Field(description="The sum or quotient that shows it, with its numbers.")
    places: tuple[Place, ...] = Field(description="Every number involved, the suspected one first.")


class MeetingReport(Part):
    """A Vietnamese web article about a review meeting, as a report in which every count has its place."""

    source: Source = Field(description="The file or address that was read, with the hash of its text.")
    warnings: tuple[str, ...] = several(
        "What a reader must know before anything else, a Vietnamese sentence each."
    )
    notices: tuple[Notice, ...] = several(
        "The warnings by their codes; empty in reports of an earlier version."
    )
    meeting: bool | None = optional("Whether the article tells of one meeting.")
    title: str | None = optional("Title of the article.")
    kind: str | None = optional("Kind of meeting, as written (`Hội nghị tổng kết…`).")
    organization: str | None = optional("The body whose meeting it is.")
    parent: str | None = optional("The body above it, if said.")
    place: str | None = optional("Where it met, if said.")
    form: Literal["in_person", "online", "hybrid"] | None = optional("How it met, if said.")
    date_held: str | None = optional("Day of the meeting, ISO; the first of several.")
    date_held_end: str | None = optional("Its last day, ISO, where it took several.")
    date_published: str | None = optional("Day the article was posted, ISO.")
    period: int | None = optional("Year under review; of a school year, its end.")
    period_text: str | None = optional(
        "What is reviewed, as written (`năm học 2019-2020`, `6 tháng đầu năm 2023`)."
    )
    period_planned: int | None = optional("Year planned for.")
    people: tuple[Person, ...] = several("Everybody named who took part, with office and roles, in order.")
    chairs: tuple[Person, ...] = several("Those of `people` who chaired (chủ trì, chủ tọa).")
    guests: tuple[Person, ...] = several("Those who attended as guests (đến dự, tham dự).")
    speakers: tuple[Person, ...] = several("Those who spoke (phát biểu, kết luận, chỉ đạo).")
    elected: tuple[Elected, ...] = several("Who was elected or appointed, in order.")
    reports: tuple[PresentedReport, ...] = several("Reports presented to the meeting.")
    counts: tuple[Count, ...] = several("Every number that counts something, in order.")
    set_aside: tuple[SetAside, ...] = several("Every number that counts nothing, with the reason, in order.")
    recipients: tuple[Recipient, ...] = several("Named recipients of awards.")
    achievements: tuple[Section, ...] = several("What was achieved (kết quả, ưu điểm).")
    shortcomings: tuple[Section, ...] = several("What fell short (hạn chế, tồn tại).")
    causes: tuple[Section, ...] = several("Why it fell short (nguyên nhân).")
    directives: tuple[Section, ...] = several(
        "What is asked for in the coming period (phương hướng, nhiệm vụ)."
    )
    summary: str | None = optional("A short Vietnamese summary; each of its numbers is one of the article's.")
    findings: tuple[Finding, ...] = several("Where the article contradicts itself.")
    left_out: tuple[LeftOut, ...] = several("What could not be anchored.")
    certainty: dict[str, Certainty] = Field(
        default_factory=dict, description="How sure each field of the header and the summary is, by its name."
    )
    differences: tuple[Difference, ...] = several("Where the two readers differ about what is not a count.")
    anchors: dict[str, tuple[Place, ...]] = Field(
        default_factory=dict,
        description="Where the header's fields stand (`organization`, `date_held`, `period`, `title`…).",
    )
    review: ReviewMark | None = optional(
        "Who reviewed the report and when; its corrections are in it. Null: nobody."
    )
    provenance: Provenance = Field(description="Model, prompts and cost: what made this report.")
