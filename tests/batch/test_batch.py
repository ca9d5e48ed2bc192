"""The batch command, for real, against a server on loopback: every article reported or listed with its reason."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.batch.conftest import Run
from tests.batch.jobs import article, code_in, code_of, write_articles
from tests.conftest import Serve
from tests.loopback import Reply, Request, answer, busy, failed, hanging


def test_every_article_has_a_line_in_the_order_of_the_sources(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 12)
    result = run(tmp_path / "in", url=serve().base_url)
    assert result.code == 0
    assert result.names == sorted(path.name for path in (tmp_path / "in").iterdir())
    assert [count["value"] for count in result.reports[5]["counts"]] == [7, 3, 2]
    assert "đảng viên hoàn thành tốt nhiệm vụ" in (result.folder / "reports.jsonl").read_text(
        encoding="utf-8"
    )
    assert (result.run["done"], result.run["failed"], result.failures) == (12, 0, {})
    assert sorted(path.name for path in (result.folder / "reports").glob("AAAA.*")) == [
        "AAAA.html",
        "AAAA.md",
    ]


def test_the_log_has_a_line_an_article_and_the_summary_what_was_spent(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 3)
    server = serve()
    result = run(tmp_path / "in", url=server.base_url, options=("--price", "1000,0"))
    ended = re.findall(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (.+): done in [\d.]+ s$", result.stderr, re.M)
    assert sorted(ended) == [f"{code_of(number)}.txt" for number in range(3)]
    tokens = sum(line.tokens_in for line in result.lines.values())
    assert result.run["tokens_in"] == tokens > 0
    assert result.run["cost"] == pytest.approx(tokens / 1000)
    assert result.run["requests"] == len(server.requests)


def test_a_second_run_asks_nothing_and_a_new_article_only_about_itself(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 4)
    server = serve()
    run(tmp_path / "in", url=server.base_url)
    asked = len(server.requests)
    again = run(tmp_path / "in", url=server.base_url)
    assert (again.code, again.run["skipped"], len(server.requests)) == (0, 4, asked)
    write_articles(tmp_path / "in", 1, start=100)
    more = run(tmp_path / "in", url=server.base_url)
    assert {code_in(request.text) for request in server.requests[asked:]} == {code_of(100)}
    assert (more.run["done"], more.run["skipped"], len(more.reports)) == (1, 4, 5)


def test_the_same_text_is_asked_about_once_and_reported_for_both(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    for name in ("a", "b"):
        write_articles(tmp_path / "in" / name, 1)
    (tmp_path / "t.jsonl").write_text(json.dumps({"id": "row", "text": article(0)}), encoding="utf-8")
    one = serve()
    run(tmp_path / "in" / "a", url=one.base_url, out="one")
    three = serve()
    result = run(tmp_path / "in", tmp_path / "t.jsonl", url=three.base_url)
    assert len(three.requests) == len(one.requests)
    assert result.names == ["AAAA.txt", "AAAA.txt", "row"]
    assert {report["source"]["location"] for report in result.reports} == {
        str(tmp_path / "in" / "a" / "AAAA.txt"),
        str(tmp_path / "in" / "b" / "AAAA.txt"),
        str(tmp_path / "t.jsonl") + ":1",
    }
    assert sorted(path.stem[:5] for path in (result.folder / "reports").glob("*.md")) == [
        "AAAA-",
        "AAAA-",
        "row",
    ]
    assert result.run["duplicates"] == 2
    rows = csv.DictReader((result.folder / "articles.csv").read_text("utf-8-sig").splitlines())
    first = str(tmp_path / "in" / "a" / "AAAA.txt")
    assert [row["duplicate_of"] for row in rows] == ["", first, first]


def test_another_model_is_asked_anew_beside_the_old(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 2)
    server = serve()
    run(tmp_path / "in", url=server.base_url)
    asked = len(server.requests)
    result = run(tmp_path / "in", url=server.base_url, options=("--model", "other"))
    assert len(server.requests) == 2 * asked
    assert {report["provenance"]["model"] for report in result.reports} == {"other"}
    assert run(tmp_path / "in", url=server.base_url).run["skipped"] == 2


def test_poison_never_harms_the_ninety_nine(tmp_path: Path, serve: Serve, run: Run) -> None:
    folder = write_articles(tmp_path / "in", 95)
    (folder / "nul.txt").write_bytes(article(200).encode() + b"\0")
    (folder / "large.txt").write_bytes(article(201).encode() * 5000)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "template.txt").write_text(
        "{% raw {{ 1/0 }} {#\n" + article(202) + "{% endraw", encoding="utf-8"
    )
    (tmp_path / "t.jsonl").write_text(
        json.dumps({"id": "half", "text": article(203) + "\ud83d"}), encoding="utf-8"
    )
    result = run(folder, tmp_path / "t.jsonl", url=serve().base_url)
    assert result.code == 1
    assert set(result.failures) == {"nul.txt", "large.txt", "empty.txt", "half"}
    assert len(result.reports) == 96
    assert "template.txt" in result.names


def test_what_failed_is_listed_and_tried_again_when_asked(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 4)
    broken = {code_of(2)}

    def script(request: Request) -> Reply:
        return failed(400) if code_in(request.text) in broken else answer(request)

    server = serve(script)
    first = run(tmp_path / "in", url=server.base_url)
    assert (first.code, list(first.failures)) == (1, ["AAAC.txt"])
    assert first.failures["AAAC.txt"].startswith("EndpointError: ")
    broken.clear()
    asked = len(server.requests)
    assert run(tmp_path / "in", url=server.base_url).code == 1
    assert len(server.requests) == asked
    again = run(tmp_path / "in", url=server.base_url, options=("--retry-failed",))
    assert (again.code, again.failures, len(again.reports)) == (0, {}, 4)
    assert {code_in(request.text) for request in server.requests[asked:]} == {"AAAC"}


def test_an_article_that_meets_a_fault_which_passes_is_tried_once_more_at_the_end(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 6)
    asked: set[str] = set()

    def script(request: Request) -> Reply:
        asked.add(code_in(request.text))
        return failed(500) if asked == {"AAAA"} else answer(request)

    result = run(tmp_path / "in", url=serve(script).base_url, options=("--in-flight", "1"))
    assert (result.code, result.failures) == (0, {})
    assert result.lines["AAAA.txt"].attempts == 2


def test_a_rate_limit_slows_the_job_and_uses_up_no_attempt(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 20)
    seen: set[str] = set()

    def script(request: Request) -> Reply:
        code = code_in(request.text)
        if code in seen or len(seen) >= 8:
            return answer(request)
        seen.add(code)
        return busy(0.2)

    result = run(tmp_path / "in", url=serve(script).base_url, options=("--in-flight", "8"))
    assert result.code == 0
    assert {line.attempts for line in result.lines.values()} == {1}


def test_an_article_that_outlasts_its_time_is_a_row(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 4)
    monkeypatch.setenv("SUMMARIZER_ARTICLE_SECONDS", "1")
    result = run(
        tmp_path / "in",
        url=serve(lambda request: hanging() if code_in(request.text) == "AAAB" else answer(request)).base_url,
    )
    assert result.code == 1
    assert list(result.failures) == ["AAAB.txt"]
    assert result.failures["AAAB.txt"].startswith("DeadlineError: the article's time is up")


def test_an_endpoint_that_never_answers_stops_the_job_before_it_burns_the_articles(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 60)
    server = serve([failed(503)])
    result = run(tmp_path / "in", url=server.base_url, options=("--in-flight", "4"))
    assert result.code == 1
    assert "failed (503)" in result.stderr.splitlines()[-2]
    assert set(result.failures.values()) == {": the job ended before its turn; run the same command again"}
    # Four in a row open the breaker; six are open, so that four requests are always under way.
    assert len({code_in(request.text) for request in server.requests}) <= 4 + 6


def test_an_endpoint_that_nobody_reaches_fails_no_article_however_few_there_are(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 2)
    result = run(tmp_path / "in", url=serve([failed(503)]).base_url)
    assert result.code == 1
    assert set(result.failures.values()) == {": the job ended before its turn; run the same command again"}
    assert run(tmp_path / "in", url=serve(answer).base_url).code == 0


def test_files_that_hold_no_article_are_told_of(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "in" / "photo.png").write_bytes(b"\x89PNG")
    result = run(tmp_path / "in", url=serve(answer).base_url)
    assert "1 left out: files of kinds that hold no article" in result.stderr


def test_an_endpoint_that_goes_down_is_waited_for(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 30)
    down_at: list[float] = []

    def script(request: Request) -> Reply:
        if request.number < 10:
            return answer(request)
        down_at.append(request.at)
        return failed(503) if request.at < down_at[0] + 3 else answer(request)

    result = run(
        tmp_path / "in", url=serve(script).base_url, options=("--in-flight", "4", "--patience", "30")
    )
    assert (result.code, len(result.reports)) == (0, 30)
    assert "trying again in" in result.stderr


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (failed(401), "refuses the key"),
        (failed(404), "has no model m"),
        (failed(429, code="insufficient_quota"), "no credit left"),
    ],
)
def test_a_wrong_set_up_stops_the_job_at_once_with_exit_2(
    tmp_path: Path, serve: Serve, run: Run, reply: Reply, says: str
) -> None:
    write_articles(tmp_path / "in", 40)
    server = serve([reply])
    result = run(tmp_path / "in", url=server.base_url, options=("--in-flight", "4"))
    assert result.code == 2
    assert says in result.stderr
    assert len({code_in(request.text) for request in server.requests}) <= 6, "as many as are open"


def test_a_server_that_asks_to_wait_longer_than_the_patience_ends_the_job(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 10)
    server = serve([busy(130)])
    result = run(tmp_path / "in", url=server.base_url, options=("--patience", "5", "--in-flight", "2"))
    assert result.code == 1
    assert "asks to wait 130 s" in result.stderr
    assert len(result.failures) == 10


def test_the_budget_of_tokens_stops_the_job_and_a_larger_one_goes_on(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 20)
    url = serve().base_url
    first = run(tmp_path / "in", url=url, options=("--max-tokens", "3000", "--in-flight", "2"))
    assert first.code == 1
    assert "--max-tokens 3,000 is reached" in first.stderr
    assert 0 < len(first.reports) < 20
    spent = first.run["tokens_in"] + first.run["tokens_out"]
    assert 3000 <= spent < 3000 + 3 * max(line.tokens_in for line in first.lines.values())
    assert run(tmp_path / "in", url=url).code == 0


def test_the_budget_of_money_needs_a_price_and_keeps_to_it(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 20)
    server = serve()
    unknown = run(tmp_path / "in", url=server.base_url, options=("--max-cost", "1"))
    assert (unknown.code, len(server.requests)) == (2, 0)
    assert "give --price" in unknown.stderr
    options = ("--max-cost", "3", "--price", "1000,0", "--in-flight", "2")
    result = run(tmp_path / "in", url=server.base_url, options=options)
    assert "--max-cost 3 is reached" in result.stderr
    assert 3 <= result.run["cost"] < 3 + 3 * max(line.cost or 0 for line in result.lines.values())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none"], "no such file or folder"),
        (["none/*.txt"], "no file matches"),
    ],
)
def test_a_source_that_names_nothing_is_a_wrong_command(
    serve: Serve, run: Run, arguments: list[str], says: str
) -> None:
    result = run(*arguments, url=serve().base_url)
    assert result.code == 2
    assert says in result.stderr
    assert not result.folder.exists()
