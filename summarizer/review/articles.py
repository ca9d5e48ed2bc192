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
from summarizer.corrections.applying import undecided
from summarizer.corrections.records import LISTS, Review
from summarizer.errors import ConfigError
from summarizer.outputs.slugs import page_name
from summarizer.schemas.report import MeetingReport
from summarizer.sources.document import Document

__all__ = ("Article", "JobArticles")


@dataclass(frozen=True, slots=True)
class Article:
    """An article that has a report: the name of its page, the hash of its text, and what a list shows of it.

    `parts` is how many parts of the report can be decided about, `doubtful` how many of them are in doubt. `key` is
    the article's number in the journal; its report stands at `start` of the file of reports, `length` bytes long.
    """

    page: str
    name: str
    sha256: str
    title: str
    organization: str
    parts: int
    findings: int
    doubtful: int
    key: int
    start: int
    length: int


class JobArticles:
    """The articles of the batch in `folder`, as they were when it was opened, in the sources' order.

    Raises `ConfigError` where the folder holds no batch, or none of its articles has a report.
    """

    def __init__(self, folder: Path) -> None:
        self._journal = Journal(folder, create=False)
        self._reports = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._articles = {article.page: article for article in self._read()}
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

    def find(self, page: str) -> Article | None:
        """The article with this page, None where there is none."""
        return self._articles.get(page)

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The articles before and after one."""
        pages = list(self._articles)
        at = pages.index(article.page)
        before = self._articles[pages[at - 1]] if at else None
        return before, self._articles[pages[at + 1]] if at + 1 < len(pages) else None

    def report(self, article: Article) -> MeetingReport:
        """The report of an article, as the journal has it."""
        self._reports.seek(article.start)
        return MeetingReport.model_validate_json(self._reports.read(article.length))

    def document(self, article: Article) -> Document:
        """The article's text, as the report's offsets count it."""
        return Document(name=article.name, text=self._journal.text(article.key))

    def _read(self) -> Iterator[Article]:
        nobody = Review(name="", sha256="0" * 64)
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
                    sha256=report.source.sha256,
                    title=report.title or line.name,
                    organization=report.organization or "",
                    parts=sum(undecided(report, nobody).values()),
                    findings=len(report.findings),
                    doubtful=_doubtful(report),
                    key=line.article,
                    start=start,
                    length=self._reports.write(line.report),
                )


def _doubtful(report: MeetingReport) -> int:
    items = sum(item.certainty == "doubtful" for part in LISTS for item in getattr(report, part))
    return items + sum(certainty == "doubtful" for certainty in report.certainty.values())
