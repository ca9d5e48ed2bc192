"""Lines: where the lines of a text begin, whatever ends them."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ("lines_of",)

_ENDS = "\r\x0b\x0c\u2028\u2029"


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of `text` in order, each with the offset it begins at, without what ends it; some are empty."""
    for mark in _ENDS:
        text = text.replace(mark, "\n")
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
