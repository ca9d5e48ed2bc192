"""Sums: which numbers of reports may be added, what they come to, and which numbers each sum is made of.

The rule. A sum adds *figures*: of one article at most one figure of a kind, the number that stands for it. A kind is
a subject with a grade, results apart from targets, and a unit (people, đồng, USD…). Of the counts of a report, a
figure is never made from

- a percentage (`percent`), an average, a rate or what each one has (`average`: 75 triệu đồng/người), an increase or
  a shortage (`change`), a reading that is in doubt (`doubtful`), a grade of several years (`years`: xuất sắc 5 năm
  liền);
- another body's number (`other_body`): `whose` says so, it is one of so many, an example, what one person named, a
  wider area or the body's siblings have, or the areas within another (`7 thôn trong xã` of a school), or an award to
  bodies or people given by somebody else than the body that met, where nothing says whose the rewarded ones are ("17
  chi, đảng bộ được Đảng ủy Khối tặng Giấy khen");
- a second mention of a fact (`repeat`): `repeats` says so, or subject, grade and value are equal and, without a
  grade, the counted words and the heading are too;
- a part whose whole is in the same kind (`part`): `part_of` says so, or it is an award beside the graded
  number that it was chosen from ("27 đảng viên hoàn thành xuất sắc … khen thưởng 10 đảng viên");
- a number beside a greater one that is said to be of all that the body has (`unrelated`: `hiện có 342 đảng viên`
  may have those in it who were admitted, and not those who left), or one without a grade and a reward that is less
  than were graded (`5 chi bộ khá` beside `49 chi bộ vững mạnh`);
- a graded number that holds another grade as a part, or one of bodies and people together (`186 tập thể và cá
  nhân`), of which the parts stand in its place (`whole`);
- a grade of a list that has more than were graded, where one must hold another only that one, or a fact that the
  article gives with two values (`contradicted`, by the findings). A whole that its parts do not sum to stands: the
  article states it.

Where several numbers of one kind are left, one of them perhaps in doubt (but no more than all that the body has),
nothing says whether they overlap, and none of them is a figure (`unrelated`), nor, without the body's name before it
(`Ngành Y tế: 9 tập thể`), of bodies or people beside others that somebody else rewarded; nor is one of comrades (`34
đồng chí`) of whom nothing else is said. Five cases are known: prizes or papers of one list (`47 giải cấp huyện; 6
giải cấp tỉnh`) and prizes of different contests, members and their alternates, parts that with their siblings make up
one whole, and numbers that each have their share of all of them beside them (`10 tiết = 22%`); these add up to the
kind's figure. Numbers with a grade are parts of the one without, so a subject's total is either the figure without a
grade or the sum of the graded ones, never both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from summarizer.outputs.adding import (
    Context,
    are_members_and_alternates,
    are_of_different_contests,
    are_of_different_sorts,
    are_shares_of_one_whole,
    is_fraction_of,
    is_mixed,
    is_rewarded,
    is_unnamed,
)
from summarizer.outputs.organizations import name_key, same_body
from summarizer.schemas.report import Count, Grade, MeetingReport, Status, Subject

Omission = Literal[
    "percent", "average", "change", "doubtful", "years", "other_body",
    "repeat", "part", "whole", "contradicted", "unrelated",
]  # fmt: skip
GRADED: tuple[Grade, ...] = ("excellent", "good", "completed", "not_completed")
"""The grades of one scale, which exclude each other; `clean_strong` is another scale, `unrated` is no grade."""


class Kind(NamedTuple):
    """What may be added to each other: `unit` is `count`, `money` (đồng) or a currency's code."""

    subject: Subject
    grade: Grade | None
    status: Status
    unit: str

    @classmethod
    def of(cls, count: Count) -> Kind:
        """Return the kind of a count."""
        return cls(count.subject, count.grade, count.status, count.currency or count.unit)


