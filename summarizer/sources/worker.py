"""Work in child processes with limits, so that no document can freeze, fill or end the program.

Libraries that read untrusted files can be made to loop, to take all memory or to crash (a PDF form that draws
itself takes 14 GB), and a text can be made to keep its reader busy. `Workers` are processes that answer a request
of bytes with bytes, one at a time, each within its time and `MEMORY`. They are given no keys of the environment,
and end when the process that began them does, however that ends: they read from a pipe.
"""

from __future__ import annotations

import os
import resource
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import BinaryIO, cast

from summarizer.errors import SourceError, SummarizerError

MEMORY = 1_200_000_000  # bytes of address space; the libraries themselves take 300 MB
_REQUESTS = 1_000  # a worker answers before it is replaced, should a library lose memory
_LONGEST_REASON = 200
_NO_MEMORY = 12  # the exit code of a worker that ran out of it
_READY = b"."
_REQUEST = struct.Struct("!QI")  # the bytes of a request, and the seconds of the processor that it may take
_ANSWER = struct.Struct("!Q")
# What a Python needs to begin; keys of models stay out of a process that reads untrusted files.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_CODE = "import sys; sys.path[:] = {path!r}; from summarizer.sources.worker import serve; serve({function!r})"


@contextmanager
def fence(location: str) -> Iterator[None]:
    """Let a document be read; whatever a library raises but a `SummarizerError` becomes one `SourceError`.

    The exception stays its `__cause__`, with the traceback, for a job's log.
    """
    try:
        yield
    except SummarizerError:
        raise
    except (TimeoutError, ChildProcessError) as error:
        raise SourceError(f"{location}: cannot be read ({str(error) or type(error).__name__})") from error
    except Exception as error:
        raise SourceError(unreadable(location, type(error).__name__, str(error))) from error


def unreadable(location: str, kind: str, reason: str) -> str:
    """Return the one line for a document that an exception of type `kind` kept from being read."""
    shown = "".join(letter if letter.isprintable() else " " for letter in reason[: 2 * _LONGEST_REASON])
    shown = " ".join(shown.split())[:_LONGEST_REASON]
    return f"{location}: cannot be read ({kind}{': ' if shown else ''}{shown})"


class Workers:
    """At most `most` processes in which `function` (`module:function`) makes of a request's bytes an answer's.

    A process is begun when there is need for it, and used again. For use in any thread.
    """

    def __init__(self, function: str, most: int) -> None:
        self._function = function
        self._most = most
        self.forget()

    def forget(self) -> None:
        """Leave the processes to whoever began them: to be called in a fork of this process."""
        self._turns = threading.BoundedSemaphore(self._most)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._ended = False

    def begin(self) -> None:
        """Begin a process before there is need for it, and return when it can be asked."""
        with self._turns:
            self._idle.append(_Worker(self._function))
        if self._ended:
            self.end()

    def ask(self, request: bytes, *, seconds: float, cpu_seconds: int = 0) -> bytes:
        """Return what the function makes of a request, within so many seconds (of the processor's: 0 for no limit).

        Blocks, also while all processes are busy. Raises TimeoutError, MemoryError, and ChildProcessError where the
        process ended; whatever the function raises ends it.
        """
        with self._turns:
            # None may be waiting; one that is may have been killed, or brought to its end by what it read before.
            with suppress(IndexError, MemoryError, ChildProcessError):
                return self._ask(self._idle.pop(), request, seconds, cpu_seconds)
            if self._ended:
                raise ChildProcessError("its reader was ended")
            return self._ask(_Worker(self._function), request, seconds, cpu_seconds)

    def end(self) -> None:
        """End the processes, whatever they are doing; who waits for one gets ChildProcessError."""
        self._ended = True
        for worker in tuple(self._busy):
            worker.process.kill()
        while self._idle:
            self._idle.pop().end()

    def _ask(self, worker: _Worker, request: bytes, seconds: float, cpu_seconds: int) -> bytes:
        self._busy.add(worker)
        try:
            answer = worker.ask(request, seconds, cpu_seconds)
        except BaseException:  # nobody waits any more for what it is at
            worker.end()
            raise
        finally:
            self._busy.discard(worker)
        if worker.requests < _REQUESTS and not self._ended:
            self._idle.append(worker)
        else:
            worker.end()
        return answer


class _Worker:
    """A process that can be asked; `requests` is how many it was given."""

    def __init__(self, function: str) -> None:
        self.requests = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CODE.format(path=sys.path, function=function)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        self._to, self._from = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)
        self._from.read(len(_READY))

    def ask(self, request: bytes, seconds: float, cpu_seconds: int) -> bytes:
        self.requests += 1
        late = threading.Event()
        timer = threading.Timer(seconds, lambda: (late.set(), self.process.kill()))
        timer.start()
        try:
            with suppress(BrokenPipeError):  # it died; its exit says why
                self._to.write(_REQUEST.pack(len(request), cpu_seconds) + request)
                self._to.flush()
            if len(head := self._from.read(_ANSWER.size)) == _ANSWER.size:
                (size,) = _ANSWER.unpack(head)
                if len(answer := self._from.read(size)) == size:
                    return answer
        finally:
            timer.cancel()
        self.end()
        if late.is_set():
            raise TimeoutError(f"took more than {seconds:g} s")
        code = self.process.returncode
        if code == -signal.SIGXCPU:
            raise TimeoutError(f"took more than {cpu_seconds} s of the processor")
        if code == _NO_MEMORY:
            raise MemoryError
        raise ChildProcessError(f"its reader ended with code {code}, perhaps for want of memory")

    def end(self) -> None:
        """End the process, whatever it is doing, and close what leads to it."""
        self.process.kill()
        with suppress(OSError), self.process:  # what is still buffered for a process that is gone
            pass


def serve(function: str) -> None:
    """Answer the requests that come on standard input, in a child, until it is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):  # both go to whole groups; the parent acts on them
        signal.signal(number, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS has the name, not the limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    module, _, name = function.partition(":")
    make = getattr(import_module(module), name)
    answers.write(_READY)
    answers.flush()
    while head := requests.read(_REQUEST.size):
        size, cpu_seconds = _REQUEST.unpack(head)
        request = requests.read(size)
        if cpu_seconds:  # the process ends where this takes more of the processor's time
            used = resource.getrusage(resource.RUSAGE_SELF)
            until = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
            resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        try:
            answer = make(request)
        except MemoryError:
            os._exit(_NO_MEMORY)
        answers.write(_ANSWER.pack(len(answer)) + answer)
        answers.flush()
