"""The reader by model: which questions an article is asked is a matter of the model's size."""

from __future__ import annotations

from collections.abc import Set

from summarizer.article.article import Article
from summarizer.model.client import Asker
from summarizer.model.large import read_large
from summarizer.model.small import Classify, read_small
from summarizer.schemas.reading import Reading
from summarizer.settings.profiles import Profile

PROMPTS = {
    "small": ("small_system", "small_counts"),
    "large": ("large_system", "large_counts", "large_meeting"),
}
"""The prompts that each size of model is asked with."""


async def read_by_model(
    article: Article, profile: Profile, asker: Asker, settled: Set[int], classify: Classify
) -> Reading:
    """Return what a model says of an article.

    A large model is asked about all of it and given nothing that the rules found: `settled` and `classify` are not
    used. A small one is asked what each number that is in doubt counts, and the answer, words, is made a subject and
    a grade by the rules' own tables: `settled` are the offsets of the numbers that the rules are sure of, about which
    it is not asked; `classify` is what reads its words. No prompt says what the rules took a number for.
    Raises EndpointError, RateLimitError and DeadlineError: then the article cannot be read now.
    """
    if profile.name == "large":
        return await read_large(article, profile, asker)
    numbers = [number for number in article.numbers if number.at not in settled and number.reason is None]
    return await read_small(article, numbers, profile, asker, classify)
