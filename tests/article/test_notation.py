"""What a numeral is worth by its own shape, and exact multiples of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.notation import read_value, times


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("02", 2), ("0", 0), ("2.157", 2157), ("6.481", 6481), ("1.400.000", 1400000), ("2.118.999", 2118999),
        ("75,2", 75.2), ("0,15", 0.15), ("99.0", 99), ("22.4", 22.4), ("55.05", 55.05), ("0.125", 0.125),
        ("6.481,5", 6481.5), ("1,234.5", 1234.5), ("1,400,000", 1400000), ("1 250 000", 1250000), ("4,450", 4450),
        ("0,450", 0.45), ("１２", 12), ("٣", 3), ("2.157,00", 2157),
    ],
)  # fmt: skip
def test_a_numeral_has_the_value_of_its_shape(written: str, value: float) -> None:
    assert read_value(written) == value
    assert isinstance(read_value(written), type(value))


@pytest.mark.parametrize(
    "written", ["1.2.3", "1,2,3", "1.23.456,7", "1.234.56", "1" * 30, "1,2.3,4", "1/5", "ba", ""]
)
def test_other_shapes_have_none(written: str) -> None:
    assert read_value(written) is None


def test_one_comma_and_three_digits_are_a_decimal_where_thousands_make_no_sense() -> None:
    assert read_value("1,234", thousands=False) == 1.234


@given(st.integers(0, 10**12))
def test_thousands_marked_by_dots_or_commas_are_the_plain_integer(number: int) -> None:
    assert read_value(f"{number:,}".replace(",", ".")) == number
    assert read_value(f"{number:,}") == number
    assert read_value(str(number)) == number


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_a_decimal_comma_and_a_decimal_dot_are_read_alike(whole: int, hundredths: int) -> None:
    assert (
        read_value(f"{whole},{hundredths:02}")
        == read_value(f"{whole}.{hundredths:02}")
        == float(f"{whole}.{hundredths:02}")
    )


def test_multiples_are_exact() -> None:
    assert times(13.4, 1_000_000_000) == 13_400_000_000
    assert isinstance(times(13.4, 1_000_000_000), int)
    assert times(0.3, 1) == 0.3
