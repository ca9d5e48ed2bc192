"""Status: how far a job is and how a run ended, read at any time, and the lock that makes it one job a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from summarizer.batch.exports import corrected_line
from summarizer.batch.items import program
from summarizer.batch.journal import Journal
from summarizer.batch.records import Totals
from summarizer.errors import ConfigError
from summarizer.outputs.certainty import doubtful_count
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Labels, Lang, labels

_FILE = "job.lock"
_ALSO = ("duplicates", "warned", "outdated", "missing", "reviewed", "begun", "doubtful")
_GLANCE_S = 0.5  # `is_held` holds the lock for a moment


def read_status(folder: Path) -> dict[str, Any]:
    """The figures of the job in `folder`: its items by state, its reviews, what it spent, its latest run.

    Of the items, `reviewed` were looked at to their end and `begun` not yet; `doubtful` are those of which something
    is in doubt still. Raises `ConfigError` where there is no job.
    """
    with Journal(folder, create=False) as journal, journal.snapshot():
        totals, run = journal.totals(program=program()), journal.last_run()
        reviews = Reviews(folder)
        lines = [*journal.lines(reviews)]
        after = [corrected_line(line, journal, reviews, 0, []).made for line in lines]
    marks = [made.review.complete for made in after if made and made.review]
    settled = sum(bool(line.made and doubtful_count(line.made)) for line in lines)
    settled -= sum(bool(made and doubtful_count(made)) for made in after)
    figures = asdict(totals) | {"doubtful": totals.doubtful - settled}
    figures |= {"reviewed": marks.count(True), "begun": marks.count(False)}
    return {"folder": str(folder), "running": is_held(folder), **figures, "latest_run": run}


def render(status: dict[str, Any], lang: Lang = "en") -> str:
    """The same in a few lines for a person."""
    words = labels(lang)
    states = [words(f"cli.{name}", n=status[name]) for name in ("done", "failed", "open")]
    states += [words(f"cli.{name}", n=status[name]) for name in _ALSO if status[name]]
    tokens = {name: status[name] for name in ("tokens_in", "tokens_out")}
    spent = f"  {words('cli.status.spent', n=status['requests'], **tokens)}"
    if status["estimated"]:
        spent += f" ({words('cli.estimated')})"
    if status["cost"]:
        spent += f", {words.dollars(status['cost'])}"
    lines = [
        words("cli.status.listed", folder=status["folder"], n=status["items"]),
        f"  {', '.join(states)}",
        *([spent] if status["requests"] else []),
    ]
    if (run := status["latest_run"]) is not None:
        lines.append(f"  {_latest(run, words, running=status['running'])}")
    return "\n".join(lines)


def _latest(run: dict[str, Any], words: Labels, *, running: bool) -> str:
    values = {"model": run["settings"].get("model"), "started": run["started_at"], "ended": run["ended_at"]}
    if running:
        return words("cli.status.running", **values, pid=str(run["pid"]), host=run["host"])
    if run["summary"] is None:
        return words("cli.status.cut_short", **values)
    reason = run["summary"]["reason"]
    return words("cli.status.ended", **values) + (f": {words.translate(reason)}" if reason else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Totals):
    """How a run ended, as `run.json` says it: the figures of its items, of what it spent, and how it was made.

    Of `items`, `done` were reported on in this run and `skipped` before it; `failed` have a reason, `open` none
    yet, because the run was stopped. `seconds` is how long the run took. `ignored` are files of a kind that is no
    article, `job_files` those that a job wrote.
    """

    run: int
    ending: str
    reason: str | None
    skipped: int
    ignored: int
    job_files: int
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


def closing_line(summary: Summary, folder: Path, lang: Lang = "en") -> str:
    """The last line of a run for a person: what became of its articles, what it spent, and what to do next."""
    words = labels(lang)
    parts = [words("cli.done", n=summary.done)]
    parts += [
        words(f"cli.{name}", n=count)
        for name in ("failed", "skipped", "open", "warned", "missing")
        if (count := getattr(summary, name))
    ]
    if tokens := summary.tokens_in + summary.tokens_out:
        estimated = f" ({words('cli.estimated')})" if summary.estimated else ""
        parts.append(words("cli.tokens", n=tokens) + estimated)
    if summary.cost:
        parts.append(words.dollars(summary.cost))
    line = words("cli.took", folder=folder, parts=", ".join(parts), seconds=round(summary.seconds, 1))
    if summary.reason:
        return f"summarizer: {words.translate(summary.reason)}\n{line}; {words('cli.go_on')}"
    if summary.failed:
        line += f"; {words('cli.reasons', file=folder / 'failures.csv')}"
    if summary.outdated:
        line += f"\n{words('cli.outdated', n=summary.outdated)}"
    shown = (folder / name for name in ("index.html", "report.xlsx", "articles.csv"))
    if file := next(filter(Path.exists, shown), None):
        line += f"\n{words('cli.open_page', file=file)}"
    return line


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold a job's folder; raises `ConfigError` that names the job which already does."""
    lock = FileLock(folder / _FILE)
    try:
        lock.acquire(timeout=_GLANCE_S)
    except Timeout:
        holder = "another job"
        with suppress(ConfigError), Journal(folder, create=False) as journal:
            if (run := journal.last_run()) is not None:
                holder += f" (process {run['pid']} on {run['host']}, since {run['started_at']})"
        raise ConfigError(f"{folder}: {holder} is at work here; wait for it or stop it") from None
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
