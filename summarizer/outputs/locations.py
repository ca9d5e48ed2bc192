"""Where a body is: the province and the district that an article's header names, or nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from summarizer.article.normalize import in_one_form
from summarizer.schemas.report import MeetingReport
from summarizer.schemas.word_tables import read_table

_WATER = re.compile(r"(?<!\w)đ[aăắ][ck](?!\w)")
_OTHER_MARKS = re.compile(r"[^\w&]+")
# From huyện to thị xã to thành phố or quận: a district rises, and articles name it as it was called then.
RANKS = {"huyện": 0, "thị xã": 1, "thành phố": 2, "quận": 2}
_LEVELS = {
    "h": "huyện",
    "q": "quận",
    "thị": "thị xã",
    "tx": "thị xã",
    "thành": "thành phố",
    "tp": "thành phố",
}
_CAPITAL = f"[{''.join(one for one in map(chr, range(0x41, 0x1EFA)) if one.isupper())}]"
_DISTRICT = re.compile(
    r"(?<!\w)(?P<level>(?i:(?:huyện|quận|thị|thành) (?:ủy|uỷ|đoàn)|huyện(?: đảo)?|quận|thị xã|thành phố|tp|tx)"
    r"|[HhQq](?=\.))"
    rf"[. ] ?(?P<words>\d{{1,2}}(?!\w)|{_CAPITAL}[\w']*(?:[ -]+[\w']+){{0,3}})"
)
_MOST_WORDS = 3  # of a district that the table does not know


class Location(NamedTuple):
    """Where a body is, as far as its article says."""

    province: str | None = None
    district: str | None = None


def plain(words: str) -> str:
    """Return words in one form with no marks but `&`, to compare names by; `Đắk` is in one of its five spellings."""
    return _WATER.sub("đắk", " ".join(_OTHER_MARKS.sub(" ", in_one_form(words)).split()))


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, the longest first."""
    return "|".join(re.escape(one) for one in sorted(phrases, key=lambda one: -len(one)))


ROWS = read_table("summarizer.outputs", "organizations", ("use", "words", "stands_for"), key=("use",))
WORDS = {
    use: [plain(one) for row in ROWS if row["use"] == use for one in row.phrases()]
    for use in {row["use"] for row in ROWS}
}
"""The words of `tables/organizations.csv` in one form, by their use."""

_PARTY = re.compile(rf"^(?:(?:{any_of(WORDS['party'])}) )+")


def without_party(words: str) -> str:
    """Return a name in one form without the words of Party bodies that it begins with, where others follow."""
    shorter = _PARTY.sub("", words)
    return shorter if any(map(str.isalpha, shorter)) else words


_WRITINGS = {
    writing: row["name"]
    for row in read_table("summarizer.outputs", "provinces", ("name", "words"))
    for writing in (row["name"], *row.phrases())
}
PROVINCES = {plain(writing): name for writing, name in _WRITINGS.items()}
"""Provinces and cities of the first level by each way to write them, in one form."""


def level_of(district: str) -> str:
    """Return the level that a district's name begins with."""
    return next(level for level in RANKS if plain(district).startswith(level))


def _read_districts() -> dict[str, dict[str, str]]:
    """Return the name of each district by its province, by level and name in one form."""
    rows = read_table("summarizer.outputs", "districts", ("province", "words"), key=("province",))
    named = [(row["province"], name) for row in rows for name in row.phrases()]
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    levels: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for province, name in named:
        found[plain(name)][province] = name
        level = level_of(name)
        levels[name.removeprefix(level)].append((province, level))
    for name, known in levels.items():
        [(province, level), *others] = known
        for lower in RANKS:
            if not others and RANKS[lower] < RANKS[level]:
                found[plain(lower + name)] = {province: lower + name}
    return found


_DISTRICTS = _read_districts()
_CENTRAL = frozenset(name for name in PROVINCES if f"thành phố {name}" not in _DISTRICTS)
"""Provinces that are a city: `thành phố` before any other province's name says its capital, a district."""

_UNION = plain("đoàn")
_ANY_PROVINCE = any_of(PROVINCES)
_PROVINCE = re.compile(rf"(?<!\w)(?:tỉnh|thành phố|tp)(?: ủy| {_UNION})? (?P<name>{_ANY_PROVINCE})(?!\w)")
# `Hồ Chí Minh` alone is the man, whom the Youth Union and schools are called after.
_AT_END = re.compile(rf"(?<!\w)(?P<name>{any_of(PROVINCES.keys() - {'hồ chí minh'})})$")
_IN_CAPITALS = {
    one: name
    for writing, name in _WRITINGS.items()
    if writing != "Hồ Chí Minh"
    for one in (writing, writing.upper())
}
_NAMED = re.compile(rf"(?<!\w)(?:{any_of(_IN_CAPITALS)})(?!\w)")
_BEGINS_WITH = re.compile(rf"(?:{_ANY_PROVINCE})(?!\w)")
_NOT_PROVINCE = re.compile(rf"(?<!\w)(?:{any_of(WORDS['smaller'])})$")
SCHOOLS = re.compile(rf"(?<!\w)(?:{any_of(WORDS['called_after'])})(?!\w)")
_WIDE = re.compile(rf"^(?:{any_of(WORDS['wide'])})(?!\w)|(?<!\w)(?:việt nam|trung ương)$")
_OF_PROVINCE = re.compile(
    rf"^(?:sở|tỉnh (?:ủy|{_UNION}))(?!\w)|(?<!\w)(?:tỉnh|tp|thành phố|thành (?:ủy|{_UNION}))$"
)
_OFFICE_OF = re.compile(
    rf"(?<!\w)(?:(?:tỉnh|thành) (?:ủy|{_UNION})|(?:{any_of(WORDS['governing'])}) (?:tỉnh|thành phố|tp)) "
    rf"(?P<name>{_ANY_PROVINCE})(?!\w)"
)
# In a title, the place that follows may be another's.
_ELSEWHERE = re.compile(r"(?i)(?<!\w)(?:tại|ở|thăm|với|cho|giúp)(?!\w)")
_OF_AREA = re.compile(rf"(?<!\w)(?:{any_of(WORDS['area'])})(?!\w)")
LEVEL_OF_PROVINCE = re.compile(
    rf"(?<!\w)(?:tỉnh (?=(?:{_ANY_PROVINCE})(?!\w))|thành phố (?=(?:{any_of(_CENTRAL - {'hồ chí minh'})})(?!\w)))"
)
"""The word of level before a province's name."""


