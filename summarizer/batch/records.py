"""Records: what goes into the journal of a job and what comes out of it.

Beside them stand the journal's tables, as migrations that are applied once each, and the functions that write a row:
an item that is listed, an answer that is kept, an article that ended. These run within a transaction of the caller's.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from summarizer.errors import ConfigError
from summarizer.outputs.slugs import slug_of
from summarizer.schemas.report import MeetingReport

__all__ = (
    "MIGRATIONS",
    "Decision",
    "Entry",
    "Kept",
    "Line",
    "Outcome",
    "Totals",
    "decide",
    "finish_row",
    "json_line",
    "keep_row",
    "migrate",
    "now",
    "register_row",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item to be admitted: where it stands, and the text it holds or the reason that it holds none.

    `source` is the JSON of the report's `source` for this item; `file` the path of the file that it is, or is a
    `row` of, as bytes, None for a web page.
    """

    location: str
    name: str
    position: int
    content_sha256: str | None = None
    text_key: str | None = None
    source: str | None = None
    error: str | None = None
    file: bytes | None = None
    row: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with an item: `todo` is for the caller, with the article's number.

    `busy` is a text that this run has taken up already, `done` and `failed` one that an earlier run finished,
    `repeated` a place that this run has listed already. `begun`: an earlier run has taken the article up, and may
    have left answers.
    """

    state: Literal["todo", "busy", "done", "failed", "repeated", "unreadable"]
    article: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer to one request of an unfinished article: `request` is the hash of the request's body.

    `cost` is in US dollars, None where the price is not known. `estimated`: the server did not count the tokens.
    """

    article: int
    request: str
    response: bytes
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an article ended. `report` is its JSON without `source`; tokens are those not yet booked.

    `warnings` is how many the report has, `program` what the program that made it is known by.
    """

    article: int
    report: bytes | None = None
    text: str = ""
    attempts: int = 1
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    seconds: float = 0.0
    error_kind: str | None = None
    error: str | None = None
    keep_answers: bool = False
    warnings: int = 0
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what became of it; `report` is the whole report's JSON, None where there is none.

    An article that is done again has its earlier report until there is a new one: with it, `state` may be `open` or
    `failed` too.
    """

    location: str
    name: str
    state: Literal["done", "failed", "open"]
    report: bytes | None
    attempts: int
    requests: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    seconds: float
    error_kind: str | None
    error: str | None
    change: int
    article: int | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of a job, or of one run. `duplicates` are items whose text another item has too.

    `warned` are those whose report has warnings, `outdated` those whose report another version of the program made.
    `missing` are items of earlier runs that are not there any more, counted in nothing else. `unpriced` counts
    articles whose cost is not known, `estimated` answers whose tokens the server did not count; `cost` is in US
    dollars.
    """

    items: int = 0
    done: int = 0
    failed: int = 0
    open: int = 0
    duplicates: int = 0
    warned: int = 0
    outdated: int = 0
    missing: int = 0
    attempts: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    unpriced: int = 0
    estimated: int = 0
    seconds: float = 0.0


def json_line(report: MeetingReport, *, exclude: set[str] | None = None) -> bytes:
    """The report's JSON, without the fields to exclude, on one line for every reader.

    Characters that some readers take for the end of a line are escaped; nothing else is.
    """
    text = report.model_dump_json(exclude=exclude)
    for separator in "\u2028\u2029\x85":
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text.encode("utf-8")


Migration = Callable[[sqlite3.Connection], None]
_SPEND = (
    "UPDATE articles SET tokens_in = tokens_in + ?, tokens_out = tokens_out + ?, requests = requests + ?,"
    " cost = CASE WHEN ? IS NULL THEN cost ELSE coalesce(cost, 0) + ? END, estimated = estimated + ? WHERE id = ?"
)
MIGRATIONS: dict[str, Migration] = {}


def _migration(function: Migration) -> Migration:
    MIGRATIONS[function.__name__] = function
    return function


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a journal up to this version, whole or not at all.

    Raises `ConfigError` for a journal that a newer version has written.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT)")
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    if newer := sorted(applied - MIGRATIONS.keys()):
        raise ConfigError(f"the journal was written by a newer summarizer ({newer[0]}); upgrade this one")
    for name, apply in MIGRATIONS.items():
        if name not in applied:
            connection.execute("BEGIN IMMEDIATE")
            with connection:  # commits, or takes everything back
                if connection.execute("SELECT 1 FROM migrations WHERE name = ?", (name,)).fetchone() is None:
                    apply(connection)
                    connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (name,))


@_migration
def m001_initial(connection: sqlite3.Connection) -> None:
    """Runs of the command, the sources' items, their articles, and answers of unfinished ones."""
    for statement in (
        # `change` counts what exports depend on; `exported` is the change the last export was made of.
        "CREATE TABLE state (change INTEGER NOT NULL, exported INTEGER NOT NULL)",
        "INSERT INTO state VALUES (0, -1)",
        """CREATE TABLE runs (
            id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, pid INTEGER, host TEXT,
            settings TEXT NOT NULL, summary TEXT)""",
        # One text is one article, however many items have it; another fingerprint is another article.
        """CREATE TABLE articles (
            id INTEGER PRIMARY KEY, text_key TEXT NOT NULL, fingerprint TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'failed')),
            run INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0,
            tokens_in INTEGER NOT NULL DEFAULT 0, tokens_out INTEGER NOT NULL DEFAULT 0, cost REAL,
            seconds REAL NOT NULL DEFAULT 0, error_kind TEXT, error TEXT, report BLOB, text BLOB, finished_at TEXT,
            change INTEGER NOT NULL DEFAULT 0, UNIQUE (text_key, fingerprint))""",
        """CREATE TABLE items (
            location TEXT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL, run INTEGER NOT NULL,
            position INTEGER NOT NULL, content_sha256 TEXT, text_key TEXT, fingerprint TEXT NOT NULL, source TEXT,
            error_kind TEXT, error TEXT, change INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX items_in_order ON items (run DESC, position)",
        "CREATE INDEX items_of_text ON items (text_key, fingerprint)",
        "CREATE INDEX items_by_slug ON items (slug)",
        """CREATE TABLE answers (
            article INTEGER NOT NULL, request TEXT NOT NULL, response BLOB NOT NULL,
            PRIMARY KEY (article, request)) WITHOUT ROWID""",
    ):
        connection.execute(statement)


@_migration
def m002_batches(connection: sqlite3.Connection) -> None:
    """Batches of a provider's Batch API, each known to the provider by its name, and what was asked in them."""
    for statement in (
        """CREATE TABLE batches (
            name TEXT PRIMARY KEY, file TEXT NOT NULL, requests INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('sealed', 'submitting', 'submitted', 'collected', 'refused')),
            sealed_at INTEGER NOT NULL, input_file TEXT, batch TEXT, error TEXT)""",
        """CREATE TABLE batch_requests (
            article INTEGER NOT NULL, request TEXT NOT NULL, batch TEXT NOT NULL,
            PRIMARY KEY (article, request)) WITHOUT ROWID""",
        "CREATE INDEX batch_requests_by_request ON batch_requests (request)",
    ):
        connection.execute(statement)


@_migration
def m003_what_holds(connection: sqlite3.Connection) -> None:
    """Which program made a report, its warnings, estimated tokens; files that are gone; failed batch requests.

    An article's fingerprint was one of the program and its settings; it is one of the settings now, so that reports
    of an earlier version are known as such and are not made anew unasked.
    """
    for statement in (
        "ALTER TABLE articles ADD COLUMN program TEXT",
        "ALTER TABLE articles ADD COLUMN warnings INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE articles ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE items ADD COLUMN file BLOB",
        "ALTER TABLE items ADD COLUMN is_row INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE items ADD COLUMN missing INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE batch_requests ADD COLUMN error TEXT",
    ):
        connection.execute(statement)
    runs = "SELECT DISTINCT i.fingerprint, r.settings FROM items i JOIN runs r ON r.id = i.run ORDER BY r.id DESC"
    for before, settings in connection.execute(runs).fetchall():
        names = ("mode", "model", "profile", "seed", "temperature")
        parameters = {name: json.loads(settings)[name] for name in names if name in json.loads(settings)}
        after = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()
        connection.execute(
            "UPDATE OR IGNORE articles SET fingerprint = ? WHERE fingerprint = ?", (after, before)
        )
        connection.execute("UPDATE items SET fingerprint = ? WHERE fingerprint = ?", (after, before))


def register_row(
    db: sqlite3.Connection, run: int, fingerprint: str, entry: Entry, change: int, again: bool
) -> bool | None:
    """Write an item's row; whether it differs from what was there in anything that exports show.

    None where this run has listed it already: it keeps its first place.
    """
    kind = None if entry.error is None else "SourceError"
    shown = (
        entry.name,
        entry.text_key,
        fingerprint,
        entry.source,
        kind,
        entry.error,
        entry.file,
        entry.row,
        0,
    )
    before = db.execute(
        "SELECT run, name, text_key, fingerprint, source, error_kind, error, file, is_row, missing FROM items"
        " WHERE location = ?",
        (entry.location,),
    ).fetchone()
    if before is not None and before[0] == run and not again:
        return None
    if before is not None and before[1:] == shown:
        db.execute(
            "UPDATE items SET run = ?, position = ?, content_sha256 = ? WHERE location = ?",
            (run, entry.position, entry.content_sha256, entry.location),
        )
        return False
    db.execute(
        "INSERT OR REPLACE INTO items"
        " (location, slug, run, position, content_sha256, change, name, text_key, fingerprint, source,"
        " error_kind, error, file, is_row, missing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.location, slug_of(entry.name), run, entry.position, entry.content_sha256, change, *shown),
    )
    return True


def decide(
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


def keep_row(db: sqlite3.Connection, kept: Kept) -> None:
    """Keep an answer and book its cost, unless it is there already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO answers VALUES (?, ?, ?)",
        (kept.article, kept.request, zlib.compress(kept.response, 1)),
    )
    if cursor.rowcount:
        spent = (kept.tokens_in, kept.tokens_out, 1, kept.cost, kept.cost, kept.estimated)
        db.execute(_SPEND, (*spent, kept.article))


def finish_row(db: sqlite3.Connection, outcome: Outcome, change: int) -> None:
    """Write an outcome. A report that is there stays until another takes its place, and what is done stays done."""
    done = outcome.report is not None
    spent = (outcome.tokens_in, outcome.tokens_out, outcome.requests, outcome.cost, outcome.cost)
    if any(value is not None and value != 0 for value in spent):  # else it was booked answer by answer
        db.execute(_SPEND, (*spent, 0, outcome.article))
    cursor = db.execute(
        "UPDATE articles SET state = ?, attempts = attempts + ?, seconds = seconds + ?, error_kind = ?, error = ?,"
        " finished_at = ?, change = ? WHERE id = ? AND (? OR state != 'done')",
        (
            "done" if done else "failed",
            outcome.attempts,
            outcome.seconds,
            outcome.error_kind,
            outcome.error,
            now(),
            change,
            outcome.article,
            done,
        ),
    )
    if not cursor.rowcount:
        return
    if outcome.report is not None:
        db.execute(
            "UPDATE articles SET report = ?, text = ?, warnings = ?, program = ? WHERE id = ?",
            (
                zlib.compress(outcome.report, 1),
                zlib.compress(outcome.text.encode("utf-8"), 1),
                outcome.warnings,
                outcome.program,
                outcome.article,
            ),
        )
    if not outcome.keep_answers:
        db.execute("DELETE FROM answers WHERE article = ?", (outcome.article,))
        db.execute("DELETE FROM batch_requests WHERE article = ?", (outcome.article,))


def now() -> str:
    """The time, as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
