"""Bodies: the institutions of a text, and where their names end."""

from __future__ import annotations

import pytest

from summarizer.article.normalize import normalize
from summarizer.rules.bodies import find_bodies, is_generic


def test_a_report_a_hall_or_an_environment_is_no_body() -> None:
    text = "Báo cáo tại hội trường về môi trường, cơ sở vật chất, cán bộ và phòng chống dịch."
    assert list(find_bodies(normalize(text))) == []


def test_a_level_of_the_youth_union_is_no_body() -> None:
    assert list(find_bodies(normalize("Các cấp bộ Đoàn đã đắp 10 móng cầu."))) == []


def test_a_comma_between_paired_words_ends_no_name() -> None:
    text = "Chi cục Thủy lợi và Phòng, chống thiên tai tổ chức hội nghị."
    assert [body.text for body in find_bodies(normalize(text))] == [
        "Chi cục Thủy lợi và Phòng, chống thiên tai"
    ]


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    text = "Thành ủy Hà Nội còn 52 đảng bộ; Sở Giáo dục và Đào tạo trao Cờ; Chi bộ Khoa Luật hoàn thành tốt nhiệm vụ."
    assert [body.text for body in find_bodies(normalize(text))] == [
        "Thành ủy Hà Nội",
        "Sở Giáo dục và Đào tạo",
        "Chi bộ Khoa Luật",
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Đảng bộ Công ty Than Dương Quang kết nạp 9 đảng viên.", "Đảng bộ Công ty Than Dương Quang"),
        ("Năm qua, ngành Nông nghiệp hoàn thành kế hoạch.", "ngành Nông nghiệp"),
        ("Công ty cổ phần ô tô Trường Hải nhận cờ.", "Công ty cổ phần ô tô Trường Hải"),
        ("Công ty cổ phần Thanh Bình làm Cụm trưởng.", "Công ty cổ phần Thanh Bình"),
        ("Ban tổ chức Cuộc thi vẽ tranh hè 2021 với chủ đề mới.", "Ban tổ chức Cuộc thi vẽ tranh hè 2021"),
        ("Ban vận động Quỹ Vì người nghèo tỉnh đã họp.", "Ban vận động Quỹ Vì người nghèo tỉnh"),
        ("Ban tổ chức hội nghị đã chuẩn bị chu đáo.", "Ban tổ chức"),
        ("Công ty Giày Trần Phú thưởng 20 lao động.", "Công ty Giày Trần Phú"),
        ("Công ty Than Thống Nhất thưởng 20 lao động.", "Công ty Than Thống Nhất"),
        ("Chủ tịch UBND tỉnh Lê Trí Thanh dự.", "UBND tỉnh"),
        ("Bí thư Tỉnh ủy Mai Văn Lộc (thứ hai từ trái) trao giải.", "Tỉnh ủy"),
        ("Chủ tịch UBND huyện Hà Thị Sen trao giải.", "UBND huyện"),
        ("Bí thư Chi bộ - Hiệu trưởng nhà trường dự.", "Chi bộ"),
        ("Quỹ Học bổng Hoa Sen trao 9 suất.", "Quỹ Học bổng Hoa Sen"),
        ("Liên hiệp các tổ chức hữu nghị tỉnh họp.", "Liên hiệp các tổ chức hữu nghị tỉnh"),
        ("Của Đảng bộ trường\n10/05/2021", "Đảng bộ trường"),
        ("Phó Bí thư thường trực Huyện ủy chủ trì.", "Huyện ủy"),
        ("Trường Cao đẳng Cơ khí - Luyện kim có 9 khoa.", "Trường Cao đẳng Cơ khí - Luyện kim"),
        ("Giám đốc Sở Y tế - Lê Văn Bình dự.", "Sở Y tế"),
        (
            "Hội Cựu chiến binh (CCB) huyện Tam Đường có 9 chi hội.",
            "Hội Cựu chiến binh (CCB) huyện Tam Đường",
        ),
        ("Ban Thường vụ Tỉnh ủy và cấp ủy các cấp có nhiều cố gắng.", "Ban Thường vụ Tỉnh ủy"),
        ("Toàn Đảng bộ tỉnh 7.174 đảng viên.", "Đảng bộ tỉnh"),
        ("Công đoàn Xây dựng Việt Nam có 9 công đoàn cơ sở.", "Công đoàn Xây dựng Việt Nam"),
        ("Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy Lê Văn Bình dự.", "Ủy ban Kiểm tra Tỉnh ủy"),
        ("Chi bộ Bảo tàng tỉnh họp.", "Chi bộ Bảo tàng tỉnh"),
        ("Quỹ Hỗ trợ nông dân cho vay 2 tỷ đồng.", "Quỹ Hỗ trợ nông dân"),
        ("Hội Nông dân tỉnh phát triển mới 90 hội viên.", "Hội Nông dân tỉnh"),
        ("Vốn do Hội Phụ nữ quản lý là 9 tỷ đồng.", "Hội Phụ nữ"),
        ("Sở Quản lý và Phát triển đô thị họp.", "Sở Quản lý và Phát triển đô thị"),
        ("Học tại Chi bộ Khoa Luật - Ảnh: P.V.", "Chi bộ Khoa Luật"),
        ("Công ty cổ phần nhựa Tân An họp.", "Công ty cổ phần nhựa Tân An"),
        ("UBND xã BCH Đảng bộ xã họp.", "UBND xã"),
        ("Quận ủy Q.1 họp.", "Quận ủy Q.1"),
        ("UBMTTQ huyện có 9 cán bộ.", "UBMTTQ huyện"),
        ("Hoạt động của Hội Khuyến học thị xã thực sự có chiều sâu.", "Hội Khuyến học thị xã"),
        ("Hội ND Tân An họp.", "Hội ND Tân An"),
        ("Công đoàn Tổng Công ty Thương mại An Bình họp.", "Công đoàn Tổng Công ty Thương mại An Bình"),
    ],
)
def test_where_a_name_ends(text: str, body: str) -> None:
    assert [one.text for one in find_bodies(normalize(text))][:1] == [body]


@pytest.mark.parametrize("text", ["Đảng bộ các cấp đã đại hội.", "Hội Nông dân các xã có 90 hội viên."])
def test_bodies_of_all_levels_are_none(text: str) -> None:
    assert list(find_bodies(normalize(text))) == []


@pytest.mark.parametrize("text", ["Hội An có 500 mô hình.", "Huyện Hội Tân Cú vận động 9 hộ."])
def test_a_town_or_a_districts_level_is_no_association(text: str) -> None:
    assert list(find_bodies(normalize(text))) == []


@pytest.mark.parametrize("words", ["nhà trường", "đảng ủy", "công ti", "ban giám hiệu nhà trường"])
def test_a_kind_of_body_is_generic(words: str) -> None:
    assert is_generic(words)
    assert not is_generic(words + " minh khai")
