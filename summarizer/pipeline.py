"""Extraction: one article from its text to its report.

`extract` follows DESIGN.md's flow: the text is taken apart, the model is asked about what was found, what it
answers is brought back to the article's words, and the report is checked against itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from functools import lru_cache
from importlib.metadata import version
from typing import TypeVar

from summarizer.article.article import Article, take_apart
from summarizer.audit import audit
from summarizer.model.asking import Asker
from summarizer.model.client import Model
from summarizer.model.counting import Counted, count, count_prompt, counts_of
from summarizer.model.progress import Progress, no_progress
from summarizer.model.prompts import versions
from summarizer.rules.counts import find_candidates
from summarizer.schemas.report import MeetingReport, Provenance, SetAside, Source
from summarizer.sources.document import Document
from summarizer.telling import PROMPTS, Told, tell

T = TypeVar("T")

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
    profile, ask = (model.profile, asker.ask) if model and asker else (None, None)
    candidates = find_candidates(article)
    by_table = counts_of(article, candidates)
    telling = tell(article, by_table.counts, profile, ask)
    if profile and ask:
        counted, told = await _all(count(article, candidates, profile, ask), telling)
    else:
        counted, told = by_table, await telling
    return MeetingReport(
        source=_source(document),
        title=told.header.title,
        kind=told.header.kind,
        organization=told.header.organization,
        parent=told.header.parent,
        place=told.header.place,
        form=told.header.form,
        date_held=told.header.date_held,
        date_published=told.header.date_published,
        period=told.header.period,
        period_planned=told.header.period_planned,
        chairs=told.people.chairs,
        guests=told.people.guests,
        speakers=told.people.speakers,
        reports=told.people.reports,
        counts=counted.counts,
        set_aside=_set_aside(article, counted.dropped),
        recipients=told.recipients,
        achievements=told.quoted.achievements,
        shortcomings=told.quoted.shortcomings,
        causes=told.quoted.causes,
        directives=told.quoted.directives,
        summary=told.summary,
        findings=audit(article, counted.counts),
        left_out=(*counted.left_out, *(asker.left_out if asker else ())),
        anchors=told.header.anchors,
        provenance=_provenance(model, asker, time.monotonic() - began),
    )


async def _all(counted: Awaitable[Counted], told: Awaitable[Told]) -> tuple[Counted, Told]:
    """Await both; where one fails, stop the other, so that no question of a failed article is still asked."""
    try:
        async with asyncio.TaskGroup() as group:
            first, second = group.create_task(_of(counted)), group.create_task(_of(told))
    except BaseExceptionGroup as failed:
        raise _first(failed) from None
    return first.result(), second.result()


async def _of(awaited: Awaitable[T]) -> T:
    return await awaited


def _first(failed: BaseExceptionGroup) -> BaseException:
    error = failed.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


def _provenance(model: Model | None, asker: Asker | None, seconds: float) -> Provenance:
    return Provenance(
        model=model.name if model else NO_MODEL,
        endpoint=model.endpoint if model else None,
        weights_sha256=model.weights_sha256 if model else None,
        profile=model.profile.label if model else NO_MODEL,
        prompts=versions("common", count_prompt(model.profile), *PROMPTS) if model else {},
        parts=asker.parts if asker else {},
        version=_version(),
        seconds=round(seconds, 3),
    )


@lru_cache(maxsize=1)
def _version() -> str:
    return version("summarizer")


def _source(document: Document) -> Source:
    return Source(
        name=document.name,
        location=document.location,
        sha256=document.sha256,
        characters=len(document.text),
        encoding=document.encoding,
        notes=document.notes,
    )


def _set_aside(article: Article, dropped: frozenset[int]) -> tuple[SetAside, ...]:
    return tuple(
        SetAside(at=number.at, text=number.text, reason=number.reason or "abstract")
        for number in article.numbers
        if number.reason is not None or number.at in dropped
    )
