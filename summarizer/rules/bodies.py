"""Bodies: the institutions a text names (đảng bộ, trường, công đoàn…), and where each name ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.article.normalize import Folded
from summarizer.article.phrases import Cue, cue
from summarizer.rules.body_words import (
    AREA,
    COMMITTEES,
    GENERIC,
    HEAD,
    JOINING,
    MEANINGLESS,
    NAME_WORDS,
    STOP,
    TRADES,
    WITH_CAPITAL,
)
from summarizer.rules.names import FAMILY_NAMES, FREQUENT_FAMILIES, NEXT_OFFICE

__all__ = ("Body", "body_at", "find_bodies", "is_generic", "is_nameless", "key_of", "subject_before")

_LEVELS = (
    r"(?:th|thcs|thpt|tiểu học|đh|cđ|đại học|cao đẳng),"
    r"(?= (?:th|thcs|thpt|trung học|cđ|cao đẳng|tccn|thcn|trung cấp)(?!\w))"
)
# Hội Cựu chiến binh (CCB) tỉnh: what a name is shortened to stands inside it.
_SHORT_FORM = rf"\([\w&-]{{2,10}}\)(?= (?:{AREA}|{'|'.join(COMMITTEES)}))"
_BODY = Cue(
    rf"{HEAD}(?: (?!{STOP})(?:t[px]\.(?:\w+)?|t\.ư|t\.p|{_LEVELS}|[\w&/']+(?:-[\w&]+)*|{_SHORT_FORM})){{0,14}}"
)
# Words that end a name, but belong to it with a capital: Mầm non Hoa Hướng Dương, Tiểu học Chà Là.
_NAMED_STOP = cue(rf" (hướng|là|ta|bà|mở|nên|cần|thống nhất|xây dựng)(?!\w)(?: (?!{STOP})[\w]+){{0,3}}")
# Trường Cao đẳng Kinh tế - Kỹ thuật.
_DASHED = cue(rf" - (?!{STOP}|{HEAD}|{NEXT_OFFICE})(\w+)(?: (?!{STOP})[\w]+){{0,6}}")
_OFFICE = cue(
    r"(?:bí thư(?: thường trực)?|chủ tịch|chủ nhiệm|giám đốc|trưởng|ủy viên ban thường vụ|thường trực),? $"
)
_NAME_LENGTHS = (3, 4)
# "Bí thư Tỉnh ủy Mai Văn Lộc trao": who acts is no place, whatever the surname.
_OF_LEVEL = cue(
    r"(?:nhà trường|(?:tỉnh|thành|huyện|quận|thị) ủy|(?:ubnd|hđnd|nhân dân) (?:tỉnh|huyện|thành phố|thị xã)) $"
)
_ACTS = cue(r"\s*\(|\s*,|\s(?:- |trao|tặng|phát biểu|chủ trì|dự|đến dự|thăm|kết luận|chúc mừng)(?!\w)")
# "Hội Nông dân các cấp" are many bodies.
_ALL_LEVELS = cue(
    r"(?<!\w)các (?:cấp|(?<!cụm\scác\s)(?:tỉnh|huyện|quận|xã|phường|địa phương)(?! miền| phía| khu vực| vùng))(?!\w)"
)
_LEVELS_ROOM = 15
_TRAILING = cue(r"(?: (?:và|của|các|-|cùng|trong|cấp|toàn))+$")

_AREA_TAIL = cue(rf"\s*(?:{AREA}|(?:trực )?thuộc) ")
_HEAD_OR_AREA = Cue(rf"(?:{HEAD}|{AREA}(?= \w))")
_AREA = cue(rf"{AREA}(?: (?!{STOP})[\w'-]+){{1,5}}")
_NOTHING = cue(
    rf"[\s\"']*(?:\([^()]*\))?(?:,? (?:trực )?thuộc [^,;]*)?(?: cùng (?:với )?(?={HEAD})[^,;]*)?[\s\"']*"
)
_PLACE = cue(r"\s*(?:tại|ở) ")
_JOINED = cue(rf"\s*(?:-|&)\s*(?={HEAD})")
_WHEN_WHERE = cue(
    r"(?:^|.*(?<!\w))(?:ngày|sáng|chiều|tối|nay|tháng \d+|năm \d{4}|\d{4}|\d+[/.-]\d+)\s*\)?\s+(?=\S)"
)
_NEXT_OFFICE = cue(NEXT_OFFICE)
_WORD = re.compile(r"\S+")
_BRACKETED = re.compile(r"\([^()]*\)")
_PART = re.compile(r"[^,]+")
_GOES_ON_AS_NUMBER = re.compile(r"[.,/]\d|\s?%")
_NEW_LINE = re.compile(r"\s*\n\s*")


class Body(NamedTuple):
    """A body named in the text: the words as they stand, and their span."""

    text: str
    at: int
    end: int


def find_bodies(
    text: str, folded: Folded, at: int = 0, end: int | None = None, *, whole: bool = False
) -> Iterator[Body]:
    """Yield the bodies named between the offsets `at` and `end` of `text`, in order.

    With `whole` a name goes on to the next word that can stand in none; without, only as far as it is sure.
    """
    stop = folded.folded(len(text) if end is None else end)
    for match in _BODY.findall(folded, folded.folded(at), stop):
        body = _trimmed(text, folded, match.start(), match.end(), whole=whole)
        if body is not None:
            yield body


def is_generic(words: str) -> bool:
    """Whether these folded words name a kind of body only ("nhà trường", "đảng ủy"), not a certain one."""
    return all(word in GENERIC for word in words.split())


def is_nameless(key: str) -> bool:
    """Whether a body's folded name says only what kind it is, or nothing of which body it is."""
    return is_generic(key) or key in MEANINGLESS


