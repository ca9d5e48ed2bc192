"""Occasion: whether a meeting is told of, its whole name, how it was held, what it reviewed; and the body above."""

from __future__ import annotations

import pytest

from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.header import read_header
from summarizer.schemas.reading import HeaderReading
from summarizer.sources.document import Document


def header(text: str) -> HeaderReading:
    spans = [(one.at, one.end) for one in split_sentences(text)]
    return read_header(Document("bài.txt", text), normalize(text), find_dates(normalize(text)), spans).reading


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Chi bộ A tổ chức Hội nghị tổng kết công tác Đảng năm 2020 và triển khai nhiệm vụ năm 2021.",
            "Hội nghị tổng kết công tác Đảng năm 2020 và triển khai nhiệm vụ năm 2021",
        ),
        (
            "Chi bộ A tổ chức Đại hội chi bộ, nhiệm kỳ 2020- 2025 tại hội trường lớn của nhà trường.",
            "Đại hội chi bộ, nhiệm kỳ 2020- 2025",
        ),
        (
            "Sở Nội vụ tổ chức hội nghị sơ kết công tác năm 2022, bàn nhiệm vụ năm 2023. Ông A chủ trì hội nghị.",
            "hội nghị sơ kết công tác năm 2022, bàn nhiệm vụ năm 2023",
        ),
        (
            "Công an tỉnh A tổ chức hội nghị đánh giá tình hình, kết quả công tác tháng 7.2022.",
            "hội nghị đánh giá tình hình, kết quả công tác tháng 7.2022",
        ),
        (
            "Đảng ủy A tổng kết công tác xây dựng Đảng năm 2019\n\nĐồng chí Lê Văn An chủ trì hội nghị.",
            "tổng kết công tác xây dựng Đảng năm 2019",
        ),
        ("Chi bộ A tổ chức “Hội nghị tổng kết công tác năm 2020”.", "Hội nghị tổng kết công tác năm 2020"),
        (
            "Chi cục A tổ chức hội nghị tổng kết công tác phòng, chống thiên tai năm 2021.",
            "hội nghị tổng kết công tác phòng, chống thiên tai năm 2021",
        ),
        (
            "Sáng 9/9, tại Trung tâm Hội nghị tỉnh, Sở A tổ chức lễ tổng kết năm học 2020 - 2021.",
            "lễ tổng kết năm học 2020 - 2021",
        ),
        (
            (
                "Hội Cựu chiến binh xã tổ chức hội nghị tổng kết công tác hội năm 2019\n\n"
                "Trong năm 2019, hội đã giúp 8 hội viên thoát nghèo và đóng góp quỹ được gần 190 triệu đồng."
            ),
            "hội nghị tổng kết công tác hội năm 2019",
        ),
        (
            (
                "Đến dự có ông Lê Văn An và lãnh đạo các đơn vị. Năm qua cụm đạt doanh thu 20 tỷ đồng. "
                "Hội nghị cũng đã bầu cụm trưởng mới."
            ),
            "Hội nghị",
        ),
        (
            'Ngày 17/5/2024, Hội A tổ chức Hội nghị tổng kết phong trào "Sao" giai đoạn 2019-2024, với 9 người.',
            'Hội nghị tổng kết phong trào "Sao" giai đoạn 2019-2024',
        ),
        (
            "Sáng 2/7/2020, Ủy ban A tổ chức sơ kết công tác kiểm tra, giám sát và thi hành kỷ luật năm 2020.",
            "sơ kết công tác kiểm tra, giám sát và thi hành kỷ luật năm 2020",
        ),
        (
            "Chiều 20/11, Đảng bộ A tổ chức Lễ trao huy hiệu cho đảng viên đủ 65, 50 và 30 năm tuổi Đảng.",
            "Lễ trao huy hiệu cho đảng viên đủ 65, 50 và 30 năm tuổi Đảng",
        ),
        (
            "Ngày 3-8, Sở A tổ chức Hội nghị Sơ kết công tác giáo dục pháp luật (GDPL) 6 tháng đầu năm 2018.",
            "Hội nghị Sơ kết công tác giáo dục pháp luật (GDPL) 6 tháng đầu năm 2018",
        ),
        (
            "Sáng 5/1, Hội A tổ chức hội nghị “Tổng kết phong trào “Dân vận khéo” giai đoạn 2009 - 2024” ở huyện.",
            "hội nghị “Tổng kết phong trào “Dân vận khéo” giai đoạn 2009 - 2024”",
        ),
        ("Ngày 21/01/2018, Hội A tổ chức tuyên dương sinh viên giỏi.", "tuyên dương sinh viên giỏi"),
        ("Năm 2018, Hội A đã giúp 12 hộ thoát nghèo, tuyên dương 20 gương tốt.", None),
        ("Ban tổ chức A dự kiến lễ trao giải được tổ chức vào tháng 10 tới đây.", None),
        ("Chi bộ A thi đua lập thành tích chào mừng Đại hội đại biểu Đảng bộ tỉnh lần thứ XX.", None),
        ("Kết thúc năm học, thầy và trò Trường THCS A thu được nhiều kết quả đáng ghi nhận.", None),
        (
            "Hội nghị tổng kết công tác Đảng năm 2020 khen thưởng 12 đảng viên hoàn thành tốt nhiệm vụ.",
            "Hội nghị tổng kết công tác Đảng năm 2020",
        ),
    ],
)
def test_the_kind_is_whole_and_only_of_a_meeting_that_is_told_of(text: str, kind: str | None) -> None:
    found = header(text)
    assert (found.kind, found.meeting) == (kind, kind is not None)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Chi bộ A tổ chức Hội nghị tổng kết. Hội nghị được tổ chức bằng hình thức trực tuyến.", "online"),
        ("Chi bộ A tổ chức Hội nghị trực tuyến tổng kết công tác năm 2020.", "online"),
        ("Chi bộ A tổ chức Hội nghị tổng kết theo hình thức trực tiếp kết hợp trực tuyến.", "hybrid"),
        ("Chi bộ A tổ chức Hội nghị tổng kết. Nhà trường đã dạy học trực tuyến cho học sinh.", None),
        ("Chi bộ A tổ chức Hội nghị tổng kết kết hợp trực tuyến đến 14 điểm cầu.", "hybrid"),
        ("Chi bộ A tổ chức Hội nghị tổng kết, kết nối với các điểm cầu cơ sở.", "hybrid"),
        (
            "Chi bộ A tổ chức hội nghị trực tuyến tổng kết năm 2020. Ông Lê An chủ trì hội nghị tại điểm cầu huyện.",
            "online",
        ),
        ("Nhà trường đã triển khai các phần mềm dạy học trực tuyến cho học sinh toàn trường.", None),
    ],
)
def test_the_form_is_only_what_is_said_of_the_meeting(text: str, form: str | None) -> None:
    assert header(text).form == form


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Trường A tổ chức lễ tổng kết năm học 2019-2020.", "năm học 2019-2020"),
        (
            "Sở A tổ chức hội nghị sơ kết 6 tháng đầu năm 2023, nhiệm vụ 6 tháng cuối năm.",
            "6 tháng đầu năm 2023",
        ),
        (
            "Chi bộ A tổ chức Đại hội. Nhiệm kỳ 2015-2020, chi bộ đã kết nạp 19 đảng viên.",
            "Nhiệm kỳ 2015-2020",
        ),
        ("Chi bộ A tổ chức Đại hội nhiệm kỳ 2020-2025. Nhiệm kỳ qua, chi bộ đã lớn mạnh.", "Nhiệm kỳ qua"),
        (
            "Đảng ủy A tổ chức hội nghị sơ kết 03 năm thực hiện Kết luận số 01-KL/TW của Bộ Chính trị.",
            "03 năm thực hiện Kết luận số 01-KL/TW",
        ),
        (
            "TỔNG KẾT CÔNG TÁC NĂM 2020\n\nChi bộ A tổ chức hội nghị tổng kết. Trong năm 2020 đã mở 3 lớp.",
            "năm 2020",
        ),
        ("TỔNG KẾT CÔNG TÁC NĂM 2020\n\nNgày 05/01/2021, Chi bộ A tổ chức hội nghị tổng kết.", "NĂM 2020"),
    ],
)
def test_the_period_is_told_as_it_is_written(text: str, period: str) -> None:
    assert header(text).period_text == period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Đại hội Công đoàn tỉnh A diễn ra trong 2 ngày 21 và 22/6/2018.", "2018-06-21", "2018-06-22"),
        ("Ngày 21/6/2018, Công đoàn tỉnh A tổ chức Đại hội.", "2018-06-21", None),
        (
            "Trong hai ngày 31/5 và 1/6, Đoàn xã An Lạc tổ chức Đại hội, nhiệm kỳ 2017 - 2022.",
            "2017-05-31",
            "2017-06-01",
        ),
        ("Ngày 28 và 29-2, Đoàn xã An Lạc tổ chức Đại hội, nhiệm kỳ 2017 - 2022.", "2017-02-28", None),
        (
            "Ngày 9 và 10-5, Đoàn xã An Lạc tổ chức Đại hội, nhiệm kỳ 2017 - 2022.",
            "2017-05-09",
            "2017-05-10",
        ),
        ("Từ 1/10/2016 đến 18/11/2016, Công đoàn trường A tổ chức thi đua và hội nghị.", None, None),
    ],
)
def test_several_days_are_a_range_and_weeks_are_no_meeting(
    text: str, first: str | None, last: str | None
) -> None:
    found = header(text)
    assert (found.date_held, found.date_held_end) == (first, last)


