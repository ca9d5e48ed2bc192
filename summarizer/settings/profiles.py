"""Profiles: what each known kind of server needs, and how each size of model is asked.

`SERVERS` is a table of plain rows: a new server is one row. The rows of hosted providers follow what their
documentation says of their OpenAI-compatible endpoint; each row's request is tested on loopback, and none could be
tried against the live service. llama.cpp alone was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["JSON_SCHEMA", "TOOLS", "JSON", "MD_JSON"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One kind of server that speaks the OpenAI protocol.

    `mode` is how an answer's form is asked for: a schema (JSON_SCHEMA), a tool's arguments (TOOLS), any JSON object
    with the schema in the question (JSON), or nothing but words (MD_JSON). `strict` sends the schema as a strict one:
    every property required, no others. `fixed`: compiling a schema that it has not seen is slow or refused, so that
    one fixed schema is used instead of one made for each passage, with the same checks done by its validators.

    `limit` names the parameter that bounds an answer's tokens, `most` is the largest value it takes; `seed` names
    that of the seed, None where it is refused or ignored. `window` is the number of tokens that a request and its
    answer share, where the server decides it. `cache`: how it is told which requests begin alike, beyond what it
    notes by itself: by a `key`, or by a `breakpoint` at the end of the beginning. `reasoning` are the parameters for
    a model that thinks first; `samples_thoughts`: such a model takes a temperature. `extra` is sent always.

    `hosts` (a suffix of the host's name) and `port` (on this machine or its network) recognise the server.
    """

    kind: str
    mode: Mode = "JSON_SCHEMA"
    strict: bool = False
    fixed: bool = False
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    most: int | None = None
    seed: Literal["seed", "random_seed"] | None = "seed"
    window: int | None = None
    cache: Literal["key", "breakpoint"] | None = None
    reasoning: Mapping[str, object] = field(default_factory=dict)
    samples_thoughts: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    port: int | None = None

    @property
    def hosted(self) -> bool:
        """Whether it is a provider's, who wants a key, not a server of one's own."""
        return bool(self.hosts)


_LOW_EFFORT = {"reasoning_effort": "low"}

SERVERS: tuple[Server, ...] = (
    # OpenAI and Azure compile a strict schema the first time they see it, which takes seconds. Their reasoning models
    # refuse a temperature. Beginnings from 1,024 tokens on are cached; the key sends them to the same machine. Azure
    # caches as well, but older versions of its API refuse the key.
    Server(
        kind="openai",
        strict=True,
        fixed=True,
        limit="max_completion_tokens",
        cache="key",
        reasoning=_LOW_EFFORT,
        samples_thoughts=False,
        hosts=("api.openai.com",),
    ),
    Server(
        kind="azure",
        strict=True,
        fixed=True,
        limit="max_completion_tokens",
        reasoning=_LOW_EFFORT,
        samples_thoughts=False,
        hosts=("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com"),
    ),
    # OpenRouter passes on only what the provider behind it takes; `require_parameters` keeps it from providers that
    # would drop the schema. It marks what to cache as Anthropic does, and wants that for Anthropic's and Google's.
    Server(
        kind="openrouter",
        strict=True,
        fixed=True,
        seed=None,
        cache="breakpoint",
        reasoning={"reasoning": {"effort": "low"}},
        samples_thoughts=False,
        extra={"provider": {"require_parameters": True}},
        hosts=("openrouter.ai",),
    ),
    # Gemini refuses schemas with too many properties or states; it caches by itself.
    Server(
        kind="gemini",
        strict=True,
        fixed=True,
        seed=None,
        reasoning=_LOW_EFFORT,
        hosts=("generativelanguage.googleapis.com",),
    ),
    # Anthropic's endpoint for OpenAI clients ignores `response_format`, `seed` and `strict`, and caches nothing.
    Server(kind="anthropic", mode="TOOLS", seed=None, hosts=("api.anthropic.com",)),
    # DeepSeek has no schemas, only JSON objects, for which the question must say "JSON". It caches by itself.
    Server(
        kind="deepseek",
        mode="JSON",
        most=8192,
        seed=None,
        samples_thoughts=False,
        hosts=("api.deepseek.com",),
    ),
    Server(
        kind="mistral", strict=True, fixed=True, seed="random_seed", cache="key", hosts=("api.mistral.ai",)
    ),
    # Groq takes schemas for some of its models only (gpt-oss strictly), JSON objects for all.
    Server(kind="groq", mode="JSON", limit="max_completion_tokens", hosts=("api.groq.com",)),
    Server(kind="together", hosts=("api.together.xyz", "api.together.ai")),
    # The embedded server is llama.cpp too. What questions have in common is read once per slot.
    Server(kind="llama.cpp", port=8080, extra={"cache_prompt": True}),
    Server(kind="vllm", port=8000),
    # Ollama's context is 4,096 tokens where nobody set another, and the protocol has no way to ask for more.
    Server(kind="ollama", window=4096, port=11434),
    # LM Studio takes `json_schema` and `text` only, not `json_object`.
    Server(kind="lmstudio", port=1234),
    # Some refuse what they do not know, `seed` among it.
    Server(kind="unknown", seed=None),
)

