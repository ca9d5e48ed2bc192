"""Reporters: a line an article for logs, a bar on a terminal."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from datetime import datetime

import pytest
from rich.console import Console

from summarizer.batch.items import file_item
from summarizer.batch.limits import Budget, Price
from summarizer.batch.records import Outcome
from summarizer.batch.reporter import BarReporter, LineReporter
from summarizer.model.progress import how_far

DONE = file_item("/in/a.txt"), Outcome(1, b"{}", tokens_in=10, seconds=1.5)
ERROR = "[red]b.txt: hỏng[/red]"
FAILED = file_item("/in/b.txt"), Outcome(2, attempts=2, error_kind="SourceError", error=ERROR)


def lines_of(stream: io.StringIO) -> list[str]:
    """What was written, without the time that each line begins with."""
    lines = stream.getvalue().splitlines()
    assert all(datetime.fromisoformat(line[:19]) for line in lines)
    return [line[20:] for line in lines]


def test_a_log_has_a_line_for_each_thing_that_happens() -> None:
    stream = io.StringIO()
    reporter = LineReporter(stream)
    reporter.article(*DONE)
    reporter.article(*FAILED)
    reporter.notice("the endpoint is\ndown \x1b[31m")
    for done in range(100):
        reporter.stage("fetching the weights", done, 100_000_000)
    assert lines_of(stream) == [
        "a.txt: done in 1.5 s",
        f"b.txt: {ERROR}",
        "the endpoint is down \\x1b[31m",
        "fetching the weights: 0 MB of 100 MB",
    ]


def test_a_log_says_now_and_then_which_article_and_which_question_is_at_hand() -> None:
    stream, moments = io.StringIO(), itertools.count(step=2.0)
    reporter = LineReporter(stream, "vi", clock=lambda: next(moments))
    reporter.begun(DONE[0])
    for done in range(5):
        reporter.part("counts", done, 9)
    reporter.article(*DONE)
    reporter.begun(FAILED[0])
    reporter.part("meeting", 0, 1)
    assert lines_of(stream) == [
        "a.txt: đang hỏi về số liệu: 0/9",
        "a.txt: đang hỏi về số liệu: 3/9",
        "a.txt: xong sau 1,5 giây",
        "b.txt: đang hỏi về cuộc họp",
    ]


def test_a_bar_shows_how_far_tokens_cost_and_failures_word_for_word() -> None:
    stream = io.StringIO()
    budget = Budget(Price(1.0, 1.0, "given"), tokens=1234, cost=0.5)
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), budget)
    reporter.expect(4)
    reporter.skipped(1)
    reporter.article(*DONE)
    reporter.article(*FAILED)
    reporter.begun(DONE[0])
    reporter.part("counts", 2, 9)
    reporter.close()
    shown = stream.getvalue()
    for part in (
        "3 of 4 articles · 1 failed · 1 skipped · 1,234 tokens · $0.50",
        "a.txt: asking about the counts: 2 of 9",
        ERROR,
    ):
        assert part in shown


def test_a_bar_shows_no_escapes_that_a_name_or_a_server_holds() -> None:
    stream = io.StringIO()
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), Budget(None))
    hostile = "\x1b]0;title\x07"
    reporter.begun(replace(DONE[0], name=hostile))
    reporter.article(FAILED[0], replace(FAILED[1], error=hostile))
    reporter.notice(hostile)
    reporter.close()
    assert hostile not in stream.getvalue()
    assert stream.getvalue().count("\\x1b]0;title\\x07") >= 3


def test_a_bar_says_nothing_of_tokens_and_dollars_where_there_are_none() -> None:
    stream = io.StringIO()
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), Budget(Price(0, 0, "")))
    reporter.begun(DONE[0])
    reporter.article(*DONE)
    reporter.close()
    assert "1 article" in stream.getvalue()
    assert "a.txt" in stream.getvalue()
    assert not any(part in stream.getvalue() for part in ("$", "tokens"))
    assert stream.getvalue().removesuffix("\x1b[?25h").endswith("\n")


def test_a_narrow_terminal_keeps_the_bar_the_articles_and_the_time_left() -> None:
    stream = io.StringIO()
    budget = Budget(Price(1.0, 1.0, "given"), tokens=1_234_567, cost=0.5)
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=40), budget)
    reporter.expect(2_000)
    reporter.skipped(1_000)
    reporter.close()
    last = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", stream.getvalue()).splitlines()[-1]
    assert re.fullmatch(r"[━╸╺]{8,} 1,000 of 2,000 articles [\d:-]+", last.strip())


def test_a_bar_is_in_the_language_of_whoever_follows_it() -> None:
    stream = io.StringIO()
    budget = Budget(Price(1.0, 1.0, "given"), tokens=1234, cost=0.5)
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), budget, "vi")
    reporter.expect(4)
    reporter.skipped(1)
    reporter.article(FAILED[0], replace(FAILED[1], error="b.txt: is empty; there is nothing to summarize"))
    reporter.begun(DONE[0])
    reporter.part("counts", 0, 1)
    reporter.notice("the connection to http://x/v1 broke off: try again later; trying again in 5 s")
    reporter.close()
    for part in (
        "2/4 bài · 1 bài lỗi · 1 bài đã xong từ trước · 1.234 token · $0,50",
        "b.txt: trống; không có gì để tóm tắt",
        "a.txt: đang hỏi về số liệu",
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
