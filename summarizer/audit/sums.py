"""Sums: a total against the parts that the article says it consists of (`parts_total`).

`62 lớp với 6481 học viên (58 lớp … với 6124 học viên, 4 lớp … với 357 học viên). Cụ thể: …`: the numbers of one
kind are summed over the items of the list.

Not every list claims to be whole (`43 lượt cán bộ, trong đó 05 bác sĩ`), so parts that do not sum to their
total are a finding only where the article makes that claim: by its words (gồm, cụ thể), by two parts that
leave no third (chính thức and dự bị, nam and nữ), or because the same items sum exactly for another kind, or
nearly for two. `Tổng số 837 em; giỏi 114 em; khá 419 em; …` claims it too where three parts or more come close.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from summarizer.article.normalize import words_in
from summarizer.audit.ledger import (
    CLOSE,
    LEAST_PARTS,
    PERSONS,
    Entry,
    Ledger,
    finding_of,
    leave_no_third,
    plain,
    summable,
)
from summarizer.audit.listings import Key, Listing, Marker, find_listings
from summarizer.schemas.report import Finding, Notice

_FURTHEST = 240
"""Words in front of a list in which the total stands that it is of, at most."""
_LONGEST_BETWEEN = 14
"""Words between a total and the words that open its enumeration, at most."""
_LONGEST_ASIDE = 4
"""Words of a noun behind a comma that may still stand in front of a parenthesis (`thôn, tổ dân phố (`)."""
_LEADS = (words_in("tổng số"), words_in("tổng cộng"))
"""Words right before a total whose parts follow in its sentence."""
_NEAR = 0.2
"""How far from their total the parts of a list may be that only its shape says is whole."""


def parts_against_totals(ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each total whose parts do not sum to it, or that has a part greater than it is."""
    reported: set[int] = set()
    listed = (found for listing in find_listings(ledger) for found in _disagreements(ledger, listing))
    for total, parts in chain(listed, _stated(ledger)):
        if total.left not in reported:
            reported.add(total.left)
            yield _finding(ledger, total, parts)


