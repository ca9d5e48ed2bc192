"""The ledger: which requests of which articles went into which batch of the provider's, and how far it is.

A batch is `sealed` with its file on the disk, `submitting` from before the first word to the provider,
`submitted` once the provider's own name for it is known, `collected` once its answers are in the journal, and
`refused` where the provider would not take it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.batch.journal import Journal, keep
from summarizer.batch.records import Kept

__all__ = ("Ledger", "Sealed")


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


class Ledger:
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
            _ask(db, asked, name)

    def share(self, asked: Iterable[tuple[int, str]], name: str) -> None:
        """Let more articles have answers of a batch that is sealed already."""
        with self._journal.writing() as db:
            _ask(db, asked, name)

    def is_asked(self, article: int) -> bool:
        """Whether an article's requests are in some batch that was taken."""
        return bool(
            self._journal.select(
                "SELECT 1 FROM batch_requests r JOIN batches b ON b.name = r.batch"
                " WHERE r.article = ? AND b.state != 'refused' LIMIT 1",
                (article,),
            )
        )

    def batch_of(self, request: str) -> str | None:
        """The batch, not yet collected, that a request is in."""
        rows = self._journal.select(
            "SELECT b.name FROM batch_requests r JOIN batches b ON b.name = r.batch"
            " WHERE r.request = ? AND b.state IN ('sealed', 'submitting', 'submitted') LIMIT 1",
            (request,),
        )
        return rows[0][0] if rows else None

    def pending(self) -> list[Sealed]:
        """The batches that are neither collected nor refused, in the order they were sealed."""
        rows = self._journal.select(
            "SELECT name, file, requests, state, sealed_at, input_file, batch FROM batches"
            " WHERE state IN ('sealed', 'submitting', 'submitted') ORDER BY rowid",
            (),
        )
        return [Sealed(*row) for row in rows]

    def mark(self, name: str, state: str, **values: str | None) -> None:
        """Set a batch's state, and `input_file`, `batch` or `error`."""
        columns = {"state": state, **values}
        if unknown := columns.keys() - {"state", "input_file", "batch", "error"}:
            raise TypeError(f"no such column: {unknown}")
        with self._journal.writing() as db:
            for column, value in columns.items():
                db.execute(f"UPDATE batches SET {column} = ? WHERE name = ?", (value, name))  # noqa: S608

    def collect(self, answers: Iterable[Kept]) -> None:
        """Give each answer to every article that asked for it; the first of them bears the cost.

        `article` of what is given is not looked at: a batch knows requests only.
        """
        with self._journal.writing() as db:
            for answer in answers:
                articles = db.execute(
                    "SELECT article FROM batch_requests WHERE request = ?", (answer.request,)
                ).fetchall()
                for rank, (article,) in enumerate(articles):
                    bears = (answer.tokens_in, answer.tokens_out, answer.cost) if rank == 0 else (0, 0, None)
                    keep(db, Kept(article, answer.request, answer.response, *bears))


def _ask(db: sqlite3.Connection, asked: Iterable[tuple[int, str]], name: str) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO batch_requests VALUES (?, ?, ?)",
        ((article, request, name) for article, request in asked),
    )
