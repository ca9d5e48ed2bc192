"""Targets and results: what is planned says so near the number, or stands in a section of plans."""

from __future__ import annotations

import pytest

from summarizer.article import take_apart
from summarizer.documents import Document


def statuses(text: str) -> list[str]:
    article = take_apart(Document("text", text))
    found = []
    for number in article.numbers:
        if number.reason is None:
            sentence = article.sentence_at(number.at)
            found.append(article.plans.status(number.at, (sentence.at, sentence.end)))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng bộ kết nạp 12 đảng viên.", ["result"]),
        ("Phấn đấu kết nạp 12 đảng viên.", ["target"]),
        ("Dự kiến tổng số lớp sẽ là 22 lớp.", ["target"]),
        ("Năm qua đề ra mục tiêu lớn, đã kết nạp 12 đảng viên.", ["result"]),
        ("Nhiệm vụ trọng tâm năm 2021 là nâng cao chất lượng. Triển khai 02 đề tài.", ["target"]),
        (
            "Phương hướng năm tới:\n- Kết nạp 5 đảng viên;\n- Mở 3 lớp.\n\nHội nghị khen 7 cá nhân.",
            ["target"] * 2 + ["result"],
        ),
        ("Kết quả thực hiện chỉ tiêu: kết nạp 8 đảng viên.", ["result"]),
    ],
)
def test_the_status_is_where_the_number_stands(text: str, expected: list[str]) -> None:
    assert statuses(text) == expected
