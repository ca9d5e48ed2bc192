"""The journal of a job: what became of each article, in SQLite, written before anything else is done about it.

An article is a text under a fingerprint (schema, prompts, model, parameters); an item is a place in the
sources where it stands, so that a text found twice is done once and reported for both. Every method that
writes is one transaction: after kill -9 the journal holds it whole or not at all. `JournalWriter` writes from
asyncio, many articles' rows in one transaction.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from summarizer.batch.records import Decision, Entry, Kept, Line, Outcome, Totals, migrate
from summarizer.errors import ConfigError, JournalError
from summarizer.outputs.slugs import slug_of

__all__ = ("FILE", "Journal", "JournalWriter", "keep")

FILE = "journal.sqlite"
_SPEND = (
    "UPDATE articles SET tokens_in = tokens_in + ?, tokens_out = tokens_out + ?, requests = requests + ?,"
    " cost = CASE WHEN ? IS NULL THEN cost ELSE coalesce(cost, 0) + ? END WHERE id = ?"
)
_WAIT_S = 30.0  # for another process that is reading; writers are kept apart by the job's lock


class Journal:
    """The journal in a job's folder. Not to be used by two threads at the same time."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open the journal of `folder`; raises `ConfigError` where there is none and `create` is false."""
        self.folder = folder
        path = folder / FILE
        if not create and not path.is_file():
            raise ConfigError(f"{folder}: holds no job (no {FILE}); give the --out folder of a batch")
        try:
            self._db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            # After a loss of power the last articles may have to be done again; after kill -9 none.
            self._db.execute("PRAGMA synchronous = NORMAL")
            migrate(self._db)
        except sqlite3.DatabaseError as error:
            raise ConfigError(f"{path}: cannot be opened as a journal ({error})") from None

    def close(self) -> None:
        """Close it; what is committed stays."""
        self._db.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start_run(self, settings: dict[str, Any]) -> int:
        """Remember that a job is started in this folder by this process; gives the run's number."""
        with self.writing() as db:
            cursor = db.execute(
                "INSERT INTO runs (started_at, pid, host, settings) VALUES (?, ?, ?, ?)",
                (_now(), os.getpid(), socket.gethostname(), json.dumps(settings, ensure_ascii=False)),
            )
        return int(cursor.lastrowid or 0)

    def end_run(self, run: int, summary: dict[str, Any]) -> None:
        """Remember how a run ended."""
        with self.writing() as db:
            db.execute(
                "UPDATE runs SET ended_at = ?, summary = ? WHERE id = ?",
                (_now(), json.dumps(summary, ensure_ascii=False), run),
            )

    def last_run(self) -> dict[str, Any] | None:
        """The latest run: `id started_at ended_at pid host settings summary`; None before the first."""
        row = self._db.execute(
            "SELECT id, started_at, ended_at, pid, host, settings, summary FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        names = ("id", "started_at", "ended_at", "pid", "host", "settings", "summary")
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        for name in ("settings", "summary"):
            values[name] = json.loads(values[name]) if values[name] else None
        return values

    def text_keys(self, contents: Iterable[tuple[str, str]]) -> list[tuple[str, str] | None]:
        """For each (location, content's hash): the text's key and source, where it was read before."""
        query = (
            "SELECT text_key, source FROM items"
            " WHERE location = ? AND content_sha256 = ? AND text_key IS NOT NULL"
        )
        return [self._db.execute(query, content).fetchone() for content in contents]

    def admit(
        self, run: int, fingerprint: str, entries: Sequence[Entry], *, retry_failed: bool = False
    ) -> list[Decision]:
        """Register items of this run and say for each what is to be done."""
        with self.writing() as db:
            change = _next_change(db)
            changed = False
            decisions: list[Decision] = []
            for entry in entries:
                changed |= _register(db, run, fingerprint, entry, change)
                decisions.append(_decide(db, run, fingerprint, entry.text_key, retry_failed))
            if changed:
                db.execute("UPDATE state SET change = ?", (change,))
        return decisions

    def keep(self, answers: Iterable[Kept]) -> None:
        """Keep answers of unfinished articles, and book what they cost."""
        with self.writing() as db:
            for kept in answers:
                db.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)",
                    (kept.article, kept.request, zlib.compress(kept.response, 1)),
                )
                db.execute(_SPEND, (kept.tokens_in, kept.tokens_out, 1, kept.cost, kept.cost, kept.article))

    def is_done(self, text_key: str, fingerprint: str) -> bool:
        """Whether a text has a report under this fingerprint."""
        query = "SELECT 1 FROM articles WHERE text_key = ? AND fingerprint = ? AND state = 'done'"
        return bool(self.select(query, (text_key, fingerprint)))

    def mean_tokens(self, fingerprint: str) -> tuple[float, float] | None:
        """Tokens read and written by a finished article on average; None before the first."""
        query = (
            "SELECT avg(tokens_in), avg(tokens_out) FROM articles WHERE fingerprint = ? AND state = 'done'"
        )
        ((tokens_in, tokens_out),) = self.select(query, (fingerprint,))
        return None if tokens_in is None else (tokens_in, tokens_out)

    def answers(self, article: int) -> dict[str, bytes]:
        """The answers kept for an article, by request."""
        rows = self._db.execute("SELECT request, response FROM answers WHERE article = ?", (article,))
        return {request: zlib.decompress(response) for request, response in rows}

    def finish(self, outcomes: Iterable[Outcome]) -> None:
        """Write how articles ended: with a report they are done, without one they failed."""
        with self.writing() as db:
            change = _next_change(db)
            db.execute("UPDATE state SET change = ?", (change,))
            for outcome in outcomes:
                _finish(db, outcome, change)

    def totals(self, run: int | None = None) -> Totals:
        """The figures of the items of a run, or of all items; an article's cost counts once."""
        counted = self._db.execute(
            "SELECT count(*), sum(i.error IS NULL AND a.state = 'done'),"
            " sum(i.error IS NOT NULL OR a.state = 'failed'), sum(i.error IS NULL AND a.state = 'open'),"
            " count(a.id) - count(DISTINCT a.id)"
            " FROM items i LEFT JOIN articles a USING (text_key, fingerprint) WHERE ?1 IS NULL OR i.run = ?1",
            (run,),
        ).fetchone()
        spent = self._db.execute(
            "SELECT sum(attempts), sum(requests), sum(tokens_in), sum(tokens_out), sum(cost),"
            " sum(cost IS NULL AND tokens_in > 0), sum(seconds) FROM articles WHERE ?1 IS NULL OR run = ?1",
            (run,),
        ).fetchone()
        return Totals(*(value or 0 for value in (*counted, *spent)))

    def lines(self) -> Iterator[Line]:
        """Every item with what became of it, in the sources' order: those of the latest run first.

        It reads one state of the journal, however long the reading takes and whatever is written meanwhile.
        """
        rows = self._db.execute(
            "SELECT i.location, i.name, CASE WHEN i.error IS NULL THEN a.state ELSE 'failed' END,"
            " a.report, i.source, coalesce(a.attempts, 0), coalesce(a.requests, 0), coalesce(a.tokens_in, 0),"
            " coalesce(a.tokens_out, 0), a.cost, coalesce(a.seconds, 0),"
            " coalesce(i.error_kind, a.error_kind), coalesce(i.error, a.error),"
            " max(i.change, coalesce(a.change, 0)), a.id"
            " FROM items i LEFT JOIN articles a USING (text_key, fingerprint) ORDER BY i.run DESC, i.position"
        )
        for location, name, state, report, source, *rest in rows:
            yield Line(location, name, state or "open", _whole(report, source), *rest)

    def text(self, article: int) -> str:
        """The text of a finished article, as its report's offsets count it."""
        row = self._db.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
        return "" if row is None or row[0] is None else zlib.decompress(row[0]).decode("utf-8")

    def shared_slugs(self) -> set[str]:
        """The names of pages that more than one item would have."""
        return {slug for (slug,) in self._db.execute("SELECT slug FROM items GROUP BY 1 HAVING count(*) > 1")}

    def changes(self) -> tuple[int, int]:
        """The number of the latest change to what exports are made of, and of the latest one exported."""
        return self._db.execute("SELECT change, exported FROM state").fetchone()

    def mark_exported(self, change: int) -> None:
        """Remember that exports hold everything up to `change`."""
        with self.writing() as db:
            db.execute("UPDATE state SET exported = ?", (change,))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside belongs to one moment."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("ROLLBACK")

    def select(self, query: str, values: Sequence[Any]) -> list[Any]:
        """The rows of a query."""
        return self._db.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of what is done inside, or nothing. Raises `JournalError`."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield self._db
        except sqlite3.OperationalError as error:
            raise JournalError(
                f"{self.folder}: the journal cannot be written ({error}); free some space and run again"
            ) from None


