"""Alignment: a model's words brought back to the article's own, with their place.

A small model writes `de tài` for `đề tài`, drops a word, or adds one. Its words are looked for as a run of
words in a stretch of the article: a word agrees when it is the same without its marks, a digit only when it is
the same. The run found is the article's, never the model's.
"""

from __future__ import annotations

import unicodedata
from itertools import takewhile
from typing import NamedTuple

from summarizer.article.normalize import Words, split_words
from summarizer.schemas.offsets import TokenIndex

_LEAST_SHARE = 0.6
"""Share of the model's words that must stand in the article in one run, marks aside."""


class Aligned(NamedTuple):
    """A run of the article's words: indexes into them, half open, and how many of the words asked for it has."""

    start: TokenIndex
    stop: TokenIndex
    words: int


def align(
    phrase: str, words: Words, start: TokenIndex, stop: TokenIndex, *, near: TokenIndex | None = None
) -> Aligned | None:
    """Return the run between two words that agrees best with a phrase, None if too little does.

    The first word of the phrase may be missing. Of runs that agree alike the one nearest to word `near` is taken,
    else the first.
    """
    wanted = [_bare(token) for token in split_words(phrase).spelled if token.isalnum()]
    there = [TokenIndex(i) for i in range(start, stop) if words.spelled[i].isalnum()]
    have = [_bare(words.spelled[i]) for i in there]
    least = max(1, _LEAST_SHARE * len(wanted))
    runs = [
        Aligned(first, there[i + length - 1] + 1, length)
        for i, first in enumerate(there)
        for skipped in (0, 1)
        if (length := _agreeing(wanted[skipped:], have[i:])) >= least
    ]
    place = near or 0
    return max(runs, key=lambda run: (run.words, -max(run.start - place, place - run.stop + 1)), default=None)


def _agreeing(wanted: list[str], have: list[str]) -> int:
    """Return how many words two lists have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, have, strict=False)))


def _bare(token: str) -> str:
    """Return a word without its marks."""
    letters = unicodedata.normalize("NFD", token.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
