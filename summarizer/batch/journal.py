"""The journal of a job: what became of each article, in SQLite, written before anything else is done about it.

An article is a text under a fingerprint (the model and its parameters); an item is a place in the sources where it
stands, so that a text found twice is done once and reported for both. Every method that writes is one transaction:
after kill -9 the journal holds it whole or not at all.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from summarizer.batch.database import cannot_write, migrate, open_database
from summarizer.batch.records import Decision, Entry, Kept, Line, Outcome, Totals, now
from summarizer.errors import ConfigError, JournalError
from summarizer.outputs.slugs import slug_of

FILE = "journal.sqlite"
# What exports show of an item.
_SHOWN = "name, text_key, fingerprint, source, error_kind, error, file, is_row, missing"
_PLACE = "location, slug, run, position, content_sha256, change"
_SPEND = (
    "UPDATE articles SET tokens_in = tokens_in + :tokens_in, tokens_out = tokens_out + :tokens_out,"
    " requests = requests + :requests, estimated = estimated + :estimated,"
    " cost = CASE WHEN :cost IS NULL THEN cost ELSE coalesce(cost, 0) + :cost END WHERE id = :article"
)
# A report that is there stays until another takes its place, and what is done stays done.
_FINISH = (
    "UPDATE articles SET state = iif(:report IS NULL, 'failed', 'done'), attempts = attempts + :attempts,"
    " seconds = seconds + :seconds, error_kind = :error_kind, error = :error, finished_at = :now, change = :change,"
    " report = coalesce(:report, report), text = iif(:report IS NULL, text, :text),"
    " warnings = iif(:report IS NULL, warnings, :warnings), doubtful = iif(:report IS NULL, doubtful, :doubtful),"
    " program = iif(:report IS NULL, program, :program)"
    " WHERE id = :article AND (:report IS NOT NULL OR state != 'done')"
)


class Journal:
    """The journal in a job's folder. Not to be used by two threads at the same time."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        """Open the journal of `folder`; raises `ConfigError` where there is none and `create` is false."""
        self.folder = folder
        path = folder / FILE
        if not create and not path.is_file():
            raise ConfigError(f"{folder}: holds no job (no {FILE}); give the --out folder of a batch")
        try:
            self._db = open_database(path)
            migrate(self._db)
        except sqlite3.DatabaseError as error:
            if why := cannot_write(folder):
                raise ConfigError(
                    f"{folder}: cannot be written ({why}); mend that or give another folder"
                ) from None
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
                (now(), os.getpid(), socket.gethostname(), json.dumps(settings, ensure_ascii=False)),
            )
        return int(cursor.lastrowid or 0)

    def end_run(self, run: int, summary: dict[str, Any]) -> None:
        """Remember how a run ended."""
        with self.writing() as db:
            db.execute(
                "UPDATE runs SET ended_at = ?, summary = ? WHERE id = ?",
                (now(), json.dumps(summary, ensure_ascii=False), run),
            )

    def last_run(self) -> dict[str, Any] | None:
        """The latest run: `id started_at ended_at pid host settings summary`; None before the first."""
        found = self._db.execute(
            "SELECT id, started_at, ended_at, pid, host, settings, summary FROM runs ORDER BY id DESC LIMIT 1"
        )
        if (row := found.fetchone()) is None:
            return None
        values = {column[0]: value for column, value in zip(found.description, row, strict=True)}
        parsed = {name: values[name] and json.loads(values[name]) for name in ("settings", "summary")}
        return values | parsed

    def text_keys(self, contents: Iterable[tuple[str, str]]) -> list[tuple[str, str] | None]:
        """For each (location, content's hash): the text's key and source, where it was read before."""
        query = (
            "SELECT text_key, source FROM items"
            " WHERE location = ? AND content_sha256 = ? AND text_key IS NOT NULL"
        )
        return [self._db.execute(query, content).fetchone() for content in contents]

    def admit(
        self,
        run: int,
        fingerprint: str,
        entries: Sequence[Entry],
        *,
        retry_failed: bool = False,
        redo: str | None = None,
        again: bool = False,
    ) -> list[Decision]:
        """Register items of this run and say for each what is to be done.

        With `redo`, what a program made that is not known by that is to be done again. `again`: the items were
        registered in this run, and are now as they are given here.
        """
        decisions: list[Decision] = []
        with self.writing() as db:
            change = self.changes()[0] + 1
            changed = False
            for entry in entries:
                registered = _register(db, run, fingerprint, entry, change, again)
                changed |= registered is True
                decisions.append(
                    Decision("repeated")
                    if registered is None
                    else _decide(db, run, fingerprint, entry.text_key, retry_failed, redo)
                )
            if changed:
                _set_change(db)
        return decisions

    def keep(self, answers: Iterable[Kept]) -> None:
        """Keep answers of unfinished articles, and book what they cost."""
        with self.writing() as db:
            for kept in answers:
                db.execute(
                    "DELETE FROM answers WHERE article = ? AND request = ?", (kept.article, kept.request)
                )
                keep_answer(db, kept)

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
            ended = {"change": _set_change(db), "now": now(), "estimated": 0}
            for outcome in outcomes:
                values = asdict(outcome) | ended
                if any((outcome.tokens_in, outcome.tokens_out, outcome.requests, outcome.cost)):
                    db.execute(_SPEND, values)  # else it was booked answer by answer
                if outcome.report is not None:
                    values["report"] = zlib.compress(outcome.report, 1)
                    values["text"] = zlib.compress(outcome.text.encode("utf-8"), 1)
                if db.execute(_FINISH, values).rowcount and not outcome.keep_answers:
                    db.execute("DELETE FROM answers WHERE article = ?", (outcome.article,))
                    db.execute("DELETE FROM batch_requests WHERE article = ?", (outcome.article,))

    def totals(self, run: int | None = None, *, program: str | None = None) -> Totals:
        """The figures of the items of a run, or of all items; an article's cost counts once.

        With `program`, reports that another one made are counted as outdated.
        """
        counted = self._db.execute(
            "SELECT count(*), sum(i.error IS NULL AND a.state = 'done'),"
            " sum(i.error IS NOT NULL OR a.state = 'failed'), sum(i.error IS NULL AND a.state = 'open'),"
            " count(a.id) - count(DISTINCT a.id), sum(a.report IS NOT NULL AND a.warnings > 0),"
            " sum(a.report IS NOT NULL AND a.doubtful > 0),"
            " sum(?2 IS NOT NULL AND a.report IS NOT NULL AND a.program IS NOT ?2),"
            " (SELECT count(*) FROM items WHERE missing)"
            " FROM items i LEFT JOIN articles a USING (text_key, fingerprint)"
            " WHERE NOT i.missing AND (?1 IS NULL OR i.run = ?1)",
            (run, program),
        ).fetchone()
        spent = self._db.execute(
            "SELECT sum(attempts), sum(requests), sum(tokens_in), sum(tokens_out), sum(cost),"
            " sum(cost IS NULL AND tokens_in > 0), sum(estimated), sum(seconds)"
            " FROM articles WHERE ?1 IS NULL OR run = ?1",
            (run,),
        ).fetchone()
        return Totals(*(value or 0 for value in (*counted, *spent)))

    def mark_missing(self, run: int) -> int:
        """Leave out of everything what is not there any more, and say how many that are.

        To be called when `run` has listed all its sources. Gone are items whose file does not exist, and rows of
        a table that this run has read, where it did not list them; all else of earlier runs may be in sources that
        this one was not given.
        """
        before = self._db.execute(
            "SELECT location, file, is_row FROM items WHERE run < ? AND NOT missing AND file IS NOT NULL",
            (run,),
        ).fetchall()
        query = "SELECT DISTINCT file FROM items WHERE run = ? AND is_row"
        tables = {file for (file,) in self._db.execute(query, (run,))}
        gone = [
            (location,)
            for location, file, is_row in before
            if (is_row and file in tables) or not os.path.lexists(os.fsdecode(file))
        ]
        if gone:
            with self.writing() as db:
                _set_change(db)
                db.executemany("UPDATE items SET missing = 1 WHERE location = ?", gone)
        return len(gone)

    def missing(self) -> list[tuple[str, str]]:
        """Name and location of what is not there any more."""
        return self.select("SELECT name, location FROM items WHERE missing", ())

    def reported(self) -> list[tuple[str, str]]:
        """Name and location of the items that have a report."""
        query = (
            "SELECT i.name, i.location FROM items i JOIN articles a USING (text_key, fingerprint)"
            " WHERE NOT i.missing AND a.report IS NOT NULL AND i.source IS NOT NULL"
        )
        return self.select(query, ())

    def lines(self, texts: Iterable[str] | None = None) -> Iterator[Line]:
        """Every item with what became of it, in the sources' order: those of the latest run first.

        With `texts`, only those whose text has one of these hashes. It reads one state of the journal, however long
        the reading takes and whatever is written meanwhile.
        """
        rows = self._db.execute(
            "WITH twins AS (SELECT text_key, fingerprint, location, min(position - (run << 40)) FROM items"
            " WHERE NOT missing AND text_key NOT NULL GROUP BY 1, 2 HAVING count(*) > 1)"
            " SELECT i.location, i.name, CASE WHEN i.error IS NULL THEN a.state ELSE 'failed' END,"
            " a.report, i.source, coalesce(a.attempts, 0), coalesce(a.requests, 0), coalesce(a.tokens_in, 0),"
            " coalesce(a.tokens_out, 0), a.cost, coalesce(a.seconds, 0),"
            " coalesce(i.error_kind, a.error_kind), coalesce(i.error, a.error),"
            " max(i.change, coalesce(a.change, 0)), a.id, nullif(t.location, i.location)"
            " FROM items i LEFT JOIN articles a USING (text_key, fingerprint)"
            " LEFT JOIN twins t USING (text_key, fingerprint) WHERE NOT i.missing"
            " AND (?1 IS NULL OR json_extract(i.source, '$.sha256') IN (SELECT value FROM json_each(?1)))"
            " ORDER BY i.run DESC, i.position",
            (None if texts is None else json.dumps([*texts]),),
        )
        for location, name, state, report, source, *rest in rows:
            yield Line(location, name, state or "open", _whole(report, source), *rest)

    def text(self, article: int) -> str:
        """The text of a finished article, as its report's offsets count it."""
        row = self._db.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
        return "" if row is None or row[0] is None else zlib.decompress(row[0]).decode("utf-8")

    def shared_slugs(self) -> set[str]:
        """The names of pages that more than one item would have."""
        query = "SELECT slug FROM items WHERE NOT missing GROUP BY 1 HAVING count(*) > 1"
        return {slug for (slug,) in self._db.execute(query)}

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
        except sqlite3.DatabaseError as error:
            raise JournalError(
                f"{self.folder}: the journal cannot be written ({error}); free some space and run again"
            ) from None


