"""The five labelled articles, read once."""

from __future__ import annotations

import pytest

from evals.gold import LabelledArticle, load_labelled
from evals.options import ARTICLES, GOLD


@pytest.fixture(scope="session")
def five() -> list[LabelledArticle]:
    """The five articles with their labels."""
    return load_labelled(ARTICLES, GOLD)
