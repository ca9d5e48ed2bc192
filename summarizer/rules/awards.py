"""Awards: the recipients an article names, whether or not a number stands with them, with what and from whom.

A recipient is a body or a person in the list behind "trao … cho", "khen thưởng", "công nhận … là", behind the colon
of a line that names an award ("Giải nhất: Tổ KHTN"), before "được … tặng" or before "đạt" and a title ("Trường đạt
tập thể lao động tiên tiến"). Recipients that are only counted ("05 tập thể") are counts, not recipients.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from summarizer.article.normalize import Normalized, normalize, words_in
from summarizer.rules import award_words as cues
from summarizer.rules.award_lists import award_of, headed, in_list, listed, titled, won
from summarizer.rules.bodies import Body, body_at, find_bodies, is_nameless, key_of, subject_before
from summarizer.rules.name_lists import names_in_list
from summarizer.rules.names import Mention, joined_before
from summarizer.schemas.offsets import TextOffset, TextSpan
from summarizer.schemas.report import Recipient

__all__ = ("read_recipients",)

_AT = attrgetter("at")

# A text without stops is read only so far, or its one sentence would be gone through for every name in it.
_LONGEST = 3_000

_PASSIVE_ROOM, _AWARD_ROOM = 90, 40
"""Characters between được and its verb, and between a verb of giving and the award."""
_LONGEST_LIST = 60
"""Items of a list, at most."""
_SUBJECT_ROOM = 70
"""Characters between a person and the verb of receiving: an office, a class."""
_QUOTES = "\"'“”"
_ONE_OF, _MANY_OF = normalize("là một trong").text, normalize(" các ").text
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
        end = min(end, at + _LONGEST)
        a, b = normal.span(at, end)
        here = mentions[bisect_left(mentions, at, key=_AT) : bisect_left(mentions, end, key=_AT)]
        read = [*_given(normal, a, b, here), *_gained(normal, a, b, here, aims=at in aims)]
        if at not in aims:
            following = sentences[number + 1 : number + _LONGEST_LIST]
            read += listed(normal, (at, end), following, mentions)
            read += headed(normal, (at, end), following, mentions)
            read += titled(normal, a, b)
            read += won(normal, a, b, mentions)
        for recipient in read:
            if not any(letter.isupper() or letter.isdigit() for letter in recipient.text):
                continue  # a kind of body and none by name: "một trong 17 đảng bộ cơ sở được tặng …"
            key = normal.part(TextOffset(recipient.at), TextOffset(recipient.end)).replace(".", ". ")
            found.setdefault(" ".join(word.rstrip(".,") for word in key.split()), recipient)
    shortened = {short for key in found for short in _shortened(key)}
    kept = (one for key, one in found.items() if key not in shortened)
    return tuple(sorted(kept, key=lambda recipient: recipient.at))


def _shortened(key: str) -> Iterator[str]:
    """Yield the names that only shorten one: "Chi bộ" of "Chi bộ nhà trường"."""
    words = key.split(" ")
    for count in range(1, len(words)):
        yield " ".join(words[:count])
        yield " ".join(words[count:])


def _given(normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> Iterator[Recipient]:
    """Yield the recipients listed behind the sentence's verbs of giving."""
    verbs = [gives for gives in cues.GIVES.finditer(normal.text, a, b) if _gives(normal, a, gives)]
    if not verbs:
        return
    candidates = _candidates(normal, verbs[0].end(), b, mentions)
    leads = {mention.at: mention.lead for mention in mentions}
    since, who = verbs[0].start(), None
    for gives, following in zip(verbs, (*verbs[1:], None), strict=True):
        stop = following.start() if following else b
        reached: int | None = None
        if normal.text.find(";", since, gives.start()) >= 0:
            since = gives.start()
        if cues.PASSIVE_TO.match(normal.text, gives.end()):
            since = a  # "Giải Nhất được trao cho …": the award stands before the verb
        clause = max(a, normal.text.rfind(";", a, gives.start()) + 1)
        if who is None or clause > a:
            who = _who_gives(normal, clause, gives.start(), mentions) or who
        if shared := cues.CHO_SHARED.search(normal.text, gives.end(), stop):
            award = _award(normal, since, shared.start(), shared.end(), stop)
            spans = [(normal.origin(shared.start(1)), normal.origin(stop))] if award else []
            yield from in_list(normal, spans, mentions, award or "", who)
        person = praising = False
        for one in candidates:
            here = normal.offset(leads.get(one.at, one.at))
            if not gives.end() <= here < stop or _acts(normal, one):
                continue
            if is_nameless(key_of(normal, one)) or one.text.islower():
                continue
            between = normal.text[gives.start() : here]
            # A comma alone goes on with a list only where the list has begun right before it.
            follows = reached is not None and cues.GOES_ON.fullmatch(normal.text, reached, here)
            praised = cues.PRAISED.search(between) is not None
            if not follows and not praised and (not cues.LINKS.search(between) or cues.AWAY.search(between)):
                continue
            where = person and one.at not in leads and follows and follows[0].lstrip().startswith(",")
            reached, person = normal.offset(one.end), one.at in leads
            if where:
                continue  # "đồng chí Lê Văn An, Chi bộ thôn 3": where he is from
            award = _award(normal, since, here, reached, stop) or _honour(normal, gives)
            praising = praised or (praising and follows is not None)
            if award is None and praising:
                award = normal.written(*gives.span())
            if award is not None and not cues.HOSTED.match(normal.text, reached, b):
                yield Recipient(at=one.at, text=normal.original[one.at : one.end], award=award, given_by=who)