def key_of(folded: Folded, body: Body) -> str:
    """The folded words of a body's name, for comparison; a short form in brackets is none of them."""
    words = folded.part(body.at, body.end).split()
    return " ".join(word for word in words if word[0] != "(")


def body_at(text: str, folded: Folded, a: int, b: int) -> Body | None:
    """The body whose name begins at the folded offset `a`."""
    named = _BODY.pattern.match(folded.text, a, b)
    return _trimmed(text, folded, named.start(), named.end()) if named else None


def _trimmed(text: str, folded: Folded, a: int, b: int, *, whole: bool = False) -> Body | None:
    """The body in the folded span, cut where its name has ended unless the span is known to be `whole`."""
    b = _before_a_person(folded, a, _past_capital(text, folded, b))
    tail = _TRAILING.search(folded.text, a, b)
    b = tail.start() if tail else b
    if WITH_CAPITAL.match(folded.text, a) and not text[folded.origin(a)].isupper():
        return None
    if "\n" in folded.text[a:b]:
        breaks = _NEW_LINE.finditer(folded.text, a, b)
        b = next((line_break.start() for line_break in breaks if _opens(text, folded, line_break.end())), b)
    if many := _ALL_LEVELS.search(folded.text, a, b + _LEVELS_ROOM):
        b = folded.text.rfind(" và ", a, many.start())
        if b < 0:
            return None
    if not whole:
        b = _name_ends(text, folded, a, b)
    at, end = folded.origin(a), folded.origin(b)
    while end > at and text[end - 1].isspace():
        end -= 1
    return Body(" ".join(text[at:end].split()), at, end) if end > at else None


def _before_a_person(folded: Folded, a: int, b: int) -> int:
    """The folded offset where a body ends that is the office of who is named: Chủ tịch UBND tỉnh Lê Văn An."""
    if not _OFFICE.search(folded.text, max(0, a - 32), a):
        return b
    acts = _ACTS.match(folded.text, b) is not None
    for word in _WORD.finditer(folded.text, a, b):
        surname = word.group() in FREQUENT_FAMILIES or (
            acts and word.group() in FAMILY_NAMES and _OF_LEVEL.search(folded.text, a, word.start())
        )
        if surname and len(folded.text[word.start() : b].split()) in _NAME_LENGTHS:
            return word.start()
    return b


