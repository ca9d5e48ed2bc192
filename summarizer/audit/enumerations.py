"""Enumerations: a total and the parts that the article says it consists of (`parts_total`).

`62 lớp với 6481 học viên (58 lớp … với 6124 học viên, 4 lớp … với 357 học viên). Cụ thể: … 01 lớp với 88 học
viên; …`: each item gives one number of a kind, and a kind's numbers are summed over the items. What stands in
parentheses inside an item is a part of that item and is not summed again.

Not every list claims to be whole (`43 lượt cán bộ, trong đó 05 bác sĩ`), so parts that do not sum to their
total are a finding only where the article makes that claim: by its words (gồm, cụ thể), by two parts that
leave no third (chính thức and dự bị, nam and nữ), or because the same items sum exactly for another kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.audit.ledger import NUMBER, PERSONS, Entry, Ledger, amount, place, whole
from summarizer.folding import fold_words
from summarizer.schemas.report import Finding

__all__ = ("parts_against_totals",)

_COMPLEMENTS = tuple(
    (fold_words(one), fold_words(other))
    for one, other in (
        ("chính thức", "dự bị"),
        ("chính thức", "dự khuyết"),
        ("nam", "nữ"),
        ("trong kế hoạch", "ngoài kế hoạch"),
        ("đương nhiên", "được bầu"),
        ("công lập", "ngoài công lập"),
        ("trực tiếp", "trực tuyến"),
    )
)
"""Two kinds that leave no third."""
_LEADS = frozenset(("có", "là", ":", "gồm", "và", "-", ","))
"""What may stand between the words that open an enumeration and its first number."""
_UNFINISHED = frozenset(("…", "v", "vv", "như"))
"""Words of a list that does not claim to be whole (…, v.v., như)."""
_LONGEST_GAP = 14
"""Words between a total and the words that open its enumeration, at most."""
_LONGEST_ASIDE = 4
"""Words of a noun behind a comma that may still stand in front of a parenthesis (`thôn, tổ dân phố (`)."""
_MOST_LINES = 24
_NEAR = 0.2
"""How far from their total the parts of a list may be that only its shape says is whole."""

_Opening = Literal["consists", "detail", "among", "paren", "row"]
_Key = tuple[str, str]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Marker:
    """Words that open an enumeration: from word `start`; its items begin at word `stop`."""

    opening: _Opening
    start: int
    stop: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Listing:
    """The items behind a marker, as spans of words, and what each counts; None where it counts that twice."""

    marker: _Marker
    spans: Sequence[_Span]
    items: Sequence[dict[_Key, Entry | None]]
    finished: bool


def parts_against_totals(ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each total whose parts do not sum to it, or that has a part greater than it is."""
    told: set[int] = set()
    for marker in _markers(ledger):
        listing = _listing(ledger, marker)
        if listing is None:
            continue
        for total, parts in _disagreements(ledger, listing):
            if total.left not in told:
                told.add(total.left)
                yield _finding(ledger, total, parts)


def _markers(ledger: Ledger) -> Iterator[_Marker]:
    forms, depths = ledger.forms, ledger.depths
    for sentence, (start, stop) in enumerate(ledger.bounds):
        if not ledger.between(start, stop) and forms[stop - 1 : stop] != [":"]:
            continue
        for i in range(start, stop):
            form = forms[i]
            two = forms[i : i + 2]
            if form == "gồm":
                first = i - 1 if i > start and forms[i - 1] == "bao" else i
                yield _Marker("consists", _outside(forms, first), i + 1, sentence)
            elif two == ["cụ", "thể"]:
                yield _Marker("detail", _outside(forms, i), i + 2, sentence)
            elif two == ["trong", "đó"] or forms[i : i + 3] == ["trong", "số", "đó"]:
                yield _Marker("among", _outside(forms, i), i + (2 if two[1] == "đó" else 3), sentence)
            elif form == "(" and depths[i] == 1:
                yield _Marker("paren", i, i + 1, sentence)
            elif form in ";:,-" and forms[i + 1 : i + 2] == [NUMBER] and not depths[i]:
                yield _Marker("row", i, i + 1, sentence)


def _outside(forms: Sequence[str], first: int) -> int:
    """Return where the total's words end: before the parenthesis or the comma that the marker stands behind."""
    return first - 1 if first and forms[first - 1] in ("(", ",") else first


