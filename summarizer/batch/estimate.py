"""Estimates: what a job would take, before anything is asked.

Every article is listed, and each text counted once. A sample of those that are due is taken through the extraction
up to its questions, which are measured and not sent. Answers are bounded by what the questions allow; where the
journal has finished articles of the same model, their tokens say more and are used.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from statistics import fmean

from summarizer.batch.budget import Price, find_price
from summarizer.batch.items import Item, fingerprint, load, text_key
from summarizer.batch.job import Job
from summarizer.batch.journal import FILE, Journal
from summarizer.batch.sources import Sources
from summarizer.batch.transports import Capture, capturing
from summarizer.batch.web import FILE as FETCHED
from summarizer.batch.web import Web
from summarizer.errors import SourceError
from summarizer.settings import NONE, Settings
from summarizer.sources.document import Document

__all__ = ("Estimate", "estimate", "render")

_SAMPLE = 50
_CHARS_A_TOKEN = 3  # of Vietnamese and JSON, for tokenizers of today


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect: `due` of `articles` are to be done, each different text once.

    `requests`, `tokens_in` and `tokens_out` are for all that are due; `most_out` is what the questions allow
    at most. `measured`: the figures are those of finished articles, not of questions that were not sent.
    """

    model: str
    articles: int
    unreadable: int
    done: int
    due: int
    requests: int
    tokens_in: int
    tokens_out: int
    most_out: int
    measured: bool
    price: Price | None


@dataclass(slots=True)
class _Sample:
    requests: int = 0
    tokens_in: int = 0
    most_out: int = 0


def estimate(job: Job, settings: Settings, *, batch: bool = False) -> Estimate:
    """Say what `job` would take; asks no model, and changes nothing. Raises `ConfigError`.

    Of the web pages that no run has fetched, only as many as the sample needs are; the others count as due.
    """
    kept = job.folder if (job.folder / FETCHED).is_file() else None
    web = Web(kept, allow_private=job.allow_private)
    sources = Sources(job.sources, columns=job.columns, exclude=job.folder, web=web)
    mark = fingerprint(settings)
    seen: set[bytes] = set()
    sample: list[Document] = []
    articles = unreadable = done = unseen = 0
    journal = Journal(job.folder, create=False) if (job.folder / FILE).is_file() else None
    try:
        for item in sources:
            articles += 1
            if item.page is not None and len(sample) >= _SAMPLE and not web.has(item.location):
                unseen += 1
                continue
            document = _document(item)
            if document is None:
                unreadable += 1
                continue
            key = text_key(document)
            if (short := bytes.fromhex(key)[:12]) in seen:
                continue
            seen.add(short)
            if journal is not None and journal.is_done(key, mark):
                done += 1
            elif len(sample) < _SAMPLE:
                sample.append(document)
        due = len(seen) - done + unseen
        spent = journal.mean_tokens(mark) if journal is not None else None
    finally:
        web.close()
        if journal is not None:
            journal.close()
    asked = asyncio.run(_measure(settings, sample))
    mean = [
        fmean(one) for one in zip(*((s.requests, s.tokens_in, s.most_out) for s in asked), strict=True)
    ] or [0.0] * 3
    tokens = spent or (mean[1], mean[2])
    return Estimate(
        model=settings.model,
        articles=articles,
        unreadable=unreadable,
        done=done,
        due=due,
        requests=round(mean[0] * due),
        tokens_in=round(tokens[0] * due),
        tokens_out=round(tokens[1] * due),
        most_out=round(mean[2] * due),
        measured=spent is not None,
        price=job.price
        or find_price(settings.model, settings.base_url or settings.azure_endpoint, batch=batch),
    )


def render(found: Estimate) -> str:
    """An estimate in a few lines for a person."""
    lines = [f"{found.articles:,} articles: {found.due:,} to do"]
    notes = ((found.done, "done already"), (found.unreadable, "that cannot be read"))
    lines[0] += "".join(f", {count:,} {what}" for count, what in notes if count)
    same = found.articles - found.unreadable - found.done - found.due
    lines[0] += f", {same:,} with the text of another" if same else ""
    basis = "as finished articles took" if found.measured else "by the length of the questions"
    most = "" if found.measured else "at most "
    lines.append(
        f"{found.requests:,} questions to {found.model}; about {found.tokens_in:,} tokens to read, "
        f"{most}{found.tokens_out:,} to write ({basis}; asking again comes on top)"
    )
    if found.price is None:
        lines.append(f"cost: the price of {found.model} is not known; give it as --price IN,OUT")
    else:
        cost = found.price.of(found.tokens_in, found.tokens_out)
        lines.append(f"cost: {most}${cost:,.4f} ({found.price.origin})")
    return "\n".join(lines)


def _document(item: Item) -> Document | None:
    try:
        return load(item).document()
    except SourceError:
        return None


async def _measure(settings: Settings, documents: list[Document]) -> list[_Sample]:
    if settings.model == NONE:
        return []
    async with capturing(settings) as capture:
        return [await _questions(capture, document) for document in documents]


async def _questions(capture: Capture, document: Document) -> _Sample:
    sample = _Sample()
    for body in await capture.requests(document):
        request = json.loads(body)
        sample.requests += 1
        sample.tokens_in += len(body.decode("utf-8")) // _CHARS_A_TOKEN
        sample.most_out += request.get("max_completion_tokens") or request.get("max_tokens") or 0
    return sample
