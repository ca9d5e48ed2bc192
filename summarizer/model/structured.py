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
from summarizer.model.questions import Question
from summarizer.model.reasks import problems
from summarizer.model.responses import asked
from summarizer.settings import Settings
from summarizer.settings.profiles import Profile

__all__ = ("Structured",)

T = TypeVar("T", bound=BaseModel)

# instructor logs every failed attempt as an error: they are counted and repaired here.
logging.getLogger("instructor").addHandler(logging.NullHandler())

# What a server without schemas gets, at the end of the question, so that questions keep their common beginning.
_BY_SCHEMA = "\n\nTrả lời bằng một đối tượng JSON theo đúng lược đồ JSON Schema này:\n"

# OpenRouter's models whose providers cache only what is marked.
_MARKED = ("anthropic/", "google/")


class Structured:
    """An instructor client for the model `name` as `profile` says; `http` is an openai client without retries."""

    def __init__(self, http: openai.AsyncOpenAI, name: str, profile: Profile, settings: Settings) -> None:
        # A server that takes no schema gets it in the question; instructor reads the answer the same way.
        mode = "JSON_SCHEMA" if profile.mode == "JSON" else profile.mode
        self._client = instructor.from_openai(http, mode=instructor.Mode[mode])
        self._name = name
        self._profile = profile
        self._settings = settings

    async def ask(self, question: Question[T], call: Call) -> T | None:
        """Return the answer, None where it kept failing its checks; `call` then knows why, and what it cost.

        Raises ModelError, and whatever error of this library the transport raises.
        """
        with asked(question.keys, question.check):
            return await self._ask(question, call)

    async def _ask(self, question: Question[T], call: Call) -> T | None:
        profile = self._profile
        model = _with_short_errors(question.response_model)
        messages = self._messages(question, model)
        extra = {
            **profile.parameters(question.max_tokens, self._settings.temperature, self._settings.seed),
            **self._cache_key(question),
            **self._response_format(model),
        }
        hooks = Hooks()
        hooks.on("parse:error", lambda error: call.fail("; ".join(problems(error.__cause__ or error))))
        try:
            value, _ = await self._client.create_with_completion(
                response_model=model,
                messages=messages,  # pyright: ignore[reportArgumentType]
                max_retries=question.reasks,
                strict=True,  # pydantic's: "09" for a whole number is an error, not 9
                hooks=hooks,
                model=self._name,
                extra_body=extra,
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

    def _response_format(self, model: type[BaseModel]) -> dict[str, Any]:
        """The form of the answer, where it is another than instructor asks for."""
        if self._profile.mode == "JSON":
            return {"response_format": {"type": "json_object"}}
        if self._profile.mode != "JSON_SCHEMA" or not self._profile.server.strict:
            return {}
        schema = openai.pydantic_function_tool(model)["function"].get("parameters")
        form = {"name": model.__name__, "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": form}}

    def _cache_key(self, question: Question[Any]) -> dict[str, str]:
        """What tells a provider that keeps prompts apart by a key which questions have the same beginning."""
        if self._profile.server.cache != "key" or not question.beginning:
            return {}
        texts = [message["content"] for message in question.messages]
        texts[-1] = texts[-1][: question.beginning]
        return {"prompt_cache_key": hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:32]}


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


def _ours(error: BaseException) -> SummarizerError | None:
    """The error of this library that the libraries have wrapped, if there is one."""
    cause = error.__cause__
    while cause is not None and not isinstance(cause, SummarizerError):
        cause = cause.__cause__
    return cause


def _sendable(text: str) -> str:
    """The text as UTF-8 can carry it: a lone surrogate becomes `?`."""
    return text.encode("utf-8", "replace").decode("utf-8")