def _register(db: sqlite3.Connection, run: int, fingerprint: str, entry: Entry, change: int) -> bool:
    """Write an item's row; whether it differs from what was there in anything that exports show."""
    kind = None if entry.error is None else "SourceError"
    shown = (entry.name, entry.text_key, fingerprint, entry.source, kind, entry.error)
    before = db.execute(
        "SELECT run, name, text_key, fingerprint, source, error_kind, error, position FROM items"
        " WHERE location = ?",
        (entry.location,),
    ).fetchone()
    if before is not None and before[0] == run:
        return False  # listed twice: it keeps its first place
    if before is not None and before[1:7] == shown:
        db.execute(
            "UPDATE items SET run = ?, position = ?, content_sha256 = ? WHERE location = ?",
            (run, entry.position, entry.content_sha256, entry.location),
        )
        return False
    db.execute(
        "INSERT OR REPLACE INTO items"
        " (location, slug, run, position, content_sha256, change, name, text_key, fingerprint, source,"
        " error_kind, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.location, slug_of(entry.name), run, entry.position, entry.content_sha256, change, *shown),
    )
    return True


def _decide(
    db: sqlite3.Connection, run: int, fingerprint: str, text_key: str | None, retry_failed: bool
) -> Decision:
    if text_key is None:
        return Decision("unreadable")
    row = db.execute(
        "SELECT id, state, run FROM articles WHERE text_key = ? AND fingerprint = ?", (text_key, fingerprint)
    ).fetchone()
    if row is None:
        cursor = db.execute(
            "INSERT INTO articles (text_key, fingerprint, state, run) VALUES (?, ?, 'open', ?)",
            (text_key, fingerprint, run),
        )
        return Decision("todo", int(cursor.lastrowid or 0))
    article, state, tried = row
    if tried == run:
        return Decision("busy", article)
    if state == "done" or (state == "failed" and not retry_failed):
        return Decision(state, article)
    db.execute("UPDATE articles SET state = 'open', run = ? WHERE id = ?", (run, article))
    return Decision("todo", article, begun=True)


