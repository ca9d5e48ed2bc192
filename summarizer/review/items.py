"""What there is to decide about a report: its parts in the order in which they are worth a look.

First what is in doubt, then what only one reader could read, then what both read alike, then the fields the report
has no value for, and last the numbers that count nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

from summarizer.article.article import Article
from summarizer.article.notation import read_value
from summarizer.outputs.certainty import field_words, reading_words
from summarizer.outputs.escaping import shortened
from summarizer.review.applying import apply_review, disputed, keys_of, text_of
from summarizer.review.decisions import (
    FIELDS,
    LISTS,
    Decision,
    FieldDecision,
    ItemDecision,
    Review,
    ReviewedCount,
    ReviewedSection,
)
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.reading import Reader
from summarizer.schemas.report import SECTIONS, Difference, MeetingReport, Reading, SectionName

Group = Literal["doubtful", "single", "agreed", "missing", "numbers"]
GROUPS: tuple[Group, ...] = get_args(Group)
NEW = "+"
"""Stands in a key for the place of an item that is not in the report: `people:+`."""
_GROUP: Mapping[str, Group] = {"doubtful": "doubtful", "agreed": "agreed", "reviewed": "agreed"}
_SHORT = 40
"""Characters of a heading on a card, at most."""
_CODES = re.compile(r"[a-z_]+")


@dataclass(slots=True)
class Item:
    """One thing to decide about: a field, an item of a list, or a number that may be made a count.

    `value` is what the report has, as the model that a decision holds; None where the report has nothing, which a
    decision can then add: `suggested` is what one reader saw there. `text` stands at `at` of the article, where `at`
    is known. `readings` are what each reader took it for, `findings` the numbers of the contradictions it is in,
    `reason` why a number counts nothing.
    """

    part: str
    group: Group = "missing"
    value: Any = None
    text: str = ""
    at: int | None = None
    nth: int = 0
    readings: tuple[tuple[str, str], ...] = ()
    findings: tuple[int, ...] = ()
    reason: str = ""
    suggested: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its name in a request: `organization`, `people:1614:0`; `people:+` of one that is still to be written."""
        return key_of(self.part, self.at, self.nth) if self.is_list_item else self.part

    @property
    def is_list_item(self) -> bool:
        """Whether it is an item of a list and no field."""
        return self.part in LISTS

    def decision(self, review: Review | None) -> Decision | None:
        """What was decided about it."""
        if review is None:
            return None
        if not self.is_list_item:
            return review.fields.get(self.part)
        return next((one for one in review.of(self.part) if one.key == (self.at, self.nth)), None)


def key_of(part: str, at: int | None, nth: int = 0) -> str:
    """Return the key of a list's item; of one that is at no place yet, of a new one."""
    return f"{part}:{NEW}" if at is None else f"{part}:{at}:{nth}"


def items_of(
    report: MeetingReport, article: Article, review: Review | None = None, t: Labels | None = None
) -> list[Item]:
    """Return everything that can be decided, in the order of the groups and of the article within each.

    What a reviewer has added is among it. The program's own words are in the language of `t`, by default Vietnamese.
    """
    t = t or labels()
    if review is not None and "summary" not in review.fields:  # the one that is to be judged
        summary = apply_review(report, article.text, review).summary
        report = report.model_copy(update={"summary": summary})
    found = [
        *_fields(report, t),
        *_list_items(report, t),
        *_disputed(report, t),
        *_numbers(report, article, t),
    ]
    known = {item.key for item in found}
    added = ((part, one) for part in LISTS if review for one in review.of(part) if one.verdict == "added")
    new = (Item(part, text=one.text, at=one.at, nth=one.nth) for part, one in added)
    found += [item for item in new if item.key not in known]

    def place(item: Item) -> tuple[int, bool, int]:  # a summary is judged by who has seen all the rest
        return GROUPS.index(item.group), item.part == "summary", -1 if item.at is None else item.at

    return sorted(found, key=place)


def value_of(item: Item, decision: Decision | None) -> Any:
    """Return what was decided of an item, else what the report has; None for neither."""
    if isinstance(decision, FieldDecision) or (
        isinstance(decision, ItemDecision) and decision.value is not None
    ):
        return decision.value
    return item.value


def in_words(item: Item, value: Any, article: Article, t: Labels) -> str:
    """Return a value of an item in a few words, a count's with all that it says of other numbers and bodies."""
    if item.part == "counts":
        if value is None:
            return item.reason
        more = ", ".join(_related(value, article, t))
        said = f"{_amount(item, value, t)}{t.count(value)}: {value.counted}".strip()
        return f"{said} ({more})" if more else said
    if item.part in SECTIONS:  # its own words stand below; said is what a reviewer has made of them
        kind = "" if value is None or value.kind == item.part else f"→ {t(f'field.{value.kind}')} "
        return kind + ("" if value is None or value.text == item.text else f"→ {value.text}")
    if item.part not in LISTS:
        return t("review.unsaid") if value is None else field_words(item.part, value, t)
    if value is None:
        return item.text
    rest = [getattr(value, name, None) for name in ("post", "presenter", "award", "given_by", "vote")]
    roles = ", ".join(t(f"role.{role}") for role in getattr(value, "roles", ()))
    return " · ".join(filter(None, (text_of(value), roles, *rest)))


