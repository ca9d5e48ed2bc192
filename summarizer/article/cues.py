"""Cue patterns: regular expressions written in everyday Vietnamese and matched against folded text.

`cue` compiles one. A `Cue` is one that begins with a word: it is tried only where its first two words stand, which
an index of the article's words knows, and so costs next to nothing in the sentences that hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from summarizer.article.normalize import Folded, fold
from summarizer.article.openings import looked_for

__all__ = ("MEETING", "Cue", "cue", "openings")

MEETING = (
    r"(?:hội nghị|đại hội|hội thảo|tọa đàm|diễn đàn|kỳ họp|phiên họp|cuộc họp|buổi họp|buổi làm việc"
    r"|buổi sinh hoạt|buổi lễ|buổi tổng kết|buổi gặp mặt|phiên toàn thể|lễ tổng kết|lễ sơ kết|lễ kỷ niệm"
    r"|lễ khai giảng|lễ bế giảng|lễ trao|lễ công bố|lễ|họp|phiên)"
)
"""Alternatives for what a meeting is called, to be put into a `cue`; it captures nothing."""


_PIECES = re.compile(r"\\.|[^\\]+", re.DOTALL)
_MAY_LACK = re.compile(r"(?:[?*]|\{0,?\d*\})[?+]?")
_REPEATS = re.compile(r"(?:\+|\{\d+(?:,\d*)?\})[?+]?")
_GROUP = re.compile(r"\((?:\?:)?(?!\?)")
_NOT_LISTED = re.compile(r"^\^|\\\w|\w-\w")


def cue(source: str) -> re.Pattern[str]:
    r"""Compile `source` for folded text.

    A space in `source` stands for any run of white space, so a phrase that a page breaks over two lines is
    still found; inside a character class and behind `(?<!` it has to be written `\s`. Groups have no names.
    """
    pieces = (piece if piece[0] == "\\" else fold(piece).text for piece in _PIECES.findall(source))
    return re.compile("".join(pieces).replace(" ", r"\s+"))


class Cue:
    """A cue whose every match begins with a whole word, from `source` as `cue` takes it.

    Raises ValueError where the first words cannot be told from `source`, as with a leading class or space.
    """

    __slots__ = ("openings", "pattern")

    def __init__(self, source: str) -> None:
        self.pattern: re.Pattern[str] = cue(source)
        self.openings: frozenset[str] = looked_for(openings(self.pattern.pattern))

    def starts(self, folded: Folded, at: int, end: int) -> Sequence[int]:
        """Return the offsets of the folded text, from `at` to `end`, where a match may begin, in order."""
        starts = folded.offsets[self.openings]
        return starts[bisect_left(starts, at) : bisect_left(starts, end)]

    def findall(self, folded: Folded, at: int, end: int) -> list[re.Match[str]]:
        """Return the matches between two offsets of the folded text, in order, none reaching into the one before."""
        found: list[re.Match[str]] = []
        while match := self.search(folded, at, end):
            at = match.end()
            found.append(match)
        return found

    def found_in(self, folded: Folded, spans: Sequence[tuple[int, int]]) -> Mapping[int, int]:
        """Return how many matches each of several spans in order has, by the index of the span; no entry for none."""
        begins = [at for at, _ in spans]
        found: dict[int, int] = {}
        reached = 0
        for start in folded.offsets[self.openings]:
            index = bisect_right(begins, start) - 1
            if index < 0 or start < reached or start >= spans[index][1]:
                continue
            if match := self.pattern.match(folded.text, start, spans[index][1]):
                found[index] = found.get(index, 0) + 1
                reached = match.end()
        return found

    def search(self, folded: Folded, at: int, end: int) -> re.Match[str] | None:
        """Return the first match between two offsets of the folded text."""
        starts = folded.offsets[self.openings]
        index = bisect_left(starts, at)
        while index < len(starts) and starts[index] < end:
            if match := self.pattern.match(folded.text, starts[index], end):
                return match
            index += 1
        return None


def openings(pattern: str) -> frozenset[str]:
    """Return what a match of a compiled cue's `pattern` can begin with: the first two words, with a space between.

    A first word or mark stands alone where anything can follow it. A word that the pattern does not end is taken
    for a whole one. Raises ValueError where a match could begin with any word, with none, or with white space.
    """
    whole: set[str] = set()
    at, begun = _alternatives(pattern, 0, {""}, whole)
    if at < len(pattern) or "" in begun:
        raise ValueError(f"no first words in {pattern[:60]!r}")
    return frozenset(whole | {opening.rstrip() for opening in begun})


def _alternatives(pattern: str, at: int, begun: set[str], whole: set[str]) -> tuple[int, set[str]]:
    """Read alternatives up to what closes them; openings `begun` go on in each, those that end go to `whole`."""
    left: set[str] = set()
    while True:
        going = begun
        while at < len(pattern) and pattern[at] not in "|)":
            at, going = _repeated(pattern, at, going, whole)
        left |= going
        if at == len(pattern) or pattern[at] == ")":
            return at, left
        at += 1


def _repeated(pattern: str, at: int, begun: set[str], whole: set[str]) -> tuple[int, set[str]]:
    """Read one item with how often it may stand; twice is enough for two words."""
    end, left = _item(pattern, at, begun, whole)
    if lacking := _MAY_LACK.match(pattern, end):
        if lacking.group() != "?":
            left |= _item(pattern, at, left, whole)[1]
        return lacking.end(), left | begun
    if again := _REPEATS.match(pattern, end):
        return again.end(), left | _item(pattern, at, left, whole)[1]
    return end, left


def _item(pattern: str, at: int, begun: set[str], whole: set[str]) -> tuple[int, set[str]]:
    """Read one item: a group, a look-around, a class, an escape, a letter or a mark."""
    if group := _GROUP.match(pattern, at):
        at, left = _alternatives(pattern, group.end(), begun, whole)
        return at + 1, left
    if pattern[at] == "(":
        return _behind(pattern, at), begun
    if pattern[at] in "^$":
        return at + 1, begun
    if pattern[at] == "[":
        end = pattern.index("]", at + 2) + 1
        return end, _grown(begun, _listed(pattern[at + 1 : end - 1]), whole)
    if pattern[at] == "\\":
        escaped = pattern[at + 1]
        if escaped == "s" and "" not in begun:
            return at + 2, _spaced(begun, whole)
        return at + 2, _grown(begun, None if escaped.isalpha() else escaped, whole)
    return at + 1, _grown(begun, None if pattern[at] == "." else pattern[at], whole)


def _behind(pattern: str, at: int) -> int:
    """Return the offset behind the bracket that closes the one at `at`."""
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        if pattern[at] == "[":
            at = pattern.index("]", at + 2)
        at += 2 if pattern[at] == "\\" else 1
        if depth == 0:
            return at


def _listed(characters: str) -> str | None:
    """Return the characters of a class, None where it does not list them."""
    return None if _NOT_LISTED.search(characters) else characters.replace("\\", "")


def _spaced(begun: set[str], whole: set[str]) -> set[str]:
    """Return the openings with a space behind their first word; a space behind the second ends them."""
    whole |= {opening for opening in begun if " " in opening.rstrip()}
    return {opening.rstrip() + " " for opening in begun - whole}


def _grown(begun: set[str], characters: str | None, whole: set[str]) -> set[str]:
    """Return each opening longer by each letter among `characters` (None: any); a mark is a word by itself."""
    letters = {character for character in characters or "" if character.isalnum()}
    if characters is None or len(letters) < len(characters):
        if "" in begun and characters is None:
            raise ValueError("a cue's first word can be any")
        # Of what begins with a digit the rest is not known: "năm 20" in "năm 20\d\d".
        whole |= {one if one[-1:].isalpha() else one.split(" ")[0] for one in begun - {""}}
        if characters and "" in begun:
            whole |= set(characters) - letters
    return {opening + letter for opening in begun for letter in letters}
