"""Reading: the text exactly as it stands in the file, or one line that says why not."""

from __future__ import annotations

import io
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SourceError
from summarizer.sources.decoding import MAX_BYTES, MAX_CHARACTERS, is_vietnamese
from summarizer.sources.loading import document_from, read_document, read_text
from tests.sources.made import pdf_file, word_file

ARTICLE = (
    "Chi bộ Khoa Xây dựng Đảng tổ chức Hội nghị tổng kết công tác năm 2020.\r\n"
    "Năm qua có 27 đảng viên hoàn thành tốt nhiệm vụ, 02 đảng viên hoàn thành xuất sắc nhiệm vụ.\n"
)
# "Hội nghị tổng kết công tác Đảng năm 2020 của trường, các đảng viên được khen thưởng" in TCVN3's bytes.
TCVN3 = (
    b"H\xe9i ngh\xde t\xe6ng k\xd5t c\xabng t\xb8c \xa7\xb6ng n\xa8m 2020 c\xf1a tr\xad\xeang, "
    b"c\xb8c \xae\xb6ng vi\xaan \xae\xad\xeec khen th\xad\xebng"
)


def written(folder: Path, data: bytes, name: str = "bài.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(source: object) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(source)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "with byte order mark"])
def test_offsets_are_those_of_the_file_opened_without_newline_translation(tmp_path: Path, bom: bytes) -> None:
    path = written(tmp_path, bom + ARTICLE.encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert read_document(path).text == file.read()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_text_comes_back_character_for_character(noise: str) -> None:
    text = ARTICLE + noise
    assert read_document(io.BytesIO(text.encode())).text == text


def test_a_file_gives_its_name_its_place_and_its_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, ARTICLE.encode())
    document = read_document(path)
    assert (document.name, document.location, document.encoding) == ("bài.txt", str(path), "utf-8")
    assert document.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_read_with_and_without_a_mark_and_said_so(tmp_path: Path, encoding: str) -> None:
    document = read_document(written(tmp_path, ARTICLE.encode(encoding)))
    assert document.text == ARTICLE
    assert "decoded from utf-" in document.notes[0]


def test_windows_1258_is_read_and_said_so(tmp_path: Path) -> None:
    # The code page has the tone marks as letters of their own: à is one byte, ộ is ô and a mark.
    decomposed = "".join(letter if _in_1258(letter) else _split_tone(letter) for letter in ARTICLE)
    document = read_document(written(tmp_path, decomposed.encode("cp1258")))
    assert unicodedata.normalize("NFC", document.text) == ARTICLE
    assert document.notes == ("decoded from windows-1258",)


def _in_1258(letter: str) -> bool:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True


def _split_tone(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone


def test_an_unknown_encoding_is_refused_by_name(tmp_path: Path) -> None:
    assert "TCVN3" in refusal(written(tmp_path, TCVN3))
    russian = ("Собрание партийной организации состоялось в понедельник. " * 9).encode("cp1251")
    assert "is not UTF-8 and in no encoding known here; save it" in refusal(written(tmp_path, russian))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\xc2\xa0", "is empty"),
        (b"%PDF-1.7 ...", "is no readable PDF"),
        (b"PK\x03\x04\x14\x00", "is a ZIP archive or an Office document"),
        (bytes(range(256)) * 4, "is binary"),
        (ARTICLE.encode() + b"\0", f"NUL character at offset {len(ARTICLE)}"),
        (b"\xff\xfe\x00", "begins with the mark of utf-16-le"),
        (
            b"The board met on Monday; 27 members of Dang Van Nguy\xe1\xbb\x85n attended. " * 3,
            "no Vietnamese",
        ),
        (b"Hoi nghi tong ket cong tac nam 2020 cua chi bo", "no Vietnamese"),
        (b"2020 12 5 %", "no Vietnamese"),
        (ARTICLE.encode() * (MAX_CHARACTERS // len(ARTICLE) + 1), "split it"),
        (b"a" * (MAX_BYTES + 1), "split it"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    path = written(tmp_path, data)
    message = refusal(path)
    assert message.startswith(f"{path}: ")
    assert says in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.txt")
    assert "is a folder" in refusal(tmp_path)
    assert "no such file" in refusal(str(tmp_path / "none.txt"))


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    path = written(tmp_path, ARTICLE.encode())
    assert "cannot be read (Not a directory)" in refusal(path / "bài.txt")


def test_a_string_is_a_path_where_it_names_a_file_else_the_text_itself(tmp_path: Path) -> None:
    path = written(tmp_path, ARTICLE.encode(), "Hội nghị")
    assert read_document(str(path)).name == "Hội nghị"
    assert read_document("Có 27 đảng viên.").name == "text"
    assert "no such file" in refusal("Báo cáo năm 2020.txt")


def test_standard_input_is_named_by_a_dash() -> None:
    document = read_document(io.BytesIO(ARTICLE.encode()))
    assert (document.name, document.location) == ("-", None)
    assert refusal(io.BytesIO(b"")).startswith("standard input: ")


@pytest.mark.parametrize(
    "data",
    [
        f"<!DOCTYPE html>\n<html><body><p>{ARTICLE}</p></body></html>".encode(),
        f"\ufeff\n<!-- a page -->\n<HTML lang='vi'><body><p>{ARTICLE}</p></body></HTML>".encode(),
        f'<?xml version="1.0"?><html><body><p>{ARTICLE}</p></body></html>'.encode(),
        word_file(""),
        pdf_file([(72, 720, 12, "Hội nghị tổng kết công tác Đảng năm 2020 của Đảng ủy Trường Hoa Sữa.")]),
    ],
    ids=["html", "html behind a comment", "xhtml", "docx", "pdf"],
)
@pytest.mark.parametrize("name", ["-", "bài", "bài.txt", "bài.doc"])
def test_a_source_is_read_in_the_format_that_its_first_bytes_are_of(
    tmp_path: Path, data: bytes, name: str
) -> None:
    source = io.BytesIO(data) if name == "-" else written(tmp_path, data, name)
    document = read_document(source)
    assert (document.name, document.location) == (name, None if name == "-" else str(source))
    assert not {"<", "PK", "%PDF"} & {document.text[:1], document.text[:2], document.text[:4]}
    assert "Trường Hoa Sữa" in document.text or "Chi bộ Khoa Xây dựng Đảng" in document.text


def test_a_text_on_standard_input_that_tells_of_html_is_a_text() -> None:
    text = f"{ARTICLE}\n<html> là một thẻ."
    assert read_document(io.BytesIO(text.encode())).text == text


def test_half_a_character_is_refused() -> None:
    with pytest.raises(SourceError, match="lone surrogate"):
        read_text(ARTICLE + "\ud83d")


def test_a_name_that_is_not_utf_8_on_the_disk_can_still_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/b\xe0i.txt"
    Path(os.fsdecode(path)).write_text(ARTICLE, encoding="utf-8")
    assert read_document(Path(os.fsdecode(path))).name == "b\\xe0i.txt"


@pytest.mark.parametrize(
    "text",
    ["3 giáo viên", "5 chi bộ", "12 lớp", unicodedata.normalize("NFD", "27 đảng viên"), "trên 200 học viên"],
)
def test_a_few_words_are_enough_to_be_vietnamese(text: str) -> None:
    assert is_vietnamese(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le président a été élu à l'unanimité par les délégués réunis à Orléans",
        "A câmara elegeu três vereadores; não há informações sobre os órgãos",
        "Partidul a ținut o ședință și a ales cinci membri după amiază",
        "Zhōngguó Gòngchǎndǎng",
        "",
    ],
)
def test_other_languages_with_accents_are_not_vietnamese(text: str) -> None:
    assert not is_vietnamese(text)


def test_text_that_was_decoded_wrongly_is_repaired_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Há»™i nghá»‹ tá»•ng káº¿t cÃ´ng tÃ¡c khen 12 cÃ¡n bá»™ cá»§a tá»‰nh", encoding="utf-8")
    document = read_document(path)
    assert document.text == "Hội nghị tổng kết công tác khen 12 cán bộ của tỉnh"
    assert any("repair" in note for note in document.notes)


VNI = (
    "Hoäi nghò toång keát coâng taùc cuûa ñaûng boä, coù 12 chi boä vaø caùc ñaûng vieân ñöôïc khen thöôûng. "
)
VIQR = "Ho^.i nghi. to^?ng ke^'t co^ng ta'c cu?a dda?ng bo^., co' 12 chi bo^. va` ca'c dda?ng vie^n ddu+o+.c khen. "


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TCVN3.decode("latin-1").encode(), "TCVN3"),
        (VNI.encode(), "VNI"),
        (VNI.encode("cp1252"), "VNI"),
        (VIQR.encode(), "VIQR"),
    ],
    ids=["TCVN3 as Latin letters", "VNI as Latin letters", "VNI", "VIQR"],
)
def test_an_encoding_from_before_unicode_is_refused_by_name(tmp_path: Path, data: bytes, name: str) -> None:
    assert name in refusal(written(tmp_path, data))


@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad", "\u200e", "\u2060", "\ufeff", "\u200c", "\u202c"])
def test_invisible_characters_are_no_reason_to_refuse_a_text(invisible: str) -> None:
    between = invisible.join(unicodedata.normalize("NFD", ARTICLE))
    assert read_text(between).text == between
    assert refusal(io.BytesIO((invisible * 9).encode())).endswith("is empty; there is nothing to summarize")


@pytest.mark.parametrize("source", ["file:///etc/passwd", "ftp://truong.edu.vn/bai.txt", "gopher://x/1.md"])
def test_only_web_addresses_and_files_are_read(source: str) -> None:
    assert "is no http or https address" in refusal(source)


def test_what_a_library_raises_is_one_line_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("nobody thought\nof this")

    monkeypatch.setattr("summarizer.sources.decoding.repaired", fail)
    with pytest.raises(
        SourceError, match=r"^bài\.txt: cannot be read \(RuntimeError: nobody thought of this\)$"
    ) as caught:
        document_from(ARTICLE.encode(), Path("bài.txt"))
    assert isinstance(caught.value.__cause__, RuntimeError)