def _gives(normal: Normalized, a: int, gives: re.Match[str]) -> bool:
    """Whether a verb of giving is no part of a name, and says who receives: "được trao cho …" (was given to) too."""
    if cues.NO_VERB.search(normal.text, max(a, gives.start() - 20), gives.start()):
        return False
    passive = cues.PASSIVE.search(normal.text, max(a, gives.start() - 80), gives.start())
    return not passive or cues.PASSIVE_TO.match(normal.text, gives.end()) is not None


def _candidates(normal: Normalized, a: int, b: int, mentions: Sequence[Mention]) -> list[Body]:
    """The people, the bodies and the areas, teams and classes named between two normalized offsets, in order."""
    named = find_bodies(normal, normal.origin(a), normal.origin(b), whole=True)
    found = [part for body in named for part in _apart(normal, _before_people(normal, body, mentions))]
    found += (Body(mention.name, mention.at, mention.end) for mention in mentions)
    inside = {at for body in found for at in range(body.at, body.end)}
    for opens in cues.LEVELED.finditer(normal.text, a, b):
        at, own = normal.origin(opens.start()), normal.original[normal.origin(opens.end())]
        if at in inside or normal.origin(opens.end()) in inside:
            continue
        name = next(names_in_list(normal, at, normal.origin(b), ()), None)
        if name and (own.isupper() or own.isdigit()) and _MANY_OF not in normal.part(*name):
            found.append(Body(normal.original[at : name[1]], at, name[1]))
    return sorted(found, key=_AT)


def _before_people(normal: Normalized, body: Body, mentions: Sequence[Mention]) -> Body:
    """The body without the people that "và" joins to its name: "Công an xã Tân Lập và Đại úy Lê Văn An"."""
    lead = next((one.lead for one in mentions if body.at < one.lead < body.end), None)
    joins = cues.AND.search(normal.text, *normal.span(body.at, lead)) if lead is not None else None
    end = normal.origin(joins.start()) if joins else body.end
    return Body(" ".join(normal.original[body.at : end].split()), body.at, end)


def _acts(normal: Normalized, one: Body) -> bool:
    """Whether a body gives something itself, and so was given nothing: "…; Hội Nông dân xã khen 4 hộ"."""
    return cues.GIVES_NEXT.match(normal.text, normal.offset(one.end)) is not None


