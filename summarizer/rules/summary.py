"""Summary: two Vietnamese sentences about the meeting in which every number is one of the article's.

Code lays out the facts and composes them, each in the article's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.article.cues import cue
from summarizer.article.normalize import fold
from summarizer.rules.header import HeaderDraft
from summarizer.rules.people import People
from summarizer.schemas.reading import NumberReading, SectionKind
from summarizer.schemas.report import Quotation

__all__ = ("Facts", "compose", "gather")

_CLIP = 150
_MOST_COUNTS, _GAP = 4, 12
_HOLDING = ("organizes", "reviews", "meeting", "title", "belongs")
_VERB = cue(r"(?:tổng kết|sơ kết)(?!\w)")
_GRADE = cue(r"hoàn thành|vững mạnh|xuất sắc|không xếp loại")
_STOPS = tuple('.!?…”"')
_GOES_BEFORE = re.compile(r"\d[.,/]?$")
_GOES_BEHIND = re.compile(r"[.,/]?\d")
_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_WHOLE_DATE = re.compile(r"\d\D+\d")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a summary may tell: words of the article, or None.

    `held` is the day as the article writes it; `holds` says that the article tells of `organization` holding the
    meeting; `counts` are numbers with their nouns ("27 đảng viên …"); `result`, `limit` and `task` are quotations.
    """

    organization: str | None
    kind: str | None
    held: str | None = None
    holds: bool = True
    chairs: Sequence[str] = ()
    counts: Sequence[str] = ()
    result: str | None = None
    limit: str | None = None
    task: str | None = None


def gather(
    text: str,
    header: HeaderDraft,
    people: People,
    quoted: Mapping[SectionKind, tuple[Quotation, ...]],
    counts: Sequence[NumberReading],
) -> Facts:
    """Return what a summary of the article `text` may tell, from the parts of its report.

    Of the counts only those of graded organizations and members are told: they are what a review is about, and
    their words say all that a reader needs.
    """
    graded = [
        _told(text, count)
        for count in counts
        if count.grade is not None
        and count.status == "result"
        and count.unit == "count"
        and _GRADE.search(fold(count.counted).text)
    ]
    held = header.anchors.get("date_held")
    # A body that is named in full elsewhere holds the meeting by the beginning of its name.
    name = header.organization or ""
    telling = {kind: quotations[0].text for kind, quotations in quoted.items() if quotations}
    return Facts(
        organization=header.organization,
        kind=header.kind,
        held=held[0].text if held and _WHOLE_DATE.search(held[0].text) else None,
        holds=any(name.startswith(one.body.text) and one.why in _HOLDING for one in header.organizers),
        chairs=tuple(person.name for person in people.people if "chair" in person.roles),
        counts=tuple(dict.fromkeys(graded))[:_MOST_COUNTS],
        result=telling.get("achievement"),
        limit=telling.get("shortcoming"),
        task=telling.get("directive"),
    )


def compose(facts: Facts, article: str) -> str | None:
    """Return a summary put together from `facts` as they stand; None without a meeting.

    A fact with a numeral that does not stand in `article` is left out; the facts' words are the article's own.
    """
    parts = [line if line[-1] in ".…!?" else f"{line}." for line in _lines(facts, labelled=True)]
    kept = [part for part in parts if all(_stands(numeral, article) for numeral in _NUMERAL.findall(part))]
    return " ".join(kept) if parts and kept[:1] == parts[:1] else None


def _stands(numeral: str, article: str) -> bool:
    """Return whether a numeral stands in the article as a whole one: 5 does not in 15, 1.5 or 5/9."""
    at = article.find(numeral)
    while at >= 0:
        begins, ends = article[max(0, at - 2) : at], article[at + len(numeral) : at + len(numeral) + 2]
        if not (_GOES_BEFORE.search(begins) or _GOES_BEHIND.match(ends)):
            return True
        at = article.find(numeral, at + 1)
    return False


def _told(text: str, count: NumberReading) -> str:
    """The count as the article puts it, or the number and its noun where they stand apart."""
    at = count.counted_at
    words = f"{count.text} {count.counted}"
    if at is not None and 0 <= at - count.end <= _GAP and "\n" not in text[count.end : at]:
        words = " ".join(text[count.at : at + len(count.counted)].split())
    return words + "”" * (words.count("“") - words.count("”"))


def _lines(facts: Facts, *, labelled: bool, longest: int = _CLIP) -> list[str]:
    """The facts a line each, the meeting first; empty where there is no meeting. `labelled` says what each is,
    `longest` is where quotations are cut.
    """
    if facts.organization is None and facts.kind is None:
        return []
    if facts.organization and facts.kind:
        verb = " " if _VERB.match(fold(facts.kind).text) else " tổ chức "
        opening = f"{facts.organization}{verb if facts.holds else ': '}{facts.kind}"
    else:
        opening = facts.organization or facts.kind or ""
    if facts.held:
        opening += f" ngày {facts.held}"
    if facts.chairs:
        opening += (
            f", do {' và '.join(filter(None, (', '.join(facts.chairs[:-1]), facts.chairs[-1])))} chủ trì"
        )
    results = "; ".join(facts.counts) or (_clipped(facts.result, longest) if facts.result else "")
    rest = (
        ("Kết quả", results),
        ("Hạn chế", _clipped(facts.limit, longest) if facts.limit else ""),
        ("Nhiệm vụ", _clipped(facts.task, longest) if facts.task else ""),
    )
    return [_capital(opening), *(f"{name}: {line}" if labelled else line for name, line in rest if line)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clipped(quoted: str, longest: int) -> str:
    """The quotation, cut at a mark or a space where it is longer than `longest` characters."""
    text = " ".join(quoted.split()).lstrip("-+*• ")
    if len(text) <= longest:
        return text
    cut = max(text.rfind(mark, longest // 2, longest) for mark in (";", ", "))
    cut = cut if cut > 0 else text.rfind(" ", 0, longest)
    return text[:cut].rstrip(" ,;") + "…"
