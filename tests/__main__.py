"""`python -m tests`: everything that must hold, in the order in which it fails soonest.

Lint and format, types, the labels, the evals on recorded answers against their thresholds, the tests. Stops at
the first that fails, with its exit code.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "pyright", "--pythonpath", sys.executable)),
    ("labels", ("-m", "evals", "check-gold")),
    ("evals", ("-m", "evals", "--system", "pinned", "--system", "rules", "--system", "naive")),
    ("tests", ("-m", "pytest", "-q", "-n", "2")),
)


# Real servers, kills and deadlines meet a busy machine here: what fails beside other tests is tried once more by
# itself, and what fails again has failed.
ALONE = ("failed tests, alone", ("-m", "pytest", "-q", "--last-failed", "--last-failed-no-failures", "none"))


def run(name: str, command: tuple[str, ...]) -> int:
    """Run one step and say how it went; return its exit code."""
    began = time.monotonic()
    print(f"== {name}: python {' '.join(command)}", flush=True)
    code = subprocess.run((sys.executable, *command), cwd=ROOT, check=False).returncode
    said = "ok" if code == 0 else f"exit {code}"
    print(f"== {name}: {said} in {time.monotonic() - began:.0f} s", flush=True)
    return code


def main() -> int:
    """Run every step; return the exit code of the first that fails, else 0."""
    for name, command in STEPS:
        code = run(name, command)
        if code == 1 and name == "tests":
            code = run(*ALONE)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
