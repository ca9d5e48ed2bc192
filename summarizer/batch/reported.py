"""The articles of a batch that have a report, to be opened one by one: read from its journal once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from summarizer.batch.job_taxonomy import use_taxonomy
from summarizer.batch.journal import Journal
from summarizer.errors import ConfigError
from summarizer.outputs.slugs import page_name
from summarizer.review.articles import Listed, listed
from summarizer.schemas.report import MeetingReport
from summarizer.sources.document import Document


class _Kept(NamedTuple):
    """An article: its number in the journal, and where its report stands in the file of reports, in bytes."""

    listed: Listed
    key: int
    start: int
    length: int


class JobArticles:
    """The articles of the batch in `folder`, as they were when it was opened, in the sources' order.

    The job's taxonomy is put into use for the process. Raises `ConfigError` where the folder holds no batch, or none
    of its articles has a report.
    """

    def __init__(self, folder: Path) -> None:
        self._journal = Journal(folder, create=False)
        use_taxonomy(folder)
        self._reports = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._kept = {kept.listed.page: kept for kept in self._read()}
        if not self._kept:
            raise ConfigError(f"{folder}: has no finished report to review; let the batch finish some first")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reports.close()
        self._journal.close()

    def __iter__(self) -> Iterator[Listed]:
        """The articles in order."""
        return (kept.listed for kept in self._kept.values())

    def report(self, article: Listed) -> MeetingReport:
        """The report of an article, as the journal has it."""
        kept = self._kept[article.page]
        self._reports.seek(kept.start)
        return MeetingReport.model_validate_json(self._reports.read(kept.length))

    def document(self, article: Listed) -> Document:
        """The article's text, as the report's offsets count it."""
        return Document(name=article.name, text=self._journal.text(self._kept[article.page].key))

    def _read(self) -> Iterator[_Kept]:
        with self._journal.snapshot():
            shared = self._journal.shared_slugs()
            for line in self._journal.lines():
                if line.report is None or line.made is None or line.article is None:
                    continue
                page = page_name(line.name, line.location, shared)
                start, length = self._reports.tell(), self._reports.write(line.report)
                yield _Kept(listed(page, line.name, line.made), line.article, start, length)
