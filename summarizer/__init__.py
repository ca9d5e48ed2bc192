"""Vietnamese web articles about review meetings become structured reports whose every count can be trusted.

from summarizer import summarize
report = summarize("article.txt")
for count in report.counts:
    print(count.value, count.subject, count.grade, "at", count.at)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.api import asummarize, summarize, summarize_many
    from summarizer.errors import SummarizerError
    from summarizer.schemas.report import MeetingReport

__all__ = ("MeetingReport", "SummarizerError", "asummarize", "summarize", "summarize_many")

_HOMES = {
    "MeetingReport": "summarizer.schemas.report",
    "SummarizerError": "summarizer.errors",
    "asummarize": "summarizer.api",
    "summarize": "summarizer.api",
    "summarize_many": "summarizer.api",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that importing the package costs next to nothing.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
