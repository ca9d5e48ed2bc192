"""Names: who is a person in a text, and who or what only bears a person's name."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from summarizer.article.normalize import normalize
from summarizer.rules.names import find_mentions


def names(text: str) -> list[str]:
    return [mention.name for mention in find_mentions(normalize(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chủ trì là đồng chí Phan Thị Mơ, Bí thư Đảng ủy.", ["Phan Thị Mơ"]),
        ("Đ/c Lò Văn Sáng - Phó Chủ tịch UBND huyện đến dự.", ["Lò Văn Sáng"]),
        ("Ông Ong Thế Dũng, PCT UBND Thị trấn đến dự.", ["Ong Thế Dũng"]),
        ("có PGS.TS.BS. Đinh Văn Hòa – Giám đốc Bệnh viện", ["Đinh Văn Hòa"]),
        ("Ths.DSCKII. Mai Trí Diễm phát biểu", ["Mai Trí Diễm"]),
        ("Thượng tá Vừ A Sùng, Trưởng Công an huyện chủ trì", ["Vừ A Sùng"]),
        ("Bí thư Huyện ủy Trần Sinh Nhật chủ trì hội nghị.", ["Trần Sinh Nhật"]),
        ("Phó Chủ tịch Hội Luật gia Việt Nam Dương Bắc Hà trình bày", ["Dương Bắc Hà"]),
        ("Chủ tịch HĐND tỉnh - Vũ Thị Ái Liên thay mặt Tỉnh ủy", ["Vũ Thị Ái Liên"]),
        (
            "các đồng chí: Tạ Quang Bửu, Ủy viên Ban Chấp hành; Cao Hữu Đông, Bí thư",
            ["Tạ Quang Bửu", "Cao Hữu Đông"],
        ),
        ("chủ trì có HT. Dương Minh và ĐĐ. Thích Thiện Tâm", ["Dương Minh", "Thích Thiện Tâm"]),
        ("Sư cô Thích nữ Huệ Tâm trình bày", ["Thích nữ Huệ Tâm"]),
        ("tăng ni và Thích Thiện Tâm cùng dự", ["Thích Thiện Tâm"]),
        ("Cô Lại thị Ngọc Trân được bầu", ["Lại thị Ngọc Trân"]),
        ("Chủ tịch UBND huyện Lê Quang Dũng nhấn mạnh", ["Lê Quang Dũng"]),
        ("ông Y Nam đại diện UBND xã", ["Y Nam"]),
        ("đồng chí NGUYỄN VĂN LỘC phát biểu", ["NGUYỄN VĂN LỘC"]),
        ("đồng chí K’Sor H’Bia, Phó Bí thư", ["K’Sor H’Bia"]),
        ("ông Lê Văn Bình Phó Chủ tịch Hội; bà Đỗ Thị Hoa Bí thư", ["Lê Văn Bình", "Đỗ Thị Hoa"]),
        ("Chủ tịch HĐND tỉnh Lê Quang Dũng dự", ["Lê Quang Dũng"]),
        ("Bí thư T.Ư Đoàn Lê Quang Dũng dự", ["Lê Quang Dũng"]),
        ("Bí thư Tỉnh Đoàn Lê Quang Dũng dự", ["Lê Quang Dũng"]),
        ("Giám đốc Công ty Lê Quang Dũng chủ trì", ["Lê Quang Dũng"]),
        ("Chủ tịch Công đoàn Công ty Lê Quang Dũng chủ trì", ["Lê Quang Dũng"]),
        ("Hiệu trưởng nhà trường Lê Quang Dũng dự", ["Lê Quang Dũng"]),
        (
            "gồm các đồng chí: Tạ Quang Bửu, Cao Hữu Đông và Lê Quang Dũng.",
            ["Tạ Quang Bửu", "Cao Hữu Đông", "Lê Quang Dũng"],
        ),
        (
            "đồng chí Tạ Quang Bửu, Chủ tịch xã; Cao Hữu Đông và Lê Quang Dũng, Phó Chủ tịch xã.",
            ["Tạ Quang Bửu", "Cao Hữu Đông", "Lê Quang Dũng"],
        ),
        ("đồng chí Tạ Quang Bửu, Đảng ủy Khối, Hà Giang", ["Tạ Quang Bửu"]),
        ("đồng chí Lê Quang dũng, Bí thư. Đồng chí Lê Quang Dũng", ["Lê Quang dũng", "Lê Quang Dũng"]),
    ],
)
def test_a_person_stands_behind_an_honorific_or_beside_an_office(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Trường Chính trị Tôn Đức Thắng tổ chức hội nghị.",
        "Chi bộ Trường THPT Nguyễn Huệ, Chủ tịch Công đoàn trường",
        "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "Bí thư Đoàn Thanh niên cùng các đồng chí Ban Giám hiệu",
        "Đồng chí Phó Chủ tịch UBND tỉnh đề nghị",
        "Chủ tịch Công đoàn ngành Giáo dục Hà Giang, Hà Nội, Thái Bình",
        "Chủ trì Hội nghị, Toàn cảnh Hội nghị, Đảng Cộng sản Việt Nam",
        "Chủ tịch UBND phường Trần Hưng Đạo, Bí thư Đoàn xã Lê Hồng Phong",
        "Giám đốc Công ty Hoàng Anh Gia Lai, Giám đốc Bệnh viện Lê Văn Thịnh",
        "đường Lê Lợi, phường Trần Phú, quỹ Võ Thị Sáu",
        "Ban Thường vụ Đoàn Tổng Công ty Điện lực",
    ],
)
def test_what_is_named_after_people_is_no_person(text: str) -> None:
    assert names(text) == []


def test_a_name_known_elsewhere_in_the_text_is_a_mention_without_honorific() -> None:
    text = "Đồng chí Bùi Thị Thu chủ trì.\n\nKết luận, Bùi Thị Thu – Hiệu trưởng biểu dương; Bùi Thị Thu nhấn mạnh."
    assert names(text) == ["Bùi Thị Thu"] * 3


def test_a_place_before_a_name_that_stands_alone_elsewhere_is_no_part_of_it() -> None:
    text = "Đến dự có Bí thư Huyện ủy Yên  Định Trịnh Xuân Thu. Đồng chí Trịnh Xuân Thu phát biểu."
    assert names(text) == ["Trịnh Xuân Thu"] * 2
    assert [text[one.at : one.end] for one in find_mentions(normalize(text))] == ["Trịnh Xuân Thu"] * 2


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_span_is_the_names_own_in_the_text_as_read(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "Hôm nay, đồng chí Đặng Thuý Hồng, Bí thư chủ trì.")
    (mention,) = find_mentions(normalize(text))
    assert unicodedata.normalize("NFC", text[mention.at : mention.end]) == "Đặng Thuý Hồng"
    assert unicodedata.normalize("NFC", text[mention.lead : mention.at]) == "đồng chí "
