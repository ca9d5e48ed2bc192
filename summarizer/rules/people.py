"""People: everybody an article names, with office and roles: who chaired, came as a guest, spoke, presented.

A person's part is read from the words around the name: "chủ trì Hội nghị" behind it or before it, "đến dự",
"phát biểu chỉ đạo", "trình bày". Who only opens, closes or directs a meeting does not chair it (evals/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.article.normalize import Normalized, in_one_form, normalize
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.names import NEXT_OFFICE, OFFICE, Mention, list_mark, within
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Elected, Person, PresentedReport, Recipient, Role

_WORDS = {**Lists("summarizer.rules", "meeting"), **Lists("summarizer.rules", "people")}
_CHAIR = (
    r"(?:{joins_chairing} )*(?:làm )?{leads}(?: và {chairs_and}[^,.;:]{0,30}?)?"
    r"(?: (?:tại )?(?:{chaired_part} )?(?:{meetings}|{chaired}))?"
    r"|(?:dưới|với) sự {chairing}(?: của)?|{presidium}[^,.;:(\n]{0,40}?(?:gồm(?: có)?|\(|:| có| là)"
    r"|{for_presidium}(?: cho)? {presidium}"
)
# "chủ trì đề tài", "đơn vị chủ trì", "công tác điều hành": not a meeting that is chaired.
_NOT_CHAIRING_BEFORE = cue(r"{not_chairing_before}\s*$", **_WORDS)
_NOT_CHAIRING_AFTER = cue(r"\s*,? {not_chairing_after}", **_WORDS)
# "Sau phần khai mạc", a part of the day.
_NOT_SPEECH_BEFORE = cue(r"(?<!\w){speech_not}\s*$", **_WORDS)
_NAMED_SO = cue(r"(?<!\w){themselves}[\s,-]*$", **_WORDS)
_NOT_GUEST_BEFORE = cue(r"(?:bầu|cử|đoàn) [^,;.]{0,30}?đại biểu(?: đi)?\s*$")
_UNLESS_BEHIND: dict[str, tuple[re.Pattern[str], str | None]] = {
    "chair": (_NOT_CHAIRING_BEFORE, "other"),
    "guest": (_NOT_GUEST_BEFORE, "other"),
    "speech": (_NOT_SPEECH_BEFORE, None),
    "award": (_NAMED_SO, None),
}
"""What before a cue, within so many characters, makes it another one, or none."""
_BEHIND = 50
_GUEST = r"(?:(?:đến|về|tới|tham|cùng) )*dự(?!\w)(?! {not_guests})|{guests}|có mặt(?!\w)(?! tại)"
_SPEECH = r"{speech}(?! của| trên)(?: {speech_goes_on})*"
# "Báo cáo do ông A trình bày nêu rõ": it is the report that says so.
_PRESENT = r"(?:{presents}|đọc(?!\w)(?! kỹ))(?! {presented_not})(?: (?:đã )?{speech})?"
_ROLES = ("chair", "guest", "speech", "present", "award", "other")
_ROLE_OF: dict[str, Role] = {"chair": "chair", "guest": "guest", "speech": "speaker", "present": "presenter"}
_VERBS = frozenset({"speech", "present"})
_IN_ORDER: tuple[Role, ...] = ("chair", "guest", "speaker", "presenter", "awarded", "elected")
_CUES = word_cue(
    rf"({_CHAIR})|({_GUEST})|({_SPEECH})|({_PRESENT})|({{hands_over}})"
    r"|((?<!ban\s)(?<!quan\s)tổ chức(?!\w)(?! {organized_not})|(?<!ban\s)chỉ đạo(?!\w)|{acts})",
    **_WORDS,
)
_OPENS_LIST = cue(
    r"(?:\s|,|:|-|\(|\"|(?<!\w)(?:(?:tại )?{meetings}|{opens_list}|(?:\d+|năm \d+)(?!\w)))*", **_WORDS
)
_GUEST_LIST = cue(r"(?: (?:{meetings}|và (?:(?!và\s)[\w\s]){3,30}))*(?: còn)?(?: có|:| gồm)", **_WORDS)
_TITLE_ENDS = cue(
    r"[;\n]|\.(?=\s|$)|(?:,|-)?\s+(?:{title_goes}(?!\w)|(?:và )?(?:hơn |gần |trên )?\d+(?:/\d+)?(?=\s))"
    r"|, {next_group}"
    rf"|(?<!thi\sđua)(?<!thi\sđua\s-)(?<!thi\sđua,),? {{hands_over}}"
    rf"|,? (?:{_CHAIR}|{_GUEST}|{_SPEECH}|{_PRESENT}|(?:thay mặt|tham luận)(?!\w)|tại {{meetings}})"
    r"|(?<=\w) đại diện {stands_for}|, (?:{meetings}|năm \d+|{tells_on})(?!\w)",
    **_WORDS,
)
# "Chính ủy Sư đoàn 5", "Tổ trưởng tổ 4 - 5": the number is the body's own.
_NUMBERED = cue(r"(?<!\w){numbered}[\d\s,-]*$", **_WORDS)
_OFFICE_AHEAD = cue(rf"(?<!\w){OFFICE}(?:t\.ư|[^.;:()\n])*$")
_OPENS_OFFICE = cue(rf"\s*[,(_-]\s*(?!cùng |\d)|\s+(?={NEXT_OFFICE}|{{short_offices}})", **_WORDS)
# Who only stands for others, or is named by where he comes from, holds no office here.
_NO_OFFICE = cue(r"{no_office}|nguyên là$|tổ(?!\w)(?! trưởng)", **_WORDS)
_IS_OFFICE = cue(OFFICE)
# "A - Bí thư chi bộ, Chủ tịch đoàn": the last of what is said of who presides; an office elsewhere names its body.
_PRESIDES = cue(r"(?:^|[,-]\s*)(?:{of_presidium} )?{presidium}$", **_WORDS)
_REPORTS = cue(r"(?:báo cáo|tham luận) [^,;.]{0,60}?(?:tại|với|trước) ")
_SPEAKS_AT = cue(r"{speaks_at}", **_WORDS)
_CHATS = cue(r"{chats}", **_WORDS)
_AHEAD, _AFTER = 240, 240
"""Characters before a name and behind it in which its office stands."""
_LONGEST_LEAD_IN = 110
"""Characters between a cue and the name it opens."""
_JOINED_BY_AND = re.compile(r"(?:\s*[,(-][^.;:]{1,80})?\s+và\s+")
_ONLY_JOINS = re.compile(r"[\s,]*(?:và|,|rồi)?[\s,]*")


class _Cue(NamedTuple):
    at: TextOffset
    end: TextOffset
    role: str
    words: str


def read_people(
    normal: Normalized,
    sentences: Sequence[TextSpan],
    mentions: Sequence[Mention],
    *,
    meeting: bool = True,
    reports: Sequence[PresentedReport] = (),
    recipients: Sequence[Recipient] = (),
    elected: Sequence[Elected] = (),
) -> tuple[Person, ...]:
    """Return the people of the article, each once with office and roles, in the order of their first mention.

    `sentences` are the spans of the article's sentences, `mentions` all mentions of people in order. Who only talks
    to a newspaper speaks at no `meeting`. Presenters, recipients and elected people have those roles here too.
    """
    roles: dict[str, set[Role]] = {}
    for number, (at, end) in enumerate(sentences):
        named = within(mentions, at, end) or normal.original[end - 1] == ":"
        cues = list(_cues(normal, at, end)) if named else []
        for index, one in enumerate(cues):
            role = _ROLE_OF.get(one.role)
            if role is None or (role == "speaker" and not _at_meeting(normal.original, one, meeting)):
                continue
            if role == "speaker" and _REPORTS.match(normal.text, normal.offset(at)):
                role = "presenter"
            stop = _following(normal, sentences, number, one) if role == "chair" else end
            for mention in _taking_part(normal, cues, index, within(mentions, at, stop), (at, stop)):
                roles.setdefault(in_one_form(mention.name), set()).add(role)
    known: list[tuple[str | None, Role]] = [
        *((report.presenter, "presenter") for report in reports),
        *((recipient.text, "awarded") for recipient in recipients),
        *((one.name, "elected") for one in elected),
    ]
    for name, role in known:
        roles.setdefault(in_one_form(name or ""), set()).add(role)
    offices = {
        in_one_form(one.name): one.post
        for one in elected
        if one.post and _IS_OFFICE.match(normalize(one.post).text)
    }
    posts = [_post(normal, mentions, index) for index in range(len(mentions))]
    for mention, post in zip(mentions, posts, strict=True):
        if meeting and post and _PRESIDES.search(normalize(post).text):
            roles.setdefault(in_one_form(mention.name), set()).add("chair")
    people: dict[str, Person] = {}
    for mention, own in zip(mentions, posts, strict=True):
        key = in_one_form(mention.name)
        post = own or offices.get(key)
        if key not in people:
            given: tuple[Role, ...] = tuple(role for role in _IN_ORDER if role in roles.get(key, ()))
            people[key] = Person(name=mention.name, at=mention.at, post=post, roles=given or ("other",))
        elif len(post or "") > len(people[key].post or ""):
            people[key] = people[key].model_copy(update={"post": post})
    return tuple(people.values())


def _at_meeting(text: str, one: _Cue, meeting: bool) -> bool:
    """Whether a verb of saying is one of speaking at the meeting: who chats with a reporter speaks at none."""
    words = normalize(one.words).text
    if _SPEAKS_AT.match(words):
        return True
    quoted = text[one.end : one.end + 3].strip(" :").startswith(("“", '"'))
    return meeting and not (quoted and _CHATS.match(words))


def _cues(normal: Normalized, at: TextOffset, end: TextOffset) -> Iterator[_Cue]:
    a, b = normal.span(at, end)
    for match in _CUES.finditer(normal.text, a, b):
        role = _ROLES[(match.lastindex or 1) - 1]
        unless, then = _UNLESS_BEHIND.get(role, (None, role))
        if role in _VERBS and _in_name(normal, match.start(), a):
            continue
        behind = unless and unless.search(normal.text, max(a, match.start() - _BEHIND), match.start())
        if behind or (role == "chair" and _NOT_CHAIRING_AFTER.match(normal.text, match.end(), b)):
            role = then
        if role is not None:
            start, stop = normal.origin(match.start()), normal.origin(match.end())
            yield _Cue(start, stop, role, normal.written(*match.span()))


def _in_name(normal: Normalized, here: int, since: int) -> bool:
    """Whether a word with a capital follows another one: "Sở Thông tin", no verb of who informs."""
    at = normal.origin(here)
    before = normal.original[normal.origin(since) : at].rstrip(" -–&")[-1:]
    return normal.original[at].isupper() and before.isalpha()


def _following(normal: Normalized, sentences: Sequence[TextSpan], number: int, one: _Cue) -> TextOffset:
    """Where the list that a cue opens ends: "Chủ trì hội nghị:" goes on over the dashed lines below it."""
    text = normal.original
    end = sentences[number][1]
    if not _OPENS_LIST.fullmatch(normal.text, *normal.span(one.end, end)):
        return end
    for at, stop in sentences[number + 1 : number + 8]:
        if not list_mark(text, at):
            break
        end = stop
    return end


def _taking_part(
    normal: Normalized, cues: Sequence[_Cue], index: int, mentions: Sequence[Mention], span: TextSpan
) -> list[Mention]:
    """The people whose part a cue names: those before it since the cue before, else those that follow it."""
    one = cues[index]
    if one.role in ("award", "other"):
        return []
    earlier = [c for c in cues[:index] if c.end <= one.at]
    first = one
    while earlier and earlier[-1].role != "other" and _chained(normal, earlier[-1], first):
        first = earlier.pop()  # "tham dự và phát biểu": who came is the one that spoke
    floor = earlier[-1].end if earlier else span[0]
    before = [mention for mention in mentions if floor <= mention.at and mention.end <= one.at]
    # "Dự hội nghị có A; B chủ trì": what an earlier cue has opened is its own but for the nearest.
    if before and earlier and earlier[-1].role == "guest" and not _chained(normal, earlier[-1], one):
        before = before[-1:]
    if before and one.role in ("speech", "present"):
        # "A, Phó Bí thư và B phát biểu": the last, and the one that "và" alone, behind an office, joins to it.
        last = before[-2:]
        joined = last[1:] and _JOINED_BY_AND.fullmatch(normal.part(last[0].end, last[1].lead))
        before = last if joined else before[-1:]
    if one.role == "guest" and before and _GUEST_LIST.match(normal.text, normal.offset(one.end)):
        before = []
    if before:
        return before
    ceiling = next((c.at for c in cues[index + 1 :] if not _chained(normal, one, c)), span[1])
    after = [mention for mention in mentions if one.end <= mention.at < ceiling]
    if not after:
        return []
    between = normal.part(one.end, after[0].lead)
    if one.role in ("chair", "guest"):
        return after if one.role == "guest" or _near(between) else []
    return after[:1] if one.role == "speech" and _near(between) else []


def _chained(normal: Normalized, first: _Cue, second: _Cue) -> bool:
    """Whether nothing but joining words stands between two cues ("dự và chủ trì", "phát biểu, chỉ đạo")."""
    return _ONLY_JOINS.fullmatch(normal.part(first.end, second.at)) is not None


def _near(between: str) -> bool:
    """Whether only the meeting's name, an office and marks stand between a cue and the name it opens."""
    opened = _OPENS_LIST.match(between)
    rest = between[opened.end() :] if opened else between
    return len(rest) < _LONGEST_LEAD_IN and "." not in rest.rstrip(". ")


