"""Folding: the forms one Vietnamese word is written in, brought to one, without losing its place.

Pages vary in Unicode form (NFC, NFD), tone placement (uỷ/ủy, hoà/hòa), i and y (sỹ/sĩ, tỷ/tỉ), case,
quotation marks, dashes and kinds of space. `fold` brings them together for comparison only; offsets lead back
to the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

__all__ = ("Folded", "Word", "Words", "fold", "fold_words", "folded_set", "split_words", "words_of")

_TONES = "\u0300\u0301\u0309\u0303\u0323"


def _toned(vowel: str) -> str:
    return "".join(unicodedata.normalize("NFC", vowel + tone) for tone in _TONES)


# The tone of an open "oa", "oe", "uy" stands on its first vowel or its second, by taste of the writer.
_MOVED_TONE = {
    a + second: first + b
    for a, b in ("oa", "oe", "uy")
    for first, second in zip(_toned(a), _toned(b), strict=True)
}
_TONE_PAIR = re.compile("|".join(_MOVED_TONE))
_FINAL_Y = dict(zip("y" + _toned("y"), "i" + _toned("i"), strict=True))
_Y_FOR_I = re.compile(rf"(?<=[bcdđghklmnprstvx])[{''.join(_FINAL_Y)}](?!\w)")
_SAME = (
    dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    )
)
# A search for the few such marks of a text is much cheaper than a table that is asked for every character.
_VARIANT = re.compile(f"[{''.join(map(re.escape, _SAME))}]")
_MARKS = r"\u0300-\u036f"
# Digits that a word is glued to stand alone ("3.004tổ chức"), but not before one letter ("9A", "m2").
_A_WORD = rf"\d+(?=[^\W\d_]{{2}})|[\w{_MARKS}]+|[^\w\s]"
_WORD = re.compile(_A_WORD)
_WORDS_APART = re.compile(f"({_A_WORD})")


@dataclass(frozen=True)
class Folded:
    """`text` folded; `starts` gives each folded character's offset in the original, None where they agree."""

    text: str
    starts: Sequence[int] | None
    length: int

    @cached_property
    def tokens(self) -> tuple[list[str], list[int], list[int]]:
        """The words and marks in order, and where each begins and ends in the folded text."""
        parts = _WORDS_APART.split(self.text)
        ends = list(accumulate(map(len, parts)))
        return parts[1::2], ends[:-1:2], ends[1::2]

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each word and mark that occurs begins in the folded text, in order."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        forms, begins, _ = self.tokens
        for form, at in zip(forms, begins, strict=True):
            places[form].append(at)
        return places

    @cached_property
    def _looked_up(self) -> dict[frozenset[str], Sequence[int]]:
        return {}

    def begins_with(self, words: frozenset[str]) -> Sequence[int]:
        """Where in the folded text one of these folded words begins, in order; kept, as the same are asked for."""
        if (found := self._looked_up.get(words)) is None:
            places = self.places
            found = sorted(at for word in words & places.keys() for at in places[word])
            self._looked_up[words] = found
        return found

    def origin(self, at: int) -> int:
        """The offset in the original of the folded offset `at`; the end maps to the end."""
        if self.starts is None:
            return at
        return self.starts[at] if at < len(self.starts) else self.length

    def origin_end(self, at: int) -> int:
        """The offset in the original behind the character whose folded form ends at `at`."""
        if self.starts is None or at == 0:
            return at
        while at < len(self.starts) and self.starts[at] == self.starts[at - 1]:
            at += 1
        return self.origin(at)

    def folded(self, at: int) -> int:
        """The folded offset of the first character that begins at or behind the original offset `at`."""
        return at if self.starts is None else bisect_left(self.starts, at)


class Word(NamedTuple):
    """A word or a mark: its folded form, and the span it has in the original text."""

    form: str
    at: int
    end: int


class Words:
    """The words and marks of a text in order, with look-up by offset.

    `spelled` are their folded forms; each word begins and ends where `starts` and `ends` say in the original text.
    """

    __slots__ = ("_ends", "_starts", "spelled")

    def __init__(self, spelled: list[str], starts: Sequence[int], ends: Sequence[int]) -> None:
        self.spelled = spelled
        self._starts = starts
        self._ends = ends

    @property
    def items(self) -> list[Word]:
        """The words, made anew each time."""
        return list(map(Word, self.spelled, self._starts, self._ends))

    def __len__(self) -> int:
        return len(self.spelled)

    def __getitem__(self, index: int) -> Word:
        return Word(self.spelled[index], self._starts[index], self._ends[index])

    def part(self, start: int, stop: int) -> Words:
        """The words `start` to `stop` (half open) alone."""
        return Words(self.spelled[start:stop], self._starts[start:stop], self._ends[start:stop])

    def forms(self, start: int, stop: int) -> list[str]:
        """The folded forms of the words `start` to `stop` (half open)."""
        return self.spelled[start:stop]

    def first_from(self, at: int) -> int:
        """The index of the first word that begins at or behind the offset `at`."""
        return bisect_left(self._starts, at)

    def holding(self, at: int) -> int:
        """The index of the word that holds the offset `at`, or the last one before it (-1: none)."""
        return bisect_right(self._starts, at) - 1


def fold(text: str) -> Folded:
    """Return `text` in one form: NFC, lower case, one tone placement, one i, plain quotes, dashes, spaces."""
    lowered = text.lower()
    if len(lowered) == len(text) and unicodedata.is_normalized("NFC", lowered):
        return Folded(_same_length(lowered), None, len(text))
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _composes(text[at:end], text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end]).lower()
        pieces.append(piece)
        starts.extend([at] * len(piece))
        at = end
    return Folded(_same_length("".join(pieces)), starts, len(text))


def split_words(text: str) -> Words:
    """Return the words and marks of `text`, folded, each with its span in `text`."""
    return words_of(fold(text))


def words_of(folded: Folded) -> Words:
    """Return the words and marks of a text that is folded already, as `split_words` does."""
    forms, begins, ends = folded.tokens
    if folded.starts is None:
        return Words(forms, begins, ends)
    spelled: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for form, begin, end in zip(forms, begins, ends, strict=True):
        at, stop = folded.origin(begin), folded.origin_end(end)
        # A mark of a script that is not Latin can stand alone beside the letter it belongs to.
        if not stops or at >= stops[-1]:
            spelled.append(form)
            starts.append(at)
            stops.append(stop)
    return Words(spelled, starts, stops)


def folded_set(words: str) -> frozenset[str]:
    """Return the folded forms of the words and marks that stand apart in `words`, to look a `Word.form` up in."""
    return frozenset(fold(words).text.split())


@lru_cache(maxsize=4096)
def fold_words(phrase: str) -> tuple[str, ...]:
    """Return the folded forms of the words and marks of a short phrase."""
    return tuple(_WORD.findall(fold(phrase).text))


def _composes(before: str, character: str) -> bool:
    """Return whether a character is part of the one before it, as a mark or as a part of a composed letter."""
    if unicodedata.combining(character):
        return True
    composed = unicodedata.normalize("NFC", before + character)
    return len(composed) <= len(unicodedata.normalize("NFC", before))


def _same_length(text: str) -> str:
    text = _VARIANT.sub(lambda mark: _SAME[mark.group()], text)
    text = _TONE_PAIR.sub(lambda pair: _MOVED_TONE[pair.group()], text)
    return _Y_FOR_I.sub(lambda y: _FINAL_Y[y.group()], text)
