"""The batch command, run for real."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer.cli.main import main
from tests.batch.jobs import Result

Run = Callable[..., Result]
_MODEL = ("--lang", "en", "--model", "m", "--base-url")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `summarizer batch SOURCE… --out DIR`, in this process, against the server at `url`."""

    def run(*sources: str | Path, url: str, options: tuple[str, ...] = (), out: str = "out") -> Result:
        folder = tmp_path / out
        arguments = [*map(str, sources), "--out", str(folder), *_MODEL, url, *options]
        monkeypatch.setattr(sys, "argv", ["summarizer", "batch", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Result(int(ended.value.code or 0), capsys.readouterr().err, folder)

    monkeypatch.setenv("SUMMARIZER_RETRIES", "1")
    return run


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the same in a process of its own, which does not outlive the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*sources: str | Path, url: str, options: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        arguments = [*map(str, sources), "--out", str(tmp_path / "out"), *_MODEL, url]
        process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", "batch", *arguments, *options],
            env=os.environ | {"SUMMARIZER_RETRIES": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
