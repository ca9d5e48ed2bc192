"""Where the answers of a run come from: a model, the recordings, or a model whose answers are recorded."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx2

from evals.errors import MeasureError
from evals.recordings import Recording, Tape, load_recording, save_recording
from evals.transports import Recorder, Replayer, SyncRecorder, SyncReplayer
from summarizer.model.weights import QWEN
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.model.client import Model

__all__ = ("Answers", "Mode")

Mode = Literal["recorded", "live", "record"]


@dataclass
class Answers:
    """Opens models for the systems of a run; `folder` holds the recordings.

    Recorded, no server is started and the environment has no say. Recording asks only for what the tape does
    not have yet, and drops what was not asked for any more: remove a file to record it anew.
    """

    mode: Mode
    folder: Path
    settings: Settings

    @asynccontextmanager
    async def model(self, system: str, article: str, repeat: int) -> AsyncIterator[tuple[Model, Tape | None]]:
        """The model that `system` asks about `article`, and the tape it is on, None where it is live."""
        from summarizer.model.client import open_model
        from summarizer.model.transport import network

        if self.mode == "live":
            async with open_model(self.settings) as model:
                await model.start()
                yield model, None
            return
        with self._open_tape(system, article, repeat) as tape:
            if self.mode == "recorded":
                async with open_model(self.settings, transport=Replayer(tape), serve=False) as model:
                    yield model, tape
                return
            transport = Recorder(tape, network(self.settings))
            async with open_model(self.settings, transport=transport) as model:
                await model.start()
                tape.weights_sha256 = model.weights_sha256
                yield model, tape

    @contextmanager
    def client(self, system: str, article: str, repeat: int) -> Iterator[tuple[httpx2.Client, Tape]]:
        """An HTTP client for a system that brings its own way of asking, and the tape that counts its cost.

        Live, the tape begins empty and is kept nowhere.
        """
        with ExitStack() as stack:
            if self.mode == "live":
                tape = Tape(system, article, repeat, (), where=self.folder)
            else:
                tape = stack.enter_context(self._open_tape(system, article, repeat))
            inner = (
                SyncReplayer(tape) if self.mode == "recorded" else SyncRecorder(tape, httpx2.HTTPTransport())
            )
            yield stack.enter_context(httpx2.Client(transport=inner, timeout=self.settings.request_s)), tape

    @contextmanager
    def _open_tape(self, system: str, article: str, repeat: int) -> Iterator[Tape]:
        path = self.folder / system / f"{article}.json"
        before = load_recording(path)
        tape = Tape(system, article, repeat, before.answers if before else (), where=path)
        if self.mode == "recorded":
            if before is not None and self.settings.embedded and before.weights_sha256 != QWEN.sha256:
                raise MeasureError(
                    f"{path}: recorded with other weights than the embedded model has now; record again with: "
                    f"rm {path} && python -m evals --record --system {system} --only {article}"
                )
            yield tape
            return
        whole = False
        try:
            yield tape
            whole = True
        finally:
            if tape.answers:
                save_recording(path, _after(before, tape, whole))


def _after(before: Recording | None, tape: Tape, whole: bool) -> Recording:
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
        weights_sha256=tape.weights_sha256,
        recorded=before.recorded if before and same else today,
        answers=answers,
    )
