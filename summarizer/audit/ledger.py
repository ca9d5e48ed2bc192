"""The ledger: an article's counts among its words, as the audit goes through them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer.article import counted_nouns
from summarizer.article.article import Article
from summarizer.article.normalize import Words, words_in
from summarizer.article.phrases import Lists
from summarizer.article.sentences import LIST_MARKS
from summarizer.schemas.labels import labels
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.report import Count, Finding, FindingKind, Notice, Place, Subject

NUMBER = "#"
"""What stands for a number in a ledger's words, so that `75,2` holds no comma and `6.481` no full stop."""
OPENS_ITEM = frozenset((*LIST_MARKS, NUMBER))
"""What may stand at the beginning of a line of a list."""
PERSONS: frozenset[Subject] = frozenset(("party_member", "individual", "staff", "learner", "union_member"))

_NARROW: frozenset[Subject] = frozenset(
    (
        "party_organization",
        "party_cell",
        "party_member",
        "staff",
        "learner",
        "union_member",
        "class",
        "school",
    )
)
"""Subjects whose nouns name one kind of thing: two of their counts can be a whole and its part."""
_COMPLEMENTS = [
    tuple(map(words_in, pair.split(" và "))) for pair in Lists("summarizer.audit", "audit")["complements"]
]
LEAST_PARTS, CLOSE = 3, 0.05
"""How many parts must stand by a number called a total, at least, and how far from it they may be, as a fraction."""
_LONGEST_NOUN = 6
_BRACKETS = frozenset("()")
_TURNS = (["lượt"], ["lược"])
"""What is counted where one person can be counted several times."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A count among the words: `left` is the number's first word, `right` the first behind it and its unit.

    `depth` says in how many parentheses it stands, `sentence` in which sentence of the article.
    """

    count: Count
    left: int
    right: int
    depth: int
    sentence: int


class Ledger:
    """The words of an article normal, one mark for each word of a number, and its counts in their places."""

    def __init__(self, article: Article, counts: Sequence[Count]) -> None:
        words = article.words
        self.article = article
        self.words = words
        self.tokens = list(words.spelled)
        self.bounds = article.bounds
        self.depths = _depths(words, self.bounds)
        spans: dict[int, tuple[int, int]] = {}
        self.numbers: list[int] = []
        """The words of numbers, in order."""
        self.unread: set[int] = set()
        for number in article.numbers:
            left, right = words.first_from(number.at), words.first_from(number.tail)
            spans[number.at] = left, right
            self.tokens[left:right] = [NUMBER] * (right - left)
            self.numbers.extend(range(left, right))
            if number.reason is None:
                self.unread.add(left)
        starts = [start for start, _ in self.bounds]
        self.entries: list[Entry] = []
        for count in sorted(counts, key=lambda count: count.at):
            left, right = spans.get(TextOffset(count.at)) or (
                words.first_from(TextOffset(count.at)),
                words.first_from(TextOffset(count.end)),
            )
            # What tables hold is summed by their rows and columns.
            if left >= len(self.tokens) or count.at in article.table_numbers:
                continue
            self.unread.discard(left)
            sentence = max(0, bisect_left(starts, left + 1) - 1)
            self.entries.append(Entry(count, left, right, self.depths[left], sentence))
        self._lefts = [entry.left for entry in self.entries]

    def between(self, start: int, stop: int) -> Sequence[Entry]:
        """The counts whose number begins at word `start` or behind it, before word `stop`."""
        return self.entries[bisect_left(self._lefts, start) : bisect_left(self._lefts, stop)]

    def by_sentence(self) -> Iterator[list[Entry]]:
        """Yield the counts of each sentence that holds some, in order."""
        for _, held in groupby(self.entries, key=lambda entry: entry.sentence):
            yield list(held)

    def has(self, phrase: tuple[str, ...], start: int, stop: int) -> bool:
        """Whether the normalized words of `phrase` stand in a row between two words."""
        return _has(self.tokens[max(0, start) : stop], phrase)

    def noun(self, entry: Entry) -> tuple[int, int] | None:
        """The words of the noun right behind a number, as a span of word indexes; None where none is known."""
        start = entry.right
        stop = min(len(self.words), start + _LONGEST_NOUN)
        for lexicon in (counted_nouns.subject_words(), counted_nouns.COMRADES, counted_nouns.PERSONS):
            found = lexicon.at(self.article.words.spelled, TokenIndex(start), TokenIndex(stop))
            if found:
                return found.start, found.stop
        return None

    def written(self, entry: Entry) -> str:
        """A number as the article writes it, with its unit and the noun right behind it."""
        noun = self.noun(entry)
        return self.in_article(entry.count.at, noun[1] if noun else entry.right)

    def in_article(self, at: int, stop: int) -> str:
        """The article's text from the offset `at` up to the word `stop`, on one line."""
        return " ".join(self.article.text[at : self.words.end(TokenIndex(stop - 1))].split())

    def alike(self, total: Entry, part: Entry) -> bool:
        """Whether one count can be a part of another: one kind of thing, one unit, both done or both planned."""
        ours, theirs = total.count, part.count
        turns, of_turns = (self.tokens[one.right : one.right + 1] in _TURNS for one in (total, part))
        if (ours.unit, ours.subject, turns) != (theirs.unit, theirs.subject, of_turns):
            return False
        if ours.status != theirs.status:
            return False
        return ours.subject in _NARROW or ours.unit == "money" or self.akin(total, part)

    def akin(self, total: Entry, part: Entry) -> bool:
        """Whether a part is named as its whole is, or is not named at all (`17 đảng viên; 16 chính thức`)."""
        noun = self.noun(part)
        return noun is None or self.tokens[noun[0]] in self.tokens[total.right : total.right + _LONGEST_NOUN]


def leave_no_third(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words of two parts name kinds of which everybody is of one (chính thức and dự bị, nam and nữ)."""
    return any(
        (_has(one, first) and _has(other, second)) or (_has(one, second) and _has(other, first))
        for first, second in _COMPLEMENTS
    )


def _has(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return phrase[0] in words and any(
        tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words))
    )


def summable(entry: Entry) -> bool:
    """Whether a count is a plain one that sums can be made of: no fraction, no percentage, not approximate."""
    count = entry.count
    return count.total is None and count.unit != "percent" and count.qualifier is None


def finding_of(
    kind: FindingKind, arithmetic: str, counts: Iterable[Count | Entry], *notices: Notice
) -> Finding:
    """Return a finding that says these notices about these counts, the suspected one first."""
    found = [one.count if isinstance(one, Entry) else one for one in counts]
    return Finding(
        kind=kind,
        message=labels("vi").notice(*notices),
        notices=notices,
        arithmetic=arithmetic,
        places=tuple(Place(at=count.at, text=count.text) for count in found),
    )


def plain(value: float) -> str:
    """A number for a line of arithmetic, in Vietnamese notation as arithmetic is kept: `6.481`, `75,25`."""
    return labels("vi").number(round(value, 2))


def _depths(words: Words, bounds: Sequence[tuple[int, int]]) -> list[int]:
    """Return how deep in parentheses each word stands, they themselves included; each sentence begins at 0."""
    depths = [0] * len(words)
    for start, stop in bounds:
        depth, since = 0, start
        for i in words.among(_BRACKETS, TokenIndex(start), TokenIndex(stop)):
            end = i if words.spelled[i] == "(" else i + 1
            depths[since:end] = [depth] * (end - since)
            depth, since = (depth + 1 if end == i else max(0, depth - 1)), end
        depths[since:stop] = [depth] * (stop - since)
    return depths
