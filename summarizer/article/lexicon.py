"""The taxonomy's words, and those of the rules' tables beside it, ready to be looked up in an article.

Words are compared folded (`summarizer.article.normalize`), and the longest match wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from summarizer.article.normalize import Words, fold_words
from summarizer.article.openings import looked_for
from summarizer.schemas import taxonomy as table_of
from summarizer.schemas.report import Grade, Subject
from summarizer.schemas.tables import read_table

__all__ = ("GRADED", "Lexicon", "Match", "Row", "Taxonomy", "rows", "taxonomy")

Meaning = Literal["subject", "grade", "status", "topic", "generic", "side"]

GRADED: frozenset[Subject] = frozenset(
    ("party_organization", "party_cell", "party_member", "collective", "individual", "staff", "union_member")
)
"""The subjects that can have a grade: organizations and people. Pupils' ratings are not grades."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: these `words` have this `value` in the list `meaning`."""

    meaning: Meaning
    value: str
    words: tuple[str, ...]


V = TypeVar("V")


class Match(NamedTuple, Generic[V]):
    """Words `start` to `stop` (indexes, half open) of a word list, and what the table makes of them."""

    start: int
    stop: int
    value: V


@dataclass(slots=True)
class _Node(Generic[V]):
    """A word in a tree of phrases: the words that may follow it, and the value of a phrase that ends with it."""

    following: dict[str, _Node[V]] = field(default_factory=dict)
    value: V | None = None


class Lexicon(Generic[V]):
    """The phrases of one meaning, found at a word or between two, longest first."""

    def __init__(self, phrases: dict[tuple[str, ...], V]) -> None:
        root: _Node[V] = _Node()
        for phrase, value in phrases.items():
            node = root
            for form in phrase:
                node = node.following.setdefault(form, _Node())
            node.value = value
        self._tree = root.following
        self._begins = looked_for(" ".join(phrase[:2]) for phrase in phrases)

    def at(self, words: Sequence[str], start: int, stop: int) -> Match[V] | None:
        """Return the longest phrase that begins at word `start` and ends before word `stop`; `words` are folded."""
        node = self._tree.get(words[start]) if start < stop else None
        value, end, index = None, start, start
        while node is not None:
            index += 1
            if node.value is not None:
                value, end = node.value, index
            node = node.following.get(words[index]) if index < stop else None
        return None if value is None else Match(start, end, value)

    def find(self, words: Words, start: int, stop: int) -> list[Match[V]]:
        """Return the phrases between two words in order, not overlapping."""
        found: list[Match[V]] = []
        for begin in words.among(self._begins, start, stop):
            if begin >= start and (match := self.at(words.spelled, begin, stop)):
                found.append(match)
                start = match.stop
        return found

    def first(self, words: Words, start: int, stop: int) -> Match[V] | None:
        """Return the first phrase between two words."""
        for begin in words.among(self._begins, start, stop):
            if match := self.at(words.spelled, begin, stop):
                return match
        return None

    def last(self, words: Words, start: int, stop: int) -> Match[V] | None:
        """Return the last phrase that `find` does."""
        found = self.find(words, start, stop)
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The table's lists, ready to look words up in."""

    subjects: Lexicon[Subject]
    grades: Lexicon[Grade]
    aims: Lexicon[str]
    near_targets: Lexicon[str]
    target_sections: Lexicon[str]
    done: Lexicon[str]
    facts: Lexicon[str]
    topics: Lexicon[Subject]
    generics: Lexicon[str]
    """What a noun can begin with that is none by itself: the four below, of which each knows only its own."""
    comrades: Lexicon[str]
    persons: Lexicon[str]
    admitted: Lexicon[str]
    classifiers: Lexicon[str]
    sides: Lexicon[Literal["party", "other"]]


def rows() -> list[Row]:
    """Return the rows of the taxonomy in use and of the rules' tables beside it."""
    table = table_of.active()
    found = [Row("subject", row.value, row.words) for row in table.subjects if row.words]
    found += [Row("grade", row.value, row.words) for row in table.grades if row.words]
    tables: tuple[tuple[Meaning, str, tuple[str, ...]], ...] = (
        ("status", "status", ("value",)),
        ("topic", "topics", ()),
        ("generic", "generic_nouns", ("value",)),
        ("side", "sides", ()),
    )
    for meaning, name, key in tables:
        read = read_table("summarizer.rules", name, ("value", "words"), key=key)
        found += [Row(meaning, row["value"], row.phrases()) for row in read]
    return found


def taxonomy() -> Taxonomy:
    """Return the words of the taxonomy in use and of the rules' tables, read once for each."""
    return _of(table_of.active())


@lru_cache(maxsize=2)
def _of(_: table_of.Taxonomy) -> Taxonomy:
    table = rows()

    def lexicon(meaning: Meaning, value: str | None = None) -> Lexicon[Any]:
        return Lexicon(
            {
                fold_words(phrase): row.value
                for row in table
                if row.meaning == meaning and value in (None, row.value)
                for phrase in row.words
            }
        )

    return Taxonomy(
        subjects=lexicon("subject"),
        grades=lexicon("grade"),
        aims=lexicon("status", "aim"),
        near_targets=lexicon("status", "near"),
        target_sections=lexicon("status", "section"),
        done=lexicon("status", "done"),
        facts=lexicon("status", "fact"),
        topics=lexicon("topic"),
        generics=lexicon("generic"),
        comrades=lexicon("generic", "comrade"),
        persons=lexicon("generic", "person"),
        admitted=lexicon("generic", "admitted"),
        classifiers=lexicon("generic", "class"),
        sides=lexicon("side"),
    )
