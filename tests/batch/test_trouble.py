"""Real trouble: what is paid for stays, a report names its text, one bad input is one row, a job says why it ends."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch import engine, items
from summarizer.batch.journal import Journal
from summarizer.batch.records import Entry, Outcome
from summarizer.schemas.report import Notice
from tests.batch.conftest import Run
from tests.batch.jobs import article, code_in, code_of, failures_in, reports_in, write_articles
from tests.conftest import Serve
from tests.loopback import Reply, Request, answer, failed, hanging


@pytest.mark.parametrize("sink", ["/dev/full", "a pipe that is closed"])
def test_a_job_that_cannot_be_followed_does_its_work_all_the_same(
    tmp_path: Path, serve: Serve, sink: str
) -> None:
    write_articles(tmp_path / "in", 12)
    command = [
        sys.executable,
        "-m",
        "summarizer",
        "batch",
        str(tmp_path / "in"),
        "--out",
        str(tmp_path / "out"),
    ]
    command += ["--model", "m", "--base-url", serve().base_url]
    if sink == "/dev/full":
        with open(sink, "wb") as full:
            code = subprocess.run(command, stderr=full, check=False).returncode
    else:
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        assert process.stderr is not None
        process.stderr.close()
        code = process.wait()
    assert (code, len(reports_in(tmp_path / "out")), failures_in(tmp_path / "out")) == (0, 12, {})


def test_what_is_done_is_never_written_again_as_failed(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        entry = Entry("a", "a", 0, "c", "t", "{}")
        (todo,) = journal.admit(journal.start_run({}), "f", [entry])
        journal.finish([Outcome(todo.article, b'{"title":"x"}')])
        journal.finish([Outcome(todo.article, error_kind="OSError", error="no")])
        (line,) = journal.lines()
    assert (line.state, line.error) == ("done", None)
    assert line.report is not None


def test_a_file_that_is_edited_between_two_tries_is_another_article(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    folder = write_articles(tmp_path / "in", 3)
    edited = folder / "AAAA.txt"
    asked: Counter[str] = Counter()

    def script(request: Request) -> Reply:
        code = code_in(request.text)
        asked[code] += 1
        if code == "AAAA":
            edited.write_text(article(77) + "Và thêm một câu.\n", encoding="utf-8")
            return failed(500)
        return answer(request)

    result = run(folder, url=serve(script).base_url)
    assert (result.code, len(result.reports)) == (0, 3)
    for report in result.reports:
        data = Path(report["source"]["location"]).read_bytes()
        assert report["source"]["sha256"] == hashlib.sha256(data).hexdigest()
        assert report["source"]["characters"] == len(data.decode())
        for count in report["counts"]:
            assert data.decode()[count["at"] :].startswith(count["text"])


def test_a_file_that_is_read_otherwise_after_an_upgrade_is_another_article(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_articles(tmp_path / "in", 2)
    url = serve().base_url
    run(folder, url=url)
    read = items.document_from
    monkeypatch.setattr(items, "_reader", lambda: b"upgraded")
    monkeypatch.setattr(
        items,
        "document_from",
        lambda data, path: replace(read(data, path), text="\n" + read(data, path).text),
    )
    result = run(folder, url=url)
    assert (result.run["done"], result.run["skipped"]) == (2, 0)
    for report in result.reports:
        text = "\n" + Path(report["source"]["location"]).read_text(encoding="utf-8")
        assert report["source"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert all(text[count["at"] :].startswith(count["text"]) for count in report["counts"])


def test_files_that_are_moved_or_deleted_leave_the_outputs(tmp_path: Path, serve: Serve, run: Run) -> None:
    folder = write_articles(tmp_path / "in", 4)
    url = serve().base_url
    run(folder, url=url)
    (folder / "AAAA.txt").unlink()
    (tmp_path / "in" / "sub").mkdir()
    (folder / "AAAB.txt").rename(folder / "sub" / "AAAB.txt")
    (folder / "AAAC.txt").rename(folder / "new.txt")
    result = run(folder, url=url)
    assert result.names == ["AAAD.txt", "new.txt", "AAAB.txt"]
    pages = (result.folder / "reports").glob("[!.]*")
    assert {path.stem for path in pages} == {"AAAD", "new", "AAAB"}
    assert (result.code, result.run["missing"], result.run["done"], result.run["skipped"]) == (0, 3, 0, 3)
    assert "3 not there any more" in result.stderr


def test_what_an_earlier_run_listed_elsewhere_stays(tmp_path: Path, serve: Serve, run: Run) -> None:
    write_articles(tmp_path / "a", 1)
    write_articles(tmp_path / "b", 1, start=1)
    url = serve().base_url
    run(tmp_path / "a", url=url)
    assert run(tmp_path / "b", url=url).names == ["AAAB.txt", "AAAA.txt"]


def test_rows_that_left_a_table_leave_the_outputs(tmp_path: Path, serve: Serve, run: Run) -> None:
    table = tmp_path / "t.csv"
    rows = [f'{number},"{article(number)}"\n' for number in range(3)]
    table.write_text("id,text\n" + "".join(rows), encoding="utf-8")
    url = serve().base_url
    run(table, url=url)
    table.write_text("id,text\n" + rows[0], encoding="utf-8")
    assert run(table, url=url).names == ["0"]


def test_the_same_file_given_twice_is_counted_once(tmp_path: Path, serve: Serve, run: Run) -> None:
    folder = write_articles(tmp_path / "in", 3)
    sources = (folder, folder / "AAAA.txt", folder / "*.txt")
    url = serve().base_url
    counted = [
        [summary[name] for name in ("items", "done", "skipped", "duplicates")]
        for summary in (run(*sources, url=url).run, run(*sources, url=url).run)
    ]
    assert counted == [[3, 3, 0, 0], [3, 0, 3, 0]]


@pytest.mark.parametrize(
    "error", [RuntimeError, NotImplementedError, OSError, UnicodeError, MemoryError, KeyError]
)
def test_what_a_reader_raises_is_one_row(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    folder = write_articles(tmp_path / "in", 3)
    read = items.document_from

    def broken(data: bytes, path: Path) -> Any:
        if path.name == "AAAB.txt":
            raise error("zu\x1bviel")
        return read(data, path)

    monkeypatch.setattr(items, "document_from", broken)
    result = run(folder, url=serve().base_url)
    assert (result.code, result.names, list(result.failures)) == (1, ["AAAA.txt", "AAAC.txt"], ["AAAB.txt"])
    assert error.__name__ in result.failures["AAAB.txt"]
    log = (result.folder / "errors.log").read_text(encoding="utf-8")
    assert "AAAB.txt" in log
    assert "Traceback" in log
    assert "Traceback" not in result.stderr


def test_what_an_article_brings_about_is_its_row_and_its_traceback_is_kept(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_articles(tmp_path / "in", 3)
    extract = engine.extract

    async def broken(document: Any, *arguments: Any, **options: Any) -> Any:
        if document.name == "AAAB.txt":
            raise ZeroDivisionError("key sk-secret")
        return await extract(document, *arguments, **options)

    monkeypatch.setattr(engine, "extract", broken)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    result = run(folder, url=serve().base_url)
    assert (result.code, result.names) == (1, ["AAAA.txt", "AAAC.txt"])
    assert result.failures["AAAB.txt"].startswith("ZeroDivisionError: unexpected ZeroDivisionError at ")
    log = (result.folder / "errors.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "sk-secret" not in log


def test_a_key_in_the_endpoints_address_is_nowhere_in_what_a_job_leaves(
    tmp_path: Path, serve: Serve, run: Run
) -> None:
    key = "9f86d081884c7d659a2feaa0c55ad015"
    folder = write_articles(tmp_path / "in", 2)

    def script(request: Request) -> Reply:
        echo = failed(400, message=f"no route {request.path}")
        return echo if code_in(request.text) == "AAAA" else answer(request)

    server = serve(script)
    result = run(folder, url=f"{server.base_url}/{key}")
    assert (result.names, list(result.failures)) == (["AAAB.txt"], ["AAAA.txt"])
    assert all(key in request.path for request in server.requests)
    assert result.reports[0]["provenance"]["endpoint"] == f"{server.base_url}/***"
    left = [file for file in result.folder.rglob("*") if file.is_file()]
    assert [file.name for file in left if key.encode() in file.read_bytes()] == []
    assert key not in result.stderr


@pytest.mark.parametrize("line", ["http://[::bad", "a\0b", "x" * 5000, "\udce4.txt"])
def test_an_entry_of_a_list_that_cannot_be_looked_up_is_one_row(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    folder = write_articles(tmp_path / "in", 1)
    listed = f"{line}\n{folder / 'AAAA.txt'}\n" if "\0" not in line else f"{line}\0{folder / 'AAAA.txt'}\0"
    monkeypatch.setattr(sys, "stdin", _Stdin(tmp_path / "list", os.fsencode(listed)))
    result = run("-", url=serve().base_url)
    assert (result.code, result.names) == (1, ["AAAA.txt"])


class _Stdin:
    """A list on standard input."""

    def __init__(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        self.buffer = path.open("rb")


def test_an_endpoint_that_hangs_is_down_and_what_was_not_done_stays_open(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 40)
    monkeypatch.setenv("SUMMARIZER_REQUEST_SECONDS", "0.3")
    server = serve(lambda request: hanging())
    result = run(tmp_path / "in", url=server.base_url, options=("--in-flight", "4"))
    assert (result.code, result.run["ending"], result.run["failed"], result.run["open"]) == (
        1,
        "broken",
        0,
        40,
    )
    assert len({code_in(request.text) for request in server.requests}) <= 4 + 6


def test_an_endpoint_that_hangs_for_a_while_costs_no_article(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 20)
    monkeypatch.setenv("SUMMARIZER_REQUEST_SECONDS", "1.5")
    hung: list[float] = []

    def script(request: Request) -> Reply:
        if request.number >= 8 and (not hung or request.at < hung[0] + 3):
            hung.append(request.at)
            return hanging()
        return answer(request)

    result = run(
        tmp_path / "in", url=serve(script).base_url, options=("--in-flight", "4", "--patience", "30")
    )
    assert (result.code, len(result.reports)) == (0, 20)


def _no_credit(status: int, **error: str) -> Reply:
    return Reply({"error": {"message": "it failed", "type": "error", "code": None, **error}}, status)


@pytest.mark.parametrize(
    "reply",
    [
        _no_credit(402),
        _no_credit(402, message="Insufficient Balance"),
        _no_credit(400, code="billing_hard_limit_reached"),
        _no_credit(400, message="Your credit balance is too low to access the API."),
        _no_credit(429, code="insufficient_quota"),
        _no_credit(429, type="insufficient_quota"),
        _no_credit(429, message="You exceeded your current quota, please check your plan"),
    ],
    ids=["402", "402 balance", "400 code", "400 message", "429 code", "429 type", "429 message"],
)
def test_credit_that_runs_out_stops_the_job_and_the_rest_stays_open(
    tmp_path: Path, serve: Serve, run: Run, reply: Reply
) -> None:
    write_articles(tmp_path / "in", 20)
    spent: list[bool] = []

    def script(request: Request) -> Reply:
        if request.number >= 12:
            spent.append(True)
        return reply if spent else answer(request)

    server = serve(script)
    result = run(tmp_path / "in", url=server.base_url, options=("--in-flight", "4"))
    assert (result.code, result.run["ending"], result.run["failed"]) == (2, "set_up", 0)
    assert 0 < len(result.reports) == result.run["done"] < 20 == result.run["done"] + result.run["open"]
    assert "has no credit left" in result.stderr.splitlines()[-2]
    assert len(server.requests) <= 12 + 2 * 4
    assert run(tmp_path / "in", url=serve().base_url).code == 0


@pytest.mark.parametrize("usage", [None, (0, 0)], ids=["no usage", "zeros"])
def test_a_budget_holds_where_the_server_does_not_count(
    tmp_path: Path, serve: Serve, run: Run, usage: tuple[int, int] | None
) -> None:
    write_articles(tmp_path / "in", 20)

    def script(request: Request) -> Reply:
        reply = answer(request)
        counted = None if usage is None else {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return replace(reply, body={**reply.body, "usage": counted})

    result = run(
        tmp_path / "in", url=serve(script).base_url, options=("--max-tokens", "3000", "--in-flight", "1")
    )
    assert (result.code, result.run["ending"]) == (1, "stopped")
    assert 0 < len(result.reports) < 20
    assert "estimated since the server does not count them all" in result.stderr
    assert result.run["estimated"] == result.run["requests"]


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Let the program be another version of itself from now on."""

    def upgrade() -> None:
        monkeypatch.setattr(items, "_hashes", lambda *parts: [("rules", "changed")])
        items.program.cache_clear()

    yield upgrade
    items.program.cache_clear()


