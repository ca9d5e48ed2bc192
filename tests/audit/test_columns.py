"""Tables that do not add up are found, and those that do are left alone."""

from __future__ import annotations

import pytest

from summarizer.article.article import take_apart
from summarizer.audit import audit
from summarizer.referee.policy import policy_for
from summarizer.referee.reconciling import reconcile
from summarizer.rules.reader import read
from summarizer.schemas.report import Finding
from summarizer.sources.document import Document

ROWS = [["Đơn vị", "Tổng số", "Nam", "Nữ"], ["Khoa Toán", "40", "25", "15"], ["Khoa Lý", "30", "10", "20"]]
TOTAL = ["Cộng", "70", "35", "35"]


def findings(rows: list[list[str]], above: str = "Đảng viên của các đơn vị") -> list[Finding]:
    text = f"{above}\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
    article = take_apart(Document("a.txt", text))
    counts = reconcile(article, read(article), None, policy_for("none")).counts
    return list(audit(article, counts))


def test_a_table_that_adds_up_has_no_finding() -> None:
    assert findings([*ROWS, TOTAL]) == []


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_a_total_below_its_column_is_held_against_it(wrong: int) -> None:
    total = [cell if i != wrong else str(int(cell) + 1) for i, cell in enumerate(TOTAL)]
    found = findings([*ROWS, total])
    assert {one.places[0].text for one in found} >= {total[wrong]}
    assert all(one.kind == "parts_total" for one in found)
    assert any(f"≠ {total[wrong]}" in one.arithmetic for one in found)


def test_a_total_of_a_row_is_held_against_it_where_the_others_agree() -> None:
    rows = [*ROWS, ["Khoa Hóa", "22", "10", "11"]]
    assert [one.arithmetic for one in findings(rows)] == ["10 + 11 = 21 ≠ 22"]


def test_a_total_above_its_rows_may_count_more_than_they_list() -> None:
    rows = [ROWS[0], ["Toàn trường", "90", "50", "40"], *ROWS[1:]]
    assert findings([row[:2] for row in rows]) == []


def test_rows_of_another_group_and_parts_of_a_row_are_not_summed() -> None:
    rows = [
        ["Nội dung", "Số lượng"],
        ["Đảng viên chính thức", "30"],
        ["- Trong đó: nữ", "12"],
        ["Cộng", "30"],
    ]
    assert findings(rows) == []
