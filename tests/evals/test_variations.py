"""evals/variations.py, evals/bench.py: variations of labelled articles, and finding one planted error."""

from __future__ import annotations

import asyncio
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.bench import run_bench
from evals.gold import LabelledArticle, load_labelled
from evals.goldcheck import check_label
from evals.options import ARTICLES, GOLD
from evals.variations import STEPS, variations, vary

FIVE = load_labelled(ARTICLES, GOLD)


@settings(max_examples=40)
@given(article=st.sampled_from(FIVE), seed=st.integers(0, 2**32))
def test_a_variation_is_labelled_as_well_as_its_original(article: LabelledArticle, seed: int) -> None:
    varied = vary(article, random.Random(seed), "v")  # noqa: S311
    assert len(varied.gold.counts) == len(article.gold.counts)
    assert [line for line in check_label(varied) if "is neither" not in line] == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_each_step_changes_the_text_and_keeps_the_label_in_place(step) -> None:
    article = FIVE[1]
    seeds = [step(article.text, article.gold, random.Random(seed)) for seed in range(4)]  # noqa: S311
    assert any(text != article.text for text, _ in seeds)
    for text, gold in seeds:
        assert all(
            text[entry.at : entry.end] == entry.text for entry in (*gold.counts, *(gold.excluded or ()))
        )


def test_all_forms_come(five: list[LabelledArticle]) -> None:
    varied = list(variations(five, 30, seed=3))
    assert any(not unicodedata.is_normalized("NFC", article.text) for article in varied)
    assert any("\u00a0 " in article.text or "  " in article.text for article in varied)
    assert len({article.name for article in varied}) == 30


def test_equal_seeds_give_equal_variations(five: list[LabelledArticle]) -> None:
    assert [a.digest for a in variations(five, 6, seed=7)] == [a.digest for a in variations(five, 6, seed=7)]


@pytest.mark.parametrize("seed", range(3))
def test_one_planted_wrong_count_is_found_among_many(five: list[LabelledArticle], seed: int) -> None:
    result = asyncio.run(run_bench(five, 60, seed))
    assert result.right
    assert len(result.found) == 1
