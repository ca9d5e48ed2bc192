"""PDF files that have text: pages in their order, lines put together to paragraphs, by PDFium.

Headers and footers that most pages repeat and numbers of pages are left out; a word that a line's end parts is put
together again, and a mark that stands raised beside a number is none of its digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double
from itertools import groupby

import pypdfium2
from pypdfium2 import PdfTextPage, raw

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import Left, document, paragraphs, raised

_MAX_PAGES = 100
_LEAST_TEXT = 20  # letters a page; what has less is a scan with a number of its page on it
_PAGE_NUMBER = re.compile(r"[\W_]*(trang\s*)?(\d{1,3})(?:\s*/\s*(\d{1,3}))?[\W_]*", re.IGNORECASE)
_ENDS = re.compile(r"""[.!?:;…]["”’)]*$""")
_BEGINS = re.compile(r"(?:[-–•*+]\s|\(?\d{1,2}[.)]\s|[IVX]{1,5}[.)]\s|[a-zđ]\)\s|\|)")
_NUMBER = re.compile(r"\d[\d.,/\s]*%?")
_LONGEST_CELL = 60
_FULL = 0.8  # a line this long, measured by the longest of its page, goes on in the next one
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
            pages = [_text(page.get_textpage(), left) for page in file]
            try:
                title = file.get_metadata_value("Title").strip()
            except UnicodeError:  # metadata in half characters; the text may be right all the same
                title = ""
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{location}: is locked with a password; save it without one") from None
        raise SourceError(f"{location}: is no readable PDF; save it again") from None
    if sum(map(str.isalpha, "".join(pages))) < min(_LEAST_TEXT * len(pages), 10 * _LEAST_TEXT):
        raise SourceError(f"{location}: has no text, only pictures of it; run it through OCR first")
    lines = _without_edges([_lines(page, left) for page in pages], left)
    return document(
        paragraphs(_with_columns(filter(None, _paragraphs(lines)))),
        name=name,
        location=location,
        notes=(f"text of {len(pages)} pages extracted by pypdfium2 {pypdfium2.PYPDFIUM_INFO}, lines joined",),
        left=left,
        title=None if title.lower().endswith((".doc", ".docx", ".pdf")) else title,
    )


def _text(page: PdfTextPage, left: Left) -> str:
    """A page's text with lines ended by line feeds, its raised marks made text."""
    letters = [
        "" if 0xD800 <= code <= 0xDFFF else chr(code)
        for code in (raw.FPDFText_GetUnicode(page.raw, index) for index in range(page.count_chars()))
    ]
    text: list[str] = []
    index = 0
    while index < len(letters):
        mark = _raised_at(page, letters, index) if letters[index] in _MAYBE_RAISED else None
        if mark is None:
            text.append(letters[index])
            index += 1
        else:
            text.append(raised("".join(letters[index : mark[0]]), "".join(text[-10:]), left))
            index = mark[1]
    return "".join(text).replace("\r\n", "\n").replace("\r", "\n")


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


def _lines(page: str, left: Left) -> list[str]:
    """A page's lines that hold something; where PDFium joined a parted word, the word is whole."""
    while (at := page.find(_HYPHEN)) >= 0:
        page = page[:at] + _hyphen(page[:at][-30:], page[at + 1 :][:30]) + page[at + 1 :]
        left["words put together at line ends"] += 1
    return [line.strip() for line in page.split("\n") if line.strip()]


def _hyphen(before: str, after: str) -> str:
    """What stays of a hyphen at a line's end: nothing inside one syllable (`trườ-ng`), else itself (`Mác-Lênin`)."""
    first, last = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if first is None or last is None:
        return "-"
    joined = unicodedata.normalize("NFD", (first[0] + last[0]).lower())
    plain = "".join(letter for letter in joined if not unicodedata.combining(letter))
    return "" if last[0].islower() and _SYLLABLE.fullmatch(plain) else "-"


def _without_edges(pages: list[list[str]], left: Left) -> list[list[str]]:
    """The pages' lines without what stands at the edge of most, and without the numbers of pages.

    A line that is only a number is the number of a page where such numbers stand at the same edge of several
    pages and count as the pages do, or where it says so (`Trang 2`, `2/5` of five pages).
    """
    edges = Counter(line for lines in pages if lines for line in {lines[0], lines[-1]})
    running = {line for line, times in edges.items() if times > 2 and times > len(pages) / 2}
    kept = [[line for line in lines if line not in running] for lines in pages]
    left["headers and footers left out"] += sum(map(len, pages)) - sum(map(len, kept))
    counted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, lines in enumerate(kept):
        for edge in (0, -1) if lines else ():
            found = _PAGE_NUMBER.fullmatch(lines[edge])
            if found and (found[1] or (found[3] and int(found[3]) == len(pages))):
                counted[edge, number - len(pages)] += [number, number]  # it says so itself
            elif found:
                counted[edge, int(found[2]) - number].append(number)
    for (edge, _), numbers in counted.items():
        if len(numbers) > 1:
            for number in set(numbers):
                del kept[number][edge]
                left["page numbers left out"] += 1
    return kept


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """The pages' lines put together: a full line goes on in the next, unless that begins something.

    A number that stands alone belongs to the line before where that announces it (`Số chi bộ:`).
    """
    open_ = ""
    for lines in pages:
        longest = max(map(len, lines), default=0)
        for line, following in zip(lines, [*lines[1:], ""], strict=False):
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
            if len(line) < _FULL * longest or (_ENDS.search(line) and len(line) < 0.95 * longest):
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
