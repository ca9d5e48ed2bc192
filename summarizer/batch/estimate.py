"""The estimate: what a job would take, without asking anything.

Every article is listed and each text counted once. A sample of those that are due is taken through the extraction up
to its questions, which are measured and not sent. Answers are bounded by what the questions allow; where the journal
has finished articles of the same model, their tokens say more and are used.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from dataclasses import dataclass

from summarizer.batch.fetched import FILE as FETCHED
from summarizer.batch.fetched import Web
from summarizer.batch.inputs import Sources
from summarizer.batch.items import fingerprint, read, text_key
from summarizer.batch.job_taxonomy import with_taxonomy
from summarizer.batch.journal import FILE, Journal
from summarizer.batch.limits import Price, find_price
from summarizer.batch.transports import capturing
from summarizer.batch.work import Job
from summarizer.errors import SourceError
from summarizer.model.client import check_weights
from summarizer.outputs.formats import require
from summarizer.schemas.labels import Lang, labels
from summarizer.settings import NONE, Settings
from summarizer.sources.document import Document

_SAMPLE = 50
_CHARS_A_TOKEN = 3  # of Vietnamese and JSON, for tokenizers of today


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect: `due` of `articles` are to be done, each different text once.

    `requests`, `tokens_in` and `tokens_out` are for all that are due; `most_out` is what the questions allow
    at most. `job_files` are files that a job wrote. `measured`: the figures are those of finished articles, not of
    questions that were not sent.
    """

    model: str
    articles: int
    unreadable: int
    job_files: int
    done: int
    due: int
    requests: int
    tokens_in: int
    tokens_out: int
    most_out: int
    measured: bool
    price: Price | None


def estimate(job: Job, settings: Settings, *, batch: bool = False) -> Estimate:
    """Say what `job` would take; asks no model, and changes nothing. Raises `ConfigError`.

    Of the web pages that no run has fetched, only as many as the sample needs are; the others count as due.
    """
    settings = with_taxonomy(job.folder, settings)
    require(job.formats)
    check_weights(settings)
    kept = job.folder if (job.folder / FETCHED).is_file() else None
    web = Web(kept, allow_private=job.allow_private)
    sources = Sources(job.sources, columns=job.columns, exclude=job.folder, web=web)
    mark = fingerprint(settings)
    seen: set[bytes] = set()
    sample: list[Document] = []
    articles = unreadable = done = unseen = 0
    with ExitStack() as opened:
        opened.callback(web.close)
        has_journal = (job.folder / FILE).is_file()
        journal = opened.enter_context(Journal(job.folder, create=False)) if has_journal else None
        for item in sources:
            articles += 1
            if item.page is not None and len(sample) >= _SAMPLE and not web.has(item.location):
                unseen += 1
                continue
            try:
                document = read(item)
            except SourceError:
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
        spent = journal.mean_tokens(mark) if journal is not None else None
    due = len(seen) - done + unseen
    requests, tokens_in, most_out = asyncio.run(_measure(settings, sample))
    tokens = spent or (tokens_in, most_out)
    return Estimate(
        model=settings.model,
        articles=articles,
        unreadable=unreadable,
        job_files=sources.job_files,
        done=done,
        due=due,
        requests=round(requests * due),
        tokens_in=round(tokens[0] * due),
        tokens_out=round(tokens[1] * due),
        most_out=round(most_out * due),
        measured=spent is not None,
        price=job.price or find_price(settings.model, settings.address, batch=batch),
    )


def render(found: Estimate, lang: Lang = "en") -> str:
    """An estimate in a few lines for a person."""
    words = labels(lang)
    counts = {
        "cli.estimate.done": found.done,
        "cli.estimate.unreadable": found.unreadable,
        "cli.duplicates": found.articles - found.unreadable - found.done - found.due,
        "cli.job_files": found.job_files,
    }
    first = [words("cli.estimate.articles", n=found.articles, due=found.due)]
    first += [words(key, n=count) for key, count in counts.items() if count]
    most = "measured" if found.measured else "at_most"
    questions = words(
        f"cli.estimate.{most}",
        n=found.requests,
        model=found.model,
        tokens_in=found.tokens_in,
        tokens_out=found.tokens_out,
    )
    if found.price is None:
        cost = words("cli.estimate.no_price", model=found.model)
    else:
        dollars = words.dollars(found.price.of(found.tokens_in, found.tokens_out))
        cost = words(f"cli.estimate.{most}_cost", cost=dollars, origin=words.translate(found.price.origin))
    return "\n".join((", ".join(first), questions, cost))


async def _measure(settings: Settings, documents: list[Document]) -> tuple[float, float, float]:
    """Requests, tokens in and most tokens out of an article on average."""
    if settings.model == NONE or not documents:
        return 0.0, 0.0, 0.0
    async with capturing(settings) as capture:
        bodies = [body for document in documents for body in await capture(document)]
    most = 0
    for body in bodies:
        request = json.loads(body)
        most += request.get("max_completion_tokens") or request.get("max_tokens") or 0
    tokens = sum(len(body.decode("utf-8")) // _CHARS_A_TOKEN for body in bodies)
    return len(bodies) / len(documents), tokens / len(documents), most / len(documents)
