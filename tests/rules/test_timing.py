"""Timing: the day held and the day posted, as the labelling guide decides them."""

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


REST = " Hội nghị đánh giá kết quả công tác và đề ra giải pháp cho thời gian tới của đơn vị."


@pytest.mark.parametrize(
    ("text", "held", "posted"),
    [
        (
            "Tổng kết năm\n\nNgày đăng: 01/02/2021\n\nNgày 29/01/2021, Chi bộ A tổ chức Hội nghị tổng kết.",
            "2021-01-29",
            "2021-02-01",
        ),
        (
            (
                "Tổng kết năm\n\nNgày 12/12/2024    Lượt đọc: 412\n\nThực hiện Kế hoạch số 57-KH/HU ngày 04/11/2024 "
                "của Huyện ủy, 14h00 ngày 10 tháng 12 năm 2024, Chi bộ A họp kiểm điểm, xếp loại đảng viên."
            ),
            "2024-12-10",
            "2024-12-12",
        ),
        (
            (
                "Tổng kết năm\n\nThực hiện Nghị định số 04/2015/NĐ-CP và chỉ đạo của Sở, ngày 17/01/2024 Trung tâm A "
                "tổ chức Hội nghị tổng kết năm 2023 ở hội trường."
            ),
            "2024-01-17",
            None,
        ),
        (
            (
                "Thứ hai, ngày 25/11/2024\n\nĐảng bộ A tổng kết năm 2020\n\nThứ Sáu 15/01/2021 10:58\n\n"
                "Sáng 14/01, Đảng bộ A tổ chức Hội nghị tổng kết công tác năm 2020."
            ),
            "2021-01-14",
            "2021-01-15",
        ),
        (
            "Tổng kết\n\nSáng 2.7, Chi bộ A sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2020.",
            "2020-07-02",
            None,
        ),
        (
            "Căn cứ Hướng dẫn số 04-HD/ĐU ngày 25/4/2022; Đại hội chi bộ Tiểu học số 1 A diễn ra vào ngày 8/8/2022.",
            "2022-08-08",
            None,
        ),
        ("Sáng 3-4, Chi bộ A tổ chức Hội nghị tổng kết công tác năm 2018.", "2019-04-03", None),
        (
            "Tổng kết năm\n\n11:38 04/01/2021\n\nChiều ngày 31 tháng 12 năm 2020, Chi bộ A tổ chức Hội nghị.",
            "2020-12-31",
            "2021-01-04",
        ),
        (
            "Thứ hai, 08/08/2022 - 19:28|\nTổng kết\n\nNgày 26-01-2022, tại Hội trường Sở, Đảng ủy Sở mở Hội nghị.",
            "2022-01-26",
            "2022-08-08",
        ),
        (
            "Tổng kết\n05/02/2021 16:44 GMT+7\nTrong không khí vui, ngày 03 tháng 02 năm 2021, Chi bộ A tổ chức họp.",
            "2021-02-03",
            "2021-02-05",
        ),
        (
            "Thứ 7, 12/08/2017 | 00:00\n\nSáng ngày 11/8, Sở Y tế tổ chức hội nghị tổng kết.",
            "2017-08-11",
            "2017-08-12",
        ),
        (
            "04/01/2021 08:00\n\nChiều 28/12, Sở Y tế tổ chức hội nghị tổng kết năm.",
            "2020-12-28",
            "2021-01-04",
        ),
        (
            "(BVX-29/12/2017) Sáng nay, tại hội trường, Bệnh viện X đã tổ chức hội nghị tổng kết.",
            "2017-12-29",
            "2017-12-29",
        ),
        (
            "Đại hội Công đoàn tỉnh A nhiệm kỳ 2018 - 2023 diễn ra trong 2 ngày 21 và 22/6/2018.",
            "2018-06-21",
            None,
        ),
        ("Sáng 29/8, Hội Nông dân xã A tổ chức Đại hội lần thứ 6, nhiệm kỳ 2019-2024.", "2019-08-29", None),
        (
            "Sáng 1/12, Sở Y tế tổ chức hội nghị tổng kết năm 2017, triển khai nhiệm vụ năm 2018.",
            "2017-12-01",
            None,
        ),
        (
            "Sáng 6/1, Sở Y tế tổ chức hội nghị tổng kết năm 2017, triển khai nhiệm vụ năm 2018.",
            "2018-01-06",
            None,
        ),
        (
            "Ngày 22/11, Trường A tổ chức Hội nghị tổng kết năm học 2021-2022, nhiệm vụ năm học 2022-2023.",
            "2022-11-22",
            None,
        ),
        (
            "Thực hiện Kế hoạch số 12-KH/ĐU ngày 18/12/2023, chiều ngày 06/02/2024, Chi bộ A tổ chức Hội nghị.",
            "2024-02-06",
            None,
        ),
        ("Ngày 24/4/2021, Công đoàn A tổ chức hội nghị chào mừng ngày 30/4 và ngày 1/5.", "2021-04-24", None),
        ("Chi bộ A đã tổ chức Hội nghị tổng kết, kỷ niệm ngày thành lập Đảng 03/02/1930.", None, None),
        (
            "Thứ 5, 16/07/2020 | 16:40\n\nTrường A đã tổ chức Lễ tổng kết năm học 2019-2020.",
            None,
            "2020-07-16",
        ),
        ("Sáng 5/5, Chi bộ A tổ chức Hội nghị.", None, None),
        (
            (
                "Chi bộ A tổng kết mười năm phong trào thi đua yêu nước “Dạy tốt, học tốt và sống đẹp”\n\n"
                "07:29, 11/01/2020\n\nSáng 10-1, Chi bộ A tổ chức Hội nghị tổng kết."
            ),
            "2020-01-10",
            "2020-01-11",
        ),
        ("Đảng bộ A tiến tới Đại hội. Dịp 2/9/2022 vừa qua, Đảng bộ A tổ chức kết nạp.", None, None),
        ("Kể cả đại hội điểm tổ chức vào ngày 12/3/2023, đến nay có 9 chi bộ xong đại hội.", None, None),
        ("Sáng 8/7, Đảng ủy A tổ chức sơ kết giữa nhiệm kỳ Đại hội Đảng bộ 2020-2025.", None, None),
        ("Ngày 20 - 21.5, Đảng bộ A tổ chức Đại hội nhiệm kỳ 2020 - 2025.", "2020-05-20", None),
        ("Sáng 5-9, Trường A tổ chức lễ khai giảng năm học 2022-2023.", "2022-09-05", None),
        (
            (
                "Ngày 15/5, Công ty A tổ chức Hội nghị Người lao động năm 2019. Hội nghị nghe báo cáo tài chính "
                "năm 2018."
            ),
            "2019-05-15",
            None,
        ),
        ("Sáng 30/7, Đảng ủy A tổ chức Lễ công bố. Tháng 7/2022, Đảng ủy có 9 chi bộ.", "2022-07-30", None),
        ("Sáng 30/7, Đảng ủy A tổ chức Lễ công bố. Chi bộ thành lập tháng 7/2012.", None, None),
        ("Hội đồng A đã tiến hành đánh giá nghiệm thu từ ngày 5/6 đến 9/6/2022.", "2022-06-05", None),
        (
            (
                "Chủ tịch xã nói như vậy tại phiên khai mạc Đại hội đại biểu Hội A sáng 27-6. "
                "Đại hội đại biểu Hội A lần thứ XI, nhiệm kỳ 2019 - 2024 diễn ra trong một ngày."
            ),
            "2019-06-27",
            None,
        ),
        (
            "Ngày 15/10/2022, Đại hội Đoàn tỉnh A diễn ra. Phiên thứ 3 sẽ diễn ra vào sáng 16/10/2022.",
            "2022-10-15",
            None,
        ),
        (
            "Ngày 15/10/2022, khai mạc Đại hội. Phiên thứ hai diễn ra vào sáng ngày 16/10/2022.",
            "2022-10-15",
            None,
        ),
        ("Sáng 18.10, Đoàn A tổ chức hội nghị tổng kết năm học 2017 - 2018.", "2018-10-18", None),
        ("Sáng 18.10, Đoàn A tổ chức hội nghị viên chức năm học 2017 - 2018.", "2017-10-18", None),
        ("Đại hội lần thứ II khai mạc vào ngày 12-5-1949 tại xã B.", None, None),
        ("date 2024-10\n\nSáng 15/10, Hội A tổ chức hội nghị tổng kết phong trào.", "2024-10-15", None),
        # a slip of the pen: no such year, no such term
        ("Ngày 14/3/2170, Chi bộ A tổ chức Đại hội.", None, None),
        ("Ngày đăng: 20/3/2170\n\nNgày 14/3/2017, Chi bộ A tổ chức Đại hội.", "2017-03-14", None),
        ("Ngày 14-3, Chi bộ A tổ chức Đại hội, nhiệm kỳ 2107-2022.", None, None),
        ("Ngày 14-3, Chi bộ A tổ chức Đại hội, nhiệm kỳ 2071-2022.", None, None),
        (
            "Ngày 14-3, Chi bộ A tổ chức Đại hội, nhiệm kỳ 2107-2022. Nhiệm kỳ 2017-2022 có 9 việc.",
            "2017-03-14",
            None,
        ),
    ],
)
def test_a_posting_date_is_not_the_meetings(text: str, held: str | None, posted: str | None) -> None:
    found = header(text + REST)
    assert (found.date_held, found.date_published) == (held, posted)


def test_the_pages_own_markup_says_when_it_was_posted() -> None:
    text = "Sáng 5/5, Chi bộ A tổ chức Hội nghị." + REST
    spans = [(sentence.at, sentence.end) for sentence in split_sentences(text)]
    document = Document("bài.html", text, published="2023-05-07")
    found = read_header(document, normalize(text), find_dates(normalize(text)), spans).reading
    assert (found.date_held, found.date_published) == ("2023-05-05", "2023-05-07")
