"""Reading in a child process with limits, so that no document can freeze, fill or end the program.

Libraries that read untrusted files can be made to loop, to take all memory or to crash (a PDF form that draws
itself takes 14 GB). A worker reads one document at a time within `CPU_SECONDS`, `WALL_SECONDS` and `MEMORY`, and is
used again for the next; it is given the bytes, never a path, and no keys of the environment. What comes back is JSON.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib import import_module
from typing import Any, BinaryIO, cast

from summarizer.errors import SourceError, SummarizerError, install_command
from summarizer.sources.document import Document

__all__ = ("CPU_SECONDS", "MEMORY", "WALL_SECONDS", "bare_environment", "fence", "read_apart", "serve")

CPU_SECONDS = 20  # the slowest ordinary document seen, a PDF of 100 pages, takes 2
WALL_SECONDS = 90.0  # where the machine is overloaded, or knows no limits for processes
MEMORY = 1_200_000_000  # bytes of address space; the libraries themselves take 300 MB
_DOCUMENTS = 500  # a worker reads before it is replaced, should a library lose memory
_AT_ONCE = max(1, min(4, os.cpu_count() or 1))
_WORN = frozenset({"MemoryError", "ChildProcessError"})  # a worker that gave one of these is not used again
_LONGEST_REASON = 200
# What a Python needs to begin; keys of models stay out of a process that reads untrusted files.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class ReaderFault(Exception):  # noqa: N818 - never raised by itself, only the cause of a SourceError
    """What a reader raised in a worker; its text is the traceback."""


@contextmanager
def fence(location: str) -> Iterator[None]:
    """Let a document be read; whatever a library raises but a `SummarizerError` becomes one `SourceError`.

    The exception stays its `__cause__`, with the traceback, for a job's log.
    """
    try:
        yield
    except SummarizerError:
        raise
    except Exception as error:
        raise SourceError(_unreadable(location, type(error).__name__, str(error))) from error


def _unreadable(location: str, kind: str, reason: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in reason[: 2 * _LONGEST_REASON])
    shown = " ".join(shown.split())[:_LONGEST_REASON]
    return f"{location}: cannot be read ({kind}{': ' if shown else ''}{shown})"


def read_apart(
    reader: str, data: bytes, *, name: str, location: str, charset: str | None = None, extra: str = "all"
) -> Document:
    """Return the document that a reader makes of some bytes, in a worker.

    `reader` is `module:function`, `charset` what a server says of the bytes, `extra` what to install where the
    reader's library is missing. Raises `SourceError` for what the
    reader refuses, and where it fails, crashes, or goes beyond its limits. Blocks; for use in any thread.
    """
    request = {
        "reader": reader,
        "name": name,
        "location": location,
        "charset": charset,
        "size": len(data),
        "cpu_seconds": CPU_SECONDS,
    }
    with _TURNS:
        worker = _idle_worker() or _Worker()
        answer = worker.read(request, data)
        if answer.get("kind") in _WORN and worker.reads > 1:  # another document may have brought it there
            worker.end()
            worker = _Worker()
            answer = worker.read(request, data)
        if worker.reads < _DOCUMENTS and answer.get("kind") not in _WORN:
            _IDLE.append(worker)
        else:
            worker.end()
    if "document" in answer:
        return Document.from_fields(answer["document"])
    if "missing" in answer:
        raise SourceError(f"{location}: needs {answer['missing']} to be read; run: {install_command(extra)}")
    if "refused" in answer:
        raise SourceError(answer["refused"])
    message = _unreadable(location, answer["kind"], answer["reason"])
    raise SourceError(message) from ReaderFault(answer["trace"])


def bare_environment() -> dict[str, str]:
    """Return what of this process's environment a child that reads untrusted texts is given."""
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


class _Worker:
    """A child process; `reads` is how many documents it was given."""

    def __init__(self) -> None:
        self.reads = 0
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; from summarizer.sources.worker import serve;"
            " serve(sys.stdin.buffer, sys.stdout.buffer)"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
        )
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def read(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        """Return the answer to a request, or why there is none; a worker that gave none is ended."""
        self.reads += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(WALL_SECONDS, stop)
        timer.start()
        line = b""
        try:
            with suppress(BrokenPipeError):  # it died; its exit says why
                self._requests.write(json.dumps(request).encode() + b"\n" + data)
                self._requests.flush()
            line = self._answers.readline()
        finally:
            timer.cancel()
            if not line.endswith(b"\n"):
                self.end()
        if line.endswith(b"\n"):
            return json.loads(line)
        return _ended(self._process.returncode, late.is_set())

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what is still buffered for a process that is gone
                pipe.close()
        self._process.wait()


def _ended(code: int, late: bool) -> dict[str, str]:
    import signal

    if late:
        kind, reason = "TimeoutError", f"took more than {WALL_SECONDS:g} s"
    elif code == -getattr(signal, "SIGXCPU", 0):
        kind, reason = "TimeoutError", f"took more than {CPU_SECONDS} s of the processor"
    else:
        kind, reason = "ChildProcessError", f"its reader ended with code {code}, perhaps for want of memory"
    return {"kind": kind, "reason": reason, "trace": f"{kind}: {reason}"}


_IDLE: list[_Worker] = []
_TURNS = threading.BoundedSemaphore(_AT_ONCE)


def _idle_worker() -> _Worker | None:
    """Take a worker that waits for a document; one that was killed meanwhile is passed over."""
    with suppress(IndexError):
        while not (worker := _IDLE.pop()).is_running:
            worker.end()
        return worker
    return None


@atexit.register
def _end_all() -> None:
    while _IDLE:
        _IDLE.pop().end()


def _forked() -> None:
    """Leave the workers to the process that began them."""
    global _TURNS
    _IDLE.clear()
    _TURNS = threading.BoundedSemaphore(_AT_ONCE)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Read the documents that are asked for, in a worker, until the requests end.

    A request is a line of JSON and as many bytes as its `size` says; an answer is a line of JSON.
    """
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):  # both go to whole groups; the parent acts on them
        signal.signal(number, signal.SIG_IGN)
    sys.stdout = sys.stderr  # what a library prints is no answer
    _limit_memory()
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        _limit_time(request["cpu_seconds"])
        answers.write(json.dumps(_answer(request, data)).encode() + b"\n")
        answers.flush()


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    module, _, function = request["reader"].partition(":")
    try:
        read = getattr(import_module(module), function)
        document = read(data, request["name"], request["location"], request["charset"])
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    except SourceError as error:
        return {"refused": str(error)}
    except Exception as error:
        return {"kind": type(error).__name__, "reason": str(error), "trace": traceback.format_exc()}
    return {"document": asdict(document)}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not every system has limits; then the time alone is limited, by the parent
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS has the name, not the limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_time(seconds: int) -> None:
    """Let the process end where the next document takes more of the processor's time."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
