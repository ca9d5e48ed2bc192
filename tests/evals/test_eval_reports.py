"""evals/reports: JSON, JUnit, Markdown, HTML, terminal."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest
from junitparser import JUnitXml
from rich.console import Console

from evals.baseline import Change
from evals.gold import LabelledArticle
from evals.reports.junit import junit_xml
from evals.reports.markdown import markdown
from evals.reports.page import page, segments_of
from evals.reports.record import dump, record_of
from evals.reports.terminal import print_measurement
from evals.runner import run_system
from evals.scoring import score_article
from evals.verdict import Measurement
from tests.evals.made import Scripted, right, with_count

HOSTILE = "</mark><script>alert(1)</script> | `x` \x00 {{ 7*7 }} {% x %}"


@pytest.fixture
def measurement(five: list[LabelledArticle]) -> Measurement:
    """One count wrong, one missing, one spurious, in hostile company."""
    prediction = with_count(right(five[0]), 0, grade="good")
    extra = replace(prediction.counts[1], at=36, text="2020", value=2020, counted=HOSTILE)
    prediction = replace(prediction, counts=(prediction.counts[0], *prediction.counts[2:], extra))
    hostile = replace(five[1], text=five[1].text + HOSTILE)
    articles = [five[0], hostile, *five[2:]]
    run = asyncio.run(run_system("s", Scripted({(five[0].name, 0): prediction}), articles))
    worse = Change("worse", "s", five[0].name, "gold 001614 02", "right", "wrong grade")
    return Measurement("recorded", {"s": "m"}, tuple(articles), (run,), ("s: too low",), (worse,))


def test_the_record_is_stable_and_sorted(measurement: Measurement) -> None:
    slower = replace(measurement, runs=(replace(measurement.runs[0], seconds=99.0),))
    assert dump(measurement) == dump(slower)
    record = json.loads(dump(measurement))
    assert list(record) == sorted(record)
    assert record["systems"]["s"]["micro"]["strict_f1"] == round(2 * 95 / (97 + 97), 6)
    assert record["systems"]["s"]["worst_article"] == "000_ee6feb4c98eb0748"


def test_every_single_error_is_in_every_report(measurement: Measurement) -> None:
    errors = record_of(measurement)["systems"]["s"]["articles"]["000_ee6feb4c98eb0748"]["errors"]
    assert len(errors) == 3
    terminal = StringIO()
    print_measurement(measurement, Console(file=terminal, width=400))
    for start in ("36: '2020' spurious", "1614: '02' wrong grade", "1790: '12' missing"):
        assert any(error.startswith(start) for error in errors)
        assert start in terminal.getvalue()
        assert start in junit_xml(measurement).decode()
        assert start in markdown(measurement)
        assert start in page(measurement).replace("&#39;", "'")


def test_junit_is_read_by_others_and_fails_what_got_worse(measurement: Measurement) -> None:
    suites = {suite.name: suite for suite in JUnitXml.fromstring(junit_xml(measurement))}
    article = suites["s.000_ee6feb4c98eb0748"]
    failed = [
        case.name for case in article if any(result.__class__.__name__ == "Failure" for result in case.result)
    ]
    assert failed == ["gold 001614 02"]
    assert (suites["required"].tests, suites["required"].failures) == (2, 2)


def test_markdown_cannot_be_broken_by_an_article(measurement: Measurement) -> None:
    text = markdown(measurement)
    assert "<script>" not in text
    assert "\x00" not in text
    assert "`x`" not in text.replace(r"\`x\`", "")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_stands_alone_and_runs_nothing(measurement: Measurement) -> None:
    html = page(measurement)
    parser = _Tags()
    parser.feed(html)
    assert not {"script", "link", "img", "iframe"} & set(parser.tags)
    assert parser.links == []
    assert "url(" not in html
    assert "\x00" not in html
    assert "{{ 7*7 }}" in html


def test_the_page_tells_errors_before_the_texts(measurement: Measurement) -> None:
    html = page(measurement)
    assert (
        html.index("Below a threshold")
        < html.index("Against the baseline")
        < html.index('<div class="text">')
    )
    assert re.search(r'<mark class="wrong" title="wrong grade: [^"]*"><small>✗</small> 02', html)


def test_marks_cover_the_text_exactly(five: list[LabelledArticle]) -> None:
    for article in five:
        score = score_article(article, with_count(right(article), 0, at=0, text=article.text[:5]))
        segments = segments_of(article.text, score.leaves)
        assert "".join(segment.text for segment in segments) == article.text
        assert {segment.kind for segment in segments} >= {None, "right", "missing", "spurious"}


def test_an_unmeasured_run_shows_no_figure(five: list[LabelledArticle]) -> None:
    failing = {(article.name, 0): ValueError("no answer") for article in five}
    run = asyncio.run(run_system("s", Scripted(dict(failing)), five))
    measurement = Measurement("live", {"s": "m"}, tuple(five), (run,), unmeasured=("s: no answer",))
    terminal = StringIO()
    print_measurement(measurement, Console(file=terminal, width=400))
    for report in (terminal.getvalue(), markdown(measurement), page(measurement)):
        assert "1.000" not in report
        assert "no answer" in report
    assert record_of(measurement)["systems"]["s"]["micro"] is None
