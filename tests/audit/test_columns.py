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
    counts = reconcile(article, read(article), None, policy_for("none"))["counts"]
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


@pytest.mark.parametrize(
    ("head", "rows", "arithmetic"),
    [
        pytest.param("Nam | Nữ", ["40 | 25 | 14"], "25 + 14 = 39 ≠ 40", id="two that leave no third"),
        pytest.param(
            "Hà Nội | Huế",
            ["40 | 25 | 15", "30 | 10 | 21"],
            "10 + 21 = 31 ≠ 30",
            id="more than what agrees in another row",
        ),
        pytest.param(
            "Hoàn thành xuất sắc nhiệm vụ | Hoàn thành tốt nhiệm vụ",
            ["40 | 25 | 18"],
            "25 + 18 = 43 ≠ 40",
            id="grades exclude each other",
        ),
        pytest.param(
            "Hà Nội | Huế | Vinh",
            ["120 | 60 | 40 | 18"],
            "60 + 40 + 18 = 118 ≠ 120",
            id="three that come close",
        ),
        pytest.param(
            "Hà Nội | Huế | Tổng số | Nam | Nữ",
            ["40 | 25 | 15 | 8 | 5 | 2", "30 | 20 | 10 | 9 | 6 | 3"],
            "5 + 2 = 7 ≠ 8",
            id="parts end at the next total",
        ),
    ],
)
def test_a_row_that_must_be_whole_is_held_against_its_total(
    head: str, rows: list[str], arithmetic: str
) -> None:
    table = [f"Đơn vị | Tổng số | {head}", *(f"Khoa {at} | {row}" for at, row in enumerate(rows))]
    assert [one.arithmetic for one in findings([row.split(" | ") for row in table])] == [arithmetic]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        pytest.param("Nữ | Dân tộc", ["40 | 25 | 20"], id="parts may overlap"),
        pytest.param("Nữ | Dân tộc", ["5 | 5 | 0", "40 | 25 | 20"], id="a part that is all proves nothing"),
        pytest.param(
            "Nữ | Dân tộc", ["40 | 25 | 15", "40 | 5 | 2", "50 | 3 | 9"], id="one row agrees by chance"
        ),
        pytest.param(
            "Hoàn thành xuất sắc nhiệm vụ | Hoàn thành tốt nhiệm vụ",
            ["40 | 8 | 30"],
            id="others have no grade",
        ),
        pytest.param("Nam | Nữ", ["40 | 25 | 14 (2 mới)"], id="a part that is not read"),
    ],
)
def test_a_row_that_need_not_be_whole_is_left_alone(head: str, rows: list[str]) -> None:
    table = [f"Đơn vị | Tổng số | {head}", *(f"Khoa {at} | {row}" for at, row in enumerate(rows))]
    assert findings([row.split(" | ") for row in table]) == []


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
