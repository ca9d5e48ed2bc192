"""Awards: the recipients an article names, whether or not a number stands with them, with what and from whom.

A recipient is a body or a person in the list behind "trao … cho", "khen thưởng", "công nhận … là", behind the colon
of a line that names an award ("Giải nhất: Tổ KHTN"), before "được … tặng" or before "đạt" and a title ("Trường đạt
tập thể lao động tiên tiến"). Recipients that are only counted ("05 tập thể") are counts, not recipients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from summarizer.article.normalize import Normalized, normalize, words_in
from summarizer.article.phrases import Lists, cue, word_cue
from summarizer.rules.award_lists import (
    AIMED,
    AWARD,
    HONOURS,
    SHARED_HEAD,
    TITLE,
    TITLES,
    award_of,
    decided_by,
    headed,
    in_list,
    listed,
    names_in_list,
    recipient,
    titled,
    won,
)
from summarizer.rules.bodies import (
    AREA,
    HEAD,
    Body,
    body_at,
    body_of,
    find_bodies,
    is_nameless,
    key_of,
    subject_before,
)
from summarizer.rules.names import Mention, joined_before, within
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Recipient

_WORDS = Lists("summarizer.rules", "awards")
_GRADE = cue(r"[\"']?{graded}(?: tiêu biểu)?(?: nhiệm vụ)?", **_WORDS)
_GIVES = word_cue(r"(?:đã |vừa |cũng )*(?:{gives}|{recognizes})", **_WORDS)
# "Hội đồng Thi đua - Khen thưởng", "công tác khen thưởng": what is named so gives nothing.
_NO_VERB = cue(r"(?<!\w)(?:{named_so}[\s,-]*(?:và )?|(?:lễ|chương trình) (?:{gives},? (?:và )?)?)$", **_WORDS)
_GIVES_NEXT = cue(r" (?:đã |cũng |vừa )?(?:{gives}|khen)", **_WORDS)
_STILL = r"(?:(?:{before_reaching}|\d+ năm (?:liền|liên tục)) )*"
_PASSIVE = word_cue(rf"{_STILL}được (?=[^\W\d])", **_WORDS)
_RECIPIENT = r"(?:\d+ )?(?:(?:{groups}|{wholes})(?: và|,)? )*+"
# "03 tập thể là Khoa Nội, Khoa Nhi được tặng …": whom a number counts.
_NAMES_THEM = cue(r"(?:\d+|các|những) (?:\w+ ?){1,6}?(?:\s*:|(?:gồm(?: có)?|là|như)\s*:?\s)")
_REACHES = word_cue(rf"{_STILL}{{reaches}}(?: {{reached}})*? (?={TITLES})", **_WORDS)
# "5 trường đạt …", "2 cá nhân của Trường A được tặng …": a body that is one of many, or only theirs.
_PLURAL = cue(
    r"(?<!\w)(?:(?:các|những|nhiều)(?: [^\W\d]+){0,2}|mọi|mỗi|số|của|thuộc|tại|ở|đưa|giúp|\d\w*)\s+$"
)
_NOT = cue(r"(?:chưa|không) (?:được )?$")
# "Lê Văn An và 12 hội viên được tặng …", "Lê Văn An thay mặt Chi bộ 3 nhận …": it is not he, or not he alone.
_NOT_HIMSELF = cue(
    r"(?<!\w)(?:các|những|nhiều|một số|(?:và|cùng|với|,) (?:hơn |trên )?\d|(?:thay mặt|đại diện)(?!\w))"
)
# "Giải Nhất được trao cho …": who is named behind it receives.
_PASSIVE_TO = cue(r" cho (?=\S)")
_LEVELED = cue(rf"(?<=\s)(?:{AREA}|{{levels}}) (?=\w)", **_WORDS)
_CHO_SHARED = cue(rf"(?<!\w)cho ({SHARED_HEAD})", **_WORDS)
# "đội Sao Mai giành giải nhì", "hai đội Tân An và Hòa An đồng giải ba": a team, a group, who takes part.
_TEAMS = cue(r"\s*(?:hai |ba |các |\d+ )?(?:{levels}|{members}) (?=(\w))", **_WORDS)
# "Trường A có 38 học sinh đạt giải": they have won, not the school.
_HAS_WINNERS = cue(r"(?<!\w)có (?:\w+ )?\d")
_LINKS = cue(rf"(?:{{links}}|[:;-])[\s\"']*{_RECIPIENT}$", **_WORDS)
# "biểu dương các đơn vị, nhất là Trạm Y tế xã", "biểu dương nỗ lực của Trạm Y tế xã": whom praise is for.
_PRAISED = cue(
    r"{singled_out} [\s\"']*$|^{praise_only}(?: và)? (?:{wholes} )*$"
    r"|^{praise_only}(?: và)? (?:(?:{merit_words}|{wholes})[\s,]+(?:và )?)+(?:của|mà) (?:{wholes} )*$",
    **_WORDS,
)
_GOES_ON = cue(rf"[\s\"']*(?:,|;|và)[\s\"']*{_RECIPIENT}", **_WORDS)
_AWAY = cue(
    r"(?<!\w)(?:{away}|trong(?!\w)(?! sạch| đó))(?:(?! cho | và (?:đồng chí|ông|bà|em|anh|chị) )[^,;:])*$",
    **_WORDS,
)
_RECEIVES = word_cue(r"(?:(?:{before_reaching}|xuất sắc|lần lượt) )*{receives} ", **_WORDS)
_AND = cue(r"\s+(?:và|cùng)\s*$")
# "đồng chí Lê Thị An, sinh năm 1936, sinh hoạt tại Chi bộ 3 và đồng chí …": what is said of one, before the other.
_AND_HE = cue(r"[^.;:]{0,140} (?:và|cùng) ")
_JOINED = cue(rf"\s+và\s+(?=\d|{HEAD})")
# "biểu dương Trường A đã tổ chức Hội nghị chu đáo": courtesy to the host.
_HOSTED = cue(r"\s*(?:đã |trong việc |vì đã )?(?:tổ chức|chuẩn bị) (?:{hosted})", **_WORDS)
_MARKS = re.compile(r"[ \n\"]*")
_FURTHEST = 3_000
"""Characters before "nhà trường" in which the school's name stands, at most."""
_PASSIVE_ROOM, _AWARD_ROOM, _SUBJECT_ROOM = 90, 40, 70
"""Characters between được and its verb, a verb of giving and the award, a person and the verb of receiving."""
_LONGEST_LIST = 60
"""Items of a list, at most."""
_QUOTES = "\"'“”"
_ONE_OF = normalize("là một trong").text
(_HOUSE,) = (f"{word} " for word in words_in("nhà"))


