"""The engine for more than one machine: the same run, whose reports are made by actors of a Ray cluster.

The driver reads the sources, keeps the journal and decides what an error means, as on one machine. Each actor has a
client, or an embedded model, of its own, and its share of the job's bounds. `RAY_ADDRESS` says which cluster; without
it Ray starts on this machine. What an actor that died was at is done by the one that takes its place.
"""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import replace
from typing import Any

from summarizer.batch.engine import carry_out
from summarizer.batch.limits import Throttle
from summarizer.batch.runner import Ending
from summarizer.batch.work import Job, Work
from summarizer.batch.writer import JournalWriter
from summarizer.errors import ConfigError, ModelError, install_command
from summarizer.model.client import Model
from summarizer.pipeline import extract
from summarizer.schemas.report import MeetingReport
from summarizer.schemas.taxonomy import use
from summarizer.settings import NONE, Settings
from summarizer.sources.document import Document


class Maker:
    """Makes reports of documents within the bounds of its share of the job; knows nothing of Ray."""

    def __init__(self, settings: Settings, share: Job) -> None:
        in_flight = share.in_flight or 1
        use(settings.taxonomy)
        self._seconds = settings.article_s
        throttle = Throttle(in_flight, rpm=share.rpm, tpm=share.tpm, patience=share.patience)
        settings = settings if settings.embedded else replace(settings, parallel=in_flight)
        self._model = None if settings.model == NONE else Model(settings, limiter=throttle)

    async def make(self, document: Document) -> MeetingReport:
        """Return the report of a document; raises what `extract` raises."""
        if self._model is not None:
            await self._model.prepare()
        return await extract(document, self._model, deadline_s=self._seconds)


async def run_on_ray(work: Work) -> Ending:
    """Do the work on a Ray cluster."""
    try:
        import ray
        import ray.exceptions
    except ImportError:
        raise ConfigError(f"--engine ray needs another package: {install_command('ray')}") from None
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    job, count = work.job, work.job.workers
    in_flight = max(1, work.in_flight // count)
    rpm, tpm = (bound and bound / count for bound in (job.rpm, job.tpm))
    share = replace(job, in_flight=in_flight, rpm=rpm, tpm=tpm)
    free: asyncio.Queue[Any] = asyncio.Queue()
    makers = ray.remote(Maker).options(max_restarts=-1, max_task_retries=1)
    actors = [makers.remote(work.settings, share) for _ in range(count)]
    for actor in actors * (in_flight + 1):  # one more than it asks about at once
        free.put_nowait(actor)

    async def process(document: Document) -> MeetingReport:
        actor = await free.get()
        try:
            return await actor.make.remote(document)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except ray.exceptions.RayError as error:
            ended = ModelError(f"its worker ended again and again ({type(error).__name__}): try again later")
            ended.retryable = True
            raise ended from None
        finally:
            free.put_nowait(actor)

    try:
        async with JournalWriter(work.journal) as writer:
            throttle = Throttle(work.in_flight, patience=job.patience)  # for what an article is asked to wait
            return await carry_out(work, process, writer, throttle, workers=free.qsize())
    finally:
        ray.shutdown()
