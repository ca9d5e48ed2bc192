"""Capture: what would be asked about an article, word for word, without asking it.

The extraction runs as always, over a transport that notes each request and gives no answer. An article's
first questions do not depend on each other's answers, so all of them come.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

import httpx2

from summarizer.batch.runner import Process
from summarizer.errors import AnswerError
from summarizer.schemas.report import MeetingReport
from summarizer.settings import Settings
from summarizer.sources.document import Document

__all__ = ("Capture", "capturing")

_noted: ContextVar[list[bytes] | None] = ContextVar("noted", default=None)


class Capture:
    """Says what a model would be asked. Made by `capturing`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def requests(self, document: Document) -> list[bytes]:
        """The bodies of the requests that a document's first questions make."""
        bodies: list[bytes] = []
        token = _noted.set(bodies)
        try:
            await self._process(document)
        finally:
            _noted.reset(token)
        return bodies


class _Noting(httpx2.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        noted = _noted.get()
        if noted is not None:
            noted.append(await request.aread())
        raise AnswerError("the request is noted, not sent")


@asynccontextmanager
async def capturing(settings: Settings) -> AsyncIterator[Capture]:
    """A capture for the model that `settings` name; nothing is connected or loaded."""
    from summarizer.model.client import open_model
    from summarizer.pipeline import extract

    async with open_model(settings, transport=_Noting(), serve=False) as model:

        async def process(document: Document) -> MeetingReport:
            return await extract(document, model)

        yield Capture(process)
