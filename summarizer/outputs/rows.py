"""Rows: what a job's tables say of an article, its counts, people, sections and findings.

`TABLES` are all of them, each with its columns and the function that makes its rows; CSV, Parquet and workbook take
the same. They are made from a report's JSON, not from the model of it, so that a journal of an earlier version can be
exported too. Machine formats take them as they are, with codes and ISO dates.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from summarizer.outputs.certainty import HEADER
from summarizer.outputs.phrasing import described_beside_heading, written
from summarizer.schemas.labels import Labels
from summarizer.schemas.report import SECTIONS, Finding, MeetingReport, Notice


@dataclass(frozen=True)
class Line:
    """One item with what became of it; `report` is the whole report's JSON, None where there is none.

    An article that is done again has its earlier report until there is a new one: with it, `state` may be `open` or
    `failed` too. `duplicate_of` is the location of the first item with the same text, None for that one itself.
    """

    location: str
    name: str
    state: Literal["done", "failed", "open"]
    report: bytes | None
    attempts: int
    requests: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    seconds: float
    error_kind: str | None
    error: str | None
    change: int
    article: int | None
    duplicate_of: str | None = None

    @cached_property
    def content(self) -> dict[str, Any] | None:
        """The report's JSON, parsed."""
        return None if self.report is None else json.loads(self.report)

    @cached_property
    def made(self) -> MeetingReport | None:
        """The report; None where there is none, or one of an earlier version, which the next run makes anew."""
        try:
            return None if self.report is None else MeetingReport.model_validate_json(self.report)
        except ValidationError:
            return None


Cell = str | int | float | None
Row = tuple[Cell, ...]
Report = dict[str, Any]

