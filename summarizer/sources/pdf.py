"""PDF files that have text: pages in their order, lines put together to paragraphs, by PDFium."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import document, missing, paragraphs, whole

__all__ = ("read_pdf",)

_MAX_PAGES = 100
_PDFIUM = Lock()  # it is not made for threads
_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
_ENDS = re.compile(r"""[.!?:;…]["”’)]*$""")
_BEGINS = re.compile(r"(?:[-–•*+]\s|\(?\d{1,2}[.)]\s|[IVX]{1,5}[.)]\s|[a-zđ]\)\s|\|)")
_FULL = 0.8  # a line this long, measured by the longest of its page, goes on in the next one


def read_pdf(data: bytes, path: Path) -> Document:
    """The text of a PDF file; raises `SourceError` where it is damaged, locked, or only a picture."""
    try:
        import pypdfium2
    except ImportError:
        raise missing(str(path), "pypdfium2", "office") from None
    try:
        with _PDFIUM, pypdfium2.PdfDocument(whole(data, path)) as file:
            if len(file) > _MAX_PAGES:
                raise SourceError(f"{path}: has {len(file)} pages, more than an article; split it")
            pages = [page.get_textpage().get_text_bounded() for page in file]
            title = file.get_metadata_value("Title").strip()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{path}: is locked with a password; save it without one") from None
        raise SourceError(f"{path}: is no readable PDF; save it again") from None
    if not any(page.strip() for page in pages):
        raise SourceError(f"{path}: has no text, only pictures of it; run it through OCR first")
    return document(
        paragraphs(_paragraphs(pages)),
        name=path.name,
        location=str(path),
        notes=(f"text of {len(pages)} pages extracted by pypdfium2 {pypdfium2.PYPDFIUM_INFO}, lines joined",),
        title=None if title.lower().endswith((".doc", ".docx", ".pdf")) else title,
    )


def _paragraphs(pages: list[str]) -> Iterator[str]:
    """The pages' lines put together: a full line goes on in the next, unless that begins something."""
    running = _repeated(pages)
    open_ = ""
    for page in pages:
        lines = [line.strip() for line in page.split("\n")]
        longest = max(map(len, lines), default=0)
        for line in lines:
            if line in running or _PAGE_NUMBER.fullmatch(line):
                continue
            if not line or _BEGINS.match(line):
                yield open_
                open_ = ""
            open_ = f"{open_} {line}" if open_ else line
            if len(line) < _FULL * longest or (_ENDS.search(line) and len(line) < 0.95 * longest):
                yield open_
                open_ = ""
    yield open_


def _repeated(pages: list[str]) -> frozenset[str]:
    """Lines that stand first or last on most pages: headers and footers."""
    edges = Counter(
        line
        for page in pages
        if (lines := [line.strip() for line in page.split("\n") if line.strip()])
        for line in {lines[0], lines[-1]}
    )
    return frozenset(line for line, times in edges.items() if times > 2 and times > len(pages) / 2)
