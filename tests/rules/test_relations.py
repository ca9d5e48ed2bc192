"""Relations between the counts of an article: parts and totals, facts told again, other bodies' figures, changes."""

from __future__ import annotations

import pytest

from summarizer.article.article import take_apart
from summarizer.rules.counts import read_numbers
from summarizer.rules.reader import read
from summarizer.schemas.reading import NumberReading
from summarizer.sources.document import Document


def readings(text: str) -> list[NumberReading]:
    return [one for one in read_numbers(take_apart(Document("a.txt", text))).values() if one.reason is None]


def parts(text: str) -> dict[str, str]:
    """Return the totals of an article's parts, as written."""
    read = readings(text)
    written = {int(one.at): one.text for one in read}
    return {one.text: written[one.part_of] for one in read if one.part_of is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 27 đảng viên, trong đó 3 đảng viên dự bị và 24 đảng viên chính thức.", {"3": "27", "24": "27"}),
        ("Khen 186 tập thể và cá nhân, gồm: 86 tập thể, 100 cá nhân.", {"86": "186", "100": "186"}),
        ("Đạt 86 giải. Trong đó: 10 giải nhất, 76 giải nhì.", {"10": "86", "76": "86"}),
        ("Hoàn thành tốt: 35 tổ chức đảng (có 7 đảng bộ và 28 chi bộ).", {"7": "35", "28": "35"}),
        (
            "Tổng số 837 em; giỏi 114 em; khá 419 em; còn lại 304 em.",
            {"114": "837", "419": "837", "304": "837"},
        ),
        ("Tổng số 86 giải; 11 giải nhất; 30 giải nhì.", {}),
        ("Tặng 58 lớp với 624 học viên (57 lớp, 600 học viên).", {"57": "58", "600": "624"}),
        ("Trường có 46 giáo viên (40 giáo viên đạt chuẩn, 36 trên chuẩn).", {"40": "46", "36": "46"}),
        ("Khen 12 cá nhân (so với năm trước 10 cá nhân).", {}),
        (
            "Mở 62 lớp (58 lớp ở tỉnh, 4 lớp ở huyện). Cụ thể: 37 lớp trung cấp với 90 học viên; 25 lớp cao cấp.",
            {"58": "62", "4": "62", "37": "62", "25": "62"},
        ),
        (
            "Nhận 48 triệu đồng của doanh nghiệp: bưu điện 40 triệu đồng; in 8 triệu đồng.",
            {"40": "48", "8": "48"},
        ),
        ("Đầu tư 2.300 tỷ đồng, riêng năm 2021 là 53 tỷ đồng.", {"53": "2.300"}),
        (
            "- Duy trì 11 lớp:\n+ Khối 6: 6 lớp\n+ Khối 7: 3 lớp\n+ Khối 8: 2 lớp",
            {"6": "11", "3": "11", "2": "11"},
        ),
        ("Khen 5 tập thể, 3 cá nhân, 2 hộ.", {}),
        ("Mức thưởng: 9 triệu đồng/giải nhất, 5 triệu đồng/giải nhì và 4 triệu đồng/giải ba.", {}),
        ("Thi lớp 12 có 978 học sinh đạt giải, trong đó có 47 giải nhất.", {"47": "978"}),
        ("Tham dự cuộc thi có 68 dự án. Ban tổ chức trao giải cho 36 dự án.", {"36": "68"}),
        ("Hội nghị có 68 giáo viên. Ban tổ chức trao giải cho 36 giáo viên.", {}),
        # what only may be a part: those admitted beside all members, another committee's, how often, another year's
        ("Có 50/50 đảng viên tự phê bình. Kết nạp 3 đảng viên.", {}),
        ("Bầu Ban Chấp hành gồm 7 đồng chí, trong đó Ủy ban Kiểm tra 3 đồng chí.", {}),
        ("Bầu 20 đồng chí: Ban Chấp hành 15 đồng chí, Ủy ban Kiểm tra 5 đồng chí.", {}),
        ("Trường có 837 em học sinh, trong đó 16 lượt học sinh giỏi.", {}),
        ("Phẫu thuật 415 ca (năm 2018: 352 ca).", {}),
        ("Kết nạp 512 hội viên (KH 400 hội viên).", {}),
        ("Quỹ đạt 13 tỷ đồng (vượt 4 tỷ đồng).", {}),
        ("Có 137 trường, trong đó 119 trường công lập, tăng 1 trường.", {"119": "137"}),
        ("Bầu Bí thư (27/30 phiếu), Phó Bí thư (26/30 phiếu).", {}),
        ("Có 5 chi bộ hoàn thành xuất sắc (3 chi bộ vững mạnh), 2 chi bộ hoàn thành tốt.", {"3": "5"}),
        ("Tặng cờ cho 12 tập thể, trong đó có Trường A; trao tặng 9 bằng khen.", {}),
        ("Hỗ trợ 3,8 tỷ đồng, xây dựng 11 công trình, gồm 6 giếng trị giá 388 triệu đồng.", {"6": "11"}),
        ("Có 7 xã đạt 15/15 tiêu chí, trong đó 1 xã trình tỉnh.", {"1": "7"}),
        ("Khen 12 tập thể, trong đó 3 chi bộ; 9 cá nhân.", {}),
        ("Có 27 đảng viên. Kết nạp 3 đảng viên.", {}),
        (
            "Đánh giá 27 chi bộ. 5 chi bộ hoàn thành xuất sắc, 20 chi bộ hoàn thành tốt, 2 chi bộ yếu kém.",
            {"5": "27", "20": "27", "2": "27"},
        ),
        ("Có 27 đảng viên, trong đó 30 đảng viên dự bị.", {}),
        ("Có 27 đảng viên, trong đó 12 chi bộ.", {}),
        ("Mở 62 lớp, trong đó 100% lớp bồi dưỡng.", {}),
        # another sentence goes on with parts only where it begins with the words that open them
        ("Có 80 người dự. Trong đó, 9 người là khách mời.", {"9": "80"}),
        ("Có 80 người dự hội nghị. Ban Chấp hành gồm 9/45 người.", {}),
        ("Ủy ban kiểm tra gồm 5 đồng chí. Đoàn đại biểu gồm 2 đồng chí.", {}),
        ("Kết nạp 35 đảng viên. Bầu Ban Chấp hành gồm 13 đồng chí và 22 đảng viên.", {}),
        # the next item of a list goes on with another fact, an item under it with its parts
        ("- Mở 62 lớp, trong đó 4 lớp ở huyện;\n- Thăm 9 lớp.", {"4": "62"}),
        ("- Mở 62 lớp, trong đó:\n+ 4 lớp ở huyện;\n+ 9 lớp ở xã.", {"4": "62", "9": "62"}),
        ("| Khoa | Đảng viên |\n| Toán | 40 |\n| Lý | 30 |\n| Cộng | 70 |\n", {"40": "70", "30": "70"}),
        # of several totals none is of what stands below it, if that does not sum to it
        ("| Mục | Triệu đồng |\n| Tổng thu | 70 |\n| Tổng chi | 60 |\n| Lợi nhuận | 10 |\n", {}),
    ],
)
def test_parts_have_the_total_that_the_text_gives_them(text: str, expected: dict[str, str]) -> None:
    assert parts(text) == expected


