"""Every format is read within limits, in a process that no document can take others down with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest

from summarizer.errors import SourceError
from summarizer.sources import formats, worker
from summarizer.sources.document import Document
from summarizer.sources.formats import READERS, read_format
from summarizer.sources.loading import read_document
from tests.sources.made import INTRODUCTION, pdf_file, read, refusal, word_file
from tests.sources.pages import BODY, PAGE

# Two forms a level, twelve levels deep and back at the beginning: without end.
ITSELF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>> endobj
4 0 obj <</Length 12>>stream
/A Do /A Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 12>>stream
/A Do /A Do
endstream endobj
trailer <</Root 1 0 R>>
"""


def probe(data: bytes, name: str, location: str, charset: str | None) -> Document:
    """A reader for these tests, run in a worker: it does what its bytes say."""
    match data:
        case b"loop":
            while True:
                pass
        case b"fill":
            kept = b"x" * (worker.MEMORY * 2)
            return Document(name, str(len(kept)))
        case b"crash":
            os.abort()
        case b"zlib":
            zlib.decompress(b"no")
        case b"environment":
            return Document(name, " ".join(os.environ))
        case b"print":
            print("what a library says")
        case b"pid":
            return Document(name, str(os.getpid()))
    return Document(name, "đọc được")


def probed(data: bytes) -> str:
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(READERS, ".x", ("tests.sources.test_reading_limits:probe", ""))
        return read_format(data, ".x", name="a", location="a.x").text


def failure(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        probed(data)
    assert "\n" not in str(caught.value)
    return caught.value


def test_every_kind_promised_has_a_reader() -> None:
    assert set(READERS) == {".html", ".htm", ".xhtml", ".md", ".markdown", ".docx", ".pdf"}


def test_a_worker_is_used_again() -> None:
    assert probed(b"pid") == probed(b"pid") != str(os.getpid())


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"fill", "MemoryError"), (b"crash", "ended with code -6"), (b"zlib", "(error: Error -3")],
)
def test_what_fails_is_one_line_and_the_next_is_read(data: bytes, says: str) -> None:
    assert says in str(failure(data))
    assert probed(b"") == "đọc được"


def test_the_traceback_of_a_worker_is_the_cause() -> None:
    assert "zlib.decompress" in str(failure(b"zlib").__cause__)


def test_a_reader_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as limits:
        limits.setattr(formats, "WALL_SECONDS", 0.3)
        assert "took more than" in str(failure(b"loop"))
    assert probed(b"") == "đọc được"


def test_the_processor_time_of_a_document_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "CPU_SECONDS", 1)
    assert "took more than 1 s of the processor" in str(failure(b"loop"))


def test_a_worker_has_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    code = "from tests.sources.test_reading_limits import probed; print(probed(b'environment'))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "PATH" in shown.stdout
    assert "KEY" not in shown.stdout


def test_what_a_library_prints_is_no_answer() -> None:
    assert probed(b"print") == "đọc được"


def test_a_worker_that_was_killed_while_it_waited_is_replaced() -> None:
    os.kill(int(probed(b"pid")), signal.SIGKILL)
    assert probed(b"") == "đọc được"


def test_a_signal_to_the_whole_group_ends_no_worker() -> None:
    pid = int(probed(b"pid"))
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(pid, number)
    assert probed(b"pid") == str(pid)


def test_many_threads_read_at_once() -> None:
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(probed(b""))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["đọc được"] * 12


def test_a_form_that_draws_itself_is_given_up(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path, "bài.pdf", ITSELF)
    assert read(tmp_path, "bài.pdf", pdf_file([(50, 700, 12, INTRODUCTION)])).text == INTRODUCTION + "\n"


@pytest.mark.parametrize("paragraphs", [40_000, 600_000])
def test_a_page_of_paragraphs_without_end_is_refused(tmp_path: Path, paragraphs: int) -> None:
    refusal(tmp_path, "bài.html", PAGE.replace("</article>", "<p>đoạn văn</p>" * paragraphs + "</article>"))


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>12</td><td>5</td></tr>" * 10_000,
        "<tr>" + "<td>12</td>" * 20_000 + "</tr><tr><td>1</td><td>2</td></tr>",
        "<tr><td>Khối<td rowspan=20000>12</tr>" * 10_000,
    ],
    ids=["rows", "one row", "cells over each other"],
)
def test_a_table_of_20_000_cells_is_read_whole(tmp_path: Path, table: str) -> None:
    document = read(tmp_path, "bài.html", PAGE.replace("</article>", f"<table>{table}</table></article>"))
    assert document.text.count("12") >= 10_000
    assert BODY[1] in document.text


def test_a_word_paragraph_with_a_run_for_every_word_is_read_whole(tmp_path: Path) -> None:
    body = f"<w:p>{'<w:r><w:t>đảng viên, </w:t></w:r>' * 25_000}</w:p>"
    assert read(tmp_path, "bài.docx", word_file(body)).text.count("đảng viên,") == 25_000


def test_a_file_that_begins_with_many_comments_is_looked_at_once(tmp_path: Path) -> None:
    assert (
        read(tmp_path, "bài.md", "<!-- ghi chú -->\n" * 2_000 + f"\n{INTRODUCTION}\n").text
        == INTRODUCTION + "\n"
    )


def test_a_file_of_too_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bài.pdf"
    with path.open("wb") as file:
        file.truncate(30_000_001)
    with pytest.raises(SourceError, match="more than 30 MB"):
        read_document(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"\x00" * 100])
@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, suffix: str, data: bytes) -> None:
    refusal(tmp_path, f"bài{suffix}", data)
