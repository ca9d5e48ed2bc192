"""The job: one run of `summarizer batch`, from its sources to its exports and its summary."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from summarizer.batch.engine import run_here
from summarizer.batch.exports import export
from summarizer.batch.fetched import Web
from summarizer.batch.inputs import Sources
from summarizer.batch.items import fingerprint, program
from summarizer.batch.job_taxonomy import FILE as TAXONOMY
from summarizer.batch.job_taxonomy import keep_taxonomy, with_taxonomy
from summarizer.batch.journal import Journal
from summarizer.batch.limits import FREE, Budget, find_price
from summarizer.batch.pages import PAGES
from summarizer.batch.records import Totals, now
from summarizer.batch.reporter import ErrorLog, Reporter, make_reporter, one_line
from summarizer.batch.runner import Ending
from summarizer.batch.status import Summary, hold
from summarizer.batch.work import Job, Work
from summarizer.errors import ConfigError, SummarizerError
from summarizer.model.client import check_weights
from summarizer.outputs.files import remove_parts, write_whole
from summarizer.outputs.formats import require
from summarizer.settings import NONE, Settings

Engine = Callable[[Work], Awaitable[Ending]]

RUN_JSON = "run.json"
_IN_FLIGHT = 16  # requests to a server that says nothing of its own
_SPENT = ("attempts", "requests", "tokens_in", "tokens_out", "estimated", "cost")
_AHEAD = 256  # items that are looked ahead for web pages to fetch


def run_job(
    job: Job, settings: Settings, engine: Engine = run_here, *, stdin: BinaryIO | None = None
) -> Summary:
    """Run a job to its end, whatever end; raises `ConfigError` where nothing could be begun.

    A user's taxonomy stays with the job, whose later runs have it where they name none.
    """
    settings = with_taxonomy(job.folder, settings)
    require(job.formats)
    check_weights(settings)
    web = Web(job.folder, allow_private=job.allow_private, ahead=_AHEAD, patience=job.patience)
    sources = Sources(job.sources, columns=job.columns, exclude=job.folder, stdin=stdin, web=web)
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{job.folder}: cannot be made ({error.strerror}); give another --out") from None
    with hold(job.folder), Journal(job.folder) as journal, web:
        for folder in (job.folder, job.folder / PAGES):
            remove_parts(folder)
        before = journal.totals()
        budget = _budget(job, settings, before)
        at_terminal = sys.stderr.isatty()  # asked before a bar stands in its place, which says no
        reporter = make_reporter(budget, job.messages)
        if settings.taxonomy == str(job.folder / TAXONOMY):
            reporter.notice(f"with the taxonomy of this job's earlier runs: {job.folder / TAXONOMY}")
        in_flight = job.in_flight or settings.parallel or _in_flight(settings)
        if at_terminal and "-" not in job.sources:
            _count_ahead(job, reporter)
        settings = keep_taxonomy(job.folder, settings)
        work = Work(
            job=job,
            in_flight=in_flight,
            settings=settings,
            sources=sources,
            journal=journal,
            run=journal.start_run({"sources": job.sources, **settings.parameters}),
            fingerprint=fingerprint(settings),
            budget=budget,
            reporter=reporter,
            log=ErrorLog(job.folder, settings.secrets),
        )
        started_at, began = now(), time.monotonic()
        try:
            ending = _exported(work, asyncio.run(_ending(engine, work, web)))
        finally:
            reporter.close()
        summary = _summary(work, ending, before, round(time.monotonic() - began, 3), started_at)
        try:
            journal.end_run(work.run, asdict(summary))
            text = json.dumps(asdict(summary), ensure_ascii=False, indent=2)
            write_whole(job.folder / RUN_JSON, text + "\n")
        except (OSError, SummarizerError) as error:
            ending = _unwritten(ending, job.folder, error)
            summary = replace(summary, ending=ending.kind, reason=ending.reason)
        return summary


def _exported(work: Work, ending: Ending) -> Ending:
    """Write the outputs, unless the run was to stop at once; how it ended after that."""
    journal, job = work.journal, work.job
    wanted: dict[str, Any] = {"formats": job.formats, "pages": job.pages, "lang": job.lang}
    try:
        if work.whole:
            journal.mark_missing(work.run)
        if not ending.at_once:
            export(journal, **wanted, only_changed=True, progress=work.reporter.stage)
    except (OSError, SummarizerError) as error:
        return _unwritten(ending, job.folder, error)
    return ending


def _unwritten(ending: Ending, folder: Path, error: Exception) -> Ending:
    """How a run ended whose outputs could not be written, not all of them."""
    reason = str(error)
    if isinstance(error, OSError):
        reason = f"{folder}: the exports cannot be written ({error}); free some space and run again"
    if ending.kind in ("broken", "set_up"):
        return replace(ending, reason=f"{ending.reason}; {reason}")
    return replace(ending, kind="broken", reason="; ".join(filter(None, (ending.reason, reason))))


async def _ending(engine: Engine, work: Work, web: Web) -> Ending:
    try:
        ending = await engine(work)
        if job_files := work.sources.job_files:
            work.reporter.notice(f"{job_files:,} left out: files that a job wrote, which are no articles")
        if ignored := work.sources.ignored:
            kinds = "files of kinds that hold no article, such as pictures"
            work.reporter.notice(f"{ignored:,} left out: {kinds}")
        return ending
    except SummarizerError:
        raise
    except Exception as error:  # what is committed is exported all the same
        work.log.write("the job itself", error)
        return Ending("broken", one_line(error))
    finally:
        web.close()  # the loop's end waits for its threads, and one may be waiting for a page


def _in_flight(settings: Settings) -> int:
    if settings.model == NONE:
        return 1
    return settings.profile.parallel if settings.embedded else _IN_FLIGHT


def _budget(job: Job, settings: Settings, spent: Totals) -> Budget:
    price = FREE if settings.model == NONE else job.price or find_price(settings.model, settings.address)
    if job.max_cost is not None and price is None:
        raise ConfigError(
            f"--max-cost needs the price of {settings.model}, which is not known: give --price IN,OUT"
        )
    return Budget(
        price,
        max_tokens=job.max_tokens,
        max_cost=job.max_cost,
        tokens=spent.tokens_in + spent.tokens_out,
        cost=spent.cost or 0.0,
        estimated=spent.estimated > 0,
    )


def _count_ahead(job: Job, reporter: Reporter) -> None:
    """Count the items in the background, so that who follows them knows how many there are.

    Not for a list on stdin, which can be read once only.
    """

    def count() -> None:
        sources = Sources(job.sources, columns=job.columns, exclude=job.folder)
        reporter.expect(sum(1 for _ in sources))

    threading.Thread(target=count, daemon=True).start()


def _summary(work: Work, ending: Ending, before: Totals, seconds: float, started_at: str) -> Summary:
    listed, after = work.journal.totals(work.run, program=program()), work.journal.totals()
    settings, price = work.settings, work.budget.price
    spent = {name: getattr(after, name) - getattr(before, name) for name in _SPENT}
    figures: dict[str, Any] = asdict(listed) | spent
    figures |= {
        "done": listed.done - work.skipped,
        "cost": None if price is None else round(spent["cost"], 6),
        "seconds": seconds,
    }
    return Summary(
        **figures,
        run=work.run,
        ending=ending.kind,
        reason=ending.reason,
        skipped=work.skipped,
        ignored=work.sources.ignored,
        job_files=work.sources.job_files,
        started_at=started_at,
        model=settings.model,
        endpoint=settings.endpoint,
        profile=settings.profile.label,
        price=None if price is None else asdict(price),
        fingerprint=work.fingerprint,
        program=program(),
        versions={name: version(name) for name in ("summarizer", "openai", "instructor", "pydantic")},
    )
