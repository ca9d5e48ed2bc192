"""Bodies: the institutions of a text, and where their names end."""

from __future__ import annotations

import pytest

from summarizer.bodies import find_bodies, is_generic
from summarizer.folding import fold


def test_a_report_a_hall_or_an_environment_is_no_body() -> None:
    text = "Báo cáo tại hội trường về môi trường, cơ sở vật chất, cán bộ và phòng chống dịch."
    assert list(find_bodies(text, fold(text))) == []


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    text = "Thành ủy Hà Nội còn 52 đảng bộ; Sở Giáo dục và Đào tạo trao Cờ; Chi bộ Khoa Luật hoàn thành tốt nhiệm vụ."
    assert [body.text for body in find_bodies(text, fold(text))] == [
        "Thành ủy Hà Nội",
        "Sở Giáo dục và Đào tạo",
        "Chi bộ Khoa Luật",
    ]


@pytest.mark.parametrize("words", ["nhà trường", "đảng ủy", "công ti", "ban giám hiệu nhà trường"])
def test_a_kind_of_body_is_generic(words: str) -> None:
    assert is_generic(words)
    assert not is_generic(words + " minh khai")