def read_recipients(
    normal: Normalized,
    sentences: Sequence[TextSpan],
    mentions: Sequence[Mention],
    *,
    planned: Sequence[TextSpan] = (),
) -> tuple[Recipient, ...]:
    """Return the named recipients in the order of the text, each once, with the first award that is named for it.

    `sentences` are the spans of the article's sentences, `mentions` its people, `planned` the spans that say what is
    to be done: what is only aimed at there has no recipients.
    """
    found: dict[str, Recipient] = {}
    aims = {at for at, _ in planned}
    for number, (at, end) in enumerate(sentences):
        a, b = normal.span(at, end)
        here = within(mentions, at, end)
        read = [*_given(normal, a, b, here), *_gained(normal, a, b, here, aims=at in aims)]
        if at not in aims:
            following = sentences[number + 1 : number + _LONGEST_LIST]
            read += listed(normal, (at, end), following, mentions)
            read += headed(normal, (at, end), following, mentions)
            read += titled(normal, a, b)
            read += won(normal, a, b, mentions)
        for one in read:
            if any(letter.isupper() or letter.isdigit() for letter in one.text):
                key = normal.part(TextOffset(one.at), TextOffset(one.end)).replace(".", ". ")
                found.setdefault(" ".join(word.rstrip(".,") for word in key.split()), one)
    # "Chi bộ" only shortens "Chi bộ nhà trường".
    keys = [key.split(" ") for key in found]
    shortened = {" ".join(key[:count]) for key in keys for count in range(1, len(key))}
    shortened |= {" ".join(key[count:]) for key in keys for count in range(1, len(key))}
    return tuple(sorted((one for key, one in found.items() if key not in shortened), key=lambda one: one.at))


