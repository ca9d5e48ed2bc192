"""Awards: who gave what a number counts, read from the verbs of giving around it."""

from __future__ import annotations

import re

from summarizer.article.article import Article
from summarizer.article.cues import Cue
from summarizer.article.normalize import normalize
from summarizer.article.sentences import Sentence

__all__ = ("giver_of",)

_GIVES = r"(?:trao tặng|trao|tặng|khen thưởng|biểu dương|tuyên dương)(?!\w)"
_GIVEN = Cue(_GIVES)
_ACTIVE = re.compile(rf"(?:^|[,;:.]\s+)(?P<who>[^,;:.]{{2,90}}?)\s+(?:đã\s+|cũng\s+)?{_GIVES}")
_PASSIVE = re.compile(rf"(?<!\w)được\s+(?P<who>[^,;:.]{{4,90}}?)\s+{_GIVES}")
_NO_BODY = re.compile(
    normalize(r"^(?:tại|trong|nhân|hội nghị|đại hội|dịp|sau|đại diện|thay mặt|và|được)(?!\w)").text
)


def giver_of(article: Article, sentence: Sentence, at: int, limit: int) -> str | None:
    """Return who gave the award that the number at offset `at` of a sentence counts, in the article's words, if said.

    The giver stands in front of a verb of giving before the number (`Đảng ủy tặng giấy khen cho 10 …`), or
    behind it, up to offset `limit`, in the passive (`17 chi bộ được Đảng ủy tặng …`).
    """
    normal = article.normal
    start, stop = normal.span(sentence.at, limit)
    if not _GIVEN.search(normal, start, stop):
        return None
    words = normal.text[start:stop]
    here = normal.offset(at) - start
    active = list(_ACTIVE.finditer(words, 0, here))
    found = _PASSIVE.search(words, here) or (active[-1] if active else None)
    if found is None or _NO_BODY.match(found["who"]):
        return None
    who = article.text[normal.origin(start + found.start("who")) : normal.origin(start + found.end("who"))]
    return " ".join(who.split()) if who[:1].isupper() else None
