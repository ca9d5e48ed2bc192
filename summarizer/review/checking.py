"""Checking what a reviewer typed: numbers against the article's, words against its text, dates against the calendar.

What holds becomes a value of `records`; what does not is refused with the reason, by the name of the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from summarizer.article.article import Article
from summarizer.article.normalize import normalize, split_words
from summarizer.article.notation import Value, read_numeral, read_value
from summarizer.review.items import Item
from summarizer.review.records import (
    ReviewedCount,
    ReviewedSection,
)
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import (
    SECTIONS,
    Elected,
    Person,
    Place,
    PresentedReport,
    Recipient,
    Role,
    SectionName,
)

__all__ = ("Checked", "Refused", "check_field", "check_item", "find_words")

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TYPED = re.compile(r"\s*(\d[\d.,]*)")
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
_YEARS = (1900, 2200)
_VIETNAMESE = labels("vi")


class Refused(Exception):  # noqa: N818 - an answer to a person, no error of the program
    """What was typed does not hold: the reason for each field, by its name.

    `ask`: nothing forbids it, but it is not what the article says; it is taken where the reviewer is sure.
    """

    def __init__(self, reasons: Mapping[str, str], *, ask: bool = False) -> None:
        super().__init__("; ".join(reasons.values()))
        self.reasons = dict(reasons)
        self.ask = ask


@dataclass(frozen=True, slots=True)
class Checked:
    """A field's value as it was typed, with the article's words that say so and other wordings that are right too."""

    value: bool | int | str | None
    anchor: Place | None = None
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class _Typed:
    """What was typed for one item, read field by field; what is wrong is gathered."""

    fields: Mapping[str, str]
    article: Article
    near: int
    before: Mapping[str, Any]
    t: Labels
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    doubts: dict[str, str] = field(default_factory=dict[str, str])

    def text(self, name: str) -> str:
        return " ".join(self.fields.get(name, "").split())

    def words(self, name: str, *, needed: bool = False) -> str | None:
        """Words of the article, as they stand there; what the report had already is not looked for again."""
        place = self.place(name, needed=needed)
        return place.text if place else None

    def place(self, name: str, *, needed: bool = False) -> Place | None:
        typed = self.text(name)
        if not typed:
            if needed:
                self.reasons[name] = self.t("refused.nothing")
            return None
        found = find_words(self.article, typed, self.near)
        if found is not None:
            return found
        before = self.before.get(name)
        if isinstance(before, str) and " ".join(before.split()) == typed:
            return Place(at=int(self.before.get("at") or self.near), text=before)
        self.reasons[name] = self.t("refused.not_in_article", words=typed)
        return None

    def end(self, *, sure: bool) -> None:
        """Raise what was gathered."""
        if self.reasons:
            raise Refused(self.reasons)
        if self.doubts and not sure:
            raise Refused(self.doubts, ask=True)


def find_words(article: Article, words: str, near: int = 0) -> Place | None:
    """Return where words stand in the article, as written there: of several places the one nearest to `near`.

    Upper case, Unicode form, the place of a tone mark, kinds of quotation marks and spaces make no difference.
    """
    wanted = split_words(words).spelled
    have = article.words
    if not wanted:
        return None
    starts = [
        at
        for at in range(len(have) - len(wanted) + 1)
        if have.spelled[at] == wanted[0] and have.spelled[at : at + len(wanted)] == wanted
    ]
    if not starts:
        return None
    at = min(starts, key=lambda start: abs(have.starts[start] - near))
    begin, end = have.starts[at], have.end(TokenIndex(at + len(wanted) - 1))
    return Place(at=begin, text=article.text[begin:end])


def check_item(
    item: Item, fields: Mapping[str, str], article: Article, *, sure: bool, t: Labels = _VIETNAMESE
) -> BaseModel:
    """Return what was typed for an item of a list. Raises `Refused`, with the reasons in the language of `t`."""
    before = dict(item.value) if item.value is not None else {}
    typed = _Typed(fields, article, item.at or 0, before, t)
    if item.part == "counts":
        made = _count(typed, item)
    elif item.part in SECTIONS:
        made = _section(typed)
    else:
        made = _named(typed, item.part)
    typed.end(sure=sure)
    assert made is not None  # noqa: S101 - without a value there is a reason, and it was raised
    return made


def check_field(
    item: Item, fields: Mapping[str, str], article: Article, *, sure: bool, t: Labels = _VIETNAMESE
) -> Checked:
    """Return what was typed for a field of the header or the summary; nothing typed is None. Raises `Refused`."""
    typed = _Typed(fields, article, item.at or 0, {item.part: item.value, "at": item.at}, t)
    name = item.part
    if name in ("date_held", "date_held_end", "date_published"):
        made = _date(typed, name)
    elif name == "period":
        made = _year(typed, name)
    elif name == "meeting":
        made = Checked({"yes": True, "no": False}.get(typed.text(name)))
    elif name == "form":
        form = typed.text(name) or None
        if form not in (None, "in_person", "online", "hybrid"):
            typed.reasons[name] = t("refused.choice")
        made = Checked(form)
    elif name == "summary":
        made = _summary(typed, item)
    else:
        made = _wordings(typed, name)
    typed.end(sure=sure)
    return made


def _count(typed: _Typed, item: Item) -> ReviewedCount | None:
    standing = {int(one.at): one for one in typed.article.numbers}.get(item.at or 0)
    known = standing.value if standing else read_value(item.text)
    value = _value(typed, "value", known, item.text, needed=True)
    written_total = item.text.rpartition("/")[2].strip() if "/" in item.text else ""
    known_total = standing.total if standing else read_value(written_total) if written_total else None
    total = _value(typed, "total", known_total, item.text)
    counted, counted_at = _counted(typed)
    try:
        made = ReviewedCount.model_validate(
            {
                "value": 0 if value is None else value,
                "total": total,
                "unit": typed.text("unit"),
                "subject": typed.text("subject"),
                "grade": typed.text("grade") or None,
                "status": typed.text("status"),
                "counted": counted,
                "counted_at": counted_at,
                "part_of": _other_number(typed, "part_of", item),
                "repeats": _other_number(typed, "repeats", item),
                "whose": typed.words("whose"),
                "direction": typed.text("direction") or None,
            }
        )
    except ValidationError as error:
        for problem in error.errors():
            typed.reasons.setdefault(str(problem["loc"][0]), typed.t("refused.choice"))
        return None
    return made


def _value(typed: _Typed, name: str, known: Value | None, text: str, *, needed: bool = False) -> Value | None:
    """A number in Vietnamese notation (`6.481`, `75,2`, `2.300 tỷ`); one that is not the article's is asked about."""
    written = typed.text(name)
    before = typed.before.get(name)
    if not written:
        if needed:
            typed.reasons[name] = typed.t("refused.nothing")
        elif known is not None and name == "total":
            typed.doubts[name] = typed.t("refused.total", text=text, total=known)
        return None
    match = _TYPED.match(written)
    digits = match[1].rstrip(".,") if match else ""
    read = read_value(digits) if digits and digits[0] not in ".," else None
    if match is None or read is None:
        typed.reasons[name] = typed.t("refused.number")
        return None
    normal = normalize(written).text
    value = read_numeral(normal, match.start(1) + len(digits), digits).value
    if value not in (known, before):
        key = "refused.unread_value" if known is None else "refused.value"
        typed.doubts[name] = typed.t(key, text=text, known=known, value=value)
    return value


