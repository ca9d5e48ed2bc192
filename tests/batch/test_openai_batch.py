"""The Batch API: everything is asked once, at half the price, whatever happens in between."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import Popen

import pytest
from pydantic import SecretStr

from summarizer.errors import ConfigError
from summarizer.model.batch_api import BatchApi
from summarizer.settings import Settings
from tests.batch.batch_server import BatchServer
from tests.batch.conftest import Run
from tests.batch.jobs import code_in, reports_in, write_articles
from tests.batch.test_kills import wait_for_requests
from tests.conftest import Serve
from tests.loopback import Loopback, Reply, Request, answer, chat, dropped, failed

BATCH = ("--engine", "openai-batch", "--poll", "0.05")


def asked_directly(server: Loopback) -> list[Request]:
    """The chat requests that did not go through a batch."""
    return [request for request in server.requests if request.path.endswith("/chat/completions")]


def test_the_reports_are_those_of_direct_questions_and_nothing_is_asked_directly(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 12)
    direct = run(tmp_path / "in", url=serve().base_url, out="direct", options=("--price", "1000,0"))
    provider = BatchServer(looks=3)
    server = serve(other=provider)
    result = run(tmp_path / "in", url=server.base_url, options=(*BATCH, "--price", "1000,0"))
    assert (result.code, provider.created) == (0, 1)
    assert [one["counts"] for one in result.reports] == [one["counts"] for one in direct.reports]
    first_round = {request["custom_id"] for request in provider.requests[0]}
    assert len(first_round) == len(provider.requests[0])
    assert len(asked_directly(server)) == direct.run["requests"] - len(first_round)
    saved = sum(len(request.raw) // 4 for request in asked_directly(server)) / 1000
    assert result.run["cost"] == pytest.approx((direct.run["cost"] - saved) / 2 + saved, rel=0.01)
    assert result.run["done"] == 12


def test_tokens_that_a_batch_does_not_count_are_estimated_and_said_to_be(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 4)
    provider = BatchServer(
        lambda request: replace(answer(request), body=answer(request).body | {"usage": None})
    )
    server = serve(other=provider)
    result = run(tmp_path / "in", url=server.base_url, options=BATCH)
    asked = [
        len(json.dumps(line["body"], ensure_ascii=False, separators=(",", ":")).encode())
        for line in provider.requests[0]
    ]
    assert result.code == 0
    counted = sum(len(request.raw) // 4 for request in asked_directly(server))
    assert result.run["tokens_in"] == pytest.approx(sum(asked) / 4 + counted, rel=0.01)
    assert result.run["estimated"] == len(asked)
    assert "estimated" in result.stderr


def test_files_keep_to_the_limits(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 12)
    by_count = BatchServer()
    run(
        tmp_path / "in",
        url=serve(other=by_count).base_url,
        options=(*BATCH, "--batch-requests", "5"),
        out="a",
    )
    *full, rest = map(len, by_count.requests)
    assert set(full) == {5}
    assert 0 < rest <= 5
    by_size = BatchServer()
    run(tmp_path / "in", url=serve(other=by_size).base_url, options=(*BATCH, "--batch-mb", "0.02"), out="b")
    assert all(len(by_size.files[batch["input_file_id"]]) <= 20_000 for batch in by_size.batches.values())
    assert len(by_size.requests) > 1
    assert sum(map(len, by_size.requests)) == sum(full) + rest


def test_what_fails_its_checks_and_what_the_batch_did_not_answer_is_asked_directly(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 6)

    def script(request: Request) -> Reply:
        if code_in(request.text) == "AAAB":
            return failed(500)
        return chat({"wrong": 1}) if code_in(request.text) == "AAAC" else answer(request)

    server = serve(other=BatchServer(script))
    result = run(tmp_path / "in", url=server.base_url, options=BATCH)
    assert (result.code, len(result.reports)) == (0, 6)
    assert "AAAB" in {code_in(request.text) for request in asked_directly(server)}


@pytest.mark.parametrize(("fate", "says"), [("expired", "it expired"), ("cancelled", "it was cancelled")])
def test_a_batch_that_ends_early_gives_what_it_has_and_nothing_of_the_rest_at_the_full_price(
    tmp_path: Path, serve: Serve, run: Run, fate: str, says: str
) -> None:
    write_articles(tmp_path / "in", 8)
    provider = BatchServer(fate=fate)
    server = serve(other=provider)
    result = run(tmp_path / "in", url=server.base_url, options=BATCH)
    assert (result.code, len(result.reports), result.run["open"]) == (1, 4, 4)
    assert f"batch_0000: {says}" in result.stderr
    assert "--fall-back" in result.stderr
    assert not {code_in(request.text) for request in asked_directly(server)} & {
        "AAAE",
        "AAAF",
        "AAAG",
        "AAAH",
    }
    provider.fate = "completed"
    again = run(tmp_path / "in", url=server.base_url, options=BATCH)
    assert (again.code, len(again.reports), provider.created) == (0, 8, 2)
    first, second = ({request["custom_id"] for request in requests} for requests in provider.requests)
    assert second < first
    assert len(second) == len(first) - len(first) // 2


def test_what_a_batch_did_not_answer_is_asked_directly_when_wanted(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 8)
    server = serve(other=BatchServer(fate="expired"))
    result = run(tmp_path / "in", url=server.base_url, options=(*BATCH, "--fall-back"))
    assert (result.code, len(result.reports)) == (0, 8)
    assert {code_in(request.text) for request in asked_directly(server)} >= {"AAAE", "AAAF", "AAAG", "AAAH"}


def test_a_batch_of_which_all_failed_says_the_reason_from_its_file_of_errors(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 3)
    server = serve(
        other=BatchServer(lambda request: failed(400, message="no such parameter: seed (sk-abcdef123456)"))
    )
    result = run(tmp_path / "in", url=server.base_url, options=BATCH)
    assert (result.code, result.run["open"], asked_directly(server)) == (1, 3, [])
    assert "batch_0000: all of it failed" in result.stderr
    assert "no such parameter: seed (***)" in result.stderr


def test_a_batch_that_is_refused_says_why_and_is_submitted_anew(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 3)
    provider = BatchServer(fate="failed")
    url = serve(other=provider).base_url
    refused = run(tmp_path / "in", url=url, options=BATCH)
    assert refused.code == 1
    assert "Enqueued token limit reached" in refused.stderr
    provider.fate = "completed"
    result = run(tmp_path / "in", url=url, options=BATCH)
    assert (result.code, len(result.reports), provider.created) == (0, 3, 2)


def test_a_batch_whose_creation_was_not_heard_of_is_found_again(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 4)
    provider = BatchServer(create=lambda number: dropped() if number == 0 else None)
    url = serve(other=provider).base_url
    assert run(tmp_path / "in", url=url, options=BATCH).code == 1
    result = run(tmp_path / "in", url=url, options=BATCH)
    assert (result.code, len(result.reports), provider.created) == (0, 4, 1)


def test_a_job_killed_at_every_step_submits_each_batch_once(
    tmp_path: Path, serve: Serve, start: Callable[..., Popen[str]], run: Run
) -> None:
    write_articles(tmp_path / "in", 6)
    provider = BatchServer(looks=4)
    server = serve(other=lambda request: provider(request).after(0.2))
    options = (*BATCH, "--batch-requests", "4")
    for heard in (2, 6):
        process = start(tmp_path / "in", url=server.base_url, options=options)
        wait_for_requests(server, heard, process)
        process.kill()
        process.wait()
    result = run(tmp_path / "in", url=server.base_url, options=options)
    assert (result.code, len(reports_in(tmp_path / "out"))) == (0, 6)
    asked = Counter(request["custom_id"] for requests in provider.requests for request in requests)
    assert max(asked.values()) == 1
    assert list((tmp_path / "out" / "batches").iterdir()) == []


def test_an_endpoint_without_a_batch_api_is_a_wrong_set_up(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "in", 2)
    result = run(tmp_path / "in", url=serve().base_url, options=BATCH)
    assert result.code == 2
    assert "(404)" in result.stderr


def test_azures_batch_api_is_another() -> None:
    settings = Settings(
        model="m", azure_endpoint="https://a.openai.azure.com", azure_token=SecretStr("t"), api_version="1"
    )
    with pytest.raises(ConfigError, match="not as Azure does: leave out --engine"):
        BatchApi(settings)
