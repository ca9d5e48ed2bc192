"""Names: the people a text names, found by how Vietnamese writes them, with exact offsets.

A name is two to five capitalised syllables. It is taken for a person's where an honorific or a degree stands
before it (đồng chí, ông, TS.), where it starts with a family name and an office stands before or behind it, or
where the same name is a person's elsewhere in the text. Schools, streets and funds named after people are not
people.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

from summarizer.article.normalize import Normalized, normalize, words_in
from summarizer.article.phrases import Lists, cue, pattern_of, word_cue
from summarizer.article.sentences import LIST_MARKS
from summarizer.schemas.offsets import TextOffset, TextSpan

T = TypeVar("T")
_AT = attrgetter("at")

# Upper and lower case alternate in the block of Vietnamese letters; combining marks follow their letter (NFD).
_MARKS = "\u0300-\u0309\u031b\u0323"
_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_LOWER = "a-zà-öø-ýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFB, 2))) + _MARKS
_SYLLABLE_ENDS = rf"[{_LOWER}]*(?:[’'][{_UPPER}]?[{_LOWER}]+)?(?![\w{_MARKS}’'])"
_CAPITALS_END = rf"[{_UPPER}{_MARKS}]+(?![\w{_MARKS}])"
_NEXT = rf"[ \u00a0\t]+[{_UPPER}]"
# Two words or more with a capital each, or all in capitals; then no hyphen stands before them. The look-behinds stand
# behind the first capital: a pattern that begins with a class is searched for much faster.
_RUN = re.compile(
    rf"[{_UPPER}](?<![\w{_MARKS}/&].)"
    rf"(?:{_SYLLABLE_ENDS}(?:(?: (?:thị|văn)| nữ(?<=Thích nữ))?{_NEXT}{_SYLLABLE_ENDS})+"
    rf"|(?<!-.){_CAPITALS_END}(?:{_NEXT}{_CAPITALS_END})+)"
)
_SHORTEST, _LONGEST, _FULL = 2, 5, 3
"""Syllables of the shortest and the longest name, and of one that is a person's without an honorific."""
_AHEAD = 60
"""Characters around a name in which honorific, office and deed stand."""

