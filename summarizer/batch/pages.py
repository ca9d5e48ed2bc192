"""The pages of a batch: an evidence page for each article that has a report, and the index over all.

Beside the page of an article that is no plain text file stands its text as it was extracted, since that is
what the report's offsets count.

A table of the batch's exports: it takes the journal's lines one by one, and is whole once it is closed.
"""

from __future__ import annotations

from collections.abc import Collection as Container
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from summarizer.batch.journal import Journal
from summarizer.batch.records import Line
from summarizer.outputs.files import write_whole
from summarizer.outputs.pages.collection import Collection, Failed
from summarizer.outputs.pages.evidence import evidence_page
from summarizer.outputs.slugs import page_name
from summarizer.schemas.labels import Lang, labels
from summarizer.schemas.report import MeetingReport
from summarizer.sources.formats import is_url

__all__ = ("JobPages",)


class JobPages:
    """Writes `<pages>/<page>.html` beside the journal, and `index.html` when it is closed.

    `exported` is the change of the last export: pages that hold it already are left as they are.
    """

    def __init__(
        self,
        journal: Journal,
        shared: Container[str],
        exported: int,
        lang: Lang = "vi",
        pages: str = "reports",
    ) -> None:
        self._journal = journal
        self._shared = shared
        self._exported = exported
        self._pages = pages
        self._lang: Lang = lang
        self._index = Collection(journal.folder, lang)
        (journal.folder / pages).mkdir(exist_ok=True)

    def add(self, line: Line, report: dict[str, Any] | None) -> None:
        """Take a line of the journal, with its report's JSON where it has one."""
        page = page_name(line.name, line.location, self._shared)
        path = self._journal.folder / self._pages / f"{page}.html"
        if report is None or line.article is None:
            for written in (path, path.with_suffix(".txt")):
                written.unlink(missing_ok=True)
            words = labels(self._lang)
            self._index.add(
                line.name, Failed(words.translate(line.error) if line.error else words("index.not_done"))
            )
            return
        try:
            made = MeetingReport.model_validate(report)
        except ValidationError:
            self._index.add(
                line.name,
                Failed(labels(self._lang)("index.outdated")),
                self._href(page) if path.exists() else None,
            )
            return
        if line.change > self._exported or not path.exists():
            text = self._journal.text(line.article)
            write_whole(path, evidence_page(made, text, index_href="../index.html", lang=self._lang))
            if made.source.notes or is_url(made.source.location or ""):
                write_whole(path.with_suffix(".txt"), text)
        self._index.add(line.name, made, self._href(page))

    def close(self) -> None:
        """Write the index."""
        self._index.close()

    def _href(self, page: str) -> str:
        return quote(f"{self._pages}/{page}.html")
