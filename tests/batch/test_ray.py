"""Ray: the same work on workers with clients of their own, an error a row, the journal as always."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from tests.batch.conftest import Run
from tests.batch.jobs import code_in, write_articles
from tests.conftest import Serve
from tests.loopback import Reply, Request, answer, failed

pytest.importorskip("ray")


def test_two_workers_do_what_one_process_does_and_a_failure_is_a_row(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    folder = write_articles(tmp_path / "in", 24)
    (folder / "empty.txt").write_bytes(b"")
    here = run(folder, url=serve().base_url, out="here")

    def script(request: Request) -> Reply:
        return failed(400) if code_in(request.text) == "AAAC" else answer(request)

    server = serve(script)
    result = run(folder, url=server.base_url, options=("--engine", "ray", "--workers", "2"))
    assert result.code == 1
    assert set(result.failures) == {"empty.txt", "AAAC.txt"}
    assert result.failures["AAAC.txt"].startswith("EndpointError: ")
    others = [report["counts"] for report in here.reports if report["source"]["name"] != "AAAC.txt"]
    assert [report["counts"] for report in result.reports] == others
    asked = len(server.requests)
    again = run(folder, url=server.base_url)
    assert (again.run["skipped"], len(server.requests)) == (23, asked)


@pytest.mark.slow
def test_what_a_worker_that_dies_was_at_is_done_by_the_next_one(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    killed: list[int] = []

    def script(request: Request) -> Reply:
        if not killed:
            killed.extend(workers())
            for worker in killed:
                os.kill(worker, signal.SIGKILL)
        return answer(request)

    folder = write_articles(tmp_path / "in", 6)
    result = run(folder, url=serve(script).base_url, options=("--engine", "ray", "--workers", "1"))
    assert len(killed) == 1
    assert (result.code, len(result.reports), result.failures) == (0, 6, {})


def workers() -> list[int]:
    """The processes of this test's cluster that make reports."""
    found = [path for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [int(path.name) for path in found if _title(path).startswith("ray::Maker") and _is_ours(path)]


def _title(process: Path) -> str:
    with suppress(OSError):
        return (process / "cmdline").read_text()
    return ""


def _is_ours(process: Path) -> bool:
    """Whether a process is this one, or was begun by it or by one that it began."""
    while process.name not in ("0", "1", str(os.getpid())):
        with suppress(OSError):
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            process = process.parent / parent
            continue
        return False
    return process.name == str(os.getpid())
