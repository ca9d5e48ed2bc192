"""Bodies: the institutions a text names (đảng bộ, trường, công đoàn…), and where each name ends.

The words that their names begin with, go on with and have ended at stand in `tables/bodies.csv`; a phrase there that
another word makes something else ("sở", department, in "cơ sở") is none in that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from summarizer.article.normalize import Normalized, normalize, words_in
from summarizer.article.phrases import Lists, cue, pattern_of, source_of, word_cue
from summarizer.rules.names import FAMILY_NAMES, FREQUENT_FAMILIES, NEXT_OFFICE, PROVINCES
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.word_tables import Row, read_table

_ROWS = read_table("summarizer.rules", "bodies", ("list", "words", "not_before", "not_after"), key=("list",))


def _rows(name: str) -> list[Row]:
    return [row for row in _ROWS if row["list"] == name or row["list"].startswith(f"{name}_")]


def _phrases(name: str) -> tuple[str, ...]:
    return tuple(phrase for row in _rows(name) for phrase in row.phrases())


def _names(name: str) -> frozenset[str]:
    return frozenset(" ".join(words_in(phrase)) for phrase in _phrases(name))


def _source(name: str) -> str:
    """Return the source of a pattern for the phrases of a list, each but where its row says that it is none."""
    sources: list[str] = []
    for row in _rows(name):
        source = source_of(row.phrases())
        for before in row.phrases("not_before"):
            for phrase in row.phrases():
                source += rf"(?<!{normalize(f'{before} {phrase}').text})".replace(" ", r"\s")
        ways = [r"\d" if phrase == "#" else source_of((phrase,)) for phrase in row.phrases("not_after")]
        sources.append(source + (rf"(?!\s+(?:{'|'.join(ways)}))" if ways else ""))
    return f"(?:{'|'.join(sources)})"


COMMITTEES = tuple(sorted(_names("committees")))
"""What the Party's own bodies are called, at every level, normalized."""
# "Quốc hội" is the National Assembly, "toàn quốc hội …" may be an association of the whole country.
_ASSOCIATION = _source("associations") + normalize(r"(?<!(?<!toàn\s)quốc\shội)").text
HEAD = (
    rf"(?:{_source('boards')}\s+{_source('committees')}|{_source('mass_boards')}(?=\s+\w)"
    rf"|{_source('inspectorates')}(?=\s+{_source('inspected')})|{_source('committees')}|{_source('heads')}"
    rf"|{pattern_of('hội đồng ')}{_source('councils')}|{_ASSOCIATION})(?!\w)"
)
"""The source of a pattern, to be put into a `cue`, for what a body's name begins with."""
AREA = _source("areas")
"""The same for what an area's name begins with."""
_STOP = (
    rf"(?:{_source('stops')}|"
    + pattern_of(
        r"kỳ(?= họp| thi| này| trước)|đoàn kết(?=\s*,|\s+(?:thống nhất|nội bộ|cùng|với)(?!\w))"
        r"|(?<!phường\s)(?<!quận\s)\d+(?= (?:tháng|quý|tuần|năm (?:qua|liền|liên))(?!\w))|hôm(?= \d| nay| qua| sau)"
        r"|(?:thành )?lập(?= \d)|ảnh(?=\s*:)"
        r"|quản lý(?= (?:là|tốt|chặt|với|trên|hơn|gần|\d))|phát triển(?= (?:mới|được|thêm|\d))"
    )
    + r")(?!\w)"
)
"""Words at which a name has ended: what the body does, where, when, to whom; some only before certain words."""
# Heads that are common words as well begin a name only with a capital, or before one: ngành Nông nghiệp.
_WITH_CAPITAL = cue(r"{common}", common=_phrases("common"))
_BEFORE_CAPITAL = cue(r"{small} ", small=_phrases("small"))
MEANINGLESS, UNPLACED = _names("meaningless"), _names("unplaced")
"""Names that say nothing of which body it is, and of bodies that every place or level has one of."""
CENTRAL = cue(r"{central}", central=_phrases("central"))
"""The country's own bodies: an article names them for their papers and awards. For a body's whole name."""
_GENERIC, _NAME_WORDS, _JOINING, _TRADES = (
    frozenset(word for phrase in _phrases(name) for word in words_in(phrase))
    for name in ("generic", "name_words", "joining", "trades")
)
"""Words that say what kind a body is; that a name goes on with; that only join; that a firm's name stands behind."""
_LISTS = Lists("summarizer.rules", "body_names")
_START = TextOffset(0)
_LEVELS = r"{schools},(?= {next_schools})"
# Hội Cựu chiến binh (CCB) tỉnh: what a name is shortened to stands inside it.
_SHORT_FORM = rf"\([\w&-]{{2,10}}\)(?= (?:{AREA}|{'|'.join(COMMITTEES)}))"
_SHORT_AREA = r"(?:t[pxt]|[qh])\.(?:\w+)?"
_BODY = word_cue(
    rf"{HEAD}(?: (?!{_STOP})(?:{_SHORT_AREA}|t\.ư|t\.p|{_LEVELS}|{{paired}}|[\w&/']+(?:-[\w&]+)*|{_SHORT_FORM}))"
    r"{0,14}",
    **_LISTS,
)
# Words that end a name, but belong to it with a capital: Mầm non Hoa Hướng Dương, Tiểu học Chà Là.
_NAMED_STOP = cue(rf" ({{named_stops}})(?: (?!{_STOP}|và )[\w]+){{0,3}}", **_LISTS)
# Trường Cao đẳng Kinh tế - Kỹ thuật.
_DASHED = cue(rf" - (?!{_STOP}|{HEAD}|{NEXT_OFFICE})(\w+)(?: (?!{_STOP})[\w]+){{0,6}}")
_OFFICE = cue(r"{offices},? $", **_LISTS)
_STOP_INSIDE = cue(rf"(?<!\w){_STOP}|[,.:;()\"]\s")
_MOST_JOINED = 4
"""Words that end names, or dashes, over which one name goes on."""
_LONGEST_NAME, _SMALL_WORDS, _LONGEST_SYLLABLE, _SHORTEST_NAME = 10, 3, 7, 2
"""Words of a name whose head is not known, those of it with small letters; letters of a word that is no syllable."""
_NAME_LENGTHS = (3, 4)
"""Syllables of a person's full name."""
# "Bí thư Tỉnh ủy Mai Văn Lộc trao": who acts is no place, whatever the surname.
_OF_LEVEL = cue(r"{of_levels} $", **_LISTS)
_ACTS = cue(r"\s*\(|\s*,|\s(?:- |{acts})", **_LISTS)
# "Hội Nông dân các cấp" are many bodies.
_ALL_LEVELS = cue(r"(?<!\w)các (?:cấp(?!\w)|(?<!cụm\scác\s){levels}(?! {not_levels}))", **_LISTS)
_LEVELS_ROOM = 15
"""Characters behind a name in which "các cấp" says that it is of many bodies."""
_TRAILING = cue(r"(?: (?:-|{trailing}))+$", **_LISTS)