def _counted(typed: _Typed) -> tuple[str, int | None]:
    """What is counted: one run of the article's words, or several with `…` between them."""
    written = typed.text("counted")
    if written == " ".join(str(typed.before.get("counted", "")).split()):
        return str(typed.before.get("counted", "")), typed.before.get("counted_at")
    parts = [part.strip() for part in re.split(r"…|\.\.\.", written) if part.strip()]
    found = [find_words(typed.article, part, typed.near) for part in parts]
    if not parts:
        typed.reasons["counted"] = typed.t("refused.counted")
    for part, place in zip(parts, found, strict=True):
        if place is None:
            typed.reasons["counted"] = typed.t("refused.not_in_article", words=part)
    if any(place is None for place in found):
        return "", None
    places = [place for place in found if place is not None]
    return " … ".join(place.text for place in places), places[0].at if len(places) == 1 else None


def _other_number(typed: _Typed, name: str, item: Item) -> int | None:
    """The offset of another number, given as it is written there: the nearest one before this, else after it."""
    written = typed.text(name)
    if not written:
        return None
    before = typed.before.get(name)
    numbers = [one for one in typed.article.numbers if one.at != item.at]
    if any(one.at == before and one.text == written for one in numbers):
        return before
    read = read_value(written) if _DIGITS.fullmatch(written) and "/" not in written else None
    same = [one.at for one in numbers if one.text == written or (read is not None and one.value == read)]
    if not same:
        typed.reasons[name] = typed.t("refused.no_other", text=written)
        return None
    here = item.at or 0
    earlier = [at for at in same if at < here]
    return max(earlier) if earlier else min(same)


