"""Openings: what a sentence begins with that only ties it to its page: a list's mark, a label, words that join it."""

from __future__ import annotations

import re

from summarizer.article.normalize import Normalized, normalize
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.schemas.reading import SECTION_KINDS, SectionKind

WORDS = Lists("summarizer.article", "openings")
# "Kết quả kiểm tra": the word joins only before a mark.
_CONNECTS = cue(r"\W*(?:{connects}|cũng theo [^,]{2,40}|kết quả(?=\s*[,:]| có \d))\s*[,:]?\s+", **WORDS)
_SAYS = cue(r"{nameless} (?:(?:cũng|còn|đã) ){0,2}(?={speaks})", **WORDS)
_SPACE_BEFORE = re.compile(r" (?=[,;.:](?:\s|$))")
_TRAILING = " ;,./:"
"""Marks that are not told behind a clause, but for the article's "…"."""
LIST_MARK = re.compile(
    r"[\s\-–+*•●○▪§_.“\"]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})+\.?|(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)])(?=\s*[^\d\s]|\s+\d+%)\s*)?"
    r"[\s\-–+*•●○▪]*"
)
"""What stands before the words of a list's item: dashes and a number or letter."""


def label_of(kind: SectionKind, more: str = "") -> str:
    """Return the pattern source of a label with a word of a kind, for `cue`, whose colon `more` stands before."""
    return rf"(?:{{label_opens}}[\s,]*)*{{headings_{kind}}}(?:[\s,/-]*{{label_goes_on}})*{more}\s*:\s+"


LABEL = word_cue(
    "|".join(rf"{label_of(kind)}|về {{headings_{kind}}}\s*,\s+" for kind in SECTION_KINDS), **WORDS
)
"""A label without a year or a body's name: it says no more than what heads a list of such sentences."""


def on_its_own(sentence: str) -> str:
    """Return a sentence of an article as it can stand in a list without those before it, ending in one stop.

    It loses its list mark, the words that join it, and a "Đồng chí" that names nobody before a verb of saying.
    """
    clause = on_one_line(sentence)
    normal = normalize(clause)
    begun = behind_joining(normal)
    says = _SAYS.match(normal.text, begun)
    words = trimmed(clause[normal.origin(says.end() if says else begun) :])
    return ended(capital(words)) if words else clause


def on_one_line(words: str) -> str:
    """Return words of the article without their list mark, spaces single and none before a clause's end mark."""
    return _SPACE_BEFORE.sub("", " ".join(LIST_MARK.sub("", words, count=1).split()))


def behind_joining(normal: Normalized) -> int:
    """Return where a clause begins behind its label and the words that join it to those before it."""
    begun = 0
    while leads := LABEL.match(normal.text, begun) or _CONNECTS.match(normal.text, begun):
        if leads.end() == len(normal.text):
            break
        begun = leads.end()
    return begun


def only_joins(words: str) -> bool:
    """Return whether words are nothing but such a label or what joins a sentence to the one before it."""
    label = normalize(f"{words}: ").text
    return any(opening.fullmatch(label) for opening in (LABEL, _CONNECTS))


def trimmed(clause: str) -> str:
    """Return a clause without the marks that end it; the article's own sign that it leaves something out stays."""
    words = clause.rstrip(_TRAILING + "…")
    return f"{words}…" if "…" in clause[len(words) :] or clause.endswith("...") else words


def ended(sentence: str) -> str:
    """Return a sentence, which is not empty, with a stop at its end."""
    return sentence if sentence[-1] in ".…!?" else f"{sentence}."


def capital(words: str) -> str:
    """Return words with a capital as their first letter."""
    return words[:1].upper() + words[1:]
