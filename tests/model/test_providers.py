"""Providers: the exact request that each known kind of server gets, on loopback; none of the hosted was reached."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from summarizer.model.client import Model
from summarizer.model.questions import Message, Question
from summarizer.settings import Settings
from summarizer.settings.profiles import SERVERS
from tests.conftest import Serve
from tests.loopback import Request, chat


class Chosen(BaseModel):
    """One word of the article."""

    model_config = ConfigDict(extra="forbid")

    word: str
    more: str | None = None


MESSAGES = (
    Message(role="system", content="Trả lời bằng JSON."),
    Message(role="user", content="Bài viết: {{ đảng viên }}\n\nTừ nào?"),
)
BEGINNING = len("Bài viết: {{ đảng viên }}")
QUESTION = Question("counts", MESSAGES, Chosen, max_tokens=9000, reasks=0, beginning=BEGINNING)

# The schema as pydantic makes it, and as OpenAI's strict schemas want it.
PLAIN: dict[str, Any] = {
    "additionalProperties": False,
    "description": "One word of the article.",
    "properties": {
        "word": {"title": "Word", "type": "string"},
        "more": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None, "title": "More"},
    },
    "required": ["word"],
    "title": "Chosen",
    "type": "object",
}
STRICT = {
    **PLAIN,
    "properties": {
        "word": {"title": "Word", "type": "string"},
        "more": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "More"},
    },
    "required": ["word", "more"],
}
AS_PLAIN = {"type": "json_schema", "json_schema": {"name": "Chosen", "schema": PLAIN}}
AS_STRICT = {"type": "json_schema", "json_schema": {"name": "Chosen", "strict": True, "schema": STRICT}}
AS_OBJECT = {"type": "json_object"}
AS_TOOL = {
    "tools": [
        {
            "type": "function",
            "function": {
                "name": "Chosen",
                "description": "One word of the article.",
                "parameters": {k: v for k, v in PLAIN.items() if k not in ("title", "description")},
            },
        }
    ],
    "tool_choice": {"type": "function", "function": {"name": "Chosen"}},
}
PLAIN_SAMPLING = {"temperature": 0.0, "seed": 0}
CACHE_KEY = "a key"  # in place of what it is

# For each kind of server, model and what is sent beside the model and the messages.
REQUESTS: dict[tuple[str, str], dict[str, Any]] = {
    ("openai", "gpt-4.1-mini"): {
        "response_format": AS_STRICT,
        "max_completion_tokens": 9000,
        **PLAIN_SAMPLING,
        "prompt_cache_key": CACHE_KEY,
    },
    ("openai", "gpt-5-mini"): {
        "response_format": AS_STRICT,
        "max_completion_tokens": 25_384,
        "reasoning_effort": "low",
        "prompt_cache_key": CACHE_KEY,
    },
    ("azure", "our-gpt-4.1"): {
        "response_format": AS_STRICT,
        "max_completion_tokens": 9000,
        **PLAIN_SAMPLING,
    },
    ("openrouter", "meta-llama/llama-4-maverick"): {
        "response_format": AS_STRICT,
        "max_tokens": 9000,
        "temperature": 0.0,
        "provider": {"require_parameters": True},
    },
    ("openrouter", "openai/gpt-5"): {
        "response_format": AS_STRICT,
        "max_tokens": 25_384,
        "reasoning": {"effort": "low"},
        "provider": {"require_parameters": True},
    },
    ("gemini", "gemini-2.0-flash"): {"response_format": AS_STRICT, "max_tokens": 9000, "temperature": 0.0},
    ("gemini", "gemini-2.5-flash"): {
        "response_format": AS_STRICT,
        "max_tokens": 25_384,
        "reasoning_effort": "low",
        "temperature": 0.0,
    },
    ("anthropic", "claude-sonnet-4-5"): {**AS_TOOL, "max_tokens": 9000, "temperature": 0.0},
    ("deepseek", "deepseek-chat"): {"response_format": AS_OBJECT, "max_tokens": 8192, "temperature": 0.0},
    ("mistral", "mistral-large-latest"): {
        "response_format": AS_STRICT,
        "max_tokens": 9000,
        "temperature": 0.0,
        "random_seed": 0,
        "prompt_cache_key": CACHE_KEY,
    },
    ("groq", "llama-3.3-70b-versatile"): {
        "response_format": AS_OBJECT,
        "max_completion_tokens": 9000,
        **PLAIN_SAMPLING,
    },
    ("together", "Qwen/Qwen3-235B"): {"response_format": AS_PLAIN, "max_tokens": 9000, **PLAIN_SAMPLING},
    ("llama.cpp", "qwen"): {
        "response_format": AS_PLAIN,
        "max_tokens": 9000,
        **PLAIN_SAMPLING,
        "cache_prompt": True,
    },
    ("vllm", "Qwen/Qwen3-32B"): {"response_format": AS_PLAIN, "max_tokens": 9000, **PLAIN_SAMPLING},
    ("ollama", "qwen3:8b"): {"response_format": AS_PLAIN, "max_tokens": 9000, **PLAIN_SAMPLING},
    ("lmstudio", "qwen3-8b"): {"response_format": AS_PLAIN, "max_tokens": 9000, **PLAIN_SAMPLING},
    ("unknown", "m"): {"response_format": AS_PLAIN, "max_tokens": 9000, "temperature": 0.0},
}


def request_of(serve: Serve, kind: str, model: str, question: Question[Chosen] = QUESTION) -> Request:
    """What a server of this kind gets when it is asked `question`."""
    server = serve([chat({"word": "đảng viên", "more": None})])
    plain: dict[str, Any] = {"model": model, "api_key": SecretStr("k"), "retries": 0, "request_s": 20.0}
    if kind == "azure":
        azure = server.base_url.removesuffix("/v1")
        settings = Settings(**plain, azure_endpoint=azure, api_version="2025-04-01-preview")
    else:
        settings = Settings(**plain, base_url=server.base_url, server=kind)

    async def once() -> None:
        async with Model(settings) as opened:
            answer = await opened.ask(question)
            assert answer.value is not None
            assert answer.value.word == "đảng viên"

    asyncio.run(once())
    return server.requests[0]


def test_every_row_has_a_request_here() -> None:
    assert {kind for kind, _ in REQUESTS} == {server.kind for server in SERVERS}


@pytest.mark.parametrize(("kind", "model"), REQUESTS)
def test_a_server_gets_exactly_what_its_documentation_takes(serve: Serve, kind: str, model: str) -> None:
    body = dict(request_of(serve, kind, model).body)

    if "prompt_cache_key" in body:
        assert len(body["prompt_cache_key"]) == 32
        body["prompt_cache_key"] = CACHE_KEY
    messages = body.pop("messages")
    assert body == {"model": model, **REQUESTS[kind, model]}
    assert messages[:-1] == list(MESSAGES[:-1])
    assert messages[-1]["content"].startswith(MESSAGES[-1]["content"])


@pytest.mark.parametrize("kind", ["deepseek", "groq"])
def test_a_server_without_schemas_gets_it_at_the_end_of_the_question(serve: Serve, kind: str) -> None:
    last = request_of(serve, kind, "m").messages[-1]["content"]

    assert "JSON" in last
    assert '"properties":{"word":{"title":"Word","type":"string"}' in last


def test_questions_that_begin_alike_have_the_same_cache_key(serve: Serve) -> None:
    def body(system: str, article: str, ending: str, beginning: int | None = None) -> dict[str, Any]:
        messages = (Message(role="system", content=system), Message(role="user", content=article + ending))
        size = len(article) if beginning is None else beginning
        question = Question("counts", messages, Chosen, max_tokens=10, beginning=size)
        return request_of(serve, "openai", "gpt-4.1", question).body

    key = body("a", "b", "c")["prompt_cache_key"]
    assert body("a", "b", "d")["prompt_cache_key"] == key
    assert body("a", "x", "c")["prompt_cache_key"] != key
    assert body("x", "b", "c")["prompt_cache_key"] != key
    assert "prompt_cache_key" not in body("a", "b", "c", 0)


@pytest.mark.parametrize(
    ("model", "marked"), [("anthropic/claude-sonnet-4.5", True), ("openai/gpt-4.1", False)]
)
def test_openrouter_marks_the_end_of_the_beginning_where_a_provider_wants_it(
    serve: Serve, model: str, marked: bool
) -> None:
    content = request_of(serve, "openrouter", model).messages[-1]["content"]

    whole = MESSAGES[-1]["content"]
    begun = {"type": "text", "text": whole[:BEGINNING], "cache_control": {"type": "ephemeral"}}
    assert content == ([begun, {"type": "text", "text": whole[BEGINNING:]}] if marked else whole)
