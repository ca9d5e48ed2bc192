"""Faults: which of this library's errors a response that says no, or a connection that fails, is.

Each becomes one line that says what to do. A server's own words are shown only where they tell about the
request, with keys masked, control characters visible, and never with a stretch of the article.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

import httpx2
from pydantic import SecretStr

from summarizer.errors import CreditError, EndpointError, ModelError, RateLimitError, RefusedAnswerError
from summarizer.settings import Settings
from summarizer.sources.fetching import seconds_to_wait

# Statuses below 500 that pass by themselves, and those above that do not.
_PASSING = {408, 409, 425}
_FINAL = {501, 505}
# Characters of a server's message that are looked at, and that are shown.
_MOST_READ, _MOST_SHOWN = 10_000, 200
# So many characters in common with the question are an echo of it; with a key, a part of it.
_ECHO, _PART_OF_KEY, _SHORTEST_KEY = 24, 6, 4
# What looks like a key of somebody else's, such as a gateway's own; Azure's are 32 hexadecimal digits or 84 letters.
_KEY_LIKE = re.compile(
    r"\b(?:sk|pk|rk|gsk|xai|hf|key)[-_][\w-]{8,}|\bAIza[\w-]{20,}|\b[0-9A-Fa-f]{32,}\b|\b[A-Za-z0-9]{64,}\b"
    r"|(?<=bearer )\S{8,}",
    re.IGNORECASE,
)
_MASK = "***"
# How providers say that there is no credit left: in `code` or `type` (OpenAI: insufficient_quota,
# billing_hard_limit_reached; DeepSeek, OpenRouter: 402) or in words (Anthropic: "credit balance is too low").
_CREDIT_CODE = re.compile(
    r"insufficient_(?:quota|balance|credits?|funds)|billing|credit_limit|payment_required"
)
_CREDIT_WORDS = re.compile(
    r"insufficient (?:quota|balance|credits?|funds)|credit balance|out of credits?|(?:no|all) (?:available )?credits"
    r"|exceeded your current quota|spending limit|credit limit|billing (?:hard )?limit|billing_not_active"
)
# Gemini says in the body of a 429 how long to wait: `"retryDelay": "34s"`.
_RETRY_DELAY = re.compile(r"""['"]retryDelay['"]: ['"]([\d.]+)s['"]""")
_SCHEMA = "response_format"
_SPACES = re.compile(r"(\s+)")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{11,}")
_URL_SAFE = str.maketrans("-_", "+/")


def of_status(
    status: int,
    headers: Mapping[str, str],
    body: object,
    settings: Settings,
    question: str = "",
) -> ModelError:
    """Return the error for a response whose `status` is no success.

    `body` is its JSON, or None where it has none; `question` the text that was asked, of which no part is shown.
    """
    endpoint, model = settings.endpoint, settings.model
    detail = _detail(body)
    after = _retry_after(headers, body)
    code = f"{detail.get('code')} {detail.get('type')}".lower()
    message = str(detail.get("message") or detail.get("code") or "")[:_MOST_READ]
    if "content_filter" in code:
        return RefusedAnswerError("the provider's content filter refuses the article: try another model")
    if _is_about_credit(status, code, message.lower(), after):
        return CreditError(
            f"{endpoint} says that the account has no credit left ({status}): top it up, or use another key",
            status=status,
        )
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
    shown = _shown(message, question, settings.secrets)
    hint = "; set SUMMARIZER_MODE=MD_JSON for a server without schemas" if _SCHEMA in shown else ""
    lines = {
        401: "refuses the key (401): check the key (OPENAI_API_KEY) and the address",
        403: f"does not let this key use {model} (403): check the key and --model",
        404: f"has no model {model}, or is no such address (404): check --model and --base-url",
    }
    if status < 400:
        line = f"leads elsewhere ({status}): give the address it leads to as --base-url"
    else:
        line = lines.get(status, f"refuses the request ({status}){shown}{hint}")
    return EndpointError(f"{endpoint} {line}", status=status)


def of_connection(cause: BaseException | None, *, endpoint: str) -> EndpointError:
    """Return the error for a request that got no response, or not the whole of one."""
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
        line = f"cannot connect to {endpoint}: check that it runs, and --base-url"
    else:
        line = f"the connection to {endpoint} broke off: try again later"
    return EndpointError(line, retryable=True)


def mask(text: str, secrets: Iterable[SecretStr | None]) -> str:
    """Return `text` with every word that holds a part of a secret, and whatever looks like a key, as `***`.

    A part is six characters or more in common with a secret, whatever their case, as they are or decoded from
    percent signs, entities, wide letters or base64; of a shorter secret, from four characters on, all of it.
    """
    for secret in secrets:
        key = "" if secret is None else secret.get_secret_value().lower()
        least = min(_PART_OF_KEY, len(key))
        if least >= _SHORTEST_KEY:
            shown = (_MASK if _holds(word, key, least) else word for word in _SPACES.split(text))
            text = "".join(shown)
    return _KEY_LIKE.sub(_MASK, text)


def _holds(word: str, key: str, least: int) -> bool:
    """Return whether a word, as it is or decoded, has `least` characters in a row in common with a key."""
    meanings = [word, unquote(word), unescape(word), unicodedata.normalize("NFKC", word)]
    for run in _BASE64.findall(word):
        for at in range(4):  # what is cut out of the middle begins anywhere
            digits = run[at:].translate(_URL_SAFE)
            meanings.append(b64decode(digits[: len(digits) // 4 * 4]).decode("latin-1"))
    return any(
        one[at : at + least] in key
        for one in dict.fromkeys(meaning.lower() for meaning in meanings)
        for at in range(len(one) - least + 1)
    )


def visible(text: str) -> str:
    r"""Return `text` on one line, with control characters and terminal escapes written out (`\x1b`)."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def _detail(body: object) -> Mapping[str, Any]:
    """The error that a body tells: its `error`, or itself; Gemini sends a list of one."""
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, dict):
        return {}
    error = body.get("error", body)
    return error if isinstance(error, dict) else {"message": str(error)}


def _is_about_credit(status: int, code: str, message: str, after: float | None) -> bool:
    if status == 402:
        return True
    if status not in (400, 403, 429):
        return False
    # Gemini says "check your plan and billing details" of a limit a minute too, with the seconds to wait.
    return bool(_CREDIT_CODE.search(code)) or (after is None and bool(_CREDIT_WORDS.search(message)))


def _retry_after(headers: Mapping[str, str], body: object) -> float | None:
    """Seconds to wait by `retry-after-ms`, `retry-after` (seconds or a date) or the body; None where none says."""
    if (after := seconds_to_wait(headers.get("retry-after-ms"))) is not None:
        return after / 1000
    if (after := seconds_to_wait(headers.get("retry-after"), headers.get("date"))) is not None:
        return after
    found = _RETRY_DELAY.search(str(body)[:_MOST_READ])
    return float(found[1]) if found else None


def _shown(message: str, question: str, secrets: Iterable[SecretStr | None]) -> str:
    """What of a server's message is shown, after a colon; nothing where it repeats the question."""
    line = visible(mask(message, secrets))[:_MOST_SHOWN]
    asked = " ".join(question.split())
    if any(line[at : at + _ECHO] in asked for at in range(len(line) - _ECHO + 1)):
        return ""
    return f": {line}" if line else ""
