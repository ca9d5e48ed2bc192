"""What a large model gets to see: the article with a mark before each clause, number and date."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model.anchoring import Anchors, unmarked
from summarizer.model.marking import mark_article
from tests.by_rules import article_of

ALL = 10**6
PIECES = st.sampled_from(
    [
        "Hội nghị ",
        "02 ",
        "đảng viên ",
        "1/5 ",
        "; ",
        ". ",
        "\n\n",
        "⟦3⟧",
        "[12]",
        "{d1} ",
        "hai ",
        "ngày 3/2/2021 ",
    ]
)


def marked(text: str) -> str:
    (piece,) = mark_article(article_of(text), most_characters=ALL)
    return piece.text


def test_numbers_dates_and_clauses_are_marked_each_in_its_own_way() -> None:
    text = "Ngày 3/2/2021, Đảng ủy Viện họp. Có 27 đảng viên; 12 chi bộ tốt."
    assert (
        marked(text) == "⟦1⟧Ngày [d1]3/2/2021, Đảng ủy Viện họp. ⟦2⟧Có [1]27 đảng viên; ⟦3⟧[2]12 chi bộ tốt."
    )


def test_what_looks_like_a_mark_in_the_article_is_none() -> None:
    text = "Theo [d1] và [12], chi bộ {3} họp ⟦4⟧."
    assert re.sub(r"⟦\d+⟧|\[\d+\]", "", marked(text)) == "Theo (d1) và (12), chi bộ (3) họp (4)."
    assert Anchors(article_of(text)).place("chi bộ (3) họp (4)")


def test_a_number_that_cannot_count_is_data_and_a_list_mark_has_no_mark() -> None:
    text = "1. Nghị quyết số 08-NQ/TU giai đoạn 2016-2020 có 5 chỉ tiêu.\n2. Kết nạp 3 đảng viên."
    shown = marked(text)
    assert "[1]5 chỉ tiêu" in shown
    assert "[2]3 đảng viên" in shown
    assert re.findall(r"\[d\d+\](\S+)", shown) == ["08-NQ/TU", "2016-2020"]


def test_a_number_of_a_name_has_no_mark() -> None:
    assert marked("Lớp 8A1 phòng, chống Covid-19.") == "⟦1⟧Lớp 8A1 phòng, chống Covid-19."


def test_what_belongs_to_the_page_and_not_to_the_article_is_not_shown() -> None:
    text = "Thứ 3, 27/10/2020\nĐọc bài\nLưu\nChi bộ có 5 đảng viên.\nTổng số điểm của bài viết là: 0 trong 0 đánh giá"
    assert marked(text) == "⟦1⟧Thứ 3, [d1]27/10/2020\n\n⟦2⟧Chi bộ có [1]5 đảng viên."


def test_marks_lead_back_to_the_text() -> None:
    text = "Có 27 đảng viên và 12 chi bộ."
    (piece,) = mark_article(article_of(text), most_characters=ALL)
    assert [text[number.at :].startswith(number.text) for number in piece.numbers.values()] == [True, True]
    assert piece.keys[2] == "2. 12"


@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_the_article_holds_a_clause_mark_is_ours(text: str) -> None:
    for piece in mark_article(article_of(text), most_characters=ALL):
        assert [int(mark) for mark in re.findall(r"⟦(\d+)⟧", piece.text)] == list(piece.clauses)


def test_a_long_article_is_cut_between_paragraphs_and_marks_go_on() -> None:
    text = "\n\n".join(f"Đoạn này nói về {n} đảng viên của chi bộ." for n in range(10, 30))
    pieces = mark_article(article_of(text), most_characters=200)
    assert len(pieces) > 3
    assert [mark for piece in pieces for mark in piece.numbers] == list(range(1, 21))
    assert all(piece.text.count("Đoạn này") == len(piece.numbers) for piece in pieces)


def test_a_table_is_shown_as_a_markdown_table_whatever_form_it_has() -> None:
    text = "Kết quả xếp loại:\n\nKhối\tSố lớp\tHọc sinh\nKhối 6\t4\t150\nKhối 7\t5\t160\n\nHội nghị nhất trí."
    lines = [re.sub(r"⟦\d+⟧", "", line).strip() for line in marked(text).splitlines()]
    assert lines[lines.index("| Khối | Số lớp | Học sinh |") + 1] == "|---|---|---|"
    rows = [re.sub(r"\[d?\d+\]", "", line) for line in lines if line.startswith("| Khối ")]
    assert rows == ["| Khối | Số lớp | Học sinh |", "| Khối 6 | 4 | 150 |", "| Khối 7 | 5 | 160 |"]
    assert lines[-1] == "Hội nghị nhất trí."


@pytest.mark.parametrize(
    ("copied", "words"),
    [("[12]145 đảng viên", "145 đảng viên"), ("⟦3⟧ Hội nghị", "Hội nghị"), ("năm [d2]2020", "năm 2020")],
)
def test_marks_that_a_model_copied_along_are_taken_out(copied: str, words: str) -> None:
    assert unmarked(copied) == words