_AREA_TAIL = cue(rf"\s*(?:(?:{AREA}|(?:trực )?thuộc) |(?:tp|tx|tt|h|q)\.)")
_HEAD_OR_AREA = word_cue(rf"(?:{HEAD}|{AREA}(?= \w))")
_AREA = cue(rf"{AREA}(?: (?!{_STOP})[\w'-]+){{1,5}}")
_NOTHING = cue(
    rf"[\s\"']*(?:\([^()]*\))?(?:,? (?:trực )?thuộc [^,;]*)?(?: cùng (?:với )?(?={HEAD})[^,;]*)?[\s\"']*"
)
_PLACE = cue(r"\s*(?:tại|ở) ")
_JOINED = cue(rf"\s*(?:-|&)\s*(?={HEAD})")
_WHEN_WHERE = cue(r"(?:^|.*(?<!\w))(?:{when}|tháng \d+|năm \d{4}|\d{4}|\d+[/.-]\d+)\s*\)?\s+(?=\S)", **_LISTS)
_NEXT_OFFICE = cue(NEXT_OFFICE)
_WORD = re.compile(r"\S+")
_BELONGS = cue(
    r"(?:{companies}, {divisions}|trường, đại học|{firms}, {corporations}|{faculties}, {universities})(?!\w)",
    **_LISTS,
)
_LONGEST_HEAD = 40
"""Characters of a body's head, at most."""
_FIRM_OF_TRADE = cue(r"{firms_by_form} ", **_LISTS)
_LONGEST_TRADE = 5
"""Words of a firm's trade in small letters, with the first of its own name, at most."""
EVENT_BOARD = cue(r"{event_boards} (?={events})", **_LISTS)
"""What stands before an event in its board's name: Ban tổ chức Cuộc thi vẽ tranh."""
_PAIRED = word_cue(r"{paired}", **_LISTS)
_BRACKETED = re.compile(r"\([^()]*\)")
_PART = re.compile(r"[^,]+")
_GOES_ON_AS_NUMBER = re.compile(r"[.,/]\d|\s?%")
_NEW_LINE = re.compile(r"\s*\n\s*")
# An association is named by more than one syllable or by capitals: "Hội An" is a town, "Hội LHPN" is none.
_TOWN = re.compile(r"[Hh]ội\s[^\W\d_][^\W\d_]+")


