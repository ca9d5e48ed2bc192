"""Settings: which model is asked, how, and how long; from arguments first, then the environment.

`_VARIABLES` names the variable that each argument is read from where it is not given. `SUMMARIZER_GGUF` is a file of
weights for the embedded model. For Azure the key is `AZURE_OPENAI_API_KEY`, or `AZURE_OPENAI_AD_TOKEN`. The openai
client reads `OPENAI_ORG_ID`, `OPENAI_PROJECT_ID` and `OPENAI_CUSTOM_HEADERS` by itself.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Literal, get_args

from pydantic import SecretStr

from summarizer.errors import ConfigError
from summarizer.schemas.taxonomy import active, use
from summarizer.settings.addresses import check_address, keys_in, shown
from summarizer.settings.profiles import (
    PARALLEL,
    SERVERS,
    Mode,
    Profile,
    find_server,
    is_reasoning,
    size_of,
)

EMBEDDED = "embedded"
NONE: Literal["none"] = "none"
OPENAI_URL = "https://api.openai.com/v1"

_VARIABLES: dict[str, str] = {
    "model": "SUMMARIZER_MODEL",
    "base_url": "OPENAI_BASE_URL",
    "api_key": "OPENAI_API_KEY",
    "azure_endpoint": "AZURE_OPENAI_ENDPOINT",
    "api_version": "OPENAI_API_VERSION",
    "server": "SUMMARIZER_SERVER",
    "profile_name": "SUMMARIZER_PROFILE",
    "mode": "SUMMARIZER_MODE",
    "reasoning": "SUMMARIZER_REASONING",
    "request_s": "SUMMARIZER_REQUEST_SECONDS",
    "article_s": "SUMMARIZER_ARTICLE_SECONDS",
    "retries": "SUMMARIZER_RETRIES",
    "parallel": "SUMMARIZER_PARALLEL",
    "window": "SUMMARIZER_WINDOW",
    "temperature": "SUMMARIZER_TEMPERATURE",
    "seed": "SUMMARIZER_SEED",
    "policy": "SUMMARIZER_POLICY",
    "taxonomy": "SUMMARIZER_TAXONOMY",
}
# Tokens of context that the embedded server gives one request: each costs memory. A large model is given whole
# articles (8,000 characters are some 4,000 tokens) and answers at length.
_EMBEDDED_WINDOW = {"small": 4096, "large": 16_384}
# A machine that is busy answers slowly, but it does answer.
_EMBEDDED_REQUEST_S = 300.0
_KEYS = ("api_key", "azure_token")
_OPTIONS = ("model", "base_url", "policy", "taxonomy")  # of the command line
_YES_OR_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
# What has no meaning for the embedded model, or without any.
_REMOTE = ("base_url", "api_key", "azure_endpoint", "api_version")
_CHECKS: tuple[tuple[str, type[int] | type[float], float, float, str], ...] = (
    ("request_s", float, 0.05, 86_400, "a number of seconds up to 86400"),
    ("article_s", float, 0.05, 86_400, "a number of seconds up to 86400"),
    ("retries", int, 0, 20, "a whole number from 0 to 20"),
    ("parallel", int, 1, 1024, "a whole number from 1 to 1024"),
    ("window", int, 1024, 10_000_000, "a number of tokens, 1024 or more"),
    ("temperature", float, 0, 2, "a number from 0 to 2"),
    ("seed", int, 0, 2**31 - 1, "a whole number, 0 or more"),
)
_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("model", "base_url", "azure_endpoint", "api_version", "weights", "server"), (str,)),
    **dict.fromkeys(("profile_name", "mode", "policy", "taxonomy"), (str,)),
    **dict.fromkeys(_KEYS, (str, SecretStr)),
    **{name: (int, float, str) for name, *_ in _CHECKS},  # a variable's number is still a text
    "reasoning": (bool, str),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "server": tuple(server.kind for server in SERVERS),
    "profile_name": ("small", "large"),
    "mode": get_args(Mode),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to reach a model and how long to wait for it; never shows a key.

        Settings.from_env()                          # nothing set: the embedded model
        Settings.from_env(model="embedded")          # the embedded model, whatever the environment says
        Settings.from_env(model="none")              # no model: the rules alone
        Settings.from_env(model="weights/my.gguf")   # the embedded server with these weights
        Settings.from_env(model="gpt-4.1-mini")      # OPENAI_API_KEY, at OPENAI_BASE_URL or OpenAI itself
        Settings.from_env(model="qwen3", base_url="http://localhost:11434/v1", api_key="…", request_s=300)

    Each field but `weights`, `azure_token` and `origins` is an argument of `from_env`, which reads what is not given
    from the environment; `Settings(…)` itself reads none.

    `model` is NONE where no model is to be asked: then no endpoint, key or weights are needed. `base_url` and
    `azure_endpoint` are both None for the embedded model; `weights` is the file of its weights, the default ones
    where it is None. Times are in seconds: `request_s` bounds one question with all its retries and re-asks,
    `article_s` one article. `retries` is how often a request that failed on its way is sent again; being asked to
    slow down (429) is not counted, only bounded by the time.
    `profile_name` (`small`, `large`) says how much the model is asked, `server` and `mode` how, `reasoning` whether
    it thinks first, `parallel` how many questions it takes at once, `window` how many tokens; None: by the model's
    and the server's name. `policy` is as `--policy` of the command line, `taxonomy` the path of a table of one's own.
    `origins` says which option or variable decided a field. Raises TypeError for a value of another type, ConfigError
    for one out of range.
    """

    model: str = EMBEDDED
    base_url: str | None = field(default=None, repr=False)
    api_key: SecretStr | None = None
    azure_endpoint: str | None = field(default=None, repr=False)
    azure_token: SecretStr | None = None
    api_version: str | None = None
    weights: str | None = None
    server: str | None = None
    profile_name: Literal["small", "large"] | None = None
    mode: Mode | None = None
    reasoning: bool | None = None
    request_s: float = 120.0
    article_s: float = 900.0
    retries: int = 4
    parallel: int | None = None
    window: int | None = None
    temperature: float = 0.0
    seed: int = 0
    policy: str = ""
    taxonomy: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in _TYPES:
            if (value := getattr(self, name)) is not None or name in ("model", "policy"):
                object.__setattr__(self, name, _typed(name, value, self.origins.get(name, name)))
        for name, kind, least, most, wanted in _CHECKS:
            if (value := getattr(self, name)) is None:
                continue
            number = math.nan
            with suppress(TypeError, ValueError, OverflowError):
                number = kind(value)
            same = isinstance(value, str) or number == value  # int() cuts a fraction off
            if not (same and least <= number <= most):
                raise ConfigError(f"{self.origins.get(name, name)} must be {wanted}, not {value!r}")
            object.__setattr__(self, name, number)
        for name, known in _CHOICES.items():
            if (value := getattr(self, name)) not in (None, *known):
                wanted = f"one of {', '.join(known)}"
                raise ConfigError(f"{self.origins.get(name, name)} must be {wanted}, not {value!r}")
        if self.embedded and self.model != EMBEDDED and self.weights is None:
            raise ConfigError(f"the model {self.model} needs an endpoint: give base_url as well")
        for names, check in ((("base_url", "azure_endpoint"), check_address), (_KEYS, _check_key)):
            for name in names:
                if getattr(self, name) is not None:
                    check(self.origins.get(name, name), getattr(self, name))

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Settings from arguments (None: not given), then from `env` (the process's environment).

        The arguments are this class's fields. The variable of each is its name in capitals behind `SUMMARIZER_`, but
        OPENAI_BASE_URL, OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT, OPENAI_API_VERSION, SUMMARIZER_PROFILE,
        SUMMARIZER_REQUEST_SECONDS and SUMMARIZER_ARTICLE_SECONDS.

        An empty variable is one that is not set. A taxonomy that is named is put into use for the process. Raises
        ConfigError in one line that says what to do, TypeError for an argument of another name or type.
        """
        env = os.environ if env is None else env
        if not isinstance(env, Mapping):
            raise TypeError(f"env must be a mapping of variables, not {type(env).__name__}; give model=…")
        if unknown := given.keys() - _VARIABLES.keys():
            raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
        values: dict[str, Any] = {}
        origins: dict[str, str] = {}  # what decided each: an option or a variable
        for name, variable in _VARIABLES.items():
            if given.get(name) is not None:
                origins[name] = f"--{name.replace('_', '-')}" if name in _OPTIONS else name
                values[name] = _typed(name, given[name], origins[name])
            elif env.get(variable, "").strip():
                values[name], origins[name] = env[variable].strip(), variable
        _place(values, origins, env)
        if "taxonomy" in values:
            use(values["taxonomy"])
        return cls(**values, origins={name: origin for name, origin in origins.items() if name in values})

    @property
    def embedded(self) -> bool:
        """Whether the embedded server holds the model."""
        return self.model != NONE and self.address is None

    @property
    def endpoint(self) -> str:
        """`embedded`, `none`, or the endpoint's address to be shown: what looks like a key in it is masked."""
        return NONE if self.model == NONE else shown((self.address or EMBEDDED).rstrip("/"))

    @property
    def address(self) -> str | None:
        """The endpoint's address as it was given, None for the embedded model and for none."""
        return self.base_url or self.azure_endpoint

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What must never be shown: the keys, and what looks like one in the endpoint's address."""
        keys = map(SecretStr, keys_in(self.address or ""))
        return (*filter(None, (self.api_key, self.azure_token)), *keys)

    @property
    def profile(self) -> Profile:
        """How this model is asked; see profiles.py."""
        if self.model == NONE:
            return Profile(NONE, PARALLEL[NONE])
        kind = None if self.embedded else self.server or ("azure" if self.azure_endpoint else None)
        server = find_server(self.base_url, kind)
        own = self.embedded and self.weights is None
        name = self.profile_name or ("small" if own else size_of(self.model, server))
        return Profile(
            name,
            self.parallel or PARALLEL[name],
            server,
            self.mode or server.mode,
            self.window or server.window or (_EMBEDDED_WINDOW[name] if self.embedded else None),
            is_reasoning(self.model, server) if self.reasoning is None else self.reasoning,
        )

    @property
    def parameters(self) -> dict[str, str | float | int]:
        """What an answer depends on beside the question; no key, no time. For fingerprints."""
        profile = self.profile
        return {
            "model": self.model,
            "endpoint": self.endpoint,
            "profile": profile.label,
            "mode": profile.mode,
            "temperature": self.temperature,
            "seed": self.seed,
            "policy": self.policy,
            "taxonomy": active().digest,
        }


def _typed(name: str, value: Any, origin: str) -> Any:
    """Return a field's value as it is kept: a key hidden, a path as text, yes or no.

    Raises TypeError for a value of another type, ConfigError for an answer that is neither yes nor no.
    """
    kinds = _TYPES[name]
    if str in kinds and isinstance(value, os.PathLike):
        value = os.fspath(value)
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        wanted = {str: "a text", SecretStr: "a text", bool: "True or False"}.get(kinds[0], "a number")
        raise TypeError(f"{origin} must be {wanted}, not {type(value).__name__}")
    if name in _KEYS and isinstance(value, str):
        return SecretStr(value)
    if name == "reasoning" and isinstance(value, str):
        if value.lower() not in _YES_OR_NO:
            raise ConfigError(f"{origin} must be yes or no, not {value!r}")
        return _YES_OR_NO[value.lower()]
    return value


def _place(values: dict[str, Any], origins: dict[str, str], env: Mapping[str, str]) -> None:
    """Decide where the model runs, and drop what belongs elsewhere."""
    for name in ("base_url", "azure_endpoint"):
        if name in values:
            check_address(origins[name], values[name])
    model = values.get("model", "").strip()
    if model.lower() in (EMBEDDED, NONE):
        model = model.lower()
    if model:
        values["model"] = model
    remote = [name for name in ("base_url", "azure_endpoint", "api_key") if name in values]
    if not model and remote:
        raise ConfigError(
            f"{origins[remote[0]]} is set but no model is named: give --model NAME or set SUMMARIZER_MODEL, "
            f"or give --model {EMBEDDED} to use the embedded model"
        )
    own = model.lower().endswith((".gguf", "-gguf")) and "base_url" not in values
    if own or model in ("", EMBEDDED, NONE):
        _drop(values, *_REMOTE)
        values["model"] = model or EMBEDDED
        if model == NONE:
            return
        values.setdefault("request_s", _EMBEDDED_REQUEST_S)
        if weights := model if own else env.get("SUMMARIZER_GGUF", "").strip():
            values["weights"], values["model"] = weights, PurePath(weights).name.removesuffix(".gguf")
    elif "azure_endpoint" in values and "base_url" not in values:
        _drop(values, "api_key")
        for name, variable in (("api_key", "AZURE_OPENAI_API_KEY"), ("azure_token", "AZURE_OPENAI_AD_TOKEN")):
            if env.get(variable, "").strip():
                values[name], origins[name] = env[variable].strip(), variable
        if not any(name in values for name in _KEYS):
            raise ConfigError("AZURE_OPENAI_ENDPOINT is set but no key: set AZURE_OPENAI_API_KEY")
        if "api_version" not in values:
            raise ConfigError("AZURE_OPENAI_ENDPOINT is set but no version: set OPENAI_API_VERSION")
    else:
        _drop(values, "azure_endpoint", "api_version")
        values.setdefault("base_url", OPENAI_URL)
        if "api_key" not in values and find_server(values["base_url"]).hosted:
            raise ConfigError(
                f"the model {model} needs a key: set OPENAI_API_KEY, or give --base-url for a server of your "
                f"own, or --model {EMBEDDED} for the embedded model"
            )


def _drop(values: dict[str, Any], *names: str) -> None:
    for name in names:
        values.pop(name, None)


def _check_key(origin: str, key: SecretStr) -> None:
    if not all("!" <= character <= "~" for character in key.get_secret_value()):
        raise ConfigError(f"{origin} holds characters that no key has: copy it again")
