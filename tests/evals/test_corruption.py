"""evals/corruption: what becomes of corrupted answers in the real pipelines."""

from __future__ import annotations

import asyncio

import pytest

from evals.corruption.kinds import KINDS
from evals.corruption.suite import SuiteResult, run_suite
from evals.gold import LabelledArticle


@pytest.fixture(scope="module")
def embedded(five: list[LabelledArticle]) -> SuiteResult:
    """Every kind once an article, through the summarizer."""
    return asyncio.run(run_suite("embedded", five, most=1, seed=1))


def test_right_answers_give_right_counts_with_no_false_alarm(embedded: SuiteResult) -> None:
    assert embedded.right == 97
    assert embedded.clean_errors == ()
    assert embedded.false_alarms == ()


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.digits])
def test_a_digit_level_corruption_never_passes(embedded: SuiteResult, kind: str) -> None:
    fates = embedded.fates(kind)
    assert fates.total() > 0
    assert fates["passed"] == 0


def test_a_schema_in_which_the_model_writes_numbers_lets_digits_pass(five: list[LabelledArticle]) -> None:
    result = asyncio.run(run_suite("naive", five[3:4], most=1, seed=1))
    assert result.fates("digit ±1")["passed"] == 1
    assert result.fates("number invented")["passed"] == 1


@pytest.mark.parametrize("kind", ["quotation changed by one word", "summary with one changed number"])
def test_words_and_summaries_that_are_not_the_articles_never_pass(
    five: list[LabelledArticle], kind: str
) -> None:
    # A small model is not asked about sentences.
    fates = asyncio.run(run_suite("embedded", five, most=1, seed=1, profile="large")).fates(kind)
    assert fates.total() > 0
    assert fates["passed"] == 0
