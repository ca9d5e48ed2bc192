"""Tokens of an answer, as a job books them."""

from __future__ import annotations

import json

import pytest

from summarizer.batch.transports import Usage, usage_of


@pytest.mark.parametrize("count", [0, -5, 10**30, None])
def test_tokens_that_cannot_be_booked_are_estimated_by_length(count: int | None) -> None:
    choices = [{"message": {"content": "a" * 400}}]
    usage = {"prompt_tokens": count, "completion_tokens": count}

    found = usage_of(400, json.dumps({"choices": choices, "usage": usage}).encode())

    assert found == Usage(100, 107, estimated=True)


def test_a_response_that_nests_without_end_has_no_tokens() -> None:
    assert usage_of(0, b"[" * 100_000) is None
