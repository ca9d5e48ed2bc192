"""Migrations: the tables of a journal, made and changed in steps that are applied once each."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable

from summarizer.errors import ConfigError

__all__ = ("MIGRATIONS", "migrate")

Migration = Callable[[sqlite3.Connection], None]
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