def _stated(ledger: Ledger) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield the totals that are called so and that the parts behind them come close to only.

    Parts stand in the sentence of their total, before the next number that is called one.
    """
    for entries in ledger.by_sentence():
        called = [
            index
            for index, entry in enumerate(entries)
            if any(ledger.has(words, entry.left - _LONGEST_ASIDE, entry.left) for words in _LEADS)
        ]
        for index, stop in pairwise([*called, len(entries)]):
            total = entries[index]
            parts = [
                part
                for part in entries[index + 1 : stop]
                if summable(part) and part.depth == total.depth and ledger.alike(total, part)
            ]
            missing = abs(total.count.value - sum(part.count.value for part in parts))
            if summable(total) and len(parts) >= LEAST_PARTS and 0 < missing <= CLOSE * total.count.value:
                yield total, parts


def _disagreements(ledger: Ledger, listing: Listing) -> Iterator[tuple[Entry, list[Entry]]]:
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
        if len(parts) < len(listing.items) or not all(map(summable, parts)):
            continue
        totals = [total for total in _totals(ledger, listing.marker) if _can_sum(ledger, total, parts)]
        if not totals:
            continue
        reached = sum(part.count.value for part in parts)
        exact = any(total.count.value == reached for total in totals)
        if exact or len(totals) == 1 or listing.marker.opening in ("consists", "paren"):
            summed.append((totals[-1], parts, exact))
    alike = len(summed) > 1 and all(_near(total, parts) for total, parts, _ in summed)
    proven = len(listing.items) > 1 and (alike or any(exact for _, _, exact in summed))
    for total, parts, exact in summed:
        # One part alone can be greater than the whole that it is said to be of.
        exceeds = (
            listing.marker.opening != "detail" and max(part.count.value for part in parts) > total.count.value
        )
        if not exact and (proven or exceeds or _claims_all(ledger, listing, total, parts)):
            yield total, parts


def _paired(ledger: Ledger, listing: Listing) -> list[tuple[Entry, list[Entry]]]:
    """Return the total of two parts that leave no third, if they do not sum to it."""
    if len(listing.spans) != 2:
        return []
    if not leave_no_third(*(ledger.tokens[start:stop] for start, stop in listing.spans)):
        return []
    found: list[tuple[Entry, list[Entry]]] = []
    totals = _totals(ledger, listing.marker)
    for parts in _shared(listing.items[0], listing.items[1]):
        if not all(map(summable, parts)):
            continue
        key = (parts[0].count.subject, parts[0].count.unit)
        fitting = [
            total
            for total in totals
            if (total.count.subject, total.count.unit) == key
            or {total.count.subject, *(part.count.subject for part in parts)} <= PERSONS
        ]
        near = fitting[-1:]
        if listing.marker.opening == "row":  # nothing but its noun stands between the total and the marker
            near = [total for total in near if listing.marker.start - total.right <= _LONGEST_ASIDE]
        reached = sum(part.count.value for part in parts)
        if near and all(total.count.value != reached for total in fitting):
            found.append((near[0], parts))
    return found


def _shared(one: Mapping[Key, Entry | None], other: Mapping[Key, Entry | None]) -> list[list[Entry]]:
    """Return what two items both count, kind by kind; `30 nữ, 16 nam` are people, whatever each is read as."""
    pairs = [[first, second] for key, first in one.items() if first and (second := other.get(key))]
    if pairs or len(one) != 1 or len(other) != 1:
        return pairs
    alone = [entry for item in (one, other) for entry in item.values() if entry]
    people = len(alone) == 2 and all(entry.count.subject in PERSONS for entry in alone)
    return [alone] if people else []


def _totals(ledger: Ledger, marker: Marker) -> list[Entry]:
    """Return the counts in front of a marker that its parts can sum to, the nearest last."""
    tokens, depths = ledger.tokens, ledger.depths
    start, _ = ledger.bounds[marker.sentence]
    stop = marker.start
    if stop - start <= 1 and marker.sentence and marker.opening in ("consists", "detail", "among"):
        start, stop = ledger.bounds[marker.sentence - 1]
    start = max(start, stop - _FURTHEST)
    depth = max(0, depths[marker.stop - 1] - (1 if tokens[marker.start] == "(" else 0))
    for i in range(stop - 1, start - 1, -1):
        if tokens[i] == ";" and depths[i] <= depth and stop - i > 1:
            start = i + 1
            break
    totals = [entry for entry in ledger.between(start, stop) if entry.depth == depth and summable(entry)]
    if marker.opening == "consists":
        # A và names something else behind the total: `27 đồng chí và đoàn đại biểu dự Đại hội gồm 9 …`.
        betweens = [(total, _between(ledger, total, stop)) for total in totals]
        return [
            total
            for total, words in betweens
            if "," not in words and "và" not in words[: -_LONGEST_ASIDE - 1]
        ]
    if marker.opening == "paren":
        return [total for total in totals if "," not in _between(ledger, total, stop)[:-_LONGEST_ASIDE]]
    return totals


def _between(ledger: Ledger, total: Entry, stop: int) -> list[str]:
    far = stop - total.right > _LONGEST_BETWEEN
    return [","] * (_LONGEST_ASIDE + 1) if far else ledger.tokens[total.right : stop]


def _can_sum(ledger: Ledger, total: Entry, parts: Sequence[Entry]) -> bool:
    if all(part.count.part_of == total.count.at for part in parts):
        return True
    return total.count.grade is None and all(ledger.alike(total, part) for part in parts)


def _claims_all(ledger: Ledger, listing: Listing, total: Entry, parts: Sequence[Entry]) -> bool:
    """Return whether the words of an enumeration say that its parts are all there are."""
    if not listing.finished or len(parts) < 2:
        return False
    if listing.marker.opening == "consists":
        return True
    if not _near(total, parts) or not listing.ordered:
        return False
    if listing.marker.opening == "detail":
        return all(part.count.grade is None for part in parts)
    named = all(ledger.noun(part) and ledger.akin(total, part) for part in parts)
    return listing.marker.opening == "paren" and named


def _near(total: Entry, parts: Sequence[Entry]) -> bool:
    """Return whether parts come near enough to a total to be meant as all of it."""
    reached = sum(part.count.value for part in parts)
    return abs(reached - total.count.value) <= _NEAR * total.count.value


def _finding(ledger: Ledger, total: Entry, parts: Sequence[Entry]) -> Finding:
    reached = sum(part.count.value for part in parts)
    scale, unit = _scale(total)
    summands = " + ".join(plain(part.count.value / scale) for part in parts)
    written = ledger.written(total)
    if len(parts) == 1:
        message = Notice(code="part", values={"written": written, "part": ledger.written(parts[0])})
        arithmetic = f"{summands} > {plain(total.count.value / scale)}{unit}"
    else:
        code = "parts_money" if unit else "parts"
        message = Notice(code=code, values={"written": written, "sum": round(reached, 2)})
        arithmetic = f"{summands} = {plain(reached / scale)} ≠ {plain(total.count.value / scale)}{unit}"
    return finding_of("parts_total", arithmetic, (total, *parts), message)


def _scale(total: Entry) -> tuple[int, str]:
    """Return what a sum is told in: money in billions, millions or đồng, anything else as it is."""
    if total.count.unit != "money":
        return 1, ""
    for size, name in ((10**9, "tỷ đồng"), (10**6, "triệu đồng")):
        if total.count.value >= size:
            return size, f" {name}"
    return 1, " đồng"
