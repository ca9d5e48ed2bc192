"""The reader by rules: everything that the tables of words can say of one article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from summarizer.article.article import Article
from summarizer.rules.awards import read_recipients
from summarizer.rules.counts import read_numbers
from summarizer.rules.header import HeaderDraft, read_header
from summarizer.rules.people import read_people
from summarizer.rules.sections import label_sentences, quotations
from summarizer.rules.summary import compose, gather
from summarizer.schemas.reading import HeaderReading, Reading
from summarizer.schemas.report import LeftOut

__all__ = ("read",)

Span = tuple[int, int]


def read(article: Article) -> Reading:
    """Return what the rules say of an article; nothing in it is guessed, and no model is asked."""
    text, folded, spans = article.text, article.folded, _spans(article)
    numbers = read_numbers(article)
    counts = [number for number in numbers.values() if number.reason is None and number.subject]
    header = read_header(article.document, folded, article.dates, spans)
    people = read_people(text, folded, spans)
    labelled = label_sentences(
        text,
        folded,
        spans,
        begins=header.prose_at,
        reviewed=header.period,
        planned=header.period_planned,
        held=next(((place.at, place.end) for place in header.anchors.get("date_held", ())), None),
        counts=counts,
        mentions=people.mentions,
    )
    quoted = quotations(text, labelled)
    facts = gather(text, header, people, quoted, counts)
    return Reading(
        by="rules",
        numbers=numbers,
        header=_header(header),
        people=people.people,
        reports=people.reports,
        recipients=read_recipients(text, folded, spans, people.mentions),
        elected=(),
        sections=quoted,
        summary=compose(facts, text),
        left_out=tuple(
            LeftOut(
                field="counts",
                text=number.text,
                why=f"không có danh từ nào đứng cạnh số này (vị trí {number.at})",
            )
            for number in numbers.values()
            if number.reason is None and number.subject is None
        ),
    )


def _header(read: HeaderDraft) -> HeaderReading:
    return HeaderReading(
        title=read.title,
        kind=read.kind,
        organization=read.organization,
        parent=read.parent,
        place=read.place,
        form=read.form,
        date_held=read.date_held,
        date_published=read.date_published,
        period=read.period,
        period_planned=read.period_planned,
        anchors=read.anchors,
    )


def _spans(article: Article) -> list[Span]:
    """Return the spans of the article's sentences, page boilerplate left out."""
    starts, ends = [part.at for part in article.chrome], [0, *(part.end for part in article.chrome)]
    kept: Iterable[Span] = (
        (sentence.at, sentence.end)
        for sentence in article.sentences
        if sentence.at >= ends[bisect_right(starts, sentence.at)]
    )
    return list(kept)
