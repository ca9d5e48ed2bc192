"""Re-asks: finding the JSON of an answer, and saying what is wrong with it."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, field_validator

from summarizer.model.questions import Message
from summarizer.model.reasks import find_json, problems, reask

values = st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), min_size=1)


@given(values)
def test_an_object_is_returned_as_it_is(value: dict[str, object]) -> None:
    text = json.dumps(value, ensure_ascii=False)

    assert find_json(text) == text


@given(values, st.text(alphabet="abc {}<>`\n"))
def test_an_object_is_found_behind_thoughts(value: dict[str, object], thoughts: str) -> None:
    text = json.dumps(value, ensure_ascii=True)

    assert json.loads(find_json(f"<think>{thoughts}</think>\n{text}")) == value


def test_a_fence_inside_a_string_is_no_fence() -> None:
    text = json.dumps({"a": "```json\n{}\n```"})

    assert find_json(text) == text


@given(st.text(alphabet="abc[]\n "))
def test_text_without_an_object_stays_as_it_is(text: str) -> None:
    assert find_json(text).strip() == text.strip()


class Person(BaseModel):
    name: str
    role: Literal["chủ trì", "tham dự"]
    born: int = 0

    @field_validator("name")
    @classmethod
    def _in_the_article(cls, name: str) -> str:
        if name == "Chủ trì Hội nghị":
            raise ValueError("đây không phải tên người")
        return name


class People(BaseModel):
    people: list[Person]


def wrong_with(value: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        People.model_validate_json(json.dumps(value), strict=True)
    return problems(caught.value)


def test_each_problem_says_where_it_is() -> None:
    people = [
        {"name": "Chủ trì Hội nghị", "role": "chủ trì"},
        {"name": "Lê Anh Vinh", "role": "khách", "born": 1.5},
        {"role": "tham dự"},
    ]

    assert wrong_with({"people": people}) == [
        "people.0.name: đây không phải tên người",
        "people.1.role: phải là một trong: 'chủ trì' or 'tham dự'",
        "people.1.born: phải là số nguyên",
        "people.2.name: còn thiếu",
    ]


def test_many_long_problems_are_kept_few_and_short() -> None:
    lines = wrong_with({"people": [{"name": 1, "role": "x" * 500}] * 50})

    assert len(lines) == 8
    assert all(len(line) <= 160 and "\n" not in line for line in lines)


def test_an_empty_answer_is_not_repeated_to_the_model() -> None:
    asked = (Message(role="user", content="Hỏi"),)

    assert [message["role"] for message in reask(asked, "  ", ["còn thiếu"])] == ["user", "user"]
