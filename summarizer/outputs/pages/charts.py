"""Charts as inline SVG, by pygal: no script, no style of their own, so that a strict policy can hold.

The page's style sheet colours them through pygal's class names, in light and dark alike; every bar is a
link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

_HIGHEST = 10**15  # a chart's heights are fractions, which hold no number of any size
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


class Bar(NamedTuple):
    """A bar: its value, where a click on it leads, and what it is called in words."""

    value: int
    href: str
    words: str


def stacked(
    label: str,
    columns: Sequence[str],
    series: Mapping[str, Sequence[Bar | None]],
    number: Callable[[int | float], str],
) -> Markup:
    """Columns, each a stack of one bar a series; a series is the class that colours it and its bars.

    `label` is what a screen reader says of the chart. The legend is the page's own, which can be read aloud; `number`
    writes a value. The SVG has nothing that a policy would refuse, or that a reader would not want read out.
    """
    import pygal
    from lxml.etree import Comment, strip_attributes, strip_elements, tostring
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
    for name, bars in series.items():
        chart.add(name, [_value(bar) for bar in bars])
    tree = chart.render_tree()
    strip_elements(tree, "defs", "title", Comment)  # pygal's style sheet and script are in the first
    for overlay in tree.xpath("//*[contains(@class, 'tooltip-overlay')]"):
        overlay.getparent().remove(overlay)
    strip_attributes(tree, "style", "id")
    for at, name in enumerate(series):
        for drawn in tree.xpath(f"//*[@class='series serie-{at} color-{at}']"):
            drawn.set("class", name)
    for bar in tree.iter("a"):
        _link(bar)
    strip_elements(tree, "desc")
    tree.set("role", "group")
    tree.set("aria-label", label)
    return Markup(tostring(tree, encoding="unicode"))  # noqa: S704 - lxml escapes what it writes


def _value(bar: Bar | None) -> dict[str, Any] | None:
    link = bar and {"href": bar.href, "target": "_self"}
    return bar and {"value": min(bar.value, _HIGHEST), "label": bar.words, "xlink": link}


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
