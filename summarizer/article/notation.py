"""How numbers are written: the value of a numeral by its own shape, and the units that stand behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from summarizer.article.context import match_before, words_after
from summarizer.article.counted_nouns import counts_things
from summarizer.article.normalize import in_one_form
from summarizer.article.phrases import Lists, cue, values_of
from summarizer.schemas.report import Unit
from summarizer.schemas.word_tables import read_table

Value = int | float

_LONGEST = 24
"""Characters of a numeral, at most; what is longer is no number."""
_LISTS = Lists("summarizer.article", "notation")
_FACTORS = values_of("multipliers", "factor", int) | {"tr": 1_000_000}
_MULTIPLIER = cue(
    rf"\s{{0,3}}(?:({'|'.join(word for word in _FACTORS if word != 'tr')})(?=đ?(?!\w)|đồng)"
    r"(?<!tỉ(?=\s{1,3}(?:{not_billions})))|(tr)(?=\.?đ|/|\s|[,;.)]))(\s{1,3}rưỡi(?!\w))?",
    **_LISTS,
)
_SMALLER = cue(r"\s{1,3}(\d{1,3}(?:,\d+)?)\s{0,2}({smaller})", smaller=_FACTORS)
_LEAST_SUM = 50
"""Đồng of the least sum that is told without a multiplier; below it "đồng" is bronze, a medal."""
_DIGITS = re.compile(r"[\d.,]+")
_PERCENT = cue(r"(?:[.,]|\s{0,3})%(?:[0o](?!\w))?|\s{1,3}{percent}", **_LISTS)
_DONG = cue(
    r"\s{0,3}\.?(?:{dong}|đồng(?!\s+{not_dong})|đ(?!\s?/\s?[cv](?!\w)|\.\s?[cv](?!\w)))(?![^\W_])", **_LISTS
)
_MEASURE = cue(r"\s{0,3}{measures}", **_LISTS)
_GOES_ON = cue(r"\s{1,3}{after_money}", **_LISTS)
_THOUSAND_DONG = cue(r"k(?!\w)")


_CURRENCIES = read_table("summarizer.article", "currencies", ("code", "place", "words"))
_CODES = {in_one_form(word): row["code"] for row in _CURRENCIES for word in row.phrases()}
_BEFORE = [word for row in _CURRENCIES if row["place"] == "both" for word in row.phrases()]
"""Foreign money with its ISO code, and the marks for it that also stand before a sum."""
_FOREIGN = cue(r"\s{0,3}(?P<money>{codes})(?!\s+{not_yen})", codes=_CODES, **_LISTS)
_FOREIGN_BEFORE = cue(r"(?<!\w)(?P<money>{before})\s?$", before=_BEFORE)
_ENDS = tuple("\n,.;:)/-")


class Numeral(NamedTuple):
    """A numeral with its unit, in offsets of the normalized text: `end` behind its last digit, `tail` its unit.

    `factor` is the multiplier in `value` (1000000 for "2 triệu"); `sign` is the mark for đồng if it is a bare "đ".
    """

    value: Value
    unit: Unit
    end: int
    tail: int
    factor: int = 1
    sign: bool = False
    currency: str | None = None
    """ISO code of foreign money."""


def read_value(written: str, *, thousands: bool = True) -> Value | None:
    """Return the value of a numeral by its own shape, None for what has the shape of none (`1.2.3`).

    Three digits behind each dot make thousands (2.157), anything else behind one dot is a decimal (99.0). A comma
    is a decimal one (75,2) unless it stands for several thousands (1,400,000). One comma with three digits behind
    it ("1,234") is either: `thousands` decides, for a whole number of people is never 1,234 of one.
    """
    if len(written) > _LONGEST:
        return None
    written = "".join(written.split())
    if written.isdecimal():
        return int(written)
    if not _DIGITS.fullmatch(written):
        return None
    if "." in written and "," in written:
        mark = "." if written.rfind(".") > written.rfind(",") else ","
        whole, _, decimals = written.rpartition(mark)
        groups = re.split(r"[.,]", whole)
        return _number("".join(groups), decimals) if mark not in whole and _grouped(groups) else None
    mark = "." if "." in written else ","
    groups = written.split(mark)
    if _grouped(groups) and (mark == "." or len(groups) > 2 or thousands):
        return int("".join(groups))
    return _number(*groups) if len(groups) == 2 else None


def read_numeral(
    text: str,
    end: int,
    written: str,
    *,
    at: int | None = None,
    fraction: bool = False,
    value: Value | None = None,
) -> Numeral:
    """Return the numeral `written` that ends at `end` of the normal `text`, with the unit behind it.

    Of a `fraction` only a percent sign is read. `value` is given for number words, and `at`, where the number
    begins, if a mark such as $ may stand before it.
    """
    percent = _PERCENT.match(text, end)
    factor, tail = (1, end) if percent or fraction else _factor(text, end)
    measured = percent or factor >= 1_000 or _MEASURE.match(text, end)
    amount = (read_value(written, thousands=not measured) or 0) if value is None else value
    if percent:
        return Numeral(amount, "percent", end, percent.end())
    if fraction:
        return Numeral(amount, "count", end, end)
    rest = _SMALLER.match(text, tail) if factor >= 1_000_000 else None
    if rest and _FACTORS[rest[2]] < factor:
        whole = Decimal(str(amount)) * factor + Decimal(str(int(rest[1].split(",")[0]))) * _FACTORS[rest[2]]
        amount, end, tail = _plain(whole), rest.end(1), rest.end()
    elif factor > 1:
        amount = times(amount, factor)
        if text[tail - 4 : tail] == "rưỡi":
            amount += factor // 2
    if factor == 1 and amount >= 10 and _THOUSAND_DONG.match(text, end):
        return Numeral(times(amount, 1_000), "money", end, end + 1, 1_000)
    if led := match_before(_FOREIGN_BEFORE, text, at or 0, 4):
        return Numeral(amount, "money", end, tail, factor, currency=_CODES[led["money"]])
    if foreign := _FOREIGN.match(text, tail):
        code = _CODES[" ".join(foreign["money"].split())]
        return Numeral(amount, "money", end, foreign.end(), factor, currency=code)
    dong = _DONG.match(text, tail)
    # "5 Đồng" is a medal, "8,5đ" a mark: no sum is that small.
    if dong and (factor > 1 or amount >= _LEAST_SUM or dong.group().strip() == "đ"):
        return Numeral(amount, "money", end, dong.end(), factor, sign=dong.group().strip() == "đ")
    unit: Unit = "money" if factor >= 1_000_000 and _means_money(text, tail, factor) else "count"
    return Numeral(amount, unit, end, tail, factor)


def times(value: Value, factor: int) -> Value:
    """Return `value` times `factor`, exact: 13.4 times a thousand million is 13400000000."""
    return _plain(Decimal(str(value)) * factor)


def _factor(text: str, end: int) -> tuple[int, int]:
    factor = 1
    while match := _MULTIPLIER.match(text, end):
        factor *= _FACTORS[match[1] or match[2]]
        end = match.end()
        if match[3] or factor > 10**15:
            break
    return factor, end


def _means_money(text: str, tail: int, factor: int) -> bool:
    """Tell whether a million or more without "đồng" is money: "thưởng 5 triệu", but "2 triệu lượt khách"."""
    following = text[tail : tail + 40].lstrip(" ")
    if following[:1] in _ENDS or not following:
        return True
    if _GOES_ON.match(text, tail):
        return True
    return factor >= 1_000_000_000 and not counts_things(words_after(text, tail))


def _grouped(groups: Sequence[str]) -> bool:
    """Tell whether digits stand in groups of three behind a first of one to three, no leading zero."""
    return len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])


def _number(whole: str, decimals: str) -> Value:
    return _plain(Decimal(f"{whole}.{decimals}"))


def _plain(exact: Decimal) -> Value:
    return int(exact) if exact == exact.to_integral_value() else float(exact)
