"""Passages: stretches of the article short enough that a model keeps its numbers apart.

A small model slips by one when a question holds many numbers, so sentences are cut into clauses and short
clauses joined, up to a profile's bounds. Numbers are marked (`[1]02`) so that two of the same digits are told
apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.article.numbers import Number

__all__ = ("Passage", "join_passages", "key_of", "marked")

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """The article's text from `at` to `end`, with its candidates; `heading` is what stands above it, if any."""

    at: int
    end: int
    numbers: tuple[Number, ...]
    heading: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each number in the question: its place in the passage and itself, `1. 02`."""
        return tuple(key_of(i, number) for i, number in enumerate(self.numbers, 1))


def key_of(place: int, number: Number) -> str:
    """Return the key of the number at this place (from 1), with plain spaces."""
    return f"{place}. {_SPACES.sub(' ', number.text)}"


def join_passages(
    pieces: Iterable[Passage], *, most_numbers: int, most_chars: int, across_headings: bool
) -> list[Passage]:
    """Join neighbouring pieces while the bounds allow, and cut one that holds too many numbers by itself.

    Pieces are in the article's order; those without numbers serve only as text between others and are never
    asked about alone. Pieces under different headings are joined only with `across_headings`.
    """
    joined: list[Passage] = []
    for piece in pieces:
        for part in _cut(piece, most_numbers):
            last = joined[-1] if joined else None
            if (
                last
                and len(last.numbers) + len(part.numbers) <= most_numbers
                and part.end - last.at <= most_chars
                and (across_headings or last.heading == part.heading)
            ):
                joined[-1] = Passage(last.at, part.end, last.numbers + part.numbers, last.heading)
            else:
                joined.append(part)
    return joined


def marked(text: str, passage: Passage) -> str:
    """Return the passage's words on one line, each of its numbers with its mark in front (`[1]02`)."""
    pieces: list[str] = []
    at = passage.at
    for i, number in enumerate(passage.numbers, 1):
        pieces += (text[at : number.at], f"[{i}]", text[number.at : number.end])
        at = number.end
    pieces.append(text[at : passage.end])
    return _SPACES.sub(" ", "".join(pieces)).strip()


def _cut(piece: Passage, most_numbers: int) -> Sequence[Passage]:
    """Cut a piece so that no part has more than `most_numbers`, evenly, each part from one number to the next."""
    if len(piece.numbers) <= most_numbers:
        return [piece] if piece.numbers else []
    parts = -(-len(piece.numbers) // most_numbers)
    size = -(-len(piece.numbers) // parts)
    cuts = [piece.numbers[i : i + size] for i in range(0, len(piece.numbers), size)]
    starts = [piece.at, *(cut[0].at for cut in cuts[1:])]
    ends = [*starts[1:], piece.end]
    return [Passage(at, end, cut, piece.heading) for at, end, cut in zip(starts, ends, cuts, strict=True)]
