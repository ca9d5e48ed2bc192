"""Markdown files: the words without their marks, read as the HTML that markdown-it makes of them.

CommonMark, with the tables and the struck-out text of GitHub, and with footnotes.
"""

from __future__ import annotations

import re
from html import escape

from lxml.html import HtmlElement, document_fromstring
from markdown_it import MarkdownIt

from summarizer.sources.decoding import decode
from summarizer.sources.document import Document
from summarizer.sources.extracted import CellMarks, Left, finished, paragraphs
from summarizer.sources.markup import blocks, prepare, words

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_FIELD = r"(?mi)^{name}:[ \t]*[\"']?(.*?)[\"']?[ \t]*$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
# A reference to a footnote, and what some dialects raise (12^1^) or lower (CO~2~).
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]|(?<=\w)\^([^\s^]{1,10})\^|(?<=[^\W\d_])~(\d{1,3})~")

_PAGE = re.compile(
    r"</?(?:html|head|body)\b[^>]*>", re.IGNORECASE
)  # behind the end of a page nothing is read


def read_markdown(data: bytes, name: str, location: str, charset: str | None = None) -> Document:
    """The words of a Markdown file; its first heading or `title:` is the title, `date:` the posting date.

    Raises `SourceError` where it is no text, or no article.
    """
    decoded = decode(data, location, declared=(charset,), markup=True)
    front = _FRONT.match(decoded.text)
    fields = front[1] if front else ""
    body = _NOTE.sub(r"\\[\1\\] ", decoded.text[front.end() :] if front else decoded.text)
    left, marks = Left(), CellMarks(body)
    tree = _tree(body)
    heading = next(tree.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    prepare(tree, marks, left)
    title = None if heading is None else "".join(words(heading))
    day = _DAY.search(_field(fields, "date"))
    article = Document(
        name=name,
        text=paragraphs(blocks(tree)),
        location=location,
        encoding=decoded.encoding,
        notes=(*decoded.notes, "marks of Markdown taken out"),
        title=_field(fields, "title") or title,
        published=day.group() if day else None,
    )
    return finished(article, left, marks)


def _field(front: str, name: str) -> str:
    found = re.search(_FIELD.format(name=name), front)
    return found[1] if found else ""


def _tree(text: str) -> HtmlElement:
    """The tree of a file's HTML, in which what its dialect raises or lowers has tags."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in (child for block in tokens for child in block.children or ()):
        if token.type not in {"text", "image"}:
            continue
        token.type, token.content = "html_inline", _MARK.sub(_lifted, escape(token.content, quote=False))
    html = parser.renderer.render(tokens, parser.options, {}).replace("<br />\n", "<br>")
    # HTML of the file may end what it did not begin; behind the end of a page nothing would be read.
    return document_fromstring(f"<body>{_PAGE.sub('', html)}</body>").body


def _lifted(mark: re.Match[str]) -> str:
    return f"<sub>{mark[2]}</sub>" if mark[2] else f"<sup>{mark[1] or '*'}</sup>"
