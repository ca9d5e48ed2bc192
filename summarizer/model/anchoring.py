"""Anchoring: words that a model copied, brought back to the places in the article where they stand.

A name, a title, a body must stand in the article word for word, whatever its spelling of tones, case and spaces. A
phrase for what a number counts may be put together from several places (a row's label and a column's head), so of it
only every word must stand there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from summarizer.article.article import Article
from summarizer.article.normalize import in_one_form, split_words, words_in
from summarizer.model.marking import unmarked
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.report import Grade, Place
from summarizer.schemas.taxonomy import active

__all__ = ("Anchors",)

_WORDS_SHARE = 0.8
"""Share of a phrase's words that must stand in the article: a large model now and then writes a word out (GV) or
leaves one of its own between two (measured on 24 articles: below it the phrase was the model's own)."""
_MOST_WORDS = 150
"""Words of the longest copy: a meeting's title that names each resolution it reviewed has 68; more is a stretch of
the article, and nobody's name."""
_MOST_READ = 4_000
"""Characters of a copy that are read to see that it is too long."""
_NEAR = 1_500
"""Characters before and after a number in which its grade must stand: a section of a long article."""


class Anchors:
    """Where words stand in one article."""

    def __init__(self, article: Article) -> None:
        self._article = article
        words = article.words
        self._tokens = [i for i in range(len(words)) if words.spelled[i][:1].isalnum()]
        self._spelled = [words.spelled[i] for i in self._tokens]

    @cached_property
    def _positions(self) -> Mapping[str, Sequence[int]]:
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._spelled):
            positions[word].append(place)
        return positions

    def place(self, copied: str, *, near: int = 0) -> Place | None:
        """Return where `copied` stands word for word, the place nearest to offset `near`; None where nowhere."""
        return min(self.places(copied), key=lambda place: abs(place.at - near), default=None)

    def place_in_list(self, copied: str, *, near: int = 0) -> Place | None:
        """Return where a name stands, or the longest ending of it, where its head stands once for a whole list.

        `các xã Pá Ngừa, Nậm Lót` (the communes of …) gives `xã Nậm Lót` as Nậm Lót. Every word of the name must stand
        in the article, and two of them side by side.
        """
        spelled = _words_of(copied)
        if not spelled or not all(word in self._positions for word in spelled):
            return None
        endings = (" ".join(spelled[start:]) for start in range(max(1, len(spelled) - 1)))
        return next((place for ending in endings if (place := self.place(ending, near=near))), None)

    def places(self, copied: str) -> tuple[Place, ...]:
        """Return every place where `copied` stands word for word, in order."""
        wanted = _words_of(copied)
        if not wanted:
            return ()
        words, text = self._article.words, self._article.text
        rarest = min(range(len(wanted)), key=lambda i: len(self._positions.get(wanted[i], ())))
        found: list[Place] = []
        for start in (place - rarest for place in self._positions.get(wanted[rarest], ())):
            if start >= 0 and self._spelled[start : start + len(wanted)] == wanted:
                at = words.starts[self._tokens[start]]
                end = words.end(TokenIndex(self._tokens[start + len(wanted) - 1]))
                found.append(Place(at=at, text=text[at:end]))
        return tuple(found)

    def has_words(self, phrase: str) -> bool:
        """Return whether the words of a phrase stand in the article, not necessarily side by side."""
        wanted = _words_of(phrase)
        known = sum(word in self._positions for word in wanted)
        return bool(wanted) and (known >= _WORDS_SHARE * len(wanted) or self.writes(phrase))

    def writes(self, copied: str) -> bool:
        """Return whether a copy stands in the article, be it glued to a number (`68.900đ/cổ phiếu`, `171m2`)."""
        form = re.escape(in_one_form(unmarked(copied[:_MOST_READ])))
        return bool(form) and re.search(rf"(?<![^\W\d]){form}(?!\w)", self._one_form) is not None

    @cached_property
    def _one_form(self) -> str:
        return in_one_form(self._article.text)

    def has_pair(self, first: str, second: str) -> bool:
        """Return whether two normalized words stand side by side somewhere in the article."""
        return any(
            self._spelled[place + 1 : place + 2] == [second] for place in self._positions.get(first, ())
        )

    def has_word(self, word: str) -> bool:
        """Return whether a normalized word stands in the article."""
        return word in self._positions

    def says_grade(self, grade: Grade, at: int) -> bool:
        """Return whether the words that a grade begins with stand in the stretch of the article around offset `at`.

        The first two words of a phrase are enough: a list under "xếp loại" says no more than xuất sắc, tốt.
        """
        words = self._article.words
        start, stop = (
            words.first_from(TextOffset(max(0, at - _NEAR))),
            words.first_from(TextOffset(at + _NEAR)),
        )
        there = frozenset(pairwise(words.spelled[start:stop]))
        return any(
            words_in(phrase)[:2] in there
            for row in active().grades
            if row.value == grade
            for phrase in row.words
        )


def _words_of(copied: str) -> list[str]:
    """Return the normalized words of a copy, none of one that is too long to be a copy."""
    words = [word for word in split_words(unmarked(copied[:_MOST_READ])).spelled if word[:1].isalnum()]
    return words if len(words) <= _MOST_WORDS else []
