"""What every reader ends with: the extracted text as a document that is an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from summarizer.errors import SourceError
from summarizer.sources.document import Document

__all__ = ("MAX_FILE_BYTES", "document", "missing", "paragraphs", "whole")

MAX_FILE_BYTES = 30_000_000  # a file with pictures; its text may still not be longer than an article's

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def document(
    text: str,
    *,
    name: str,
    location: str,
    encoding: str | None = None,
    notes: Iterable[str] = (),
    title: str | None = None,
    published: str | None = None,
) -> Document:
    """The document of an extracted text; offsets are indexes into the text that it has in the end.

    Raises `SourceError` where it is no article: empty, too long, not Vietnamese.
    """
    from summarizer.sources.reading import check_text  # which itself finds readers through this package

    if not text.strip():
        raise SourceError(f"{location}: has no text to read")
    check_text(text, location)
    return Document(
        name=name,
        text=text,
        location=location,
        encoding=encoding,
        notes=tuple(notes),
        title=title or None,
        published=published or None,
    )


def paragraphs(blocks: Iterable[str]) -> str:
    """Blocks of text as paragraphs with a blank line between them; lines of a list or a table stay together."""
    lines = [_SPACES.sub(" ", block).strip() for block in blocks]
    lines = [line for line in lines if line]
    joined: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        together = any(line.startswith(mark) and following.startswith(mark) for mark in ("- ", "|"))
        joined.append(line + ("\n" if together else "\n\n"))
    return _BLANK_LINES.sub("\n\n", "".join(joined)).rstrip("\n") + "\n" if joined else ""


def missing(location: str, package: str, extra: str) -> SourceError:
    """The error of a document whose reader is not installed."""
    return SourceError(f"{location}: needs {package} to be read; run: pip install 'summarizer[{extra}]'")


def whole(data: bytes, path: Path) -> bytes:
    """All of a file of which `data` is the beginning where it has one byte more than an article may have.

    Raises `SourceError` where it is too large.
    """
    from summarizer.sources.reading import MAX_BYTES

    if len(data) != MAX_BYTES + 1:
        return data
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(
            f"{path}: has more than {MAX_FILE_BYTES // 1_000_000} MB; save it without its pictures"
        )
    return data
