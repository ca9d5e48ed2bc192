"""Vietnamese web articles about review meetings become structured reports whose every count has its place.

    from summarizer import Settings, summarize

    report = summarize("article.txt", settings=Settings.from_env(model="none"))  # by the rules alone
    for count in report.counts:
        print(count.value, count.subject, count.grade, "at", count.at)
    print(report.to_markdown("en"))  # or to_frame(), to_records(), model_dump_json()

`summarize` makes a report of one document, also where an event loop runs; `asummarize` is to be awaited;
`summarize_many` yields a report or a `Failure` for each of many. `Settings` say which model reads. Every error is a
`SummarizerError`: `ConfigError` (the set-up is wrong), `SourceError` (the document cannot be read), `ModelError` (the
model did not answer as it should); `help(summarizer.errors)` has the whole tree.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.api import Failure, MeetingReport, asummarize, summarize, summarize_many
    from summarizer.errors import (
        AnswerError,
        ConfigError,
        CreditError,
        DeadlineError,
        EndpointError,
        JournalError,
        ModelError,
        RateLimitError,
        RefusedAnswerError,
        SourceError,
        SummarizerError,
        TruncatedAnswerError,
        WeightsError,
    )
    from summarizer.settings import Settings

__all__ = (
    "AnswerError",
    "ConfigError",
    "CreditError",
    "DeadlineError",
    "EndpointError",
    "Failure",
    "JournalError",
    "MeetingReport",
    "ModelError",
    "RateLimitError",
    "RefusedAnswerError",
    "Settings",
    "SourceError",
    "SummarizerError",
    "TruncatedAnswerError",
    "WeightsError",
    "asummarize",
    "summarize",
    "summarize_many",
)

_API = ("Failure", "MeetingReport", "asummarize", "summarize", "summarize_many")


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that importing the package costs next to nothing.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "api" if name in _API else "settings" if name == "Settings" else "errors"
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
