"""Anchoring: words that a model copied, brought back to the places in the article where they stand.

A name, a title, a body must stand in the article word for word, whatever its spelling of tones, case and spaces. A
phrase for what a number counts may be put together from several places (a row's label and a column's head), so of it
only every word must stand there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from summarizer.article.article import Article
from summarizer.article.normalize import in_one_form, words_in
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import Grade, Place
from summarizer.schemas.taxonomy import active

_MARKS = re.compile(r"⟦\d+⟧|\[d?\d+\]|\{d?\d+\}")
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
    """Where words stand in one article; words are compared normalized, marks between them are passed over."""

    def __init__(self, article: Article) -> None:
        self._article = article
        words = article.words
        self._tokens = [i for i in range(len(words)) if words.spelled[i][:1].isalnum()]
        self._spelled = [words.spelled[i] for i in self._tokens]

    @cached_property
    def _positions(self) -> Mapping[str, Sequence[int]]:
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self._spelled):
            positions[word].append(position)
        return {**positions}

    def _runs(self, wanted: Sequence[str]) -> Iterator[int]:
        """Yield each position at which these words stand side by side."""
        rarest = min(range(len(wanted)), key=lambda i: len(self._positions.get(wanted[i], ())))
        for position in self._positions.get(wanted[rarest], ()):
            start = position - rarest
            if start >= 0 and self._spelled[start : start + len(wanted)] == wanted:
                yield start

    def places(self, copied: str) -> tuple[Place, ...]:
        """Return every place where `copied` stands word for word, in order."""
        wanted = _words_of(copied)
        if not wanted:
            return ()
        words, text = self._article.words, self._article.text
        spans = (
            (words.starts[self._tokens[start]], words.end(TokenIndex(self._tokens[start + len(wanted) - 1])))
            for start in self._runs(wanted)
        )
        return tuple(Place(at=at, text=text[at:end]) for at, end in spans)

    def place(self, copied: str, *, near: int = 0) -> Place | None:
        """Return where `copied` stands word for word, the place nearest to offset `near`; None where nowhere."""
        return min(self.places(copied), key=lambda place: abs(place.at - near), default=None)

    def place_in_list(self, copied: str) -> Place | None:
        """Return where a name stands, or the longest ending of it, where its head stands once for a whole list.

        `các xã Pá Ngừa, Nậm Lót` (the communes of …) gives `xã Nậm Lót` as Nậm Lót. Every word of the name must stand
        in the article, and two of them side by side.
        """
        spelled = _words_of(copied)
        if not spelled or not all(map(self.has_word, spelled)):
            return None
        endings = (" ".join(spelled[start:]) for start in range(max(1, len(spelled) - 1)))
        return next((place for ending in endings if (place := self.place(ending))), None)

    def copy(self, words: str | None, *, near: int = 0) -> str | None:
        """Return words as the article writes them, as they are where it has them apart, None where it has not."""
        if not words:
            return None
        if place := self.place(words, near=near):
            return text_of(place)
        return unmarked(words) if self.has_words(words) else None

    def has_words(self, phrase: str) -> bool:
        """Return whether the words of a phrase stand in the article, not necessarily side by side."""
        wanted = _words_of(phrase)
        known = sum(map(self.has_word, wanted))
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
        return any(True for _ in self._runs([first, second]))

    def has_word(self, word: str) -> bool:
        """Return whether a normalized word stands in the article."""
        return word in self._positions

    def says_grade(self, grade: Grade, at: int) -> bool:
        """Return whether the words that a grade begins with stand in the stretch of the article around offset `at`.

        The first two words of a phrase are enough: a list under "xếp loại" says no more than xuất sắc, tốt.
        """
        phrases = (words_in(phrase) for row in active().grades if row.value == grade for phrase in row.words)
        starts = self._article.words.starts
        return any(
            abs(starts[self._tokens[start]] - at) <= _NEAR
            for phrase in phrases
            if len(phrase) > 1
            for start in self._runs([*phrase[:2]])
        )


def unmarked(words: str) -> str:
    """Return what a model copied from a marked article without the marks, its spaces brought to one."""
    return " ".join(_MARKS.sub("", words).split())


def text_of(place: Place) -> str:
    """Return what stands at a place, on one line."""
    return " ".join(place.text.split())


def _words_of(copied: str) -> list[str]:
    """Return the normalized words of a copy, none of one that is too long to be a copy."""
    words = [word for word in words_in(unmarked(copied[:_MOST_READ])) if word[:1].isalnum()]
    return words if len(words) <= _MOST_WORDS else []
