"""The embedded model: llama.cpp behind its own OpenAI-compatible server on loopback, with no set-up.

It runs in a process of its own (llama.py) that belongs to this one: started once (`embedded_server`), and
gone when this one ends, however that happens. Inside this process its loading would hold the interpreter's
lock for seconds, its signal handlers would take Ctrl-C away, and its destructors wait for ever for a request
under way or in a fork. The port is the operating system's choice and every request needs a key that is drawn
anew for each start, so no other user of the machine can use it.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from summarizer.errors import ConfigError, WeightsError, install_command
from summarizer.model.progress import Progress, no_progress
from summarizer.model.weights import weights_path, weights_sha256

_SCRIPT = Path(__file__).with_name("llama.py")
_CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")


@dataclass(frozen=True, slots=True)
class EmbeddedOptions:
    """How the model is run.

    `context`: tokens of one request, question and answer together. `parallel`: requests served at the same
    time, each with a context of its own. `threads`: None takes the processors this process may use.
    """

    context: int = 4096
    parallel: int = 1
    threads: int | None = None


class EmbeddedServer:
    """A running llama.cpp server with the weights in a GGUF file, at `base_url` for who has its `api_key`.

    Raises ConfigError where the library is not installed, WeightsError where llama.cpp cannot load the file.
    """

    def __init__(self, weights: Path, options: EmbeddedOptions | None = None) -> None:
        self.weights = weights
        self.options = options or EmbeddedOptions()
        self.api_key = secrets.token_urlsafe(32)
        self._owner = os.getpid()
        self._process, address = _start(weights, self.options, self.api_key)
        self.base_url = f"{address}/v1"
        atexit.register(self.close)

    @cached_property
    def weights_sha256(self) -> str:
        """The SHA-256 of the weights; for a file of the user's it is computed at the first look."""
        return weights_sha256(self.weights)

    @property
    def pid(self) -> int:
        """The process that holds the model."""
        return self._process.pid

    @property
    def closed(self) -> bool:
        """Whether it has been stopped, or has died."""
        return self._process.poll() is not None

    def close(self) -> None:
        """Stop the server and free its memory; requests under way fail. Twice does no harm.

        In a fork of the process that started it nothing happens: it is not the fork's to stop.
        """
        if self._owner == os.getpid():
            _end(self._process)
            atexit.unregister(self.close)


_lock = threading.Lock()
_running: EmbeddedServer | None = None


def embedded_server(
    model: str | Path | None = None,
    options: EmbeddedOptions | None = None,
    *,
    progress: Progress = no_progress,
) -> EmbeddedServer:
    """The process's one server, started at the first call and stopped when the process ends.

    Later calls, from any thread, return the running one; for other weights or options, and after it has died, it is
    started anew. Blocks for seconds. Takes `model` as `weights_path`, raises as it and `EmbeddedServer`.
    """
    global _running
    options = options or EmbeddedOptions()
    with _lock:
        path = weights_path(model, progress=progress)
        if _running is not None and not _running.closed:
            if (_running.weights, _running.options) == (path, options):
                return _running
            _running.close()
        progress("loading the model", 0, 1)
        _running = EmbeddedServer(path, options)
        progress("loading the model", 1, 1)
        return _running


def _disown_in_fork() -> None:
    """A fork starts a server of its own: its parent's may end at any time."""
    global _lock, _running
    _lock, _running = threading.Lock(), None


os.register_at_fork(after_in_child=_disown_in_fork)


def check_installed() -> None:
    """Raise ConfigError, which says how to install it, where the embedded server's package is missing."""
    if importlib.util.find_spec("xllamacpp") is None:
        raise ConfigError(
            f"the embedded model needs the package xllamacpp: {install_command('embedded')}, "
            "or name another model with --model and --base-url"
        )


def _start(weights: Path, options: EmbeddedOptions, key: str) -> tuple[subprocess.Popen[str], str]:
    """The process and the address at which it serves; it ends with this process's end of its input."""
    check_installed()
    asked = {
        **asdict(options),
        "threads": options.threads or _processors(),
        "weights": str(weights.absolute()),
        "name": weights.stem,
        "key": key,
    }
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        process = subprocess.Popen(
            # -P: or the modules beside the script would hide those of the standard library.
            [sys.executable, "-P", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            # Threads that wait for one another by spinning lose nine tenths of their speed to any other
            # program on the same cores: let them sleep.
            env={"OMP_WAIT_POLICY": "PASSIVE", **os.environ},
            # Out of reach of the terminal's Ctrl-C, which is this process's to handle.
            start_new_session=True,
        )
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(asked) + "\n")
                process.stdin.flush()
            if answer := process.stdout.readline():
                return process, json.loads(answer)["address"]
            raise WeightsError(_why_not(weights, process.wait(), log))
        except BaseException:
            _end(process)
            raise


def _why_not(weights: Path, code: int, log: IO[str]) -> str:
    """Why llama.cpp ended with `code`, in one line."""
    if code < 0:
        name = signal.Signals(-code).name
        return (
            f"llama.cpp ended by {name} as it loaded {weights}: it may lack memory (the embedded model takes "
            "2 GB), or this processor may be too old; another model can be named with --model and --base-url"
        )
    log.seek(0)
    found = re.search(r"error loading model: (.+)", log.read())
    reason = found[1][:200] if found else "it does not say why"
    return f"llama.cpp cannot load {weights}, which may be damaged or of a kind it does not know: {reason}"


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _processors() -> int:
    """The processors that this process may use: those of its affinity, as far as its container's quota goes."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):  # no control group, or one without a quota ("max")
        quota, period = _CGROUP_QUOTA.read_text().split()
        count = min(count, round(int(quota) / int(period)))
    return max(count, 1)
