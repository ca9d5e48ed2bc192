"""Award lists: the recipients that stand in a list with their award, by no verb of giving or getting.

Behind the name of a prize and a colon ("Giải nhì: chi đội 9A1"), below a line that is an award's name, behind a prize
and "thuộc về" (went to), or at the beginning of a clause that ends in a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article.normalize import Normalized
from summarizer.rules import award_words as cues
from summarizer.rules.bodies import body_at
from summarizer.rules.name_lists import lines_below, names_in_list
from summarizer.rules.names import Mention
from summarizer.schemas.offsets import TextSpan
from summarizer.schemas.report import Recipient

__all__ = ("award_of", "headed", "in_list", "listed", "titled", "won")

_LONGEST_HEADING = 160
"""Characters of a line that is an award's name, at most."""
_LEAD_ROOM = 260
"""Characters before a list in which its award is named."""
_CLAUSES = re.compile(r"(?<![^\s;:])[^\s,;:.][^,;:.]{3,80}(?=[;.])")
"""What stands between two marks: "…; Công đoàn hoàn thành tốt nhiệm vụ;" names who has reached a title."""


def listed(
    normal: Normalized, span: TextSpan, following: Sequence[TextSpan], mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who stands in a list behind the name of an award: "Giải nhì: chi đội 9A1, 6A1" (second prize)."""
    a, b = normal.span(*span)
    openers = list(cues.LISTS.finditer(normal.text, a, b))
    for number, opens in enumerate(openers, 1):
        since = max(a, opens.start() - _LEAD_ROOM)
        awards = list(cues.AWARD.finditer(normal.text, since, opens.end()))
        # A title that ends in "cho các …" is given to whom the list names.
        stated = awards[-1] if awards else cues.DISTINCTION.search(normal.text, since, opens.end())
        stated = stated or _title_before(normal, since, opens.start())
        stop = openers[number].start() if number < len(openers) else b
        if opens[0][-1] == "(":
            stop = max(opens.end(), normal.text.find(")", opens.end(), b))
        if stated is None or cues.AIMED.search(normal.text, since, opens.end()):
            continue
        award = normal.written(*stated.span())
        whose = award_of(normal, stated.end(), b)
        spans = [(normal.origin(opens.end()), normal.origin(stop) if stop < b else span[1])]
        if not normal.original[spans[0][0] : span[1]].strip():
            spans = list(lines_below(normal.original, span[1], following))
        yield from in_list(normal, spans, mentions, award, whose)


def headed(
    normal: Normalized, span: TextSpan, following: Sequence[TextSpan], mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who stands on the lines below a line that is an award's name: "II. Giấy khen của Giám đốc"."""
    at, end = span
    a, b = normal.span(at, end)
    marker = cues.MARKER.match(normal.text, a, b)
    if end - at > _LONGEST_HEADING or not marker or normal.original[end - 1] in ".;:,":
        return
    begins = marker.end()
    award = cues.AWARD.match(normal.text, begins, b) or cues.TITLE.match(normal.text, begins, b)
    if award is None and cues.LIST_OF.match(normal.text, begins, b):
        award = cues.AWARD.search(normal.text, begins, b) or cues.TITLE.search(normal.text, begins, b)
        award = award or cues.HONOURS.search(normal.text, begins, b)
    if award is not None:
        spans = list(lines_below(normal.original, end, following))
        whose = award_of(normal, award.end(), b)
        words = normal.written(*award.span())
        yield from in_list(normal, spans, mentions, words, whose)


def in_list(
    normal: Normalized, spans: Sequence[TextSpan], mentions: Sequence[Mention], award: str, whose: str | None
) -> Iterator[Recipient]:
    """Yield the recipients of one award that the lines of a list name, up to one that names nobody."""
    for at, end in spans:
        named = list(names_in_list(normal, at, end, mentions))
        if not named:
            break
        for name_at, name_end in named:
            yield Recipient(at=name_at, text=normal.original[name_at:name_end], award=award, given_by=whose)


def won(normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> Iterator[Recipient]:
    """Yield who stands behind a prize: "giải nhì thuộc về đội A; giải ba cho xã B và xã C" (second, third prize)."""
    for wins in cues.WON_BY.finditer(normal.text, a, b):
        ends = cues.ENDS_WINNERS.search(normal.text, wins.end(), b)
        at, end = normal.origin(wins.end()), normal.origin(ends.start() if ends else b)
        prize = cues.AWARD.search(normal.text, wins.start(), wins.end())
        if prize is None or cues.AIMED.search(normal.text, a, wins.start()):
            continue
        for name_at, name_end in names_in_list(normal, at, end, mentions, sure=True):
            name = normal.original[name_at:name_end]
            yield Recipient(at=name_at, text=name, award=normal.written(*prize.span()))


def _title_before(normal: Normalized, since: int, end: int) -> re.Match[str] | None:
    """The title that stands right before a list's colon: "Tập thể tiên tiến: Tổ Lá, Tổ Chồi"."""
    titles = list(cues.TITLE.finditer(normal.text, since, end))
    return titles[-1] if titles and not normal.text[titles[-1].end() : end].strip() else None


def award_of(normal: Normalized, a: int, b: int) -> str | None:
    """Whose award it is: "Cờ thi đua của UBND tỉnh" (the province's flag)."""
    whose = cues.WHOSE.match(normal.text, a, b)
    body = body_at(normal, whose.end(), b) if whose else None
    return body.text if body else None


def titled(normal: Normalized, a: int, b: int) -> Iterator[Recipient]:
    """Yield the body at the beginning of a clause that has reached a title: "Chi bộ đạt trong sạch vững mạnh"."""
    for clause in _CLAUSES.finditer(normal.text, a, b):
        body = body_at(normal, clause.start(), clause.end())
        title = cues.TITLE.match(normal.text, normal.offset(body.end) + 1, clause.end()) if body else None
        if (
            body
            and title
            and title.end() == clause.end()
            and not cues.AIMED.search(normal.text, a, title.start())
        ):
            yield Recipient(
                at=body.at, text=normal.original[body.at : body.end], award=normal.written(*title.span())
            )
