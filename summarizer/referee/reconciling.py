"""The referee: two readings of an article come in; the fields of one report go out, each with its certainty.

Who leads for a part is the policy's (`policy.py`). The leader's reading stands; where the other says
otherwise the part is `doubtful` and both readings are kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from summarizer.article.article import Article
from summarizer.article.normalize import in_one_form
from summarizer.referee.counting import reconcile_numbers, unlike, without_contradictions
from summarizer.referee.policy import Part, Policy, row_of
from summarizer.schemas.reading import (
    HEADER_FIELDS,
    SECTION_KINDS,
    HeaderReading,
    Reading,
    SectionKind,
)
from summarizer.schemas.report import (
    Certainty,
    Count,
    Difference,
    Elected,
    LeftOut,
    Person,
    Place,
    PresentedReport,
    Quotation,
    Recipient,
    Section,
)

_OVERLAP = 0.5
"""Share of the shorter of two quotations that must be common to call them one (the labelling guide's bound)."""

_ROLES = ("chair", "guest", "speaker")
"""Roles whose people a report lists apart."""
_ITEMS: tuple[Part, ...] = ("people", "reports", "recipients", "elected")
Item = TypeVar("Item", Person, PresentedReport, Recipient, Elected)


def reconcile(article: Article, rules: Reading, model: Reading | None, policy: Policy) -> dict[str, Any]:
    """Return the fields of a `MeetingReport` that its readings decide, by their names.

    Without a model's reading all of it is the rules'.
    """
    counts, set_aside, no_noun = reconcile_numbers(article, rules, model, policy)
    differences: list[Difference] = []
    certainty: dict[str, Certainty] = {}
    header, anchors = _header(rules, model, policy, certainty, differences)
    counts = tuple(without_contradictions(counts, header["organization"]))
    items = {
        part: _items(part, getattr(rules, part), getattr(model, part, None), policy, differences)
        for part in _ITEMS
    }
    sections = _sections(rules, model, policy, differences)
    summary_by = policy["summary"] if model and model.summary else "rules"
    summary = model.summary if model and summary_by == "model" else rules.summary
    if summary:
        certainty["summary"] = summary_by
    return {
        **header,
        **items,
        **{f"{role}s": tuple(one for one in items["people"] if role in one.roles) for role in _ROLES},
        **{f"{kind}s": quotations for kind, quotations in sections.items()},
        "counts": counts,
        "set_aside": set_aside,
        "summary": summary,
        "anchors": anchors,
        "certainty": certainty,
        "differences": tuple(differences),
        "left_out": (*no_noun, *_missing(model, counts)),
        "notices": (
            *rules.notices,
            *(model.notices if model else ()),
            *unlike(rules, model if policy["counts"] == "model" else None),
        ),
    }


def _missing(model: Reading | None, counts: Iterable[Count]) -> Iterator[LeftOut]:
    """Yield what a model's reading left out, but for readings that were refused of numbers that are counted."""
    counted = {count.at for count in counts}
    for one in model.left_out if model else ():
        if one.reason is None or one.reason.values.get("at") not in counted:
            yield one


# The header


def _header(
    rules: Reading,
    model: Reading | None,
    policy: Policy,
    certainty: dict[str, Certainty],
    differences: list[Difference],
) -> tuple[dict[str, Any], dict[str, tuple[Place, ...]]]:
    by_rules = rules.header or HeaderReading()
    by_model = model.header if model else None
    fields: dict[str, Any] = {}
    anchors: dict[str, tuple[Place, ...]] = {}
    for name in HEADER_FIELDS:
        one = getattr(by_rules, name)
        other = getattr(by_model, name) if by_model else None
        leads = by_model is not None and policy[row_of(name)] == "model"
        answered = other is not None or (by_model is not None and name not in by_model.unread)
        value = (other if answered else one) if leads else (one if one is not None else other)
        fields[name] = value
        source = by_model if by_model is not None and value is other and other is not None else by_rules
        if source is by_model and name not in source.anchors and _alike(one, other):
            source = by_rules
        if value is not None and name in source.anchors:
            anchors[name] = tuple(source.anchors[name])
        if value is None or value is False:
            if leads and one:
                differences.append(
                    Difference(field=name, rules=str(one), model=None, at=_place(by_rules, name))
                )
            continue
        if one is None or other is None:
            certainty[name] = "rules" if other is None else "model"
        elif _alike(one, other):
            certainty[name] = "agreed"
        else:
            certainty[name] = "doubtful"
            differences.append(
                Difference(field=name, rules=str(one), model=str(other), at=_place(source, name))
            )
    return fields, anchors


def _place(header: HeaderReading, name: str) -> int | None:
    places = header.anchors.get(name)
    return places[0].at if places else None


def _alike(one: object, other: object) -> bool:
    """Return whether two values say the same: one name may hold the other (`Đảng ủy Viện`, `Đảng ủy Viện A`)."""
    if isinstance(one, str) and isinstance(other, str):
        a, b = in_one_form(one), in_one_form(other)
        return a in b or b in a
    return one == other


# People, reports, recipients, elected


def _items(
    part: Part,
    rules: Sequence[Item] | None,
    model: Sequence[Item] | None,
    policy: Policy,
    differences: list[Difference],
) -> tuple[Item, ...]:
    """Return the leader's items in the text's order, each with its certainty."""
    if model is None:
        return tuple(rules or ())
    leads = policy[part] == "model"
    leader, second = (model, rules or ()) if leads else (rules or (), model)
    named: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(second):
        named[_key(one)].append(i)
    kept: list[Item] = []
    seen: set[int] = set()
    for item in leader:
        name, _ = _name_and_detail(item)
        same = (i for i in named[_key(item)] if _alike(name, _name_and_detail(second[i])[0]))
        found = next(same, None)
        certainty: Certainty = "model" if leads else "rules"
        if found is not None:
            seen.add(found)
            certainty = "agreed" if _agree(item, second[found]) else "doubtful"
            if certainty == "doubtful":
                differences.append(_difference(part, item, second[found], leads=leads))
        kept.append(item.model_copy(update={"certainty": certainty}))
    differences.extend(
        _difference(part, None, one, leads=leads) for i, one in enumerate(second) if i not in seen
    )
    return tuple(sorted(kept, key=lambda item: item.at))


def _name_and_detail(item: Person | PresentedReport | Recipient | Elected) -> tuple[str, str | None]:
    """Return whom or what an item names, and what a reader says of it beside the name."""
    if isinstance(item, Person):
        return item.name, ", ".join(item.roles)
    if isinstance(item, Elected):
        return item.name, item.post
    return item.text, item.presenter if isinstance(item, PresentedReport) else item.award


def _key(item: Person | PresentedReport | Recipient | Elected) -> str:
    """Return what is equal for two items that may be the same; the titles of reports need only be alike."""
    return "" if isinstance(item, PresentedReport) else in_one_form(_name_and_detail(item)[0])


def _agree(one: Item, other: Item) -> bool:
    """Return whether both readers say the same of a person, a report, a recipient, somebody elected."""
    if isinstance(one, Person) and isinstance(other, Person):
        return set(one.roles) - {"other"} == set(other.roles) - {"other"}
    first, second = _name_and_detail(one)[1] or "", _name_and_detail(other)[1] or ""
    if isinstance(one, PresentedReport):
        return in_one_form(first) == in_one_form(second)
    return _alike(first, second)


def _difference(part: str, item: Any, other: Any, *, leads: bool) -> Difference:
    first, second = (None if item is None else _in_words(item)), _in_words(other)
    rules, model = (second, first) if leads else (first, second)
    return Difference(field=part, rules=rules, model=model, at=(other if item is None else item).at)


def _in_words(item: Person | PresentedReport | Recipient | Elected) -> str:
    name, more = _name_and_detail(item)
    return f"{name}: {more or ''}" if more or isinstance(item, Person | Elected) else name


# Sections


def _sections(
    rules: Reading, model: Reading | None, policy: Policy, differences: list[Difference]
) -> dict[SectionKind, tuple[Section, ...]]:
    by_rules, by_model = rules.sections or {}, model.sections if model else None
    leads = by_model is not None and policy["sections"] == "model"
    leader, second = (by_model or {}, by_rules) if leads else (by_rules, by_model or {})
    read = sorted(
        ((q.at, q, kind) for kind in SECTION_KINDS for q in second.get(kind, ())), key=itemgetter(0)
    )
    longest = max((len(one.text) for _, one, _ in read), default=0)
    sections: dict[SectionKind, tuple[Section, ...]] = {}
    for kind in SECTION_KINDS:
        made: list[Section] = []
        for q in leader.get(kind, ()):
            near = [bisect_left(read, at, key=itemgetter(0)) for at in (q.at - longest, q.end)]
            kinds = {other for _, one, other in read[slice(*near)] if _overlap(q, one)}
            certainty: Certainty = "agreed" if kind in kinds else "model" if leads else "rules"
            if kinds and kind not in kinds:
                certainty = "doubtful"
                other = min(kinds)
                by = {"rules": other, "model": kind} if leads else {"rules": kind, "model": other}
                differences.append(Difference(field="sections", at=q.at, **by))
            made.append(Section(at=q.at, text=q.text, certainty=certainty))
        sections[kind] = tuple(made)
    return sections


def _overlap(one: Quotation, other: Quotation) -> bool:
    common = min(one.end, other.end) - max(one.at, other.at)
    return common >= _OVERLAP * min(len(one.text), len(other.text))
