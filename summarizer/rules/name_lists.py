"""Lists of names: the bodies, classes and people that a list names, item by item, in one sentence or line by line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from summarizer.article.normalize import Normalized
from summarizer.article.phrases import Lists, cue
from summarizer.rules.bodies import body_at
from summarizer.rules.body_words import AREA, HEAD
from summarizer.rules.names import Mention
from summarizer.schemas.offsets import TextOffset, TextSpan

__all__ = ("LONGEST_NAME", "lines_below", "names_in_list")

_AT = attrgetter("at")

_WORDS = Lists("summarizer.rules", "awards")
LONGEST_NAME = 14
"""Words of an item's name, at most."""
_LIST_LINE = re.compile(r"[\s\-–+*•\d.)(]*")
# "các xã Tân An, Tân Bình", "Chi bộ các thôn Đông, Đoài": what the names are is said once.
_SHARED = cue(rf"(?:{HEAD}(?: [^\s,.;:()]+){{0,3}}? )?các (?:{AREA}|{HEAD}|{{levels}}) (?=\w)", **_WORDS)
_AREA_ITEM = cue(rf"{AREA} (?=\w)")
_LONGEST_SHARED = 5
"""Words of a name whose head the list has said before, at most."""
_ITEM_ENDS = cue(r"\s*[(]|\s+[-–]\s|\s*:\s|\s{item_ends}|[.]\s|[.]?$|\n", **_WORDS)
_DASHES = ("-", "–", "+", "*", "•")
_SEPARATES = re.compile(r"[,;\n]|\s(?:và|cùng)\s(?=\S+)")
_CODE = re.compile(r"(?:chi đội |lớp |khối )?\d{1,2}\s?[a-z]\d{0,2}(?!\w)")
_PREFIX = cue(r"(?:{members}\s*(?:\(\d+\)\s*)?:?\s*)+", **_WORDS)
_LEVEL = cue(r"{levels}", **_WORDS)
_FULL_NAME = 3
"""Words with capitals that are a name without a head, at least."""


def lines_below(text: str, end: int, following: Sequence[TextSpan]) -> Iterator[TextSpan]:
    """Yield the lines of a list below a lead that ends at `end`; of numbered cells only those behind a number."""
    lines: list[TextSpan] = []
    numbers: list[int] = []
    dashed = bool(following) and _dashed(text, following[0][0])
    for at, stop in following:
        if "\n" not in text[end:at] or (dashed and not _dashed(text, at)):
            break
        end = stop
        if text[at:stop].strip(" .)").isdigit():
            numbers.append(len(lines))
        else:
            lines.append((at, stop))
    yield from (lines[number] for number in numbers if number < len(lines)) if numbers else lines


def _dashed(text: str, at: int) -> bool:
    """Whether a dash opens the line that the offset `at` stands at the beginning of, or behind its dash."""
    return text[text.rfind("\n", 0, at) + 1 :].lstrip()[:1] in _DASHES


def names_in_list(
    normal: Normalized, at: TextOffset, end: TextOffset, mentions: Sequence[Mention], *, sure: bool = False
) -> Iterator[TextSpan]:
    """Yield the spans of the names in a list; behind an item that names nobody only people are still sure.

    Where it is `sure` that the list names somebody, a capital alone begins a name.
    """
    text = normal.original
    goes_on, shared, person = True, False, False
    for a, b in _split(text, at, end):
        begun = (
            a + len(text[a:b]) - len(_LIST_LINE.sub("", text[a:b], count=1)) if not _code(normal, a, b) else a
        )
        begun += len(text[begun:b]) - len(text[begun:b].lstrip())
        named = mentions[bisect_left(mentions, begun, key=_AT) : bisect_left(mentions, b, key=_AT)]
        if named:
            person = True
            yield named[0].at, named[0].end
            continue
        if person and text[a - 1] == ",":
            continue  # "ông Lê Văn An - Trưởng thôn Đông, xã Tân Quang": where he is from
        person = False
        opens = _SHARED.match(normal.text, *normal.span(begun, b))
        shared = shared or opens is not None
        begun = normal.origin(opens.end()) if opens else begun
        name = _item_name(normal, begun, b, shared=shared, sure=sure) if goes_on else None
        goes_on = name is not None
        if name is not None:
            yield name


def _split(text: str, at: TextOffset, end: TextOffset) -> Iterator[TextSpan]:
    """Yield the parts of a list between commas, semicolons and "và", those inside brackets and quotes apart."""
    depth, begun = 0, at
    for mark in re.finditer(rf"[()“”]|{_SEPARATES.pattern}", text[at:end]):
        if mark[0] in "(“":
            depth += 1
        elif mark[0] in ")”":
            depth = max(0, depth - 1)
        elif depth == 0:
            if text[begun : at + mark.start()].strip():
                yield begun, at + mark.start()
            begun = at + mark.end()
    if text[begun:end].strip():
        yield begun, end


def _code(normal: Normalized, at: TextOffset, end: TextOffset) -> re.Match[str] | None:
    """A class's code at the beginning of an item ("8A1", "chi đội 7A1"), marks of a list left out."""
    a, b = normal.span(at, end)
    while a < b and not normal.text[a].isalnum():
        a += 1
    return _CODE.match(normal.text, a, b)


def _item_name(
    normal: Normalized, at: TextOffset, end: TextOffset, *, shared: bool = False, sure: bool = False
) -> TextSpan | None:
    """The name that an item of a list begins with: a body, a class, a person or project with capitals.

    Of names whose head the list has `shared` before them, capitals alone are enough.
    """
    if code := _code(normal, at, end):
        stop = normal.origin(code.end())
        return stop - len(code[0].split(" ")[-1]), stop
    a, b = normal.span(at, end)
    prefix = _PREFIX.match(normal.text, a, b)
    begun = normal.origin(prefix.end()) if prefix else at
    ends = _ITEM_ENDS.search(normal.original, begun, end)
    stop = ends.start() if ends else end
    name = normal.original[begun:stop].rstrip(" .,;…")
    words = name.split()
    if not 1 <= len(words) <= LONGEST_NAME:
        return None
    here = normal.offset(begun)
    level = _LEVEL.match(normal.text, here, b) or _AREA_ITEM.match(normal.text, here, b)
    if not name[:1].isupper():
        # "trường Tiểu học An Lạc": a name's head may be small, its own words are not.
        headed = level or body_at(normal, here, b)
        return (begun, begun + len(name)) if headed and name != name.lower() else None
    if not sure and not level and not prefix and body_at(normal, here, b) is None:
        capitals = sum(word[0].isupper() for word in words)
        if capitals < len(words) or not (
            len(words) >= _FULL_NAME or (shared and len(words) <= _LONGEST_SHARED)
        ):
            return None
    return begun, begun + len(name)
