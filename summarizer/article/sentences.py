"""Sentences and clauses of an article, with their exact places: what a model is asked about at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.article.normalize import lines_of, normalize, trimmed
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.offsets import TextOffset, TextSpan

LIST_MARKS = ("-", "+", "*", "•", "–")
"""Marks that open a line of a list."""


class Sentence(NamedTuple):
    """A sentence, heading, caption or clause: `text` stands at `at`; `paragraph` counts from 0."""

    at: TextOffset
    text: str
    paragraph: int

    @property
    def end(self) -> TextOffset:
        """The offset behind the last character."""
        return TextOffset(self.at + len(self.text))


_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff"
"""Space of all kinds, and what nobody sees."""
_CLOSED = '.!?:;…”"'
_ONE_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*")
_LETTER_MARK = re.compile(r"[a-zđ]\s?[).]")
# The look-behind stands behind the first mark: a pattern that begins with a class is searched for much faster.
_END = re.compile(r"[.!?…](?<![.!?…].)[.!?…]*+(?:\s?/\.)?[\"”’»)\]]*+(?=\s|[^\W\d_])")
_TABLE = Lists("summarizer.article", "sentences")
# What stands before a dot that ends no sentence: titles, TP., v.v. in the middle, and single letters (T.Ư, A.).
_ABBREVIATION = cue(r"(?:^|[\s(\".,;/-])(?:{abbreviations}|bsck\w*|[^\W\d_])$", **_TABLE)
_BEFORE_DOT, _BEHIND_DOT = 14, 12
"""Characters before a dot in which an abbreviation or a list's mark stands, and those that are read behind."""
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


def _paragraphs(text: str) -> list[TextSpan]:
    found: list[TextSpan] = []
    for begun, line in lines_of(text):
        at, end = trimmed(text, begun, begun + len(line), _BLANK)
        if at == end:
            continue
        if found and _wraps(text, found[-1][1], at):
            at, _ = found.pop()
        found.append((at, end))
    return found


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
        if _ends(text, begun, mark, last):
            yield begun, mark.end()
            begun = mark.end()
            while begun < last and text[begun].isspace():
                begun += 1
    if begun < last:
        yield begun, last


def _ends(text: str, begun: int, mark: re.Match[str], last: int) -> bool:
    """Tell whether a mark ends the sentence that began at `begun`."""
    following = text[mark.end() : min(last, mark.end() + _BEHIND_DOT)]
    if following[:1].isalpha() and not (following[0].isupper() and _is_glued(text, begun, mark)):
        return False
    opening = _OPENS.match(following)
    if opening is None:
        return not following.strip()
    if following[opening.end() - 1].islower() and not _LETTER_MARK.match(following, opening.end() - 1):
        return False
    before = text[max(begun, mark.start() - _BEFORE_DOT) : mark.start()]
    marks = mark.start() - begun < _BEFORE_DOT and _MARK_ONLY.match(before)
    return mark[0] != "." or not (marks or _ABBREVIATION.search(normalize(before).text))


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
_PARENTHESIS = re.compile(r"\([^()]*\)")
_DEEPEST = 3
"""How deep a parenthesis may stand in others to be one."""


def clauses(sentence: Sentence) -> list[Sentence]:
    """Return the clauses of a sentence: its parts between semicolons, and of a long part those between numbers.

    Parentheses stay with the clause they stand in; the mark that ends a clause belongs to it.
    """
    text = outside = sentence.text
    if len(text) <= _LONG and ";" not in text:
        return [sentence]
    for _ in range(_DEEPEST):
        outside = _PARENTHESIS.sub(lambda aside: "_" * len(aside[0]), outside)
    found: list[Sentence] = []
    begun = 0
    for part in outside.split(";"):
        stop = min(begun + len(part) + 1, len(text))
        for at, end in _between_numbers(text, outside, begun, stop):
            start, last = trimmed(text, at, end, _BLANK)
            if start < last:
                found.append(Sentence(sentence.at + start, text[start:last], sentence.paragraph))
        begun = stop
    return found


def _between_numbers(text: str, outside: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a long text between commas before numbers; `outside` is it with parentheses masked."""
    begun = first
    for comma in _COMMA.finditer(outside, first, last) if last - first > _LONG else ():
        if _DIGIT.search(text, begun, comma.start()):
            yield begun, comma.start() + 1
            begun = comma.end()
    yield begun, last
