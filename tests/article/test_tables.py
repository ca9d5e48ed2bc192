"""Tables of every form are read whole: which number stands in which row and column, and what it counts there.

Twenty tables, five forms times four kinds of head, as pages, Word files and pasted texts have them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.article.tables import find_tables
from summarizer.rules.counts import read_numbers
from summarizer.sources.document import Document
from summarizer.sources.loading import read_document

Rows = list[list[str]]
Read = tuple[str, float, str, str | None, str | None, str]

BEFORE = (
    "Ngày 15/1/2021, Đảng ủy Trường Hoa Sữa tổ chức hội nghị tổng kết công tác năm 2020. Hội nghị đã nghe báo cáo và "
    "thảo luận sôi nổi về những việc đã làm trong năm qua của toàn trường, nhất là những số liệu sau đây"
)
AFTER = "Hội nghị biểu dương 3 tập thể và nhất trí với phương hướng được trình bày trong báo cáo của Đảng ủy trường."

GOALS: Rows = [
    ["STT", "Nội dung", "Số lượng"],
    ["1", "Đảng viên hoàn thành xuất sắc nhiệm vụ", "40"],
    ["2", "Đảng viên hoàn thành tốt nhiệm vụ", "1.300"],
    ["3", "Chi bộ trực thuộc", "12"],
]
BODIES: Rows = [
    ["Đơn vị", "Đảng viên", "Xuất sắc", "Hoàn thành tốt nhiệm vụ"],
    ["Khoa Toán", "40", "5", "30"],
    ["Khoa Lý", "30", "6", "20"],
    ["Tổng số", "70", "11", "50"],
]
PLANS: Rows = [
    ["Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ đạt (%)"],
    ["Kết nạp đảng viên", "người", "10", "12", "120"],
    ["Kinh phí hoạt động", "triệu đồng", "1.500", "1.620,5", "108"],
    ["Học sinh giỏi cấp tỉnh", "em", "20", "25", "125"],
]
GRADES: Rows = [
    ["Khối", "Số lớp", "Học sinh", "Tỷ lệ chuyên cần (%)"],
    ["6", "4", "150", "98,5"],
    ["7", "4", "148", "99"],
    ["Cộng", "8", "298", "98,7"],
]


def count(text: str, value: float, subject: str, grade: str | None = None, status: str = "result") -> Read:
    return text, value, "count", subject, grade, status


MEANT: dict[str, tuple[Rows, list[Read]]] = {
    "numbered rows": (
        GOALS,
        [
            count("40", 40, "party_member", "excellent"),
            count("1.300", 1_300, "party_member", "good"),
            count("12", 12, "party_cell"),
        ],
    ),
    "a row each body": (
        BODIES,
        [
            count("40", 40, "party_member"), count("5", 5, "party_member", "excellent"),
            count("30", 30, "party_member", "good"),
            count("30", 30, "party_member"), count("6", 6, "party_member", "excellent"),
            count("20", 20, "party_member", "good"),
            count("70", 70, "party_member"), count("11", 11, "party_member", "excellent"),
            count("50", 50, "party_member", "good"),
        ],
    ),
    "targets and results": (
        PLANS,
        [
            count("10", 10, "party_member", status="target"), count("12", 12, "party_member"),
            ("120", 120, "percent", "other", None, "result"),
            ("1.500", 1_500_000_000, "money", "money", None, "target"),
            ("1.620,5", 1_620_500_000, "money", "money", None, "result"),
            ("108", 108, "percent", "other", None, "result"),
            count("20", 20, "learner", status="target"), count("25", 25, "learner"),
            ("125", 125, "percent", "other", None, "result"),
        ],
    ),
    "named rows": (
        GRADES,
        [
            count("4", 4, "class"), count("150", 150, "learner"),
            ("98,5", 98.5, "percent", "learner", None, "result"),
            count("4", 4, "class"), count("148", 148, "learner"), ("99", 99, "percent", "learner", None, "result"),
            count("8", 8, "class"), count("298", 298, "learner"),
            ("98,7", 98.7, "percent", "learner", None, "result"),
        ],
    ),
}  # fmt: skip


def markdown(rows: Rows, folder: Path) -> Document:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    path = folder / "a.md"
    path.write_text(f"{BEFORE}:\n\n" + "\n".join(lines) + f"\n\n{AFTER}\n", encoding="utf-8")
    return read_document(path)


def page(rows: Rows, folder: Path) -> Document:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    path = folder / "a.html"
    path.write_text(
        f"<html><body><article><h1>Hội nghị</h1><p>{BEFORE}:</p><table>{body}</table>"
        f"<p>{AFTER}</p></article></body></html>",
        encoding="utf-8",
    )
    return read_document(path)


def word(rows: Rows, folder: Path) -> Document:
    made = docx.Document()
    made.add_paragraph(BEFORE + ":")
    table = made.add_table(len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    made.add_paragraph(AFTER)
    path = folder / "a.docx"
    made.save(str(path))
    return read_document(path)


def tabs(rows: Rows, folder: Path) -> Document:
    return Document("a.txt", f"{BEFORE}:\n" + "\n".join("\t".join(row) for row in rows) + f"\n{AFTER}\n")


def lines(rows: Rows, folder: Path) -> Document:
    return Document("a.txt", f"{BEFORE}:\n\n" + "\n".join("\n".join(row) for row in rows) + f"\n\n{AFTER}\n")


def read(document: Document) -> list[Read]:
    article = take_apart(document)
    readings = read_numbers(article).values()
    return [
        (one.text, one.value, one.unit, one.subject, one.grade, one.status or "")
        for one in readings
        if one.reason is None and one.at > document.text.index("sau đây")
    ]


@pytest.mark.parametrize("made", [markdown, page, word, tabs, lines], ids=lambda token: token.__name__)
@pytest.mark.parametrize("kind", MEANT)
def test_a_table_is_read_whole_in_every_form(
    kind: str, made: Callable[[Rows, Path], Document], tmp_path: Path
) -> None:
    rows, meant = MEANT[kind]
    assert read(made(rows, tmp_path)) == [*meant, count("3", 3, "collective")]


def texts(text: str) -> list[Read]:
    return read(Document("a.txt", f"sau đây {text}"))


def test_two_rows_of_heads_are_both_read() -> None:
    found = texts(
        "\n| TT | Đơn vị | Xếp loại chi bộ | | Xếp loại đảng viên | |\n"
        "| | | HTXSNV | HTTNV | HTXSNV | HTTNV |\n"
        "| 1 | Khoa Toán | 2 | 3 | 20 | 30 |\n| 2 | Khoa Lý | 1 | 4 | 10 | 25 |\n"
    )
    assert [(one[0], one[3], one[4]) for one in found[:4]] == [
        ("2", "party_cell", "excellent"),
        ("3", "party_cell", "good"),
        ("20", "party_member", "excellent"),
        ("30", "party_member", "good"),
    ]


def test_a_row_of_one_cell_labels_the_rows_below_it() -> None:
    found = texts(
        "\n| Mức xếp loại | Số lượng |\n| Chi bộ | |\n| Hoàn thành tốt nhiệm vụ | 5 |\n| Đảng viên | |\n"
        "| Hoàn thành tốt nhiệm vụ | 40 |\n"
    )
    assert [(one[0], one[3], one[4]) for one in found] == [
        ("5", "party_cell", "good"),
        ("40", "party_member", "good"),
    ]


def test_groups_and_empty_lines_stand_between_cells_line_by_line() -> None:
    found = texts(
        "\nMức\nSố lượng\nTỷ lệ\na) Chi bộ\n\nHTXSNV\n2\n40%\nHTTNV\n3\n60%\nb) Đảng viên\n\nHTTNV\n25\n100%\n"
    )
    assert [(one[0], one[3], one[4]) for one in found] == [
        ("2", "party_cell", "excellent"),
        ("40", "party_cell", "excellent"),
        ("3", "party_cell", "good"),
        ("60", "party_cell", "good"),
        ("25", "party_member", "good"),
        ("100", "party_member", "good"),
    ]


def test_a_cell_with_its_noun_breaks_no_table_line_by_line() -> None:
    found = texts(
        "\nNội dung\nKế hoạch\nThực hiện\nHọc sinh giỏi\n20\n25\nHọc sinh được khen\n60%\n311 em\nSáng kiến\n8\n9\n"
    )
    assert [(one[0], one[3]) for one in found] == [
        ("20", "learner"),
        ("25", "learner"),
        ("60", "learner"),
        ("311", "learner"),
        ("8", "research"),
        ("9", "research"),
    ]


def test_numbered_names_line_by_line_are_no_table() -> None:
    assert find_tables("Danh sách khen thưởng\n\n1\nTổ Lá\n2\nTổ Chồi\n3\nTổ Mầm\n4\nTổ Hoa\n") == []


def test_the_line_above_says_what_no_cell_says() -> None:
    found = texts(
        "\nKết quả xếp loại đảng viên\n"
        "| Năm | Xuất sắc | Tốt |\n|---|---|---|\n| 2019 | 5 | 40 |\n| 2020 | 7 | 45 |\n"
    )
    assert [(one[0], one[3], one[4]) for one in found] == [
        ("5", "party_member", "excellent"), ("40", "party_member", "good"),
        ("7", "party_member", "excellent"), ("45", "party_member", "good"),
    ]  # fmt: skip


def test_a_sentence_above_a_table_is_no_heading_of_it() -> None:
    text = "Phấn đấu kết nạp đảng viên.\n\n| Khoa | Đảng viên |\n|---|---|\n| Toán | 12 |\n| Lý | 9 |\n"
    (one,) = (one for one in read_numbers(take_apart(Document("a.txt", text))).values() if one.text == "12")
    assert (one.status, one.heading) == ("result", None)


def test_pupils_ratings_are_no_grades() -> None:
    found = texts("\n| Học lực | Số học sinh | Tỷ lệ |\n| Tốt | 40 | 20% |\n| Khá | 100 | 50% |\n")
    assert [(one[0], one[2], one[3], one[4]) for one in found] == [
        ("40", "count", "learner", None), ("20", "percent", "learner", None),
        ("100", "count", "learner", None), ("50", "percent", "learner", None),
    ]  # fmt: skip


def test_money_takes_its_unit_from_the_head_or_the_line_above() -> None:
    head = texts("\n| Nguồn | Kinh phí (triệu đồng) |\n| Ngân sách | 1.234,5 |\n| Xã hội hóa | 300 |\n")
    assert [(one[1], one[2]) for one in head] == [(1_234_500_000, "money"), (300_000_000, "money")]
    above = texts("\nĐơn vị tính: tỷ đồng\n| Nguồn | 2019 | 2020 |\n| Thu | 12,5 | 13 |\n| Chi | 10 | 11 |\n")
    assert [one[1] for one in above] == [12_500_000_000, 13_000_000_000, 10_000_000_000, 11_000_000_000]


def test_rows_of_a_table_separated_by_commas_or_semicolons_are_cells() -> None:
    for mark in (";", ","):
        text = "\n".join(mark.join(row) for row in BODIES)
        assert [one[0] for one in texts("\n" + text + "\n")] == [
            "40",
            "5",
            "30",
            "30",
            "6",
            "20",
            "70",
            "11",
            "50",
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Trang chủ | Giới thiệu | Tin tức\nLiên hệ | Góp ý | 2020",
        "Ông Nguyễn Văn A, Bí thư\nÔng Trần Văn B, Phó Bí thư\nÔng Lê Văn C, Ủy viên",
        "Danh sách\nNguyễn Văn A\nTrần Văn B\nLê Văn C",
        "Kết nạp 12 đảng viên.\nKhen thưởng 5 tập thể.",
    ],
)
def test_what_is_no_table_has_no_counts_of_one(text: str) -> None:
    article = take_apart(Document("a.txt", text))
    assert article.table_numbers == {}


def test_a_heading_above_a_table_does_not_reach_what_comes_after_it() -> None:
    document = tabs([["Chỉ tiêu", "Kế hoạch"], ["Kết nạp đảng viên", "10"], ["Chi bộ", "3"]], Path())
    after = [one for one in read_numbers(take_apart(document)).values() if one.text == "3"][-1]
    assert (after.heading, after.status) == ("biểu dương", "result")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # below a head that is a kind of body every label is a body's name, with or without its kind
        (
            "| STT | Đơn vị | Số đảng viên | HTXSNV |\n| 1 | Toán | 12 | 3 |\n| 2 | Văn phòng | 10 | 2 |\n",
            [("party_member", "Toán", None)] * 2 + [("party_member", "Văn phòng", None)] * 2,
        ),
        # but for what is counted
        (
            "| TT | Tổ chức | Số lượng |\n| 1 | Đảng bộ cơ sở | 12 |\n| 2 | Chi bộ cơ sở | 30 |\n",
            [("party_organization", None, None), ("party_cell", None, None)],
        ),
        # the name of any other row is the number's heading
        (
            "| STT | Khối | Số lớp | Học sinh |\n| 1 | Mầm non | 2 | 60 |\n| | Cộng | 2 | 60 |\n",
            [
                ("class", None, "Mầm non"),
                ("learner", None, "Mầm non"),
                ("class", None, None),
                ("learner", None, None),
            ],
        ),
        (
            "| Mục | Năm 2023 (triệu đồng) | Năm 2024 (triệu đồng) |\n| Lợi nhuận | 645 | 747 |\n",
            [("money", None, "Lợi nhuận")] * 2,
        ),
    ],
)
def test_a_number_keeps_the_name_of_its_row(
    rows: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    read = read_numbers(take_apart(Document("a.txt", rows))).values()
    assert [(one.subject, one.whose, one.heading) for one in read if one.reason is None] == expected


_CELL = st.text(st.sampled_from("aăô 0123456789.,%/()-|\t\n;:"), max_size=6)


@given(st.lists(st.lists(_CELL, min_size=1, max_size=5), max_size=8), st.sampled_from("|\t;,\n"))
def test_every_cell_stands_in_the_text_and_none_twice(rows: Rows, mark: str) -> None:
    text = "\n".join(mark.join(row) for row in rows)
    article = take_apart(Document("a.txt", text))
    spans = [(cell.at, cell.end) for table in find_tables(text) for cell in table.cells if cell.end > cell.at]
    assert all(0 <= at < end <= len(text) for at, end in spans)
    assert len(spans) == len(set(spans))
    assert all(text[number.at : number.end] == number.text for number in article.numbers)
    assert [number.at for number in article.numbers] == sorted({number.at for number in article.numbers})
