"""Awards: the recipients an article names, whether or not a number stands with them, with what and from whom.

A recipient is a body or a person in the list behind "trao … cho", "khen thưởng", "công nhận … là", behind the colon
of a line that names an award ("Giải nhất: Tổ KHTN"), before "được … tặng" or before "đạt" and a title ("Trường đạt
tập thể lao động tiên tiến"). Recipients that are only counted ("05 tập thể") are counts, not recipients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article.article import Article
from summarizer.article.normalize import Normalized, normalize
from summarizer.article.phrases import Cue, Lists, cue
from summarizer.article.sentences import Sentence
from summarizer.rules.bodies import Body, body_at, find_bodies, is_nameless, key_of, subject_before
from summarizer.rules.body_words import AREA, HEAD
from summarizer.rules.names import Mention, joined_before
from summarizer.schemas.report import Recipient

__all__ = ("given_by", "read_recipients")

Span = tuple[int, int]

# A text without stops is read only so far, or its one sentence would be gone through for every name in it.
_LONGEST = 3_000

_WORDS = Lists("summarizer.rules", "awards")
_AWARD = cue(
    r"(?<!\w)(?:huy hiệu[\w\s]{0,24}?tuổi đảng|danh hiệu(?: (?!{links})[^\s,.;:()]+){1,10}"
    r"|{awards}(?: {prizes}| hạng \w+)?)(?!\w)",
    **_WORDS,
)
_GRADE = cue(r"[\"']?{graded}(?: tiêu biểu)?(?: nhiệm vụ)?", **_WORDS)
_GIVES = Cue(r"(?:đã |vừa |cũng )*(?:{gives}|{recognizes})", **_WORDS)
# "Hội đồng Thi đua - Khen thưởng", "công tác khen thưởng": what is named so gives nothing.
_NO_VERB = cue(r"(?<!\w){named_so}[\s,-]*(?:và )?$", **_WORDS)
_GIVES_NEXT = cue(r" (?:đã |cũng |vừa )?(?:{gives}|khen)", **_WORDS)
_GIVEN = Cue(r"{gives}", **_WORDS)
_PASSIVE = Cue(r"được (?=\S)")
_HONOURS = Cue(r"{honours}", **_WORDS)
_PASSIVE_ROOM, _AWARD_ROOM = 90, 40
_RECIPIENT = r"(?:\d+ )?(?:{groups} )*"
_LISTS = cue(
    r"(?:gồm(?: có)?|là|như|cụ thể)?\s*:|(?<=\s)(?:gồm(?: có)?|thuộc về)(?=\s[^\W\d])"
    r"|(?<!\w)\d+ {groups}(?: [^\s,.;:()]+){0,6} \((?=[^\W\d])",
    **_WORDS,
)
# "03 tập thể là Khoa Nội, Khoa Nhi được tặng …": whom a number counts.
_NAMES_THEM = cue(r"(?:\d+|các|những) (?:\w+ ){1,6}?(?:gồm(?: có)?|là|như)\s*:?\s")
# A line that is an award's name, over those who have it: "II. Giấy khen của Giám đốc".
_MARKER = cue(r"\s*(?:[-+*•]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-hđ])[.)/])?\s*(?:về |tặng |trao )?")
_LIST_OF = cue(r"danh sách ")
# What a list of the distinguished stands under, where no award is named.
_DISTINCTION = Cue(
    r"(?:đạt|có) (?:nhiều |các )?[^.:;]{0,40}?(?:{merits}[^.:;,]{0,60}|{high}(?: nhất)?(?=\s*:))"
    r"|(?:đạt|đoạt) giải[^.:;,]{0,20}|{chosen} [^.:;]{0,30}tham dự [^.:;\n]{0,80}"
    r"|{examples}(?: [^.:;]{1,40}?)?(?= gồm|\s*:)|{praises}(?= cho| các| những|\s*:| gồm)",
    **_WORDS,
)
_TITLE = cue(r"[\"']?{titles}(?: xuất sắc| tiêu biểu)*[\"']?", **_WORDS)
_REACHES = Cue(r"(?:{before_reaching} )*{reaches}(?: {reached})*", **_WORDS)
_AIMED = cue(r"{aimed}", **_WORDS)
_WHOSE = cue(r"\s*của ")
_MANY = cue(r"(?:các|những|nhiều|một số|\d)")
_FULL_NAME = 3
_LONGEST_HEADING = 160
_LEAD_ROOM, _LONGEST_LIST, _LONGEST_ITEM = 260, 60, 14
"""Characters before a list in which its award is named; items of a list; words of an item's name."""
_LIST_LINE = re.compile(r"[\s\-–+*•\d.)(]*")
# "các xã Tân An, Tân Bình", "Chi bộ các thôn Đông, Đoài": what the names are is said once.
_SHARED = cue(rf"(?:{HEAD} )?các (?:{AREA}|{HEAD}|{{levels}}) (?=\w)", **_WORDS)
_CHO_SHARED = Cue(rf"cho ((?:{HEAD} )?các (?:{AREA}|{HEAD}|{{levels}}) (?=\w))", **_WORDS)
_AREA_ITEM = cue(rf"{AREA} (?=\w)")
_LONGEST_SHARED = 5
_ITEM_ENDS = cue(r"\s*[(]|\s+[-–]\s|\s*:\s|\s{item_ends}|[.]\s|[.]?$|\n", **_WORDS)
_SEPARATES = re.compile(r"[,;\n]|\s(?:và|cùng)\s(?=\S+)")
_CODE = re.compile(r"(?:chi đội |lớp |khối )?\d{1,2}\s?[a-z]\d{0,2}(?!\w)")
_PREFIX = cue(r"(?:{members}\s*:?\s*)+", **_WORDS)
_LEVEL = cue(r"{levels}", **_WORDS)
_LINKS = cue(rf"(?:{{links}}|[:;-])[\s\"']*{_RECIPIENT}$", **_WORDS)
_GOES_ON = cue(rf"[\s\"']*(?:,|;|và)[\s\"']*{_RECIPIENT}", **_WORDS)
_AWAY = cue(r"(?<!\w)(?:{away}|trong(?!\w)(?! sạch| đó))[^,;:]*$", **_WORDS)
_GROUPED = cue(r"{groups}\s*:$", **_WORDS)
_GETS = Cue(r"(?:(?:vinh dự|đã) )*(?:được|đón nhận|nhận)(?!\w)")
_RECEIVES = Cue(r"(?:(?:vinh dự|đã|được) )*{receives} ", **_WORDS)
_JOINED = cue(rf"\s+và\s+(?=\d|{HEAD})")
_ONE_OF = normalize("là một trong").text
_SUBJECT_ROOM = 70
"""Characters between a person and the verb of receiving: an office, a class."""
_ACTIVE = cue(r"(?:^|[,;:.]\s+)([^,;:.]{2,90}?)\s+(?:đã\s+|cũng\s+)?{gives}", **_WORDS)
_BY_WHOM = cue(r"(?<!\w)được\s+([^,;:.]{4,90}?)\s+{gives}", **_WORDS)
_NOBODY = cue(r"{nobody}", **_WORDS)


