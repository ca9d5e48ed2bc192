"""Applying a review: the report as corrected, and the gold labels that a complete review is.

Needs no server: a batch's exports call `corrected` for every report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from summarizer.article.article import Article, take_apart
from summarizer.article.normalize import in_one_form
from summarizer.article.notation import read_value
from summarizer.audit import audit
from summarizer.review.records import (
    FIELDS,
    LISTS,
    ItemDecision,
    Review,
    ReviewedCount,
    ReviewedSection,
)
from summarizer.review.store import Reviews
from summarizer.schemas.labels import labels
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.report import (
    SECTIONS,
    Count,
    Elected,
    MeetingReport,
    Person,
    Place,
    Quotation,
    ReviewMark,
    Role,
    Section,
    SectionName,
    SetAside,
)
from summarizer.sources.document import Document

__all__ = ("apply_review", "corrected", "keys_of", "text_of", "undecided")

_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_BY_ROLE: Mapping[str, Role] = {"chairs": "chair", "guests": "guest", "speakers": "speaker"}


def corrected(report: MeetingReport, text: str | Callable[[], str], reviews: Reviews) -> MeetingReport:
    """Return the report as corrected by the review of its text, or the report itself where there is none.

    `text` is the article's text, which the report's offsets count, or gives it when it is needed.
    """
    review = reviews.get(report.source.sha256)
    if review is None:
        return report
    return apply_review(report, text if isinstance(text, str) else text(), review)


def apply_review(report: MeetingReport, text: str, review: Review) -> MeetingReport:
    """Return the report with the review's decisions in it, and marked as reviewed.

    What was decided is certain as `reviewed`, and no difference of the readers any more; what was not stays as it is.
    Where numbers were corrected, the contradictions are found anew. `review` must be of `text`.
    """
    fields: dict[str, Any] = {
        name: decision.value for name, decision in review.fields.items() if decision.verdict != "confirmed"
    }
    people = _items("people", report.people, review)
    sections = _sections(report, review)
    updated: dict[str, Any] = {
        **fields,
        **sections,
        "reports": _items("reports", report.reports, review),
        "recipients": _items("recipients", report.recipients, review),
        "elected": _items("elected", report.elected, review),
        "anchors": _anchors(report, review),
        "certainty": {**report.certainty, **dict.fromkeys(review.fields, "reviewed")},
        "differences": tuple(one for one in report.differences if not review.settles(one.field, one.at)),
    }
    if review.people:
        updated["people"] = people
        updated |= {
            name: tuple(person for person in people if role in person.roles)
            for name, role in _BY_ROLE.items()
        }
    changed: list[Count] = []
    if review.counts:
        article = take_apart(Document(report.source.name, text))
        counts = _counts(report, review, article)
        updated["counts"] = counts
        updated["set_aside"] = _set_aside(report, review)
        if [count.model_dump(exclude={"certainty", "readings"}) for count in counts] != [
            count.model_dump(exclude={"certainty", "readings"}) for count in report.counts
        ]:
            updated["findings"] = audit(article, counts)
        changed = _not_the_articles(counts, review, article)
        if "summary" not in review.fields and report.summary:
            updated["summary"] = _with_values(report.summary, changed, article)
    updated["review"] = _mark(report, review, changed)
    return report.model_copy(update=updated)


def keys_of(items: Iterable[Any]) -> list[tuple[int, int]]:
    """Return what tells each item of a list from the others: its offset, and its index among those at that offset."""
    met: dict[int, int] = {}
    keys: list[tuple[int, int]] = []
    for item in items:
        nth = met.get(item.at, 0)
        met[item.at] = nth + 1
        keys.append((item.at, nth))
    return keys


def text_of(item: Any) -> str:
    """Return the words that an item stands for: a name, a title, a number, a quotation."""
    return item.name if isinstance(item, Person | Elected) else item.text


def undecided(report: MeetingReport, review: Review) -> dict[str, int]:
    """Return how many of the report's parts have no decision yet, by the report's field; none that has none left."""
    left: dict[str, int] = {
        name: 1 for name in FIELDS if getattr(report, name) is not None and name not in review.fields
    }
    for part in LISTS:
        decided = {one.key for one in review.of(part)}
        if open_ := sum(key not in decided for key in keys_of(getattr(report, part))):
            left[part] = open_
    return left


def _counts(report: MeetingReport, review: Review, article: Article) -> tuple[Count, ...]:
    decided = {one.at: one for one in review.counts}
    counts = {count.at: count for count in report.counts if count.at not in decided}
    before = {count.at: count for count in report.counts}
    for at, decision in decided.items():
        if decision.value is not None:
            counts[at] = _count(decision, decision.value, before.get(at), article)
    for count in counts.values():  # of what is no count any more nothing is a part
        lost = {name: None for name in ("part_of", "repeats") if getattr(count, name) not in counts}
        counts[count.at] = count.model_copy(update=lost)
    return tuple(counts[at] for at in sorted(counts))


def _count(
    decision: ItemDecision[ReviewedCount], value: ReviewedCount, before: Count | None, article: Article
) -> Count:
    fields = {name: getattr(value, name) for name in ReviewedCount.model_fields}
    if before is not None:
        return before.model_copy(update={**fields, "certainty": "reviewed", "readings": ()})
    sentence = article.sentence_at(TextOffset(decision.at))
    return Count(
        at=decision.at,
        text=decision.text,
        sentence=Quotation(at=sentence.at, text=sentence.text),
        certainty="reviewed",
        **fields,
    )


def _not_the_articles(counts: Iterable[Count], review: Review, article: Article) -> list[Count]:
    """Return the counts that a person gave another value than the article's number has."""
    decided = {one.at for one in review.counts}
    written = {int(number.at): (number.value, number.total) for number in article.numbers}
    return [
        count
        for count in counts
        if count.at in decided and written.get(count.at) not in (None, (count.value, count.total))
    ]


