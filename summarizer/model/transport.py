"""The transport: what happens to a question's HTTP requests between the client library and the network.

    Endpoint (rate limiter, retries, reading of answers) → any transport → Paced → Bounded → the network

`Endpoint` is what the openai client is given. It sends each request when the rate limiter lets it go, again where
it failed on its way, and gives back a completion that keeps to the protocol or raises one of this library's errors.
The transport beneath it can be any: one that replays recordings, keeps answers in a journal, or notes what would
be asked. `network` opens the real one.
"""

from __future__ import annotations

import asyncio
import json
import math
import urllib.request
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx2
from pydantic import SecretStr

from summarizer.errors import EndpointError, ModelError
from summarizer.model.calls import Call, current_call
from summarizer.model.completions import error_in, estimate_tokens, from_json, parse, read
from summarizer.model.faults import of_connection, of_status
from summarizer.model.questions import Outcome, RateLimiter
from summarizer.model.retries import Clock, send_again
from summarizer.settings import Settings

# An answer of 100,000 tokens with its thoughts is less than one megabyte; OpenRouter's list of models some two.
_MOST_BYTES = 8_000_000
_PATIENT_S = 600.0
# Shorter ones, such as `ollama`, are no secrets, and may be words of an answer.
_SHORTEST_KEY = 12
_OF_THE_WIRE = ("content-encoding", "content-length", "transfer-encoding")
_LIMITS = ("max_completion_tokens", "max_tokens")


def connect(base_url: str | None) -> httpx2.AsyncHTTPTransport:
    """Return a bare transport to `base_url` (None: this machine), by the environment's proxy where there is one."""
    parts = urlsplit(base_url or "http://127.0.0.1")
    host = parts.hostname or ""
    near = host in ("localhost", "::1") or host.startswith("127.")
    proxies = {} if near or urllib.request.proxy_bypass(host) else urllib.request.getproxies()
    return httpx2.AsyncHTTPTransport(
        # Without TLS there is no certificate to check, and loading them takes longer than a question.
        verify=httpx2.create_ssl_context(verify=parts.scheme == "https"),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=100),
        proxy=proxies.get(parts.scheme) or proxies.get("all"),
    )


def network(settings: Settings) -> httpx2.AsyncBaseTransport:
    """Return the transport to the endpoint that `settings` name: its answers bounded, its silence too.

    Who lets a question take more than ten minutes expects answers when they come, and the embedded server reads
    anew what is sent again: neither is given up before the question's own limit.
    """
    bounded = Bounded(connect(settings.address), secrets=settings.secrets)
    patient = settings.embedded or settings.request_s > _PATIENT_S
    return bounded if patient else Paced(bounded)


class _Layer(httpx2.AsyncBaseTransport):
    """A transport that does something to what goes through `inner`."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class Bounded(_Layer):
    """Reads each response of `inner` to its end, or gives it up where it is longer than `most` bytes.

    The bound is on what is decoded, so that neither an answer without an end nor a small one that unpacks to
    gigabytes fills the memory. A key that a server sends back is `***` for all that is above.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        most: int = _MOST_BYTES,
        secrets: Iterable[SecretStr | None] = (),
    ) -> None:
        super().__init__(inner)
        self._most = most
        keys = (secret.get_secret_value() for secret in secrets if secret is not None)
        self._keys = [key.encode() for key in keys if len(key) >= _SHORTEST_KEY]

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the whole response to `request`; raises EndpointError where it is too long."""
        response = await self._inner.handle_async_request(request)
        read = bytearray()
        try:
            async for chunk in response.aiter_bytes():
                read += chunk
                if len(read) > self._most:
                    line = f"the endpoint's answer has no end: given up after {self._most:,} bytes"
                    raise EndpointError(line)
        finally:
            await response.aclose()
        body = bytes(read)
        for key in self._keys:
            body = body.replace(key, b"***")
        headers = [
            (name, value) for name, value in response.headers.multi_items() if name not in _OF_THE_WIRE
        ]
        return httpx2.Response(response.status_code, headers=headers, content=body)


class Paced(_Layer):
    """Gives up a request that takes far longer than the others did, so that it can be sent again.

    The limit is a multiple of what nearly all of the latest requests took, twice as much for each request that the
    call at hand has sent before. A request that is given up counts with its time, so that a server that has become
    slower is waited for longer.
    """

    # Four times the 95th percentile of the last 200, never under three seconds, once 20 have been answered: an answer
    # of the longest kind takes twice an ordinary one's time, and one given up too early is asked for again.
    _FACTOR, _FLOOR_S, _PERCENTILE, _LATEST, _LEAST = 4.0, 3.0, 0.95, 200, 20
    _LOOK_S = 1.0

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        super().__init__(inner)
        self._took: deque[float] = deque(maxlen=self._LATEST)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the whole response to `request`; raises EndpointError (`retryable`) where it takes too long."""
        call = current_call.get()
        times = 2.0 ** max(0, call.requests - 1) if call else 1.0
        loop = asyncio.get_running_loop()
        began = loop.time()
        bound = asyncio.timeout(None)

        def look() -> None:
            nonlocal timer
            if loop.time() - began >= self.limit() * times:
                bound.reschedule(loop.time())
            else:  # the limit changes as other requests are answered
                timer = loop.call_later(self._LOOK_S, look)

        timer = loop.call_later(self._LOOK_S, look)
        try:
            async with bound:
                response = await self._inner.handle_async_request(request)
                await response.aread()
        except TimeoutError:
            if not bound.expired():
                raise
            waited = loop.time() - began
            self._took.append(waited)
            line = f"no answer within {waited:.0f} s, far longer than others took: try again later"
            raise EndpointError(line, retryable=True) from None
        finally:
            timer.cancel()
        if response.is_success:  # a refusal comes at once, and says nothing of how long answers take
            self._took.append(loop.time() - began)
        return response

    def limit(self) -> float:
        """Return the seconds that a request may take now; infinite while too few have been answered."""
        if len(self._took) < self._LEAST:
            return math.inf
        usual = sorted(self._took)[int(len(self._took) * self._PERCENTILE)]
        return max(self._FLOOR_S, self._FACTOR * usual)


