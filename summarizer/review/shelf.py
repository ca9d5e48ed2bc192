"""The articles of a batch, to be opened one by one: read from its journal once, kept on the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from summarizer.batch.journal import Journal
from summarizer.errors import ConfigError
from summarizer.outputs.slugs import page_name
from summarizer.schemas.report import MeetingReport
from summarizer.sources.document import Document

__all__ = ("Article", "Shelf")


@dataclass(frozen=True, slots=True)
class Article:
    """An article that has a report: the name of its page, and what a list shows of it."""

    page: str
    name: str
    title: str
    organization: str
    counts: int
    findings: int
    doubtful: int
    key: int
    start: int
    length: int


class Shelf:
    """The articles of the batch in `folder`, as they were when it was opened, in the sources' order.

    Raises `ConfigError` where the folder holds no batch, or none of its articles has a report.
    """

    def __init__(self, folder: Path) -> None:
        self._journal = Journal(folder, create=False)
        self._reports = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._articles = {article.page: article for article in self._read()}
        self._pages = list(self._articles)
        if not self._articles:
            raise ConfigError(f"{folder}: has no finished report to review; let the batch finish some first")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reports.close()
        self._journal.close()

    def __iter__(self) -> Iterator[Article]:
        """The articles in order."""
        return iter(self._articles.values())

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, page: str) -> bool:
        return page in self._articles

    def article(self, page: str) -> Article:
        """The article with this page."""
        return self._articles[page]

    def beside(self, page: str) -> tuple[str | None, str | None]:
        """The pages before and behind one."""
        at = self._pages.index(page)
        return (
            self._pages[at - 1] if at else None,
            self._pages[at + 1] if at + 1 < len(self._pages) else None,
        )

    def report(self, page: str) -> MeetingReport:
        """The report of an article, as the journal has it."""
        article = self._articles[page]
        self._reports.seek(article.start)
        return MeetingReport.model_validate_json(self._reports.read(article.length))

    def document(self, page: str) -> Document:
        """The article's text, as the report's offsets count it."""
        article = self._articles[page]
        return Document(name=article.name, text=self._journal.text(article.key))

    def _read(self) -> Iterator[Article]:
        with self._journal.snapshot():
            shared = self._journal.shared_slugs()
            for line in self._journal.lines():
                if line.report is None or line.article is None:
                    continue
                try:
                    report = MeetingReport.model_validate_json(line.report)
                except ValidationError:
                    continue  # of an earlier version; the batch makes it anew when it is run again
                start = self._reports.tell()
                yield Article(
                    page=page_name(line.name, line.location, shared),
                    name=line.name,
                    title=report.title or line.name,
                    organization=report.organization or "",
                    counts=len(report.counts),
                    findings=len(report.findings),
                    doubtful=sum(count.certainty == "doubtful" for count in report.counts),
                    key=line.article,
                    start=start,
                    length=self._reports.write(line.report),
                )