def _post(normal: Normalized, mentions: Sequence[Mention], index: int) -> str | None:
    """The office before a name, since the name before it, or behind the name, up to the next one."""
    text = normal.original
    mention = mentions[index]
    since = mentions[index - 1].end if index else TextOffset(0)
    until = mentions[index + 1].lead if index + 1 < len(mentions) else TextOffset(len(text))
    here = normal.offset(mention.end)
    lead = normal.offset(mention.lead)
    # "Bí thư Tỉnh ủy Lê Văn Bình, Chủ tịch …": what no comma parts from the name is its own.
    ahead = None
    if not mention.titled:
        ahead = _OFFICE_AHEAD.search(normal.text, max(normal.offset(since), lead - _AHEAD), lead)
    before = text[normal.origin(ahead.start()) : mention.lead] if ahead else ""
    if before.rstrip().endswith(" và"):
        before = ""  # "A, Phó Bí thư và B, Chủ tịch": it is that of the one before
    opened = _OPENS_OFFICE.match(normal.text, here)
    if opened is None or (before and not before.rstrip().endswith((",", "-"))):
        return _tidied(before)
    after = opened.end()
    last = min(here + _AFTER, normal.offset(until))
    return _tidied(normal.written(after, _title_end(normal, after, max(after, last))))


