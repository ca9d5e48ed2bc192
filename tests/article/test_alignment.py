"""A model's words are found again in the article, its slips of marks included, its slips of digits not."""

from __future__ import annotations

import pytest

from summarizer.article.alignment import align
from summarizer.article.normalize import split_words
from summarizer.schemas.offsets import TokenIndex

TEXT = "có 02 chi bộ “Hoàn thành tốt nhiệm vụ”; 12 đảng viên và 02 đề tài khoa học cấp trường"


def found_in(text: str, phrase: str) -> str | None:
    """The words of `text` that agree with a phrase."""
    words = split_words(text)
    found = align(phrase, words, TokenIndex(0), words.stop)
    return text[words.starts[found.start] : words.end(found.stop - 1)] if found else None


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("đề tài khoa học", "đề tài khoa học"),
        ("de tài khoa hoc", "đề tài khoa học"),
        ("ĐẢNG VIÊN", "đảng viên"),
        ("chi bộ Hoàn thành tốt nhiệm vụ", "chi bộ “Hoàn thành tốt nhiệm vụ"),
        ("các đảng viên", "đảng viên"),
        ("một chi bộ hoàn thành", "chi bộ “Hoàn thành"),
        ("chi bộ hoàn thành kém cỏi quá thể", None),
        ("03 chi bộ", "chi bộ"),
        ("sinh viên", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_phrase_is_brought_back_to_the_text(phrase: str, found: str | None) -> None:
    assert found_in(TEXT, phrase) == found


def test_a_digit_agrees_only_with_itself() -> None:
    assert found_in("học sinh lớp 8", "lớp 8") == "lớp 8"
    assert found_in("học sinh lớp 9", "lớp 8") is None


def test_of_two_runs_alike_the_nearer_is_taken() -> None:
    words = split_words("đảng viên mới và đảng viên cũ")
    found = align("đảng viên", words, TokenIndex(0), words.stop, near=TokenIndex(4))
    assert found is not None
    assert found.start == 4


def test_only_the_given_stretch_is_searched() -> None:
    words = split_words("đảng viên mới và chi bộ")
    assert align("đảng viên", words, TokenIndex(2), words.stop) is None
