"""Brackets: which number of a sentence another one goes with, where some stand in brackets.

What stands behind a closed bracket goes with what stands before it (`tốt 35 (có 7 đảng bộ và 28 chi bộ), chiếm 68%`),
and what such a bracket lists are the parts of the number right before it.
"""

from __future__ import annotations

from summarizer.article.normalize import Words
from summarizer.article.phrases import Lists
from summarizer.rules.scope import Clause

__all__ = ("Brackets",)

_TABLE = Lists("summarizer.rules", "brackets")

_LISTING = _TABLE.words("lists") | frozenset(",:")
"""Words between a bracket and the first number of the parts it lists."""
_GOES_ON = _TABLE.words("goes_on") | frozenset(",;")
"""Words in front of each later part."""


class Brackets:
    """The brackets around the numbers of an article, which are entered in order, sentence by sentence."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._clause: Clause | None = None
        self._count = 0
        self._reached = 0
        # The numbers that one to come may go with: index, depth, whether it is a part of the one it stands behind.
        self._open: list[tuple[int, int, bool]] = []

    def enter(self, clause: Clause, left: int) -> tuple[int | None, int | None]:
        """Enter the next number, which begins at word `left` of `clause`; the first one entered has index 0.

        Returns the index of the number it goes with, None for the first of its sentence, and that of the one it
        is a part of, None where it is none.
        """
        index, self._count = self._count, self._count + 1
        if clause != self._clause:
            self._clause, self._reached, self._open = clause, clause.start, []
        depth = lowest = self._open[-1][1] if self._open else 0
        opened = self._reached
        tokens = self._words.spelled[self._reached : left]
        if "(" in tokens or ")" in tokens:
            for at, word in enumerate(tokens, self._reached):
                depth = max(0, depth + (word == "(") - (word == ")"))
                lowest = min(lowest, depth)
                opened = at if word == "(" else opened
        self._reached = left
        while self._open and self._open[-1][1] > lowest:
            self._open.pop()
        before = self._open[-1] if self._open else None
        part = False
        if before and depth > before[1]:
            part = _LISTING.issuperset(self._words.spelled[opened + 1 : left])
        elif before and before[2]:
            part = self._words.spelled[left - 1] in _GOES_ON
        whole = next((one[0] for one in reversed(self._open) if one[1] < depth), None) if part else None
        self._open.append((index, depth, part))
        return (before[0] if before else None), whole
