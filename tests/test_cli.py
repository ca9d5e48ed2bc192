"""The command line: what is printed where, and the exit code, as a user meets them."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.schemas.languages import message_lang
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


def test_a_page_on_standard_input_is_read_as_the_page_it_is() -> None:
    done = run("summarize", "-", "--json", "--model", "none", stdin=PAGE.encode())
    report = json.loads(done.stdout)
    assert "<" not in report["title"]
    assert report["source"]["name"] == "-"


def test_the_evidence_page_is_written(article: Path, tmp_path: Path, serve: Serve) -> None:
    page = tmp_path / "a.html"
    assert run("summarize", str(article), "--html", str(page), server=serve()).returncode == 0
    assert "12" in page.read_text(encoding="utf-8")


def test_a_brief_is_printed_and_written_for_word(article: Path, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = tmp_path / "a.docx"
    command = ("summarize", str(article), "--model", "none", "--format", "brief", "--docx", str(path))
    done = run(*command, "--lang", "en")
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode()
    assert "- **Period reviewed:** năm 2020" in printed
    document = docx.Document(str(path))
    assert any(paragraph.text == "Period reviewed: năm 2020" for paragraph in document.paragraphs)


def test_a_brief_is_no_json(article: Path) -> None:
    done = run("summarize", str(article), "--model", "none", "--format", "brief", "--json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "--format brief" in done.stderr.decode()


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["title"] == "MeetingReport"


def test_doctor_says_what_would_be_used_and_whether_it_answers(serve: Serve) -> None:
    server = serve(models=("m",))
    done = run("doctor", server=server)
    assert done.returncode == 0
    assert server.base_url.encode() in done.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", b"is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, b"a.txt"),
        (b"The quick brown fox jumps over the lazy dog. " * 20, b"Vietnamese"),
        (TEXT.encode() + b"\x00", b"NUL"),
    ],
    ids=["empty", "a photo", "English", "NUL"],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, serve: Serve, content: bytes, reason: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    done = run("summarize", str(path), server=serve())
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert reason in done.stderr


@pytest.mark.parametrize(("name", "reason"), [("nothing.txt", b"no such file"), (".", b"is a folder")])
def test_a_path_that_is_no_file_is_one_clear_line(
    tmp_path: Path, serve: Serve, name: str, reason: bytes
) -> None:
    done = run("summarize", str(tmp_path / name), server=serve())
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)
    assert reason in done.stderr


@pytest.mark.parametrize(
    ("script", "reason"),
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
    article: Path, serve: Serve, script: list, reason: bytes
) -> None:
    done = run("summarize", str(article), server=serve(script))
    assert done.returncode in (1, 2)
    assert done.stdout == b""
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(b"summarizer: ")
    assert reason.lower() in last.lower()


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


def test_only_web_addresses_are_read_as_such() -> None:
    done = run("summarize", "ftp://truong.edu.vn/bai.txt", "--model", "none")
    assert done.stderr.decode() == "summarizer: ftp://truong.edu.vn/bai.txt: is no http or https address\n"


@pytest.mark.parametrize("option", ["--html", "--text"])
def test_a_file_that_cannot_be_written_costs_no_report(article: Path, option: str) -> None:
    done = run("summarize", str(article), "--model", "none", option, "/no/such/place")
    assert done.returncode == 1
    assert done.stdout.decode().startswith("# ")
    assert (
        done.stderr.decode() == "summarizer: /no/such/place: cannot be written (No such file or directory)\n"
    )


@pytest.mark.parametrize("command", ["summarize", "batch"])
def test_a_standard_error_that_cannot_be_written_costs_no_result(
    article: Path, tmp_path: Path, command: str
) -> None:
    out = ["--out", str(tmp_path / "job")] if command == "batch" else ["--json", "--html", "/no/such/place"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", command, str(article), "--model", "none", *out],
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
        )
    assert done.returncode == (0 if command == "batch" else 1)
    printed = done.stdout if command == "summarize" else (tmp_path / "job" / "reports.jsonl").read_bytes()
    assert [one.value for one in MeetingReport.model_validate_json(printed).counts] == [12]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_standard_stream_that_the_caller_has_closed_costs_no_report(
    article: Path, tmp_path: Path, closed: str
) -> None:
    command = ["-m", "summarizer", "batch", str(article), "--model", "none", "--out", str(tmp_path / "job")]
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", sys.executable, *command], check=False)
    assert done.returncode == 0
    assert (tmp_path / "job" / "reports.jsonl").read_bytes().count(b"\n") == 1


def test_a_standard_output_that_cannot_be_written_is_one_clear_line(article: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "summarize", str(article), "--model", "none"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"summarizer: cannot be written: No space left on device\n")


def test_what_is_printed_ends_with_a_line_end(article: Path, tmp_path: Path) -> None:
    for command in (
        ["summarize", str(article), "--model", "none"],
        ["summarize", str(article), "--model", "none", "--json"],
        ["schema"],
        ["doctor", "--model", "none"],
        ["batch", str(article), "--model", "none", "--out", str(tmp_path / "job")],
    ):
        done = run(*command)
        assert (done.stdout or done.stderr).endswith(b"\n"), command
        assert not (done.stdout or done.stderr).endswith(b"\n\n"), command


def test_a_text_that_is_no_such_article_says_so(tmp_path: Path) -> None:
    path = tmp_path / "phở.txt"
    path.write_text(
        "Cách nấu phở bò: cho 2 kg xương bò vào nồi, đổ 5 lít nước, nấu trong 8 giờ.", encoding="utf-8"
    )
    done = run("summarize", str(path), "--model", "none", "--lang", "vi")
    assert done.returncode == 0
    assert "không giống bài về một hội nghị" in done.stderr.decode()
    assert "Warning" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--policy", "counts=nobody"], "--policy counts=nobody"),
        (["--policy", "people=rules, counts=model"], "--policy counts=model: there is no model"),
        (["--taxonomy", "/no/such.csv"], "/no/such.csv: no such file"),
    ],
)
def test_a_policy_or_taxonomy_that_is_none_is_one_clear_line(
    article: Path, options: list[str], reason: str
) -> None:
    done = run("summarize", str(article), "--model", "none", *options)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert reason in done.stderr.decode()


def test_a_taxonomy_of_ones_own_counts_what_it_names(tmp_path: Path) -> None:
    path, table = tmp_path / "a.txt", tmp_path / "own.csv"
    path.write_text(TEXT + "Toàn huyện còn 35 hộ nghèo.\n", encoding="utf-8")
    table.write_text(
        "list,value,label_vi,short_vi,label_en,graded,definition,words\n"
        "subject,poor_household,hộ nghèo,,poor households,no,hộ nghèo và cận nghèo,hộ nghèo\n",
        encoding="utf-8",
    )
    done = run("summarize", str(path), "--model", "none", "--json", "--taxonomy", str(table))
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)["counts"]
    assert ("poor_household", 35) in [(count["subject"], count["value"]) for count in counts]


@pytest.mark.parametrize(("lang", "words"), [("vi", "## Kết quả"), ("en", "## Achievements")])
def test_what_is_read_is_in_the_language_asked_for(
    article: Path, tmp_path: Path, lang: str, words: str
) -> None:
    printed = run("summarize", str(article), "--model", "none", "--lang", lang).stdout.decode()
    assert words in printed
    job = tmp_path / "job"
    assert run("batch", str(article), "--model", "none", "--lang", lang, "--out", str(job)).returncode == 0
    assert words in (job / "reports" / "a.md").read_text("utf-8")
    done = run("export", str(job), "--lang", "en")
    assert (done.returncode, done.stderr.decode()) == (
        0,
        f"{job}: written reports.jsonl, *.csv, reports/*.md, index.html, reports/*.html\n",
    )
    assert "## Achievements" in (job / "reports" / "a.md").read_text("utf-8")


def test_a_language_before_the_command_is_that_of_the_report_and_one_behind_it_wins(article: Path) -> None:
    before = ("--lang", "en", "summarize", str(article), "--model", "none")
    assert "## Achievements" in run(*before).stdout.decode()
    assert "## Kết quả" in run(*before, "--lang", "vi").stdout.decode()


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "vi_VN", "LANG": "en_US.UTF-8"}, "vi"),
        ({"LC_MESSAGES": "C", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LC_ALL": "vi_VN", "LC_MESSAGES": "C", "LANG": "C"}, "vi"),
        ({"LANGUAGE": "vi:en", "LC_ALL": "C"}, "vi"),
        ({"LANGUAGE": "en", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "vi_VN.UTF-8"}, "vi"),
    ],
)
def test_messages_are_in_the_language_of_the_environment(environment: dict[str, str], lang: str) -> None:
    assert message_lang(environment) == lang


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a job with one article that is done and one that failed."""
    folder = tmp_path_factory.mktemp("job")
    (folder / "a.txt").write_text(TEXT, encoding="utf-16")
    (folder / "b.txt").write_bytes(b"")
    batch(folder, "--lang", "vi")
    return folder


