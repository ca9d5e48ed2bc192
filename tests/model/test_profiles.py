"""Profiles: which server an address is, and how a model is asked."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.settings import Settings
from summarizer.settings.profiles import Profile, find_server


def profile_of(model: str, **settings: Any) -> Profile:
    return Settings(model=model, base_url="https://models.example.com/v1", **settings).profile


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (None, "llama.cpp"),
        ("https://api.openai.com/v1", "openai"),
        ("https://eu.api.openai.com/v1", "openai"),
        ("https://office.openai.azure.com/openai/v1", "azure"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://generativelanguage.googleapis.com/v1beta/openai/", "gemini"),
        ("https://api.anthropic.com/v1/", "anthropic"),
        ("https://api.deepseek.com", "deepseek"),
        ("https://api.mistral.ai/v1", "mistral"),
        ("https://api.groq.com/openai/v1", "groq"),
        ("https://api.together.xyz/v1", "together"),
        ("http://localhost:11434/v1", "ollama"),
        ("http://127.0.0.1:1234/v1", "lmstudio"),
        ("http://192.168.1.20:8000/v1", "vllm"),
        ("http://gpu:8080/v1", "llama.cpp"),
        ("http://gpu.office.lan:8000/v1", "vllm"),
        ("https://models.example.com:8000/v1", "unknown"),
        ("https://notopenai.com/v1", "unknown"),
        ("https://api.openai.com.example.com/v1", "unknown"),
        ("http://localhost:9999/v1", "unknown"),
    ],
)
def test_a_server_is_known_by_its_address(url: str | None, kind: str) -> None:
    assert find_server(url).kind == kind


def test_a_server_can_be_named_outright() -> None:
    assert find_server("https://models.example.com/v1", "vllm").kind == "vllm"


@pytest.mark.parametrize(
    ("model", "kind", "size"),
    [
        ("qwen2.5-coder-1.5b-instruct", "vllm", "small"),
        ("Qwen/Qwen3-4B", "vllm", "small"),
        ("Qwen/Qwen3-32B", "vllm", "large"),
        ("qwen3:8b", "ollama", "large"),
        ("qwen3:0.6b", "ollama", "small"),
        ("llama3.2", "ollama", "small"),
        ("Qwen3-30B-A3B", "vllm", "large"),
        ("mixtral-8x7b", "unknown", "large"),
        ("gpt-4.1-nano", "openai", "large"),
        ("our-deployment", "azure", "large"),
        ("deepseek-chat", "unknown", "large"),
    ],
)
def test_the_size_of_a_model_is_read_from_its_name(model: str, kind: str, size: str) -> None:
    assert profile_of(model, server=kind).name == size


@pytest.mark.parametrize(
    ("model", "reasoning"),
    [
        ("o3", True),
        ("o4-mini", True),
        ("gpt-5", True),
        ("gpt-5-mini", True),
        ("gpt-5.1-chat-latest", False),
        ("gpt-5-chat-latest", False),
        ("gpt-4.1", False),
        ("omni-moderation", False),
        ("google/gemini-3-pro", True),
        ("gemini-2.0-flash", False),
        ("deepseek-reasoner", True),
        ("deepseek-chat", False),
        ("openai/gpt-oss-120b", True),
        ("Qwen/Qwen3-235B-A22B-Thinking-2507", True),
    ],
)
def test_a_reasoning_model_is_known_by_its_name(model: str, reasoning: bool) -> None:
    profile = profile_of(model, server="openai")

    assert profile.reasoning is reasoning
    assert ("temperature" in profile.parameters(100, 0, 0)) is not reasoning


def test_what_is_given_wins() -> None:
    profile = profile_of("d", server="openai", profile_name="small", mode="TOOLS", parallel=3, reasoning=True)

    assert (profile.name, profile.mode, profile.parallel, profile.reasoning) == ("small", "TOOLS", 3, True)
