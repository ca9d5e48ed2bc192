"""Parents: the body or area that the one that met belongs to, where the article writes it.

It stands in the name ("Trường Chính trị **tỉnh Vĩnh Phúc**", the province's political school), behind it ("trực thuộc
…", "tại tỉnh …"), or where the name stands in full elsewhere, as in the masthead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.article.lines import lines_of
from summarizer.article.normalize import Folded
from summarizer.article.phrases import Lists, cue
from summarizer.rules.bodies import Body, find_bodies, key_of
from summarizer.rules.body_words import HEAD
from summarizer.rules.names import PROVINCES

__all__ = ("find_parent",)

Span = tuple[int, int]

_WORDS = Lists("summarizer.rules", "meeting")
_BELONGS = cue(r"\s*[,(]?\s*(?:trực )?thuộc ")
_LIES = cue(r"\s*[,(]?\s*(?:tại |ở )?(?={areas} )", **_WORDS)
_IN_NAME = cue(r" ({areas}(?! ủy| đoàn)(?: [^\s,.;:()]+){1,4})$", **_WORDS)
# The area's own bodies: they do not belong to it, they are it.
_OF_AREA = cue(r"(?:{boards} )*{of_areas} {areas} ", **_WORDS)
_LOW = cue(r".*(?<!\w){low_areas} ", **_WORDS)
_PROVINCE = cue(r"(?<!\w){provincial} (?=\w)", **_WORDS)
_BRANCH = cue(r"(?:{branch_of} )?{branches} (?=\w)", **_WORDS)
# "Ngành Giáo dục Thái Bình": a trade's bodies are the province's whose name they bear.
_TRADE = cue(r"(?:công đoàn )?{trades} ", **_WORDS)
_BODY = cue(rf"{HEAD}|cđ ")
_MASTHEAD = 1_500
"""Characters at a page's top in which its heading stands."""
_CAPITALS = re.compile(r"(?:\w+\.? ?)?(?:\w+ )?(?:[^\W\d_a-zà-ỹđ]\w*(?: (?=[^\W\d_a-zà-ỹđ]))?){1,4}")


def find_parent(text: str, folded: Folded, organization: Body | None) -> Span | None:
    """Return where the body or area stands that a body of `text` belongs to; None if the article does not say."""
    if organization is None:
        return None
    return next(_candidates(text, folded, organization), None)


def _candidates(text: str, folded: Folded, organization: Body) -> Iterator[Span]:
    key = key_of(folded, organization)
    a, b = folded.span(organization.at, organization.end)
    named = list(re.finditer(rf"(?<!\w){re.escape(key)}(?!\w)".replace(r"\ ", r"\s+"), folded.text))
    for place in named:
        if match := _BELONGS.match(folded.text, place.end()):
            at = folded.origin(match.end())
            if body := next(find_bodies(text, folded, at, at + 120), None):
                yield body.at, body.end
    if branch := _BRANCH.match(folded.text, a, b):
        yield folded.origin(branch.end()), organization.end
    in_name = _IN_NAME.search(folded.text, a, b)
    if _OF_AREA.match(folded.text, a, b):
        if _LOW.match(folded.text, a, b):
            yield from _only_province(text, folded)
        return
    if in_name:
        yield folded.origin(in_name.start(1)), organization.end
        return
    if _TRADE.match(folded.text, a, b):
        for province in PROVINCES:
            if key.endswith(" " + province):
                end = organization.end
                size = len(province)
                whole = re.search(rf"(?<!\w)tỉnh {re.escape(province)}(?!\w)", folded.text)
                yield (
                    (folded.origin(whole.start()), folded.origin(whole.end()))
                    if whole
                    else (folded.origin(b - size), end)
                )
                return
    yield from _masthead(text, folded, key)
    for place in named:
        if lies := _LIES.match(folded.text, place.end()):
            yield from _area_at(text, folded, lies.end())


def _masthead(text: str, folded: Folded, key: str) -> Iterator[Span]:
    """Yield the line in capitals above the one that holds the name: a page's heading names the body above first."""
    above: Span | None = None
    for at, line in lines_of(text[:_MASTHEAD]):
        words = line.strip()
        if not words:
            continue
        begun = at + line.index(words)
        span = begun, begun + len(words)
        own = " ".join(folded.part(*span).split())
        if above and key.endswith(own) and words.isupper() and text[slice(*above)].isupper():
            if _BODY.match(folded.text, folded.folded(above[0])):
                yield above
            return
        above = span


def _area_at(text: str, folded: Folded, a: int) -> Iterator[Span]:
    """Yield the area whose name begins at the folded offset `a`: its word and the capitalised words behind it."""
    at = folded.origin(a)
    named = _CAPITALS.match(text, at)
    if named:
        yield at, named.end()


def _only_province(text: str, folded: Folded) -> Iterator[Span]:
    """Yield the province whose bodies are named, where the text names one alone."""
    found: dict[str, Span] = {}
    for match in _PROVINCE.finditer(folded.text):
        for name in PROVINCES:
            if folded.text.startswith(name, match.end()):
                span = folded.origin(match.start()), folded.origin(match.end() + len(name))
                found.setdefault(name, span)
    if len(found) == 1:
        yield from found.values()
