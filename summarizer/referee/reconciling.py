"""The referee: two readings of an article come in; the parts of one report go out, each with its certainty.

Who leads for a part is the policy's (`policy.py`). The leader's reading stands; where the other says
otherwise the part is `doubtful` and both readings are kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeVar

from summarizer.article.article import Article
from summarizer.article.normalize import in_one_form
from summarizer.article.numbers import Number
from summarizer.article.sentences import Sentence
from summarizer.referee.policy import Part, Policy
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.reading import (
    CERTAIN_REASONS,
    SECTION_KINDS,
    HeaderReading,
    NumberReading,
    Reader,
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
    SetAside,
)
from summarizer.schemas.report import Reading as KeptReading

__all__ = ("Parts", "reconcile")

_LONGEST_SENTENCE, _AROUND = 3_000, 400
"""Characters of a sentence that a count quotes whole, and around its number where a text has no stops."""
_OVERLAP = 0.5
"""Share of the shorter of two quotations that must be common to call them one (GOLD-PARTS.md's bound)."""

_UNLIKE, _FEWEST = 1 / 2, 4
"""Share, and number at least, of a leading model's numbers that the rules read otherwise of which a reader is told:
on articles that neither was made with it is an eighth."""

Item = TypeVar("Item", Person, PresentedReport, Recipient, Elected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A report's parts as they go into it; `header` holds the fields of a `MeetingReport` by their names."""

    counts: tuple[Count, ...]
    set_aside: tuple[SetAside, ...]
    header: Mapping[str, Any]
    anchors: Mapping[str, tuple[Place, ...]]
    people: tuple[Person, ...]
    reports: tuple[PresentedReport, ...]
    recipients: tuple[Recipient, ...]
    elected: tuple[Elected, ...]
    sections: Mapping[SectionKind, tuple[Section, ...]]
    summary: str | None
    certainty: Mapping[str, Certainty]
    differences: tuple[Difference, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def reconcile(article: Article, rules: Reading, model: Reading | None, policy: Policy) -> Parts:
    """Return the parts of a report; without a model's reading all of it is the rules'."""
    counts, set_aside, left_out = _numbers(article, rules, model, policy)
    differences: list[Difference] = []
    certainty: dict[str, Certainty] = {}
    header, anchors = _header(rules, model, policy, certainty, differences)
    counts = tuple(_without_contradictions(counts, header.get("organization")))
    people = _items("people", rules.people, model and model.people, policy, differences, _same_person)
    summary_by = policy["summary"] if model and model.summary else "rules"
    summary = model.summary if model and summary_by == "model" else rules.summary
    if summary:
        certainty["summary"] = summary_by
    return Parts(
        counts=counts,
        set_aside=set_aside,
        header=header,
        anchors=anchors,
        people=people,
        reports=_items("reports", rules.reports, model and model.reports, policy, differences, _same_report),
        recipients=_items(
            "recipients", rules.recipients, model and model.recipients, policy, differences, _same_recipient
        ),
        elected=_items("elected", rules.elected, model and model.elected, policy, differences, _same_elected),
        sections=_sections(rules, model, policy, differences),
        summary=summary,
        certainty=certainty,
        differences=tuple(differences),
        left_out=(*left_out, *(model.left_out if model else ())),
        warnings=(
            *rules.warnings,
            *(model.warnings if model else ()),
            *_unlike(rules, model if policy["counts"] == "model" else None),
        ),
    )


# Numbers


def _numbers(
    article: Article, rules: Reading, model: Reading | None, policy: Policy
) -> tuple[tuple[Count, ...], tuple[SetAside, ...], tuple[LeftOut, ...]]:
    counts: list[Count] = []
    set_aside: list[SetAside] = []
    unread: set[TextOffset] = set()
    for number in article.numbers:
        by_rules = rules.numbers[number.at]
        by_model = model.numbers.get(number.at) if model else None
        if by_rules.reason in CERTAIN_REASONS:
            by_model = None
        reading, certainty = _leading(by_rules, by_model, policy)
        kept = _kept(by_rules, by_model) if by_model and _differ(by_rules, by_model) else ()
        if reading.reason is not None:
            set_aside.append(SetAside(at=number.at, text=number.text, reason=reading.reason, readings=kept))
        elif reading.subject is None:
            unread.add(number.at)
        else:
            counts.append(_count(article, number, reading, by_rules, by_model, certainty, kept, policy))
    left_out = tuple(
        LeftOut(
            field="counts",
            text=rules.numbers[at].text,
            why=f"không có danh từ nào đứng cạnh số này (vị trí {at})",
        )
        for at in sorted(unread)
    )
    return tuple(counts), tuple(set_aside), left_out


def _unlike(rules: Reading, model: Reading | None) -> Iterator[str]:
    """Yield a warning where a model that leads reads most of the numbers otherwise than the rules."""
    read = model.numbers.items() if model else ()
    both = [(rules.numbers[at], one) for at, one in read if rules.numbers[at].reason not in CERTAIN_REASONS]
    unlike = sum(_differ(one, other) for one, other in both)
    if unlike >= _FEWEST and unlike > _UNLIKE * len(both):
        yield f"Mô hình và bộ quy tắc đọc khác nhau {unlike} trên {len(both)} số: hãy xem lại các số đếm."


def _without_contradictions(counts: Sequence[Count], organization: str | None) -> Iterator[Count]:
    """Yield the counts without relations that cannot be: a part of itself by a detour, the body's own as another's.

    Both would leave a number out of every sum.
    """
    wholes = {count.at: count.part_of for count in counts}
    for count in counts:
        changes: dict[str, None] = {}
        above, seen = count.part_of, {count.at}
        while above is not None and above not in seen:
            seen.add(above)
            above = wholes.get(above)
        if above is not None:
            changes["part_of"] = wholes[count.at] = None
        elif count.part_of is not None and count.part_of == count.repeats:
            changes["repeats"] = None
        if count.whose and organization and in_one_form(count.whose) == in_one_form(organization):
            changes["whose"] = None
        yield count.model_copy(update=changes) if changes else count


def _leading(
    rules: NumberReading, model: NumberReading | None, policy: Policy
) -> tuple[NumberReading, Certainty]:
    """Return the reading that stands, and how sure it is."""
    if model is None:
        return rules, "rules"
    counted = rules.reason is None, model.reason is None
    if counted != (True, True):
        leader = model if policy["count_or_not"] == "model" else rules
        if counted[0] != counted[1] and policy["count_or_not"] == "rules" and counted[0]:
            return rules, "doubtful"
        return leader, "model" if leader is model else "rules"
    leader = model if policy["counts"] == "model" else rules
    if model.subject is None:
        return rules, "rules"
    if rules.subject is None:  # of 6 numbers that only a small model could name, 6 were wrong
        return leader, "model" if leader is model else "rules"
    same = (rules.subject, rules.grade) == (model.subject, model.grade)
    return leader, "agreed" if same else "doubtful"


def _differ(rules: NumberReading, model: NumberReading) -> bool:
    """Return whether the readers say different things; a status that one does not say is none."""
    if (rules.reason is None) != (model.reason is None):
        return True
    if rules.reason is not None:
        return False
    told = rules.subject is not None and model.subject is not None
    status = None not in (rules.status, model.status) and rules.status != model.status
    return status or (told and (rules.subject, rules.grade) != (model.subject, model.grade))


def _kept(rules: NumberReading, model: NumberReading) -> tuple[KeptReading, ...]:
    def kept(by: Reader, one: NumberReading) -> KeptReading:
        if one.reason is not None:
            return KeptReading(by=by)
        return KeptReading(
            by=by,
            counted=one.counted,
            subject=one.subject,
            grade=one.grade,
            status=one.status,
        )

    return kept("rules", rules), kept("model", model)


def _count(
    article: Article,
    number: Number,
    reading: NumberReading,
    rules: NumberReading,
    model: NumberReading | None,
    certainty: Certainty,
    kept: tuple[KeptReading, ...],
    policy: Policy,
) -> Count:
    other = model if reading is rules else rules
    statuses = (rules.status, model.status if model else None)
    status = statuses[policy["status"] == "model"] or statuses[0] or statuses[1] or "result"
    return Count(
        at=number.at,
        text=number.text,
        value=number.value,
        total=number.total,
        # Money is money whatever the words beside the number leave out (tăng 47 triệu: 47 million more).
        unit="money" if reading.subject == "money" and number.unit == "count" else number.unit,
        currency=number.currency,
        subject=reading.subject or "other",
        grade=reading.grade,
        status=status,
        counted=reading.counted,
        counted_at=reading.counted_at,
        qualifier=number.qualifier,
        sentence=_sentence_of(article, number),
        heading=reading.heading or (other.heading if other else None),
        given_by=reading.given_by or (other.given_by if other else None),
        part_of=_first(reading.part_of, other and other.part_of),
        repeats=_first(reading.repeats, other and other.repeats),
        whose=reading.whose or (other.whose if other else None),
        direction=reading.direction or (other.direction if other else None),
        certainty=certainty,
        readings=kept,
    )


def _first(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _sentence_of(article: Article, number: Number) -> Quotation:
    """Return the sentence a number stands in, or what is around it in a text without stops."""
    sentence: Sentence = article.sentence_at(number.at)
    if len(sentence.text) <= _LONGEST_SENTENCE:
        return article.quoted(sentence)
    at, end = max(sentence.at, number.at - _AROUND), min(sentence.end, number.end + _AROUND)
    return Quotation(at=at, text=article.text[at:end])


# The header


_HEADER_FIELDS: Mapping[str, Part] = {
    "meeting": "meeting",
    "title": "date_published",  # both are the page's, not the meeting's
    "kind": "kind",
    "organization": "organization",
    "parent": "parent",
    "place": "place",
    "form": "form",
    "date_held": "date_held",
    "date_held_end": "date_held",
    "date_published": "date_published",
    "period": "period",
    "period_text": "period",
    "period_planned": "date_published",
}
"""Each header field of a report, and the policy's row that says who leads for it."""


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
    for name, row in _HEADER_FIELDS.items():
        one = getattr(by_rules, name)
        other = getattr(by_model, name) if by_model else None
        leads = by_model is not None and policy[row] == "model"
        said = other is not None or (by_model is not None and name not in by_model.unread)
        value = (other if said else one) if leads else (one if one is not None else other)
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
    same: Callable[[Item, Item], bool | None],
) -> tuple[Item, ...]:
    """Return the leader's items in the text's order, each with its certainty.

    `same` returns None for two different items, else whether both readers say the same of it.
    """
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
        found = next(
            ((i, alike) for i in named[_key(item)] if (alike := same(item, second[i])) is not None), None
        )
        certainty: Certainty = "model" if leads else "rules"
        if found is not None:
            seen.add(found[0])
            certainty = "agreed" if found[1] else "doubtful"
            if not found[1]:
                differences.append(_difference(part, item, second[found[0]], leads=leads))
        kept.append(item.model_copy(update={"certainty": certainty}))
    differences.extend(
        _difference(part, None, one, leads=leads) for i, one in enumerate(second) if i not in seen
    )
    return tuple(sorted(kept, key=lambda item: item.at))


def _key(item: Any) -> str:
    """Return what is equal for two items that may be the same; the titles of reports need only be alike."""
    if isinstance(item, PresentedReport):
        return ""
    return in_one_form(item.text if isinstance(item, Recipient) else item.name)


def _difference(part: str, item: Any, other: Any, *, leads: bool) -> Difference:
    told, second = (None if item is None else _in_words(item)), _in_words(other)
    rules, model = (second, told) if leads else (told, second)
    return Difference(field=part, rules=rules, model=model, at=(other if item is None else item).at)


def _in_words(item: Any) -> str:
    if isinstance(item, Person):
        return f"{item.name}: {', '.join(item.roles)}"
    if isinstance(item, Elected):
        return f"{item.name}: {item.post or ''}"
    told = item.presenter if isinstance(item, PresentedReport) else item.award
    return f"{item.text}: {told}" if told else item.text


def _same_person(one: Person, other: Person) -> bool | None:
    if in_one_form(one.name) != in_one_form(other.name):
        return None
    return set(one.roles) - {"other"} == set(other.roles) - {"other"}


def _same_report(one: PresentedReport, other: PresentedReport) -> bool | None:
    if not _alike(one.text, other.text):
        return None
    return in_one_form(one.presenter or "") == in_one_form(other.presenter or "")


def _same_recipient(one: Recipient, other: Recipient) -> bool | None:
    if in_one_form(one.text) != in_one_form(other.text):
        return None
    return one.award is None or other.award is None or _alike(one.award, other.award)


def _same_elected(one: Elected, other: Elected) -> bool | None:
    if in_one_form(one.name) != in_one_form(other.name):
        return None
    return one.post is None or other.post is None or _alike(one.post, other.post)


# Sections


def _sections(
    rules: Reading, model: Reading | None, policy: Policy, differences: list[Difference]
) -> dict[SectionKind, tuple[Section, ...]]:
    by_rules = rules.sections or {}
    by_model = model.sections if model else None
    if by_model is None:
        return {
            kind: tuple(Section(at=q.at, text=q.text, certainty="rules") for q in by_rules.get(kind, ()))
            for kind in SECTION_KINDS
        }
    leads = policy["sections"] == "model"
    leader, second = (by_model, by_rules) if leads else (by_rules, by_model)
    told = sorted(
        ((q.at, q, kind) for kind in SECTION_KINDS for q in second.get(kind, ())), key=itemgetter(0)
    )
    longest = max((len(one.text) for _, one, _ in told), default=0)
    sections: dict[SectionKind, tuple[Section, ...]] = {}
    for kind in SECTION_KINDS:
        made: list[Section] = []
        for q in leader.get(kind, ()):
            near = (
                bisect_left(told, q.at - longest, key=itemgetter(0)),
                bisect_left(told, q.end, key=itemgetter(0)),
            )
            kinds = {other for _, one, other in told[slice(*near)] if _overlap(q, one)}
            certainty: Certainty = "model" if leads else "rules"
            if kind in kinds:
                certainty = "agreed"
            elif kinds:
                certainty = "doubtful"
                both = sorted(kinds)[0], kind
                differences.append(
                    Difference(
                        field="sections",
                        rules=both[0] if leads else both[1],
                        model=both[1] if leads else both[0],
                        at=q.at,
                    )
                )
            made.append(Section(at=q.at, text=q.text, certainty=certainty))
        sections[kind] = tuple(made)
    return sections


def _overlap(one: Quotation, other: Quotation) -> bool:
    common = min(one.end, other.end) - max(one.at, other.at)
    return common >= _OVERLAP * min(len(one.text), len(other.text))