class Body(NamedTuple):
    """A body named in the text: the words as they stand, and their span."""

    text: str
    at: TextOffset
    end: TextOffset


def find_bodies(
    normal: Normalized, at: TextOffset = _START, end: TextOffset | None = None, *, whole: bool = False
) -> Iterator[Body]:
    """Yield the bodies named between the offsets `at` and `end` of `text`, in order.

    With `whole` a name goes on to the next word that can stand in none; without, only as far as it is sure.
    """
    stop = len(normal.text) if end is None else normal.offset(end)
    for match in _BODY.finditer(normal.text, normal.offset(at), stop):
        body = _trimmed(normal, match.start(), match.end(), whole=whole)
        if body is not None:
            yield body


def body_of(normal: Normalized, at: TextOffset, end: TextOffset) -> Body:
    """Return the body whose name is known to stand from `at` to `end`."""
    return Body(" ".join(normal.original[at:end].split()), at, end)


def is_generic(words: str) -> bool:
    """Whether these normalized words name a kind of body only ("nhà trường", "đảng ủy"), not a certain one."""
    return all(word in _GENERIC for word in words.split())


def is_nameless(key: str) -> bool:
    """Whether a body's normalized name says only what kind it is, or nothing of which body it is."""
    return is_generic(key) or key in MEANINGLESS


def key_of(normal: Normalized, body: Body) -> str:
    """The normalized words of a body's name, for comparison; a short form in brackets is none of them."""
    words = normal.part(body.at, body.end).split()
    return " ".join(word for word in words if word[0] != "(")


def body_at(normal: Normalized, a: int, b: int) -> Body | None:
    """The body whose name begins at the normalized offset `a`."""
    named = _BODY.match(normal.text, a, b)
    return _trimmed(normal, named.start(), named.end()) if named else None


def _trimmed(normal: Normalized, a: int, b: int, *, whole: bool = False) -> Body | None:
    """The body in the normalized span, cut where its name has ended unless the span is known to be `whole`."""
    b = _before_a_person(normal, a, _past_capital(normal, b))
    tail = _TRAILING.search(normal.text, a, b)
    b = tail.start() if tail else b
    if _WITH_CAPITAL.match(normal.text, a) and not normal.is_upper(a):
        small = _BEFORE_CAPITAL.match(normal.text, a)
        if small is None or not _opens(normal, small.end()):
            return None
    if "\n" in normal.text[a:b]:
        breaks = _NEW_LINE.finditer(normal.text, a, b)
        b = next((line_break.start() for line_break in breaks if _opens(normal, line_break.end())), b)
    if many := _ALL_LEVELS.search(normal.text, a, b + _LEVELS_ROOM):
        b = normal.text.rfind(" và ", a, many.start())
        if b < 0:
            return None
    if not whole:
        b = _name_ends(normal, a, b)
    at = normal.origin(a)
    end = TextOffset(at + len(normal.original[at : normal.origin(b)].rstrip()))
    town = _TOWN.fullmatch(normal.original, at, end) is not None and normal.original[at:end].istitle()
    return body_of(normal, at, end) if end > at and not town else None


