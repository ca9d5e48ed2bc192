"""Tables whose cells a page's text has one by one: which number stands in which row and column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.article.tables import find_table_numbers
from summarizer.rules.counts import find_candidates
from summarizer.sources.document import Document

LINES = """Kết quả xếp loại như sau:
TT
Mức xếp loại
Chi bộ
Tỷ lệ
Đảng viên
Tỷ lệ
1
Hoàn thành xuất sắc nhiệm vụ
09
19,1%
821
15,3%
2
Hoàn thành tốt nhiệm vụ
38
80,9%
4.546
84,7%
Cộng
47
100%
5.367
100%

Hội nghị bế mạc.
"""
BARS = """| Xếp loại | Chi bộ | Đảng viên |
|---|---|---|
| Hoàn thành tốt nhiệm vụ | 5 | 40 |
| Hoàn thành nhiệm vụ | 1 | 2 |
"""


def meanings(text: str) -> list[tuple[str, str, str | None]]:
    candidates = find_candidates(take_apart(Document("text", text)))
    return [
        (one.number.text, one.meaning.subject, one.meaning.grade) for one in candidates if one.meaning.known
    ]


def test_a_number_is_of_its_column_and_has_the_grade_of_its_row() -> None:
    assert meanings(LINES) == [
        ("09", "party_cell", "excellent"),
        ("19,1", "party_cell", "excellent"),
        ("821", "party_member", "excellent"),
        ("15,3", "party_member", "excellent"),
        ("38", "party_cell", "good"),
        ("80,9", "party_cell", "good"),
        ("4.546", "party_member", "good"),
        ("84,7", "party_member", "good"),
        ("47", "party_cell", None),
        ("100", "party_cell", None),
        ("5.367", "party_member", None),
        ("100", "party_member", None),
    ]


def test_a_row_may_stand_on_one_line_between_bars() -> None:
    assert meanings(BARS) == [
        ("5", "party_cell", "good"),
        ("40", "party_member", "good"),
        ("1", "party_cell", "completed"),
        ("2", "party_member", "completed"),
    ]


def test_short_lines_with_a_number_here_and_there_are_no_table() -> None:
    text = "Trang chủ\nTin tức\n12\nLiên hệ\nVăn bản\nLịch công tác\nThư viện ảnh\n3\n4\nHỏi đáp\n"
    assert list(find_table_numbers(text)) == []


def test_a_row_of_another_width_is_left_alone() -> None:
    text = "Lớp\nHọc sinh\nNữ\nKhối 6\n120\n60\nKhối 7\n110\n55\nKhối 8\n90\n"
    assert [text[number.at :].split()[0] for number in find_table_numbers(text)] == ["120", "60", "110", "55"]


@given(st.text(alphabet=st.sampled_from("Lớp 12,5%\n|/-Tt\t."), max_size=200))
def test_every_number_and_every_head_stands_where_it_says(text: str) -> None:
    for number in find_table_numbers(text):
        assert text[number.at].isdecimal()
        for at, end in (number.label, *number.heads):
            assert 0 <= at < end <= len(text)
            assert text[at:end].strip() == text[at:end]
