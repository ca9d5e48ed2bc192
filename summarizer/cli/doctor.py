"""The doctor: what would be used, why, and whether it answers, in plain words."""

from __future__ import annotations

import asyncio
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from summarizer.cli.console import console_progress, print_result
from summarizer.cli.options import command, messages_option, model_options
from summarizer.errors import ConfigError, EndpointError, SummarizerError, WeightsError, install_command
from summarizer.model.client import open_model
from summarizer.model.progress import Progress, no_progress
from summarizer.model.questions import Message, Question
from summarizer.model.weights import describe_weights
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.languages import Lang, message_lang
from summarizer.settings import NONE, Settings

if TYPE_CHECKING:
    import httpx2

__all__ = ("Check", "diagnose", "doctor", "exit_code", "render")

_LIBRARIES = ("openai", "instructor", "pydantic")
_ANSWER_S = 120.0


@command(help=_("Say which model would be used, and whether it answers."))
@model_options
@messages_option
def doctor(settings: Callable[[], Settings]) -> None:
    """Print what was looked at; exit 2 where the set-up is not well."""
    try:
        chosen = settings()
    except ConfigError as error:
        chosen = error
    with console_progress() as progress:
        checks = asyncio.run(diagnose(chosen, progress=progress, lang=message_lang()))
    print_result(render(checks, message_lang()))
    raise SystemExit(exit_code(checks))


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
    lang: Lang = "en",
) -> list[Check]:
    """Look at everything a report needs, in the order it is needed, and ask the model something tiny.

    A ConfigError instead of settings becomes a check that failed, so that the rest is still looked at. Nothing is
    raised, and no key is shown. Takes at most two minutes beside what loading the embedded model takes.
    """
    words = labels(lang)
    checks = [_versions(words)]
    if isinstance(settings, ConfigError):
        return [*checks, _failed("settings", settings, words)]
    if settings.model == NONE:
        return [*checks, Check("model", ok=True, found=words("cli.doctor.no_model"))]
    checks += [
        _model(settings, words),
        _endpoint(settings, words),
        _weights(settings, words) if settings.embedded else _key(settings, words),
    ]
    if all(check.ok for check in checks):
        checks.append(await _answer(settings, progress, transport, words))
    return checks


def render(checks: Iterable[Check], lang: Lang = "en") -> str:
    """The checks as text, a line each, and below one that failed what to do."""
    lines: list[str] = []
    for check in checks:
        lines.append(
            f"{'ok ' if check.ok else '-- '} {labels(lang)(f'cli.check.{check.name}'):<9} {check.found}"
        )
        if check.advice is not None:
            lines.append(f"{'':13} {check.advice}")
    return "\n".join(lines)


def exit_code(checks: Iterable[Check]) -> int:
    """0 where all is well, 2 where the set-up is not."""
    return 0 if all(check.ok for check in checks) else 2


def _versions(words: Labels) -> Check:
    found = {name: _version(name) for name in ("summarizer", *_LIBRARIES)}
    shown = [f"python {platform.python_version()}"]
    shown += [f"{name} {one or words('cli.doctor.missing')}" for name, one in found.items()]
    missing = [name for name in _LIBRARIES if found[name] is None]
    advice = f"pip install {' '.join(missing)}" if missing else None
    return Check("versions", ok=not missing, found=", ".join(shown), advice=advice)


def _by(origin: str | None, otherwise: str, words: Labels) -> str:
    return words("cli.doctor.by", origin=origin) if origin else words(otherwise)


def _model(settings: Settings, words: Labels) -> Check:
    why = _by(settings.origins.get("model"), "cli.doctor.default_model", words)
    profile, kind = settings.profile, settings.profile.server.kind
    server = (
        words("cli.doctor.unknown_server") if kind == "unknown" else words("cli.doctor.server", kind=kind)
    )
    size = words(f"cli.doctor.{profile.name}")
    found = words("cli.doctor.model", model=settings.model, why=why, size=size, server=server)
    return Check("model", ok=True, found=found)


def _endpoint(settings: Settings, words: Labels) -> Check:
    if settings.embedded:
        if (found := _version("xllamacpp")) is None:
            return Check(
                "endpoint",
                ok=False,
                found=words("cli.doctor.no_server"),
                advice=words("cli.doctor.install", command=install_command("embedded")),
            )
        return Check("endpoint", ok=True, found=words("cli.doctor.embedded", version=found))
    origin = settings.origins.get("azure_endpoint" if settings.azure_endpoint else "base_url")
    why = _by(origin, "cli.doctor.default_endpoint", words)
    return Check("endpoint", ok=True, found=f"{settings.endpoint}, {why}")


def _key(settings: Settings, words: Labels) -> Check:
    for name in ("api_key", "azure_token"):
        if getattr(settings, name) is not None:
            origin = settings.origins.get(name, name)
            return Check("key", ok=True, found=words("cli.doctor.key", origin=origin))
    return Check("key", ok=True, found=words("cli.doctor.no_key"))


def _weights(settings: Settings, words: Labels) -> Check:
    try:
        state = describe_weights(settings.weights)
    except WeightsError as error:
        return _failed("weights", error, words)
    if state.given or state.state in ("ready", "unchecked"):
        kind = "given" if state.given else state.state
        found = words(
            "cli.doctor.weights", path=state.path, size=state.size, kind=words(f"cli.weights.{kind}")
        )
        return Check("weights", ok=True, found=found)
    missing = (state.expected or 0) - state.size
    advice = words("cli.doctor.fetches", missing=missing)
    if state.free < missing:
        advice = words("cli.doctor.no_room", missing=missing, free=state.free)
    return Check("weights", ok=False, found=words("cli.doctor.not_whole", path=state.path), advice=advice)


async def _answer(
    settings: Settings, progress: Progress, transport: httpx2.AsyncBaseTransport | None, words: Labels
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
            advice = words("cli.doctor.served", models=", ".join(served)) if served else None
            return _failed("answer", error, words, advice)
    took = {"seconds": round(time.monotonic() - ready, 1), "ready": round(ready - began, 1)}
    if answer.value is None:
        found, advice = words("cli.doctor.no_shape", **took), words("cli.doctor.other_mode")
        return Check("answer", ok=False, found=found, advice=advice)
    usage = answer.usage
    found = words("cli.doctor.answers", **took, tokens_in=usage.tokens_in, tokens_out=usage.tokens_out)
    return Check("answer", ok=True, found=found)


def _failed(name: str, error: SummarizerError, words: Labels, advice: str | None = None) -> Check:
    """The error's own line, cut where it begins to say what to do."""
    found, _, own = words.translate(str(error)).partition(": ")
    return Check(name, ok=False, found=found, advice=advice or own or None)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
