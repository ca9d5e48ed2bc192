"""Number words: their values, and the few places where a text counts with them."""

from __future__ import annotations

import pytest

from summarizer.article.number_words import value_of_words
from tests.marked import numbers_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một", 1), ("hai", 2), ("mười", 10), ("mười lăm", 15), ("mười hai", 12), ("hai mươi", 20),
        ("hai mươi mốt", 21), ("ba mươi tư", 34), ("tám mươi lăm", 85), ("một trăm", 100),
        ("một trăm linh năm", 105), ("hai trăm lẻ ba", 203), ("hai trăm năm mươi", 250),
        ("một trăm mười", 110), ("hai nghìn", 2_000), ("hai triệu", 2_000_000),
        ("một nghìn hai trăm", 1_200), ("một trăm hai", 120), ("một nghìn hai", 1_200), ("một vạn hai", 12_000),
        ("một nghìn không trăm năm mươi", 1_050), ("hai triệu rưỡi", 2_500_000), ("hai nghìn tỉ", 2 * 10**12),
        ("hăm ba", 23), ("một nghìn linh năm", 1_005), ("ba triệu hai", 3_200_000),
        ("năm trăm ngàn", 500_000), ("một tỉ hai trăm triệu", 1_200_000_000),
    ],
)  # fmt: skip
def test_number_words_have_their_value(words: str, value: int) -> None:
    assert value_of_words(words.split()) == value


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hai ba",
        "không trăm",
        "rưỡi",
        "hai rưỡi",
        "mốt",
        "tư",
        "mươi",
        "trăm",
        "linh năm",
        "hai linh",
        "tỉ",
        "đảng",
    ],
)
def test_other_words_have_none(words: str) -> None:
    assert value_of_words(words.split()) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hai đại biểu thuộc chi bộ", [("Hai", 2)]),
        ("Bảy đảng bộ có tỷ lệ nữ", [("Bảy", 7)]),
        ("Ba tập thể và bảy cá nhân", [("Ba", 3), ("bảy", 7)]),
        ("bốn phó giáo sư", [("bốn", 4)]),
        ("trước có hai người); 7", [("hai", 2)]),
        ("khen mười lăm học sinh", [("mười lăm", 15)]),
        ("một trăm linh năm hộ nghèo", [("một trăm linh năm", 105)]),
        ("kết nạp ít nhất một đảng viên", [("một", 1)]),
        ("tặng 02 tập thể và một cá nhân", [("một", 1)]),
        ("có 58 sáng kiến; một sáng kiến được khen", [("một", 1)]),
        ("1 giải Nhất, một giải B và 2 giải Ba", [("một", 1)]),
        ("Trong số ba đảng viên được kết nạp", [("ba", 3)]),
        ("vẫn còn một chi bộ không hoàn thành nhiệm vụ", [("một", 1)]),
        ("có năm đồng chí trúng cử", [("năm", 5)]),
        ("ủng hộ hai triệu đồng", [("hai triệu", 2_000_000)]),
    ],
)
def test_words_count_before_a_noun_that_articles_count(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(number.text, number.value) for number in numbers_of(text) if number.word] == expected


@pytest.mark.parametrize(
    "text",
    [
        "thứ hai", "lần thứ ba", "một số đơn vị", "một trong những đơn vị", "hai bên", "giải Ba", "hạng ba",
        "lớp hai", "tháng Ba", "huyện Ba Vì", "đường Hai Bà Trưng", "Ba Lan", "ông Năm", "bà Tư",
        "Năm học sinh giỏi", "trong năm chi bộ đã tổ chức", "hai năm", "mười năm thành lập", "sáu tháng đầu năm",
        "2 đảng viên, một số đảng viên",
        "hàng trăm đảng viên", "vài chục hộ", "mấy trăm nghìn đồng", "là một đảng viên", "một chi bộ vững mạnh",
        "ba ý chính", "hai mặt giáo dục", "hai mục tiêu", "chín xã", "hai huyện", "năm đảng viên tham gia",
    ],
)  # fmt: skip
def test_words_that_rank_name_or_stand_for_an_article_do_not_count(text: str) -> None:
    assert [number.text for number in numbers_of(text) if number.word and not number.reason] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trao mười hai suất quà", [("mười hai", 12)]),
        ("xây hai mươi ngôi nhà và hai trăm phần quà", [("hai mươi", 20), ("hai trăm", 200)]),
        ("một số công trình; năm công trình", []),
        ("ba ý chính", []),
        ("lần thứ hai phần quà", []),
    ],
)
def test_words_before_other_nouns_are_given_as_no_count(text: str, expected: list[tuple[str, int]]) -> None:
    found = [number for number in numbers_of(text) if number.word]
    assert [(number.text, number.value, number.reason) for number in found] == [
        (*one, "other") for one in expected
    ]
