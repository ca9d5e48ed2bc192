"""A finished batch to review, and the browser to do it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.batch.journal import Journal
from summarizer.batch.records import Entry
from summarizer.batch.runner import outcome_of
from tests.browser import browser, page, phone
from tests.pages.gold_reports import STEMS, article, rules_report
from tests.review.reviewing import whole_report

__all__ = ("browser", "job", "page", "phone")


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """The folder of a batch that has five articles' reports, by the rules, and one failure.

    The report of the first article has something in every part that a report has.
    """
    folder = tmp_path / "job"
    folder.mkdir()
    with Journal(folder) as journal:
        run = journal.start_run({})
        reports = [whole_report(), *(rules_report(name) for name in STEMS[1:])]
        entries = [
            Entry(f"/bài/{name}.txt", f"{name}.txt", at, name, name, report.source.model_dump_json())
            for at, (name, report) in enumerate(zip(STEMS, reports, strict=True))
        ]
        failed = Entry("/bài/hỏng.txt", "hỏng.txt", len(entries), error="is empty")
        decisions = journal.admit(run, "f", [*entries, failed])
        journal.finish(
            replace(outcome_of(report, decision.article), text=article(name))
            for decision, report, name in zip(decisions, reports, STEMS, strict=False)
        )
    return folder