def keep_answer(db: sqlite3.Connection, kept: Kept) -> None:
    """Keep an answer and book its cost, unless it is there already."""
    packed = zlib.compress(kept.response, 1)
    cursor = db.execute(
        "INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", (kept.article, kept.request, packed)
    )
    if cursor.rowcount:
        db.execute(_SPEND, asdict(kept) | {"requests": 1})


def _register(
    db: sqlite3.Connection, run: int, fingerprint: str, entry: Entry, change: int, again: bool
) -> bool | None:
    """Write an item's row; whether it differs from what was there in anything that exports show.

    None where this run has listed it already: it keeps its first place.
    """
    kind = None if entry.error is None else "SourceError"
    named = (entry.name, entry.text_key, fingerprint, entry.source)
    shown = (*named, kind, entry.error, entry.file, entry.is_row, 0)
    query = f"SELECT run, change, {_SHOWN} FROM items WHERE location = ?"  # noqa: S608 - of this module
    before = db.execute(query, (entry.location,)).fetchone()
    if before is not None and before[0] == run and not again:
        return None
    since, *same = before[1:] if before is not None else (change,)
    changed = tuple(same) != shown
    place = (entry.location, slug_of(entry.name), run, entry.position, entry.content_sha256)
    values = (*place, change if changed else since, *shown)
    db.execute(
        f"INSERT OR REPLACE INTO items ({_PLACE}, {_SHOWN}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
        values,
    )
    return changed


