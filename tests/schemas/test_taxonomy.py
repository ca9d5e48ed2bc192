"""The taxonomy's table, row by row, and the forms its words come in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from pydantic import TypeAdapter, ValidationError

from summarizer.article.counted_nouns import grade_words
from summarizer.article.normalize import Words, split_words, words_in
from summarizer.errors import ConfigError
from summarizer.rules.nouns import noun_after
from summarizer.schemas import labels
from summarizer.schemas import taxonomy as table
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import MeetingReport, Subject


def subject_of(words: Words) -> str | None:
    noun = noun_after(words.spelled, TokenIndex(0), words.stop)
    return noun.subject if noun else None


def grade_of(words: Words) -> str | None:
    found = grade_words().last(words)
    return found.value if found else None


SUBJECTS = [(row.value, phrase) for row in table.active().subjects for phrase in row.words]
GRADES = [(row.value, phrase) for row in table.active().grades for phrase in row.words]


@pytest.mark.parametrize(("subject", "phrase"), SUBJECTS)
def test_each_noun_of_the_table_has_its_subject(subject: str, phrase: str) -> None:
    assert subject_of(split_words(phrase)) == subject


@pytest.mark.parametrize(("grade", "phrase"), GRADES)
def test_each_grade_of_the_table_is_read(grade: str, phrase: str) -> None:
    assert grade_of(split_words(phrase)) == grade


HEAD = "list,value,label_vi,short_vi,label_en,graded,definition,words\n"


@pytest.fixture
def own_table() -> Iterator[None]:
    yield
    table.use(None)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("subject,staff,,,,,,cán bộ, giáo viên | thầy", "t.csv:2.*quotation marks"),
        ("subject,people,,,,,,cán bộ", "t.csv:2.*'people' needs a label_vi"),
        ("noun,staff,,,,,,cán bộ", "t.csv:2.*must be subject or grade"),
        ("subject,Poor people,hộ nghèo,,,yes,,hộ nghèo", "t.csv:2.*small letters"),
        ("subject,poor,hộ nghèo,,,maybe,,hộ nghèo", "t.csv:2.*yes, no or empty"),
        ("subject,poor,hộ nghèo,,,yes,,hộ nghèo | Hộ  Nghèo", "t.csv:2.*stands twice"),
        ("subject,poor,hộ nghèo,,,yes,,hộ nghèo |", "t.csv:2.*empty phrase"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(row: str, wrong: str) -> None:
    with pytest.raises(ConfigError, match=wrong):
        table.read_taxonomy(f"{HEAD}{row}\n", "t.csv")


def test_other_columns_are_named() -> None:
    with pytest.raises(ConfigError, match=r"t\.csv:1: the columns must be list,value"):
        table.read_taxonomy("value,words\nstaff,cán bộ\n", "t.csv")


@pytest.mark.usefixtures("own_table")
def test_a_users_table_adds_subjects_grades_and_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        f"# của phòng\n{HEAD}"
        "subject,poor_household,hộ nghèo,,poor household,yes,hộ nghèo theo chuẩn mới,hộ nghèo | hộ cận nghèo\n"
        "grade,outstanding,hoàn thành vượt bậc,vượt bậc,,,,hoàn thành vượt bậc nhiệm vụ\n"
        "subject,learner,,,,,,em bé ngoan\n",
        encoding="utf-8",
    )
    table.use(file)
    assert subject_of(split_words("hộ nghèo")) == "poor_household"
    assert subject_of(split_words("hộ dân")) == "individual"
    assert subject_of(split_words("em bé ngoan")) == "learner"
    assert grade_of(split_words("chi bộ hoàn thành vượt bậc nhiệm vụ")) == "outstanding"
    assert labels.labels().subject("poor_household") == "hộ nghèo"
    assert labels.labels().grade("outstanding", short=True) == "vượt bậc"
    assert (
        "poor_household"
        in MeetingReport.model_json_schema()["$defs"]["Count"]["properties"]["subject"]["enum"]
    )
    assert TypeAdapter(Subject).validate_python("poor_household") == "poor_household"
    table.use(None)
    with pytest.raises(ValidationError, match="'poor_household' is none of party_organization"):
        TypeAdapter(Subject).validate_python("poor_household")
    assert subject_of(split_words("hộ nghèo")) == "individual"


@pytest.mark.usefixtures("own_table")
def test_a_table_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.csv: no such file$"):
        table.use(tmp_path / "none.csv")


@pytest.mark.usefixtures("own_table")
def test_a_table_that_cannot_be_read_is_said_without_the_systems_number(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=rf"the taxonomy {tmp_path} cannot be read: Is a directory$"):
        table.use(tmp_path)


@pytest.mark.parametrize("bar", ["|", " |", "| ", " | "])
def test_blanks_round_a_bar_are_no_matter(bar: str) -> None:
    row = f"subject,herd,gia súc,,,no,,con{bar}đàn gia súc"
    (herd,) = table.read_taxonomy(f"{HEAD}{row}\n", "t.csv").subjects
    assert herd.words == ("con", "đàn gia súc")


def test_no_phrase_stands_twice_in_any_spelling() -> None:
    for phrases in (SUBJECTS, GRADES):
        seen: dict[tuple[str, ...], str] = {}
        for value, phrase in phrases:
            assert seen.setdefault(words_in(phrase), value) == value, phrase


def test_every_subject_but_money_has_a_noun() -> None:
    # An amount of money is known by its unit, not by a noun.
    assert {subject for subject, _ in SUBJECTS} == {row.value for row in table.active().subjects} - {"money"}


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
