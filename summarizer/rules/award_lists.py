"""Award lists: the names that a list holds, and the recipients that stand in one by no verb of giving or getting.

They stand behind the name of a prize and a colon ("Giải nhì: chi đội 9A1"), below a line that is an award's name,
behind a prize and "thuộc về" (went to), or at the beginning of a clause that ends in a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article.normalize import Normalized
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.bodies import AREA, HEAD, body_at
from summarizer.rules.names import Mention, list_mark, within
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Recipient

_WORDS = Lists("summarizer.rules", "awards")
AWARD = cue(
    r"(?<!\w)(?:huy hiệu[\w\s]{0,24}?tuổi đảng|danh hiệu(?: (?!{links})[^\s,.;:()]+){1,10}"
    r"|{awards}(?: {prizes}| hạng \w+)?)(?!\w)",
    **_WORDS,
)
HONOURS = word_cue(r"{honours}", **_WORDS)
TITLES = r"[\"']?{titles}(?: xuất sắc| tiêu biểu)*[\"']?"
TITLE = cue(TITLES, **_WORDS)
# What was voted on is no mere aim: "bỏ phiếu đề nghị khen thưởng" (voted to propose the award).
AIMED = cue(r"(?<!được\s)(?<!nhất\s)(?<!phiếu\s)(?<!quyết\s){aimed}", **_WORDS)
# "các xã Tân An, Tân Bình", "Chi bộ các thôn Đông, Đoài": what the names are is said once.
SHARED_HEAD = rf"(?:{HEAD}(?: [^\s,.;:()]+){{0,3}}? )?các (?:{AREA}|{HEAD}|{{levels}}) (?=\w)"

_LISTS = cue(
    r":|(?<!\w)(?:(?:gồm(?: có)?|là|như|cụ thể)\s*:|(?<=\s)(?:gồm(?: có)?|thuộc về|trong đó có)(?=\s[^\W\d])"
    r"|(?:{models}|{does_well})(?: [^\s,.;:()]+){0,4}? (?:như|là|có|phải kể đến)(?=\s[^\W\d])"
    r"|\d+ {groups}(?: [^\s,.;:()]+){0,6} \((?=[^\W\d]))",
    **_WORDS,
)
# A line that is an award's name, over those who have it: "II. Giấy khen của Giám đốc".
_MARKER = cue(r"\s*(?:[-+*•]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-hđ])[.)/])?\s*(?:về |tặng |trao )?")
_LIST_OF = cue(r"danh sách ")
# What a list of the distinguished stands under, where no award is named.
_DISTINCTION = word_cue(
    r"(?:đạt|có) (?:nhiều |các )?[^.:;]{0,40}?(?:{merits}[^.:;,]{0,60}|{high}(?: nhất)?(?=\s*:))"
    r"|(?:nhận|trao) thưởng(?= cho|\s*:| gồm)|(?:đạt|đoạt) giải[^.:;,]{0,20}"
    r"|{chosen} [^.:;]{0,30}tham dự [^.:;\n]{0,80}"
    r"|(?:{examples}|{does_well})(?: [^.:;]{1,40}?)??(?= gồm| như| là| có| phải kể|\s*:)"
    r"|{praises}(?= cho| các| những|\s*:| gồm|, trong đó)",
    **_WORDS,
)
# "giải nhì thuộc về đội A", "giải ba toàn đoàn cho xã B": whoever is named behind it has won the prize.
_WON_BY = cue(
    r"(?<!\w)giải (?:thưởng )?{prizes}(?!\w)(?:(?!giải(?!\w))[^;:\n]){0,40}?,? (?:lần lượt )?{won_by}"
    r"(?: (?:các )?{groups})*\s?:?(?=\s[^\W\d])",
    **_WORDS,
)
_ENDS_WINNERS = cue(r"[;.]\s|(?:,| và)? (?:đồng )?giải |$|\n", **_WORDS)
_WHOSE = cue(r"\s*của ((?:{offices} )?)", offices=Lists("summarizer.rules", "names")["offices"])
# What stands between two marks: "…; Công đoàn hoàn thành tốt nhiệm vụ;" names who has reached a title.
_CLAUSES = re.compile(r"[^\s,;:.](?<![^\s;:].)[^,;:.]{3,80}+(?=[;.])")
# "công bố quyết định khen thưởng của Chủ tịch UBND tỉnh: tặng …": who decided gives what follows.
_DECISION = cue(r"(?<!\w)quyết định(?: (?!của(?!\w))[^\s,.;:()]+){0,6}(?= của )")
_LONGEST_HEADING, _LEAD_ROOM = 160, 260
"""Characters of a line that is an award's name, and before a list in which its award is named."""

