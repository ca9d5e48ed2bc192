"""The heading or programme a number stands under."""

from __future__ import annotations

import pytest

from summarizer.article.article import take_apart
from summarizer.article.headings import heading_above
from summarizer.schemas.offsets import TextOffset
from summarizer.sources.document import Document


def heading_of(text: str, number: str) -> str | None:
    return heading_above(take_apart(Document("text", text)), TextOffset(text.index(number)))


@pytest.mark.parametrize(
    ("text", "number", "heading"),
    [
        (
            "Năm 2020 mở 9 lớp. Cụ thể: Hệ liên kết đào tạo 01 lớp; Bồi dưỡng công tác Đảng, đoàn thể 08 lớp.",
            "01",
            "Hệ liên kết đào tạo",
        ),
        (
            "Năm 2020 mở 9 lớp. Cụ thể: Hệ liên kết đào tạo 01 lớp; Bồi dưỡng công tác Đảng, đoàn thể 08 lớp.",
            "08",
            "Bồi dưỡng công tác Đảng, đoàn thể",
        ),
        (
            "Kết quả xếp loại đảng viên:\n\n- Có 12 đồng chí hoàn thành tốt nhiệm vụ.",
            "12",
            "Kết quả xếp loại đảng viên",
        ),
        ("Cụ thể:\n\n- Có 12 đồng chí.", "12", None),
        ("Hội nghị có 12 đại biểu dự.", "12", None),
        ("Chia sẻ bài viết:\n\nToàn huyện có 12 hội viên.", "12", None),
        (
            "Về phát triển hội viên:\n\nChia sẻ bài viết:\n\n- Kết nạp 12 người.",
            "12",
            "Về phát triển hội viên",
        ),
        # words under way to what is counted are none
        ("Dự hội nghị có lãnh đạo Sở; toàn thể đảng viên thuộc 4 chi bộ.", "4", None),
        ("Nâng cao chất lượng: nghiên cứu; Tập trung triển khai 01 đề tài.", "01", None),
    ],
)
def test_a_number_stands_under_its_programme_or_the_line_above(
    text: str, number: str, heading: str | None
) -> None:
    assert heading_of(text, number) == heading
