"""Questions to a model, what it fills in, and what comes back.

Response models are the same for every article. What differs stands in the question: the keys of the numbers that it
is about, which the JSON schema demands one by one (`keyed`), so that a model can neither invent a number, nor alter,
swap or forget one; and its check, which a validator of every response model runs while the question is under way
(`current_call`). What a check finds goes to the model, which is asked again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Generic, Literal, Protocol, Self, TypedDict, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from summarizer.model.calls import Check, current_call
from summarizer.model.completions import Completion
from summarizer.schemas.provenance import PartCost

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R", bound="Response")
Item = TypeVar("Item")

_MOST_KEYS = 8


class Closed(BaseModel):
    """A part of an answer, with no fields but its own."""

    model_config = ConfigDict(extra="forbid")


class Response(Closed):
    """A whole answer; it is valid where the check of its question finds nothing.

    A `keyed` one has an object whose values are of one kind, itself or its field `numbers`: its schema demands a
    value for each key that is asked about.
    """

    keyed: ClassVar[bool] = False

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """Return the JSON schema for the question at hand, made by pydantic once: that takes milliseconds."""
        if args or options:
            return super().model_json_schema(*args, **options)
        schema = json.loads(_schema(cls))
        if cls.keyed:
            _demand(schema)
        return schema

    @model_validator(mode="after")
    def _holds(self) -> Self:
        call = current_call.get()
        if call and call.check and (wrong := call.check(self)):
            raise ValueError("\n".join(wrong))
        return self


@cache
def _schema(response: type[Response]) -> str:
    return json.dumps(super(Response, response).model_json_schema())


def _demand(schema: dict[str, Any]) -> None:
    schema.pop("description", None)  # the docstring, for readers of the code
    call = current_call.get()
    keys = call.keys if call else ()
    values = schema.get("properties", {}).get("numbers", schema)
    one = values["additionalProperties"]
    values |= {
        "additionalProperties": False,
        "properties": {key: {**one, "title": key} if "type" in one else one for key in keys},
        "required": [*keys],
    }


def wrong_keys(given: Iterable[str], keys: Sequence[str]) -> list[str]:
    """Return what is wrong where an answer has not each of these keys once, in a Vietnamese line; else nothing."""
    found = Counter(given)
    wrong = [key for key in dict.fromkeys((*keys, *found)) if found[key] != (key in keys)]
    return [f"mỗi số một lần, đúng khóa; sai hoặc thiếu: {', '.join(wrong[:_MOST_KEYS])}"] if wrong else []


def read_loosely(response: type[R], raw: Mapping[str, Any], **empty: Any) -> tuple[R, frozenset[str]]:
    """Return what can still be read of an answer that failed, and the names of the fields that cannot.

    Of a list and of an object with values of one kind each item that parses is kept. `empty` are the values of
    required fields that nothing can be read of.
    """
    kept: dict[str, Any] = {}
    for name, field in response.model_fields.items():
        value, shape, of = raw.get(name), field.annotation, get_args(field.annotation)
        if isinstance(value, list) and get_origin(shape) is list:
            kept[name] = [one for item in value for one in _parsed(of[0], item)]
        elif isinstance(value, dict) and get_origin(shape) is dict:
            kept[name] = {key: one for key, item in value.items() for one in _parsed(of[1], item)}
        else:
            kept.update((name, one) for one in (_parsed(shape, value) if name in raw else ()))
    return response.model_validate({**empty, **kept}), frozenset(response.model_fields) - kept.keys()


def _parsed(shape: Any, value: Any) -> Iterator[Any]:
    """Yield a value as what it should be, nothing where it is not."""
    with suppress(ValidationError):
        yield TypeAdapter(shape).validate_python(value)


class Message(TypedDict):
    """One message of a question; its content is sent byte for byte, never rendered as a template."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """Something to ask a model, to be answered in the shape of `response_model`.

    `part` books the cost (`counts`, `meeting`). `max_tokens` bounds one answer; `reasks` is how often an answer that
    fails is asked again. `beginning` is how many characters of the last message other questions about the same
    article begin with too, with the same messages before it: a provider that caches prompts is told so. `keys` are
    those of the numbers that it is about, in the schema and in the answer; `check` holds an answer to the article.
    """

    part: str
    messages: tuple[Message, ...]
    response_model: type[T]
    max_tokens: int
    reasks: int = 1
    beginning: int = 0
    keys: Sequence[str] = ()
    check: Check | None = None


def evenly(items: Sequence[Item], most: int) -> list[Sequence[Item]]:
    """Return the items in as few runs of at most `most` as do, all of nearly the same length."""
    size = -(-len(items) // max(1, -(-len(items) // most)))
    return [items[at : at + size] for at in range(0, len(items), max(1, size))]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The answer to a question: an instance of its response model, None when every attempt failed its checks.

    `usage.seconds` is the time spent waiting for the model: requests and pauses between them, not the queue.
    """

    value: T | None
    attempts: tuple[Completion, ...]
    usage: PartCost

    @property
    def failure(self) -> str | None:
        """Why the last attempt failed, in one line."""
        return self.attempts[-1].failure

    @property
    def raw(self) -> str:
        """The JSON text of the last attempt."""
        return self.attempts[-1].raw


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one request ended, for a rate limiter to learn from.

    `status`: the HTTP status, None where no response came; `retry_after`: seconds the server asks to wait, where
    it does; `tokens`: tokens read and written, 0 where nothing was answered; `seconds`: from sending to the end;
    `estimated`: the tokens that were expected when the request was let go.
    """

    status: int | None
    retry_after: float | None
    tokens: int
    seconds: float
    estimated: int = 0


class RateLimiter(Protocol):
    """Decides when a request may go. Each `acquire` that returns is followed by exactly one `report`."""

    async def acquire(self, tokens: int) -> None:
        """Wait until a request of about `tokens` tokens, question and answer, may go.

        The wait moves the question's own deadline, not the article's. Raises RateLimitError where it would be
        longer than is worth waiting.
        """
        ...

    def report(self, outcome: Outcome) -> None:
        """Note how the request ended; one that was cancelled has neither status nor tokens."""
        ...