def _listing(ledger: Ledger, marker: _Marker) -> _Listing | None:
    forms = ledger.forms
    end = ledger.bounds[marker.sentence][1]
    start = marker.stop
    while start < end and forms[start] in _LEADS:
        start += 1
    if start >= end:
        spans, finished = _lines(ledger, marker), True
        ordered = False
    else:
        spans, finished, ordered = _segments(ledger, start, end)
    if not spans:
        return None
    items: list[dict[_Key, Entry | None]] = []
    for first, stop in spans:
        item = _measures(ledger, first, stop, first_comma=ordered)
        if not item:
            return None
        items.append(item)
    if ordered and forms[spans[0][0]] != NUMBER:
        return None
    last = spans[-1][1]
    finished = finished and not _UNFINISHED.intersection(forms[start:last])
    return _Listing(marker, spans, items, finished)


def _segments(ledger: Ledger, start: int, end: int) -> tuple[list[_Span], bool, bool]:
    """Return the items from word `start` on, whether they end as a whole list does, and whether commas part them.

    Semicolons part items that can be led by words (`Cao học: 01 lớp; …`); where commas do, each item begins
    with its number, and a `và` in front of one makes it the last.
    """
    forms, depths, depth = ledger.forms, ledger.depths, ledger.depths[start]
    spans: list[_Span] = []
    begun, counted, mark, last = start, False, "", False
    i = start
    while i < end and depths[i] >= depth:
        form = forms[i]
        if depths[i] > depth:
            i += 1
            continue
        if depth and form == ")":
            break
        if form == NUMBER:
            counted = True
        elif form == ";" and counted:
            if mark == "," or last:
                break
            mark = ";"
            spans.append((begun, i))
            begun = i + 1
        elif mark != ";" and counted and form in (",", "và") and not last:
            following = i + 2 if form == "," and forms[i + 1 : i + 2] == ["và"] else i + 1
            if forms[following : following + 1] == [NUMBER]:
                mark, last = ",", form == "và" or following == i + 2
                spans.append((begun, i))
                begun, i = following, following
                continue
            if form == "và" and mark == ",":
                spans.append((begun, i))
                return spans, False, True
        i += 1
    if begun < i:
        spans.append((begun, i))
    ordered = mark != ";"
    return spans, True, ordered


def _lines(ledger: Ledger, marker: _Marker) -> list[_Span]:
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
        mark = ledger.forms[start] if ledger.forms[start] in ("-", "+", "*", "•", NUMBER) else ""
        if opening is not None and mark != opening:
            break
        opening = mark
        spans.append((start, stop))
    return spans


def _measures(ledger: Ledger, start: int, stop: int, *, first_comma: bool) -> dict[_Key, Entry | None]:
    """Return what an item counts outside its own parentheses, by kind; empty where a number of it is unread."""
    forms, depths, depth = ledger.forms, ledger.depths, ledger.depths[start]
    if first_comma:
        comma = next((i for i in range(start, stop) if forms[i] == "," and depths[i] == depth), stop)
        stop = comma
    if any(start <= left < stop and depths[left] == depth for left in ledger.unread):
        return {}
    found: dict[_Key, Entry | None] = {}
    for entry in ledger.between(start, stop):
        if entry.depth == depth and entry.count.unit != "percent":
            key = (entry.count.subject, entry.count.unit)
            found[key] = None if key in found else entry
    return found


