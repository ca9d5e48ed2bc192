"""The provider's Files and Batches over plain HTTP, and the journal's account of what was asked in which batch.

`BatchApi` speaks the protocol itself rather than through the openai client, which only `summarizer.model.client`
imports: the five calls have no schema worth a library, and the answers are streamed line by line instead of being
held in memory. In `Ledger` a batch is `sealed` with its file on the disk, `submitting` from before the first word
to the provider, `submitted` once the provider's own name for it is known, `collected` once its answers are in the
journal, and `refused` where the provider would not take it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx2

from summarizer.batch.journal import Journal
from summarizer.batch.records import Kept, keep_row
from summarizer.errors import ConfigError, EndpointError
from summarizer.model.faults import of_connection, of_status
from summarizer.model.retries import Clock, SystemClock, send_again
from summarizer.model.transport import connect
from summarizer.settings import Settings

__all__ = ("BatchApi", "BatchState", "Ledger", "Sealed")

ENDPOINT = "/v1/chat/completions"
NAME = "summarizer"  # the key of a batch's metadata that holds our name for it
_PAGES = 20
_TIMEOUT = httpx2.Timeout(120.0, connect=10.0)
_RETRIES_S = 600.0


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as the provider describes it; files are the provider's names, None while there are none."""

    id: str
    status: str
    name: str | None
    output_file: str | None
    error_file: str | None
    completed: int
    total: int
    error: str | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in {"completed", "failed", "expired", "cancelled"}


class BatchApi:
    """Files and Batches of the endpoint that `settings` name; an async context manager."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
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
        self._clock = clock or SystemClock()
        key = settings.api_key.get_secret_value() if settings.api_key else "none"
        self._http = httpx2.AsyncClient(
            base_url=settings.base_url.rstrip("/") + "/",
            headers={"authorization": f"Bearer {key}"},
            transport=connect(settings.base_url),
            timeout=_TIMEOUT,
        )

    async def __aenter__(self) -> BatchApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def upload(self, path: Path, name: str) -> str:
        """Upload a file of requests; gives the provider's name for it."""

        async def send() -> httpx2.Response:
            with path.open("rb") as file:
                return await self._http.post(
                    "files", data={"purpose": "batch"}, files={"file": (name, file, "application/jsonl")}
                )

        return str((await self._ask(send))["id"])

    async def create(self, input_file: str, name: str) -> BatchState:
        """Start a batch over an uploaded file. It is not sent again by itself: look it up by `name` first."""
        body = {
            "input_file_id": input_file,
            "endpoint": ENDPOINT,
            "completion_window": "24h",
            "metadata": {NAME: name},
        }
        return _state(await self._ask(lambda: self._http.post("batches", json=body), retries=0))

    async def get(self, batch: str) -> BatchState:
        """A batch as it is now."""
        return _state(await self._ask(lambda: self._http.get(f"batches/{batch}")))

    async def find(self, name: str, since: int) -> BatchState | None:
        """The batch of our `name`, among those created after `since` (seconds since 1970)."""
        query = {"limit": "100"}
        for _ in range(_PAGES):
            page = await self._ask(partial(self._http.get, "batches", params=query))
            found = page.get("data") or []
            for batch in found:
                if _state(batch).name == name:
                    return _state(batch)
            if not found or not page.get("has_more") or int(found[-1].get("created_at") or 0) < since - 3600:
                return None
            query = {"limit": "100", "after": str(found[-1]["id"])}
        return None

    async def lines(self, file: str) -> AsyncIterator[dict[str, Any]]:
        """The lines of a file of answers, as they come; what is no JSON object is left out."""
        async with self._http.stream("GET", f"files/{file}/content") as response:
            if response.status_code >= 400:
                await response.aread()
                raise self._fault(response)
            rest = b""
            async for chunk in response.aiter_bytes():
                *whole, rest = (rest + chunk).split(b"\n")  # not by what else some take for a line's end
                for line in whole:
                    if (value := _object(line)) is not None:
                        yield value
            if (value := _object(rest)) is not None:
                yield value

    async def _ask(
        self, send: Callable[[], Awaitable[httpx2.Response]], retries: int | None = None
    ) -> dict[str, Any]:
        async def once() -> dict[str, Any]:
            try:
                response = await send()
            except httpx2.TransportError as error:
                raise of_connection(error, endpoint=self._settings.endpoint) from None
            if response.status_code >= 400:
                raise self._fault(response)
            if (value := _object(response.content)) is not None:
                return value
            raise EndpointError(f"{self._settings.endpoint} has no Batch API: its answer is no JSON object")

        until = time.monotonic() + _RETRIES_S
        retries = self._settings.retries if retries is None else retries
        return await send_again(once, until=lambda: until, retries=retries, clock=self._clock)

    def _fault(self, response: httpx2.Response) -> Exception:
        return of_status(
            response.status_code,
            response.headers,
            _object(response.content),
            endpoint=self._settings.endpoint,
            model=self._settings.model,
            secrets=(self._settings.api_key,),
        )


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _state(batch: dict[str, Any]) -> BatchState:
    counts = batch.get("request_counts") or {}
    errors = (batch.get("errors") or {}).get("data") or []
    return BatchState(
        id=str(batch["id"]),
        status=str(batch.get("status")),
        name=(batch.get("metadata") or {}).get(NAME),
        output_file=batch.get("output_file_id"),
        error_file=batch.get("error_file_id"),
        completed=int(counts.get("completed") or 0) + int(counts.get("failed") or 0),
        total=int(counts.get("total") or 0),
        error=" ".join(str(errors[0].get("message")).split())[:200] if errors else None,
    )


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
            _ask(db, asked, name)

    def share(self, asked: Iterable[tuple[int, str]], name: str) -> None:
        """Let more articles have answers of a batch that is sealed already."""
        with self._journal.writing() as db:
            _ask(db, asked, name)

    def is_asked(self, article: int) -> bool:
        """Whether an article's requests are in batches that were taken, and none of them is to be asked again."""
        ((asked, failed),) = self._journal.select(
            "SELECT count(*), count(r.error) FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.article = ? AND b.state != 'refused'",
            (article,),
        )
        return asked > 0 and failed == 0

    def is_answered(self, article: int, request: str) -> bool:
        """Whether there is an answer to an article's request."""
        query = "SELECT 1 FROM answers WHERE article = ? AND request = ?"
        return bool(self._journal.select(query, (article, request)))

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

    def batch_of(self, request: str) -> str | None:
        """The batch, not yet collected, that a request is in."""
        rows = self._journal.select(
            "SELECT b.name FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.request = ? AND b.state IN ('sealed', 'submitting', 'submitted') LIMIT 1",
            (request,),
        )
        return rows[0][0] if rows else None

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
                    keep_row(db, bears)


def _ask(db: sqlite3.Connection, asked: Iterable[tuple[int, str]], name: str) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO batch_requests (article, request, batch) VALUES (?, ?, ?)",
        ((article, request, name) for article, request in asked),
    )
