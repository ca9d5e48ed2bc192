"""Transports that answer from a tape, or pass a request on and keep its answer on the tape."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx2

from evals.recordings import Recorded, Tape

__all__ = ("Recorder", "Replayer", "SyncRecorder")


class Replayer(httpx2.AsyncBaseTransport, httpx2.BaseTransport):
    """Answers from the tape alone, whether its client awaits or blocks; what is not on it raises MeasureError."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the recorded answer to `request`."""
        return self._replay(await request.aread())

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the recorded answer to `request`."""
        return self._replay(request.read())

    def _replay(self, body: bytes) -> httpx2.Response:
        recorded = self._tape.find(body)
        if recorded is None:
            raise self._tape.no_answer(body)
        return _response(recorded)


class Recorder(httpx2.AsyncBaseTransport):
    """Answers from the tape where it can, else asks through `inner` and keeps the answer."""

    def __init__(self, tape: Tape, inner: httpx2.AsyncBaseTransport) -> None:
        self._tape = tape
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to `request`, recorded by now."""
        body = await request.aread()
        if recorded := self._tape.find(body):
            return _response(recorded)
        began = time.monotonic()
        response = await self._inner.handle_async_request(request)
        content = await response.aread()
        await response.aclose()
        return _kept(self._tape, body, response, content, time.monotonic() - began)

    async def aclose(self) -> None:
        """Close the connection to the model."""
        await self._inner.aclose()


class SyncRecorder(httpx2.BaseTransport):
    """As Recorder, for a client that blocks."""

    def __init__(self, tape: Tape, inner: httpx2.BaseTransport) -> None:
        self._tape = tape
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to `request`, recorded by now."""
        body = request.read()
        if recorded := self._tape.find(body):
            return _response(recorded)
        began = time.monotonic()
        response = self._inner.handle_request(request)
        content = response.read()
        response.close()
        return _kept(self._tape, body, response, content, time.monotonic() - began)

    def close(self) -> None:
        """Close the connection to the model."""
        self._inner.close()


def _kept(
    tape: Tape, body: bytes, response: httpx2.Response, content: bytes, seconds: float
) -> httpx2.Response:
    """Keep what was answered; a server's own trouble (5xx, asked too often) is passed on, not recorded."""
    try:
        answer: Any = json.loads(content)
    except ValueError:
        answer = None
    lasting = response.status_code < 500 and response.status_code not in (401, 403, 408, 429)
    if not isinstance(answer, dict) or not lasting:
        headers = {k: v for k, v in response.headers.items() if k in ("content-type", "retry-after")}
        return httpx2.Response(response.status_code, headers=headers, content=content)
    return _response(tape.keep(body, response.status_code, answer, seconds))


def _response(recorded: Recorded) -> httpx2.Response:
    answer = recorded.answer
    if "choices" in answer:
        model = str(recorded.asked.get("model"))
        answer = {"id": recorded.key, "object": "chat.completion", "created": 0, "model": model, **answer}
    return httpx2.Response(recorded.status, json=answer)
