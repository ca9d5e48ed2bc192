"""Word files: what a reader of the document sees, in its order, and its tables."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.document import Document as WordFile

from summarizer.sources.decoding import MAX_BYTES
from summarizer.sources.loading import read_document
from tests.sources.made import INTRODUCTION, grid, read, refusal, run, word_file, written
from tests.sources.pages import BODY


def word(*, heading: str = "Đảng bộ Trường A tổng kết") -> WordFile:
    file = docx.Document()
    file.core_properties.title = heading
    file.add_paragraph(BODY[0])
    file.add_paragraph("Kết nạp 08 đảng viên", style="List Bullet")
    table = file.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("Chi bộ", "Số", "1", "25"), strict=True
    ):
        cell.text = words
    file.add_paragraph(BODY[1])
    return file


def saved(file: WordFile) -> bytes:
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_word_file_gives_paragraphs_and_tables_in_their_order(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "bài.docx", saved(word())))
    assert document.title == "Đảng bộ Trường A tổng kết"
    rows = "| Chi bộ | Số |\n| 1 | 25 |"
    assert [document.text.index(part) for part in (BODY[0], rows, BODY[1])] == sorted(
        document.text.index(part) for part in (BODY[0], rows, BODY[1])
    )


def test_a_word_file_with_large_pictures_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "bài.docx", saved(word()))
    with ZipFile(path, "a", ZIP_STORED) as archive:
        archive.writestr("word/media/picture.bin", b"\x01" * MAX_BYTES)
    assert BODY[1] in read_document(path).text


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


BEGUN, SEPARATED, ENDED = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
TEXT_BOX = f"<w:txbxContent><w:p>{run('Kết nạp 27 đảng viên.')}</w:p></w:txbxContent>"
CHANGE = 'w:id="1" w:author="X" w:date="2021-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("runs", "text", "note"),
    [
        (run("có 3") + f"<w:ins {CHANGE}>{run('4')}</w:ins>" + run("5 lớp"), "có 345 lớp", None),
        (run("có ") + f"<w:moveTo {CHANGE}>{run('345')}</w:moveTo>" + run(" lớp"), "có 345 lớp", None),
        (
            run("có ") + f"<w:sdt><w:sdtContent>{run('345')}</w:sdtContent></w:sdt>" + run(" lớp"),
            "có 345 lớp",
            None,
        ),
        (
            run("có ") + f'<w:smartTag w:element="x">{run("345")}</w:smartTag>' + run(" lớp"),
            "có 345 lớp",
            None,
        ),
        (run("có ") + f'<w:fldSimple w:instr="=SUM(ABOVE)">{run("345")}</w:fldSimple>', "có 345", None),
        (
            run("có ")
            + BEGUN
            + "<w:r><w:instrText>=SUM(ABOVE) 99</w:instrText></w:r>"
            + SEPARATED
            + run("345")
            + ENDED
            + run(" lớp"),
            "có 345 lớp",
            None,
        ),
        (
            run("có ")
            + BEGUN
            + run("99")
            + BEGUN
            + SEPARATED
            + run("9")
            + ENDED
            + SEPARATED
            + run("5")
            + ENDED,
            "có 5",
            None,
        ),
        (run("có ") + f"<w:hyperlink>{run('345')}</w:hyperlink>" + run(" lớp"), "có 345 lớp", None),
        (
            run("có 5<").replace("<</w:t>", "</w:t><w:tab/><w:t>6</w:t><w:noBreakHyphen/><w:t>7</w:t>"),
            "có 5 6-7",
            None,
        ),
        (
            run("có ") + f"<w:del {CHANGE}>{run('305').replace('w:t', 'w:delText')}</w:del>" + run("345 lớp"),
            "có 345 lớp",
            "deleted text left out (1)",
        ),
        (
            run("có ") + f"<w:moveFrom {CHANGE}>{run('305')}</w:moveFrom>" + run("345 lớp"),
            "có 345 lớp",
            "deleted text left out (1)",
        ),
        (
            run("có ") + run("305", "<w:strike/>") + run("345 lớp"),
            "có 345 lớp",
            "struck-out text left out (1)",
        ),
        (
            run("có ") + run("305", "<w:dstrike/>") + run("345 lớp"),
            "có 345 lớp",
            "struck-out text left out (1)",
        ),
        (run("có ") + run("345", '<w:strike w:val="0"/>') + run(" lớp"), "có 345 lớp", None),
        (run("có ") + run("305", "<w:vanish/>") + run("345 lớp"), "có 345 lớp", "hidden text left out (1)"),
        (
            run("có ") + run("305", '<w:rStyle w:val="Out"/>') + run("345 lớp"),
            "có 345 lớp",
            "hidden text left out (1)",
        ),
        (
            run("có 12") + run("1", '<w:vertAlign w:val="superscript"/>') + run(" lớp"),
            "có 12 lớp",
            "raised marks left out (1)",
        ),
        (
            run("có 12") + run("1", '<w:rStyle w:val="Up"/>') + run(" lớp"),
            "có 12 lớp",
            "raised marks left out (1)",
        ),
        (
            run("có 12") + run("1", '<w:position w:val="6"/>') + run(" lớp"),
            "có 12 lớp",
            "raised marks left out (1)",
        ),
        (run("rộng 12 m") + run("2", '<w:vertAlign w:val="superscript"/>'), "rộng 12 m²", None),
        (run("khí CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "khí CO₂", None),
        (
            run("đạt ")
            + "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den>"
            "</m:f></m:oMath>",
            "đạt 3/4",
            None,
        ),
        (
            run("chữ ")
            + f"<w:r><w:ruby><w:rt>{run('9')}</w:rt><w:rubyBase>{run('5')}</w:rubyBase></w:ruby></w:r>",
            "chữ 5",
            None,
        ),
    ],
)
def test_a_paragraph_reads_as_it_looks(tmp_path: Path, runs: str, text: str, note: str | None) -> None:
    styles = (
        '<w:style w:styleId="Up0"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="Up"><w:basedOn w:val="Up0"/></w:style>'
        '<w:style w:styleId="Out"><w:basedOn w:val="Out"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    document = read(tmp_path, "bài.docx", word_file(paragraph(run("Đảng bộ "), runs), styles=styles))
    assert document.text == f"{INTRODUCTION}\n\nĐảng bộ {text}\n"
    assert document.notes[1:] == (() if note is None else (note,))


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{TEXT_BOX}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{TEXT_BOX}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read(tmp_path, "bài.docx", word_file(paragraph(run("Đảng bộ có "), box, run("12 chi bộ."))))
    assert document.text.endswith("Đảng bộ có 12 chi bộ.\n\nKết nạp 27 đảng viên.\n")


def test_footnotes_are_put_at_the_end_in_their_order(tmp_path: Path) -> None:
    def note(number: int, text: str) -> str:
        return f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p></w:footnote>'

    body = paragraph(
        run("Có 12"), '<w:r><w:footnoteReference w:id="3"/></w:r>', run(" chi bộ, 345"),
        '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" đảng viên."),
    )  # fmt: skip
    data = word_file(
        body, footnotes=note(1, "Không ai nhắc") + note(2, "Kể cả dự bị") + note(3, "Tính đến nay")
    )
    document = read(tmp_path, "bài.docx", data)
    assert document.text.endswith("Có 12 chi bộ, 345 đảng viên.\n\n[1] Tính đến nay\n\n[2] Kể cả dự bị\n")
    assert "footnotes put at the end (2)" in document.notes


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = paragraph(run("Đảng bộ có 12"), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run(" chi bộ."))
    assert read(tmp_path, "bài.docx", word_file(body)).text.endswith("Đảng bộ có 12 chi bộ.\n")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_a_table_is_kept_with_the_places_of_its_cells(tmp_path: Path) -> None:
    down = '<w:vMerge w:val="restart"/>'
    table = (
        row(cell("Khối", down), cell("Số đảng viên", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
        + row(cell("", "<w:vMerge/>"), cell("Nam"), cell("Nữ"))
        + f"<w:sdt><w:sdtContent>{row(cell('Khối 6'), cell('12'), cell(''))}</w:sdtContent></w:sdt>"
        + row(cell("Khối 7"), cell("99"), cell("99"), properties="<w:del/>")
    )
    document = read(tmp_path, "bài.docx", word_file(f"<w:tbl>{table}</w:tbl>"))
    (found,) = document.tables
    assert grid(document, found) == {
        (0, 0): "Khối", (0, 1): "Số đảng viên", (1, 1): "Nam", (1, 2): "Nữ",
        (2, 0): "Khối 6", (2, 1): "12", (2, 2): "",
    }  # fmt: skip
    assert {(one.rows, one.columns) for one in found.cells if (one.row, one.column) == (0, 0)} == {(2, 1)}
    assert {one.row for one in found.cells if one.head} == {0}
    assert document.text.endswith("| Khối | Số đảng viên |\n| | Nam | Nữ |\n| Khối 6 | 12 | |\n")


HEAD = "<w:tc><w:p><w:r><w:t>ĐẢNG BỘ TỈNH A</w:t></w:r></w:p><w:p><w:r><w:t>CHI BỘ B</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (row(cell("Kết nạp 27 đảng viên.")), ["Kết nạp 27 đảng viên."]),
        (row(cell("T/M CHI BỘ"), cell("BÍ THƯ")), ["T/M CHI BỘ", "BÍ THƯ"]),
        (
            row(HEAD, cell("ĐẢNG CỘNG SẢN VIỆT NAM")) + row(cell("Số 12-BC/CB"), cell("Ngày 5/1/2021")),
            ["ĐẢNG BỘ TỈNH A", "CHI BỘ B", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/CB", "Ngày 5/1/2021"],
        ),
    ],
    ids=["frame", "signatures", "letterhead"],
)
def test_a_table_that_lays_out_a_page_is_no_table(tmp_path: Path, rows: str, lines: list[str]) -> None:
    document = read(tmp_path, "bài.docx", word_file(f"<w:tbl>{rows}</w:tbl>"))
    assert document.text == "\n\n".join([INTRODUCTION, *lines]) + "\n"
    assert document.tables == ()


def test_a_table_with_numbers_is_one_whatever_stands_in_its_cells(tmp_path: Path) -> None:
    document = read(tmp_path, "bài.docx", word_file(f"<w:tbl>{row(HEAD, cell('12')) * 2}</w:tbl>"))
    assert grid(document, document.tables[0])[1, 1] == "12"


def test_a_table_in_a_cell_is_part_of_the_cell(tmp_path: Path) -> None:
    inner = f"<w:tc><w:tbl>{row(cell('a'), cell('b'))}</w:tbl><w:p/></w:tc>"
    document = read(tmp_path, "bài.docx", word_file(f"<w:tbl>{row(inner, cell('12')) * 2}</w:tbl>"))
    assert grid(document, document.tables[0]) == {
        (0, 0): "a b", (0, 1): "12", (1, 0): "a b", (1, 1): "12",
    }  # fmt: skip


def test_a_cell_whose_text_is_deleted_with_its_end_takes_nothing_of_the_next(tmp_path: Path) -> None:
    end = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    deleted = f"<w:tc><w:tcPr/><w:p>{end}{run('Chi bộ 1')}</w:p></w:tc>"
    body = paragraph(run("Kết quả"), properties="<w:rPr><w:del/></w:rPr>")
    body += f"<w:tbl>{row(deleted, cell('12'), cell('5')) * 2}</w:tbl>"
    document = read(tmp_path, "bài.docx", word_file(body))
    assert document.text.endswith("Kết quả\n\n| Chi bộ 1 | 12 | 5 |\n| Chi bộ 1 | 12 | 5 |\n")


def test_a_footnote_may_refer_to_another(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(run(text), mark.format(2))}</w:footnote>'
        for number, text in ((1, "Tính đến nay"), (2, "Kể cả dự bị"))
    )
    data = word_file(paragraph(run("Có 12 chi bộ."), mark.format(1)), footnotes=notes)
    assert "[1] Tính đến nay\n" in read(tmp_path, "bài.docx", data).text


def test_the_main_part_may_have_another_name(tmp_path: Path) -> None:
    assert (
        BODY[1]
        in read(tmp_path, "bài.docx", word_file(paragraph(run(BODY[1])), main="word/document2.xml")).text
    )


def spoiled(data: bytes) -> bytes:
    """The same archive with a byte of the document's packed text changed."""
    at = data.index(b"word/document.xml") + 60
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def flagged(data: bytes, flag: int, method: int) -> bytes:
    """The same archive, its first entries said to be encrypted, or packed in a way that nobody knows."""
    changed = bytearray(data)
    for signature, at_flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            changed[at + at_flag] |= flag
            if method:
                changed[at + at_flag + 2] = method
    return bytes(changed)


