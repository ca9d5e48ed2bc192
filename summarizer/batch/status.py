"""Status: how far a job is and how a run ended, read at any time, and the lock that makes it one job a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from summarizer.batch.items import program
from summarizer.batch.journal import Journal
from summarizer.errors import ConfigError

__all__ = ("Summary", "closing_line", "hold", "is_held", "read_status", "render")

_FILE = "job.lock"
_ESTIMATED = " (estimated: the server does not count them all)"
_ALSO = (
    ("duplicates", "with the text of another"),
    ("warned", "with warnings"),
    ("outdated", "made by another version of the program (--redo-outdated makes them anew)"),
    ("missing", "not there any more"),
)
_GLANCE_S = 0.5  # `is_held` holds the lock for a moment


def read_status(folder: Path) -> dict[str, Any]:
    """The figures of the job in `folder`: its items by state, what it spent, its latest run.

    Raises `ConfigError` where there is no job.
    """
    with Journal(folder, create=False) as journal, journal.snapshot():
        totals, run = journal.totals(program=program()), journal.last_run()
    return {"folder": str(folder), "running": is_held(folder), **asdict(totals), "latest_run": run}


def render(status: dict[str, Any]) -> str:
    """The same in a few lines for a person."""
    lines = [
        f"{status['folder']}: {status['items']:,} articles listed",
        f"  {status['done']:,} done, {status['failed']:,} failed, {status['open']:,} not done yet"
        + "".join(f", {status[name]:,} {what}" for name, what in _ALSO if status[name]),
        f"  {status['requests']:,} answers, {status['tokens_in']:,} tokens read, {status['tokens_out']:,} written"
        + (_ESTIMATED if status["estimated"] else "")
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


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run ended, as `run.json` says it.

    Of `items`, `done` were reported on in this run and `skipped` before it; `failed` have a reason, `open` none
    yet, because the run was stopped. `duplicates` have the text of another item, `warned` a report with warnings,
    `outdated` one that another version of the program made; `missing` are items of earlier runs that are not there
    any more. Tokens, cost (US dollars, None where the price is not known) and seconds are this run's; `estimated`
    counts answers whose tokens the server did not. `ignored` are files of a kind that is no article,
    `left_out` those that a job wrote.
    """

    run: int
    ending: str
    reason: str | None
    items: int
    done: int
    failed: int
    open: int
    skipped: int
    duplicates: int
    warned: int
    outdated: int
    missing: int
    ignored: int
    left_out: int
    requests: int
    tokens_in: int
    tokens_out: int
    estimated: int
    cost: float | None
    seconds: float
    started_at: str
    model: str
    endpoint: str
    profile: str
    price: dict[str, Any] | None
    fingerprint: str
    program: str
    versions: dict[str, str]

    @property
    def exit_code(self) -> int:
        """The command's exit code: 0 all done, 1 some are not or have warnings, 2 the set-up is wrong."""
        if self.ending == "set_up":
            return 2
        return int(self.ending != "finished" or bool(self.failed or self.open or self.warned))


def closing_line(summary: Summary, folder: Path) -> str:
    """The last line of a run for a person: what became of its articles, what it spent, and what to do next."""
    parts = [f"{summary.done} done"]
    parts += [
        f"{count} {name}"
        for name, count in (
            ("failed", summary.failed),
            ("skipped", summary.skipped),
            ("not done yet", summary.open),
            ("with warnings", summary.warned),
            ("not there any more", summary.missing),
        )
        if count
    ]
    if tokens := summary.tokens_in + summary.tokens_out:
        parts.append(f"{tokens:,} tokens{_ESTIMATED if summary.estimated else ''}")
    if summary.cost:
        parts.append(f"${summary.cost:.4f}")
    line = f"{folder}: {', '.join(parts)} in {summary.seconds:.1f} s"
    if summary.reason:
        return f"summarizer: {summary.reason}\n{line}; run the same command to go on"
    if summary.failed:
        line += f"; reasons in {folder / 'failures.csv'}, --retry-failed tries them again"
    if summary.outdated:
        line += (
            f"\n{summary.outdated} made by another version of the program; --redo-outdated makes them anew"
        )
    if (index := folder / "index.html").exists():
        line += f"\nopen {index}"
    return line


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold a job's folder; raises `ConfigError` that names the job which already does."""
    lock = FileLock(folder / _FILE)
    try:
        lock.acquire(timeout=_GLANCE_S)
    except Timeout:
        raise ConfigError(f"{folder}: {_holder(folder)} is at work here; wait for it or stop it") from None
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be locked ({error.strerror})") from None
    try:
        yield
    finally:
        lock.release()


def is_held(folder: Path) -> bool:
    """Whether a job is at work in a folder now."""
    if not (folder / _FILE).exists():
        return False
    try:
        with FileLock(folder / _FILE).acquire(timeout=0):
            return False
    except Timeout:
        return True


def _holder(folder: Path) -> str:
    try:
        with Journal(folder, create=False) as journal:
            run = journal.last_run()
    except ConfigError:
        run = None
    if run is None:
        return "another job"
    return f"another job (process {run['pid']} on {run['host']}, since {run['started_at']})"
