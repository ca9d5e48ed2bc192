"""The articles to review, as whoever has them gives them: a batch's journal, or a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from summarizer.outputs.certainty import doubtful_count
from summarizer.review.applying import undecided
from summarizer.review.decisions import Review
from summarizer.schemas.report import MeetingReport
from summarizer.sources.document import Document


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that has a report: the name of its page, the hash of its text, and what a list shows of it.

    `parts` is how many parts of the report can be decided about, `doubtful` how many of them are in doubt.
    """

    page: str
    name: str
    sha256: str
    title: str
    organization: str
    parts: int
    findings: int
    doubtful: int


class Articles(Protocol):
    """Articles with their reports, in the order in which they are gone through.

    `report` is uncorrected; `document` is the text that the report's offsets count.
    """

    def __iter__(self) -> Iterator[Listed]: ...
    def report(self, article: Listed) -> MeetingReport: ...
    def document(self, article: Listed) -> Document: ...


def listed(page: str, name: str, report: MeetingReport) -> Listed:
    """Return what a list shows of an article with this report."""
    nobody = Review(name=name, sha256=report.source.sha256)
    return Listed(
        page=page,
        name=name,
        sha256=report.source.sha256,
        title=report.title or name,
        organization=report.organization or "",
        parts=sum(undecided(report, nobody).values()),
        findings=len(report.findings),
        doubtful=doubtful_count(report),
    )
