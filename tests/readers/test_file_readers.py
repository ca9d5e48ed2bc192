"""Files that are not plain text: the article in them, and what was done to get it."""

from __future__ import annotations

import unicodedata
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SourceError
from summarizer.sources.decoding import repaired
from summarizer.sources.formats import suffixes
from summarizer.sources.reading import MAX_BYTES, read_document
from tests.readers.pages import BODY, PAGE

# One empty page, written by pypdf with a password (RC4, 128 bits).
LOCKED = (
    "JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPDQ1ZWY4MmQ0ODU+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9UeXBl"
    "IC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cKL1BhZ2Vz"
    "IDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKPj4KL01lZGlhQm94IFsgMC4wIDAu"
    "MCAyMDAgMjAwIF0KL1BhcmVudCAyIDAgUgo+PgplbmRvYmoKNSAwIG9iago8PAovViAyCi9SIDMKL0xlbmd0aCAxMjgKL1AgNDI5"
    "NDk2NzI5MgovRmlsdGVyIC9TdGFuZGFyZAovTyA8NTc2N2RlZjQ1ZWRlNWI3ZGQ1NTljNGIxOTk3ODMxNzNhMTUzZDI0ZmNiOTA3"
    "MjU0NGUyYzU0OWEwNmJiYjg4YT4KL1UgPDQ1NWJmOGFlNDJlNzY1Y2Q5M2ExMzMwMjAyY2M1MTljMjhiZjRlNWU0ZTc1OGE0MTY0"
    "MDA0ZTU2ZmZmYTAxMDg+Cj4+CmVuZG9iagp4cmVmCjAgNgowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAwMDAwMTUgMDAwMDAgbiAK"
    "MDAwMDAwMDA1OSAwMDAwMCBuIAowMDAwMDAwMTE4IDAwMDAwIG4gCjAwMDAwMDAxNjcgMDAwMDAgbiAKMDAwMDAwMDI2MSAwMDAw"
    "MCBuIAp0cmFpbGVyCjw8Ci9TaXplIDYKL1Jvb3QgMyAwIFIKL0luZm8gMSAwIFIKL0lEIFsgPDI3OTdlMTc3YzcyNWJmNzdhOTYx"
    "NTc2Mzc3N2RmZTM1PiA8Mjc5N2UxNzdjNzI1YmY3N2E5NjE1NzYzNzc3ZGZlMzU+IF0KL0VuY3J5cHQgNSAwIFIKPj4Kc3RhcnR4"
    "cmVmCjQ3NgolJUVPRgo="
)


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_every_kind_promised_has_a_reader() -> None:
    assert suffixes() == {".html", ".htm", ".xhtml", ".md", ".markdown", ".docx", ".pdf"}


def test_a_page_gives_its_article_without_the_page(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "bài.html", PAGE))
    assert all(paragraph in document.text for paragraph in BODY)
    for chrome in (
        "Trang chủ",
        "nghỉ Tết",
        "Đại hội chi bộ 3",
        "Lượt truy cập",
        "99 chi bộ",
        "<p>",
        "&ldquo;",
    ):
        assert chrome not in document.text


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
    from zipfile import ZIP_STORED, ZipFile

    path = written(tmp_path, "bài.docx", saved(word()))
    with ZipFile(path, "a", ZIP_STORED) as archive:
        archive.writestr("word/media/picture.bin", b"\x01" * MAX_BYTES)
    assert BODY[1] in read_document(path).text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"\x00" * 100])
@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, suffix: str, data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(written(tmp_path, f"bài{suffix}", data))
    assert "\n" not in str(caught.value)


def pdf(lines: list[str], tmp_path: Path) -> bytes:
    """A PDF with these lines, printed by the browser."""
    import html
    import subprocess

    from tests.browser import CHROMIUM

    if not CHROMIUM:
        pytest.skip("no Chromium on this machine to print a PDF: apt-get install chromium")
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    page = written(tmp_path, "in.html", f"<meta charset=utf-8><title>In</title>{body}")
    out = tmp_path / "in.pdf"
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return out.read_bytes()


def test_a_pdf_gives_its_paragraphs_with_their_lines_joined(tmp_path: Path) -> None:
    path = written(tmp_path, "bài.pdf", pdf(list(BODY), tmp_path))
    document = read_document(path)
    assert document.text == "\n\n".join(BODY) + "\n"
    assert "pypdfium2" in document.notes[0]


def test_a_pdf_without_text_asks_for_ocr(tmp_path: Path) -> None:
    file = pypdfium2.PdfDocument.new()
    file.new_page(200, 200)
    out = BytesIO()
    file.save(out)
    with pytest.raises(SourceError, match="OCR"):
        read_document(written(tmp_path, "bài.pdf", out.getvalue()))


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="password"):
        read_document(written(tmp_path, "bài.pdf", b64decode(LOCKED)))


def test_markdown_gives_the_words_without_the_marks(tmp_path: Path) -> None:
    source = (
        f"---\ntitle: Tổng kết\ndate: 2021-02-05\n---\n# Đầu đề\n\n{BODY[0]}\n\n- Khen **05 tập thể**\n"
        "- Kết nạp [08 đảng viên](http://x/2021)\n\n| Chi bộ | Số |\n|---|---|\n| 1 | 25 |\n\n1. `02` chi bộ\n"
    )
    document = read_document(written(tmp_path, "bài.md", source))
    assert (document.title, document.published) == ("Tổng kết", "2021-02-05")
    for words in (
        "Đầu đề\n",
        BODY[0],
        "- Khen 05 tập thể\n- Kết nạp 08 đảng viên\n",
        "| 1 | 25 |",
        "02 chi bộ",
    ):
        assert words in document.text
    assert "http" not in document.text


@pytest.mark.parametrize("name", ["bài.md", "bài.html"])
def test_mojibake_is_repaired_and_said(tmp_path: Path, name: str) -> None:
    source = PAGE if name.endswith("html") else "\n\n".join(BODY)
    document = read_document(written(tmp_path, name, source.encode().decode("latin-1")))
    assert all(paragraph in document.text for paragraph in BODY)
    assert "mojibake" in document.notes[0]


@given(st.sampled_from(BODY), st.sampled_from(["latin-1", "cp1252"]))
def test_a_wrong_decoding_is_undone(text: str, wrong: str) -> None:
    try:
        broken = text.encode().decode(wrong)
    except UnicodeDecodeError:
        return  # some bytes are nothing in that code page: such text cannot have come about
    assert repaired(broken) == text


@given(st.text(max_size=200))
def test_a_text_that_is_right_stays_as_it_is(noise: str) -> None:
    for text in ("\n".join(BODY) + "“x” — uỷ/ủy ﬁ", unicodedata.normalize("NFD", BODY[1])):
        assert repaired(text) is None
    better = repaired(noise)
    assert better is None or better != noise
