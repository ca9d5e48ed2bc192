"""The second question to a large model: everything of the report that is not a count.

People, bodies, titles and awards are copied and must stand in the article; sentences are pointed at by their marks;
dates are words of the article that code reads; the summary holds marks for numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, get_args, get_origin

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from summarizer.article.article import Article
from summarizer.article.dates import Date
from summarizer.article.normalize import in_one_form
from summarizer.model.anchoring import Anchors
from summarizer.model.marking import MarkedArticle, unmarked
from summarizer.model.responses import Closed, Response
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

__all__ = ("MeetingAnswer", "meeting_faults", "meeting_reading", "read_loosely")

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


_COPIED: tuple[str, ...] = ("kind", "organization", "parent", "place", "date_held", "period")
_NOTHING: Mapping[str, Any] = {
    "meeting": False,
    **dict.fromkeys((*_COPIED, "form", "year_held")),
    "people": [],
    "reports": [],
    "recipients": [],
    "elected": [],
    "sections": {kind: [] for kind in SECTION_KINDS},
    "summary": "",
}


def meeting_faults(answer: MeetingAnswer, pieces: Sequence[MarkedArticle], anchors: Anchors) -> list[str]:
    """Return what of an answer does not hold, in short Vietnamese lines."""
    faults = [*_copies_faults(answer, anchors), *summary_faults(answer.summary, pieces, anchors)]
    return [*map(labels("vi").notice, faults)]


def read_loosely(raw: Mapping[str, Any]) -> tuple[MeetingAnswer, frozenset[str]]:
    """Return what can still be read of an answer that failed, and the names of the fields that cannot.

    A list keeps each item that parses.
    """
    kept: dict[str, Any] = {}
    for name, info in MeetingAnswer.model_fields.items():
        value = raw.get(name)
        if isinstance(value, list) and get_origin(info.annotation) is list:
            (kind,) = get_args(info.annotation)
            kept[name] = [one for item in value if (one := _parsed(kind, item)) is not None]
        elif name in raw:
            shape: Any = info.annotation
            with suppress(ValidationError):
                kept[name] = TypeAdapter(shape).validate_python(value)
    lost = frozenset(MeetingAnswer.model_fields) - kept.keys()
    return MeetingAnswer.model_validate({**_NOTHING, **kept}), lost


def _parsed(kind: Any, item: Any) -> Any:
    """Return `item` as what it should be, None where it is not."""
    with suppress(ValidationError):
        return TypeAdapter(kind).validate_python(item)
    return None


def _copies_faults(answer: MeetingAnswer, anchors: Anchors, most: int | None = None) -> Iterator[Notice]:
    """Yield what an answer copied that does not stand in the article, of each copy `most` characters."""
    for name in _COPIED:
        copied = getattr(answer, name)
        if copied and not anchors.has_words(copied):
            yield Notice(code="field_not_in_article", values={"field": name, "words": copied[:most]})
    names = dict.fromkeys(one.name for one in (*answer.people, *answer.elected))
    wrong = [name for name in names if not _person(name, anchors)]
    # Who presented may be told by the office alone (hiệu trưởng: the headmaster): then nobody is named.
    presenters = dict.fromkeys(one.presenter for one in answer.reports if one.presenter not in names)
    wrong += [presenter for presenter in presenters if presenter and not anchors.place(presenter)]
    yield from (Notice(code="no_such_person", values={"words": name[:most]}) for name in wrong)
    for recipient in answer.recipients:
        if not anchors.place_in_list(recipient.name):
            yield Notice(code="name_not_in_article", values={"words": recipient.name[:most]})
    for report in answer.reports:
        if not anchors.has_words(report.title):
            yield Notice(code="report_not_in_article", values={"words": report.title[:most]})


def meeting_reading(
    answer: MeetingAnswer,
    pieces: Sequence[MarkedArticle],
    anchors: Anchors,
    lost: frozenset[str] = frozenset(),
) -> Reading:
    """Return an answer as a reading, with the article's own words; what does not stand there is left out.

    `lost` are fields that could not be read: those parts are None, so that the other reader's stand.
    """
    article = pieces[0].article
    no_summary = [Notice(code="no_summary")]
    faults = summary_faults(answer.summary, pieces, anchors) if answer.summary else no_summary
    missed = [left_out("meeting", "", why) for why in _copies_faults(answer, anchors, _SHOWN)]
    missed += [left_out("summary", "", why) for why in faults]
    missed += _uncopied(answer, anchors)
    people = tuple(_people(answer, anchors))
    return Reading(
        by="model",
        header=_header(answer, article, anchors) if "meeting" not in lost else None,
        people=None if "people" in lost else people,
        reports=None if "reports" in lost else tuple(_reports(answer, anchors)),
        recipients=None if "recipients" in lost else tuple(_recipients(answer, anchors)),
        elected=None if "elected" in lost else tuple(_elected(answer, anchors)),
        sections=None if "sections" in lost else _sections(answer.sections, pieces),
        summary=None if faults else with_numbers(answer.summary, pieces),
        left_out=tuple(missed),
    )


# The header


def _header(answer: MeetingAnswer, article: Article, anchors: Anchors) -> HeaderReading:
    values: dict[str, str] = {}
    found: dict[str, tuple[Place, ...]] = {}
    for name in ("kind", "organization", "parent", "place", "period"):
        copied = getattr(answer, name)
        if not copied or not anchors.has_words(copied):
            continue
        place = anchors.place(copied)
        values[name] = " ".join(place.text.split()) if place else unmarked(copied)
        if place:
            found[name] = (place,)
    held = _days(answer, article, anchors)
    if held:
        found["date_held"] = tuple(Place(at=day.at, text=day.text) for day in held[:1])
    if "period" in found:
        found["period_text"] = found["period"]
    days = [iso for day in held if (iso := day.iso)]
    return HeaderReading(
        meeting=answer.meeting,
        kind=values.get("kind") if answer.meeting else None,
        organization=values.get("organization"),
        parent=values.get("parent"),
        place=values.get("place"),
        form=answer.form,
        date_held=days[0] if days else None,
        date_held_end=days[-1] if len(days) > 1 and days[-1] > days[0] else None,
        period=_period(values.get("period"), days[0] if days else None),
        period_text=values.get("period"),
        anchors=found,
        unread=_unread(answer, values, days),
    )


def _unread(answer: MeetingAnswer, values: Mapping[str, str], days: Sequence[str]) -> frozenset[str]:
    """Return the fields that the model answered in words which code could not read or find; the body is always one.

    A body that acts is in every article, whether or not a model takes it for the one that is asked for.
    """
    unread = {"organization"}
    unread |= {name for name in ("kind", "parent", "place") if getattr(answer, name) and name not in values}
    if answer.date_held and not days:
        unread |= {"date_held", "date_held_end"}
    if answer.period and "period" not in values:
        unread |= {"period", "period_text"}
    elif answer.period and not _YEAR.search(answer.period) and not _TERM.search(answer.period):
        unread |= {"period"}
    return frozenset(unread)


def _days(answer: MeetingAnswer, article: Article, anchors: Anchors) -> list[Date]:
    """Return the days that stand in the words which the model gave for the day of the meeting, in order.

    A day without a year takes the one that the model gave, where that stands in the article.
    """
    if not answer.date_held:
        return []
    for place in anchors.places(answer.date_held):
        days = [
            date
            for date in article.dates
            if date.day is not None and place.at <= date.at and date.at < place.end
        ]
        if days:
            break
    else:
        return []
    year = _YEAR.search(answer.year_held or "")
    known = int(year.group()) if year and year.group() in article.text else None
    return [day if day.year or known is None else day._replace(year=known) for day in days]


def _period(words: str | None, held: str | None) -> int | None:
    """Return the year under review that these words name: of a school year its end, of several years none.

    Months or quarters without a year are of the year of the day `held` (ISO), or of the year before where that day is
    in January or February; `đầu năm` (6 tháng đầu năm: the first six months) is always of the year of the day.
    """
    years = sorted({int(year) for year in _YEAR.findall(words or "")})
    if not words:
        return None
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
        name = " ".join(place.text.split())
        before = known.get(in_one_form(name))
        roles: tuple[Role, ...] = tuple(dict.fromkeys((*(before.roles if before else ()), *one.roles)))
        post = _copied(one.post, anchors, near=place.at) or (before.post if before else None)
        known[in_one_form(name)] = Person(name=name, at=place.at, post=post, roles=roles)
    yield from known.values()


def _person(name: str, anchors: Anchors, near: int = 0) -> Place | None:
    """Return where a person's name stands; None where nowhere, or where a number, a sentence, no name stands."""
    place = anchors.place(name, near=near)
    if place is None or not any(map(str.isupper, place.text)) or any(map(str.isdigit, place.text)):
        return None
    return place if len(place.text.split()) <= _LONGEST_NAME else None


