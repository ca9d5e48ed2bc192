"""Targets and results: what is planned says so near the number, or in the sentences that it stands among."""

from __future__ import annotations

import pytest

from summarizer.article.article import take_apart
from summarizer.rules.reader import read
from summarizer.sources.document import Document


def statuses(text: str) -> list[str]:
    readings = read(take_apart(Document("text", text))).numbers.values()
    return [reading.status or "" for reading in readings if reading.reason is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng bộ kết nạp 12 đảng viên.", ["result"]),
        ("Phấn đấu kết nạp 12 đảng viên.", ["target"]),
        ("Dự kiến tổng số lớp sẽ là 22 lớp.", ["target"]),
        ("Chi đoàn đã đưa ra các chỉ tiêu phải đạt được: mở 3 lớp, có 70% đoàn viên khá.", ["target"] * 2),
        ("Năm qua đề ra mục tiêu lớn, đã kết nạp 12 đảng viên.", ["result"]),
        ("Nhiệm vụ trọng tâm năm 2021 là nâng cao chất lượng. Triển khai 02 đề tài.", ["target"]),
        (
            "Phương hướng năm tới:\n- Kết nạp 5 đảng viên;\n- Mở 3 lớp.\n\nHội nghị khen 7 cá nhân.",
            ["target"] * 2 + ["result"],
        ),
        ("Kết quả thực hiện chỉ tiêu: kết nạp 8 đảng viên.", ["result"]),
        # what is aimed at goes on to the end of the sentence, unless it was striven for in the past
        (
            (
                "Năm 2024 phấn đấu 90% đảng viên hoàn thành tốt nhiệm vụ trở lên, "
                "không quá 20% được xếp loại xuất sắc; kết nạp 3 đảng viên."
            ),
            ["target"] * 3,
        ),
        ("Tập thể đã nỗ lực phấn đấu, kết nạp 3 đảng viên.", ["result"]),
        # a sentence that ends with what is planned opens the list below it, not one of what was reached
        ("Hội nghị thông qua các chỉ tiêu năm học mới:\n1. Học sinh: 28 giải.\n2. Mở 3 lớp.", ["target"] * 2),
        ("Đại hội đã thông qua các chỉ tiêu. Cụ thể, kết nạp 90 đoàn viên; mở 3 lớp.", ["target"] * 2),
        ("Chi bộ hoàn thành mọi chỉ tiêu, trong đó:\n- Mở 3 lớp.", ["result"]),
        ("Các chỉ tiêu đều đạt và vượt kế hoạch, như: kết nạp 12 đảng viên.", ["result"]),
        # what a plan itself is, as the words or a bracket behind a share of it say; not what is compared with it
        ("Theo kế hoạch đầu tư năm 2020 là 47 dự án/437 tỷ đồng.", ["target"] * 2),
        ("Kế hoạch năm là 91 tỷ kWh, tăng 8% so với năm trước (84 tỷ kWh).", ["target"] * 2 + ["result"]),
        ("Kế hoạch năm là 40 lớp, đã mở 38 lớp.", ["target", "result"]),
        ("Các lớp mở theo kế hoạch là 12 lớp.", ["result"]),
        ("Sản lượng đạt 42 tấn bằng 46% kế hoạch Công ty giao cả năm (91 tấn).", ["result"] * 2 + ["target"]),
        ("Kết nạp 9 đảng viên, đạt 112% kế hoạch huyện giao (9/8 đảng viên).", ["result"] * 3),
        ("Nhiệm vụ trước mắt là khắc phục để đạt 20/20 tiêu chí.", ["target"]),
        ("Đại hội biểu quyết thông qua 15 chỉ tiêu của nhiệm kỳ mới.", ["target"]),
        ("Trong 17 chỉ tiêu được thông qua, 15 chỉ tiêu đạt.", ["result"] * 2),
        # targets that are counted, and what was done of one
        ("Có 10/12 chỉ tiêu đạt và vượt, 02 chỉ tiêu chưa đạt.", ["result"] * 2),
        ("Chỉ tiêu đề ra là kết nạp 10 đảng viên; kết quả thực hiện: 11 đảng viên.", ["target", "result"]),
        ("Đã kết nạp 38 đảng viên (chỉ tiêu 35 đảng viên), đạt 108%.", ["result", "target", "result"]),
        ("Toàn trường quyết tâm 100% học sinh tốt nghiệp, 85% vào lớp 10.", ["target"] * 2),
        ("Đã thực hiện tốt các chỉ tiêu đề ra. Trong đó kết nạp 5 đảng viên.", ["result"]),
        ("Hội nghị đã nêu một số chỉ tiêu phấn đấu đề ra như: 100% chi bộ đạt chuẩn.", ["target"]),
        ("- Chỉ tiêu kết nạp chưa đạt.\n- Còn 3 lớp học tạm.", ["result"]),
        ("CHỈ TIÊU NĂM 2031\n\n1. Mở 3 lớp.\n2. Kết nạp 2 đảng viên.", ["target"] * 2),
        ("2. Kết quả thực hiện các chỉ tiêu:\nMở 3 lớp, khen 2 tập thể.", ["result"] * 2),
        ("- Phấn đấu mở 3 lớp.\n- Kết nạp 2 đảng viên.", ["target"] * 2),
    ],
)
def test_the_status_is_where_the_number_stands(text: str, expected: list[str]) -> None:
    assert statuses(text) == expected
