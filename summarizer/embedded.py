"""The embedded model: llama.cpp inside this process, behind its own OpenAI-compatible server on loopback.

It is started once a process (`embedded_server`), and gone with the process, however that ends: its threads
are the process's own. The port is the operating system's choice and every request needs a key that is drawn
anew for each start, so no other user of the machine can use it.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import secrets
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import ConfigError, WeightsError
from summarizer.progress import Progress, no_progress
from summarizer.weights import weights_path

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ("EmbeddedOptions", "EmbeddedServer", "close_embedded_server", "embedded_server")

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class EmbeddedOptions:
    """How the model is run.

    `context`: tokens of one request, question and answer together. `parallel`: requests served at the same
    time, each with a context of its own. `threads`: None takes the processors this process may use.
    """

    context: int = 4096
    parallel: int = 2
    threads: int | None = None


class EmbeddedServer:
    """A running llama.cpp server; `close` (or leaving the `with` block) stops it.

    Speak to `base_url` with the OpenAI client, `api_key` and `model_name`. Raises ConfigError where the
    library is not installed, WeightsError where llama.cpp cannot load the file.
    """

    def __init__(
        self, weights: Path, options: EmbeddedOptions | None = None, *, sha256: str | None = None
    ) -> None:
        options = options or EmbeddedOptions()
        self.weights = weights
        self.weights_sha256 = sha256
        self.options = options
        self.model_name = weights.stem
        self.api_key = secrets.token_urlsafe(32)
        self._closing = threading.Lock()
        self._server: Any = _start(weights, options, self.model_name, self.api_key)
        self.base_url = f"{self._server.listening_address}/v1"

    def __repr__(self) -> str:
        return f"EmbeddedServer({self.model_name!r}, {self.base_url!r})"

    def __enter__(self) -> EmbeddedServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Whether it has been stopped."""
        return self._server is None

    def close(self) -> None:
        """Stop the server and free its memory; requests under way end with an error. Twice does no harm."""
        with self._closing:
            self._server = None  # its destructor ends the loop and joins every thread


_lock = threading.Lock()
_running: EmbeddedServer | None = None


def embedded_server(
    model: str | None = None, options: EmbeddedOptions | None = None, *, progress: Progress = no_progress
) -> EmbeddedServer:
    """The process's one server, started at the first call and stopped when the process ends.

    `model` is as for `weights_path`. Later calls return the running one; asking for another model or other
    options closes it and starts anew.
    """
    global _running
    options = options or EmbeddedOptions()
    with _lock:
        path = weights_path(model, progress=progress)
        if _running is not None and not _running.closed:
            if (_running.weights, _running.options) == (path, options):
                return _running
            _running.close()
        progress("loading the model", 0, 0)
        _running = EmbeddedServer(path, options)
        return _running


def close_embedded_server() -> None:
    """Stop the process's server if it runs."""
    with _lock:
        if _running is not None:
            _running.close()


atexit.register(close_embedded_server)


def _start(weights: Path, options: EmbeddedOptions, name: str, key: str) -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise ConfigError(
            "the embedded model needs the package xllamacpp: pip install 'summarizer[embedded]', "
            "or name another model with --model and --base-url"
        ) from error
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.model_alias = {name}
    params.hostnames = [HOST]
    params.port = 0
    params.api_keys = [key]
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = 0
    params.n_parallel = options.parallel
    params.n_ctx = options.context * options.parallel
    threads = options.threads or _processors()
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    try:
        with _signals_kept():
            return xllamacpp.Server(params)
    except RuntimeError as error:
        raise WeightsError(
            f"llama.cpp cannot load {weights}: not a model it knows, or not enough memory"
        ) from error


def _processors() -> int:
    """The processors this process may use, not those of the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    """Keep Ctrl-C and SIGTERM ours: llama.cpp's server puts handlers of its own in place as it starts.

    Python's `signal.signal` could not give them back from another thread than the first, so the C library
    does. Blocked meanwhile, they reach neither its handler in between nor, inherited, its threads ever.
    """
    if os.name != "posix":
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    libc = ctypes.CDLL(None, use_errno=True)
    saved = {number: ctypes.create_string_buffer(1024) for number in numbers}  # a struct sigaction, opaque
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        for number, action in saved.items():
            libc.sigaction(int(number), None, action)
        try:
            yield
        finally:
            for number, action in saved.items():
                libc.sigaction(int(number), action, None)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