def test_a_finished_job_notices_a_changed_program_and_redoes_it_only_when_asked(
    tmp_path: Path, serve: Serve, run: Run, upgraded: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_articles(tmp_path / "in", 3)
    server = serve()
    first = run(folder, url=server.base_url)
    assert first.run["outdated"] == 0
    upgraded()
    asked = len(server.requests)
    kept = run(folder, url=server.base_url)
    assert (kept.code, kept.run["skipped"], kept.run["outdated"], len(server.requests)) == (0, 3, 3, asked)
    assert "3 made by another version of the program (--redo-outdated makes them anew)" in kept.stderr
    redone = run(folder, url=server.base_url, options=("--redo-outdated",))
    assert (redone.code, redone.run["done"], redone.run["outdated"]) == (0, 3, 0)
    assert len(server.requests) == 2 * asked


def test_a_report_stays_until_the_one_that_takes_its_place_is_made(
    tmp_path: Path, serve: Serve, run: Run, upgraded: Callable[[], None]
) -> None:
    folder = write_articles(tmp_path / "in", 2)
    run(folder, url=serve().base_url)
    upgraded()
    server = serve(lambda request: failed(400) if code_in(request.text) == "AAAA" else answer(request))
    result = run(folder, url=server.base_url, options=("--redo-outdated",))
    assert (result.code, result.names, list(result.failures)) == (1, ["AAAA.txt", "AAAB.txt"], ["AAAA.txt"])
    assert (result.run["done"], result.run["failed"], result.run["outdated"]) == (1, 1, 1)


def test_reports_with_warnings_of_what_went_wrong_are_counted(
    tmp_path: Path, serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_articles(tmp_path / "in", 3)
    extract = engine.extract

    async def warned(document: Any, *arguments: Any, **options: Any) -> Any:
        report = await extract(document, *arguments, **options)
        wrong = Notice(code="nonsense", values={"failed": 2, "asked": 3})
        notices = (wrong if "AAAB" in document.name else Notice(code="no_such_article"),)
        return report.model_copy(update={"notices": notices})

    monkeypatch.setattr(engine, "extract", warned)
    result = run(folder, url=serve().base_url)
    assert (result.code, len(result.reports), result.run["warned"]) == (1, 3, 1)
    assert "1 with warnings" in result.stderr
    assert run(folder, url=serve().base_url).run["warned"] == 1


def test_the_rules_alone_ask_nothing(tmp_path: Path, serve: Serve, run: Run) -> None:
    folder = write_articles(tmp_path / "in", 3)
    server = serve()
    result = run(folder, url=server.base_url, options=("--model", "none"))
    assert (result.code, len(result.reports), server.requests) == (0, 3, [])
    assert {report["provenance"]["model"] for report in result.reports} == {"none"}
    assert result.run["cost"] == 0
    assert code_of(0) in result.reports[0]["title"]
