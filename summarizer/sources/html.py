"""HTML pages: the main text, the title and the posting date, without the page around them.

By trafilatura. Captions of pictures are kept, since they say who was rewarded; menus, links to other
articles, comments and scripts are not. Before it reads a page, what a reader of the page sees struck out goes,
raised marks become text, and the cells of tables are marked so that they are found again in the text. The posting
date is taken from the page's markup alone (its meta elements, JSON-LD, `<time>`), never guessed from the words.
"""

from __future__ import annotations

import logging
import re
from html import escape, unescape

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import Document as Extracted

from summarizer.errors import SourceError
from summarizer.sources.decoding import decode
from summarizer.sources.document import Document
from summarizer.sources.extracted import CellMarks, Left, clean, finished, paragraphs
from summarizer.sources.markup import prepare

_SHORTEST = 100  # characters; what is shorter is a menu or a notice, not an article
_MAX_TAGS = 200_000  # an article of 20,000 cells has 50,000; 600,000 paragraphs are no article
_MANY_TAGS = 8_000  # a long page has 3,000; the extractor's second opinion takes time by their square
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,9}|shy|zwnj|zwj|lrm|rlm|ZeroWidthSpace)\b;?")
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
        prepare(tree, marks, left)
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
    notes = (*decoded.notes, extraction)
    article = Document(name, body, location, decoded.encoding, notes, found.title, found.date)
    return finished(article, left, marks)


def _referred(found: re.Match[str], left: Left) -> str:
    """What a reference becomes before parsing, as browsers read it: what is no character goes."""
    letter = unescape(found[0]).strip("\ufffd")
    left["control characters left out"] += not letter
    return escape(letter)