_WORDS = Lists("summarizer.rules", "names")
FREQUENT_FAMILIES = _WORDS.joined("frequent_families")
"""Family names so frequent that behind a place's name they begin a person's: "UBND tỉnh Quảng Ninh Nguyễn …"."""
_RELIGIOUS = _WORDS.joined("religious")
FAMILY_NAMES = FREQUENT_FAMILIES | _WORDS.joined("families") | _RELIGIOUS
"""The syllables that family names begin with, normalized."""
PROVINCES = tuple(" ".join(place) for place in map(words_in, _WORDS["provinces"]))
"""The country's provinces and cities, normalized."""
# Where a run of capitals starts with one of these and a name follows, the name starts behind it.
_PLACES = tuple(words_in(place) for place in (*_WORDS["country"], *_WORDS["provinces"]))
_NOT_PEOPLE = frozenset(_PLACES)
_PLACES_BY_FIRST = {first: [place for place in _PLACES if place[0] == first] for first, *_ in _PLACES}
_ADDRESS_SYLLABLES = _WORDS.words("address_syllables")
_HONORIFIC = word_cue(
    r"(?:(?:(?:các )?{forms_of_address}|{callings})\s*:?\s+"
    r"|(?:(?:các )?{short_address}|{degrees}(?:[.,\s-]+{degrees})*)\s*[.,:]*\s*)$",
    **_WORDS,
)
OFFICE = pattern_of(
    r"(?:nguyên |quyền |q\.)?(?:{offices}|(?:phó )?trưởng\s\w+|(?:phó )?chánh\s\w+|\w+ ủy viên|uv\w*"
    r"|(?:phó )?tổng\s(?!{no_offices})\w+|phó\s\w+)(?!\w)",
    **_WORDS,
)
"""The source of a pattern for an office, to be put into a `cue`."""
NEXT_OFFICE = pattern_of(r"(?:nguyên )?{next_offices}", **_WORDS)
"""Offices that show by themselves that a name before them has ended."""
_OFFICE_AFTER = cue(rf"\s*(?:,|-|_|\()\s*{OFFICE}")
_NEXT_OFFICE = cue(NEXT_OFFICE)
_OFFICE_BEGINS = _WORDS.words("office_begins")
_OFFICE_BEFORE = cue(rf"(?<!\w){OFFICE}(?:t\.ư|[^,.;:()\n])*:?\s*$")
# "Chủ tịch UBND tỉnh Lê Văn An": the country's provinces are known, none of them is this.
_OF_PROVINCE = cue(r"(?:{area_bodies}|hội [\w\s]{2,24}) (?:tỉnh|thành phố|tp\.?)\s*$", **_WORDS)
# "Bí thư Trung ương Đoàn Lê Văn An": the youth union, no family name.
(_UNION,) = words_in("đoàn")
_HO_CHI_MINH = words_in("Hồ Chí Minh")
# "Đoàn Tổng Công ty …": the run of capitals ends within a firm's name.
_FIRM_ENDS = normalize(" ty ").text
_UNION_LEVEL = cue(r"{union_levels}\s+$", **_WORDS)
_NAMED_AFTER = cue(r"(?<!\w)(?:trường(?<!nhà\strường)|{named_after})\s*$", **_WORDS)
# "Giám đốc Công ty Lê Văn An chủ trì", "Chủ tịch UBND huyện Lê Văn An nhấn mạnh": who acts is no firm, no area.
_OF_FIRM = cue(
    rf"(?<!\w){OFFICE} (?:(?:{{boards}} )?{{firms}}|(?:[^\s,.;:]+ ){{1,4}}{{office_areas}})\s*$", **_WORDS
)
_DEED_AFTER = cue(r"[,\s]*(?:đã |cũng |đang |vừa )?{deeds}", **_WORDS)
# What stands in brackets behind a name, a vote or where he is from, is part of its item.
_JOINS = re.compile(r"(?:\s*\([^()\n]{1,60}\))?\s*(?:[,;]|,? và|,? cùng)\s$")
_SHARES = re.compile(r"\s+và\s+")
_PARTS = (",", ";", ":")
_LONGEST_JOIN = 70
"""Characters between two names of a list, at most."""
# "05 cá nhân đạt Chiến sĩ thi đua: Lê Văn An, Võ Ngọc Bích": what opens with people lists them.
_OPENS_PEOPLE = cue(r"(?<!\w){people_listed}(?: [^.:;\n]{1,90}?)?\s*:\s*$", **_WORDS)
_LEAD_ROOM = 140
"""Characters before a list in which it is said to be of people."""
_SYLLABLE = re.compile(r"[^ \u00a0\t]+")
_SMALL = re.compile(r" (\w+)(?!\w)")
_ITEM_BEGINS = re.compile(r"(?:^|[\n:;•*+.]|\n\s*-)\s*$|(?:gồm|có|là|và)\s+$")
# A vote in brackets parts nobody from the next: "A (26/27) và B (25/27) được bầu".
_JOINED = re.compile(
    r"(?:\s*\([^()\n]{1,40}\))?[\s,]*(?:(?:và|cùng|,)[\s]*)?(?:các |đồng chí |đ/c |ông |bà )*$"
)
# A numbered line of a list that holds a name and what is said of it: "1. Lê Văn An: 45/47 phiếu".
_ITEM_LINE = re.compile(r"(?:^|\n)[ \t]*\d{1,3}(?:[.)/][ \t]*|[ \t]*\n\s*)$")
_ITEM_ENDS = re.compile(r"[ \t]*(?:[:,(\n–-]|$)")
_ENDS = re.compile(r"\s*(?:[,;:.()\n-]|$)")


class Mention(NamedTuple):
    """A person's name in the text: the name as written (spaces made single) and its span.

    `lead` is where its honorific or degree begins, `at` where there is none; `titled` says there is one.
    """

    name: str
    at: TextOffset
    end: TextOffset
    lead: TextOffset
    titled: bool


