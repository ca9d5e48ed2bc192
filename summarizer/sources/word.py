"""Word files (.docx): the text that a reader of the document sees, in its order, read from its XML by lxml.

Insertions, moved text where it came to stand, content controls, smart tags, results of fields, text boxes and
footnotes are read; deletions, struck-out and hidden text are not, headers, footers and comments neither.
WordprocessingML is ISO/IEC 29500; elements are known by their local names, which its strict and its transitional
form share.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from posixpath import join, normpath
from zipfile import BadZipFile, LargeZipFile, ZipFile

from lxml.etree import LxmlError, QName, XMLParser, _Element, fromstring

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import Box, CellMarks, Left, document, paragraphs, raised

_MAX_PART = 40_000_000  # bytes of a part unpacked; 300,000 characters with a run for every word take 20 MB
_MAX_TAGS = 1_500_000
# What zipfile raises for an archive that is damaged, encrypted or packed as nobody knows.
_DAMAGE = (BadZipFile, LargeZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError)
_FALSE = frozenset({"0", "false", "off", "none"})
# What holds no text of the document, or text that is not shown.
_SKIPPED = frozenset(
    ("delText", "delInstrText", "instrText", "rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr",
     "sdtPr", "sdtEndPr", "rubyPr", "rt", "ctrlPr", "footnoteRef", "endnoteRef", "annotationRef", "Fallback")
)  # fmt: skip
_BASELINE = "baseline"
_LETTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of text looks, as far as it decides whether and how it is read; None: as its style says."""

    hidden: bool | None = None
    struck: bool | None = None
    lift: str | None = None  # superscript, subscript or baseline

    def over(self, other: _Look) -> _Look:
        return _Look(
            other.hidden if self.hidden is None else self.hidden,
            other.struck if self.struck is None else self.struck,
            self.lift or other.lift,
        )


def read_docx(data: bytes, name: str, location: str, charset: str | None = None) -> Document:
    """The text of a .docx file; raises `SourceError` where it is damaged, protected, or has none."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            f"{location}: is locked with a password, or an old .doc; save it as .docx without a password"
        )
    left = Left()
    try:
        with ZipFile(BytesIO(data)) as archive:
            package = _Package(archive, location)
            body = package.part(package.main)
            if body is None:
                raise SourceError(f"{location}: is no Word document; save it as .docx")
            marks = CellMarks("".join(one.text or "" for one in body.iter("t")))
            reader = _Reader(_looks(package.related("styles")), marks, left)
            blocks = [*reader.blocks(body), *reader.notes(package)]
            title = package.title()
    except _DAMAGE as error:
        reason = "is locked with a password" if "encrypted" in str(error) else "is a damaged .docx file"
        raise SourceError(f"{location}: {reason}; save it again") from None
    except LxmlError:
        raise SourceError(f"{location}: is a damaged .docx file; save it again") from None
    return document(
        paragraphs(blocks),
        name=name,
        location=location,
        notes=("text extracted from .docx",),
        left=left,
        marks=marks,
        title=title,
    )


class _Package:
    """The parts of a document's archive; their names are compared as loosely as Word does."""

    def __init__(self, archive: ZipFile, location: str) -> None:
        self._archive = archive
        self._location = location
        self._names = {_plain_name(name): name for name in archive.namelist()}
        self.main = next(self._targets("", "officeDocument"), "word/document.xml")

    def part(self, name: str) -> _Element | None:
        """The root of a part, None where there is no such part."""
        stored = self._names.get(_plain_name(name))
        if stored is None:
            return None
        with self._archive.open(stored) as file:
            data = file.read(_MAX_PART + 1)
        if len(data) > _MAX_PART or data.count(b"<") > _MAX_TAGS:
            raise SourceError(f"{self._location}: unpacks to more than any article; split it")
        parser = XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return _bare(fromstring(data, parser))

    def related(self, kind: str) -> _Element | None:
        """The root of the main part's first relation of a kind (`styles`, `footnotes`)."""
        target = next(self._targets(self.main, kind), None)
        return None if target is None else self.part(target)

    def title(self) -> str | None:
        try:
            root = self.part(next(self._targets("", "core-properties"), "docProps/core.xml"))
        except (*_DAMAGE, LxmlError):  # the text may be right all the same
            return None
        return None if root is None else root.findtext("title")

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        folder, _, name = source.rpartition("/")
        relations = self.part(join(folder, "_rels", f"{name}.rels"))
        for relation in () if relations is None else relations:
            if (relation.get("Type") or "").endswith("/" + kind) and relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                yield target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _bare(root: _Element) -> _Element:
    """Take the namespaces off the names of elements and attributes, which differ between the format's two forms."""
    for element in root.iter("*"):
        element.tag = QName(element).localname
        for name, value in element.attrib.items():
            if name.startswith("{"):
                element.set(QName(name).localname, value)
    return root


