"""Planning: which numbers of an article are targets, and which are results (`status`).

A target says so a few words before (phấn đấu, dự kiến), or it stands in a section that does: a sentence that
begins with phương hướng, mục tiêu or nhiệm vụ trọng tâm, what follows it in its paragraph, and the list below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.folding import Words
from summarizer.schemas.report import Status
from summarizer.schemas.taxonomy import taxonomy
from summarizer.sentences import Sentence

__all__ = ("Plans", "find_plans")

_NEAR = 14
"""Words between phấn đấu and its number, at most."""
_OPENING = 9
"""Words in which a sentence says that it opens a section of plans."""
_ITEM = re.compile(r"\s*(?:[-+*•–]|\(?\d{1,2}[.)/]|[a-zđ][.)])\s*")


class Plans:
    """The stretches of an article that speak of what is planned; made by `find_plans`."""

    def __init__(self, words: Words, spans: Sequence[tuple[int, int]]) -> None:
        self._words = words
        self._spans = spans

    def status(self, at: int, clause: tuple[int, int]) -> Status:
        """Return the status of the number at offset `at`; `clause` is the span of its clause or sentence."""
        if any(start <= at < end for start, end in self._spans):
            return "target"
        table, words = taxonomy(), self._words
        stop = words.first_from(at)
        start = max(words.first_from(clause[0]), stop - _NEAR)
        near = list(table.near_targets.find(words.items, start, stop))
        if near and next(table.done.find(words.items, near[-1].stop, stop), None) is None:
            return "target"
        return "result"


def find_plans(words: Words, sentences: Sequence[Sentence]) -> Plans:
    """Return what an article's sentences say is planned."""
    table = taxonomy()
    spans: list[tuple[int, int]] = []
    planned = listed = False
    paragraph = -1
    for sentence in sentences:
        start, stop = words.first_from(sentence.at), words.first_from(sentence.end)
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            planned = planned and listed and _ITEM.match(sentence.text) is not None
        opening = next(table.target_sections.find(words.items, start, min(stop, start + _OPENING)), None)
        done = next(table.done.find(words.items, start, min(stop, start + 2 * _OPENING)), None)
        if done and not (opening and opening.start < done.start):
            planned = False
        elif opening:
            planned = True
        if planned:
            spans.append((sentence.at, sentence.end))
        listed = planned and (
            sentence.text.rstrip().endswith((":", ";")) or _ITEM.match(sentence.text) is not None
        )
    return Plans(words, spans)
