"""The pages of a batch: Markdown, briefs and evidence pages, files an article in `reports/`, and the index over all.

Beside the evidence page of an article that is no plain text file stands its text as it was extracted, since that is
what the report's offsets count. `Pages` and `Index` are tables of the batch's exports: they take the journal's lines
one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from summarizer.batch.journal import Journal
from summarizer.batch.records import Line
from summarizer.outputs.brief import as_docx, as_markdown, brief_of
from summarizer.outputs.files import ManyFiles
from summarizer.outputs.markdown import render
from summarizer.outputs.pages import collection
from summarizer.outputs.pages.evidence import evidence_page
from summarizer.outputs.slugs import page_name
from summarizer.schemas.labels import Lang, labels
from summarizer.schemas.report import MeetingReport
from summarizer.sources.formats import is_url

__all__ = ("KINDS", "PAGES", "Index", "Pages", "Place")

PAGES = "reports"


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages go, and of what: the journal's articles, of which `shared` are the slugs that several have."""

    journal: Journal
    shared: Collection[str]
    lang: Lang

    def name(self, line: Line) -> str:
        """Return the name of an article's pages, without the suffix."""
        return page_name(line.name, line.location, self.shared)

    def path(self, line: Line, suffix: str) -> Path:
        """Return the path of an article's page."""
        return self.journal.folder / PAGES / f"{self.name(line)}{suffix}"


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


KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[MeetingReport, Line, Place], Mapping[str, str | bytes]]]]
KINDS = {
    "markdown": ((".md",), _markdown),
    "brief": ((".brief.md", ".brief.docx"), _brief),
    "evidence": ((".html", ".txt"), _evidence),
}
"""The kinds of pages: the suffixes of an article's files, the first of which always is there, and what makes them."""


class Pages:
    """The pages of a kind, written again only where the article has changed after the change `exported`."""

    def __init__(self, kind: str, place: Place, files: ManyFiles, exported: int) -> None:
        self._suffixes, self._make = KINDS[kind]
        self._place = place
        self._files = files
        self._exported = exported

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Write the article's files; remove them where it has no report."""
        if report is None:
            for suffix in self._suffixes:
                self._place.path(line, suffix).unlink(missing_ok=True)
        elif line.change > self._exported or not self._place.path(line, self._suffixes[0]).exists():
            try:
                made = MeetingReport.model_validate(report)
            except ValidationError:  # of an earlier version, whose pages were written then
                return
            for suffix, content in self._make(made, line, self._place).items():
                self._files.write(self._place.path(line, suffix), content)


class Index:
    """`index.html`: every article, with the address of its evidence page where there is one."""

    def __init__(self, place: Place, index: collection.Collection) -> None:
        self._place = place
        self._index = index

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Add the article, with its report or why it has none."""
        say = labels(self._place.lang)
        href = quote(f"{PAGES}/{self._place.name(line)}.html")
        if report is None:
            self._index.add(
                line.name,
                collection.Failed(say.translate(line.error) if line.error else say("index.not_done")),
            )
            return
        try:
            made = MeetingReport.model_validate(report)
        except ValidationError:
            page = href if self._place.path(line, ".html").exists() else None
            self._index.add(line.name, collection.Failed(say("index.outdated")), page)
        else:
            self._index.add(line.name, made, href)
