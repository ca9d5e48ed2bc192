"""Normalizing brings the forms of a word together and keeps every word's place."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.article.normalize import normalize, split_words, words_of
from summarizer.schemas.offsets import TextOffset, TokenIndex

LETTERS = "aăâeêioôơuưyđbcghklmnpqrstvx ÀÁẢÃẠẾỀỂỄỆỦỤỲÝ0123456789.,;:/%-–“”\u00a0\n\t\u0301\u0323"
VIETNAMESE = st.text(alphabet=st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=80)
LATIN = st.text(alphabet=st.one_of(st.sampled_from(LETTERS), st.characters(max_codepoint=0x36F)), max_size=80)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("uỷ ban", "ủy ban"),
        ("hoà bình", "hòa bình"),
        ("khoẻ", "khỏe"),
        ("chiến sỹ", "chiến sĩ"),
        ("tỷ lệ", "tỉ lệ"),
        ("lý luận", "lí luận"),
        ("ĐẢNG BỘ", "đảng bộ"),
        ("“tốt”", '"tốt"'),
        ("2020 – 2025", "2020 - 2025"),
        ("01\u00a0chi bộ", "01 chi bộ"),
    ],
)
def test_two_spellings_are_normalized_to_one(left: str, right: str) -> None:
    assert normalize(left).text == normalize(right).text


@pytest.mark.parametrize(("left", "right"), [("quý", "quy"), ("y tế", "i tế"), ("tuỳ", "tùi"), ("đá", "da")])
def test_different_words_stay_apart(left: str, right: str) -> None:
    assert normalize(left).text != normalize(right).text


@given(VIETNAMESE)
def test_words_lie_in_the_text_in_order_and_disjoint(text: str) -> None:
    at = 0
    words = split_words(text)
    for index, start in enumerate(words.starts):
        assert at <= start < words.end(TokenIndex(index)) <= len(text)
        at = words.end(TokenIndex(index))


@given(LATIN)
def test_decomposed_text_has_the_same_words(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    assert normalize(decomposed).text == normalize(composed).text


@given(VIETNAMESE, st.sampled_from(["NFC", "NFD"]))
def test_every_normalized_word_comes_from_its_own_characters(text: str, form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, text)
    words = split_words(text)
    for index, word in enumerate(words.spelled):
        # A mark of a script that is not Latin goes with its letter's place, but is no part of the word.
        own = normalize(text[words.starts[index] : words.end(TokenIndex(index))]).text
        assert word in own or "y" in word or "i" in word


@given(VIETNAMESE, st.integers(0, 80))
def test_words_are_found_by_their_offset(text: str, at: int) -> None:
    words = split_words(text)
    first = words.first_from(TextOffset(at))
    assert all(start < at for start in words.starts[:first])
    assert all(start >= at for start in words.starts[first:])


@given(VIETNAMESE)
def test_words_are_letters_and_digits_together_and_marks_alone(text: str) -> None:
    normal = normalize(text)
    # Digits that a word of two letters is glued to stand alone ("12tổ").
    pattern = r"\d+(?=[^\W\d_]{2})|[\w\u0300-\u036f]+|[^\w\s]"
    found = [(match[0], match.start()) for match in re.finditer(pattern, normal.text)]
    words = words_of(normal)
    assert list(zip(words.spelled, words.starts, strict=True)) == [
        (word, normal.origin(at)) for word, at in found
    ]


@given(VIETNAMESE)
def test_digits_that_stand_together_are_one_run(text: str) -> None:
    normal = normalize(text)
    assert normal.digits == [match.span() for match in re.finditer(r"\d+", normal.text)]


@pytest.mark.parametrize(
    ("text", "normal", "spans"),
    [
        ("3\u200b45 ĐV", "345 đv", {"345": "3\u200b45"}),
        ("12\u200b chi", "12 chi", {"12": "12", "chi": "chi"}),
        ("vi\u00adên", "viên", {"viên": "vi\u00adên"}),
        ("\ufeffbộ\u200e", "bộ", {"bộ": "bộ"}),
        ("bo\u0323\u200d\u0302", "bộ", {"bộ": "bo\u0323\u200d\u0302"}),
        ("ba\u202fn", "ba n", {"ba": "ba", "n": "n"}),
    ],
)
def test_what_nobody_sees_is_left_out_and_offsets_lead_back(
    text: str, normal: str, spans: dict[str, str]
) -> None:
    made = normalize(text)
    assert made.text == normal
    for part, written in spans.items():
        start = made.text.index(part)
        at, end = made.origin_span(start, start + len(part))
        assert text[at:end] == written


def test_a_span_leads_back_with_its_combining_marks() -> None:
    text = "7\u0301 ba\u0323n"
    made = normalize(text)
    assert made.origin_span(0, 1) == (0, 2)
    start = made.text.index("b")
    at, end = made.origin_span(start, start + 3)
    assert text[at:end] == "ba\u0323n"


@given(VIETNAMESE, st.sampled_from(("NFC", "NFD")))
@example("\x1b\u0300", "NFC")  # a mark on what is no letter
@example("a.\u0300b", "NFD")
def test_each_word_is_a_part_of_the_normalized_text(text: str, form: Literal["NFC", "NFD"]) -> None:
    normal = normalize(unicodedata.normalize(form, text))
    words = split_words(unicodedata.normalize(form, text))
    for index, start in enumerate(words.starts):
        a, b = normal.span(start, words.end(TokenIndex(index)))
        assert normal.text[a:b] == normal.part(start, words.end(TokenIndex(index)))
        assert normal.text[a:].startswith(words.spelled[index])


@given(VIETNAMESE, st.integers(0, 40), st.integers(0, 40))
def test_words_are_found_by_what_they_are(text: str, start: int, stop: int) -> None:
    words = split_words(text)
    wanted = frozenset(words.spelled[::3])
    there = range(start, min(stop, len(words)))
    assert list(words.among(wanted, TokenIndex(start), TokenIndex(stop))) == [
        i for i in there if words.spelled[i] in wanted
    ]
