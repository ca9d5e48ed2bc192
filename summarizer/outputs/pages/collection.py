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
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

from summarizer.article.normalize import in_one_form
from summarizer.outputs.certainty import asked, doubtful_count, review_words
from summarizer.outputs.collected import Collected
from summarizer.outputs.files import open_whole
from summarizer.outputs.pages.environment import asset, policy, template
from summarizer.outputs.pages.overview import (
    GRADES,
    GROUPS,
    Cell,
    Overview,
    cells_of,
    flag_names,
    kind_of,
    share_of,
)
from summarizer.outputs.sums import year_of
from summarizer.schemas.labels import Lang, labels
from summarizer.schemas.report import MeetingReport

_PART = 5_000
_OLD_PART = re.compile(r"index-(\d+)\.html")
_SCRIPT_WORDS = ("shown", "none_shown", "of_part", "in_part", "part_word", "go_on", "year_is", "unknown_year")


@dataclass(frozen=True, slots=True)
class Failed:
    """An article without a report, and why."""

    reason: str


class Collection:
    """Takes articles one by one and writes the index pages into `folder` when it is closed.

    with Collection(folder) as collection:
        collection.add("001.txt", report, "pages/001.html")
        collection.add("002.txt", Failed("is empty"))

    What it takes lies on the disk until then, and memory grows by the names of bodies that several articles are about
    alone. Every page knows how many articles of each other page have what, by year, so that a filter can say where
    else to look.
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

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._write()
        finally:
            self._entries.close()
            self._collected.close()

    def add(self, name: str, report: MeetingReport | Failed, href: str | None = None) -> None:
        """Take an article: its name, its report or why there is none, and the address of its page."""
        self._taken += 1
        entry: dict[str, Any] = {"name": name, "href": href}
        if isinstance(report, Failed):
            entry["failed"] = report.reason
        else:
            body, new = self._collected.add(report, str(self._taken))
            cells = cells_of(report) if new else [cell._replace(why="repeat") for cell in cells_of(report)]
            title = report.title if report.organization and report.title else name
            kind = "" if in_one_form(report.kind or "") in in_one_form(title) else report.kind
            entry |= {
                "called": report.title or name,
                "title": title,
                "body": body,
                "duplicate": not new,
                "reviewed": next((words for _, words in review_words(report, self._t)), ""),
                "kind": kind_of(report),
                "kind_below": kind,
                "date": report.date_held,
                "year": year_of(report),
                "findings": len(report.findings),
                "finding": self._finding(report),
                "doubtful": doubtful_count(report),
                "compared": asked(report) == "all",
                "share": share_of(report, cells),
                "cells": cells,
            }
        self._entries.write(json.dumps(entry) + "\n")

    def _finding(self, report: MeetingReport) -> str:
        if not report.findings:
            return ""
        first, *others = report.findings
        words = f"{self._t(f'finding.{first.kind}')}: {self._t.finding(first)}"
        return f"{words} {self._t('message.more', n=len(others))}" if others else words

    def _write(self) -> None:
        t = self._t
        self._collected.settle()
        self._collected.index_articles()
        several = [body.name for body in self._collected.bodies_of_several()]
        provinces = self._collected.provinces()
        overview = Overview(t)
        tallies: list[defaultdict[str, Counter[str]]] = []
        for at, entry in enumerate(self._settled()):
            if at % _PART == 0:
                tallies.append(defaultdict(Counter))
            overview.add(entry, entry["of"].name if entry["of"] else entry.get("called"))
            tallies[-1][str(entry.get("year") or "")].update(["", *entry["flags"]])
        names = [f"index-{part}.html" if part > 1 else "index.html" for part in range(1, len(tallies) + 1)]
        names = names or ["index.html"]
        style = asset("base.css") + asset("index.css")
        scripts = (asset("early.js"), asset("index.js"))
        settled = self._settled()
        for part, name in enumerate(names):
            page = template("index.html").stream(
                t=t,
                overview=overview,
                grades=GRADES,
                groups=GROUPS,
                names=names,
                part=part,
                entries=islice(settled, _PART),
                provinces=provinces,
                data={
                    "lang": t.lang,
                    "flags": flag_names(t),
                    "kinds": t.all("index.kind"),
                    "provinces": provinces,
                    "bodies": several,
                    "tallies": tallies,
                    "words": {word: t(f"index.{word}") for word in _SCRIPT_WORDS},
                },
                style=style,
                scripts=scripts,
                policy=policy(styles=(style,), scripts=scripts),
            )
            with open_whole(self._folder / name) as file:
                file.writelines(page)
        for path in self._folder.glob("index-*.html"):
            found = _OLD_PART.fullmatch(path.name)
            if found and int(found[1]) > len(names):
                path.unlink()

    def _settled(self) -> Iterator[dict[str, Any]]:
        """Yield the articles, each with its body, its flags, and the numbers that sums leave out marked as such."""
        self._entries.seek(0)
        for number, line in enumerate(self._entries, 1):
            entry = json.loads(line)
            entry["of"] = self._collected.body(entry.get("body", ""))
            if "failed" in entry:
                entry["flags"] = ["x"]
            else:
                left_out = self._collected.left_out_of(str(number))
                cells = [Cell(*cell) for cell in entry["cells"]]
                cells = [cell._replace(why=cell.why or left_out.get(cell.at)) for cell in cells]
                added = [cell for cell in cells if cell.why is None]
                kept = list(dict.fromkeys(cell.flag for cell in added))
                kept += dict.fromkeys(cell.group[0] for cell in added)
                kept += ["n"] * (len(added) < len(cells)) + ["f"] * bool(entry["findings"])
                entry |= {"cells": cells, "flags": kept + ["d"] * bool(entry["doubtful"])}
            yield entry
