"""Rows: what a job's tables say of an article, its counts, people, sections and findings.

`TABLES` are all of them, each with its columns and the function that makes its rows; CSV, Parquet and workbook take
the same. They are made from a report's JSON, not from the model of it, so that a journal of an earlier version can be
exported too. Machine formats take them as they are, with codes and ISO dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from summarizer.outputs.certainty import HEADER
from summarizer.schemas.labels import Labels
from summarizer.schemas.report import SECTIONS, Finding, Notice

__all__ = (
    "TABLES",
    "Cell",
    "Line",
    "Row",
    "Table",
    "safe_cell",
)


class Line(Protocol):
    """An item of a job with what became of it (`summarizer.batch.records.Line`)."""

    @property
    def name(self) -> str: ...
    @property
    def location(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def attempts(self) -> int: ...
    @property
    def tokens_in(self) -> int: ...
    @property
    def tokens_out(self) -> int: ...
    @property
    def cost(self) -> float | None: ...
    @property
    def seconds(self) -> float: ...
    @property
    def error_kind(self) -> str | None: ...
    @property
    def error(self) -> str | None: ...


Cell = str | int | float | None
Row = tuple[Cell, ...]

_ARTICLE: dict[str, type] = {
    "article": str,
    "location": str,
    "state": str,
    "title": str,
    **{name: int if name in ("period", "period_planned") else str for name in HEADER},
    "chairs": str,
    "counts": int,
    "doubtful": int,
    "findings": int,
    "left_out": int,
    "warnings": str,
    "certainty": str,
    "reviewed_by": str,
    "reviewed_at": str,
    "tokens_in": int,
    "tokens_out": int,
    "cost": float,
    "seconds": float,
    "error": str,
}
_COUNT: dict[str, type] = {
    "article": str,
    "location": str,
    "organization": str,
    "date_held": str,
    "period": int,
    "at": int,
    "text": str,
    "value": float,
    "total": float,
    "unit": str,
    "currency": str,
    "subject": str,
    "grade": str,
    "status": str,
    "counted": str,
    "qualifier": str,
    "heading": str,
    "given_by": str,
    "part_of": int,
    "repeats": int,
    "whose": str,
    "direction": str,
    "certainty": str,
    "sentence": str,
}
_PERSON: dict[str, type] = {
    "article": str,
    "location": str,
    "organization": str,
    "date_held": str,
    "name": str,
    "post": str,
    "roles": str,
    "vote": str,
    "award": str,
    "given_by": str,
    "certainty": str,
    "at": int,
}
_SECTION: dict[str, type] = {
    "article": str,
    "location": str,
    "organization": str,
    "period": int,
    "section": str,
    "text": str,
    "certainty": str,
    "at": int,
}
_FINDING: dict[str, type] = {
    "article": str,
    "location": str,
    "kind": str,
    "message": str,
    "arithmetic": str,
    "places": str,
}
_FAILURE: dict[str, type] = {
    "article": str,
    "location": str,
    "state": str,
    "kind": str,
    "reason": str,
    "attempts": int,
    "seconds": float,
}

_ROLES = (("chairs", "chair"), ("guests", "guest"), ("speakers", "speaker"))
_NOT_DONE = "the job ended before its turn; run the same command again"
# What a spreadsheet takes for the beginning of a formula, also after blanks that it drops.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Cell) -> Cell:
    """Return a cell of CSV that no spreadsheet runs: text that begins like a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" \xa0").startswith(_FORMULA):
        return f"'{value}"
    return value


def _article(line: Line, report: dict[str, Any] | None, t: Labels | None) -> Iterator[Row]:
    """Yield the row of an article, whether it has a report or not."""
    made: dict[str, Any] = report or {}
    counts: list[dict[str, Any]] = made.get("counts", [])
    certainty: dict[str, str] = made.get("certainty", {})
    review: dict[str, Any] = made.get("review") or {}
    values = {
        **{name: made.get(name) for name in _ARTICLE},
        "article": line.name,
        "location": line.location,
        "state": line.state,
        "chairs": "; ".join(person["name"] for person in made.get("chairs", [])) or None,
        "counts": len(counts) if report else None,
        "doubtful": sum(count.get("certainty") == "doubtful" for count in counts) if report else None,
        "findings": len(made.get("findings", [])) if report else None,
        "left_out": len(made.get("left_out", [])) if report else None,
        "warnings": "; ".join(_warnings(made, t)) or None,
        "certainty": "; ".join(f"{field}: {sure}" for field, sure in certainty.items()) or None,
        "reviewed_by": "; ".join(review.get("reviewers", [])) or None,
        "reviewed_at": review.get("at"),
        "tokens_in": line.tokens_in,
        "tokens_out": line.tokens_out,
        "cost": line.cost,
        "seconds": round(line.seconds, 3),
        "error": t.translate(line.error) if t and line.error else line.error,
    }
    yield _in_order(values, _ARTICLE)


