"""Settings: which model is meant, who decided it, and what is wrong, in one line."""

from __future__ import annotations

import pickle
from functools import partial
from typing import Any

import pytest

from summarizer.errors import ConfigError
from summarizer.settings import NONE, OPENAI_URL, Settings

KEY = {"OPENAI_API_KEY": "sk-secret-1"}
AZURE = {
    "AZURE_OPENAI_ENDPOINT": "https://office.openai.azure.com",
    "AZURE_OPENAI_API_KEY": "azure-secret",
    "OPENAI_API_VERSION": "2025-04-01-preview",
}


def test_with_nothing_set_the_embedded_model_serves() -> None:
    settings = Settings.from_env({})

    assert settings.embedded
    assert (settings.model, settings.endpoint, settings.weights) == ("embedded", "embedded", None)
    assert settings.profile.name == "small"


def test_an_empty_variable_is_not_set() -> None:
    assert Settings.from_env({"OPENAI_API_KEY": "", "SUMMARIZER_MODEL": " ", "OPENAI_BASE_URL": ""}).embedded


def test_the_embedded_model_can_be_named_whatever_else_is_set() -> None:
    settings = Settings.from_env({**KEY, **AZURE, "OPENAI_BASE_URL": "http://x:1/v1"}, model="embedded")

    assert settings.embedded
    assert settings.api_key is None


def test_no_model_needs_neither_endpoint_nor_key() -> None:
    settings = Settings.from_env({**KEY, "OPENAI_BASE_URL": "http://x:1/v1"}, model="none")

    assert (settings.model, settings.endpoint, settings.embedded) == (NONE, "none", False)
    assert (settings.api_key, settings.base_url) == (None, None)
    assert (settings.profile.name, settings.profile.label) == ("none", "none")
    assert Settings.from_env({"SUMMARIZER_MODEL": "none"}) == Settings(model="none")


@pytest.mark.parametrize(
    ("given", "window"),
    [
        ({"model": "embedded"}, 4096),
        ({"model": "weights/Qwen3-8B-q4.gguf"}, 16_384),
        ({"model": "m", "base_url": "http://localhost:11434/v1"}, 4096),
        ({"model": "m", "base_url": "https://x.example/v1"}, None),
        ({"model": "m", "base_url": "http://localhost:11434/v1", "window": 32_768}, 32_768),
    ],
)
def test_the_context_is_known_where_the_server_decides_it(given: dict[str, Any], window: int | None) -> None:
    assert Settings.from_env({}, **given).profile.window == window


@pytest.mark.parametrize("named", ["weights/Qwen3-8B-q4.gguf", "Qwen/Qwen3-8B-GGUF"])
def test_weights_are_served_by_the_embedded_server(named: str) -> None:
    settings = Settings.from_env(KEY, model=named)

    assert settings.embedded
    assert settings.weights == named
    assert settings.model.startswith("Qwen3-8B")
    assert settings.profile.name == "large"


def test_the_embedded_models_weights_can_be_set() -> None:
    settings = Settings.from_env({"SUMMARIZER_GGUF": "weights/mine.gguf"})

    assert (settings.embedded, settings.weights, settings.model) == (True, "weights/mine.gguf", "mine")


def test_a_gguf_name_behind_an_endpoint_is_only_a_name() -> None:
    settings = Settings.from_env({}, model="qwen.gguf", base_url="http://localhost:8080/v1")

    assert (settings.model, settings.embedded) == ("qwen.gguf", False)


def test_a_model_and_a_key_mean_openai() -> None:
    settings = Settings.from_env({**KEY, "SUMMARIZER_MODEL": "gpt-4.1-mini"})

    assert (settings.model, settings.base_url) == ("gpt-4.1-mini", OPENAI_URL)
    assert settings.profile.server.kind == "openai"


def test_a_server_of_ones_own_needs_no_key() -> None:
    settings = Settings.from_env({"OPENAI_BASE_URL": "http://localhost:11434/v1"}, model="qwen3:8b")

    assert settings.profile.server.kind == "ollama"
    assert settings.api_key is None


