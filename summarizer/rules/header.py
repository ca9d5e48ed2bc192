"""Header: which body met, when, where and how, what the article calls it, and the year it looks back on.

Every field is read from where it stands: of several candidates the strongest is taken.
"""

from __future__ import annotations

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
    find_bodies,
    is_generic,
    is_nameless,
    key_of,
)
from summarizer.rules.names import PROVINCES
from summarizer.rules.occasion import find_form, find_kind, find_period_text, tells_of_meeting
from summarizer.rules.organizers import Organizer, find_organizers
from summarizer.rules.parents import find_parent
from summarizer.rules.periods import YearCandidate, own_year, part_of_own_year, read_period
from summarizer.rules.timing import DayCandidate, held_candidates, published_candidates
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.reading import HeaderReading
from summarizer.schemas.report import Place
from summarizer.sources.document import Document

__all__ = ("FoundHeader", "read_header")

_WORDS = Lists("summarizer.rules", "meeting")
_PLACE = cue(r"(?<!\w)tại ((?!{no_place}|\d+ )(?:(?<!\w)(?:t[pxt]|[qh])\.|[^,.;:\n()]){3,90})", **_WORDS)
# "ĐÀ NẴNG - Sáng 6-1, …": where a newspaper's report is from.
_DATELINE = re.compile(r"([^\W\d]+(?: [^\W\d]+){0,3})\s*[-–:]\s")
_PLACE_ENDS = cue(r",? {place_ends}", **_WORDS)
_TITLE_WORDS = cue(r"(?<!\w)(?:{meetings}|{title_words}|năm \d{4}(?!\w))", **_WORDS)
_BUTTONS = Lists("summarizer.article", "boilerplate").joined("buttons")
_PAGE_LINE = cue(r"\W*{page_lines}", **_WORDS)
_CAPTION = cue(r"\W*{captions}|\(.*\)$|.*\.(?:jpe?g|png|gif|webp)$", **_WORDS)
# "Hội Phụ nữ huyện": the area has a name of its own, which may stand elsewhere.
_IN_AREA = cue(r"{area_ends}$", **_WORDS)
# What the party bodies of firms and offices are called in short (Khối Doanh nghiệp).
_BLOC = "khối "
_TAKES_PLACE = cue(r"(?<!\w)(?:{holds}|{reviews}|chủ trì(?!\w))", **_WORDS)
# A quotation mark alone ends no sentence: headlines end in what they quote.
_STOPS, _QUOTES = tuple(".!?…:;"), '”"'
_SHORT, _LONG, _OPENING = 60, 240, 40
"""Characters of prose with a stop and without one, and of an opening in which its day stands."""
_DAY_ALONE = 32
"""Characters of a sentence that is a day alone, at most."""
_JOINS_DAYS = re.compile(r"\s*(?:và|đến|tới|[-–,])\s*(?:hết )?(?:ngày )?")
_FIRST = 4
"""Sentences in which a part of the year is told."""
_JOIN_ROOM = 20
"""Characters between two days of one meeting, at most."""
# With more strength than this a sentence or the title says that the body met.
_CONVINCING = 50
_HOLDING = ("organizes", "reviews", "meeting", "title", "belongs")
# A text without stops is read only so far, or its one sentence would be gone through for every date in it.
_LONGEST = 2_000


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
    sentences = [(at, min(end, at + _LONGEST)) for at, end in _with_their_days(text, dates, sentences)]
    body_at = _prose_at(normal, dates, sentences)
    title = _title(normal, sentences, body_at)
    prose = [span for span in sentences if span[0] >= body_at] or list(sentences)
    organizers = find_organizers(normal, prose, title)
    organization = _best_body(normal, organizers, title)
    lead = _lead(prose, organizers)
    meeting = tells_of_meeting(normal, [*([title] if title else []), *prose])
    period = read_period(normal, title, lead, prose, meeting=meeting)
    published = published_candidates(normal, dates, body_at, title)
    if document.published is not None:
        published.insert(0, DayCandidate(TextOffset(0), TextOffset(0), document.published, 9))
    held = held_candidates(normal, dates, prose, published[0] if published else None, period)
    kind = find_kind(normal, lead, title, organization, sentences) if meeting else None
    place = _place(normal, lead) if meeting else None
    anchors: dict[str, TextSpan | None] = {
        "title": title,
        "kind": kind,
        "organization": (organization.at, organization.end) if organization else None,
        "parent": None,
        "place": place,
        "date_held": (held[0].at, held[0].end) if held else None,
        "date_published": (published[0].at, published[0].end) if published else None,
        "period_planned": (period.planned.at, period.planned.end) if period.planned else None,
    }
    anchors["parent"] = parent = find_parent(normal, organization)
    reviewed = period.reviewed or own_year(normal, kind, held[0].iso if held else None)
    day = next(iter((*held, *published)), None)
    part: TextSpan | None = None
    if reviewed is None and day is not None:
        naming = [*([title] if title else []), *lead, *prose[:_FIRST]]
        if part := part_of_own_year(normal, naming, day.iso):
            reviewed = YearCandidate(int(day.iso[:4]), day.at, day.end)
    anchors["period"] = year = (reviewed.at, reviewed.end) if reviewed else None
    anchors["period_text"] = period_text = find_period_text(normal, year, title, lead, prose, part)
    last_day = _last_day(text, dates, held[0]) if held else None
    anchors["date_held_end"] = (last_day.at, last_day.end) if last_day else None
    name = organization.text if organization else None
    reading = HeaderReading(
        meeting=meeting,
        title=document.title or _words(text, title),
        kind=_words(text, kind),
        organization=name,
        parent=_words(text, parent),
        place=_words(text, place),
        form=find_form(normal, lead, prose) if meeting else None,
        date_held=held[0].iso if held else None,
        date_held_end=last_day.iso if last_day else None,
        date_published=published[0].iso if published else None,
        period=reviewed.year if reviewed else None,
        period_text=_words(text, period_text),
        period_planned=period.planned.year if period.planned else None,
        anchors={
            name: (Place(at=span[0], text=text[span[0] : span[1]]),)
            for name, span in anchors.items()
            if span is not None and span[1] > span[0]
        },
    )
    # A body that is named in full elsewhere holds the meeting by the beginning of its name.
    holds = any(one.why in _HOLDING and (name or "").startswith(one.body.text) for one in organizers)
    return FoundHeader(reading, holds, body_at)