def _copied(words: str | None, anchors: Anchors, *, near: int) -> str | None:
    """Return words as the article writes them, None where they do not stand in it."""
    if not words:
        return None
    place = anchors.place(words, near=near)
    if place:
        return " ".join(place.text.split())
    return unmarked(words) if anchors.has_words(words) else None


def _uncopied(answer: MeetingAnswer, anchors: Anchors) -> Iterator[LeftOut]:
    """Yield the offices, awards and votes of an answer that do not stand in the article."""
    copies = [
        *(("people", one.name, one.post) for one in answer.people),
        *(
            ("recipients", one.name, words)
            for one in answer.recipients
            for words in (one.award, one.given_by)
        ),
        *(("elected", one.name, words) for one in answer.elected for words in (one.post, one.vote)),
    ]
    for field, name, words in copies:
        if words and not anchors.has_words(words):
            reason = Notice(code="not_in_article", values={"words": words[:_SHOWN]})
            yield left_out(field, name, reason)


def _reports(answer: MeetingAnswer, anchors: Anchors) -> Iterator[PresentedReport]:
    for report in answer.reports:
        place = anchors.place(report.title)
        if place is None:
            continue
        presenter = _person(report.presenter, anchors, near=place.at) if report.presenter else None
        yield PresentedReport(
            at=place.at, text=place.text, presenter=" ".join(presenter.text.split()) if presenter else None
        )


