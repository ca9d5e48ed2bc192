"""People: who chaired a meeting, who came as a guest, who spoke, and the reports it heard.

A person's part is read from the words around the name: "chủ trì Hội nghị" behind it or before it, "đến dự",
"phát biểu chỉ đạo", "trình bày". Who only opens, closes or directs a meeting does not chair it (GOLD.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.article.cues import MEETING, Cue, cue
from summarizer.article.normalize import Folded, fold_words, normalized
from summarizer.rules.names import NEXT_OFFICE, OFFICE, Mention, find_mentions
from summarizer.schemas.report import Person, PresentedReport, Role

__all__ = ("People", "read_people")

Span = tuple[int, int]

_HOLDING = (
    rf"(?:chủ trì|chủ tọa|điều hành)(?: và (?:chỉ đạo|phát biểu|kết luận)[^,.;:]{{0,30}}?)?"
    rf"(?: (?:tại )?(?:buổi |phần |cuộc |chương trình |toàn bộ )?(?:{MEETING}|thảo luận|phần|nội dung"
    rf"|kỳ họp|buổi))?"
)
_CHAIR = (
    rf"(?:đồng |tham dự và |tham dự, |dự và |dự, |trực tiếp |tham gia |cùng )*(?:làm )?{_HOLDING}"
    r"|(?:dưới|với) sự (?:chủ trì|chủ tọa|điều hành|điều khiển)(?: của)?"
    r"|(?:đoàn chủ tịch|chủ tịch đoàn|đoàn chủ tọa|chủ tọa đoàn"
    r"|ban chủ tọa)(?!\w)[^,.;:(\n]{0,40}?(?:gồm(?: có)?|\(|:| có| là)"
    r"|(?:đại diện|thay mặt|thành viên)(?: cho)? (?:đoàn chủ tịch|chủ tịch đoàn|đoàn chủ tọa|ban chủ tọa)"
)
# "chủ trì đề tài", "đơn vị chủ trì", "công tác điều hành": not a meeting that is chaired.
_NOT_CHAIRING_BEFORE = cue(
    r"(?:đơn vị|cơ quan|giao|được giao|chủ nhiệm|phối hợp|ban|công tác|lãnh đạo,?|chỉ đạo,|quản lý,?"
    r"|năng lực|sự|bộ máy"
    r"|hội đồng|giám đốc|tổ|phó|trung tâm|phương thức|trong)\s*$"
)
_NOT_CHAIRING_BEHIND = cue(
    r"\s*,? (?:phối hợp|đề tài|thực hiện|xây dựng|tham mưu|nghiên cứu|dự án|soạn thảo|biên soạn"
    r"|nhiệm vụ|triển khai"
    r"|công tác|của|hoạt động|các hoạt động|việc|sản xuất|tuyên truyền|theo)(?!\w)"
)
_GUEST = (
    r"(?:(?:đến|về|tới|tham|cùng|vinh) )*dự(?! kiến| thảo| án| toán| bị| nguồn| báo| phòng| định| trữ"
    r"| đoán| khuyết| lễ khai"
    r")(?!\w)|tham gia (?:hội nghị|đại hội|buổi)|sự (?:tham dự|tham gia|góp mặt|hiện diện"
    r"|có mặt)(?: của)?|đón tiếp|được đón"
    r"|khách mời|có mặt"
)
_SPEECH = (
    r"(?:phát biểu|kết luận|khai mạc|bế mạc|nhấn mạnh|khẳng định|ghi nhận|biểu dương|bày tỏ|cho biết"
    r"|chia sẻ|yêu cầu"
    r"|đề nghị|đáp từ|lưu ý|đánh giá cao|chúc mừng|đề xuất|nói|cho hay|thông tin)(?! của| trên)(?!\w)"
    r"(?: (?:khai mạc|bế mạc|chỉ đạo|kết luận|tiếp thu|đáp từ|chào mừng|chúc mừng|ý kiến|tham luận))*"
)
_PRESENT = r"(?:trình bày|đọc|thông qua|báo cáo|công bố|quán triệt)(?! viên)(?!\w)"
_AWARD = r"(?:trao|tặng|khen thưởng)(?!\w)"
_ROLES = ("chair", "guest", "speech", "present", "award", "other")
_CUES = Cue(
    rf"(?<!\w)(?:({_CHAIR})|({_GUEST})|({_SPEECH})|({_PRESENT})|({_AWARD})"
    r"|((?<!ban\s)(?<!quan\s)tổ chức(?! đảng| cơ sở| công đoàn| đoàn)|diễn ra|thư ký đoàn|đoàn thư ký"
    r"|ban thư ký|ban thẩm tra"
    r"|ban kiểm phiếu|được bầu|bầu"
    r"|thay mặt|(?<!ban\s)chỉ đạo|lắng nghe|nghe))"
)
_OPENS_LIST = cue(
    rf"(?:\s|,|:|-|\(|\"|(?<!\w)(?:(?:tại )?{MEETING}|có|là|gồm|gồm có|của|do|bởi|sự|các|\d+|đồng chí"
    rf"|đ/c|ông|bà|còn có|lần này"
    r"|này|trên|nói trên|chúng tôi|năm \d+|với)(?!\w))*"
)
_TITLE_ENDS = cue(
    rf"[;\n]|\.(?=\s|$)|(?:,|-)?\s+(?:đã |cũng |đang |cùng |hoàn toàn |và (?:các )?đồng chí|và ông|và bà|cùng các"
    rf"|cùng toàn|(?:và )?(?:hơn |gần |trên )?\d+ )|, (?:các|toàn thể|lãnh đạo|đại diện (?:lãnh đạo"
    rf"|các|cho))(?!\w)"
    rf"|,? (?:{_CHAIR}|{_GUEST}|{_SPEECH}|{_PRESENT}|{_AWARD}|thay mặt|tại {MEETING}|tham luận)"
    r"|(?<=\w) đại diện (?:cho|đảng ủy|ban|lãnh đạo)(?!\w)"
)
# What a report is titled by; a "báo cáo" without it is a talk, a poster, a figure of speech.
_REPORT = cue(
    r"(?<!thiện\s)(?:dự thảo )?báo cáo (?=(?:tổng kết|sơ kết|công tác|kết quả|đánh giá(?! toàn diện| những| rõ)"
    r"|chính trị|kiểm điểm|tài chính|thu|tình hình|hoạt động|thanh tra|kiểm tra|thẩm tra|tổng hợp"
    r"|tóm tắt|quyết toán"
    r"|quy chế|đề án|thực hiện|việc thực hiện|phương hướng|chuyên đề|thành tích)(?!\w))"
)
_TITLE_TAIL = cue(r"(?: của)?[\s…]*$")
_HEARD = cue(r"(?<!\w)(?:nghe|trình bày|thông qua|đọc|công bố|trình|giới thiệu)(?!\w)")
_REPORT_ENDS = cue(
    r"[;.:\n“]|,(?! (?:phương hướng|nhiệm vụ|kế hoạch|kết quả))| do (?=đồng chí|đ/c|ông|bà|cô|thầy|anh|chị|\w+\.)"
    r"| đã | được | với nhiều| nêu| cho thấy"
    r"| trước | tại (?:hội nghị|đại hội|buổi)| nhằm| của đồng chí"
)
_BY = cue(r"\s*,? do ")
_OFFICE_AHEAD = cue(rf"(?<!\w){OFFICE}(?:t\.ư|[^.;:()\n])*$")
_OPENS_OFFICE = cue(rf"\s*[,(_-]\s*(?!cùng )|\s+(?={NEXT_OFFICE})")
_PLAIN = cue(r"(?:các )?(?:đồng chí|đ/c\.?|đc|ông|bà|anh|chị|em|cô|thầy)\s*:?")
_SHORTEST_TITLE = 4
_DASHES = ("-", "+", "•", "*", "–")


@dataclass(frozen=True, slots=True)
class People:
    """Who did what at the meeting, each in the order of the text, and the reports it heard."""

    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]
    reports: tuple[PresentedReport, ...]


class _Cue(NamedTuple):
    at: int
    end: int
    role: str
    words: str


def read_people(text: str, folded: Folded, sentences: Sequence[Span]) -> People:
    """Return the people of the article by their part in the meeting.

    `folded` is `text` folded, `sentences` the spans of its sentences, page chrome left out.
    """
    mentions = find_mentions(text, folded)
    found: dict[str, list[Person]] = {role: [] for role in _ROLES}
    reports: list[PresentedReport] = []
    for number, (at, end) in enumerate(sentences):
        here = [mention for mention in mentions if at <= mention.at < end]
        cues = list(_cues(text, folded, at, end))
        for index, one in enumerate(cues):
            listed = _following(text, folded, sentences, number, one) if one.role == "chair" else end
            inside = here if listed == end else [m for m in mentions if at <= m.at < listed]
            for mention in _taking_part(folded, cues, index, inside, (at, listed)):
                found[one.role].append(_person(text, folded, mentions, mention))
        reports.extend(_reports(text, folded, (at, end), here))
    return People(
        tuple(mentions),
        _with_roles(found),
        _reports_once(reports),
    )


def _cues(text: str, folded: Folded, at: int, end: int) -> Iterator[_Cue]:
    a, b = folded.span(at, end)
    for match in _CUES.findall(folded, a, b):
        role = _ROLES[(match.lastindex or 1) - 1]
        if role == "chair" and (
            _NOT_CHAIRING_BEFORE.search(folded.text, max(a, match.start() - 20), match.start())
            or _NOT_CHAIRING_BEHIND.match(folded.text, match.end(), b)
        ):
            role = "other"
        start, stop = folded.origin(match.start()), folded.origin(match.end())
        yield _Cue(start, stop, role, " ".join(text[start:stop].split()))


def _following(text: str, folded: Folded, sentences: Sequence[Span], number: int, one: _Cue) -> int:
    """Where the list that a cue opens ends: "Chủ trì hội nghị:" goes on over the dashed lines below it."""
    end = sentences[number][1]
    if not _OPENS_LIST.fullmatch(folded.text, *folded.span(one.end, end)):
        return end
    for at, stop in sentences[number + 1 : number + 8]:
        if text[at] not in _DASHES and text[text.rfind("\n", 0, at) + 1 : at].strip() not in _DASHES:
            break
        end = stop
    return end


def _taking_part(
    folded: Folded, cues: Sequence[_Cue], index: int, mentions: Sequence[Mention], span: Span
) -> list[Mention]:
    """The people whose part a cue names: those before it since the cue before, else those that follow it."""
    one = cues[index]
    if one.role in ("award", "other"):
        return []
    earlier = [c for c in cues[:index] if c.end <= one.at]
    floor = earlier[-1].end if earlier else span[0]
    before = [mention for mention in mentions if floor <= mention.at and mention.end <= one.at]
    # "Dự hội nghị có A; B chủ trì": what an earlier cue has opened is its own but for the nearest.
    if before and earlier and earlier[-1].role == "guest" and not _chained(folded, earlier[-1], one):
        before = before[-1:]
    if before and one.role in ("speech", "present"):
        before = before[-1:]
    if one.role == "guest" and before and _GUEST_LIST.match(folded.text, folded.folded(one.end)):
        before = []
    if before:
        return before
    ceiling = next((c.at for c in cues[index + 1 :] if not _chained(folded, one, c)), span[1])
    behind = [mention for mention in mentions if one.end <= mention.at < ceiling]
    if not behind:
        return []
    gap = folded.part(one.end, behind[0].lead)
    if one.role in ("chair", "guest"):
        return behind if one.role == "guest" or _near(gap) else []
    return behind[:1] if one.role == "speech" and _near(gap) else []


_GUEST_LIST = cue(rf"(?: (?:{MEETING}|và [\w\s]{{3,30}}))*(?: còn)?(?: có|:| gồm)")


def _chained(folded: Folded, first: _Cue, second: _Cue) -> bool:
    """Whether nothing but joining words stands between two cues ("dự và chủ trì", "phát biểu, chỉ đạo")."""
    between = folded.part(first.end, second.at)
    return re.fullmatch(r"[\s,]*(?:và|,|rồi)?[\s,]*", between) is not None


def _near(gap: str) -> bool:
    """Whether only the meeting's name, an office and marks stand between a cue and the name it opens."""
    opened = _OPENS_LIST.match(gap)
    rest = gap[opened.end() :] if opened else gap
    return len(rest) < 110 and "." not in rest.rstrip(". ")


