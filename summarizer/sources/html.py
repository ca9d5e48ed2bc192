"""HTML pages: the main text, the title and the posting date, without the page around them.

By trafilatura. Captions of pictures are kept, since they say who was rewarded; menus, links to other
articles, comments and scripts are not. Before it reads a page, what a reader of the page sees struck out goes,
raised marks become text, and the cells of tables are marked so that they are found again in the text. The posting
date is taken from the page's markup alone (its meta elements, JSON-LD, `<time>`), never guessed from the words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import Document as Extracted

from summarizer.errors import SourceError
from summarizer.sources.decoding import INVISIBLE, decode
from summarizer.sources.document import Document
from summarizer.sources.extracted import Box, CellMarks, Left, clean, document, paragraphs, raised

__all__ = ("read_html",)

_SHORTEST = 100  # characters; what is shorter is a menu or a notice, not an article
_MAX_TAGS = 200_000  # an article of 20,000 cells has 50,000; 600,000 paragraphs are no article
_MANY_TAGS = (
    8_000  # a long page has 3,000; what the extractor compares itself with takes time by their square
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_REFERENCE = re.compile(
    r"&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}))|shy|zwnj|zwj|lrm|rlm|ZeroWidthSpace)\b;?"
)
_NOTE_LINK = re.compile(r"#_?(?:ftn|edn|fn|footnote|endnote|cite_note|note)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_BLOCKS = frozenset({"br", "p", "div", "li", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_LONGEST_CELL = 2_000  # characters; a table with longer ones lays out a page
_WIDEST_SPAN = 20  # columns; more only where the table has as many cells in a row
_MOST_COVERED = 20  # places in the grid for each cell of a table
_LINKED = 0.5  # of a table's text: with more it is a menu
logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # our errors say what it would print


def read_html(data: bytes, name: str, location: str, charset: str | None = None) -> Document:
    """The article of a page's bytes; `charset` is what the server said it is in, if it did.

    Raises `SourceError` where there is none.
    """
    own = _CHARSET.search(data, 0, 4096)
    decoded = decode(data, location, declared=(charset, own and own[1].decode("ascii")), markup=True)
    tags = decoded.text.count("<")
    if tags > _MAX_TAGS:
        raise SourceError(f"{location}: has more than {_MAX_TAGS:,} tags, more than any article")
    left = Left()
    page = clean(_REFERENCE.sub(lambda found: _referred(found, left), decoded.text), left)
    marks = CellMarks(page)
    try:
        tree: HtmlElement | None = trafilatura.load_html(page)
        if tree is None:
            raise SourceError(f"{location}: is no HTML page")
        _prepare(tree, marks, left)
        found = trafilatura.bare_extraction(
            tree,
            fast=tags > _MANY_TAGS,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise SourceError(f"{location}: cannot be read as HTML ({type(error).__name__})") from None
    body = paragraphs((found.text or "").split("\n")) if isinstance(found, Extracted) else ""
    if not isinstance(found, Extracted) or len(body) < _SHORTEST:
        raise SourceError(f"{location}: has no article in it; save its text and give that")
    share = round(100 * len(body) / max(1, len(page)))
    extraction = (
        f"main text extracted from HTML by trafilatura {trafilatura.__version__} ({share} % of the page)"
    )
    return document(
        body,
        name=name,
        location=location,
        encoding=decoded.encoding,
        notes=(*decoded.notes, extraction),
        left=left,
        marks=marks,
        title=found.title,
        published=found.date,
    )


def _referred(found: re.Match[str], left: Left) -> str:
    """What a numeric reference becomes before parsing: control characters go, those of windows-1252 are letters."""
    code = int(found[1], 16) if found[1] else int(found[2] or ord("\u00ad"))
    if code <= 0x10FFFF and INVISIBLE.match(chr(code)):
        left["invisible characters left out"] += 1
        return ""
    if code in {9, 10, 13, 0x85}:
        return " "
    if 0x80 <= code <= 0x9F:  # as browsers read them
        return bytes([code]).decode("cp1252", "ignore")
    if code < 32 or code == 0x7F or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or code & 0xFFFE == 0xFFFE:
        left["control characters left out"] += 1
        return " " if code in {11, 12} else ""
    return found[0]


def _prepare(tree: HtmlElement, marks: CellMarks, left: Left) -> None:
    """Change a page's tree into one that an extractor of texts reads right."""
    for element in list(tree.iter("del", "s", "strike", "span", "font", "sup", "sub", "a")):
        if element.getparent() is None:
            continue
        style = element.get("style") or ""
        lift = _RAISED_STYLE.search(style)
        if element.tag in {"del", "s", "strike"} or _STRUCK_STYLE.search(style):
            left["struck-out text left out"] += bool(element.text_content().strip())
            element.drop_tree()
        elif element.tag in {"span", "font"} and _HIDDEN_STYLE.search(style):
            left["hidden text left out"] += bool(element.text_content().strip())
            element.drop_tree()
        elif element.tag in {"sup", "sub"} or lift is not None:
            lowered = element.tag == "sub" or (lift is not None and lift[1].lower() == "sub")
            _replace(element, raised(element.text_content(), _before(element), left, lowered=lowered))
        elif element.tag == "a" and _NOTE_LINK.match(element.get("href") or ""):
            _replace(element, raised(element.text_content(), _before(element), left))
    for element in list(tree.iter("ins")):
        element.drop_tag()
    for element in tree.iter("figcaption"):
        element.tag = "p"
    for element in tree.iter("figure"):
        element.tag = "div"
    for table in list(tree.iter("table")):
        _mark_table(table, marks)


