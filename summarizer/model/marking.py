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
from itertools import count, pairwise
from typing import NamedTuple

from summarizer.article.article import Article
from summarizer.article.numbers import Number
from summarizer.model.anchoring import Anchors
from summarizer.schemas.reading import CERTAIN_REASONS

_DATA_REASONS = CERTAIN_REASONS | {"period"}
"""Numbers that are shown to the model as data, not asked about: no label of 33 articles counts one of them."""
_UNMARKED_REASONS = frozenset(("page_chrome", "list_mark"))
"""Numbers that get no mark at all: nobody asks about them or writes them in a summary."""
_SHOWN_BOILERPLATE = frozenset(("posting_line", "breadcrumb"))
"""They tell a day, or the body whose page it is."""
_BLANK = re.compile(r"[^\S\n]*\n\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")
_OWN_BRACKETS = re.compile(r"([⟦\[{])|[⟧\]}]")


class Clause(NamedTuple):
    """A clause of the article, from `at` to `end` of its text; `sentence` counts the sentences from 0."""

    at: int
    end: int
    sentence: int


class Datum(NamedTuple):
    """A date, year or document's number: `text` stands at `at` of the article's text."""

    at: int
    text: str


@dataclass(frozen=True)
class MarkedArticle:
    """A stretch of an article with its marks, from 1; they are the keys of `numbers`, `data` and `clauses`."""

    article: Article
    anchors: Anchors
    text: str
    numbers: Mapping[int, Number]
    data: Mapping[int, Datum]
    clauses: Mapping[int, Clause]

    @cached_property
    def keys(self) -> Mapping[int, str]:
        """The key of each number in an answer, by its mark: the mark and the number itself, `12. 145`."""
        return {mark: f"{mark}. {_SPACES.sub(' ', number.text)}" for mark, number in self.numbers.items()}


def mark_article(article: Article, *, most_characters: int) -> Sequence[MarkedArticle]:
    """Return the article with its marks, whole where it has at most `most_characters`.

    A longer one is cut between paragraphs; the marks go on counting over the stretches.
    """
    anchors, marks = Anchors(article), _Counters(count(1), count(1), count(1))
    spans = _stretches(article, most_characters)
    return [_marked(article, anchors, start, end, marks) for start, end in spans]


class _Counters(NamedTuple):
    clauses: Iterator[int]
    numbers: Iterator[int]
    data: Iterator[int]


class _Edit(NamedTuple):
    """What a model sees in place of what the article has from `at` to `end`; a mark replaces nothing."""

    at: int
    end: int
    order: int
    text: str


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


def _marked(article: Article, anchors: Anchors, start: int, end: int, marks: _Counters) -> MarkedArticle:
    numbers: dict[int, Number] = {}
    data: dict[int, Datum] = {}
    clauses: dict[int, Clause] = {}
    hidden = [part for part in article.boilerplate if part.why not in _SHOWN_BOILERPLATE]

    def is_shown(at: int, last: int) -> bool:
        return not any(part.at <= at and last <= part.end for part in hidden)

    edits = [_Edit(part.at, part.end, -1, "") for part in hidden if start <= part.at < end]
    edits += _table_edits(article, start, end)
    for index, sentence in enumerate(article.sentences):
        for clause in article.clauses[index] if start <= sentence.at < end else ():
            if is_shown(clause.at, clause.end):
                mark = next(marks.clauses)
                clauses[mark] = Clause(clause.at, clause.end, index)
                edits.append(_Edit(clause.at, clause.at, 0, f"⟦{mark}⟧"))
    dates = {date.at: date.text for date in article.dates}
    reached = start
    for number in article.numbers:
        at = number.at
        if not reached <= at < end or number.reason in _UNMARKED_REASONS or not is_shown(at, at + 1):
            continue
        of_other = number.word and number.reason == "other"  # labels have no such words
        if of_other or (number.reason == "name" and _is_glued(article.text, number)):
            continue
        if number.reason in _DATA_REASONS:
            mark = next(marks.data)
            data[mark] = Datum(at, dates.get(at, number.text))
            edits.append(_Edit(at, at, 1, f"[d{mark}]"))
            reached = at + len(data[mark].text)
        else:
            mark = next(marks.numbers)
            numbers[mark] = number
            edits.append(_Edit(at, at, 1, f"[{mark}]"))
    text = _with_edits(article.text, start, end, sorted(edits))
    return MarkedArticle(article, anchors, text, numbers, data, clauses)


def _table_edits(article: Article, start: int, end: int) -> Iterator[_Edit]:
    """Yield what makes Markdown tables of the article's: bars between cells, a line a row, a rule under the first.

    What parts two cells is replaced only where it holds no word and no number.
    """
    for table in article.tables:
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
    text = _OWN_BRACKETS.sub(lambda bracket: "(" if bracket[1] else ")", text)
    parts: list[str] = []
    at = start
    for edit in edits:
        parts += (text[at : edit.at], edit.text)
        at = max(at, edit.end)
    parts.append(text[at:end])
    return _SPACES.sub(" ", _BLANK.sub("\n\n", "".join(parts))).strip()
