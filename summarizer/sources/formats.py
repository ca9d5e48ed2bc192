"""Formats that are not plain text, found by a file's suffix, and what reads them.

A reader takes the bytes, what the document is called and where it is, and the charset that a server says of them
(None from a file); it gives the `Document` with the text it extracted, or raises `SourceError` where there is none.
Each is named as `module:function` and runs in a worker, where its library is imported on first use.
"""

from __future__ import annotations

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.worker import fence, read_apart

__all__ = ("MAX_FILE_BYTES", "is_url", "read_format", "suffixes")

MAX_FILE_BYTES = 30_000_000  # a file with pictures; its text may still not be longer than an article's

# By suffix: the reader, and the extra of this package that brings its library.
_READERS = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), ("summarizer.sources.html:read_html", "web")),
    **dict.fromkeys((".md", ".markdown"), ("summarizer.sources.markdown:read_markdown", "all")),
    ".docx": ("summarizer.sources.word:read_docx", "all"),
    ".pdf": ("summarizer.sources.pdf:read_pdf", "office"),
}


def suffixes() -> frozenset[str]:
    """Every suffix that has a reader, lower case, with its dot."""
    return frozenset(_READERS)


def read_format(
    data: bytes, suffix: str, *, name: str, location: str, charset: str | None = None
) -> Document:
    """Return the document of some bytes in the format of `suffix`, one of `suffixes()`; raises `SourceError`."""
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(
            f"{location}: has more than {MAX_FILE_BYTES // 1_000_000} MB; save it without its pictures"
        )
    reader, extra = _READERS[suffix.lower()]
    with fence(location):
        return read_apart(reader, data, name=name, location=location, charset=charset, extra=extra)


def is_url(source: str) -> bool:
    """Whether a source is the address of a web page rather than a path or a text."""
    return source[:8].lower().startswith(("http://", "https://")) and not any(map(str.isspace, source))
