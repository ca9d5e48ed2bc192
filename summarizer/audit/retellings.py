"""Retellings: one fact told twice with two values (`same_fact`), as in a lead and its article, or a caption.

Articles repeat their sentence patterns for different years, units and awards far more often than they
contradict themselves. Two numbers are taken for one fact only where the words around them are the same over a
long stretch, and neither sentence names anyone or anything that the other does not; or where the reader of the counts
says that one repeats the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from summarizer.article.phrases import Lists
from summarizer.audit.ledger import NUMBER, OPENS_ITEM, Entry, Ledger, finding_of
from summarizer.schemas.report import Count, Finding, Notice

_TABLE = Lists("summarizer.audit", "audit")

_BEFORE, _AFTER = 3, 5
"""Words that two tellings must share in front of their numbers and behind them, at least, marks not counted."""
_KEY = 4
_KIND = attrgetter("subject", "grade", "status", "unit", "heading")
_LONGEST = 16
_MOST_COMPARED = 8
"""Tellings that a number is compared with: a pattern that comes more often is a table's."""
_TIMES = _TABLE.words("times")
"""Words that tell one time from another."""


def facts_told_twice(ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each fact that stands in two paragraphs with two values."""
    seen: dict[tuple[str, ...], list[Entry]] = {}
    by_offset = {entry.count.at: entry for entry in ledger.entries}
    for entry in ledger.entries:
        count = entry.count
        first = by_offset.get(count.repeats) if count.repeats is not None else None
        if first and not _agree(first.count, count):
            if first.count.unit == count.unit:
                yield _finding(first, entry)
            continue
        key = tuple(ledger.tokens[entry.right : entry.right + _KEY])
        if count.qualifier or count.unit == "percent" or len(key) < _KEY or NUMBER in key:
            continue
        same = seen.setdefault(key, [])
        for earlier in same:
            if _contradicts(ledger, earlier, entry):
                yield _finding(earlier, entry)
                break
        if len(same) < _MOST_COMPARED:
            same.append(entry)


def _agree(one: Count, other: Count) -> bool:
    """Return whether two tellings have one value; that one of them leaves out its total (9, 09/41) says nothing."""
    return one.value == other.value and (None in (one.total, other.total) or one.total == other.total)


def _contradicts(ledger: Ledger, one: Entry, other: Entry) -> bool:
    ours, theirs = one.count, other.count
    if _agree(ours, theirs) or _KIND(ours) != _KIND(theirs):
        return False
    here, there = (ledger.article.sentences[entry.sentence].paragraph for entry in (one, other))
    if here == there or _listed(ledger, one) or _listed(ledger, other) or not _shared(ledger, one, other):
        return False
    here, there = _names(ledger, one), _names(ledger, other)
    return here <= there or there <= here


def _listed(ledger: Ledger, entry: Entry) -> bool:
    """Return whether a count stands in a list, whose items say alike things of different ones."""
    start, stop = ledger.bounds[entry.sentence]
    return ledger.tokens[start] in OPENS_ITEM or ledger.tokens[stop - 1] == ";"


def _shared(ledger: Ledger, one: Entry, other: Entry) -> bool:
    """Return whether two sentences share a long stretch of words around their numbers, without a gap."""
    tokens = ledger.tokens
    first, last = ledger.bounds[one.sentence]
    start, stop = ledger.bounds[other.sentence]
    before = after = 0
    while (
        before < min(_LONGEST, one.left - first, other.left - start)
        and tokens[one.left - 1 - before] == tokens[other.left - 1 - before] != NUMBER
    ):
        before += 1
    while (
        after < min(_LONGEST, last - one.right, stop - other.right)
        and tokens[one.right + after] == tokens[other.right + after] != NUMBER
    ):
        after += 1
    return (
        sum(map(str.isalpha, tokens[one.left - before : one.left])) >= _BEFORE
        and sum(map(str.isalpha, tokens[one.right : one.right + after])) >= _AFTER
    )


def _names(ledger: Ledger, entry: Entry) -> set[str]:
    """Return what sets a sentence apart: names (words in capitals), times, and its numbers but the one in question.

    The first word has a capital whatever it is.
    """
    start, stop = ledger.bounds[entry.sentence]
    text, words, tokens = ledger.article.text, ledger.words, ledger.tokens
    return {
        words.spelled[i]
        for i in range(start, stop)
        if not entry.left <= i < entry.right
        and (tokens[i] in _TIMES or tokens[i] == NUMBER or (i > start and text[words.starts[i]].isupper()))
    }


def _finding(one: Entry, other: Entry) -> Finding:
    counted = " ".join(other.count.counted.split())
    shown = counted if len(counted) <= 80 else counted[:79] + "…"
    values = {"counted": shown, "one": one.count.text, "other": other.count.text}
    arithmetic = f"{one.count.text} ≠ {other.count.text}"
    return finding_of("same_fact", arithmetic, (other, one), Notice(code="same_fact", values=values))
