"""Questions to a model and what comes back: plain values, with no library of any model behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypedDict, TypeVar

from pydantic import BaseModel

from summarizer.model.responses import Check
from summarizer.schemas.provenance import PartCost

__all__ = ("Answer", "Attempt", "Message", "Outcome", "Question", "RateLimiter", "evenly")

T = TypeVar("T", bound=BaseModel)
Item = TypeVar("Item")


class Message(TypedDict):
    """One message of a question; its content is sent byte for byte, never rendered as a template."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """Something to ask a model, to be answered in the shape of `response_model`.

    `part` books the cost (`counts`, `meeting`). `max_tokens` bounds one answer; `reasks` is how often an answer that
    fails is asked again. `beginning` is how many characters of the last message other questions about the same
    article begin with too, with the same messages before it: a provider that caches prompts is told so. `keys` are
    those of the numbers that it is about, in the schema and in the answer; `check` holds an answer to the article.
    """

    part: str
    messages: tuple[Message, ...]
    response_model: type[T]
    max_tokens: int
    reasks: int = 1
    beginning: int = 0
    keys: Sequence[str] = ()
    check: Check | None = None


def evenly(items: Sequence[Item], most: int) -> list[Sequence[Item]]:
    """Return the items in as few runs of at most `most` as do, all of nearly the same length."""
    size = -(-len(items) // max(1, -(-len(items) // most)))
    return [items[at : at + size] for at in range(0, len(items), max(1, size))]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer received: its JSON as text, its tokens, and why it failed (None: it held).

    Tokens are the server's own figures, or estimates by length where it gives none.
    """

    raw: str
    tokens_in: int
    tokens_out: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The answer to a question: an instance of its response model, None when every attempt failed its checks.

    `usage.seconds` is the time spent waiting for the model: requests and pauses between them, not the queue.
    """

    value: T | None
    attempts: tuple[Attempt, ...]
    usage: PartCost

    @property
    def failure(self) -> str | None:
        """Why the last attempt failed, in one line."""
        return self.attempts[-1].failure

    @property
    def raw(self) -> str:
        """The JSON text of the last attempt."""
        return self.attempts[-1].raw


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
