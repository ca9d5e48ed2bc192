"""Completions: what a server sent back, read with care, since not every server keeps to the protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from summarizer.errors import AnswerError, EndpointError, RefusedAnswerError, TruncatedAnswerError
from summarizer.model.questions import Attempt, Message
from summarizer.model.reasks import find_json

__all__ = ("check", "estimate_tokens", "read", "tidy")

# Characters a token has in Vietnamese, roughly, where a server does not count.
_CHARS_PER_TOKEN = 3


def estimate_tokens(messages: Iterable[Message]) -> int:
    """About how many tokens messages have, for a server or a gate that has no count."""
    return sum(len(message["content"]) // _CHARS_PER_TOKEN + 4 for message in messages)


def read(completion: Any, messages: Iterable[Message], *, endpoint: str, seconds: float) -> Attempt:
    """The answer in a completion and what it cost.

    Raises EndpointError where it is no completion at all: a page of HTML, or an error under status 200.
    """
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or not all(
        isinstance(getattr(choice, "message", None), BaseModel) for choice in choices
    ):
        if getattr(completion, "error", None):
            raise EndpointError(
                f"{endpoint} reports an error instead of an answer", status=200, retryable=True
            )
        raise EndpointError(
            f"{endpoint} answers, but not as a model does: "
            "check the base URL, which mostly ends in /v1, and what listens there",
            status=200,
        )
    raw = _text(choices[0].message) if choices else ""
    usage = getattr(completion, "usage", None)
    tokens_in = _tokens(usage, "prompt_tokens")
    tokens_out = _tokens(usage, "completion_tokens")
    cached = _tokens(getattr(usage, "prompt_tokens_details", None), "cached_tokens")
    return Attempt(
        raw=raw,
        failure=None,
        tokens_in=estimate_tokens(messages) if tokens_in is None else tokens_in,
        tokens_out=len(raw) // _CHARS_PER_TOKEN if tokens_out is None else tokens_out,
        tokens_cached=cached or 0,
        estimated=tokens_in is None or tokens_out is None,
        seconds=seconds,
    )


def check(completion: Any, *, max_tokens: int) -> None:
    """Raise what an answer that cannot be read into a response model is: empty, refused, or cut off.

    No answer at all is `retryable`: the same request mostly brings one.
    """
    if not completion.choices:
        error = AnswerError("the model sent an empty answer: try again, or another model")
        error.retryable = True
        raise error
    choice = completion.choices[0]
    if getattr(choice.message, "refusal", None) or choice.finish_reason == "content_filter":
        raise RefusedAnswerError("the model refused to answer: try another model")
    if choice.finish_reason == "length":
        raise TruncatedAnswerError(
            f"the answer was cut off at {max_tokens} tokens: the passage is too long for this model"
        )


def tidy(completion: Any) -> None:
    """Leave nothing but the JSON in the answer's text: no thoughts, no code fence, no talk."""
    message = completion.choices[0].message
    message.refusal = None  # an empty one, or check() would have raised
    if _arguments(message) is None:
        message.tool_calls = None
        message.content = find_json(_text(message))


def _arguments(message: Any) -> str | None:
    """The arguments of the one call there should be; None where there is none to speak of."""
    calls = getattr(message, "tool_calls", None)
    if not isinstance(calls, list) or not calls:
        return None
    arguments = getattr(getattr(calls[0], "function", None), "arguments", None)
    if isinstance(arguments, dict):
        return json.dumps(arguments, ensure_ascii=False)
    return arguments if isinstance(arguments, str) else None


def _text(message: Any) -> str:
    if (arguments := _arguments(message)) is not None:
        return arguments
    content = getattr(message, "content", None)
    if isinstance(content, list):  # in parts, as some servers send it
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _tokens(usage: Any, name: str) -> int | None:
    count = getattr(usage, name, None)
    return count if isinstance(count, int) else None
