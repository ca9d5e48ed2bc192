"""HTML pages: the main text, the title and the posting date, without the page around them.

By trafilatura. Captions of pictures are kept, since they say who was rewarded; menus, links to other
articles, comments and scripts are not. The posting date is taken from the page's markup alone (its meta
elements, JSON-LD, `<time>`), never guessed from the article's words.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import document, missing, paragraphs, whole
from summarizer.sources.mojibake import REPAIRED, repaired

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ("html_document", "read_html")

_SHORTEST = 100  # characters; what is shorter is a menu or a notice, not an article
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # our errors say what it would print
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_html(data: bytes, path: Path) -> Document:
    """The article of an HTML file; raises `SourceError` where it has none."""
    return html_document(whole(data, path), name=path.name, location=str(path))


def html_document(data: bytes, *, name: str, location: str, charset: str | None = None) -> Document:
    """The article of a page's bytes; `charset` is what the server said it is in, if it did."""
    try:
        import trafilatura
        from lxml.etree import LxmlError
        from trafilatura.settings import Document as Extracted
    except ImportError:
        raise missing(location, "trafilatura", "web") from None
    text, encoding = _decoded(data, charset)
    better = repaired(text)
    text = text if better is None else better
    try:
        tree: HtmlElement | None = trafilatura.load_html(text)
        if tree is None:
            raise SourceError(f"{location}: is no HTML page")
        found = trafilatura.bare_extraction(
            _with_captions(tree),
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
    share = round(100 * len(body) / max(1, len(text)))
    return document(
        body,
        name=name,
        location=location,
        encoding=encoding,
        notes=(
            *(() if better is None else (REPAIRED,)),
            f"main text extracted from HTML by trafilatura {trafilatura.__version__} ({share} % of the page)",
        ),
        title=found.title,
        published=found.date,
    )


def _with_captions(tree: HtmlElement) -> HtmlElement:
    """The page with its pictures' captions as paragraphs, which an extractor of texts keeps."""
    for element in tree.iter("figcaption"):
        element.tag = "p"
    for element in tree.iter("figure"):
        element.tag = "div"
    return tree


def _decoded(data: bytes, charset: str | None) -> tuple[str, str]:
    """The page's characters, and the encoding they were in: its mark, the server's word, its own, UTF-8."""
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    own = _CHARSET.search(data, 0, 4096)
    for name in (marked, charset, own and own[1].decode("ascii"), "utf-8"):
        if name:
            try:
                return data.decode(name).removeprefix("\ufeff"), name.lower()
            except (UnicodeDecodeError, LookupError):
                continue  # what a page says of itself is often wrong: the next one may be right
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return (str(best), best.encoding) if best else (data.decode("utf-8", "replace"), "utf-8")
