"""Markdown files: the words without their marks, read by the parser that `rich` brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import document, paragraphs, whole
from summarizer.sources.mojibake import REPAIRED, repaired

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ("read_markdown",)

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_FIELD = r"(?mi)^{name}:[ \t]*[\"']?(.*?)[\"']?[ \t]*$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"<[^>]*>")


def read_markdown(data: bytes, path: Path) -> Document:
    """The words of a Markdown file; its first heading or `title:` is the title, `date:` the posting date."""
    from markdown_it import MarkdownIt

    try:
        text = whole(data, path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{path}: is not UTF-8; save it as UTF-8") from None
    better = repaired(text)
    text = text if better is None else better
    front = _FRONT.match(text)
    fields = front[1] if front else ""
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    day = _DAY.search(_field(fields, "date"))
    return document(
        paragraphs(_blocks(tokens)),
        name=path.name,
        location=str(path),
        encoding="utf-8",
        notes=(*(() if better is None else (REPAIRED,)), "marks of Markdown taken out"),
        title=_field(fields, "title") or _heading(tokens),
        published=day.group() if day else None,
    )


def _field(front: str, name: str) -> str:
    found = re.search(_FIELD.format(name=name), front)
    return found[1] if found else ""


def _heading(tokens: list[Token]) -> str | None:
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            return _words(following)
    return None


def _blocks(tokens: list[Token]) -> Iterator[str]:
    row: list[str] | None = None
    item = False
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield f"| {' | '.join(row or ())} |"
            row = None
        elif token.type == "list_item_open":
            item = True
        elif token.type == "inline" and row is not None:
            row.append(_words(token))
        elif token.type == "inline":
            yield ("- " if item else "") + _words(token)
            item = False
        elif token.type in {"code_block", "fence"}:
            yield token.content
        elif token.type == "html_block":
            yield _TAG.sub(" ", token.content)


def _words(token: Token) -> str:
    """The words of a line: what is bold, linked or code, without the marks; a picture's caption."""
    words: list[str] = []
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            words.append("\n")
        elif child.type == "image":
            words.append(_words(child))
        elif child.type in {"text", "code_inline", "text_special"}:
            words.append(child.content)
    return "".join(words)