def _named(typed: _Typed, part: str) -> BaseModel | None:
    named = typed.place("name" if part in ("people", "elected") else "text", needed=True)
    at = named.at if named else 0
    text = named.text if named else ""
    if part == "people":
        roles = tuple(role for role in get_args(Role) if role in typed.fields.get("roles", "").split())
        return Person(name=text, at=at, post=typed.words("post"), roles=roles or ("other",))
    if part == "elected":
        return Elected(name=text, at=at, post=typed.words("post"), vote=typed.words("vote"))
    if part == "reports":
        return PresentedReport(text=text, at=at, presenter=typed.words("presenter"))
    return Recipient(text=text, at=at, award=typed.words("award"), given_by=typed.words("given_by"))


def _section(typed: _Typed) -> ReviewedSection | None:
    place = typed.place("text", needed=True)
    kinds: dict[str, SectionName] = {name: name for name in SECTIONS}
    kind = kinds.get(typed.text("kind"))
    if kind is None:
        typed.reasons["kind"] = typed.t("refused.choice")
    if kind is None or place is None:
        return None
    return ReviewedSection(text=place.text, at=place.at, kind=kind)


def _wordings(typed: _Typed, name: str) -> Checked:
    """Wordings of one thing, a line each: the first is the report's, all of them stand in the article."""
    lines = [" ".join(line.split()) for line in typed.fields.get(name, "").splitlines() if line.strip()]
    places: list[Place] = []
    for line in lines:
        one = _Typed({name: line}, typed.article, typed.near, typed.before, typed.t)
        place = one.place(name)
        typed.reasons.update(one.reasons)
        if place is not None:
            places.append(place)
    if not places or typed.reasons:
        return Checked(None)
    wordings = [" ".join(place.text.split()) for place in places]
    return Checked(wordings[0], places[0], tuple(wordings[1:]))


def _date(typed: _Typed, name: str) -> Checked:
    written = typed.text(name)
    if not written:
        return Checked(None)
    if (match := _DAY.fullmatch(written)) is not None:
        day, month, year = map(int, match.groups())
    elif (match := _ISO_DAY.fullmatch(written)) is not None:
        year, month, day = map(int, match.groups())
    else:
        typed.reasons[name] = typed.t("refused.day")
        return Checked(None)
    try:
        found = date(year, month, day)
    except ValueError:
        typed.reasons[name] = typed.t("refused.no_such_day", day=f"{day}/{month}/{year}")
        return Checked(None)
    if not _YEARS[0] <= year <= _YEARS[1]:
        typed.reasons[name] = typed.t("refused.year_far", year=str(year))
    standing = next((one for one in typed.article.dates if (one.day, one.month) == (day, month)), None)
    if standing is None and typed.before.get(name) != found.isoformat():
        typed.doubts[name] = typed.t("refused.foreign_day", day=f"{day}/{month}")
    return Checked(found.isoformat(), Place(at=standing.at, text=standing.text) if standing else None)


def _year(typed: _Typed, name: str) -> Checked:
    written = typed.text(name)
    if not written:
        return Checked(None)
    if not written.isdecimal() or not _YEARS[0] <= int(written) <= _YEARS[1]:
        typed.reasons[name] = typed.t("refused.year")
        return Checked(None)
    place = find_words(typed.article, written, typed.near)
    if place is None and typed.before.get(name) != int(written):
        typed.doubts[name] = typed.t("refused.foreign_year", year=written)
    return Checked(int(written), place)


def _summary(typed: _Typed, item: Item) -> Checked:
    """A summary of the reviewer's own, none of whose numbers is foreign to the article."""
    written = typed.fields.get("summary", "").strip()
    known = {*_numbers_in(typed.article.text), *_numbers_in(str(item.value or ""))}
    values = {str(one.value) for one in typed.article.numbers}
    foreign = [one for one in _DIGITS.findall(written) if one.lstrip("0") not in known and one not in values]
    if foreign:
        typed.reasons["summary"] = typed.t("refused.foreign_numbers", list=", ".join(dict.fromkeys(foreign)))
    return Checked(written or None)


def _numbers_in(text: str) -> Iterable[str]:
    return (one.lstrip("0") for one in _DIGITS.findall(text))