# Hosted models that think before they answer; their thoughts use up the answer's limit.
_REASONING = re.compile(
    r"^(?:o\d|gpt-5(?!.*-chat)|gpt-oss|gemini-(?:2\.5|[3-9])|deepseek-(?:r\d|reasoner)|magistral|qwq|grok-[4-9]"
    r"|glm-(?:4\.[5-9]|[5-9])|minimax-m\d|.*(?:thinking|reasoning))",
    re.IGNORECASE,
)
# OpenAI advises to leave 25,000 tokens for thoughts and answer to begin with; at low effort two thirds will do.
_THINKING = 16_384
_BILLIONS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
_SMALL_BILLIONS = 7.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How a model is asked; the reading follows it, and it is named in a report's provenance.

    `name` is `none`, `small` or `large`. `parallel` is the number of questions in flight, with no model that of
    documents read at once; `window` the tokens that a request and its answer share, None where that is not known. A
    `reasoning` model thinks first, and the limit of its answers has room for thoughts that are not part of them.
    """

    name: Literal["none", "small", "large"]
    parallel: int
    server: Server = SERVERS[-1]
    mode: Mode = "JSON_SCHEMA"
    window: int | None = None
    reasoning: bool = False

    @property
    def label(self) -> str:
        """The profile in a word for provenance: `small on llama.cpp`, `none`."""
        if self.name == "none":
            return self.name
        return f"{self.name} on {self.server.kind}"

    def parameters(self, max_tokens: int, temperature: float, seed: int) -> dict[str, object]:
        """Return the parameters of a request for an answer of at most `max_tokens` tokens, by their wire names."""
        server = self.server
        limit = max_tokens + (_THINKING if self.reasoning else 0)
        parameters = {**server.extra, server.limit: limit if server.most is None else min(limit, server.most)}
        if self.reasoning:
            parameters |= server.reasoning
        if not self.reasoning or server.samples_thoughts:
            parameters["temperature"] = temperature
            if server.seed is not None:
                parameters[server.seed] = seed
        return parameters


PARALLEL: Mapping[str, int] = {"none": 8, "small": 1, "large": 8}
"""How many questions each size of model is asked at the same time where nobody says otherwise."""


def find_server(base_url: str | None, kind: str | None = None) -> Server:
    """The row of `SERVERS` for an address; `kind` names it outright. None is the embedded server.

    Raises KeyError for a `kind` that is no row.
    """
    by_kind = {server.kind: server for server in SERVERS}
    if kind is not None:
        return by_kind[kind]
    if base_url is None:
        return by_kind["llama.cpp"]
    parts = urlsplit(base_url)
    host = (parts.hostname or "").lower()
    for server in SERVERS:
        if any(host == known or host.endswith("." + known) for known in server.hosts):
            return server
        if server.port is not None and server.port == parts.port and is_near(host):
            return server
    return by_kind["unknown"]


def size_of(model: str, server: Server) -> Literal["small", "large"]:
    """Return `small` for a model whose name says fewer than 7 billion parameters, else `large`.

    Of one whose name says nothing, it is small on a server of one's own for models that one machine holds.
    """
    if billions := _BILLIONS.findall(model.rsplit("/", 1)[-1]):
        return "small" if float(billions[-1]) < _SMALL_BILLIONS else "large"
    return "small" if server.kind in {"llama.cpp", "ollama", "lmstudio"} else "large"


def is_reasoning(model: str, server: Server) -> bool:
    """Return whether a model's name says that it thinks before it answers; on a server of one's own none does."""
    return server.hosted and _REASONING.match(model.rsplit("/", 1)[-1]) is not None


def is_near(host: str) -> bool:
    """Whether `host` is this machine or one in its own network, where a port says what listens."""
    if host == "localhost" or ("." not in host and ":" not in host):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return host.endswith((".local", ".internal", ".lan"))