def find_mentions(normal: Normalized) -> list[Mention]:
    """Return the mentions of people in `text`, in order; `normal` is `text` normalized."""
    sure: list[Mention] = []
    open_runs: list[Mention] = []
    for run in _RUN.finditer(normal.original):
        if read := _read(normal, TextOffset(run.start()), TextOffset(run.end())):
            mention, certain = read
            (sure if certain else open_runs).append(mention)
    sure.extend(one for one in open_runs if _opens_list(normal, one))
    sure.extend(_listed(normal.original, sure, open_runs))
    known, taken = {_key(normal, mention) for mention in sure}, {mention.at for mention in sure}
    sure.extend(one for one in open_runs if one.at not in taken and _key(normal, one) in known)
    sure = [_without_place(normal, _in_full(normal, mention, known), known) for mention in sure]
    return sorted(sure, key=lambda mention: mention.at)


def joined_before(text: str, before: Sequence[Mention], marks: str = "") -> list[Mention]:
    """Return the last of some mentions, with those that nothing but joining words, votes and `marks` part from it."""
    chain = list(before[-1:])
    for mention in reversed(before[:-1]):
        parted = text[mention.end : chain[0].lead].strip(f" {marks}")
        if parted and not _JOINED.fullmatch(text, mention.end, chain[0].lead):
            break
        chain.insert(0, mention)
    return chain


def within(found: Sequence[T], at: int, end: int) -> Sequence[T]:
    """Return those of some mentions or counts, in the order of the text, that begin from `at` up to `end`."""
    return found[bisect_left(found, at, key=_AT) : bisect_left(found, end, key=_AT)]


def list_mark(text: str, at: int) -> str:
    """Return the dash that opens the line in which the offset `at` stands, "" where none does."""
    mark = text[text.rfind("\n", 0, at) + 1 : at + 1].lstrip()[:1]
    return mark if mark in LIST_MARKS else ""


def _opens_list(normal: Normalized, mention: Mention) -> bool:
    """Whether a full name stands first in a list that is said to be of people."""
    here = normal.offset(mention.at)
    full = mention.name.count(" ") + 1 >= _FULL
    return full and _OPENS_PEOPLE.search(normal.text, max(0, here - _LEAD_ROOM), here) is not None


def _listed(text: str, sure: Sequence[Mention], open_runs: Sequence[Mention]) -> list[Mention]:
    """The full names in a list that a certain one begins: "các đồng chí: Lê Văn An, Võ Ngọc Bích, Cao Đình Cúc".

    Those that "và" joins to a certain one with an office are in it too: "…; Lê Văn An và Võ Ngọc Bích, Phó Chủ tịch".
    """
    full = [mention for mention in open_runs if mention.name.count(" ") + 1 >= _FULL]
    ends = {mention.end for mention in sure}
    starts = {mention.at for mention in sure if not mention.titled}
    found: list[Mention] = []
    for mention in full:
        joined = _JOINS.search(text, max(0, mention.at - _LONGEST_JOIN), mention.at)
        if joined and joined.start() in ends:
            ends.add(mention.end)
            found.append(mention)
    for mention in full:
        shares = _SHARES.match(text, mention.end)
        part = text[max(0, mention.at - 2) : mention.at].rstrip()[-1:] in _PARTS
        if shares and shares.end() in starts and part:
            found.append(mention)
    return [*dict.fromkeys(found)]


def _in_full(normal: Normalized, mention: Mention, known: Collection[str]) -> Mention:
    """The mention with its last syllable, where a slip wrote that small: "Lê Văn an" beside "Lê Văn An"."""
    more = _SMALL.match(normal.text, normal.offset(mention.end))
    if more is None or _key(normal, mention) + more.group() not in known:
        return mention
    end = normal.origin(more.end())
    return mention._replace(name=f"{mention.name} {normal.original[end - len(more[1]) : end]}", end=end)


def _without_place(normal: Normalized, mention: Mention, known: Collection[str]) -> Mention:
    """The mention without a place before a name that stands alone elsewhere: "Bí thư Huyện ủy Yên Định Lê Văn An"."""
    starts = [TextOffset(one.start()) for one in _SYLLABLE.finditer(normal.original, mention.at, mention.end)]
    for first, at in enumerate(starts[1 : 1 - _FULL], 1):
        shorter = mention._replace(name=mention.name.split(" ", first)[-1], at=at, lead=at)
        if not mention.titled and _key(normal, shorter) in known:
            return shorter
    return mention


