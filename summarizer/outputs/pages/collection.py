"""The collection at a glance: `index.html` over the reports of a batch, with a table of all articles.

Written as the reports come, one by one; a page holds at most 5,000 articles, and there are as many as needed
(`index.html`, `index-2.html`, …), each with the overview of all.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from markupsafe import Markup, escape

from summarizer.outputs.files import write_whole
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.overview import FLAGS, Overview, flags_of, year_of
from summarizer.outputs.pages.tally import graded
from summarizer.schemas.labels import GRADES_SHORT, day, number
from summarizer.schemas.report import Grade, MeetingReport

__all__ = ("Collection", "Failed", "write_collection")

_PART = 5_000
_CHUNK = 100  # rows a table body: the browser lays out only the first until a script takes over
_GRADES: tuple[Grade, ...] = ("excellent", "good", "completed", "not_completed", "unrated")
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

    Memory does not grow with the articles but for a hash each. Every page knows how many articles of each other
    page have what, by year, so that a filter can say where else to look. Nothing is written where the `with`
    ends in an exception.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._overview = Overview()
        self._rows = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._starts: list[int] = []
        self._tallies: list[defaultdict[str, Counter[str]]] = []
        self._written = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._rows.close()

    def add(self, name: str, report: MeetingReport | Failed, href: str | None = None) -> None:
        """Take an article: its name, its report or why there is none, and the address of its page."""
        if self._written % _PART == 0:
            self._starts.append(self._rows.tell())
            self._tallies.append(defaultdict(Counter))
        if isinstance(report, Failed):
            self._overview.fail()
            year, flags, cells = "", ["x"], _failed_cells(name, report)
        else:
            self._overview.add(report, report.organization or report.title or name, href)
            year, flags, cells = str(year_of(report) or ""), flags_of(report), _cells(name, report, href)
        self._tallies[-1][year].update(["", *flags])
        if self._written % _PART % _CHUNK == 0:
            self._rows.write(b"<tbody>")
        self._rows.write(_tr(" ".join(flags), cells).encode("utf-8", "replace"))
        self._written += 1

    def close(self) -> None:
        """Write the pages of all articles taken so far; nothing more can be taken. Raises OSError."""
        with self._rows:
            self._write()

    def _write(self) -> None:
        starts = self._starts or [0]
        parts = list(zip(starts, [*starts[1:], self._rows.tell()], strict=True))
        names = [_part_name(number) for number in range(1, len(parts) + 1)]
        style = asset("base.css") + asset("index.css")
        scripts = (asset("early.js"), asset("index.js"))
        view = {
            "overview": self._overview,
            "by_year": self._overview.by_year(),
            "shares": self._overview.shares(),
            "grades": [GRADES_SHORT[grade] for grade in _GRADES],
            "flags": FLAGS,
            "tallies": self._tallies,
            "names": names,
            "number": number,
            "style": style,
            "scripts": scripts,
            "policy": policy(styles=(style,), scripts=scripts),
        }
        for part, (start, end) in enumerate(parts):
            rows = Markup(self._read(start, end))  # noqa: S704 - each row was escaped
            write_whole(self._folder / names[part], template("index.html").render(view, part=part, rows=rows))
        for path in self._folder.glob("index-*.html"):
            found = _OLD_PART.fullmatch(path.name)
            if found and int(found[1]) > len(parts):
                path.unlink()

    def _read(self, start: int, end: int) -> str:
        self._rows.seek(start)
        return self._rows.read(end - start).decode("utf-8")


def write_collection(entries: Iterable[tuple[str, MeetingReport | Failed, str | None]], folder: Path) -> None:
    """Write the index of articles given as `(name, report or failure, address of the page)`, in order."""
    with Collection(folder) as collection:
        for name, report, href in entries:
            collection.add(name, report, href)


def _part_name(part: int) -> str:
    return "index.html" if part == 1 else f"index-{part}.html"


def _cells(name: str, report: MeetingReport, href: str | None) -> tuple[str, ...]:
    figures = graded(report)
    doubtful = sum(count.certainty == "doubtful" for count in report.counts)
    organization = report.organization or report.title or name
    title = report.title if report.organization and report.title else name
    return (
        day(report.date_held),
        str(year_of(report) or ""),
        _linked(organization, href) + Markup(" <small>{}</small>").format(title),
        report.kind or "",
        *(_figure(figures.get(("members", grade))) for grade in _GRADES),
        _figure(len(report.findings)),
        _figure(doubtful),
    )


def _failed_cells(name: str, failed: Failed) -> tuple[str, ...]:
    reason = Markup("{} <small>{}</small>").format(name, failed.reason)
    return ("", "", reason, "không đọc được", *[""] * (len(_GRADES) + 2))


def _tr(flags: str, cells: Iterable[str]) -> str:
    """A row without the end tags that HTML lets one leave out; a line end would be in the last cell."""
    return f'<tr data-g="{flags}">' + "".join(f"<td>{_one_line(cell)}" for cell in cells)


def _figure(value: int | None) -> str:
    return number(value) if value else ""


def _linked(words: str, href: str | None) -> Markup:
    return escape(words) if href is None else Markup('<a href="{}">{}</a>').format(href, words)


def _one_line(cell: str) -> str:
    return escape(cell).replace("\r", " ").replace("\n", " ").replace("\0", "\ufffd")
