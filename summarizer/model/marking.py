"""The article as a large model gets it: with a mark before each clause, each number and each date.

Three kinds of marks, none of which an article has by itself: `⟦5⟧` before a clause, `[12]` before a number that may
count something, `[d3]` before a date, a year, a document's number. The model answers by marks, so that it can
neither invent a number nor alter one. What is a button, a counter, a rating or a footer of the page, or its list of
other articles, is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.numbers import Number
from summarizer.article.tables import find_tables
from summarizer.schemas.reading import CERTAIN_REASONS

__all__ = ("Clause", "Datum", "MarkedArticle", "mark_article", "unmarked")

_DATA_REASONS = CERTAIN_REASONS | {"period"}
"""Numbers that are told to the model as data, not asked about: no label of 33 articles counts one of them."""
_UNMARKED_REASONS = frozenset(("page_chrome", "list_mark"))
"""Numbers that get no mark at all: nobody asks about them or tells them in a summary."""
_SHOWN_BOILERPLATE = frozenset(("posting_line", "breadcrumb"))
"""They tell a day, or the body whose page it is."""
_BLANK = re.compile(r"[^\S\n]*\n\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")
_MARKS = re.compile(r"⟦\d+⟧|\[d?\d+\]|\{d?\d+\}")
_OWN_MARKS = str.maketrans("⟦⟧[]{}", "()()()")


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
    hidden = [part for part in article.boilerplate if part.why not in _SHOWN_BOILERPLATE]

    def is_hidden(at: int, end: int) -> bool:
        return any(part.at <= at and end <= part.end for part in hidden)

    marks: list[tuple[int, int, str]] = []
    for index, sentence in enumerate(article.sentences):
        if not start <= sentence.at < end:
            continue
        for clause in article.clauses[index]:
            if is_hidden(clause.at, clause.end):
                continue
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
        if is_hidden(number.at, number.at + 1):
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
    edits = [_Edit(at, at, order, mark) for at, order, mark in marks]
    edits += _table_edits(article, start, end)
    edits += [_Edit(part.at, part.end, -1, "") for part in hidden if start <= part.at < end]
    return MarkedArticle(
        article, _with_edits(article.text, start, end, sorted(edits)), numbers, data, clauses
    )


class _Edit(NamedTuple):
    """What a model sees in place of what the article has from `at` to `end`; a mark replaces nothing."""

    at: int
    end: int
    order: int
    text: str


def _table_edits(article: Article, start: int, end: int) -> Iterator[_Edit]:
    """Yield what makes Markdown tables of the article's: bars between cells, a line a row, a rule under the first.

    What parts two cells is replaced only where it holds no word and no number.
    """
    for table in find_tables(article.text, article.document.tables):
        cells = sorted(table.cells, key=lambda cell: cell.at)
        if len(cells) < 2 or cells[0].at < start or cells[-1].end > end:
            continue
        columns = max(cell.column + cell.columns for cell in cells)
        rule = f" |\n|{'---|' * columns}\n|"
        yield _Edit(cells[0].at, cells[0].at, -1, "|" * (cells[0].column + 1) + " ")
        for cell, following in pairwise(cells):
            if following.at < cell.end or any(map(str.isalnum, article.text[cell.end : following.at])):
                continue
            if cell.row == following.row:
                bars = " " + "|" * max(1, following.column - cell.column)
            else:
                bars = (rule if cell.row == cells[0].row else " |\n|") + "|" * following.column
            yield _Edit(cell.end, following.at, -1, f"{bars} ")
        yield _Edit(cells[-1].end, cells[-1].end, -1, " |")


def _is_glued(text: str, number: Number) -> bool:
    """Return whether a letter stands right beside a number (8A1, Covid-19): a mark would cut the name in two."""
    before = text[max(0, number.at - 2) : number.at].removesuffix("-")
    beside = before[-1:] + text[number.end : number.end + 1]
    return any(map(str.isalpha, beside))


def _with_edits(text: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """Return the text with its edits, without runs of blanks; its own brackets are round, so that it has no mark."""
    pieces: list[str] = []
    at = start
    for edit in edits:
        pieces += (text[at : edit.at].translate(_OWN_MARKS), edit.text)
        at = max(at, edit.end)
    pieces.append(text[at:end].translate(_OWN_MARKS))
    return _SPACES.sub(" ", _BLANK.sub("\n\n", "".join(pieces))).strip()
