"""Profiles: what each known kind of server needs, and how each size of model is asked.

`SERVERS` is the table of servers, `SIZES` that of models. Both are plain rows: a new server is one row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

__all__ = ("NO_MODEL", "SERVERS", "SIZES", "Mode", "Profile", "Server", "find_profile", "find_server")

Mode = Literal["JSON_SCHEMA", "TOOLS", "JSON", "MD_JSON"]


@dataclass(frozen=True, slots=True)
class Server:
    """One kind of server that speaks the OpenAI protocol.

    `mode` is the instructor mode; `strict` sends the schema as a strict one (every property required, no
    others). `fixed`: compiling a schema that it has not seen is slow or refused, so that one fixed schema is used
    instead of one made for each passage, with the same checks done by its validators. `window` is the number of
    tokens that a request and its answer share, where the server decides it. `hosts` (a
    suffix of the host's name) and `port` (on this machine or its network) recognise the server.
    """

    kind: str
    mode: Mode
    strict: bool
    limit: Literal["max_tokens", "max_completion_tokens"]
    fixed: bool = False
    window: int | None = None
    seed: bool = True
    hosted: bool = False
    hosts: tuple[str, ...] = ()
    port: int | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


SERVERS: tuple[Server, ...] = (
    # OpenAI and Azure compile a strict schema the first time they see it, which takes seconds.
    Server(
        "openai",
        mode="JSON_SCHEMA",
        strict=True,
        limit="max_completion_tokens",
        fixed=True,
        hosted=True,
        hosts=("api.openai.com",),
    ),
    Server(
        "azure",
        mode="JSON_SCHEMA",
        strict=True,
        limit="max_completion_tokens",
        fixed=True,
        hosted=True,
        hosts=("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com"),
    ),
    # The embedded server is llama.cpp too. What questions have in common is read once per slot.
    Server(
        "llama.cpp",
        mode="JSON_SCHEMA",
        strict=False,
        limit="max_tokens",
        port=8080,
        extra={"cache_prompt": True},
    ),
    Server("vllm", mode="JSON_SCHEMA", strict=False, limit="max_tokens", port=8000),
    # Ollama's context is 4096 tokens where nobody set another, and the protocol has no way to ask for more.
    Server("ollama", mode="JSON_SCHEMA", strict=False, limit="max_tokens", window=4096, port=11434),
    # LM Studio takes `json_schema` and `text` only, not `json_object`.
    Server("lmstudio", mode="JSON_SCHEMA", strict=False, limit="max_tokens", port=1234),
    # Some refuse what they do not know, `seed` among it.
    Server("unknown", mode="JSON_SCHEMA", strict=False, limit="max_tokens", seed=False),
)

# Models that think before they answer: they take no temperature, and their thoughts use up the limit.
_REASONING = re.compile(r"^(?:o\d|gpt-5(?!.*-chat))", re.IGNORECASE)
_BILLIONS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
_SMALL_BILLIONS = 7.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How a model is asked; the extraction follows it, and it is named in a report's provenance.

    `passage_numbers` and `passage_chars` bound one passage of a question; with `whole_article` the passages
    of an article share one question as far as these bounds allow. `pinned` says whether a response model may
    be made for each passage (`schema`) or must be the fixed one (`fixed`). `ask_context` asks for the fields
    beyond what is counted: status, programme, who gave an award. `settle` asks which body or day is
    meant and what a sentence says where the tables leave it open: a 1.5B model is right there no more often than
    they are. `summary` asks for a written summary.
    `parallel` is the number of questions in flight; `window` the tokens that a request and its answer share,
    None where that is not known. A `reasoning` model takes no temperature and no seed; `thinking` is added to the
    limit of every answer, for thoughts that are not part of it.
    """

    name: str
    passage_numbers: int
    passage_chars: int
    whole_article: bool
    ask_context: bool
    settle: bool
    summary: bool
    parallel: int
    server: Server = SERVERS[-1]
    mode: Mode = "JSON_SCHEMA"
    window: int | None = None
    reasoning: bool = False
    thinking: int = 0

    @property
    def label(self) -> str:
        """The profile in a word for provenance: `small on llama.cpp`, `none`."""
        if self.name == "none":
            return self.name
        return f"{self.name} on {self.server.kind}"

    @property
    def pinned(self) -> Literal["schema", "fixed"]:
        """Whether a response model may be made for each passage, or must be the fixed one."""
        return "fixed" if self.server.fixed else "schema"

    def parameters(self, max_tokens: int, temperature: float, seed: int) -> dict[str, object]:
        """The parameters of a request for an answer of at most `max_tokens`."""
        limit = {self.server.limit: max_tokens + self.thinking}
        if self.reasoning:
            return {**limit, "reasoning_effort": "low"}
        return {**limit, "temperature": temperature, **({"seed": seed} if self.server.seed else {})}


SIZES: tuple[Profile, ...] = (
    # A 1.5B model slips by one in longer passages: a clause or a sentence at a time, five numbers at most.
    Profile(
        "small",
        passage_numbers=5,
        passage_chars=420,
        whole_article=False,
        ask_context=False,
        settle=False,
        summary=True,
        parallel=1,
    ),
    Profile(
        "large",
        passage_numbers=150,
        passage_chars=24_000,
        whole_article=True,
        ask_context=True,
        settle=True,
        summary=True,
        parallel=8,
    ),
)

NO_MODEL = Profile(
    "none",
    passage_numbers=0,
    passage_chars=0,
    whole_article=False,
    ask_context=False,
    settle=False,
    summary=False,
    parallel=8,
)
"""The profile where no model is asked; `parallel` documents are then read at once."""


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
        if server.port is not None and server.port == parts.port and _is_near(host):
            return server
    return by_kind["unknown"]


def find_profile(
    model: str,
    server: Server,
    *,
    embedded: bool = False,
    name: str | None = None,
    mode: Mode | None = None,
    parallel: int | None = None,
    window: int | None = None,
    reasoning: bool | None = None,
) -> Profile:
    """The profile of `model` on `server`; what is given by name overrides what it would be.

    Without a name it is `small` for the embedded model, for a model whose name says fewer than 7 billion
    parameters, and for one that says nothing on a server of one's own; else `large`. Raises KeyError for a
    `name` that is no row of `SIZES`.
    """
    sizes = {profile.name: profile for profile in SIZES}
    profile = sizes[name or _size(model, server, embedded=embedded)]
    if reasoning is None:
        reasoning = server.hosted and _REASONING.match(model.rsplit("/", 1)[-1]) is not None
    return replace(
        profile,
        server=server,
        mode=mode or server.mode,
        parallel=parallel or profile.parallel,
        window=window or server.window,
        reasoning=reasoning,
        thinking=4096 if reasoning else 0,
    )


def _size(model: str, server: Server, *, embedded: bool) -> str:
    if embedded:
        return "small"
    if billions := _BILLIONS.findall(model.rsplit("/", 1)[-1]):
        return "small" if float(billions[-1]) < _SMALL_BILLIONS else "large"
    return "small" if server.kind in {"llama.cpp", "ollama", "lmstudio"} else "large"


def _is_near(host: str) -> bool:
    """Whether `host` is this machine or one in its own network, where a port says what listens."""
    if host == "localhost" or ("." not in host and ":" not in host):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return host.endswith((".local", ".internal", ".lan"))
