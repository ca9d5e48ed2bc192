"""HTML pages: the article without its page, as a reader of the page sees it, and its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import SourceError
from summarizer.sources.loading import read_document
from tests.sources.made import grid, read, refusal, written
from tests.sources.pages import BODY, PAGE


def page(inside: str, charset: str = "utf-8") -> str:
    """A short page with this in its article."""
    return (
        f'<html><head><meta charset="{charset}"><title>Hội nghị tổng kết</title></head><body><article>'
        f"<p>{BODY[0]}</p>{inside}</article></body></html>"
    )


def test_a_page_gives_its_article_without_the_page(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "bài.html", PAGE))
    assert all(paragraph in document.text for paragraph in BODY)
    for boilerplate in (
        "Trang chủ",
        "nghỉ Tết",
        "Đại hội chi bộ 3",
        "Lượt truy cập",
        "99 chi bộ",
        "<p>",
        "&ldquo;",
    ):
        assert boilerplate not in document.text


def test_a_page_gives_what_its_markup_says_of_title_and_posting_date(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "bài.html", PAGE))
    assert (document.title, document.published) == ("Đảng bộ Trường A tổng kết năm 2020", "2021-02-05")
    assert "trafilatura" in document.notes[0]


def test_the_date_of_the_meeting_is_never_taken_for_the_posting_date(tmp_path: Path) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-02-05T16:44:00+07:00">', "")
    assert page != PAGE
    assert read_document(written(tmp_path, "bài.html", page)).published is None


def test_a_page_keeps_lists_tables_and_captions(tmp_path: Path) -> None:
    text = read_document(written(tmp_path, "bài.htm", PAGE)).text
    assert "| Chi bộ 1 | 25 |" in text
    assert "- Khen thưởng 05 tập thể;\n- Kết nạp 08 đảng viên.\n" in text
    assert "Trao Giấy khen cho 03 chi bộ <b>tiêu biểu</b>" in text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_page_is_decoded_by_its_mark(tmp_path: Path, encoding: str) -> None:
    document = read_document(written(tmp_path, "bài.html", PAGE.encode(encoding)))
    assert BODY[1] in document.text


def test_a_page_is_decoded_as_it_says_and_else_as_it_is(tmp_path: Path) -> None:
    wrong = PAGE.replace('charset="utf-8"', 'charset="us-ascii"')
    document = read_document(written(tmp_path, "bài.html", wrong))
    assert BODY[1] in document.text
    assert document.encoding == "utf-8"


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<p>", "<html><body><nav>Trang chủ</nav></body></html>"]
)
def test_a_page_without_an_article_is_refused_in_one_line(tmp_path: Path, page: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(written(tmp_path, "bài.html", page))
    assert "\n" not in str(caught.value)


def test_a_page_that_nests_deeply_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "bài.html", PAGE.replace("<main>", "<div>" * 200 + "<main>"))
    assert BODY[1] in read_document(path).text


def test_a_page_that_nests_without_end_is_refused_in_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, "bài.html", "<div>" * 50_000 + BODY[1])
    with pytest.raises(SourceError) as caught:
        read_document(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("markup", "text", "note"),
    [
        ("có 12<sup>1</sup> chi bộ", "có 12 chi bộ", "raised marks left out (1)"),
        ("có 12<sub>1</sub> chi bộ", "có 12 chi bộ", "raised marks left out (1)"),
        ("có <b>12</b><sup>(2)</sup> chi bộ", "có 12 chi bộ", "raised marks left out (1)"),
        ('có 12<a href="#_ftn1"><sup>[1]</sup></a> chi bộ', "có 12 chi bộ", "raised marks left out (1)"),
        ('có 12<a href="#_ftn1">[1]</a> chi bộ', "có 12 chi bộ", "raised marks left out (1)"),
        ('có 12<span style="vertical-align: super">1</span> lớp', "có 12 lớp", "raised marks left out (1)"),
        ("345 đảng viên<sup>*</sup>, 12 chi bộ", "345 đảng viên, 12 chi bộ", "raised marks left out (1)"),
        ("rộng 120 m<sup>2</sup> và 5 km<sup>2</sup>", "rộng 120 m² và 5 km²", None),
        ("thải CO<sub>2</sub> ra", "thải CO₂ ra", None),
        ("có 12<sup>mười hai</sup> lớp", "có 12mười hai lớp", None),
        ("có <del>305</del>345 đảng viên", "có 345 đảng viên", "struck-out text left out (1)"),
        ("có <s>305</s> <ins>345</ins> đảng viên", "có 345 đảng viên", "struck-out text left out (1)"),
        ("có <strike>3</strike>45 lớp", "có 45 lớp", "struck-out text left out (1)"),
        (
            'có <span style="text-decoration: line-through">3</span>45 lớp',
            "có 45 lớp",
            "struck-out text left out (1)",
        ),
        ('có <span style="display: none">9</span>45 lớp', "có 45 lớp", "hidden text left out (1)"),
        ("có 12&#11; chi bộ", "có 12 chi bộ", "control characters left out (1)"),
        ("có 1&#0;2&#x1;3 chi &#xD800;bộ", "có 123 chi bộ", "control characters left out (3)"),
        ("&#147;Dạy tốt&#148; 5&#0150;6 lớp", "“Dạy tốt” 5–6 lớp", None),
        ("có 3\u200b45 đảng vi&shy;ên\u200e", "có 345 đảng viên", "invisible characters left out (3)"),
        ("có&nbsp;12\u202fchi\u2009bộ", "có 12 chi bộ", None),
        ("co\u0301 12 chi bo\u0323\u0302", "có 12 chi bộ", "Unicode form changed to NFC (1)"),
    ],
)
def test_a_page_reads_as_it_looks(tmp_path: Path, markup: str, text: str, note: str | None) -> None:
    document = read(tmp_path, "bài.html", page(f"<p>Đảng bộ {markup}.</p>"))
    assert f"Đảng bộ {text}." in document.text
    assert document.notes[1:] == (() if note is None else (note,))


@pytest.mark.parametrize(
    "charset", ["undefined", "utf-16", "iso-8859-1", "windows-1258", "rot13", "x-none", "utf-7"]
)
def test_a_false_charset_loses_no_page_of_utf_8(tmp_path: Path, charset: str) -> None:
    document = read(tmp_path, "bài.html", page(f"<p>{BODY[1]}</p>", charset))
    assert BODY[1] in document.text
    assert document.encoding == "utf-8"


def test_a_page_is_decoded_as_it_says_where_it_is_no_utf_8(tmp_path: Path) -> None:
    text = "Tại h\u00f4\u0323i nghi\u0323, có 12 chi b\u00f4\u0323 hoàn thành nhi\u00ea\u0323m vu\u0323 c\u0309a năm."
    data = page(f"<p>{text}</p>", "windows-1258").replace(BODY[0], text * 2).encode("cp1258", "ignore")
    document = read(tmp_path, "bài.html", data)
    assert "có 12 chi bộ" in document.text
    assert "decoded from windows-1258" in document.notes


def test_a_damaged_letter_loses_no_page(tmp_path: Path) -> None:
    data = (
        page(f"<p>{BODY[1]}</p>")
        .encode()
        .replace(b"t\xe1\xbb\x95ng k\xe1\xba\xbft", b"t\xe1\xbbng k\xe1\xba\xbft", 1)
    )
    document = read(tmp_path, "bài.html", data)
    assert BODY[1] in document.text
    assert "1 damaged characters replaced" in document.notes


def test_a_page_in_an_encoding_from_before_unicode_says_which(tmp_path: Path) -> None:
    tcvn3 = "Héi nghÞ tæng kÕt c«ng t¸c cña ®¶ng bé, cã 12 chi bé vµ c¸c ®¶ng viªn ®­îc khen. " * 4
    assert "TCVN3" in refusal(tmp_path, "bài.html", page("").replace(BODY[0], tcvn3))


TABLE = """<table><caption>Kết quả</caption>
<tfoot><tr><td colspan=2>Cộng</td><td>22</td><td>25</td></tr></tfoot>
<thead><tr><th rowspan=2>TT</th><th rowspan=2>Khối</th><th colspan=2>Số <b>đảng</b> viên</th></tr>
<tr><th>Nam</th><th>Nữ</th></tr></thead>
<tbody><tr><td>1</td><td>Khối 6<br>sáng</td><td><p>12<sup>1</sup></p></td><td></td></tr>
<tr><td>2</td><td>Khối 7</td><td><ul><li>7</li><li>3</li></ul></td><td><del>9</del> 25</td></tr></tbody></table>"""


def test_a_table_is_kept_with_the_places_of_its_cells(tmp_path: Path) -> None:
    document = read(tmp_path, "bài.html", page(f"{TABLE}<p>{BODY[1]}</p>"))
    (table,) = document.tables
    assert grid(document, table) == {
        (0, 0): "TT", (0, 1): "Khối", (0, 2): "Số đảng viên", (1, 2): "Nam", (1, 3): "Nữ",
        (2, 0): "1", (2, 1): "Khối 6 sáng", (2, 2): "12", (2, 3): "",
        (3, 0): "2", (3, 1): "Khối 7", (3, 2): "7 3", (3, 3): "25",
        (4, 0): "Cộng", (4, 2): "22", (4, 3): "25",
    }  # fmt: skip
    spans = {(cell.row, cell.column): (cell.rows, cell.columns) for cell in table.cells}
    assert {place: span for place, span in spans.items() if span != (1, 1)} == {
        (0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (4, 0): (1, 2),
    }  # fmt: skip
    assert {(cell.row, cell.column) for cell in table.cells if cell.head} == {
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 2),
        (1, 3),
    }
    assert "Kết quả\n" in document.text


def test_a_cell_that_spans_rows_stands_once(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=3>12 đảng viên</td><td>Một</td></tr><tr><td>Hai</td></tr><tr><td>Ba</td></tr>"
    document = read(tmp_path, "bài.html", page(f"<table>{rows}</table>"))
    assert document.text.count("12 đảng viên") == 1
    assert {(cell.row, cell.column) for cell in document.tables[0].cells} == {(0, 0), (0, 1), (1, 1), (2, 1)}


@pytest.mark.parametrize(
    "span", ["colspan=2000000000", "rowspan=2000000000", "colspan=-1", "rowspan=x", "colspan=²"]
)
def test_a_span_is_taken_back_to_its_table(tmp_path: Path, span: str) -> None:
    rows = f"<tr><td {span}>Khối</td><td>Số</td></tr><tr><td>6</td><td>12</td></tr>"
    document = read(tmp_path, "bài.html", page(f"<table>{rows}</table>"))
    assert max(cell.columns for cell in document.tables[0].cells) <= 20
    assert max(cell.rows for cell in document.tables[0].cells) <= 2
    assert len(document.text) < 500


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td><p>{BODY[1]}</p></td></tr></table>",
        "<table><tr><td><table><tr><td>a</td><td>1</td></tr></table></td><td>b</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_a_page_is_none(tmp_path: Path, table: str) -> None:
    assert read(tmp_path, "bài.html", page(table)).tables == ()


def test_a_page_in_the_script_that_marks_cells_is_read_without_tables(tmp_path: Path) -> None:
    document = read(tmp_path, "bài.html", page(f"{TABLE}<p>Chữ Nôm: \U00020021.</p>"))
    assert document.tables == ()
    assert "\U00020021" in document.text
    assert "| 2 | Khối 7 |" in document.text


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td><img src='a.jpg'></td></tr><tr><td><em>Khen 12 chi bộ.</em></td></tr>",
        "<tr><td>Khen 12 chi bộ.</td><td><img src='a.jpg'></td></tr>",
        "<tr><td>Đảng bộ A<br>Chi bộ B<td>Đảng Cộng sản<tr><td>Số 5-BC/CB<td>Khen 12 chi bộ.",
    ],
    ids=["caption", "one row", "letterhead"],
)
def test_a_table_that_lays_out_a_page_is_no_table(tmp_path: Path, rows: str) -> None:
    page = PAGE.replace("</article>", f"<table>{rows}</table></article>")
    document = read(tmp_path, "bài.html", page)
    assert "Khen 12 chi bộ." in document.text.split("\n")
