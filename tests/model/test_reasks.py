"""Re-asks: what is wrong with an answer, in a few words."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from pydantic import BaseModel, ValidationError, field_validator

from summarizer.model.structured import problems


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
