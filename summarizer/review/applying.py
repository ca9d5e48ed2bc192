"""Applying a review: the report as corrected, and the gold labels that a complete review is.

Needs no server: a batch's exports call `corrected` for every report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from summarizer.article.article import Article, take_apart
from summarizer.article.normalize import Normalized, in_one_form
from summarizer.article.notation import read_value
from summarizer.audit import audit
from summarizer.review.decisions import FIELDS, LISTS, Review, ReviewedSection
from summarizer.review.store import Reviews
from summarizer.rules.summary import compose
from summarizer.schemas import report as schema
from summarizer.schemas.labels import labels
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.provenance import ReviewedPart
from summarizer.schemas.reading import (
    HEADER_FIELDS,
    SECTION_KINDS,
    HeaderReading,
    NumberReading,
    SectionKind,
)
from summarizer.sources.document import Document

_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_STAMP = {"verdict", "reviewer", "saved_at"}
_PLAIN_LISTS = ("people", "reports", "recipients", "elected")
_BY_ROLE: Mapping[str, schema.Role] = {"chairs": "chair", "guests": "guest", "speakers": "speaker"}


def corrected(
    report: schema.MeetingReport, text: str | Callable[[], str], reviews: Reviews
) -> schema.MeetingReport:
    """Return the report as corrected by the review of its text, or the report itself where there is none.

    `text` is the article's text, which the report's offsets count, or gives it when it is needed.
    """
    review = reviews.get(report.source.sha256)
    if review is None:
        return report
    return apply_review(report, text if isinstance(text, str) else text(), review)


def apply_review(report: schema.MeetingReport, text: str, review: Review) -> schema.MeetingReport:
    """Return the report with the review's decisions in it, and marked as reviewed.

    What was decided is certain as `reviewed`, and no difference of the readers any more; what was not stays as it is.
    Where numbers were corrected, the contradictions are found anew. A summary that rules have composed is composed
    anew; of another one `summary_before` says what it may tell otherwise. `review` must be of `text`.
    """
    article = take_apart(Document(report.source.name, text))
    # Of a summary that was confirmed the words are kept, since they depend on all the rest.
    fields = {
        name: one for name, one in review.fields.items() if name == "summary" or one.verdict != "confirmed"
    }
    updated: dict[str, Any] = {
        **{name: one.value for name, one in fields.items()},
        **_lists(report, review),
        # A field that was corrected stands where its new words do.
        "anchors": {
            **{name: places for name, places in report.anchors.items() if name not in fields},
            **{name: (one.anchor,) for name, one in fields.items() if one.anchor is not None},
        },
        "certainty": {**report.certainty, **dict.fromkeys(review.fields, "reviewed")},
        "differences": tuple(one for one in report.differences if not review.settles(one.field, one.at)),
    }
    if review.people:
        updated |= {
            name: tuple(person for person in updated["people"] if role in person.roles)
            for name, role in _BY_ROLE.items()
        }
    changed: list[schema.Count] = []
    if review.counts:
        counts = _counts(report, review, article)
        updated |= {"counts": counts, "set_aside": _set_aside(report, review)}
        if _meanings(counts) != _meanings(report.counts):
            updated["findings"] = audit(article, counts)
        changed = _not_the_articles(counts, review, article)
    before: tuple[str, ...] = ()
    if "summary" not in review.fields and report.summary:
        anew = _composed_anew(report, report.model_copy(update=updated), article.normal)
        updated["summary"] = _with_values(anew or report.summary, changed, article)
        people = any(one.verdict != "confirmed" for one in review.people)
        before = () if anew else (*fields, *["people"] * people)
    decisions = list(review.decisions())
    if not decisions:  # all of them were taken back
        return report.model_copy(update={**updated, "review": None})
    updated["review"] = schema.ReviewMark(
        reviewers=tuple(sorted({one.reviewer for one in decisions if one.reviewer})),
        at=max(one.saved_at for one in decisions),
        fields=(*review.fields, *(part for part in LISTS if review.of(part))),
        decisions=tuple(_decided(review)),
        complete=review.complete is not None,
        changed=tuple(count.at for count in changed),
        summary_before=before,
    )
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
    return item.name if isinstance(item, schema.Person | schema.Elected) else item.text


def disputed(report: schema.MeetingReport) -> dict[tuple[str, int], schema.Difference]:
    """Return what only the reader that does not lead has seen, by its list and offset: nothing of the report."""
    known = {(part, item.at) for part in LISTS for item in getattr(report, part)}
    return {
        (one.field, one.at): one
        for one in reversed(report.differences)  # of two at one place the first stands
        if one.at is not None and one.field in LISTS and (one.field, one.at) not in known
    }


def undecided(report: schema.MeetingReport, review: Review) -> dict[str, int]:
    """Return how much has no decision yet, by the report's field: what is in the report, and what one reader saw."""
    left: dict[str, int] = {
        name: 1 for name in FIELDS if getattr(report, name) is not None and name not in review.fields
    }
    numbers = {("counts", place.at) for place in report.set_aside if place.readings}
    also = numbers | disputed(report).keys()
    for part in LISTS:
        keys = {*keys_of(getattr(report, part)), *((at, 0) for of, at in also if of == part)}
        if open_ := len(keys - {one.key for one in review.of(part)}):
            left[part] = open_
    return left


