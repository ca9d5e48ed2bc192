"""Documents: where a text comes from, and the text itself exactly as read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

__all__ = ("Document",)


@dataclass(frozen=True)
class Document:
    """One article's text, with where it came from.

    `text` is never normalised: every offset of a report is an index into it. `title` and `published`
    (an ISO date) are what a page's own markup says, None where there is none.
    """

    name: str
    text: str
    location: str | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    title: str | None = None
    published: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text; lone surrogates count as the three bytes they would take."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
