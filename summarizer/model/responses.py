"""Response models: what a model fills in, held to the article by the question that asks.

A question names its article's numbers as fields (`pinned`), so that a model can neither invent a number, nor alter,
swap or forget one. What else must hold of an answer is the question's `check`, which a validator of every response
model runs (`checked_by`): what it says goes to the model, which is asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

__all__ = ("Check", "Closed", "Response", "by_key", "checked_by", "pinned", "wrong_keys")

_MOST_KEYS = 8

Check = Callable[[Any], Sequence[str]]
"""Takes an answer and returns what of it does not hold, in short Vietnamese lines."""

_check: ContextVar[Check | None] = ContextVar("check", default=None)


class Closed(BaseModel):
    """A part of an answer, with no fields but its own."""

    model_config = ConfigDict(extra="forbid")


class Response(Closed):
    """A whole answer; it is valid where the check of its question finds nothing."""

    @model_validator(mode="after")
    def _holds(self) -> Self:
        check = _check.get()
        if check is not None and (wrong := check(self)):
            raise ValueError("\n".join(wrong))
        return self


@contextmanager
def checked_by(check: Check | None) -> Iterator[None]:
    """Hold what is validated inside to `check`."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


def pinned(base: type[BaseModel], keys: Sequence[str], value: Any, *, name: str) -> type[BaseModel]:
    """Return a model with one required field of type `value` for each key, called by it (`"12. 145"`).

    Its attributes are `n0`, `n1`, … in the order of the keys.
    """
    fields: dict[str, Any] = {f"n{place}": (value, Field(alias=key)) for place, key in enumerate(keys)}
    return create_model(name, __base__=base, **fields)


def by_key(answer: BaseModel) -> Mapping[str, Any]:
    """Return what an instance of a `pinned` model says, by the keys."""
    fields = type(answer).model_fields
    return {info.alias: getattr(answer, name) for name, info in fields.items() if info.alias is not None}


def wrong_keys(given: Iterable[str], keys: Sequence[str]) -> list[str]:
    """Return what is wrong where an answer has not each of these keys once, in a Vietnamese line; else nothing."""
    found = Counter(given)
    wrong = [key for key in dict.fromkeys((*keys, *found)) if found[key] != (key in keys)]
    return [f"mỗi số một lần, đúng khóa; sai hoặc thiếu: {', '.join(wrong[:_MOST_KEYS])}"] if wrong else []
