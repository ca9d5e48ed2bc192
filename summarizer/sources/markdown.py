"""Markdown files: the words without their marks, read by the parser that `rich` brings along.

CommonMark, with the tables and the struck-out text of GitHub, and with footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from summarizer.sources.decoding import decode
from summarizer.sources.document import Document
from summarizer.sources.extracted import Box, CellMarks, Left, document, paragraphs, raised

__all__ = ("read_markdown",)

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_FIELD = r"(?mi)^{name}:[ \t]*[\"']?(.*?)[\"']?[ \t]*$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|<!--.*?-->|<[!?/][^<>]*>", re.DOTALL)
# A reference to a footnote, and what some dialects raise (12^1^) or lower (CO~2~).
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]|(?<=\w)\^[^\s^]{1,10}\^|(?<=[^\W\d_])~\d{1,3}~")
_STRUCK = frozenset({"del", "s", "strike"})
_LIFTED = frozenset({"sup", "sub"})
_BREAKS = {"br": "\n", "p": "\n", "div": "\n", "tr": "\n", "li": "\n", "td": " | ", "th": " | "}


def read_markdown(data: bytes, name: str, location: str, charset: str | None = None) -> Document:
    """The words of a Markdown file; its first heading or `title:` is the title, `date:` the posting date.

    Raises `SourceError` where it is no text, or no article.
    """
    decoded = decode(data, location, declared=(charset,), markup=True)
    front = _FRONT.match(decoded.text)
    fields = front[1] if front else ""
    body = _NOTE.sub(r"\\[\1\\] ", decoded.text[front.end() :] if front else decoded.text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    left, marks = Left(), CellMarks(body)
    day = _DAY.search(_field(fields, "date"))
    return document(
        paragraphs(_blocks(tokens, marks, left)),
        name=name,
        location=location,
        encoding=decoded.encoding,
        notes=(*decoded.notes, "marks of Markdown taken out"),
        left=left,
        marks=marks,
        title=_field(fields, "title") or _heading(tokens),
        published=day.group() if day else None,
    )


def _field(front: str, name: str) -> str:
    found = re.search(_FIELD.format(name=name), front)
    return found[1] if found else ""


def _heading(tokens: list[Token]) -> str | None:
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            return _words(following, Left())
    return None


def _blocks(tokens: list[Token], marks: CellMarks, left: Left) -> Iterator[str]:
    rows: list[list[Box]] = []
    item, head, in_table = False, False, False
    for token in tokens:
        if token.type in {"table_open", "table_close"}:
            in_table = token.type == "table_open"
            yield from (f"| {' | '.join(row)} |" for row in marks.table(rows))
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            head = token.type == "th_open"
        elif token.type == "list_item_open":
            item = True
        elif token.type == "inline" and in_table:
            rows[-1].append(Box(" ".join(_words(token, left).split()), head=head))
        elif token.type == "inline":
            yield ("- " if item else "") + _words(token, left)
            item = False
        elif token.type in {"code_block", "fence"}:
            yield token.content
        elif token.type == "html_block":
            yield _shown(_parts(token.content), left)


def _words(token: Token, left: Left) -> str:
    """The words of a line: what is bold, linked or code, without the marks; a picture's caption."""
    return _shown(_inline(token, left), left)


# A part of a text is its words, or a tag: its name, and whether it ends there.
_Part = str | tuple[str, bool]


def _inline(token: Token, left: Left) -> Iterator[_Part]:
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif child.type == "image":
            yield _words(child, left)
        elif child.type in {"s_open", "s_close"}:
            yield "s", child.type == "s_close"
        elif child.type == "html_inline":
            yield from _parts(child.content)
        elif child.type == "text":
            yield from _marked(child.content)
        elif child.type in {"code_inline", "text_special"}:
            yield child.content


def _marked(text: str) -> Iterator[_Part]:
    """A text with what its dialect raises or lowers as tags."""
    at = 0
    for mark in _MARK.finditer(text):
        yield text[at : mark.start()]
        tag = "sub" if mark[0].startswith("~") else "sup"
        yield tag, False
        yield "*" if mark[0].startswith("[") else mark[0].strip("^~")
        yield tag, True
        at = mark.end()
    yield text[at:]


def _parts(markup: str) -> Iterator[_Part]:
    """Words and tags of HTML."""
    at = 0
    for tag in _TAG.finditer(markup):
        yield unescape(markup[at : tag.start()])
        if tag[2]:
            yield tag[2].lower(), bool(tag[1])
        at = tag.end()
    yield unescape(markup[at:])


def _shown(parts: Iterator[_Part], left: Left) -> str:
    """What a reader sees of some parts: struck-out text is out, raised marks are set apart."""
    line: list[str] = []
    lifted: list[str] = []
    struck, lift = 0, ""
    for part in parts:
        if isinstance(part, str):
            if struck:
                left["struck-out text left out"] += bool(part.strip())
            else:
                (lifted if lift else line).append(part)
            continue
        tag, ends = part
        if tag in _STRUCK:
            struck = max(0, struck + (-1 if ends else 1))
        elif tag in _LIFTED:
            if lift:
                line.append(raised("".join(lifted), "".join(line[-4:]), left, lowered=lift == "sub"))
                lifted = []
            lift = "" if ends else tag
        elif tag in _BREAKS and not ends:
            line.append(_BREAKS[tag])
        elif tag == "tr":
            line.append(" |\n")
    return "".join([*line, *lifted])