_COLUMNS = {
    "articles": f"article location state duplicate_of title meeting {' '.join(HEADER)} chairs summary counts doubtful"
    " findings left_out warnings certainty reviewed_by reviewed_at tokens_in tokens_out cost seconds error",
    "counts": "article location organization date_held period at text value total unit currency subject grade"
    " status counted qualifier heading given_by part_of repeats whose direction certainty reviewed_by reviewed_at"
    " sentence",
    "people": "article location organization date_held name post roles vote award given_by certainty reviewed_by"
    " reviewed_at at",
    "sections": "article location organization period section text presenter certainty reviewed_by reviewed_at at",
    "findings": "article location kind message arithmetic places",
    "failures": "article location state kind reason attempts seconds",
}
_WHOLE = (
    "period period_planned counts doubtful findings left_out tokens_in tokens_out at part_of repeats attempts"
)
_TYPES: dict[str, type] = {
    **dict.fromkeys(_WHOLE.split(), int),
    **dict.fromkeys(("value", "total", "cost", "seconds"), float),
}
# Fields of a report that stand in the table of people beside `people`, by the role that they have there.
_OF_ROLE = {"elected": "elected", "awarded": "recipients"}
_ROLES = (("chairs", "chair"), ("guests", "guest"), ("speakers", "speaker"))
_NOT_DONE = "the job ended before its turn; run the same command again"
# What a spreadsheet takes for the beginning of a formula, also after blanks that it drops.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Cell) -> Cell:
    """Return a cell of CSV that no spreadsheet runs: text that begins like a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" \xa0").startswith(_FORMULA):
        return f"'{value}"
    return value


def _article(line: Line, report: Report, t: Labels | None) -> Iterator[Report]:
    """Yield what there is to say of an article, whether it has a report or not."""
    counts: list[Report] = report.get("counts", [])
    review: Report = report.get("review") or {}
    notices = [Notice.model_validate(notice) for notice in report.get("notices", [])]
    warnings = map(t.notice, notices) if t and notices else report.get("warnings", [])
    numbers: dict[str, Cell] = {
        "counts": len(counts),
        "doubtful": sum(count.get("certainty") == "doubtful" for count in counts),
        "findings": len(report.get("findings", [])),
        "left_out": len(report.get("left_out", [])),
    }
    meeting = report.get("meeting")
    yield {
        **report,
        **(numbers if report else {}),
        "meeting": None if meeting is None else "yes" if meeting else "no",
        "state": line.state,
        "duplicate_of": line.duplicate_of,
        "chairs": "; ".join(person["name"] for person in report.get("chairs", [])) or None,
        "warnings": "; ".join(warnings) or None,
        "certainty": "; ".join(f"{field}: {sure}" for field, sure in report.get("certainty", {}).items())
        or None,
        "reviewed_by": "; ".join(review.get("reviewers", [])) or None,
        "reviewed_at": review.get("at"),
        "tokens_in": line.tokens_in,
        "tokens_out": line.tokens_out,
        "cost": line.cost,
        "seconds": round(line.seconds, 3),
        "error": t.translate(line.error) if t and line.error else line.error,
    }


def _counts(line: Line, report: Report, t: Labels | None) -> Iterator[Report]:
    """Yield each count; in a workbook with the words that lead to it where its own say little."""
    made = line.made if t else None
    told = [described_beside_heading(count) for count in made.counts] if made else []
    for index, count in enumerate(report.get("counts", [])):
        words = {"counted": told[index]} if told else {}
        yield {**count, **words, "sentence": (count.get("sentence") or {}).get("text")}


def _people(line: Line, report: Report, t: Labels | None) -> Iterator[Report]:
    """Yield each person, whoever was elected, and each recipient of an award; who is both has a row for each."""
    people = report.get("people") or [
        {**person, "roles": [role]} for field, role in _ROLES for person in report.get(field, [])
    ]
    elected, recipients = report.get("elected", []), report.get("recipients", [])
    told = {(one["name"], "elected") for one in elected} | {(one["text"], "awarded") for one in recipients}
    for person in people:
        roles = [role for role in person.get("roles", []) if (person["name"], role) not in told]
        if roles or not person.get("roles"):
            yield {**person, "roles": "; ".join(roles)}
    for person in elected:
        yield {**person, "roles": "elected"}
    for one in recipients:
        yield {**one, "name": one["text"], "roles": "awarded"}


def _sections(line: Line, report: Report, t: Labels | None) -> Iterator[Report]:
    """Yield each sentence on achievements, shortcomings, causes and tasks, and each report presented."""
    for section in (*SECTIONS, "reports"):
        for sentence in report.get(section, []):
            yield {**sentence, "section": section}


def _findings(line: Line, report: Report, t: Labels | None) -> Iterator[Report]:
    """Yield each contradiction; in a workbook with what its numbers count, elsewhere with their offsets."""
    counts = {count.at: count for count in line.made.counts} if t and line.made else {}
    for finding in report.get("findings", []):
        made = Finding.model_validate(finding)
        words: Report = {"places": "; ".join(f"{place.text} @{place.at}" for place in made.places)}
        if t is not None:
            numbers = (written(place, counts.get(place.at)) for place in made.places)
            words = {
                "message": t.finding(made),
                "arithmetic": t.arithmetic(made),
                "places": "; ".join(number + (f" ({words})" if words else "") for number, words in numbers),
            }
        yield {**finding, **words}


def _failure(line: Line, report: Report, t: Labels | None) -> Iterator[Report]:
    """Yield an article that has no report, with the reason."""
    if line.state != "done":
        reason = line.error or _NOT_DONE
        yield {
            "state": line.state,
            "kind": line.error_kind,
            "reason": t.translate(reason) if t else reason,
            "attempts": line.attempts,
            "seconds": round(line.seconds, 3),
        }


def _by_whom(values: Report, decided: Mapping[tuple[Any, Any], Report]) -> Report:
    """Return who decided about an item of a report and when; empty where nobody has."""
    for field in (values.get("section"), _OF_ROLE.get(values.get("roles", "")), "counts", "people"):
        if one := decided.get((field, values.get("at"))):
            return {"reviewed_by": one["reviewer"], "reviewed_at": one["saved_at"]}
    return {}


class Table(NamedTuple):
    """A table: its columns with their types, and what makes the values of its rows, by their columns."""

    columns: Mapping[str, type]
    make: Callable[[Line, Report, Labels | None], Iterator[Report]]

    def records(self, line: Line, t: Labels | None) -> Iterator[Report]:
        """Yield what there is to say, by columns and more, of a line and its report, if it has one.

        Sentences of the program's own are in the language of `t`, without one as the report has them.
        """
        report = line.content or {}
        header = {name: report.get(name) for name in ("organization", "date_held", "period")}
        shared = {**header, "article": line.name, "location": line.location}
        decisions = (report.get("review") or {}).get("decisions", [])
        decided = {(one["field"], one["at"]): one for one in decisions}
        for values in self.make(line, report, t):
            yield {**values, **shared, **_by_whom(values, decided)}

    def rows(self, line: Line, t: Labels | None) -> Iterator[Row]:
        """Yield the records as rows of the columns alone."""
        for record in self.records(line, t):
            yield tuple(record.get(name) for name in self.columns)


_MAKERS = (_article, _counts, _people, _sections, _findings, _failure)
TABLES: Mapping[str, Table] = {
    name: Table({column: _TYPES.get(column, str) for column in columns.split()}, make)
    for (name, columns), make in zip(_COLUMNS.items(), _MAKERS, strict=True)
}