def _decided(review: Review) -> Iterator[ReviewedPart]:
    """Yield each decision with the place that its part has in the corrected report."""
    for name, one in review.fields.items():
        yield ReviewedPart(field=name, **one.model_dump(include=_STAMP))
    for part in LISTS:
        for one in review.of(part):
            field, at = getattr(one.value, "kind", part), getattr(one.value, "at", one.at)
            yield ReviewedPart(field=field, at=at, **one.model_dump(include=_STAMP))


def _meanings(counts: Iterable[schema.Count]) -> list[dict[str, Any]]:
    return [count.model_dump(exclude={"certainty", "readings"}) for count in counts]


def _counts(report: schema.MeetingReport, review: Review, article: Article) -> tuple[schema.Count, ...]:
    before = {count.at: count for count in report.counts}
    counts = dict(before)
    for decision in review.counts:
        counts.pop(decision.at, None)
        if decision.value is None:
            continue
        fields = {**decision.value.model_dump(exclude_unset=True), "certainty": "reviewed", "readings": ()}
        if decision.at in before:
            counts[decision.at] = before[decision.at].model_copy(update=fields)
        else:
            sentence = article.sentence_at(TextOffset(decision.at))
            quotation = schema.Quotation(at=sentence.at, text=sentence.text)
            counts[decision.at] = schema.Count(
                at=decision.at, text=decision.text, sentence=quotation, **fields
            )
    for count in counts.values():  # of what is no count any more nothing is a part
        lost = {name: None for name in ("part_of", "repeats") if getattr(count, name) not in counts}
        counts[count.at] = count.model_copy(update=lost)
    return tuple(counts[at] for at in sorted(counts))


def _not_the_articles(counts: Iterable[schema.Count], review: Review, article: Article) -> list[schema.Count]:
    """Return the counts that a person gave another value than the article's number has."""
    decided = {one.at for one in review.counts}
    written = {int(number.at): (number.value, number.total) for number in article.numbers}
    return [
        count
        for count in counts
        if count.at in decided and written.get(count.at) not in (None, (count.value, count.total))
    ]


def _composed_anew(
    report: schema.MeetingReport, made: schema.MeetingReport, normal: Normalized
) -> str | None:
    """Return the summary of `made`, composed as that of `report` was; None where rules have not composed that one."""
    for holds in (True, False):
        if _composed(report, normal, holds) == report.summary:
            return _composed(made, normal, holds)
    return None


def _composed(report: schema.MeetingReport, normal: Normalized, holds: bool) -> str | None:
    header = HeaderReading(**{name: getattr(report, name) for name in HEADER_FIELDS}, anchors=report.anchors)
    sections: dict[SectionKind, tuple[schema.Section, ...]] = {
        kind: getattr(report, name) for name, kind in zip(schema.SECTIONS, SECTION_KINDS, strict=True)
    }
    counts = [NumberReading(**count.model_dump(include={*NumberReading._fields})) for count in report.counts]
    return compose(normal, header, holds, report.people, sections, counts, report.elected)


def _with_values(summary: str, changed: Iterable[schema.Count], article: Article) -> str:
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


def _set_aside(report: schema.MeetingReport, review: Review) -> tuple[schema.SetAside, ...]:
    """The numbers that count nothing; one that a person has looked at keeps no readings that differ."""
    kept = {place.at: place for place in report.set_aside}
    for decision in review.counts:
        place = kept.pop(decision.at, None)
        if decision.value is None:
            reason = place.reason if place else "other"
            kept[decision.at] = schema.SetAside(at=decision.at, text=decision.text, reason=reason)
    return tuple(kept[at] for at in sorted(kept))


def _lists(report: schema.MeetingReport, review: Review) -> dict[str, tuple[Any, ...]]:
    """The lists with the decisions about their items; those about what the report no longer has are kept too."""
    made: dict[str, list[Any]] = {part: [] for part in (*_PLAIN_LISTS, *schema.SECTIONS)}
    for part in made:
        items, waiting = getattr(report, part), list(review.of(part))
        for key, item in zip(keys_of(items), items, strict=True):
            decision = next((one for one in waiting if one.key == key), None) or next(
                (one for one in waiting if in_one_form(one.text) == in_one_form(text_of(item))), None
            )
            if decision is None:
                made[part].append(item)
                continue
            waiting.remove(decision)
            _put(decision.value, made, part)
        for decision in waiting:
            _put(decision.value, made, part)
    return {part: tuple(sorted(items, key=lambda item: item.at)) for part, items in made.items()}


def _put(value: BaseModel | None, made: Mapping[str, list[Any]], part: str) -> None:
    if isinstance(value, ReviewedSection):
        section = schema.Section(at=value.at, text=value.text, certainty="reviewed")
        made[value.kind].append(section)
    elif value is not None:
        made[part].append(value.model_copy(update={"certainty": "reviewed"}))
