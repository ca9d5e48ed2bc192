"""Compares wordings as the labelling guide says, and finds words in an article; the judge's own code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ("Places", "accepts", "normalized")

_LONGER = 40
"""Characters by which a wording may be longer than the accepted one it contains: the labelling guide's bound."""
_TONE = re.compile("(o)([ae])([\u0300\u0301\u0303\u0309\u0323])|(u)(y)([\u0300\u0301\u0303\u0309\u0323])")
"""A tone on the second vowel of `oa`, `oe`, `uy` (decomposed), where others write it on the first."""
_QUOTES = re.compile(r"[“”\"'‘’]")


def normalized(text: str) -> str:
    """Return `text` without what a comparison ignores: case, Unicode form, tone placement, quotes, runs of spaces."""
    decomposed = unicodedata.normalize("NFD", text).lower()
    moved = _TONE.sub(lambda m: "".join((m[1] or m[4], m[3] or m[6], m[2] or m[5])), decomposed)
    return " ".join(_QUOTES.sub("", unicodedata.normalize("NFC", moved)).split())


def accepts(accepted: Iterable[str], wording: str) -> bool:
    """Return whether `wording` is one of the accepted ones, or contains one and is little longer."""
    plain = normalized(wording)
    return any(label in plain and len(plain) - len(label) <= _LONGER for label in map(normalized, accepted))


class Places:
    """Where words stand in an article, whatever their spaces, case and Unicode form there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[int] = []
        letters: list[str] = []
        for place, character in enumerate(text):
            for letter in _letters(character):
                letters.append(letter)
                self._places.append(place)
        self._letters = "".join(letters)

    def find(self, words: str, start: int = 0) -> tuple[int, int] | None:
        """Return the span (offsets in the article's text) where `words` first stand whole at `start` or later."""
        wanted = "".join(map(_letters, words))
        at = self._letters.find(wanted) if wanted else -1
        while at >= 0:
            span = self._places[at], self._places[at + len(wanted) - 1] + 1
            if span[0] >= start and self._is_whole(*span):
                return span
            at = self._letters.find(wanted, at + 1)
        return None

    def _is_whole(self, at: int, end: int) -> bool:
        """Whether no word goes on before or after the span."""
        text = self._text
        before = at > 0 and text[at - 1].isalnum() and text[at].isalnum()
        after = end < len(text) and text[end - 1].isalnum() and (text[end].isalnum() or _combines(text[end]))
        return not before and not after


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text).casefold() if not c.isspace())


def _combines(character: str) -> bool:
    return bool(unicodedata.combining(character))