def read_recipients(
    text: str,
    normal: Normalized,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    *,
    planned: Sequence[Span] = (),
) -> tuple[Recipient, ...]:
    """Return the named recipients in the order of the text, each once, with the first award that is named for it.

    `sentences` are the spans of the article's sentences, `mentions` its people, `planned` the spans that say what is
    to be done: what is only aimed at there has no recipients.
    """
    found: dict[str, Recipient] = {}
    aims = {at for at, _ in planned}
    for number, (at, end) in enumerate(sentences):
        end = min(end, at + _LONGEST)
        a, b = normal.span(at, end)
        here = [mention for mention in mentions if at <= mention.at < end]
        read = [*_given(text, normal, a, b, here), *_received(text, normal, a, b, here)]
        if at not in aims:
            following = sentences[number + 1 : number + _LONGEST_LIST]
            read += _listed(text, normal, (at, end), following, mentions)
            read += _headed(text, normal, (at, end), following, mentions)
            read += (*_titled(text, normal, a, b), *_gained(text, normal, a, b, here))
        for recipient in read:
            found.setdefault(" ".join(normal.part(recipient.at, recipient.end).split()), recipient)
    kept = (one for key, one in found.items() if not any(_is_part(key, other) for other in found))
    return tuple(sorted(kept, key=lambda recipient: recipient.at))


