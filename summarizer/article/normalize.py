"""Normalization: the spellings of one Vietnamese word brought to one, without losing its place.

Pages vary in Unicode form (NFC, NFD), tone placement (uỷ/ủy, hoà/hòa), i and y (sỹ/sĩ, tỷ/tỉ), case, quotation marks,
dashes and kinds of space, and have characters that nobody sees: zero-width spaces and joiners, soft hyphens,
directional marks, byte-order marks. `normalize` brings them together for comparison only; offsets lead back to the
text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from summarizer.schemas.offsets import TextOffset, TextSpan, TokenIndex

__all__ = (
    "INVISIBLE",
    "Normalized",
    "Words",
    "in_one_form",
    "lines_of",
    "normalize",
    "split_words",
    "words_in",
    "words_of",
)

INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""Characters that nobody sees, for the inside of a character class of a pattern."""

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
    | dict.fromkeys("ðɖ", "đ")  # what old typefaces had for it
    | dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    )
)
_MARKS = r"\u0300-\u036f"
# Digits that a word is glued to stand alone ("3.004tổ chức"), but not before one letter ("9A", "m2").
_WORD = re.compile(rf"\d+(?=[^\W\d_]{{2}})|[\w{_MARKS}]+|[^\w\s]")
_LONGEST_CLUSTER = 32
"""Characters of a letter with its marks, at most; more marks are no letter of any language."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NO_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""What may compose: a character of ASCII composes with nothing before it."""
# Begins with a class and not with its repetition, which would be tried at every letter.
_DIGITS = re.compile(r"\d\d*")
_LINE_ENDS = "\r\x0b\x0c\u2028\u2029"
_MARKS_AFTER = ',.;:)"'


class Tokens(NamedTuple):
    """The words and marks of a normalized text in order, where each begins, and the spans of its runs of digits."""

    spelled: list[str]
    begins: list[int]
    digits: list[tuple[int, int]]


@dataclass(frozen=True)
class Normalized:
    """`text` is a text normalized; `starts` and `ends` give the span of each of its characters in the original.

    Both are None where the two texts have the same offsets. `original` is that text as it was read.
    """

    text: str
    starts: Sequence[TextOffset] | None
    ends: Sequence[TextOffset] | None
    original: str

    @cached_property
    def tokens(self) -> Tokens:
        """What the normalized text is made of."""
        spelled: list[str] = []
        begins: list[int] = []
        digits: list[tuple[int, int]] = []
        at = 0
        for part in self.text.split(" "):
            # Most parts are one word, and one with a mark behind it is common; the pattern reads the others.
            if part.isalpha():
                spelled.append(part)
                begins.append(at)
            elif part and part[-1] in _MARKS_AFTER and part[:-1].isalpha():
                spelled += (part[:-1], part[-1])
                begins += (at, at + len(part) - 1)
            elif part.isdecimal():
                spelled.append(part)
                begins.append(at)
                digits.append((at, at + len(part)))
            elif part:
                for word in _WORD.finditer(part):
                    spelled.append(word[0])
                    begins.append(at + word.start())
                digits += [(at + run.start(), at + run.end()) for run in _DIGITS.finditer(part)]
            at += len(part) + 1
        return Tokens(spelled, begins, digits)

    def origin(self, at: int) -> TextOffset:
        """The offset in the original of the normalized offset `at`; the end maps to the end."""
        if self.starts is None:
            return TextOffset(at)
        return self.starts[at] if at < len(self.starts) else TextOffset(len(self.original))

    def origin_end(self, at: int) -> TextOffset:
        """The offset in the original behind the character that ends at the normalized offset `at`."""
        return TextOffset(at) if self.ends is None or at == 0 else self.ends[at - 1]

    def origin_span(self, at: int, end: int) -> TextSpan:
        """The span of the original that stands for the normalized one from `at` to `end`, combining marks whole."""
        return (self.origin(at), self.origin_end(end)) if at < end else (self.origin(at), self.origin(at))

    def offset(self, at: TextOffset) -> int:
        """The normalized offset of the first character that begins at or behind the original offset `at`."""
        return at if self.starts is None else bisect_left(self.starts, at)

    def span(self, at: TextOffset, end: TextOffset) -> tuple[int, int]:
        """The span of the normalized text that stands for the one from `at` to `end` of the original."""
        return (at, end) if self.starts is None else (self.offset(at), self.offset(end))

    def written(self, at: int, end: int) -> str:
        """What stands in the original for the normalized text between two offsets, with single spaces."""
        return " ".join(self.original[self.origin(at) : self.origin(end)].split())

    def is_upper(self, at: int) -> bool:
        """Whether the letter at the normalized offset `at` is a capital in the original."""
        return self.original[self.origin(at) : self.origin(at) + 1].isupper()

    def part(self, at: TextOffset, end: TextOffset) -> str:
        """The normalized form of what stands in the original between two offsets."""
        return self.text[at:end] if self.starts is None else self.text[slice(*self.span(at, end))]


