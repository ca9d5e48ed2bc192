"""Addresses of endpoints: which can be one, and what of it may be shown.

Some gateways take their key as a part of the path (`https://host/v1/KEY/chat`). A part is masked where it looks like
a key: it begins as the keys of providers do (`sk-…`), it is a UUID, or it has twelve letters and digits or more in a
row that fall into six segments or more (words and numbers) of fewer than five characters on average. So
`gpt4o20240718` is a name, and 32 hexadecimal digits are none. What stands after a word such as `projects`, and the
account in an address of Cloudflare's gateway, is an identifier that opens nothing by itself, and stays readable.

The form alone never tells for certain. A short key, one without digits and one that reads like words are shown; of
random keys of 32 letters and digits 1 in 100 is. An identifier that looks like a key is masked: that costs a reader a
name, where the other mistake costs a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from summarizer.errors import ConfigError

_MASK = "***"
_KEY_BEGINS = re.compile(
    r"(?:(?:sk|pk|rk|gsk|xai|hf|key|token|bearer)[-_]|AIza)(?=[\w-]*\d)[\w-]{8,}", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9]{12,}")
_SEGMENT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LEAST_SEGMENTS, _LONGEST_SEGMENT = 6, 5
# Google Cloud, Azure, watsonx, Cloudflare: the next part is the identifier of one.
_BEFORE_AN_ID = frozenset(("accounts", "deployments", "endpoints", "locations", "models", "projects"))
_ACCOUNT_FIRST = {"gateway.ai.cloudflare.com": "v1"}
"""Hosts whose paths have the account's identifier, and the part that it stands behind."""


def check_address(origin: str, url: str) -> None:
    """Raise ConfigError where `url` is no endpoint's base address; `origin` is the option or variable it is from."""
    wrong = f"{origin} must be an address such as http://localhost:8000/v1"
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise ConfigError(wrong) from error
    if not right:
        raise ConfigError(wrong)
    if parts.path.rstrip("/").endswith("/chat/completions"):
        raise ConfigError(f"{origin} must be the base address, without /chat/completions")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigError(
            f"{origin} must hold no key, user or password, for addresses are logged: set OPENAI_API_KEY"
        )


def shown(url: str) -> str:
    """Return an endpoint's address with what looks like a key masked."""
    for key in keys_in(url):
        url = url.replace(f"/{key}", f"/{_MASK}")
    return url


def keys_in(url: str) -> Iterator[str]:
    """Yield the parts of an address's path that look like keys, as they are written there."""
    parts = urlsplit(url)
    before = ""
    for part in parts.path.split("/"):
        is_id = before in _BEFORE_AN_ID or before == _ACCOUNT_FIRST.get(parts.hostname or "")
        if not is_id and _looks_like_key(unquote(part)):
            yield part
        before = part


def _looks_like_key(part: str) -> bool:
    if _KEY_BEGINS.search(part) or _UUID.search(part):
        return True
    return any(
        len(segments := _SEGMENT.findall(run)) >= _LEAST_SEGMENTS
        and len(run) < _LONGEST_SEGMENT * len(segments)
        and not run.isalpha()
        for run in _RUN.findall(part)
    )
