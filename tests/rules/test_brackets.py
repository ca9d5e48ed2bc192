"""Brackets: which number another one goes with, and which it is a part of."""

from __future__ import annotations

import pytest

from summarizer.article.normalize import split_words
from summarizer.rules.counts import Brackets
from summarizer.rules.scope import Clause
from summarizer.schemas.offsets import TokenIndex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có 3 tổ và 4 đội", [(None, None), (0, None)]),
        ("tốt 35 (có 7 đảng bộ và 28 chi bộ), chiếm 68", [(None, None), (0, 0), (1, 0), (0, None)]),
        ("tốt 35 (tăng 7 so với năm trước), đạt 68", [(None, None), (0, None), (0, None)]),
        ("9 (gồm 5 (trong đó 2 nữ) và 4 nam) và 3", [(None, None), (0, 0), (1, 1), (1, 0), (0, None)]),
        ("7) là 5 và (8) 3", [(None, None), (0, None), (1, 1), (1, None)]),
    ],
)
def test_a_number_goes_with_the_last_one_that_no_bracket_has_closed(
    text: str, expected: list[tuple[int | None, int | None]]
) -> None:
    words = split_words(text)
    brackets, clause = Brackets(words), Clause(TokenIndex(0), words.stop)
    numbers = [TokenIndex(index) for index, token in enumerate(words.spelled) if token.isdecimal()]
    assert [brackets.enter(clause, index) for index in numbers] == expected


def test_each_sentence_begins_anew() -> None:
    words = split_words("3 tổ (4 đội 5 nhóm")
    brackets = Brackets(words)
    begin, middle = TokenIndex(0), TokenIndex(3)
    brackets.enter(Clause(begin, middle), begin)
    assert brackets.enter(Clause(middle, words.stop), middle) == (None, None)
