"""Asking: how far an article's questions are, told to who follows them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from pydantic import BaseModel

from summarizer.errors import EndpointError, TruncatedAnswerError
from summarizer.model.client import Asker, Model
from summarizer.model.questions import Message, Question
from summarizer.schemas.provenance import PartCost
from summarizer.settings import Settings
from tests.clock import QuickClock
from tests.conftest import Serve
from tests.loopback import chat


class Said(BaseModel):
    said: str


def question(part: str) -> Question[Said]:
    return Question(part, (Message(role="user", content=part),), Said, max_tokens=20)


def told(url: str, *parts: str) -> list[tuple[str, int, int]]:
    """What whoever follows these questions to a model is told, to the first that it cannot be asked."""
    calls: list[tuple[str, int, int]] = []

    async def ask() -> None:
        async with Model(Settings(model="m", base_url=url, retries=0)) as model:
            asker = Asker(
                model, seconds=None, progress=lambda stage, done, total: calls.append((stage, done, total))
            )
            for part in parts:
                await asker.ask(question(part))

    with suppress(EndpointError):
        asyncio.run(ask())
    return calls


def test_each_question_is_told_of_before_and_after_its_answer_once_the_endpoint_has_answered(
    serve: Serve,
) -> None:
    assert told(serve().base_url, "counts", "counts", "summary") == [
        ("counts", 1, 1),
        ("counts", 1, 2),
        ("counts", 2, 2),
        ("summary", 0, 1),
        ("summary", 1, 1),
    ]


def test_nothing_is_told_of_questions_to_an_endpoint_that_is_not_there() -> None:
    assert told("http://127.0.0.1:9/v1", "counts") == []


def told_while_waiting(url: str, *, retries: int, questions: int = 1) -> list[str]:
    """What whoever waits for a model is told, by its stages."""
    stages: list[str] = []
    chosen = Settings(model="m", base_url=url, retries=retries)

    async def ask() -> None:
        note = lambda stage, done, total: stages.append(stage)  # noqa: E731
        async with Model(chosen, clock=QuickClock(), progress=note) as model:
            for _ in range(questions):
                await model.ask(question("counts"))

    with suppress(EndpointError):
        asyncio.run(ask())
    return stages


def test_who_waits_for_an_endpoint_that_is_down_is_told_before_it_is_tried_again() -> None:
    url = "http://127.0.0.1:9/v1"
    assert told_while_waiting(url, retries=0) == []
    assert told_while_waiting(url, retries=1) == [f"no answer yet from {url}, still trying"]


def test_who_waits_for_the_first_answer_of_a_silent_endpoint_is_told(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.model.client._SILENT_S", 0.01)
    server = serve([chat({"said": "a"}).after(0.3)])
    assert told_while_waiting(server.base_url, retries=0, questions=2) == [
        f"no answer yet from {server.base_url}, still trying"
    ]


def test_what_the_questions_of_a_part_cost_is_added_up(serve: Serve) -> None:
    async def once() -> dict[str, PartCost]:
        script = [chat({"said": "a"}), chat("{}"), chat({"said": "b"}), chat("", finish_reason="length")]
        async with Model(Settings(model="m", base_url=serve(script).base_url)) as model:
            asker = Asker(model, seconds=None)
            await asker.ask(question("counts"))
            await asker.ask(question("counts"))
            with pytest.raises(TruncatedAnswerError):
                await asker.ask(question("counts"))
            return asker.parts

    cost = asyncio.run(once())["counts"]
    assert (cost.questions, cost.attempts, cost.tokens_in, cost.tokens_out) == (3, 4, 400, 40)
