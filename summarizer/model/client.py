"""The model: questions out, validated answers back. The only module that imports openai and instructor.

    async with open_model(Settings.from_env()) as model:
        answer = await model.ask(question, deadline=time.monotonic() + 60)

One question goes through three layers, each of which repeats nothing of the others: instructor makes the
request's schema and reads the answer into the response model, by the handlers of its registry; `send_again`
repeats a request that failed on its way (the client's own retries are off); `ask` asks again what was answered
but does not hold. All of it ends at the question's deadline. Instructor's own `create` stands around the same
handlers with retries, templates, hooks and a search for validators that it does not run: none of it is wanted
here, and it takes longer than the handlers do.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, SecretStr

from summarizer.errors import ConfigError, EndpointError, ModelError, SummarizerError
from summarizer.model.calls import Call
from summarizer.model.completions import check, estimate_tokens, read, tidy
from summarizer.model.faults import of_connection, of_status
from summarizer.model.profiles import Mode, Profile
from summarizer.model.progress import Progress, no_progress
from summarizer.model.questions import Answer, Attempt, Gate, Message, Outcome, Question, Usage
from summarizer.model.reasks import find_json, problems, reask
from summarizer.model.retries import Clock, SystemClock, send_again
from summarizer.model.weights import QWEN
from summarizer.settings import EMBEDDED, NONE, Settings

if TYPE_CHECKING:
    import httpx2
    import openai
    from instructor.v2 import ModeHandlers
    from openai.types.chat import ChatCompletion

__all__ = ("Answer", "Attempt", "Gate", "Message", "Model", "Outcome", "Question", "Usage", "open_model")

T = TypeVar("T", bound=BaseModel)

_CONNECT_S = 10.0
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9_-]")


def open_model(
    settings: Settings,
    *,
    transport: httpx2.AsyncBaseTransport | None = None,
    gate: Gate | None = None,
    clock: Clock | None = None,
    progress: Progress = no_progress,
    serve: bool = True,
) -> Model:
    """The model that `settings` name; nothing is loaded or connected before the first question.

    `transport` carries the requests instead of the network (recorded answers, batches); an error of this
    library that it raises comes out of `ask` as it is. `serve=False` never starts the embedded server, for a
    transport that answers by itself. `gate` decides when a request may go. `progress` hears of the loading
    of the embedded model.
    """
    return Model(
        settings, transport=transport, gate=gate, clock=clock or SystemClock(), progress=progress, serve=serve
    )


class Model:
    """A model to ask, from one event loop; an async context manager. Made by `open_model`.

    `name` and `endpoint` say which it is, `profile` how it is asked, `weights_sha256` which weights the
    embedded one has loaded (None before `start`, and for any other).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx2.AsyncBaseTransport | None,
        gate: Gate | None,
        clock: Clock,
        progress: Progress,
        serve: bool,
    ) -> None:
        self.settings = settings
        self.name: str = Path(QWEN.name).stem if settings.model == EMBEDDED else settings.model
        self.endpoint: str = settings.endpoint
        self.profile: Profile = settings.profile
        self.weights_sha256: str | None = None
        self._transport = transport
        self._gate = gate
        self._clock = clock
        self._progress = progress
        self._serve = serve
        self._client: openai.AsyncOpenAI | None = None
        self._starting = asyncio.Lock()
        self._slots = asyncio.Semaphore(self.profile.parallel)

    def __repr__(self) -> str:
        return f"Model({self.name!r}, {self.endpoint!r}, {self.profile.label!r})"

    async def __aenter__(self) -> Model:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. The embedded server stays for the process's next model."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def start(self) -> None:
        """Import the client and start the embedded server where it is the one; a second call does nothing.

        `ask` does it too, but then the time it takes is the article's. Raises ConfigError, WeightsError.
        """
        async with self._starting:
            if self._client is None and self.settings.model != NONE:
                self._client = await asyncio.to_thread(self._connect)
                await asyncio.to_thread(_import_the_rest, self.profile.mode)

    async def served(self) -> list[str]:
        """The models that the endpoint says it has; none where it does not say within seconds."""
        import openai

        await self.start()
        if self._client is None:
            return []
        with suppress(openai.OpenAIError, TimeoutError):
            async with asyncio.timeout(_CONNECT_S):
                return [listed.id for listed in (await self._client.models.list()).data]
        return []

    async def ask(self, question: Question[T], *, deadline: float | None = None) -> Answer[T]:
        """Ask, check, and ask again what does not hold; at most `1 + question.reasks` answers.

        `deadline` is the article's, a moment of the clock (`time.monotonic()`); the question's own begins
        when it is its turn. What kept failing its checks is an Answer without a value. Raises EndpointError,
        RateLimitError, DeadlineError, RefusedAnswerError, TruncatedAnswerError and AnswerError (no answer
        in the completion), each with what it had cost; ConfigError where the embedded model cannot start.
        None of them shows a key or the question.
        """
        if self.settings.model == NONE:
            raise ConfigError("no model is to be asked (--model none)")
        call = Call(self._clock, self.settings.request_s, deadline)
        try:
            async with call.in_time():
                await self.start()
                await self._slots.acquire()
            try:
                call.begin()
                return await self._ask(question, call)
            finally:
                self._slots.release()
        except ModelError as error:
            usage = call.usage()
            error.attempts = usage.attempts
            error.tokens_in, error.tokens_out = usage.tokens_in, usage.tokens_out
            raise

    async def _ask(self, question: Question[T], call: Call) -> Answer[T]:
        value, wrong = await self._answer(question, question.messages, call)
        for _ in range(question.reasks):
            if value is not None:
                break
            messages = reask(question.messages, find_json(call.attempts[-1].raw), wrong)
            value, wrong = await self._answer(question, messages, call)
        last = call.attempts[-1]
        return Answer(value, last.failure, last.raw, call.usage(), tuple(call.attempts))

    async def _answer(
        self, question: Question[T], messages: tuple[Message, ...], call: Call
    ) -> tuple[T | None, list[str]]:
        """One answer, or what is wrong with it."""
        from instructor.core import ResponseParsingError

        profile = self.profile
        handlers = _handlers(profile.mode)
        shape, extra = _shape(question.response_model, profile.mode, profile.server.strict)
        model, request = handlers.request_handler(
            shape,
            {
                "messages": [{**message, "content": _sendable(message["content"])} for message in messages],
                "extra_body": {**profile.server.extra, **extra},
                "model": self.name,
                **profile.parameters(question.max_tokens, self.settings.temperature, self.settings.seed),
            },
        )
        completion = await self._complete(call, request)
        try:
            # `strict` is pydantic's: "09" for a whole number is an error, not 9.
            value = handlers.response_parser(completion, model, strict=True)
        except (ValueError, ResponseParsingError) as error:
            # ValueError covers ValidationError and what the libraries raise over JSON they cannot find.
            wrong = problems(error)
            call.fail("; ".join(wrong))
            return None, wrong
        return value, []

    async def _complete(self, call: Call, request: dict[str, Any]) -> ChatCompletion:
        """One answer, however often its request must be sent."""
        send = partial(self._send, call, request)
        return await send_again(send, until=call.until, retries=self.settings.retries, clock=self._clock)

    async def _send(self, call: Call, request: dict[str, Any]) -> ChatCompletion:
        """Send one request through the gate; every failure comes out as an error of this library."""
        client = self._client
        if client is None:
            raise ConfigError("the model was closed while it was asked: open it anew")
        limit = request[self.profile.server.limit]
        async with call.passage(self._gate, estimate_tokens(request["messages"]) + limit) as ended:
            began = self._clock.monotonic()
            call.requests += 1
            try:
                async with call.in_time():
                    completion = await self._create(client, request)
                seconds = self._clock.monotonic() - began
                answer = read(completion, request["messages"], endpoint=self.endpoint, seconds=seconds)
            except ModelError as error:
                status, after = getattr(error, "status", None), getattr(error, "retry_after", None)
                ended(Outcome(status, after, 0, self._clock.monotonic() - began))
                raise
            call.attempts.append(answer)
            ended(Outcome(200, None, answer.tokens_in + answer.tokens_out, seconds))
        try:
            check(completion, max_tokens=limit)
        except ModelError as error:
            call.fail(str(error))
            raise
        tidy(completion)
        return completion

    async def _create(self, client: openai.AsyncOpenAI, request: dict[str, Any]) -> ChatCompletion:
        import openai
        from openai.types.chat import ChatCompletion

        try:
            # What `client.chat.completions.create` sends, without its walk through the whole of text and schema
            # by their types, which takes as long as all the rest of it.
            return await client.post(
                "/chat/completions",
                cast_to=ChatCompletion,
                body={name: request[name] for name in sorted(request.keys() - {"extra_body"}, key=_place)},
                options={"extra_json": request["extra_body"], "security": {"bearer_auth": True}},
            )
        except openai.APIStatusError as error:
            raise of_status(
                error,
                endpoint=self.endpoint,
                model=self.name,
                sent=request["messages"],
                secrets=(self.settings.api_key, self.settings.azure_token),
            ) from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, SummarizerError):  # a transport of our own has spoken
                raise error.__cause__ from None
            raise of_connection(error.__cause__, endpoint=self.endpoint) from None
        except (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError):
            raise EndpointError(
                f"{self.endpoint} sent an answer that breaks off or is no JSON: try again later",
                retryable=True,
            ) from None

    def _connect(self) -> openai.AsyncOpenAI:
        """Import the client and connect it; takes seconds, so it runs in a thread."""
        import httpx2
        import openai

        settings = self.settings
        plain = not settings.endpoint.startswith("https://")
        http = openai.DefaultAsyncHttpxClient(
            transport=self._transport,
            timeout=httpx2.Timeout(None, connect=_CONNECT_S),
            trust_env=not settings.on_this_machine,
            # Loading certificates takes longer than a question; without them no redirect may lead to HTTPS.
            verify=not plain,
            follow_redirects=not plain,
        )
        key = _revealed(settings.api_key)
        if settings.azure_endpoint is not None:
            return openai.AsyncAzureOpenAI(
                azure_endpoint=settings.azure_endpoint,
                api_key=key,
                azure_ad_token=_revealed(settings.azure_token),
                api_version=settings.api_version,
                max_retries=0,
                http_client=http,
            )
        base_url = settings.base_url
        if settings.embedded:
            base_url, key = self._embedded()
        return openai.AsyncOpenAI(base_url=base_url, api_key=key or "none", max_retries=0, http_client=http)

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