_LIST_LINE = re.compile(r"[\s\-–+*•\d.)(]*")
_SHARED = cue(SHARED_HEAD, **_WORDS)
_ITEM_ENDS = cue(r"\s*[(]|\s+[-–]\s|\s*:\s|\s{item_ends}|[.]\s|[.]?$|\n", **_WORDS)
_BRACKETS_OR_MARKS = re.compile(r"[()“”]|[,;\n]|\s(?:và|cùng)\s(?=\S+)")
# "…: UBND tỉnh tặng bằng khen cho 11 tập thể": what somebody gives is no name.
_GIVES_IT = cue(r"\s(?:{gives}) {awards}(?!\w)", **_WORDS)
_CODE = re.compile(r"\W*((?:chi đội |lớp |khối )?\d{1,2}\s?[a-z]\d{0,2})(?!\w)")
_PREFIX = cue(r"(?:{members}\s*(?:\(\d+\)\s*)?:?\s*)+", **_WORDS)
_LEVEL = cue(rf"{{levels}}|{AREA} (?=\w)", **_WORDS)
_FULL_NAME, _LONGEST_SHARED, _LONGEST_NAME = 3, 5, 14
"""Words of a name without a head, at least; of one whose head the list has said before and of any name, at most."""


def recipient(
    normal: Normalized, at: TextOffset, end: TextOffset, award: str, whose: str | None = None
) -> Recipient:
    """Return the recipient named from `at` to `end`, with the award and who gives it."""
    return Recipient(at=at, text=normal.original[at:end], award=award, given_by=whose)


