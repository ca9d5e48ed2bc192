"""The second question to a large model: everything of the report that is not a count.

People, bodies, titles and awards are copied and must stand in the article; sentences are pointed at by their marks;
dates are words of the article that code reads; the summary holds marks for numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ConfigDict, Field

from summarizer.article.article import Article
from summarizer.article.dates import Date
from summarizer.article.normalize import in_one_form
from summarizer.model.anchoring import Anchors, text_of
from summarizer.model.marking import MarkedArticle
from summarizer.model.questions import Closed, Response, read_loosely
from summarizer.model.summaries import summary_faults, with_numbers
from summarizer.schemas.labels import labels, left_out
from summarizer.schemas.reading import SECTION_KINDS, Form, HeaderReading, Reading, SectionKind
from summarizer.schemas.report import (
    Elected,
    LeftOut,
    Notice,
    Person,
    Place,
    PresentedReport,
    Quotation,
    Recipient,
    Role,
)

_SHOWN = 60
"""Characters of a copy that is left out which a reader is shown."""
_LONGEST_NAME = 12
"""Words of a person's name with its titles."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCHOOL_YEAR = re.compile(r"năm học|niên học|học kỳ|học kì", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:đến|tới) nay", re.IGNORECASE)
"""A period that has no end yet (từ năm 2021 đến nay: from 2021 until now) is several years."""
_PART_OF_YEAR = re.compile(r"\b(?:tháng|quý)\b", re.IGNORECASE)
_AT_ITS_BEGINNING = re.compile(r"đầu năm", re.IGNORECASE)
_LAST_MONTH_LOOKING_BACK = "02"
"""The last month (ISO) whose meetings review the year before: "quý IV", said in January or February."""
_TERM = re.compile(r"nhiệm k[ỳì]|giai đoạn|khóa|khoá", re.IGNORECASE)


class PersonAnswer(Closed):
    """Someone named, with the part that they had."""

    name: str
    roles: list[Role]
    post: str | None = None


class ReportAnswer(Closed):
    """A report that was presented or adopted."""

    title: str
    presenter: str | None = None


class RecipientAnswer(Closed):
    """Somebody, by name, who was rewarded."""

    name: str
    award: str | None = None
    given_by: str | None = None


class ElectedAnswer(Closed):
    """Somebody elected or appointed."""

    name: str
    post: str | None = None
    vote: str | None = None


class SectionsAnswer(Closed):
    """The marks of the clauses of each kind."""

    achievement: list[int] = Field(default_factory=list)
    shortcoming: list[int] = Field(default_factory=list)
    cause: list[int] = Field(default_factory=list)
    directive: list[int] = Field(default_factory=list)


class MeetingAnswer(Response):
    """The answer, the same schema for every article."""

    model_config = ConfigDict(title="Meeting")

    meeting: bool
    kind: str | None = None
    organization: str | None
    parent: str | None = None
    place: str | None = None
    form: Form | None = None
    date_held: str | None = None
    year_held: str | None = None
    period: str | None = None
    people: list[PersonAnswer]
    reports: list[ReportAnswer] = Field(default_factory=list)
    recipients: list[RecipientAnswer] = Field(default_factory=list)
    elected: list[ElectedAnswer] = Field(default_factory=list)
    sections: SectionsAnswer
    summary: str


_COPIED = ("kind", "organization", "parent", "place", "period")
"""The fields of the header that a model copies; the words of the date are read by code besides."""


def meeting_faults(answer: MeetingAnswer, marked: MarkedArticle) -> list[str]:
    """Return what of an answer does not hold, in short Vietnamese lines."""
    faults = [*_copies_faults(answer, marked.anchors), *summary_faults(answer.summary, marked)]
    return [*map(labels("vi").notice, faults)]


def _copies_faults(answer: MeetingAnswer, anchors: Anchors, most: int | None = None) -> Iterator[Notice]:
    """Yield what an answer copied that does not stand in the article, of each copy `most` characters."""
    for name in (*_COPIED, "date_held"):
        copied = getattr(answer, name)
        if copied and not anchors.has_words(copied):
            yield Notice(code="field_not_in_article", values={"field": name, "words": copied[:most]})
    names = dict.fromkeys(one.name for one in (*answer.people, *answer.elected))
    wrong = [name for name in names if not _person(name, anchors)]
    # Who presented may be named by the office alone (hiệu trưởng: the headmaster): then nobody is named.
    presenters = dict.fromkeys(one.presenter for one in answer.reports if one.presenter not in names)
    wrong += [presenter for presenter in presenters if presenter and not anchors.place(presenter)]
    yield from (Notice(code="no_such_person", values={"words": name[:most]}) for name in wrong)
    for recipient in answer.recipients:
        if not anchors.place_in_list(recipient.name):
            yield Notice(code="name_not_in_article", values={"words": recipient.name[:most]})
    for report in answer.reports:
        if not anchors.has_words(report.title):
            yield Notice(code="report_not_in_article", values={"words": report.title[:most]})


