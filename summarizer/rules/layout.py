"""Layout: how a sentence stands on the page: as an item of a list, alone on its line, in a cell, among prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.article.normalize import Normalized
from summarizer.article.openings import LIST_MARK
from summarizer.schemas.offsets import TextOffset, TextSpan

_LISTED = re.compile(r"[\s“\"]*(?:[\-–+*•●○▪]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,4})[.)])")
_NUMBERED = re.compile(r"[\s“\"]*(?:\*|\(?(?:\d{1,2}(?:\.\d{1,2})*\.?|[a-zđ]|[IVX]{1,4})[.)\s])")
_NO_PROSE = re.compile(r"\||(?:window\.|document\.|if ?\(typeof|\(function)[^À-ỹĐđ]*(?:[\s;]|$)")
_STOPS = tuple('.!?…;”"')


class Unit(NamedTuple):
    """A sentence: its span in the text, its normalized span without a list mark, and how it stands on the page.

    `among_prose` says that the sentences before and behind it end with stops.
    """

    at: TextOffset
    end: TextOffset
    a: int
    b: int
    words: int
    listed: bool
    numbered: bool
    alone: bool
    opens: bool
    stops: bool
    among_prose: bool
    colon: bool
    cell: bool


def find_units(normal: Normalized, sentences: Sequence[TextSpan]) -> Iterator[Unit]:
    """Yield the sentences with their layout, in order; cells of a row apart, without a page's scripts."""
    text = normal.original
    spans = [part for at, end in sentences for part in _parts(text, at, end)]
    for index, (at, end) in enumerate(spans):
        before = spans[index - 1][1] if index else 0
        after = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        opens = index == 0 or "\n" in text[before:at]
        closes = index + 1 == len(spans) or "\n" in text[end:after]
        mark = LIST_MARK.match(text, at, end)
        a, b = normal.span(TextOffset(mark.end()) if mark else at, end)
        last = text[at:end].rstrip()[-1:]
        around = [*spans[max(0, index - 1) : index], *spans[index + 1 : index + 2]]
        yield Unit(
            at=at,
            end=end,
            a=a,
            b=b,
            words=len(normal.text[a:b].split()),
            listed=_LISTED.match(text, at, end) is not None,
            numbered=_NUMBERED.match(text, at, end) is not None,
            alone=opens and closes,
            opens=opens,
            stops=last in _STOPS,
            among_prose=all(text[a:b].rstrip().endswith(_STOPS) for a, b in around),
            colon=last == ":",
            cell="|" in text[text.rfind("\n", 0, at) + 1 : at] or text[end:after].lstrip(" ").startswith("|"),
        )


def _parts(text: str, at: TextOffset, end: TextOffset) -> Iterator[TextSpan]:
    """Yield the cells of a table's row, and what a page's scripts in its text leave of a sentence."""
    begun: int = at
    for cut in (*_NO_PROSE.finditer(text, at, end), None):
        part = text[begun : cut.start() if cut else end]
        if words := part.strip():
            begun += part.index(words)
            yield TextOffset(begun), TextOffset(begun + len(words))
        begun = cut.end() if cut else end


def runs_together(word: str) -> bool:
    """Whether a word is the end of one headline and the beginning of the next: "việcChuẩn", a page's links."""
    letters = zip(word, word[1:], word[2:], strict=False)
    return not word.isascii() and any(a.islower() and b.isupper() and c.islower() for a, b, c in letters)
