"""Markup: the tree of a page or a Markdown file, changed so that its text is what a reader sees.

What is struck out or hidden goes, raised marks become text, and the cells of tables are marked so that they are found
again in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from summarizer.sources.extracted import Box, CellMarks, Left, raised

_NOTE_LINK = re.compile(r"#_?(?:ftn|edn|fn|footnote|endnote|cite_note|note)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
     "li", "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_NUMBER = re.compile(r"[\d.,/\s]+%?")
_LONGEST_CELL = 2_000  # characters; a table with longer ones lays out a page
_WIDEST_SPAN = 20  # columns; more only where the table has as many cells in a row
_MOST_COVERED = 20  # places in the grid for each cell of a table
_LINKED = 0.5  # of a table's text: with more it is a menu


def prepare(tree: HtmlElement, marks: CellMarks, left: Left) -> None:
    """Change a page's tree into one that an extractor of texts reads right."""
    for element in list(tree.iter("del", "s", "strike", "span", "font", "sup", "sub", "a")):
        if element.getparent() is None:
            continue
        style = element.get("style") or ""
        lift = _RAISED_STYLE.search(style)
        if element.tag in {"del", "s", "strike"} or _STRUCK_STYLE.search(style):
            left["struck-out text left out"] += bool(element.text_content().strip())
            element.drop_tree()
        elif element.tag in {"span", "font"} and _HIDDEN_STYLE.search(style):
            left["hidden text left out"] += bool(element.text_content().strip())
            element.drop_tree()
        elif element.tag in {"sup", "sub"} or lift is not None:
            lowered = element.tag == "sub" or (lift is not None and lift[1].lower() == "sub")
            _replace(element, raised(element.text_content(), _before(element), left, lowered=lowered))
        elif element.tag == "a" and _NOTE_LINK.match(element.get("href") or ""):
            _replace(element, raised(element.text_content(), _before(element), left))
    for element in list(tree.iter("ins")):
        element.drop_tag()
    for element in tree.iter("figcaption"):
        element.tag = "p"
    for element in tree.iter("figure"):
        element.tag = "div"
    for table in list(tree.iter("table")):
        _mark_table(table, marks)


def _replace(element: HtmlElement, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
    element.tag = "span"  # to take it out would copy the line's text each time


def _before(element: HtmlElement) -> str:
    """The text right before an element in its line."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        inline = isinstance(previous.tag, str) and previous.tag not in _BLOCKS and previous.tag != "br"
        return previous.tail or (previous.text_content() if inline else "")
    return (parent.text or "") if parent is not None else ""


def _mark_table(table: HtmlElement, marks: CellMarks) -> None:
    """Mark a table's cells, each brought to plain text; a table that lays out a page stays as it is."""
    for caption in list(table.iterchildren("caption")):
        caption.tag = "p"
        table.addprevious(caption)
        caption.tail = None
    for foot in list(table.iterchildren("tfoot")):
        table.append(foot)  # it is shown last, wherever it stands
    rows = [
        [cell for cell in row if cell.tag in {"td", "th"}]
        for row in table.iter("tr")
        if row.text_content().strip()
    ]
    rows = [row for row in rows if row]
    if not rows or table.find(".//table") is not None:
        return
    text = len(table.text_content())
    linked = sum(len(link.text_content()) for link in table.iter("a"))
    if linked > _LINKED * text or any(
        len(cell.text_content()) > _LONGEST_CELL for row in rows for cell in row
    ):
        return
    if _lays_out(rows):
        for element in (table, *table.iter("thead", "tbody", "tfoot", "tr", "td", "th")):
            element.tag = "div"
        return
    _bound_spans(rows)
    boxes = [[_box(cell) for cell in row] for row in rows]
    for row, marked in zip(rows, marks.table(boxes), strict=True):
        for cell, words in zip(row, marked, strict=True):
            for child in list(cell):
                cell.remove(child)
            cell.text = words


def _lays_out(rows: list[list[HtmlElement]]) -> bool:
    """Whether cells only stand beside each other on the page, as of a letterhead, signatures, a picture's caption."""
    across = max(map(len, rows))
    cells = [
        [line for line in "".join(words(cell)).split("\n") if line.strip()] for row in rows for cell in row
    ]
    numbers = any(_NUMBER.fullmatch(" ".join(lines)) for lines in cells)
    return (
        len(rows) == 1 or across == 1 or (across == 2 and not numbers and any(len(one) > 1 for one in cells))
    )


def _bound_spans(rows: list[list[HtmlElement]]) -> None:
    """Take spans that go beyond the table back to it: the extractor fills what they cover with empty cells."""
    widest = max(_WIDEST_SPAN, *map(len, rows))
    for index, row in enumerate(rows):
        for cell in row:
            for name, most in (("colspan", widest), ("rowspan", len(rows) - index)):
                if (span := _span(cell, name)) > 1:
                    cell.set(name, str(min(span, most)))
    covered = sum(_span(cell, "rowspan") * _span(cell, "colspan") for row in rows for cell in row)
    if covered > _MOST_COVERED * sum(map(len, rows)):  # a table that overlaps itself
        for row in rows:
            for cell in row:
                cell.attrib.pop("rowspan", None)


def _box(cell: HtmlElement) -> Box:
    head = cell.tag == "th" or any(parent.tag == "thead" for parent in cell.iterancestors("thead", "table"))
    return Box(_line(cell), _span(cell, "rowspan"), _span(cell, "colspan"), head)


def _line(element: HtmlElement) -> str:
    return " ".join("".join(words(element)).split())


def _span(cell: HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "", re.ASCII)
    return int(digits[1]) if digits else 1


def blocks(element: HtmlElement, mark: str = "") -> Iterator[str]:
    """The blocks of text under an element, in order: an item with a dash, a row of a table between bars."""
    if element.tag == "table":
        for row in element.iter("tr"):
            yield f"| {' | '.join(map(_line, row))} |"
        return
    line = [element.text or ""]
    for child in element:
        if child.tag not in _BLOCKS:
            line += words(child)
        else:
            if text := "".join(line).strip():
                yield mark + text
                mark = ""
            yield from blocks(child, "- " if child.tag == "li" else mark)
            line, mark = [], ""
        line.append(child.tail or "")
    if text := "".join(line).strip():
        yield mark + text


def words(element: HtmlElement) -> Iterator[str]:
    """The text of an element, with a line end before and behind each block in it."""
    if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
        return
    end = "\n" if element.tag in _BLOCKS else ""
    yield "\n" if element.tag == "br" else end
    yield element.text or ""
    for child in element:
        yield from words(child)
        yield child.tail or ""
    yield end
