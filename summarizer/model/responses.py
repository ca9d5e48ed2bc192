"""Response models: built once for all articles; which numbers a question asks about stands in its JSON schema.

The key of a number is the number itself (`"1. 02"`, `"2. 12"`), one required property each, so a model can neither
invent a number, nor alter, swap or forget one. Where a provider takes no schema made for a passage, one fixed schema
serves, and completeness is checked all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from summarizer.schemas.taxonomy import Taxonomy, active

__all__ = ("json_schema", "one_for_each", "untold", "wrong_keys")

_MOST_KEYS = 8


def json_schema(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return the model's JSON schema with the taxonomy in use, made once; not to be changed."""
    return _json_schema(model, active())


@lru_cache(maxsize=32)
def _json_schema(model: type[BaseModel], _: Taxonomy) -> dict[str, Any]:
    return model.model_json_schema()


def untold(schema: dict[str, Any]) -> None:
    """Leave a model's docstring out of its schema (`json_schema_extra`): it is for readers of the code."""
    schema.pop("description", None)


def one_for_each(values: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Return the JSON schema of an object that has each of these keys, and no other, with a value of its schema."""
    return {
        "additionalProperties": False,
        "properties": values,
        "required": [*values],
        "title": title,
        "type": "object",
    }


def wrong_keys(given: Iterable[str], keys: Sequence[str]) -> list[str]:
    """Return what is wrong where an answer has not each of these keys once, in a Vietnamese line; else nothing."""
    found = Counter(given)
    wrong = [key for key in dict.fromkeys((*keys, *found)) if found[key] != (key in keys)]
    return [f"mỗi số một lần, đúng khóa; sai hoặc thiếu: {', '.join(wrong[:_MOST_KEYS])}"] if wrong else []
