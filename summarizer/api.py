"""The Python API: one document, or many, to reports.

A source is a path (`pathlib.Path`, or a string that names a file), the address of a web page, or the text itself.
A model is what `summarizer.model.client.open_model` made; without one the settings of the environment decide, as
on the command line.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike

from summarizer.errors import SummarizerError
from summarizer.model.client import Model, open_model
from summarizer.model.progress import Progress, no_progress
from summarizer.pipeline import extract
from summarizer.schemas.report import MeetingReport
from summarizer.settings import Settings
from summarizer.sources.document import Document
from summarizer.sources.reading import printable, read_document

__all__ = ("Failure", "asummarize", "summarize", "summarize_many")

_SHOWN = 4096


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no report, and why; `source` is its path, or the first line of its text."""

    source: str
    error: SummarizerError


def summarize(
    source: str | PathLike[str] | Document,
    *,
    settings: Settings | None = None,
    progress: Progress = no_progress,
) -> MeetingReport:
    """Return the report of one document.

        report = summarize("article.txt")
        report = summarize(text, settings=Settings.from_env(model="gpt-5-mini"))

    Raises SourceError where the document cannot be read, ConfigError where no model can be had, EndpointError
    or DeadlineError where it does not answer. Not to be called from a running event loop: use `asummarize`.
    """
    return asyncio.run(asummarize(source, settings=settings, progress=progress))


async def asummarize(
    source: str | PathLike[str] | Document,
    *,
    settings: Settings | None = None,
    model: Model | None = None,
    progress: Progress = no_progress,
) -> MeetingReport:
    """Return the report of one document, as `summarize` does; an open `model` is used and left open."""
    document = source if isinstance(source, Document) else await asyncio.to_thread(read_document, source)
    if model is not None:
        return await extract(document, model, deadline_s=model.settings.article_s, progress=progress)
    settings = settings or Settings.from_env()
    async with open_model(settings, progress=progress) as opened:
        await opened.start()
        return await extract(document, opened, deadline_s=settings.article_s, progress=progress)


def summarize_many(
    sources: Iterable[str | PathLike[str] | Document],
    *,
    settings: Settings | None = None,
    in_flight: int | None = None,
    progress: Progress = no_progress,
) -> Iterator[MeetingReport | Failure]:
    """Yield a report or a failure for each source, in the order of the sources.

    At most `in_flight` documents are under way at once (by default as many as the model takes questions), and
    sources are read only as they are needed. A source that fails is a `Failure`, never an exception; a set-up
    that is wrong raises ConfigError before the first.
    """
    settings = settings or Settings.from_env()
    with asyncio.Runner() as runner:
        model = open_model(settings, progress=progress)
        runner.run(model.start())
        limit = in_flight or max(1, model.profile.parallel)
        under_way: deque[asyncio.Task[MeetingReport | Failure]] = deque()
        waiting = iter(sources)
        loop = runner.get_loop()
        try:
            while True:
                while len(under_way) < limit and (source := next(waiting, None)) is not None:
                    under_way.append(loop.create_task(_report_or_failure(source, model, progress)))
                if not under_way:
                    return
                yield runner.run(_result(under_way.popleft()))
        finally:
            for task in under_way:
                task.cancel()
            runner.run(model.aclose())


async def _result(task: asyncio.Task[MeetingReport | Failure]) -> MeetingReport | Failure:
    return await task


async def _report_or_failure(
    source: str | PathLike[str] | Document, model: Model, progress: Progress
) -> MeetingReport | Failure:
    try:
        return await asummarize(source, model=model, progress=progress)
    except Exception as error:  # whatever a source brings about is that source's failure
        shown = source.name if isinstance(source, Document) else str(source)
        return Failure(printable(shown.split("\n", 1)[0][:_SHOWN]), _known(error))


def _known(error: Exception) -> SummarizerError:
    """Return an error as one of this library's, with one that nobody foresaw as its cause."""
    if isinstance(error, SummarizerError):
        return error
    known = SummarizerError(" ".join(f"unexpected {type(error).__name__}: {error}".split())[:_SHOWN])
    known.__cause__ = error
    return known
