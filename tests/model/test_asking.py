"""Asking: how far an article's questions are, told to who follows them."""

from __future__ import annotations

import asyncio

from pydantic import BaseModel

from summarizer.model.client import Asker, open_model
from summarizer.model.questions import Message, Question
from summarizer.settings import Settings
from tests.conftest import Serve


class Said(BaseModel):
    said: str


def question(part: str) -> Question[Said]:
    return Question(part, (Message(role="user", content=part),), Said, max_tokens=20)


def test_the_part_at_hand_is_told_with_how_far_it_is(serve: Serve) -> None:
    told: list[tuple[str, int, int]] = []

    async def once() -> None:
        def hear(stage: str, done: int, total: int) -> None:
            told.append((stage, done, total))

        settings = Settings(model="m", base_url=serve().base_url, parallel=1)
        async with open_model(settings) as model:
            asker = Asker(model, seconds=None, progress=hear)
            await asyncio.gather(*(asker.ask(question(part)) for part in ("counts", "counts", "summary")))

    asyncio.run(once())
    assert list(dict.fromkeys(told)) == [
        ("counts", 0, 2),
        ("counts", 1, 2),
        ("counts", 2, 2),
        ("summary", 0, 1),
        ("summary", 1, 1),
    ]
