"""Rows: what a job's tables say of an article, its counts and its findings.

They are made from a report's JSON, not from the model of it, so that a journal of an earlier version can be
exported too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.batch.records import Line

__all__ = (
    "ARTICLE",
    "COUNT",
    "FAILURE",
    "FINDING",
    "Row",
    "article_row",
    "count_rows",
    "failure_row",
    "finding_rows",
    "safe_cell",
)

Cell = str | int | float | None
Row = tuple[Cell, ...]

ARTICLE: dict[str, type] = {
    "article": str,
    "location": str,
    "state": str,
    "organization": str,
    "parent": str,
    "kind": str,
    "title": str,
    "date_held": str,
    "date_published": str,
    "period": int,
    "place": str,
    "chairs": str,
    "counts": int,
    "doubtful": int,
    "findings": int,
    "left_out": int,
    "tokens_in": int,
    "tokens_out": int,
    "cost": float,
    "seconds": float,
    "error": str,
}
COUNT: dict[str, type] = {
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
    "subject": str,
    "grade": str,
    "status": str,
    "counted": str,
    "qualifier": str,
    "heading": str,
    "given_by": str,
    "certainty": str,
    "sentence": str,
}
FINDING: dict[str, type] = {
    "article": str,
    "location": str,
    "kind": str,
    "message": str,
    "arithmetic": str,
    "places": str,
}
FAILURE: dict[str, type] = {
    "article": str,
    "location": str,
    "state": str,
    "kind": str,
    "reason": str,
    "attempts": int,
    "seconds": float,
}

_NOT_DONE = "the job ended before its turn; run the same command again"
# What a spreadsheet takes for the beginning of a formula, also behind blanks that it drops.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Cell) -> Cell:
    """A cell of CSV that no spreadsheet runs: text that begins like a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" \xa0").startswith(_FORMULA):
        return f"'{value}"
    return value


def article_row(line: Line, report: dict[str, Any] | None) -> Row:
    """The row of an article; `report` is its report's JSON, None where it has none."""
    said = report or {}
    counts: list[dict[str, Any]] = said.get("counts", [])
    values = {
        **{name: said.get(name) for name in ARTICLE},
        "article": line.name,
        "location": line.location,
        "state": line.state,
        "chairs": "; ".join(person["name"] for person in said.get("chairs", [])) or None,
        "counts": len(counts) if report else None,
        "doubtful": sum(count.get("certainty") == "doubtful" for count in counts) if report else None,
        "findings": len(said.get("findings", [])) if report else None,
        "left_out": len(said.get("left_out", [])) if report else None,
        "tokens_in": line.tokens_in,
        "tokens_out": line.tokens_out,
        "cost": line.cost,
        "seconds": round(line.seconds, 3),
        "error": line.error,
    }
    return _in_order(values, ARTICLE)


def count_rows(line: Line, report: dict[str, Any]) -> Iterator[Row]:
    """A row for each count of a report."""
    shared = {name: report.get(name) for name in ("organization", "date_held", "period")}
    for count in report.get("counts", []):
        sentence = (count.get("sentence") or {}).get("text")
        values = {
            **{name: count.get(name) for name in COUNT},
            **shared,
            "article": line.name,
            "location": line.location,
            "sentence": sentence,
        }
        yield _in_order(values, COUNT)


def finding_rows(line: Line, report: dict[str, Any]) -> Iterator[Row]:
    """A row for each finding of a report."""
    for finding in report.get("findings", []):
        places = "; ".join(f"{place['text']} @{place['at']}" for place in finding.get("places", []))
        values = {**finding, "article": line.name, "location": line.location, "places": places}
        yield _in_order(values, FINDING)


def failure_row(line: Line) -> Row:
    """The row of an article that has no report, with the reason."""
    return (
        line.name,
        line.location,
        line.state,
        line.error_kind,
        line.error or _NOT_DONE,
        line.attempts,
        round(line.seconds, 3),
    )


def _in_order(values: dict[str, Any], columns: Sequence[str] | dict[str, type]) -> Row:
    return tuple(values[name] for name in columns)
