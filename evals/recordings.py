"""Recorded answers: what a model really said, in files that diff well, replayed where no model is.

One file an article, `recordings/<system>/<article>.json`. An answer is found by what was really sent: the
whole body of the request (model, messages, schema, parameters) and the index of the repeat. Neither the
address nor the headers are kept, so no port and no key. Each answer carries a digest of itself, and the
baseline one of all of them: an edited or a dropped answer does not pass unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import MeasureError

__all__ = (
    "Recorded",
    "Recording",
    "Tape",
    "digest_of_all",
    "load_recording",
    "request_key",
    "save_recording",
)

_EXCERPT = 240  # characters of the last message's end, kept for the reader of a diff
_SHOWN = 90  # and of these in an error


class Recorded(BaseModel):
    """One answer with what it answers; `seconds` is what it took when it was recorded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    repeat: int = Field(ge=0)
    asked: dict[str, Any]
    status: int
    answer: dict[str, Any]
    seconds: float
    digest: str

    def digest_now(self) -> str:
        """The digest of what the entry says now, whatever it says its digest is."""
        return _sha(self.model_dump(exclude={"digest"}))[:16]


class Recording(BaseModel):
    """All answers of one model to one system about one article.

    `server` and `profile` are the rows of the summarizer's tables by which the model was asked, so that it is asked
    the same again; `about` says how its answers came about.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str
    system: str
    model: str
    server: str | None = None
    profile: str | None = None
    about: str | None = None
    weights_sha256: str | None
    recorded: str = Field(description="The day, ISO.")
    answers: tuple[Recorded, ...]


class Tape:
    """The answers of one article, by what is asked; new ones are kept where the tape is `recording`.

    A transport asks it (`find`) and, where a model answered, tells it (`keep`). Afterwards `asked` lists what
    was used and `missing` says in a line each what had no answer.
    """

    def __init__(
        self, system: str, article: str, repeat: int, answers: tuple[Recorded, ...], *, where: Path
    ) -> None:
        self.system = system
        self.article = article
        self.repeat = repeat
        self.where = where
        self.asked: list[Recorded] = []
        self.missing: list[str] = []
        self.weights_sha256: str | None = None
        self._answers = {answer.key: answer for answer in answers if answer.repeat == repeat}
        self._asked_texts: list[str] = []
        self._shared = 0.0

    @property
    def tokens_shared(self) -> int:
        """Tokens read again because a request begins as an earlier one did, by the share of its characters."""
        return round(self._shared)

    @property
    def answers(self) -> tuple[Recorded, ...]:
        """The answers that were used, each once."""
        return tuple({answer.key: answer for answer in self.asked}.values())

    @property
    def seconds(self) -> float:
        """Seconds that the answers used took when they were recorded."""
        return sum(answer.seconds for answer in self.asked)

    def find(self, body: bytes) -> Recorded | None:
        """Return the recorded answer to this request, None where there is none."""
        answer = self._answers.get(request_key(body, self.repeat))
        if answer is not None:
            self._use(answer, json.loads(body))
        return answer

    def keep(self, body: bytes, status: int, answer: dict[str, Any], seconds: float) -> Recorded:
        """Record an answer that a model has just given."""
        request = json.loads(body)
        unsigned = Recorded(
            key=request_key(body, self.repeat),
            repeat=self.repeat,
            asked=_readable(request),
            status=status,
            answer=_essential(answer),
            seconds=round(seconds, 2),
            digest="",
        )
        kept = unsigned.model_copy(update={"digest": unsigned.digest_now()})
        self._answers[kept.key] = kept
        self._use(kept, request)
        return kept

    def _use(self, answer: Recorded, request: dict[str, Any]) -> None:
        text = "".join(f"{m.get('role')}\n{m.get('content')}\n" for m in request.get("messages", ()))
        begins = max((_alike(text, earlier) for earlier in self._asked_texts), default=0)
        tokens = (answer.answer.get("usage") or {}).get("prompt_tokens", 0)
        self._shared += tokens * begins / max(1, len(text))
        self._asked_texts.append(text)
        self.asked.append(answer)

    def no_answer(self, body: bytes) -> MeasureError:
        """The error of a request that has no recording: which one it is, and how to record again."""
        asked = " ".join(_last_message(json.loads(body)).split())[-_SHOWN:]
        why = "a prompt, a schema or a parameter has changed" if self._answers else "nothing is recorded"
        self.missing.append(
            f"{self.where}: no recorded answer to “…{asked}” ({why}); record again with: "
            f"python -m evals --record --system {self.system} --only {self.article}"
        )
        return MeasureError(self.missing[-1])


def request_key(body: bytes, repeat: int) -> str:
    """Return what names a request: a digest of its whole body, whatever the order of keys, and the repeat."""
    return _sha({"repeat": repeat, "request": json.loads(body)})[:32]


def load_recording(path: Path) -> Recording | None:
    """Return the recording in `path`, None where there is none.

    Raises MeasureError where the file is damaged or one of its answers was edited.
    """
    if not path.is_file():
        return None
    try:
        recording = Recording.model_validate_json(path.read_bytes())
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        raise MeasureError(f"{path}: damaged ({detail['msg']}); restore it or record again") from error
    for number, answer in enumerate(recording.answers, 1):
        if answer.digest != answer.digest_now():
            raise MeasureError(
                f"{path}: answer {number} was edited after it was recorded; restore it, or record again with: "
                f"rm {path} && python -m evals --record --system {recording.system}"
            )
    return recording


def save_recording(path: Path, recording: Recording) -> None:
    """Write a recording, keys sorted, answers in a fixed order, so that a change is a small diff."""
    answers = sorted(
        recording.answers, key=lambda answer: (answer.repeat, json.dumps(answer.asked), answer.key)
    )
    content = recording.model_copy(update={"answers": tuple(answers)}).model_dump()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def digest_of_all(folder: Path, system: str) -> str | None:
    """Return one digest over every recorded answer of `system`, None where there is none."""
    lines = sorted(
        f"{recording.article} {recording.model} {recording.weights_sha256} {answer.key} {answer.digest}"
        for recording in _recordings(folder / system)
        for answer in recording.answers
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else None


def _recordings(folder: Path) -> Iterator[Recording]:
    for path in sorted(folder.glob("*.json")):
        if recording := load_recording(path):
            yield recording


def _readable(request: dict[str, Any]) -> dict[str, Any]:
    """What a reader of a diff wants to know of a request; the key stands for all of it."""
    schema = (request.get("response_format") or {}).get("json_schema") or {}
    fields = (schema.get("schema") or {}).get("properties")
    parameters = {
        name: value
        for name, value in request.items()
        if name not in ("messages", "response_format", "tools", "tool_choice", "model")
    }
    return {
        "model": request.get("model"),
        "messages": len(request.get("messages", ())),
        "last_message": _last_message(request)[-_EXCERPT:],
        "fields": list(fields) if isinstance(fields, dict) else None,
        "parameters": parameters,
    }


def _last_message(request: dict[str, Any]) -> str:
    messages = request.get("messages") or [{}]
    return str(messages[-1].get("content") or "")


def _alike(one: str, other: str) -> int:
    """Characters that two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _essential(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without what differs from run to run and says nothing: ids, times, timings."""
    if "choices" not in answer:
        return answer
    usage = answer.get("usage") or {}
    return {
        "choices": [
            {
                "index": choice.get("index", 0),
                "finish_reason": choice.get("finish_reason"),
                "message": {k: v for k, v in (choice.get("message") or {}).items() if v is not None},
            }
            for choice in answer["choices"]
        ],
        "usage": {k: usage[k] for k in ("prompt_tokens", "completion_tokens", "total_tokens") if k in usage},
    }


def _sha(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
