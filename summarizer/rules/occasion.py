"""Occasion: whether an article tells of a meeting, what it calls that, how it was held and what it reviewed.

"Hội nghị tổng kết công tác Đảng năm 2020 và triển khai nhiệm vụ năm 2021" (conference that reviews the Party's work
of 2020 and starts the tasks of 2021) is one kind, read whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from summarizer.article.normalize import Normalized
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.bodies import HEAD, Body
from summarizer.rules.organizers import OTHER_MEETING
from summarizer.schemas.offsets import TextSpan

Form = Literal["in_person", "online", "hybrid"]
_WORDS = {**Lists("summarizer.rules", "body_names"), **Lists("summarizer.rules", "meeting")}
_MEETS = word_cue(
    r"(?:{holds}|{happens})(?: (?:{solemnly}|{happens_how}))* \"?(?:{meetings}|{reviews} (?:{reviewed}|\d))"
    r"|{meetings}(?:,(?= {goes_on}))?(?: [^\s,.;:]+(?:,(?= {goes_on}))?){0,16}? (?:(?:đã|được|vừa) )*{does_there}"
    r"|{on_a_day} [^.;\n]{2,160} tổ chức(?: {solemnly})* {ceremonies}",
    **_WORDS,
)
_HYBRID = word_cue(
    r"trực tiếp(?: và|,)(?: hình thức)? trực tuyến|trực tuyến(?: và| kết hợp(?: với)?) trực tiếp"
    r"|kết hợp(?: với)?(?: hình thức)? trực tuyến"
)
_ONLINE = word_cue(
    r"{meetings}[^.;\n]{0,120}?{online}|(?:hình thức|bằng|theo) (?:hình thức )?{online}|{online} {meetings}",
    **_WORDS,
)
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("hybrid", _HYBRID),
    ("online", word_cue(r"{meetings} {online}", **_WORDS)),
    ("hybrid", word_cue(r"{meetings}[^.;\n]{0,80}{linked}", **_WORDS)),
    ("online", _ONLINE),
    ("in_person", word_cue(r"hình thức trực tiếp")),
)
_KIND = word_cue(
    # A list of numbers stands in it: "cho đảng viên đủ 50, 40 và 30 năm tuổi Đảng".
    r"(?:{meetings}|{reviews}|(?<=tổ\schức\s){ceremonies})"
    r"(?: (?:tp\.|{paired}|(?<!\d)\d\d?,(?= \d)|[\w/&'-]+(?:\.\d+)*))*?"
    r"(?=\s*(?:(?<!\s\d)(?<!\s\d\d),|,(?! \d)|[;:()\"\n]|\.(?!\d)|$| {kind_ends}| {does_there} \d| trong \d"
    r"| (?:{on_a_day}) \d))",
    **_WORDS,
)
# What a meeting's name goes on with: what else it does, the years it is for, the paper it carries out.
_GOES_ON = cue(
    r"(?:\s*[,;]?(?: và|\s*-)?\s+{does_next}(?:(?! {whole_ends}| của "
    + HEAD
    + r")(?:[^.;:()\"“”\n]|\.(?=\d))){3,130}?"
    r"(?=\s*(?:[;:()\"“”\n]|\.(?!\d)|$| {whole_ends}| của "
    + HEAD
    + r"| về(?= [\"“])|, (?:ngày \d|{whole_ends_at}(?!\w)))))"
    r"|\s*[,(]?\s*{spans}\s+\d{4}\s*-\s*\d{2,4}(?:\s*[)])?"
    # The period behind what a name is shortened to: "giáo dục pháp luật (GDPL) 6 tháng đầu năm".
    r"|\s+\([^\W\d]{2,10}\) (?:\d|năm|quý)[^.;:,()\"\n]{2,40}?(?=\s*[.,;:()\"\n]|$| {whole_ends}| {kind_ends})"
    # What it is called in quotation marks, with its year; the rest of a list that "và" ends.
    r"|\s+\"(?:[^\"\n]{2,80}\s\"\S[^\"\n]{1,60}\"[^\"\n]{0,60}|[^\"\n]{2,80})\"(?:,? năm (?:học )?\d{4}(?!\d))?"
    r"|(?<!\d),(?: (?!{whole_ends_at}(?!\w))[^\W\d]+){1,4}(?:,(?: [^\W\d]+){1,4})* và"
    r"(?:(?! {whole_ends}| {kind_ends})[^.;:,()\"\n]){3,130}?(?=\s*[.,;:()\"\n]|$| {whole_ends}| {kind_ends})",
    **_WORDS,
)
_HELD = cue(r"(?:tổ chức|tiến hành|diễn ra)(?: thành công| trọng thể| tốt)+ $")
_REVIEW = cue(r"(?<!\w)(?:{reviews}|(?:hội nghị|đại hội)(?!\w))", **_WORDS)
_BARE = word_cue(r"{meetings}", **_WORDS)
"""What says of a meeting only that it is one: "hội nghị"."""
_LONGEST_KIND = 240
"""Characters of a meeting's own name, at most."""
_TIMES = cue(r"năm|tháng|quý|kỳ|khóa|giai đoạn")
"""What every period has one of."""
_YEARS = r"\d{4}\s*[-/–]\s*\d{2,4}"
_PERIODS = tuple(
    cue(words, **_WORDS)
    for words in (
        r"(?<!\w)(?:0?[2-9]|\d\d|{many}) năm {carried_out}(?: (?!của|và|khóa|về|trên|toàn|đến)[^\s,.;:()]+){1,9}",
        rf"giữa nhiệm kỳ(?: {_YEARS})?|nhiệm kỳ (?:{_YEARS}|qua|vừa qua)",
        rf"giai đoạn {_YEARS}",
        rf"(?:năm học|niên khóa) (?:{_YEARS}|qua)|học kỳ [ivx\d]+(?:,? năm học {_YEARS})?",
        r"(?<!\w)(?:\d{1,2}|{many}) tháng đầu năm(?: học)?(?: \d{4})?|quý [ivx\d]+(?:\s*/\s*|,? năm )\d{4}",
        r"năm 20\d\d|tháng \d{1,2}[/.-]20\d\d",
    )
)
"""What is reviewed, the most telling first."""
_BEFORE = 110
"""Characters before a period in which it is said to be reviewed or planned."""
_PART, _HALF = 4, cue(r"tháng cuối năm")
"""The place among the periods of a part of the year, and what the other half of it is called."""
_REVIEWING = cue(r"{looks_back}[^.;:\n]{0,90}$", **_WORDS)
_PLANNING = cue(
    r"(?:{looks_ahead}|(?:đại hội|ban chấp hành|chi ủy)(?!\w)[^.;]{0,60})[^.;:,\n]{0,30}$", **_WORDS
)


