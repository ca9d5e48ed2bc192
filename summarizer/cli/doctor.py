"""The doctor: what would be used, why, and whether it answers, in plain words."""

from __future__ import annotations

import asyncio
import platform
import time
from collections.abc import Callable, Iterable
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, Field

from summarizer.cli.console import console_progress, print_result
from summarizer.cli.options import command, messages_option, model_options
from summarizer.errors import ConfigError, EndpointError, SummarizerError, WeightsError, install_command
from summarizer.model.client import Model
from summarizer.model.progress import Progress, no_progress
from summarizer.model.questions import Message, Question
from summarizer.model.weights import describe_weights
from summarizer.schemas.labels import Labels, labels
from summarizer.schemas.languages import Lang, message_lang
from summarizer.settings import NONE, Settings

if TYPE_CHECKING:
    import httpx2

_LIBRARIES = ("summarizer", "openai", "instructor", "pydantic")
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
    with console_progress("asking the model") as progress:
        checks = asyncio.run(diagnose(chosen, progress=progress, lang=message_lang()))
    print_result(render(checks, message_lang()))
    raise SystemExit(exit_code(checks))


class Check(NamedTuple):
    """One thing looked at: what was found in a line, and what to do where it is not `ok`."""

    name: str
    found: str
    ok: bool = True
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
    versions = [f"python {platform.python_version()}", *(f"{name} {version(name)}" for name in _LIBRARIES)]
    checks = [Check("versions", ", ".join(versions))]
    if isinstance(settings, ConfigError):
        return [*checks, _failed("settings", settings, words)]
    if settings.model == NONE:
        return [*checks, Check("model", words("cli.doctor.no_model"))]
    checks += (_model(settings, words), _endpoint(settings, words))
    checks.append(_weights(settings, words) if settings.embedded else _key(settings, words))
    if all(check.ok for check in checks):
        checks.append(await _answer(settings, progress, transport, words))
    return checks


def render(checks: Iterable[Check], lang: Lang = "en") -> str:
    """Return the checks as text, a line each, and below one that failed what to do."""
    lines: list[str] = []
    for name, found, ok, advice in checks:
        lines.append(f"{'ok ' if ok else '-- '} {labels(lang)(f'cli.check.{name}'):<9} {found}")
        lines += [f"{'':13} {advice}"] if advice else []
    return "\n".join(lines)


def exit_code(checks: Iterable[Check]) -> int:
    """0 where all is well, 2 where the set-up is not."""
    return 0 if all(check.ok for check in checks) else 2


def _by(origin: str | None, otherwise: str, words: Labels) -> str:
    return words("cli.doctor.by", origin=origin) if origin else words(otherwise)


def _model(settings: Settings, words: Labels) -> Check:
    why = _by(settings.origins.get("model"), "cli.doctor.default_model", words)
    profile, kind = settings.profile, settings.profile.server.kind
    server = (
        words("cli.doctor.unknown_server") if kind == "unknown" else words("cli.doctor.server", kind=kind)
    )
    size = words(f"cli.doctor.{profile.name}")
    return Check("model", words("cli.doctor.model", model=settings.model, why=why, size=size, server=server))


def _endpoint(settings: Settings, words: Labels) -> Check:
    if not settings.embedded:
        origin = settings.origins.get("azure_endpoint" if settings.azure_endpoint else "base_url")
        return Check("endpoint", f"{settings.endpoint}, {_by(origin, 'cli.doctor.default_endpoint', words)}")
    try:
        return Check("endpoint", words("cli.doctor.embedded", version=version("xllamacpp")))
    except PackageNotFoundError:
        advice = words("cli.doctor.install", command=install_command("embedded"))
        return Check("endpoint", words("cli.doctor.no_server"), ok=False, advice=advice)


def _key(settings: Settings, words: Labels) -> Check:
    name = next((name for name in ("api_key", "azure_token") if getattr(settings, name) is not None), None)
    if name is None:
        return Check("key", words("cli.doctor.no_key"))
    return Check("key", words("cli.doctor.key", origin=settings.origins.get(name, name)))


def _weights(settings: Settings, words: Labels) -> Check:
    try:
        state = describe_weights(settings.weights)
    except WeightsError as error:
        return _failed("weights", error, words)
    if state.state in ("given", "ready", "unchecked"):
        kind = words(f"cli.weights.{state.state}")
        return Check("weights", words("cli.doctor.weights", path=state.path, size=state.size, kind=kind))
    missing = state.expected - state.size
    advice = "cli.doctor.no_room" if state.free < missing else "cli.doctor.fetches"
    found = words("cli.doctor.not_whole", path=state.path)
    return Check("weights", found, ok=False, advice=words(advice, missing=missing, free=state.free))


async def _answer(
    settings: Settings, progress: Progress, transport: httpx2.AsyncBaseTransport | None, words: Labels
) -> Check:
    began = time.monotonic()
    async with Model(settings, progress=progress, transport=transport) as model:
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
        return Check("answer", found, ok=False, advice=advice)
    tokens = {"tokens_in": answer.usage.tokens_in, "tokens_out": answer.usage.tokens_out}
    return Check("answer", words("cli.doctor.answers", **took, **tokens))


def _failed(name: str, error: SummarizerError, words: Labels, advice: str | None = None) -> Check:
    """Return the error's own line, cut where it begins to say what to do."""
    found, _, own = words.translate(str(error)).partition(": ")
    return Check(name, found, ok=False, advice=advice or own or None)
