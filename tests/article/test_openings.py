"""Openings: what ties a sentence to its page is left out where it stands alone."""

from __future__ import annotations

import pytest

from summarizer.article.openings import on_its_own, only_joins


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Đồng chí cũng nhấn mạnh ba việc./.", "Nhấn mạnh ba việc."),
        ("Đồng chí Lê An yêu cầu làm tốt.", "Đồng chí Lê An yêu cầu làm tốt."),
        ("Tuy nhiên, công tác phối hợp chưa tốt.", "Công tác phối hợp chưa tốt."),
        ("Đồng thời đề nghị các chi bộ đổi mới;", "Đề nghị các chi bộ đổi mới."),
        ("- đội ngũ còn thiếu...", "Đội ngũ còn thiếu…"),
        ("Đồng thời", "Đồng thời."),
        ("Nổi bật là, phụ nữ đã trồng 50 cây xanh.", "Phụ nữ đã trồng 50 cây xanh."),
        ("Kết quả, có 50 cây xanh được trồng.", "Có 50 cây xanh được trồng."),
        ("Kết quả bình xét được công khai.", "Kết quả bình xét được công khai."),
        ("3. Trồng 50 cây xanh", "Trồng 50 cây xanh."),
        ("4. 100% đảng viên giữ gìn đạo đức.", "100% đảng viên giữ gìn đạo đức."),
        ("1.200 hộ thoát nghèo.", "1.200 hộ thoát nghèo."),
        ("Có 07 giải , trong đó 03 giải nhất .", "Có 07 giải, trong đó 03 giải nhất."),
    ],
)
def test_a_sentence_can_stand_without_those_before_it(sentence: str, alone: str) -> None:
    assert on_its_own(sentence) == alone


@pytest.mark.parametrize(
    ("words", "joins"),
    [("Nổi bật", True), ("Kết quả đạt được", True), ("Kết quả thi đua", False), ("Hệ đại học", False)],
)
def test_words_that_only_join_say_nothing_of_their_own(words: str, joins: bool) -> None:
    assert only_joins(words) is joins
