"""PDF files: paragraphs from lines, numbers that stand alone, raised marks, parted words."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from summarizer.sources.loading import read_document
from tests.sources.made import INTRODUCTION, Line, pdf_file, read, refusal, written
from tests.sources.pages import BODY

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
    assert "OCR" in refusal(tmp_path, "bài.pdf", out.getvalue())


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    assert "password" in refusal(tmp_path, "bài.pdf", b64decode(LOCKED))


FIRST = (50, 760, 12, INTRODUCTION)


def lines(*texts: str) -> list[Line]:
    """Lines of text below the introduction, one under the other."""
    return [FIRST, *((50, 740 - 20 * number, 12, text) for number, text in enumerate(texts))]


def below(document_text: str) -> str:
    """What stands behind the introduction, on one line."""
    return " ".join(document_text.removeprefix(INTRODUCTION).split())


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (
            ("Số đảng viên được khen:", "345", "Số chi bộ được khen:", "12"),
            "Số đảng viên được khen: 345 Số chi bộ được khen: 12",
        ),
        (("Nhiệm kỳ 2020-", "2025 của Đảng bộ."), "Nhiệm kỳ 2020-2025 của Đảng bộ."),
        (("Theo Nghị quyết 08-NQ/", "TU của Tỉnh ủy."), "Theo Nghị quyết 08-NQ/TU của Tỉnh ủy."),
        (("Chủ nghĩa Mác-", "Lênin và các môn."), "Chủ nghĩa Mác-Lênin và các môn."),
        (("Có 27 đảng viên hoàn thành nhi-", "ệm vụ."), "Có 27 đảng viên hoàn thành nhiệm vụ."),
        (("Phát triển kinh tế-", "xã hội của xã."), "Phát triển kinh tế-xã hội của xã."),
    ],
)
def test_lines_are_put_together(tmp_path: Path, texts: tuple[str, ...], text: str) -> None:
    assert below(read(tmp_path, "bài.pdf", pdf_file(lines(*texts))).text) == text


@pytest.mark.parametrize(
    ("before", "mark", "after", "text"),
    [
        ("Đảng bộ có 12", "1", " chi bộ.", "Đảng bộ có 12 chi bộ."),
        ("Đảng bộ có 12", "(2)", " chi bộ.", "Đảng bộ có 12 chi bộ."),
        ("345 đảng viên", "3", " được khen.", "345 đảng viên được khen."),
        ("Sân rộng 120 m", "2", " và nhà.", "Sân rộng 120 m² và nhà."),
    ],
)
def test_a_raised_mark_is_no_digit(tmp_path: Path, before: str, mark: str, after: str, text: str) -> None:
    at = 50 + 6 * len(before)
    page: list[Line] = [
        FIRST,
        (50, 740, 12, before),
        (at, 745, 8, mark),
        (at + 4 * len(mark), 740, 12, after),
    ]
    assert below(read(tmp_path, "bài.pdf", pdf_file(page)).text) == text


def test_a_raised_mark_that_ends_a_line_ends_it(tmp_path: Path) -> None:
    page: list[Line] = [
        FIRST,
        (50, 740, 12, "Kết nạp 27 người"),
        (146, 745, 8, "1"),
        (50, 720, 12, "- Khen 12 tập thể."),
    ]
    assert below(read(tmp_path, "bài.pdf", pdf_file(page)).text) == "Kết nạp 27 người - Khen 12 tập thể."


def pages(*feet: str) -> bytes:
    return pdf_file(*([FIRST, (50, 740, 12, "Đảng bộ có 12 chi bộ."), (300, 20, 12, foot)] for foot in feet))


@pytest.mark.parametrize(
    "feet", [("1", "2", "3"), ("- 4 -", "- 5 -"), ("Trang 1", "Trang 2"), ("1/2", "2/2"), ("Trang 1",)]
)
def test_numbers_of_pages_are_left_out(tmp_path: Path, feet: tuple[str, ...]) -> None:
    document = read(tmp_path, "bài.pdf", pages(*feet))
    assert not any(foot in document.text.split("\n") for foot in feet)
    assert f"page numbers left out ({len(feet)})" in document.notes


@pytest.mark.parametrize("feet", [("345",), ("1",), ("345", "12"), ("7/50", "9/41")])
def test_other_numbers_at_the_foot_of_a_page_stay(tmp_path: Path, feet: tuple[str, ...]) -> None:
    document = read(tmp_path, "bài.pdf", pages(*feet))
    assert all(foot in document.text.split("\n") for foot in feet)


def test_headers_that_most_pages_repeat_are_left_out_and_said(tmp_path: Path) -> None:
    head = (50, 780, 12, "ĐẢNG BỘ TRƯỜNG A")
    pages = ([head, FIRST, (50, 740, 12, f"Đảng bộ có {number} chi bộ.")] for number in (12, 13, 14))
    document = read(tmp_path, "bài.pdf", pdf_file(*pages))
    assert "ĐẢNG BỘ TRƯỜNG A" not in document.text
    assert "headers and footers left out (3)" in document.notes


def test_what_a_browser_prints_around_a_page_is_left_out(tmp_path: Path) -> None:
    head = (50, 780, 12, "11/30/26, 4:02 PM Đảng bộ Trường Hoa Sữa tổng kết năm 2020")
    pages = (
        [head, FIRST, (50, 740, 12, f"Đảng bộ có {cells} chi bộ."), (50, 20, 12, f"https://a.vn/1 {page}/2")]
        for page, cells in ((1, 12), (2, 13))
    )
    document = read(tmp_path, "bài.pdf", pdf_file(*pages))
    assert below(document.text) == f"Đảng bộ có 12 chi bộ. {INTRODUCTION} Đảng bộ có 13 chi bộ."


def test_a_page_printed_alone_has_no_day_of_its_printing(tmp_path: Path) -> None:
    foot = [(50, 30, 12, "9/5/26, 4:02 PM Tong ket"), (50, 20, 12, "https://a.vn/1 1/1")]
    document = read(tmp_path, "bài.pdf", pdf_file([FIRST, *foot], info="/Title (Tong ket)"))
    assert document.text == INTRODUCTION + "\n"
    other = read(tmp_path, "bài.pdf", pdf_file([FIRST, foot[0]], info="/Title (Khac)"))
    assert "4:02 PM" in other.text


def test_a_sentence_that_ends_before_the_edge_ends_no_paragraph_where_the_next_word_had_no_room(
    tmp_path: Path,
) -> None:
    longest = (
        "Năm qua, Đảng bộ có 12 chi bộ, 345 đảng viên; trong đó 27 đảng viên hoàn thành xuất sắc nhiệm vụ, 5"
    )
    before = "đảng viên được khen. " * 3 + "Có 27 tổ mới và 12 lớp."
    wrapped = read(tmp_path, "a.pdf", pdf_file(lines(longest, before, "Nghiêncứukhoahọc có 7 đề tài."))).text
    ended = read(tmp_path, "b.pdf", pdf_file(lines(longest, before, "Có 7 đề tài."))).text
    assert "12 lớp. Nghiêncứukhoahọc" in wrapped
    assert "12 lớp.\n\nCó 7" in ended


def test_cells_on_lines_of_their_own_stay_together(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "bài.pdf",
        pdf_file(lines("Kết quả như sau:", "Khối", "Số lớp", "Khối 6", "12", "Khối 7", "10")),
    )
    assert "Khối\nSố lớp\nKhối 6\n12\nKhối 7\n10" in document.text


@pytest.mark.parametrize(
    "info", ["/Title <FEFF0048D83D>", "/Title <FEFF>", "/Title (\xff\xfe\x00)", "/Title 5"]
)
def test_odd_metadata_ends_nothing(tmp_path: Path, info: str) -> None:
    assert INTRODUCTION in read(tmp_path, "bài.pdf", pdf_file([FIRST], info=info)).text


def test_an_empty_page_between_others_is_passed_over(tmp_path: Path) -> None:
    last = [(50, 740, 12, "Đảng bộ có 12 chi bộ.")]
    assert below(read(tmp_path, "bài.pdf", pdf_file([FIRST], [], last)).text) == "Đảng bộ có 12 chi bộ."


def test_a_scan_with_the_number_of_its_page_asks_for_ocr(tmp_path: Path) -> None:
    assert "OCR" in refusal(tmp_path, "bài.pdf", pdf_file([(300, 20, 12, "1")]))
