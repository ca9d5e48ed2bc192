"""Faults: what a response that says no, or a connection that fails, is among this library's errors.

Each becomes one line that says what to do. A server's own words are shown only where they tell about the
request, and never where they may hold a key or a piece of the article.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from pydantic import SecretStr

from summarizer.errors import EndpointError, ModelError, RateLimitError, RefusedAnswerError
from summarizer.model.questions import Message

__all__ = ("Refusal", "of_connection", "of_status")

# Statuses below 500 that pass by themselves, and those above that do not.
_PASSING = {408, 409, 425}
_FINAL = {501, 505}
# A server's own words go this far; so many characters in common with the question are an echo of it.
_MOST_SAID = 200
_ECHO = 24
_SCHEMA = "response_format"


class Refusal(Protocol):
    """A response that says no, as the client raises it."""

    status_code: int
    code: str | None
    body: object | None

    @property
    def response(self) -> Any:
        """The response, with `headers`."""
        ...


def of_status(
    refusal: Refusal,
    *,
    endpoint: str,
    model: str,
    sent: Iterable[Message],
    secrets: Iterable[SecretStr | None],
) -> ModelError:
    """The error for a response with a status that is no success."""
    status = refusal.status_code
    after = _retry_after(refusal.response.headers)
    if refusal.code == "content_filter":
        return RefusedAnswerError("the provider's content filter refuses the article: try another model")
    if status == 429 and refusal.code == "insufficient_quota":
        return EndpointError(f"{endpoint} says the account's quota is used up (429)", status=status)
    if status == 429:
        pause = "" if after is None else f" and asks to wait {after:g} s"
        return RateLimitError(f"{endpoint} limits the rate (429){pause}: try again later", retry_after=after)
    if status in _PASSING or status >= 500:
        return EndpointError(
            f"{endpoint} failed ({status}): try again later",
            status=status,
            retryable=status not in _FINAL,
            retry_after=after,
        )
    if status < 400:
        line = f"{endpoint} leads elsewhere ({status}): give the address it leads to as --base-url"
    elif status == 401:
        line = f"{endpoint} refuses the key (401): check the key (OPENAI_API_KEY) and the address"
    elif status == 403:
        line = f"{endpoint} does not let this key use {model} (403): check the key and --model"
    elif status == 404:
        line = f"{endpoint} has no model {model}, or is no such address (404): check --model and --base-url"
    else:
        said = _said(refusal, sent, secrets)
        hint = "; set SUMMARIZER_MODE=MD_JSON for a server without schemas" if _SCHEMA in said else ""
        line = f"{endpoint} refuses the request ({status}){said}{hint}"
    return EndpointError(line, status=status)


def of_connection(cause: BaseException | None, *, endpoint: str) -> EndpointError:
    """The error for a request that got no response."""
    import httpx2

    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
        line = f"cannot connect to {endpoint}: check that it runs, and --base-url"
    else:
        line = f"the connection to {endpoint} broke off: try again later"
    return EndpointError(line, retryable=True)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait, from `retry-after-ms` or `retry-after` (seconds or a date)."""
    with suppress(KeyError, ValueError):
        return max(0.0, float(headers["retry-after-ms"]) / 1000)
    with suppress(KeyError, ValueError):
        return max(0.0, float(headers["retry-after"]))
    with suppress(KeyError, ValueError):
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    return None


def _said(refusal: Refusal, sent: Iterable[Message], secrets: Iterable[SecretStr | None]) -> str:
    body = refusal.body if isinstance(refusal.body, dict) else {}
    said = " ".join(str(body.get("message") or refusal.code or "").split())[:_MOST_SAID]
    if any(secret is not None and secret.get_secret_value() in said for secret in secrets):
        return ""
    question = " ".join(" ".join(message["content"].split()) for message in sent)
    if any(said[at : at + _ECHO] in question for at in range(len(said) - _ECHO + 1)):
        return ""
    return f": {said}" if said else ""
