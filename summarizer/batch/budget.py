"""The budget: what a job has spent, how much more it may, and what a model's tokens cost.

Prices come from genai-prices or as given; they are never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from summarizer.errors import ConfigError
from summarizer.schemas.report import MeetingReport

__all__ = ("FREE", "Budget", "Price", "find_price", "parse_price")


class Budget:
    """Tokens and US dollars spent by a job in its folder, over all its runs, with bounds on them.

    `price` None: the cost is not known, and no bound on it can be kept. `estimated`: not all tokens were counted by
    the server, some are estimated by the length of what was sent and received.
    """

    def __init__(
        self,
        price: Price | None,
        *,
        max_tokens: int | None = None,
        max_cost: float | None = None,
        tokens: int = 0,
        cost: float = 0.0,
        estimated: bool = False,
    ) -> None:
        self.price = price
        self.estimated = estimated
        self.tokens = tokens
        self.cost = cost
        self._max_tokens = max_tokens
        self._max_cost = max_cost

    def book(
        self, tokens_in: int, tokens_out: int, estimated: bool = False, price: Price | None = None
    ) -> float | None:
        """Add tokens to what is spent, at another price where one is given.

        Gives what they cost, None where that is not known.
        """
        self.tokens += tokens_in + tokens_out
        self.estimated |= estimated
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
        how = ", estimated since the server does not count them all" if self.estimated else ""
        if self._max_tokens is not None and self.tokens >= self._max_tokens:
            return f"--max-tokens {self._max_tokens:,} is reached ({self.tokens:,} tokens{how})"
        if self._max_cost is not None and self.cost >= self._max_cost:
            return f"--max-cost {self._max_cost:g} is reached (${self.cost:.4f}{how})"
        return None


_SAMPLE = 1000  # tokens to ask the price of: below every step of a price that grows with the request


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens read and written, and where the figures come from."""

    tokens_in: float
    tokens_out: float
    origin: str

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """What so many tokens cost, in US dollars."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


FREE = Price(0.0, 0.0, "nothing is asked outside this machine")


def parse_price(given: str) -> Price:
    """The price given as `IN,OUT`, in US dollars for a million tokens; raises `ConfigError`."""
    try:
        tokens_in, tokens_out = (float(part) for part in given.split(","))
    except ValueError:
        tokens_in = tokens_out = -1.0
    if not (0 <= tokens_in < 1e6 and 0 <= tokens_out < 1e6):
        raise ConfigError(
            f"--price must be IN,OUT in dollars for a million tokens, such as 0.4,1.6, not {given!r}"
        )
    return Price(tokens_in, tokens_out, "--price")


def find_price(model: str, base_url: str | None, *, batch: bool = False) -> Price | None:
    """The price of `model` at `base_url` (None: the embedded model); None where it is not known.

    A server on this machine or its network has no known price, whatever its model is called. `batch` asks
    for that of the provider's Batch API.
    """
    if base_url is None:
        return FREE
    if _is_near(base_url):
        return None
    try:
        from genai_prices import Usage, __version__, calc_price
    except ImportError:
        return None
    context = {"processing": "batch"} if batch else None
    usage = Usage(input_tokens=_SAMPLE, output_tokens=_SAMPLE)
    try:
        found = calc_price(usage, model, provider_api_url=base_url, price_context=context)
    except LookupError:
        return None
    per_million = 1_000_000 / _SAMPLE
    return Price(
        float(found.input_price) * per_million,
        float(found.output_price) * per_million,
        f"genai-prices {__version__}",
    )


def _is_near(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan"))
