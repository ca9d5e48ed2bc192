"""Grades of what a number counts: where they may stand, and whose they are."""

from __future__ import annotations

import pytest

from tests.rules.test_meaning import meanings


@pytest.mark.parametrize(
    "text",
    [
        "Có 12 chi bộ (80%) hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ (chiếm 80%) hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ (đạt tỷ lệ 80%) được xếp loại hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ, chiếm 80%, được xếp loại hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ chiếm 80% hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ, tương đương 80%, hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ - 80% hoàn thành tốt nhiệm vụ.",
        "Có 12 chi bộ, đạt 80% tổng số chi bộ, hoàn thành tốt nhiệm vụ.",
    ],
)
def test_a_share_said_aside_does_not_hide_the_grade(text: str) -> None:
    assert meanings(text) == [("12", "party_cell", "good"), ("80", "party_cell", "good")]


def test_a_number_said_aside_of_a_share_does_not_either() -> None:
    text = "Có 80% chi bộ (12 chi bộ) hoàn thành tốt nhiệm vụ."
    assert meanings(text) == [("80", "party_cell", "good"), ("12", "party_cell", "good")]


def test_grades_may_lead_to_their_numbers_and_shares_without_a_noun() -> None:
    text = (
        "Có 32 cơ sở đảng được đánh giá: Trong sạch vững mạnh 6 cơ sở chiếm tỷ lệ 18,75%; Hoàn thành tốt nhiệm vụ 7"
        " chiếm tỷ lệ 21,87%; Hoàn thành nhiệm vụ 18 chiếm tỷ lệ 56,25% và 1 chi bộ yếu kém."
    )
    organization = "party_organization"
    assert meanings(text)[1:] == [
        ("6", organization, "clean_strong"),
        ("18,75", organization, "clean_strong"),
        ("7", organization, "good"),
        ("21,87", organization, "good"),
        ("18", organization, "completed"),
        ("56,25", organization, "completed"),
        ("1", "party_cell", "not_completed"),
    ]


def test_a_range_of_shares_is_no_share_said_aside() -> None:
    text = "Có 90% chi bộ và 85 - 90% đảng viên hoàn thành tốt nhiệm vụ."
    assert meanings(text) == [
        ("90", "party_cell", "good"),
        ("85", "party_member", "good"),
        ("90", "party_member", "good"),
    ]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        (
            "Xếp loại đảng viên: xuất sắc: 11 đ/c; tốt: 46 đ/c; hoàn thành: 3 đ/c.",
            ["excellent", "good", "completed"],
        ),
        ("Phân loại đảng viên: Xuất sắc 05; Tốt 20; Hoàn thành 01.", ["excellent", "good", "completed"]),
        ("Xếp loại đảng viên: loại xuất sắc: 12, loại tốt: 50.", ["excellent", "good"]),
        ("Xếp loại đảng viên: HTNV: 18 đồng chí; không HTNV: 03 đồng chí.", ["completed", "not_completed"]),
        (
            "Đảng viên hoàn thành nhiệm vụ là 20 đồng chí và không hoàn thành nhiệm vụ là 02 đồng chí.",
            ["completed", "not_completed"],
        ),
        (
            "Có 98% đảng viên hoàn thành tốt nhiệm vụ (trong đó hoàn thành xuất sắc là 14%).",
            ["good", "excellent"],
        ),
        (
            "Chi bộ xếp loại đảng viên: 02 đồng chí xuất sắc, 18 đồng chí tốt, 01 đồng chí hoàn thành.",
            ["excellent", "good", "completed"],
        ),
        (
            "Có 56 đảng viên (tỷ lệ 14%) và 05 chi bộ (tỷ lệ 25%) hoàn thành xuất sắc nhiệm vụ.",
            ["excellent"] * 4,
        ),
        ("Chưa đủ điều kiện xếp loại: 02 đảng viên.", ["unrated"]),
        # a grade in a bracket that leads to the next number is not the total's
        ("- Chi bộ: 14 (HTXSNV: 03; HTTNV: 10; HTNV: 01)", [None, "excellent", "good", "completed"]),
    ],
)
def test_a_rating_is_read_item_by_item(text: str, grades: list[str]) -> None:
    assert [grade for _, _, grade in meanings(text)] == grades


@pytest.mark.parametrize(
    "text",
    [
        "Chất lượng giáo dục: học lực xuất sắc 11 em; tốt 46 em.",
        "Xếp loại hạnh kiểm học sinh: tốt 46 em, khá 12 em.",
        "Hội nghị đánh giá tốt 11 tham luận.",
    ],
)
def test_bare_words_rate_no_pupils_and_no_things(text: str) -> None:
    assert {grade for _, _, grade in meanings(text)} == {None}


def test_what_is_rated_may_stand_between() -> None:
    text = "Có 7 giáo viên, nhân viên xếp loại thi đua Xuất sắc; 9 viên chức xếp loại chất lượng Tốt."
    assert meanings(text) == [("7", "staff", "excellent"), ("9", "staff", "good")]


def test_what_is_in_a_bracket_has_no_grade_from_behind_it() -> None:
    text = "Đảng bộ có 8 chi bộ (với 120 đảng viên) và đã hoàn thành xuất sắc nhiệm vụ."
    assert meanings(text)[1] == ("120", "party_member", None)


def test_a_heading_of_its_own_says_whose_grade_a_number_counts() -> None:
    text = "Về chi bộ: 03 HTXSNV, 12 HTTNV. Về đảng viên: 25 HTXSNV, 160 HTTNV."
    assert meanings(text) == [
        ("03", "party_cell", "excellent"),
        ("12", "party_cell", "good"),
        ("25", "party_member", "excellent"),
        ("160", "party_member", "good"),
    ]


def test_a_part_has_the_grade_and_the_whole_has_none() -> None:
    text = "Đảng bộ có 3 trong tổng số 14 chi bộ được xếp loại hoàn thành xuất sắc nhiệm vụ."
    assert meanings(text) == [("3", "party_cell", "excellent"), ("14", "party_cell", None)]
