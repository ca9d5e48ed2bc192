"""Every fault of an endpoint, met by one article of a job: what the user sees, and that the others finish."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.conftest import Run
from tests.batch.jobs import code_in, write_articles
from tests.conftest import Serve
from tests.loopback import (
    Reply,
    Request,
    answer,
    broken,
    busy,
    chat,
    cut,
    dropped,
    failed,
    filled,
    hanging,
    html,
    no_choices,
)


@dataclass(frozen=True)
class Case:
    """A fault, met so many `times` by each request (None: always), and how its article ends.

    `at_first`: it is met until another article is asked about. `warned`: there is a report by the rules, with a
    warning that the model's answers do not hold.
    """

    name: str
    reply: Reply
    times: int | None = None
    at_first: bool = False
    error: str | None = None
    attempts: int = 1
    warned: bool = False


_MET = "AAAA"  # the article that meets the fault, the first of four

CASES = (
    Case("429 with Retry-After 0.2", busy(0.2), times=2),
    Case("429 with Retry-After 1", busy(1), times=1),
    Case("429 without Retry-After", busy(), times=1),
    Case("500, once", failed(500), times=1),
    Case("500, at first", failed(500), at_first=True, attempts=2),
    Case("500, for ever", failed(500), error="EndpointError", attempts=2),
    Case("503 with Retry-After", failed(503, retry_after="0.2"), times=1),
    Case("400", failed(400), error="EndpointError"),
    Case("hangs", hanging(), error="DeadlineError", attempts=2),
    Case("hangs at first", hanging(), at_first=True, attempts=2),
    Case("drops the connection", dropped(), error="EndpointError", attempts=2),
    Case("drops the connection once", dropped(), times=1),
    Case("breaks off in the body", cut({"x": 1}), error="EndpointError", attempts=2),
    Case("a page for people", html(), error="EndpointError"),
    Case("half a JSON", broken(), error="EndpointError", attempts=2),
    Case("no choices", no_choices(), warned=True),
    Case("ends before it is whole", chat('{"1', finish_reason="length"), warned=True),
    Case("refuses", chat(None, refusal="no"), warned=True),
    Case("the filter refuses", failed(400, code="content_filter"), warned=True),
    Case("talks", chat("I cannot help with that."), warned=True),
    Case("leading zero", chat('{"1. 02": 09}'), warned=True),
    Case("nothing", chat(""), warned=True),
    Case("other fields", chat({"n": 27.0}), warned=True),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_one_articles_matter(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    write_articles(tmp_path / "in", 4)
    monkeypatch.setenv("SUMMARIZER_REQUEST_SECONDS", "1" if "hang" in case.name else "30")
    met: Counter[bytes] = Counter()
    asked: set[str] = set()

    def script(request: Request) -> Reply:
        asked.add(code := code_in(request.text))
        if code != _MET or met[request.raw] == case.times or (case.at_first and asked != {_MET}):
            return answer(request)
        met[request.raw] += 1
        return case.reply

    options = ("--in-flight", "1") if case.at_first else ()
    result = run(tmp_path / "in", url=serve(script).base_url, options=options)
    lines = result.lines
    assert met
    assert lines[f"{_MET}.txt"].attempts == case.attempts
    assert {name for name, line in lines.items() if line.state == "done"} >= {
        "AAAB.txt",
        "AAAC.txt",
        "AAAD.txt",
    }
    if case.error is None:
        assert (result.code, len(result.reports), result.run["warned"]) == (case.warned, 4, case.warned)
    else:
        assert (result.code, len(result.reports)) == (1, 3)
        line = lines[f"{_MET}.txt"]
        assert line.error_kind == case.error
        assert result.failures[f"{_MET}.txt"] == f"{case.error}: {line.error}"
        assert f" {line.name}: {line.error}\n" in result.stderr


@pytest.mark.parametrize(
    "wrap",
    [
        lambda value: f"```json\n{value}\n```",
        lambda value: f"<think>{{}} hmm</think>{value}",
        lambda value: value,
    ],
    ids=["fenced", "thoughts", "plain without usage"],
)
def test_an_answer_in_a_wrapping_is_as_good(tmp_path: Path, serve: Serve, run: Run, wrap: object) -> None:
    import json

    write_articles(tmp_path / "in", 2)
    plain = run(tmp_path / "in", url=serve().base_url, out="plain")

    def script(request: Request) -> Reply:
        return chat(wrap(json.dumps(filled(request.schema))), usage=None)  # type: ignore[operator]

    result = run(tmp_path / "in", url=serve(script).base_url)
    assert [report["counts"] for report in result.reports] == [report["counts"] for report in plain.reports]
    assert result.run["tokens_in"] > 0
