"""Pinned response models: one required field a number, named after it, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from summarizer.model.pinned import CountAnswers, Said, count_model, said

KEYS = ("1. 02", "2. 12", "3. 02")


def in_context(counted: str) -> dict[str, object]:
    return {"counted": counted, "status": "result", "heading": None, "given_by": None}


def test_an_answer_for_every_number_is_taken() -> None:
    model = count_model(KEYS, in_context=False, fixed=False)
    answer = model.model_validate({key: f"đảng viên {key}" for key in KEYS})
    assert said(answer, KEYS) == {key: Said(f"đảng viên {key}") for key in KEYS}


@pytest.mark.parametrize(
    "answer",
    [
        {"1. 02": "a", "2. 12": "b"},
        {"1. 02": "a", "2. 12": "b", "3. 02": "c", "4. 99": "d"},
        {"1. 02": "a", "2. 13": "b", "3. 02": "c"},
        {"1. 02": "a", "2. 12": "", "3. 02": "c"},
        {"1. 02": "a", "2. 12": "b" * 200, "3. 02": "c"},
        {"1. 02": "a", "2. 12": 12, "3. 02": "c"},
        {},
    ],
    ids=["forgotten", "invented", "altered", "empty", "endless", "a number", "nothing"],
)
def test_a_number_cannot_be_forgotten_invented_or_altered(answer: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        count_model(KEYS, in_context=False, fixed=False).model_validate(answer)


def test_a_strong_model_says_more() -> None:
    model = count_model(KEYS, in_context=True, fixed=False)
    answer = model.model_validate({key: in_context("x") for key in KEYS})
    assert said(answer, KEYS)["2. 12"] == Said("x", "result", None, None)


def test_the_fixed_schema_is_the_same_for_every_passage() -> None:
    schemas = [
        count_model(keys, in_context=True, fixed=True).model_json_schema() for keys in (KEYS, KEYS[:1])
    ]
    assert schemas[0] == schemas[1] == CountAnswers.model_json_schema()


@pytest.mark.parametrize(
    "keys",
    [KEYS[:2], (*KEYS, "4. 99"), ("1. 02", "2. 12", "2. 12"), ("1. 02", "2. 13", "3. 02")],
    ids=["forgotten", "invented", "twice", "altered"],
)
def test_the_fixed_schema_is_as_strict(keys: tuple[str, ...]) -> None:
    answer = {"counts": [{"key": key, **in_context("x")} for key in keys]}
    with pytest.raises(ValidationError, match="mỗi số một lần"):
        count_model(KEYS, in_context=True, fixed=True).model_validate(answer)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True))
def test_any_number_can_be_a_key(texts: list[str]) -> None:
    keys = [f"{i}. {text}" for i, text in enumerate(texts, 1)]
    model = count_model(keys, in_context=False, fixed=False)
    assert list(model.model_json_schema()["required"]) == keys


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True), st.booleans())
def test_the_schema_is_the_one_that_pydantic_makes(texts: list[str], in_context: bool) -> None:
    model = count_model(
        [f"{i}. {text}" for i, text in enumerate(texts, 1)], in_context=in_context, fixed=False
    )
    made: dict[str, object] = BaseModel.model_json_schema.__func__(model)  # type: ignore[attr-defined]
    assert json.dumps(model.model_json_schema()) == json.dumps(made)


def test_nobody_can_spoil_the_schema_for_the_next() -> None:
    first = count_model(KEYS, in_context=True, fixed=False).model_json_schema()
    first["$defs"].clear()
    again = count_model(KEYS, in_context=True, fixed=False).model_json_schema()
    assert "CountInContext" in again["$defs"]