@dataclass(frozen=True, slots=True)
class Figure:
    """What an article says of a kind in all: one number, or several that add up, with all mentions of them."""

    counts: tuple[Count, ...]
    mentions: tuple[Count, ...]

    @property
    def count(self) -> Count:
        """The first number."""
        return self.counts[0]

    @property
    def value(self) -> int | float:
        """The sum of the numbers."""
        return sum(count.value for count in self.counts)


@dataclass(frozen=True, slots=True)
class Omitted:
    """A count that no sum holds, and why."""

    count: Count
    why: Omission


@dataclass(frozen=True, slots=True)
class Figures:
    """What one report gives to sums: a figure for each kind that has one, and the counts that are in none."""

    by_kind: Mapping[Kind, Figure]
    omitted: tuple[Omitted, ...]

    @property
    def of_several(self) -> dict[Kind, Figure]:
        """The figures of kinds that have several numbers: what one article's reader could not see from one number."""
        left_out = {Kind.of(one.count) for one in self.omitted}
        return {kind: one for kind, one in self.by_kind.items() if len(one.counts) > 1 or kind in left_out}


def figures_of(report: MeetingReport) -> Figures:
    """Return the figures of a report and what was left out of them, by the rule above; both in the article's order.

    Equal reports give equal figures; nothing is read but the report.
    """
    by_place = {count.at: count for count in report.counts}
    omitted: dict[int, Omission] = {}
    contradicted = _contradicted(report, by_place)
    for count in report.counts:
        if why := _unfit(count, report.organization):
            omitted[count.at] = why
        elif omitted.get(_origin(count, by_place)) == "other_body":
            omitted[count.at] = "other_body"
        elif not contradicted.isdisjoint(_facts(count, by_place)):
            omitted[count.at] = "contradicted"
    fit = [count for count in report.counts if count.at not in omitted]
    mentions = _mentions(fit, by_place, omitted)
    standing = [count for count in fit if count.at in mentions]
    _leave_out_parts(standing, mentions, by_place, omitted)
    in_doubt = _kinds_in_doubt(report.counts, by_place, {_origin(count, by_place) for count in fit})
    rewarded: defaultdict[Kind, set[int | float]] = defaultdict(set)
    for count in report.counts:
        if _may_be_own(count, omitted.get(count.at)):
            rewarded[Kind.of(count)].add(count.value)
    grouped: defaultdict[Kind, list[Count]] = defaultdict(list)
    for count in standing:
        if count.at not in omitted:
            grouped[Kind.of(count)].append(count)
    figures: dict[Kind, Figure] = {}
    for kind, counts in grouped.items():
        others = rewarded[kind] - {counts[0].value}  # who hands over what the body gives is no other giver
        overlaps = others and not all(_is_headed(count, report.organization) for count in counts)
        most = in_doubt.get(kind, 0)
        certain = not most or (
            len(counts) == 1 and most <= counts[0].value and Context(counts[0]).is_of_all()
        )
        if certain and not overlaps and _may_be_added(counts, report.counts):
            every = (mention for count in counts for mention in mentions[count.at])
            figures[kind] = Figure(tuple(counts), tuple(every))
        else:
            omitted.update((count.at, "unrelated") for count in counts)
    for kind in [kind for kind in figures if _is_less_than_graded(kind, figures, report.counts)]:
        omitted.update((count.at, "unrelated") for count in figures.pop(kind).mentions)
    left = (Omitted(count, omitted[count.at]) for count in report.counts if count.at in omitted)
    return Figures(figures, tuple(left))


def _is_less_than_graded(kind: Kind, figures: Mapping[Kind, Figure], counts: Iterable[Count]) -> bool:
    """Return whether a figure without a grade and a reward is less than were graded: it is not of all.

    Graded are as many as one number with a grade says, of the report's `counts`, and as the scale's grades together.
    """
    figure = figures[kind]
    if kind.grade is not None or any(count.given_by for count in figure.counts):
        return False
    graded = [one.value for one in counts if one.grade and Kind.of(one)._replace(grade=None) == kind]
    scale = (one for of, one in figures.items() if of.grade in GRADED and of._replace(grade=None) == kind)
    return figure.value < max(*graded, sum(one.value for one in scale), 0)


