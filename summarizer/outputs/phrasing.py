"""Phrasing: a number together with the article's words for what it counts, in the article's order."""

from __future__ import annotations

import re

from summarizer.outputs.escaping import shortened, without_list_mark
from summarizer.schemas.labels import Labels
from summarizer.schemas.report import Count

_MULTIPLIER = r"nghìn|ngàn|triệu|tỷ|tỉ"
_UNIT = re.compile(
    rf"\s?%|(?:\s?(?:{_MULTIPLIER}))*\s?(?:đồng|đ|USD)\b|(?:\s(?:{_MULTIPLIER})\b)+", re.IGNORECASE
)
"""What stands after a percentage or an amount and belongs to it (`%`, `tỷ đồng`)."""
_CLAUSE_END = re.compile(r"[;:(\n]|[,.](?=\s)")
_LONGEST = 60


def unit_at(count: Count, text: str, at: int) -> str:
    """Return the unit of a number that ends at `at` in `text` (`%`, ` tỷ đồng`), empty where there is none."""
    found = _UNIT.match(text, at) if count.unit != "count" else None
    return found.group() if found else ""


def counted_words(count: Count) -> str:
    """Return the words for what is counted; those before the number where it has none but itself, as money may.

    `doanh thu đạt` of `…, doanh thu đạt 2.300 tỷ đồng`; empty where the clause begins with the number.
    """
    return " ".join(filter(None, _around(count)))


def in_order(count: Count, number: str) -> str:
    """Return `number`, a count however written, with the words for what it counts, in the article's order."""
    before, after = _around(count)
    glued = "" if after.startswith("/") else " "
    return f"{shortened(before, _LONGEST)} {number}{glued}{shortened(after, _LONGEST)}".strip()


def named(count: Count, t: Labels) -> str:
    """Return a count's value with the words for what it counts: `12 chi bộ`, `doanh thu đạt 2.300 tỷ đồng`."""
    return in_order(count, t.value(count))


def _around(count: Count) -> tuple[str, str]:
    """Return the words for what is counted that stand before the number, and those after it."""
    if count.unit != "money" and any(map(str.isalpha, count.counted)):
        return "", count.counted
    own = count.counted.strip()
    if own.startswith(count.text):
        own = own.removeprefix(count.text)
        own = own.removeprefix(unit_at(count, own, 0)).strip()
    is_rate = own.startswith("/")  # `/người/tháng` of an average
    if any(map(str.isalpha, own)) and not is_rate:
        return "", own
    sentence = count.sentence
    clause = _CLAUSE_END.split(without_list_mark(sentence.text[: max(0, count.at - sentence.at)]))[-1]
    return " ".join(clause.split()), own if is_rate else ""
