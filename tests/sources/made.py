"""Documents made piece by piece: Word files from their XML, PDF files from lines of text at places of a page.

And how they are read: `read` and `refusal` write a file and give its document, or the one line of its error.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from summarizer.errors import SourceError
from summarizer.sources.document import Document, Table
from summarizer.sources.loading import read_document

__all__ = ("INTRODUCTION", "grid", "pdf_file", "read", "refusal", "run", "word_file", "written")

INTRODUCTION = "Ngày 15/1/2021, Đảng ủy Trường Hoa Sữa tổ chức hội nghị tổng kết công tác đảng năm 2020."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def written(folder: Path, name: str, data: str | bytes) -> Path:
    """A file in a folder with this text or these bytes."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(folder: Path, name: str, data: str | bytes) -> Document:
    """The document of a file with this name and these bytes."""
    return read_document(written(folder, name, data))


def refusal(folder: Path, name: str, data: str | bytes) -> str:
    """The one line that says why such a file is not read."""
    with pytest.raises(SourceError) as caught:
        read(folder, name, data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def grid(document: Document, table: Table) -> dict[tuple[int, int], str]:
    """The texts of a table's cells by their row and column."""
    return {(cell.row, cell.column): document.text[cell.at : cell.end] for cell in table.cells}


def run(text: str, properties: str = "") -> str:
    """A run of a Word file's text, with the XML of its properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_file(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """A .docx of the introduction and this XML; `parts` are what stands in its styles, footnotes and the like."""
    folder, _, name = main.rpartition("/")
    related = "".join(
        f'<Relationship Id="r{part}" Type="{_RELATIONS}/{part}" Target="{part}.xml"/>' for part in parts
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{_RELATIONS}/officeDocument" Target="{main}"/></Relationships>',
        )
        archive.writestr(
            f"{folder}/_rels/{name}.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        )
        archive.writestr(
            main,
            f"<w:document {_NAMESPACES}><w:body><w:p>{run(INTRODUCTION)}</w:p>{body}</w:body></w:document>",
        )
        for part, inside in parts.items():
            archive.writestr(f"{folder}/{part}.xml", f"<w:{part} {_NAMESPACES}>{inside}</w:{part}>")
    return out.getvalue()


Line = tuple[float, float, float, str]
"""A piece of text on a page: x and y of its beginning from the lower left, its size, and the text."""


def pdf_file(*pages: Sequence[Line], info: str = "") -> bytes:
    """A PDF with these pages, in a font that names its characters (ToUnicode) and is not embedded."""
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        "endcmap end end"
    )
    contents = [
        " ".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, size, text in page
        )
        for page in pages
    ]
    system = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial/DW 500/CIDSystemInfo{system}>>",
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
        f"<<{info}>>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {8 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, inside in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{inside}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    ).encode("latin-1")
