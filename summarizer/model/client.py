"""The model: questions out, validated answers back.

    async with Model(Settings.from_env()) as model:
        answer = await model.ask(question, deadline=time.monotonic() + 60)

One question goes through three layers, each of which repeats nothing of the others: instructor (structured.py) reads
the answer into the response model and asks again what fails its checks; the transport (transport.py) sends a request
again that failed on its way; here is the deadline for all of it. The openai client between them retries nothing.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from summarizer.errors import (
    AnswerError,
    ConfigError,
    ModelError,
    RefusedAnswerError,
    TruncatedAnswerError,
)
from summarizer.model.calls import Call, current_call
from summarizer.model.progress import Progress, no_progress
from summarizer.model.questions import Answer, Question, RateLimiter, T
from summarizer.model.retries import Clock, SystemClock
from summarizer.model.weights import QWEN, describe_weights
from summarizer.schemas.labels import left_out
from summarizer.schemas.provenance import PartCost
from summarizer.schemas.report import LeftOut, Notice
from summarizer.settings import EMBEDDED, NONE, Settings
from summarizer.settings.profiles import Profile

if TYPE_CHECKING:
    import httpx2

    from summarizer.model.structured import Structured

_CONNECT_S = 10.0
_SILENT_S = 5.0  # without any answer, after which who waits is told


def check_weights(settings: Settings) -> None:
    """Raise WeightsError where `settings` name a file of weights that is not there, or is none."""
    if settings.embedded and settings.weights is not None:
        describe_weights(settings.weights)


class Model:
    """A model to ask, from one event loop; an async context manager.

    `weights_sha256` are those that the embedded model has loaded (None before `start`, and for any other).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        limiter: RateLimiter | None = None,
        clock: Clock | None = None,
        progress: Progress = no_progress,
        serve: bool = True,
    ) -> None:
        """Take the model that `settings` name; nothing is loaded or connected before the first question.

        `transport` carries the requests instead of the network (recorded answers, batches); an error of this
        library that it raises comes out of `ask` as it is. With `serve=False` the embedded server is never started,
        nor are its weights checked. `progress` is called as they are fetched and loaded, and where an endpoint does
        not answer. Raises WeightsError.
        """
        if serve:
            check_weights(settings)
        self.settings = settings
        self.name: str = Path(QWEN.name).stem if settings.model == EMBEDDED else settings.model
        self.endpoint: str = settings.endpoint
        self.profile: Profile = settings.profile
        self.weights_sha256: str | None = None
        self.is_there = settings.embedded  # an endpoint is, once it has answered
        self._transport = transport
        self._limiter = limiter
        self._clock = clock or SystemClock()
        self._progress = progress
        self._serve = serve
        self._structured: Structured | None = None
        self._starting = asyncio.Lock()
        self._slots = asyncio.Semaphore(self.profile.parallel)

    async def __aenter__(self) -> Model:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. The embedded server stays for the process's next model."""
        if self._structured is not None:
            await self._structured.client.close()
            self._structured = None

    async def start(self) -> None:
        """Import the client and start the embedded server where it is the one; a second call does nothing.

        `ask` does it too, but then the time it takes is the article's. Raises ConfigError, WeightsError.
        """
        async with self._starting:
            if self._structured is None and self.settings.model != NONE:
                self._structured = await asyncio.to_thread(self._connect)

    async def prepare(self) -> None:
        """Make sure that it can be asked: connect to an endpoint, or see that the embedded server is installed.

        The embedded model is loaded only with the first question, for many articles need none. Raises ConfigError.
        """
        if not self.settings.embedded:
            await self.start()
        elif self._serve and self._structured is None:
            from summarizer.model.embedded import check_installed

            check_installed()

    async def served(self) -> list[str]:
        """Return the models that the endpoint lists; none where it does not answer within seconds."""
        import openai

        await self.start()
        if self._structured is None:
            return []
        with suppress(openai.OpenAIError, TimeoutError):
            async with asyncio.timeout(_CONNECT_S):
                return [listed.id for listed in (await self._structured.client.models.list()).data]
        return []

    async def ask(self, question: Question[T], *, deadline: float | None = None) -> Answer[T]:
        """Ask, check, and ask again what does not hold; at most `1 + question.reasks` answers.

        `deadline` is the article's, a moment of the clock (`time.monotonic()`); the question's own begins
        when it is its turn. What kept failing its checks is an Answer without a value. Raises EndpointError,
        RateLimitError, CreditError, DeadlineError, RefusedAnswerError, TruncatedAnswerError and AnswerError (no
        answer in the completion), each with what it had cost; ConfigError where the embedded model cannot start.
        None of them shows a key or the question.
        """
        if self.settings.model == NONE:
            raise ConfigError("no model is to be asked (--model none)")
        call = Call(question.keys, question.check, self._clock, self.settings.request_s, deadline)
        at_hand = current_call.set(call)
        silent = asyncio.get_running_loop().call_later(_SILENT_S, self._is_silent)
        try:
            async with call.in_time():
                await self.start()
                async with self._slots:
                    if self._structured is None:
                        raise ConfigError("the model was closed while it was asked: open it anew")
                    call.begin()
                    value = await self._structured.ask(question, call)
        except ModelError as error:
            cost = call.usage()
            error.attempts, error.tokens_in, error.tokens_out = cost.attempts, cost.tokens_in, cost.tokens_out
            raise
        finally:
            silent.cancel()
            current_call.reset(at_hand)
            self.is_there |= bool(call.attempts)
        return Answer(value, tuple(call.attempts), call.usage())

    def _is_silent(self) -> None:
        if not self.is_there:
            self._progress(f"no answer yet from {self.endpoint}, still trying", 0, 0)

    def _connect(self) -> Structured:
        """Import the client and connect it; takes seconds, so it runs in a thread."""
        import httpx2
        import openai

        from summarizer.model.structured import Structured
        from summarizer.model.transport import Endpoint, network

        settings = self.settings
        wire = self._transport or network(settings)
        endpoint = Endpoint(wire, settings, self._limiter, self._clock, self._is_silent)
        timeout = httpx2.Timeout(None, connect=_CONNECT_S)
        common: dict[str, Any] = {
            "max_retries": 0,
            "timeout": timeout,
            # No redirect is followed: it would take the question, and Azure's key, to whoever it names.
            "http_client": httpx2.AsyncClient(transport=endpoint, timeout=timeout, follow_redirects=False),
            # An answer is text of a few kilobytes; unpacked, it could be any size.
            "default_headers": {"accept-encoding": "identity"},
        }
        key = _revealed(settings.api_key)
        if settings.azure_endpoint is not None:
            client = openai.AsyncAzureOpenAI(
                azure_endpoint=settings.azure_endpoint,
                api_key=key,
                azure_ad_token=_revealed(settings.azure_token),
                api_version=settings.api_version,
                **common,
            )
        else:
            base_url, key = self._embedded() if settings.embedded else (settings.base_url, key or "none")
            client = openai.AsyncOpenAI(base_url=base_url, api_key=key, **common)
        return Structured(client, self.name, self.profile, settings)

    def _embedded(self) -> tuple[str, str]:
        """Address and key of the embedded server, started if need be."""
        if not self._serve:
            return "http://embedded.invalid/v1", "none"
        from summarizer.model.embedded import EmbeddedOptions, embedded_server

        server = embedded_server(
            self.settings.weights,
            EmbeddedOptions(context=self.profile.window or 4096, parallel=self.profile.parallel),
            progress=self._progress,
        )
        self.weights_sha256 = server.weights_sha256
        return server.base_url, server.api_key


