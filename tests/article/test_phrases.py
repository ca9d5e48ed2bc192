"""Phrases match however the page writes them: the notation of the tables, the patterns and the look-up by words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.normalize import normalize, split_words
from summarizer.article.phrases import Lexicon, Lists, cue, expand, word_cue
from summarizer.schemas.offsets import TokenIndex


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
def test_a_phrase_is_found_in_every_way_of_writing(written: str) -> None:
    assert cue("{posts}", posts=["bí thư đảng ủy"]).search(normalize(written).text)


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("chi bộ", ["chi bộ"]),
        ("Đảng Uỷ", ["đảng ủy"]),
        ("tặng (bằng|giấy) khen", ["tặng bằng khen", "tặng giấy khen"]),
        ("(đã)? trao", ["đã trao", "trao"]),
        ("(được|đã được)? cấp trên khen", ["được cấp trên khen", "đã được cấp trên khen", "cấp trên khen"]),
        ("đ/c", ["đ/c"]),
    ],
)
def test_a_phrase_stands_for_its_alternatives(phrase: str, meant: list[str]) -> None:
    assert expand(phrase) == meant


@pytest.mark.parametrize("phrase", ["(a", "a)", "a (b (c))", "(a)?", ""])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|nothing"):
        expand(phrase)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("chi bộ", "12 chi bộ khá", "chi bộ"),
        ("chi bộ", "chi bộn bề", None),
        ("chi bộ", "liên chi bộ", "chi bộ"),
        ("bộ", "chi_bộ", None),
        ("gồm # chi bộ", "gồm 1.234 chi bộ", "gồm 1.234 chi bộ"),
        ("tặng ... bằng khen", "tặng 12 tập thể bằng khen", "tặng 12 tập thể bằng khen"),
        ("tặng ... bằng khen", "tặng bằng khen", "tặng bằng khen"),
        ("tặng ... bằng khen", "tặng quà. Sau đó là bằng khen", None),
        ("tặng ... bằng khen", "tặng a b c d e f bằng khen", None),
        ("(đã)? trao tặng", "vừa trao\ntặng", "trao\ntặng"),
        ("đ/c", "gồm 3 đ/c", "đ/c"),
        ("tin:", "Tin: abc", "tin:"),
    ],
)
def test_a_pattern_finds_a_phrase_of_its_list(phrase: str, text: str, found: str | None) -> None:
    match = cue("{list}", list=[phrase]).search(normalize(text).text)
    assert (match and match.group()) == found


def test_the_longest_phrase_of_a_list_is_taken() -> None:
    pattern = cue("({bodies}) đạt", bodies=["chi bộ", "chi bộ trực thuộc", "chi"])
    assert [m[1] for m in pattern.finditer("chi bộ trực thuộc đạt, chi bộ đạt, chi đạt")] == [
        "chi bộ trực thuộc",
        "chi bộ",
        "chi",
    ]


def test_a_pattern_joins_its_own_words_with_lists() -> None:
    pattern = word_cue(
        r"{gives} (?P<what>[^.]{0,20}?){gifts}", gives=["(đã)? trao"], gifts=["giấy khen", "cờ"]
    )
    match = pattern.search(normalize("Hội nghị đã trao 5 Giấy khen.").text)
    assert match
    assert match.group() == "đã trao 5 giấy khen"
    assert match["what"] == "5 "


def test_a_list_that_is_not_given_is_named() -> None:
    with pytest.raises(ValueError, match="'gifts'"):
        cue("{gives} {gifts}", gives=["trao"])


_WORDS = st.lists(
    st.sampled_from(
        ["đã", "vừa", "tổ", "chức", "họp", "Họp", "chủ", "trì", "toạ", ",", ".", "\n", "đãtổ", "12họp"]
    ),
    max_size=24,
).map(" ".join)
_CUE = word_cue(r"(?:đã |vừa )*(?:tổ chức|họp)(?!\w)")


@given(_WORDS, st.booleans())
def test_a_cue_begins_at_the_beginning_of_a_word(text: str, decomposed: bool) -> None:
    normal = normalize(unicodedata.normalize("NFD", text) if decomposed else text)
    for match in _CUE.finditer(normal.text):
        assert not normal.text[match.start() - 1 : match.start()].isalnum()


def test_a_lexicon_gives_the_value_of_the_longest_phrase() -> None:
    lexicon = Lexicon([("a", 1), ("a (b|c)", 2)])
    words = split_words("a b a A C")
    assert lexicon.find(words, TokenIndex(0), TokenIndex(5)) == [(0, 2, 2), (2, 3, 1), (3, 5, 2)]
    assert lexicon.first(words, TokenIndex(2), TokenIndex(5)) == (2, 3, 1)
    assert lexicon.last(words, TokenIndex(0), TokenIndex(5)) == (3, 5, 2)
    assert lexicon.at(words.spelled, TokenIndex(0), TokenIndex(1)) == (0, 1, 1)
    assert lexicon.at(words.spelled, TokenIndex(1), TokenIndex(5)) is None
    assert lexicon.find(words, TokenIndex(3), TokenIndex(3)) == []


@pytest.mark.parametrize(
    ("package", "table", "name"),
    [
        ("outputs", "phrasing", "links"),
        ("article", "openings", "label_opens"),
        ("rules", "summary", "leads_on"),
    ],
)
def test_no_phrase_of_a_list_that_repeats_is_two_others(package: str, table: str, name: str) -> None:
    """Each way to take a text apart into phrases is tried: 30 times `đạt được` would be a thousand million ways."""
    phrases = {
        tuple(way.split()) for one in Lists(f"summarizer.{package}", table)[name] for way in expand(one)
    }
    assert not {one + other for one in phrases for other in phrases} & phrases