def _past_capital(text: str, folded: Folded, end: int) -> int:
    """The folded offset behind a name that goes on over a word which ends names, written with a capital."""
    while not text[folded.origin(end - 1)].isupper():
        more = _NAMED_STOP.match(folded.text, end) or _DASHED.match(folded.text, end)
        if more is None or not text[folded.origin(more.start(1))].isupper():
            break
        end = more.end()
    return end


def _opens(text: str, folded: Folded, at: int) -> bool:
    here = folded.origin(at)
    return text[here : here + 1].isupper() or text[here : here + 1].isdigit()


def _name_ends(text: str, folded: Folded, a: int, b: int) -> int:
    """The folded offset behind the last word that can still belong to a name: a capital, or what follows one."""
    head = _HEAD_OR_AREA.pattern.match(folded.text, a, b)
    end = head.end() if head else a
    named_place = False
    for word in _WORD.finditer(folded.text, end, b):
        if _GOES_ON_AS_NUMBER.match(folded.text, word.end()) and word.group().isdigit():
            break
        if text[folded.origin(word.start())].isupper() or word.group()[0].isdigit():
            if named_place and word.group() in FREQUENT_FAMILIES:
                break
            named_place = _begins_a_place(text, folded, word)
            end = word.end()
        elif word.group().rstrip(",") in NAME_WORDS:
            end = word.end() if word.group() not in JOINING else end
            named_place = False
        elif word.group()[0] != "(" and not _dashed(text, folded, word.end()):
            break
    return end


def _dashed(text: str, folded: Folded, end: int) -> bool:
    """Whether a dash that ends at the folded offset `end` joins a name: a capital follows that begins no person."""
    if folded.text[end - 2 : end] != " -":
        return False
    after = _WORD.match(folded.text, end + 1)
    if after is None or _NEXT_OFFICE.match(folded.text, end + 1):
        return False
    return _opens(text, folded, after.start()) and after.group() not in FREQUENT_FAMILIES


def _begins_a_place(text: str, folded: Folded, word: re.Match[str]) -> bool:
    """Whether the word is written as a place's syllable is: a capital and small letters ("Ninh", not "THPT")."""
    return (
        word.group() not in TRADES
        and not text[folded.origin(word.start()) : folded.origin(word.end())].isupper()
    )


def subject_before(text: str, folded: Folded, start: int, end: int) -> Body | None:
    """The body in front of a verb at the folded offset `end`, in the sentence that begins at `start`."""
    # What a bracket says of a body is no part of the sentence: "Hội X (huyện Y, tỉnh Z) tổ chức".
    clause = _BRACKETED.sub(lambda aside: " " * len(aside[0]), folded.text[start:end].rstrip())
    cut = max(clause.rfind(mark) for mark in (";", ":", "\n\n")) + 1
    parts = [part.span() for part in _PART.finditer(clause, cut)]
    while len(parts) > 1 and (not clause[slice(*parts[-1])].strip() or _is_area(clause, parts)):
        parts.pop()
    if not parts:
        return None
    a, b = parts[-1]
    if clause.endswith(",") and _PLACE.match(clause, a, b):
        return None
    when = _WHEN_WHERE.match(clause, a, b)
    reached = start + (when.end() if when else a)
    for head in _HEAD_OR_AREA.starts(folded, reached, start + b):
        words = _HEAD_OR_AREA.pattern.match(clause, head - start, b) if head >= reached else None
        if words is None:
            continue
        reached = start + words.end()
        named = _BODY.pattern.match(folded.text, head, start + b) or _AREA.match(folded.text, head, start + b)
        while named and (joined := _JOINED.match(folded.text, named.end(), start + b)):
            named = _BODY.pattern.match(folded.text, joined.end(), start + b)
        if named and _NOTHING.fullmatch(folded.text, _past_capital(text, folded, named.end()), start + b):
            return _trimmed(text, folded, head, named.end(), whole=True)
    return None


def _is_area(clause: str, parts: list[tuple[int, int]]) -> bool:
    """Whether the last part only says where the body before it lies or belongs ("…, huyện Ea Kar")."""
    return bool(_AREA_TAIL.match(clause, *parts[-1]) and _HEAD_OR_AREA.pattern.search(clause, *parts[-2]))