def test_what_is_counted_ends_before_its_share() -> None:
    assert [one.counted for one in readings("Có 42 hộ chiếm tỷ lệ 71,6%.")][:1] == ["hộ"]


def test_a_fact_told_again_points_to_its_first_telling() -> None:
    read = readings(
        "Kết nạp 27 đảng viên mới.\n\nTrong năm, Đảng bộ đã kết nạp 27 đảng viên mới. Có 3 chi bộ, 3 chi bộ."
    )
    assert [(one.text, one.repeats) for one in read] == [
        ("27", None),
        ("27", read[0].at),
        ("3", None),
        ("3", None),
    ]


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("Có 837 em học sinh về dự. Đủ 837 em.", True),
        ("Có 83 em học sinh về dự. Đủ 83 em.", False),
        ("Có 140 người được xuất khẩu lao động. Chăm sóc 140 người có công.", False),
    ],
)
def test_a_large_number_is_told_again_where_one_telling_says_no_more_than_its_noun(
    text: str, *, repeated: bool
) -> None:
    first, second = readings(text)
    assert (second.repeats == first.at) is repeated


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Tăng 152 hộ so với năm trước.", "increase"),
        ("Giảm được 2.018 hộ.", "decrease"),
        ("Toàn ngành còn thiếu 12 giáo viên.", "shortage"),
        ("Tăng lên 19 chi bộ.", None),
        ("Tỷ lệ hộ nghèo giảm xuống 13,5%.", None),
        ("Số hộ nghèo giảm xuống còn 152 hộ.", None),
        ("Kết nạp 5 đảng viên, tăng so với năm trước.", None),
    ],
)
def test_a_number_can_say_by_how_much(text: str, direction: str | None) -> None:
    assert readings(text)[0].direction == direction


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Đảng bộ đã kết nạp được 8 đảng viên, khai trừ 1 đảng viên.", ["kết nạp", "khai trừ"]),
        ("Trao Huy hiệu 30 năm tuổi Đảng cho 3 đảng viên.", ["Trao Huy hiệu 30 năm tuổi Đảng"]),
        ("Khen thưởng 5 tập thể, 7 cá nhân và 2 hộ.", ["Khen thưởng"] * 3),
        (
            "Kết nạp 3 đảng viên mới và chuyển Đảng chính thức cho 2 đồng chí.",
            ["Kết nạp", "chuyển Đảng chính thức"],
        ),
        ("Thi hành kỷ luật 20 đảng viên (17 khiển trách, 3 cảnh cáo).", ["Thi hành kỷ luật", None, None]),
        ("Phấn đấu kết nạp từ 2 - 3 đảng viên.", ["kết nạp", "kết nạp"]),
        ("Bầu Chi ủy gồm 3 đồng chí.", ["Bầu Chi ủy"]),
        ("Có 27 đảng viên.", [None]),
        ("Kết nạp Đảng; có 27 đảng viên.", [None]),
        ("Có 6 tập thể được Tỉnh ủy tặng bằng khen, 9 cá nhân dự.", [None, None]),
        ("Hồ sơ khen thưởng của 2 đơn vị gửi chậm.", [None]),
        ("Giới thiệu 20 sản phẩm.", [None]),
        (
            "Hội đề nghị Tỉnh hội tặng Kỷ niệm chương cho 7 cá nhân, tặng Bằng khen cho 2 tập thể; khen thưởng 4 hộ.",
            ["đề nghị tặng Kỷ niệm chương", "đề nghị tặng Bằng khen", "khen thưởng"],
        ),
    ],
)
def test_what_was_done_with_those_counted_is_their_heading(text: str, acts: list[str | None]) -> None:
    assert [one.heading for one in readings(text)] == acts


