"""evals/reading.py: the judge's own reading of numbers."""

from __future__ import annotations

import pytest

from evals.reading import multiplier_after, possible_readings


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("02", (2, None)),
        ("145", (145, None)),
        ("6.481", (6481, None)),
        ("1.234.567", (1234567, None)),
        ("75,2", (75.2, None)),
        ("22.4", (22.4, None)),
        ("1.234,5", (1234.5, None)),
        ("1/5", (1, 5)),
        ("09/41", (9, 41)),
        ("17 /18", (17, 18)),
        ("351/467", (351, 467)),
        ("hai", (2, None)),
        ("Mười hai", (12, None)),
        ("hai mươi lăm", (25, None)),
        ("một trăm linh năm", (105, None)),
    ],
)
def test_vietnamese_notation_has_one_reading(text: str, reading: tuple[float, float | None]) -> None:
    assert possible_readings(text) == {reading}


def test_one_comma_before_three_digits_may_be_either() -> None:
    assert possible_readings("6,481") == {(6481, None), (6.481, None)}


@pytest.mark.parametrize("text", ["", "chi bộ", "1.2.3", "1/", "/5", "12a"])
def test_what_is_no_number_has_no_reading(text: str) -> None:
    assert possible_readings(text) == frozenset()


@pytest.mark.parametrize(
    ("after", "times"),
    [
        (" tỷ đồng", 10**9),
        ("\u00a0triệu đồng", 10**6),
        (" nghìn tỷ đồng", 10**12),
        (" đảng viên", 1),
        ("", 1),
        (" tỷlệ", 1),
    ],
)
def test_words_of_magnitude_multiply(after: str, times: int) -> None:
    assert multiplier_after(after) == times
