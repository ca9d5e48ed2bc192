"""Header: which body met, when, where and how, what the article calls it, and the year it looks back on.

Every field is read from where it stands: of several candidates the strongest is taken.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.article.dates import Date
from summarizer.article.normalize import Normalized, lines_of
from summarizer.article.phrases import Lists, cue
from summarizer.rules.bodies import (
    MEANINGLESS,
    UNPLACED,
    Body,
    body_at,
    is_generic,
    is_nameless,
    key_of,
)
from summarizer.rules.names import PROVINCES
from summarizer.rules.occasion import find_form, find_kind, find_period_text, tells_of_meeting
from summarizer.rules.organizers import Organizer, find_organizers
from summarizer.rules.parents import find_parent
from summarizer.rules.periods import YearCandidate, own_year, part_of_own_year, read_period
from summarizer.rules.timing import (
    LONGEST_MEETING,
    DayCandidate,
    held_candidates,
    in_year,
    published_candidates,
)
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.reading import HeaderReading
from summarizer.schemas.report import Place
from summarizer.sources.document import Document

_WORDS = Lists("summarizer.rules", "meeting")
_PLACE = cue(
    r"(?<!\w)(?<!tồn\s)(?<!hiện\s)tại ((?!{no_place}|\d+ )(?:(?<!\w)(?:t[pxt]|[qh])\.|[^,.;:\n()]){3,90})",
    **_WORDS,
)
# "ĐÀ NẴNG - Sáng 6-1, …": where a newspaper's report is from.
_DATELINE = re.compile(r"([^\W\d]+(?: [^\W\d]+){0,3})\s*[-–:]\s")
_PLACE_ENDS = cue(r",? {place_ends}", **_WORDS)
_TITLE_WORDS = cue(r"(?<!\w)(?:{meetings}|{title_words}|năm \d{4}(?!\w))", **_WORDS)
_BUTTONS = Lists("summarizer.article", "boilerplate").joined("buttons")
# A button, a counter or a caption of the page, and no headline.
_OF_PAGE = cue(r"\W*(?:{page_lines}|{captions})|\(.*\)$|.*\.(?:jpe?g|png|gif|webp)$", **_WORDS)
# "Hội Phụ nữ huyện": the area has a name of its own, which may stand elsewhere.
_IN_AREA = cue(r"{area_ends}$", **_WORDS)
_TAKES_PLACE = cue(r"(?<!\w)(?:{holds}|{reviews}|chủ trì(?!\w))", **_WORDS)
# A quotation mark alone ends no sentence: headlines end in what they quote.
_STOPS, _QUOTES = tuple(".!?…:;"), '”"'
_SHORT, _LONG, _OPENING, _HEADLINE = 60, 240, 40, 120
"""Characters of prose with a stop and without one, of an opening in which its day stands, and of a headline."""
_JOINS_DAYS = re.compile(r"\s*(?:và|đến|tới|[-–,])\s*(?:hết )?(?:ngày )?")
_PLACE_ROOM, _SHORTEST_PLACE = 260, 2
"""Characters of a sentence in which its place stands, and of a name that is none."""
_SHORTEST_TITLE = 12
"""Letters."""
_FIRST = 4
"""Sentences in which a part of the year is told."""
_JOIN_ROOM = 20
"""Characters between two days of one meeting, at most."""
# With more strength than this a sentence or the title says that the body met.
_CONVINCING = 50
_HOLDING = ("organizes", "reviews", "meeting", "title", "belongs")


class FoundHeader(NamedTuple):
    """A header, whether the article tells of its body holding the meeting, and where the article's prose begins."""

    reading: HeaderReading
    holds: bool
    prose_at: TextOffset


