"""Where the answers of a run come from: a model, the recordings, or a model whose answers are recorded."""

from __future__ import annotations

import datetime
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx2

from evals.errors import MeasureError
from evals.recordings import Recording, Tape, load_recording, save_recording
from evals.transports import Recorder, Replayer, SyncRecorder
from summarizer.model.weights import QWEN
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.model.client import Model

__all__ = ("LARGE", "LARGE_READER", "READ_AND_WRITTEN", "Answers", "Mode", "Source")

Mode = Literal["recorded", "live", "record"]
LARGE = ("large", "naive-large")
"""The systems that ask a large model; the others ask a small one, by default the embedded one."""
LARGE_READER = "large-reader"
READ_AND_WRITTEN = (
    "written by a large language model that read each request, served over a loopback endpoint; "
    "no hosted provider could be reached"
)
"""How the answers of the model that is called LARGE_READER were made."""

_RECORDED = "http://recorded.invalid/v1"  # the address of a model that is asked no more
_PATIENCE_S = 86_400.0  # for an answer that is recorded, however busy its model is
_KEY = "OPENAI_API_KEY"


@dataclass(frozen=True, slots=True)
class Source:
    """Which model is asked, as the command line says it; what it does not say is the environment's.

    `about` says in a sentence how the answers that are recorded come about.
    """

    model: str | None = None
    base_url: str | None = None
    about: str | None = None


@dataclass
class Answers:
    """Opens models for the systems of a run; `folder` holds the recordings.

    Recorded, no server is started and the environment has no say: a recording says how its model was asked.
    Recording asks only for what the tape does not have yet, and drops what was not asked for any more: remove a
    file to record it anew. `models` are the names of the models that were opened, by system.
    """

    mode: Mode
    folder: Path
    source: Source = field(default_factory=Source)
    models: dict[str, str] = field(default_factory=dict)

    def has(self, system: str, article: str) -> bool:
        """Whether there is a recording."""
        return self._path(system, article).is_file()

    def settings(self, system: str, before: Recording | None = None) -> Settings:
        """How `system` asks; a run on recorded answers asks as it was asked when they were recorded, in `before`.

        Raises MeasureError where the system needs a large model and none is named, ConfigError.
        """
        if self.mode == "recorded":
            return _as_recorded(before)
        # What is recorded must depend neither on the environment nor on how busy this machine is.
        named = self.source.model or self.source.base_url
        key = {_KEY: os.environ.get(_KEY, "")} if named else {}
        settings = Settings.from_env(
            key if self.mode == "record" else None,
            model=self.source.model,
            base_url=self.source.base_url,
            profile_name="large" if system in LARGE else "small",
        )
        if system in LARGE and settings.embedded:
            raise MeasureError(f"{system} asks a large model: name it with --model and --base-url")
        return replace(settings, request_s=_PATIENCE_S) if self.mode == "record" else settings

    @asynccontextmanager
    async def model(self, system: str, article: str, repeat: int) -> AsyncIterator[tuple[Model, Tape | None]]:
        """The model that `system` asks about `article`, and the tape it is on, None where it is live."""
        from summarizer.model.client import Model
        from summarizer.model.transport import network

        if self.mode == "live":
            async with Model(self.settings(system)) as model:
                self.models[system] = model.name
                await model.start()
                yield model, None
            return
        with self._open_tape(system, article, repeat) as (tape, settings):
            if self.mode == "recorded":
                async with Model(settings, transport=Replayer(tape), serve=False) as model:
                    self.models[system] = model.name
                    yield model, tape
                return
            async with Model(settings, transport=Recorder(tape, network(settings))) as model:
                self.models[system] = model.name
                await model.start()
                tape.weights_sha256 = model.weights_sha256
                yield model, tape

    @contextmanager
    def client(
        self, system: str, article: str, repeat: int
    ) -> Iterator[tuple[httpx2.Client, Tape, Settings]]:
        """An HTTP client for a system that brings its own way of asking, and the tape that counts its cost.

        Live, the tape begins empty and is kept nowhere.
        """
        with ExitStack() as stack:
            if self.mode == "live":
                tape, settings = Tape(system, article, repeat, (), where=self.folder), self.settings(system)
            else:
                tape, settings = stack.enter_context(self._open_tape(system, article, repeat))
            inner = Replayer(tape) if self.mode == "recorded" else SyncRecorder(tape, httpx2.HTTPTransport())
            client = httpx2.Client(transport=inner, timeout=settings.request_s)
            yield stack.enter_context(client), tape, settings

    def _path(self, system: str, article: str) -> Path:
        return self.folder / system / f"{article}.json"

    @contextmanager
    def _open_tape(self, system: str, article: str, repeat: int) -> Iterator[tuple[Tape, Settings]]:
        path = self._path(system, article)
        before = load_recording(path)
        tape = Tape(system, article, repeat, before.answers if before else (), where=path)
        settings = self.settings(system, before)
        if self.mode == "recorded":
            if before is not None and before.weights_sha256 not in (None, QWEN.sha256):
                raise MeasureError(
                    f"{path}: recorded with other weights than the embedded model has now; record again with: "
                    f"rm {path} && python -m evals --record --system {system} --only {article}"
                )
            yield tape, settings
            return
        whole = False
        try:
            yield tape, settings
            whole = True
        finally:
            if tape.answers:
                save_recording(path, self._after(before, tape, settings, whole))

    def _after(self, before: Recording | None, tape: Tape, settings: Settings, whole: bool) -> Recording:
        """The recording with what the tape has now; after a run that broke off nothing old is dropped."""
        old = before.answers if before and before.weights_sha256 == tape.weights_sha256 else ()
        kept = {answer.key: answer for answer in old if answer.repeat != tape.repeat or not whole}
        answers = tuple((kept | {answer.key: answer for answer in tape.answers}).values())
        same = before is not None and {a.digest for a in answers} <= {a.digest for a in before.answers}
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        return Recording(
            article=tape.article,
            system=tape.system,
            model=str(tape.answers[0].asked.get("model")),
            server=settings.profile.server.kind,
            profile=settings.profile.name,
            about=self._about(tape, before),
            weights_sha256=tape.weights_sha256,
            recorded=before.recorded if before and same else today,
            answers=answers,
        )

    def _about(self, tape: Tape, before: Recording | None) -> str:
        if self.source.about:
            return self.source.about
        if before is not None and before.about:
            return before.about
        if tape.weights_sha256 is not None:
            return "answered by the embedded model on this machine"
        reader = str(tape.answers[0].asked.get("model")) == LARGE_READER
        return READ_AND_WRITTEN if reader else "answered by the endpoint that was named"


def _as_recorded(before: Recording | None) -> Settings:
    """The settings that a recording was made with; without one the embedded model's, which will not be asked."""
    if before is None or before.weights_sha256 is not None:
        return Settings.from_env({}, profile_name="small")
    return Settings.from_env(
        {}, model=before.model, base_url=_RECORDED, server=before.server, profile_name=before.profile
    )
