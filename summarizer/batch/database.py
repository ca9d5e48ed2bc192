"""The files of SQLite that a job keeps, and the tables of its journal, made in steps that are applied once each."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zlib
from importlib.resources import files
from pathlib import Path

from summarizer.errors import ConfigError

_PROBE = 65_536  # bytes: a journal is no smaller
_WAIT_S = 30.0  # for another process that is reading; writers are kept apart by the job's lock

MIGRATIONS = {
    file.name.removesuffix(".sql"): file.read_text("utf-8")
    for file in sorted(files("summarizer.batch").joinpath("migrations").iterdir(), key=lambda file: file.name)
}
"""By name, in their order: the statements of each step; a statement ends where a semicolon stands."""


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
    connection.create_function("doubtful_in", 1, _doubtful_in, deterministic=True)
    for name, script in MIGRATIONS.items():
        if name not in applied:
            connection.execute("BEGIN IMMEDIATE")
            with connection:  # commits, or takes everything back
                if connection.execute("SELECT 1 FROM migrations WHERE name = ?", (name,)).fetchone() is None:
                    for statement in script.split(";"):
                        connection.execute(statement)
                    connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (name,))


def _doubtful_in(report: bytes) -> int:
    """How many parts of a report are in doubt: within a text of JSON no quotation mark follows a colon."""
    return zlib.decompress(report).count(b':"doubtful"')


def _fingerprint_of(settings: str) -> str:
    """The fingerprint of the settings of a run of version 0.1."""
    names = ("mode", "model", "profile", "seed", "temperature")
    parameters = {name: json.loads(settings)[name] for name in names if name in json.loads(settings)}
    return hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()
