"""Listings: enumerations in an article, and what each of their items counts.

`Cụ thể: Cao học 01 lớp với 88 học viên; … 08 lớp với 633 học viên (02 lớp ngoài kế hoạch …); …`: each item gives
one number of a kind. What stands in parentheses inside an item is a part of that item, not an item.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from summarizer.article.phrases import Lists
from summarizer.audit.ledger import NUMBER, OPENS_ITEM, Entry, Ledger
from summarizer.schemas.offsets import TokenIndex

_TABLE = Lists("summarizer.audit", "audit")

_LEADS = _TABLE.words("leads") | frozenset(":-,")
"""What may stand between the words that open an enumeration and its first number."""
_OPENINGS = _TABLE.words("openings") | frozenset("(;:,-")
"""What can open an enumeration, as far as its first word tells."""
_PARTING = _TABLE.words("parting") | frozenset(";,)")
"""What can begin an item of an enumeration, or end it, beside a number."""
_UNFINISHED = _TABLE.words("unfinished") | frozenset("…")
"""Words of a list that does not claim to be whole (…, v.v., như)."""
_MOST_LINES, _MOST_LEADS = 24, 6
_LONGEST_LISTING = 1_000
"""Words in which an enumeration ends; a text without stops is none."""

Opening = Literal["consists", "detail", "among", "paren", "row"]
Key = tuple[str, str]
_Span = tuple[int, int]


class Marker(NamedTuple):
    """Words that open an enumeration: from word `start`; its items begin at word `stop`."""

    opening: Opening
    start: int
    stop: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The items behind a marker, as spans of words, and what each counts; None where it counts that twice."""

    marker: Marker
    spans: Sequence[_Span]
    items: Sequence[dict[Key, Entry | None]]
    ordered: bool
    """Whether each item begins with its number, commas between them."""
    finished: bool


def find_listings(ledger: Ledger) -> Iterator[Listing]:
    """Yield the enumerations of an article in order; a list within a list is one of its own."""
    parting = sorted({*ledger.words.among(_PARTING, TokenIndex(0), ledger.words.stop), *ledger.numbers})
    for sentence, (start, stop) in enumerate(ledger.bounds):
        if not ledger.between(start, stop) and ledger.tokens[stop - 1 : stop] != [":"]:
            continue
        for i in ledger.words.among(_OPENINGS, start, stop):
            marker = None if ledger.tokens[i] == NUMBER else _marker(ledger, sentence, i)
            if marker and (listing := _listing(ledger, marker, parting)):
                yield listing


def _marker(ledger: Ledger, sentence: int, i: int) -> Marker | None:
    """Return the marker that begins at word `i`, which is one of `_OPENINGS`."""
    tokens, depths = ledger.tokens, ledger.depths
    match tokens[i : i + 3]:
        case ["gồm", *_]:
            first = i - 1 if i and tokens[i - 1] == "bao" else i
            return Marker("consists", _outside(tokens, first), i + 1, sentence)
        case ["cụ", "thể", *_]:
            return Marker("detail", _outside(tokens, i), i + 2, sentence)
        case ["trong", "đó", *_]:
            return Marker("among", _outside(tokens, i), i + 2, sentence)
        case ["trong", "số", "đó"]:
            return Marker("among", _outside(tokens, i), i + 3, sentence)
        case ["(", *_] if depths[i] == 1:
            return Marker("paren", i, i + 1, sentence)
        case [";" | ":" | "," | "-", "#", *_] if not depths[i]:
            return Marker("row", i, i + 1, sentence)
    return None


def _outside(tokens: Sequence[str], first: int) -> int:
    """Return where the total's words end: before the parenthesis or the comma that the marker stands behind."""
    return first - 1 if first and tokens[first - 1] in ("(", ",") else first


