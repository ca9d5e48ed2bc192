"""Ray: the same work on workers with clients of their own, an error a row, the journal as always."""

from __future__ import annotations

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
