"""The public API is a handful of names, and importing it costs next to nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

import summarizer
from summarizer import errors
from summarizer.errors import install_command

CALLS = ("asummarize", "summarize", "summarize_many")
CLASSES = ("Failure", "MeetingReport", "Settings")


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Exception)


def test_the_public_names_are_the_calls_their_types_and_every_error() -> None:
    every_error = {name for name, value in vars(errors).items() if _is_error(value)}
    assert set(summarizer.__all__) == {*CALLS, *CLASSES, *every_error}
    assert all(getattr(summarizer, name).__name__ == name for name in summarizer.__all__)
    assert list(summarizer.__all__) == sorted(summarizer.__all__)
    assert dir(summarizer) == sorted(summarizer.__all__)


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = summarizer.nothing  # type: ignore[attr-defined]


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(summarizer.__file__).with_name("py.typed").exists()


@pytest.mark.parametrize("command", [["-c", "import summarizer"], ["-m", "summarizer", "--help"]])
def test_neither_openai_nor_the_model_is_imported_for_nothing(command: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True
    )
    imported = {line.rsplit("|", 1)[-1].strip() for line in run.stderr.splitlines() if "|" in line}
    assert "summarizer" in imported
    assert not {"openai", "instructor", "xllamacpp", "pydantic", "rich", "jinja2"} & imported


def test_only_one_module_knows_openai_and_instructor() -> None:
    package = Path(summarizer.__file__).parent
    knowing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("import openai", "from openai", "import instructor", "from instructor"))
    }
    assert {name.split("/")[0] for name in knowing} == {"model"}


@pytest.mark.parametrize(
    ("origin", "named"),
    [
        ('{"url": "file://HERE/my%20checkout", "dir_info": {"editable": true}}', "'HERE/my checkout[web]'"),
        ('{"url": "file://HERE/gone", "dir_info": {}}', "'trafilatura>=2.0' 'protego>=0.5'"),
        (
            '{"url": "https://git.example/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            "'summarizer[web] @ git+https://git.example/a.git@abc'",
        ),
        (
            '{"url": "https://x.example/summarizer-0.2.0-py3-none-any.whl", "archive_info": {}}',
            "'summarizer[web] @ https://x.example/summarizer-0.2.0-py3-none-any.whl'",
        ),
        (None, "'trafilatura>=2.0' 'protego>=0.5'"),
    ],
    ids=["a checkout", "a checkout that is gone", "a repository", "an archive", "an index"],
)
def test_what_is_missing_is_installed_here_and_from_where_this_package_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str | None, named: str
) -> None:
    extra = 'Provides-Extra: web\nRequires-Dist: click\nRequires-Dist: trafilatura>=2.0 ; extra == "web"\n'
    extra += "Requires-Dist: protego>=0.5; extra == 'web'\nRequires-Dist: pyarrow; extra == 'parquet'\n"
    (tmp_path / "METADATA").write_text(f"Metadata-Version: 2.3\nName: summarizer\nVersion: 0\n{extra}\n")
    (tmp_path / "my checkout").mkdir()
    if origin is not None:
        (tmp_path / "direct_url.json").write_text(origin.replace("HERE", str(tmp_path)), encoding="utf-8")
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: PathDistribution(tmp_path))
    command = install_command("web")
    assert re.match(rf"({sys.executable} -m pip install|uv pip install --python {sys.executable}) ", command)
    assert command.endswith(named.replace("HERE", str(tmp_path)))
    assert "'summarizer[web]'" not in command


@pytest.mark.parametrize(
    ("marks", "pip", "begins"),
    [
        ((), True, "{python} -m pip install "),
        ((), False, "uv pip install --python {python} "),
        (("pipx_metadata.json",), False, "pipx runpip summarizer install "),
        (("EXTERNALLY-MANAGED",), True, "{python} -m pip install --break-system-packages "),
    ],
    ids=["a venv", "a tool of uv", "pipx", "a system's Python"],
)
def test_what_is_missing_is_installed_as_this_environment_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: tuple[str, ...], pip: bool, begins: str
) -> None:
    prefix = tmp_path / "summarizer"
    prefix.mkdir()
    for name in marks:
        (prefix / name).touch()
    monkeypatch.setattr("sys.prefix", str(prefix))
    monkeypatch.setattr("sys.base_prefix", str(prefix))
    monkeypatch.setattr("summarizer.errors.get_path", lambda _: str(prefix))
    monkeypatch.setattr("summarizer.errors.find_spec", lambda _: True if pip else None)
    assert install_command("web").startswith(begins.format(python=sys.executable))
