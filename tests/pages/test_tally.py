"""What an article adds to a collection: each figure once, and only what is sure."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.outputs.pages.tally import graded, share_excellent
from summarizer.schemas.report import Count, MeetingReport
from tests.pages.gold_reports import gold_report, stem


def with_counts(*given: dict[str, Any]) -> MeetingReport:
    report = gold_report(stem("000"))
    base = next(count for count in report.counts if count.subject == "party_member")
    counts: list[Count] = [base.model_copy(update=update) for update in given]
    return report.model_copy(update={"counts": tuple(counts)})


def test_the_figures_of_an_article_are_those_it_tells() -> None:
    assert graded(gold_report(stem("000"))) == {
        ("organizations", "excellent"): 2,
        ("organizations", "good"): 12,
        ("members", "excellent"): 27,
        ("members", "good"): 145,
        ("members", "completed"): 4,
        ("members", "unrated"): 1,
    }


def test_a_figure_told_twice_counts_once() -> None:
    assert graded(gold_report(stem("001")))["members", "excellent"] == 9  # 09/41, and 9 rewarded


@pytest.mark.parametrize(
    "unsure", [{"status": "target"}, {"unit": "percent"}, {"certainty": "doubtful"}, {"grade": None}]
)
def test_what_is_no_sure_result_does_not_count(unsure: dict[str, Any]) -> None:
    report = with_counts({"value": 3, "grade": "good"}, {"value": 99, "grade": "good", **unsure})
    assert graded(report) == {("members", "good"): 3}


def test_the_share_is_of_the_fractions_total_where_there_is_one() -> None:
    share = share_excellent(gold_report(stem("001")))
    assert share
    assert (share.excellent, share.graded) == (9, 41)


def test_the_share_is_else_of_all_members_graded() -> None:
    share = share_excellent(gold_report(stem("000")))
    assert share
    assert (share.excellent, share.graded) == (27, 177)


def test_there_is_no_share_of_a_few_or_where_only_the_excellent_are_told() -> None:
    few = with_counts({"value": 1, "grade": "excellent"}, {"value": 8, "grade": "good"})
    assert share_excellent(few) is None
    assert share_excellent(with_counts({"value": 50, "grade": "excellent"})) is None
