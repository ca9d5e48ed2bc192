"""The pages of a batch: Markdown, briefs and evidence pages, files an article in `reports/`, and the index over all.

Beside the evidence page of an article that is no plain text file stands its text as it was extracted, since that is
what the report's offsets count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from summarizer.batch.journal import Journal
from summarizer.outputs.brief import as_docx, as_markdown, brief_of
from summarizer.outputs.files import ManyFiles
from summarizer.outputs.markdown import render
from summarizer.outputs.pages import collection
from summarizer.outputs.pages.evidence import evidence_page
from summarizer.outputs.rows import Line
from summarizer.outputs.slugs import page_name
from summarizer.schemas.labels import Lang, labels
from summarizer.schemas.report import MeetingReport
from summarizer.sources.formats import is_url

PAGES = "reports"
Add = Callable[[Line], object]
"""What an output is given a job's lines by, one after the other."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where outputs go, and of what: the journal's articles, of which `shared` are the slugs that several have.

    `exported` is the latest change that the last export holds.
    """

    journal: Journal
    shared: Collection[str]
    lang: Lang
    exported: int

    @property
    def folder(self) -> Path:
        """The job's folder."""
        return self.journal.folder

    def name(self, line: Line) -> str:
        """Return the name of an article's pages, without the suffix."""
        return page_name(line.name, line.location, self.shared)

    def path(self, line: Line, suffix: str) -> Path:
        """Return the path of an article's page."""
        return self.folder / PAGES / f"{self.name(line)}{suffix}"


def _markdown(report: MeetingReport, line: Line, place: Place) -> Mapping[str, str | bytes]:
    return {".md": render(report, place.lang)}


def _brief(report: MeetingReport, line: Line, place: Place) -> Mapping[str, str | bytes]:
    brief = brief_of(report, place.lang)
    return {".brief.md": as_markdown(brief), ".brief.docx": as_docx(brief)}


def _evidence(report: MeetingReport, line: Line, place: Place) -> Mapping[str, str | bytes]:
    text = "" if line.article is None else place.journal.text(line.article)
    page = evidence_page(report, text, index_href="../index.html", lang=place.lang)
    extracted = report.source.notes or is_url(report.source.location or "")
    return {".html": page, **({".txt": text} if extracted else {})}


class Kind(NamedTuple):
    """A kind of pages: the suffixes of an article's files, those that not every article has, and what makes them."""

    always: tuple[str, ...]
    sometimes: tuple[str, ...]
    make: Callable[[MeetingReport, Line, Place], Mapping[str, str | bytes]]


KINDS = {
    "markdown": Kind((".md",), (), _markdown),
    "brief": Kind((".brief.md", ".brief.docx"), (), _brief),
    "evidence": Kind((".html",), (".txt",), _evidence),
}


@contextmanager
def pages(place: Place, kind: str) -> Iterator[Add]:
    """The pages of a kind, written again only where the article has changed since the last export."""
    always, sometimes, make = KINDS[kind]
    with ManyFiles() as files:

        def add(line: Line) -> None:
            if line.report is None:
                for suffix in (*always, *sometimes):
                    place.path(line, suffix).unlink(missing_ok=True)
                return
            changed = line.change > place.exported or not all(
                place.path(line, suffix).exists() for suffix in always
            )
            if changed and line.made is not None:  # else of an earlier version, whose pages were written then
                for suffix, content in make(line.made, line, place).items():
                    files.write(place.path(line, suffix), content)

        yield add


@contextmanager
def index(place: Place) -> Iterator[Add]:
    """`index.html`: every article, with the address of its evidence page where there is one, or why it has none."""
    say = labels(place.lang)
    with collection.Collection(place.folder, place.lang) as written:

        def add(line: Line) -> None:
            href = quote(f"{PAGES}/{place.name(line)}.html")
            if line.made is not None:
                written.add(line.name, line.made, href)
            elif line.report is not None:
                page = href if place.path(line, ".html").exists() else None
                written.add(line.name, collection.Failed(say("index.outdated")), page)
            else:
                why = say.translate(line.error) if line.error else say("index.not_done")
                written.add(line.name, collection.Failed(why))

        yield add
