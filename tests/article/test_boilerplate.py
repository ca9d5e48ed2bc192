"""Page boilerplate: lines of the page, not of the article; and prose, which is never taken for them."""

from __future__ import annotations

import pytest

from summarizer.article.boilerplate import Boilerplate, find_boilerplate
from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize

PROSE = (
    "Hội nghị đã nghe báo cáo tổng kết công tác năm 2020 và phương hướng năm 2021; trong năm, Đảng bộ kết nạp 12 "
    "đảng viên, khen thưởng 5 tập thể và 20 cá nhân. Các đại biểu đã thảo luận sôi nổi và thống nhất cao với báo "
    "cáo. Phát biểu kết luận, đồng chí Bí thư biểu dương những kết quả đã đạt được trong năm qua của Đảng bộ."
)


def boilerplate_of(text: str) -> list[Boilerplate]:
    normal = normalize(text)
    return find_boilerplate(normal, find_dates(normal))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Thứ 6, 31/05/2019 | 11:00", "posting_line"),
        ("Thứ hai, 08/08/2022 - 19:28|", "posting_line"),
        ("05/02/2021 16:44 GMT+7", "posting_line"),
        ("Ngày đăng: 01/02/2021", "posting_line"),
        ("Cập nhật: 09:15, 12/01/2023", "posting_line"),
        ("Thứ Tư, 08/04/2015, 08:11 [GMT+7]", "posting_line"),
        ("Ngày đăng 05/02/2021 | Lượt xem: 245", "posting_line"),
        ("Thứ sáu - 30/12/2022 14:07   Đã xem: 731   Phản hồi: 0", "posting_line"),
        ("27/12/2030 | Tin hoạt động | 2 bình luận", "posting_line"),
        ("Ý kiến bạn đọc (0)    Tweet    Share", "counter"),
        ("Lượt xem: 1.284", "counter"),
        ("Đã xem 45", "counter"),
        ("1.234 lượt xem", "counter"),
        ("Tổng lượt truy cập: 1.234.567", "counter"),
        ("Tổng số điểm của bài viết là: 0 trong 0 đánh giá", "rating"),
        ("Điểm: 4.5/5 (12 phiếu bầu)", "rating"),
        ("Click để đánh giá bài viết", "button"),
        ("A- A A+ | Tăng tương phản Giảm tương phản", "button"),
        ("A+", "button"),
        ("Đọc bài", "button"),
        ("Tập tin đính kèm", "button"),
        ("Đăng ngày: 12-03-2031 | Lượt xem: 45 | Chia sẻ: Facebook Zalo", "posting_line"),
        ("Facebook Twitter Zalo", "button"),
        ("Trang chủ > Tin tức > Hoạt động", "breadcrumb"),
        ("Tin tức » Đảng, đoàn thể » Tổng kết", "breadcrumb"),
        ("Tin tức - Sự kiện   /  Trong huyện  /  Kinh tế", "breadcrumb"),
        ("http://abc.gov.vn/616_So-Giao-duc", "link"),
    ],
)
def test_a_line_of_the_page_is_boilerplate(line: str, kind: str) -> None:
    text = f"Đảng bộ tổng kết\n\n  {line}  \n\n{PROSE}"
    (boilerplate,) = boilerplate_of(text)
    assert (text[boilerplate.at : boilerplate.end], boilerplate.why) == (line, kind)


@pytest.mark.parametrize(
    "line",
    [
        "Hội nghị tổng kết công tác Đảng năm 2020",
        "Ngày 12/3/2021, Chi bộ 2 tổ chức hội nghị",
        "Hà Nội, ngày 12 tháng 3 năm 2021",
        "Tổng số lớp: 12",
        "Khách mời: 12",
        "Thành viên: 45",
        "Ý kiến: 12",
        "tập thể Chi bộ 1 đã “Hoàn thành xuất sắc nhiệm vụ năm 2021”",
        "Hội Luật gia tỉnh Bạc Liêu: “Đổi mới, đoàn kết, kỷ cương”",
        "Một số hình ảnh tại Hội nghị:",
        "- 100% đảng viên hoàn thành tốt nhiệm vụ",
        "Video của 12 trường dự thi được 345 lượt xem",
        "Xem 12 bài dự thi",
        PROSE,
    ],
)
def test_a_line_of_the_article_is_none(line: str) -> None:
    assert boilerplate_of(f"Đảng bộ tổng kết\n\n{line}\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("date 2021-08 Đại hội phụ nữ huyện A", "date 2021-08 "),
        ("Ngày đăng: 12/3/2021 07:30 | Đảng bộ A tổng kết", "Ngày đăng: 12/3/2021 07:30 | "),
        ("Posted 2021-03-12 - Đảng bộ A tổng kết", "Posted 2021-03-12 - "),
    ],
)
def test_the_day_of_posting_before_a_headline_is_boilerplate_by_itself(line: str, stamp: str) -> None:
    (boilerplate,) = boilerplate_of(f"{line}\n\n{PROSE}")
    assert (boilerplate.at, boilerplate.end) == (0, len(stamp))


def test_counters_below_a_counter_are_boilerplate_too() -> None:
    text = f"{PROSE}\nLượt truy cập\n1.234\nHôm nay: 45\nThành viên: 3"
    assert [text[span.at : span.end] for span in boilerplate_of(text)] == [
        "Lượt truy cập\n1.234\nHôm nay: 45\nThành viên: 3"
    ]
    text = f"Lượt xem\n1.234\nHôm nay: 45\n{PROSE}"
    assert [text[span.at : span.end] for span in boilerplate_of(text)] == [
        "Lượt xem",
        "1.234",
        "Hôm nay: 45",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Tin liên quan",
        "Các tin khác",
        "Những tin cũ hơn",
        "Tin tức - Hoạt động",
        "Xem thêm:",
        "Ý kiến bạn đọc",
    ],
)
def test_from_the_list_of_other_articles_on_all_is_boilerplate(heading: str) -> None:
    listing = f"{heading}\n\nĐảng bộ xã kết nạp 45 đảng viên mới (26/03/2024)\nXem tất cả »"
    text = f"{PROSE}\n\n{listing}"
    (boilerplate,) = boilerplate_of(text)
    assert (text[boilerplate.at :], boilerplate.why) == (listing, "closing_block")


def test_a_footer_does_not_hide_the_list_above_it() -> None:
    footer = (
        "Địa chỉ: số 12 đường Lê Lợi. Điện thoại: 0255 3822 115. "
        + "Ghi rõ nguồn khi phát hành lại thông tin. " * 4
    )
    text = f"{PROSE}\nCác tin khác\nTin một\n{footer}"
    assert [span.why for span in boilerplate_of(text)] == ["closing_block"]


def test_a_list_of_other_articles_inside_the_article_swallows_no_prose() -> None:
    text = f"{PROSE}\n\nTin liên quan\n\nĐảng bộ xã tổng kết\n\n{PROSE}"
    assert all(span.end - span.at < 20 for span in boilerplate_of(text))


def test_an_empty_text_has_no_boilerplate() -> None:
    assert boilerplate_of("") == boilerplate_of(" \n\n ") == []


def test_offsets_are_those_of_a_decomposed_text() -> None:
    text = "Đảng ủy họp\nLươ\u0323t xem: 12"
    (boilerplate,) = boilerplate_of(text)
    assert text[boilerplate.at : boilerplate.end] == "Lươ\u0323t xem: 12"
