"""Pinned response models: made for one passage, with one required field for each of its numbers.

The field's name is the number itself (`"1. 02"`, `"2. 12"`), so a model can neither invent a number, nor
alter, swap or forget one: it can only say what each counts. Where a provider takes no schema made for a
passage, one fixed schema serves, and the same completeness is checked by its validator.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from summarizer.schemas.report import Status

__all__ = ("CountAnswers", "Said", "count_model", "said")

_LONGEST_PHRASE = 90
_MODELS = 256  # kept for their keys: what asks about one number, `1. 02`, comes again and again
_ANY_KEY = "1. 1"

Phrase = Annotated[str, Field(min_length=1, max_length=_LONGEST_PHRASE)]


@dataclass(frozen=True, slots=True)
class Said:
    """What the model said of one number; the last three only where it was asked for them."""

    counted: str
    status: Status | None = None
    heading: str | None = None
    given_by: str | None = None


class _Answer(BaseModel):
    # Built when first used: what is asked in a provider's batch is not answered here, and a tool's arguments
    # are read by a subclass of instructor's, so that only that need be.
    model_config = ConfigDict(extra="forbid", defer_build=True)


class CountInContext(_Answer):
    """What one number counts, with what surrounds it."""

    counted: Phrase = Field(description="Đúng cụm từ trong bài cho biết số này đếm cái gì.")
    status: Status = Field(description="`target` nếu là kế hoạch, chỉ tiêu, phấn đấu.")
    heading: str | None = Field(description="Chương trình hoặc đề mục của số này, đúng chữ trong bài.")
    given_by: str | None = Field(
        description="Ai khen thưởng, nếu số này đếm khen thưởng; đúng chữ trong bài."
    )


class PinnedCounts(_Answer):
    """One field a number, named after it."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the JSON schema, as pydantic makes it, in a hundredth of the time where nothing else is asked."""
        fields = cls.model_fields.values()
        if args or kwargs or not fields:
            return super().model_json_schema(*args, **kwargs)
        schema = json.loads(_schema_of_one(any(field.annotation is CountInContext for field in fields)))
        one = schema["properties"][_ANY_KEY]
        schema["required"] = [str(field.alias) for field in fields]
        schema["properties"] = {
            key: {name: _title(key) if name == "title" else value for name, value in one.items()}
            for key in schema["required"]
        }
        return schema


class NumberedCount(CountInContext):
    """What one number counts, in the schema that is the same for every passage."""

    key: str = Field(description="Khóa của số, đúng như trong câu hỏi: `1. 02`.")


class CountAnswers(_Answer):
    """The fixed schema: one item for each number asked about."""

    counts: list[NumberedCount]


def count_model(keys: Sequence[str], *, in_context: bool, fixed: bool) -> type[BaseModel]:
    """Return the response model for these keys (`1. 02`), which are unique and in the article's order.

    `in_context` asks for status, heading and giver beside the phrase; `fixed` returns the schema that is the
    same for every passage, with a validator that refuses a missing, double or unknown key.
    """
    return _fixed(tuple(keys)) if fixed else _pinned(tuple(keys), in_context, PinnedCounts)


def said(answer: BaseModel, keys: Sequence[str]) -> Mapping[str, Said]:
    """Return what an answer made by `count_model(keys, …)` says, by key."""
    if isinstance(answer, CountAnswers):
        return {item.key: _said(item) for item in answer.counts}
    return {key: _said(getattr(answer, f"n{i}")) for i, key in enumerate(keys, 1)}


def _said(value: str | CountInContext) -> Said:
    if isinstance(value, str):
        return Said(value)
    return Said(value.counted, value.status, value.heading, value.given_by)


@lru_cache(maxsize=_MODELS)
def _pinned(keys: tuple[str, ...], in_context: bool, base: type[_Answer]) -> type[BaseModel]:
    kind: Any = CountInContext if in_context else Phrase
    fields: dict[str, Any] = {f"n{i}": (kind, Field(alias=key)) for i, key in enumerate(keys, 1)}
    return create_model("Counts", __base__=base, **fields)


@lru_cache(maxsize=2)
def _schema_of_one(in_context: bool) -> str:
    """Return the schema of a model with one number, as JSON, so that nobody shares its parts."""
    return json.dumps(_pinned((_ANY_KEY,), in_context, _Answer).model_json_schema(), ensure_ascii=False)


def _title(key: str) -> str:
    """Return the title that pydantic gives a field."""
    return key.title().replace("_", " ").strip()


@lru_cache(maxsize=_MODELS)
def _fixed(keys: tuple[str, ...]) -> type[BaseModel]:
    def complete(self: CountAnswers) -> CountAnswers:
        given = [item.key for item in self.counts]
        wrong = [key for key in dict.fromkeys((*keys, *given)) if keys.count(key) != given.count(key)]
        if wrong:
            raise ValueError(f"mỗi số một lần, đúng khóa; sai: {', '.join(wrong[:8])}")
        return self

    validators: dict[str, Any] = {"complete": model_validator(mode="after")(complete)}
    return create_model(
        "CountAnswers", __base__=CountAnswers, __doc__=CountAnswers.__doc__, __validators__=validators
    )
