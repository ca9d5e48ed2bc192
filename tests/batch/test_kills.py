"""A job that is killed, interrupted, doubled, or out of disk: nothing lost, nothing twice, nothing torn."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.conftest import Run
from tests.batch.jobs import failures_in, reports_in, write_articles
from tests.conftest import Serve
from tests.loopback import Loopback, answer, hanging

Start = Callable[..., "subprocess.Popen[str]"]

_IN_FLIGHT = 8


def wait_for_requests(server: Loopback, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until the server has heard so many requests, or the job has ended."""
    deadline = time.monotonic() + 60
    while len(server.requests) < count and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)


def kill_and_resume(folder: Path, server: Loopback, start: Start, articles: int, kills: int) -> None:
    """Kill a job so often, each time after some more requests, then let it end; check what is left."""
    chance = random.Random(20201122)  # noqa: S311
    options = ("--in-flight", str(_IN_FLIGHT))
    for _ in range(kills):
        process = start(folder, url=server.base_url, options=options)
        wait_for_requests(server, len(server.requests) + chance.randint(1, articles // kills), process)
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.wait()
    last = start(folder, url=server.base_url, options=options)
    _, stderr = last.communicate(timeout=120)
    assert last.returncode == 0, stderr[-2000:]
    names = [report["source"]["name"] for report in reports_in(folder.parent / "out")]
    assert names == sorted(path.name for path in folder.iterdir())
    asked = Counter(request.raw for request in server.requests)
    assert asked.total() - len(asked) <= kills * _IN_FLIGHT


def test_a_job_killed_at_random_moments_loses_nothing_and_asks_again_only_what_was_in_flight(
    tmp_path: Path, serve: Serve, start: Start
) -> None:
    server = serve(lambda request: answer(request).after(0.03))
    kill_and_resume(write_articles(tmp_path / "in", 60), server, start, 60, kills=2)


@pytest.mark.slow
def test_a_long_job_killed_ten_times(tmp_path: Path, serve: Serve, start: Start) -> None:
    server = serve(lambda request: answer(request).after(0.03))
    kill_and_resume(write_articles(tmp_path / "in", 500), server, start, 500, kills=10)


def test_ctrl_c_finishes_what_is_in_flight_and_the_same_command_goes_on(
    tmp_path: Path, serve: Serve, start: Start, run: Run
) -> None:
    write_articles(tmp_path / "in", 40)
    server = serve(lambda request: answer(request).after(0.15))
    process = start(tmp_path / "in", url=server.base_url, options=("--in-flight", "4"))
    wait_for_requests(server, 6, process)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "finishing what is under way (6)" in stderr  # four requests, and two articles that wait for one
    done = reports_in(tmp_path / "out")
    asked = Counter(request.raw for request in server.requests)
    assert 4 <= len(done) < 40
    assert max(asked.values()) == 1
    assert len(failures_in(tmp_path / "out")) == 40 - len(done)
    result = run(tmp_path / "in", url=server.base_url)
    assert (result.code, len(result.reports), result.run["skipped"]) == (0, 40, len(done))
    assert max(Counter(request.raw for request in server.requests).values()) == 1


def test_ctrl_c_twice_stops_at_once(tmp_path: Path, serve: Serve, start: Start) -> None:
    write_articles(tmp_path / "in", 10)
    server = serve([hanging()])
    process = start(tmp_path / "in", url=server.base_url)
    wait_for_requests(server, 10, process)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    while "finishing what is under way (10)" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)  # no answer ever comes, and a request may take two minutes
    assert process.returncode == 1


def test_a_second_job_on_the_folder_is_refused_by_name_and_status_and_export_work_meanwhile(
    tmp_path: Path, serve: Serve, start: Start, run: Run
) -> None:
    write_articles(tmp_path / "in", 40)
    server = serve(lambda request: answer(request).after(0.5))
    first = start(tmp_path / "in", url=server.base_url, options=("--in-flight", "2"))
    wait_for_requests(server, 6, first)
    asked = len(server.requests)
    second = run(tmp_path / "in", url=server.base_url)
    assert second.code == 2
    assert f"another job (process {first.pid} on " in second.stderr
    status = json.loads(_command("status", tmp_path / "out", "--json").stdout)
    assert status["running"]
    assert 0 < status["done"] < status["items"] <= 40
    assert _command("export", tmp_path / "out").returncode == 0
    assert len(reports_in(tmp_path / "out")) >= status["done"]
    assert asked > 0
    assert first.poll() is None


def _command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "summarizer", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_full_disk_stops_the_job_in_one_line_and_the_same_command_goes_on(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    write_articles(tmp_path / "in", 120)
    server = serve()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
    try:
        result = run(tmp_path / "in", url=server.base_url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert result.code == 1
    assert "free some space" in result.stderr
    again = run(tmp_path / "in", url=server.base_url)
    assert (again.code, len(again.reports)) == (0, 120)
    assert again.run["skipped"] > 0
    assert [name for name in os.listdir(result.folder) if name.endswith(".part")] == []
