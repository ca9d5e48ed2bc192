"""What a batch writes of its reports for people: pages, an index, and what was corrected."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from summarizer.batch.journal import Journal
from summarizer.batch.pages import JobPages
from summarizer.errors import SourceError
from summarizer.review.exporting import ReviewedReports
from summarizer.review.forms import read_form
from summarizer.review.store import Reviews
from summarizer.sources.document import Document
from tests.pages.gold_reports import EVALS, STEMS, article, gold_report, stem

FIRST = stem("000")


def exported(job: Path, *, exported: int = -1) -> list[dict[str, Any]]:
    """Write the pages and give the corrected reports."""
    out = io.BytesIO()
    with Journal(job) as journal, journal.snapshot():
        shared = journal.shared_slugs()
        pages = JobPages(journal, shared, exported)
        reviewed = ReviewedReports(out, job, shared)
        for line in journal.lines():
            report = None if line.report is None else json.loads(line.report)
            pages.add(line, report)
            reviewed.add(line, report)
        pages.close()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def strike_first(job: Path) -> int:
    report = gold_report(FIRST)
    at = report.counts[0].at
    sent = read_form({f"verdict-{at}": "struck"}, report, Document(FIRST, article(FIRST)))
    Reviews(job).save(FIRST, sent.review)
    return at


def test_every_report_has_a_page_and_a_row_that_leads_to_it(page: Page, job: Path) -> None:
    assert exported(job) == []
    assert {path.stem for path in (job / "reports").glob("*.html")} == set(STEMS)
    page.goto((job / "index.html").as_uri())
    expect(page.locator("#articles tbody tr")).to_have_count(len(STEMS) + 1)
    page.locator("#articles").get_by_role("link", name="Đảng bộ Sở GDĐT").first.click()
    expect(page.get_by_role("heading", name="Bài viết tự mâu thuẫn")).to_be_visible()
    page.get_by_role("link", name="← Tất cả bài").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tổng hợp 6 bài")


def test_a_corrected_report_is_shown_and_exported_as_corrected(job: Path) -> None:
    at = strike_first(job)
    (corrected,) = exported(job)
    assert at not in {count["at"] for count in corrected["counts"]}
    assert corrected["source"]["name"] == f"{FIRST}.txt"
    assert f'id="c{at}"' not in (job / "reports" / f"{FIRST}.html").read_text("utf-8")


def test_pages_that_are_up_to_date_are_left_as_they_are(job: Path) -> None:
    exported(job)
    path = job / "reports" / f"{FIRST}.html"
    path.write_text("as it was", encoding="utf-8")
    exported(job, exported=10**9)
    assert path.read_text("utf-8") == "as it was"
    strike_first(job)
    exported(job, exported=10**9)
    assert path.read_text("utf-8") != "as it was"


def test_a_damaged_review_file_is_said_in_one_line(job: Path) -> None:
    (job / "reports").mkdir()
    (job / "reports" / f"{FIRST}.review.json").write_text("{", encoding="utf-8")
    with pytest.raises(SourceError, match="no review file") as caught:
        Reviews(job).load(FIRST)
    assert "\n" not in str(caught.value)


FORM = {"action": "confirm-rest", "complete": "yes", "header": "confirmed"}


def reviewed_whole(job: Path, name: str) -> None:
    gold = json.loads((EVALS / "gold" / f"{name}.json").read_text("utf-8"))
    header = {key: str(gold[key] or "") for key in ("date_held", "date_published", "period")}
    names = {key: "\n".join(gold[key]) for key in ("organization", "chairs")}
    sent = read_form({**FORM, **header, **names}, gold_report(name), Document(name, article(name)))
    assert not sent.errors
    Reviews(job).save(name, sent.review)


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True)


@pytest.mark.parametrize("name", ["export", "review"])
def test_what_was_reviewed_whole_is_written_as_labels_that_the_evals_accept(job: Path, name: str) -> None:
    for reviewed in STEMS[:3]:
        reviewed_whole(job, reviewed)
    strike_first(job)  # which saves a review of that one anew, and not a whole one
    out = job.parent / "nhãn"
    written = command("summarizer", name, job, "--as-gold", out)
    assert written.stderr.endswith(f"{out}: 2 gold labels; 3 articles are not reviewed whole\n")
    assert written.returncode == 0
    checked = command("evals", "check-gold", "--articles", out / "articles", "--gold", out / "gold")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert checked.stderr.startswith("2 labels, ")
