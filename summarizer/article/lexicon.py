"""The taxonomy's words, and those of the rules' tables beside it, ready to be looked up in an article.

Words are compared folded (`summarizer.article.normalize`), and the longest match wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from summarizer.article.phrases import Lexicon, Match
from summarizer.schemas import taxonomy as table_of
from summarizer.schemas.report import Grade, Subject
from summarizer.schemas.tables import read_lists

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
    tables: tuple[tuple[Meaning, str], ...] = (
        ("status", "status"),
        ("topic", "topics"),
        ("generic", "generic_nouns"),
        ("side", "sides"),
    )
    for meaning, name in tables:
        found += [Row(meaning, value, words) for value, words in read_lists("summarizer.rules", name).items()]
    return found


def taxonomy() -> Taxonomy:
    """Return the words of the taxonomy in use and of the rules' tables, read once for each."""
    return _of(table_of.active())


@lru_cache(maxsize=2)
def _of(_: table_of.Taxonomy) -> Taxonomy:
    table = rows()

    def lexicon(meaning: Meaning, value: str | None = None) -> Lexicon[Any]:
        return Lexicon(
            (phrase, row.value)
            for row in table
            if row.meaning == meaning and value in (None, row.value)
            for phrase in row.words
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
