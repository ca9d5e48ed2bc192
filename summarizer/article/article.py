"""An article taken apart: its words, sentences, dates, boilerplate and numbers, read once and used by all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from summarizer.article.boilerplate import Boilerplate, find_boilerplate
from summarizer.article.dates import Date, find_dates
from summarizer.article.grids import Grid, TableNumber, grids_of, with_cells
from summarizer.article.normalize import Normalized, Words, normalize, words_of
from summarizer.article.numbers import Number, find_numbers
from summarizer.article.sentences import Sentence, clauses, split_sentences
from summarizer.article.tables import find_tables
from summarizer.errors import SourceError
from summarizer.schemas.offsets import TextOffset, TokenIndex
from summarizer.schemas.report import Quotation
from summarizer.sources.document import Document, Table

_MOST_NUMBERS = 10_000
"""Numbers of a text that is read: an article of 13,000 characters has some 150, what has more is a table of data."""


@dataclass(frozen=True)
class Article:
    """A document with everything that pure code finds in it; all offsets are in `document.text`."""

    document: Document
    normal: Normalized
    words: Words
    sentences: Sequence[Sentence]
    dates: Sequence[Date]
    boilerplate: Sequence[Boilerplate]
    numbers: Sequence[Number]
    tables: Sequence[Table]
    grids: Sequence[Grid]

    @property
    def text(self) -> str:
        """The article's text as read."""
        return self.document.text

    @cached_property
    def bounds(self) -> Sequence[tuple[TokenIndex, TokenIndex]]:
        """The words that each sentence spans, by their indexes."""
        first_from = self.words.first_from
        return [(first_from(sentence.at), first_from(sentence.end)) for sentence in self.sentences]

    def quoted(self, sentence: Sentence) -> Quotation:
        """Return one of the article's sentences as a quotation."""
        return Quotation(at=sentence.at, text=sentence.text)

    @cached_property
    def table_numbers(self) -> dict[int, tuple[Grid, TableNumber]]:
        """The numbers that fill a cell of a table and may count, by their offsets, each with its table."""
        return {number.at: (grid, cell) for grid in self.grids for number, cell in grid.numbers if cell}

    def grid_at(self, at: TextOffset) -> Grid | None:
        """Return the table that the offset `at` stands in, if any."""
        index = bisect_right(self.grids, at, key=attrgetter("at")) - 1
        return self.grids[index] if index >= 0 and at < self.grids[index].end else None

    @cached_property
    def clauses(self) -> Sequence[Sequence[Sentence]]:
        """The clauses of each sentence."""
        return [clauses(sentence) for sentence in self.sentences]

    @cached_property
    def candidates(self) -> Sequence[TextOffset]:
        """The offsets of the numbers that may be counts."""
        return [number.at for number in self.numbers if number.reason is None]

    def sentence_at(self, at: TextOffset) -> Sentence:
        """Return the sentence that holds the offset `at`, or the last one before it.

        Raises IndexError where the article has no sentence.
        """
        return self.sentences[self.sentence_index(at)]

    def sentence_index(self, at: TextOffset) -> int:
        """Return the place among the sentences of the one that `sentence_at` returns."""
        return max(0, bisect_right(self.sentences, at, key=attrgetter("at")) - 1)


def take_apart(document: Document) -> Article:
    """Return the document with its words, sentences, dates, boilerplate and numbers.

    Raises SourceError for what has too many numbers to be an article.
    """
    text = document.text
    normal = normalize(text)
    dates = find_dates(normal)
    boilerplate = find_boilerplate(normal, dates)
    tables = find_tables(text, document.tables)
    grids = list(grids_of(text, tables))
    numbers = find_numbers(normal, dates, boilerplate)
    if len(numbers) > _MOST_NUMBERS:
        raise SourceError(f"{document.name}: has {len(numbers):,} numbers, more than any article; split it")
    return Article(
        document=document,
        normal=normal,
        words=words_of(normal),
        sentences=split_sentences(text),
        dates=dates,
        boilerplate=boilerplate,
        numbers=with_cells(numbers, grids),
        tables=tables,
        grids=grids,
    )
