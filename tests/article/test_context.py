"""The words around a place, as far as they belong to it."""

from __future__ import annotations

import pytest

from summarizer.article.context import words_after, words_before


def around(snippet: str) -> tuple[list[str], list[str]]:
    at = snippet.index("#")
    return words_before(snippet, at), words_after(snippet, at + 1)


@pytest.mark.parametrize(
    ("snippet", "before", "after"),
    [
        (
            "tặng giấy khen cho # đảng viên hoàn thành xuất sắc",
            ["tặng", "giấy", "khen", "cho"],
            ["đảng", "viên", "hoàn", "thành"],
        ),
        ("năm 2021. # tập thể, cá nhân", [], ["tập", "thể"]),
        ("lớp 8, # và", [], ["và"]),
        ("tổ dân phố (# thôn)", [], ["thôn"]),
        ("mô hình “# không”".replace("“", '"').replace("”", '"'), ["mô", "hình"], ["không"]),
        ("👍👍chi bộ # họp", ["chi", "bộ"], ["họp"]),
        ("lượt xem: #, hôm", [], []),
        ("chi bộ\n# đảng viên", [], ["đảng", "viên"]),
        ("trong\nnăm # và\n\nnăm", ["trong", "năm"], ["và"]),
        ("trong\r\n \r\nnăm # và\r\n\r\nnăm", ["năm"], ["và"]),
        ("#", [], []),
    ],
)
def test_no_word_is_taken_from_across_a_mark(snippet: str, before: list[str], after: list[str]) -> None:
    assert around(snippet) == (before, after)


def test_a_word_that_the_window_cuts_is_not_taken() -> None:
    assert words_before("x" * 100 + " " + "y" * 40 + " z #", 144)[-1] == "z"
    assert "x" * 9 not in words_before("x" * 100 + " " + "y" * 40 + " z #", 144)
