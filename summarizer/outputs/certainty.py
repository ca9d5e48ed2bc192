"""How sure a report is, in a reader's words: doubtful first, and only what distinguishes one part from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Literal, TypeVar

from summarizer.schemas.labels import Labels
from summarizer.schemas.reading import HEADER_FIELDS, Reader
from summarizer.schemas.report import (
    SECTIONS,
    Certainty,
    Count,
    Difference,
    Elected,
    MeetingReport,
    Person,
    PresentedReport,
    Recipient,
    Section,
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

Part = TypeVar("Part", Count, Person, Elected, Recipient, PresentedReport, Section)


def asked(report: MeetingReport) -> Literal["nothing", "some", "all"]:
    """Return what a model was asked: a small one is asked about some numbers alone, or about nothing."""
    made = report.provenance
    if made.model == "none":
        return "nothing"
    if made.profile.split(" ")[0] != "small":
        return "all"
    return "some" if made.attempts else "nothing"


def certain_words(certainty: Certainty, report: MeetingReport, t: Labels) -> str:
    """Return what there is to say of a part that a person confirmed, or that one reader alone read where two did.

    Empty for what both read alike, for what is doubtful, which has a mark of its own, and for what the rules read
    where the model was not asked about everything: there it stands once, of the whole report.
    """
    if certainty in ("agreed", "doubtful") or (certainty == "rules" and asked(report) != "all"):
        return ""
    return t(f"certainty.{certainty}")


def doubtful_first(parts: Iterable[Part]) -> list[Part]:
    """Return parts of a report with the doubtful ones first, in the article's order otherwise."""
    return sorted(parts, key=lambda part: part.certainty != "doubtful")


def doubtful_count(report: MeetingReport) -> int:
    """Return how many parts of a report are in doubt: counts, fields of the header, people, sections, awards."""
    lists = ("counts", "people", "elected", "recipients", "reports", *SECTIONS)
    parts = (part.certainty for name in lists for part in getattr(report, name))
    return [*parts, *report.certainty.values()].count("doubtful")


def differences_of(report: MeetingReport) -> list[Difference]:
    """Return where the two readers differ, the header's fields first and in its order."""
    return sorted(
        report.differences, key=lambda one: HEADER.index(one.field) if one.field in HEADER else len(HEADER)
    )


def relation_words(count: Count, counts: Mapping[int, Count], t: Labels) -> Iterator[str]:
    """Yield how a count is related to others: `counts` by their offsets."""
    for key, other in (("part_of", count.part_of), ("repeats", count.repeats)):
        if other is not None and other in counts:
            yield t(f"number.{key}", text=t.value(counts[other]))
    if count.whose:
        yield t("number.whose", whose=count.whose)
    if count.direction:
        yield t(f"direction.{count.direction}")


def review_words(report: MeetingReport, t: Labels) -> Iterator[tuple[bool, str]]:
    """Yield what there is to say of a person's review, and whether it is a caution.

    Who reviewed it and when, what was changed that the article says, and what the summary may say otherwise.
    """
    mark = report.review
    if mark is None:
        return
    who = ", ".join(mark.reviewers) or t("message.somebody")
    how = "message.reviewed" if mark.complete else "message.review_begun"
    yield not mark.complete, t(how, who=who, when=t.day(mark.at[:10]))
    changed = [f"{count.text} → {t.value(count)}" for count in report.counts if count.at in mark.changed]
    if changed:
        yield False, t("message.changed", list="; ".join(changed))
    if mark.summary_before:
        yield True, t("message.summary_before", list=named_fields(mark.summary_before, t))


def named_fields(fields: Iterable[str], t: Labels) -> str:
    """Return what fields of a report are called, within a sentence."""
    return ", ".join(t.find(f"field.{name}", name).lower() for name in fields)


def reading_words(difference: Difference, by: Reader, t: Labels) -> str:
    """Return what a reader read of a part, as a reader of the report writes it."""
    words: str | None = getattr(difference, by)
    if not words:
        return t("reads.nothing")
    if difference.field == "people":
        name, _, roles = words.rpartition(": ")
        roles = ", ".join(t.find(f"role.{one}", one) for one in roles.split(", "))
        return ": ".join(filter(None, (name, roles)))
    return field_words(difference.field, words, t)


def field_words(field: str, value: object, t: Labels) -> str:
    """Return a field of the header as a reader writes it."""
    if field.startswith("date_"):
        return t.day(str(value))
    if field == "form":
        return t.find(f"form.{value}", str(value))
    if field == "meeting":
        return t("value.yes" if str(value) == "True" else "value.no")
    return str(value)


def header_values(report: MeetingReport, t: Labels) -> dict[str, str]:
    """Return the fields of the header that have a value, as a reader writes it, by name and in order."""
    return {key: field_words(key, value, t) for key in HEADER if (value := getattr(report, key)) is not None}