def _kinds_in_doubt(
    counts: Iterable[Count], by_place: Mapping[int, Count], facts: Collection[int]
) -> dict[Kind, int | float]:
    """Return the greatest number in doubt of each kind that it may be of: by either reading, but no part, no repeat.

    `facts` are the places of the first mentions of what is not in doubt.
    """
    greatest: dict[Kind, int | float] = {}
    for count in counts:
        related = count.part_of in by_place or _origin(count, by_place) in facts
        if count.certainty != "doubtful" or count.unit == "percent" or count.direction or related:
            continue
        read = [(one.subject, one.grade) for one in count.readings if one.subject]
        for subject, grade in ((count.subject, count.grade), *read):
            kind = Kind.of(count)._replace(subject=subject, grade=grade)
            greatest[kind] = max(count.value, greatest.get(kind, 0))
    return greatest


def _may_be_added(counts: Sequence[Count], every: Sequence[Count]) -> bool:
    """Return whether numbers of one kind are one number, or known to overlap nowhere; `every` are the report's."""
    if are_members_and_alternates(counts):  # comrades beside alternates are delegates
        return True
    groups = [[*group] for _, group in groupby(counts, key=lambda count: count.sentence.at)]
    if len(groups) > 1 and are_of_different_contests(groups):
        return all(_may_be_added(group, every) for group in groups)
    return not any(map(is_unnamed, counts)) and (
        len(counts) == 1
        or are_of_different_sorts(counts)
        or _make_up_one(counts, every)
        or are_shares_of_one_whole(counts, every)
    )


def _make_up_one(counts: Sequence[Count], every: Sequence[Count]) -> bool:
    """Return whether numbers are parts of one total that is made up of them and its other parts exactly."""
    totals = {count.part_of for count in counts}
    whole = next((count for count in every if count.at in totals), None)
    parts = [count for count in every if count.part_of in totals]
    return len(totals) == 1 and whole is not None and sum(part.value for part in parts) == whole.value


def _contradicted(report: MeetingReport, by_place: Mapping[int, Count]) -> set[object]:
    """Return the facts of which the article tells no one number: two values of one, and grades of too many.

    Where one grade holding another explains these, the suspected one alone is such; so it is in reports of an earlier
    version, which do not say.
    """
    facts: set[object] = set()
    for finding in report.findings:
        codes = {notice.code for notice in finding.notices}
        alone = finding.kind == "grade_total" and (not codes or "within" in codes)
        for place in finding.places[: 1 if alone else None]:
            count = by_place.get(place.at)
            if count and (finding.kind == "same_fact" or (finding.kind == "grade_total" and count.grade)):
                facts.update(_facts(count, by_place))
    return facts


def _unfit(count: Count, organization: str | None) -> Omission | None:
    """Say why a count cannot be in a sum whatever else the article says; None where it can."""
    if count.unit == "percent":
        return "percent"
    context = Context(count)
    if context.is_average():
        return "average"
    if count.direction or context.is_earlier():
        return "change"
    if count.certainty == "doubtful":
        return "doubtful"
    if count.grade and context.is_of_years():
        return "years"
    others = context.is_of_others(organization) or _is_others(count, organization)
    return "other_body" if others else None


def _is_others(count: Count, organization: str | None) -> bool:
    if count.whose:
        return not same_body(count.whose, organization)
    return is_rewarded(count) and not same_body(count.given_by or "", organization)


def _may_be_own(count: Count, why: Omission | None) -> bool:
    """Return whether a number may be of some of the body's own bodies or people, whom another body has rewarded."""
    of_all_sorts = count.subject in ("collective", "individual")
    return why == "other_body" and of_all_sorts and count.whose is None and is_rewarded(count)


def _is_headed(count: Count, organization: str | None) -> bool:
    """Return whether a number's sentence begins with the body's name and a colon (`Ngành Y tế: 9 tập thể …`)."""
    lead, colon, _ = count.sentence.text[: max(0, count.at - count.sentence.at)].partition(":")
    return bool(colon and organization) and name_key(lead) == name_key(organization or "")


