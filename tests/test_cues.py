"""Cue patterns match however the page writes the words."""

from __future__ import annotations

import unicodedata

import pytest

from summarizer.cues import cue
from summarizer.folding import fold


@pytest.mark.parametrize(
    "written",
    [
        "Bí thư Đảng uỷ",
        "BÍ THƯ ĐẢNG ỦY",
        "bí thư\u00a0Đảng  ủy",
        "bí thư\nđảng ủy",
        unicodedata.normalize("NFD", "Bí thư Đảng ủy"),
    ],
)
def test_a_pattern_finds_every_way_of_writing(written: str) -> None:
    assert cue(r"bí thư đảng ủy").search(fold(written).text)


def test_a_pattern_keeps_its_own_alternatives() -> None:
    assert cue(r"chủ (?:trì|tọa)").search(fold("Chủ toạ hội nghị").text)
