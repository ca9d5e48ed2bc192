"""The pages of a review: the list of articles, and an article with a form beside its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.article.article import take_apart
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.evidence import evidence_view
from summarizer.outputs.pages.marks import snippet
from summarizer.review.forms import candidates
from summarizer.review.records import HeaderReview, Review, ReviewedCount, Verdict
from summarizer.review.shelf import Article
from summarizer.schemas.labels import REASONS, UNITS
from summarizer.schemas.report import MeetingReport, Place, SetAside
from summarizer.sources.document import Document

__all__ = ("Listed", "article_page", "content_policy", "list_page")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the list, with how far its review is: `judged` counts of all, or complete."""

    article: Article
    judged: int
    complete: bool


@dataclass(frozen=True, slots=True)
class _Editor:
    """The fields for one number, filled with what is known of it."""

    at: int
    id: str
    text: str
    before: str
    after: str
    reason: str
    verdict: Verdict | None
    said: ReviewedCount | None


@cache
def content_policy() -> str:
    """The policy of these pages: their own style, no script, and forms that are sent only here."""
    return policy(styles=(_style(),), forms="'self'")


def list_page(listed: Sequence[Listed], folder: str) -> str:
    """The list of articles, those with something wrong first."""
    first = sorted(listed, key=lambda one: (one.complete, not (one.article.findings or one.article.doubtful)))
    complete = sum(one.complete for one in listed)
    return template("shelf.html").render(
        listed=first, complete=complete, folder=folder, style=_style(), policy=content_policy()
    )


def article_page(
    report: MeetingReport,
    document: Document,
    review: Review | None,
    *,
    beside: tuple[str | None, str | None],
    state: str,
    errors: Sequence[str] = (),
    saved: bool = False,
) -> str:
    """The page of an article under review; `state` is the mark of the review that it shows."""
    judged = {entry.at: entry for entry in review.counts} if review else {}
    counts: dict[int, _Editor] = {}
    for count in report.counts:
        entry = judged.get(count.at)
        said = (entry.count if entry else None) or ReviewedCount.of(count)
        counts[count.at] = _Editor(
            count.at, f"c{count.at}", count.text, "", "", "", entry.verdict if entry else None, said
        )
    view = evidence_view(report, document.text)
    return template("review.html").render(
        view,
        editors=counts,
        others=_others(report, document, review),
        header_fields=(review.header if review else None) or _header(report),
        header_confirmed=bool(review and review.header),
        review=review,
        left=len(report.counts) - sum(at in judged for at in counts),
        UNITS=UNITS,
        beside=beside,
        state=state,
        errors=errors,
        saved=saved,
        style=_style(),
        policy=content_policy(),
    )


@cache
def _style() -> str:
    return asset("base.css") + asset("evidence.css") + asset("review.css")


def _others(report: MeetingReport, document: Document, review: Review | None) -> list[_Editor]:
    """The numbers that are not counted, with what they would say if they were."""
    judged = {entry.at: entry for entry in review.counts} if review else {}
    numbers = {number.at: number for number in take_apart(document).numbers}
    known = {place.at for place in report.set_aside}
    editors: list[_Editor] = []
    for at, place in candidates(report, document).items():
        entry, number = judged.get(at), numbers.get(at)
        said = entry.count if entry else None
        if said is None and number is not None:
            said = ReviewedCount(
                value=number.value, total=number.total, unit=number.unit, subject="other", status="result", counted=""
            )  # fmt: skip
        before, _, after = snippet(document.text, at, place.end)
        editors.append(
            _Editor(
                at=at,
                id=f"s{at}" if at in known else f"u{at}",
                text=place.text,
                before=before,
                after=after,
                reason=_reason(place),
                verdict=entry.verdict if entry else None,
                said=said,
            )
        )
    return editors


def _reason(place: Place) -> str:
    return REASONS[place.reason] if isinstance(place, SetAside) else "báo cáo không nói đến"


def _header(report: MeetingReport) -> HeaderReview:
    return HeaderReview(
        organization=(report.organization,) if report.organization else (),
        date_held=report.date_held,
        date_published=report.date_published,
        period=report.period,
        chairs=tuple(Place(at=person.at, text=person.name) for person in report.chairs),
    )
