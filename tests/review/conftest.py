"""A finished batch to review, and the browser to do it in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.batch.journal import Journal
from summarizer.batch.records import Entry, Outcome
from tests.browser import browser, page, phone
from tests.pages.gold_reports import STEMS, article, gold_report

__all__ = ("browser", "job", "page", "phone")


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """The folder of a batch that has the labelled articles' reports and one failure."""
    folder = tmp_path / "job"
    folder.mkdir()
    with Journal(folder) as journal:
        run = journal.start_run({})
        entries = [
            Entry(
                f"/bài/{name}.txt", f"{name}.txt", at, name, name, gold_report(name).source.model_dump_json()
            )
            for at, name in enumerate(STEMS)
        ]
        failed = Entry("/bài/hỏng.txt", "hỏng.txt", len(entries), error="is empty")
        decisions = journal.admit(run, "f", [*entries, failed])
        journal.finish(
            Outcome(decision.article, _without_source(name), article(name))
            for decision, name in zip(decisions, STEMS, strict=False)
        )
    return folder


def _without_source(name: str) -> bytes:
    report = gold_report(name).model_dump(mode="json", exclude={"source"})
    return json.dumps(report, ensure_ascii=False).encode()
