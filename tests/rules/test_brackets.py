"""Brackets: which number another one goes with."""

from __future__ import annotations

import pytest

from summarizer.article.normalize import split_words
from summarizer.rules.counts import open_before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có 3 tổ và 4 đội", [None, 0]),
        ("tốt 35 (có 7 đảng bộ và 28 chi bộ), chiếm 68", [None, 0, 1, 0]),
        ("9 (gồm 5 (trong đó 2 nữ) và 4 nam) và 3", [None, 0, 1, 1, 0]),
        ("7) là 5 và (8) 3", [None, None, 1, 1]),
    ],
)
def test_a_number_goes_with_the_last_one_that_no_bracket_has_closed(
    text: str, expected: list[int | None]
) -> None:
    spelled = split_words(text).spelled
    places = {at: index for index, at in enumerate(at for at, word in enumerate(spelled) if word.isdecimal())}
    assert [open_before(spelled, 0, at, places) for at in places] == expected


def test_each_sentence_begins_anew() -> None:
    spelled = split_words("3 tổ (4 đội 5 nhóm").spelled
    assert open_before(spelled, 3, 3, {0: 0, 3: 1}) is None