def _before_a_person(normal: Normalized, a: int, b: int) -> int:
    """The normalized offset where a body ends that is the office of who is named: Chủ tịch UBND tỉnh Lê Văn An."""
    if not _OFFICE.search(normal.text, max(0, a - 32), a):
        return b
    acts = _ACTS.match(normal.text, b) is not None
    for word in _WORD.finditer(normal.text, a, b):
        surname = word.group() in FREQUENT_FAMILIES or (
            acts and word.group() in FAMILY_NAMES and _OF_LEVEL.search(normal.text, a, word.start())
        )
        if surname and len(normal.text[word.start() : b].split()) in _NAME_LENGTHS:
            return word.start()
    return b


def _past_capital(normal: Normalized, end: int) -> int:
    """The normalized offset behind a name that goes on over a word which ends names, written with a capital."""
    for _ in range(_MOST_JOINED):
        if normal.is_upper(end - 1):
            break
        more = _NAMED_STOP.match(normal.text, end) or _DASHED.match(normal.text, end)
        if more is None or not normal.is_upper(more.start(1)):
            break
        end = more.end()
    return end


def _opens(normal: Normalized, at: int) -> bool:
    return normal.is_upper(at) or normal.text[at : at + 1].isdigit()


def _name_ends(normal: Normalized, a: int, b: int) -> int:
    """The normalized offset behind the last word that can still belong to a name: a capital, or what follows one."""
    head = _HEAD_OR_AREA.match(normal.text, a, b)
    end = head.end() if head else a
    if firm := _FIRM_OF_TRADE.match(normal.text, a, b):
        # "Công ty cổ phần nhựa và bao bì Tân An"
        trade = islice(_WORD.finditer(normal.text, firm.end(), b), _LONGEST_TRADE)
        end = next((word.start() for word in trade if _opens(normal, word.start())), end)
    if EVENT_BOARD.match(normal.text, a, b):
        return b  # "Ban tổ chức Cuộc thi vẽ tranh thiếu nhi hè 2021"
    named_place = False
    for word in _WORD.finditer(normal.text, end, b):
        if _GOES_ON_AS_NUMBER.match(normal.text, word.end()) and word.group().isdigit():
            break
        if _opens(normal, word.start()):
            if named_place and word.group() in FREQUENT_FAMILIES:
                break
            # "Ninh", not "THPT": a capital and small letters, as a place's syllable is written.
            written = normal.original[normal.origin(word.start()) : normal.origin(word.end())]
            named_place = word.group() not in _TRADES and not written.isupper()
            end = word.end()
        elif word.group().rstrip(",") in _NAME_WORDS:
            end = word.end() if word.group() not in _JOINING else end
            named_place = False
        elif word.group()[0] != "(" and not _dashed(normal, word.end()):
            break
    return end


def _dashed(normal: Normalized, end: int) -> bool:
    """Whether a dash that ends at the normalized offset `end` joins a name: no person begins after it."""
    if normal.text[end - 2 : end] != " -":
        return False
    after = _WORD.match(normal.text, end + 1)
    if after is None or _NEXT_OFFICE.match(normal.text, end + 1):
        return False
    return _opens(normal, after.start()) and after.group() not in FREQUENT_FAMILIES


