"""One article's whole way, from its document to its report, every step by its name.

document → article → two readings → referee → audit → report
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from summarizer.article.article import Article, take_apart
from summarizer.audit import audit
from summarizer.model.client import Asker, Model
from summarizer.model.large import read_large
from summarizer.model.progress import Progress, no_progress
from summarizer.model.prompts import versions
from summarizer.model.small import read_small
from summarizer.referee.policy import Policy, policy_for
from summarizer.referee.reconciling import reconcile
from summarizer.rules.meaning import classify
from summarizer.rules.reader import read as read_by_rules
from summarizer.schemas.labels import labels
from summarizer.schemas.reading import Reading
from summarizer.schemas.report import MeetingReport, Notice, Provenance, Source
from summarizer.settings import NONE
from summarizer.settings.profiles import Profile
from summarizer.sources.document import Document


def read_here(document: Document) -> tuple[Article, Reading]:
    """Return the document taken apart, and the rules' reading of it."""
    article = take_apart(document)
    return article, read_by_rules(article)


async def extract(
    document: Document,
    model: Model | None,
    *,
    deadline_s: float | None = None,
    progress: Progress = no_progress,
    read: Callable[[Document], Awaitable[tuple[Article, Reading]]] | None = None,
) -> MeetingReport:
    """Return the report of one document; without a model, or with the one named `none`, it is the rules' alone.

    `deadline_s` is the time the article has with the model, in seconds. `read` does what `read_here` does in another
    thread or process. Raises EndpointError, RateLimitError or DeadlineError where
    the model cannot be asked now, ConfigError where it cannot be asked at all.
    """
    began = time.monotonic()
    if model is not None and model.settings.model == NONE:
        model = None
    article, rules = await read(document) if read else read_here(document)
    asker = Asker(model, seconds=deadline_s, progress=progress) if model else None
    by_model = await _read_by_model(article, model.profile, asker, rules) if model and asker else None
    policy = policy_for(model.profile.name, model.settings.policy) if model else policy_for(NONE)
    fields = reconcile(article, rules, by_model, policy)
    fields["notices"] += _no_such_article(fields)
    return MeetingReport(
        source=source_of(document),
        warnings=tuple(map(labels("vi").notice, fields["notices"])),
        findings=audit(article, fields["counts"]),
        provenance=_provenance(model, asker, policy, time.monotonic() - began),
        **fields,
    )


async def _read_by_model(article: Article, profile: Profile, asker: Asker, rules: Reading) -> Reading:
    """Return what a model says: a large one of all of the article, given nothing that the rules found.

    A small one is asked only what each number counts that the rules are not sure of, and its words are made a subject
    and a grade by the rules' own tables. No prompt says what the rules took a number for.
    """
    if profile.name == "large":
        return await read_large(article, profile, asker)
    settled = {at for at, number in rules.numbers.items() if number.adjacent or number.reason}
    numbers = [number for number in article.numbers if number.at not in settled and number.reason is None]
    return await read_small(article, numbers, profile, asker, classify)


def _no_such_article(fields: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return a warning where nothing was found that only a review has: any news has a body and a day."""
    found = any(fields[name] for name in ("meeting", "kind", "period", "elected", "recipients"))
    counted = any(
        count.grade or count.given_by or count.subject.startswith("party_") for count in fields["counts"]
    )
    return () if found or counted else (Notice(code="no_such_article"),)


def _provenance(model: Model | None, asker: Asker | None, policy: Policy, seconds: float) -> Provenance:
    return Provenance(
        model=model.name if model else NONE,
        endpoint=model.endpoint if model else None,
        weights_sha256=model.weights_sha256 if model else None,
        profile=model.profile.label if model else NONE,
        policy=dict(policy.items()),
        prompts=dict(versions(model.profile.name)) if model else {},
        parts=asker.parts if asker else {},
        version=_version(),
        seconds=round(seconds, 3),
    )


@lru_cache(maxsize=1)
def _version() -> str:
    return version("summarizer")


def source_of(document: Document) -> Source:
    """Return what a report says of where its text came from."""
    return Source(
        name=document.name,
        location=document.location,
        sha256=document.sha256,
        characters=len(document.text),
        encoding=document.encoding,
        notes=document.notes,
    )
