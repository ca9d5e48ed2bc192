"""The doctor: what would be used, why, and whether it answers, in plain words."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from summarizer.errors import ConfigError, EndpointError, SummarizerError, WeightsError, install_command
from summarizer.model.client import open_model
from summarizer.model.progress import Progress, no_progress
from summarizer.model.questions import Message, Question
from summarizer.model.weights import describe_weights
from summarizer.settings import NONE, Settings

if TYPE_CHECKING:
    import httpx2

__all__ = ("Check", "diagnose", "exit_code", "render")

_LIBRARIES = ("openai", "instructor", "pydantic")
_ANSWER_S = 120.0
_MISSING = "not installed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found in a line, and what to do where it is not `ok`."""

    name: str
    ok: bool
    found: str
    advice: str | None = None


class _Counted(BaseModel):
    """What the number of the doctor's sentence counts."""

    two: str = Field(alias="1. 02")


_QUESTION = Question(
    part="doctor",
    messages=(
        Message(
            role="user",
            content="Có 02 chi bộ được khen thưởng. "
            'Số 02 đếm cái gì? Trả lời bằng JSON: {"1. 02": "<cụm danh từ>"}',
        ),
    ),
    response_model=_Counted,
    max_tokens=40,
)


async def diagnose(
    settings: Settings | ConfigError,
    *,
    progress: Progress = no_progress,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> list[Check]:
    """Look at everything a report needs, in the order it is needed, and ask the model something tiny.

    A ConfigError instead of settings becomes a check that failed, so that the rest is still looked at. Nothing is
    raised, and no key is shown. Takes at most two minutes beside what loading the embedded model takes.
    """
    checks = [_versions()]
    if isinstance(settings, ConfigError):
        return [*checks, _failed("settings", settings)]
    if settings.model == NONE:
        return [*checks, Check("model", ok=True, found="none: the rules alone, and nothing else is needed")]
    checks += [
        _model(settings),
        _endpoint(settings),
        _weights(settings) if settings.embedded else _key(settings),
    ]
    if all(check.ok for check in checks):
        checks.append(await _answer(settings, progress, transport))
    return checks


def render(checks: Iterable[Check]) -> str:
    """The checks as text, a line each, and below one that failed what to do."""
    lines: list[str] = []
    for check in checks:
        lines.append(f"{'ok ' if check.ok else '-- '} {check.name:<9} {check.found}")
        if check.advice is not None:
            lines.append(f"{'':13} {check.advice}")
    return "\n".join(lines)


def exit_code(checks: Iterable[Check]) -> int:
    """0 where all is well, 2 where the set-up is not."""
    return 0 if all(check.ok for check in checks) else 2


def _versions() -> Check:
    found = [f"python {platform.python_version()}", f"summarizer {_version('summarizer')}"]
    found += [f"{name} {_version(name)}" for name in _LIBRARIES]
    if missing := [name for name in _LIBRARIES if _version(name) == _MISSING]:
        return Check("versions", ok=False, found=", ".join(found), advice=f"pip install {' '.join(missing)}")
    return Check("versions", ok=True, found=", ".join(found))


def _model(settings: Settings) -> Check:
    origin = settings.origins.get("model")
    why = f"by {origin}" if origin else "since neither a model nor a key is set"
    found = f"{settings.model}, {why}; asked as {settings.profile.label}"
    return Check("model", ok=True, found=found)


def _endpoint(settings: Settings) -> Check:
    if settings.embedded:
        if (found := _version("xllamacpp")) == _MISSING:
            return Check(
                "endpoint",
                ok=False,
                found="the embedded server needs the package xllamacpp",
                advice=f"{install_command('embedded')}, or name another model with --model",
            )
        return Check("endpoint", ok=True, found=f"the embedded server, in this process (xllamacpp {found})")
    origin = settings.origins.get("azure_endpoint" if settings.azure_endpoint else "base_url")
    why = f"by {origin}" if origin else "since no other is set"
    return Check("endpoint", ok=True, found=f"{settings.endpoint}, {why}")


def _key(settings: Settings) -> Check:
    for name in ("api_key", "azure_token"):
        if getattr(settings, name) is not None:
            return Check("key", ok=True, found=f"set, by {settings.origins.get(name, name)}")
    return Check("key", ok=True, found="none, and none may be needed here")


def _weights(settings: Settings) -> Check:
    try:
        state = describe_weights(settings.weights)
    except WeightsError as error:
        return _failed("weights", error)
    found = f"{state.path}, {state.size:,} bytes"
    if state.given:
        return Check("weights", ok=True, found=f"{found}, a file of your own")
    if state.state == "ready":
        return Check("weights", ok=True, found=f"{found}, SHA-256 checked")
    if state.state == "unchecked":
        return Check("weights", ok=True, found=f"{found}, SHA-256 not checked yet")
    missing = (state.expected or 0) - state.size
    advice = f"the first `summarizer summarize` fetches {missing:,} bytes"
    if state.free < missing:
        advice = f"{missing:,} bytes are missing and {state.free:,} free: make room, or set SUMMARIZER_CACHE"
    return Check("weights", ok=False, found=f"not whole at {state.path}", advice=advice)


async def _answer(
    settings: Settings, progress: Progress, transport: httpx2.AsyncBaseTransport | None
) -> Check:
    began = time.monotonic()
    async with open_model(settings, progress=progress, transport=transport) as model:
        try:
            await model.start()
            ready = time.monotonic()
            answer = await model.ask(_QUESTION, deadline=ready + _ANSWER_S)
        except SummarizerError as error:
            unknown = isinstance(error, EndpointError) and error.status == 404
            served = await model.served() if unknown else []
            return _failed("answer", error, f"it has {', '.join(served)}" if served else None)
    took = f"in {time.monotonic() - ready:.1f} s, ready after {ready - began:.1f} s"
    if answer.value is None:
        return Check(
            "answer",
            ok=False,
            found=f"it answers {took}, but not in the shape asked for",
            advice="another SUMMARIZER_MODE (MD_JSON, TOOLS) or another model may do better",
        )
    usage = answer.usage
    return Check("answer", ok=True, found=f"{took}, {usage.tokens_in} tokens in and {usage.tokens_out} out")


def _failed(name: str, error: SummarizerError, advice: str | None = None) -> Check:
    """The error's own line, cut where it begins to say what to do."""
    found, _, own = str(error).partition(": ")
    return Check(name, ok=False, found=found, advice=advice or own or None)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _MISSING
