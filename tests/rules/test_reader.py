"""The reader by rules as a whole: what its parts say of the same number."""

from __future__ import annotations

import pytest

from tests.by_rules import article_of, counts_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đồng chí đề nghị mỗi chi bộ kết nạp 5 đảng viên.", {"5": "target"}),
        (
            "Đồng chí yêu cầu các chi bộ rút kinh nghiệm từ việc đã kỷ luật 4 đảng viên, cần kết nạp 15 đảng viên.",
            {"4": "result", "15": "target"},
        ),
        (
            "UBND huyện cần quan tâm hỗ trợ 30 hộ nghèo, vì đến nay mới có 12 hộ thoát nghèo.",
            {"30": "target", "12": "result"},
        ),
        ("Đề nghị cấp trên khen thưởng 2 tập thể.", {"2": "result"}),
        ("Đề nghị thực hiện các mục tiêu đã đề ra, kết nạp 9 đảng viên.", {"9": "target"}),
    ],
)
def test_a_sentence_that_says_what_is_to_be_done_has_targets_but_for_past_facts(
    text: str, expected: dict[str, str]
) -> None:
    assert {count.text: count.status for count in counts_of(article_of(text))} == expected


def test_a_line_above_a_table_says_what_is_counted_and_the_row_of_what() -> None:
    text = (
        "Kết quả kết nạp đảng viên mới của các chi bộ trực thuộc như sau:\n"
        "\n| Đơn vị | Kỳ I | Kỳ II |\n|---|---|---|\n| Thôn Đông | 3 | 4 |\n| Thôn Đoài | 2 | 5 |\n"
    )
    counts = counts_of(article_of(text))
    assert [(count.subject, count.counted) for count in counts] == [
        ("party_member", "Thôn Đông"),
        ("party_member", "Thôn Đông"),
        ("party_member", "Thôn Đoài"),
        ("party_member", "Thôn Đoài"),
    ]
