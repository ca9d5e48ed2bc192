"""The worker of a Ray cluster: documents in, reports or errors out, with a model of its own.

It knows nothing of Ray: rows come and go as plain values, and an error is a row like any other.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from summarizer.batch.breaker import Breaker
from summarizer.batch.engine import Manners
from summarizer.batch.outcomes import body_of, one_line
from summarizer.batch.throttle import Throttle
from summarizer.errors import ConfigError, ModelError, RateLimitError
from summarizer.model.client import Model, open_model
from summarizer.pipeline import extract
from summarizer.settings import Settings
from summarizer.sources.document import Document

__all__ = ("Answered", "Worker", "row_of")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one document: `body` is the report's JSON without its source.

    `again`: something passing was in the way. `set_up`: nothing will ever work like this.
    """

    article: int
    state: Literal["done", "failed", "again", "set_up"]
    body: bytes = b""
    attempts: int = 1
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    error_kind: str = ""
    error: str = ""


def row_of(article: int, document: Document) -> dict[str, Any]:
    """A document as a row of plain values."""
    return {
        "article": article,
        "name": document.name,
        "text": document.text,
        "location": document.location or "",
        "encoding": document.encoding or "",
        "notes": "\n".join(document.notes),
        "title": document.title or "",
        "published": document.published or "",
    }


class Worker:
    """Makes reports of rows, so many at once as `manners` allow this worker."""

    def __init__(self, settings: Settings, manners: Manners) -> None:
        self._settings = settings if settings.embedded else replace(settings, parallel=manners.in_flight)
        self._manners = manners
        self._runner = asyncio.Runner()
        self._throttle = Throttle(
            manners.in_flight, rpm=manners.rpm, tpm=manners.tpm, patience=manners.patience
        )
        self._model: Model | None = None

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """The rows of `Answered` for a batch of rows, column by column, as Ray Data has them."""
        names = list(batch)
        rows = [dict(zip(names, values, strict=True)) for values in zip(*batch.values(), strict=True)]
        answered = self._runner.run(self._all(rows))
        columns = [asdict(one) for one in answered]
        return {name: [row[name] for row in columns] for name in columns[0]} if columns else {}

    async def _all(self, rows: list[dict[str, Any]]) -> list[Answered]:
        if self._model is None:
            self._model = open_model(self._settings, limiter=self._throttle)
        return await asyncio.gather(*(self._one(row, self._model) for row in rows))

    async def _one(self, row: dict[str, Any], model: Model) -> Answered:
        began = time.monotonic()
        article = int(row["article"])
        # Patience is this article's: whether the endpoint is down for all is the driver's to say.
        breaker = Breaker(threshold=1, patience=self._manners.patience)
        while True:
            try:
                await model.start()
                report = await extract(_document(row), model, deadline_s=self._settings.article_s)
            except RateLimitError as error:
                self._throttle.pause(error.retry_after)
                breaker.limited(str(error))
                if breaker.gives_up(error.retry_after or 0.0):
                    return _failure(article, error, "again", began)
                await self._throttle.wait_for_room()
            except ConfigError as error:
                return _failure(article, error, "set_up", began)
            except Exception as error:  # whatever an article brings about is this article's row
                passing = isinstance(error, ModelError) and error.retryable
                return _failure(article, error, "again" if passing else "failed", began)
            else:
                made = report.provenance
                return Answered(
                    article,
                    "done",
                    body_of(report),
                    requests=made.attempts,
                    tokens_in=made.tokens_in,
                    tokens_out=made.tokens_out,
                    seconds=time.monotonic() - began,
                )


def _document(row: dict[str, Any]) -> Document:
    return Document(
        name=str(row["name"]),
        text=str(row["text"]),
        location=str(row["location"]) or None,
        encoding=str(row["encoding"]) or None,
        notes=tuple(filter(None, str(row["notes"]).split("\n"))),
        title=str(row["title"]) or None,
        published=str(row["published"]) or None,
    )


def _failure(
    article: int, error: Exception, state: Literal["failed", "again", "set_up"], began: float
) -> Answered:
    tokens = (error.tokens_in, error.tokens_out) if isinstance(error, ModelError) else (0, 0)
    return Answered(
        article,
        state,
        tokens_in=tokens[0],
        tokens_out=tokens[1],
        seconds=time.monotonic() - began,
        error_kind=type(error).__name__,
        error=one_line(error),
    )
