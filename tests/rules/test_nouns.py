"""Nouns around a number: that of the number before, and what an abbreviation stands for."""

from __future__ import annotations

import pytest

from tests.rules.test_meaning import meanings


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


def test_a_run_of_abbreviations_of_staff_is_one_noun() -> None:
    assert meanings("Trường có 30 lớp, 21 CBGVCNV.")[-1] == ("21", "staff", None)


@pytest.mark.parametrize(
    ("nouns", "subject"),
    [
        (
            "hòa giải viên | thuyền viên | huấn luyện viên | tín đồ | tiểu thương | chủ hộ | trưởng bản",
            "individual",
        ),
        ("nữ hộ sinh | kĩ thuật viên | thanh tra viên | kiến trúc sư | thủ thư", "staff"),
        ("cơ sở kinh doanh | phòng khám | tổng công ty | dòng họ | hiệp hội | bộ phận", "collective"),
        ("đơn khiếu nại | đơn tố cáo | bức thư | tờ gấp | biên bản ghi nhớ | hợp đồng", "document"),
        ("hội thao | hội trại | diễn đàn | giải bóng đá | phiên tòa | kì tiếp xúc", "event"),
        ("đề cương nghiên cứu | giải pháp hữu ích | sáng chế", "research"),
        ("khối lớp", "class"),
        ("trạm biến áp | tàu cá | nhà văn hóa | phương tiện | đơn hàng | đơn vị hành chính", "other"),
    ],
)
def test_nouns_are_known_by_their_families(nouns: str, subject: str) -> None:
    read = {noun: meanings(f"Trong năm có 12 {noun} mới.")[-1][1] for noun in nouns.split(" | ")}
    assert read == dict.fromkeys(read, subject)


@pytest.mark.parametrize(
    ("noun", "subject"),
    [("quan trắc viên", "individual"), ("công viên", "other"), ("thư động viên", "other")],
)
def test_a_person_whom_no_row_has_is_known_by_the_last_syllable(noun: str, subject: str) -> None:
    assert meanings(f"Có 12 {noun} tại khu vực.") == [("12", subject, None)]
