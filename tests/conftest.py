"""Fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings

from tests.loopback import Loopback

Serve = Callable[..., Loopback]

# A slow machine fails no test: neither an example's time nor that of making it is asserted.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a loopback server with the arguments of `Loopback`; it stops with the test."""
    with ExitStack() as stack:
        yield lambda *arguments, **options: stack.enter_context(Loopback(*arguments, **options))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests reaches them."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")  # which a command run within the test's process sets
    for name in (
        "SUMMARIZER_GGUF",
        "SUMMARIZER_MODEL",
        "SUMMARIZER_PROFILE",
        "SUMMARIZER_SERVER",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_API_VERSION",
        "AZURE_OPENAI_API_KEY",
        "AZURE_OPENAI_AD_TOKEN",
        "AZURE_OPENAI_ENDPOINT",
        "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID",
        "OPENAI_CUSTOM_HEADERS",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
