"""Sections: the sentences that say what was achieved, what fell short, why, and what is to be done.

What a sentence is decides itself in this order: whether it tells of the meeting and not of the work; the heading it
stands under; who asks for something in it and when it is to be; what fell short and why; what is past and done; and,
where it says none of these itself, the sentence before it in its list, its speech or its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.article.normalize import Normalized
from summarizer.rules import section_words as cues
from summarizer.rules.layout import Unit, find_units, runs_together
from summarizer.rules.names import Mention, within
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.reading import SECTION_KINDS, NumberReading, SectionKind
from summarizer.schemas.report import Quotation

_START = TextOffset(0)
_YEAR = re.compile(r"(?<!\d)20\d\d\s?[-–]\s?(20\d\d)(?!\d)|(?<!\d)(20\d\d)(?!\d)")
_CLAUSE_ENDS = re.compile(r";\s|,\s(?=nguyên\snhân\s)|\s(?:nên|nhưng|song)\s|,\smặt\skhác,?\s")
_LONGEST_HEADING, _SHORT_HEADING, _SHORTEST_ITEM, _SHORTEST_SENTENCE = 20, 6, 3, 5
"""Words of headings, of a list's item and of a sentence that tells something."""
_SHORTEST_LED_IN, _LONGEST_LEAD, _LONG_LINE = 12, 8, 200
"""Words behind a colon that tell something, and before one that only lead in; characters of a line that is prose."""
_OPENING, _SPEECH, _HEADING_ROOM, _YEAR_ROOM, _COURSE_ROOM = 240, 320, 30, 40, 110
"""Characters in which a sentence says when it is, a speaker's verb stands, a heading or a year begins, it acts."""


class Labelled(NamedTuple):
    """A sentence or line of a list, from `at` to `end` of the text, and what it tells of; None: not of the work."""

    at: TextOffset
    end: TextOffset
    kind: SectionKind | None


def label_sentences(
    normal: Normalized,
    sentences: Sequence[TextSpan],
    *,
    begins: TextOffset = _START,
    reviewed: int | None = None,
    planned: int | None = None,
    held: TextSpan | None = None,
    counts: Sequence[NumberReading] = (),
    mentions: Sequence[Mention] = (),
    tables: Sequence[TextSpan] = (),
) -> list[Labelled]:
    """Return the sentences and lines of lists from the offset `begins` on, each with what it tells of.

    `reviewed` and `planned` are the years looked back on and planned for, `held` is where the day of the meeting
    stands, `counts` are the article's counts and `mentions` its people, in order. In `tables` no line is a heading.
    """
    planned = planned or (reviewed + 1 if reviewed else None)
    walk = _Walk(normal, reviewed, planned, held, counts, mentions, tables)
    units = [unit for unit in find_units(normal, sentences) if unit.at >= begins]
    return [labelled for unit in units for labelled in walk.label(unit)]


def quotations(text: str, labelled: Sequence[Labelled]) -> dict[SectionKind, tuple[Quotation, ...]]:
    """Return the sentences of each kind as quotations, in the order of the text; of those told twice the first."""
    found: dict[SectionKind, dict[str, Quotation]] = {kind: {} for kind in SECTION_KINDS}
    for at, end, kind in labelled:
        if kind:
            found[kind].setdefault(text[at:end], Quotation(at=at, text=text[at:end]))
    return {kind: tuple(quoted.values()) for kind, quoted in found.items()}


