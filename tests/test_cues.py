"""Cue patterns match however the page writes the words, and are tried only where they can begin."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.cues import Cue, cue, openings
from summarizer.article.normalize import fold


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


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"chủ trì|đến dự", {"chủ trì", "đến dự"}),
        (r"(?:đã |vừa )?tổ chức", {"đã tổ", "vừa tổ", "tổ chức"}),
        (r"(?:đã |vừa )*họp mặt", {"đã đã", "đã vừa", "vừa đã", "vừa vừa", "đã họp", "vừa họp", "họp mặt"}),
        (r"(?<!\w)(?:còn |vẫn )?hạn chế(?!\w)", {"còn hạn", "vẫn hạn", "hạn chế"}),
        (r"hu[âa]n chương", {"huân chương", "huan chương"}),
        (r"đ/c|tp\.\w+", {"đ", "tp"}),
        (r"(?:chi|đảng)bộ", {"chibộ", "đảngbộ"}),
        (r"họp(?! lệ)(?!\w)[^.;]{0,9}bàn", {"họp", "họpbàn"}),
        (r"[“(]trích", {'"', "("}),
        (
            r"(?:nghe|xem){1,2} báo cáo",
            {"nghe báo", "xem báo", "nghenghe báo", "nghexem báo", "xemnghe báo", "xemxem báo"},
        ),
        (r"[(](?<![\w(])a", {"("}),
        (r"xuân (?:20\d\d|mới)|tết", {"xuân", "xuân mới", "tết"}),
        (r"ngày\s*nay", {"ngày nay", "ngàynay"}),
        (r"chi bộ,? và hội|chi \w+ nữ|chi, hội", {"chi bộ", "chi"}),
    ],
)
def test_the_openings_of_a_cue_are_told_from_its_source(source: str, expected: set[str]) -> None:
    assert openings(cue(source).pattern) == expected


@pytest.mark.parametrize(
    "source", [r" và của", r"\d+ chi bộ", r"(?:đã )*", r"[^.]họp", r".họp", r"(?:đã |)\w+"]
)
def test_a_cue_that_can_begin_with_anything_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="first word"):
        Cue(source)


_CUE = Cue(r"(?<!\w)(?:(?:đã |vừa )*(?:tổ chức|họp)|chủ (?:trì|tọa)|dự(?! kiến)|\"chi bộ)(?!\w)")
_SPOKEN = st.lists(
    st.sampled_from(
        [
            "đã",
            "vừa",
            "tổ",
            "chức",
            "họp",
            "Họp",
            "chủ",
            "trì",
            "tọa",
            "toạ",
            "dự",
            "kiến",
            "chi",
            "bộ",
            "“chi",
            ",",
            ".",
            "\n",
            "(",
            "đãtổ",
            "12họp",
        ]
    ),
    max_size=24,
).map(" ".join)


@given(_SPOKEN, st.integers(0, 60), st.integers(0, 120), st.booleans())
def test_a_cue_finds_what_its_pattern_finds(text: str, at: int, end: int, decomposed: bool) -> None:
    folded = fold(unicodedata.normalize("NFD", text) if decomposed else text)
    at, end = min(at, len(folded.text)), min(end, len(folded.text))
    expected = [match.span() for match in _CUE.pattern.finditer(folded.text, at, end)]
    assert [match.span() for match in _CUE.findall(folded, at, end)] == expected
    found = _CUE.search(folded, at, end)
    assert (found and found.span()) == (expected[0] if expected else None)


@given(_SPOKEN, st.lists(st.integers(0, 120), max_size=6).map(sorted))
def test_matches_are_counted_in_each_span(text: str, bounds: list[int]) -> None:
    folded = fold(text)
    cut = [min(bound, len(folded.text)) for bound in bounds]
    spans = list(pairwise(cut))
    expected = {index: len(_CUE.findall(folded, *span)) for index, span in enumerate(spans)}
    assert _CUE.found_in(folded, spans) == {index: hits for index, hits in expected.items() if hits}


@given(_SPOKEN, st.integers(0, 60), st.integers(0, 120))
def test_a_match_begins_where_a_cue_may(text: str, at: int, end: int) -> None:
    folded = fold(text)
    starts = _CUE.starts(folded, at, end)
    assert list(starts) == sorted(starts)
    assert all(at <= start < end for start in starts)
    assert {match.start() for match in _CUE.findall(folded, at, end)} <= set(starts)
