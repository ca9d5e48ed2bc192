"""Organizations: one name for one body over articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from summarizer.article.normalize import in_one_form
from summarizer.outputs.locations import (
    LEVEL_OF_PROVINCE,
    RANKS,
    ROWS,
    SCHOOLS,
    WORDS,
    Location,
    any_of,
    level_of,
    location_of,
    plain,
    split_province,
    without_party,
)
from summarizer.schemas.report import MeetingReport

_AREAS = frozenset(("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"))
_IN_FULL = {
    plain(phrase): in_one_form(row["stands_for"])
    for row in ROWS
    if row["stands_for"]
    for phrase in row.phrases()
}
_IN_BRACKETS = re.compile(r"\(\s*(?:[^\W\d_a-z]|[&-]){2,10}\s*\)")  # Hội Cựu chiến binh (CCB) huyện Tam Hưng
_SHORT_LEVEL = re.compile(r"(?<!\w)([HQhq])\.(?=\s?\w)")
_ABBREVIATION = re.compile(rf"(?<![\w&])(?:{any_of(WORDS['abbreviation'])})(?![\w&])")
_GENERIC = re.compile(rf"(?<!\w)(?:{any_of([*WORDS['party'], *WORDS['generic']])}|\d+)(?!\w)")
_ITSELF = re.compile(rf"(?<!\w)(?:{any_of([*WORDS['party'], *WORDS['itself']])})(?!\w)")
_GOVERNMENT = re.compile(rf"(?<!\w)(?:{any_of(WORDS['government'])})(?!\w)")
# One of each province or district, unless its name goes on to the country or to a place no table knows.
_LOCAL = re.compile(rf"^(?:{any_of(WORDS['local'])})(?!\w)(?!.*(?:việt nam$|(?<!\w)(?:tỉnh|thành phố) \w))")
_SINGLE = re.compile(rf"^(?:{any_of(WORDS['single'])})(?!\w)")
_BARE = re.compile(rf"(?:^| )({any_of(_AREAS)})$")
_SHORT = {"h": "huyện ", "q": "quận "}
_COMMUNES = frozenset(("xã", "phường", "thị trấn"))


def name_key(name: str) -> str:
    """Return what is equal for two ways to write a body's name.

    Unicode form, case, tone placement, i and y, punctuation, abbreviations of `tables/organizations.csv` and the
    words of Party bodies make no difference: `Đảng uỷ Sở GD&ĐT` and `Đảng bộ Sở Giáo dục và Đào tạo` are one.
    """
    words = LEVEL_OF_PROVINCE.sub("", _in_full(name)).split()
    if len(words) > 1 and words[0] == "trường":
        del words[0]
    return " ".join(word for word in words if word not in ("và", "của", "tại"))


def _in_full(name: str) -> str:
    """Return a name's words without abbreviations and the words of Party bodies."""
    name = _IN_BRACKETS.sub(" ", _SHORT_LEVEL.sub(lambda short: _SHORT[short[1].lower()], name))
    words = _ABBREVIATION.sub(lambda short: _IN_FULL[short[0]], plain(name))
    return without_party(" ".join(words.replace("&", " ").split()))


def key_of(report: MeetingReport, article: str) -> str:
    """Return a key that is equal for reports of one body, and for nothing else.

    Its parts, with NUL between them, are the words of the name without those of its place, what tells the body apart
    where they and its place do not, its province and its district. A name that many bodies have (`Trường Chính trị
    tỉnh`, `Hội Nông dân xã`) is told apart by its place, else by the site it was read from, where that is of one
    office or of one province; else, and where nobody is named, by the article alone (`article`).
    """
    if not report.organization:
        return _joined("", article, Location())
    location = location_of(report)
    words, needed = _words_and_need(report.organization, location)
    if needed is None:
        return _joined(words, "", location)
    site = urlsplit(report.source.location or "").hostname or ""
    known = needed == "province" or site.endswith((".edu.vn", ".gov.vn"))
    return _joined(words, (known and site) or article, location)