def subject_before(normal: Normalized, start: int, end: int, *, acts: bool = False) -> Body | None:
    """The body in front of a verb at the normalized offset `end`, in the sentence that begins at `start`.

    Where the verb is one that only bodies do (`acts`), a name written with capitals is one without a known head.
    """
    # What a bracket says of a body is no part of the sentence: "Hội X (huyện Y, tỉnh Z) tổ chức".
    clause = _BRACKETED.sub(lambda aside: " " * len(aside[0]), normal.text[start:end].rstrip())
    clause = _PAIRED.sub(lambda pair: pair[0].replace(",", " "), clause)
    cut = max(clause.rfind(mark) for mark in (";", ":", "\n\n")) + 1
    parts = [part.span() for part in _PART.finditer(clause, cut)]
    while len(parts) > 1 and _is_no_body(clause, parts):
        parts.pop()
    if not parts:
        return None
    a, b = parts[-1]
    if clause.endswith(",") and _PLACE.match(clause, a, b):
        return None
    when = _WHEN_WHERE.match(clause, a, b)
    reached = start + (when.end() if when else a)
    for found in _HEAD_OR_AREA.finditer(normal.text, reached, start + b):
        head = found.start()
        words = _HEAD_OR_AREA.match(clause, head - start, b) if head >= reached else None
        if words is None:
            continue
        reached = start + words.end()
        named = _BODY.match(normal.text, head, start + b) or _AREA.match(normal.text, head, start + b)
        while named and (joined := _JOINED.match(normal.text, named.end(), start + b)):
            named = _BODY.match(normal.text, joined.end(), start + b)
        if named and _NOTHING.fullmatch(normal.text, _past_capital(normal, named.end()), start + b):
            part = _part_of(normal, start, clause, parts, head)
            return part or _trimmed(normal, head, named.end(), whole=True)
    return None if not acts else _named_by_capitals(normal, start + (when.end() if when else a), start + b)


def _part_of(
    normal: Normalized, start: int, clause: str, parts: Sequence[tuple[int, int]], head: int
) -> Body | None:
    """The body in the part of a clause before the last that belongs to the one in it: "Trung đoàn 3, Sư đoàn 5"."""
    if len(parts) < 2:
        return None
    a, b = parts[-2]
    when = _WHEN_WHERE.match(clause, a, b)
    begun = start + (when.end() if when else a)
    first = _HEAD_OR_AREA.search(normal.text, begun, start + b)
    named = _BODY.match(normal.text, first.start(), start + b) if first else None
    if first is None or named is None or _past_capital(normal, named.end()) != start + b:
        return None
    if not is_part_of(normal, first.start(), start + b, head):
        return None
    return _trimmed(normal, first.start(), named.end(), whole=True)


def is_part_of(normal: Normalized, a: int, b: int, above: int) -> bool:
    """Whether the body named from `a` to `b` belongs by its kind to the one at `above`, all normalized offsets."""
    upper = normal.text[above : above + _LONGEST_HEAD]
    heads = _HEAD_OR_AREA.finditer(normal.text, a, b)
    return any(_BELONGS.match(f"{lower[0].strip()}, {upper}") for lower in heads)


def _named_by_capitals(normal: Normalized, a: int, b: int) -> Body | None:
    """The body that the normalized span is, where no head is known but its words are a name's: "VNPT An Bình"."""
    at, end = normal.origin(a), normal.origin(b)
    words = normal.original[at:end].split()
    if not 1 <= len(words) <= _LONGEST_NAME or _STOP_INSIDE.search(normal.text, a, b):
        return None
    first = words[0]
    names = [word for word in words if word[0].isupper() or word[0].isdigit()]
    person = normal.part(at, end).split()[0] in FAMILY_NAMES and len(words) in _NAME_LENGTHS
    foreign = first.isascii() and first.isalpha() and (first.isupper() or len(first) >= _LONGEST_SYLLABLE)
    named = first[0].isupper() and words[-1] in names and len(words) - len(names) <= _SMALL_WORDS
    if person or not named or len(first) < _SHORTEST_NAME or not (foreign or len(names) > 1):
        return None
    stripped = normal.original[at:end].strip()
    begun = TextOffset(at + normal.original[at:end].index(first))
    return body_of(normal, begun, TextOffset(begun + len(stripped)))


def _is_no_body(clause: str, parts: list[tuple[int, int]]) -> bool:
    """Whether the last part is empty or only says where the body before it lies or belongs ("…, huyện Ea Kar")."""
    last = clause[slice(*parts[-1])].strip()
    area = _AREA_TAIL.match(clause, *parts[-1]) and _HEAD_OR_AREA.search(clause, *parts[-2])
    return bool(not last or last in PROVINCES or area)