def location_of(report: MeetingReport, name: str | None = None) -> Location:
    """Return the province and the district of a body, the one that met or `name`, one of the header's.

    They are read in the body's name, the names beside it, and, where the body is no company or body of the whole
    country, in the place and the title. A district's province is known from `tables/districts.csv` where one province
    alone has a district of that name. A body named by its level alone (`Công an tỉnh`) is where the title, the place
    and the guests' posts name one province.
    """
    body = name or report.organization or ""
    names = [body, *(one for one in (report.organization, report.parent) if one and one != body)]
    level = without_party(plain(body))
    title = _ELSEWHERE.split(report.title or "", maxsplit=1)[0]
    around = [one for one in (report.place, title) if one and not _WIDE.search(level)]
    found = [(_province_in(one, is_name=True), _districts_in(one)) for one in names]
    found += [(_province_in(one, is_name=False), _districts_in(one)) for one in around]
    province = None
    for named, districts in found:
        province = province or named or _province_of(districts)
    if province is None and (_OF_AREA.search(level) or _OF_PROVINCE.search(level)):
        province = _from_posts(report, alone=bool(_OF_PROVINCE.search(level)))
    if _OF_PROVINCE.search(level) or (_AT_END.search(level) and not _districts_in(body)):
        return Location(province)
    every = (district for _, districts in found for district in districts)
    fitting = (name for name, of in every if not of or province is None or province in of)
    return Location(province, next(fitting, None))


def _province_of(districts: Iterable[tuple[str, dict[str, str]]]) -> str | None:
    known = next((of for _, of in districts if of), {})
    return next(iter(known)) if len(known) == 1 else None


def _from_posts(report: MeetingReport, *, alone: bool) -> str | None:
    """Return the one province that the posts of a provincial office name, or, `alone`, that title and place name."""
    posts = (plain(person.post) for person in report.people if person.post)
    found = {PROVINCES[office["name"]] for post in posts for office in _OFFICE_OF.finditer(post)}
    if alone:
        around = unicodedata.normalize("NFC", f"{report.title}\n{report.place}")
        found |= {_IN_CAPITALS[named] for named in _NAMED.findall(around)}
    return found.pop() if len(found) == 1 else None


def _province_in(text: str, *, is_name: bool) -> str | None:
    """Return the province that stands after `tỉnh` or `thành phố`, before a colon, or that a name ends with."""
    words = plain(text)
    if found := _PROVINCE.search(words):
        return PROVINCES[found["name"]]
    before, colon, _ = text.partition(":")
    if colon and (found := _BEGINS_WITH.fullmatch(plain(before))):
        return PROVINCES[found[0]]
    return split_province(words)[1] if is_name else None


def split_province(words: str) -> tuple[str, str | None]:
    """Return a name in one form without the province that it ends with, and that province, None where it is none."""
    found = _AT_END.search(words)
    before = words[: found.start()].rstrip() if found else words
    named_after = SCHOOLS.search(words) and not before.endswith(" chuyên")
    if found is None or _NOT_PROVINCE.search(before) or named_after:
        return words, None
    return before, PROVINCES[found["name"]]


def _districts_in(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return the districts that a text names, each with its name by the provinces that are known to have it."""
    text = " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())
    found: list[tuple[str, dict[str, str]]] = []
    for match in _DISTRICT.finditer(text):
        first = plain(match["level"]).split()[0]
        level = _LEVELS.get(first, first)
        words = re.split("[ -]+", match["words"])
        starts = [words[:number] for number in range(len(words), 0, -1)]
        start = next((one for one in starts if _DISTRICTS.get(plain(" ".join((level, *one))))), None)
        ends = match.end() == len(text) or text[match.end()] in ",;.()"
        if start is not None:
            known = _DISTRICTS[plain(" ".join((level, *start)))]
            # A capital behind a known name is of a longer, unknown one (huyện Yên Lạc Sơn), or of the province.
            following = words[len(start) :]
            rest = plain(text[match.start("words") :]).removeprefix(plain(" ".join(start))).strip()
            goes_on = following and following[0][0].isupper() and not match["words"].isupper()
            if not goes_on or _BEGINS_WITH.match(rest):
                found.append((next(iter(known.values())), known))
        elif any(plain(f"{city}{' '.join(one)}") in PROVINCES for one in starts for city in ("", "tp ")):
            continue
        elif name := _unknown(words, ends=ends):
            found.append((f"{level} {name}", {}))
    return found


def _unknown(words: list[str], *, ends: bool) -> str | None:
    """Return the name that words begin with, by its capitals; among capitals alone only where the text `ends` it."""
    if all(map(str.isupper, words)) and len("".join(words)) > len(words):
        return " ".join(words).title() if ends and len(words) <= _MOST_WORDS else None
    capitals = next(
        (at for at, word in enumerate(words) if not (word[0].isupper() or word.isdigit())), len(words)
    )
    return " ".join(words[: min(capitals, _MOST_WORDS)])
