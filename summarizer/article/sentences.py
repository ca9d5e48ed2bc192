"""Sentences and clauses of an article, with their exact places: what a model is asked about at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.article.normalize import lines_of, normalize
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.offsets import TextOffset

__all__ = ("Sentence", "clauses", "split_sentences")


class Sentence(NamedTuple):
    """A sentence, heading, caption or clause: `text` stands at `at`; `paragraph` counts from 0."""

    at: TextOffset
    text: str
    paragraph: int

    @property
    def end(self) -> TextOffset:
        """The offset behind the last character."""
        return TextOffset(self.at + len(self.text))


_CLOSED = '.!?:;…”"'
_ONE_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*")
_LETTER_MARK = re.compile(r"[a-zđ]\s?[).]")
# The look-behind stands behind the first mark: a pattern that begins with a class is searched for much faster.
_END = re.compile(r"[.!?…](?<![.!?…].)[.!?…]*+(?:\s?/\.)?[\"”’»)\]]*+(?=\s|[^\W\d_])")
_TABLE = Lists("summarizer.article", "sentences")
# What stands before a dot that ends no sentence: titles, TP., v.v. in the middle, and single letters (T.Ư, A.).
_ABBREVIATION = cue(r"(?:^|[\s(\".,;/-])(?:{abbreviations}|bsck\w*|[^\W\d_])$", **_TABLE)
_BEFORE_DOT = 14
"""Characters before a dot in which an abbreviation or a list's mark stands, at most."""
_MARK_ONLY = re.compile(r"[\s\-–+*•(]*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ]|[IVX]{1,5})\.?$")
# A stop without a space behind it (…của Đảng.Năm qua, …: …of the Party.Last year, …): pages lose line breaks.
_GLUED = re.compile(r"(?:^|[\s(\"“])[^\W\d_]{2,}\.[\"”]?(?=[^\W\d_]+[\s,])")
_OPENS = re.compile(r"\s*[\"“‘«(\[\-–+*•]*\s*(?:[^\W_])")


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order; every character but the space around them is in one.

    A line ends a sentence, so headings and captions stand alone, unless the next line goes on in lower case:
    that is one sentence, wrapped. Paragraphs are numbered over the whole text.
    """
    return [
        Sentence(TextOffset(at), text[at:end], number)
        for number, (first, last) in enumerate(_paragraphs(text))
        for at, end in _sentence_spans(text, first, last)
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begun: tuple[int, int] | None = None
    for begun_at, line in lines_of(text):
        at, end = _strip(text, begun_at, begun_at + len(line))
        if at == end:
            continue
        if begun and _wraps(text, begun[1], at):
            begun = (begun[0], end)
            continue
        if begun:
            yield begun
        begun = (at, end)
    if begun:
        yield begun


def _strip(text: str, at: int, end: int) -> tuple[int, int]:
    while at < end and (text[at].isspace() or text[at] in "\u200b\ufeff"):
        at += 1
    while end > at and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return at, end


def _wraps(text: str, end: int, at: int) -> bool:
    """Tell whether the line that begins at `at` goes on with the sentence of the line that ends at `end`."""
    return (
        text[at].islower()
        and text[end - 1] not in _CLOSED
        and _ONE_BREAK.fullmatch(text, end, at) is not None
        and not _LETTER_MARK.match(text, at)
    )


def _sentence_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    begun = first
    for mark in _END.finditer(text, first, last):
        if not _ends(text, begun, mark, last):
            continue
        yield begun, mark.end()
        begun = mark.end()
        while begun < last and text[begun].isspace():
            begun += 1
    if begun < last:
        yield begun, last


def _ends(text: str, begun: int, mark: re.Match[str], last: int) -> bool:
    following = text[mark.end() : min(last, mark.end() + 12)]
    if following[:1].isalpha() and not (following[0].isupper() and _is_glued(text, begun, mark)):
        return False
    opening = _OPENS.match(following)
    if opening is None:
        return following.strip() == ""
    letter = following[opening.end() - 1]
    if letter.islower() and not _LETTER_MARK.match(following, opening.end() - 1):
        return False
    if mark.group() != ".":
        return True
    before = text[max(begun, mark.start() - _BEFORE_DOT) : mark.start()]
    if mark.start() - begun < _BEFORE_DOT and _MARK_ONLY.match(before):
        return False
    return _ABBREVIATION.search(normalize(before).text) is None


def _is_glued(text: str, begun: int, mark: re.Match[str]) -> bool:
    """Tell whether whole words stand on both sides of a stop, the first in lower case: no link, no U.B.N.D."""
    start = max(text.rfind(" ", begun, mark.start()), begun)
    glued = _GLUED.match(text, start)
    return glued is not None and glued.end() == mark.end() and text[mark.start() - 1].islower()


_LONG = 160
"""Characters from which on a sentence is parted between its numbers: some two lines of a page."""
_COMMA = re.compile(
    rf",\s+(?=(?:(?:{'|'.join(_TABLE['leads'])})\s)?(?:(?:{'|'.join(_TABLE['bounds'])})\s)?"
    rf"\d[\d.,]*(?:\s*/\s*\d+(?!\s*[/,.;]))?(?:%|\s+(?!(?:{'|'.join(_TABLE['times'])})\b)[^\W\d_]))"
)
_DIGIT = re.compile(r"\d")
_SEMICOLON = re.compile(";")
_PARENTHESIS = re.compile(r"[()]")


def clauses(sentence: Sentence) -> list[Sentence]:
    """Return the clauses of a sentence: its parts between semicolons, and of a long part those between numbers.

    Parentheses stay with the clause they stand in; the mark that ends a clause belongs to it.
    """
    text = sentence.text
    if len(text) <= _LONG and ";" not in text:
        return [sentence]
    asides = _asides(text)
    found: list[Sentence] = []
    begun = 0
    stops = [mark.end() for mark in _SEMICOLON.finditer(text) if not _within(asides, mark.start())]
    for stop in (*stops, len(text)):
        for at, end in _between_numbers(text, begun, stop, asides):
            start, last = _strip(text, at, end)
            if start < last:
                found.append(Sentence(TextOffset(sentence.at + start), text[start:last], sentence.paragraph))
        begun = stop
    return found


def _between_numbers(
    text: str, first: int, last: int, asides: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    begun = first
    if last - first > _LONG:
        for comma in _COMMA.finditer(text, first, last):
            if not _within(asides, comma.start()) and _DIGIT.search(text, begun, comma.start()):
                yield begun, comma.start() + 1
                begun = comma.end()
    yield begun, last


def _asides(text: str) -> list[tuple[int, int]]:
    """Return the outermost pairs of parentheses; one that is never closed opens nothing."""
    if "(" not in text:
        return []
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for mark in _PARENTHESIS.finditer(text):
        if mark.group() == "(":
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, mark.end()))
    return found


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    index = bisect_left(spans, (at, 0)) - 1
    return index >= 0 and at < spans[index][1]
