"""Pinned response models: one required field for each number that is asked about.

The field's name is the number itself (`"1. 02"`, `"2. 12"`), so a model can neither invent a number, nor alter,
swap or forget one: it can only say what each counts. Where a provider takes no schema made for a passage, one fixed
schema serves, and the same completeness is checked by its validator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

__all__ = ("phrases_model", "phrases_of")

_LONGEST_PHRASE = 90

Phrase = Annotated[str, Field(min_length=1, max_length=_LONGEST_PHRASE)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NumberedPhrase(_Answer):
    """What one number counts."""

    key: str = Field(description="Khóa của số, đúng như trong câu hỏi: `1. 02`.")
    counted: Phrase = Field(description="Đúng cụm từ trong bài cho biết số này đếm cái gì.")


class NumberedPhrases(_Answer):
    """The fixed schema: one item for each number asked about."""

    counts: list[NumberedPhrase]


def phrases_model(keys: Sequence[str], *, fixed: bool) -> type[BaseModel]:
    """Return the response model that asks for a phrase for each of these keys (`1. 02`), which are unique.

    `fixed` returns the schema that is the same for every passage, with a validator that refuses a missing, double
    or unknown key.
    """
    if not fixed:
        fields: dict[str, Any] = {f"n{i}": (Phrase, Field(alias=key)) for i, key in enumerate(keys, 1)}
        return create_model("Counts", __base__=_Answer, **fields)

    def complete(self: NumberedPhrases) -> NumberedPhrases:
        given = [item.key for item in self.counts]
        wrong = [key for key in dict.fromkeys((*keys, *given)) if keys.count(key) != given.count(key)]
        if wrong:
            raise ValueError(f"mỗi số một lần, đúng khóa; sai: {', '.join(wrong[:8])}")
        return self

    validators: dict[str, Any] = {"complete": model_validator(mode="after")(complete)}
    return create_model("Counts", __base__=NumberedPhrases, __validators__=validators)


def phrases_of(answer: BaseModel, keys: Sequence[str]) -> list[str]:
    """Return the phrases of an answer made by `phrases_model(keys, …)`, in the order of the keys."""
    if isinstance(answer, NumberedPhrases):
        by_key = {item.key: item.counted for item in answer.counts}
        return [by_key[key] for key in keys]
    return [getattr(answer, f"n{i}") for i in range(1, len(keys) + 1)]
