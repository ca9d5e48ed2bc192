"""Presented: the reports and drafts a meeting heard or adopted, and who presented them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.names import find_mentions
from summarizer.rules.presented import read_reports
from summarizer.schemas.report import PresentedReport

PIECES = st.sampled_from(
    [
        "Đồng chí Lê Văn Nam",
        ", ",
        "; ",
        ".\n",
        "Báo cáo tổng kết năm 2020",
        "dự thảo Nghị quyết Đại hội",
        " do ",
        " trình bày",
        " thông qua ",
        "\0",
        "e\u0301\u0323",
    ]
)


def reports(text: str, work: list[int] | None = None) -> tuple[PresentedReport, ...]:
    normal = normalize(text)
    spans = [(one.at, one.end) for one in split_sentences(text)]
    return read_reports(normal, spans, find_mentions(normal), work=work or [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Các đại biểu đã nghe Báo cáo tổng kết công tác Đảng năm 2020 do đồng chí Trần Huy Bích trình bày.",
            [("Báo cáo tổng kết công tác Đảng năm 2020", "Trần Huy Bích")],
        ),
        (
            "Thầy giáo Nguyễn Trọng Mân - Hiệu trưởng đã đọc báo cáo tổng kết năm học 2019-2020.",
            [("báo cáo tổng kết năm học 2019-2020", "Nguyễn Trọng Mân")],
        ),
        (
            "Hội nghị đã thông qua Báo cáo tổng kết hoạt động năm 2020; Báo cáo thu chi Cơ quan, Đảng; Quy chế chi.",
            [
                ("Báo cáo tổng kết hoạt động năm 2020", None),
                ("Báo cáo thu chi Cơ quan, Đảng", None),
            ],
        ),
        (
            "Đại diện lãnh đạo Ban Chỉ huy quân sự huyện báo cáo kết quả khám sơ tuyển.",
            [("báo cáo kết quả khám sơ tuyển", None)],
        ),
        (
            "Hội nghị thông qua báo cáo tổng kết năm 2019; thông báo tóm tắt kết quả thu ngân sách năm 2019.",
            [("báo cáo tổng kết năm 2019", None), ("thông báo tóm tắt kết quả thu ngân sách năm 2019", None)],
        ),
        ("Báo cáo đã đánh giá toàn diện các mặt công tác; hội nghị nghe nhiều tham luận.", []),
        (
            "Đồng chí Mã Thị Sen _Phó Bí thư chi bộ báo cáo tổng kết công tác năm 2020.",
            [("báo cáo tổng kết công tác năm 2020", "Mã Thị Sen")],
        ),
        (
            "Hội nghị nghe báo cáo sơ kết công tác quân sự, quốc phòng địa phương 6 tháng đầu năm 2023, bầu cử.",
            [("báo cáo sơ kết công tác quân sự, quốc phòng địa phương 6 tháng đầu năm 2023", None)],
        ),
        (
            "Hội nghị đã nhất trí cao với dự thảo báo cáo kiểm điểm giữa nhiệm kỳ; dự thảo Nghị quyết năm 2023.",
            [
                ("dự thảo báo cáo kiểm điểm giữa nhiệm kỳ", None),
                ("dự thảo Nghị quyết năm 2023", None),
            ],
        ),
        (
            "Tại hội nghị, đại diện Ban giám hiệu đã báo cáo tình hình thực hiện nhiệm vụ năm học 2022-2023.",
            [("báo cáo tình hình thực hiện nhiệm vụ năm học 2022-2023", None)],
        ),
        (
            "Các đại biểu thảo luận, góp ý vào dự thảo Nghị quyết Đại hội.",
            [("dự thảo Nghị quyết Đại hội", None)],
        ),
        (
            "Ông Lê Văn An quán triệt kế hoạch triển khai Kết luận số 01 ở Đảng bộ.",
            [("kế hoạch triển khai Kết luận số 01 ở Đảng bộ", "Lê Văn An")],
        ),
        (
            "NGHỊ QUYẾT\n\nĐẠI HỘI CHI BỘ NHIỆM KỲ 2020\n\nĐại hội họp.",
            [("NGHỊ QUYẾT\n\nĐẠI HỘI CHI BỘ NHIỆM KỲ 2020", None)],
        ),
    ],
)
def test_the_reports_that_were_heard(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(report.text, report.presenter) for report in reports(text)] == found


def test_what_is_told_of_the_work_was_not_put_to_the_meeting() -> None:
    text = "Đơn vị cần ban hành quy chế chi tiêu nội bộ."
    assert reports(text, work=[0]) == ()


def test_a_report_told_again_in_short_is_one() -> None:
    text = "Hội nghị nghe Báo cáo tổng kết năm 2020. Ông Lê Văn An trình bày báo cáo tổng kết."
    (report,) = reports(text)
    assert (report.text, report.presenter) == ("Báo cáo tổng kết năm 2020", "Lê Văn An")


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    for report in reports(text):
        assert text[report.at : report.end] == report.text
