"""Transports: what carries a job's requests, over the network or out of the journal.

`KeepingTransport` stands under the client. It answers a request of an article from what the journal has for it,
and writes what the network answers before it gives it on, so that a killed job asks nothing twice. The Batch
API's results reach the questions the same way. `capturing` says what would be asked, without asking it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx2

from summarizer.batch.records import Kept
from summarizer.errors import AnswerError
from summarizer.model.client import Model
from summarizer.model.completions import MOST_TOKENS
from summarizer.pipeline import extract
from summarizer.settings import Settings
from summarizer.sources.document import Document

_BYTES_A_TOKEN = 4  # three letters of Vietnamese
_JSON = {"content-type": "application/json"}


@dataclass(slots=True)
class ArticleAnswers:
    """The answers of the article that the current task asks about, by request.

    `requests` counts what came over the network for it in this run; `kept` are done once that is in the journal.
    `held_s` is for how many seconds it was held back because the server asked for it.
    """

    article: int
    known: dict[str, bytes] = field(default_factory=dict)
    requests: int = 0
    held_s: float = 0.0
    kept: list[asyncio.Future[None]] = field(default_factory=list)


class Usage(NamedTuple):
    """Tokens of one answer; `estimated` by its length where the server does not count them."""

    tokens_in: int
    tokens_out: int
    estimated: bool = False


_noted: ContextVar[list[bytes] | None] = ContextVar("noted", default=None)
Capture = Callable[[Document], Awaitable[list[bytes]]]
answers_of: ContextVar[ArticleAnswers | None] = ContextVar("answers_of", default=None)


def request_key(body: bytes) -> str:
    """What a request is known by: the SHA-256 of its body."""
    return hashlib.sha256(body).hexdigest()


def usage_of(asked: int, response: bytes) -> Usage | None:
    """The tokens of a completion as the server counts them, or by their length where it sends no count or zero.

    `asked` is how many bytes the request has. None where the body is no completion with an answer.
    """
    try:
        completion: Any = json.loads(response)
    except (ValueError, RecursionError):
        return None
    if not isinstance(completion, dict) or not completion.get("choices"):
        return None
    usage = completion.get("usage")
    counts = [
        usage.get(name) if isinstance(usage, dict) else 0 for name in ("prompt_tokens", "completion_tokens")
    ]
    tokens_in, tokens_out = (one if isinstance(one, int) and 0 < one < MOST_TOKENS else 0 for one in counts)
    if tokens_in and tokens_out:
        return Usage(tokens_in, tokens_out)
    written = json.dumps(completion["choices"], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Usage(tokens_in or asked // _BYTES_A_TOKEN, tokens_out or len(written) // _BYTES_A_TOKEN, True)


class KeepingTransport(httpx2.AsyncBaseTransport):
    """Answers from the journal what it knows; asks the network for the rest, and keeps it.

    `keep` has an answer written. It is handed on, and its place given back to the rate limiter, only once that is
    done: a kill loses no more answers than are in flight. Where it fails, `ArticleAnswers.kept` raises the error, not
    the client. `book` says what the answer's tokens cost.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        *,
        keep: Callable[[Kept], asyncio.Future[None]],
        book: Callable[[int, int, bool], float | None],
    ) -> None:
        self._inner = inner
        self._keep = keep
        self._book = book

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request."""
        article = answers_of.get()
        if article is None or request.method != "POST":
            return await self._inner.handle_async_request(request)
        key = request_key(request.content)
        if (known := article.known.get(key)) is not None:
            return httpx2.Response(200, headers=_JSON, content=known)
        response = await self._inner.handle_async_request(request)
        if response.status_code != 200:
            return response
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        if (tokens := usage_of(len(request.content), body)) is not None:
            kept = Kept(article.article, key, body, **tokens._asdict(), cost=self._book(*tokens))
            article.kept.append(committed := self._keep(kept))
            await asyncio.wait([committed])
            article.known[key] = body
            article.requests += 1
        return httpx2.Response(200, headers=_JSON, content=body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class _Noting(httpx2.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if (noted := _noted.get()) is not None:
            noted.append(await request.aread())
        raise AnswerError("the request is noted, not sent")


@asynccontextmanager
async def capturing(settings: Settings) -> AsyncIterator[Capture]:
    """What the model that `settings` name would be asked, word for word; nothing is connected or loaded.

    Gives a function from a document to the bodies of the requests that its first questions make. The extraction runs
    as always, over a transport that notes each request and gives no answer: first questions do not depend on each
    other's answers, so all of them come.
    """
    async with Model(settings, transport=_Noting(), serve=False) as model:

        async def capture(document: Document) -> list[bytes]:
            bodies: list[bytes] = []
            token = _noted.set(bodies)
            try:
                await extract(document, model)
            finally:
                _noted.reset(token)
            return bodies

        yield capture
