"""Sentences, headings and clauses, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.sentences import Sentence, clauses, split_sentences
from summarizer.schemas.offsets import TextOffset


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội nghị họp. Đồng chí nói.", ["Hội nghị họp.", "Đồng chí nói."]),
        ("Có 12 chi bộ! Vì sao? Rõ ràng…", ["Có 12 chi bộ!", "Vì sao?", "Rõ ràng…"]),
        ("PGS.TS. Nguyễn Văn A và ThS. Trần B dự.", ["PGS.TS. Nguyễn Văn A và ThS. Trần B dự."]),
        ("TP. HCM và Tp. Hà Nội. Đ/c. Nam dự.", ["TP. HCM và Tp. Hà Nội.", "Đ/c. Nam dự."]),
        ("Bí thư T.Ư. Đoàn nói. Hết.", ["Bí thư T.Ư. Đoàn nói.", "Hết."]),
        ("Ngày 2.4.2021, họp. Ngày 3/2/2021. Xong.", ["Ngày 2.4.2021, họp.", "Ngày 3/2/2021.", "Xong."]),
        ("Có lớp, trường v.v... và nhiều nơi. Hết.", ["Có lớp, trường v.v... và nhiều nơi.", "Hết."]),
        ("Năm 2021. Đại hội họp.", ["Năm 2021.", "Đại hội họp."]),
        ("1. Công tác Đảng. 2. Công tác đoàn.", ["1. Công tác Đảng.", "2. Công tác đoàn."]),
        ("a. Học tập. b. Rèn luyện.", ["a. Học tập.", "b. Rèn luyện."]),
        ("Ông nói: “Rất tốt!”. Rồi về.", ["Ông nói: “Rất tốt!”.", "Rồi về."]),
        ("Thực hiện thắng lợi năm 2021./.\nẢnh", ["Thực hiện thắng lợi năm 2021./.", "Ảnh"]),
        ("Có 2.157 học viên. Có 75,2%. Hết", ["Có 2.157 học viên.", "Có 75,2%.", "Hết"]),
        ("…và những biến động… ảnh hưởng", ["…và những biến động… ảnh hưởng"]),
        (
            "Xây dựng Đảng.Năm qua, có 5 chi bộ.TS Vũ An nói.",
            ["Xây dựng Đảng.", "Năm qua, có 5 chi bộ.", "TS Vũ An nói."],
        ),
        (
            "Xem www.Facebook.com, TP.Vinh và Ths.An ở đây.",
            ["Xem www.Facebook.com, TP.Vinh và Ths.An ở đây."],
        ),
    ],
)
def test_a_sentence_ends_at_its_mark_and_not_at_an_abbreviation(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_headings_and_captions_are_sentences_of_their_own() -> None:
    text = "Hội nghị tổng kết\n\nChiều nay họp. Có 12 chi bộ\nToàn cảnh Hội nghị \n \nKết thúc."
    assert [(sentence.text, sentence.paragraph) for sentence in split_sentences(text)] == [
        ("Hội nghị tổng kết", 0),
        ("Chiều nay họp.", 1),
        ("Có 12 chi bộ", 1),
        ("Toàn cảnh Hội nghị", 2),
        ("Kết thúc.", 3),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_line_that_goes_on_in_lower_case_is_joined(newline: str) -> None:
    text = f"Đồng chí trao giấy khen cho{newline}tập thể Chi bộ 1{newline}{newline}tập thể khác"
    assert texts(text) == [f"Đồng chí trao giấy khen cho{newline}tập thể Chi bộ 1", "tập thể khác"]


@pytest.mark.parametrize(
    "text", ["Kết quả:\ncó 12 chi bộ", "Gồm:\n- chi bộ 1\n- chi bộ 2", "Nội dung\na) học tập"]
)
def test_a_line_that_begins_something_is_not_joined(text: str) -> None:
    assert len(texts(text)) == text.count("\n") + 1


def _clauses(text: str) -> list[str]:
    (sentence,) = split_sentences(text)
    return [clause.text for clause in clauses(sentence)]


def test_clauses_end_at_semicolons_outside_parentheses() -> None:
    assert _clauses("Có 62 lớp (58 lớp; 4 lớp ngoài); cử 02 giảng viên; 03 cán bộ.") == [
        "Có 62 lớp (58 lớp; 4 lớp ngoài);",
        "cử 02 giảng viên;",
        "03 cán bộ.",
    ]


def test_a_long_clause_ends_at_commas_between_numbers() -> None:
    lead = (
        "Đảng ủy đã lãnh đạo toàn diện các mặt công tác, tổ chức nhiều hoạt động sâu rộng trong toàn Đảng bộ"
    )
    text = (
        f"{lead}, trao giấy khen cho 27 đảng viên xuất sắc, 145 đảng viên hoàn thành tốt, có 04 đảng viên mới"
    )
    assert _clauses(text) == [
        f"{lead}, trao giấy khen cho 27 đảng viên xuất sắc,",
        "145 đảng viên hoàn thành tốt,",
        "có 04 đảng viên mới",
    ]


def test_no_clause_begins_with_a_date_or_a_time() -> None:
    text = (
        "Công đoàn trường tổ chức cho 45 đoàn viên thi đua lập thành tích chào mừng các ngày lễ lớn 20/10, 20/11, "
        "22/12, trải qua 86 năm, 34 năm xây dựng và trưởng thành của các tổ chức trong cả nước"
    )
    assert _clauses(text) == [text]


def test_a_short_sentence_is_one_clause() -> None:
    sentence = Sentence(TextOffset(5), "Có 02 chi bộ, 13 đảng viên.", 0)
    assert clauses(sentence) == [sentence]


def test_a_parenthesis_that_is_never_closed_hides_no_semicolon() -> None:
    assert _clauses("Có 62 lớp (58 trong kế hoạch; 4 ngoài; 3 khác") == [
        "Có 62 lớp (58 trong kế hoạch;",
        "4 ngoài;",
        "3 khác",
    ]


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from([*"aĐ1.;!?…()\n\r \u200b“”", "TS.", "v.v...", "2.4"])).map("".join),
    )
)
def test_sentences_hold_every_character_but_the_space_around_them(text: str) -> None:
    found = split_sentences(text)
    held = [text[sentence.at : sentence.end] for sentence in found]
    assert held == [sentence.text for sentence in found]
    blank = {"\u200b", "\ufeff"}
    rest = [mark for mark in text if not mark.isspace() and mark not in blank]
    assert [mark for part in held for mark in part if not mark.isspace() and mark not in blank] == rest
    assert [sentence.paragraph for sentence in found] == sorted(sentence.paragraph for sentence in found)
    for sentence in found:
        parts = clauses(sentence)
        assert all(text[part.at : part.end] == part.text for part in parts)
        assert sum(len(part.text) for part in parts) <= len(sentence.text)