def _title_end(normal: Normalized, after: int, last: int) -> int:
    """The normalized offset at which an office from `after` on has ended; a longer one is cut at a comma."""
    for ends in _TITLE_ENDS.finditer(normal.text, after, last):
        # What a capital opens is a body's name: "Giám đốc Sở Thông tin và Truyền thông".
        opens = normal.written(*ends.span()).lstrip(" -–")[:1]
        numbers = opens.isdecimal() and _NUMBERED.search(normal.text, after, ends.start())
        if not (opens.isupper() or numbers):
            return ends.start()
    comma = normal.text.rfind(",", after, last) if last - after >= _AFTER - _LONGEST_LEAD_IN else -1
    return comma if comma > after else last


def _tidied(office: str) -> str | None:
    """An office without marks and joining words around it; None where the words name none."""
    words = _to_bracket(" ".join(office.split())).strip(" ,-–:").removesuffix(" và").strip(" ,-–:")
    return words if words and not _NO_OFFICE.match(normalize(words).text) else None


def _to_bracket(words: str) -> str:
    """The words up to a bracket that is opened or closed but not both."""
    opened: list[int] = []
    for index, sign in enumerate(words):
        if sign == "(":
            opened.append(index)
        elif sign == ")" and not opened:
            return words[:index]
        elif sign == ")":
            opened.pop()
    return words[: opened[0]] if opened else words