def _counts(line: Line, report: dict[str, Any] | None, t: Labels | None) -> Iterator[Row]:
    for count in (report or {}).get("counts", []):
        sentence = (count.get("sentence") or {}).get("text")
        yield _in_order(
            {**{name: count.get(name) for name in _COUNT}, **_shared(line, report), "sentence": sentence},
            _COUNT,
        )


def _people(line: Line, report: dict[str, Any] | None, t: Labels | None) -> Iterator[Row]:
    """Yield a row for each person, whoever was elected, and each recipient of an award."""
    report = report or {}
    shared = _shared(line, report)
    people = report.get("people") or [
        {**person, "roles": [role]} for field, role in _ROLES for person in report.get(field, [])
    ]
    rows: list[dict[str, Any]] = [
        *({**person, "roles": "; ".join(person.get("roles", []))} for person in people),
        *({**person, "roles": "elected"} for person in report.get("elected", [])),
        *({**one, "name": one["text"], "roles": "awarded"} for one in report.get("recipients", [])),
    ]
    for row in rows:
        yield _in_order({**{name: row.get(name) for name in _PERSON}, **shared}, _PERSON)


def _sections(line: Line, report: dict[str, Any] | None, t: Labels | None) -> Iterator[Row]:
    """Yield a row for each sentence on achievements, shortcomings, causes and tasks."""
    for section in SECTIONS:
        for sentence in (report or {}).get(section, []):
            values = {name: sentence.get(name) for name in _SECTION}
            yield _in_order({**values, **_shared(line, report), "section": section}, _SECTION)


def _findings(line: Line, report: dict[str, Any] | None, t: Labels | None) -> Iterator[Row]:
    for finding in (report or {}).get("findings", []):
        places = "; ".join(f"{place['text']} @{place['at']}" for place in finding.get("places", []))
        words: dict[str, Any] = {}
        if t is not None:
            made = Finding.model_validate(finding)
            words = {"message": t.finding(made), "arithmetic": t.arithmetic(made)}
        yield _in_order({**finding, **words, **_shared(line, report), "places": places}, _FINDING)


def _failure(line: Line, report: dict[str, Any] | None, t: Labels | None) -> Iterator[Row]:
    """Yield the row of an article that has no report, with the reason."""
    if line.state != "done":
        reason = line.error or _NOT_DONE
        reason = t.translate(reason) if t else reason
        seconds = round(line.seconds, 3)
        yield (line.name, line.location, line.state, line.error_kind, reason, line.attempts, seconds)


def _warnings(report: dict[str, Any], t: Labels | None) -> Sequence[str]:
    notices = [Notice.model_validate(notice) for notice in report.get("notices", [])]
    return [t.notice(notice) for notice in notices] if t and notices else report.get("warnings", [])


def _shared(line: Line, report: dict[str, Any] | None) -> dict[str, Any]:
    header = {name: (report or {}).get(name) for name in ("organization", "date_held", "period")}
    return {"article": line.name, "location": line.location, **header}


def _in_order(values: dict[str, Any], columns: Sequence[str] | dict[str, type]) -> Row:
    return tuple(values[name] for name in columns)


class Table(NamedTuple):
    """A table: its columns with their types, and what makes the rows of a line and its report's JSON, if it has one.

    Sentences of the program's own are in the language that is given, without one as the report has them.
    """

    columns: Mapping[str, type]
    rows: Callable[[Line, dict[str, Any] | None, Labels | None], Iterator[Row]]


TABLES: Mapping[str, Table] = {
    "articles": Table(_ARTICLE, _article),
    "counts": Table(_COUNT, _counts),
    "people": Table(_PERSON, _people),
    "sections": Table(_SECTION, _sections),
    "findings": Table(_FINDING, _findings),
    "failures": Table(_FAILURE, _failure),
}