def _value(element: _Element, path: str) -> str:
    """The value of what stands under an element; empty where there is none."""
    found = element.find(path)
    return "" if found is None else found.get("val", "")


def _is_on(properties: _Element, name: str) -> bool | None:
    """Whether a property is switched on; None where it is not given."""
    found = properties.find(name)
    return None if found is None else (found.get("val") or "1").lower() not in _FALSE


def _number(element: _Element, path: str) -> int:
    value = re.match(r"\s*(\d{1,6})", _value(element, path), re.ASCII)
    return int(value[1]) if value else 0


def _look(properties: _Element | None) -> _Look:
    """How run properties look by themselves."""
    if properties is None:
        return _Look()
    struck = [_is_on(properties, "strike"), _is_on(properties, "dstrike")]
    lift = _value(properties, "vertAlign")
    position = _value(properties, "position")
    if not lift and re.fullmatch(r"[+]?\d+", position) and int(position) > 0:
        lift = "superscript"
    return _Look(_is_on(properties, "vanish"), True if True in struck else struck[0], lift or None)


def _looks(styles: _Element | None) -> dict[str, _Look]:
    """How each style looks, with what it is based on."""
    own: dict[str, tuple[_Look, str]] = {}
    for style in () if styles is None else styles:
        if style.tag == "style" and (key := style.get("styleId")):
            own[key] = _look(style.find("rPr")), _value(style, "basedOn")
    looks: dict[str, _Look] = {}
    for key in own:
        look, based, seen = own[key][0], own[key][1], {key}
        while based in own and based not in seen:
            seen.add(based)
            look, based = look.over(own[based][0]), own[based][1]
        looks[key] = look
    return looks


