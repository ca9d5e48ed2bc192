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
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, groupby
from operator import itemgetter
from posixpath import join, normpath
from zipfile import BadZipFile, LargeZipFile, ZipFile

from lxml.etree import LxmlError, QName, SubElement, XMLParser, _Element, fromstring
from lxml.html import HtmlElement, fragment_fromstring

from summarizer.errors import SourceError
from summarizer.sources.document import Document
from summarizer.sources.extracted import CellMarks, Left, finished, paragraphs
from summarizer.sources.markup import blocks, prepare

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
_LIFTS = {"superscript": "sup", "subscript": "sub", _BASELINE: _BASELINE}
_LETTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of text looks, as far as it decides whether and how it is read; None: as its style says."""

    hidden: bool | None = None
    struck: bool | None = None
    lift: str | None = None  # a value of `_LIFTS`

    def over(self, other: _Look) -> _Look:
        return _Look(
            other.hidden if self.hidden is None else self.hidden,
            other.struck if self.struck is None else self.struck,
            self.lift or other.lift,
        )

    @property
    def tag(self) -> str | None:
        """The tag of a page for text that looks so; None for what is read as it stands."""
        lift = None if self.lift == _BASELINE else self.lift
        return "span" if self.hidden else "s" if self.struck else lift


_Run = tuple[str | None, str]  # the tag for how a text looks, and the text


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
            tree = fragment_fromstring("<div></div>")
            reader = _Reader(_looks(package.related("styles")), left)
            reader.blocks(body, tree)
            reader.notes(package, tree)
            title = package.title()
    except _DAMAGE as error:
        reason = "is locked with a password" if "encrypted" in str(error) else "is a damaged .docx file"
        raise SourceError(f"{location}: {reason}; save it again") from None
    except LxmlError:
        raise SourceError(f"{location}: is a damaged .docx file; save it again") from None
    marks = CellMarks("".join(tree.itertext()))
    prepare(tree, marks, left)
    notes = ("text extracted from .docx",)
    return finished(Document(name, paragraphs(blocks(tree)), location, notes=notes, title=title), left, marks)


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
    lift = _LIFTS.get(_value(properties, "vertAlign"))
    if lift is None and re.fullmatch(r"[+]?0*[1-9]\d*", _value(properties, "position")):
        lift = "sup"
    return _Look(_is_on(properties, "vanish"), True if True in struck else struck[0], lift)


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
    """Writes a document's body as HTML, in which what is struck out, hidden or raised has the tags of a page."""

    def __init__(self, styles: dict[str, _Look], left: Left) -> None:
        self._styles = styles
        self._left = left
        self._fields: list[bool] = []  # of each field that is open, whether its result has begun
        self._referred: dict[tuple[str, str], None] = {}  # footnotes and endnotes in the order of their marks
        self._boxes: list[_Element] = []  # text boxes that hang on the paragraph
        self._open: HtmlElement | None = None  # a paragraph whose end is deleted: the next one goes on in it
        self._in_table = False

    def blocks(self, parent: _Element, out: HtmlElement) -> None:
        """Write the paragraphs and tables under an element, in order."""
        for element in parent:
            if element.tag == "p":
                self._paragraph(element, out)
            elif element.tag == "tbl":
                self._table(element, out)
            elif element.tag not in _SKIPPED:
                self.blocks(element, out)

    def notes(self, package: _Package, out: HtmlElement) -> None:
        """Write the footnotes and endnotes that the text refers to, each a paragraph."""
        notes: dict[tuple[str, str | None], _Element] = {}
        for kind in ("footnotes", "endnotes"):
            part = package.related(kind)
            notes |= {(kind, note.get("id")): note for note in (() if part is None else part)}
        for number, reference in enumerate([*self._referred], 1):
            if reference in notes and "".join(notes[reference].itertext("t")).strip():
                self._left["footnotes put at the end"] += 1
                runs: list[_Run] = [(None, f"[{number}]")]
                for paragraph in notes[reference].iter("p"):
                    runs.append((None, " "))
                    self._inline(paragraph, runs, _Look())
                _write(SubElement(out, "p"), runs)

    def _paragraph(self, element: _Element, out: HtmlElement) -> None:
        made = self._open
        if made is None:
            made = SubElement(out, "li" if _number(element, "pPr/numPr/numId") else "p")
        runs: list[_Run] = []
        self._inline(element, runs, self._styles.get(_value(element, "pPr/pStyle"), _Look()))
        _write(made, runs)
        goes_on = element.find("pPr/rPr/del") is not None
        boxes, self._boxes, self._open = self._boxes, [], None
        for box in boxes:
            self.blocks(box, out)
        self._open = made if goes_on else None

    def _inline(self, element: Iterable[_Element], runs: list[_Run], look: _Look) -> None:
        """Add the text under an element; `look` is how it looks where it does not say itself."""
        for child in element:
            name = child.tag
            if name == "r":
                style = self._styles.get(_value(child, "rPr/rStyle"), _Look())
                self._inline(child, runs, _look(child.find("rPr")).over(style).over(look))
            elif name == "t" or name in _LETTERS:
                if all(self._fields):
                    runs.append((look.tag, _LETTERS.get(name, child.text or "")))
            elif name == "fldChar":
                self._field(child.get("fldCharType"))
            elif name in {"footnoteReference", "endnoteReference"}:
                self._referred[name.removesuffix("Reference") + "s", child.get("id", "")] = None
            elif name == "AlternateContent":
                self._inline(next((one for one in child if one.find(".//t") is not None), ()), runs, look)
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name in {"sup", "sub"}:  # of a formula
                self._inline(child, runs, _Look(lift=name).over(look))
            elif name in {"del", "moveFrom"}:
                self._left["deleted text left out"] += any(
                    one.text for one in child.iter("t", "delText", "delInstrText", "instrText")
                )
            elif name not in _SKIPPED:
                if name == "den":
                    runs.append((look.tag, "/"))
                self._inline(child, runs, look)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _table(self, table: _Element, out: HtmlElement) -> None:
        """Write a table; of one that stands in another's cell, what is in its cells."""
        self._open = None
        rows = [row for row in _under(table, "tr") if row.find("trPr/del") is None]
        cells = [list(_under(row, "tc")) for row in rows]
        if self._in_table:
            for cell in chain.from_iterable(cells):
                self.blocks(cell, out)
            return
        self._in_table = True
        made = SubElement(out, "table")
        open_: dict[int, HtmlElement] = {}  # by column: the cell that may go on below
        for row, inside in zip(rows, cells, strict=True):
            line = SubElement(made, "tr")
            tag = "th" if _is_on(row, "trPr/tblHeader") else "td"
            column = _number(row, "trPr/gridBefore")
            if column:
                SubElement(line, tag, colspan=str(column))
            for cell in inside:
                span = max(1, _number(cell, "tcPr/gridSpan"))
                merge = cell.find("tcPr/vMerge")
                above = open_.pop(column, None)
                if above is not None and merge is not None and merge.get("val") != "restart":
                    above.set("rowspan", str(int(above.get("rowspan", "1")) + 1))
                    SubElement(line, "span")  # shows that the row has a place there
                    open_[column] = above
                else:
                    written = SubElement(line, tag, colspan=str(span))
                    if cell.find("tcPr/cellDel") is None:
                        self.blocks(cell, written)
                    self._open = None  # no paragraph goes on in another cell
                    if merge is not None:
                        open_[column] = written
                column += span
        self._in_table = False


def _write(out: HtmlElement, runs: list[_Run]) -> None:
    """Write runs of text at the end of an element, those of one look at once: each time copies what is there."""
    for tag, alike in groupby(runs, itemgetter(0)):
        text = "".join(run for _, run in alike)
        if tag is not None:
            last = SubElement(out, tag)
            last.text = text
            if tag == "span":
                last.set("style", "display: none")
        elif len(out):
            out[-1].tail = (out[-1].tail or "") + text
        else:
            out.text = (out.text or "") + text


def _under(parent: _Element, name: str) -> Iterator[_Element]:
    """The elements of a name under a table or a row, also in content controls and the like, not in tables in it."""
    for element in parent:
        if element.tag == name:
            yield element
        elif element.tag not in _SKIPPED and element.tag not in {"tbl", "tr", "tc"}:
            yield from _under(element, name)
