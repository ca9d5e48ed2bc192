"""Cue patterns: regular expressions written in everyday Vietnamese and matched against folded text.

`cue` compiles one. A `Cue` is one that begins with a word: it is tried only where one of its first words stands,
which an index of the article's words knows, and so costs next to nothing in the sentences that hold none.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from summarizer.folding import Folded, fold, looked_for

__all__ = ("MEETING", "Cue", "cue", "first_words")

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
_WORD_ENDS = r"(?!\w)"
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

    __slots__ = ("first", "pattern")

    def __init__(self, source: str) -> None:
        self.pattern: re.Pattern[str] = cue(source)
        self.first: frozenset[str] = looked_for(first_words(self.pattern.pattern))

    def findall(self, folded: Folded, at: int, end: int) -> list[re.Match[str]]:
        """Return the matches between two offsets of the folded text, in order, none reaching into the one before."""
        starts = folded.begins_with(self.first)
        index = bisect_left(starts, at)
        found: list[re.Match[str]] = []
        while index < len(starts) and (start := starts[index]) < end:
            index += 1
            if start >= at and (match := self.pattern.match(folded.text, start, end)):
                at = match.end()
                found.append(match)
        return found

    def search(self, folded: Folded, at: int, end: int) -> re.Match[str] | None:
        """Return the first match between two offsets of the folded text."""
        starts = folded.begins_with(self.first)
        index = bisect_left(starts, at)
        while index < len(starts) and (start := starts[index]) < end:
            if match := self.pattern.match(folded.text, start, end):
                return match
            index += 1
        return None


def first_words(pattern: str) -> frozenset[str]:
    """Return the words and marks that a match of a compiled cue's `pattern` can begin with.

    A word that the pattern does not end is taken for a whole one. Raises ValueError where a match could begin
    with any word, with none, or with white space.
    """
    whole: set[str] = set()
    at, begun = _alternatives(pattern, 0, {""}, whole)
    if at < len(pattern) or "" in begun:
        raise ValueError(f"no first words in {pattern[:60]!r}")
    return frozenset(whole | begun)


def _alternatives(pattern: str, at: int, begun: set[str], whole: set[str]) -> tuple[int, set[str]]:
    """Read alternatives up to what closes them; words `begun` go on in each, those that end go to `whole`."""
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
    """Read one item with how often it may stand."""
    at, left = _item(pattern, at, begun, whole)
    if lacking := _MAY_LACK.match(pattern, at):
        return lacking.end(), left | begun
    again = _REPEATS.match(pattern, at)
    return (again.end() if again else at), left


def _item(pattern: str, at: int, begun: set[str], whole: set[str]) -> tuple[int, set[str]]:
    """Read one item: a group, a look-around, a class, an escape, a letter or a mark."""
    if group := _GROUP.match(pattern, at):
        at, left = _alternatives(pattern, group.end(), begun, whole)
        return at + 1, left
    if pattern[at] == "(":
        ended = pattern.startswith(_WORD_ENDS, at)
        return _behind(pattern, at), _ended(begun, whole) if ended else begun
    if pattern[at] in "^$":
        return at + 1, begun
    if pattern[at] == "[":
        end = pattern.index("]", at + 2) + 1
        return end, _grown(begun, _listed(pattern[at + 1 : end - 1]), whole)
    if pattern[at] == "\\":
        escaped = pattern[at + 1]
        if escaped == "s" and "" not in begun:
            return at + 2, _ended(begun, whole)
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


def _ended(begun: set[str], whole: set[str]) -> set[str]:
    """Take what is begun for whole words; an empty beginning stays one."""
    whole |= begun - {""}
    return begun & {""}


def _listed(characters: str) -> str | None:
    """Return the characters of a class, None where it does not list them."""
    return None if _NOT_LISTED.search(characters) else characters.replace("\\", "")


def _grown(begun: set[str], characters: str | None, whole: set[str]) -> set[str]:
    """Return each word begun, longer by each letter among `characters` (None: any); a mark is a word by itself."""
    if characters is None:
        if "" in begun:
            raise ValueError("a cue's first word can be any")
        return _ended(begun, whole)
    letters = {character for character in characters if character.isalnum()}
    if len(letters) < len(characters):
        _ended(begun, whole)
        if "" in begun:
            whole |= set(characters) - letters
    return {word + letter for word in begun for letter in letters}