def _is_part(key: str, other: str) -> bool:
    """Whether one name only shortens another: "Chi bộ" and "Chi bộ nhà trường"."""
    return key != other and (other.startswith(key + " ") or other.endswith(" " + key))


def _listed(
    text: str, normal: Normalized, span: Span, following: Sequence[Span], mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who stands in a list behind the name of an award: "Giải nhì: chi đội 9A1, 6A1" (second prize)."""
    a, b = normal.span(*span)
    openers = list(_LISTS.finditer(normal.text, a, b))
    for number, opens in enumerate(openers, 1):
        since = max(a, opens.start() - _LEAD_ROOM)
        awards = list(_AWARD.finditer(normal.text, since, opens.end()))
        # A title that ends in "cho các …" is given to whom the list names.
        stated = awards[-1] if awards else _DISTINCTION.search(normal, since, opens.end())
        stated = stated or _title_before(normal, since, opens.start())
        stop = openers[number].start() if number < len(openers) else b
        if opens[0][-1] == "(":
            stop = max(opens.end(), normal.text.find(")", opens.end(), b))
        if stated is None and _GROUPED.search(normal.text, since, opens.end()):
            gets = _GETS.search(normal, opens.end(), b)
            stop = gets.start() if gets else b
            stated = _AWARD.search(normal.text, gets.end(), b) if gets else None
        if stated is None or _AIMED.search(normal.text, since, opens.end()):
            continue
        award = _words(text, normal, stated.start(), stated.end())
        whose = _whose(text, normal, stated.end(), b)
        spans = [(normal.origin(opens.end()), normal.origin(stop) if stop < b else span[1])]
        if not text[spans[0][0] : span[1]].strip():
            spans = list(_lines_below(text, span[1], following))
        yield from _in_list(text, normal, spans, mentions, award, whose)


def _headed(
    text: str, normal: Normalized, span: Span, following: Sequence[Span], mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who stands on the lines below a line that is an award's name: "II. Giấy khen của Giám đốc"."""
    at, end = span
    a, b = normal.span(at, end)
    marker = _MARKER.match(normal.text, a, b)
    if end - at > _LONGEST_HEADING or not marker or text[end - 1] in ".;:,":
        return
    begins = marker.end()
    award = _AWARD.match(normal.text, begins, b) or _TITLE.match(normal.text, begins, b)
    if award is None and _LIST_OF.match(normal.text, begins, b):
        award = _AWARD.search(normal.text, begins, b) or _TITLE.search(normal.text, begins, b)
    if award is not None:
        spans = list(_lines_below(text, end, following))
        whose = _whose(text, normal, award.end(), b)
        words = _words(text, normal, award.start(), award.end())
        yield from _in_list(text, normal, spans, mentions, words, whose)


def _in_list(
    text: str,
    normal: Normalized,
    spans: Sequence[Span],
    mentions: Sequence[Mention],
    award: str,
    whose: str | None,
) -> Iterator[Recipient]:
    """Yield the recipients of one award that the lines of a list name, up to one that names nobody."""
    for at, end in spans:
        named = list(_items(text, normal, at, end, mentions))
        if not named:
            break
        for name_at, name_end in named:
            yield Recipient(at=name_at, text=text[name_at:name_end], award=award, given_by=whose)


def _title_before(normal: Normalized, since: int, end: int) -> re.Match[str] | None:
    """The title that stands right before a list's colon: "Tập thể tiên tiến: Tổ Lá, Tổ Chồi"."""
    titles = list(_TITLE.finditer(normal.text, since, end))
    return titles[-1] if titles and not normal.text[titles[-1].end() : end].strip() else None


def _lines_below(text: str, end: int, following: Sequence[Span]) -> Iterator[Span]:
    """Yield the lines of a list below a lead that ends at `end`; of numbered cells only those behind a number."""
    lines: list[Span] = []
    numbers: list[int] = []
    for at, stop in following:
        if "\n" not in text[end:at]:
            break
        end = stop
        if text[at:stop].strip(" .)").isdigit():
            numbers.append(len(lines))
        else:
            lines.append((at, stop))
    yield from (lines[number] for number in numbers if number < len(lines)) if numbers else lines


def _items(text: str, normal: Normalized, at: int, end: int, mentions: Sequence[Mention]) -> Iterator[Span]:
    """Yield the spans of the names in a list; behind an item that names nobody only people are still sure."""
    goes_on, shared = True, False
    for a, b in _split(text, at, end):
        begun = (
            a + len(text[a:b]) - len(_LIST_LINE.sub("", text[a:b], count=1)) if not _code(normal, a, b) else a
        )
        begun += len(text[begun:b]) - len(text[begun:b].lstrip())
        named = [mention for mention in mentions if begun <= mention.at < b]
        if named:
            yield named[0].at, named[0].end
            continue
        opens = _SHARED.match(normal.text, *normal.span(begun, b))
        shared = shared or opens is not None
        begun = normal.origin(opens.end()) if opens else begun
        name = _item_name(text, normal, begun, b, shared=shared) if goes_on else None
        goes_on = name is not None
        if name is not None:
            yield name


def _split(text: str, at: int, end: int) -> Iterator[Span]:
    """Yield the parts of a list between commas, semicolons and "và", those inside brackets apart."""
    depth, begun = 0, at
    for mark in re.finditer(rf"[()]|{_SEPARATES.pattern}", text[at:end]):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            if text[begun : at + mark.start()].strip():
                yield begun, at + mark.start()
            begun = at + mark.end()
    if text[begun:end].strip():
        yield begun, end


def _code(normal: Normalized, at: int, end: int) -> re.Match[str] | None:
    """A class's code at the beginning of an item ("8A1", "chi đội 7A1"), marks of a list left out."""
    a, b = normal.span(at, end)
    while a < b and not normal.text[a].isalnum():
        a += 1
    return _CODE.match(normal.text, a, b)


def _item_name(text: str, normal: Normalized, at: int, end: int, *, shared: bool = False) -> Span | None:
    """The name that an item of a list begins with: a body, a class, a person or project with capitals.

    Of names whose head the list has `shared` before them, capitals alone are enough.
    """
    if code := _code(normal, at, end):
        stop = normal.origin(code.end())
        return stop - len(code[0].split(" ")[-1]), stop
    a, b = normal.span(at, end)
    prefix = _PREFIX.match(normal.text, a, b)
    begun = normal.origin(prefix.end()) if prefix else at
    ends = _ITEM_ENDS.search(text, begun, end)
    stop = ends.start() if ends else end
    name = text[begun:stop].rstrip(" .,;…")
    words = name.split()
    if not 1 <= len(words) <= _LONGEST_ITEM:
        return None
    here = normal.offset(begun)
    level = _LEVEL.match(normal.text, here, b) or _AREA_ITEM.match(normal.text, here, b)
    if not name[:1].isupper():
        # "trường Tiểu học An Lạc": a name's head may be small, its own words are not.
        return (begun, begun + len(name)) if level and name != name.lower() else None
    if not level and not prefix and body_at(text, normal, here, b) is None:
        capitals = sum(word[0].isupper() for word in words)
        if capitals < len(words) or not (
            len(words) >= _FULL_NAME or (shared and len(words) <= _LONGEST_SHARED)
        ):
            return None
    return begun, begun + len(name)


def _whose(text: str, normal: Normalized, a: int, b: int) -> str | None:
    """Whose award it is: "Cờ thi đua của UBND tỉnh" (the province's flag)."""
    whose = _WHOSE.match(normal.text, a, b)
    body = body_at(text, normal, whose.end(), b) if whose else None
    return body.text if body else None


def _titled(text: str, normal: Normalized, a: int, b: int) -> Iterator[Recipient]:
    """Yield the body at the beginning of a clause that has reached a title: "Chi bộ đạt trong sạch vững mạnh"."""
    for reaches in _REACHES.findall(normal, a, b):
        title = _TITLE.match(normal.text, reaches.end() + 1, b)
        clause = max(a, *(normal.text.rfind(mark, a, reaches.start()) + 1 for mark in ",;:+\n"))
        if title is None or _AIMED.search(normal.text, a, reaches.start()):
            continue
        while clause < reaches.start() and not normal.text[clause].isalnum():
            clause += 1
        subject = normal.text[clause : reaches.start()].rstrip()
        body = body_at(text, normal, clause, reaches.start())
        if body is None or len(subject.split()) > _LONGEST_ITEM or _MANY.match(subject):
            continue
        yield Recipient(
            at=body.at,
            text=text[body.at : body.end],
            award=_words(text, normal, title.start(), title.end()).strip("\"'“”"),
        )


def _given(text: str, normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> Iterator[Recipient]:
    """Yield the recipients listed behind the sentence's verbs of giving."""
    people = [Body(mention.name, mention.at, mention.end) for mention in mentions]
    leads = {mention.at: mention.lead for mention in mentions}
    verbs = [
        gives
        for gives in _GIVES.findall(normal, a, b)
        if not _PASSIVE.search(normal, max(a, gives.start() - 80), gives.start())
        and not _NO_VERB.search(normal.text, max(a, gives.start() - 20), gives.start())
    ]
    if not verbs:
        return
    named = find_bodies(text, normal, normal.origin(verbs[0].end()), normal.origin(b), whole=True)
    bodies = [part for body in named for part in _apart(text, normal, body)]
    candidates = sorted((*bodies, *people), key=lambda body: body.at)
    since = verbs[0].start()
    for gives, following in zip(verbs, (*verbs[1:], None), strict=True):
        stop = following.start() if following else b
        reached: int | None = None
        if normal.text.find(";", since, gives.start()) >= 0:
            since = gives.start()
        if shared := _CHO_SHARED.search(normal, gives.end(), stop):
            award = _award(text, normal, since, shared.start(), shared.end(), stop)
            spans = [(normal.origin(shared.start(1)), normal.origin(stop))] if award else []
            who = _who_gives(text, normal, a, gives.start(), mentions)
            yield from _in_list(text, normal, spans, mentions, award or "", who)
        for one in candidates:
            here = normal.offset(leads.get(one.at, one.at))
            if not gives.end() <= here < stop or _acts(normal, one):
                continue
            if is_nameless(key_of(normal, one)) or one.text.islower():
                continue
            between = normal.text[gives.start() : here]
            # A comma alone goes on with a list only where the list has begun right before it.
            follows = reached is not None and _GOES_ON.fullmatch(normal.text, reached, here)
            if not follows and (not _LINKS.search(between) or _AWAY.search(between)):
                continue
            reached = normal.offset(one.end)
            award = _award(text, normal, since, here, reached, stop) or _honour(text, normal, gives)
            if award is not None:
                who = _who_gives(text, normal, a, gives.start(), mentions)
                yield Recipient(at=one.at, text=text[one.at : one.end], award=award, given_by=who)


def _acts(normal: Normalized, one: Body) -> bool:
    """Whether a body gives something itself, and so was given nothing: "…; Hội Nông dân xã khen 4 hộ"."""
    return _GIVES_NEXT.match(normal.text, normal.offset(one.end)) is not None


def _honour(text: str, normal: Normalized, gives: re.Match[str]) -> str | None:
    """The verb itself, where it alone honours whom it names."""
    honours = _HONOURS.search(normal, *gives.span())
    return _words(text, normal, *honours.span()) if honours else None


def _apart(text: str, normal: Normalized, body: Body) -> Iterator[Body]:
    """Yield the bodies that "và" joins to one name: "Chi bộ 3 và Chi bộ 5"; what is counted behind it is none."""
    a, b = normal.span(body.at, body.end)
    begun = a
    for joined in (*_JOINED.finditer(normal.text, a, b), None):
        at, end = normal.origin(begun), normal.origin(joined.start()) if joined else body.end
        if not text[at].isdigit():
            yield Body(" ".join(text[at:end].split()), at, end)
        begun = joined.end() if joined else b


def _who_gives(text: str, normal: Normalized, a: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """Who gives, by the words from `a` to a verb of giving at `end`: the last person named there, else the body."""
    hands = [mention.name for mention in mentions if normal.offset(mention.end) <= end]
    if hands:
        return hands[-1]
    body = subject_before(text, normal, a, end)
    return body.text if body else None


def _received(
    text: str, normal: Normalized, a: int, b: int, mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who "được … tặng" says has been given something."""
    for passive in _PASSIVE.findall(normal, a, b):
        gives = _GIVES.search(normal, passive.end(), min(b, passive.end() + _PASSIVE_ROOM))
        award = _given_award(normal, gives, b) if gives else None
        if gives is None or award is None or _AIMED.search(normal.text, a, passive.start()):
            continue
        clause = max(a, normal.text.rfind(";", a, passive.start()) + 1)
        whose = body_at(text, normal, passive.end(), gives.start())
        for one in _subjects(text, normal, clause, passive.start(), mentions):
            yield Recipient(
                at=one.at,
                text=text[one.at : one.end],
                award=_words(text, normal, award.start(), award.end()).strip("\"'“”"),
                given_by=whose.text if whose else None,
            )


def _given_award(normal: Normalized, gives: re.Match[str], end: int) -> re.Match[str] | None:
    """The award or title right behind a verb of giving; the verb itself where it alone is one."""
    room = min(end, gives.end() + _AWARD_ROOM)
    found = [match for words in (_AWARD, _TITLE) if (match := words.search(normal.text, gives.end(), room))]
    return min(found, key=re.Match.start) if found else _HONOURS.search(normal, *gives.span())


def _subjects(
    text: str, normal: Normalized, clause: int, here: int, mentions: Sequence[Mention]
) -> Iterator[Body]:
    """Yield who stands before a verb of receiving at the normalized offset `here`.

    Those whom "gồm", "là" or a colon names, else the people right before it, else the body.
    """
    stop = normal.origin(here)
    if opens := _NAMES_THEM.search(normal.text, clause, here):
        for at, end in _items(text, normal, normal.origin(opens.end()), stop, mentions):
            yield Body(text[at:end], at, end)
        return
    people = [one for one in mentions if normal.origin(clause) <= one.at and one.end <= stop]
    if (
        people
        and stop - people[-1].end <= _SUBJECT_ROOM
        and not _MANY.search(normal.part(people[-1].end, stop))
    ):
        yield from (Body(one.name, one.at, one.end) for one in joined_before(text, people))
        return
    named = list(find_bodies(text, normal, normal.origin(clause), stop))
    if body := subject_before(text, normal, clause, here):
        parts = [part for one in (*named[:-1], body) for part in _apart(text, normal, one)]
        chain = parts[-1:]
        for one in reversed(parts[:-1]):
            if not _GOES_ON.fullmatch(normal.text, normal.offset(one.end), normal.offset(chain[0].at)):
                break
            chain.insert(0, one)
        yield from (one for one in chain if not is_nameless(key_of(normal, one)))
        return
    between = normal.part(named[0].end, stop) if named else ""
    if _ONE_OF not in between and any(character.isdigit() for character in between):
        return  # "Đảng bộ có 8 đảng viên được tặng …": those who are counted received it.
    if named and not is_nameless(key_of(normal, named[0])):
        yield from _apart(text, normal, named[0])


def _gained(
    text: str, normal: Normalized, a: int, b: int, mentions: Sequence[Mention]
) -> Iterator[Recipient]:
    """Yield who a clause says has received or won something: "Trường A được nhận Cờ thi đua" (received a flag)."""
    for receives in _RECEIVES.findall(normal, a, b):
        award = _AWARD.match(normal.text, receives.end(), b)
        if award is None:
            continue
        clause = max(a, *(normal.text.rfind(mark, a, receives.start()) + 1 for mark in ";:"))
        here = normal.origin(receives.start())
        people = [one for one in mentions if normal.origin(clause) <= one.at and one.end <= here]
        near = people[-1:] if people and here - people[-1].end <= _SUBJECT_ROOM else []
        body = None if near else subject_before(text, normal, clause, receives.start())
        if body is not None and (is_nameless(key_of(normal, body)) or body.text.islower()):
            continue
        for one in (*near, *(_apart(text, normal, body) if body else ())):
            yield Recipient(
                at=one.at,
                text=text[one.at : one.end],
                award=_words(text, normal, award.start(), award.end()),
                given_by=_whose(text, normal, award.end(), b),
            )


def _award(text: str, normal: Normalized, verb: int, here: int, after: int, end: int) -> str | None:
    """The award nearest before the recipient, else the grade right behind it or quoted before it."""
    before = list(_AWARD.finditer(normal.text, verb, here))
    if before:
        return _words(text, normal, before[-1].start(), before[-1].end())
    right_after = _GRADE.match(normal.text, _skip(normal.text, after), end)
    grade = right_after or _GRADE.search(normal.text, verb, here)
    if grade is None and (stop := normal.text.find(";", after, end)) != after:
        grade = _GRADE.search(normal.text, after, stop if stop > 0 else min(end, after + 60))
    return _words(text, normal, grade.start(), grade.end()).strip("\"'“”") if grade else None


def _skip(words: str, at: int) -> int:
    while at < len(words) and words[at] in ' \n"':
        at += 1
    return at


def _words(text: str, normal: Normalized, a: int, b: int) -> str:
    return " ".join(text[normal.origin(a) : normal.origin(b)].split())


def given_by(article: Article, sentence: Sentence, at: int, limit: int) -> str | None:
    """Return who gave the award that the number at offset `at` of a sentence counts, in the article's words, if said.

    It stands in front of a verb of giving before the number (`Đảng ủy tặng giấy khen cho 10 …`, the committee gave),
    or behind it, up to offset `limit`, in the passive (`17 chi bộ được Đảng ủy tặng …`: were given by the committee).
    """
    normal = article.normal
    start, stop = normal.span(sentence.at, limit)
    if not _GIVEN.search(normal, start, stop):
        return None
    here = normal.offset(at)
    active = list(_ACTIVE.finditer(normal.text[start:here]))
    found = _BY_WHOM.search(normal.text, here, stop)
    begins, ends = found.span(1) if found else active[-1].span(1) if active else (0, 0)
    if found is None:
        begins, ends = begins + start, ends + start
    if begins == ends or _NOBODY.match(normal.text, begins, ends):
        return None
    who = article.text[normal.origin(begins) : normal.origin(ends)]
    return " ".join(who.split()) if who[:1].isupper() else None
