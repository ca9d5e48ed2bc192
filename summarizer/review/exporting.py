"""`reviewed.jsonl`: the reports that a person has looked at, as corrected, one a line.

A table of the batch's exports: it takes the journal's lines one by one.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from summarizer.batch.records import Line
from summarizer.outputs.slugs import page_name
from summarizer.review.applying import apply_review
from summarizer.review.store import Reviews
from summarizer.schemas.report import MeetingReport

__all__ = ("ReviewedReports",)


class ReviewedReports:
    """Writes the corrected reports to `file`; a review of another text than the report's is passed over."""

    def __init__(self, file: IO[bytes], folder: Path, shared: Collection[str]) -> None:
        self._file = file
        self._reviews = Reviews(folder)
        self._shared = shared

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line of the journal, with its report's JSON where it has one."""
        review = self._reviews.load(page_name(line.name, line.location, self._shared))
        if review is None or report is None:
            return
        try:
            made = MeetingReport.model_validate(report)
        except ValidationError:
            return  # of an earlier version; the batch makes it anew when it is run again
        if made.source.sha256 == review.sha256:
            self._file.write(apply_review(made, review).model_dump_json().encode() + b"\n")
