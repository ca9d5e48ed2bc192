"""Records: what goes into the journal of a job and what comes out of it.

Beside them stand the functions that write a row: an item that is listed, an answer that is kept, an article that
ended. These run within a transaction of the caller's.
"""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from summarizer.outputs.slugs import slug_of
from summarizer.schemas.report import MeetingReport

__all__ = (
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


_SPEND = (
    "UPDATE articles SET tokens_in = tokens_in + ?, tokens_out = tokens_out + ?, requests = requests + ?,"
    " cost = CASE WHEN ? IS NULL THEN cost ELSE coalesce(cost, 0) + ? END, estimated = estimated + ? WHERE id = ?"
)


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
