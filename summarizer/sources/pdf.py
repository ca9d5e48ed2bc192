"""PDF files that have text: pages in their order, lines put together to paragraphs, by PDFium.

Headers and footers that most pages repeat and numbers of pages are left out; a word that a line's end parts is put
together again, and a mark that stands raised beside a number is none of its digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
from pypdfium2 import PdfTextPage, raw

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import Left, finished, paragraphs, raised

_MAX_PAGES = 100
_LEAST_TEXT = 20  # letters a page; what has less is a scan with a number of its page on it
_NUMBERED = re.compile(r"(.*?)(?<!\d)(\d{1,3})(?:\s*/\s*(\d{1,3}))?[\W_]*")
_PAGE = re.compile(r"[\W_]*(trang\s*)?", re.IGNORECASE)
# How a browser begins what it prints: "11/30/26, 4:02 PM" and the title.
_PRINTED_AT = re.compile(r"\d{1,2}[/:]\d{1,2}[/, ].* \S")
_ENDS = re.compile(r"""[.!?:;…]["”’)]*$""")
_BEGINS = re.compile(r"(?:[-–•*+]\s|\(?\d{1,2}[.)]\s|[IVX]{1,5}[.)]\s|[a-zđ]\)\s|\|)")
_NUMBER = re.compile(r"\d[\d.,/\s]*%?")
_LONGEST_CELL = 60
# Of the longest line of its page: a line this long goes on in the next one; a sentence that ends further left than
# this, the next line's first word counted in, which would have had room, ends its paragraph.
_FULL, _ROOM = 0.8, 0.93
_WIDE = 1.25  # of the usual distance of two lines: more is between paragraphs
_HYPHEN = "\x02"  # how PDFium gives a hyphen at a line's end, where it joins the lines itself
_PARTED = re.compile(r"[\w][-‐/\xad]$")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh?|gh?|gi|kh|nh|ph|qu|th|tr|ch|[bcdđhklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_CLOSING = frozenset('.,;:!?"”’)')
_MAYBE_RAISED = frozenset("0123456789*()[],†")
# How much higher the baseline of a raised character is, by the height of the one before.
_LEAST_LIFT, _MOST_LIFT = 0.2, 1.2


def read_pdf(data: bytes, name: str, location: str, charset: str | None = None) -> Document:
    """The text of a PDF file; raises `SourceError` where it is damaged, locked, or only a picture."""
    left = Left()
    try:
        with pypdfium2.PdfDocument(data) as file:
            if len(file) > _MAX_PAGES:
                raise SourceError(f"{location}: has {len(file)} pages, more than an article; split it")
            pages = [_lines(page.get_textpage(), left) for page in file]
            try:
                title = file.get_metadata_value("Title").strip()
            except UnicodeError:  # metadata in half characters; the text may be right all the same
                title = ""
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{location}: is locked with a password; save it without one") from None
        raise SourceError(f"{location}: is no readable PDF; save it again") from None
    letters = "".join(line.text for lines in pages for line in lines)
    if sum(map(str.isalpha, letters)) < min(_LEAST_TEXT * len(pages), 10 * _LEAST_TEXT):
        raise SourceError(f"{location}: has no text, only pictures of it; run it through OCR first")
    text = paragraphs(_with_columns(filter(None, _paragraphs(_without_edges(pages, title, left)))))
    notes = (f"text of {len(pages)} pages extracted by pypdfium2 {pypdfium2.PYPDFIUM_INFO}, lines joined",)
    named = title.lower().endswith((".doc", ".docx", ".pdf"))
    return finished(Document(name, text, location, notes=notes, title=None if named else title), left)


class _Line(NamedTuple):
    """A line of a page; `spaced` where more room than usual is below it."""

    text: str
    spaced: bool


def _lines(page: PdfTextPage, left: Left) -> list[_Line]:
    """A page's lines that hold something, its raised marks made text, its parted words whole."""
    letters = [
        "" if 0xD800 <= code <= 0xDFFF else chr(code)
        for code in (raw.FPDFText_GetUnicode(page.raw, index) for index in range(page.count_chars()))
    ]
    found: list[tuple[str, int, int]] = []  # each with its first and its last letter
    text: list[str] = []
    shown: list[int] = []
    index = 0
    while index <= len(letters):
        letter = letters[index] if index < len(letters) else "\n"
        mark = _raised_at(page, letters, index) if letter in _MAYBE_RAISED else None
        if mark is not None:
            text.append(raised("".join(letters[index : mark[0]]), "".join(text[-10:]), left))
            index = mark[1]
            continue
        if letter not in {"\r", "\n"}:
            text.append(letter)
            shown += [index] if letter.strip() else []
        else:
            if shown:
                found.append((_whole("".join(text), left).strip(), shown[0], shown[-1]))
            text, shown = [], []
        index += 1
    below = [_baseline(page, end) - _baseline(page, on) for (_, _, end), (_, on, _) in pairwise(found)]
    usual = median(below) if below else 0.0
    return [_Line(one[0], room > _WIDE * usual) for one, room in zip(found, [*below, 0.0], strict=False)]


def _raised_at(page: PdfTextPage, letters: Sequence[str], index: int) -> tuple[int, int] | None:
    """Return where a raised mark that begins at `index` ends, and where its line goes on; None where there is none.

    PDFium takes the lower line after a mark for a new one, so that a line end it made itself is no end.
    """
    y = _baseline(page, index)
    end = index + 1
    while end < len(letters) and letters[end] in _MAYBE_RAISED and abs(_baseline(page, end) - y) < 1:
        end += 1
    on = end
    while on < len(letters) and (letters[on] in "\r\n" and raw.FPDFText_IsGenerated(page.raw, on) == 1):
        on += 1
    base = index - 1
    while base >= max(0, index - 4) and letters[base] in _CLOSING:
        base -= 1
    if base < 0 or letters[base] in "\r\n":  # it opens a line, as in a footnote
        base = next((at for at in range(on, min(on + 3, len(letters))) if letters[at].isalpha()), -1)
        if base < 0:
            return None
    elif not letters[base].isalnum():
        return None
    _, bottom, _, top = page.get_charbox(base)
    height = max(top - bottom, 1.0)
    if not _LEAST_LIFT * height < y - _baseline(page, base) < _MOST_LIFT * height:
        return None
    same_line = on < len(letters) and abs(_baseline(page, on) - _baseline(page, base)) < _LEAST_LIFT * height
    return end, on if same_line else end


def _baseline(page: PdfTextPage, index: int) -> float:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page.raw, index, x, y)
    return y.value