def meeting_that_holds(raw: Mapping[str, Any], marked: MarkedArticle) -> Reading:
    """Return what holds of an answer that failed its checks, with what does not, and why, in `left_out`.

    Parts that could not be read at all are None, so that the other reader's stand.
    """
    answer, lost = read_loosely(
        MeetingAnswer, raw, meeting=False, organization=None, people=[], sections={}, summary=""
    )
    faults = summary_faults(answer.summary, marked) if answer.summary else [Notice(code="no_summary")]
    missed = [left_out("meeting", "", why) for why in _copies_faults(answer, marked.anchors, _SHOWN)]
    missed += [left_out("summary", "", why) for why in faults]
    reading = meeting_reading(answer, marked)
    unread: dict[str, Any] = dict.fromkeys(lost & {"people", "reports", "recipients", "elected", "sections"})
    if "meeting" in lost:
        unread["header"] = None
    if faults:
        unread["summary"] = None
    return replace(reading, **unread, left_out=(*missed, *reading.left_out))


def meeting_reading(answer: MeetingAnswer, marked: MarkedArticle) -> Reading:
    """Return an answer as a reading, with the article's own words; what does not stand there is left out."""
    anchors = marked.anchors
    return Reading(
        by="model",
        header=_header(answer, marked.article, anchors),
        people=tuple(_people(answer, anchors)),
        reports=tuple(_reports(answer, anchors)),
        recipients=tuple(_recipients(answer, anchors)),
        elected=tuple(_elected(answer, anchors)),
        sections=_sections(answer.sections, marked),
        summary=with_numbers(answer.summary, marked),
        left_out=tuple(_uncopied(answer, anchors)),
    )


# The header


def _header(answer: MeetingAnswer, article: Article, anchors: Anchors) -> HeaderReading:
    fields: dict[str, Any] = {}
    found: dict[str, tuple[Place, ...]] = {}
    # The body is always one that is not read: one that acts is in every article, whether or not a model takes it for
    # the one that is asked for.
    unread = {"organization"}
    for name in _COPIED:
        words = getattr(answer, name)
        fields[name] = anchors.copy(words)
        if place := words and anchors.place(words):
            found[name] = (place,)
        if words and not fields[name]:
            unread.add(name)
    held = _days(answer, article, anchors)
    days = [iso for day in held if (iso := day.iso)]
    if held:
        found["date_held"] = (Place(at=held[0].at, text=held[0].text),)
    if answer.date_held and not days:
        unread |= {"date_held", "date_held_end"}
    period = fields.pop("period")
    if "period" in found:
        found["period_text"] = found["period"]
    if "period" in unread:
        unread.add("period_text")
    elif period and not _YEAR.search(period) and not _TERM.search(period):
        unread.add("period")
    if not answer.meeting:
        fields["kind"] = None
    return HeaderReading(
        meeting=answer.meeting,
        form=answer.form,
        **fields,
        date_held=days[0] if days else None,
        date_held_end=days[-1] if len(days) > 1 and days[-1] > days[0] else None,
        period=_period(period, days[0] if days else None),
        period_text=period,
        anchors=found,
        unread=frozenset(unread),
    )


def _days(answer: MeetingAnswer, article: Article, anchors: Anchors) -> list[Date]:
    """Return the days that stand in the words which the model gave for the day of the meeting, in order.

    A day without a year takes the one that the model gave, where that stands in the article.
    """
    dates = [date for date in article.dates if date.day is not None]
    within = (
        [date for date in dates if place.at <= date.at < place.end]
        for place in anchors.places(answer.date_held or "")
    )
    days = next(filter(None, within), [])
    year = _YEAR.search(answer.year_held or "")
    known = int(year.group()) if year and year.group() in article.text else None
    return [day if day.year or known is None else day._replace(year=known) for day in days]


