"""The Python API: one document, or many, to reports.

A source is a path (`pathlib.Path`, or a string that names a file), the address of a web page, or the text itself.
A model is a `summarizer.model.client.Model`; without one the settings of the environment decide, as
on the command line.
"""

from __future__ import annotations

import asyncio
import warnings
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from os import PathLike, fspath
from typing import Any

from anyio.from_thread import start_blocking_portal

from summarizer.errors import SourceError, SummarizerError
from summarizer.model.client import Model
from summarizer.model.progress import Progress, no_progress
from summarizer.pipeline import extract
from summarizer.referee.policy import policy_for
from summarizer.schemas import report as schema
from summarizer.schemas.labels import labels
from summarizer.schemas.languages import Lang, message_lang
from summarizer.settings import Settings
from summarizer.sources.document import Document
from summarizer.sources.loading import printable, read_document

Source = str | PathLike[str] | Document

_SHOWN = 4096
_OF_ARTICLE = ("organization", "date_held", "period")
_WHOLE = ("period", "at", "counted_at", "part_of", "repeats")
_COLUMNS = ("article", *_OF_ARTICLE, *(name for name in schema.Count.model_fields if name != "readings"))


class MeetingReport(schema.MeetingReport):
    """A report as the Python API gives it: the schema's, and ways to show it and to go on with it.

    MeetingReport.model_validate_json(line)  # of a job's reports.jsonl
    """

    def to_markdown(self, lang: Lang = "vi") -> str:
        """Return the report for a person, as `summarizer summarize` prints it, in Vietnamese or English (`en`)."""
        from summarizer.outputs.markdown import render

        return render(self, lang)

    def to_records(self) -> list[dict[str, Any]]:
        """Return the counts as plain rows: the count's fields, its sentence's words, and which article it is of."""
        article = {"article": self.source.name, **{name: getattr(self, name) for name in _OF_ARTICLE}}
        rows = ({**article, **dict(count), "sentence": count.sentence.text} for count in self.counts)
        return [{name: row[name] for name in _COLUMNS} for row in rows]

    def to_frame(self) -> Any:
        """Return the counts as a pandas data frame, or a polars one where only that is installed, a row each.

        The columns of all reports are of the same types. Not all rows may be added: `part_of` and `repeats` are the
        `at` of a total that has the number in it already, and of one that tells the same; `whose` is another body's.
        Raises ImportError where neither is installed.
        """
        rows = self.to_records()
        columns = {name: [row[name] for row in rows] for name in _COLUMNS}
        if find_spec("pandas"):
            types = {**dict.fromkeys(_WHOLE, "Int64"), "total": "float64"}
            return import_module("pandas").DataFrame(columns).astype(types)
        if find_spec("polars"):
            polars = import_module("polars")
            types = dict.fromkeys(_COLUMNS, polars.String) | dict.fromkeys(_WHOLE, polars.Int64)
            types |= dict.fromkeys(("value", "total"), polars.Float64)
            return polars.DataFrame(columns, schema=types, strict=False)
        raise ImportError("to_frame needs pandas or polars: install one of them; to_records needs neither")

    def __str__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        """The report as a notebook shows it; whatever the article holds is text there, never markup."""
        from markdown_it import MarkdownIt

        return MarkdownIt("commonmark", {"html": False}).enable("table").render(self.to_markdown())


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no report, and why; `source` is its path, or the first line of its text."""

    source: str
    error: SummarizerError


def summarize(
    source: Source, *, settings: Settings | None = None, on_progress: Progress = no_progress
) -> MeetingReport:
    """Return the report of one document.

        report = summarize("article.txt")
        report = summarize(text, settings=Settings.from_env(model="gpt-5-mini"))
        report = summarize(text, settings=Settings.from_env(model="none"))  # by the rules alone
        report = summarize(text, on_progress=lambda stage, done, total: print(stage, done, total))

    `source` is a path, the address of a web page, the text itself, or a `summarizer.sources.document.Document`. A
    string is a path where a file has that name or where it is one line that ends like a file's name.

    It works in a thread of its own, so that it can be called where an event loop runs, as in a notebook. From any
    thread, `on_progress` is called with the name of what is being done (`counts`: the model is asked about them), how
    much of it is done and how much there is (0: not known); the rules alone take milliseconds and call it never.
    Warns (`UserWarning`) of what the report's `warnings` say, as that the text is no such article, in Vietnamese or
    English by the environment (LC_ALL, LC_MESSAGES, LANG).

    Raises TypeError for an argument of another type, SourceError where the document cannot be read or has no
    Vietnamese in it, ConfigError where no model can be had, EndpointError or DeadlineError where it does not answer.
    """
    _check(source, settings, on_progress)
    with start_blocking_portal() as portal:
        report = portal.call(_report, source, settings, None, on_progress)
    return _warned(report)


async def asummarize(
    source: Source,
    *,
    settings: Settings | None = None,
    model: Model | None = None,
    on_progress: Progress = no_progress,
) -> MeetingReport:
    """Return the report of one document, as `summarize` does; an open `model` is used and left open.

    async with Model(settings) as model:  # from summarizer.model.client
        reports = await asyncio.gather(*(asummarize(path, model=model) for path in paths))
    """
    if model is not None and (settings is not None or not isinstance(model, Model)):
        raise TypeError("model must be an open summarizer.model.client.Model, and settings be left to it")
    _check(source, settings, on_progress)
    return _warned(await _report(source, settings, model, on_progress))


def summarize_many(
    sources: Iterable[Source],
    *,
    settings: Settings | None = None,
    in_flight: int | None = None,
    on_progress: Progress = no_progress,
) -> Iterator[MeetingReport | Failure]:
    """Yield a report or a failure for each source, in the order of the sources.

        for one in summarize_many(Path("articles").glob("*.txt")):
            print(one.source, one.error) if isinstance(one, Failure) else print(one.organization)

    At most `in_flight` documents are under way at once (by default as many as the model takes questions), and
    sources are read only as they are needed. A source that fails is a `Failure`, never an exception; a set-up
    that is wrong raises ConfigError, and what is no collection of sources TypeError.
    """
    if isinstance(sources, str | bytes | PathLike | Document) or not isinstance(sources, Iterable):
        raise TypeError(f"summarize_many takes a collection of sources, not {type(sources).__name__}")
    if in_flight is not None and (type(in_flight) is not int or in_flight < 1):
        raise TypeError(f"in_flight must be a whole number from 1 on, not {in_flight!r}")
    _check("", settings, on_progress)
    return _reports(iter(sources), settings or Settings.from_env(), in_flight, on_progress)


def _reports(
    sources: Iterator[Source], settings: Settings, in_flight: int | None, on_progress: Progress
) -> Iterator[MeetingReport | Failure]:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(_opened(settings, on_progress)) as model,
    ):
        limit = in_flight or max(1, model.profile.parallel)
        under_way: deque[Future[MeetingReport | Failure]] = deque()
        while True:
            for source in islice(sources, limit - len(under_way)):
                under_way.append(portal.start_task_soon(_report_or_failure, source, model, on_progress))
            if not under_way:
                return
            yield under_way.popleft().result()


@asynccontextmanager
async def _opened(settings: Settings, on_progress: Progress) -> AsyncIterator[Model]:
    # What is wrong with the policy is raised before anything is asked.
    policy_for(settings.profile.name, settings.policy)
    async with Model(settings, progress=on_progress) as model:
        await model.prepare()
        yield model


async def _report(
    source: Source, settings: Settings | None, model: Model | None, on_progress: Progress
) -> MeetingReport:
    document = source if isinstance(source, Document) else await asyncio.to_thread(read_document, source)
    if model is not None:
        made = await extract(document, model, deadline_s=model.settings.article_s, progress=on_progress)
    else:
        settings = settings or Settings.from_env()
        async with _opened(settings, on_progress) as opened:
            made = await extract(document, opened, deadline_s=settings.article_s, progress=on_progress)
    return MeetingReport.model_construct(made.model_fields_set, **dict(made))


async def _report_or_failure(source: Source, model: Model, on_progress: Progress) -> MeetingReport | Failure:
    try:
        if wrong := _wrong_source(source):
            raise SourceError(wrong)
        return await _report(source, None, model, on_progress)
    except SummarizerError as error:
        return Failure(_shown(source), error)
    except Exception as error:  # one document that nobody foresaw is not to end the others
        known = SummarizerError(f"unexpected {type(error).__name__}: {' '.join(str(error).split())[:300]}")
        known.__cause__ = error
        return Failure(_shown(source), known)


def _shown(source: object) -> str:
    name = source.name if isinstance(source, Document) else str(source)
    return printable(name.split("\n", 1)[0][:_SHOWN])


def _check(source: object, settings: object, on_progress: object) -> None:
    """Raise TypeError, in a line, for what cannot be an argument."""
    if wrong := _wrong_source(source):
        raise TypeError(wrong)
    if settings is not None and not isinstance(settings, Settings):
        raise TypeError(
            f"settings must be Settings, as from Settings.from_env(model=…), not {type(settings).__name__}"
        )
    if not isinstance(on_progress, Callable):
        raise TypeError(f"on_progress must be a function, not {type(on_progress).__name__}")


def _wrong_source(source: object) -> str | None:
    if isinstance(source, str | Document) or (
        isinstance(source, PathLike) and isinstance(fspath(source), str)
    ):
        return None
    return f"a source is a text, a path, an address or a Document, not {type(source).__name__}"


def _warned(report: MeetingReport) -> MeetingReport:
    for line in labels(message_lang()).warnings(report):
        warnings.warn(f"{report.source.name}: {line}", UserWarning, stacklevel=3)
    return report
