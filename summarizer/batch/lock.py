"""One job a folder: a lock of the operating system's, which ends with the process that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from summarizer.batch.journal import Journal
from summarizer.errors import ConfigError

__all__ = ("hold", "is_held")

_FILE = "job.lock"
_GLANCE_S = 0.5  # `is_held` holds the lock for a moment


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
