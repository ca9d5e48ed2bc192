"""The work: what a job is to do, as the command line has it, and what a run of it works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from summarizer.batch.inputs import Sources
from summarizer.batch.journal import Journal
from summarizer.batch.limits import Budget, Price
from summarizer.batch.reporter import ErrorLog, Reporter
from summarizer.batch.tabular import Columns
from summarizer.schemas.labels import Lang
from summarizer.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run is to do. Costs are in US dollars, times in seconds; None: no bound.

    `allow_private`: web pages are read from private addresses too. `redo_outdated`: reports that another version of
    the program made are made anew. `in_flight`, `rpm` and `tpm` bound requests at once, requests and tokens a minute;
    an endpoint that is down is waited for `patience` seconds. `fall_back`: what a Batch API did not answer is asked
    directly; a batch there has at most `batch_requests` and `batch_bytes`, and is looked at every `poll_s` seconds.
    `workers` is for a cluster. `lang` is what is read in, `messages` what who follows the run is told in.
    """

    sources: tuple[str, ...]
    folder: Path
    columns: Columns = field(default_factory=Columns)
    allow_private: bool = False
    retry_failed: bool = False
    redo_outdated: bool = False
    fall_back: bool = False
    in_flight: int | None = None
    rpm: float | None = None
    tpm: float | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    price: Price | None = None
    patience: float = 600.0
    formats: tuple[str, ...] = ()
    lang: Lang = "vi"
    messages: Lang = "en"
    pages: bool = True
    batch_requests: int = 50_000
    batch_bytes: int = 200_000_000
    poll_s: float = 60.0
    workers: int = 2


@dataclass(slots=True, kw_only=True)
class Work:
    """What an engine is given for one run: the job, of which `in_flight` is decided, and what it works with.

    It counts in `skipped` the items that were done before, and says in `whole` whether all items were listed.
    `held_back` are articles to leave as they are.
    """

    job: Job
    in_flight: int
    settings: Settings
    sources: Sources
    journal: Journal
    run: int
    fingerprint: str
    budget: Budget
    reporter: Reporter
    log: ErrorLog
    held_back: frozenset[int] = frozenset()
    skipped: int = 0
    whole: bool = False