def _words(text: str, span: TextSpan | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) if span else None


def _last_day(text: str, dates: Sequence[Date], first: DayCandidate) -> Date | None:
    """The last of several days of a meeting: the one joined to its first ("21 và 22/6/2018")."""
    for date in dates:
        if date.iso is None or not first.end <= date.at <= first.end + _JOIN_ROOM:
            continue
        if _JOINS_DAYS.fullmatch(text, first.end, date.at) and first.iso < date.iso <= first.iso[:7] + "-31":
            return date
    return None


def _with_their_days(text: str, dates: Sequence[Date], sentences: Sequence[TextSpan]) -> Iterator[TextSpan]:
    """Yield the sentences; one that is a day alone belongs to the next ("Chiều ngày 26/2/2024. Bệnh viện …")."""
    start: int | None = None
    for at, end in sentences:
        short = end - at < _DAY_ALONE and text[end - 1] == "."
        if start is None and short and any(at <= date.at < date.end <= end for date in dates):
            start = at
            continue
        yield (at if start is None else start), end
        start = None


def _prose_at(normal: Normalized, dates: Sequence[Date], sentences: Sequence[TextSpan]) -> TextOffset:
    """Where the article's prose begins: its first whole sentence, or the first that says what was held when."""
    for at, end in sentences:
        dated = any(at <= date.at < min(end, at + _OPENING) and not date.time and date.day for date in dates)
        if dated and _TAKES_PLACE.search(normal.text, *normal.span(at, end)):
            return at
        length = normal.offset(end) - normal.offset(at)
        if length > (_SHORT if normal.original[at:end].rstrip(_QUOTES)[-1:] in _STOPS else _LONG):
            return at
    return sentences[0][0] if sentences else TextOffset(0)


def _title(normal: Normalized, sentences: Sequence[TextSpan], body_at: TextOffset) -> TextSpan | None:
    """The headline among the lines above the prose: a meeting's, else the longest, a bare name last."""
    best: TextSpan | None = None
    best_score = 0
    for at, line in lines_of(normal.original[:body_at]):
        stripped = line.strip()
        start = at + len(line) - len(line.lstrip())
        end = start + len(stripped)
        words = normal.part(start, end)
        letters = sum(map(str.isalpha, words))
        if letters < 12 or letters * 2 < len(words) or " " not in words or _is_the_pages(words):
            continue
        score = min(letters, 30) + 100 * bool(_TITLE_WORDS.search(words))
        if score > best_score and _is_name(normal, start, end):
            score = 1
        if score > best_score:
            best, best_score = (start, end), score
    return best


