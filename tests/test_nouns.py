"""Nouns around a number: whom a đồng chí, a nữ, an item of a list or a quần chúng stands for."""

from __future__ import annotations

import pytest

from tests.test_meaning import meanings


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Có 98% nữ giáo viên tham gia.", ["staff"]),
        ("Kết nạp 15 đảng viên, gồm 12 nữ, 03 nam.", ["party_member"] * 3),
        ("Tổng số đoàn viên công đoàn là 85, trong đó nữ là 60.", ["union_member"] * 2),
        ("Có 14 đề tài; 05 đề tài loại xuất sắc, 08 loại tốt.", ["research"] * 3),
        ("Có 96 lượt sinh hoạt; đảng viên dự họp đạt 96%.", ["event", "party_member"]),
        ("Kết quả học tập: Tốt 22,5%, Khá 46%.", ["learner"] * 2),
        ("Đạt 03 giải: 01 Vàng, 02 Đồng.", ["award"] * 3),
    ],
)
def test_a_number_without_a_noun_of_its_own_has_that_of_the_one_before(
    text: str, subjects: list[str]
) -> None:
    assert [subject for _, subject, _ in meanings(text)] == subjects


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Chi bộ kết nạp được 02 quần chúng ưu tú.", "party_member"),
        ("Đảng ủy tổ chức lễ kết nạp cho 02 quần chúng ưu tú.", "party_member"),
        ("Có 02 quần chúng được kết nạp vào Đảng.", "party_member"),
        ("Mở lớp bồi dưỡng kết nạp Đảng cho 02 quần chúng.", "individual"),
        ("Giới thiệu 02 quần chúng đi học, bồi dưỡng.", "individual"),
    ],
)
def test_the_masses_are_party_members_once_they_are_admitted(text: str, subject: str) -> None:
    assert [(number, found) for number, found, _ in meanings(text)] == [("02", subject)]


def test_a_comrade_belongs_to_the_party_that_is_named_behind_him_where_none_is_before() -> None:
    text = "Có 09 đồng chí hoàn thành tốt nhiệm vụ, không có đảng viên yếu kém."
    assert meanings(text) == [("09", "party_member", "good")]


def test_a_guests_title_in_another_sentence_makes_no_party_member() -> None:
    text = "Đoàn trường có 02 đồng chí được tặng bằng khen. Đồng chí Bí thư Chi bộ dự lễ."
    assert meanings(text) == [("02", "individual", None)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Kết nạp 288 đảng viên (ĐV) mới; trong đó 21 ĐV nữ.", "party_member"),
        ("Có 288 đoàn viên (ĐV); trong đó 21 ĐV nữ.", "union_member"),
        ("Trường có 30 lớp, 21 CBGVCNV.", "staff"),
    ],
)
def test_an_abbreviation_is_what_the_text_says_or_its_parts_do(text: str, subject: str) -> None:
    assert meanings(text)[-1] == ("21", subject, None)


def test_delegates_to_a_congress_are_individuals() -> None:
    text = "Đảng bộ bầu đoàn đại biểu dự đại hội cấp trên gồm 10 đồng chí."
    assert meanings(text) == [("10", "individual", None)]
