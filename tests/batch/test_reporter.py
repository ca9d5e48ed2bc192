"""Reporters: a line of JSON an article for logs, a bar for people."""

from __future__ import annotations

import io
import json

from rich.console import Console

from summarizer.batch.budget import Budget
from summarizer.batch.prices import Price
from summarizer.batch.reporter import BarReporter, Event, JsonReporter

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
    assert lines[3]["notice"] == "fetching the weights: 0%"
    assert "hỏng" in stream.getvalue()


def test_a_bar_shows_how_far_tokens_cost_and_failures_word_for_word() -> None:
    stream = io.StringIO()
    budget = Budget(Price(1.0, 1.0, "given"), tokens=1234, cost=0.5)
    reporter = BarReporter(Console(file=stream, force_terminal=True, width=160), budget)
    reporter.expect(4)
    reporter.skipped(1)
    reporter.article(DONE)
    reporter.article(FAILED)
    reporter.stage("questions", 3, 9)
    reporter.close()
    shown = stream.getvalue()
    assert FAILED.error is not None
    for part in ("3/4", "1 failed", "1 skipped", "1,234 tokens", "$0.50", "questions: 3 of 9", FAILED.error):
        assert part in shown
