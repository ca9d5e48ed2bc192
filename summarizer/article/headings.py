"""Headings: what a number stands under, where that is not the noun beside it.

`Hệ liên kết đào tạo … 01 lớp` leads its clause with a programme; a list stands under a line that ends with a
colon; a section has a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter

from summarizer.article.article import Article
from summarizer.article.normalize import normalize
from summarizer.article.phrases import Lists, cue
from summarizer.schemas.offsets import TextOffset

_LONGEST_LINE = 90
"""Characters of a line that heads what is below it, its white space single, at most."""
_LONGEST_WRITTEN = 4 * _LONGEST_LINE
"""Characters of a heading with all its white space, at most."""
_FURTHEST = 12
"""Sentences above a number among which its heading is looked for."""
_LEAD = re.compile(r"(?:[^:]{0,40}:\s*)?(?P<lead>[A-ZĐÀ-Ỹ][^:;]{5,140}?)\s*$")
# What is no heading: a sentence under way, or one that goes on to what the number counts.
_TABLE = Lists("summarizer.article", "headings")
_GOES_ON = cue(r"^{opens}|(?<!\w){goes_on}\s*$", **_TABLE)
_SAYS_NOTHING = cue(r"{says_nothing}[^\w]*$", **_TABLE)


def heading_above(article: Article, at: TextOffset) -> str | None:
    """Return the heading or programme that the number at offset `at` stands under, None if there is none.

    It is the words that lead the clause behind a colon or a semicolon, else a line above its paragraph that ends
    with a colon; in a table it is the line above that.
    """
    index = article.sentence_index(at)
    if grid := article.grid_at(at):
        above = article.text[slice(*grid.above)] if grid.above else ""
        line = " ".join(above.split()).rstrip(" :")
        return line if 0 < len(line) <= 2 * _LONGEST_LINE else None
    parts = article.clauses[index]
    if len(parts) > 1:
        clause = parts[bisect_right(parts, at, key=attrgetter("at")) - 1]
        first = bisect_left(article.candidates, clause.at)
        lead = _LEAD.match(article.text[clause.at : next(iter(article.candidates[first : first + 1]), at)])
        if lead and lead["lead"][0].isupper() and not _GOES_ON.search(normalize(lead["lead"]).text):
            return " ".join(lead["lead"].split()).strip(" -–:")
    return _line_above(article, index)


def _line_above(article: Article, index: int) -> str | None:
    """Return the line above the paragraph of the sentence `index` that heads it, None if none does."""
    for above in reversed(article.sentences[max(0, index - _FURTHEST) : index]):
        of_page = any(part.at <= above.at < part.end for part in article.boilerplate)
        if of_page or above.paragraph == article.sentences[index].paragraph:
            continue
        if above.text[-1] in ".;!" or article.grid_at(above.at) or len(above.text) > _LONGEST_WRITTEN:
            return None
        line = " ".join(above.text.split())
        heads = line.endswith(":") and not _SAYS_NOTHING.match(normalize(line).text)
        if heads or len(line) > _LONGEST_LINE:
            return line.rstrip(" :") if heads and len(line) <= 2 * _LONGEST_LINE else None
    return None
