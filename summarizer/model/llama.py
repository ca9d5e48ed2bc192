"""The process that holds the embedded model: llama.cpp's server, and the end of it when nobody needs it more.

Run by embedded.py as a script of its own. It gets a JSON object on one line of standard input, answers with
one on standard output (`address`) once it serves, and ends when its input closes or its parent is gone.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import sys
from typing import Any

_HOST = "127.0.0.1"
_ERRORS_ONLY = 1
_LOOK_S = 1.0
# Room for what was read earlier and had to make way: the common beginnings of questions of other kinds.
_PROMPT_CACHE_MIB = 256


def main() -> None:
    """Serve until the parent closes our input or ends."""
    parent = os.getppid()
    # The answer's own way out: what the library may print must not get into it.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asked = json.loads(sys.stdin.readline())
    try:
        server = _serve(asked)
    except RuntimeError as error:
        sys.exit(str(error))
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(silence, stream.fileno())
    answers.write(json.dumps({"address": server.listening_address}) + "\n")
    answers.flush()
    _wait_for_the_end(parent)
    # Not by way of the server's destructor, which waits for requests under way.
    os._exit(0)


def _serve(asked: dict[str, Any]) -> Any:
    xllamacpp: Any = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = asked["weights"]
    params.model_alias = {asked["name"]}
    params.hostnames = [_HOST]
    params.port = 0  # the operating system gives a free one, so none can be taken in between
    params.api_keys = [asked["key"]]
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = _ERRORS_ONLY
    params.n_parallel = asked["parallel"]
    params.n_ctx = asked["context"] * asked["parallel"]
    params.cache_ram_mib = _PROMPT_CACHE_MIB
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = asked["threads"]
    return xllamacpp.Server(params)


def _wait_for_the_end(parent: int) -> None:
    """Return when the input closes, or when the parent has died while a fork of it holds the input open."""
    while os.getppid() == parent:
        ready, _, _ = select.select([sys.stdin], [], [], _LOOK_S)
        if ready and not sys.stdin.read(1):
            return


if __name__ == "__main__":
    main()
