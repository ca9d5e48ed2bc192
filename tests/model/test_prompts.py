"""Prompts are versioned files; filling one never looks into what it is filled with."""

from __future__ import annotations

import pytest

from summarizer.model.prompts import Prompt, load, versions


@pytest.mark.parametrize(("size", "asked"), [("small", 2), ("large", 4)])
def test_each_prompt_of_a_size_has_a_version(size: str, asked: int) -> None:
    assert len(versions(size)) == asked
    assert all(version.isdigit() for version in versions(size).values())


def test_a_place_is_filled_everywhere() -> None:
    assert Prompt("p", "1", "{a}-{b}-{a}").fill(a="1", b="2") == "1-2-1"


@pytest.mark.parametrize("value", ["{b}", "{{ 1+1 }}", "{% raw", "{a}", "{0}", "%s", "{"])
def test_an_articles_braces_stay_what_they_are(value: str) -> None:
    assert Prompt("p", "1", "<{a}|{b}>").fill(a=value, b="x") == f"<{value}|x>"


def test_the_worked_example_is_from_no_real_article() -> None:
    from pathlib import Path

    articles = (Path(__file__).parents[2] / "evals" / "articles").glob("*.txt")
    example = "Hội tặng cờ cho"
    assert example in load("small_counts").text
    assert all(example not in article.read_text(encoding="utf-8") for article in articles)


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load("nothing")