_REPORT_ROLES: dict[str, Role] = {
    "chair": "chair",
    "guest": "guest",
    "speech": "speaker",
    "present": "presenter",
}


def _with_roles(found: dict[str, list[Person]]) -> tuple[Person, ...]:
    """Return each person once, with every role that the article gives it, in the order of the first mention."""
    people: dict[str, Person] = {}
    for cue_role, role in _REPORT_ROLES.items():
        for person in _once(found[cue_role]):
            key = normalized(person.name)
            known = people.get(key)
            if known is None:
                people[key] = person.model_copy(update={"roles": (role,)})
            else:
                post = max((known.post, person.post), key=lambda post: len(post or ""))
                roles = (*known.roles, role)
                people[key] = known.model_copy(
                    update={"roles": roles, "post": post, "at": min(known.at, person.at)}
                )
    return tuple(sorted(people.values(), key=lambda person: person.at))


def _person(text: str, folded: Folded, mentions: Sequence[Mention], mention: Mention) -> Person:
    since = max((other.end for other in mentions if other.at < mention.at), default=0)
    until = next((other.lead for other in mentions if other.at > mention.at), len(text))
    titles = _titles(text, folded, mention, since, until)
    return Person(name=mention.name, at=mention.at, post=titles)


def _titles(text: str, folded: Folded, mention: Mention, since: int, until: int) -> str | None:
    """The degree or rank before the name, and the office between `since` and the name, or behind it up to `until`."""
    degree = " ".join(text[mention.lead : mention.at].split())
    here = folded.folded(mention.end)
    lead = folded.folded(mention.lead)
    office = ""
    # "Bí thư Tỉnh ủy Lê Văn Bình, Chủ tịch …": what no comma parts from the name is its own.
    ahead = (
        None
        if mention.titled
        else _OFFICE_AHEAD.search(folded.text, max(folded.folded(since), lead - 120), lead)
    )
    own = ahead is not None and not ahead.group().rstrip().endswith((",", "-"))
    if ahead is not None and own:
        office = text[folded.origin(ahead.start()) : mention.lead]
    elif opened := _OPENS_OFFICE.match(folded.text, here):
        behind = opened.end()
        last = max(behind, min(here + 260, folded.folded(until)))
        ends = _TITLE_ENDS.search(folded.text, behind, last)
        stop = ends.start() if ends else min(last, here + 160)
        office = text[folded.origin(behind) : folded.origin(stop)]
    elif ahead is not None:
        office = text[folded.origin(ahead.start()) : mention.lead]
    plain = _PLAIN.fullmatch(" ".join(folded.part(mention.lead, mention.at).split()))
    parts = ("" if plain else degree, " ".join(office.split()).strip(" ,-–)"))
    return ", ".join(part for part in parts if part).removesuffix(" và") or None