def _whole(line: str, left: Left) -> str:
    """A line in which PDFium joined a parted word, with the word whole."""
    while (at := line.find(_HYPHEN)) >= 0:
        line = line[:at] + _hyphen(line[:at][-30:], line[at + 1 :][:30]) + line[at + 1 :]
        left["words put together at line ends"] += 1
    return line


def _hyphen(before: str, after: str) -> str:
    """What stays of a hyphen at a line's end: nothing inside one syllable (`trườ-ng`), else itself (`Mác-Lênin`)."""
    first, last = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if first is None or last is None:
        return "-"
    joined = unicodedata.normalize("NFD", (first[0] + last[0]).lower())
    plain = "".join(letter for letter in joined if not unicodedata.combining(letter))
    return "" if last[0].islower() and _SYLLABLE.fullmatch(plain) else "-"


def _without_edges(pages: list[list[_Line]], title: str, left: Left) -> list[list[_Line]]:
    """The pages' lines without what most repeat at the same edge, but for a number that counts as the pages do."""
    for repeated in (True, False):  # below a header or above a footer, only what is one by itself
        edges = {
            (number, edge): dict(_at_edge(lines[edge].text, number, len(pages), title, repeated))
            for number, lines in enumerate(pages)
            for edge in ((0, -1) if len(lines) > 1 else (0,) if lines else ())
        }
        times = Counter((edge, what) for (_, edge), found in edges.items() for what in found)
        for (number, edge), found in edges.items():
            if any(times[edge, what] >= enough for what, enough in found.items()):
                line = pages[number].pop(edge).text
                plain = not any(map(str.isalpha, _PAGE.sub("", line, count=1)))
                left["page numbers left out" if plain else "headers and footers left out"] += 1
    return pages


def _at_edge(line: str, number: int, pages: int, title: str, repeated: bool) -> Iterator[tuple[object, int]]:
    """Yield what a line is where it is a header, a footer or a page's number, and on how many pages that is enough.

    A number by itself is a page's where it says so (`Trang 2`, `2/5` of five pages), or where the numbers of two
    pages count as these do.
    """
    usual = max(3, pages // 2 + 1) if repeated else pages + 1
    printed = (1 if title and line.endswith(title) else 2) if _PRINTED_AT.match(line) else usual
    yield line, printed
    if found := _NUMBERED.fullmatch(line):
        before, of_all = _PAGE.fullmatch(found[1]), found[3] is not None and int(found[3]) == pages
        named = of_all or bool(before and before[1])
        enough = 1 if named and (before or "://" in line) else 2 if before else usual
        yield (found[1], int(found[2]) - number), enough


def _paragraphs(pages: list[list[_Line]]) -> Iterator[str]:
    """The pages' lines put together: a full line goes on in the next, unless that stands apart or begins something.

    A number that stands alone belongs to the line before where that announces it (`Số chi bộ:`).
    """
    open_ = ""
    for lines in pages:
        longest = max((len(line.text) for line in lines), default=0)
        for (line, spaced), (following, _) in zip(lines, [*lines[1:], _Line("", False)], strict=False):
            if _BEGINS.match(line) and not _PARTED.search(open_):
                yield open_
                open_ = ""
            if _PARTED.search(open_):
                hyphen = open_[-1] if open_[-1] == "/" else _hyphen(open_[:-1][-30:], line[:30])
                open_ = open_[:-1] + hyphen + line
            else:
                open_ = f"{open_} {line}" if open_ else line
            if _PARTED.search(line) or (line.endswith(":") and _NUMBER.fullmatch(following)):
                continue
            with_next = len(f"{line} {following.partition(' ')[0]}")
            spaced = spaced and not following[:1].islower()
            if spaced or len(line) < _FULL * longest or (_ENDS.search(line) and with_next < _ROOM * longest):
                yield open_
                open_ = ""
    yield open_


def _with_columns(blocks: Iterable[str]) -> Iterator[str]:
    """The paragraphs, but what is a table flattened to a line a cell as one: short lines, some of them numbers."""
    for cells, run in groupby(
        blocks, lambda block: len(block) <= _LONGEST_CELL and block[-1:] not in ".:;!?,"
    ):
        lines = list(run)
        if cells and len(lines) >= 4 and sum(map(bool, map(_NUMBER.fullmatch, lines))) >= 2:
            yield "\n".join(lines)
        else:
            yield from lines