def _given(normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> Iterator[Recipient]:
    """Yield the recipients listed behind the sentence's verbs of giving."""
    text = normal.text
    verbs = [gives for gives in _GIVES.finditer(text, a, b) if _gives(normal, a, gives)]
    if not verbs:
        return
    candidates = _candidates(normal, verbs[0].end(), b, mentions)
    leads = {mention.at: mention.lead for mention in mentions}
    who: str | None = None
    for gives, following in zip(verbs, (*verbs[1:], None), strict=True):
        stop = following.start() if following else b
        # "Giải Nhất được trao cho …": the award stands before the verb.
        since = a if _PASSIVE_TO.match(text, gives.end()) else verbs[0].start()
        clause = max(a, text.rfind(";", a, gives.start()) + 1)
        if who is None or clause > a:
            # The last person named before the verb, else the body.
            hands = within(mentions, normal.origin(clause), normal.origin(gives.start()))
            body = None if hands else subject_before(normal, clause, gives.start())
            decided = None if who or hands or body else decided_by(normal, a, gives.start())
            who = hands[-1].name if hands else body.text if body else decided[1] if decided else who
        if shared := _CHO_SHARED.search(text, gives.end(), stop):
            award = _award(normal, since, shared.start(), shared.end(), stop)
            spans = [(normal.origin(shared.start(1)), normal.origin(stop))] if award else []
            yield from in_list(normal, spans, mentions, award or "", who)
        reached: int | None = None
        person = praising = False
        for one in candidates:
            here = normal.offset(leads.get(one.at, one.at))
            if not gives.end() <= here < stop or _GIVES_NEXT.match(text, normal.offset(one.end)):
                continue  # "…; Hội Nông dân xã khen 4 hộ": it gives something itself
            if is_nameless(key_of(normal, one)) or one.text.islower():
                continue
            between = text[gives.start() : here]
            # A comma alone goes on with a list only where the list has begun right before it.
            follows = reached is not None and (
                _GOES_ON.fullmatch(text, reached, here)
                or (
                    person
                    and one.at in leads
                    and here < normal.offset(one.at)
                    and _AND_HE.fullmatch(text, reached, here)
                )
            )
            praised = _PRAISED.search(between) is not None
            if not follows and not praised and (not _LINKS.search(between) or _AWAY.search(between)):
                continue
            where = person and one.at not in leads and follows and follows[0].lstrip().startswith(",")
            reached, person = normal.offset(one.end), one.at in leads
            if where:
                continue  # "đồng chí Lê Văn An, Chi bộ thôn 3": where he is from
            honours = HONOURS.search(text, *gives.span())
            award = _award(normal, since, here, reached, stop) or (
                honours and normal.written(*honours.span())
            )
            praising = praised or (praising and follows is not None)
            if award is None and praising:
                award = normal.written(*gives.span())
            if award is not None and not _HOSTED.match(text, reached, b):
                yield recipient(normal, one.at, one.end, award, who)


def _gives(normal: Normalized, a: int, gives: re.Match[str]) -> bool:
    """Whether a verb of giving is no part of a name, and says who receives: "được trao cho …" (was given to) too."""
    if _NO_VERB.search(normal.text, max(a, gives.start() - 20), gives.start()):
        return False
    passive = _PASSIVE.search(normal.text, max(a, gives.start() - 80), gives.start())
    return not passive or _PASSIVE_TO.match(normal.text, gives.end()) is not None


def _candidates(normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> list[Body]:
    """The people, the bodies and the areas, teams and classes named between two normalized offsets, in order."""
    named = find_bodies(normal, normal.origin(a), normal.origin(b), whole=True)
    found = [part for body in named for part in _apart(normal, _before_people(normal, body, mentions))]
    found += (Body(mention.name, mention.at, mention.end) for mention in mentions)
    inside = {at for body in found for at in range(body.at, body.end)}
    for opens in _LEVELED.finditer(normal.text, a, b):
        at, own = normal.origin(opens.start()), normal.original[normal.origin(opens.end())]
        if normal.origin(opens.end()) in inside or not (own.isupper() or own.isdigit()):
            continue
        if name := next(names_in_list(normal, at, normal.origin(b), ()), None):
            found.append(body_of(normal, at, name[1]))
    return sorted(found, key=attrgetter("at"))


def _before_people(normal: Normalized, body: Body, mentions: Sequence[Mention]) -> Body:
    """The body without the people that "và" joins to its name: "Công an xã Tân Lập và Đại úy Lê Văn An"."""
    lead = next((one.lead for one in mentions if body.at < one.lead < body.end), None)
    joins = _AND.search(normal.text, *normal.span(body.at, lead)) if lead is not None else None
    return body_of(normal, body.at, normal.origin(joins.start())) if joins else body


def _apart(normal: Normalized, body: Body) -> Iterator[Body]:
    """Yield the bodies that "và" joins to one name: "Chi bộ 3 và Chi bộ 5"; what is counted behind it is none."""
    a, b = normal.span(body.at, body.end)
    begun = a
    for joined in (*_JOINED.finditer(normal.text, a, b), None):
        at, end = normal.origin(begun), normal.origin(joined.start()) if joined else body.end
        if not normal.original[at].isdigit():
            yield body_of(normal, at, end)
        begun = joined.end() if joined else b


def _gained(
    normal: Normalized, a: int, b: int, mentions: Sequence[Mention], *, aims: bool
) -> Iterator[Recipient]:
    """Yield who a clause says has been given, has received, won or reached something, or is ahead of others."""
    for here, award, whose in _gains(normal, a, b, aims=aims):
        if AIMED.search(normal.text, a, here) or _NOT.search(normal.text, a, here):
            continue
        clause = max(a, normal.text.rfind(";", a, here) + 1)
        words = normal.written(*award.span()).strip(_QUOTES)
        for one in _subjects(normal, a, clause, here, mentions):
            yield recipient(normal, one.at, one.end, words, whose)


def _gains(
    normal: Normalized, a: int, b: int, *, aims: bool
) -> Iterator[tuple[int, re.Match[str], str | None]]:
    """Yield where a verb of getting something stands, what was got, and from whom; in `aims` only what was given."""
    text, taken = normal.text, a
    for passive in _PASSIVE.finditer(text, a, b):
        gives = _GIVES.search(text, passive.end(), min(b, passive.end() + _PASSIVE_ROOM))
        if gives and (award := _given_award(normal, gives, b)):
            whose = body_at(normal, passive.end(), gives.start())
            taken = award.end()
            yield passive.start(), award, whose.text if whose else None
    if aims:
        return
    for receives in _RECEIVES.finditer(text, a, b):
        if receives.start() >= taken and (award := AWARD.match(text, receives.end(), b)):
            yield receives.start(), award, award_of(normal, award.end(), b)
    for reaches in _REACHES.finditer(text, a, b):
        if reaches.start() >= taken and (award := TITLE.match(text, reaches.end(), b)):
            yield reaches.start(), award, None


def _given_award(normal: Normalized, gives: re.Match[str], end: int) -> re.Match[str] | None:
    """The award or title right behind a verb of giving; the verb itself where it alone is one."""
    room = min(end, gives.end() + _AWARD_ROOM)
    found = [match for words in (AWARD, TITLE) if (match := words.search(normal.text, gives.end(), room))]
    return min(found, key=re.Match.start) if found else HONOURS.search(normal.text, *gives.span())


def _subjects(
    normal: Normalized, a: int, clause: int, here: int, mentions: Sequence[Mention]
) -> Iterator[Body]:
    """Yield who stands before a verb of getting something at `here`, in its `clause` of the sentence from `a` on.

    Those whom "gồm", "là" or a colon names, else the people right before it, else the body.
    """
    stop = normal.origin(here)
    opens = _NAMES_THEM.search(normal.text, clause, here)
    if opens and (named := [*names_in_list(normal, normal.origin(opens.end()), stop, mentions)]):
        yield from (body_of(normal, *name) for name in named)
        return
    people = [one for one in mentions if normal.origin(a) <= one.at and one.end <= stop]
    between = normal.part(people[-1].end, stop) if people and people[-1].at >= normal.origin(clause) else None
    if between is not None and len(between) <= _SUBJECT_ROOM and not _NOT_HIMSELF.search(between):
        yield from (Body(one.name, one.at, one.end) for one in joined_before(normal.original, people, ";"))
        return
    part = max(clause, normal.text.rfind(",", clause, here) + 1)
    team = _TEAMS.match(normal.text, part, here)
    person = any(one.at >= normal.origin(part) for one in people)
    theirs = team and not person and not _HAS_WINNERS.search(normal.text, part, here)
    if team and theirs and normal.is_upper(team.start(1)):
        yield from (
            body_of(normal, *name) for name in names_in_list(normal, normal.origin(part), stop, mentions)
        )
        return
    goes_on = not normal.text[clause:here].strip()  # "…; được tặng …": whose sentence it is
    clause = a if goes_on else clause
    bodies = list(find_bodies(normal, normal.origin(clause), stop, whole=True))
    if body := subject_before(normal, clause, here):
        before = [one for one in bodies if one.at < body.at]
        parts = [part for one in (*before, body) for part in _apart(normal, one)]
        chain = parts[-1:]
        for one in reversed(parts[:-1]):
            if not _GOES_ON.fullmatch(normal.text, normal.offset(one.end), normal.offset(chain[0].at)):
                break
            chain.insert(0, one)
        if not _PLURAL.search(normal.text, clause, normal.offset(chain[0].at)):
            yield from (_in_full(normal, one) for one in chain)
    elif bodies:
        first = bodies[0]
        between = normal.part(first.end, stop)
        # "Đảng bộ có 8 đảng viên được tặng …": those who are counted received it.
        counted = not goes_on and _ONE_OF not in between and any(map(str.isdigit, between))
        many = _PLURAL.search(normal.text, clause, normal.offset(first.at))
        if not (counted or many or between.startswith(":") or _GIVES.search(between)):
            first = _in_full(normal, first)
            yield from () if is_nameless(key_of(normal, first)) else _apart(normal, first)


def _in_full(normal: Normalized, body: Body) -> Body:
    """The body that a name of its kind alone means: "nhà trường" behind "Trường THCS Tân An"; itself without one."""
    key = key_of(normal, body)
    if not is_nameless(key):
        return body
    kind = key.removeprefix(_HOUSE) + " "
    since = normal.origin(max(0, normal.offset(body.at) - _FURTHEST))
    named = ((one, key_of(normal, one)) for one in find_bodies(normal, since, body.at))
    return next(reversed([one for one, key in named if key.startswith(kind) and not is_nameless(key)]), body)


def _award(normal: Normalized, verb: int, here: int, after: int, end: int) -> str | None:
    """The award right behind the recipient or nearest before it, else the grade behind it or quoted before it."""
    marks = _MARKS.match(normal.text, after)
    after = marks.end() if marks else after
    found = (
        AWARD.match(normal.text, after, end)
        or next(reversed([*AWARD.finditer(normal.text, verb, here)]), None)
        or _GRADE.match(normal.text, after, end)
        or _GRADE.search(normal.text, verb, here)
    )
    return normal.written(*found.span()).lstrip(_QUOTES) if found else None
