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
from itertools import accumulate, pairwise
from typing import cast

from summarizer.schemas.offsets import TextOffset, TextSpan, TokenIndex

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
_ONE_FORM = _MOVED_TONE | _FINAL_Y | _SAME
# Begins with a class and not with alternatives: it is searched for much faster.
_SPELLED_OTHERWISE = re.compile(
    rf"[ou{''.join(_FINAL_Y)}{''.join(_SAME)}](?:(?<=o)[{_toned('a')}{_toned('e')}]|(?<=u)[{_toned('y')}]"
    rf"|(?<=[bcdđðɖghklmnprstvx][{''.join(_FINAL_Y)}])(?!\w)|(?<=[{''.join(_SAME)}]))"
)
_MARKS = r"\u0300-\u036f"
# Digits that a word is glued to stand alone ("3.004tổ chức"), but not before one letter ("9A", "m2").
_WORD = re.compile(rf"(\d+(?=[^\W\d_]{{2}})|[\w{_MARKS}]+|[^\w\s])")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_UNCOMPOSED = re.compile(f"[{_MARKS}{INVISIBLE}]")
_CHARACTER = re.compile(rf"\w(?:[{INVISIBLE}]*+[{_MARKS}]){{1,31}}|[{INVISIBLE}]+|.", re.DOTALL)
"""A letter or digit with its marks, of which no language has as many, what nobody sees, or any other character."""
# Begins with a class and not with its repetition, which would be tried at every letter.
_DIGITS = re.compile(r"\d\d*")
_LINE_ENDS = re.compile("[\r\x0b\x0c\u2028\u2029]")

_Offsets = tuple[Sequence[TextOffset], Sequence[TextOffset]]


@dataclass(frozen=True)
class Normalized:
    """`text` is a text normalized; `starts` and `ends` give the span of each of its characters in `original`.

    They are ranges where the two texts have the same offsets. `original` is that text as it was read.
    """

    text: str
    starts: Sequence[TextOffset]
    ends: Sequence[TextOffset]
    original: str

    @cached_property
    def digits(self) -> list[tuple[int, int]]:
        """The spans of the runs of digits in the normalized text."""
        return [match.span() for match in _DIGITS.finditer(self.text)]

    def origin(self, at: int) -> TextOffset:
        """The offset in the original of the normalized offset `at`; the end maps to the end."""
        return self.starts[at] if at < len(self.starts) else TextOffset(len(self.original))

    def origin_end(self, at: int) -> TextOffset:
        """The offset in the original behind the character that ends at the normalized offset `at`."""
        return self.ends[at - 1] if at else TextOffset(0)

    def origin_span(self, at: int, end: int) -> TextSpan:
        """The span of the original that stands for the normalized one from `at` to `end`, combining marks whole."""
        return self.origin(at), self.origin_end(end) if at < end else self.origin(at)

    def offset(self, at: TextOffset) -> int:
        """The normalized offset of the first character that begins at or behind the original offset `at`."""
        return at if isinstance(self.starts, range) else bisect_left(self.starts, at)

    def span(self, at: TextOffset, end: TextOffset) -> tuple[int, int]:
        """The span of the normalized text that stands for the one from `at` to `end` of the original."""
        return self.offset(at), self.offset(end)

    def written(self, at: int, end: int) -> str:
        """What stands in the original for the normalized text between two offsets, with single spaces."""
        return " ".join(self.original[self.origin(at) : self.origin(end)].split())

    def is_upper(self, at: int) -> bool:
        """Whether the letter at the normalized offset `at` is a capital in the original."""
        return self.original[self.origin(at) : self.origin(at) + 1].isupper()

    def part(self, at: TextOffset, end: TextOffset) -> str:
        """The normalized form of what stands in the original between two offsets."""
        return self.text[slice(*self.span(at, end))]


@dataclass(frozen=True, eq=False)
class Words:
    """The words and marks of a text in order, with look-up by offset.

    `spelled` are their normalized forms; each begins in the normalized text where `begins` says, and in the original
    where `starts` does.
    """

    spelled: list[str]
    begins: list[int]
    starts: list[TextOffset]
    normal: Normalized

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
        return self.normal.origin_end(self.begins[index] + len(self.spelled[index]))

    def among(self, marks: frozenset[str], start: TokenIndex, stop: TokenIndex) -> list[TokenIndex]:
        """The indexes of the words and marks `start` to `stop` (half open) that are one of these, in order."""
        found = map(marks.__contains__, self.spelled[start:stop])
        return [TokenIndex(start + index) for index, among in enumerate(found) if among]

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often each two words stand side by side."""
        return Counter(pairwise(self.spelled))


def normalize(text: str) -> Normalized:
    """Return `text` in one form: NFC, lower case, one tone placement, one i, plain quotes, dashes and spaces.

    Characters that nobody sees are left out: `3\u200b45` is 345. Marks are composed as Latin letters have them.
    """
    if not _UNCOMPOSED.search(text):
        starts, ends = range(len(text)), range(1, len(text) + 1)
        return Normalized(_in_one_form(text), *cast(_Offsets, (starts, ends)), text)
    written = _CHARACTER.findall(text)
    composed = {character: _composed(character) for character in set(written)}
    edges = [0, *accumulate(map(len, written))]
    starts, ends = (
        [at for at, character in zip(places, written, strict=False) for _ in composed[character]]
        for places in (edges, edges[1:])
    )
    return Normalized(
        _in_one_form("".join(map(composed.__getitem__, written))), *cast(_Offsets, (starts, ends)), text
    )


def _composed(character: str) -> str:
    """Return a letter with its marks as one character, where there is one; nothing for what nobody sees."""
    seen = _INVISIBLE.sub("", character)
    return unicodedata.normalize("NFC", seen) if len(seen) > 1 else seen


def _in_one_form(text: str) -> str:
    """Return a composed text in lower case and one spelling, each character of it one."""
    lowered = text.replace("İ", "I").lower()  # the only one that has two in lower case
    return _SPELLED_OTHERWISE.sub(lambda spelled: _ONE_FORM[spelled[0]], lowered)


def split_words(text: str) -> Words:
    """Return the words and marks of `text`, normalized, each with its span in `text`."""
    return words_of(normalize(text))


def words_of(normal: Normalized) -> Words:
    """Return the words and marks of a text that is normalized already, as `split_words` does."""
    parts = _WORD.split(normal.text)  # what stands between two words, and each word
    begins = list(accumulate(map(len, parts)))[:-1:2]
    return Words(parts[1::2], begins, list(map(normal.starts.__getitem__, begins)), normal)


def lines_of(text: str) -> Iterator[tuple[TextOffset, str]]:
    """Yield the lines of `text` in order, each with the offset it begins at, without what ends it; some are empty."""
    at = TextOffset(0)
    for line in _LINE_ENDS.sub("\n", text).split("\n"):
        yield at, line
        at = at + len(line) + 1


def trimmed(text: str, at: int, end: int, blank: str) -> TextSpan:
    """Return a span of a text without the characters `blank` around it, both at its end where it has no others."""
    inner = text[at:end].lstrip(blank)
    return TextOffset(end - len(inner)), TextOffset(end - len(inner) + len(inner.rstrip(blank)))


def in_one_form(text: str) -> str:
    """Return a text normalized, with single spaces, to compare names and titles by."""
    return " ".join(normalize(text).text.split())


@lru_cache(maxsize=4096)
def words_in(phrase: str) -> tuple[str, ...]:
    """Return the words and marks of a short phrase, normalized."""
    return tuple(_WORD.findall(normalize(phrase).text))