def _disagreements(ledger: Ledger, listing: _Listing) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield the totals that their parts contradict, each with its parts."""
    paired = _paired(ledger, listing)
    if paired:
        yield from paired
        return
    if listing.marker.opening == "row":
        return
    summed: list[tuple[Entry, list[Entry], bool]] = []
    for key in listing.items[0]:
        parts = [part for item in listing.items if (part := item.get(key)) is not None]
        if len(parts) < len(listing.items) or not all(map(whole, parts)):
            continue
        totals = [total for total in _totals(ledger, listing.marker) if _can_sum(ledger, total, parts)]
        if not totals:
            continue
        reached = sum(part.count.value for part in parts)
        exact = any(total.count.value == reached for total in totals)
        if exact or len(totals) == 1 or listing.marker.opening in ("consists", "paren"):
            summed.append((totals[-1], parts, exact))
    proven = len(listing.items) > 1 and any(exact for _, _, exact in summed)
    for total, parts, exact in summed:
        if not exact and (proven or _claims_all(ledger, listing, total, parts) or _exceeds(total, parts)):
            yield total, parts


def _paired(ledger: Ledger, listing: _Listing) -> list[tuple[Entry, list[Entry]]]:
    """Return the total of two parts that leave no third, if they do not sum to it."""
    if len(listing.spans) != 2:
        return []
    one, other = listing.spans
    if not any(
        (ledger.has(a, *one) and ledger.has(b, *other)) or (ledger.has(b, *one) and ledger.has(a, *other))
        for a, b in _COMPLEMENTS
    ):
        return []
    found: list[tuple[Entry, list[Entry]]] = []
    totals = _totals(ledger, listing.marker)
    for key in listing.items[0]:
        parts = [part for item in listing.items if (part := item.get(key)) is not None]
        if len(parts) < 2 or not all(map(whole, parts)):
            continue
        fitting = [
            total
            for total in totals
            if (total.count.subject, total.count.unit) == key
            or {total.count.subject, parts[0].count.subject} <= PERSONS
        ]
        adjoining = listing.marker.opening == "row"
        near = _adjoining(fitting, listing.marker) if adjoining else fitting[-1:]
        reached = sum(part.count.value for part in parts)
        if near and all(total.count.value != reached for total in fitting):
            found.append((near[0], parts))
    return found


def _adjoining(totals: Sequence[Entry], marker: _Marker) -> list[Entry]:
    """Return the last total if nothing but its noun stands between it and the marker."""
    if not totals or marker.start - totals[-1].right > _LONGEST_ASIDE:
        return []
    return [totals[-1]]


def _totals(ledger: Ledger, marker: _Marker) -> list[Entry]:
    """Return the counts in front of a marker that its parts can sum to, the nearest last."""
    forms, depths = ledger.forms, ledger.depths
    start, _ = ledger.bounds[marker.sentence]
    stop = marker.start
    if stop - start <= 1 and marker.sentence and marker.opening in ("consists", "detail", "among"):
        start, stop = ledger.bounds[marker.sentence - 1]
    depth = max(0, depths[marker.stop - 1] - (1 if forms[marker.start] == "(" else 0))
    for i in range(stop - 1, start - 1, -1):
        if forms[i] == ";" and depths[i] <= depth and stop - i > 1:
            start = i + 1
            break
    totals = [entry for entry in ledger.between(start, stop) if entry.depth == depth and whole(entry)]
    if marker.opening == "consists":
        return [total for total in totals if "," not in _gap(ledger, total, stop)]
    if marker.opening == "paren":
        return [total for total in totals if "," not in _gap(ledger, total, stop)[:-_LONGEST_ASIDE]]
    return totals


def _gap(ledger: Ledger, total: Entry, stop: int) -> list[str]:
    gap = ledger.forms[total.right : stop]
    return gap if len(gap) <= _LONGEST_GAP else [","] * (_LONGEST_ASIDE + 1)


def _can_sum(ledger: Ledger, total: Entry, parts: Sequence[Entry]) -> bool:
    return total.count.grade is None and all(ledger.alike(total, part) for part in parts)


def _claims_all(ledger: Ledger, listing: _Listing, total: Entry, parts: Sequence[Entry]) -> bool:
    """Return whether the words of an enumeration say that its parts are all there are."""
    if not listing.finished or len(parts) < 2:
        return False
    if listing.marker.opening == "consists":
        return True
    reached = sum(part.count.value for part in parts)
    near = abs(reached - total.count.value) <= _NEAR * total.count.value
    if listing.marker.opening == "detail":
        return near and len(parts) > 2 and all(part.count.grade is None for part in parts)
    named = all(ledger.noun(part) and ledger.akin(total, part) for part in parts)
    return listing.marker.opening == "paren" and named and near


def _exceeds(total: Entry, parts: Sequence[Entry]) -> bool:
    """Return whether one part alone is greater than the whole."""
    return any(part.count.value > total.count.value for part in parts)


def _finding(ledger: Ledger, total: Entry, parts: Sequence[Entry]) -> Finding:
    reached = sum(part.count.value for part in parts)
    summands = " + ".join(amount(part.count.value) for part in parts)
    written = f"{total.count.text}{ledger.named(total)}"
    if len(parts) == 1:
        message = f"Bài ghi {written}, nhưng riêng một phần đã là {parts[0].count.text}."
        arithmetic = f"{summands} > {amount(total.count.value)}"
    else:
        message = f"Bài ghi {written}, nhưng các phần kể ra cộng lại được {amount(reached)}."
        arithmetic = f"{summands} = {amount(reached)} ≠ {amount(total.count.value)}"
    return Finding(
        kind="parts_total",
        message=message,
        arithmetic=arithmetic,
        places=tuple(place(entry) for entry in (total, *parts)),
    )