def batch(folder: Path, *options: str, locale: str = "C.UTF-8") -> subprocess.CompletedProcess[bytes]:
    articles = (str(folder / "a.txt"), str(folder / "b.txt"))
    return run("batch", *articles, "--model", "none", "--out", str(folder / "out"), *options, LC_ALL=locale)


LANGUAGES = pytest.mark.parametrize(
    ("options", "locale", "vietnamese"),
    [
        ((), "vi_VN.UTF-8", True),
        ((), "C.UTF-8", False),
        (("--lang", "en"), "vi_VN.UTF-8", False),
        (("--lang", "vi"), "C.UTF-8", True),
    ],
    ids=["Vietnamese locale", "another locale", "--lang en", "--lang vi"],
)


@LANGUAGES
def test_a_job_ends_in_ones_own_language(
    tmp_path: Path, options: tuple[str, ...], locale: str, vietnamese: bool
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    done = batch(tmp_path, *options, locale=locale)
    *_, line, last = done.stderr.decode().splitlines()
    out = tmp_path / "out"
    assert last == f"{'mở' if vietnamese else 'open'} {out / 'index.html'}"
    assert line.startswith(f"{out}: 1 bài xong, 1 bài lỗi," if vietnamese else f"{out}: 1 done, 1 failed in ")


@pytest.mark.parametrize(
    ("options", "file"),
    [
        ((), "index.html"),
        (("--no-pages",), "articles.csv"),
        (("--no-pages", "--format", "xlsx"), "report.xlsx"),
    ],
)
def test_a_jobs_last_line_names_the_file_to_open(tmp_path: Path, options: tuple[str, ...], file: str) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    *_, last = batch(tmp_path, *options).stderr.decode().splitlines()
    assert last == f"open {tmp_path / 'out' / file}"


@LANGUAGES
def test_a_jobs_status_is_in_ones_own_language(
    job: Path, options: tuple[str, ...], locale: str, vietnamese: bool
) -> None:
    shown = run("status", str(job / "out"), *options, LC_ALL=locale).stdout.decode()
    assert ("1 bài xong, 1 bài lỗi, 0 bài chưa làm" in shown) is vietnamese
    assert ("1 done, 1 failed, 0 not done yet" in shown) is not vietnamese


@LANGUAGES
def test_what_is_wrong_is_told_in_ones_own_language(
    tmp_path: Path, options: tuple[str, ...], locale: str, vietnamese: bool
) -> None:
    done = run("status", str(tmp_path), *options, LC_ALL=locale)
    assert done.returncode == 2
    assert ("không có lượt chạy nào" if vietnamese else "holds no job") in done.stderr.decode()


def test_the_doctor_speaks_ones_own_language(serve: Serve) -> None:
    server = serve(key="another")
    shown = run("doctor", server=server, LC_ALL="vi_VN.UTF-8").stdout.decode()
    assert "--  trả lời   " in shown
    assert f"máy chủ   {server.base_url}, theo OPENAI_BASE_URL" in shown
    assert f"{server.base_url} từ chối khóa (401)\n" in shown
    assert "xem lại khóa (OPENAI_API_KEY) và địa chỉ" in shown


def test_what_a_job_would_take_is_told_in_ones_own_language(job: Path) -> None:
    done = batch(job, "--dry-run", locale="vi_VN.UTF-8")
    assert done.stdout.decode().startswith("2 bài: cần làm 0, 1 bài đã xong, 1 bài không đọc được\n")


def test_pages_tell_in_their_language_how_a_text_was_read_and_why_an_article_failed(job: Path) -> None:
    for lang, note, reason in (
        ("vi", "giải mã từ utf-16", "trống; không có gì để tóm tắt"),
        ("en", "decoded from utf-16", "is empty; there is nothing to summarize"),
    ):
        assert run("export", str(job / "out"), "--lang", lang).returncode == 0
        (page,) = (job / "out" / "reports").glob("a*.html")
        assert note in page.read_text("utf-8")
        assert reason in (job / "out" / "index.html").read_text("utf-8")


def test_what_programs_read_is_the_same_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    made = [machine_readable(tmp_path, lang) for lang in ("vi", "en")]
    assert made[0] == made[1]
    assert "is empty" in made[0]["articles.csv"]


def machine_readable(folder: Path, lang: str) -> dict[str, Any]:
    """What a batch in a new folder and `status --json` leave for programs, without times."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    done = batch(folder, "--retry-failed", "--lang", lang)
    status = run("status", str(folder / "out"), "--json", "--lang", lang).stdout.decode()
    files = {name: (folder / "out" / name).read_text("utf-8") for name in ("run.json", "articles.csv")}
    texts = {"status": status, **files}
    timeless = re.compile(r'"(?:time|seconds|pid|started_at|ended_at)": [^,}\n]+|(?<=,)\d+\.\d+(?=,)')
    return {"code": done.returncode, **{name: timeless.sub("", text) for name, text in texts.items()}}


def test_progress_on_a_terminal_is_one_line_that_is_gone_at_the_end(article: Path) -> None:
    shown = on_a_terminal("summarize", str(article), "--model", "none")
    assert shown.endswith("\n")
    assert "Traceback" not in shown


@pytest.mark.parametrize("in_flight", ["1", "4"])
def test_a_jobs_bar_has_articles_and_no_dollars_where_nothing_is_paid(
    article: Path, tmp_path: Path, in_flight: str
) -> None:
    options = ("--model", "none", "--in-flight", in_flight)
    shown = on_a_terminal("batch", str(article), *options, "--out", str(tmp_path / "job"))
    assert "1 of 1 articles" in shown
    assert "$" not in shown
    assert "tokens" not in shown
    assert shown.rstrip().endswith(f"open {tmp_path / 'job' / 'index.html'}")


def on_a_terminal(*arguments: str) -> str:
    """What the command writes where all of its streams are a terminal, escape sequences left out."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["COLUMNS"] = "300"
        os.execv(sys.executable, [sys.executable, "-m", "summarizer", *arguments])  # noqa: S606
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the child has closed it
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode().replace("\r\n", "\n"))


