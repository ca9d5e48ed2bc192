"""The collection at a glance: `index.html` over the reports of a batch, with a table of all articles.

Articles are taken as they come, one by one, and the pages written at the end, when it is known which numbers may be
added; a page holds at most 5,000 articles, and there are as many as needed (`index.html`, `index-2.html`, …), each
with the overview of all.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from markupsafe import Markup, escape

from summarizer.article.normalize import in_one_form
from summarizer.outputs.collected import Body, Collected
from summarizer.outputs.files import write_whole
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.overview import GRADES, GROUPS, Cell, Overview, cells_of, entry_of, flags
from summarizer.outputs.sums import year_of
from summarizer.schemas.labels import Labels, Lang, labels
from summarizer.schemas.report import MeetingReport

__all__ = ("Collection", "Failed")

_PART = 5_000
_CHUNK = 100  # rows a table body: the browser lays out only the first until a script takes over
_OLD_PART = re.compile(r"index-(\d+)\.html")


@dataclass(frozen=True, slots=True)
class Failed:
    """An article without a report, and why."""

    reason: str


class Collection:
    """Takes articles one by one and writes the index pages into `folder` when it is closed.

    with Collection(folder) as collection:
        collection.add("001.txt", report, "pages/001.html")
        collection.add("002.txt", Failed("is empty"))

    What it takes lies on the disk until then; memory grows by a hash for each article and a name for each body. Every
    page knows how many articles of each other page have what, by year, so that a filter can say where else to look.
    Nothing is written where the `with` ends in an exception.
    """

    def __init__(self, folder: Path, lang: Lang = "vi") -> None:
        self._folder = folder
        self._t = labels(lang)
        self._collected = Collected()
        self._entries = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - see __exit__
        self._taken = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._release()

    def add(self, name: str, report: MeetingReport | Failed, href: str | None = None) -> None:
        """Take an article: its name, its report or why there is none, and the address of its page."""
        self._taken += 1
        entry: dict[str, Any] = {"name": name, "href": href}
        if isinstance(report, Failed):
            entry["failed"] = report.reason
        else:
            body, new = self._collected.add(report, str(self._taken))
            cells = cells_of(report) if new else [cell._replace(why="repeat") for cell in cells_of(report)]
            entry |= {
                **entry_of(report, href, cells, self._t),
                "body": body,
                "duplicate": not new,
                "title": report.title,
                "kind_as_written": report.kind,
                "date": report.date_held,
                "year": year_of(report),
                "cells": cells,
            }
        self._entries.write(json.dumps(entry) + "\n")

    def close(self) -> None:
        """Write the pages of all articles taken so far; nothing more can be taken. Raises OSError."""
        try:
            self._write()
        finally:
            self._release()

    def _release(self) -> None:
        self._entries.close()
        self._collected.close()

    def _write(self) -> None:
        t = self._t
        self._collected.settle()
        self._collected.index_articles()
        bodies = {body.key: body for body in self._collected.bodies()}
        overview = Overview(t)
        rows = _Rows(t, bodies)
        tallies: list[defaultdict[str, Counter[str]]] = []
        for at, entry in self._settled():
            if at % _PART == 0:
                tallies.append(defaultdict(Counter))
            if "failed" in entry:
                overview.fail()
            else:
                body = bodies.get(entry["body"])
                overview.add(
                    body.name if body else entry["title"] or entry["name"],
                    entry["year"],
                    entry["cells"],
                    entry,
                )
            tallies[-1][str(entry.get("year") or "")].update(["", *_flags(entry)])
        names = [_part_name(number) for number in range(1, max(1, len(tallies)) + 1)]
        style = asset("base.css") + asset("index.css")
        scripts = (asset("early.js"), asset("index.js"))
        view = {
            "t": t,
            "overview": overview,
            "by_year": overview.by_year(),
            "shares": overview.shares(),
            "grades": [t.grade(grade, short=True) for grade in GRADES],
            "groups": list(GROUPS),
            "provinces": rows.provinces,
            "data": _data(t, tallies, rows),
            "names": names,
            "style": style,
            "scripts": scripts,
            "policy": policy(styles=(style,), scripts=scripts),
        }
        settled = self._settled()
        for part, name in enumerate(names):
            body = rows.html(entry for _, (_, entry) in zip(range(_PART), settled, strict=False))
            write_whole(self._folder / name, template("index.html").render(view, part=part, rows=body))
        for path in self._folder.glob("index-*.html"):
            found = _OLD_PART.fullmatch(path.name)
            if found and int(found[1]) > len(names):
                path.unlink()

    def _settled(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the articles by their index, with the numbers that sums over articles leave out marked as such."""
        self._entries.seek(0)
        for at, line in enumerate(self._entries):
            entry = json.loads(line)
            if "failed" not in entry:
                left_out = self._collected.left_out_of(str(at + 1))
                cells = [Cell(*cell) for cell in entry["cells"]]
                entry["cells"] = [cell._replace(why=cell.why or left_out.get(cell.at)) for cell in cells]
            yield at, entry


