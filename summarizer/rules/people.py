"""People: everybody an article names, with office and roles: who chaired, came as a guest, spoke, presented.

A person's part is read from the words around the name: "chủ trì Hội nghị" behind it or before it, "đến dự",
"phát biểu chỉ đạo", "trình bày". Who only opens, closes or directs a meeting does not chair it (GOLD.md).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.article.cues import MEETING, Cue, cue
from summarizer.article.normalize import Folded, fold, normalized
from summarizer.rules.names import NEXT_OFFICE, OFFICE, Mention
from summarizer.rules.presented import PRESENT
from summarizer.schemas.report import Elected, Person, PresentedReport, Recipient, Role

__all__ = ("read_people",)

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
    r"(?:(?:đến|về|tới|tham|cùng) )*dự(?! kiến| thảo| án| toán| bị| nguồn| báo| phòng| định| trữ"
    r"| đoán| khuyết| lễ khai"
    r")(?!\w)|tham gia (?:hội nghị|đại hội|buổi)|sự (?:tham dự|tham gia|góp mặt|hiện diện"
    r"|có mặt)(?: của)?|đón tiếp|được đón"
    r"|khách mời|có mặt(?! tại)"
)
_SPEECH = (
    r"(?:phát biểu|kết luận|khai mạc|bế mạc|nhấn mạnh|khẳng định|ghi nhận|biểu dương|bày tỏ|cho biết"
    r"|chia sẻ|yêu cầu"
    r"|đề nghị|đáp từ|lưu ý|đánh giá cao|chúc mừng|đề xuất|nói|cho hay|thông tin)(?! của| trên)(?!\w)"
    r"(?: (?:khai mạc|bế mạc|chỉ đạo|kết luận|tiếp thu|đáp từ|chào mừng|chúc mừng|ý kiến|tham luận))*"
)
_PRESENT = PRESENT
_AWARD = r"(?:trao|tặng|khen thưởng)(?!\w)"
_ROLES = ("chair", "guest", "speech", "present", "award", "other")
_ROLE_OF: dict[str, Role] = {"chair": "chair", "guest": "guest", "speech": "speaker", "present": "presenter"}
_IN_ORDER: tuple[Role, ...] = ("chair", "guest", "speaker", "presenter", "awarded", "elected")
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
    rf"[;\n]|\.(?=\s|$)|(?:,|-)?\s+(?:đã |cũng |đang |cùng |hoàn toàn |và (?:các )?đồng chí|tham gia |và ông|và bà|cùng các"
    rf"|cùng toàn|(?:và )?(?:hơn |gần |trên )?\d+ )|, (?:các|toàn thể|lãnh đạo|về phía|đại diện (?:lãnh đạo"
    rf"|các|cho))(?!\w)"
    rf"|,? (?:{_CHAIR}|{_GUEST}|{_SPEECH}|{_PRESENT}|{_AWARD}|thay mặt|tại {MEETING}|tham luận)"
    r"|(?<=\w) đại diện (?:cho|đảng ủy|ban|lãnh đạo)(?!\w)"
)
_OFFICE_AHEAD = cue(rf"(?<!\w){OFFICE}(?:t\.ư|[^.;:()\n])*$")
_OPENS_OFFICE = cue(rf"\s*[,(_-]\s*(?!cùng )|\s+(?={NEXT_OFFICE}|(?:uv|tuv|huv|pct|pbt)(?!\w))")
# Who only stands for others, or is named by where he comes from, holds no office here.
_NOT_GUEST_BEFORE = cue(r"(?:bầu|cử|đoàn) [^,;.]{0,30}?đại biểu(?: đi)?\s*$")
_NO_OFFICE = cue(
    r"(?:đại diện|đại biểu|thay mặt|thành viên|nguyên là$|sinh năm|tổ(?! trưởng)|chi bộ|lớp)(?!\w)"
)
_REPORTS = cue(r"báo cáo [^,;.]{0,60}?(?:tại|với|trước) ")
_SPEAKS_AT = cue(r"(?:phát biểu|kết luận|khai mạc|bế mạc|đáp từ)")
_CHATS = cue(r"(?:chia sẻ|bày tỏ|cho biết|cho hay|nói|thông tin)")
_AHEAD, _BEHIND, _LONGEST_POST = 120, 260, 160
"""Characters before a name and behind it in which its office stands, and of an office."""
_DASHES = ("-", "+", "•", "*", "–")


class _Cue(NamedTuple):
    at: int
    end: int
    role: str
    words: str


def read_people(
    text: str,
    folded: Folded,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    *,
    meeting: bool = True,
    reports: Sequence[PresentedReport] = (),
    recipients: Sequence[Recipient] = (),
    elected: Sequence[Elected] = (),
) -> tuple[Person, ...]:
    """Return the people of the article, each once with office and roles, in the order of their first mention.

    `sentences` are the spans of the article's sentences, `mentions` all mentions of people in order. Who only told a
    newspaper something has spoken at no `meeting`. Presenters, recipients and elected people have those roles here too.
    """
    starts = [mention.at for mention in mentions]
    roles: dict[str, set[Role]] = {}
    for number, (at, end) in enumerate(sentences):
        here = mentions[bisect_left(starts, at) : bisect_left(starts, end)]
        cues = list(_cues(text, folded, at, end)) if here or _opens_list(folded, end) else []
        for index, one in enumerate(cues):
            role = _ROLE_OF.get(one.role)
            if role is None or (role == "speaker" and not _at_meeting(text, one, meeting)):
                continue
            listed = _following(text, folded, sentences, number, one) if role == "chair" else end
            inside = (
                here if listed == end else mentions[bisect_left(starts, at) : bisect_left(starts, listed)]
            )
            for mention in _taking_part(folded, cues, index, inside, (at, listed)):
                given: Role = (
                    "presenter"
                    if role == "speaker" and _REPORTS.match(folded.text, folded.folded(at))
                    else role
                )
                roles.setdefault(normalized(mention.name), set()).add(given)
    for name in (report.presenter for report in reports):
        if name:
            roles.setdefault(normalized(name), set()).add("presenter")
    for recipient in recipients:
        roles.setdefault(normalized(recipient.text), set()).add("awarded")
    for one in elected:
        roles.setdefault(normalized(one.name), set()).add("elected")
    people: dict[str, Person] = {}
    for index, mention in enumerate(mentions):
        key = normalized(mention.name)
        post = _post(text, folded, mentions, index)
        known = people.get(key)
        if known is None:
            given_roles = roles.get(key, set())
            people[key] = Person(
                name=mention.name,
                at=mention.at,
                post=post,
                roles=tuple(role for role in _IN_ORDER if role in given_roles) or ("other",),
            )
        elif len(post or "") > len(known.post or ""):
            people[key] = known.model_copy(update={"post": post})
    return tuple(people.values())


def _opens_list(folded: Folded, end: int) -> bool:
    """Whether a sentence ends in a colon, and may open a list of people on the lines below."""
    return folded.text[: folded.folded(end)][-1:] == ":"


def _at_meeting(text: str, one: _Cue, meeting: bool) -> bool:
    """Whether a verb of saying is one of speaking at the meeting: who chats with a reporter speaks at none."""
    if _SPEAKS_AT.match(fold(one.words).text):
        return True
    told = _CHATS.match(fold(one.words).text)
    return meeting and not (told and text[one.end : one.end + 3].strip(" :").startswith(("“", '"')))


def _cues(text: str, folded: Folded, at: int, end: int) -> Iterator[_Cue]:
    a, b = folded.span(at, end)
    for match in _CUES.findall(folded, a, b):
        role = _ROLES[(match.lastindex or 1) - 1]
        if role == "chair" and (
            _NOT_CHAIRING_BEFORE.search(folded.text, max(a, match.start() - 20), match.start())
            or _NOT_CHAIRING_BEHIND.match(folded.text, match.end(), b)
        ):
            role = "other"
        if role == "guest" and _NOT_GUEST_BEFORE.search(folded.text, max(a, match.start() - 50), match.start()):
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


def _post(text: str, folded: Folded, mentions: Sequence[Mention], index: int) -> str | None:
    """The office before a name, since the name before it, or behind the name, up to the next one."""
    mention = mentions[index]
    since = mentions[index - 1].end if index else 0
    until = mentions[index + 1].lead if index + 1 < len(mentions) else len(text)
    here = folded.folded(mention.end)
    lead = folded.folded(mention.lead)
    # "Bí thư Tỉnh ủy Lê Văn Bình, Chủ tịch …": what no comma parts from the name is its own.
    ahead = None
    if not mention.titled:
        ahead = _OFFICE_AHEAD.search(folded.text, max(folded.folded(since), lead - _AHEAD), lead)
    before = text[folded.origin(ahead.start()) : mention.lead] if ahead else None
    if before is not None and not before.rstrip().endswith((",", "-")):
        return _tidied(before)
    if opened := _OPENS_OFFICE.match(folded.text, here):
        behind = opened.end()
        last = max(behind, min(here + _BEHIND, folded.folded(until)))
        ends = _TITLE_ENDS.search(folded.text, behind, last)
        stop = ends.start() if ends else min(last, here + _LONGEST_POST)
        return _tidied(text[folded.origin(behind) : folded.origin(stop)])
    return _tidied(before) if before else None


def _tidied(office: str) -> str | None:
    """An office without marks and joining words around it; None where the words name none."""
    words = " ".join(office.split()).strip(" ,-–)(:").removesuffix(" và").strip()
    return words if words and not _NO_OFFICE.match(fold(words).text) else None
