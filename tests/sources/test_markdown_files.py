"""Markdown files: the words without the marks, and the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.sources.loading import read_document
from tests.sources.made import INTRODUCTION, grid, read, refusal, written
from tests.sources.pages import BODY


def test_markdown_gives_the_words_without_the_marks(tmp_path: Path) -> None:
    source = (
        f"---\ntitle: Tổng kết\ndate: 2021-02-05\n---\n# Đầu đề\n\n{BODY[0]}\n\n- Khen **05 tập thể**\n"
        "- Kết nạp [08 đảng viên](http://x/2021)\n\n| Chi bộ | Số |\n|---|---|\n| 1 | 25 |\n\n1. `02` chi bộ\n"
    )
    document = read_document(written(tmp_path, "bài.md", source))
    assert (document.title, document.published) == ("Tổng kết", "2021-02-05")
    for words in (
        "Đầu đề\n",
        BODY[0],
        "- Khen 05 tập thể\n- Kết nạp 08 đảng viên\n",
        "| 1 | 25 |",
        "02 chi bộ",
    ):
        assert words in document.text
    assert "http" not in document.text


@pytest.mark.parametrize(
    ("source", "text", "note"),
    [
        ("có ~~305~~ 345 lớp", "có 345 lớp", "struck-out text left out (1)"),
        ("có <del>305</del> 345 lớp", "có 345 lớp", "struck-out text left out (1)"),
        ("có 12<sup>1</sup> lớp", "có 12 lớp", "raised marks left out (1)"),
        ("có 12^1^ lớp", "có 12 lớp", "raised marks left out (1)"),
        ("có 12[^1] lớp", "có 12 lớp", "raised marks left out (1)"),
        ("rộng 120 m<sup>2</sup> và 5 km^2^", "rộng 120 m² và 5 km²", None),
        ("khí CO~2~ và H<sub>2</sub>O", "khí CO₂ và H₂O", None),
        ("có **12**&nbsp;*chi bộ* và `3` lớp", "có 12 chi bộ và 3 lớp", None),
        ("có 12 chi bộ  \nvà 3 lớp", "có 12 chi bộ\nvà 3 lớp", None),
        ("có 3\u200b45 lớp", "có 345 lớp", "invisible characters left out (1)"),
    ],
)
def test_a_paragraph_reads_as_it_looks(tmp_path: Path, source: str, text: str, note: str | None) -> None:
    document = read(tmp_path, "bài.md", f"{INTRODUCTION}\n\nĐảng bộ {source}.\n")
    assert document.text == f"{INTRODUCTION}\n\nĐảng bộ {text}.\n"
    assert document.notes[1:] == (() if note is None else (note,))


def test_html_that_ends_what_it_did_not_begin_ends_nothing(tmp_path: Path) -> None:
    source = f"# Đầu đề\n\n</div>\n\n{INTRODUCTION}\n\n</body>\n\nCó 12 chi bộ.\n"
    assert read(tmp_path, "bài.md", source).text == f"Đầu đề\n\n{INTRODUCTION}\n\nCó 12 chi bộ.\n"


def test_footnotes_stay_where_they_stand(tmp_path: Path) -> None:
    document = read(
        tmp_path, "bài.md", f"{INTRODUCTION}\n\nCó 12[^a] chi bộ.\n\n[^a]: Kể cả dự bị.\n\nHết năm.\n"
    )
    assert document.text == f"{INTRODUCTION}\n\nCó 12 chi bộ.\n\n[a] Kể cả dự bị.\n\nHết năm.\n"


def test_a_table_is_kept_with_the_places_of_its_cells(tmp_path: Path) -> None:
    source = (
        f"{INTRODUCTION}\n\n| Khối | Số<br>lớp |\n|:--|--:|\n| 6 | **12** |\n| 7 | |\n\nHội nghị bế mạc.\n"
    )
    document = read(tmp_path, "bài.md", source)
    (table,) = document.tables
    assert grid(document, table) == {
        (0, 0): "Khối", (0, 1): "Số lớp", (1, 0): "6", (1, 1): "12", (2, 0): "7", (2, 1): "",
    }  # fmt: skip
    assert {cell.row for cell in table.cells if cell.head} == {0}
    assert "| Khối | Số lớp |\n| 6 | 12 |\n| 7 | |\n\nHội nghị" in document.text


def test_a_table_in_html_is_a_table_too(tmp_path: Path) -> None:
    rows = "<tr><th>Khối</th><th>Lớp</th></tr><tr><td>6</td><td>12</td></tr>"
    document = read(tmp_path, "bài.md", f"{INTRODUCTION}\n\n<table>{rows}</table>\n")
    (table,) = document.tables
    assert grid(document, table) == {(0, 0): "Khối", (0, 1): "Lớp", (1, 0): "6", (1, 1): "12"}


def test_a_file_that_is_no_utf_8_says_what_it_looks_like(tmp_path: Path) -> None:
    tcvn3 = "Héi nghÞ tæng kÕt c«ng t¸c cña ®¶ng bé, cã 12 chi bé vµ c¸c ®¶ng viªn ®­îc khen. "
    assert "TCVN3" in refusal(tmp_path, "bài.md", tcvn3.encode("latin-1"))