def keep(db: sqlite3.Connection, kept: Kept) -> None:
    """Keep an answer and book its cost, unless it is there already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO answers VALUES (?, ?, ?)",
        (kept.article, kept.request, zlib.compress(kept.response, 1)),
    )
    if cursor.rowcount:
        db.execute(_SPEND, (kept.tokens_in, kept.tokens_out, 1, kept.cost, kept.cost, kept.article))


def _finish(db: sqlite3.Connection, outcome: Outcome, change: int) -> None:
    done = outcome.report is not None
    spent = (outcome.tokens_in, outcome.tokens_out, outcome.requests, outcome.cost, outcome.cost)
    if any(value is not None and value != 0 for value in spent):  # else it was booked answer by answer
        db.execute(_SPEND, (*spent, outcome.article))
    db.execute(
        "UPDATE articles SET state = ?, attempts = attempts + ?, seconds = seconds + ?, error_kind = ?,"
        " error = ?, report = ?, text = ?, finished_at = ?, change = ? WHERE id = ?",
        (
            "done" if done else "failed",
            outcome.attempts,
            outcome.seconds,
            outcome.error_kind,
            outcome.error,
            zlib.compress(outcome.report, 1) if outcome.report is not None else None,
            zlib.compress(outcome.text.encode("utf-8"), 1) if done else None,
            _now(),
            change,
            outcome.article,
        ),
    )
    if not outcome.keep_answers:
        db.execute("DELETE FROM answers WHERE article = ?", (outcome.article,))
        db.execute("DELETE FROM batch_requests WHERE article = ?", (outcome.article,))


def _whole(report: bytes | None, source: str | None) -> bytes | None:
    """A report's JSON with this item's `source` put in front of the rest."""
    if report is None or source is None:
        return None
    return b'{"source":' + source.encode("utf-8") + b"," + zlib.decompress(report)[1:]


def _next_change(db: sqlite3.Connection) -> int:
    return db.execute("SELECT change + 1 FROM state").fetchone()[0]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


T = TypeVar("T")


class JournalWriter:
    """Brings rows to a journal; an async context manager that has written everything when it ends."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._waiting: list[tuple[Kept | Outcome, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> JournalWriter:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()

    async def call(self, function: Callable[[], T]) -> T:
        """Run something with the journal in the journal's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    async def write(self, row: Kept | Outcome) -> None:
        """Write a row; returns once it is committed. Raises `JournalError`."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, committed))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(committed)

    async def _write(self) -> None:
        """Write what waits, again and again until nothing does: what comes meanwhile shares a transaction."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self.call(lambda rows=[row for row, _ in batch]: self._commit(rows))
            except Exception as error:  # whoever brought a row hears of it
                for _, committed in batch:
                    committed.set_exception(error)
                    committed.exception()  # a caller that was cancelled does not ask for it
            else:
                for _, committed in batch:
                    committed.set_result(None)
        self._writing = None

    def _commit(self, rows: Sequence[Kept | Outcome]) -> None:
        if kept := [row for row in rows if isinstance(row, Kept)]:
            self.journal.keep(kept)
        if ended := [row for row in rows if isinstance(row, Outcome)]:
            self.journal.finish(ended)
