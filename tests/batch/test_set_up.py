"""The set-up: what a job would want late is asked for at its start, before a folder is made or an article is read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from summarizer.cli.main import main
from summarizer.outputs.formats import FORMATS
from tests.batch.jobs import write_articles


class Command:
    """The command line in this process; `batch` is of two articles by rules."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.out = folder / "out"
        self._articles = write_articles(folder / "in", 2)
        self._patch = patch
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str]:
        """Its exit code, and what it says on standard error."""
        self._patch.setattr(sys, "argv", ["summarizer", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), self._capsys.readouterr().err

    def batch(self, *options: str, model: str = "none", out: str | None = None) -> tuple[int, str]:
        """The same for `batch`."""
        out = str(self.out) if out is None else out
        return self("batch", self._articles, "--out", out, "--model", model, *options)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_without_its_package_is_refused_in_one_line_that_says_what_to_install(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str, options: tuple[str, ...]
) -> None:
    module, extra = FORMATS[name]
    monkeypatch.setitem(sys.modules, module, None)
    code, stderr = command.batch("--format", name, *options)
    assert (code, stderr.count("\n")) == (2, 1)
    assert f"{name} needs another package" in stderr
    assert f"[{extra}]" in stderr
    assert not command.out.exists()


def test_several_formats_may_have_commas_between_them(command: Command) -> None:
    assert command.batch("--format", "xlsx,parquet", "--format", "xlsx, brief")[0] == 0
    written = "".join(path.name for path in command.out.rglob("*"))
    assert all(name in written for name in ("report.xlsx", "counts.parquet", ".brief.md"))


def test_openai_batch_without_a_key_names_the_variable_to_set(command: Command) -> None:
    code, stderr = command.batch("--engine", "openai-batch", model="embedded")
    assert (code, stderr.count("\n")) == (2, 1)
    assert "OPENAI_API_KEY" in stderr


def test_an_export_in_a_format_without_its_package_is_refused_too(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command.batch()[0] == 0
    (command.out / "reports.jsonl").unlink()
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert command("export", command.out, "--format", "xlsx")[0] == 2
    assert not (command.out / "reports.jsonl").exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
@pytest.mark.parametrize("content", [None, b"not weights"])
def test_weights_that_are_not_there_are_refused_though_no_number_has_to_be_asked_about(
    command: Command, tmp_path: Path, content: bytes | None, options: tuple[str, ...]
) -> None:
    weights = tmp_path / "nope.gguf"
    if content is not None:
        weights.write_bytes(content)
    code, stderr = command.batch(*options, model=str(weights))
    assert (code, stderr.count("\n")) == (2, 1)
    assert "nope.gguf" in stderr
    assert not command.out.exists()


def test_a_job_says_how_many_files_of_another_it_left_out(command: Command, tmp_path: Path) -> None:
    assert command.batch()[0] == 0
    code, stderr = command("batch", tmp_path, "--out", tmp_path / "second", "--model", "none")
    assert code == 0
    assert " left out: files that a job wrote" in stderr
    run = json.loads((tmp_path / "second" / "run.json").read_text(encoding="utf-8"))
    assert run["items"] == 2
    written = {path for suffix in ("md", "html", "txt") for path in command.out.rglob(f"*.{suffix}")}
    assert run["job_files"] == len(written)


@pytest.mark.parametrize("out", ["", " "])
def test_a_folder_without_a_name_is_refused_and_is_not_the_current_one(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    code, stderr = command.batch(out=out)
    assert code == 2
    assert "the name is empty" in stderr
    assert not list(here.iterdir())
