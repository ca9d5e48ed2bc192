"""The Python API: one document or many, from paths and from text."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import MeetingReport, api, asummarize, summarize, summarize_many
from summarizer.api import Failure
from summarizer.errors import ConfigError, EndpointError, SourceError
from summarizer.model.client import open_model
from summarizer.settings import Settings
from summarizer.sources.document import Document
from tests.conftest import Serve
from tests.loopback import Loopback, answer

TEXT = "Hội nghị tổng kết công tác Đảng khen thưởng 12 đảng viên hoàn thành tốt nhiệm vụ."


@pytest.fixture
def server(serve: Serve) -> Loopback:
    return serve()


@pytest.fixture
def chosen(server: Loopback) -> Settings:
    return Settings(model="m", base_url=server.base_url, retries=0, parallel=2)


def test_a_text_becomes_a_report(chosen: Settings) -> None:
    report = summarize(TEXT, settings=chosen)
    assert isinstance(report, MeetingReport)
    assert [(one.value, one.subject, one.grade) for one in report.counts] == [(12, "party_member", "good")]
    assert report.source.name == "text"


@pytest.mark.parametrize("as_text", [True, False], ids=["a string", "a Path"])
def test_a_path_becomes_a_report(tmp_path: Path, chosen: Settings, as_text: bool) -> None:
    path = tmp_path / "bài.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = summarize(str(path) if as_text else path, settings=chosen)
    assert report.source.name == "bài.txt"
    assert report.source.location == str(path)


def test_it_can_be_awaited_with_one_model_for_all(chosen: Settings, server: Loopback) -> None:
    async def both() -> list[MeetingReport]:
        async with open_model(chosen) as model:
            return list(await asyncio.gather(asummarize(TEXT, model=model), asummarize(TEXT, model=model)))

    first, second = asyncio.run(both())
    assert first.counts == second.counts


def test_a_source_that_cannot_be_read_is_an_error(tmp_path: Path, chosen: Settings) -> None:
    with pytest.raises(SourceError, match="no such file"):
        summarize(tmp_path / "nothing.txt", settings=chosen)


def test_many_yields_reports_and_failures_in_order(tmp_path: Path, chosen: Settings) -> None:
    found = list(summarize_many([TEXT, tmp_path / "nothing.txt", Document("b", TEXT)], settings=chosen))
    assert [type(one) for one in found] == [MeetingReport, Failure, MeetingReport]
    assert isinstance(found[1], Failure)
    assert isinstance(found[1].error, SourceError)
    assert found[1].source.endswith("nothing.txt")


def test_what_nobody_foresaw_is_a_failure_of_its_source(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = api.extract

    async def broken(document: Document, *arguments: Any, **options: Any) -> MeetingReport:
        if document.name == "b":
            raise ZeroDivisionError("no")
        return await extract(document, *arguments, **options)

    monkeypatch.setattr(api, "extract", broken)
    found = list(summarize_many([Document("b", TEXT), TEXT], settings=chosen))
    assert [type(one) for one in found] == [Failure, MeetingReport]
    assert isinstance(found[0], Failure)
    assert str(found[0].error) == "unexpected ZeroDivisionError: no"
    assert isinstance(found[0].error.__cause__, ZeroDivisionError)


def test_many_reads_no_further_ahead_than_it_has_under_way(chosen: Settings) -> None:
    read: list[int] = []

    def sources() -> Iterator[str]:
        for i in range(50):
            read.append(i)
            yield f"{TEXT} Bài {i} của chi bộ."

    reports = summarize_many(sources(), settings=chosen, in_flight=3)
    next(reports)
    assert len(read) <= 4
    next(reports)
    assert len(read) <= 5


def test_many_keeps_to_its_bound_in_flight(serve: Serve) -> None:
    server = serve(lambda request: answer(request).after(0.02))
    chosen = Settings(model="m", base_url=server.base_url, retries=0, parallel=4)
    assert len(list(summarize_many([TEXT + str(i) for i in range(12)], settings=chosen, in_flight=4))) == 12
    assert 1 < server.most_in_flight <= 4


def test_leaving_many_half_way_leaves_nothing_running(chosen: Settings) -> None:
    reports = summarize_many([TEXT] * 10, settings=chosen)
    next(reports)
    reports.close()  # type: ignore[attr-defined]


def test_a_set_up_that_is_wrong_is_told_before_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    with pytest.raises(ConfigError):
        next(summarize_many([TEXT]))


def test_an_endpoint_that_is_down_is_a_failure_of_each(chosen: Settings) -> None:
    down = Settings(model="m", base_url="http://127.0.0.1:9/v1", retries=0)
    (failure,) = summarize_many([TEXT], settings=down)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, EndpointError)