def _listing(ledger: Ledger, marker: Marker, parting: Sequence[int]) -> Listing | None:
    tokens = ledger.tokens
    end = ledger.bounds[marker.sentence][1]
    start = marker.stop
    while start < min(end, marker.stop + _MOST_LEADS) and tokens[start] in _LEADS:
        start += 1
    if start < end:
        spans, finished, ordered = _segments(ledger, start, end, parting)
    else:
        spans, finished, ordered = _lines(ledger, marker), True, False
    if not spans:
        return None
    items: list[dict[Key, Entry | None]] = []
    for first, stop in spans:
        item = _measures(ledger, first, stop, first_comma=ordered)
        if not item:
            return None
        items.append(item)
    if ordered and tokens[spans[0][0]] != NUMBER:
        return None
    finished = finished and not _UNFINISHED.intersection(tokens[start : spans[-1][1]])
    return Listing(marker, spans, items, ordered, finished)


def _segments(ledger: Ledger, start: int, end: int, parting: Sequence[int]) -> tuple[list[_Span], bool, bool]:
    """Return the items from word `start` on, whether they end as a whole list does, and whether commas part them.

    Semicolons part items that can be led by words (`Cao học: 01 lớp; …`); where commas do, each item begins
    with its number, and a `và` in front of one makes it the last. `parting` are the words that can part items.
    """
    tokens, depths, depth = ledger.tokens, ledger.depths, ledger.depths[start]
    spans: list[_Span] = []
    if end - start > _LONGEST_LISTING:
        return spans, False, False
    begun, counted, mark, last = start, False, "", False
    for i in parting[bisect_left(parting, start) : bisect_left(parting, end)]:
        word = tokens[i]
        if depths[i] > depth or i < begun:
            continue
        if depth and word == ")":
            end = i
            break
        if word == NUMBER:
            counted = True
        elif word == ";" and counted:
            if mark == "," or last:
                end = i
                break
            mark = ";"
            spans.append((begun, i))
            begun = i + 1
        elif mark != ";" and counted and word in (",", "và") and not last:
            following = i + 2 if word == "," and tokens[i + 1 : i + 2] == ["và"] else i + 1
            if tokens[following : following + 1] == [NUMBER]:
                mark, last = ",", word == "và" or following == i + 2
                spans.append((begun, i))
                begun = following
            elif word == "và" and mark == ",":
                spans.append((begun, i))
                return spans, False, True
    if begun < end:
        spans.append((begun, end))
    return spans, True, mark != ";"


def _lines(ledger: Ledger, marker: Marker) -> list[_Span]:
    """Return the lines under a marker that ends its line, as long as each is like the first and counts something."""
    sentences = ledger.article.sentences
    spans: list[_Span] = []
    opening: str | None = None
    for index in range(marker.sentence + 1, min(len(sentences), marker.sentence + 1 + _MOST_LINES)):
        start, stop = ledger.bounds[index]
        if sentences[index].paragraph == sentences[index - 1].paragraph:
            return []
        if not any(not entry.depth for entry in ledger.between(start, stop)):
            break
        mark = ledger.tokens[start] if ledger.tokens[start] in OPENS_ITEM else ""
        if opening is not None and mark != opening:
            break
        opening = mark
        spans.append((start, stop))
    return spans


def _measures(ledger: Ledger, start: int, stop: int, *, first_comma: bool) -> dict[Key, Entry | None]:
    """Return what an item counts outside its own parentheses, by kind; empty where a number of it is unread."""
    tokens, depths, depth = ledger.tokens, ledger.depths, ledger.depths[start]
    if first_comma and "," in tokens[start:stop]:
        stop = next((i for i in range(start, stop) if tokens[i] == "," and depths[i] == depth), stop)
    if any(start <= i < stop and depths[i] == depth for i in ledger.unread):
        return {}
    found: dict[Key, Entry | None] = {}
    for entry in ledger.between(start, stop):
        if entry.depth == depth and entry.count.unit != "percent":
            key = (entry.count.subject, entry.count.unit)
            found[key] = None if key in found else entry
    return found
