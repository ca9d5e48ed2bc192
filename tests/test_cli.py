"""The command line: what is printed where, and the exit code, as a user meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.schemas.report import MeetingReport
from tests.conftest import Serve
from tests.loopback import Loopback, answer, busy, dropped, failed, html
from tests.sources.pages import PAGE
from tests.sources.site import site

TEXT = "Hội nghị tổng kết công tác Đảng năm 2020 khen thưởng 12 đảng viên hoàn thành tốt nhiệm vụ.\n"
KEY = "sk-never-shown-0123456789"


def run(*arguments: str, stdin: bytes = b"", server: Loopback | None = None, **environment: str):
    """Run the command in a process of its own; with a server, that is the model."""
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("OPENAI", "AZURE"))
    }
    if server is not None:
        variables |= {"SUMMARIZER_MODEL": "m", "OPENAI_BASE_URL": server.base_url, "OPENAI_API_KEY": KEY}
    variables |= {"SUMMARIZER_RETRIES": "0", "SUMMARIZER_REQUEST_SECONDS": "5", **environment}
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments],
        input=stdin,
        capture_output=True,
        env=variables,
        check=False,
    )
    assert KEY.encode() not in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_is_markdown_for_a_person(article: Path, serve: Serve) -> None:
    done = run("summarize", str(article), server=serve())
    assert done.returncode == 0
    assert done.stdout.decode().startswith("# ")
    assert "đảng viên" in done.stdout.decode()


@pytest.mark.parametrize("command", ["summarize", "batch"])
def test_without_a_model_the_rules_read_alone_and_nothing_is_loaded(
    article: Path, tmp_path: Path, command: str
) -> None:
    out = ("--out", str(tmp_path / "job")) if command == "batch" else ("--json",)
    # An endpoint and a key of the environment are not for this run; without a cache there are no weights.
    done = run(
        command,
        str(article),
        *("--model", "none"),
        *out,
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        OPENAI_API_KEY=KEY,
        SUMMARIZER_CACHE=str(tmp_path / "cache"),
        PYTHONPROFILEIMPORTTIME="1",
    )
    assert done.returncode == 0
    printed = done.stdout if command == "summarize" else (tmp_path / "job" / "reports.jsonl").read_bytes()
    report = MeetingReport.model_validate_json(printed)
    assert (report.provenance.model, report.provenance.parts) == ("none", {})
    assert [(one.value, one.certainty) for one in report.counts] == [(12, "rules")]
    assert not (tmp_path / "cache").exists()
    imported = {line.rsplit(b"|", 1)[-1].strip() for line in done.stderr.splitlines() if b"|" in line}
    assert not {b"openai", b"instructor", b"xllamacpp"} & imported


def test_a_web_page_of_a_private_address_is_read_where_that_is_allowed(tmp_path: Path, serve: Serve) -> None:
    with site({"/bai.html": PAGE}) as pages:
        refused = run("summarize", f"{pages.origin}/bai.html", server=serve())
        assert (refused.returncode, pages.asked) == (1, [])
        assert "--allow-private" in refused.stderr.decode()
        kept = ("--text", str(tmp_path / "bài.txt"))
        done = run(
            "summarize", f"{pages.origin}/bai.html", "--allow-private", "--json", *kept, server=serve()
        )
    report = MeetingReport.model_validate_json(done.stdout)
    assert report.source.location == f"{pages.origin}/bai.html"
    assert report.date_published == "2021-02-05"
    text = (tmp_path / "bài.txt").read_bytes().decode()
    assert report.counts
    assert all(text[count.at :].startswith(count.text) for count in report.counts)


def test_json_is_a_report_and_nothing_else(article: Path, serve: Serve) -> None:
    done = run("summarize", str(article), "--json", server=serve())
    report = MeetingReport.model_validate_json(done.stdout)
    assert done.returncode == 0
    assert [one.value for one in report.counts] == [12]


def test_standard_input_is_a_source(serve: Serve) -> None:
    done = run("summarize", "-", "--json", stdin=TEXT.encode(), server=serve())
    assert json.loads(done.stdout)["source"]["name"] == "-"


def test_the_evidence_page_is_written(article: Path, tmp_path: Path, serve: Serve) -> None:
    page = tmp_path / "a.html"
    assert run("summarize", str(article), "--html", str(page), server=serve()).returncode == 0
    assert "12" in page.read_text(encoding="utf-8")


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["title"] == "MeetingReport"


def test_doctor_says_what_would_be_used_and_whether_it_answers(serve: Serve) -> None:
    server = serve(models=("m",))
    done = run("doctor", server=server)
    assert done.returncode == 0
    assert server.base_url.encode() in done.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", b"is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, b"a.txt"),
        (b"The quick brown fox jumps over the lazy dog. " * 20, b"Vietnamese"),
        (TEXT.encode() + b"\x00", b"NUL"),
    ],
    ids=["empty", "a photo", "English", "NUL"],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, serve: Serve, content: bytes, said: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    done = run("summarize", str(path), server=serve())
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert said in done.stderr


@pytest.mark.parametrize(("name", "said"), [("nothing.txt", b"no such file"), (".", b"is a folder")])
def test_a_path_that_is_no_file_is_one_clear_line(
    tmp_path: Path, serve: Serve, name: str, said: bytes
) -> None:
    done = run("summarize", str(tmp_path / name), server=serve())
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)
    assert said in done.stderr


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ([html()], b"/v1"),
        ([failed(503)], b"503"),
        ([failed(404, code="model_not_found")], b"model"),
        ([dropped()], b"connection"),
        ([busy(retry_after=130)], b"429"),
    ],
    ids=["a page", "down", "no such model", "dropped", "429 for ever"],
)
def test_an_endpoint_that_fails_is_one_clear_line(
    article: Path, serve: Serve, script: list, said: bytes
) -> None:
    done = run("summarize", str(article), server=serve(script))
    assert done.returncode in (1, 2)
    assert done.stdout == b""
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(b"summarizer: ")
    assert said.lower() in last.lower()


def test_a_wrong_key_is_named_but_not_shown(article: Path, serve: Serve) -> None:
    done = run("summarize", str(article), server=serve(answer, key="another"))
    assert done.returncode in (1, 2)
    assert b"401" in done.stderr or b"key" in done.stderr


def test_a_key_without_a_model_says_what_to_do(article: Path) -> None:
    done = run("summarize", str(article), OPENAI_API_KEY=KEY)
    assert done.returncode == 2
    assert b"SUMMARIZER_MODEL" in done.stderr


def test_an_unknown_command_is_exit_2() -> None:
    assert run("nothing").returncode == 2


@pytest.mark.parametrize(
    "command", [["--help"], ["summarize", "--help"], ["batch", "--help"], ["doctor", "--help"]]
)
def test_help_needs_no_model(command: list[str]) -> None:
    done = run(*command)
    assert done.returncode == 0
    assert b"Usage" in done.stdout
