"""Transports: what carries a job's requests, over the network or out of the journal.

`KeepingTransport` stands under the client. It answers a request of an article from what the journal has for it,
and writes what the network answers before it gives it on, so that a killed job asks nothing twice. The Batch
API's results reach the questions the same way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import httpx2

from summarizer.batch.records import Kept

__all__ = (
    "ArticleAnswers",
    "KeepingTransport",
    "answers_of",
    "request_key",
    "usage_of",
)

_BYTES_A_TOKEN = 4  # three letters of Vietnamese
_JSON = {"content-type": "application/json"}


@dataclass(slots=True)
class ArticleAnswers:
    """The answers of the article that the current task asks about, by request.

    `requests`, `tokens_in` and `tokens_out` count what came over the network for it in this run.
    """

    article: int
    known: dict[str, bytes] = field(default_factory=dict)
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


answers_of: ContextVar[ArticleAnswers | None] = ContextVar("answers_of", default=None)


def request_key(body: bytes) -> str:
    """What a request is known by: the SHA-256 of its body."""
    return hashlib.sha256(body).hexdigest()


def usage_of(request: bytes, response: bytes) -> tuple[int, int] | None:
    """Tokens read and written as a completion says, or by its length where it does not.

    None where the body is no completion with an answer.
    """
    try:
        completion: Any = json.loads(response)
    except ValueError:
        return None
    if not isinstance(completion, dict) or not completion.get("choices"):
        return None
    usage = completion.get("usage")
    if not isinstance(usage, dict):
        return len(request) // _BYTES_A_TOKEN, len(response) // _BYTES_A_TOKEN
    return _whole(usage.get("prompt_tokens")), _whole(usage.get("completion_tokens"))


class KeepingTransport(httpx2.AsyncBaseTransport):
    """Answers from the journal what it knows; asks the network for the rest, and keeps it.

    `keep` returns once the answer is written; `book` says what its tokens cost.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        *,
        keep: Callable[[Kept], Awaitable[None]],
        book: Callable[[int, int], float | None],
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
        if (tokens := usage_of(request.content, body)) is not None:
            await self._keep(Kept(article.article, key, body, *tokens, self._book(*tokens)))
            article.known[key] = body
            article.requests += 1
            article.tokens_in += tokens[0]
            article.tokens_out += tokens[1]
        return httpx2.Response(200, headers=_JSON, content=body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
