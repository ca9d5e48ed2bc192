"""The article as a large model gets it: with a mark before each clause, each number and each date.

Three kinds of marks, none of which an article has by itself: `⟦5⟧` before a clause, `[12]` before a number that may
count something, `[d3]` before a date, a year, a document's number. The model answers by marks, so that it can
neither invent a number nor alter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.article.article import Article
from summarizer.article.numbers import Number
from summarizer.schemas.reading import CERTAIN_REASONS

__all__ = ("Clause", "Datum", "MarkedArticle", "mark_article", "unmarked")

_DATA_REASONS = CERTAIN_REASONS | {"period"}
"""Numbers that are told to the model as data, not asked about: no label of 33 articles counts one of them."""
_UNMARKED_REASONS = frozenset(("page_chrome", "list_mark"))
"""Numbers that get no mark at all: nobody asks about them or tells them in a summary."""
_BLANK = re.compile(r"[^\S\n]*\n\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")
_MARKS = re.compile(r"⟦\d+⟧|\[d?\d+\]|\{d?\d+\}")
_OWN_MARKS = str.maketrans({"⟦": "[", "⟧": "]"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the article, from `at` to `end` of its text; `sentence` counts the sentences from 0."""

    at: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Datum:
    """A date, year or document's number: `text` stands at `at` of the article's text."""

    at: int
    text: str

    @property
    def end(self) -> int:
        """The offset of the first character that is not its own any more."""
        return self.at + len(self.text)


@dataclass(frozen=True)
class MarkedArticle:
    """A stretch of an article with its marks, from 1; they are the keys of `numbers`, `data` and `clauses`."""

    article: Article
    text: str
    numbers: Mapping[int, Number]
    data: Mapping[int, Datum]
    clauses: Mapping[int, Clause]

    @cached_property
    def mark_at(self) -> Mapping[int, int]:
        """The mark of each number, by its offset in the article's text."""
        return {number.at: mark for mark, number in self.numbers.items()}

    def key(self, mark: int) -> str:
        """Return a number's key in an answer: its mark and itself, `12. 145`."""
        return f"{mark}. {_SPACES.sub(' ', self.numbers[mark].text)}"


def mark_article(article: Article, *, most_characters: int) -> Sequence[MarkedArticle]:
    """Return the article with its marks, in one piece where it has at most `most_characters`.

    A longer one is cut between paragraphs; the marks go on counting over the pieces.
    """
    pieces: list[MarkedArticle] = []
    for start, end in _stretches(article, most_characters):
        pieces.append(_marked(article, start, end, pieces[-1] if pieces else None))
    return pieces


def unmarked(words: str) -> str:
    """Return what a model copied from a marked article without the marks, its spaces brought to one."""
    return " ".join(_MARKS.sub("", words).split())


def _stretches(article: Article, most: int) -> Iterator[tuple[int, int]]:
    """Yield spans of whole paragraphs, each of at most `most` characters where a paragraph is no longer."""
    begun, reached, paragraph = 0, 0, -1
    for sentence in article.sentences:
        if sentence.paragraph != paragraph and sentence.at - begun > 0 and sentence.end - begun > most:
            yield begun, sentence.at
            begun = sentence.at
        paragraph, reached = sentence.paragraph, sentence.end
    if reached > begun or not article.sentences:
        yield begun, len(article.text)


def _marked(article: Article, start: int, end: int, before: MarkedArticle | None) -> MarkedArticle:
    numbers: dict[int, Number] = {}
    data: dict[int, Datum] = {}
    clauses: dict[int, Clause] = {}
    next_number = max(before.numbers, default=0) + 1 if before else 1
    next_datum = max(before.data, default=0) + 1 if before else 1
    next_clause = max(before.clauses, default=0) + 1 if before else 1
    marks: list[tuple[int, int, str]] = []
    for index, sentence in enumerate(article.sentences):
        if not start <= sentence.at < end:
            continue
        for clause in article.clauses[index]:
            marks.append((clause.at, 0, f"⟦{next_clause}⟧"))
            clauses[next_clause] = Clause(clause.at, clause.end, index)
            next_clause += 1
    dates = {date.at: date for date in article.dates if start <= date.at < end}
    reached = start
    for number in article.numbers:
        if not start <= number.at < end or number.at < reached or number.reason in _UNMARKED_REASONS:
            continue
        if number.reason == "name" and _is_glued(article.text, number):
            continue
        if number.reason in _DATA_REASONS:
            date = dates.get(number.at)
            datum = Datum(number.at, date.text if date else number.text)
            data[next_datum] = datum
            marks.append((number.at, 1, f"[d{next_datum}]"))
            next_datum += 1
            reached = datum.end
        else:
            numbers[next_number] = number
            marks.append((number.at, 1, f"[{next_number}]"))
            next_number += 1
    return MarkedArticle(
        article, _with_marks(article.text, start, end, sorted(marks)), numbers, data, clauses
    )


def _is_glued(text: str, number: Number) -> bool:
    """Return whether a letter stands right beside a number (8A1): a mark would cut the name in two."""
    beside = text[number.at - 1 : number.at] + text[number.end : number.end + 1]
    return any(map(str.isalpha, beside))


def _with_marks(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> str:
    """Return the text with its marks, without runs of blanks; what looks like a clause's mark in it is made plain."""
    pieces: list[str] = []
    at = start
    for place, _, mark in marks:
        pieces += (text[at:place].translate(_OWN_MARKS), mark)
        at = place
    pieces.append(text[at:end].translate(_OWN_MARKS))
    return _SPACES.sub(" ", _BLANK.sub("\n\n", "".join(pieces))).strip()
