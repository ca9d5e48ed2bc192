"""The numbers of two readings: which of them count, what each counts, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.article.article import Article
from summarizer.article.normalize import in_one_form
from summarizer.article.numbers import Number
from summarizer.referee.policy import Policy
from summarizer.schemas.labels import left_out
from summarizer.schemas.reading import CERTAIN_REASONS, NumberReading, Reader, Reading
from summarizer.schemas.report import Certainty, Count, LeftOut, Notice, Quotation, SetAside
from summarizer.schemas.report import Reading as KeptReading

_LONGEST_SENTENCE, _AROUND = 3_000, 400
"""Characters of a sentence that a count quotes whole, and around its number where a text has no stops."""

_RELATIONS = ("heading", "given_by", "part_of", "repeats", "whose", "direction")
"""What one reader says of a count where the leader says nothing of it."""
_UNLIKE, _FEWEST = 1 / 2, 4
"""Share, and number at least, of a leading model's numbers that the rules read otherwise of which a reader is told:
on articles that neither was made with it is an eighth."""


def reconcile_numbers(
    article: Article, rules: Reading, model: Reading | None, policy: Policy
) -> tuple[tuple[Count, ...], tuple[SetAside, ...], tuple[LeftOut, ...]]:
    """Return the counts of a report, its numbers that count nothing, and what no reader had a noun for."""
    counts: list[Count] = []
    set_aside: list[SetAside] = []
    no_noun: list[LeftOut] = []
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
            reason = Notice(code="no_noun", values={"at": number.at})
            no_noun.append(left_out("counts", number.text, reason))
        else:
            counts.append(_count(article, number, reading, by_rules, by_model, certainty, kept, policy))
    return tuple(counts), tuple(set_aside), tuple(no_noun)


def unlike(rules: Reading, model: Reading | None) -> Iterator[Notice]:
    """Yield a notice where a model that leads reads most of the numbers otherwise than the rules."""
    read = model.numbers.items() if model else ()
    both = [(rules.numbers[at], one) for at, one in read if rules.numbers[at].reason not in CERTAIN_REASONS]
    unlike = sum(_differ(one, other) for one, other in both)
    if unlike >= _FEWEST and unlike > _UNLIKE * len(both):
        yield Notice(code="unlike", values={"unlike": unlike, "numbers": len(both)})


def without_contradictions(counts: Sequence[Count], organization: str | None) -> Iterator[Count]:
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
    read = rules.subject is not None and model.subject is not None
    status = None not in (rules.status, model.status) and rules.status != model.status
    return status or (read and (rules.subject, rules.grade) != (model.subject, model.grade))


def _kept(rules: NumberReading, model: NumberReading) -> tuple[KeptReading, ...]:
    readers: tuple[tuple[Reader, NumberReading], ...] = (("rules", rules), ("model", model))
    return tuple(
        KeptReading(by=by)
        if one.reason is not None
        else KeptReading(by=by, counted=one.counted, subject=one.subject, grade=one.grade, status=one.status)
        for by, one in readers
    )


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
    fields = {**number.pinned, **dict.fromkeys(_RELATIONS)}
    for one in (rules, model, reading):
        fields |= {name: value for name in _RELATIONS if one and (value := getattr(one, name)) is not None}
    if reading.subject == "money" and number.unit == "count":
        fields["unit"] = "money"  # whatever the words beside it leave out (tăng 47 triệu: 47 million more)
    statuses = (rules.status, model.status if model else None)
    status = statuses[policy["status"] == "model"] or statuses[0] or statuses[1] or "result"
    return Count(
        **fields,
        currency=number.currency,
        subject=reading.subject or "other",
        grade=reading.grade,
        status=status,
        counted=reading.counted,
        counted_at=reading.counted_at,
        qualifier=number.qualifier,
        sentence=_sentence_of(article, number),
        certainty=certainty,
        readings=kept,
    )


def _sentence_of(article: Article, number: Number) -> Quotation:
    """Return the sentence a number stands in, or what is around it in a text without stops."""
    sentence = article.sentence_at(number.at)
    if len(sentence.text) <= _LONGEST_SENTENCE:
        return article.quoted(sentence)
    at, end = max(sentence.at, number.at - _AROUND), min(sentence.end, number.end + _AROUND)
    return Quotation(at=at, text=article.text[at:end])