def _part_name(part: int) -> str:
    return "index.html" if part == 1 else f"index-{part}.html"


def _flags(entry: dict[str, Any]) -> list[str]:
    """Return what an article can be filtered by."""
    if "failed" in entry:
        return ["x"]
    added = [cell for cell in entry["cells"] if cell.why is None]
    found = [cell.flag for cell in added]
    found += dict.fromkeys(cell.group[0] for cell in added)
    found += ["n"] * any(cell.why for cell in entry["cells"])
    found += ["f"] * bool(entry["findings"])
    return found + ["d"] * bool(entry["doubtful"])


def _data(t: Labels, tallies: list[defaultdict[str, Counter[str]]], rows: _Rows) -> dict[str, Any]:
    """Return what the index's script needs: the names of filters, how many articles have what, and its words."""
    words = ("shown", "none_shown", "of_part", "in_part", "part_word", "go_on", "year_is", "unknown_year")
    return {
        "lang": t.lang,
        "flags": flags(t),
        "kinds": t.all("index.kind"),
        "provinces": rows.provinces,
        "bodies": rows.several,
        "tallies": tallies,
        "words": {word: t(f"index.{word}") for word in words},
    }


class _Rows:
    """The table's rows as HTML. `provinces` are those that bodies are in, `several` bodies with many articles."""

    def __init__(self, t: Labels, bodies: dict[str, Body]) -> None:
        self._t = t
        self._bodies = bodies
        self.provinces = sorted(
            {body.location.province for body in bodies.values() if body.location.province}
        )
        self._province = {name: at for at, name in enumerate(self.provinces)}
        many = [body for body in bodies.values() if body.articles > 1]
        self.several = [body.name for body in many]
        self._several = {body.key: at for at, body in enumerate(many)}

    def html(self, entries: Iterable[dict[str, Any]]) -> Markup:
        """Return the rows of articles; every text in them is escaped."""
        pieces: list[str] = []
        for at, entry in enumerate(entries):
            if at % _CHUNK == 0:
                pieces.append("<tbody>")
            pieces.append(self._row(entry))
        return Markup("".join(pieces))  # noqa: S704 - each row was escaped

    def _row(self, entry: dict[str, Any]) -> str:
        body = self._bodies.get(entry.get("body", ""))
        about = f'data-g="{" ".join(_flags(entry))}" data-k="{entry.get("kind", "")}"'
        if body and body.location.province:
            about += f' data-p="{self._province[body.location.province]}"'
        if body and body.key in self._several:
            about += f' data-b="{self._several[body.key]}"'
        cells = self._failed_cells(entry) if "failed" in entry else self._cells(entry, body)
        # End tags may be left out; a line end would be in the last cell.
        return f"<tr {about}>" + "".join(f"<td>{_one_line(cell)}" for cell in cells)

    def _cells(self, entry: dict[str, Any], body: Body | None) -> list[str]:
        t, href = self._t, entry["href"]
        name = body.name if body else entry["title"] or entry["name"]
        title = entry["title"] if body and entry["title"] else entry["name"]
        place = ", ".join(filter(None, reversed(body.location))) if body else ""
        head = _linked(name, href) + Markup(" <small>{}</small>").format(title)
        kind = entry["kind_as_written"] or ""
        below = " · ".join(filter(None, ("" if in_one_form(kind) in in_one_form(title) else kind, place)))
        head += Markup(" <small>{}</small>").format(below) if below else Markup("")
        if body and body.key in self._several:
            many = t("index.of_body", n=body.articles)
            head += Markup(' <a class="many" href="#dv={}">{}</a>').format(self._several[body.key], many)
        return [
            t.day(entry["date"]),
            str(entry["year"] or ""),
            head,
            *(self._figures(entry, group, grade) for group in GROUPS for grade in GRADES),
            t.number(entry["findings"]) if entry["findings"] else "",
            t.number(entry["doubtful"]) if entry["doubtful"] else "",
        ]

    def _figures(self, entry: dict[str, Any], group: str, grade: str) -> str:
        """Return an article's numbers of one grade, each leading to its place; those in no sum struck through."""
        shown: list[Markup] = []
        for cell in entry["cells"]:
            if (cell.group, cell.grade) != (group, grade):
                continue
            number = _linked(self._t.number(cell.value), entry["href"] and f"{entry['href']}#c{cell.at}")
            if cell.why:
                number = Markup('<s title="{}">{}</s>').format(self._t(f"omitted.{cell.why}"), number)
            shown.append(number)
        return Markup(" ").join(shown)

    def _failed_cells(self, entry: dict[str, Any]) -> list[str]:
        reason = Markup("{} <small>{}</small>").format(entry["name"], entry["failed"])
        return ["", "", reason, *[""] * (len(GRADES) * len(GROUPS) + 2)]


def _linked(words: str, href: str | None) -> Markup:
    return escape(words) if href is None else Markup('<a href="{}">{}</a>').format(href, words)


def _one_line(cell: str) -> str:
    return escape(cell).replace("\r", " ").replace("\n", " ").replace("\0", "\ufffd")
