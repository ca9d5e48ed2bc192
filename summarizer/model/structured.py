"""Structured answers: a question through instructor, by its public interface, into an instance of its response model.

instructor makes the request's schema, reads the answer into the response model and asks again what fails its
validators. What goes over the wire beside that is `Profile`'s, and stands in `extra_body`, which wins over what
instructor would send. No `context` is ever given: it would make a template of every message, and an article may hold
`{{`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import cache
from typing import Any, TypeVar

import instructor
import openai
from instructor.core import Hooks, InstructorRetryException, ResponseParsingError
from pydantic import BaseModel, ValidationError, create_model

from summarizer.errors import AnswerError, SummarizerError
from summarizer.model.calls import Call
from summarizer.model.faults import visible
from summarizer.model.questions import Question
from summarizer.schemas.tables import read_table
from summarizer.settings import Settings
from summarizer.settings.profiles import Profile

T = TypeVar("T", bound=BaseModel)

# instructor logs every failed attempt as an error: they are counted and repaired here.
logging.getLogger("instructor").addHandler(logging.NullHandler())

# What a server without schemas gets, at the end of the question, so that questions keep their common beginning.
_BY_SCHEMA = "\n\nTrả lời bằng một đối tượng JSON theo đúng lược đồ JSON Schema này:\n"
# OpenRouter's models whose providers cache only what is marked.
_MARKED = ("anthropic/", "google/")


class Structured:
    """An instructor client for the model `name` as `profile` says; `client` is an openai client without retries."""

    def __init__(self, client: openai.AsyncOpenAI, name: str, profile: Profile, settings: Settings) -> None:
        # A server that takes no schema gets it in the question; instructor reads the answer the same way.
        mode = "JSON_SCHEMA" if profile.mode == "JSON" else profile.mode
        self.client = client
        self._instructor = instructor.from_openai(client, mode=instructor.Mode[mode])
        self._name = name
        self._profile = profile
        self._settings = settings

    async def ask(self, question: Question[T], call: Call) -> T | None:
        """Return the answer, None where it kept failing its checks; `call` then knows why, and what it cost.

        Raises ModelError, and whatever error of this library the transport raises.
        """
        model = _with_short_errors(question.response_model)
        hooks = Hooks()
        hooks.on("parse:error", lambda error: call.fail("; ".join(problems(error.__cause__ or error))))
        try:
            value, _ = await self._instructor.create_with_completion(
                response_model=model,
                messages=self._messages(question, model),  # pyright: ignore[reportArgumentType]
                max_retries=question.reasks,
                strict=True,  # pydantic's: "09" for a whole number is an error, not 9
                hooks=hooks,
                model=self._name,
                extra_body=self._extra(question, model),
            )
        except InstructorRetryException as error:
            if (ours := _ours(error)) is not None:
                raise ours from None
            if not error.failed_attempts:
                cause = type(error.__cause__).__name__
                raise AnswerError(f"the answer cannot be read ({cause}): try another model") from None
            return None
        return value

    def _messages(self, question: Question[Any], model: type[BaseModel]) -> list[dict[str, Any]]:
        """The messages as they are sent, with what the server gets in them."""
        profile, at = self._profile, question.beginning
        sent: list[dict[str, Any]] = [{**m, "content": _sendable(m["content"])} for m in question.messages]
        last = sent[-1]
        if profile.mode == "JSON":
            schema = json.dumps(model.model_json_schema(), ensure_ascii=False, separators=(",", ":"))
            last["content"] += _BY_SCHEMA + schema
        if at and profile.server.cache == "breakpoint" and self._name.startswith(_MARKED):
            begun, ending = last["content"][:at], last["content"][at:]
            mark = {"cache_control": {"type": "ephemeral"}}
            last["content"] = [{"type": "text", "text": begun, **mark}, {"type": "text", "text": ending}]
        return sent

    def _extra(self, question: Question[Any], model: type[BaseModel]) -> dict[str, Any]:
        """What is sent beside the messages: limits, sampling, the cache's key, and another form of the answer."""
        profile, settings = self._profile, self._settings
        extra = profile.parameters(question.max_tokens, settings.temperature, settings.seed)
        if question.beginning and profile.server.cache == "key":  # questions that begin alike have the same
            texts = [message["content"] for message in question.messages]
            texts[-1] = texts[-1][: question.beginning]
            extra["prompt_cache_key"] = hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:32]
        if profile.mode == "JSON":
            extra["response_format"] = {"type": "json_object"}
        elif profile.mode == "JSON_SCHEMA" and profile.server.strict:
            schema = openai.pydantic_function_tool(model)["function"].get("parameters")
            form = {"name": model.__name__, "strict": True, "schema": schema}
            extra["response_format"] = {"type": "json_schema", "json_schema": form}
        return extra


class _ShortErrors(instructor.ResponseSchema):
    """A response model whose errors are those that the model is to see: short, Vietnamese, without its own words.

    pydantic's own are English and repeat the input. Being instructor's kind of model, it is not wrapped again.
    """

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Any:
        """Return an instance read from JSON; raises ResponseParsingError, which instructor asks again for."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise ResponseParsingError("\n".join(f"- {line}" for line in problems(error))) from error


@cache
def _with_short_errors(model: type[BaseModel]) -> type[Any]:
    return create_model(model.__name__, __base__=(_ShortErrors, model), __doc__=model.__doc__)  # pyright: ignore


_MOST_PROBLEMS, _MOST_CHARS = 8, 160


@cache
def _words(kind: str) -> str:
    """The words for a type of pydantic's errors, with the error's context in braces; else pydantic's own."""
    rows = read_table("summarizer.model", "problems", ("type", "vi"))
    return next((row["vi"] for row in rows if row["type"] == kind), "{msg}")


def problems(error: Exception) -> list[str]:
    """Return what is wrong with an answer, a short Vietnamese line each, at most eight of them.

    A validator's own `ValueError` speaks for itself; pydantic's own errors are named in a few words, and
    neither the input nor an address is repeated.
    """
    if not isinstance(error, ValidationError):
        return [_words("json_invalid" if isinstance(error, json.JSONDecodeError) else "no_answer")]
    lines: dict[str, None] = {}
    for detail in error.errors(include_url=False, include_input=False):
        message = _words(detail["type"]).format_map({"msg": detail["msg"], **detail.get("ctx", {})})
        place = ".".join(str(step) for step in detail["loc"])
        for line in (f"{place}: {message}" if place else message).split("\n"):
            short = visible(line)
            lines[short if len(short) <= _MOST_CHARS else short[: _MOST_CHARS - 1] + "…"] = None
    return [*lines][:_MOST_PROBLEMS]


def _ours(error: BaseException) -> SummarizerError | None:
    """The error of this library that the libraries have wrapped, if there is one."""
    cause = error.__cause__
    while cause is not None and not isinstance(cause, SummarizerError):
        cause = cause.__cause__
    return cause


def _sendable(text: str) -> str:
    """The text as UTF-8 can carry it: a lone surrogate becomes `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
