"""The question about numbers: every number once, words of the article, relations that can be."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.model.counts import (
    Counts,
    KeyedCounts,
    counts_faults,
    counts_that_hold,
    number_readings,
)
from summarizer.model.marking import mark_article
from summarizer.schemas.reading import NumberReading
from tests.by_rules import article_of

TEXT = (
    "Kết quả xếp loại chi bộ: toàn Đảng bộ có 17 chi bộ, trong đó 5 chi bộ hoàn thành xuất sắc nhiệm vụ, "
    "12 chi bộ hoàn thành tốt nhiệm vụ. Quỹ hội có 48 triệu đồng. Kết nạp 03 đảng viên, tăng 01 so với năm trước."
)
ARTICLE = article_of(TEXT)
(MARKED,) = mark_article(ARTICLE, most_characters=10**6)
MARKS = tuple(MARKED.numbers)
NONE: dict[str, Any] = {
    "part_of": [],
    "repeats": [],
    "whose": [],
    "direction": [],
    "headings": [],
    "given_by": [],
}


def number(counted: str, subject: str, grade: str | None = None) -> dict[str, Any]:
    return {"counted": counted, "subject": subject, "grade": grade, "status": "result"}


NUMBERS: dict[int, Any] = {
    1: number("chi bộ", "party_cell"),
    2: number("chi bộ hoàn thành xuất sắc nhiệm vụ", "party_cell", "excellent"),
    3: number("chi bộ hoàn thành tốt nhiệm vụ", "party_cell", "good"),
    4: number("Quỹ hội", "other"),
    5: number("đảng viên", "party_member"),
    6: number("đảng viên", "party_member"),
}


def answer(numbers: dict[int, Any], *, fixed: bool = False, **relations: Any) -> dict[str, Any]:
    keyed = {MARKED.keys[mark]: value for mark, value in numbers.items()}
    listed = [{"key": key, "count": value} for key, value in keyed.items()]
    return {"numbers": listed if fixed else keyed, **NONE, **relations}


def parsed(given: dict[str, Any], *, fixed: bool = False) -> Counts | KeyedCounts:
    return (KeyedCounts if fixed else Counts).model_validate(given)


def faults(given: dict[str, Any], *, fixed: bool = False) -> str:
    return "; ".join(counts_faults(parsed(given, fixed=fixed), MARKED, MARKS))


def read(given: dict[str, Any], *, fixed: bool = False) -> dict[str, NumberReading]:
    assert not faults(given, fixed=fixed)
    readings = number_readings(parsed(given, fixed=fixed), MARKED)
    return {reading.text: reading for reading in readings.values()}


@pytest.mark.parametrize("fixed", [False, True])
def test_each_number_is_read_by_its_mark(fixed: bool) -> None:
    found = read(answer(NUMBERS, fixed=fixed), fixed=fixed)
    assert {text: (one.subject, one.grade) for text, one in found.items()} == {
        "17": ("party_cell", None),
        "5": ("party_cell", "excellent"),
        "12": ("party_cell", "good"),
        "48": ("money", None),  # an amount of money is money whatever it is for
        "03": ("party_member", None),
        "01": ("party_member", None),
    }
    assert all(TEXT[one.at :].startswith(one.text) for one in found.values())


@pytest.mark.parametrize("fixed", [False, True])
def test_a_number_that_is_forgotten_is_asked_for(fixed: bool) -> None:
    given = answer({mark: NUMBERS[mark] for mark in MARKS[1:]}, fixed=fixed)
    assert "1. 17" in faults(given, fixed=fixed)


def test_a_number_can_count_nothing() -> None:
    assert read(answer({**NUMBERS, 6: None}))["01"].reason is not None


@pytest.mark.parametrize(
    ("mark", "said", "why"),
    [
        (1, number("trường mầm non tư thục", "school"), "không có trong bài"),
        (5, number("đảng viên", "party_member", "clean_strong"), "không nói mức clean_strong"),
    ],
)
def test_words_and_grades_that_the_article_does_not_say_are_asked_again(
    mark: int, said: dict[str, Any], why: str
) -> None:
    assert why in faults(answer({**NUMBERS, mark: said}))


def test_words_from_several_places_are_the_articles_words() -> None:
    assert read(answer({**NUMBERS, 2: number("chi bộ xếp loại xuất sắc", "party_cell", "excellent")}))[
        "5"
    ].counted


def test_relations_are_kept_where_they_can_be() -> None:
    found = read(
        answer(
            NUMBERS,
            part_of=[{"parts": [2, 3], "whole": 1}, {"parts": [1], "whole": 2}, {"parts": [5], "whole": 99}],
            repeats=[{"mark": 1, "earlier": 3}],
            direction=[{"marks": [6], "direction": "increase"}],
            whose=[{"marks": [4], "body": "Quỹ hội"}, {"marks": [5], "body": "Tỉnh đoàn"}],
        )
    )
    at = {text: one.at for text, one in found.items()}
    assert (found["5"].part_of, found["12"].part_of) == (at["17"], at["17"])
    assert found["17"].part_of is None, "a whole is no part of a smaller number"
    assert found["17"].repeats is None, "what stands first repeats nothing"
    assert found["01"].direction == "increase"
    assert (found["48"].whose, found["03"].whose) == ("Quỹ hội", None)


def test_of_an_answer_that_failed_all_is_kept_that_holds() -> None:
    raw = answer({**NUMBERS, 1: number("trường mầm non tư thục", "school"), 2: {"counted": 5}})
    raw["part_of"] = "nonsense"
    kept, left_out = counts_that_hold(raw, MARKED)
    readings = number_readings(kept, MARKED)
    assert sorted(one.text for one in readings.values()) == ["01", "03", "12", "48"]
    assert [one.text for one in left_out] == ["17"]


def test_a_share_of_money_is_no_amount_of_money() -> None:
    article = article_of("Huyện giải ngân đạt 62,1% vốn đầu tư công, quỹ hội có 48 triệu đồng.")
    (marked,) = mark_article(article, most_characters=10**6)
    answered = dict(
        zip(
            marked.keys.values(),
            (number("vốn đầu tư công", "money"), number("quỹ hội", "money")),
            strict=True,
        )
    )
    given = Counts.model_validate({"numbers": answered, **NONE})
    readings = number_readings(given, marked)
    assert [one.subject for one in readings.values()] == ["other", "money"]
