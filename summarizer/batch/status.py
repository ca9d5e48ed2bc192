"""Status: how far a job is, read from its journal at any time."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from summarizer.batch.journal import Journal
from summarizer.batch.lock import is_held

__all__ = ("read_status", "render")


def read_status(folder: Path) -> dict[str, Any]:
    """The figures of the job in `folder`: its items by state, what it spent, its latest run.

    Raises `ConfigError` where there is no job.
    """
    with Journal(folder, create=False) as journal, journal.snapshot():
        totals, run = journal.totals(), journal.last_run()
    return {"folder": str(folder), "running": is_held(folder), **asdict(totals), "latest_run": run}


def render(status: dict[str, Any]) -> str:
    """The same in a few lines for a person."""
    lines = [
        f"{status['folder']}: {status['items']:,} articles listed",
        f"  {status['done']:,} done, {status['failed']:,} failed, {status['open']:,} not done yet"
        + (f", {status['duplicates']:,} with the text of another" if status["duplicates"] else ""),
        f"  {status['requests']:,} answers, {status['tokens_in']:,} tokens read, {status['tokens_out']:,} written"
        + (f", ${status['cost']:.4f}" if status["cost"] else ""),
    ]
    if (run := status["latest_run"]) is not None:
        model = run["settings"].get("model")
        if status["running"]:
            lines.append(
                f"  running since {run['started_at']} as process {run['pid']} on {run['host']}, {model}"
            )
        elif run["summary"] is None:
            lines.append(
                f"  the run of {run['started_at']} with {model} was cut short; the same command goes on"
            )
        else:
            reason = run["summary"]["reason"]
            lines.append(
                f"  last run ended {run['ended_at']} with {model}" + (f": {reason}" if reason else "")
            )
    return "\n".join(lines)
