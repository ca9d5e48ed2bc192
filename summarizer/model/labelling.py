"""Labelling: the question about sentences that the cue words leave undecided, and what becomes of its answer.

The sentences are numbered and the model gives each one of five labels. It is asked only about sentences in which
the cue words see something, but too little of it, and a label counts only where they see the same: a small model
often takes a plain sentence for a shortcoming, and a decided one for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from summarizer.model.prompts import load
from summarizer.model.questions import Question
from summarizer.rules.sections import Kind, Labelled

__all__ = ("SentenceQuestion", "chosen_kinds", "sentence_question")

Label = Literal["kết quả", "hạn chế", "nguyên nhân", "nhiệm vụ", "khác"]
_KIND_OF: Mapping[Label, Kind] = {
    "kết quả": "achievement",
    "hạn chế": "shortcoming",
    "nguyên nhân": "cause",
    "nhiệm vụ": "directive",
    "khác": "other",
}
_TRUSTED: tuple[Kind, ...] = ("achievement", "directive")
# As many sentences, and as much of each, as two seconds of writing and five of reading allow a small model.
_MOST, _CLIP = 8, 160
_TOKENS_A_SENTENCE = 10


class SentenceLabels(BaseModel):
    """The fixed schema: the labels in the order of the sentences."""

    model_config = ConfigDict(extra="forbid")

    labels: list[Label]


@dataclass(frozen=True, slots=True)
class SentenceQuestion:
    """A question about `sentences`, in its order."""

    sentences: tuple[Labelled, ...]
    question: Question[BaseModel]


def sentence_question(text: str, labelled: Sequence[Labelled], *, fixed: bool) -> SentenceQuestion | None:
    """Return the question about the sentences of `text` that the cue words leave undecided, None without any.

    `fixed` uses the schema that is the same for every article, with its completeness checked by a validator.
    """
    open_ones = sorted((one for one in labelled if one.kind == "other" and not one.sure), key=_closeness)[
        :_MOST
    ]
    if not open_ones:
        return None
    open_ones.sort(key=lambda one: one.at)
    lines = "\n".join(f"{i}. {_clipped(text[one.at : one.end])}" for i, one in enumerate(open_ones, 1))
    return SentenceQuestion(
        tuple(open_ones),
        Question(
            "sentences",
            (
                {"role": "system", "content": load("common").text},
                {"role": "user", "content": load("sentences").fill(sentences=lines)},
            ),
            _fixed(len(open_ones)) if fixed else _pinned(len(open_ones)),
            max_tokens=_TOKENS_A_SENTENCE * len(open_ones) + 12,
            reasks=1 if fixed else 0,
        ),
    )


def chosen_kinds(asked: SentenceQuestion, answer: BaseModel) -> dict[int, Kind]:
    """Return the kinds to take from an answer, by the offset of the sentence."""
    if isinstance(answer, SentenceLabels):
        labels = answer.labels
    else:
        labels = [getattr(answer, f"s{i}") for i in range(1, len(asked.sentences) + 1)]
    kinds: list[tuple[Labelled, Kind]] = [
        (one, _KIND_OF[label]) for one, label in zip(asked.sentences, labels, strict=True)
    ]
    return {one.at: kind for one, kind in kinds if kind in _TRUSTED and one.weights.get(kind, 0) > 0}


def _closeness(sentence: Labelled) -> int:
    """How far the sentence's strongest kind is from being sure: the closest calls first."""
    return -max(sentence.weights.values(), default=0)


def _clipped(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= _CLIP else words[: words.rfind(" ", 0, _CLIP)] + "…"


def _pinned(size: int) -> type[BaseModel]:
    fields: dict[str, Any] = {f"s{i}": (Label, Field(alias=str(i))) for i in range(1, size + 1)}
    return create_model("Labels", __config__=ConfigDict(extra="forbid"), **fields)


def _fixed(size: int) -> type[BaseModel]:
    def complete(self: SentenceLabels) -> SentenceLabels:
        if len(self.labels) != size:
            raise ValueError(f"cần đúng {size} nhãn, mỗi câu một nhãn")
        return self

    validators: dict[str, Any] = {"complete": model_validator(mode="after")(complete)}
    return create_model("SentenceLabels", __base__=SentenceLabels, __validators__=validators)
