"""Snippets with one place marked: `có ⟨27⟩ đảng viên` is a text and the place of its number."""

from __future__ import annotations

from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize
from summarizer.article.numbers import Number, find_numbers

__all__ = ("number_in", "numbers_of", "unmark")


def unmark(snippet: str) -> tuple[str, int, str]:
    """Return the text of a snippet, the offset of what is marked in it, and the marked words."""
    before, rest = snippet.split("⟨")
    marked, after = rest.split("⟩")
    return before + marked + after, len(before), marked


def numbers_of(text: str) -> list[Number]:
    """Return the numbers of a text, of which nothing is taken for boilerplate."""
    normal = normalize(text)
    return find_numbers(normal, find_dates(normal), ())


def number_in(snippet: str) -> Number:
    """Return the number that begins where the mark does; its text must be what is marked."""
    text, at, written = unmark(snippet)
    (number,) = [number for number in numbers_of(text) if number.at == at]
    assert number.text == written
    return number