def test_who_holds_an_office_of_an_area_is_no_area() -> None:
    text = "Ngày 5/2/2021, Hội đồng Khoa học tỉnh họp tổng kết. Chủ tịch UBND tỉnh Kiều Văn Phong kết luận."
    assert header(text).parent == "tỉnh"
    assert header(text.replace("Kiều Văn Phong", "Long Khê")).parent == "tỉnh Long Khê"


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("Ngày 29/01/2021, Trường Chính trị tỉnh Vĩnh Phúc tổ chức Hội nghị tổng kết.", "tỉnh Vĩnh Phúc"),
        ("Ngày 29/01/2021, Ngân hàng Chính sách xã hội tỉnh tổ chức Hội nghị tổng kết.", "tỉnh"),
        ("Ngày 29/01/2021, UBND huyện tổ chức Hội nghị tổng kết.", None),
        (
            "Hội thi Nét đẹp công sở TP Hải Dương\n\nBan tổ chức Hội thi Nét đẹp công sở tổ chức họp báo.",
            "TP Hải Dương",
        ),
        (
            "Huyện đoàn huyện Phú Tân (tỉnh An Giang) tổ chức Hội nghị tổng kết.",
            "huyện Phú Tân (tỉnh An Giang)",
        ),
        (
            "Hội Nông dân huyện Phú Tân tổ chức Hội nghị tổng kết. Huyện Phú Tân, tỉnh An Giang có 18 xã.",
            "Huyện Phú Tân, tỉnh An Giang",
        ),
        (
            "Sáng 29/1, Hội Nông dân huyện tổ chức Hội nghị tổng kết. Năm qua huyện Đô Lương có nhiều đổi mới.",
            "huyện Đô Lương",
        ),
        (
            "Sáng 29/1, Công an huyện tổ chức hội nghị. Phó Chủ tịch UBND huyện Lê Văn An dự hội nghị.",
            "huyện",  # an office's holder names no area
        ),
        ("Sáng 29/1, Ban Tổ chức Huyện ủy Hòa An tổ chức Hội nghị tổng kết.", "Huyện ủy Hòa An"),
        ("Sáng 29/1, Xã đoàn An Bình, H.Hòa An, Quảng Nam tổ chức Đại hội Đoàn.", "H.Hòa An"),
        ("Sáng 29/1, Đảng bộ TP.Hòa An tổ chức Hội nghị tổng kết.", "TP.Hòa An"),
        (
            "Sáng 29/1, Ban đại diện Hội đồng quản trị Ngân hàng An Bình tổ chức hội nghị.",
            "Ngân hàng An Bình",
        ),
        ("Ngày 29/01/2021, Công đoàn tỉnh Bạc Liêu tổ chức Đại hội Công đoàn.", "tỉnh Bạc Liêu"),
        ("Ngày 29/01/2021, Đảng bộ tỉnh Bạc Liêu tổ chức Đại hội đại biểu.", None),
        (
            "Ngày 11/8/2025, Đảng bộ xã Phong Hải tổ chức Đại hội. Phó Bí thư Tỉnh ủy Lào Cai đến dự.",
            "Tỉnh ủy Lào Cai",
        ),
        ("Ngày 29/01/2021, UBND huyện Sông Hinh tổ chức Hội nghị tổng kết.", "huyện Sông Hinh"),
        (
            (
                "Thực hiện Kế hoạch số 12-KH/ĐU của Đảng ủy xã An Bình, ngày 29/01/2021, Chi bộ thôn Đông "
                "tổ chức Đại hội."
            ),
            None,  # whose plan it is says nothing of who stands above
        ),
        ("Ngày 29/01/2021, Ban Thường vụ Huyện ủy tổ chức Hội nghị tổng kết.", None),
        ("Ngày 29/01/2021, Trường Cao đẳng Quảng Nam tổ chức Hội nghị tổng kết.", None),
        ("Ngày 29/01/2021, Ngành Giáo dục Thái Bình tổ chức Hội nghị tổng kết.", "Thái Bình"),
        (
            (
                "CÔNG ĐOÀN PHÒNG GIÁO DỤC HIỆP HÒA\n\nCÔNG ĐOÀN TRƯỜNG THCS SAO MAI\n\n"
                "Ngày 29/01/2021, Công đoàn Trường THCS Sao Mai tổ chức Hội nghị tổng kết."
            ),
            "CÔNG ĐOÀN PHÒNG GIÁO DỤC HIỆP HÒA",
        ),
    ],
)
def test_the_body_above_stands_in_the_name_or_the_masthead(text: str, parent: str | None) -> None:
    assert header(text).parent == parent


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Sáng 6/1, tại TP.Hòa An, Hội A tổ chức hội nghị tổng kết.", "TP.Hòa An"),
        ("Sáng 6/1, Hội A tổ chức hội nghị trực tuyến tại 63 điểm cầu.", None),
        ("ĐÀ NẴNG - Sáng 6/1, Hội A tổ chức hội nghị tổng kết.", "ĐÀ NẴNG"),
        ("BTN - Sáng 6/1, Hội A tổ chức hội nghị tổng kết.", None),
        ("Sáng 6/1, để sửa mặt còn tồn tại của thầy trò trường A, Hội A tổ chức hội nghị tổng kết.", None),
    ],
)
def test_the_place_is_said_or_stands_before_a_newspapers_report(text: str, place: str | None) -> None:
    assert header(text).place == place
