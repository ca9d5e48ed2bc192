"""Completions: what a server answered, read with care, since not every server keeps to the protocol.

A response's body goes in; the answer in it, what it cost, and a completion that keeps to the protocol
come out. Only the last is seen by the libraries: no thoughts, no code fences, no talk around the JSON, one choice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.errors import AnswerError, EndpointError, RefusedAnswerError, TruncatedAnswerError

# Characters a token has in Vietnamese, roughly, where a server does not count.
_CHARS_PER_TOKEN = 3
MOST_TOKENS = 1_000_000_000
"""More tokens than any answer costs; a figure from there on is none, and could not be booked."""
# An answer in which no JSON is found is quoted to the model only this far.
_MOST_WITHOUT_JSON = 4000
# More characters than a token has in any answer; one that is longer kept to no limit.
_MOST_CHARS_PER_TOKEN = 16
_THINK_END = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
# Where an object may begin; other braces are talk (`{abc}`).
_OPENING = re.compile(r'\{\s*["}]')
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer received: its JSON as text, its tokens, why it ended (`stop`, `length`, …), what was wrong with it.

    Tokens are the server's own figures, or estimates by length where it gives none. `refused`: the model, or a
    filter, refused. `empty`: there is no answer at all. `failure` is None where the answer held.
    """

    raw: str
    tokens_in: int
    tokens_out: int
    finish_reason: str
    refused: bool
    empty: bool
    failure: str | None = None

    def error(self, max_tokens: int) -> AnswerError | None:
        """Return what an answer that cannot be read into a response model is: empty, refused, or cut off.

        No answer at all is `retryable`: the same request mostly brings one.
        """
        if self.empty:
            error = AnswerError("the model sent an empty answer: try again, or another model")
            error.retryable = True
            return error
        if self.refused:
            return RefusedAnswerError("the model refused to answer: try another model")
        most = max(_MOST_WITHOUT_JSON, _MOST_CHARS_PER_TOKEN * max_tokens)
        if self.finish_reason == "length" or len(self.raw) > most:
            return TruncatedAnswerError(
                f"the answer was cut off at {max_tokens} tokens: the passage is too long for this model"
            )
        return None

    def to_protocol(self, *, as_call: str | None) -> dict[str, Any]:
        """Return the body of a completion that keeps to the protocol; `as_call` names the tool to call, if any."""
        message: dict[str, Any] = {"role": "assistant", "content": self.raw}
        if as_call is not None:
            function = {"name": as_call, "arguments": self.raw}
            call = {"id": "call_0", "type": "function", "function": function}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        # instructor looks for another library's usage, by an import each time, where there is none.
        usage = {"prompt_tokens": self.tokens_in, "completion_tokens": self.tokens_out}
        usage["total_tokens"] = self.tokens_in + self.tokens_out
        known = {"id": "", "object": "chat.completion", "created": 0, "model": "", "usage": usage}
        return {**known, "choices": [choice]}


def from_json(body: bytes | str) -> Any:
    """Return the value that a body's JSON says, None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def parse(body: bytes, *, endpoint: str) -> dict[str, Any]:
    """Return the JSON object of a response.

    Raises EndpointError where it is none: `retryable` where it breaks off, not where it is a page for people.
    """
    value = from_json(body)
    if isinstance(value, dict):
        return value
    if value is None and body.lstrip()[:1] in (b"{", b""):
        line = f"{endpoint} sent an answer that breaks off or is no JSON: try again later"
        raise EndpointError(line, status=200, retryable=True)
    raise _no_model(endpoint)


def error_in(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the error that a response with status 200 reports instead of an answer, None where it answers.

    OpenRouter reports a provider's failure so, for the response or for a choice, with the status in `code`.
    """
    choices = value.get("choices")
    error = _mapping(choices[0]).get("error") if isinstance(choices, list) and choices else value.get("error")
    if not error:
        return None
    return error if isinstance(error, dict) else {"message": str(error)}


def read(value: Mapping[str, Any], messages: Iterable[Mapping[str, Any]], *, endpoint: str) -> Completion:
    """Return what the JSON of a response to `messages` says; raises EndpointError where it is no completion.

    Tokens that the server did not count are estimated by length.
    """
    choices = value.get("choices")
    choice = (choices[0] if choices else {"message": {}}) if isinstance(choices, list) else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise _no_model(endpoint)
    text = find_json(_text(message))
    usage = _mapping(value.get("usage"))
    finish_reason = str(choice.get("finish_reason"))
    return Completion(
        raw=text,
        tokens_in=_tokens(usage, "prompt_tokens") or estimate_tokens(messages),
        tokens_out=_tokens(usage, "completion_tokens") or -(-len(text) // _CHARS_PER_TOKEN),
        finish_reason=finish_reason,
        refused=bool(message.get("refusal")) or finish_reason == "content_filter",
        empty=not choices,
    )


def estimate_tokens(messages: Iterable[Mapping[str, Any]]) -> int:
    """Return about how many tokens messages have, for a server or a rate limiter that has no count."""
    return sum(len(str(message["content"])) // _CHARS_PER_TOKEN + 4 for message in messages)


def find_json(raw: str) -> str:
    """Return the JSON object of an answer, without thoughts, code fences and talk around it.

    It is the object that the answer begins with, else the longest. Nothing is repaired: a number such as `09` stays
    as wrong as it is. Text without an object is returned as far as it is worth showing to the model again. Takes
    time linear in the text.
    """
    text = raw.strip().lstrip("\ufeff").lstrip()
    if not text.startswith("{"):
        text = _without_thoughts(text)
    first, last = text.find("{"), text.rfind("}")
    if first < 0 or last < first:
        return raw[:_MOST_WITHOUT_JSON]
    longest = ""
    opening = _OPENING.search(text)
    while opening:
        at = opening.start()
        try:
            _, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):  # what is inside a broken object is no answer
            return longest or text[at : max(last + 1, at + 1)]
        longest = max(longest, text[at:end], key=len)
        if at == 0:
            break
        opening = _OPENING.search(text, end)
    return longest or text[first : last + 1]


def _without_thoughts(text: str) -> str:
    """What follows the thoughts: the last end of them that an object follows, or the first."""
    ends = [match.end() for match in _THINK_END.finditer(text)]
    for end in (ends[-1], ends[0]) if ends else ():
        if _OPENING.search(text, end):
            return text[end:]
    return text


def _text(message: Mapping[str, Any]) -> str:
    """The answer's text: the arguments of the first tool call, or the content, whole or in parts."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        arguments = _mapping(_mapping(calls[0]).get("function")).get("arguments")
        if isinstance(arguments, dict):
            return json.dumps(arguments, ensure_ascii=False)
        if isinstance(arguments, str):
            return arguments
    content = message.get("content")
    if isinstance(content, list):  # in parts, as some servers send it
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _tokens(usage: Mapping[str, Any], name: str) -> int:
    """A count of tokens; 0 where there is none, or one that no question and no answer has."""
    count = usage.get(name)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 < count < MOST_TOKENS:
        return 0
    return count


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _no_model(endpoint: str) -> EndpointError:
    return EndpointError(
        f"{endpoint} answers, but not as a model does: "
        "check the base URL, which mostly ends in /v1, and what listens there",
        status=200,
    )
