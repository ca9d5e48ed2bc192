"""The taxonomy's table, row by row, and the forms its words come in."""

from __future__ import annotations

import unicodedata
from typing import Literal, get_args

import pytest

from summarizer.article.lexicon import Lexicon, read_rows, rows, taxonomy
from summarizer.article.normalize import fold_words, split_words
from summarizer.rules.meaning import grade_of, subject_of
from summarizer.schemas.report import Subject

PHRASES = [(row.meaning, row.value, phrase) for row in rows() for phrase in row.words]
SUBJECTS = [(value, phrase) for meaning, value, phrase in PHRASES if meaning == "subject"]
GRADES = [(value, phrase) for meaning, value, phrase in PHRASES if meaning == "grade"]


@pytest.mark.parametrize(("subject", "phrase"), SUBJECTS)
def test_each_noun_of_the_table_has_its_subject(subject: str, phrase: str) -> None:
    assert subject_of(split_words(phrase)) == subject


@pytest.mark.parametrize(("grade", "phrase"), GRADES)
def test_each_grade_of_the_table_is_read(grade: str, phrase: str) -> None:
    assert grade_of(split_words(phrase)) == grade


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("subject,staff,cán bộ, giáo viên | thầy,", "quotation marks"),
        ("subject,people,cán bộ,", "unknown meaning or value"),
        ("noun,staff,cán bộ,", "unknown meaning or value"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_rows(f"meaning,value,words,note\n{row}\n")


def test_no_phrase_stands_twice_with_two_values() -> None:
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for meaning, value, phrase in PHRASES:
        group = f"{meaning}/{value}" if meaning in ("generic", "status") else meaning
        assert seen.setdefault((group, fold_words(phrase)), value) == value, phrase


def test_every_subject_but_money_has_a_noun() -> None:
    # An amount of money is known by its unit, not by a noun.
    assert {subject for subject, _ in SUBJECTS} == set(get_args(Subject)) - {"money"}


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "phrase",
    ["ĐẢNG ỦY", "đảng uỷ", "Đảng ủy", "đảng\u00a0ủy", "đảng  ủy"],
)
def test_a_noun_is_known_in_every_spelling(form: Literal["NFC", "NFD", "NFKC", "NFKD"], phrase: str) -> None:
    assert subject_of(split_words(unicodedata.normalize(form, phrase))) == "party_organization"


@pytest.mark.parametrize(
    ("phrase", "subject"),
    [
        ("lượt giảng viên", "staff"),
        ("lượt", "event"),
        ("chi, đảng bộ cơ sở", "party_organization"),
        ("đồng chí đảng viên", "party_member"),
        ("đồng chí", "individual"),
        ("chiến sỹ thi đua cơ sở", "individual"),
        ("người lao động", "staff"),
        ("người", "individual"),
        ("tổ dân phố", "other"),
        ("tổ đảng", "party_cell"),
        ("các đảng viên mới", "party_member"),
        ("xyz", None),
    ],
)
def test_the_longest_noun_decides(phrase: str, subject: str | None) -> None:
    assert subject_of(split_words(phrase)) == subject


@pytest.mark.parametrize(
    ("phrase", "grade"),
    [
        ("đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ", "good"),
        ("đảng viên “Hoàn thành Xuất sắc nhiệm vụ”", "excellent"),
        ("chi bộ HTXSNV", "excellent"),
        ("tập thể lao động tiên tiến", None),
        ("cá nhân hoàn thành khóa học", None),
    ],
)
def test_a_grade_is_what_was_given(phrase: str, grade: str | None) -> None:
    assert grade_of(split_words(phrase)) == grade


def test_a_lexicon_finds_the_longest_phrase_first() -> None:
    lexicon = Lexicon({("a",): 1, ("a", "b"): 2})
    words = split_words("a b a")
    assert lexicon.find(words, 0, 3) == [(0, 2, 2), (2, 3, 1)]
    assert lexicon.first(words, 0, 3) == (0, 2, 2)
    assert lexicon.last(words, 0, 3) == (2, 3, 1)
    assert lexicon.find(words, 3, 3) == []
    assert lexicon.first(words, 0, 1) == (0, 1, 1)


def test_the_table_is_read_once() -> None:
    assert taxonomy() is taxonomy()