def listed(
    normal: Normalized, span: TextSpan, following: Sequence[TextSpan], mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who stands in a list behind the name of an award: "Giải nhì: chi đội 9A1, 6A1" (second prize)."""
    a, b = normal.span(*span)
    openers = list(_LISTS.finditer(normal.text, a, b))
    for number, opens in enumerate(openers, 1):
        since = max(a, opens.start() - _LEAD_ROOM)
        awards = list(AWARD.finditer(normal.text, since, opens.end()))
        # A title that ends in "cho các …" is given to whom the list names.
        stated = awards[-1] if awards else _DISTINCTION.search(normal.text, since, opens.end())
        if stated is None and (titles := [*TITLE.finditer(normal.text, since, opens.start())]):
            # "Tập thể tiên tiến: Tổ Lá, Tổ Chồi".
            stated = None if normal.text[titles[-1].end() : opens.start()].strip() else titles[-1]
        stop = openers[number].start() if number < len(openers) else b
        if opens[0][-1] == "(":
            stop = max(opens.end(), normal.text.find(")", opens.end(), b))
        if stated is None or AIMED.search(normal.text, since, opens.end()):
            continue
        spans = [(normal.origin(opens.end()), normal.origin(stop) if stop < b else span[1])]
        if not normal.original[spans[0][0] : span[1]].strip():
            spans = list(_lines_below(normal.original, span[1], following))
        whose = award_of(normal, stated.end(), b)
        yield from in_list(normal, spans, mentions, normal.written(*stated.span()), whose)


def headed(
    normal: Normalized, span: TextSpan, following: Sequence[TextSpan], mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who stands on the lines below a line that is an award's name: "II. Giấy khen của Giám đốc"."""
    at, end = span
    a, b = normal.span(at, end)
    marker = _MARKER.match(normal.text, a, b)
    if end - at > _LONGEST_HEADING or not marker or normal.original[end - 1] in ".;:,":
        return
    begins = marker.end()
    award = AWARD.match(normal.text, begins, b) or TITLE.match(normal.text, begins, b)
    if award is None and _LIST_OF.match(normal.text, begins, b):
        found = (words.search(normal.text, begins, b) for words in (AWARD, TITLE, HONOURS))
        award = next(filter(None, found), None)
    if award is not None:
        spans = list(_lines_below(normal.original, end, following))
        whose = award_of(normal, award.end(), b)
        yield from in_list(normal, spans, mentions, normal.written(*award.span()), whose)


def in_list(
    normal: Normalized, spans: Sequence[TextSpan], mentions: Sequence[Mention], award: str, whose: str | None
) -> Iterator[Recipient]:
    """Yield the recipients of one award that the lines of a list name, up to one that names nobody."""
    for at, end in spans:
        named = list(names_in_list(normal, at, end, mentions))
        if not named:
            break
        yield from (recipient(normal, *name, award, whose) for name in named)


def won(normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> Iterator[Recipient]:
    """Yield who stands behind a prize: "giải nhì thuộc về đội A; giải ba cho xã B và xã C" (second, third prize)."""
    for wins in _WON_BY.finditer(normal.text, a, b):
        ends = _ENDS_WINNERS.search(normal.text, wins.end(), b)
        at, end = normal.origin(wins.end()), normal.origin(ends.start() if ends else b)
        prize = AWARD.search(normal.text, wins.start(), wins.end())
        if prize is None or AIMED.search(normal.text, a, wins.start()):
            continue
        for name in names_in_list(normal, at, end, mentions, sure=True):
            yield recipient(normal, *name, normal.written(*prize.span()))


def award_of(normal: Normalized, a: int, b: int) -> str | None:
    """Whose award it is: "Cờ thi đua của UBND tỉnh" (the province's flag), "Bằng khen của Chủ tịch UBND tỉnh"."""
    whose = _WHOSE.match(normal.text, a, b)
    body = body_at(normal, whose.end(), b) if whose else None
    return normal.original[normal.origin(whose.start(1)) : body.end] if whose and body else None


def decided_by(normal: Normalized, a: int, b: int) -> tuple[int, str] | None:
    """Return whose the last decision named between two normalized offsets is, and where that stands."""
    for decision in reversed([*_DECISION.finditer(normal.text, a, b)]):
        if whose := award_of(normal, decision.end(), b):
            return decision.start(), whose
    return None


def titled(normal: Normalized, a: int, b: int) -> Iterator[Recipient]:
    """Yield the body at the beginning of a clause that has reached a title: "Chi bộ đạt trong sạch vững mạnh"."""
    for clause in _CLAUSES.finditer(normal.text, a, b):
        body = body_at(normal, clause.start(), clause.end())
        title = TITLE.fullmatch(normal.text, normal.offset(body.end) + 1, clause.end()) if body else None
        if body and title and not AIMED.search(normal.text, a, title.start()):
            yield recipient(normal, body.at, body.end, normal.written(*title.span()))


def _lines_below(text: str, end: int, following: Sequence[TextSpan]) -> Iterator[TextSpan]:
    """Yield the lines of a list below a lead that ends at `end`; of numbered cells only those behind a number."""
    lines: list[TextSpan] = []
    numbers: list[int] = []
    dashed = following and list_mark(text, following[0][0])
    for at, stop in following:
        if "\n" not in text[end:at] or (dashed and not list_mark(text, at)):
            break
        end = stop
        if text[at:stop].strip(" .)").isdigit():
            numbers.append(len(lines))
        else:
            lines.append((at, stop))
    yield from (lines[number] for number in numbers if number < len(lines)) if numbers else lines


def names_in_list(
    normal: Normalized, at: TextOffset, end: TextOffset, mentions: Sequence[Mention], *, sure: bool = False
) -> Iterator[TextSpan]:
    """Yield the spans of the names in a list; behind an item that names nobody only people are still sure.

    Where it is `sure` that the list names somebody, a capital alone begins a name.
    """
    text = normal.original
    goes_on, shared, person = True, False, False
    for a, b in _split(text, at, end):
        mark = _LIST_LINE.match(text, a, b) if not _CODE.match(normal.text, *normal.span(a, b)) else None
        begun = TextOffset(mark.end()) if mark else a
        begun += len(text[begun:b]) - len(text[begun:b].lstrip())
        if named := within(mentions, begun, b):
            person = True
            yield named[0].at, named[0].end
            continue
        if person and text[a - 1] == ",":
            continue  # "ông Lê Văn An - Trưởng thôn Đông, xã Tân Quang": where he is from
        person = False
        if opens := _SHARED.match(normal.text, *normal.span(begun, b)):
            shared, begun = True, normal.origin(opens.end())
        name = _item_name(normal, begun, b, shared=shared, sure=sure) if goes_on else None
        goes_on = name is not None
        if name is not None:
            yield name


def _split(text: str, at: TextOffset, end: TextOffset) -> Iterator[TextSpan]:
    """Yield the parts of a list between commas, semicolons and "và", those inside brackets and quotes apart."""
    depth, begun = 0, at
    for mark in (*_BRACKETS_OR_MARKS.finditer(text, at, end), None):
        if mark and mark[0] in "(“":
            depth += 1
        elif mark and mark[0] in ")”":
            depth = max(0, depth - 1)
        elif mark is None or depth == 0:
            stop = TextOffset(mark.start()) if mark else end
            if text[begun:stop].strip():
                yield begun, stop
            begun = TextOffset(mark.end()) if mark else end


def _item_name(
    normal: Normalized, at: TextOffset, end: TextOffset, *, shared: bool, sure: bool
) -> TextSpan | None:
    """The name that an item of a list begins with: a body, a class ("8A1"), a person or project with capitals.

    Of names whose head the list has `shared` before them, capitals alone are enough.
    """
    a, b = normal.span(at, end)
    if code := _CODE.match(normal.text, a, b):
        stop = normal.origin(code.end())
        return stop - len(code[1].split(" ")[-1]), stop
    prefix = _PREFIX.match(normal.text, a, b)
    begun = normal.origin(prefix.end()) if prefix else at
    ends = _ITEM_ENDS.search(normal.original, begun, end)
    name = normal.original[begun : ends.start() if ends else end].rstrip(" .,;…")
    words = name.split()
    if not 1 <= len(words) <= _LONGEST_NAME or _GIVES_IT.search(normal.text, *normal.span(begun, end)):
        return None
    here = normal.offset(begun)
    headed = _LEVEL.match(normal.text, here, b) or body_at(normal, here, b)
    if not name[:1].isupper():
        # "trường Tiểu học An Lạc": a name's head may be small, its own words are not.
        return (begun, begun + len(name)) if headed and name != name.lower() else None
    capitals = all(word[0].isupper() for word in words)
    long_enough = len(words) >= _FULL_NAME or (shared and len(words) <= _LONGEST_SHARED)
    if sure or headed or prefix or (capitals and long_enough):
        return begun, begun + len(name)
    return None
