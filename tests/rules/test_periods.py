"""Periods: the year reviewed and the year planned, as the labelling guide decides them."""

from __future__ import annotations

import pytest

from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.header import read_header
from summarizer.schemas.reading import HeaderReading
from summarizer.sources.document import Document


def header(text: str) -> HeaderReading:
    spans = [(sentence.at, sentence.end) for sentence in split_sentences(text)]
    return read_header(Document("bài.txt", text), normalize(text), find_dates(normalize(text)), spans).reading


@pytest.mark.parametrize(
    ("text", "reviewed", "planned"),
    [
        (
            "Chi bộ A tổ chức Hội nghị tổng kết công tác Đảng năm 2020 và triển khai nhiệm vụ năm 2021.",
            2020,
            2021,
        ),
        (
            "THI ĐUA THỰC HIỆN NHIỆM VỤ NĂM 2029!\n\nViện A tổ chức tổng kết năm 2021 và bàn nhiệm vụ năm 2022.",
            2021,
            2022,
        ),
        ("Viện A tổ chức tổng kết năm 2021 và bàn nhiệm vụ năm 2022.", 2021, 2022),
        ("Viện A tổ chức hội nghị tổng kết công tác năm 2021 và nhiệm vụ năm 2022.", 2021, 2022),
        ("Đảng bộ A tổng kết 2020, triển khai nhiệm vụ 2021.", 2020, 2021),
        ("Sở A tổ chức hội nghị tổng kết năm học 2016 – 2017, phương hướng năm học 2017 - 2018.", 2017, 2018),
        ("Trường A tổ chức Lễ sơ kết học kỳ I năm học 2025-2026.", 2026, None),
        ("Đảng bộ A được công nhận hoàn thành xuất sắc nhiệm vụ tiêu biểu năm 2021.", 2021, None),
        (
            "Đại hội Chi bộ A lần thứ X, nhiệm kỳ 2020 - 2025 đã diễn ra, đánh giá kết quả năm 2019.",
            None,
            None,
        ),
        ("Công an A tổ chức hội nghị đánh giá tình hình, kết quả công tác tháng 7.2022.", 2022, None),
        ("Chi bộ A tổ chức sơ kết 5 năm (2016-2020) thực hiện Nghị quyết.", None, None),
        ("Công ty A tổ chức đại hội tổng kết năm 2017, triển khai nhiệm vụ năm 2018.", 2017, 2018),
        (
            "Ngày 5/1/2026, Bưu điện A tổ chức Hội nghị người lao động năm 2026, nghe báo cáo kết quả năm 2025.",
            2025,
            None,
        ),
        ("Công ty A tổ chức hội nghị người lao động năm 2025. Năm 2024, công ty đạt 5 tỷ đồng.", 2024, None),
        ("Ngày 29/12/2017, Bệnh viện A tổ chức Hội nghị viên chức năm 2017.", 2017, None),
        ("Đảng bộ A tổng kết năm 2022, triển khai Chương trình công tác quý I năm 2023.", 2022, 2023),
        ("Chi bộ A sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2021.", 2021, None),
        ("Sở A sơ kết 6 tháng đầu năm và triển khai nhiệm vụ những tháng cuối năm 2018.", 2018, None),
        (
            "Chi nhánh A họp bàn nhiệm vụ quý II. Tổng nguồn vốn tăng 98 tỷ đồng so với quý I.2018.",
            2018,
            None,
        ),
        ("Trong năm 2019, Đảng bộ A kết nạp 9 đảng viên. Trước đó vào năm 2018 có 7 đảng viên.", 2019, None),
        ("Năm học 2021-2022, Trường A có 30 lớp.", 2022, None),
        ("Nhờ chăm lo nguồn từ sớm, trong năm 2017, Chi bộ A có thêm 4 đảng viên.", 2017, None),
        (
            "Đại hội Đoàn trường A nhiệm kỳ 2021 - 2022. Trong năm học 2020 - 2021, Đoàn đạt 9 giải.",
            2021,
            None,
        ),
        ("Quý I/2021, Đảng bộ A kết nạp 78 đảng viên.", 2021, None),
        ("Đến hết quý I/2021, Đảng bộ A có 78 chi bộ.", None, None),
        ("Từ đầu năm, Hội A có 9 gương mặt giữ danh hiệu nông dân giỏi năm 2020.", None, None),
        (
            "Phòng A tuyên dương thợ giỏi năm 2023. Có 7 em đạt giải năm học 2020-2021 và 2021-2022.",
            2023,
            None,
        ),
        ("Sáng 9/6/2024, Hội A tổ chức hội nghị sơ kết 6 tháng đầu năm.", 2024, None),
        ("Sáng 9/2/2024, Hội A tổ chức hội nghị, dự kiến nhiệm vụ 6 tháng đầu năm.", None, None),
        ("Sở A trao thưởng năm học 2019 - 2020 cho 9 em.", 2020, None),
        ("Sở A tổng kết phong trào thi đua năm 2019 - 2020.", 2020, None),
        ("Sở A vinh danh 9 em có thành tích trong 5 năm 2016 - 2020.", None, None),
        ("Trường A khen thưởng 9 em từ năm học 2016 - 2017 đến năm học 2018 - 2019.", None, None),
        ("Đặc biệt, năm 2014, Đảng bộ A kết nạp 9 đảng viên.", 2014, None),
        ("Chi bộ A sơ kết 5 năm học tập Bác.\nTỷ lệ hoàn thành tốt nhiệm vụ năm 2020 đạt 98%.", None, None),
        (
            (
                "Hội nghị bàn việc thực hiện Nghị quyết Đại hội đại biểu Đảng bộ A lần thứ X, nhiệm kỳ 2020-2025 "
                "và nhiệm vụ 6 tháng cuối năm 2021."
            ),
            2021,
            None,
        ),
        (
            "Chi bộ A kiểm điểm năm 2021 và triển khai Nghị quyết Đại hội Đảng bộ B lần thứ X, nhiệm kỳ 2020-2025.",
            2021,
            None,
        ),
        ("Theo Liên minh A, tính đến cuối năm 2016 có 79 hợp tác xã.", 2016, None),
        ("Ngày 15/12/2023, Trung tâm A tổ chức hội diễn văn nghệ năm 2023.", 2023, None),
        ("Sáng 14/6/2018, Sở A họp thường kỳ. Trong 5 tháng đầu năm, có 120 hộ thoát nghèo.", 2018, None),
        ("Trước năm 2013, Thành ủy A có 58 đảng bộ trực thuộc.", None, None),
    ],
)
def test_the_period_is_the_year_looked_back_on(text: str, reviewed: int | None, planned: int | None) -> None:
    found = header(text)
    assert (found.period, found.period_planned) == (reviewed, planned)