def parent_key_of(report: MeetingReport) -> str:
    """Return the key of the body above: the one named, else that of the province over a district's, if known.

    It is empty where many bodies have the name.
    """
    own, above = (_key_by_place(name, report) for name in (report.organization, report.parent))
    if above and above != own:
        return above
    words, *_, province, district = own.split("\0") if own else ("", "", "")
    bare = _BARE.search(words)
    return _joined(words[: bare.start()], "", Location(province)) if bare and province and district else ""


def _key_by_place(name: str | None, report: MeetingReport) -> str:
    """Return the key of a body of the header, empty where its words and place do not tell it from others."""
    if not name:
        return ""
    location = location_of(report, name)
    words, needed = _words_and_need(name, location)
    return "" if needed else _joined(words, "", location)


def location_in(key: str) -> Location:
    """Return the place that a key of a body holds."""
    province, district = key.split("\0")[2:]
    return Location(province or None, district or None)


def aliases(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of which the place is not known in full, each with the key of the same body that knows more.

    `keys` are in order. A body of two known places (`Trường THCS Lê Lợi` of two districts) is two, and an article
    that does not say which is of neither.
    """
    for _, same in groupby(keys, key=lambda key: key.split("\0")[:2]):
        places = {key: location_in(key) for key in same}
        for key, place in places.items():
            fuller = [other for other, known in places.items() if other != key and _fits(place, known)]
            fullest = [
                one
                for one in fuller
                if not any(_fits(places[one], places[two]) for two in fuller if two != one)
            ]
            if len(fullest) == 1:
                yield key, fullest[0]


def _fits(place: Location, fuller: Location) -> bool:
    return all(one in (None, other) for one, other in zip(place, fuller, strict=True))


def _joined(words: str, apart: str, location: Location) -> str:
    return "\0".join((words, apart.replace("\0", " "), location.province or "", location.district or ""))


def _words_and_need(name: str, location: Location) -> tuple[str, str | None]:
    """Return a name's words without its place, and which level must be known to tell the body, None where it is."""
    words = name_key(name)
    before, province = split_province(words)
    placed = province is not None and province == location.province
    words = before if placed else words
    if location.district:
        district = name_key(location.district)
        words = re.sub(rf"(?<!\w){re.escape(district)}(?!\w)", level_of(location.district), words)
    bare = _BARE.search(words)
    level = bare[1] if bare else None
    needed = None
    if level in _COMMUNES:
        needed = "commune"
    elif level in RANKS or words.startswith("phòng "):
        of_city = level == "thành phố" and location.province
        needed = None if location.district or of_city else "district"
    elif level or _LOCAL.search(words):
        needed = None if any(location) else "province"
    elif words and not placed and not _GENERIC.sub(" ", words).strip():
        needed = "province" if _SINGLE.search(words) else "itself"
        needed = None if needed == "province" and location.province else needed
    # A province's body and a district's differ in this word alone; a school is one wherever its name ends.
    of_district = level in RANKS and location.district
    if (
        bare
        and any(location)
        and (SCHOOLS.search(words) or words.startswith("phòng ") if of_district else level not in _COMMUNES)
    ):
        words = words[: bare.start()]
    return words, needed


def same_body(one: str, other: str | None) -> bool:
    """Whether `one` names the body `other`, or says only "the school", "the committee".

    An area is the body of its government: `UBND tỉnh` where `other` is `tỉnh Bắc Giang`.
    """
    words = _own_words(one)
    if not words or other is None:
        return not words
    level = _GOVERNMENT.sub(" ", _in_full(one)).split()
    area = bool(level) and _in_full(other).split()[: len(level)] == level
    return words <= set(name_key(other).split()) or (area and " ".join(level) in _AREAS)


def _own_words(name: str) -> set[str]:
    return set(_ITSELF.sub(" ", name_key(name)).split())