def _recipients(answer: MeetingAnswer, anchors: Anchors) -> Iterator[Recipient]:
    known: dict[str, Recipient] = {}
    for one in answer.recipients:
        place = anchors.place_in_list(one.name)
        if place is None:
            continue
        before = known.get(in_one_form(place.text))
        awards = [before.award if before else None]
        awards += [_copied(award, anchors, near=place.at) for award in (one.award or "").split(";")]
        known[in_one_form(place.text)] = Recipient(
            at=place.at,
            text=place.text,
            award="; ".join(dict.fromkeys(filter(None, awards))) or None,
            given_by=_copied(one.given_by, anchors, near=place.at) or (before.given_by if before else None),
        )
    yield from known.values()


def _elected(answer: MeetingAnswer, anchors: Anchors) -> Iterator[Elected]:
    for one in answer.elected:
        place = _person(one.name, anchors)
        if place is not None:
            yield Elected(
                name=" ".join(place.text.split()),
                at=place.at,
                post=_copied(one.post, anchors, near=place.at),
                vote=_copied(one.vote, anchors, near=place.at),
            )


# Sections


def _sections(
    answer: SectionsAnswer, pieces: Sequence[MarkedArticle]
) -> dict[SectionKind, tuple[Quotation, ...]]:
    """Return the quotations of each kind: neighbouring clauses of one sentence and one kind are one."""
    clauses = {mark: clause for piece in pieces for mark, clause in piece.clauses.items()}
    text = pieces[0].article.text
    sections: dict[SectionKind, tuple[Quotation, ...]] = {}
    for kind in SECTION_KINDS:
        spans: list[tuple[int, int, int, int]] = []  # at, end, sentence, mark
        for mark in sorted(set(getattr(answer, kind)) & clauses.keys()):
            clause = clauses[mark]
            if spans and spans[-1][2:] == (clause.sentence, mark - 1):
                spans[-1] = (spans[-1][0], clause.end, clause.sentence, mark)
            else:
                spans.append((clause.at, clause.end, clause.sentence, mark))
        sections[kind] = tuple(Quotation(at=at, text=text[at:end]) for at, end, _, _ in spans)
    return sections