@lru_cache(maxsize=128)
def _shape(model: type[BaseModel], mode: Mode, strict: bool) -> tuple[type[BaseModel], dict[str, Any]]:
    """A response model as instructor wants it, and what its schema adds to a request."""
    if mode == "TOOLS":
        import instructor

        return instructor.response_schema(model), {}
    if not strict or mode != "JSON_SCHEMA":
        return model, {}
    import openai

    # instructor sends no `strict`; what stands in extra_body wins over its own response_format.
    name = _NOT_A_NAME.sub("_", model.__name__)[:64]
    schema = openai.pydantic_function_tool(model)["function"].get("parameters")
    form = {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}
    return model, {"response_format": form}


def _import_the_rest(mode: Mode) -> None:
    """Import what the libraries put off until it is used: a second, not to be taken from a question."""
    import tenacity  # noqa: F401

    _handlers(mode)


@lru_cache(maxsize=8)
def _handlers(mode: Mode) -> ModeHandlers:
    """What instructor makes requests and reads answers with."""
    from instructor.v2 import Mode as Modes
    from instructor.v2 import Provider, mode_registry

    return mode_registry.get_handlers(Provider.OPENAI, Modes[mode])


def _place(parameter: str) -> tuple[bool, bool, str]:
    """Where a parameter stands in a request's body: answers are kept under the body's bytes."""
    return parameter != "messages", parameter != "model", parameter


def _sendable(text: str) -> str:
    """The text as UTF-8 can carry it: a lone surrogate becomes `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _revealed(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