def _with_values(summary: str, changed: Iterable[Count], article: Article) -> str:
    """Return a summary with values that a person has changed instead of the article's.

    A number is replaced only where every number that the article writes so has the same new value, and where the
    digits are all of it: neither money nor a number with a multiplier.
    """
    own: dict[str, str] = {}
    for count in changed:
        alike = [number for number in article.numbers if number.text == count.text]
        plain = all(read_value(count.text) in (number.value, None) for number in alike)
        same = [one for one in changed if one.text == count.text and one.value == count.value]
        if plain and count.unit != "money" and len(same) == len(alike):
            own[count.text] = labels("vi").value(count).removesuffix("%")
    return _NUMERAL.sub(lambda numeral: own.get(numeral.group(), numeral.group()), summary)


def _set_aside(report: MeetingReport, review: Review) -> tuple[SetAside, ...]:
    """The numbers that count nothing; one that a person has looked at keeps no readings that differ."""
    decided = {one.at: one for one in review.counts}
    kept = {place.at: place for place in report.set_aside}
    for at, decision in decided.items():
        place = kept.pop(at, None)
        if decision.value is None:
            kept[at] = SetAside(at=at, text=decision.text, reason=place.reason if place else "other")
    return tuple(kept[at] for at in sorted(kept))


def _items(part: str, items: Sequence[Any], review: Review) -> tuple[Any, ...]:
    """A list of the report with the decisions about it; those about what the report no longer has are kept too."""
    made: list[Any] = []
    waiting = list(review.of(part))
    for key, item in zip(keys_of(items), items, strict=True):
        decision = next((one for one in waiting if one.key == key), None) or next(
            (one for one in waiting if in_one_form(one.text) == in_one_form(text_of(item))), None
        )
        if decision is None:
            made.append(item)
            continue
        waiting.remove(decision)
        if decision.value is not None:
            made.append(_reviewed(decision.value))
    made += [_reviewed(one.value) for one in waiting if one.value is not None]
    return tuple(sorted(made, key=lambda item: item.at))


def _reviewed(value: BaseModel) -> BaseModel:
    return value.model_copy(update={"certainty": "reviewed"})


def _sections(report: MeetingReport, review: Review) -> dict[SectionName, tuple[Section, ...]]:
    made: dict[SectionName, list[Section]] = {name: [] for name in SECTIONS}
    for name in SECTIONS:
        decided: dict[tuple[int, int], ItemDecision[ReviewedSection]] = {
            one.key: one for one in getattr(review, name)
        }
        items: tuple[Section, ...] = getattr(report, name)
        made[name] += [item for key, item in zip(keys_of(items), items, strict=True) if key not in decided]
        for decision in decided.values():
            if (value := decision.value) is not None:
                made[value.kind].append(Section(at=value.at, text=value.text, certainty="reviewed"))
    return {name: tuple(sorted(sections, key=lambda one: one.at)) for name, sections in made.items()}


def _anchors(report: MeetingReport, review: Review) -> dict[str, tuple[Place, ...]]:
    """Where the header's fields stand; one that was corrected stands where its new words do."""
    anchors = dict(report.anchors)
    for name, decision in review.fields.items():
        if decision.verdict == "confirmed":
            continue
        anchors.pop(name, None)
        if decision.anchor is not None:
            anchors[name] = (decision.anchor,)
    return anchors


def _mark(report: MeetingReport, review: Review, changed: Sequence[Count]) -> ReviewMark | None:
    decisions = list(review.decisions())
    if not decisions:  # all of them were taken back
        return None
    return ReviewMark(
        reviewers=tuple(sorted({one.reviewer for one in decisions if one.reviewer})),
        at=max(one.saved_at for one in decisions),
        fields=(*review.fields, *(part for part in LISTS if review.of(part))),
        complete=review.complete is not None,
        changed=tuple(count.at for count in changed),
        summary_before=_corrected_fields(review) if report.summary and "summary" not in review.fields else (),
    )


def _corrected_fields(review: Review) -> tuple[str, ...]:
    """Return the fields of the header that a person corrected, and `people` where somebody's name or role was."""
    fields = [name for name, decision in review.fields.items() if decision.verdict != "confirmed"]
    people = any(one.verdict != "confirmed" for one in review.people)
    return (*fields, *(("people",) if people else ()))
