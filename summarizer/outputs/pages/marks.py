"""Marks on an article's text: which characters are linked to what, nested so that HTML can carry them.

All offsets are Python indexes into the article's text; every span is half open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from summarizer.schemas.labels import Labels, labels

_SNIPPET = 48
# Which colour a subject has: six hues can still be distinguished, sixteen cannot.
_FAMILIES = {
    **dict.fromkeys(("party_organization", "party_cell", "party_member"), "party"),
    **dict.fromkeys(("collective", "class", "school"), "body"),
    **dict.fromkeys(("individual", "staff", "learner", "union_member"), "people"),
    **dict.fromkeys(("research", "document", "event", "award"), "work"),
    "money": "money",
}
_NO_BIDI = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Back:
    """A way back from the text: the id of an element of the report, what to call it, and its sign."""

    href: str
    label: str
    sign: str = "↩"


@dataclass(slots=True)
class Mark:
    """A span of the text with an id to link to.

    `css` are its classes, the most important first; `tag` is a few words shown beside it; `backs` lead to
    where the report speaks of it, the first one from the words themselves.
    """

    at: int
    end: int
    css: list[str] = field(default_factory=list[str])
    tag: str = ""
    backs: list[Back] = field(default_factory=list[Back])

    @property
    def id(self) -> str:
        """The id of its element in the page."""
        return f"t{self.at}-{self.end}"


class Marks:
    """All marks on one text. Two marks on the same span are one mark with two ways back."""

    def __init__(self, text: str, t: Labels | None = None) -> None:
        self._text = text
        self._t = t or labels()
        self._marks: dict[tuple[int, int], Mark] = {}

    def add(self, at: int, words: str, css: str, *, back: Back | None = None, tag: str = "") -> Mark | None:
        """Mark `words` at `at`; None, and nothing marked, where they do not stand there."""
        end = at + len(words)
        if not words or at < 0 or self._text[at:end] != words:
            return None
        mark = self._marks.setdefault((at, end), Mark(at, end))
        if css not in mark.css:
            mark.css.append(css)
        mark.tag = mark.tag or tag
        if back and back not in mark.backs:
            mark.backs.append(back)
        return mark

    def html(self) -> Markup:
        """The whole text, escaped, with every mark as a link or as a span with its link after it."""
        return Markup("".join(self._html(0, len(self._text), self._nested())))  # noqa: S704 - escaped, or our own tags

    def _nested(self) -> list[_Node]:
        """The marks as a forest, the wider around the other; one that crosses the end of an earlier one is cut."""
        waiting: list[Any] = [
            (mark.at, -mark.end, mark.at - mark.end, mark.at, mark) for mark in self._marks.values()
        ]
        heapify(waiting)
        roots: list[_Node] = []
        open_: list[_Node] = []
        while waiting:
            at, minus_end, *order, mark = heappop(waiting)
            end = -minus_end
            while open_ and open_[-1].end <= at:
                open_.pop()
            if open_ and end > open_[-1].end:
                heappush(waiting, (open_[-1].end, minus_end, *order, mark))
                end = open_[-1].end
            node = _Node(mark, at, end, [])
            (open_[-1].inner if open_ else roots).append(node)
            open_.append(node)
        return roots

    def _html(self, at: int, end: int, nodes: Sequence[_Node]) -> Iterator[str]:
        for node in nodes:
            yield _shown(self._text[at : node.at])
            yield from self._node_html(node)
            at = node.end
        yield _shown(self._text[at:end])

    def _node_html(self, node: _Node) -> Iterator[str]:
        mark, backs = node.mark, node.mark.backs
        last = node.end == mark.end
        attributes = f' class="{" ".join(mark.css)}"'
        if node.at == mark.at:
            attributes += f' id="{mark.id}"'
        if last and mark.tag:
            attributes += f' data-tag="{escape(mark.tag)}"'
        tag = "span"
        if backs and not node.inner:
            tag = "a"
            label = " — ".join(dict.fromkeys(filter(None, (mark.tag, backs[0].label))))
            attributes += f' href="#{backs[0].href}" title="{escape(label)}"'
            backs = backs[1:]
        yield f"<{tag}{attributes}>"
        yield from self._html(node.at, node.end, node.inner)
        yield f"</{tag}>"
        for back in backs if last else ():
            label = escape(self._t("page.back", label=back.label))
            yield f'<a class="back" href="#{back.href}" title="{label}" aria-label="{label}">{back.sign}</a>'


class _Node(NamedTuple):
    """A mark, or the part of one that stands within another."""

    mark: Mark
    at: int
    end: int
    inner: list[_Node]


def _shown(text: str) -> str:
    """Text as HTML: escaped, and without what would reorder it on the screen or cannot be written."""
    plain = text.translate(_NO_BIDI).replace("\0", "\ufffd")
    return str(escape(plain.encode("utf-8", "replace").decode("utf-8")))


def family(subject: str) -> str:
    """Return the class of the colour that a subject has on pages."""
    return _FAMILIES.get(subject, "other")


def snippet(text: str, at: int, end: int) -> tuple[str, str, str]:
    """The words before a span, the span, and the words after it, on one line and cut at spaces."""
    before, after = text[max(0, at - _SNIPPET) : at], text[end : end + _SNIPPET]
    line_before, line_after = before.rpartition("\n")[2], after.partition("\n")[0]
    cut_before = line_before == before and at > _SNIPPET
    cut_after = line_after == after and end + _SNIPPET < len(text)
    before, after = " ".join(line_before.split()), " ".join(line_after.split())
    if cut_before and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if cut_after and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    before += " " * text[max(0, at - 1) : at].isspace()
    return before, text[at:end], " " * text[end : end + 1].isspace() + after
