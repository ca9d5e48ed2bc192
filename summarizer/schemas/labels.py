"""Labels: what reports are called in Vietnamese and in English, and how values are written in each.

All words stand in `labels.csv` beside this module, a row a key, but for subjects and grades, which are called as the
taxonomy in use says. Machine formats keep the codes of the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Protocol, get_args

from summarizer.schemas import taxonomy
from summarizer.schemas.languages import Lang
from summarizer.schemas.report import (
    Count,
    Finding,
    LeftOut,
    MeetingReport,
    Notice,
)
from summarizer.schemas.word_tables import rows_of

_SEPARATORS: dict[Lang, str] = {"vi": ".,", "en": ",."}
_MONEY: dict[Lang, tuple[tuple[int, str], ...]] = {
    "vi": ((1_000_000_000, "tỷ đồng"), (1_000_000, "triệu đồng"), (1, "đồng")),
    "en": ((1_000_000_000, "billion VND"), (1_000_000, "million VND"), (1, "VND")),
}
_EXACT = 2**53  # whole numbers beyond it cannot have a fraction
_PLURAL = " || "
_LONGEST_TEXT = 2_000  # characters; to try all that braces may hold takes the square of it
_TEXT = "text."  # the keys of sentences that the library says in English


class Counted(Protocol):
    """What says what a number counts."""

    @property
    def subject(self) -> str: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def status(self) -> str: ...


class Labels:
    """The words of one language: `labels("vi")("field.place")` is `Địa điểm`."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._words = _table()[lang]
        self._formatter = _Formatter(self)

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key, with what its braces name filled in: numbers in the language's notation.

        `{x:grade}` is the grade of the code x, `{x:money}` an amount. Raises KeyError for a key that the table does
        not have.
        """
        words = self._words[key]
        if _PLURAL in words:
            words = words.split(_PLURAL)[values.get("n") != 1]
        return self._formatter.vformat(words, (), values) if values else words

    def notice(self, *notices: Notice) -> str:
        """Return notices in words, one behind the other."""
        return " ".join(self(f"notice.{one.code}", **one.values) for one in notices)

    def finding(self, finding: Finding) -> str:
        """Return a finding in a sentence or two; one of an earlier version has Vietnamese ones alone."""
        if finding.notices:
            return self.notice(*finding.notices)
        return finding.message if self.lang == "vi" else f"{self(f'finding.{finding.kind}')}."

    def arithmetic(self, finding: Finding) -> str:
        """Return the arithmetic of a finding; what two tellings of a fact say is shown as the article writes it."""
        line = finding.arithmetic
        if self.lang == "vi" or finding.kind == "same_fact":
            return line
        for (_, vietnamese), (_, own) in zip(_MONEY["vi"], _MONEY[self.lang], strict=True):
            line = line.replace(vietnamese, own)
        return line.translate(str.maketrans(_SEPARATORS["vi"], _SEPARATORS[self.lang]))

    def warnings(self, report: MeetingReport) -> tuple[str, ...]:
        """Return the warnings of a report; those of an earlier version are Vietnamese."""
        return tuple(map(self.notice, report.notices)) or report.warnings

    def why(self, left_out: LeftOut) -> str:
        """Return why something was left out; of an earlier version, in Vietnamese."""
        return self.notice(left_out.reason) if left_out.reason else left_out.why

    def translate(self, text: str) -> str:
        """Return in this language what the library says in English: an error, a note of a source, a stage.

        A sentence of the rows `text.*` is found by its English words, with anything where a row has a name in braces,
        as in gettext; so one that a journal has kept, or another process sent, is found too. What no row has is
        returned as it is. `{x:text}` is such a sentence within another, `{x:figure}` a number in English notation.
        """
        if self.lang == "en" or len(text) > _LONGEST_TEXT:
            return text
        for key, pattern in _sentences():
            if found := pattern.fullmatch(text):
                return self._formatter.vformat(self._words[key], (), found.groupdict())
        return text

    def find(self, key: str, otherwise: str) -> str:
        """Return the words of a key, or `otherwise` where the table does not have it."""
        return self._words.get(key, otherwise)

    def all(self, kind: str) -> dict[str, str]:
        """Return the words of all keys of a kind (`subject`, `reason`…) by what follows the dot, in order."""
        start = f"{kind}."
        return {key.removeprefix(start): words for key, words in self._words.items() if key.startswith(start)}

    def subjects(self) -> dict[str, str]:
        """Return what the subjects of the taxonomy in use are called, by value and in its order."""
        return {row.value: getattr(row, f"label_{self.lang}") for row in taxonomy.active().subjects}

    def grades(self, *, short: bool = False) -> dict[str, str]:
        """Return what the grades of the taxonomy in use are called, by value and in its order."""
        column = "short_vi" if short and self.lang == "vi" else f"label_{self.lang}"
        return {row.value: getattr(row, column) for row in taxonomy.active().grades}

    def subject(self, subject: str) -> str:
        """Return what a subject is called; one that the taxonomy in use does not have, by its code."""
        return self.subjects().get(subject) or subject.replace("_", " ")

    def grade(self, grade: str | None, *, short: bool = False) -> str:
        """Return what a grade is called, empty for none."""
        return (self.grades(short=short).get(grade) or grade.replace("_", " ")) if grade else ""

    def number(self, value: int | float) -> str:
        """Return a number in the language's notation: `6.481`, `75,2` or `6,481`, `75.2`."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and 0 <= value < 1_000:
            return str(value)
        return f"{value:,}".translate(str.maketrans(",.", _SEPARATORS[self.lang]))

    def value(self, count: Count) -> str:
        """Return what a count says, whatever the article's notation: `1/5`, `75,2%`, `2.300 tỷ đồng`."""
        if count.unit == "money":
            return self.money(count.value, count.currency)
        if count.unit == "percent":
            return f"{self.number(count.value)}%"
        if count.total is not None:
            return f"{self.number(count.value)}/{self.number(count.total)}"
        return self.number(count.value)

    def money(self, value: int | float, currency: str | None = None) -> str:
        """Return an amount of money, in đồng unless a currency's code is given."""
        if currency:
            return f"{self.number(value)} {currency}"
        size, name = next(
            (unit for unit in _MONEY[self.lang] if abs(value) >= unit[0]), _MONEY[self.lang][-1]
        )
        whole, rest = divmod(value, size)
        scaled = round(whole + rest / size, 3) if rest and whole < _EXACT else whole
        return f"{self.number(scaled)} {name}"

    def dollars(self, amount: float, digits: int = 4) -> str:
        """Return US dollars in the language's notation: `$0,0123`, `$0.0123`."""
        return f"${amount:,.{digits}f}".translate(str.maketrans(",.", _SEPARATORS[self.lang]))

    def count(self, count: Counted) -> str:
        """Return what a count counts, in a few words: `đảng viên · tốt · chỉ tiêu, kế hoạch`."""
        parts = [self.subject(count.subject), self.grade(count.grade, short=True)]
        parts.append(self("status.target") if count.status == "target" else "")
        return " · ".join(filter(None, parts))

    def day(self, iso: str | None) -> str:
        """Return an ISO date as a reader writes it: `03/02/2021`, `3 Feb 2021`; anything else as it is."""
        if iso is None:
            return ""
        try:
            read = date.fromisoformat(iso)
        except ValueError:
            return iso
        return f"{read:%d/%m/%Y}" if self.lang == "vi" else f"{read.day} {read:%b %Y}"