def _is_the_pages(words: str) -> bool:
    """Whether a normalized line is a button, a counter or a caption of the page, and no headline."""
    bare = " ".join(words.split()).strip("|.:-•»\u200b ")
    return bare in _BUTTONS or bool(_PAGE_LINE.match(words) or _CAPTION.match(words))


def _is_name(normal: Normalized, at: TextOffset, end: TextOffset) -> bool:
    """Whether a line holds a body's name and nothing else: that is a heading of the page, not of the article."""
    body = body_at(normal, *normal.span(at, end))
    return body is not None and body.end == end


def _lead(prose: Sequence[TextSpan], organizers: Sequence[Organizer]) -> list[TextSpan]:
    """The sentences that tell of the meeting itself: the first, and the one that says who held it."""
    naming = [
        span
        for organizer in organizers[:1]
        for span in prose
        if organizer.why == "organizes" and span[0] <= organizer.body.at < span[1]
    ]
    return sorted({*prose[:1], *naming})


def _best_body(normal: Normalized, organizers: Sequence[Organizer], title: TextSpan | None) -> Body | None:
    """The strongest body with a name of its own; a kind of body alone is completed from the text."""
    if not organizers:
        return None
    first = organizers[0].body
    key = key_of(normal, first)
    if key.startswith(_BLOC):
        return next(_heading_it(normal, key), first)
    if _names_one(key):
        return next(_completing(normal, key), first) if _IN_AREA.search(key) else first
    if key in MEANINGLESS:
        naming = first if organizers[0].why in ("organizes", "kind") else None
        own = [o.body for o in organizers if key_of(normal, o.body) not in MEANINGLESS]
        return next((body for body in own if _names_one(key_of(normal, body))), next(iter(own), naming))
    completed = next(_completing(normal, key), None)
    if completed is None and key in UNPLACED and not _is_convincing(organizers[0]):
        return next((o.body for o in organizers if _names_one(key_of(normal, o.body))), first)
    return completed or first


def _names_one(key: str) -> bool:
    return not is_nameless(key) and key not in UNPLACED


def _is_convincing(organizer: Organizer) -> bool:
    """Whether the title or a sentence says that the body met."""
    return organizer.strength > _CONVINCING or organizer.why == "title"


def _completing(normal: Normalized, key: str) -> Iterator[Body]:
    """Yield the bodies that begin as `key` does and have a name of their own behind it."""
    # The look-behind stands behind the first letter, so that the search can go from one such letter to the next.
    named = re.compile(rf"{key[0]}(?<!\w.){re.escape(key[1:])}\s".replace(r"\ ", r"\s+"))
    for match in named.finditer(normal.text):
        body = body_at(normal, match.start(), len(normal.text))
        longer = key_of(normal, body) if body else ""
        if body and longer.startswith(key + " ") and not is_generic(longer):
            yield body


def _heading_it(normal: Normalized, key: str) -> Iterator[Body]:
    """Yield the party bodies of a bloc: "Khối các cơ quan tỉnh" is short for its đảng ủy or đảng bộ."""
    whole = [f"{kind} {key}" for kind in ("đảng ủy", "đảng bộ")]
    return (body for body in find_bodies(normal) if key_of(normal, body) in whole)


def _place(normal: Normalized, lead: Sequence[TextSpan]) -> TextSpan | None:
    for at, end in lead:
        match = _PLACE.search(
            normal.text, normal.offset(at), min(normal.offset(end), normal.offset(at) + 260)
        )
        if match:
            ends = _PLACE_ENDS.finditer(normal.text, match.start(1), match.end(1))
            b = next((end.start() for end in ends if not _goes_on(normal, end)), match.end(1))
            if b - match.start(1) > 2:
                return normal.origin(match.start(1)), normal.origin(b)
    for at, end in lead[:1]:
        dateline = _DATELINE.match(normal.original, at, end)
        if dateline and dateline[1].isupper() and normal.part(at, TextOffset(dateline.end(1))) in PROVINCES:
            return at, TextOffset(dateline.end(1))
    return None


def _goes_on(normal: Normalized, end: re.Match[str]) -> bool:
    """Whether an "và" only joins two words of one name: Sở Giáo dục và Đào tạo."""
    after = normal.origin(end.end()) + 1
    return end.group().strip() == "và" and normal.original[after : after + 1].isupper()
