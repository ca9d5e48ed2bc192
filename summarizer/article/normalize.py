"""Folding: the forms one Vietnamese word is written in, brought to one, without losing its place.

Pages vary in Unicode form (NFC, NFD), tone placement (uỷ/ủy, hoà/hòa), i and y (sỹ/sĩ, tỷ/tỉ), case,
quotation marks, dashes and kinds of space. `fold` brings them together for comparison only; offsets lead back
to the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple, Self, TypeVar

__all__ = (
    "Folded",
    "Keeper",
    "Words",
    "fold",
    "fold_words",
    "folded_set",
    "normalized",
    "split_words",
    "words_of",
)

Made = TypeVar("Made")
Part = TypeVar("Part", bound=Hashable)

_TONES = "\u0300\u0301\u0309\u0303\u0323"


def _toned(vowel: str) -> str:
    return "".join(unicodedata.normalize("NFC", vowel + tone) for tone in _TONES)


# The tone of an open "oa", "oe", "uy" stands on its first vowel or its second, by taste of the writer.
_MOVED_TONE = {
    a + second: first + b
    for a, b in ("oa", "oe", "uy")
    for first, second in zip(_toned(a), _toned(b), strict=True)
}
_FINAL_Y = dict(zip("y" + _toned("y"), "i" + _toned("i"), strict=True))
_ONE_FORM = _MOVED_TONE | _FINAL_Y
# Begins with a class and not with alternatives: it is searched for much faster.
_SPELLED_OTHERWISE = re.compile(
    rf"[ou{''.join(_FINAL_Y)}](?:(?<=o)[{_toned('a')}{_toned('e')}]|(?<=u)[{_toned('y')}]"
    rf"|(?<=[bcdđghklmnprstvx][{''.join(_FINAL_Y)}])(?!\w))"
)
_SAME = (
    dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    )
)
_MARKS = r"\u0300-\u036f"
# Digits that a word is glued to stand alone ("3.004tổ chức"), but not before one letter ("9A", "m2").
_WORD = re.compile(rf"\d+(?=[^\W\d_]{{2}})|[\w{_MARKS}]+|[^\w\s]")
# Begins with a class and not with its repetition, which would be tried at every letter.
_DIGITS = re.compile(r"\d\d*")
_MARKS_BEHIND = ',.;:)"'


class Keeper:
    """What other things are made of: those that are asked for again are kept as long as it is."""

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def once(self, make: Callable[[Self], Made]) -> Made:
        """Return what `make` makes of this, made the first time it is asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    def once_for(self, make: Callable[[Self, Part], Made], part: Part) -> Made:
        """Return what `make` makes of this for one part of it, made the first time that is asked for."""
        key = make, part
        if key not in self._made:
            self._made[key] = make(self, part)
        return self._made[key]


class Tokens(NamedTuple):
    """The words and marks of a folded text in order, where each begins, and the spans of its runs of digits."""

    forms: list[str]
    begins: list[int]
    digits: list[tuple[int, int]]


@dataclass(frozen=True)
class Folded(Keeper):
    """`text` folded; `starts` gives each folded character's offset in the original, None where they agree."""

    text: str
    starts: Sequence[int] | None
    length: int

    @cached_property
    def tokens(self) -> Tokens:
        """What the folded text is made of."""
        forms: list[str] = []
        begins: list[int] = []
        digits: list[tuple[int, int]] = []
        at = 0
        for part in self.text.split(" "):
            # Most parts are one word, and one with a mark behind it is common; the pattern reads the others.
            if part.isalpha():
                forms.append(part)
                begins.append(at)
            elif part and part[-1] in _MARKS_BEHIND and part[:-1].isalpha():
                forms += (part[:-1], part[-1])
                begins += (at, at + len(part) - 1)
            elif part.isdecimal():
                forms.append(part)
                begins.append(at)
                digits.append((at, at + len(part)))
            elif part:
                for word in _WORD.finditer(part):
                    forms.append(word[0])
                    begins.append(at + word.start())
                digits += [(at + run.start(), at + run.end()) for run in _DIGITS.finditer(part)]
            at += len(part) + 1
        return Tokens(forms, begins, digits)

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

    def span(self, at: int, end: int) -> tuple[int, int]:
        """The span of the folded text that stands for the one from `at` to `end` of the original."""
        return (at, end) if self.starts is None else (self.folded(at), self.folded(end))

    def part(self, at: int, end: int) -> str:
        """The folded form of what stands in the original between two offsets."""
        return self.text[at:end] if self.starts is None else self.text[slice(*self.span(at, end))]


class Words(Keeper):
    """The words and marks of a text in order, with look-up by offset.

    `spelled` are their folded forms; each word begins where `starts` says in the original text, and ends where `ends`
    does, or else behind as many characters as its form has.
    """

    def __init__(
        self,
        spelled: list[str],
        starts: Sequence[int],
        ends: Sequence[int] | None = None,
    ) -> None:
        self.spelled = spelled
        self.starts = starts
        self._ends = ends
        self.first_from: Callable[[int], int] = partial(bisect_left, starts)
        """Takes an offset; returns the index of the first word that begins at it or behind it."""

    def __len__(self) -> int:
        return len(self.spelled)

    def part(self, start: int, stop: int) -> Words:
        """The words `start` to `stop` (half open) alone."""
        ends = None if self._ends is None else self._ends[start:stop]
        return Words(self.spelled[start:stop], self.starts[start:stop], ends)

    def end(self, index: int) -> int:
        """The offset behind the word `index`."""
        return self.starts[index] + len(self.spelled[index]) if self._ends is None else self._ends[index]

    def among(self, marks: frozenset[str], start: int, stop: int) -> list[int]:
        """The indexes of the words and marks `start` to `stop` (half open) that are one of these, in order."""
        spelled = self.spelled
        return [index for index in range(start, min(stop, len(spelled))) if spelled[index] in marks]


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
    forms, begins, _ = folded.tokens
    if folded.starts is None:
        return Words(forms, begins)
    spelled: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for form, begin in zip(forms, begins, strict=True):
        at, stop = folded.origin(begin), folded.origin_end(begin + len(form))
        # A mark of a script that is not Latin can stand alone beside the letter it belongs to.
        if not stops or at >= stops[-1]:
            spelled.append(form)
            starts.append(at)
            stops.append(stop)
    return Words(spelled, starts, stops)


def normalized(text: str) -> str:
    """Return a text in one form with single spaces, to compare names and titles by."""
    return " ".join(fold(text).text.split())


def folded_set(words: str) -> frozenset[str]:
    """Return the folded forms of the words and marks that stand apart in `words`, to look a form up in."""
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
    # To look for each is much cheaper than a table that is asked for every character: a text has few of them.
    for mark, plain in _SAME.items():
        if mark in text:
            text = text.replace(mark, plain)
    return _SPELLED_OTHERWISE.sub(lambda spelled: _ONE_FORM[spelled.group()], text)