def _mentions(
    counts: Sequence[Count], by_place: Mapping[int, Count], omitted: dict[int, Omission]
) -> dict[int, list[Count]]:
    """Return the mentions of each fact by the place of the first, and leave the others out as repeats."""
    first: dict[object, Count] = {}
    mentions: dict[int, list[Count]] = {}
    for count in counts:
        facts = _facts(count, by_place)
        known = next((first[fact] for fact in facts if fact in first), None)
        for fact in facts:
            first.setdefault(fact, known or count)
        if known is None:
            mentions[count.at] = [count]
        else:
            mentions[known.at].append(count)
            omitted[count.at] = "repeat"
    return mentions


def _origin(count: Count, by_place: Mapping[int, Count]) -> int:
    """Return the place of the first mention of a count's fact, by `repeats`."""
    seen = {count.at}
    at = count.repeats
    while at is not None and at not in seen:
        seen.add(at)
        count = by_place.get(at, count)
        at = count.repeats
    return count.at if at is None else min(seen)


def _facts(count: Count, by_place: Mapping[int, Count]) -> list[object]:
    """Return what tells a count's fact, of which any is equal for mentions of one fact.

    It is the place of the first mention, and, where nothing is said of another, the kind with value and words.
    """
    origin, kind = _origin(count, by_place), (Kind.of(count), count.value)
    if count.repeats is not None:
        return [origin]
    if count.grade:
        return [origin, kind]
    words = " ".join(count.counted.casefold().split())
    return [origin, (kind, count.total, words, count.heading, count.part_of)]


def _leave_out_parts(
    counts: Sequence[Count],
    mentions: Mapping[int, Sequence[Count]],
    by_place: Mapping[int, Count],
    omitted: dict[int, Omission],
) -> None:
    # A part is no figure even where its whole is in no sum; nor is a grade that holds another, however sure that is.
    omitted.update((count.at, "whole") for count in counts if is_mixed(count))
    for count in by_place.values():
        for whole in _wholes(count, by_place):
            if is_mixed(whole):
                break
            if Kind.of(whole) == Kind.of(count):
                omitted.setdefault(count.at, "part")
            elif {whole.grade, count.grade} <= {*GRADED} and whole.subject == count.subject:
                omitted.setdefault(whole.at, "whole")
    alike: defaultdict[Kind, list[Count]] = defaultdict(list)
    for count in counts:
        if count.at not in omitted:
            alike[Kind.of(count)].append(count)
    for kind, same in alike.items():
        if kind.grade is None:
            whole = max(same, key=attrgetter("value"))
            equal = [one for one in same if one.value == whole.value]
            of_all = kind.status == "result" and any(
                Context(mention).is_of_all() for one in equal for mention in mentions[one.at]
            )
            for one in same if of_all else ():
                if one is not whole:
                    omitted[one.at] = "repeat" if one in equal else "unrelated"
            fractions = [one for one in same if one.total and any(is_fraction_of(one, of) for of in same)]
            omitted.update((one.at, "part") for one in fractions)
            continue
        most = max((count.value for count in same if not count.given_by), default=None)
        for count in same:
            if most is not None and count.given_by and count.value <= most:
                omitted[count.at] = "part"


def _wholes(count: Count, by_place: Mapping[int, Count]) -> Iterator[Count]:
    """Yield what a count is a part of, its repeats resolved, from the nearest whole outwards."""
    seen = {count.at}
    while count.part_of is not None and (whole := by_place.get(count.part_of)) and whole.at not in seen:
        whole = by_place.get(_origin(whole, by_place), whole)
        if whole.at in seen:
            return
        seen.add(whole.at)
        yield whole
        count = whole


def year_of(report: MeetingReport) -> int | None:
    """Return the year that an article's figures belong to: the one reviewed, else that of the meeting."""
    if report.period is not None:
        return report.period
    return int(report.date_held[:4]) if report.date_held else None