@pytest.mark.parametrize("option", ["--max-cost", "--patience", "--rpm", "--tpm"])
def test_what_is_no_number_bounds_nothing_and_is_refused(article: Path, tmp_path: Path, option: str) -> None:
    done = run("batch", str(article), "--model", "none", "--out", str(tmp_path / "job"), option, "nan")
    assert (done.returncode, b"nan is no number" in done.stderr) == (2, True)


@pytest.mark.parametrize("named", ["itself", "through a link", "as standard input"])
@pytest.mark.parametrize("option", ["--html", "--text", "--docx"])
def test_the_article_itself_is_never_written_to(
    article: Path, tmp_path: Path, option: str, named: str
) -> None:
    path = article
    if named == "through a link":
        path = tmp_path / "link"
        path.symlink_to(article)
    source = "-" if named == "as standard input" else str(article)
    with article.open("rb") as stdin:
        command = [sys.executable, "-m", "summarizer", "summarize", source, option, str(path)]
        done = subprocess.run([*command, "--model", "none"], stdin=stdin, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "is the article itself" in done.stderr.decode()
    assert article.read_text(encoding="utf-8") == TEXT


def test_weights_that_are_not_there_are_refused_before_the_article_is_read(tmp_path: Path) -> None:
    done = run("summarize", str(tmp_path / "none.txt"), "--model", str(tmp_path / "nope.gguf"))
    assert done.returncode == 2
    assert "nope.gguf" in done.stderr.decode()
