"""The public API is a handful of names, and importing it costs next to nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import summarizer

NAMES = ("MeetingReport", "SummarizerError", "asummarize", "summarize", "summarize_many")


def test_the_public_names_are_these() -> None:
    assert tuple(sorted(summarizer.__all__)) == NAMES
    assert all(getattr(summarizer, name).__name__ == name for name in NAMES)


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = summarizer.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", [["-c", "import summarizer"], ["-m", "summarizer", "--help"]])
def test_neither_openai_nor_the_model_is_imported_for_nothing(command: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True
    )
    imported = {line.rsplit("|", 1)[-1].strip() for line in run.stderr.splitlines() if "|" in line}
    assert "summarizer" in imported
    assert not {"openai", "instructor", "xllamacpp", "pydantic", "rich", "jinja2"} & imported


def test_only_the_model_folder_knows_openai_and_instructor() -> None:
    from pathlib import Path

    package = Path(summarizer.__file__).parent
    knowing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("import openai", "from openai", "import instructor", "from instructor"))
    }
    assert {name.split("/")[0] for name in knowing} == {"model"}