def test_who_was_admitted_and_who_was_rewarded_are_two_facts() -> None:
    read = readings("Kết nạp 27 đảng viên. Khen thưởng 27 đảng viên. Trong năm có 27 đảng viên mới.")
    assert [one.repeats for one in read] == [None, None, read[0].at]


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        (
            "Xét tặng cờ thi đua cho 31 đơn vị dẫn đầu. Thống nhất tặng bằng khen cho 31 đơn vị dẫn đầu.",
            False,
        ),
        ("Có 31 đơn vị dẫn đầu nhận cờ thi đua. Tặng giấy khen cho 31 đơn vị dẫn đầu cụm.", False),
        (
            "Tặng bằng khen cho 4 tập thể và 31 cá nhân trong ngành. Tặng giấy khen cho 31 cá nhân trong ngành.",
            False,
        ),
        ("Xét tặng cờ thi đua cho 31 đơn vị dẫn đầu. Thống nhất tặng cờ cho 31 đơn vị dẫn đầu.", True),
        ("Khen thưởng 31 đơn vị dẫn đầu. Tặng cờ cho 31 đơn vị dẫn đầu.", True),
    ],
)
def test_another_award_is_another_fact(text: str, *, repeated: bool) -> None:
    *_, last = readings(text)
    assert (last.repeats is not None) is repeated


def test_the_bodies_of_which_one_met_are_another_bodys() -> None:
    (one,) = readings("Là một trong 17 chi, đảng bộ trực thuộc Đảng bộ huyện Hòa Vang.")
    assert one.whose == "Đảng bộ huyện Hòa Vang"
    assert readings("Đảng bộ có 17 chi bộ trực thuộc.")[0].whose is None


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Đến nay, Hội Cựu chiến binh huyện hiện có gần 3.100 hội viên.", "Hội Cựu chiến binh huyện"),
        ("Hội Cựu chiến binh tỉnh đang có 3.100 hội viên ở 9 cơ sở.", "Hội Cựu chiến binh tỉnh"),
        ("Hội Cựu chiến binh tỉnh hiện quản lý 3.100 hội viên.", "Hội Cựu chiến binh tỉnh"),
        ("Hội Cựu chiến binh huyện có 12 giấy khen tặng các chi hội.", None),
        ("Hội Cựu chiến binh xã hiện có 310 hội viên.", None),
        ("Hội Cựu chiến binh huyện khen 31 hội viên.", None),
        ("Hội hiện có 310 hội viên.", None),
    ],
)
def test_what_a_body_of_a_level_above_has_is_its_figure(text: str, whose: str | None) -> None:
    lead = "Ngày 7/3/2022, Hội Cựu chiến binh xã An Lạc tổ chức Đại hội nhiệm kỳ mới. "
    numbers = read(take_apart(Document("a.txt", lead + text))).numbers.values()
    assert {one.whose for one in numbers if one.reason is None} == {whose}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Tham gia 12 phong trào thi đua do UBND tỉnh phát động giai đoạn 2015-2020.", "UBND tỉnh"),
        ("Tham gia 12 phong trào thi đua, do Đảng ủy quan tâm.", None),
        ("Mở 12 lớp bồi dưỡng do Đảng bộ Khối tổ chức.", None),
    ],
)
def test_what_another_body_has_made_is_its_figure(text: str, whose: str | None) -> None:
    assert readings(text)[0].whose == whose
