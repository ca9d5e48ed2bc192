"""Word files (.docx): paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import document, missing, paragraphs, whole

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.table import Table, _Cell

__all__ = ("read_docx",)

_MAX_UNPACKED = 300_000_000  # bytes; an archive that says it unpacks to more is made to fill the memory


def read_docx(data: bytes, path: Path) -> Document:
    """The text of a .docx file; raises `SourceError` where it is damaged, protected, or has none."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError
    except ImportError:
        raise missing(str(path), "python-docx", "office") from None
    data = whole(data, path)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise SourceError(f"{path}: unpacks to more than {_MAX_UNPACKED // 1_000_000} MB")
        file = docx.Document(BytesIO(data))
        text = paragraphs(_blocks(file))
        title = file.core_properties.title or None
    except (BadZipFile, OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise SourceError(
            f"{path}: is no readable .docx file ({type(error).__name__}); save it again"
        ) from None
    return document(
        text,
        name=path.name,
        location=str(path),
        notes=(f"text extracted from .docx by python-docx {docx.__version__}",),
        title=title,
    )


def _blocks(file: WordFile | _Cell) -> Iterator[str]:
    from docx.table import Table

    for block in file.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            numbered = block._p.pPr is not None and block._p.pPr.numPr is not None
            yield ("- " if numbered and block.text.strip() else "") + block.text


def _rows(table: Table) -> Iterator[str]:
    """A table's rows as lines; a cell that spans several columns is said once."""
    for row in table.rows:
        cells: list[str] = []
        before: object = None
        for cell in row.cells:
            if cell._tc is not before:
                cells.append(" ".join(" ".join(_blocks(cell)).split()))
            before = cell._tc
        yield f"| {' | '.join(cells)} |"
