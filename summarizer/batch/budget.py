"""The budget: what a job has spent, and how much more it may."""

from __future__ import annotations

from summarizer.batch.prices import Price
from summarizer.schemas.report import MeetingReport

__all__ = ("Budget",)


class Budget:
    """Tokens and US dollars spent by a job in its folder, over all its runs, with bounds on them.

    `price` None: the cost is not known, and no bound on it can be kept.
    """

    def __init__(
        self,
        price: Price | None,
        *,
        max_tokens: int | None = None,
        max_cost: float | None = None,
        tokens: int = 0,
        cost: float = 0.0,
    ) -> None:
        self.price = price
        self.tokens = tokens
        self.cost = cost
        self._max_tokens = max_tokens
        self._max_cost = max_cost

    def book(self, tokens_in: int, tokens_out: int, price: Price | None = None) -> float | None:
        """Add tokens to what is spent, at another price where one is given.

        Gives what they cost, None where that is not known.
        """
        self.tokens += tokens_in + tokens_out
        price = price or self.price
        if price is None:
            return None
        cost = price.of(tokens_in, tokens_out)
        self.cost += cost
        return cost

    def cost_of(self, report: MeetingReport) -> float | None:
        """What a report cost, None where that is not known."""
        made = report.provenance
        return None if self.price is None else self.price.of(made.tokens_in, made.tokens_out)

    @property
    def spent(self) -> str | None:
        """Why nothing more may be asked; None while there is something left."""
        if self._max_tokens is not None and self.tokens >= self._max_tokens:
            return f"--max-tokens {self._max_tokens:,} is reached ({self.tokens:,} tokens)"
        if self._max_cost is not None and self.cost >= self._max_cost:
            return f"--max-cost {self._max_cost:g} is reached (${self.cost:.4f})"
        return None