def test_azure_is_meant_by_its_endpoint() -> None:
    settings = Settings.from_env({**AZURE, **KEY, "SUMMARIZER_MODEL": "our-deployment"})

    assert settings.endpoint == "https://office.openai.azure.com"
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "azure-secret"
    assert settings.profile.server.kind == "azure"


def test_a_base_url_wins_over_azure() -> None:
    settings = Settings.from_env({**AZURE, **KEY, "OPENAI_BASE_URL": "http://localhost:8000/v1"}, model="m")

    assert settings.azure_endpoint is None
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "sk-secret-1"


def test_an_argument_wins_over_the_environment_and_both_are_remembered() -> None:
    settings = Settings.from_env({**KEY, "SUMMARIZER_MODEL": "a", "SUMMARIZER_RETRIES": "7"}, model="b")

    assert (settings.model, settings.retries) == ("b", 7)
    assert settings.origins == {
        "model": "--model",
        "api_key": "OPENAI_API_KEY",
        "retries": "SUMMARIZER_RETRIES",
    }


def test_an_argument_of_none_is_not_given() -> None:
    assert Settings.from_env({"SUMMARIZER_SEED": "3"}, seed=None, model=None).seed == 3


@pytest.mark.parametrize(
    ("env", "given", "message"),
    [
        (KEY, {}, "OPENAI_API_KEY is set but no model is named: give --model NAME"),
        ({"OPENAI_BASE_URL": "http://x:1/v1"}, {}, "OPENAI_BASE_URL is set but no model is named"),
        ({}, {"model": "gpt-4.1"}, "the model gpt-4.1 needs a key: set OPENAI_API_KEY"),
        (AZURE, {}, "AZURE_OPENAI_ENDPOINT is set but no model is named"),
        ({**AZURE, "AZURE_OPENAI_API_KEY": ""}, {"model": "d"}, "set AZURE_OPENAI_API_KEY"),
        ({**AZURE, "OPENAI_API_VERSION": ""}, {"model": "d"}, "set OPENAI_API_VERSION"),
        ({}, {"model": "m", "base_url": "localhost:8000"}, "--base-url must be an address"),
        ({}, {"model": "m", "base_url": "http://"}, "--base-url must be an address"),
        ({}, {"model": "m", "base_url": "http://x:port/v1"}, "--base-url must be an address"),
        ({}, {"model": "m", "base_url": "http://x/v1/chat/completions"}, "without /chat/completions"),
        (
            {"SUMMARIZER_RETRIES": "many"},
            {},
            "SUMMARIZER_RETRIES must be a whole number from 0 to 20, not 'many'",
        ),
        ({"SUMMARIZER_RETRIES": "-1"}, {}, "SUMMARIZER_RETRIES must be"),
        ({"SUMMARIZER_PARALLEL": "0"}, {}, "SUMMARIZER_PARALLEL must be a whole number from 1 to 1024"),
        ({}, {"model": "none", "parallel": 2.5}, "parallel must be a whole number from 1 to 1024, not 2.5"),
        ({"SUMMARIZER_REQUEST_SECONDS": "nan"}, {}, "SUMMARIZER_REQUEST_SECONDS must be a number of seconds"),
        ({"SUMMARIZER_ARTICLE_SECONDS": "inf"}, {}, "SUMMARIZER_ARTICLE_SECONDS must be a number of seconds"),
        ({"SUMMARIZER_TEMPERATURE": "3"}, {}, "SUMMARIZER_TEMPERATURE must be a number from 0 to 2"),
        ({"SUMMARIZER_SERVER": "bard"}, {}, "SUMMARIZER_SERVER must be one of openai, azure"),
        ({"SUMMARIZER_PROFILE": "huge"}, {}, "SUMMARIZER_PROFILE must be one of small, large"),
        ({"SUMMARIZER_MODE": "XML"}, {}, "SUMMARIZER_MODE must be one of JSON_SCHEMA"),
        ({"SUMMARIZER_REASONING": "maybe"}, {}, "SUMMARIZER_REASONING must be yes or no"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(env: dict[str, str], given: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Settings.from_env(env, **given)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_without_an_endpoint_is_no_setting() -> None:
    with pytest.raises(ConfigError, match="needs an endpoint"):
        Settings(model="gpt-4.1")


def test_no_key_is_ever_shown() -> None:
    for env in (KEY, {**AZURE, "AZURE_OPENAI_AD_TOKEN": "azure-secret-token"}):
        settings = Settings.from_env(env, model="m")
        assert "secret" not in f"{settings!r} {settings} {settings.parameters} {settings.origins}"


@pytest.mark.parametrize(
    "url",
    ["https://me:hush@host/v1", "https://host/v1?code=hush", "ftp://me:hush@host", "https://host/v1#hush"],
)
def test_an_address_holds_no_key_for_it_is_shown(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Settings(model="m", base_url=url)

    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-abc\ndef", "khóa", "sk abc"])
def test_a_key_that_cannot_be_one_is_refused_unseen(key: str) -> None:
    with pytest.raises(ConfigError, match="OPENAI_API_KEY holds characters") as caught:
        Settings.from_env({"OPENAI_API_KEY": key}, model="m")

    assert key not in str(caught.value)


def test_parameters_change_with_whatever_changes_an_answer() -> None:
    plain = Settings(model="m", base_url="http://localhost:8000/v1")
    changed: tuple[dict[str, Any], ...] = (
        {"model": "n"},
        {"base_url": "http://localhost:8080/v1"},
        {"temperature": 0.5},
        {"seed": 1},
        {"mode": "TOOLS"},
        {"profile_name": "small"},
    )
    for change in changed:
        assert Settings(**{"model": "m", "base_url": plain.base_url, **change}).parameters != plain.parameters
    same = Settings(model="m", base_url=plain.base_url, request_s=9, retries=0, parallel=3)
    assert same.parameters == plain.parameters


def test_settings_travel_to_another_process() -> None:
    settings = Settings.from_env(KEY, model="m")

    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"model": 3}, "model must be a text, not int"),
        ({"model": ["a"]}, "model must be a text, not list"),
        ({"model": "m", "base_url": b"http://x"}, "base_url must be a text, not bytes"),
        ({"model": "m", "base_url": "http://x:1/v1", "api_key": 3}, "api_key must be a text, not int"),
        ({"model": "none", "policy": {}}, "policy must be a text, not dict"),
        ({"model": "none", "taxonomy": 3}, "taxonomy must be a text, not int"),
        ({"model": "none", "retries": True}, "retries must be a number, not bool"),
        ({"model": "none", "request_s": [1]}, "request_s must be a number, not list"),
        ({"model": "none", "reasoning": 3}, "reasoning must be True or False, not int"),
    ],
)
def test_a_value_of_another_type_is_a_type_error_in_one_line(given: dict[str, Any], message: str) -> None:
    for make in (Settings, partial(Settings.from_env, {})):
        with pytest.raises(TypeError) as caught:
            make(**given)
        assert str(caught.value).removeprefix("--").replace("base-url", "base_url") == message


def test_what_is_given_in_place_of_the_environment_is_one() -> None:
    with pytest.raises(TypeError, match="env must be a mapping of variables, not str; give model="):
        Settings.from_env("none")  # type: ignore[arg-type]


def test_a_key_given_as_text_is_hidden_as_one_of_the_environment() -> None:
    settings = Settings(model="m", base_url="http://x:1/v1", api_key="sk-0123456789")  # type: ignore[arg-type]
    assert settings == Settings.from_env({}, model="m", base_url="http://x:1/v1", api_key="sk-0123456789")
    assert "0123456789" not in repr(settings)


@pytest.mark.parametrize("written", ["None", "NONE", " none "])
def test_no_model_is_none_however_it_is_written(written: str) -> None:
    assert Settings.from_env({}, model=written).model == "none"
