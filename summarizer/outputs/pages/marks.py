"""Marks on an article's text: which characters are linked to what, nested so that HTML can carry them.

All offsets are Python indexes into the article's text; every span is half open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from markupsafe import Markup, escape

from summarizer.schemas.labels import Labels, labels

__all__ = ("Back", "Mark", "Marks", "family", "snippet", "uncovered")

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
        pieces: list[str] = []
        _render(self._text, 0, len(self._text), _nested(self._marks.values()), pieces, self._t)
        return Markup("".join(pieces))  # noqa: S704 - every piece was escaped or is our own tag


@dataclass(slots=True)
class _Node:
    mark: Mark
    at: int
    end: int
    first: bool
    last: bool
    inner: list[_Node] = field(default_factory=list["_Node"])

    def __lt__(self, other: _Node) -> bool:
        """Two pieces that begin and end alike: the wider mark goes around the other."""
        return self.mark.end - self.mark.at > other.mark.end - other.mark.at


def _nested(marks: Iterable[Mark]) -> list[_Node]:
    """The marks as a forest; a mark that crosses the end of an earlier one is cut there."""
    waiting = [(mark.at, -mark.end, _Node(mark, mark.at, mark.end, first=True, last=True)) for mark in marks]
    heapify(waiting)
    roots: list[_Node] = []
    open_: list[_Node] = []
    while waiting:
        node = heappop(waiting)[2]
        while open_ and open_[-1].end <= node.at:
            open_.pop()
        if open_ and node.end > open_[-1].end:
            cut = open_[-1].end
            heappush(waiting, (cut, -node.end, _Node(node.mark, cut, node.end, first=False, last=node.last)))
            node = _Node(node.mark, node.at, cut, first=node.first, last=False)
        (open_[-1].inner if open_ else roots).append(node)
        open_.append(node)
    return roots


def _render(text: str, at: int, end: int, nodes: Sequence[_Node], out: list[str], t: Labels) -> None:
    for node in nodes:
        out.append(_shown(text[at : node.at]))
        _render_node(text, node, out, t)
        at = node.end
    out.append(_shown(text[at:end]))


def _render_node(text: str, node: _Node, out: list[str], t: Labels) -> None:
    mark = node.mark
    leaf = not node.inner and bool(mark.backs)
    attributes = f' class="{" ".join(mark.css)}"'
    if node.first:
        attributes += f' id="{mark.id}"'
    if node.last and mark.tag:
        attributes += f' data-tag="{escape(mark.tag)}"'
    backs = mark.backs
    if leaf:
        label = " — ".join(dict.fromkeys(filter(None, (mark.tag, backs[0].label))))
        out.append(f'<a{attributes} href="#{backs[0].href}" title="{escape(label)}">')
        backs = backs[1:]
    else:
        out.append(f"<span{attributes}>")
    _render(text, node.at, node.end, node.inner, out, t)
    out.append("</a>" if leaf else "</span>")
    if node.last:
        out.extend(_back_link(back, t) for back in backs)


def _back_link(back: Back, t: Labels) -> str:
    label = escape(t("page.back", label=back.label))
    return f'<a class="back" href="#{back.href}" title="{label}" aria-label="{label}">{back.sign}</a>'


def _shown(text: str) -> str:
    """Text as HTML: escaped, and without what would reorder it on the screen or cannot be written."""
    plain = text.translate(_NO_BIDI).replace("\0", "\ufffd")
    return str(escape(plain.encode("utf-8", "replace").decode("utf-8")))


def family(subject: str) -> str:
    """Return the class of the colour that a subject has on pages."""
    return _FAMILIES.get(subject, "other")


def uncovered(spans: Iterable[tuple[int, int]], cover: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that touch none of `cover`, whose own spans do not overlap."""
    ends = sorted((end, at) for at, end in cover)
    left: list[tuple[int, int]] = []
    for at, end in spans:
        after = bisect_right(ends, (at, end))
        while after < len(ends) and ends[after][0] <= at:
            after += 1
        if after == len(ends) or ends[after][1] >= end:
            left.append((at, end))
    return left


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