def _honour(normal: Normalized, gives: re.Match[str]) -> str | None:
    """The verb itself, where it alone honours whom it names."""
    honours = cues.HONOURS.search(normal.text, *gives.span())
    return normal.written(*honours.span()) if honours else None


def _apart(normal: Normalized, body: Body) -> Iterator[Body]:
    """Yield the bodies that "và" joins to one name: "Chi bộ 3 và Chi bộ 5"; what is counted behind it is none."""
    a, b = normal.span(body.at, body.end)
    begun = a
    for joined in (*cues.JOINED.finditer(normal.text, a, b), None):
        at, end = normal.origin(begun), normal.origin(joined.start()) if joined else body.end
        if not normal.original[at].isdigit():
            yield Body(" ".join(normal.original[at:end].split()), at, end)
        begun = joined.end() if joined else b


def _who_gives(normal: Normalized, a: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """Who gives, by the words from `a` to a verb of giving at `end`: the last person named there, else the body."""
    hands = [one.name for one in mentions if a <= normal.offset(one.at) and normal.offset(one.end) <= end]
    if hands:
        return hands[-1]
    body = subject_before(normal, a, end)
    return body.text if body else None


def _gained(
    normal: Normalized, a: int, b: int, mentions: Sequence[Mention], *, aims: bool
) -> Iterator[Recipient]:
    """Yield who a clause says has been given, has received, won or reached something, or is ahead of others."""
    for here, award, whose in _gains(normal, a, b, aims=aims):
        if cues.AIMED.search(normal.text, a, here) or cues.NOT.search(normal.text, a, here):
            continue
        clause = max(a, normal.text.rfind(";", a, here) + 1)
        for one in _subjects(normal, a, clause, here, mentions):
            words = normal.written(*award.span())
            words = words.strip(_QUOTES) if words[0] in _QUOTES else words
            yield Recipient(at=one.at, text=normal.original[one.at : one.end], award=words, given_by=whose)


def _gains(
    normal: Normalized, a: int, b: int, *, aims: bool
) -> Iterator[tuple[int, re.Match[str], str | None]]:
    """Yield where a verb of getting something stands, what was got, and from whom; in `aims` only what was given."""
    text, taken = normal.text, a
    for passive in cues.PASSIVE.finditer(text, a, b):
        gives = cues.GIVES.search(text, passive.end(), min(b, passive.end() + _PASSIVE_ROOM))
        award = _given_award(normal, gives, b) if gives else None
        if gives and award:
            whose = body_at(normal, passive.end(), gives.start())
            taken = award.end()
            yield passive.start(), award, whose.text if whose else None
    if aims:
        return
    for receives in cues.RECEIVES.finditer(text, a, b):
        if receives.start() >= taken and (award := cues.AWARD.match(text, receives.end(), b)):
            yield receives.start(), award, award_of(normal, award.end(), b)
    for reaches in cues.REACHES.finditer(text, a, b):
        if reaches.start() >= taken and (award := cues.TITLE.match(text, reaches.end(), b)):
            yield reaches.start(), award, None


def _given_award(normal: Normalized, gives: re.Match[str], end: int) -> re.Match[str] | None:
    """The award or title right behind a verb of giving; the verb itself where it alone is one."""
    room = min(end, gives.end() + _AWARD_ROOM)
    found = [
        match for words in (cues.AWARD, cues.TITLE) if (match := words.search(normal.text, gives.end(), room))
    ]
    return min(found, key=re.Match.start) if found else cues.HONOURS.search(normal.text, *gives.span())


def _subjects(
    normal: Normalized, a: int, clause: int, here: int, mentions: Sequence[Mention]
) -> Iterator[Body]:
    """Yield who stands before a verb of getting something at `here`, in its `clause` of the sentence from `a` on.

    Those whom "gồm", "là" or a colon names, else the people right before it, else the body.
    """
    stop = normal.origin(here)
    opens = cues.NAMES_THEM.search(normal.text, clause, here)
    if opens and (listed := [*names_in_list(normal, normal.origin(opens.end()), stop, mentions)]):
        yield from (Body(normal.original[at:end], at, end) for at, end in listed)
        return
    people = [one for one in mentions if normal.origin(a) <= one.at and one.end <= stop]
    between = normal.part(people[-1].end, stop) if people and people[-1].at >= normal.origin(clause) else None
    if between is not None and len(between) <= _SUBJECT_ROOM and not cues.NOT_HIMSELF.search(between):
        yield from (Body(one.name, one.at, one.end) for one in joined_before(normal.original, people, ";"))
        return
    part = max(clause, normal.text.rfind(",", clause, here) + 1)
    team = cues.TEAMS.match(normal.text, part, here)
    if (
        team
        and not (people and people[-1].at >= normal.origin(part))
        and normal.original[normal.origin(team.start(1))].isupper()
        and body_at(normal, team.start(1), here) is None
    ):
        at = normal.origin(part)
        listed = names_in_list(normal, at, stop, mentions)
        yield from (Body(normal.original[begun:end], begun, end) for begun, end in listed)
        return
    goes_on = not normal.text[clause:here].strip()  # "…; được tặng …": whose sentence it is
    clause = a if goes_on else clause
    named = list(find_bodies(normal, normal.origin(clause), stop, whole=True))
    if body := subject_before(normal, clause, here):
        before = [one for one in named if one.at < body.at]
        parts = [part for one in (*before, body) for part in _apart(normal, one)]
        chain = parts[-1:]
        for one in reversed(parts[:-1]):
            if not cues.GOES_ON.fullmatch(normal.text, normal.offset(one.end), normal.offset(chain[0].at)):
                break
            chain.insert(0, one)
        if not cues.PLURAL.search(normal.text, clause, normal.offset(chain[0].at)):
            yield from (_in_full(normal, one) for one in chain)
        return
    between = normal.part(named[0].end, stop) if named else ""
    if not goes_on and _ONE_OF not in between and any(character.isdigit() for character in between):
        return  # "Đảng bộ có 8 đảng viên được tặng …": those who are counted received it.
    many = named and cues.PLURAL.search(normal.text, clause, normal.offset(named[0].at))
    headline = between.startswith(":")
    subject = (
        None if not named or many or headline or cues.GIVES.search(between) else _in_full(normal, named[0])
    )
    if subject and not is_nameless(key_of(normal, subject)):
        yield from _apart(normal, subject)


def _in_full(normal: Normalized, body: Body) -> Body:
    """The body that a name of its kind alone means: "nhà trường" behind "Trường THCS Tân An"; itself without one."""
    key = key_of(normal, body)
    if not is_nameless(key):
        return body
    kind = key.removeprefix(_HOUSE) + " "
    since = normal.origin(max(0, normal.offset(body.at) - _LONGEST))
    before = (
        one
        for one in find_bodies(normal, since, body.at)
        if (name := key_of(normal, one)).startswith(kind) and not is_nameless(name)
    )
    return next(reversed([*before]), body)


def _award(normal: Normalized, verb: int, here: int, after: int, end: int) -> str | None:
    """The award nearest before the recipient, else the grade right behind it or quoted before it."""
    right_after = cues.AWARD.match(normal.text, _skip(normal.text, after), end)
    if right_after:
        return normal.written(*right_after.span())
    before = list(cues.AWARD.finditer(normal.text, verb, here))
    if before:
        return normal.written(*before[-1].span())
    right_after = cues.GRADE.match(normal.text, _skip(normal.text, after), end)
    grade = right_after or cues.GRADE.search(normal.text, verb, here)
    return normal.written(*grade.span()).strip("\"'“”") if grade else None


def _skip(words: str, at: int) -> int:
    while at < len(words) and words[at] in ' \n"':
        at += 1
    return at
