"""evals/corruption: what becomes of corrupted answers in the real pipelines."""

from __future__ import annotations

import asyncio

import pytest

from evals.corruption.kinds import KINDS
from evals.corruption.meeting import MEETING_KINDS
from evals.corruption.suite import SuiteResult, run_suite
from evals.gold import LabelledArticle

HELD = [kind.name for kind in (*KINDS, *MEETING_KINDS) if kind.held]


@pytest.fixture(scope="module")
def large(five: list[LabelledArticle]) -> SuiteResult:
    """Every kind once an article, through the summarizer with a large model that is right about all else."""
    return asyncio.run(run_suite("large", five[:2], most=1, seed=1))


@pytest.fixture(scope="module")
def embedded(five: list[LabelledArticle]) -> SuiteResult:
    """Every kind once, on the one article that has numbers which a small model is asked about."""
    return asyncio.run(run_suite("embedded", [five[2]], most=1, seed=1))


def test_right_answers_are_neither_refused_nor_changed(large: SuiteResult, embedded: SuiteResult) -> None:
    assert (large.right, embedded.right) == (51, 31)
    assert large.clean_errors == embedded.clean_errors == ()
    assert large.false_alarms == embedded.false_alarms == ()


@pytest.mark.parametrize("kind", HELD)
def test_what_code_holds_to_the_article_never_passes(large: SuiteResult, kind: str) -> None:
    fates = large.fates(kind)
    assert fates.total() > 0
    assert fates["passed"] == 0


def test_no_digit_of_a_small_model_passes(embedded: SuiteResult) -> None:
    assert [trial for trial in embedded.trials if trial.held] != []
    assert embedded.held_passed == []


@pytest.mark.parametrize(
    "kind", ["phrases of two numbers swapped", "injected instruction obeyed", "count called none"]
)
def test_a_meaning_that_the_rules_do_not_share_is_marked(large: SuiteResult, kind: str) -> None:
    fates = large.fates(kind)
    assert fates["flagged"] == fates.total() > 0


def test_a_schema_in_which_the_model_writes_numbers_lets_digits_pass(five: list[LabelledArticle]) -> None:
    result = asyncio.run(run_suite("naive", five[3:4], most=1, seed=1))
    assert result.fates("digit ±1")["passed"] == 1
    assert result.fates("number invented")["passed"] == 1
