"""Outcomes: what of a report or of an error goes into an article's row of the journal."""

from __future__ import annotations

import traceback
from pathlib import Path

from summarizer.batch.answers import ArticleAnswers
from summarizer.batch.budget import Budget
from summarizer.batch.intake import Task
from summarizer.batch.records import Outcome
from summarizer.errors import ModelError, SummarizerError
from summarizer.schemas.report import MeetingReport

__all__ = ("body_of", "failure_of", "one_line", "outcome_of")

_LINE_CHARS = 300


def body_of(report: MeetingReport) -> bytes:
    """The report's JSON without its source, on one line for every reader.

    Characters that some readers take for the end of a line are escaped; nothing else is.
    """
    text = report.model_dump_json(exclude={"source"})
    for separator in "\u2028\u2029\x85":
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text.encode("utf-8")


def outcome_of(
    report: MeetingReport, text: str, task: Task, answers: ArticleAnswers, budget: Budget
) -> Outcome:
    """The row of an article that is done; its tokens are booked here unless they were as they came."""
    made = report.provenance
    booked = bool(answers.requests or answers.known)
    return Outcome(
        task.article,
        body_of(report),
        text,
        attempts=task.attempts + 1,
        requests=0 if booked else made.attempts,
        tokens_in=0 if booked else made.tokens_in,
        tokens_out=0 if booked else made.tokens_out,
        cost=None if booked else budget.book(made.tokens_in, made.tokens_out),
    )


def failure_of(error: Exception, task: Task, answers: ArticleAnswers, budget: Budget) -> Outcome:
    """The row of an article that failed; what may pass keeps its answers for the next try."""
    known = isinstance(error, ModelError)
    booked = bool(answers.requests or answers.known)
    spent = (error.tokens_in, error.tokens_out) if known and not booked else (0, 0)
    return Outcome(
        task.article,
        attempts=task.attempts,
        tokens_in=spent[0],
        tokens_out=spent[1],
        cost=budget.book(*spent) if any(spent) else None,
        error_kind=type(error).__name__,
        error=one_line(error),
        keep_answers=known and error.retryable,
    )


def one_line(error: Exception) -> str:
    """An error as one line; one that is not ours says where it came from."""
    said = " ".join(str(error).split())
    if len(said) > _LINE_CHARS:
        said = said[: _LINE_CHARS - 1] + "…"
    if isinstance(error, SummarizerError):
        return said
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = said.encode("utf-8", "backslashreplace").decode()
    return f"unexpected {type(error).__name__}{where}: {said}"
