"""The words right before and right behind a place of a normalized text."""

from __future__ import annotations

import re

_MOST = 4
_NEAR = 52
"""Words that are given, and the characters in which they are looked for: four words of at most a dozen letters."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LEADING = re.compile(r"^\W+")
_ENDS = ",.;:!?)"


def words_before(text: str, at: int) -> list[str]:
    """Return up to four words right before the normalized offset `at`, none from across a mark that ends a phrase.

    The first number of a line stands behind no words: lines of a list are no wrapped sentence.
    """
    start = max(0, at - _NEAR)
    *above, near = _BLANK_LINE.split(text[start:at])
    if "\n" in near[len(near.rstrip()) :]:
        return []
    words = near.split()
    if start and not above and not text[start - 1].isspace():
        del words[:1]  # the window cuts it
    taken: list[str] = []
    for word in reversed(words[-_MOST - 1 :]):
        if word[-1] in _ENDS + "(" or (word[-1] == '"' and len(word) > 1):
            break
        if bare := _LEADING.sub("", word):
            taken.insert(0, bare)
        if taken and bare != word:
            break
    return taken[-_MOST:]


def words_after(text: str, end: int) -> list[str]:
    """Return up to four words right behind offset `end` of a normalized text, none from across a mark."""
    taken: list[str] = []
    for word in _BLANK_LINE.split(text[end : end + _NEAR], 1)[0].split()[: _MOST + 1]:
        if word[0] in _ENDS:
            break
        if bare := word.strip("\"'()[],.;:!?"):
            taken.append(bare)
        if word[-1] in _ENDS:
            break
    return taken[:_MOST]


def match_before(pattern: re.Pattern[str], text: str, at: int, room: int) -> re.Match[str] | None:
    """Return where a pattern that ends with `$` fits right before offset `at`, within so many characters."""
    return pattern.search(text, max(0, at - room), at)