GOOD = word_file(paragraph(run(BODY[1])))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (spoiled(GOOD), "is a damaged .docx file"),
        (GOOD[: len(GOOD) // 2], "is a damaged .docx file"),
        (flagged(GOOD, 1, 0), "is locked with a password"),
        (flagged(GOOD, 0, 97), "is a damaged .docx file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is locked with a password, or an old .doc"),
        (word_file("<w:p>"), "is a damaged .docx file"),
        (GOOD.replace(b"word/document.xml", b"word/document.xyz"), "is no Word document"),
        (word_file("<w:p/>" * 1_600_000), "unpacks to more than any article"),
    ],
    ids=[
        "spoiled",
        "cut",
        "encrypted",
        "packed unknown",
        "old",
        "no XML",
        "no document",
        "paragraphs without end",
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refusal(tmp_path, "bài.docx", data)


def test_an_entity_is_not_looked_up(tmp_path: Path) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d xmlns:w="w"><w:p><w:r><w:t>'
            f"{BODY[1]} [&x;]</w:t></w:r></w:p></d>",
        )
    assert read(tmp_path, "bài.docx", out.getvalue()).text.startswith(BODY[1] + " [")


def test_odd_metadata_ends_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "bài.docx", GOOD)
    with ZipFile(path, "a") as archive:
        archive.writestr("docProps/core.xml", b"<title>\xff")
    assert BODY[1] in read_document(path).text


@pytest.mark.parametrize("span", ["2000000000", "-5", "x"])
def test_a_span_is_bounded(tmp_path: Path, span: str) -> None:
    table = row(cell("Khối", f'<w:gridSpan w:val="{span}"/>'), cell("Số")) + row(cell("6"), cell("12"))
    document = read(tmp_path, "bài.docx", word_file(f"<w:tbl>{table}</w:tbl>"))
    assert max(one.columns for one in document.tables[0].cells) <= 100
    assert len(document.text) < 200
