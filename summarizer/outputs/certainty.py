"""How sure a report is, in a reader's words: doubtful first, and only what distinguishes one part from another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Protocol, TypeVar

from summarizer.schemas.labels import Labels
from summarizer.schemas.reading import HEADER_FIELDS
from summarizer.schemas.report import Certainty, Difference, MeetingReport

__all__ = (
    "HEADER",
    "HEADER_LINES",
    "certain_words",
    "differences_of",
    "doubtful_count",
    "doubtful_first",
    "header_values",
)

_LINES = (
    ("organization", "parent"),
    ("kind",),
    ("date_held", "date_held_end", "place", "form"),
    ("period", "period_text", "period_planned", "date_published"),
)
_APART = ("title", "meeting", *chain(*_LINES))
HEADER_LINES = (*_LINES, *((name,) for name in HEADER_FIELDS if name not in _APART))
"""The fields of the header as the lines in which a reader is shown them; one that is new comes last."""
HEADER = (*chain(*HEADER_LINES),)


class _Certain(Protocol):
    @property
    def certainty(self) -> Certainty: ...


Part = TypeVar("Part", bound=_Certain)


def certain_words(certainty: Certainty, report: MeetingReport, t: Labels) -> str:
    """Return what there is to say of a part that a person confirmed, or that one reader alone read where two did.

    Empty for what both read alike, for what is doubtful, which has a mark of its own, and where no model was
    asked: there it stands once, of the whole report.
    """
    if certainty in ("agreed", "doubtful") or (certainty != "reviewed" and report.provenance.model == "none"):
        return ""
    return t(f"certainty.{certainty}")


def doubtful_first(parts: Iterable[Part]) -> list[Part]:
    """Return parts of a report with the doubtful ones first, in the article's order otherwise."""
    return sorted(parts, key=lambda part: part.certainty != "doubtful")


def doubtful_count(report: MeetingReport) -> int:
    """Return how many parts of a report are in doubt: counts, fields of the header, people, sections, awards."""
    parts = (
        *report.counts,
        *report.people,
        *report.elected,
        *report.recipients,
        *report.reports,
        *report.achievements,
        *report.shortcomings,
        *report.causes,
        *report.directives,
    )
    return sum(part.certainty == "doubtful" for part in parts) + sum(
        certainty == "doubtful" for certainty in report.certainty.values()
    )


def differences_of(report: MeetingReport) -> list[Difference]:
    """Return where the two readers differ, the header's fields first and in its order."""
    rank = {field: at for at, field in enumerate(HEADER)}
    return sorted(report.differences, key=lambda one: rank.get(one.field, len(rank)))


def header_values(report: MeetingReport, t: Labels) -> dict[str, str]:
    """Return the fields of the header that have a value, as a reader writes it, by name and in order."""
    values: dict[str, str] = {}
    for key in HEADER:
        value = getattr(report, key)
        if value is None:
            continue
        if key.startswith("date_"):
            values[key] = t.day(value)
        elif key == "form":
            values[key] = t(f"form.{value}")
        else:
            values[key] = str(value)
    return values
