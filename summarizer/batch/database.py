"""The files of SQLite that a job keeps, and the tables of its journal, made in steps that are applied once each."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from pathlib import Path

from summarizer.errors import ConfigError

__all__ = ("MIGRATIONS", "cannot_write", "migrate", "open_database")

_PROBE = 65_536  # bytes: a journal is no smaller
_WAIT_S = 30.0  # for another process that is reading; writers are kept apart by the job's lock

MIGRATIONS = {
    # Runs of the command, the sources' items, their articles, and answers of unfinished ones. `change` counts what
    # exports depend on; `exported` is the change the last export was made of. One text is one article, however many
    # items have it; another fingerprint is another article.
    "m001_initial": """
        CREATE TABLE state (change INTEGER NOT NULL, exported INTEGER NOT NULL);
        INSERT INTO state VALUES (0, -1);
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, pid INTEGER, host TEXT,
            settings TEXT NOT NULL, summary TEXT);
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY, text_key TEXT NOT NULL, fingerprint TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'failed')),
            run INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0,
            tokens_in INTEGER NOT NULL DEFAULT 0, tokens_out INTEGER NOT NULL DEFAULT 0, cost REAL,
            seconds REAL NOT NULL DEFAULT 0, error_kind TEXT, error TEXT, report BLOB, text BLOB, finished_at TEXT,
            change INTEGER NOT NULL DEFAULT 0, UNIQUE (text_key, fingerprint));
        CREATE TABLE items (
            location TEXT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL, run INTEGER NOT NULL,
            position INTEGER NOT NULL, content_sha256 TEXT, text_key TEXT, fingerprint TEXT NOT NULL, source TEXT,
            error_kind TEXT, error TEXT, change INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX items_in_order ON items (run DESC, position);
        CREATE INDEX items_of_text ON items (text_key, fingerprint);
        CREATE INDEX items_by_slug ON items (slug);
        CREATE TABLE answers (
            article INTEGER NOT NULL, request TEXT NOT NULL, response BLOB NOT NULL,
            PRIMARY KEY (article, request)) WITHOUT ROWID""",
    # Batches of a provider's Batch API, each known to the provider by its name, and what was asked in them.
    "m002_batches": """
        CREATE TABLE batches (
            name TEXT PRIMARY KEY, file TEXT NOT NULL, requests INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('sealed', 'submitting', 'submitted', 'collected', 'refused')),
            sealed_at INTEGER NOT NULL, input_file TEXT, batch TEXT, error TEXT);
        CREATE TABLE batch_requests (
            article INTEGER NOT NULL, request TEXT NOT NULL, batch TEXT NOT NULL,
            PRIMARY KEY (article, request)) WITHOUT ROWID;
        CREATE INDEX batch_requests_by_request ON batch_requests (request)""",
    # Which program made a report, its warnings, estimated tokens; files that are gone; failed batch requests. An
    # article's fingerprint was one of the program and its settings; it is one of the settings now, so that reports of
    # an earlier version are known as such and are not made anew unasked.
    "m003_what_holds": """
        ALTER TABLE articles ADD COLUMN program TEXT;
        ALTER TABLE articles ADD COLUMN warnings INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE articles ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN file BLOB;
        ALTER TABLE items ADD COLUMN is_row INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE batch_requests ADD COLUMN error TEXT;
        CREATE TEMP TABLE marks AS SELECT i.fingerprint AS before, fingerprint_of(r.settings) AS after, max(r.id)
            FROM items i JOIN runs r ON r.id = i.run GROUP BY i.fingerprint;
        UPDATE OR IGNORE articles SET fingerprint = m.after FROM marks m WHERE fingerprint = m.before;
        UPDATE items SET fingerprint = m.after FROM marks m WHERE fingerprint = m.before;
        DROP TABLE marks""",
}


def open_database(path: Path) -> sqlite3.Connection:
    """Open a file of SQLite's, for use in any thread, one at a time. Raises `sqlite3.DatabaseError`."""
    db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    # After a loss of power the last rows may be gone; after kill -9 none.
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def cannot_write(folder: Path) -> str | None:
    """Why the system writes nothing into a folder, None where it does: SQLite says no more than `disk I/O error`."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_PROBE))
    except OSError as error:
        return error.strerror or str(error)
    return None


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a journal up to this version, whole or not at all.

    Raises `ConfigError` for a journal that a newer version has written.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT)")
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    if newer := sorted(applied - MIGRATIONS.keys()):
        raise ConfigError(f"the journal was written by a newer summarizer ({newer[0]}); upgrade this one")
    connection.create_function("fingerprint_of", 1, _fingerprint_of, deterministic=True)
    for name, script in MIGRATIONS.items():
        if name not in applied:
            connection.execute("BEGIN IMMEDIATE")
            with connection:  # commits, or takes everything back
                if connection.execute("SELECT 1 FROM migrations WHERE name = ?", (name,)).fetchone() is None:
                    for statement in script.split(";"):
                        connection.execute(statement)
                    connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (name,))


def _fingerprint_of(settings: str) -> str:
    """The fingerprint of the settings of a run of version 0.1."""
    names = ("mode", "model", "profile", "seed", "temperature")
    parameters = {name: json.loads(settings)[name] for name in names if name in json.loads(settings)}
    return hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()