@dataclass(slots=True)
class _Walk:
    """The reading of an article's sentences in order: what section they stand in, and what the one before was.

    `line` is what a label says of its whole line, `spoken_from` where what a sentence tells begins in it.
    """

    normal: Normalized
    reviewed: int | None
    planned: int | None
    held: TextSpan | None
    counts: Sequence[NumberReading]
    mentions: Sequence[Mention]
    tables: Sequence[TextSpan]
    section: SectionKind | None = None
    before: SectionKind | None = None
    line: SectionKind | None = None
    listing: bool = False
    spoken_from: TextOffset = _START

    def label(self, unit: Unit) -> Iterator[Labelled]:
        """Yield what the next sentence tells of, in one piece or several; sentences are to be given in order."""
        self.spoken_from = unit.at
        labelled = self._labelled(unit)
        self.line = labelled or (None if unit.opens else self.line)
        in_table = unit.cell or any(at <= unit.at < end for at, end in self.tables)
        no_prose = unit.cell and not unit.stops
        if no_prose or not (in_table or labelled or not (self._is_heading(unit) or self._is_caption(unit))):
            yield Labelled(unit.at, unit.end, None)
            return
        text, span = self.normal.text, (unit.a, unit.b)
        bound = self.section != "directive" and cues.CONDITIONS.match(text, *span)
        # Under what conditions the work was done, and nothing of the work itself.
        if bound and not (labelled or cues.TO_DO.search(text, *span) or cues.PLANS.search(text, *span)):
            self.before = "achievement"
            yield Labelled(unit.at, unit.end, "cause")
            return
        kind = labelled or self._kind(unit)
        at = self.spoken_from if kind else unit.at
        clauses = list(self._clauses(unit, kind)) if kind in ("achievement", "shortcoming", "cause") else []
        clauses = list(self._limits_named(unit)) if kind == "directive" else clauses
        self.listing = unit.colon or unit.listed
        adopts = kind is None and cues.ADOPTS_AIMS.search(self.normal.text, unit.a, unit.b)
        self.before = "directive" if adopts else kind
        if unit.colon and unit.words <= _LONGEST_LEAD:
            kind = None
        yield from clauses or [Labelled(at, unit.end, kind)]

    def _labelled(self, unit: Unit) -> SectionKind | None:
        """What a label says of the words behind it: "Hạn chế: việc thu đảng phí chậm" (shortcomings: dues came late).

        A result or a task under one has to be told as such: "Kết quả: …" may be of a vote.
        """
        text, inside = self.normal.text, within(self.counts, unit.at, unit.end)
        for kind, words in cues.LABELS:
            label = words.match(text, unit.a, unit.b)
            if label is None or len(text[label.end() : unit.b].split()) < _SHORTEST_ITEM:
                continue
            done = cues.DONE.search(text, label.end(), unit.b) is not None
            results = done or any(count.status == "result" for count in inside)
            holds = {
                "achievement": done,
                "directive": self.section != "achievement" and not results,
                "shortcoming": not cues.NO_SHORTCOMING.match(text, label.end(), unit.b),
                "cause": True,
            }
            if holds[kind]:
                return kind
        return None

    def _is_heading(self, unit: Unit) -> bool:
        """Whether a line is a heading; it opens a section, or goes on with the one above it."""
        capitals = self.normal.original[unit.at : unit.end].isupper()
        about = self.normal.text.startswith("về ", unit.a)
        if unit.words > _LONGEST_HEADING or not unit.alone or not (unit.colon or capitals or not unit.stops):
            short = unit.words <= _SHORT_HEADING and not within(self.counts, unit.at, unit.end)
            return unit.alone and short and (unit.numbered or about)
        room = unit.b if unit.numbered or unit.colon or capitals else min(unit.b, unit.a + _HEADING_ROOM)
        found: list[tuple[int, SectionKind | None]] = [
            (match.start(), kind)
            for kind, words in cues.HEADINGS
            if (match := words.search(self.normal.text, unit.a, room))
        ]
        long_item = unit.listed and not unit.numbered and not unit.colon and unit.words > _SHORT_HEADING
        if found and not long_item:
            first, kind = min(found, key=lambda one: one[0])
            reached = cues.MAY_BE_DONE.search(self.normal.text, unit.a, first)
            planned = cues.PLANS.search(self.normal.text, unit.a, first)
            # "Chi bộ hoàn thành mọi chỉ tiêu, trong đó:" (met all targets, among them).
            self.section = self.before = (
                "achievement" if reached and not planned and kind == "directive" else kind
            )
            self.listing = False
            return True
        return (
            (unit.numbered and (unit.colon or unit.words <= _SHORT_HEADING)) or (about and not unit.stops)
        ) and not within(self.counts, unit.at, unit.end)

    def _is_caption(self, unit: Unit) -> bool:
        """Whether a line of its own without a stop is a caption, a byline or links; it changes nothing."""
        if not unit.alone or unit.stops or unit.colon:
            return False
        content = within(self.counts, unit.at, unit.end) or cues.DONE.search(self.normal.text, unit.a, unit.b)
        if unit.among_prose and not unit.listed and not content:
            return True
        if any(map(runs_together, self.normal.original[unit.at : unit.end].split())):
            return True
        if unit.end - unit.at > _LONG_LINE or (unit.listed and unit.words >= _SHORTEST_ITEM):
            return False
        in_list = self.section is not None and unit.words >= _SHORTEST_SENTENCE
        if not in_list and not (self.before and within(self.counts, unit.at, unit.end)):
            return True
        plain = sum(word.islower() for word in self.normal.original[unit.at : unit.end].split())
        return plain * 2 < unit.words or cues.SIGNED.search(self.normal.text, unit.a, unit.b) is not None

    def _kind(self, unit: Unit) -> SectionKind | None:
        normal, a, b = self.normal, unit.a, unit.b
        in_list = unit.listed and (self.section or self.listing)
        if unit.words < (_SHORTEST_ITEM if in_list else _SHORTEST_SENTENCE):
            return None
        inside = within(self.counts, unit.at, unit.end)
        if course := cues.ACCORDING_TO.match(normal.text, a, b):
            a = course.end()
        person = course is None and self._person_opens(unit)
        meets = cues.MEETS.match(normal.text, a, b)
        speaks = course or person or meets or cues.REPORTED.search(normal.text, a, b)
        says = cues.SAYS.search(normal.text, a, min(b, a + _SPEECH)) if speaks else None
        praises = says and cues.PRAISES.match(normal.text, says.start(), b)
        but = cues.SAYS_BUT.search(normal.text, praises.end(), b) if praises else None
        says = but or says
        asks = cues.TO_DO.search(normal.text, a, b)
        if self.held and unit.at <= self.held[0] < unit.end:
            return self._at_the_meeting(a, b, inside)
        fields = cues.COURSE_OPENS.match(normal.text, a, b) and cues.FIELDS.search(normal.text, a, b)
        if cues.NO_CONTENT_OPENS.match(normal.text, a, b) or (fields and not inside):
            return None
        aims = cues.SETS_AIMS.search(normal.text, a, b)
        done = cues.DONE.search(normal.text, a, b)
        if aims and not (done and done.start() < aims.start()):
            return "directive"
        if asks and (speaks or self.before == "directive" or asks.start() - a < _HEADING_ROOM):
            return "directive"
        listed_result = unit.listed and self.section == "achievement" and not person
        if not listed_result and not but and self._course(unit, bool(person or meets), says):
            return self._at_the_meeting(a, b, inside)
        a = says.end() if says else a
        if says and (but or normal.text[a - 1] == ":"):
            words = normal.original[normal.origin(a) : unit.end].lstrip()
            self.spoken_from = TextOffset(unit.end - len(words))
        if cues.NO_CONTENT_OPENS.match(normal.text, a, b) or cues.NO_CONTENT.search(normal.text, a, b):
            return None
        if self.section != "directive" and not done and cues.COMPOSED.match(normal.text, a, b):
            return None
        own, sure = self._own(a, b, inside)
        if (
            (self.before == "shortcoming" and cues.CAUSE_OF_LAST.match(normal.text, unit.a, b))
            or cues.CAUSE_OPENS.match(normal.text, unit.a, b)
            or cues.CAUSE_ENDS.search(normal.text, a, b)
        ):
            own, sure = "cause", True
        if self.section == "directive":
            return "directive"
        if sure:
            return own
        if kept := self.section or self.line:
            return kept
        if self.before in ("shortcoming", "cause") and not in_list:
            return own if unit.opens else None
        goes_on = not unit.opens or unit.listed or self.listing or own is not None
        return self.before if self.before and goes_on else own

    def _at_the_meeting(self, a: int, b: int, inside: Sequence[NumberReading]) -> SectionKind | None:
        """What a sentence about the meeting says of the work: grades and rewards that were made known there."""
        self.section = None
        text = self.normal.text
        rewards = not cues.ATTENDS.match(text, a, b) and cues.REWARDS.search(text, a, b)
        course = [count for count in inside if count.status == "result" and (count.grade or rewards)]
        return self._led_in(a, b) or ("achievement" if course else None)

    def _course(self, unit: Unit, acts: bool, says: re.Match[str] | None) -> bool:
        """Whether a sentence tells of the meeting's course, and not of the work that it looked at."""
        text, a, b = self.normal.text, unit.a, unit.b
        opens = cues.COURSE_OPENS.match(text, a, b) is not None
        if (
            cues.COURSE.search(text, a, min(b, a + _COURSE_ROOM))
            or cues.COURSE_ENDS.search(text, a, b)
            or cues.ONLY_NAMED.search(text, a, b)
        ):
            return says is None or text[says.end() - 1] != ":"
        return (acts or opens) and (says is None or cues.PRAISES.match(text, says.start(), b) is not None)

    def _led_in(self, a: int, b: int) -> SectionKind | None:
        """What stands behind the colon of a sentence about the meeting: "nghe báo cáo với kết quả: …" (results)."""
        text = self.normal.text
        colon = text.find(": ", a, b)
        if colon < 0 or len(text[colon:b].split()) < _SHORTEST_LED_IN:
            return None
        if cues.STRIVES.search(text, a, colon):
            return "directive"
        found: list[tuple[int, SectionKind | None]] = [
            (match.start(), kind) for kind, words in cues.HEADINGS for match in words.finditer(text, a, colon)
        ]
        return max(found, key=lambda one: one[0], default=(a, None))[1]

    def _person_opens(self, unit: Unit) -> bool:
        named = within(self.mentions, unit.at, unit.end)
        if named and named[0].at == self.normal.origin(unit.a):
            return True
        opens = cues.PERSON_OPENS.match(self.normal.text, unit.a, unit.b)
        if opens is None:
            return False
        says = opens[1] or cues.SAYS.search(self.normal.text, opens.end(), min(unit.b, unit.a + _SPEECH))
        return bool(says or (named and named[0].at - unit.at < _OPENING))

    def _own(self, a: int, b: int, inside: Sequence[NumberReading]) -> tuple[SectionKind | None, bool]:
        """What the words from `a` to `b` say by themselves, and whether they say it for sure."""
        text = self.normal.text
        why = cues.CAUSES.search(text, a, b)
        if self._falls_short(a, why.start() if why else b):
            return "shortcoming", True
        if why:
            return "cause", True
        done, plans = cues.DONE.search(text, a, b), cues.PLANS.search(text, a, b)
        if cues.PLANS_OPENS.match(text, a, b) or (plans and not (done and done.start() < plans.start())):
            return "directive", True
        years = [int(year[1] or year[2]) for year in _YEAR.finditer(text[a : min(b, a + _YEAR_ROOM)])]
        if self.planned and years and years[0] >= self.planned and not done:
            return "directive", True
        if done or (self.reviewed and self.reviewed in years):
            return "achievement", True
        if inside and all(count.status == "target" for count in inside):
            return "directive", True
        if cues.IMPERATIVE.match(text, a, b):
            return self.before or ("achievement" if inside else "directive"), False
        return ("achievement" if inside or cues.MAY_BE_DONE.search(text, a, b) else None), False

    def _falls_short(self, a: int, b: int) -> bool:
        text = self.normal.text
        if concedes := cues.CONCEDES.match(text, a, b):
            a = concedes.end()
        dealt_with = [match.span() for match in cues.ENFORCED.finditer(text, a, b)]
        lacks = any(
            not any(begins <= lack.start() < ends for begins, ends in dealt_with)
            for lack in cues.FALLS_SHORT.finditer(text, a, b)
        )
        if cues.CONTRASTS.match(text, a, b) and cues.TROUBLES.search(text, a, b):
            return lacks or not cues.DONE.search(text, a, b)
        return lacks and not (cues.MENDED.search(text, a, b) or cues.NO_SHORTCOMING.search(text, a, b))

    def _limits_named(self, unit: Unit) -> Iterator[Labelled]:
        """Yield what is asked for, and apart the limits it names: "khắc phục hạn chế như …" (such limits as)."""
        names = cues.NAMES_LIMITS.search(self.normal.text, unit.a, unit.b)
        if names and self._falls_short(names.end(1), unit.b):
            yield Labelled(self.spoken_from, self.normal.origin(names.end()), "directive")
            yield Labelled(self.normal.origin(names.end(1)), unit.end, "shortcoming")

    def _clauses(self, unit: Unit, kind: SectionKind) -> Iterator[Labelled]:
        """Yield the clauses of a sentence of more than one kind: what fell short, why, and what was done."""
        text, begun = self.normal.text, max(unit.a, self.normal.offset(self.spoken_from))
        cuts = list(_CLAUSE_ENDS.finditer(text, begun, unit.b))
        if not cuts or not cues.FALLS_SHORT.search(text, begun, unit.b):
            return
        if cues.CONCEDES.match(text, unit.a, unit.b) or cues.GRADED.search(text, unit.a, unit.b):
            return
        contrasts = cues.CONTRASTS.match(text, unit.a, unit.b)
        clauses = [
            *zip([begun, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), unit.b], strict=True)
        ]
        kinds: list[SectionKind | None] = []
        for a, b in clauses:
            if "cause" in kinds or cues.CAUSE_OPENS.match(text, a, b):
                kinds.append("cause")
            elif self._falls_short(a, b):
                kinds.append("shortcoming")
            else:
                done = cues.DONE.search(text, a, b) or cues.MAY_BE_DONE.search(text, a, b)
                kinds.append("achievement" if done and not contrasts else None)
        for index, mark in enumerate(cuts):
            if mark[0].strip() == "nên" and kinds[index + 1] == "shortcoming" != kinds[index]:
                kinds[index] = "cause"
        if len({one for one in kinds if one}) < 2:
            return
        for index, ((a, b), own) in enumerate(zip(clauses, kinds, strict=True)):
            # What no clause before it tells of only leads to the limits.
            own = own or (kind if kind != "shortcoming" or any(kinds[:index]) else None)
            at, end = self.normal.origin(a), self.normal.origin(b)
            if words := self.normal.original[at:end].rstrip():
                yield Labelled(at, at + len(words), own)