def _replace(element: HtmlElement, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
    element.tag = "span"  # to take it out would copy the line's text each time


def _before(element: HtmlElement) -> str:
    """The text right before an element in its line."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ("" if previous.tag in _BLOCKS else _text(previous))
    return (parent.text or "") if parent is not None else ""


def _text(element: HtmlElement) -> str:
    return element.text_content() if isinstance(element.tag, str) else ""


def _mark_table(table: HtmlElement, marks: CellMarks) -> None:
    """Mark a table's cells, each brought to plain text; a table that lays out a page stays as it is."""
    for caption in list(table.iterchildren("caption")):
        caption.tag = "p"
        table.addprevious(caption)
        caption.tail = None
    for foot in list(table.iterchildren("tfoot")):
        table.append(foot)  # it is shown last, wherever it stands
    rows = [
        [cell for cell in row if cell.tag in {"td", "th"}]
        for row in table.iter("tr")
        if row.text_content().strip()
    ]
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2 or table.find(".//table") is not None:
        return
    text = len(table.text_content())
    linked = sum(len(link.text_content()) for link in table.iter("a"))
    if linked > _LINKED * text or any(
        len(cell.text_content()) > _LONGEST_CELL for row in rows for cell in row
    ):
        return
    _bound_spans(rows)
    boxes = [[_box(cell) for cell in row] for row in rows]
    for row, marked in zip(rows, marks.table(boxes), strict=True):
        for cell, words in zip(row, marked, strict=True):
            for child in list(cell):
                cell.remove(child)
            cell.text = words


def _bound_spans(rows: list[list[HtmlElement]]) -> None:
    """Take spans that go beyond the table back to it: the extractor fills what they cover with empty cells."""
    widest = max(_WIDEST_SPAN, *map(len, rows))
    for index, row in enumerate(rows):
        for cell in row:
            for name, most in (("colspan", widest), ("rowspan", len(rows) - index)):
                if (span := _span(cell, name)) > 1:
                    cell.set(name, str(min(span, most)))
    covered = sum(_span(cell, "rowspan") * _span(cell, "colspan") for row in rows for cell in row)
    if covered > _MOST_COVERED * sum(map(len, rows)):  # a table that overlaps itself
        for row in rows:
            for cell in row:
                cell.attrib.pop("rowspan", None)


def _box(cell: HtmlElement) -> Box:
    head = cell.tag == "th" or any(parent.tag == "thead" for parent in cell.iterancestors("thead", "table"))
    return Box(" ".join("".join(_inline(cell)).split()), _span(cell, "rowspan"), _span(cell, "colspan"), head)


def _inline(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in {"script", "style"}:
            space = " " if child.tag in _BLOCKS else ""
            yield space
            yield from _inline(child)
            yield space
        yield child.tail or ""


def _span(cell: HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "", re.ASCII)
    return int(digits[1]) if digits else 1
