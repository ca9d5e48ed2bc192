"""Checks a label against its article: nothing misplaced, misread, doubled or left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pydantic import BaseModel

from evals.gold import Excluded, Gold, GoldCount, GoldParts, LabelledArticle
from evals.reading import multiplier_after, possible_readings, reads_as
from evals.wording import Places, normalized

__all__ = ("check_label",)

_DIGITS = re.compile(r"\d+")
_MONEY_MULTIPLIERS = frozenset({1, 10**3, 10**6, 10**9, 10**12})


def check_label(labelled: LabelledArticle) -> list[str]:
    """Return what is wrong with an article's label, one line each with its offset; empty where it holds.

    Offsets, texts and values are checked against the article, entries against each other, and every number
    that no entry holds is named: digits by this module's own reading where `excluded` was labelled, and
    whatever the summarizer's number finder takes for a possible count. Of the parts, places are checked, that every
    name and wording stands in the article, and that no two entries say the same or what another denies.
    """
    gold, text = labelled.gold, labelled.text
    problems = [*_unknown_keys(gold), *_header_problems(gold)]
    for entry in gold.counts:
        problems += _place_problems(entry, text) or _value_problems(entry, text)
    for entry in gold.excluded or ():
        problems += _place_problems(entry, text)
    problems += _overlaps([*gold.counts, *(gold.excluded or ())])
    problems += _finding_problems(gold)
    problems += _uncovered(gold, text)
    if labelled.parts is not None:
        problems += _part_problems(labelled.parts, gold, text)
    return problems


def _unknown_keys(gold: Gold) -> Iterator[str]:
    yield from _unknown((gold, *gold.counts, *(gold.excluded or ()), *(gold.findings or ())))


def _unknown(parts: Iterable[BaseModel]) -> Iterator[str]:
    for part in parts:
        if part.model_extra:
            yield f"unknown key {', '.join(map(repr, part.model_extra))} in {type(part).__name__}"


def _header_problems(gold: Gold) -> Iterator[str]:
    if not gold.organization:
        yield "organization: no accepted wording"
    if gold.date_held and gold.date_published and gold.date_held > gold.date_published:
        yield f"date_held {gold.date_held} is later than date_published {gold.date_published}"


def _place_problems(entry: GoldCount | Excluded, text: str) -> list[str]:
    found = text[entry.at : entry.end]
    if found != entry.text:
        return [f"{entry.at}: {entry.text!r} does not stand there, {found!r} does"]
    inside = (entry.at > 0 and text[entry.at - 1].isdigit() and entry.text[0].isdigit()) or (
        entry.text[-1].isdigit() and re.match(r"\d|[.,]\d{3}(?!\d)", text[entry.end : entry.end + 5])
    )
    return [f"{entry.at}: {entry.text!r} is only a part of the number there"] if inside else []


def _value_problems(count: GoldCount, text: str) -> list[str]:
    times = multiplier_after(text[count.end :])
    # "2,5 hoặc 3 tỷ đồng": the word of magnitude may stand times the last number of a range.
    multipliers = _MONEY_MULTIPLIERS if times == 1 and count.unit == "money" else {times}
    if reads_as(count.text, multipliers, count.value, count.total):
        return [] if _unit_fits(count, text) else [f"{count.at}: unit {count.unit} does not fit the text"]
    readings = [_shown(value * times, total) for value, total in possible_readings(count.text)]
    read = " or ".join(sorted(readings)) or "as no number"
    return [f"{count.at}: {count.text!r} reads {read}, the label says {_shown(count.value, count.total)}"]


def _unit_fits(count: GoldCount, text: str) -> bool:
    percent = bool(re.match(r"\s*%", text[count.end :]))
    return not percent or count.unit == "percent"


def _overlaps(entries: Sequence[GoldCount | Excluded]) -> Iterator[str]:
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.end))
    for before, entry in pairwise(ordered):
        if entry.at < before.end:
            yield f"{entry.at}: {entry.text!r} overlaps {before.text!r} at {before.at}"


def _finding_problems(gold: Gold) -> Iterator[str]:
    places = {count.at for count in gold.counts}
    for finding in gold.findings or ():
        if strange := [at for at in finding.at if at not in places]:
            yield f"finding {finding.kind}: no count stands at {', '.join(map(str, strange))}"
        if len(set(finding.at)) < 2:
            yield f"finding {finding.kind}: needs two places at least"


def _uncovered(gold: Gold, text: str) -> Iterator[str]:
    entries = [*gold.counts, *(gold.excluded or ())]

    def covered(at: int, end: int) -> bool:
        return any(entry.at < end and at < entry.end for entry in entries)

    named: set[int] = set()
    if gold.excluded is not None:
        for digits in _DIGITS.finditer(text):
            if not covered(digits.start(), digits.end()):
                named.add(digits.start())
                yield f"{digits.start()}: {digits[0]!r} is neither a count nor excluded for a reason"
    from summarizer.article.article import take_apart
    from summarizer.sources.document import Document

    for number in take_apart(Document("", text)).numbers:
        if number.reason is None and number.at not in named and not covered(number.at, number.end):
            yield f"{number.at}: {number.text!r} is neither a count nor excluded for a reason"


def _part_problems(parts: GoldParts, gold: Gold, text: str) -> Iterator[str]:
    people, reports, recipients, elected = parts.people, parts.reports, parts.recipients, parts.elected
    yield from _unknown((parts, *people, *reports, *recipients, *elected, *parts.sections, parts.summary))
    if parts.article != gold.article:
        yield f"parts: of {parts.article}, the counts of {gold.article}"
    yield from _absent(parts, Places(text))
    yield from _section_problems(parts, text)
    names = [normalized(person.name) for person in people]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"people: {name} is there twice"
    chairs = {normalized(person.name) for person in people if "chair" in person.roles}
    if chairs != {normalized(name) for name in gold.chairs}:
        yield f"people: the chairs are {', '.join(sorted(chairs)) or 'nobody'}, those of the header others"
    presenters = {normalized(person.name) for person in people if "presenter" in person.roles}
    for report in reports:
        if report.presenter is not None and normalized(report.presenter) not in presenters:
            yield f"reports: {report.presenter} presents one and is no presenter among the people"
    empty = [point for point in parts.summary.points if not point or not all(point)]
    if empty or not parts.summary.points:
        yield "summary: a point has no wording"
    wanted = {normalized(wording) for point in parts.summary.points for wording in point}
    for wording in parts.summary.never:
        if normalized(wording) in wanted:
            yield f"summary: {wording!r} is asked for and forbidden"


def _absent(parts: GoldParts, places: Places) -> Iterator[str]:
    """What is labelled and stands nowhere in the article: of several wordings one must, of offices every one."""
    anywhere: list[tuple[str, Sequence[str]]] = [
        (field, getattr(parts, field)) for field in ("kind", "parent", "place", "period_text")
    ]
    anywhere += [("people", (person.name,)) for person in parts.people]
    anywhere += [("people", (post,)) for person in parts.people for post in person.post]
    anywhere += [("reports", report.title) for report in parts.reports]
    anywhere += [("recipients", recipient.name) for recipient in parts.recipients]
    anywhere += [("elected", (one.name,)) for one in parts.elected]
    for part, wordings in anywhere:
        if wordings and not any(places.find(wording) for wording in wordings):
            yield f"{part}: {wordings[0]!r} does not stand in the article"


def _section_problems(parts: GoldParts, text: str) -> Iterator[str]:
    seen: set[tuple[str, int]] = set()
    for section in parts.sections:
        if text[section.at : section.end] != section.text:
            yield f"{section.at}: the {section.kind} {section.text[:40]!r} does not stand there"
        if (section.kind, section.at) in seen:
            yield f"{section.at}: this {section.kind} is there twice"
        seen.add((section.kind, section.at))


def _shown(value: float, total: float | None) -> str:
    return f"{value:.15g}" + (f"/{total:.15g}" if total is not None else "")
