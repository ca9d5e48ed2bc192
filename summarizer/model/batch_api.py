"""The provider's Files and Batches, by the openai client; answers are streamed line by line, not held in memory."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import openai
from openai.types import Batch

from summarizer.errors import ConfigError, EndpointError
from summarizer.model.completions import from_json
from summarizer.model.faults import of_connection, of_status
from summarizer.model.retries import SystemClock, send_again
from summarizer.model.transport import connect
from summarizer.settings import Settings

T = TypeVar("T")

ENDPOINT = "/v1/chat/completions"
NAME = "summarizer"  # the key of a batch's metadata that holds our name for it
_PAGES = 20
_TIMEOUT = httpx2.Timeout(120.0, connect=10.0)
_RETRIES_S = 600.0


class BatchApi:
    """Files and Batches of the endpoint that `settings` name; an async context manager."""

    def __init__(self, settings: Settings) -> None:
        if settings.azure_endpoint is not None:
            raise ConfigError(
                "--engine openai-batch speaks the Batch API as OpenAI has it, not as Azure does: "
                "leave out --engine, which asks Azure directly"
            )
        if settings.base_url is None:
            raise ConfigError(
                "--engine openai-batch needs an endpoint with a Batch API: set OPENAI_API_KEY, and give --model"
            )
        self._settings = settings
        # No redirect is followed: it would take the requests, and the key, to whoever it names.
        http = httpx2.AsyncClient(
            transport=connect(settings.base_url), timeout=_TIMEOUT, follow_redirects=False
        )
        key = settings.api_key.get_secret_value() if settings.api_key else "none"
        self._client = openai.AsyncOpenAI(
            base_url=settings.base_url, api_key=key, max_retries=0, http_client=http
        )

    async def __aenter__(self) -> BatchApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def upload(self, path: Path, name: str) -> str:
        """Upload a file of requests; gives the provider's name for it."""

        async def send() -> Any:
            with path.open("rb") as file:
                return await self._client.files.create(
                    file=(name, file, "application/jsonl"), purpose="batch"
                )

        return (await self._ask(send)).id

    async def create(self, input_file: str, name: str) -> Batch:
        """Start a batch over an uploaded file. It is not sent again by itself: look it up by `name` first."""
        started: dict[str, Any] = {"endpoint": ENDPOINT, "completion_window": "24h", "metadata": {NAME: name}}
        return await self._ask(
            lambda: self._client.batches.create(input_file_id=input_file, **started), retries=0
        )

    async def get(self, batch: str) -> Batch:
        """A batch as it is now."""
        return await self._ask(lambda: self._client.batches.retrieve(batch))

    async def find(self, name: str, since: int) -> Batch | None:
        """The batch of our `name`, among those created after `since` (seconds since 1970)."""
        page = await self._ask(lambda: self._client.batches.list(limit=100))
        for _ in range(_PAGES):
            for batch in page.data:
                if (batch.metadata or {}).get(NAME) == name:
                    return batch
            if not page.has_next_page() or page.data[-1].created_at < since - 3600:
                return None
            page = await self._ask(page.get_next_page)
        return None

    async def lines(self, file: str) -> AsyncIterator[dict[str, Any]]:
        """The lines of a file of answers, as they come; what is no JSON object is left out."""
        with self._faults():
            async with self._client.files.with_streaming_response.content(file) as response:
                rest = b""
                async for chunk in response.iter_bytes():
                    *whole, rest = (rest + chunk).split(b"\n")  # not by what else some take for a line's end
                    for value in filter(None, map(_object, whole)):
                        yield value
                if value := _object(rest):
                    yield value

    async def _ask(self, send: Callable[[], Awaitable[T]], retries: int | None = None) -> T:
        async def once() -> T:
            with self._faults():
                answer = await send()
            if not hasattr(answer, "id") and not hasattr(answer, "data"):
                raise EndpointError(
                    f"{self._settings.endpoint} has no Batch API: its answer is no JSON object"
                )
            return answer

        until = time.monotonic() + _RETRIES_S
        retries = self._settings.retries if retries is None else retries
        return await send_again(once, until=lambda: until, retries=retries, clock=SystemClock())

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except openai.APIStatusError as error:
            response = error.response
            body = _object(response.content)
            raise of_status(response.status_code, response.headers, body, self._settings) from None
        except (openai.APIConnectionError, httpx2.TransportError) as error:
            raise of_connection(error.__cause__ or error, endpoint=self._settings.endpoint) from None


def _object(data: bytes) -> dict[str, Any] | None:
    value = from_json(data)
    return value if isinstance(value, dict) else None