class _Formatter(Formatter):
    """Fills in a label's values as the language writes them."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value in words."""
        if format_spec == "grade":
            return self._labels.grade(value)
        if format_spec == "money":
            return self._labels.money(value)
        if format_spec == "text":
            return self._labels.translate(value)
        if format_spec == "figure":
            return value.translate(str.maketrans(_SEPARATORS["en"], _SEPARATORS[self._labels.lang]))
        if isinstance(value, int | float):
            return self._labels.number(value)
        if isinstance(value, tuple):
            *others, last = map(self._labels.notice, value)
            return f"{', '.join(others)} {self._labels('notice.and')} {last}" if others else last
        return str(value)


@cache
def labels(lang: Lang = "vi") -> Labels:
    """Return the labels of a language. Raises ValueError for one that there is none of."""
    if lang not in get_args(Lang):
        raise ValueError(f"lang must be vi or en, not {lang!r}")
    return Labels(lang)


def left_out(field: str, text: str, reason: Notice) -> LeftOut:
    """Return what was left out of a field of the report, with the reason by its code and in Vietnamese."""
    return LeftOut(field=field, text=text, why=labels("vi").notice(reason), reason=reason)


@cache
def _sentences() -> list[tuple[str, re.Pattern[str]]]:
    """The sentences of the rows `text.*`: their keys, and what matches their English."""
    return [
        (key, re.compile("".join(map(_matching, Formatter().parse(english))), re.DOTALL))
        for key, english in _table()["en"].items()
        if key.startswith(_TEXT)
    ]


def _matching(part: tuple[str, str | None, str | None, str | None]) -> str:
    literal, name, kind, _ = part
    anything = r"[\d.,]+" if kind == "figure" else ".+?"
    return re.escape(literal) + (f"(?P<{name}>{anything})" if name else "")


@cache
def _table() -> Mapping[Lang, dict[str, str]]:
    text = files("summarizer.schemas").joinpath("labels.csv").read_text("utf-8")
    rows = rows_of(text, "labels.csv", ("key", *get_args(Lang)))
    return {lang: {row["key"]: row[lang] for row in rows} for lang in get_args(Lang)}
