"""Charts as inline SVG, by pygal: no script, no style of their own, so that a strict policy can hold.

The page's style sheet colours them through pygal's class names, in light and dark alike; every bar is a
link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

__all__ = ("Bar", "stacked")

_HIGHEST = 10**15  # a chart's heights are fractions, which hold no number of any size
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_DROPPED = frozenset({"defs", "title"})  # pygal's style sheet and script are in the first


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its value, where a click on it leads, and what it is called in words."""

    value: float
    href: str
    says: str


def stacked(
    label: str,
    columns: Sequence[str],
    series: Sequence[tuple[str, Sequence[Bar | None]]],
    number: Callable[[int | float], str],
) -> Markup:
    """Columns, each a stack of one bar a series; a series is the class that colours it and its bars.

    `label` is what a screen reader says of the chart. The legend is the page's own, which can be read aloud; `number`
    writes a value.
    """
    import pygal
    from pygal.style import Style

    chart = pygal.StackedBar(
        js=(),
        css=(),
        no_prefix=True,
        disable_xml_declaration=True,
        width=640,
        height=300,
        margin=6,
        spacing=8,
        max_scale=6,
        show_legend=False,
        show_x_guides=False,
        value_formatter=number,
        style=Style(label_font_size=14, major_label_font_size=14),
    )
    chart.x_labels = list(columns)
    for name, bars in series:
        chart.add(name, [_value(bar) for bar in bars])
    return _drawn(chart, label, [name for name, _ in series])


def _value(bar: Bar | None) -> dict[str, Any] | None:
    if bar is None:
        return None
    return {
        "value": min(bar.value, _HIGHEST),
        "label": bar.says,
        "xlink": {"href": bar.href, "target": "_self"},
    }


def _drawn(chart: Any, label: str, classes: Sequence[str]) -> Markup:
    """The chart's SVG without anything that a policy would refuse, or that a reader would not want read out."""
    from lxml.etree import tostring

    tree = chart.render_tree()
    for element in list(tree.iter()):
        if (
            element.tag in _DROPPED
            or not isinstance(element.tag, str)
            or "tooltip-overlay" in element.get("class", "")
        ):
            _drop(element)
        else:
            element.attrib.pop("style", None)
            element.attrib.pop("id", None)
        for at, name in enumerate(classes):
            if element.get("class") == f"series serie-{at} color-{at}":
                element.set("class", name)
    for bar in tree.iter("a"):
        _link(bar)
    for note in list(tree.iter("desc")):
        _drop(note)
    tree.set("role", "group")
    tree.set("aria-label", label)
    return Markup(tostring(tree, encoding="unicode"))  # noqa: S704 - lxml escapes what it writes


def _link(bar: Any) -> None:
    """Make of pygal's link and its notes a plain link, with the one title that browsers and readers say."""
    words = next((note.text or "" for note in bar.iter("desc") if note.get("class") == "label"), "")
    href = bar.get(_XLINK_HREF, "#")
    bar.attrib.clear()
    bar.set("href", href)
    bar.set("aria-label", words)
    title = bar.makeelement("title")
    title.text = words
    bar.insert(0, title)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