def read_header(
    document: Document, normal: Normalized, dates: Sequence[Date], sentences: Sequence[TextSpan]
) -> FoundHeader:
    """Return the header that the words of `document` give by themselves.

    `normal` is the text normalized, `dates` its dates, `sentences` the spans of its sentences, boilerplate left
    out. Nothing is in it that does not stand in the article, but for what the page's own markup says
    (`document.title`, `document.published`).
    """
    text = document.text
    prose_at = _prose_at(normal, dates, sentences)
    title = _title(normal, prose_at, sentences)
    titles = [title] if title else []
    prose = [span for span in sentences if span[0] >= prose_at] or sentences
    organizers = find_organizers(normal, prose, title)
    body = _best_body(normal, organizers)
    lead = _lead(prose, organizers)
    meeting = tells_of_meeting(normal, [*titles, *prose])
    period = read_period(normal, title, lead, prose, meeting=meeting)
    published = published_candidates(normal, dates, prose_at, title)
    if document.published is not None:
        published.insert(0, DayCandidate(TextOffset(0), TextOffset(0), document.published, 9))
    posted = published[0] if published else None
    held = next(iter(held_candidates(normal, dates, prose, posted, period)), None)
    last_day = _last_day(text, dates, held) if held else None
    kind = find_kind(normal, lead, title, body, sentences) if meeting else None
    reviewed = period.reviewed or own_year(normal, kind, held.iso if held else None)
    part: TextSpan | None = None
    if reviewed is None and (day := held or posted):
        part = part_of_own_year(normal, [*titles, *lead, *prose[:_FIRST]], day.iso)
        reviewed = YearCandidate(int(day.iso[:4]), day.at, day.end) if part else None
    year = _span(reviewed)
    spans: dict[str, TextSpan | None] = {
        "title": title,
        "kind": kind,
        "organization": _span(body),
        "parent": find_parent(normal, body),
        "place": _place(normal, lead, body) if meeting else None,
        "date_held": _span(held),
        "date_published": _span(posted),
        "period_planned": _span(period.planned),
        "period": year,
        "period_text": find_period_text(normal, year, title, lead, prose, part),
        "date_held_end": _span(last_day),
    }
    words = {
        name: " ".join(text[span[0] : span[1]].split()) if span else None for name, span in spans.items()
    }
    reading = HeaderReading(
        meeting=meeting,
        title=document.title or words["title"],
        kind=words["kind"],
        organization=words["organization"],
        parent=words["parent"],
        place=words["place"],
        form=find_form(normal, lead, prose) if meeting else None,
        date_held=held.iso if held else None,
        date_held_end=last_day.iso if last_day else None,
        date_published=posted.iso if posted else None,
        period=reviewed.year if reviewed else None,
        period_text=words["period_text"],
        period_planned=period.planned.year if period.planned else None,
        anchors={
            name: (Place(at=span[0], text=text[span[0] : span[1]]),)
            for name, span in spans.items()
            if span is not None and span[1] > span[0]
        },
    )
    # A body that is named in full elsewhere holds the meeting by the beginning of its name.
    whole = words["organization"] or ""
    holds = any(one.why in _HOLDING and whole.startswith(one.body.text) for one in organizers)
    return FoundHeader(reading, holds, prose_at)


def _span(found: Body | Date | DayCandidate | YearCandidate | None) -> TextSpan | None:
    return (found.at, found.end) if found else None


def _last_day(text: str, dates: Sequence[Date], first: DayCandidate) -> Date | None:
    """The last of several days of a meeting: the one joined to its first ("21 và 22/6/2018")."""
    held = datetime.date.fromisoformat(first.iso)
    for date in dates:
        if not first.end <= date.at <= first.end + _JOIN_ROOM:
            continue
        iso = in_year(date, date.year or held.year)
        days = (datetime.date.fromisoformat(iso) - held).days if iso else 0
        if 0 < days <= LONGEST_MEETING and _JOINS_DAYS.fullmatch(text, first.end, date.at):
            return date._replace(year=date.year or held.year)
    return None


def _prose_at(normal: Normalized, dates: Sequence[Date], sentences: Sequence[TextSpan]) -> TextOffset:
    """Where the article's prose begins: its first whole sentence, or the first that says what was held when."""
    for rank, (at, end) in enumerate(sentences):
        if _tells_when(normal, dates, (at, end)):
            return at
        length = normal.offset(end) - normal.offset(at)
        alone = rank == 0 and length <= _HEADLINE and _has_own_line(normal.original, at, end)
        if alone and any(_tells_when(normal, dates, span) for span in sentences[1:2]):
            continue  # a headline may end in a stop, where the lead below it says when it was
        if length > (_SHORT if normal.original[at:end].rstrip(_QUOTES)[-1:] in _STOPS else _LONG):
            return at
    return sentences[0][0] if sentences else TextOffset(0)


def _tells_when(normal: Normalized, dates: Sequence[Date], span: TextSpan) -> bool:
    """Whether a sentence says by its beginning on which day something was held."""
    at, end = span
    dated = any(at <= date.at < min(end, at + _OPENING) and not date.time and date.day for date in dates)
    return dated and _TAKES_PLACE.search(normal.text, *normal.span(at, end)) is not None


def _has_own_line(text: str, at: TextOffset, end: TextOffset) -> bool:
    """Whether nothing stands beside a sentence in its lines."""
    return not (text[text.rfind("\n", 0, at) + 1 : at] + text[end:].partition("\n")[0]).strip()