class Words:
    """The words and marks of a text in order, with look-up by offset.

    `spelled` are their normalized forms; each word begins where `starts` says in the original text, and ends where
    `ends` does, or else behind as many characters as its form has.
    """

    def __init__(
        self, spelled: list[str], starts: Sequence[TextOffset], ends: Sequence[TextOffset] | None = None
    ) -> None:
        self.spelled = spelled
        self.starts = starts
        self._ends = ends

    def __len__(self) -> int:
        return len(self.spelled)

    @property
    def stop(self) -> TokenIndex:
        """The index behind the last word."""
        return TokenIndex(len(self.spelled))

    def first_from(self, at: TextOffset) -> TokenIndex:
        """The index of the first word that begins at the offset `at` or after it."""
        return TokenIndex(bisect_left(self.starts, at))

    def start(self, index: TokenIndex) -> TextOffset:
        """The offset at which the word `index` begins."""
        return self.starts[index]

    def end(self, index: TokenIndex) -> TextOffset:
        """The offset behind the word `index`."""
        return self.starts[index] + len(self.spelled[index]) if self._ends is None else self._ends[index]

    def among(self, marks: frozenset[str], start: TokenIndex, stop: TokenIndex) -> list[TokenIndex]:
        """The indexes of the words and marks `start` to `stop` (half open) that are one of these, in order."""
        spelled = self.spelled
        return [TokenIndex(i) for i in range(start, min(stop, len(spelled))) if spelled[i] in marks]

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often each two words stand side by side."""
        return Counter(pairwise(self.spelled))


def normalize(text: str) -> Normalized:
    """Return `text` in one form: NFC, lower case, one tone placement, one i, plain quotes, dashes and spaces.

    Characters that nobody sees are left out: `3\u200b45` is 345.
    """
    lowered = text.lower()
    if _is_composed(text, lowered):
        return Normalized(_same_length(lowered), None, None, text)
    parts: list[str] = []
    starts: list[TextOffset] = []
    ends: list[TextOffset] = []
    reached = 0
    for piece in _NO_ASCII.finditer(text):
        lowered = piece.group().lower()
        if _is_composed(piece.group(), lowered) and not any(map(unicodedata.combining, lowered)):
            continue
        _keep(text, reached, piece.start(), parts, starts, ends)
        for part, at, end in _composed(text, piece.start(), piece.end()):
            parts.append(part)
            starts.extend([TextOffset(at)] * len(part))
            ends.extend([TextOffset(end)] * len(part))
        reached = piece.end()
    _keep(text, reached, len(text), parts, starts, ends)
    return Normalized(_same_length("".join(parts)), starts, ends, text)


def _is_composed(text: str, lowered: str) -> bool:
    """Tell whether each character of a text is seen, and is one in lower case too, its marks composed with it."""
    return (
        len(lowered) == len(text)
        and unicodedata.is_normalized("NFC", lowered)
        and (lowered.isascii() or not _INVISIBLE.search(lowered))
    )


def _keep(
    text: str, at: int, end: int, parts: list[str], starts: list[TextOffset], ends: list[TextOffset]
) -> None:
    """Take over `text` from `at` to `end`, which is in one form, with the place of each character."""
    parts.append(text[at:end].lower())
    starts.extend(map(TextOffset, range(at, end)))
    ends.extend(map(TextOffset, range(at + 1, end + 1)))


def _composed(text: str, at: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Yield the characters of `text` from `at` to `last`, each with its marks, in one form, and its span."""
    while at < last:
        if _INVISIBLE.match(text[at]):
            at += 1
            continue
        written, end = text[at], at + 1
        after = end
        while after < min(last, at + _LONGEST_CLUSTER):
            if _INVISIBLE.match(text[after]):
                after += 1
            elif _composes(written, text[after]):
                written += text[after]
                after = end = after + 1
            else:
                break
        yield unicodedata.normalize("NFC", written).lower(), at, end
        at = end


def split_words(text: str) -> Words:
    """Return the words and marks of `text`, normalized, each with its span in `text`."""
    return words_of(normalize(text))


def words_of(normal: Normalized) -> Words:
    """Return the words and marks of a text that is normalized already, as `split_words` does."""
    written, begins, _ = normal.tokens
    if normal.starts is None:
        return Words(written, list(map(TextOffset, begins)))
    spelled: list[str] = []
    starts: list[TextOffset] = []
    stops: list[TextOffset] = []
    for word, begin in zip(written, begins, strict=True):
        at, stop = normal.origin_span(begin, begin + len(word))
        # A mark of a script that is not Latin can stand alone beside the letter it belongs to.
        if not stops or at >= stops[-1]:
            spelled.append(word)
            starts.append(at)
            stops.append(stop)
    return Words(spelled, starts, stops)


def lines_of(text: str) -> Iterator[tuple[TextOffset, str]]:
    """Yield the lines of `text` in order, each with the offset it begins at, without what ends it; some are empty."""
    for mark in _LINE_ENDS:
        text = text.replace(mark, "\n")
    at = TextOffset(0)
    for line in text.split("\n"):
        yield at, line
        at = at + len(line) + 1


def in_one_form(text: str) -> str:
    """Return a text normalized, with single spaces, to compare names and titles by."""
    return " ".join(normalize(text).text.split())


@lru_cache(maxsize=4096)
def words_in(phrase: str) -> tuple[str, ...]:
    """Return the words and marks of a short phrase, normalized."""
    return tuple(_WORD.findall(normalize(phrase).text))


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
