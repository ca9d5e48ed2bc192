"""Reporters: a line of JSON an article for logs, a bar for people."""

from __future__ import annotations

import io
import itertools
import json
from dataclasses import replace

import pytest
from rich.console import Console

from summarizer.batch.limits import Budget, Price
from summarizer.batch.reporter import BarReporter, Event, JsonReporter
from summarizer.model.progress import how_far

DONE = Event("a.txt", "/in/a.txt", "done", attempts=1, tokens_in=10, seconds=1.5)
FAILED = Event(
    "b.txt", "/in/b.txt", "failed", attempts=2, error_kind="SourceError", error="[red]b.txt: hỏng[/red]"
)


def test_a_log_has_one_line_of_json_for_each_thing_that_happens() -> None:
    stream = io.StringIO()
    reporter = JsonReporter(stream)
    reporter.article(DONE)
    reporter.article(FAILED)
    reporter.notice("the endpoint is down")
    for done in range(100):
        reporter.stage("fetching the weights", done, 100_000_000)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.get("state") for line in lines] == ["done", "failed", None, None]
    assert "error" not in lines[0]
    assert lines[1]["error"] == FAILED.error
    assert lines[3]["notice"] == "fetching the weights: 0 MB of 100 MB"
    assert "hỏng" in stream.getvalue()


def test_a_log_says_now_and_then_which_article_and_which_question_is_at_hand() -> None:
    stream, moments = io.StringIO(), itertools.count(step=2.0)
    reporter = JsonReporter(stream, clock=lambda: next(moments))
    reporter.expect(5)
    for done in range(5):
        reporter.part("counts", done, 9)
    reporter.article(DONE)
    reporter.skipped(1)
    reporter.part("meeting", 0, 1)
    said = [json.loads(line).get("notice") for line in stream.getvalue().splitlines()]
    assert said == [
        "article 1 of 5, asking about the counts: 0 of 9",
        "article 1 of 5, asking about the counts: 3 of 9",
        None,
    ]
    for _ in range(2):
        reporter.part("meeting", 0, 1)
    assert (
        json.loads(stream.getvalue().splitlines()[-1])["notice"] == "article 3 of 5, asking about the meeting"
    )


def test_a_bar_shows_how_far_tokens_cost_and_failures_word_for_word() -> None:
    stream = io.StringIO()
    budget = Budget(Price(1.0, 1.0, "given"), tokens=1234, cost=0.5)
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), budget)
    reporter.expect(4)
    reporter.skipped(1)
    reporter.article(DONE)
    reporter.article(FAILED)
    reporter.part("counts", 2, 9)
    reporter.close()
    shown = stream.getvalue()
    assert FAILED.error is not None
    for part in (
        "3 of 4 articles · 1 failed · 1 skipped · 1,234 tokens · $0.50",
        "article 4 of 4, asking about the counts: 2 of 9",
        FAILED.error,
    ):
        assert part in shown


def test_a_bar_says_nothing_of_tokens_and_dollars_where_there_are_none() -> None:
    stream = io.StringIO()
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), Budget(Price(0, 0, "")))
    reporter.article(DONE)
    reporter.close()
    assert "1 article" in stream.getvalue()
    assert "a.txt" in stream.getvalue()
    assert not any(part in stream.getvalue() for part in ("$", "tokens"))
    assert stream.getvalue().removesuffix("\x1b[?25h").endswith("\n")


def test_a_bar_is_in_the_language_of_whoever_follows_it() -> None:
    stream = io.StringIO()
    budget = Budget(Price(1.0, 1.0, "given"), tokens=1234, cost=0.5)
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), budget, "vi")
    reporter.expect(4)
    reporter.skipped(1)
    reporter.article(replace(FAILED, error="b.txt: is empty; there is nothing to summarize"))
    reporter.part("counts", 0, 1)
    reporter.notice("the connection to http://x/v1 broke off: try again later; trying again in 5 s")
    reporter.close()
    for part in (
        "2/4 bài · 1 bài lỗi · 1 bài đã xong từ trước · 1.234 token · $0,50",
        "b.txt: trống; không có gì để tóm tắt",
        "bài 3/4, đang hỏi về số liệu",
        "kết nối tới http://x/v1 bị đứt: hãy thử lại sau; thử lại sau 5 giây",
    ):
        assert part in stream.getvalue()


@pytest.mark.parametrize(
    ("stage", "done", "total", "vietnamese", "english"),
    [
        ("counts", 0, 1, "đang hỏi về số liệu", "asking about the counts"),
        ("counts", 1, 12, "đang hỏi về số liệu: 1/12", "asking about the counts: 1 of 12"),
        ("loading the model", 0, 1, "đang nạp mô hình", "loading the model"),
        (
            "fetching the weights",
            96_000_000,
            1_117_000_000,
            "đang tải trọng số: 96/1.117 MB",
            "fetching the weights: 96 MB of 1,117 MB",
        ),
    ],
)
def test_a_stage_is_named_with_how_far_it_is(
    stage: str, done: int, total: int, vietnamese: str, english: str
) -> None:
    assert how_far(stage, done, total, "vi") == vietnamese
    assert how_far(stage, done, total, "en") == english
