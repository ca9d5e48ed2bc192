"""The words right before and right behind a place of a normalized text."""

from __future__ import annotations

import re

__all__ = ("words_after", "words_before")

_MOST = 4
_NEAR = 52
"""Words that are given, and the characters in which they are looked for: four words of at most a dozen letters."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LEADING = re.compile(r"^\W+")
_ENDS = ",.;:!?)"
_ENDS_BEFORE = _ENDS + "("


def words_before(text: str, at: int) -> list[str]:
    """Return up to four words right before the normalized offset `at`, none from across a mark that ends a phrase.

    The first number of a line stands behind no words: lines of a list are no wrapped sentence.
    """
    start = max(0, at - _NEAR)
    before = text[start:at]
    if "\n" in before:
        if "\n" in before[len(before.rstrip()) :]:
            return []
        between = max((blank.end() for blank in _BLANK_LINE.finditer(before)), default=0)
        if between:
            start, before = 0, before[between:]
    words = before.rsplit(None, _MOST + 1)
    if start and words and not text[start - 1].isspace():
        del words[0]
    if "".join(nearest := words[-_MOST:]).isalnum():
        return nearest
    taken: list[str] = []
    for word in reversed(words[-_MOST - 1 :]):
        if word[-1] in _ENDS_BEFORE or (word[-1] == '"' and len(word) > 1):
            break
        if word[0].isalnum():
            taken.append(word)
            continue
        if bare := _LEADING.sub("", word):
            taken.append(bare)
        if taken:
            break
    taken.reverse()
    return taken[-_MOST:]


def words_after(text: str, end: int) -> list[str]:
    """Return up to four words right behind offset `end` of a normalized text, none from across a mark."""
    after = text[end : end + _NEAR]
    if "\n" in after and (between := _BLANK_LINE.search(after)):
        after = after[: between.start()]
    words = after.split(None, _MOST + 1)[: _MOST + 1]
    if "".join(nearest := words[:_MOST]).isalnum():
        return nearest
    taken: list[str] = []
    for word in words:
        if word.isalnum():
            taken.append(word)
            continue
        if word[0] in _ENDS:
            break
        bare = word.strip("\"'()[],.;:!?")
        if bare:
            taken.append(bare)
        if word[-1] in _ENDS:
            break
    return taken[:_MOST]
