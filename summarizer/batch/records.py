"""Records: what goes into the journal of a job and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ("Decision", "Entry", "Kept", "Line", "Outcome", "Totals")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item to be admitted: where it stands, and the text it holds or the reason that it holds none.

    `source` is the JSON of the report's `source` for this item.
    """

    location: str
    name: str
    position: int
    content_sha256: str | None = None
    text_key: str | None = None
    source: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with an item: `todo` is for the caller, with the article's number.

    `busy` is a text that this run has taken up already, `done` and `failed` one that an earlier run finished.
    `begun`: an earlier run has taken the article up, and may have left answers.
    """

    state: Literal["todo", "busy", "done", "failed", "unreadable"]
    article: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer to one request of an unfinished article: `request` is the hash of the request's body.

    `cost` is in US dollars, None where the price is not known.
    """

    article: int
    request: str
    response: bytes
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an article ended. `report` is its JSON without `source`; tokens are those not yet booked."""

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


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what became of it; `report` is the whole report's JSON, None where there is none."""

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

    `unpriced` counts finished articles whose cost is not known; `cost` is in US dollars.
    """

    items: int = 0
    done: int = 0
    failed: int = 0
    open: int = 0
    duplicates: int = 0
    attempts: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    unpriced: int = 0
    seconds: float = 0.0
