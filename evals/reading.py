"""Reads a number's text on its own, apart from the summarizer: a judge shares no code with the judged.

Vietnamese notation as the labelling guide has it: `02`, `6.481` (three digits after a dot: thousands),
`75,2` (a decimal comma), `1/5` (value and total), number words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal

__all__ = ("Reading", "multiplier_after", "possible_readings", "reads_as")

Reading = tuple[int | float, int | float | None]

_FRACTION = re.compile(r"(.+?)\s*/\s*(.+)")
_PLAIN = re.compile(r"\d+")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DOTTED_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
_COMMAED = re.compile(r"\d{1,3}(?:,\d{3})+")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_AFTER = re.compile(r"\s*(nghìn|ngàn|triệu|tỷ|tỉ|trăm)?\s*(nghìn|ngàn|triệu|tỷ|tỉ)?(?!\w)", re.IGNORECASE)
_POWERS = {"trăm": 10**2, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def possible_readings(text: str) -> frozenset[Reading]:
    """Return each (value, total) that `text` can stand for, empty where it is no number.

    One comma before three digits (`6,481`) may be either; everything else has one reading. Words of
    magnitude after the number are not part of `text`: see `multiplier_after`.
    """
    text = unicodedata.normalize("NFC", text).strip().lower()
    if fraction := _FRACTION.fullmatch(text):
        return frozenset((v, t) for v in _values(fraction[1]) for t in _values(fraction[2]))
    return frozenset((value, None) for value in _values(text))


def multiplier_after(text: str) -> int:
    """Return what the words right after a number multiply it by: `text` begins where the number ends."""
    found = _AFTER.match(unicodedata.normalize("NFC", text[:40]))
    product = 1
    for word in found.groups() if found else ():
        product *= _POWERS[word.lower()] if word else 1
    return product


def reads_as(text: str, multipliers: Collection[int], value: float, total: float | None) -> bool:
    """Whether `text`, times one of `multipliers`, reads as exactly this value and total."""
    wanted = Decimal(str(value))
    return any(
        total == read_total and any(Decimal(str(read)) * by == wanted for by in multipliers)
        for read, read_total in possible_readings(text)
    )


def _values(text: str) -> frozenset[int | float]:
    if _PLAIN.fullmatch(text):
        return frozenset({int(text)})
    if _DOTTED.fullmatch(text) or _SPACED.fullmatch(text):
        return frozenset({int(re.sub(r"\D", "", text))})
    if _DOTTED_DECIMAL.fullmatch(text):
        return frozenset({float(text.replace(".", "").replace(",", "."))})
    values: set[int | float] = set()
    if _COMMAED.fullmatch(text):
        values.add(int(text.replace(",", "")))
    if _DECIMAL.fullmatch(text):
        values.add(float(text.replace(",", ".")))
    word = _word_value(text.split())
    return frozenset(values | ({word} if word is not None else set()))


def _word_value(words: list[str]) -> int | None:
    """The value of number words up to 999: [trăm] [mươi | mười] [digit]."""
    if not words:
        return None
    value, rest = 0, words
    if len(rest) >= 2 and rest[1] == "trăm" and rest[0] in _DIGITS:
        value, rest = _DIGITS[rest[0]] * 100, rest[2:]
    if rest and rest[0] in ("linh", "lẻ"):
        rest = rest[1:]
    elif rest and rest[0] in ("mười", "chục"):
        value, rest = value + 10, rest[1:]
    elif len(rest) >= 2 and rest[1] in ("mươi", "chục") and rest[0] in _DIGITS:
        value, rest = value + _DIGITS[rest[0]] * 10, rest[2:]
    if len(rest) == 1 and rest[0] in _DIGITS:
        return value + _DIGITS[rest[0]]
    return value if not rest else None