def _reports(text: str, folded: Folded, span: Span, mentions: Sequence[Mention]) -> Iterator[PresentedReport]:
    """Yield the reports a sentence says were heard, each with who presented it if said."""
    a, b = folded.span(*span)
    if folded.text.find("báo", a, b) < 0:
        return
    heard = _HEARD.search(folded.text, a, b) is not None
    for match in _REPORT.finditer(folded.text, a, b):
        listed = folded.text.find(";", match.end(), b)
        ends = _REPORT_ENDS.search(folded.text, match.end(), b)
        stop = ends.start() if ends else b
        if stop < listed < match.end() + 110 and folded.text[stop] == ",":
            stop = listed
        tail = _TITLE_TAIL.search(folded.text, match.end(), stop)
        at, end = folded.origin(match.start()), folded.origin(tail.start() if tail else stop)
        presenter = _presenter(folded, match.start(), stop, mentions)
        if (heard or presenter) and len(text[at:end].split()) >= _SHORTEST_TITLE:
            yield PresentedReport(at=at, text=text[at:end], presenter=presenter)


def _presenter(folded: Folded, a: int, stop: int, mentions: Sequence[Mention]) -> str | None:
    if _BY.match(folded.text, stop) or folded.text[stop : stop + 4].strip() == "do":
        behind = [mention for mention in mentions if folded.folded(mention.at) >= stop]
        return behind[0].name if behind else None
    before = [mention for mention in mentions if folded.folded(mention.end) <= a]
    if before:
        between = folded.text[folded.folded(before[-1].end) : a]
        presents = _PRESENTS.search(between) or _ONLY_OFFICE.fullmatch(between)
        if presents and not _HEARERS.search(between) and not re.search(r"[.;]", between):
            return before[-1].name
    return None


_HEARERS = cue(r"(?<!\w)(?:các đại biểu|nghe|hội nghị đã|đại hội đã)(?!\w)")
_PRESENTS = cue(rf"{_PRESENT}|báo cáo")
# "Lê Văn An - Bí thư chi bộ báo cáo tổng kết …": the report's own word is the verb.
_ONLY_OFFICE = cue(rf"\s*[,(_-]\s*{OFFICE}[^.;:,\n]{{0,60}}[,)]?\s*(?:đã )?")


def _once(people: Sequence[Person]) -> tuple[Person, ...]:
    """Each person once, the mention with the most titles, at the place of the first."""
    kept: dict[tuple[str, ...], Person] = {}
    for person in people:
        key = fold_words(person.name)
        if key not in kept or len(person.post or "") > len(kept[key].post or ""):
            kept[key] = person
    return tuple(sorted(kept.values(), key=lambda person: person.at))


def _reports_once(reports: Sequence[PresentedReport]) -> tuple[PresentedReport, ...]:
    kept: dict[tuple[str, ...], PresentedReport] = {}
    for report in reports:
        kept.setdefault(fold_words(report.text), report)
    return tuple(kept.values())
