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
_CLAUSE_END = re.compile(r"[;:(\n|]|[,.](?=\s)")
_CELL_END = re.compile(r"[|;\t]")
_BEFORE_NUMBER = " \t\n\xa0:=–-"
"""What may stand between a number and the words before it that say what it is."""
_UNIT_ROOM = 40
"""Characters of a number, its unit and a word behind them that bounds it, at most."""
_OF_WHICH = re.compile(r"^trong đó(?:\s+có)?(?!\w)", re.IGNORECASE)
_LONGEST, _LONGEST_LEAD = 60, 40
_FEW = 2
"""Words for what is counted that say little by themselves (`người`, `tập thể`), at most."""


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


def valued(count: Count, t: Labels) -> str:
    """Return a count's value, with the word that bounds it, the article's own: `hơn 120`, `85% trở lên`."""
    value, bound, at = t.value(count), count.qualifier, count.at - count.sentence.at
    if not bound:
        return value
    before, after = count.sentence.text[:at], count.sentence.text[at : at + _UNIT_ROOM]
    follows = not before.rstrip().endswith(bound) and bound in after
    return f"{value} {bound}" if follows else f"{bound} {value}"


def named(count: Count, t: Labels) -> str:
    """Return a count's value with the words for what it counts: `12 chi bộ`, `doanh thu đạt 2.300 tỷ đồng`."""
    return in_order(count, valued(count, t))


def described(count: Count) -> str:
    """Return the words for what is counted; where they say little, with those that lead to the number.

    `…` stands in the number's place: `đào tạo nghề cho … người`, `doanh thu đạt … kế hoạch`, `hạnh kiểm: Tốt`. A
    table's number has the label of its row: `Tổng doanh thu: Năm 2024`.
    """
    before, counted = _around(count)
    ahead = 0 if count.counted_at is None else max(0, count.at - count.counted_at)
    words = (counted[:ahead] if ahead else counted).partition("=")[0].strip(" /|")
    if ahead > count.at - count.sentence.at:  # the head of a column, above the row
        label = _CELL_END.split(count.sentence.text[: count.at - count.sentence.at])[0].strip()
        return ": ".join(filter(None, (label, words)))
    if before or (count.unit == "count" and len(words.split()) > _FEW):
        return f"{before} {words}".strip()
    lead = shortened(_lead(count), _LONGEST_LEAD if words else _LONGEST)
    if not ahead:
        return (" " if lead.endswith("…") else " … ").join(filter(None, (lead, words)))
    return lead if words.casefold() in lead.casefold() else ": ".join(filter(None, (words, lead)))


def _lead(count: Count) -> str:
    """Return the words of its clause that lead to a number, empty where they are of another number."""
    at = count.at - count.sentence.at
    if at <= 0 or not count.sentence.text.startswith(count.text, at):
        return ""
    before = without_list_mark(count.sentence.text[:at]).rstrip(_BEFORE_NUMBER)
    clause = " ".join(_CLAUSE_END.split(before)[-1].rpartition("%")[2].split())
    if count.unit == "count" and any(map(str.isdigit, clause)):
        return ""
    return _OF_WHICH.sub("", clause.removesuffix(count.qualifier or "")).strip()


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
    clause = " ".join(clause.split()).removesuffix(count.qualifier or "").rstrip()
    return clause, own if is_rate else ""
