"""The words that one number of a sentence can be about, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from summarizer.article.normalize import Words
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lexicon, Lists
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.report import Grade, Subject

_TABLE = Lists("summarizer.rules", "scope")


def _values(name: str) -> Lexicon[str]:
    return Lexicon(
        (phrase, value) for value, words in Lists("summarizer.rules", name).items() for phrase in words
    )


TOPICS: Lexicon[Subject] = _values("topics")
"""What a percentage or a bare number is about where its sentence names no noun (học lực: learner)."""
SIDES = _values("sides")
"""Whose a đồng chí or ủy viên is: `party` or `other`."""

BREAKS = frozenset(";.!?=")
"""Marks that end what a number can be about."""
SOFT_BREAKS = frozenset(',;.:!?()"=')
"""Marks that end a phrase."""
COMMAS = frozenset(",;")
"""Marks that part what a sentence lists."""
_SHARE_OF = _TABLE.words("share_of")
_SHARE = _SHARE_OF | _TABLE.words("share")
_MOST_ASIDES = 6
"""Numbers behind one that may only say how large a share it is, at most."""


class Clause(NamedTuple):
    """The words `start` to `stop` (indexes into the article's words) that one sentence spans."""

    start: TokenIndex
    stop: TokenIndex


class Meaning(NamedTuple):
    """What a number counts: subject, grade, and the words that say so, as a span in the article's text.

    `adjacent` where the noun stands right behind the number; `known` where a row of the table names that noun.
    """

    subject: Subject
    grade: Grade | None
    at: TextOffset
    end: TextOffset
    adjacent: bool
    known: bool = True


class Noun(NamedTuple):
    """A noun in words `start` to `stop` (half open), and what the table says that it is.

    `adjacent`: it stands right behind its number; `headed`: behind số, tỷ lệ and the like.
    """

    start: TokenIndex
    stop: TokenIndex
    subject: Subject
    adjacent: bool = False
    headed: bool = False


class Scope:
    """The words that the number `index` of a sentence can be about, from word `floor` to word `stop`.

    `left` and `right` are the word that begins at the number and the one behind its unit; `before`, `later` the
    numbers beside it, `next` the word where the later one stands; `following` reads what that one means (`read`
    takes its index among the numbers; None where it is not to be read).
    """

    def __init__(
        self,
        words: Words,
        clause: Clause,
        numbers: Sequence[Number],
        index: int,
        read: Callable[[int], Meaning] | None,
    ) -> None:
        self.words, self.spelled = words, words.spelled
        self.number = numbers[index]
        self.before = numbers[index - 1] if index else None
        self.left = words.first_from(self.number.at)
        self.right = words.first_from(self.number.tail)
        floor = max(clause.start, words.first_from(self.before.tail) if self.before else clause.start)
        self.floor = _closed_before(words, floor, self.left)
        self.clause = clause
        self.next: TokenIndex | None = None
        self.later: Number | None = None
        self.following: Callable[[], Meaning] | None = None
        self.stop = clause.stop
        for following in range(index + 1, min(len(numbers), index + 1 + _MOST_ASIDES)):
            later = numbers[following]
            at = words.first_from(later.at)
            if at >= clause.stop:
                break
            if not self._is_aside(later, at):
                self.next = self.stop = at
                self.later = later
                self.following = partial(read, following) if read else None
                break
        if breaks := words.among(BREAKS, self.right, self.stop):
            self.stop = breaks[0]
            self.next = self.following = None

    @property
    def in_bracket(self) -> bool:
        """Whether the number stands in a bracket that says no more than how much another number is."""
        first = self._share_from(self.left, TokenIndex(0))
        return self.spelled[first - 1 : first] == ["("]

    def led(self, most: int) -> list[str]:
        """Return the words of its clause before the number, `most` at most."""
        return self.spelled[max(self.clause.start, self.left - most) : self.left]

    def _share_from(self, index: TokenIndex, floor: TokenIndex) -> TokenIndex:
        """Return the first word, from word `floor` on, of those that lead to a share at word `index`."""
        while index > floor and self.spelled[index - 1] in _SHARE:
            index -= 1
        return index

    def _is_aside(self, later: Number, at: TokenIndex) -> bool:
        """Return whether a later number only says how large a share this one is, or the other way round.

        `12 chi bộ (80%) …`, `12 chi bộ, chiếm 80%, …`, `80% chi bộ (12 chi bộ) …`: what follows is of this one.
        """
        first = self._share_from(at, self.right)
        mark = self.spelled[first - 1]
        if later.unit != "percent":
            inside = mark == "(" and self.number.unit == "percent" and later.unit == "count"
            return inside and "(" not in self.spelled[self.right : first - 1]
        if self.number.unit == "percent":
            return mark == "("
        leads = _SHARE_OF.intersection(self.spelled[first:at])
        return (
            mark == "("
            or (mark in ("-", "=") and first - 1 > self.right)
            or (first < at and (mark == "," or bool(leads)))
        )


def after_last(tokens: list[str], marks: frozenset[str]) -> list[str] | None:
    """Return the words behind the last of these marks, None where none of them stands there."""
    last = max((i for i, word in enumerate(tokens) if word in marks), default=None)
    return None if last is None else tokens[last + 1 :]


def _closed_before(words: Words, start: TokenIndex, left: TokenIndex) -> TokenIndex:
    """Return the last word from `start` to `left` that closes a bracket opened before them, else `start`."""
    depth = 0
    for at, word in enumerate(words.spelled[start:left], start):
        depth += (word == "(") - (word == ")")
        if depth < 0:
            start, depth = TokenIndex(at), 0
    return start
