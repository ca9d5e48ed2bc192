"""Records: what goes into the journal of a job and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from summarizer.schemas.report import MeetingReport


@dataclass(frozen=True, slots=True)
class Entry:
    """An item to be admitted: where it stands, and the text it holds or the reason that it holds none.

    `source` is the JSON of the report's `source` for this item; `file` the path of the file that it is, or is a
    row of, as bytes, None for a web page.
    """

    location: str
    name: str
    position: int
    content_sha256: str | None = None
    text_key: str | None = None
    source: str | None = None
    error: str | None = None
    file: bytes | None = None
    is_row: bool = False


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

    `warnings` is how many faults the report tells, `doubtful` how many of its parts are in doubt, `program` what the
    program that made it is known by.
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
    doubtful: int = 0
    program: str | None = None

    @property
    def state(self) -> Literal["done", "failed"]:
        """Whether there is a report."""
        return "failed" if self.report is None else "done"


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of a job, or of one run. `duplicates` are items whose text another item has too.

    `warned` are those whose report has warnings, `doubtful` those of which something is in doubt, `outdated` those
    whose report another version of the program made. `missing` are items of earlier runs that are not there any
    more, counted in nothing else. `unpriced` counts articles whose cost is not known, `estimated` answers whose
    tokens the server did not count; `cost` is in US dollars, None where the price is not known.
    """

    items: int = 0
    done: int = 0
    failed: int = 0
    open: int = 0
    duplicates: int = 0
    warned: int = 0
    doubtful: int = 0
    outdated: int = 0
    missing: int = 0
    attempts: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = 0.0
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


def now() -> str:
    """The time, as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