def _amount(item: Item, value: ReviewedCount, t: Labels) -> str:
    """Return what a count says where the article's digits, which stand before it, do not say it alone."""
    written, _, total = item.text.partition("/")
    unit = "%" if value.unit == "percent" else ""
    if (read_value(written), read_value(total) if total else None) == (value.value, value.total):
        return f"{unit} "
    of = "" if value.total is None else f"/{t.number(value.total)}"
    return f"→ {t.number(value.value)}{of}{unit} "


def _related(value: ReviewedCount, article: Article, t: Labels) -> Iterator[str]:
    texts = {int(number.at): number.text for number in article.numbers}
    for key, other in (("part_of", value.part_of), ("repeats", value.repeats)):
        if other in texts:
            yield t(f"number.{key}", text=texts[other])
    if value.whose:
        yield t("number.whose", whose=value.whose)
    if value.direction:
        yield t(f"direction.{value.direction}")
    more = (value.qualifier, value.heading, value.given_by, value.currency)
    yield from (shortened(words, _SHORT) for words in more if words)


def _fields(report: MeetingReport, t: Labels) -> Iterator[Item]:
    for name in FIELDS:
        value = getattr(report, name)
        group = "missing" if value is None else _GROUP.get(report.certainty.get(name, "rules"), "single")
        readings = next((_both(one, t) for one in report.differences if one.field == name), ())
        anchor = next(
            (place.model_dump(include={"text", "at"}) for place in report.anchors.get(name, ())), {}
        )
        yield Item(name, group, value, readings=readings, **anchor)


def _list_items(report: MeetingReport, t: Labels) -> Iterator[Item]:
    findings: defaultdict[int, list[int]] = defaultdict(list)
    for index, finding in enumerate(report.findings, 1):
        for place in finding.places:
            findings[place.at].append(index)
    differences = {(one.field, one.at): one for one in report.differences}
    for part in LISTS:
        items = getattr(report, part)
        for (at, nth), item in zip(keys_of(items), items, strict=True):
            difference = differences.get(("sections" if part in SECTIONS else part, at))
            both = _both(difference, t) if difference else ()
            found = Item(part, _GROUP.get(item.certainty, "single"), item, text_of(item), at, nth, both)
            if part in SECTIONS:
                found.value = ReviewedSection(text=item.text, at=item.at, kind=cast(SectionName, part))
            elif part == "counts":
                found.value = ReviewedCount.model_validate(item, from_attributes=True)
                found.readings = tuple(_reading(one, t) for one in item.readings) or both
                found.findings = tuple(findings.get(at, ()))
                found.group = "doubtful" if found.findings else found.group
            yield found


def _disputed(report: MeetingReport, t: Labels) -> Iterator[Item]:
    """What only the reader that does not lead has seen: nothing of the report, but somebody should look."""
    for (part, at), one in disputed(report).items():
        words = one.rules if one.model is None else one.model
        text, _, rest = (words or "").partition(": ")
        suggested = _suggested(part, text, rest)
        yield Item(part, "doubtful", text=text, at=at, readings=_both(one, t), suggested=suggested)


def _suggested(part: str, text: str, rest: str) -> dict[str, Any]:
    """The fields of an item that one reader saw, from its words in a difference (`Name: role, role`)."""
    if part == "people":
        return {"name": text, "roles": tuple(_CODES.findall(rest))}
    if part == "elected":
        return {"name": text, "post": rest}
    return {"text": text, "presenter" if part == "reports" else "award": rest}


def _numbers(report: MeetingReport, article: Article, t: Labels) -> Iterator[Item]:
    """The numbers that the report does not count; one that a reader took for a count is in doubt."""
    aside = {place.at: place for place in report.set_aside}
    texts = {one.at: one.text for one in article.numbers} | {at: place.text for at, place in aside.items()}
    counted = {count.at for count in report.counts}
    for at, text in texts.items():
        if at in counted:
            continue
        place = aside.get(at)
        readings = tuple(_reading(one, t) for one in place.readings) if place else ()
        group = "doubtful" if readings or place is None else "numbers"
        reason = t(f"reason.{place.reason}") if place else ""
        yield Item("counts", group, text=text, at=at, readings=readings, reason=reason)


def _both(difference: Difference, t: Labels) -> tuple[tuple[str, str], ...]:
    return tuple((by, reading_words(difference, by, t)) for by in get_args(Reader))


def _reading(reading: Reading, t: Labels) -> tuple[str, str]:
    if reading.subject is None:
        return reading.by, t("reads.not_a_count")
    return reading.by, ": ".join(filter(None, (t.subject(reading.subject), reading.counted)))
