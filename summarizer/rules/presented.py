"""Presented: the reports, drafts and resolutions that a meeting heard or adopted, each with who presented it.

A title goes on to the mark, the verb or the person that ends it ("Báo cáo tổng kết năm 2020 do đồng chí A trình bày",
report that reviews 2020, presented by comrade A); over a comma only where a year or a term still follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from summarizer.article.normalize import Normalized, in_one_form
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.names import OFFICE, Mention, within
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import PresentedReport

_WORDS = {**Lists("summarizer.rules", "people"), **Lists("summarizer.rules", "reports")}
_REPORT = word_cue(
    r"(?:dự thảo |bản )*báo cáo (?=(?:{reported}|(?:tự )?đánh giá(?!\w)(?! {assessed_not})))", **_WORDS
)
# What is heard or adopted but no report: only right behind the verb, or in one list with a report.
_OTHER = word_cue(
    r"(?:dự thảo )?(?:{other_titles}|{others}(?= \w)|nghị quyết(?= \w)(?! số)|phương hướng(?=,? nhiệm vụ))",
    **_WORDS,
)
_HEARS = word_cue(r"{hears}|đọc(?!\w)(?! kỹ)", **_WORDS)
_TELLS = cue(r"\s*(?:đã |cũng |của đã )*{tells}", **_WORDS)
_RIGHT_AFTER = cue(
    r"(?:{right_after}|đóng góp [^.;]{0,60}|thảo luận [^.;]{0,90})(?: [\w,]+){0,2}\s*$", **_WORDS
)
_IN_LIST = re.compile(r"[;,]\s*(?:và\s*)?$")
_ENDS = cue(
    rf"[;.:\n“]| do (?=(?:{{presenters}}|\w+\.|{OFFICE}))|, (?={{presenters}})| {{ends}}| với (?=\d)"
    r"|,\s+(?:và )?{next_item}",
    **_WORDS,
)
_TIME = cue(r"(?:năm (?:học )?\d|nhiệm kỳ|tháng (?:đầu|cuối)|quý )")
_TAIL = cue(r"(?: của| và)?[\s…,]*$")
_BY = cue(r"\s*,? do ")
_AS_VERB = cue(r"(?<!\w)đã $")
# "Đại diện lãnh đạo huyện báo cáo kết quả …": who is not named presents it.
_DEPUTY = cue(r"(?:đại diện|thay mặt) [^.;:,]{3,90} $")
_PARTS_THEM = cue(r"(?<!\w){hearers}|\.\s|;", **_WORDS)
_PRESENTS = cue(r"(?<!\w)(?:{presents}|đọc(?!\w)(?! kỹ))(?! {presented_not})", **_WORDS)
# "Lê Văn An - Bí thư chi bộ báo cáo tổng kết …": the report's own word is the verb.
_ONLY_OFFICE = cue(rf"(?:\s*[,(_-]\s*{OFFICE}[^.;:\n]{{0,160}}[,)]?)?\s*(?:đã )?")
# "Trình bày báo cáo …, đồng chí A cho biết": who is named behind what he presents.
_OPENS_PRESENTING = cue(r"(?:[^,.;:]{0,40}, )?{presents} (?:[\w ]{0,20} )?$", **_WORDS)
_PERSON_NEXT = cue(r", (?={presenters})", **_WORDS)
_RESOLUTION = cue(r"nghị quyết(?:\s*\n\s*|\s+)(?:hội nghị|đại hội)[^\n]{0,120}")
_SHORTEST, _ROOM, _MOST_WORDS = 4, 130, 60
"""Words of a title, characters before it in which its verb stands, and words of the longest title."""
_START = TextOffset(0)


def read_reports(
    normal: Normalized,
    sentences: Sequence[TextSpan],
    mentions: Sequence[Mention],
    *,
    begins: TextOffset = _START,
    work: Sequence[int] = (),
) -> tuple[PresentedReport, ...]:
    """Return what the meeting heard or adopted, each once, in the order of the text.

    `sentences` are the spans of the article's sentences, `mentions` its people; the prose `begins` at that offset:
    a page's heading above or below it can be the resolution itself. `work` are the offsets, in order, of sentences
    that tell of the work: the plans and regulations in them were not put to the meeting.
    """
    found = list(_resolution(normal, sentences))
    for at, end in sentences:
        if at >= begins:
            of_work = bisect_left(work, at) < bisect_left(work, end)
            found += _in_sentence(normal, (at, end), within(mentions, at, end), reports_only=of_work)
    return _once(found)


def _in_sentence(
    normal: Normalized, span: TextSpan, mentions: Sequence[Mention], *, reports_only: bool
) -> Iterator[PresentedReport]:
    text, (a, b) = normal.text, normal.span(*span)
    reached = a
    listed = False
    reports = [(match, True) for match in _REPORT.finditer(text, a, b)]
    others = [(match, False) for match in _OTHER.finditer(text, a, b)]
    for match, is_report in sorted((*reports, *others), key=lambda one: one[0].start()):
        if match.start() < reached:
            continue
        stop = _title_ends(normal, match.end(), b)
        tail = _TAIL.search(text, match.end(), stop)
        last = tail.start() if tail else stop
        at, end = normal.origin(match.start()), normal.origin(last)
        presenter = _presenter(normal, a, match.start(), stop, mentions)
        before = text[max(a, match.start() - _ROOM) : match.start()]
        if is_report:
            heard = _HEARS.search(text, a, b) or _AS_VERB.search(before) or _DEPUTY.search(before)
            holds = presenter or heard or _TELLS.match(text, last, b)
        else:
            right_after = _RIGHT_AFTER.search(before) or (listed and _IN_LIST.search(before))
            holds = right_after and not reports_only
        if holds and _SHORTEST <= len(normal.original[at:end].split()) <= _MOST_WORDS:
            listed, reached = True, stop
            yield PresentedReport(at=at, text=normal.original[at:end], presenter=presenter)


def _title_ends(normal: Normalized, begun: int, end: int) -> int:
    """The normalized offset at which a title ends that goes on at `begun`."""
    ends = _ENDS.search(normal.text, begun, end)
    stop = ends.start() if ends else end
    comma = normal.text.find(",", begun, stop)
    if comma < 0 or (ends and ends[0] == ";"):
        return stop
    times = [time.start() for time in _TIME.finditer(normal.text, comma, stop)]
    if not times:
        return comma
    after = normal.text.find(",", times[-1], stop)
    return after if after > 0 else stop


def _presenter(normal: Normalized, since: int, a: int, stop: int, mentions: Sequence[Mention]) -> str | None:
    """Who presents what is named from `a` to `stop`: behind "do", or before a verb of presenting."""
    before = [mention for mention in mentions if normal.offset(mention.end) <= a]
    after = next((mention.name for mention in mentions if normal.offset(mention.at) >= stop), None)
    if _BY.match(normal.text, stop):
        return after
    if before:
        between = normal.text[normal.offset(before[-1].end) : a]
        presents = _PRESENTS.search(between) or _ONLY_OFFICE.fullmatch(between)
        return before[-1].name if presents and not _PARTS_THEM.search(between) else None
    opens = _PERSON_NEXT.match(normal.text, stop) and _OPENS_PRESENTING.fullmatch(normal.text, since, a)
    return after if opens else None


def _resolution(normal: Normalized, sentences: Sequence[TextSpan]) -> Iterator[PresentedReport]:
    """Yield the resolution that a page holds whole, by its heading in capitals."""
    text = normal.original
    for at, end in sentences:
        if text[at:end].isupper() and (match := _RESOLUTION.match(normal.text, normal.offset(at))):
            stop = normal.origin(match.end())
            if text[at:stop].isupper():
                yield PresentedReport(at=at, text=text[at:stop].rstrip())
                return


def _once(reports: Sequence[PresentedReport]) -> tuple[PresentedReport, ...]:
    """Each report once: a title that only shortens another one's is that one, told again."""
    kept: dict[str, PresentedReport] = {}
    for report in sorted(reports, key=lambda one: -len(one.text)):
        key = in_one_form(report.text)
        whole = next((other for other in kept if f" {key} " in f" {other} "), None)
        if whole is None:
            kept[key] = report
        elif report.presenter and kept[whole].presenter is None:
            kept[whole] = kept[whole].model_copy(update={"presenter": report.presenter})
    return tuple(sorted(kept.values(), key=lambda one: one.at))