class Endpoint(_Layer):
    """Answers the requests of the call at hand (`current_call`) with sound completions, or raises ModelError.

    What is no question, such as the list of models, is passed on as it is. `waits` is called before a pause
    after which a request is sent again.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        settings: Settings,
        limiter: RateLimiter | None,
        clock: Clock,
        waits: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(inner)
        self._settings = settings
        self._limiter = limiter
        self._clock = clock
        self._waits = waits

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return a completion for `request`, sent as often as need be; raises ModelError."""
        call = current_call.get()
        if call is None:
            return await self._inner.handle_async_request(request)
        asked = json.loads(await request.aread())
        send = partial(self._send, call, request, asked)
        retries = self._settings.retries
        completion = await send_again(
            send, until=call.until, retries=retries, clock=self._clock, waits=self._waits
        )
        return httpx2.Response(200, json=completion)

    async def _send(self, call: Call, request: httpx2.Request, asked: dict[str, Any]) -> dict[str, Any]:
        """Send a request once, when the rate limiter lets it go, and report how it ended."""
        limit = next((asked[name] for name in _LIMITS if name in asked), 0)
        if self._limiter is None:
            return await self._answer(call, request, asked, limit)
        outcome = Outcome(None, None, 0, 0.0, estimate_tokens(asked["messages"]) + limit)
        with call.held():
            await self._limiter.acquire(outcome.estimated)
        began, answered = self._clock.monotonic(), len(call.attempts)
        try:
            return await self._answer(call, request, asked, limit)
        except EndpointError as error:
            outcome = replace(outcome, status=error.status, retry_after=error.retry_after)
            raise
        finally:
            if len(call.attempts) > answered:
                last = call.attempts[-1]
                outcome = replace(outcome, status=200, tokens=last.tokens_in + last.tokens_out)
            self._limiter.report(replace(outcome, seconds=self._clock.monotonic() - began))

    async def _answer(
        self, call: Call, request: httpx2.Request, asked: dict[str, Any], limit: int
    ) -> dict[str, Any]:
        endpoint = self._settings.endpoint
        call.requests += 1
        try:
            response = await self._inner.handle_async_request(request)
            try:
                await response.aread()
            finally:
                await response.aclose()
        except (httpx2.HTTPError, OSError) as error:
            raise of_connection(error, endpoint=endpoint) from None
        if not response.is_success:
            raise self._fault(response.status_code, response.headers, from_json(response.content), asked)
        value = parse(response.content, endpoint=endpoint)
        if (error := error_in(value)) is not None:
            code = error.get("code")
            if isinstance(code, int) and 400 <= code < 600:
                raise self._fault(code, response.headers, {"error": error}, asked)
            line = f"{endpoint} reports an error instead of an answer"
            raise EndpointError(line, status=200, retryable=True)
        completion = read(value, asked["messages"], endpoint=endpoint)
        call.attempts.append(completion)
        if error := completion.error(limit):
            call.fail(str(error))
            raise error
        tools = asked.get("tools")
        return completion.to_protocol(as_call=tools[0]["function"]["name"] if tools else None)

    def _fault(self, status: int, headers: httpx2.Headers, body: object, asked: dict[str, Any]) -> ModelError:
        question = " ".join(str(message["content"]) for message in asked["messages"])
        return of_status(status, headers, body, self._settings, question)
