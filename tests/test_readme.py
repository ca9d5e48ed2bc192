"""The README holds: its two commands word for word, and its examples' output."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer import Settings, summarize
from tests.loopback import Loopback

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    body.strip() for language, body in BLOCKS if language == "sh" and body.startswith("python3 -m venv")
]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stranger's clone of what is committed, with what is changed here on top."""
    folder = tmp_path_factory.mktemp("clone") / "summarizer"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)
    changed = subprocess.run(
        ["git", "diff", "--binary", "HEAD"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    if changed:
        subprocess.run(["git", "apply", "--whitespace=nowarn"], cwd=folder, input=changed, check=True)
    return folder


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[dict[str, str]]:
    """An environment that names a small model on loopback, so that 1.1 GB of weights need not be fetched here."""
    with Loopback() as server:
        kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        yield {**kept, "SUMMARIZER_MODEL": "m-1b", "OPENAI_BASE_URL": server.base_url}


def test_there_are_two_commands_and_ci_runs_the_second_word_for_word() -> None:
    assert len(COMMANDS) == 2
    assert COMMANDS[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_first_command_reports_on_the_five_articles(clone: Path, elsewhere: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", COMMANDS[0]], cwd=clone, env=elsewhere, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    lines = (clone / "reports" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["source"]["name"] for line in lines) == sorted(
        path.name for path in (ROOT / "evals" / "articles").glob("*.txt")
    )


def test_the_python_example_prints_what_the_readme_says(elsewhere: dict[str, str]) -> None:
    example, printed = next(
        (body, BLOCKS[i + 1][1]) for i, (language, body) in enumerate(BLOCKS) if language == "python"
    )
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=False
    )
    assert done.stdout == printed, done.stderr[-2000:]


def test_the_sample_is_of_a_report_that_the_program_writes() -> None:
    sample = next(body for language, body in BLOCKS if language == "markdown")
    article = sorted((ROOT / "evals" / "articles").glob("*.txt"))[1]
    report = summarize(article, settings=Settings.from_env({}, model="none")).to_markdown()
    assert [line for line in sample.splitlines() if line not in report.splitlines()] == []


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md"])
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"(?:\]\(|`)((?:summarizer|evals|tests|prompts)/[\w./-]*)", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