def _decide(
    db: sqlite3.Connection,
    run: int,
    fingerprint: str,
    text_key: str | None,
    retry_failed: bool,
    redo: str | None,
) -> Decision:
    if text_key is None:
        return Decision("unreadable")
    row = db.execute(
        "SELECT id, state, run, program FROM articles WHERE text_key = ? AND fingerprint = ?",
        (text_key, fingerprint),
    ).fetchone()
    if row is None:
        cursor = db.execute(
            "INSERT INTO articles (text_key, fingerprint, state, run) VALUES (?, ?, 'open', ?)",
            (text_key, fingerprint, run),
        )
        return Decision("todo", int(cursor.lastrowid or 0))
    article, state, tried, program = row
    if tried == run:
        return Decision("busy", article)
    outdated = redo is not None and state == "done" and program != redo
    if not outdated and (state == "done" or (state == "failed" and not retry_failed)):
        return Decision(state, article)
    db.execute("UPDATE articles SET state = 'open', run = ? WHERE id = ?", (run, article))
    return Decision("todo", article, begun=True)


def _set_change(db: sqlite3.Connection) -> int:
    """Count one more change of what exports are made of; gives its number."""
    db.execute("UPDATE state SET change = change + 1")
    return db.execute("SELECT change FROM state").fetchone()[0]


def _whole(report: bytes | None, source: str | None) -> bytes | None:
    """A report's JSON with this item's `source` put in front of the rest."""
    if report is None or source is None:
        return None
    return b'{"source":' + source.encode("utf-8") + b"," + zlib.decompress(report)[1:]
