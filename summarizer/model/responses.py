"""Response models: what a model fills in, held to the article by the question that asks.

The models are the same for every article. What differs stands in the question (`asked`): the keys of the numbers that
it is about, which the JSON schema demands one by one (`one_for_each`), so that a model can neither invent a number,
nor alter, swap or forget one; and its check, which a validator of every response model runs. What a check says goes
to the model, which is asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

__all__ = ("Check", "Closed", "Response", "asked", "one_for_each", "wrong_keys")

_MOST_KEYS = 8

Check = Callable[[Any], Sequence[str]]
"""Takes an answer and returns what of it does not hold, in short Vietnamese lines."""

_asked: ContextVar[tuple[Sequence[str], Check | None]] = ContextVar("asked", default=((), None))


class Closed(BaseModel):
    """A part of an answer, with no fields but its own."""

    model_config = ConfigDict(extra="forbid")


class Response(Closed):
    """A whole answer; it is valid where the check of its question finds nothing."""

    @model_validator(mode="after")
    def _holds(self) -> Self:
        _, check = _asked.get()
        if check is not None and (wrong := check(self)):
            raise ValueError("\n".join(wrong))
        return self


@contextmanager
def asked(keys: Sequence[str], check: Check | None) -> Iterator[None]:
    """Inside, a schema is made for these keys and an answer is held to `check`."""
    token = _asked.set((keys, check))
    try:
        yield
    finally:
        _asked.reset(token)


def one_for_each(schema: dict[str, Any]) -> None:
    """Make an object's JSON schema, whose values are of one kind, demand a value for each key that is asked about.

    It is a response model's `json_schema_extra`; where the object is a field, that is called `numbers`.
    """
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
