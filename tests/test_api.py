"""The Python API: one document or many, from paths and from text."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import summarizer.api
from summarizer import (
    ConfigError,
    EndpointError,
    Failure,
    MeetingReport,
    Settings,
    SourceError,
    asummarize,
    summarize,
    summarize_many,
)
from summarizer.model.client import Model
from summarizer.sources.document import Document
from tests.conftest import Serve
from tests.loopback import Loopback, answer
from tests.pages.gold_reports import STEMS, article

TEXT = "Hội nghị tổng kết công tác Đảng khen thưởng 12 đảng viên hoàn thành tốt nhiệm vụ."


NONE = Settings.from_env({}, model="none")


def wrong(value: object) -> Any:
    """A value that the types would not let through."""
    return value


@pytest.fixture
def server(serve: Serve) -> Loopback:
    return serve()


@pytest.fixture
def chosen(server: Loopback) -> Settings:
    return Settings(model="m", base_url=server.base_url, retries=0, parallel=2)


def test_a_text_becomes_a_report() -> None:
    report = summarize(TEXT, settings=NONE)
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
        async with Model(chosen) as model:
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


def test_a_policy_that_is_wrong_is_told_before_a_model_is_asked(server: Loopback) -> None:
    for settings in (
        Settings(model="none", policy="counts=nobody"),
        Settings(model="m", base_url=server.base_url, policy="counts=nobody"),
    ):
        with pytest.raises(ConfigError, match="counts=nobody"):
            summarize(TEXT, settings=settings)
    assert not server.requests


def test_an_endpoint_that_is_down_is_a_failure_of_each(chosen: Settings) -> None:
    down = Settings(model="m", base_url="http://127.0.0.1:9/v1", retries=0)
    (failure,) = summarize_many([TEXT], settings=down)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, EndpointError)


def test_it_works_where_an_event_loop_runs_as_in_a_notebook() -> None:
    async def cell() -> list[object]:
        reports = [summarize(TEXT, settings=NONE).counts[0].value]
        return [*reports, *(type(one) for one in summarize_many([TEXT, "/nothing.txt"], settings=NONE))]

    assert asyncio.run(cell()) == [12, MeetingReport, Failure]


def test_an_interrupt_of_a_cell_ends_what_it_had_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    async def hanging(*_: object, **__: object) -> None:
        try:
            while True:  # what arrives right before the lock is waited for is seen only with the next signal
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
                await asyncio.sleep(1)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    monkeypatch.setattr("summarizer.api.extract", hanging)
    before = set(threading.enumerate())
    at_first = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a job in the background
    try:
        with pytest.raises(KeyboardInterrupt):
            list(summarize_many([TEXT], settings=NONE))
    finally:
        signal.signal(signal.SIGINT, at_first)
    assert ended == ["cancelled"]
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: summarize(wrong(7)), "a source is a text, a path, an address or a Document, not int"),
        (lambda: summarize(wrong(b"bytes")), "not bytes"),
        (lambda: summarize(wrong(None)), "not NoneType"),
        (
            lambda: summarize(TEXT, settings=wrong("none")),
            "settings must be Settings, as from Settings.from_env",
        ),
        (lambda: summarize(TEXT, on_progress=wrong(True)), "on_progress must be a function, not bool"),
        (lambda: asyncio.run(asummarize(wrong(["a", "b"]))), "not list"),
        (lambda: summarize_many(TEXT), "takes a collection of sources, not str"),
        (lambda: summarize_many(wrong(Path("a.txt"))), "takes a collection of sources, not PosixPath"),
        (lambda: summarize_many(wrong(7)), "takes a collection of sources, not int"),
        (lambda: summarize_many([TEXT], in_flight=0), "in_flight must be a whole number from 1 on, not 0"),
        (lambda: summarize_many([TEXT], in_flight=True), "not True"),
        (lambda: summarize_many([TEXT], settings=wrong({})), "not dict"),
        (
            lambda: asyncio.run(asummarize(TEXT, model=wrong("none"))),
            "model must be an open summarizer.model",
        ),
    ],
)
def test_an_argument_of_another_type_is_a_type_error_in_one_line(
    call: Callable[[], object], reason: str
) -> None:
    with pytest.raises(TypeError) as caught:
        call()
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("other", [7.5, None, b"x", [TEXT]])
def test_among_many_a_source_of_another_type_is_a_failure(other: object) -> None:
    found = list(summarize_many([wrong(other), TEXT, wrong(other), TEXT], settings=NONE))
    assert [type(one) for one in found] == [Failure, MeetingReport] * 2
    assert isinstance(found[0], Failure)
    assert f"not {type(other).__name__}" in str(found[0].error)


def test_whatever_one_document_raises_the_others_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = summarizer.api.extract

    async def breaking(document: Document, *arguments: object, **options: object) -> object:
        if document.name == "hỏng":
            raise ZeroDivisionError("never\nforeseen")
        return await whole(document, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("summarizer.api.extract", breaking)
    first, second = summarize_many([Document("hỏng", TEXT), Document("lành", TEXT)], settings=NONE)
    assert isinstance(first, Failure)
    assert str(first.error) == "unexpected ZeroDivisionError: never foreseen"
    assert isinstance(first.error.__cause__, ZeroDivisionError)
    assert isinstance(second, MeetingReport)


RECIPE = (
    "Cách nấu phở bò: cho 2 kg xương bò vào nồi, đổ 5 lít nước, thêm 3 củ hành nướng rồi nấu trong 8 giờ."
)
NO_REVIEWS = {
    "a recipe": RECIPE,
    "three words": "ba từ thôi",
    "code": "def tổng(a, b):\n    # trả về tổng của hai số được cho\n    return a + b\n",
    "a match": "Tối 12/3/2021, đội tuyển Việt Nam đã thắng Thái Lan 3-1 trên sân Mỹ Đình trước 40.000 khán giả. "
    "Huấn luyện viên Park Hang-seo cho biết đội có 23 cầu thủ.",
    "a crime": "Công an huyện Đông Anh vừa bắt giữ 3 đối tượng trộm cắp, thu giữ 12 xe máy và 50 triệu đồng. Vụ việc "
    "xảy ra ngày 4/5/2022 tại xã Hải Bối.",
    "a disease": "Bộ Y tế tối 20/9/2021 công bố 8.681 ca mắc mới, trong đó Thành phố Hồ Chí Minh 5.171 ca.",
}


@pytest.mark.parametrize("text", NO_REVIEWS.values(), ids=NO_REVIEWS)
def test_a_text_that_is_no_such_article_gives_a_report_that_says_so(text: str) -> None:
    with pytest.warns(UserWarning, match="does not look like|không giống"):
        report = summarize(text, settings=NONE)
    assert [notice.code for notice in report.notices] == ["no_such_article"]
    assert "không giống" in report.to_markdown()


@pytest.mark.parametrize(
    ("locale", "words"), [("vi_VN.UTF-8", "không giống bài về một hội nghị"), ("C", "does not look like")]
)
def test_a_text_that_is_no_such_article_warns_in_the_language_of_the_environment(
    locale: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", locale)
    with pytest.warns(UserWarning, match=words) as caught:
        report = summarize(RECIPE, settings=NONE)
    assert caught[0].filename == __file__
    assert any("không giống" in line for line in report.warnings)


def test_of_many_a_text_that_is_no_such_article_says_so_in_its_report() -> None:
    (report,) = summarize_many([RECIPE], settings=NONE)
    assert isinstance(report, MeetingReport)
    assert any("không giống" in line for line in report.warnings)


@pytest.mark.filterwarnings("error")
def test_an_article_warns_of_nothing() -> None:
    for name in STEMS:
        assert summarize(article(name), settings=NONE).warnings == ()


def test_progress_is_told_to_who_asks(chosen: Settings) -> None:
    stages: list[str] = []
    summarize(TEXT, settings=chosen, on_progress=lambda stage, done, total: stages.append(stage))
    assert list(dict.fromkeys(stages)) == ["counts", "meeting"]


def test_a_report_is_shown_as_markdown_and_in_a_notebook() -> None:
    report = summarize(article(STEMS[0]), settings=NONE)
    assert report.to_markdown().startswith("# ")
    assert str(report) == report.to_markdown()
    shown = report._repr_html_()
    assert "<table>" in shown
    assert "<h1>" in shown


def test_a_notebook_shows_an_articles_markup_as_text() -> None:
    text = TEXT.replace("12 đảng viên", "12 đảng viên <script>alert(1)</script> [x](javascript:alert(1))")
    shown = summarize(text, settings=NONE)._repr_html_()
    assert "<script" not in shown
    assert 'href="javascript' not in shown


def test_the_counts_are_rows_of_a_frame() -> None:
    report = summarize(article(STEMS[0]), settings=NONE)
    frame = report.to_frame()
    assert len(frame) == len(report.counts)
    assert list(frame["value"]) == [count.value for count in report.counts]
    assert list(frame["sentence"]) == [count.sentence.text for count in report.counts]
    assert set(frame["article"]) == {"text"}
    assert list(frame.columns) == list(report.to_records()[0])


def test_a_report_without_counts_is_a_frame_without_rows() -> None:
    report = summarize(article(STEMS[0]), settings=NONE)
    full, empty = report.to_frame(), report.model_copy(update={"counts": ()}).to_frame()
    assert (len(empty), list(empty.columns)) == (0, list(full.columns))
    assert full["part_of"].dtype == empty["part_of"].dtype == "Int64"


def test_where_only_polars_is_installed_frames_of_all_articles_can_be_joined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    polars = pytest.importorskip("polars")
    monkeypatch.setattr("summarizer.api.find_spec", lambda name: name == "polars" or None)
    reports = [summarize(article(name), settings=NONE) for name in STEMS]
    frame = polars.concat([report.to_frame() for report in reports])
    assert frame["value"].to_list() == [count.value for report in reports for count in report.counts]
    assert frame["part_of"].to_list() == [count.part_of for report in reports for count in report.counts]


def test_without_pandas_and_polars_a_frame_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.api.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="pandas or polars"):
        summarize(TEXT, settings=NONE).to_frame()


def test_a_line_of_a_job_is_read_back() -> None:
    report = summarize(TEXT, settings=NONE)
    assert MeetingReport.model_validate_json(report.model_dump_json()) == report