def tells_of_meeting(normal: Normalized, prose: Sequence[TextSpan]) -> bool:
    """Return whether sentences tell that a meeting was held, opened, chaired, attended or spoken at."""
    for at, end in prose:
        for match in _MEETS.finditer(normal.text, *normal.span(at, end)):
            if not OTHER_MEETING.search(normal.text, max(0, match.start() - 24), match.start()):
                return True
    return False


def find_kind(
    normal: Normalized,
    lead: Sequence[TextSpan],
    title: TextSpan | None,
    organization: Body | None,
    sentences: Sequence[TextSpan],
) -> TextSpan | None:
    """Return the meeting's own name: behind the body that holds it, else in the lead, the title or any sentence.

    `lead` are the spans of the sentences that tell of the meeting, `title` that of the headline.
    """
    scope = [*lead, *([title] if title else [])]
    if organization is not None:
        held_in = [(organization.end, end) for at, end in lead if at <= organization.at < end]
        scope = [*held_in, *scope]
    found = [span for one in scope if (span := _own_kind(normal, *normal.span(*one)))]
    named = [span for span in found if not _BARE.fullmatch(normal.text, *normal.span(*span))]
    reviews = [span for span in named if _REVIEW.search(normal.text, *normal.span(*span))]
    elsewhere = (span for one in sentences if (span := _own_kind(normal, *normal.span(*one))))
    return next(iter((*reviews, *named, *found)), None) or next(elsewhere, None)


def _own_kind(normal: Normalized, a: int, b: int) -> TextSpan | None:
    """The first meeting named in the normalized span that is the one told of, with what else it does, its years."""
    for match in _KIND.finditer(normal.text, a, b):
        before = normal.text[max(0, match.start() - 24) : match.start()]
        if " " not in match.group() or (OTHER_MEETING.search(before) and not _HELD.search(before)):
            continue
        stop = match.end()
        while stop < b and (more := _GOES_ON.match(normal.text, stop, b)):
            if more.end() - match.start() > _LONGEST_KIND:
                break
            stop = more.end()
        return normal.origin(match.start()), normal.origin(stop)
    return None


def find_form(normal: Normalized, lead: Sequence[TextSpan], prose: Sequence[TextSpan]) -> Form | None:
    """Return how the meeting was held, where a sentence says it of the meeting."""
    scope = [normal.span(a, b) for a, b in (*lead, *prose[:4])]
    for form, words in _FORMS:
        if any(words.search(normal.text, *span) for span in scope):
            return form
    return None


def find_period_text(
    normal: Normalized,
    year: TextSpan | None,
    title: TextSpan | None,
    lead: Sequence[TextSpan],
    prose: Sequence[TextSpan],
    part: TextSpan | None = None,
) -> TextSpan | None:
    """Return the words for what is reviewed ("năm học 2019-2020", "6 tháng đầu năm 2023", "nhiệm kỳ 2015-2020").

    `year` is where the year under review stands, if it is known; `part` where a part of it does that bears no year.
    """
    found = part or _period(normal, year, [*lead, *([title] if title else []), *prose])
    if found is None or not normal.original[slice(*found)].isupper():
        return found
    # Of a headline in capitals the same words may stand in the prose as one writes them.
    words = re.escape(normal.part(*found)).replace(r"\ ", r"\s+")
    spans = (normal.origin_span(*one.span()) for one in re.finditer(rf"(?<!\w){words}(?!\w)", normal.text))
    return next((span for span in spans if not normal.original[slice(*span)].isupper()), found)


def _period(normal: Normalized, year: TextSpan | None, scope: Sequence[TextSpan]) -> TextSpan | None:
    """Where the period stands that `scope`, in this order, reviews; `year` as above."""
    spans = [span for one in scope if _TIMES.search(normal.text, *(span := normal.span(*one)))]
    order = list(enumerate(_PERIODS))
    if _HALF.search(normal.text):
        order.insert(0, order[_PART])
    plain: TextSpan | None = None
    for kind, words in order:
        part_first = kind == _PART == order[0][0]
        for a, b in spans:
            for match in words.finditer(normal.text, a, b):
                before = normal.text[max(a, match.start() - _BEFORE) : match.start()]
                span = normal.origin(match.start()), normal.origin(match.end())
                if _PLANNING.search(before):
                    continue
                if year is None:
                    if _REVIEWING.search(before) or match.start() == a:
                        return span
                elif part_first or span[0] <= year[0] < span[1]:
                    return span
                elif plain is None and normal.part(*year)[-4:] in match.group():
                    plain = span
    return plain or year
