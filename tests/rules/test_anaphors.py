"""Whom a đồng chí, a quần chúng and a delegate stand for."""

from __future__ import annotations

import pytest

from tests.rules.test_meaning import meanings


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Chi bộ kết nạp được 02 quần chúng ưu tú.", "party_member"),
        ("Đảng ủy tổ chức lễ kết nạp cho 02 quần chúng ưu tú.", "party_member"),
        ("Có 02 quần chúng được kết nạp vào Đảng.", "party_member"),
        ("Trong năm, 02 quần chúng ưu tú được vào Đảng.", "party_member"),
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
        ("Đảng bộ bầu đoàn đại biểu dự đại hội cấp trên gồm 10 đồng chí.", "individual"),
        ("Chi bộ bầu đoàn đại biểu dự Đại hội Đảng bộ huyện, nhiệm kỳ mới, gồm 10 đồng chí.", "individual"),
        (
            "Đại hội bầu đoàn đại biểu gồm các bí thư, và bầu Ban Chấp hành Đảng bộ gồm 10 đồng chí.",
            "party_member",
        ),
    ],
)
def test_delegates_to_a_congress_are_individuals(text: str, subject: str) -> None:
    assert meanings(text) == [("10", subject, None)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Đại hội đã bầu 15 vị vào Ban Chấp hành Đảng bộ xã.", "party_member"),
        ("Đại hội đã bầu 15 vị vào Ban Chấp hành Hội Nông dân xã.", "individual"),
        ("Đại hội Đảng bộ xã bầu 15 UVBCH.", "party_member"),
        ("Đại hội Công đoàn bầu 15 UVBCH.", "individual"),
        ("Anh An là Tỉnh ủy viên, Bí thư Tỉnh Đoàn. Phó Bí thư Tỉnh Đoàn gồm 15 đồng chí.", "individual"),
    ],
)
def test_the_members_of_a_committee_are_of_the_body_it_is_of(text: str, subject: str) -> None:
    assert [(number, found) for number, found, _ in meanings(text)] == [("15", subject)]
