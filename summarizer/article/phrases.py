r"""Phrases: from the words of a table to one matcher, in one notation.

A phrase of a table is written as one would say it, in any spelling; it is normalized as articles are. In it
    a space          is any run of white space, also the end of a line;
    (một|các)        is one of several, each of any length; (đã)? may also be missing;
    #                is a number in digits (`1.234`, `75,2`), but not at its beginning;
    ...              is up to five words that stand between, within a sentence.
It begins and ends at the edge of a word, unless that end is a mark; digits before it may touch it (12ha).

`cue` compiles a regular expression in which `{name}` stands for all phrases of a list, so that code holds the shape
of an expression and a table its words: `cue(r"{gives} (.{3,40}?) {gifts}", **Lists("summarizer.rules", "awards"))`.
A `Lexicon` looks phrases up by words and knows a value for each, the longest first.

All phrases of a pattern become one tree of their letters, so that no phrase is tried where it cannot begin: 847
phrases cost 0.23 ms in 7,862 characters, as a list of alternatives 3.27.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, product
from typing import Generic, NamedTuple, TypeVar

from summarizer.article.normalize import Words, in_one_form, normalize, words_in
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.tables import read_lists, read_table

V = TypeVar("V")
_START = TokenIndex(0)

_PART = re.compile(r"\((?P<group>[^()]*)\)(?P<optional>\?)?|(?P<word>[^\s()]+)|(?P<space>\s+)")
_NUMBER, _BETWEEN = "\ue000", "\ue001"
"""What stands for `#` and `...` among the letters of a phrase."""
_SPECIAL = {" ": r"\s+", _NUMBER: r"\d+(?:[.,]\d+)*", _BETWEEN: r"(?:[^\s.;!?]+\s+){0,5}?"}
_START_OF_WORD, _END_OF_WORD = r"(?<![^\W\d].)", r"(?!\w)"
_NAME = re.compile(r"\{([a-z][a-z_0-9]*)\}")
_KEPT = re.compile(r"(\\.|\(\?P<\w+>)")
_KEPT_READY = 4096
"""Lists, and pieces of patterns, whose sources are kept: some stand in many patterns."""


def expand(phrase: str) -> list[str]:
    """Return the phrases that a phrase in this module's notation stands for, normalized, with single spaces.

    Raises ValueError for a bracket that is not closed, not opened, or stands within another.
    """
    parts = list(_PART.finditer(phrase))
    if "".join(part[0] for part in parts) != phrase:
        raise ValueError(f"a bracket is not closed, not opened or within another in {phrase!r}")
    ways = [
        [part[0]]
        if part["group"] is None
        else [*map(str.strip, part["group"].split("|")), *([""] if part["optional"] else [])]
        for part in parts
    ]
    found = dict.fromkeys(_normal("".join(way)) for way in product(*ways))
    if "" in found:
        raise ValueError(f"nothing need stand in {phrase!r}")
    return list(found)


def _normal(phrase: str) -> str:
    words = (_NUMBER if word == "#" else _BETWEEN if word == "..." else word for word in phrase.split())
    # A gap takes the space behind it.
    return normalize(" ".join(words)).text.replace(f"{_BETWEEN} ", _BETWEEN)


def source_of(phrases: Iterable[str]) -> str:
    """Return the source of a pattern for normalized text that matches any of the phrases; it captures nothing."""
    return _source_of(tuple(phrases))


@lru_cache(_KEPT_READY)
def _source_of(phrases: tuple[str, ...]) -> str:
    root: dict[str, dict] = {}
    for phrase in phrases:
        for way in expand(phrase):
            if way[0] in _SPECIAL:
                raise ValueError(f"a phrase begins with a word or a mark, not with {phrase.split()[0]!r}")
            node = root
            for character in way:
                node = node.setdefault(character, {})
            node[_END_OF_WORD if way[-1].isalnum() else ""] = {}
    return f"(?:{_tree(root, begun=_START_OF_WORD)})"


def _tree(node: Mapping[str, dict], begun: str = "") -> str:
    """Return the source of what can follow in a tree of letters, the longer before the shorter.

    `begun` stands behind the first letters: a pattern that begins with a letter is searched for much faster.
    """
    ways = [
        _SPECIAL.get(mark, re.escape(mark)) + (begun if mark.isalnum() else "") + _tree(after)
        for mark, after in node.items()
        if len(mark) == 1
    ]
    ways += [mark for mark in node if len(mark) != 1]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def cue(source: str, /, **lists: Iterable[str]) -> re.Pattern[str]:
    r"""Compile a regular expression for normalized text; its own letters are normalized.

    A space in `source` stands for any run of white space; inside a character class and behind `(?<!` it has to be
    written `\s`. `{name}` stands for the phrases of the list of that name. Raises ValueError for a list that is not
    given.
    """
    return re.compile(pattern_of(source, **lists))


def pattern_of(source: str, /, **lists: Iterable[str]) -> str:
    """Return what `cue` compiles, to be a part of other patterns. Raises ValueError as it does."""
    parts: list[str] = []
    for index, part in enumerate(_NAME.split(source)):
        if index % 2:
            if part not in lists:
                raise ValueError(f"no list {part!r} is given for {source[:60]!r}")
            parts.append(source_of(lists[part]))
        else:
            parts += (
                letters if letters[:1] == "\\" or letters[:4] == "(?P<" else _literal(letters)
                for letters in _KEPT.split(part)
            )
    return "".join(parts)


@lru_cache(_KEPT_READY)
def _literal(letters: str) -> str:
    return normalize(letters).text.replace(" ", r"\s+")


def word_cue(source: str, /, **lists: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern as `cue` does that matches only from the beginning of a word on.

    A source of one alternative that begins with a list does so by itself, and is searched for faster.
    """
    pattern = pattern_of(source, **lists)
    return re.compile(pattern if source[0] == "{" and "|" not in source else rf"(?<!\w)(?:{pattern})")


