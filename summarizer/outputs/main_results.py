"""Main results: which numbers of a report a reader asks first, and the words of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from summarizer.article.normalize import normalize
from summarizer.article.openings import only_joins
from summarizer.article.phrases import Lists, word_cue
from summarizer.outputs.adding import Context, is_rewarded
from summarizer.outputs.escaping import shortened
from summarizer.outputs.phrasing import described, valued_sum
from summarizer.outputs.sums import Kind, figures_of
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.report import Count, MeetingReport, Section, Subject

_NO_RESULT = ("repeat", "part", "doubtful")
"""Why sums leave out what is no result of its own."""
_EACH = re.compile(r"[^\d,;.:()/]{0,16}/\s*[^\W\d]")
"""What stands behind a norm, so much for each: `5 triệu đồng/giải nhất`."""
_CLAUSE_END = re.compile(r"[,;:]")
_WORDS = Lists("summarizer.outputs", "phrasing")
_MAIN, _OF_MEETING = word_cue(r"{main}", **_WORDS), word_cue(r"{of_meeting}", **_WORDS)
_FIRST = {"party_member": 0, "party_cell": 1, "party_organization": 2}
"""Subjects whose grades a reader asks first."""


class ResultRow(NamedTuple):
    """What one line of the results tells: the numbers of a figure, or of several by grade."""

    figures: tuple[tuple[Count, ...], ...]
    by_grade: bool = False


def main_results(report: MeetingReport) -> list[ResultRow]:
    """Return what was reported with its numbers, as rows of figures, what a reader asks first before the rest.

    Grades of one subject are one row, the best first, in percent where no number is told; members and Party bodies
    come before others. Then come, each in the article's order: numbers of the title, of all that the body has, of who
    was admitted, elected or rewarded; numbers of the summary; other numbers; percentages; changes, norms and
    averages. Numbers of what fell short or is to be done come behind all.
    """
    figures = figures_of(report)
    results = {kind: one for kind, one in figures.by_kind.items() if kind.status == "result"}
    reasons = {one.count.at: one.why for one in figures.omitted}
    graded: defaultdict[Subject, list[tuple[Count, ...]]] = defaultdict(list)
    for kind, one in results.items():
        if kind.grade:
            graded[kind.subject].append(one.counts)
    for why in ("contradicted", "percent"):
        known = {*graded} if why == "percent" else ()
        for one in figures.omitted:
            count = one.count
            if one.why == why and count.grade and count.status == "result" and count.subject not in known:
                graded[count.subject].append((count,))
    grades = list(labels().grades())
    rows = [
        ResultRow(tuple(sorted(same, key=lambda counts: grades.index(counts[0].grade or ""))), by_grade=True)
        for _, same in sorted(graded.items(), key=lambda one: _FIRST.get(one[0], len(_FIRST)))
    ]
    in_all = {(Kind.of(count), count.value) for count in report.counts if Context(count).is_of_all()}

    def in_text(count: Count, text: str | None) -> bool:
        return bool(re.search(rf"(?<![\d.,/]){re.escape(count.text)}(?![\d/]|[.,]\d)", text or ""))

    def rank(count: Count) -> tuple[bool, ...]:
        asked_first = in_text(count, report.title) or count.grade is not None or _is_main(count)
        return (
            stands_in(count, (*report.shortcomings, *report.causes, *report.directives)),
            reasons.get(count.at) in ("change", "average") or bool(_EACH.match(Context(count).after)),
            not (asked_first or (Kind.of(count), count.value) in in_all),
            count.unit == "percent",
            not in_text(count, report.summary),
            not stands_in(count, report.achievements),
        )

    single = [
        count
        for count in report.counts
        if count.status == "result"
        and (count.grade is None or reasons.get(count.at) in ("unrelated", "years"))
        and reasons.get(count.at) not in _NO_RESULT
        and (reasons.get(count.at) != "other_body" or (is_rewarded(count) and count.whose is None))
    ]
    single.sort(key=rank)
    told = dict[object, Count]()
    for count in single:  # a number of the title is told again behind it
        told.setdefault((Kind.of(count), count.value) if in_text(count, report.title) else count.at, count)
    return rows + [ResultRow(((count,),)) for count in told.values()]


def _is_main(count: Count) -> bool:
    """Return whether a number counts who was admitted, elected (to lead more than the meeting) or rewarded."""
    clause = _CLAUSE_END.split(Context(count).before.text)[-1]
    words = normalize(f"{count.heading or ''} {count.counted}").text
    return is_rewarded(count) or bool(_MAIN.search(f"{clause} {words}") and not _OF_MEETING.search(words))


def worded(row: ResultRow, t: Labels, warned: Collection[int], cell: int) -> tuple[str, str]:
    """Return the words of a row and its numbers, which have a ⚠ where they are of a contradiction."""

    def value(counts: tuple[Count, ...]) -> str:
        return valued_sum(counts, t) + (" ⚠" if any(count.at in warned for count in counts) else "")

    first = row.figures[0][0]
    if not row.by_grade:
        return _what(first, t, cell), value(row.figures[0])
    words = dict[str, str]()  # a figure that is told again stands once, marked if one of both is
    for one in (f"{t.grade(counts[0].grade, short=True)} {value(counts)}" for counts in row.figures):
        plain = one.removesuffix(" ⚠")
        words[plain] = max(one, words.get(plain, ""))
    return t.subject(first.subject), ", ".join(words.values())


def stands_in(count: Count, sections: Iterable[Section]) -> bool:
    """Return whether a number stands in one of some sections."""
    return any(one.at <= count.at < one.at + len(one.text) for one in sections)


def _what(count: Count, t: Labels, cell: int) -> str:
    """Return the words of what a number counts, with its programme, in some `cell` characters."""
    words, heading = described(count), " ".join((count.heading or "").split())
    lead, hole, behind = words.partition(" … ")
    before = " ".join(count.sentence.text[: max(0, count.at - count.sentence.at)].split())
    if hole and lead.startswith("…") and heading and heading.casefold() in before.casefold():
        lead, hole, words = "", "", behind  # the heading says it from its beginning
    if hole and len(words) > cell > len(behind):
        words = f"…{lead[-(cell - len(behind)) :].partition(' ')[2]}{hole}{behind}"
    words = shortened(words, cell) or t.subject(count.subject)
    lead = words.removeprefix("…").partition("…")[0].strip()
    is_told = heading.casefold() in words.casefold() or lead.casefold() in heading.casefold()
    return words if is_told or only_joins(heading) else f"{words} ({shortened(heading, cell // 2)})"
