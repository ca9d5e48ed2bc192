"""Reading by rules in child processes: the same as here, within a time, and whatever goes wrong is one article's."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch import readers
from summarizer.batch.readers import Readers
from summarizer.errors import SourceError
from summarizer.pipeline import extract
from summarizer.sources.document import Document
from tests.schemas.test_taxonomy import HEAD

ARTICLE = Document(
    name="a", text="Chi bộ Khoa Toán tổng kết năm 2020\nNăm qua, Chi bộ Khoa Toán có 27 đảng viên.\n"
)
NUMBERS = Document(name="numbers", text="| 1 " * 70_000)


@pytest.fixture(autouse=True)
def _children_from_the_first_article_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LONG", 0)


def run(test: Callable[[Readers], Awaitable[Any]], seconds: float = 60.0) -> Any:
    async def within() -> Any:
        async with Readers(None, seconds) as reading:
            return await test(reading)

    return asyncio.run(within())


def test_a_child_reads_as_is_read_here() -> None:
    async def test(reading: Readers) -> None:
        there, here = await extract(ARTICLE, None, read=reading.read), await extract(ARTICLE, None)
        without = {"provenance"}
        assert there.model_dump(exclude=without) == here.model_dump(exclude=without)

    run(test)


def test_a_users_taxonomy_holds_in_a_child_too(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(f"{HEAD}subject,teapot,ấm trà,,,no,,ấm trà\n", encoding="utf-8")
    text = ARTICLE.text + "Khoa trao 12 ấm trà.\n"

    async def test() -> list[str | None]:
        async with Readers(str(table), 60.0) as reading:
            _, read = await reading.read(Document(name="a", text=text))
        return [number.subject for number in read.numbers.values()]

    assert "teapot" in asyncio.run(test())


def test_what_reading_raises_comes_out_with_where_it_was_raised() -> None:
    async def test(reading: Readers) -> None:
        with pytest.raises(SourceError, match="70,000 numbers, more than any article") as raised:
            await reading.read(NUMBERS)
        assert "take_apart" in raised.value.__notes__[0]
        await reading.read(ARTICLE)

    run(test)


def test_a_text_that_takes_too_long_is_one_failed_article_and_its_child_is_ended() -> None:
    async def test(reading: Readers) -> None:
        with pytest.raises(SourceError, match=r"takes more than 0\.01 s to read"):
            await reading.read(Document(name="long", text=ARTICLE.text * 2_000))
        assert not reading._workers._idle

    run(test, 0.01)


def test_a_child_that_dies_costs_nothing_where_it_was_not_the_article() -> None:
    async def test(reading: Readers) -> None:
        await reading.read(ARTICLE)
        reading._workers._idle[0].process.kill()
        await reading.read(ARTICLE)

    run(test)


def test_a_child_that_an_article_ends_is_one_failed_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickle, "dumps", lambda _: b"no pickle")

    async def test(reading: Readers) -> None:
        with pytest.raises(SourceError, match="ended its reader"):
            await reading.read(ARTICLE)
        monkeypatch.undo()
        await reading.read(Document(name="long", text=ARTICLE.text * 1_000))

    run(test)


def test_children_are_begun_once_a_job_has_more_than_a_few_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LONG", 30_000)

    async def test(reading: Readers) -> None:
        for _ in range(readers._FEW):
            await reading.read(ARTICLE)
        assert reading._begun is None
        await reading.read(ARTICLE)
        assert reading._begun is not None
        await asyncio.wait([reading._begun])
        assert len(reading._workers._idle) == reading.count
        monkeypatch.setattr(readers, "read_here", None)
        await reading.read(ARTICLE)

    run(test)


def test_requests_go_on_while_an_article_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LONG", 30_000)
    turns = 0

    async def test(reading: Readers) -> None:
        nonlocal turns
        read = asyncio.ensure_future(reading.read(Document(name="whole", text=ARTICLE.text * 100)))
        while not read.done():
            turns += 1
            await asyncio.sleep(0)

    run(test)
    assert turns > 3


def test_a_job_that_is_stopped_waits_for_no_child() -> None:
    async def test() -> None:
        async with Readers(None, 600.0) as reading:
            waiting = asyncio.ensure_future(reading.read(Document(name="long", text=ARTICLE.text * 3_000)))
            await asyncio.sleep(0)
            waiting.cancel()

    asyncio.run(test())
