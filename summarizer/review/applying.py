"""Applying a review: the report as corrected, and the gold label that a complete review is."""

from __future__ import annotations

from typing import Any

from summarizer.errors import SourceError
from summarizer.review.records import CountReview, HeaderReview, Review, ReviewedCount
from summarizer.schemas.report import Count, MeetingReport, Person, SetAside

__all__ = ("apply_review", "as_gold")

_HEADER = ("organization", "date_held", "date_published", "period")


def apply_review(report: MeetingReport, review: Review) -> MeetingReport:
    """The report with the review's corrections; what was not judged stays as it is.

    Struck counts become numbers set aside, added ones counts; a judged count is `agreed`, and no longer
    doubtful. Raises `SourceError` where the review is of another text.
    """
    _same_text(report, review)
    judged = {entry.at: entry for entry in review.counts}
    before = {count.at: count for count in report.counts}
    counts = [count for count in report.counts if count.at not in judged]
    counts += [_count(entry, entry.count, before.get(entry.at)) for entry in review.counts if entry.count]
    aside = [place for place in report.set_aside if place.at not in judged]
    aside += [
        SetAside(at=entry.at, text=entry.text, reason="other") for entry in review.counts if not entry.count
    ]
    return report.model_copy(
        update={
            "counts": tuple(sorted(counts, key=lambda count: count.at)),
            "set_aside": tuple(sorted(aside, key=lambda place: place.at)),
            "findings": review.findings if review.counts else report.findings,
            **(_header(report, review.header) if review.header else {}),
        }
    )


def as_gold(report: MeetingReport, review: Review) -> dict[str, Any]:
    """The gold label of an article that was reviewed whole, in the form of the files in `evals/gold`.

    Raises `SourceError` where the review is not complete, or of another text.
    """
    if not review.complete or review.header is None:
        raise SourceError(f"{review.name}: was not reviewed whole; look at every number and the header first")
    corrected = apply_review(report, review)
    header = review.header
    return {
        "article": review.name,
        "organization": list(header.organization),
        "date_held": header.date_held,
        "date_published": header.date_published,
        "period": header.period,
        "chairs": [chair.text for chair in header.chairs],
        "counts": [
            {"at": count.at, "text": count.text, **_gold(ReviewedCount.of(count))}
            for count in corrected.counts
        ],
        "excluded": [place.model_dump(include={"at", "text", "reason"}) for place in corrected.set_aside],
        "findings": [
            {
                "kind": finding.kind,
                "at": [place.at for place in finding.places],
                "note": finding.arithmetic,
            }
            for finding in corrected.findings
        ],
    }


def _gold(count: ReviewedCount) -> dict[str, Any]:
    fields = ("value", "total", "unit", "subject", "grade", "status", "counted")
    return {name: getattr(count, name) for name in fields}


def _same_text(report: MeetingReport, review: Review) -> None:
    if report.source.sha256 != review.sha256:
        raise SourceError(f"{review.name}: was reviewed with another text; review it again")


def _count(entry: CountReview, said: ReviewedCount, before: Count | None) -> Count:
    if before is None:
        return Count(
            at=entry.at,
            text=entry.text,
            sentence=entry.sentence,
            certainty="agreed",
            **said.model_dump(),
        )
    same_words = said.counted == before.counted
    return before.model_copy(
        update={
            **said.model_dump(),
            "counted_at": before.counted_at if same_words else None,
            "certainty": "agreed",
            "readings": (),
        }
    )


def _header(report: MeetingReport, header: HeaderReview) -> dict[str, Any]:
    """The header's fields; one that was corrected loses its place, which was that of what it said before."""
    values: dict[str, Any] = {
        "organization": header.organization[0] if header.organization else None,
        "date_held": header.date_held,
        "date_published": header.date_published,
        "period": header.period,
    }
    corrected = {name for name in _HEADER if values[name] != getattr(report, name)}
    known = {(person.name, person.at): person for person in report.chairs}
    chairs = tuple(
        known.get((chair.text, chair.at)) or Person(name=chair.text, at=chair.at, roles=("chair",))
        for chair in header.chairs
    )
    anchors = {name: places for name, places in report.anchors.items() if name not in corrected}
    return {**values, "chairs": chairs, "anchors": anchors}
