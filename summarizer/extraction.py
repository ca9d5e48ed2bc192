"""Extraction: one article from its text to its report.

`extract` follows DESIGN.md's flow: the text is taken apart, the model is asked about what was found, what it
answers is brought back to the article's words, and the report is checked against itself.
"""

from __future__ import annotations

import time
from importlib.metadata import version

from summarizer.article import Article, take_apart
from summarizer.asking import Asker
from summarizer.awards import read_recipients
from summarizer.counting import PROMPTS, count
from summarizer.documents import Document
from summarizer.folding import fold
from summarizer.header import read_header
from summarizer.llm import Model
from summarizer.people import read_people
from summarizer.progress import Progress, no_progress
from summarizer.prompts import versions
from summarizer.quotations import label_sentences, quotations
from summarizer.schemas.report import MeetingReport, Provenance, SetAside, Source

__all__ = ("extract",)

NO_MODEL = "none"


async def extract(
    document: Document,
    model: Model | None,
    *,
    deadline_s: float | None = None,
    progress: Progress = no_progress,
) -> MeetingReport:
    """Return the report of one document.

    Without a model the numbers, the taxonomy and the cue words do what they can alone. `deadline_s` is the
    time the article has, in seconds. Raises EndpointError, RateLimitError or DeadlineError where the model
    cannot be asked now, ConfigError where it cannot be asked at all.
    """
    began = time.monotonic()
    article = take_apart(document)
    asker = Asker(model, seconds=deadline_s, progress=progress) if model else None
    counted = await count(article, model.profile if model else None, asker.ask if asker else None)
    folded, spans = fold(article.text), _spans(article)
    header = read_header(document, folded, article.dates, spans)
    people = read_people(article.text, folded, spans)
    labelled = label_sentences(article.text, folded, spans, planned=header.period_planned)
    quoted = quotations(article.text, labelled)
    return MeetingReport(
        source=_source(document),
        title=header.title,
        kind=header.kind,
        organization=header.organization,
        parent=header.parent,
        place=header.place,
        form=header.form,
        date_held=header.date_held,
        date_published=header.date_published,
        period=header.period,
        period_planned=header.period_planned,
        chairs=people.chairs,
        guests=people.guests,
        speakers=people.speakers,
        reports=people.reports,
        counts=counted.counts,
        set_aside=_set_aside(article, counted.dropped),
        recipients=read_recipients(article.text, folded, spans, people.mentions),
        achievements=quoted.achievements,
        shortcomings=quoted.shortcomings,
        causes=quoted.causes,
        directives=quoted.directives,
        left_out=(*counted.left_out, *(asker.left_out if asker else ())),
        anchors=header.anchors,
        provenance=Provenance(
            model=model.name if model else NO_MODEL,
            endpoint=model.endpoint if model else None,
            weights_sha256=model.weights_sha256 if model else None,
            profile=model.profile.label if model else NO_MODEL,
            prompts=versions(*PROMPTS) if model else {},
            parts=asker.parts if asker else {},
            version=version("summarizer"),
            seconds=round(time.monotonic() - began, 3),
        ),
    )


def _source(document: Document) -> Source:
    return Source(
        name=document.name,
        location=document.location,
        sha256=document.sha256,
        characters=len(document.text),
        encoding=document.encoding,
        notes=document.notes,
    )


def _spans(article: Article) -> list[tuple[int, int]]:
    """Return the spans of the article's sentences, page chrome left out."""
    return [
        (sentence.at, sentence.end)
        for sentence in article.sentences
        if not any(part.at <= sentence.at < part.end for part in article.chrome)
    ]


def _set_aside(article: Article, dropped: frozenset[int]) -> tuple[SetAside, ...]:
    return tuple(
        SetAside(at=number.at, text=number.text, reason=number.reason or "abstract")
        for number in article.numbers
        if number.reason is not None or number.at in dropped
    )