class Asker:
    """Asks a model the questions of one article, one after the other.

    `parts` is what they cost so far. The article has `seconds` from now on, None for no limit. `progress` is called
    with a question's part after it is answered, and before where the model is known to be there.
    """

    def __init__(self, model: Model, *, seconds: float | None, progress: Progress = no_progress) -> None:
        self._model = model
        self._progress = progress
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self.parts: dict[str, PartCost] = {}

    async def ask(self, question: Question[T]) -> Answer[T]:
        """Return the answer; its value is None where none held.

        Raises AnswerError where there was no whole answer, with its cost booked; EndpointError, RateLimitError and
        DeadlineError: then the article cannot be done now.
        """
        done = self.parts.get(question.part, PartCost()).questions
        if self._model.is_there:
            self._progress(question.part, done, done + 1)
        try:
            answer = await self._model.ask(question, deadline=self._deadline)
        except AnswerError as error:
            spent = {name: getattr(error, name) for name in ("attempts", "tokens_in", "tokens_out")}
            self._book(question.part, PartCost(questions=1, **spent))
            raise
        self._book(question.part, answer.usage)
        return answer

    def _book(self, part: str, cost: PartCost) -> None:
        before = dict(self.parts.get(part, PartCost()))
        booked = PartCost(**{name: round(before[name] + more, 3) for name, more in cost})
        self.parts[part] = booked
        self._progress(part, booked.questions, booked.questions)


def not_answered(field: str, error: AnswerError | None = None) -> LeftOut:
    """Return that a question about a field had no usable answer; `error` is why, where one was raised."""
    code = "no_answer"
    if isinstance(error, TruncatedAnswerError):
        code = "truncated"
    elif isinstance(error, RefusedAnswerError):
        code = "refused"
    return left_out(field, "", Notice(code=code))


def _revealed(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
