"""Checking what a reviewer typed: numbers against the article's, words against its text, dates against the calendar.

What holds becomes a value of `decisions`; what does not is refused with the reason, by the name of the field.
`tables/controls.csv` lists what there is to type; each of its kinds is a method of `_Typed` here. A field of the
header that has no row there is typed as one line (`plain`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from summarizer.article.article import Article
from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize, split_words
from summarizer.article.notation import Value, read_numeral, read_value
from summarizer.review.decisions import ReviewedCount, ReviewedSection
from summarizer.review.items import Item
from summarizer.schemas import report as schema
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.word_tables import read_table

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TYPED = re.compile(r"\s*(\d[\d.,]*)")
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
_YEARS = (1900, 2200)
_MODELS: Mapping[str, type[BaseModel]] = {
    "counts": ReviewedCount,
    "people": schema.Person,
    "elected": schema.Elected,
    "reports": schema.PresentedReport,
    "recipients": schema.Recipient,
    **dict.fromkeys(schema.SECTIONS, ReviewedSection),
}


class Control(NamedTuple):
    """What can be filled in of a part of the report: a row of `tables/controls.csv`, which describes the cells."""

    field: str
    kind: str
    label: str
    options: str
    none: str
    hint: str


@cache
def _controls() -> Mapping[str, list[Control]]:
    rows = read_table("summarizer.review", "controls", ("part", *Control._fields))
    by_part: dict[str, list[Control]] = {}
    for row in rows:
        by_part.setdefault(row["part"], []).append(Control(*(row[name] for name in Control._fields)))
    return by_part | dict.fromkeys(schema.SECTIONS, by_part["sections"])


def controls_of(part: str) -> list[Control]:
    """Return the controls of a field, or of an item of a list; a field without a row has a line of plain text."""
    return _controls().get(part) or [Control(part, "plain", f"field.{part}", "", "", "")]


class Refused(Exception):  # noqa: N818 - an answer to a person, no error of the program
    """What was typed does not hold: the reason for each field, by its name.

    `ask`: nothing forbids it, but it is not what the article says; it is taken where the reviewer is sure.
    """

    def __init__(self, reasons: Mapping[str, str], *, ask: bool = False) -> None:
        super().__init__("; ".join(reasons.values()))
        self.reasons = dict(reasons)
        self.ask = ask


class Checked(NamedTuple):
    """A field's value as it was typed, with the article's words that say so and other wordings that are right too."""

    value: bool | int | str | None
    anchor: schema.Place | None = None
    others: tuple[str, ...] = ()


def find_words(article: Article, words: str, near: int = 0) -> schema.Place | None:
    """Return where words stand in the article, as written there: of several places the one nearest to `near`.

    Upper case, Unicode form, the place of a tone mark, kinds of quotation marks and spaces make no difference, but
    places that are written as `words` are come first.
    """
    wanted = split_words(words).spelled
    have = article.words
    starts = [
        at
        for at in range(len(have) - len(wanted) + 1)
        if wanted and have.spelled[at] == wanted[0] and have.spelled[at : at + len(wanted)] == wanted
    ]
    if not starts:
        return None
    ends = {have.starts[at]: have.end(TokenIndex(at + len(wanted) - 1)) for at in starts}
    places = [schema.Place(at=at, text=article.text[at:end]) for at, end in ends.items()]
    return min(places, key=lambda place: (_composed(place.text) != _composed(words), abs(place.at - near)))


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))


def check_item(
    item: Item, fields: Mapping[str, str], article: Article, *, sure: bool, t: Labels | None = None
) -> BaseModel:
    """Return what was typed for an item of a list.

    Raises `Refused`, with the reasons in the language of `t`, by default Vietnamese.
    """
    typed = _Typed(item, fields, article, t or labels())
    values = {one.field: getattr(typed, one.kind)(one.field) for one in controls_of(item.part)}
    made: BaseModel | None = None
    try:
        made = _MODELS[item.part].model_validate({**values, **typed.places})
    except ValidationError as error:
        for problem in error.errors():
            typed.reasons.setdefault(str(problem["loc"][0]), typed.t("refused.choice"))
    typed.end(sure=sure)
    assert made is not None  # noqa: S101 - without a value there is a reason, and it was raised
    return made


def check_field(
    item: Item, fields: Mapping[str, str], article: Article, *, sure: bool, t: Labels | None = None
) -> Checked:
    """Return what was typed for a field of the header or the summary; nothing typed is None. Raises `Refused`."""
    typed = _Typed(item, fields, article, t or labels())
    (control,) = controls_of(item.part)
    made = getattr(typed, control.kind)(control.field)
    if not isinstance(made, Checked):
        field: Any = schema.MeetingReport.model_fields[item.part].annotation
        try:
            made = Checked(TypeAdapter(field).validate_python(made))
        except ValidationError:
            typed.reasons[item.part] = typed.t("refused.choice")
    typed.end(sure=sure)
    return made


class _Typed:
    """What was typed for one item, read field by field; what is wrong is gathered.

    There is a method for each kind of control. It returns the value, which the schema of the item or of the report
    then takes or refuses, or what `check_field` does. `places` are offsets that a value has beside what was typed.
    """

    def __init__(self, item: Item, fields: Mapping[str, str], article: Article, t: Labels) -> None:
        self._item = item
        self._fields = fields
        self._article = article
        self._here = item.at or 0
        self._before = dict(item.value or {}) if item.is_list_item else {item.part: item.value, "at": item.at}
        self.t = t
        self.places: dict[str, int | None] = {}
        self.reasons: dict[str, str] = {}
        self._doubts: dict[str, str] = {}

    def end(self, *, sure: bool) -> None:
        """Raise what was gathered."""
        if self.reasons:
            raise Refused(self.reasons)
        if self._doubts and not sure:
            raise Refused(self._doubts, ask=True)

    def _text(self, name: str) -> str:
        return " ".join(self._fields.get(name, "").split())

    def _find(self, name: str, typed: str) -> schema.Place | None:
        """Find words in the article, as they stand there; what the report had already is not looked for again."""
        found = find_words(self._article, typed, self._here)
        before = self._before.get(name)
        if found is None and isinstance(before, str) and " ".join(before.split()) == typed:
            return schema.Place(at=int(self._before.get("at") or self._here), text=before)
        if found is None:
            self.reasons[name] = self.t("refused.not_in_article", words=typed)
        return found

    def words(self, name: str) -> str | None:
        """Words of the article."""
        typed = self._text(name)
        place = self._find(name, typed) if typed else None
        return place.text if place else None

    def place(self, name: str) -> str:
        """The words that the item stands for, with their place."""
        typed = self._text(name)
        if not typed:
            self.reasons[name] = self.t("refused.nothing")
        place = self._find(name, typed) if typed else None
        self.places["at"] = place.at if place else 0
        return place.text if place else ""

    sentence = place

    def choice(self, name: str) -> str | None:
        """A code of the report, or anything else that its schema takes; it is not held against the article."""
        return self._text(name) or None

    plain = choice

    def roles(self, name: str) -> tuple[str, ...]:
        """Roles of a person, in the report's order."""
        typed = self._fields.get(name, "").split()
        return tuple(role for role in get_args(schema.Role) if role in typed) or ("other",)

    def number(self, name: str) -> Value | None:
        """A number in Vietnamese notation (`6.481`, `75,2`, `2.300 tỷ`), asked about where it is not the article's.

        A `total` may be missing where the article's number has none.
        """
        written, text, known = self._text(name), self._item.text, self._known(name)
        if not written:
            if name == "value":
                self.reasons[name] = self.t("refused.nothing")
            elif known is not None:
                self._doubts[name] = self.t("refused.total", text=text, total=known)
            return None
        match = _TYPED.match(written)
        digits = match[1].rstrip(".,") if match else ""
        if match is None or read_value(digits) is None:
            self.reasons[name] = self.t("refused.number")
            return None
        value = read_numeral(normalize(written).text, match.start(1) + len(digits), digits).value
        if value not in (known, self._before.get(name)):
            key = "refused.unread_value" if known is None else "refused.value"
            self._doubts[name] = self.t(key, text=text, known=known, value=value)
        return value

    def _known(self, name: str) -> Value | None:
        """Return the value, or the total, that the article's number has."""
        for number in self._article.numbers:
            if number.at == self._item.at:
                return getattr(number, name)
        if name == "value":
            return read_value(self._item.text)
        _, slash, total = self._item.text.rpartition("/")
        return read_value(total.strip()) if slash and total.strip() else None

    def counted(self, name: str) -> str:
        """What is counted: one run of the article's words, or several with `…` between them."""
        written = self._text(name)
        before = str(self._before.get(name, ""))
        if written == " ".join(before.split()):
            self.places["counted_at"] = self._before.get("counted_at")
            return before
        parts = [part.strip() for part in re.split(r"…|\.\.\.", written) if part.strip()]
        if not parts:
            self.reasons[name] = self.t("refused.counted")
        places: list[schema.Place] = []
        for part in parts:
            if place := find_words(self._article, part, self._here):
                places.append(place)
            else:
                self.reasons[name] = self.t("refused.not_in_article", words=part)
        self.places["counted_at"] = places[0].at if len(places) == 1 else None
        return " … ".join(place.text for place in places)

    def other(self, name: str) -> int | None:
        """The offset of another number, given as it is written there: the nearest one before this, else after it."""
        written = self._text(name)
        if not written:
            return None
        before = self._before.get(name)
        numbers = [one for one in self._article.numbers if one.at != self._item.at]
        if any(one.at == before and one.text == written for one in numbers):
            return before
        read = read_value(written) if _DIGITS.fullmatch(written) and "/" not in written else None
        same = [one.at for one in numbers if one.text == written or (read is not None and one.value == read)]
        if not same:
            self.reasons[name] = self.t("refused.no_other", text=written)
            return None
        return max((at for at in same if at < self._here), default=min(same))

    def wordings(self, name: str) -> Checked:
        """Wordings of one thing, a line each: the first is the report's, all of them stand in the article."""
        lines = [" ".join(line.split()) for line in self._fields.get(name, "").splitlines()]
        places = [place for line in lines if line and (place := self._find(name, line))]
        if not places or self.reasons:
            return Checked(None)
        value, *others = (" ".join(place.text.split()) for place in places)
        return Checked(value, places[0], tuple(others))

    def day(self, name: str) -> Checked:
        """A day as it is written here (3/2/2021, 3 tháng 2 năm 2021) or in ISO.

        One that the article does not write is asked about, also one that it writes of another year.
        """
        written = self._text(name)
        read = find_dates(normalize(written)) if "tháng" in written.lower() else []
        written = read[0].iso or written if len(read) == 1 else written
        if match := _DAY.fullmatch(written):
            day, month, year = map(int, match.groups())
        elif match := _ISO_DAY.fullmatch(written):
            year, month, day = map(int, match.groups())
        else:
            if written:
                self.reasons[name] = self.t("refused.day")
            return Checked(None)
        try:
            found = date(year, month, day).isoformat()
        except ValueError:
            self.reasons[name] = self.t("refused.no_such_day", day=f"{day}/{month}/{year}")
            return Checked(None)
        if not _YEARS[0] <= year <= _YEARS[1]:
            self.reasons[name] = self.t("refused.year_far", year=str(year))
        same = [one for one in self._article.dates if (one.day, one.month) == (day, month)]
        standing = next((one for one in same if one.year in (year, None)), None)
        if standing is None and self._before.get(name) != found:
            self._doubts[name] = self.t("refused.foreign_day", day=f"{day}/{month}/{year}")
        return Checked(found, schema.Place(at=standing.at, text=standing.text) if standing else None)

    def year(self, name: str) -> Checked:
        """A year; one that the article does not write is asked about."""
        written = self._text(name)
        if not written:
            return Checked(None)
        if not written.isdecimal() or not _YEARS[0] <= int(written) <= _YEARS[1]:
            self.reasons[name] = self.t("refused.year")
            return Checked(None)
        place = find_words(self._article, written, self._here)
        if place is None and self._before.get(name) != int(written):
            self._doubts[name] = self.t("refused.foreign_year", year=written)
        return Checked(int(written), place)

    def summary(self, name: str) -> Checked:
        """A summary of the reviewer's own, none of whose numbers is foreign to the article."""
        written = self._fields.get(name, "").strip()
        known = {one.lstrip("0") for one in _DIGITS.findall(f"{self._article.text} {self._item.value or ''}")}
        values = {str(one.value) for one in self._article.numbers}
        typed = _DIGITS.findall(written)
        foreign = [one for one in typed if one.lstrip("0") not in known and one not in values]
        if foreign:
            self.reasons[name] = self.t("refused.foreign_numbers", list=", ".join(dict.fromkeys(foreign)))
        return Checked(written or None)
