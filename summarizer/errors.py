"""What can go wrong, as one small tree; each class is one decision that a caller may take.

- SummarizerError                    anything below; `str(error)` is one line that says what to do
    - ConfigError                    the command or the set-up is wrong: nothing was tried (exit 2)
        - WeightsError               the embedded model's weights are missing, damaged or do not fit on the disk
    - JournalError                   the journal of a batch cannot be written: the disk is full, or gone (exit 1)
    - SourceError                    this document cannot be read; others may be (a row in a batch)
    - ModelError                     the model did not answer as it should; `retryable`: later may help
        - EndpointError              the endpoint is down, slow, refuses the key, or says 5xx; `status`, `retry_after`
            - RateLimitError         asked too often
            - CreditError            the account has no credit left: no request will be answered
        - AnswerError                it answered, but not with what was asked for
            - TruncatedAnswerError   the answer ended before it was whole (finish_reason=length)
            - RefusedAnswerError     the model refused
        - DeadlineError              the request's or the article's time is up
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path
from sysconfig import get_path
from urllib.parse import unquote, urlsplit


class SummarizerError(Exception):
    """Base of all errors of this library."""


class ConfigError(SummarizerError):
    """The command or the set-up is wrong; nothing was tried."""


class WeightsError(ConfigError):
    """The embedded model's weights are missing, damaged, or do not fit on the disk."""


class JournalError(SummarizerError):
    """The journal of a batch cannot be written: the disk is full, or gone."""


class SourceError(SummarizerError):
    """The document cannot be read as text."""


class ModelError(SummarizerError):
    """The model did not answer as it should.

    `attempts`, `tokens_in` and `tokens_out` are what the question had cost when it failed.
    """

    retryable: bool = False
    attempts: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


class EndpointError(ModelError):
    """The endpoint failed before there was an answer.

    `status` is the HTTP status, None where no response came; `retry_after` is in seconds, None where the
    endpoint does not say.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retryable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retryable = retryable
        self.retry_after = retry_after


class RateLimitError(EndpointError):
    """The endpoint asks for a pause."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message, status=429, retryable=True, retry_after=retry_after)


class CreditError(EndpointError):
    """The account behind the key has no credit or quota left; nothing will be answered until that changes."""


class AnswerError(ModelError):
    """An answer came, but not what was asked for."""


class TruncatedAnswerError(AnswerError):
    """The answer ended before it was whole."""


class RefusedAnswerError(AnswerError):
    """The model refused to answer."""


class DeadlineError(ModelError):
    """The time of the request or of the article is up."""

    retryable = True


def install_command(extra: str) -> str:
    """Return a shell command that installs an extra of this very package (`web`, `xlsx`…) for this interpreter.

    The package is named by where it was installed from (`direct_url.json` of PEP 610), never by its bare name, which
    may be another project's on an index; where that is not known, or is a folder that is gone, the extra's own
    requirements are named.
    """
    return shlex.join([*_installer(), *_what(extra)])


def _installer() -> list[str]:
    prefix = Path(sys.prefix)
    if (prefix / "pipx_metadata.json").exists():
        return ["pipx", "runpip", prefix.name, "install"]
    if not find_spec("pip"):
        return ["uv", "pip", "install", "--python", sys.executable]
    # A system's own Python refuses packages from elsewhere (PEP 668); this one has got some already.
    managed = Path(get_path("stdlib"), "EXTERNALLY-MANAGED").exists() and sys.prefix == sys.base_prefix
    return [sys.executable, "-m", "pip", "install", *(["--break-system-packages"] if managed else [])]


def _what(extra: str) -> list[str]:
    from importlib.metadata import PackageNotFoundError, distribution  # takes longer than all of --help

    try:
        package = distribution("summarizer")
    except PackageNotFoundError:
        return [f".[{extra}]"]
    origin = json.loads(package.read_text("direct_url.json") or "{}")
    url = str(origin.get("url", ""))
    path = unquote(urlsplit(url).path) if url.startswith("file:") else ""
    if path and Path(path).exists():
        return [f"{path}[{extra}]" if "dir_info" in origin else f"summarizer[{extra}] @ {url}"]
    if vcs := origin.get("vcs_info"):
        return [f"summarizer[{extra}] @ {vcs['vcs']}+{url}@{vcs['commit_id']}"]
    if url and not path:
        return [f"summarizer[{extra}] @ {url}"]
    return [
        requirement.split(";")[0].strip()
        for requirement in package.requires or ()
        if re.search(rf"extra\s*==\s*['\"]{re.escape(extra)}['\"]", requirement)
    ]
