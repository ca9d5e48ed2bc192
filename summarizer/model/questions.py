"""Questions to a model and what comes back: plain values, with no library of any model behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypedDict, TypeVar

from pydantic import BaseModel

from summarizer.model.responses import Check

__all__ = ("Answer", "Attempt", "Message", "Outcome", "Question", "RateLimiter", "Usage")

T = TypeVar("T", bound=BaseModel)


class Message(TypedDict):
    """One message of a question; its content is sent byte for byte, never rendered as a template."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """Something to ask a model, to be answered in the shape of `response_model`.

    `keys` are those of the numbers that it is about, in the schema and in the answer. `check` holds an answer to this
    article, within the validation of the response model: it returns what is wrong, a line each. Those lines, and what
    a `ValueError` of the response model's own validators says, go to the model word for word, so they are short and
    Vietnamese. `part` books the cost (`counts`, `meeting`). `max_tokens` bounds one answer; `reasks` is how often an
    answer that fails is asked again. `beginning` is how many characters of the last message other questions about the
    same article begin with too, with the same messages before it: a provider that caches prompts is told so. 0: none.
    """

    part: str
    messages: tuple[Message, ...]
    response_model: type[T]
    max_tokens: int
    reasks: int = 1
    beginning: int = 0
    keys: Sequence[str] = ()
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer received: its JSON as text, why it failed (None: it held), and what it cost.

    Tokens are the server's own figures, or estimates by length where it gives none (`estimated`).
    `tokens_cached` of `tokens_in` were read from the server's cache. `seconds` run from the sending of the
    request that was answered.
    """

    raw: str
    failure: str | None
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    estimated: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What a question cost: answers received, failed ones included, and requests sent.

    `seconds` is the time spent waiting for the model: requests and pauses between them, without the time in
    the queue.
    """

    attempts: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    estimated: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The answer to a question; `value` is None when it kept failing, and `failure` says why in one line.

    `value` is an instance of the question's response model. `raw` is the JSON text of the last
    attempt, also of one that failed its checks.
    """

    value: T | None
    failure: str | None
    raw: str
    usage: Usage
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one request ended, for a rate limiter to learn from.

    `status`: the HTTP status, None where no response came; `retry_after`: seconds the server asks to wait, where
    it does; `tokens`: tokens read and written, 0 where nothing was answered; `seconds`: from sending to the end;
    `estimated`: the tokens that were expected when the request was let go.
    """

    status: int | None
    retry_after: float | None
    tokens: int
    seconds: float
    estimated: int = 0


class RateLimiter(Protocol):
    """Decides when a request may go. Each `acquire` that returns is followed by exactly one `report`."""

    async def acquire(self, tokens: int) -> None:
        """Wait until a request of about `tokens` tokens, question and answer, may go.

        The wait moves the question's own deadline, not the article's. Raises RateLimitError where it would be
        longer than is worth waiting.
        """
        ...

    def report(self, outcome: Outcome) -> None:
        """Note how the request ended; one that was cancelled has neither status nor tokens."""
        ...