def _title(normal: Normalized, prose_at: TextOffset, sentences: Sequence[TextSpan]) -> TextSpan | None:
    """The headline among the lines above the prose: a meeting's, else the longest, a bare name last."""
    best: TextSpan | None = None
    best_score = 0
    for at, line in lines_of(normal.original[:prose_at]):
        end = at + len(line.rstrip())
        start = next((max(at, begun) for begun, stop in sentences if stop > at and begun < end), end)
        start += len(line[start - at :]) - len(line[start - at :].lstrip())
        words = normal.part(start, end)
        letters = sum(map(str.isalpha, words))
        if letters < _SHORTEST_TITLE or letters * 2 < len(words) or " " not in words:
            continue
        bare = " ".join(words.split()).strip("|.:-•»\u200b ")
        if bare in _BUTTONS or _OF_PAGE.match(words):
            continue
        score = min(letters, 30) + 100 * bool(_TITLE_WORDS.search(words))
        # A body's name and nothing else is a heading of the page, not of the article.
        body = body_at(normal, *normal.span(start, end))
        score = 1 if body is not None and body.end == end else score
        if score > best_score:
            best, best_score = (start, end), score
    return best


def _lead(prose: Sequence[TextSpan], organizers: Sequence[Organizer]) -> list[TextSpan]:
    """The sentences that tell of the meeting itself: the first, and the one that says who held it."""
    naming = [
        span
        for organizer in organizers[:1]
        for span in prose
        if organizer.why == "organizes" and span[0] <= organizer.body.at < span[1]
    ]
    return sorted({*prose[:1], *naming})


def _best_body(normal: Normalized, organizers: Sequence[Organizer]) -> Body | None:
    """The strongest body with a name of its own; a kind of body alone is completed from the text."""
    if not organizers:
        return None
    first = organizers[0].body
    key = key_of(normal, first)
    if _names_one(key):
        return next(_completing(normal, key), first) if _IN_AREA.search(key) else first
    others = [one.body for one in organizers]
    named = next((other for other in others if _names_one(key_of(normal, other))), None)
    if key in MEANINGLESS:
        own = (other for other in others if key_of(normal, other) not in MEANINGLESS)
        return named or next(own, first if organizers[0].why in ("organizes", "kind") else None)
    # The title or a sentence says that the body met.
    convincing = organizers[0].strength > _CONVINCING or organizers[0].why in ("title", "headline")
    elsewhere = named if key in UNPLACED and not convincing else None
    return next(_completing(normal, key), elsewhere or first)


def _names_one(key: str) -> bool:
    return not is_nameless(key) and key not in UNPLACED


def _completing(normal: Normalized, key: str) -> Iterator[Body]:
    """Yield the bodies that begin as `key` does and have a name of their own behind it."""
    # The look-behind stands behind the first letter, so that the search can go from one such letter to the next.
    named = re.compile(rf"{key[0]}(?<!\w.){re.escape(key[1:])}\s".replace(r"\ ", r"\s+"))
    for match in named.finditer(normal.text):
        body = body_at(normal, match.start(), len(normal.text))
        longer = key_of(normal, body) if body else ""
        if body and longer.startswith(key + " ") and not is_generic(longer):
            yield body


def _place(normal: Normalized, lead: Sequence[TextSpan], body: Body | None) -> TextSpan | None:
    for at, end in lead:
        a, b = normal.span(at, end)
        if match := _PLACE.search(normal.text, a, min(b, a + _PLACE_ROOM)):
            ends = _PLACE_ENDS.finditer(normal.text, match.start(1), match.end(1))
            stop = next((one.start() for one in ends if not _goes_on(normal, one)), match.end(1))
            if body and match.start(1) < (named := normal.offset(body.at)) < stop:
                stop = named - 1  # "tại hội trường UBND xã Đảng bộ xã tổ chức": a comma is missing
            if stop - match.start(1) > _SHORTEST_PLACE:
                return normal.origin(match.start(1)), normal.origin(stop)
    for at, end in lead[:1]:
        dateline = _DATELINE.match(normal.original, at, end)
        if dateline and dateline[1].isupper() and normal.part(at, TextOffset(dateline.end(1))) in PROVINCES:
            return at, TextOffset(dateline.end(1))
    return None


def _goes_on(normal: Normalized, end: re.Match[str]) -> bool:
    """Whether an "và" only joins two words of one name: Sở Giáo dục và Đào tạo."""
    after = normal.origin(end.end()) + 1
    return end.group().strip() == "và" and normal.original[after : after + 1].isupper()