def _period(words: str | None, held: str | None) -> int | None:
    """Return the year under review that these words name: of a school year its end, of several years none.

    Months or quarters without a year are of the year of the day `held` (ISO), or of the year before where that day is
    in January or February; `đầu năm` (6 tháng đầu năm: the first six months) is always of the year of the day.
    """
    if not words:
        return None
    years = sorted({int(year) for year in _YEAR.findall(words)})
    if not years:
        if held is None or not _PART_OF_YEAR.search(words) or _TERM.search(words):
            return None
        return int(held[:4]) - (held[5:7] <= _LAST_MONTH_LOOKING_BACK and not _AT_ITS_BEGINNING.search(words))
    if _SCHOOL_YEAR.search(words):
        return years[-1]
    if _TERM.search(words) or _GOES_ON.search(words) or len(years) > 1:
        return None
    return years[0]


# People, reports, recipients, elected


def _people(answer: MeetingAnswer, anchors: Anchors) -> Iterator[Person]:
    known: dict[str, Person] = {}
    for one in answer.people:
        place = _person(one.name, anchors)
        if place is None:
            continue
        name = text_of(place)
        before = known.get(in_one_form(name))
        roles: tuple[Role, ...] = tuple(dict.fromkeys((*(before.roles if before else ()), *one.roles)))
        post = anchors.copy(one.post, near=place.at) or (before.post if before else None)
        known[in_one_form(name)] = Person(name=name, at=place.at, post=post, roles=roles)
    yield from known.values()


def _person(name: str | None, anchors: Anchors, near: int = 0) -> Place | None:
    """Return where a person's name stands; None where nowhere, or where a number, a sentence, no name stands."""
    place = anchors.place(name, near=near) if name else None
    if place is None or not any(map(str.isupper, place.text)) or any(map(str.isdigit, place.text)):
        return None
    return place if len(place.text.split()) <= _LONGEST_NAME else None


def _uncopied(answer: MeetingAnswer, anchors: Anchors) -> Iterator[LeftOut]:
    """Yield the offices, awards and votes of an answer that do not stand in the article."""
    copies = [
        *(("people", one.name, (one.post,)) for one in answer.people),
        *(("recipients", one.name, (one.award, one.given_by)) for one in answer.recipients),
        *(("elected", one.name, (one.post, one.vote)) for one in answer.elected),
    ]
    for field, name, copied in copies:
        for words in copied:
            if words and not anchors.has_words(words):
                yield left_out(field, name, Notice(code="not_in_article", values={"words": words[:_SHOWN]}))


def _reports(answer: MeetingAnswer, anchors: Anchors) -> Iterator[PresentedReport]:
    for report in answer.reports:
        if place := anchors.place(report.title):
            presenter = _person(report.presenter, anchors, near=place.at)
            yield PresentedReport(
                at=place.at, text=place.text, presenter=text_of(presenter) if presenter else None
            )


def _recipients(answer: MeetingAnswer, anchors: Anchors) -> Iterator[Recipient]:
    known: dict[str, Recipient] = {}
    for one in answer.recipients:
        place = anchors.place_in_list(one.name)
        if place is None:
            continue
        before = known.get(in_one_form(place.text))
        awards = [before.award if before else None]
        awards += [anchors.copy(award, near=place.at) for award in (one.award or "").split(";")]
        known[in_one_form(place.text)] = Recipient(
            at=place.at,
            text=place.text,
            award="; ".join(dict.fromkeys(filter(None, awards))) or None,
            given_by=anchors.copy(one.given_by, near=place.at) or (before.given_by if before else None),
        )
    yield from known.values()


def _elected(answer: MeetingAnswer, anchors: Anchors) -> Iterator[Elected]:
    for one in answer.elected:
        if place := _person(one.name, anchors):
            post, vote = (anchors.copy(words, near=place.at) for words in (one.post, one.vote))
            yield Elected(name=text_of(place), at=place.at, post=post, vote=vote)


# Sections


def _sections(answer: SectionsAnswer, marked: MarkedArticle) -> dict[SectionKind, tuple[Quotation, ...]]:
    """Return the quotations of each kind: neighbouring clauses of one sentence and one kind are one."""
    text = marked.article.text
    sections: dict[SectionKind, tuple[Quotation, ...]] = {}
    for kind in SECTION_KINDS:
        runs: list[list[int]] = []
        for mark in sorted(set(getattr(answer, kind)) & marked.clauses.keys()):
            last = runs[-1][-1] if runs else 0
            if last == mark - 1 and last and marked.clauses[last].sentence == marked.clauses[mark].sentence:
                runs[-1].append(mark)
            else:
                runs.append([mark])
        spans = [(marked.clauses[run[0]].at, marked.clauses[run[-1]].end) for run in runs]
        sections[kind] = tuple(Quotation(at=at, text=text[at:end]) for at, end in spans)
    return sections
