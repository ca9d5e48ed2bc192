"""The batches of a provider: the journal's account of what was asked in which.

A batch is `sealed` with its file on the disk, `submitting` from before the first word to the provider, `submitted`
once the provider's own name for it is known, `collected` once its answers are in the journal, and `refused` where the
provider would not take it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from summarizer.batch.journal import Journal, keep_answer
from summarizer.batch.records import Kept


@dataclass(frozen=True, slots=True)
class Sealed:
    """One batch: `name` is ours, `batch` and `input_file` the provider's; `sealed_at` in seconds since 1970."""

    name: str
    file: str
    requests: int
    state: str
    sealed_at: int
    input_file: str | None
    batch: str | None


class ProviderBatches:
    """The batches in a job's journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def seal(self, name: str, file: str, requests: int, asked: Iterable[tuple[int, str]]) -> None:
        """Register a batch that is whole on the disk, with the (article, request) pairs it answers."""
        with self._journal.writing() as db:
            db.execute(
                "INSERT INTO batches (name, file, requests, state, sealed_at) VALUES (?, ?, ?, 'sealed', ?)",
                (name, file, requests, int(time.time())),
            )
            _note_asked(db, asked, name)

    def is_asked(self, article: int) -> bool:
        """Whether an article's requests are in batches that were taken, and none of them is to be asked again."""
        ((asked, failed),) = self._journal.select(
            "SELECT count(*), count(r.error) FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.article = ? AND b.state != 'refused'",
            (article,),
        )
        return asked > 0 and failed == 0

    def has(self, article: int, request: str) -> bool:
        """Whether an article's request is answered, or another's that is the same is in a batch not yet collected.

        Then the article gets that batch's answer too.
        """
        query = "SELECT 1 FROM answers WHERE article = ? AND request = ?"
        if self._journal.select(query, (article, request)):
            return True
        rows = self._journal.select(
            "SELECT b.name FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.request = ? AND b.state IN ('sealed', 'submitting', 'submitted') LIMIT 1",
            (request,),
        )
        for (name,) in rows:
            with self._journal.writing() as db:
                _note_asked(db, [(article, request)], name)
        return bool(rows)

    def fail(self, batch: str, errors: Mapping[str, str], reason: str) -> int:
        """Note that the requests of a batch that have no answer failed, and how many those are.

        Each by its own reason in `errors`, else by `reason`. They are asked again in another batch, or directly
        where that is wanted.
        """
        unanswered = self._journal.select(
            "SELECT r.article, r.request FROM batch_requests r WHERE r.batch = ? AND NOT EXISTS"
            " (SELECT 1 FROM answers a WHERE a.article = r.article AND a.request = r.request)",
            (batch,),
        )
        with self._journal.writing() as db:
            db.executemany(
                "UPDATE batch_requests SET error = ? WHERE article = ? AND request = ?",
                ((errors.get(request, reason), article, request) for article, request in unanswered),
            )
        return len(unanswered)

    def failed(self) -> frozenset[int]:
        """The articles with requests that failed in their batch."""
        rows = self._journal.select("SELECT DISTINCT article FROM batch_requests WHERE error IS NOT NULL", ())
        return frozenset(article for (article,) in rows)

    def pending(self) -> list[Sealed]:
        """The batches that are neither collected nor refused, in the order they were sealed."""
        rows = self._journal.select(
            "SELECT name, file, requests, state, sealed_at, input_file, batch FROM batches"
            " WHERE state IN ('sealed', 'submitting', 'submitted') ORDER BY rowid",
            (),
        )
        return [Sealed(*row) for row in rows]

    def mark(
        self,
        name: str,
        state: str,
        *,
        input_file: str | None = None,
        batch: str | None = None,
        error: str | None = None,
    ) -> None:
        """Set a batch's state, and whatever else is given."""
        with self._journal.writing() as db:
            db.execute(
                "UPDATE batches SET state = ?, input_file = coalesce(?, input_file), batch = coalesce(?, batch),"
                " error = coalesce(?, error) WHERE name = ?",
                (state, input_file, batch, error, name),
            )

    def collect(self, answers: Iterable[Kept]) -> None:
        """Give each answer to every article that asked for it, whatever its `article`; the first bears the cost."""
        query = "SELECT article FROM batch_requests WHERE request = ?"
        with self._journal.writing() as db:
            for answer in answers:
                bears = answer
                for (article,) in db.execute(query, (answer.request,)).fetchall():
                    keep_answer(db, replace(bears, article=article))
                    bears = replace(answer, tokens_in=0, tokens_out=0, cost=None, estimated=False)


def _note_asked(db: sqlite3.Connection, asked: Iterable[tuple[int, str]], name: str) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO batch_requests (article, request, batch) VALUES (?, ?, ?)",
        ((article, request, name) for article, request in asked),
    )
