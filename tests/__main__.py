"""`python -m tests`: everything that must hold, in the order in which it fails soonest.

Lint and format, types, the order of imports, the labels, the evals on recorded answers against what they must reach,
the tests. Stops at the first that fails, with its exit code.
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
    ("imports", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
    ("labels", ("-m", "evals", "check-gold")),
    ("evals", ("-m", "evals")),
    ("tests", ("-m", "pytest", "-q", "-n", "2")),
)


def run(name: str, command: tuple[str, ...]) -> int:
    """Run one step and say how it went; return its exit code."""
    began = time.monotonic()
    print(f"== {name}: python {' '.join(command)}", flush=True)
    code = subprocess.run((sys.executable, *command), cwd=ROOT, check=False).returncode
    result = "ok" if code == 0 else f"exit {code}"
    print(f"== {name}: {result} in {time.monotonic() - began:.0f} s", flush=True)
    return code


def main() -> int:
    """Run every step; return the exit code of the first that fails, else 0."""
    for name, command in STEPS:
        code = run(name, command)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
