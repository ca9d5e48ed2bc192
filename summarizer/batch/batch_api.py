"""The provider's Files and Batches by the openai client, and the journal's account of what was asked in which batch.

Answers are streamed line by line instead of being held in memory. In `Ledger` a batch is `sealed` with its file on
the disk, `submitting` from before the first word to the provider, `submitted` once the provider's own name for it is
known, `collected` once its answers are in the journal, and `refused` where the provider would not take it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import openai
from openai.types import Batch

from summarizer.batch.journal import Journal, keep_answer
from summarizer.batch.records import Kept
from summarizer.errors import ConfigError, EndpointError
from summarizer.model.faults import of_connection, of_status
from summarizer.model.retries import SystemClock, send_again
from summarizer.model.transport import connect
from summarizer.settings import Settings

__all__ = ("ENDPOINT", "BatchApi", "Ledger", "Sealed")

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
                "--engine openai-batch needs an endpoint with a Batch API: give --model, and a key"
            )
        self._settings = settings
        # No redirect is followed: it would take the requests, and the key, to whoever it names.
        http = httpx2.AsyncClient(
            transport=connect(settings.base_url), timeout=_TIMEOUT, follow_redirects=False
        )
        self._client = openai.AsyncOpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
            max_retries=0,
            http_client=http,
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
        return await self._ask(
            lambda: self._client.batches.create(
                input_file_id=input_file,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={NAME: name},
            ),
            retries=0,
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
                raise EndpointError(f"{self._settings.endpoint} has no Batch API: its answer is another")
            return answer

        until = time.monotonic() + _RETRIES_S
        retries = self._settings.retries if retries is None else retries
        return await send_again(once, until=lambda: until, retries=retries, clock=SystemClock())

    @contextmanager
    def _faults(self) -> Iterator[None]:
        settings = self._settings
        try:
            yield
        except openai.APIStatusError as error:
            raise of_status(
                error.status_code,
                error.response.headers,
                _object(error.response.content),
                endpoint=settings.endpoint,
                model=settings.model,
                secrets=(settings.api_key,),
            ) from None
        except openai.APIConnectionError as error:
            raise of_connection(error.__cause__, endpoint=settings.endpoint) from None
        except httpx2.TransportError as error:
            raise of_connection(error, endpoint=settings.endpoint) from None


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


@dataclass(frozen=True, slots=True)
class Sealed:
    """One batch: `name` is ours, `batch` and `input_file` the provider's; `sealed_at` in seconds since 1970."""

    name: str
    file: str
    requests: int
    state: str
    sealed_at: int
    input_file: str | None
    batch: str | None


class Ledger:
    """The batches in a job's journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def seal(self, name: str, file: str, requests: int, asked: Iterable[tuple[int, str]]) -> None:
        """Register a batch that is whole on the disk, with the (article, request) pairs it answers."""
        with self._journal.writing() as db:
            db.execute(
                "INSERT INTO batches (name, file, requests, state, sealed_at) VALUES (?, ?, ?, 'sealed', ?)",
                (name, file, requests, int(time.time())),
            )
            _note_asked(db, asked, name)

    def is_asked(self, article: int) -> bool:
        """Whether an article's requests are in batches that were taken, and none of them is to be asked again."""
        ((asked, failed),) = self._journal.select(
            "SELECT count(*), count(r.error) FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.article = ? AND b.state != 'refused'",
            (article,),
        )
        return asked > 0 and failed == 0

    def has(self, article: int, request: str) -> bool:
        """Whether an article's request is answered, or another's that is the same is in a batch not yet collected.

        Then the article gets that batch's answer too.
        """
        query = "SELECT 1 FROM answers WHERE article = ? AND request = ?"
        if self._journal.select(query, (article, request)):
            return True
        rows = self._journal.select(
            "SELECT b.name FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.request = ? AND b.state IN ('sealed', 'submitting', 'submitted') LIMIT 1",
            (request,),
        )
        for (name,) in rows:
            with self._journal.writing() as db:
                _note_asked(db, [(article, request)], name)
        return bool(rows)

    def fail(self, batch: str, errors: Mapping[str, str], reason: str) -> int:
        """Note that the requests of a batch that have no answer failed, and how many those are.

        Each by its own reason in `errors`, else by `reason`. They are asked again in another batch, or directly
        where that is wanted.
        """
        unanswered = self._journal.select(
            "SELECT r.article, r.request FROM batch_requests r WHERE r.batch = ? AND NOT EXISTS"
            " (SELECT 1 FROM answers a WHERE a.article = r.article AND a.request = r.request)",
            (batch,),
        )
        with self._journal.writing() as db:
            db.executemany(
                "UPDATE batch_requests SET error = ? WHERE article = ? AND request = ?",
                ((errors.get(request, reason), article, request) for article, request in unanswered),
            )
        return len(unanswered)

    def failed(self) -> frozenset[int]:
        """The articles with requests that failed in their batch."""
        rows = self._journal.select("SELECT DISTINCT article FROM batch_requests WHERE error IS NOT NULL", ())
        return frozenset(article for (article,) in rows)

    def pending(self) -> list[Sealed]:
        """The batches that are neither collected nor refused, in the order they were sealed."""
        rows = self._journal.select(
            "SELECT name, file, requests, state, sealed_at, input_file, batch FROM batches"
            " WHERE state IN ('sealed', 'submitting', 'submitted') ORDER BY rowid",
            (),
        )
        return [Sealed(*row) for row in rows]

    def mark(self, name: str, state: str, **values: str | None) -> None:
        """Set a batch's state, and `input_file`, `batch` or `error`."""
        columns = {"state": state, **values}
        if unknown := columns.keys() - {"state", "input_file", "batch", "error"}:
            raise TypeError(f"no such column: {unknown}")
        with self._journal.writing() as db:
            for column, value in columns.items():
                db.execute(f"UPDATE batches SET {column} = ? WHERE name = ?", (value, name))  # noqa: S608

    def collect(self, answers: Iterable[Kept]) -> None:
        """Give each answer to every article that asked for it; the first of them bears the cost.

        `article` of what is given is not looked at: a batch knows requests only.
        """
        with self._journal.writing() as db:
            for answer in answers:
                articles = db.execute(
                    "SELECT article FROM batch_requests WHERE request = ?", (answer.request,)
                ).fetchall()
                for rank, (article,) in enumerate(articles):
                    bears = replace(answer, article=article)
                    if rank:
                        bears = replace(bears, tokens_in=0, tokens_out=0, cost=None, estimated=False)
                    keep_answer(db, bears)


def _note_asked(db: sqlite3.Connection, asked: Iterable[tuple[int, str]], name: str) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO batch_requests (article, request, batch) VALUES (?, ?, ?)",
        ((article, request, name) for article, request in asked),
    )
