"""Organizations: one name for one body over articles, and the province and district it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from summarizer.article.normalize import in_one_form
from summarizer.schemas.report import MeetingReport
from summarizer.schemas.word_tables import read_table

_OTHER_MARKS = re.compile(r"[^\w&]+")
_LEVELS = "tỉnh|thành phố|tp"
_AREAS = frozenset(("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"))
_CAPITALIZED = r"[^\W\d_a-zà-ỹ][\w']*(?:\s+[^\W\d_a-zà-ỹ][\w']*){0,3}"
_DISTRICT = re.compile(
    rf"\b((?:[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|TP\.?)\s+(?:{_CAPITALIZED}|\d{{1,2}}))"
)


class Location(NamedTuple):
    """Where a body is, as far as its article says."""

    province: str | None
    district: str | None


def _plain(words: str) -> str:
    return " ".join(_OTHER_MARKS.sub(" ", in_one_form(words)).split())


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(phrases, key=lambda one: -len(one)))


_ROWS = read_table("summarizer.outputs", "organizations", ("use", "words", "stands_for"), key=("use",))
_WORDS = {
    use: [_plain(phrase) for row in _ROWS if row["use"] == use for phrase in row.phrases()]
    for use in ("abbreviation", "party", "generic", "itself", "government")
}
_IN_FULL = {_plain(phrase): in_one_form(row["stands_for"]) for row in _ROWS for phrase in row.phrases()}
_PROVINCES = {
    _plain(writing): row["name"]
    for row in read_table("summarizer.outputs", "provinces", ("name", "words"))
    for writing in (row["name"], *row.phrases())
}
_ABBREVIATION = re.compile(rf"(?<![\w&])(?:{_any(_WORDS['abbreviation'])})(?![\w&])")
_PARTY = re.compile(rf"^(?:(?:{_any(_WORDS['party'])})\s+)+")
_GENERIC = re.compile(rf"(?<!\w)(?:{_any([*_WORDS['party'], *_WORDS['generic']])}|\d+)(?!\w)")
_ITSELF = re.compile(rf"(?<!\w)(?:{_any([*_WORDS['party'], *_WORDS['itself']])})(?!\w)")
_GOVERNMENT = re.compile(rf"(?<!\w)(?:{_any(_WORDS['government'])})(?!\w)")
_OF_LEVEL = rf"(?<!\w)(?:{_LEVELS})\s+(?P<level>{_any(_PROVINCES)})(?!\w)"
_PROVINCE_LEVEL = re.compile(_OF_LEVEL)
_PROVINCE = re.compile(rf"{_OF_LEVEL}|(?<!\w)(?P<end>{_any(_PROVINCES)})$")


def name_key(name: str) -> str:
    """Return what is equal for two ways to write a body's name.

    Unicode form, case, tone placement, i and y, punctuation, abbreviations of `tables/organizations.csv` and the
    words of Party bodies make no difference: `Đảng uỷ Sở GD&ĐT` and `Đảng bộ Sở Giáo dục và Đào tạo` are one.
    """
    words = _PROVINCE_LEVEL.sub(r"\1", _in_full(name))
    return " ".join(word for word in words.split() if word not in ("và", "của"))


def _in_full(name: str) -> str:
    """Return a name's words without abbreviations and the words of Party bodies."""
    words = _ABBREVIATION.sub(lambda short: _IN_FULL[short[0]], _plain(name))
    words = " ".join(words.replace("&", " ").split())
    shorter = _PARTY.sub("", words)
    return shorter if any(map(str.isalpha, shorter)) else words


def key_of(report: MeetingReport, article: str) -> str:
    """Return a key that is equal for reports of one body, and for nothing else.

    A name that many bodies have (`Trường Chính trị tỉnh`) is distinguished by its province, else by the site it was
    read from; where neither is known, or nobody is named, by the article alone (`article`).
    """
    if not report.organization:
        return f"\0{article}"
    key = _placed_key(report.organization, report)
    site = urlsplit(report.source.location or "").hostname
    return key or f"{name_key(report.organization)}\0{site or article}"


def parent_key_of(report: MeetingReport) -> str:
    """Return the key of the body above, empty where none is named or many bodies have its name."""
    return _placed_key(report.parent, report) if report.parent else ""


def _placed_key(name: str, report: MeetingReport) -> str:
    """Return a name's key with the report's province, empty where it may be any body's."""
    key = name_key(name)
    if province := location_of(report).province:
        place = name_key(province)
        return key if key.endswith(place) else f"{key} {place}"
    # Empty without a word that tells it from others.
    return key if _GENERIC.sub(" ", key).strip() else ""


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


def is_itself(name: str) -> bool:
    """Whether a name says only "the school", "the committee"."""
    return not _own_words(name)


def _own_words(name: str) -> set[str]:
    return set(_ITSELF.sub(" ", name_key(name)).split())


def location_of(report: MeetingReport) -> Location:
    """Return the province and the district that the header names: in the body's name, its parent, place or title."""
    texts = [report.organization, report.parent, report.place, report.title]
    names = 2  # a name can end with its province; at a title's end "hòa bình" is peace
    provinces = (_province_in(text, is_name=at < names) for at, text in enumerate(texts) if text)
    province = next(filter(None, provinces), None)
    district = next((found for text in texts if text and (found := _district_in(text))), None)
    return Location(province, district)


def _province_in(text: str, *, is_name: bool) -> str | None:
    """Return the province that stands after `tỉnh`, `thành phố`, or that a name ends with."""
    found = _PROVINCE.finditer(_plain(text))
    places = (one["level"] or one["end"] for one in found if is_name or one["level"])
    return _PROVINCES.get(next(places, ""))


def _district_in(text: str) -> str | None:
    names = (" ".join(found[1].split()) for found in _DISTRICT.finditer(text))
    return next((name for name in names if not _province_in(name, is_name=False)), None)
