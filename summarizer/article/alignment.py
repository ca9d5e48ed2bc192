"""Alignment: a model's words brought back to the article's own, with their place.

A small model writes `de tài` for `đề tài`, drops a word, or adds one. Its words are looked for as a run of
words in a stretch of the article: a word agrees when it is the same without its marks, a digit only when it is
the same. The run found is the article's, never the model's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.article.normalize import Words, split_words
from summarizer.schemas.offsets import TokenIndex

__all__ = ("Aligned", "align")

_LEAST_SHARE = 0.6
"""Share of the model's words that must stand in the article in one run, marks aside."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A run of the article's words: indexes into them, half open, and how many of the words asked for it has."""

    start: TokenIndex
    stop: TokenIndex
    words: int


def align(
    phrase: str, words: Words, start: TokenIndex, stop: TokenIndex, *, near: TokenIndex | None = None
) -> Aligned | None:
    """Return the run between two words that agrees best with a phrase, None if too little does.

    Of runs that agree alike the one nearest to word `near` is taken, else the first.
    """
    wanted = [_bare(token) for token in split_words(phrase).spelled if token.isalnum()]
    if not wanted:
        return None
    there = [
        (TokenIndex(i), _bare(words.spelled[i])) for i in range(start, stop) if words.spelled[i].isalnum()
    ]
    best: Aligned | None = None
    for p in range(len(there)):
        for skip in (0, 1):
            run = _run(wanted[skip:], there[p:])
            if not run or run < _LEAST_SHARE * len(wanted):
                continue
            found = Aligned(there[p][0], there[p + run - 1][0] + 1, run)
            if best is None or (found.words, -_distance(found, near)) > (best.words, -_distance(best, near)):
                best = found
    return best


def _run(wanted: Sequence[str], there: Sequence[tuple[int, str]]) -> int:
    length = 0
    for want, (_, have) in zip(wanted, there, strict=False):
        if want != have:
            break
        length += 1
    return length


def _distance(found: Aligned, near: int | None) -> int:
    if near is None:
        return found.start
    return found.start - near if found.start >= near else near - found.stop + 1


@lru_cache(maxsize=8192)
def _bare(token: str) -> str:
    """Return a word without its marks; one that holds a digit keeps every character."""
    if any(character.isdigit() for character in token):
        return token
    return "".join(
        character
        for character in unicodedata.normalize("NFD", token.replace("đ", "d"))
        if not unicodedata.combining(character)
    )
