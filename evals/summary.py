"""Finds numbers of a summary that the article does not have."""

from __future__ import annotations

import re

from evals.reading import possible_readings

__all__ = ("foreign_numbers",)

_NUMBER = re.compile(
    r"(?P<date>\d{1,2}/\d{1,2}/\d{4}|(?<=ngày )\d{1,2}/\d{1,2}(?!\d))"
    r"|\d+(?:[.,]\d+)*(?:\s?/\s?\d+(?:[.,]\d+)*)?"
)


def foreign_numbers(summary: str, article: str) -> tuple[str, ...]:
    """Return the numbers in digits of `summary` whose value no number of `article` has, in order.

    Compared are values, so `02` may be told as `2`. A date is right where it stands in the article, or its day,
    month and year do, in whatever form; a fraction must stand there as one.
    """
    known: set[object] = set()
    for whole, parts in _numbers(article):
        for part in (whole, *parts):
            known |= _identities(part)
    return tuple(
        whole
        for whole, parts in _numbers(summary)
        if not _identities(whole) & known and not (parts and all(_identities(part) & known for part in parts))
    )


def _numbers(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every number as written, a date with its day, month and year beside it."""
    return [(m[0], tuple(m[0].split("/")) if m["date"] else ()) for m in _NUMBER.finditer(text)]


def _identities(number: str) -> frozenset[object]:
    return possible_readings(number) or frozenset({number})