def _key(normal: Normalized, mention: Mention) -> str:
    """The normalized words of a name, to know it by."""
    return " ".join(normal.part(mention.at, mention.end).split())


def _read(normal: Normalized, at: TextOffset, end: TextOffset) -> tuple[Mention, bool] | None:
    """The person that a run of capitals from `at` to `end` may name, and whether it is one for sure."""
    text = normal.original
    spans = [
        (TextOffset(syllable.start()), TextOffset(syllable.end()))
        for syllable in _SYLLABLE.finditer(text, at, end)
    ]
    spans = spans[: _before_office(normal, spans)]
    end = spans[-1][1]
    syllables = tuple(normal.part(*span) for span in spans)
    here, stop = normal.span(at, end)
    since = max(0, here - _AHEAD)
    before, after = normal.text[since:here], normal.text[stop : stop + _AHEAD]
    honorific = _HONORIFIC.search(normal.text, since, here)
    addressed = syllables[0] in _ADDRESS_SYLLABLES and len(syllables) > 2
    titled = addressed or honorific is not None
    first = int(addressed) if titled else _family_name(syllables)
    if first < 0:
        return None
    ahead = before + "".join(f"{syllable} " for syllable in syllables[:first])
    union = len(syllables) - first > _FULL and syllables[first] == _UNION and _UNION_LEVEL.search(ahead)
    if union and not titled:
        first, ahead = first + 1, f"{ahead}{_UNION} "
    bare = syllables[first:]
    if not _SHORTEST <= len(bare) <= _LONGEST or bare in _NOT_PEOPLE or bare[:3] == _HO_CHI_MINH:
        return None
    family = syllables[first] in FAMILY_NAMES
    opening = text[slice(*spans[0])]
    capitals = len(opening) > 1 and opening.isupper()
    if after.startswith(_FIRM_ENDS) or (capitals and not (titled and family)):
        return None
    start = spans[first][0]
    name = " ".join(text[a:b] for a, b in spans[first:])
    if titled:
        lead = normal.origin(honorific.start()) if honorific and not addressed else at
        return (Mention(name, start, end, lead, True), True) if family or _ENDS.match(after) else None
    monk = syllables[first] in _RELIGIOUS and len(bare) >= _FULL
    return Mention(name, start, end, start, False), monk or _in_office(ahead, after, len(bare))


def _before_office(normal: Normalized, spans: Sequence[TextSpan]) -> int:
    """How many of the words stand before an office written right behind a name: "Lê Văn An Phó Chủ tịch"."""
    for number, (at, end) in enumerate(spans[2:], 2):
        here = normal.offset(at)
        if normal.text[here : normal.offset(end)] in _OFFICE_BEGINS and _NEXT_OFFICE.match(normal.text, here):
            return number
    return len(spans)


def _in_office(before: str, after: str, size: int) -> bool:
    """Whether a name without honorific is a person's by the offices and deeds around it."""
    if _NAMED_AFTER.search(before) and not (size >= _FULL and _OF_PROVINCE.search(before)):
        return size >= _FULL and bool(_OF_FIRM.search(before) and _DEED_AFTER.match(after))
    if _OFFICE_AFTER.match(after):
        return True
    if size < _FULL:
        return False
    if _OFFICE_BEFORE.search(before) or (_ITEM_LINE.search(before) and _ITEM_ENDS.match(after)):
        return True
    return bool(_DEED_AFTER.match(after) and _ITEM_BEGINS.search(before))


def _family_name(syllables: Sequence[str]) -> int:
    """Where a name begins by its family name, behind a place's; -1 where none does."""
    places = _PLACES_BY_FIRST.get(syllables[0], ())
    after = (
        len(one) for one in places if tuple(syllables[: len(one)]) == one and len(syllables) - len(one) >= 2
    )
    for index in range(next(after, 0), len(syllables) - 1):
        if syllables[index] in FAMILY_NAMES and len(syllables) - index <= _LONGEST:
            return index
    return -1
