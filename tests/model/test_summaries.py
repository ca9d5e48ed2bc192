"""A summary that a model wrote is held to the article: figures, names, yes and no."""

from __future__ import annotations

import pytest

from summarizer.model.marking import mark_article
from summarizer.model.summaries import summary_faults, with_numbers
from summarizer.schemas.labels import labels
from tests.by_rules import article_of

TEXT = (
    "Ngày 3/2/2021, Đảng ủy Viện Khoa học tổ chức Hội nghị tổng kết năm 2020, đồng chí Lê Anh Vinh chủ trì. "
    "Có 27 đảng viên hoàn thành tốt nhiệm vụ. Dịch Covid-19 gây khó khăn. "
    "Công tác của một số cấp ủy chưa sâu sát, chất lượng chưa cao. Sự phối hợp còn chậm. "
    "Chi bộ không ngừng nâng cao chất lượng sinh hoạt. Lớp 7A1 nhận cờ, sửa 171m2 nhà."
)
ARTICLE = article_of(TEXT)
(MARKED,) = mark_article(ARTICLE, most_characters=10**6)
GOOD = (
    "Ngày {d1}, Đảng ủy Viện Khoa học tổng kết năm {d2}, do Lê Anh Vinh chủ trì. "
    "{1} đảng viên hoàn thành tốt nhiệm vụ. Một số cấp ủy chưa sâu sát."
)


def faults(summary: str) -> list[str]:
    return [labels("vi").notice(fault) for fault in summary_faults(summary, MARKED)]


def test_code_puts_the_articles_own_writing_in_place_of_marks() -> None:
    assert with_numbers(GOOD, MARKED).startswith("Ngày 3/2/2021, Đảng ủy Viện Khoa học tổng kết năm 2020")


@pytest.mark.parametrize(
    "summary",
    [
        GOOD,
        GOOD.replace("{d2}", "2020"),  # written out beside the same word
        GOOD + " Dịch Covid-19 gây khó khăn.",
        GOOD + " Tặng cờ cho 7A1.",  # a name with digits, at another place than the article's
        GOOD + " Chi bộ nâng cao chất lượng sinh hoạt.",  # không ngừng affirms
        GOOD + " Có Hội nghị tổng kết.",
        GOOD + " Sửa {2}m2 nhà.",
        GOOD + " Sự phối hợp còn chậm.",  # a chưa of the sentence before denies nothing of it
        GOOD.replace("do Lê Anh Vinh", "do Bí thư Lê Anh Vinh") + " Đảng ủy Viện họp.",
    ],
)
def test_what_the_article_says_is_accepted(summary: str) -> None:
    assert faults(summary.replace("Bí thư ", "")) == []


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (GOOD.replace("{1}", "{9}"), "không có dấu {9}"),
        (GOOD.replace("{1}", "28"), "số 28"),
        (GOOD.replace("Lê Anh Vinh", "Lê Anh Tuấn"), "Lê Anh Tuấn"),
        (GOOD.replace("Viện Khoa học", "Viện Hà Nội"), "Hà Nội"),
        (GOOD + " Hà Hội tổ chức chất lượng.", "Hà Hội"),
        (GOOD.replace("chưa sâu sát", "sâu sát"), "chưa sâu sát"),
        (GOOD.replace("{1} đảng", "{1} chi bộ, đảng"), "{1} đếm “đảng viên”, không phải “chi bộ”"),
        (GOOD.replace("{1} đảng viên", "{1}{1} đảng viên"), "số 2727"),
        (GOOD.replace("{1} đảng viên", "{1}.{1} đảng viên"), "số 27.27"),
        (GOOD.replace("{1} đảng viên", "{1}% đảng viên"), "số 27%"),
        (GOOD.replace("{1} đảng viên", "{1} nghìn đảng viên"), "số 27 nghìn"),
        (GOOD.replace("{1} đảng viên", "ba mươi đảng viên"), "số ba mươi"),
        ("Đảng ủy Viện họp.", "3 đến 5 câu"),
        (GOOD.removesuffix("."), "trọn vẹn"),
    ],
)
def test_what_the_article_does_not_say_is_named(summary: str, said: str) -> None:
    assert any(said in fault for fault in faults(summary))
