"""Completions: the JSON of an answer, whatever stands around it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model.completions import find_json, read

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


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ('{"a": 1}\nHết. {"b": [1, 2, 3]}', '{"a": 1}'),
        ('Theo mẫu {a}: {"a": 1}', '{"a": 1}'),
        ('Ví dụ {"x": 0}, vậy: {"a": {"b": 1}} xong', '{"a": {"b": 1}}'),
        ('<think>{"a": 0}</think>{"a": 1}', '{"a": 1}'),
        ('{"a": "<think>"}', '{"a": "<think>"}'),
        ('Đây: {"a": 09, "b": {"c": 1}} hết', '{"a": 09, "b": {"c": 1}}'),
        ('{"a": 1', '{"a": 1'),
    ],
)
def test_the_object_is_found_and_nothing_is_repaired(raw: str, found: str) -> None:
    assert find_json(raw) == found


@pytest.mark.parametrize(
    "part", ["<think>", "```json\n", "{", '{"', '{"a', "[{", '{"a": ', "{ ", "</think>{", "{}"]
)
def test_an_answer_of_millions_of_characters_is_read(part: str) -> None:
    raw = "x" + part * (2_000_000 // len(part))  # for hours, if the time grew with the square of it

    assert len(find_json(raw)) <= len(raw)


@pytest.mark.parametrize("count", [0, -5, 10**30, True, "many", None])
def test_a_count_of_tokens_that_no_answer_has_is_estimated(count: object) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": 12}
    body = {"choices": [{"message": {"content": "{}"}}], "usage": usage}

    attempt = read(body, [{"content": "chi bộ " * 30}], endpoint="here")

    assert (attempt.tokens_in, attempt.tokens_out) == (74, 12)
