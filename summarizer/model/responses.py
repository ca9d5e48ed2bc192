"""Response models: what a model fills in, held to the article by the question that asks.

The models are the same for every article. What differs stands in the question (`asked`): the keys of the numbers that
it is about, which the JSON schema demands one by one (`keyed`), so that a model can neither invent a number,
nor alter, swap or forget one; and its check, which a validator of every response model runs. What a check finds goes
to the model, which is asked again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from typing import Any, ClassVar, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

__all__ = ("Check", "Closed", "Response", "asked", "read_loosely", "wrong_keys")

_MOST_KEYS = 8

Check = Callable[[Any], Sequence[str]]
"""Takes an answer and returns what of it does not hold, in short Vietnamese lines, which the model gets to see."""

_asked: ContextVar[tuple[Sequence[str], Check | None]] = ContextVar("asked", default=((), None))


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
        _, check = _asked.get()
        if check is not None and (wrong := check(self)):
            raise ValueError("\n".join(wrong))
        return self


R = TypeVar("R", bound=Response)


@contextmanager
def asked(keys: Sequence[str], check: Check | None) -> Iterator[None]:
    """Inside, a schema is made for these keys and an answer is held to `check`."""
    token = _asked.set((keys, check))
    try:
        yield
    finally:
        _asked.reset(token)


@cache
def _schema(response: type[Response]) -> str:
    return json.dumps(super(Response, response).model_json_schema())


def _demand(schema: dict[str, Any]) -> None:
    schema.pop("description", None)  # the docstring, for readers of the code
    keys, _ = _asked.get()
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
