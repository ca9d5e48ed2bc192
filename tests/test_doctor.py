"""The doctor: what it tells about a set-up, right or wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from summarizer.cli.doctor import Check, diagnose, exit_code, render
from summarizer.errors import ConfigError
from summarizer.settings import Settings
from tests.conftest import Serve
from tests.loopback import chat, failed, html

KEY = "sk-very-secret-4711"


def checks_of(settings: Settings | ConfigError) -> dict[str, Check]:
    checks = asyncio.run(diagnose(settings))
    assert KEY not in render(checks)
    return {check.name: check for check in checks}


def at(url: str, model: str = "m", **env: str) -> Settings:
    return Settings.from_env({"OPENAI_BASE_URL": url, **env}, model=model)


def test_a_set_up_that_answers(serve: Serve) -> None:
    server = serve(key=KEY)

    checks = checks_of(at(server.base_url, OPENAI_API_KEY=KEY))

    assert list(checks) == ["versions", "model", "endpoint", "key", "answer"]
    assert checks["model"].found == "m, by --model; asked as a large model, server not recognized"
    assert checks["endpoint"].found == f"{server.base_url}, by OPENAI_BASE_URL"
    assert checks["key"].found == "set, by OPENAI_API_KEY"
    assert "20 out" in checks["answer"].found
    assert exit_code(checks.values()) == 0


def test_without_a_model_nothing_else_is_looked_at() -> None:
    checks = checks_of(Settings.from_env({}, model="none"))

    assert list(checks) == ["versions", "model"]
    assert exit_code(checks.values()) == 0


def test_versions_name_what_answers_depend_on(serve: Serve) -> None:
    found = checks_of(at(serve().base_url))["versions"].found

    assert all(name in found for name in ("python 3", "summarizer ", "openai ", "instructor ", "pydantic "))


def test_a_wrong_key(serve: Serve) -> None:
    checks = checks_of(at(serve(key="another").base_url, OPENAI_API_KEY=KEY))

    assert checks["answer"].found.endswith("refuses the key (401)")
    assert checks["answer"].advice == "check the key (OPENAI_API_KEY) and the address"
    assert exit_code(checks.values()) == 2


def test_a_wrong_model_and_which_there_are(serve: Serve) -> None:
    answer = checks_of(at(serve(models=["qwen3", "llama3"]).base_url))["answer"]

    assert "has no model m" in answer.found
    assert answer.advice == "it has qwen3, llama3"


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ([html()], "check the base URL"),
        ([chat("Xin chào")], "SUMMARIZER_MODE"),
        ([failed(400, message="no")], None),
    ],
)
def test_an_endpoint_that_does_not_do(serve: Serve, script: list[object], advice: str | None) -> None:
    checks = checks_of(at(serve(script).base_url))

    assert not checks["answer"].ok
    assert advice is None or advice in str(checks["answer"].advice)
    assert exit_code(checks.values()) == 2


def test_settings_that_are_wrong() -> None:
    checks = checks_of(ConfigError("OPENAI_API_KEY is set but no model is named: give --model NAME"))

    assert checks["settings"] == Check(
        "settings", ok=False, found="OPENAI_API_KEY is set but no model is named", advice="give --model NAME"
    )
    assert exit_code(checks.values()) == 2


def test_weights_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path))

    checks = checks_of(Settings.from_env({}))

    assert not checks["weights"].ok
    assert checks["weights"].found.startswith(f"not whole at {tmp_path}")
    assert checks["weights"].advice == "the first `summarizer summarize` fetches 1,117,320,768 bytes"
    assert "answer" not in checks


def test_weights_of_ones_own(tmp_path: Path) -> None:
    weights = tmp_path / "mine.gguf"
    weights.write_bytes(b"not weights")

    assert "is not a GGUF file" in checks_of(Settings.from_env({}, model=str(weights)))["weights"].found
    gone = checks_of(Settings.from_env({}, model=str(tmp_path / "gone.gguf")))["weights"]
    assert gone.found.startswith("cannot read the weights")


def test_what_to_do_stands_below_what_is_wrong() -> None:
    checks = [
        Check("model", ok=True, found="m"),
        Check("key", ok=False, found="none", advice="set OPENAI_API_KEY"),
    ]

    assert render(checks) == "ok  model     m\n--  key       none\n              set OPENAI_API_KEY"