class _Reader:
    """One document's way through its XML: a paragraph is put together while its elements are walked."""

    def __init__(self, styles: dict[str, _Look], marks: CellMarks, left: Left) -> None:
        self._styles = styles
        self._marks = marks
        self._left = left
        self._fields: list[bool] = []  # of each field that is open, whether its result has begun
        self._referred: dict[tuple[str, str], None] = {}  # footnotes and endnotes in the order of their marks
        self._boxes: list[_Element] = []  # text boxes that hang on the paragraph
        self._line: list[str] = []
        self._lift: str = _BASELINE
        self._lifted = ""  # raised or lowered text that ends the line so far
        self._depth = 0  # of tables in tables

    def blocks(self, parent: _Element) -> Iterator[str]:
        """The paragraphs and the rows of tables under an element, in order."""
        for element in parent:
            name = element.tag
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name not in _SKIPPED:
                yield from self.blocks(element)

    def notes(self, package: _Package) -> Iterator[str]:
        """The footnotes and endnotes that the text refers to, each a paragraph."""
        notes: dict[tuple[str, str | None], _Element] = {}
        for kind in ("footnotes", "endnotes"):
            part = package.related(kind)
            notes |= {(kind, note.get("id")): note for note in (() if part is None else part)}
        for number, reference in enumerate(self._referred, 1):
            if reference in notes and (text := " ".join(self.blocks(notes[reference])).strip()):
                self._left["footnotes put at the end"] += 1
                yield f"[{number}] {text}"

    def _paragraph(self, element: _Element) -> Iterator[str]:
        if not self._line and _number(element, "pPr/numPr/numId"):
            self._line.append("- ")
        self._inline(element, self._styles.get(_value(element, "pPr/pStyle"), _Look()))
        self._set_down()
        if element.find("pPr/rPr/del") is None:  # else its end is deleted: the next one goes on
            yield "" if self._line == ["- "] else "".join(self._line)
            self._line = []
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            line, self._line = self._line, []
            yield from self.blocks(box)
            self._line = line

    def _inline(self, element: Iterable[_Element], look: _Look) -> None:
        """Take up the text under an element; `look` is how it looks where it does not say itself."""
        for child in element:
            name = child.tag
            if name == "r":
                style = self._styles.get(_value(child, "rPr/rStyle"), _Look())
                self._inline(child, _look(child.find("rPr")).over(style).over(look))
            elif name == "t":
                self._add(child.text or "", look)
            elif name in _LETTERS:
                self._add(_LETTERS[name], look)
            elif name == "fldChar":
                self._field(child.get("fldCharType"))
            elif name in {"footnoteReference", "endnoteReference"}:
                self._referred[name.removesuffix("Reference") + "s", child.get("id", "")] = None
            elif name == "AlternateContent":
                self._inline(next((one for one in child if one.find(".//t") is not None), ()), look)
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name in {"sup", "sub"}:  # of a formula
                self._inline(child, _Look(lift={"sup": "superscript", "sub": "subscript"}[name]).over(look))
            elif name in {"del", "moveFrom"}:
                self._left["deleted text left out"] += any(
                    one.text for one in child.iter("*") if "t" in one.tag.lower()
                )
            elif name not in _SKIPPED:
                self._add("/" if name == "den" else "", look)
                self._inline(child, look)

    def _add(self, text: str, look: _Look) -> None:
        if not text or not all(self._fields):
            return
        if look.hidden or look.struck:
            shown = text.strip() != ""
            self._left["hidden text left out" if look.hidden else "struck-out text left out"] += shown
            return
        lift = look.lift or _BASELINE
        if lift != self._lift:
            self._set_down()
            self._lift = lift
        if lift == _BASELINE:
            self._line.append(text)
        else:
            self._lifted += text

    def _set_down(self) -> None:
        """End a raised or lowered piece of text: it becomes what stands for it in a line."""
        if self._lifted:
            before = "".join(self._line[-4:])
            self._line.append(raised(self._lifted, before, self._left, lowered=self._lift == "subscript"))
        self._lifted, self._lift = "", _BASELINE

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _table(self, table: _Element) -> Iterator[str]:
        """A table's rows as lines between bars; in a table that stands in another's cell, without them."""
        rows = [row for row in _under(table, "tr") if row.find("trPr/del") is None]
        cells = [list(_under(row, "tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:  # a frame around some paragraphs
            yield from self.blocks(cells[0][0])
            return
        self._depth += 1
        grid = list(self._grid(rows, cells))
        self._depth -= 1
        if self._depth:
            yield from (" ".join(box.text for box in row if box is not None) for row in grid)
            return
        marked = self._marks.table([[box for box in row if box is not None] for row in grid])
        for row, texts in zip(grid, marked, strict=True):
            words = iter(texts)
            yield f"| {' | '.join('' if box is None else next(words) for box in row)} |"

    def _grid(self, rows: list[_Element], cells: list[list[_Element]]) -> Iterator[list[Box | None]]:
        """Yield the cells of each row; None stands where one further up goes on, which is made to span it."""
        grid: list[list[Box | None]] = []
        open_: dict[int, tuple[int, int]] = {}  # by column: row and place in it of the cell that goes on
        for row, inside in zip(rows, cells, strict=True):
            head = _is_on(row, "trPr/tblHeader") is True
            line: list[Box | None] = []
            grid.append(line)
            column = _number(row, "trPr/gridBefore")
            if column:
                line.append(Box("", columns=column))
            for cell in inside:
                span = max(1, _number(cell, "tcPr/gridSpan"))
                merge = cell.find("tcPr/vMerge")
                goes_on = merge is not None and merge.get("val") != "restart"
                if goes_on and column in open_:
                    above, place = open_[column]
                    if (box := grid[above][place]) is not None:
                        grid[above][place] = replace(box, rows=len(grid) - above)
                    line.append(None)
                else:
                    open_.pop(column, None)
                    if merge is not None:
                        open_[column] = len(grid) - 1, len(line)
                    deleted = cell.find("tcPr/cellDel") is not None
                    text = "" if deleted else " ".join(" ".join(self.blocks(cell)).split())
                    line.append(Box(text, columns=span, head=head))
                column += span
        return iter(grid)


def _under(parent: _Element, name: str) -> Iterator[_Element]:
    """The elements of a name under a table or a row, also in content controls and the like, not in tables in it."""
    for element in parent:
        if element.tag == name:
            yield element
        elif element.tag not in _SKIPPED and element.tag not in {"tbl", "tr", "tc"}:
            yield from _under(element, name)