class Match(NamedTuple, Generic[V]):
    """Words `start` to `stop` (indexes, half open) of a word list, and the value that a table gives them."""

    start: TokenIndex
    stop: TokenIndex
    value: V


class Lexicon(Generic[V]):
    """Phrases with a value each, found at a word or between two, longest first; gaps and numbers are not for it."""

    def __init__(self, phrases: Iterable[tuple[str, V]]) -> None:
        self._values = {words_in(way): value for phrase, value in phrases for way in expand(phrase)}
        lengths: dict[str, set[int]] = {}
        for words in self._values:
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(
        self, words: Sequence[str], start: TokenIndex = _START, stop: TokenIndex | None = None
    ) -> Match[V] | None:
        """Return the longest phrase that begins at word `start` and ends before word `stop`; `words` are normal."""
        stop = TokenIndex(len(words)) if stop is None else stop
        for length in self._lengths.get(words[start], ()) if start < stop else ():
            end = start + length
            if end <= stop and (phrase := tuple(words[start:end])) in self._values:
                return Match(start, end, self._values[phrase])
        return None

    def find(
        self, words: Words, start: TokenIndex = _START, stop: TokenIndex | None = None
    ) -> list[Match[V]]:
        """Return the phrases between two words in order, not overlapping."""
        return list(self._found(words.spelled, start, stop))

    def first(
        self, words: Words, start: TokenIndex = _START, stop: TokenIndex | None = None
    ) -> Match[V] | None:
        """Return the first phrase between two words."""
        return next(self._found(words.spelled, start, stop), None)

    def last(
        self, words: Words, start: TokenIndex = _START, stop: TokenIndex | None = None
    ) -> Match[V] | None:
        """Return the last phrase that `find` does."""
        return next(reversed(self.find(words, start, stop)), None)

    def _found(self, words: Sequence[str], start: TokenIndex, stop: TokenIndex | None) -> Iterator[Match[V]]:
        stop = TokenIndex(len(words) if stop is None else min(stop, len(words)))
        for index in compress(range(start, stop), map(self._lengths.__contains__, words[start:stop])):
            if index >= start and (match := self.at(words, TokenIndex(index), stop)):
                yield match
                start = match.stop


def values_of(name: str, column: str, of: Callable[[str], V]) -> dict[str, V]:
    """Return the phrases of the table `tables/NAME.csv` beside this module, normalized, with what its column says.

    `of` makes the value of a cell of that column.
    """
    rows = read_table("summarizer.article", name, (column, "words"))
    return {in_one_form(phrase): of(row[column]) for row in rows for phrase in row.phrases()}


class Lists(dict[str, tuple[str, ...]]):
    """The lists of a table (`summarizer.schemas.tables.read_lists`), as written, and normalized for look-up."""

    def __init__(self, package: str, name: str) -> None:
        super().__init__(read_lists(package, name))

    def words(self, *names: str) -> frozenset[str]:
        """Return the single words of some lists, normalized. Raises ValueError for a phrase of several words."""
        found = [words_in(phrase) for name in names for phrase in self[name]]
        if several := [" ".join(words) for words in found if len(words) > 1]:
            raise ValueError(f"{names}: a list of single words has {several[0]!r}")
        return frozenset(word for (word,) in found)

    def phrases(self, *names: str) -> frozenset[tuple[str, ...]]:
        """Return the phrases of some lists, each as its normalized words."""
        return frozenset(words_in(phrase) for name in names for phrase in self[name])

    def lexicon(self, *names: str) -> Lexicon[str]:
        """Return the phrases of some lists to be looked for, each with the name of its list."""
        return Lexicon((phrase, name) for name in names for phrase in self[name])

    def joined(self, *names: str) -> frozenset[str]:
        """Return the phrases of some lists, normalized, each as one string with single spaces."""
        return frozenset(in_one_form(phrase) for name in names for phrase in self[name])
