"""Finds numbers and names of a summary that the article does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.reading import possible_readings
from evals.wording import Places

__all__ = ("foreign_names", "foreign_numbers", "rewritten_numbers")

_WRITTEN = re.compile(r"\d+(?:[.,/]\d+)*")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ENDS = ".!?:;"

_NUMBER = re.compile(
    r"(?P<date>\d{1,2}/\d{1,2}/\d{4}|(?<=ngày )\d{1,2}/\d{1,2}(?!\d))"
    r"|\d+(?:[.,]\d+)*(?:\s?/\s?\d+(?:[.,]\d+)*)?"
)


def foreign_numbers(summary: str, article: str) -> tuple[str, ...]:
    """Return the numbers in digits of `summary` whose value no number of `article` has, in order.

    Compared are values, so `02` may be written as `2`. A date is right where it stands in the article, or its day,
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


def rewritten_numbers(summary: str, article: str) -> tuple[str, ...]:
    """Return the numbers in digits of `summary` that the article does not write so, but for zeros in front."""
    return tuple(
        number
        for number in _WRITTEN.findall(summary)
        if number not in article and number.lstrip("0") not in article
    )


def foreign_names(summary: str, places: Places) -> tuple[str, ...]:
    """Return the names of `summary` (two capitalized words or more, none in capitals) that the article does not have.

    A sentence begins with a capital anyway, so that what begins one may stand there without its first word.
    """
    return tuple(
        " ".join(name)
        for name, begins in _capitalized(summary)
        if not places.find(" ".join(name)) and not (begins and places.find(" ".join(name[1:])))
    )


def _capitalized(text: str) -> Iterator[tuple[list[str], bool]]:
    """Yield every run of two capitalized words or more, and whether it begins a sentence."""
    run: list[str] = []
    begins = run_begins = True
    for token in (*_TOKEN.findall(text), "."):
        if token[0].isupper() and not (len(token) > 1 and token.isupper()):
            run_begins = run_begins if run else begins
            run.append(token)
        else:
            if len(run) > 1:
                yield run, run_begins
            run = []
        begins = token in _ENDS or (begins and not token[0].isalnum())


def _numbers(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every number as written, a date with its day, month and year beside it."""
    return [(m[0], tuple(m[0].split("/")) if m["date"] else ()) for m in _NUMBER.finditer(text)]


def _identities(number: str) -> frozenset[object]:
    return possible_readings(number) or frozenset({number})
