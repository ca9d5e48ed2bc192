"""Passages are short, hold every number once, and mark each so that two alike are told apart."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from summarizer.model.small import Passage, join_passages, marked
from tests.marked import numbers_of


def passages_of(text: str, cuts: list[int]) -> list[Passage]:
    numbers = numbers_of(text)
    edges = [0, *cuts, len(text)]
    return [
        Passage(at, end, tuple(n for n in numbers if at <= n.at < end))
        for at, end in itertools.pairwise(edges)
    ]


def test_each_number_is_marked_in_its_place() -> None:
    text = "có 02 chi bộ\u00a0và\n02 đảng viên"
    (passage,) = passages_of(text, [])
    assert marked(text, passage) == "có [1]02 chi bộ và [2]02 đảng viên"
    assert passage.keys == ("1. 02", "2. 02")


def test_a_number_with_spaces_has_a_plain_key() -> None:
    text = "có 17\u00a0/18 đảng viên"
    (passage,) = passages_of(text, [])
    assert passage.keys == ("1. 17 /18",)


LISTS = st.lists(st.integers(10, 99), min_size=1, max_size=40)


@given(LISTS, st.integers(1, 7), st.integers(30, 400))
def test_every_number_is_asked_about_once_and_no_question_holds_too_many(
    values: list[int], most_numbers: int, most_chars: int
) -> None:
    text = "; ".join(f"{value} đảng viên" for value in values)
    cuts = [i + 2 for i, character in enumerate(text) if character == ";"]
    joined = join_passages(passages_of(text, cuts), most_numbers=most_numbers, most_chars=most_chars)
    assert [number.at for passage in joined for number in passage.numbers] == [
        number.at for number in numbers_of(text)
    ]
    assert all(1 <= len(passage.numbers) <= most_numbers for passage in joined)
    assert all(len(passage.numbers) == 1 or passage.end - passage.at <= most_chars for passage in joined)


def test_clauses_under_different_headings_are_asked_about_apart() -> None:
    first, second = passages_of("5 lớp; 6 lớp", [6])
    clauses = [
        Passage(first.at, first.end, first.numbers, "A"),
        Passage(second.at, second.end, second.numbers, "B"),
    ]
    assert join_passages(clauses, most_numbers=5, most_chars=400) == clauses
