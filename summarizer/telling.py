"""Telling: everything of the report that is not a count, read by code and settled by the model where it is open.

Who met, when and where, who took part, what was awarded, achieved, criticised and asked for. Each question is
independent of the others' answers, so all of them go out together with those about the counts.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article.article import Article
from summarizer.model.asking import Ask
from summarizer.model.choices import HeaderChoice, apply_header_choice, header_question
from summarizer.model.labelling import chosen_kinds, sentence_question
from summarizer.model.profiles import Profile
from summarizer.rules.awards import read_recipients
from summarizer.rules.header import HeaderDraft, read_header
from summarizer.rules.people import People, read_people
from summarizer.rules.sections import Labelled, Quotations, label_sentences, quotations
from summarizer.rules.summary import Facts, Summary, compose, gather, summary_question
from summarizer.schemas.report import Count, Recipient

__all__ = ("PROMPTS", "Told", "tell")

PROMPTS = ("header", "sentences", "summary")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a report that are not counts."""

    header: HeaderDraft
    people: People
    recipients: tuple[Recipient, ...]
    quoted: Quotations
    summary: str | None


async def tell(article: Article, counts: Sequence[Count], profile: Profile | None, ask: Ask | None) -> Told:
    """Return what an article tells beside its counts; without someone to ask, by the tables alone.

    `counts` are those that the summary may speak of: the table's, so that it need not wait for the model's.
    """
    text, folded, spans = article.text, article.folded, _spans(article)
    header = read_header(article.document, folded, article.dates, spans)
    people = read_people(text, folded, spans)
    labelled = label_sentences(text, folded, spans, planned=header.period_planned, counts=counts)
    quoted = quotations(text, labelled)
    facts = gather(text, header, people, quoted, counts)
    summary = None
    if profile and ask:
        # Where one of them fails, the others are not asked any more.
        async with asyncio.TaskGroup() as group:
            settling = group.create_task(_settled_header(text, header, profile, ask))
            choosing = group.create_task(_settled_quotations(text, labelled, quoted, profile, ask))
            writing = group.create_task(_written_summary(text, facts, profile, ask))
        header, quoted, summary = settling.result(), choosing.result(), writing.result()
    recipients = read_recipients(text, folded, spans, people.mentions)
    return Told(header, people, recipients, quoted, summary or compose(facts, text))


async def _settled_header(text: str, draft: HeaderDraft, profile: Profile, ask: Ask) -> HeaderDraft:
    asked = header_question(text, draft) if profile.settle else None
    answer = await ask(asked.question) if asked else None
    if asked is None or answer is None or not isinstance(answer.value, HeaderChoice):
        return draft
    return apply_header_choice(text, draft, asked, answer.value)


async def _settled_quotations(
    text: str, labelled: Sequence[Labelled], quoted: Quotations, profile: Profile, ask: Ask
) -> Quotations:
    asked = sentence_question(text, labelled, fixed=profile.pinned == "fixed") if profile.settle else None
    answer = await ask(asked.question) if asked else None
    if asked is None or answer is None or answer.value is None:
        return quoted
    return quotations(text, labelled, chosen_kinds(asked, answer.value))


async def _written_summary(text: str, facts: Facts, profile: Profile, ask: Ask) -> str | None:
    question = summary_question(facts, text) if profile.summary else None
    answer = await ask(question) if question else None
    return answer.value.summary if answer and isinstance(answer.value, Summary) else None


def _spans(article: Article) -> list[Span]:
    """Return the spans of the article's sentences, page chrome left out."""
    starts, ends = [part.at for part in article.chrome], [0, *(part.end for part in article.chrome)]
    return [
        (sentence.at, sentence.end)
        for sentence in article.sentences
        if sentence.at >= ends[bisect_right(starts, sentence.at)]
    ]
