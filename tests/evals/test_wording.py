"""evals/wording.py: which wordings are the same, and where words stand."""

from __future__ import annotations

import unicodedata

import pytest

from evals.wording import Places, accepts, normalized


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đảng ủy", "Đảng uỷ"),
        ("hòa bình", "hoà bình"),
        ("khỏe", "khoẻ"),
        ("Lê Anh", "lê\u00a0 anh"),
        ("“Lê Anh”", "Lê Anh"),
        ("Đảng ủy", unicodedata.normalize("NFD", "Đảng ủy")),
    ],
)
def test_ways_to_write_the_same(one: str, other: str) -> None:
    assert normalized(one) == normalized(other)


@pytest.mark.parametrize(
    ("wording", "right"),
    [
        ("Hội nghị tổng kết", True),
        ("hội nghị tổng kết năm 2020", True),
        ("Hội nghị tổng kết " + "x" * 39, True),
        ("Hội nghị tổng kết " + "x" * 40, False),
        ("Hội nghị", False),
    ],
)
def test_a_wording_may_be_a_little_longer_than_an_accepted_one(wording: str, right: bool) -> None:
    assert accepts(("Hội nghị tổng kết",), wording) is right


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("Lê Anh", (3, 10)),
        ("lê anh vinh", (3, 15)),
        ("Lê An", None),
        ("ê Anh", None),
        ("Trần", None),
        ("", None),
    ],
)
def test_words_stand_whole_whatever_their_spaces(words: str, span: tuple[int, int] | None) -> None:
    assert Places("Bà Lê\u00a0 Anh Vinh.").find(words) == span


def test_a_letter_without_its_mark_is_another() -> None:
    assert Places(unicodedata.normalize("NFD", "Đảng bộ Sở")).find("Đảng bộ So") is None
