"""What a job may ask: how many requests at once and how fast, for how long a silent endpoint, and for how much.

`Throttle` adapts: being asked to slow down (429, 503) halves what is in flight and holds everything back for as long
as the server says; answers bring it back quickly to three quarters of what it was, and then little by little.
Requests go out evenly: answers that came together would else be read one after the other while nothing is asked, and
the next requests would go, and be answered, together again. Their places are kept by anyio's limiter, the bounds
`--rpm` and `--tpm` by aiolimiter's leaky buckets.
`Breaker` is closed while the endpoint answers. Failures of so many different articles in a row open it: then one
article at a time asks whether the endpoint is back, after pauses that grow. An endpoint that has not answered once in
this run is not waited for.
`Budget` knows what was spent; prices come from genai-prices or as given, and are never guessed.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiolimiter import AsyncLimiter
from anyio import CapacityLimiter

from summarizer.batch.transports import answers_of
from summarizer.errors import ConfigError, RateLimitError
from summarizer.model.questions import Outcome
from summarizer.settings.profiles import is_near

_TOO_MANY = 429
_BUSY = {_TOO_MANY, 503}
_PAUSE_S = 0.5  # after a 429 that does not say how long, twice as long after the next
_SAFE = 0.75  # of the requests in flight when the server last had too many
_LONGEST_PAUSE_S = 60.0
_BURST_S = 6.0  # a bucket holds what it lets through in so many seconds: a tenth of a minute's bound
_SPACING = 0.5  # of the time between two requests at which as many are in flight as may be
_WIDEST_S = 0.05  # between two requests; what is read of an answer takes less
_TICK_S = 0.001  # no wait is shorter: a clock may stand still for less
_LEARNT = 0.1  # the weight of the latest request in the ratio of real to estimated tokens


class Throttle:
    """The rate limiter that every request of a job passes; a `summarizer.model.questions.RateLimiter`.

    At most `most` requests are in flight, at least one; `rpm` and `tpm` bound requests and tokens a minute
    (None: unbounded). `limit` is how many may be in flight now. Where the server asks for a pause of more than
    `patience` seconds, what would have to wait gets RateLimitError instead.
    """

    def __init__(
        self, most: int, *, rpm: float | None = None, tpm: float | None = None, patience: float = math.inf
    ) -> None:
        self.most = most
        self.patience = patience
        self.limit = float(most)
        self._safe = float(most)
        self._places = CapacityLimiter(most)
        self._waiting = 0
        self._requests = None if rpm is None else _bucket(rpm)
        self._tokens = None if tpm is None else _bucket(tpm)
        self._ratio = 1.0
        self._paused_until = 0.0
        self._in_a_row = 0
        self._takes = 0.0
        self._next_at = 0.0

    @property
    def in_flight(self) -> int:
        """How many requests have a place now."""
        return self._places.borrowed_tokens

    async def acquire(self, tokens: int) -> None:
        """Wait until a request of about `tokens` tokens may go; `report` must follow in the same task."""
        await self._take_place()
        try:
            await asyncio.sleep(self._until_next())
            if self._requests is not None:
                await self._requests.acquire()
            if self._tokens is not None:
                await self._tokens.acquire(min(tokens * self._ratio, self._tokens.max_rate))
        except BaseException:
            self._places.release()
            raise
        while self._pause_left() > 0:  # it began meanwhile
            self._places.release()
            await self._take_place()

    def report(self, outcome: Outcome) -> None:
        """Learn from how a request ended, and let the next one go."""
        self._learn(outcome)
        self._places.total_tokens = int(self.limit)
        self._places.release()

    @property
    def crowded(self) -> bool:
        """Whether requests wait here already, so that new articles had better not begin."""
        return self._waiting > self.limit / 2 or self._pause_left() > 0

    def pause(self, seconds: float | None) -> None:
        """Hold everything back for so long; None: a pause that grows from 429 to 429."""
        now = asyncio.get_running_loop().time()
        growing = min(_PAUSE_S * 2 ** max(0, self._in_a_row - 1), _LONGEST_PAUSE_S)
        self._paused_until = max(self._paused_until, now + (growing if seconds is None else seconds))

    async def wait_for_room(self) -> None:
        """Wait until the server has let through what is waiting."""
        while self.crowded:
            await asyncio.sleep(min(max(self._pause_left(), 0.01), 0.5))

    async def _take_place(self) -> None:
        """Take a place among those in flight, when there is no pause."""
        loop = asyncio.get_running_loop()
        began, paused = loop.time(), self._pause_left() > 0 or self.limit < self.most
        self._waiting += 1
        try:
            await self._places.acquire()
            while (left := self._pause_left()) > 0:
                self._places.release()
                if left > self.patience:
                    line = f"the endpoint asks to wait {left:.0f} s: try again later"
                    raise RateLimitError(line, retry_after=left)
                await asyncio.sleep(max(left, _TICK_S))
                await self._places.acquire()
        finally:
            self._waiting -= 1
        if paused and (article := answers_of.get()) is not None:
            article.held_s += loop.time() - began

    def _until_next(self) -> float:
        """Take the next moment at which a request may go, and return in how many seconds that is."""
        now = asyncio.get_running_loop().time()
        moment = max(self._next_at, now)
        if self.limit > 1:  # the one after it waits for its part of the time that an answer takes
            self._next_at = moment + min(self._takes / self.limit * _SPACING, _WIDEST_S)
        return moment - now

    def _pause_left(self) -> float:
        return self._paused_until - asyncio.get_running_loop().time() if self._paused_until else 0.0

    def _learn(self, outcome: Outcome) -> None:
        if outcome.status in _BUSY:
            began = asyncio.get_running_loop().time() - outcome.seconds
            if began >= self._paused_until:  # those sent before the last 429 are of the same burst
                if not self._in_a_row:
                    self._safe = self.limit * _SAFE
                self.limit = max(1.0, self.limit / 2)
                self._in_a_row += 1
            if outcome.status == _TOO_MANY or outcome.retry_after is not None:
                self.pause(outcome.retry_after)
            if (article := answers_of.get()) is not None:
                article.held_s += outcome.seconds + (outcome.retry_after or 0.0)
        elif outcome.status == 200:
            self._in_a_row = 0
            self._takes += _LEARNT * (outcome.seconds - self._takes) if self._takes else outcome.seconds
            step = 1.0 if self.limit + 1 <= self._safe else 1 / self.limit
            self.limit = min(float(self.most), self.limit + step)
            if outcome.tokens and outcome.estimated:
                self._ratio += _LEARNT * (outcome.tokens / outcome.estimated - self._ratio)


def _bucket(a_minute: float) -> AsyncLimiter:
    """A bucket that lets through `a_minute` in the long run, and a tenth of it (one at least) at once."""
    burst = max(1.0, a_minute * _BURST_S / 60)
    return AsyncLimiter(burst, burst * 60 / a_minute)


_FIRST_PAUSE_S = 5.0
_PAUSES = 50  # the first pause is a small part of whatever patience there is


class Breaker:
    """Counts failures of the endpoint; `patience` is how many seconds it is waited for.

    `threshold` is how many different articles must fail in a row, with no answer in between. `reason` is what
    went wrong last, in one line. `has_answered`: the endpoint has answered something in this run.
    """

    def __init__(self, threshold: int, patience: float) -> None:
        self.threshold = threshold
        self.patience = patience
        self.reason = ""
        # Held by the one article that asks while the breaker is open.
        self.probing = asyncio.Lock()
        self._first_pause = min(_FIRST_PAUSE_S, patience / _PAUSES)
        self._pause = self._first_pause
        self._failing: set[int] = set()
        self.has_answered = False
        self._down_since: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the endpoint is taken to be down."""
        return len(self._failing) >= self.threshold

    def gives_up(self, seconds: float = 0.0) -> bool:
        """Whether the endpoint has been waited for long enough, or asks for more than that: `seconds`."""
        if self.is_open and not self.has_answered:
            return True
        waited = 0.0 if self._down_since is None else time.monotonic() - self._down_since
        return waited + seconds > self.patience

    def failed(self, article: int, reason: str, *, answered: bool = False) -> None:
        """An article met an endpoint that is down; `answered`: after it had answered something of it."""
        self._failing.add(article)
        self.has_answered |= answered
        self.limited(reason)

    def limited(self, reason: str) -> None:
        """An article was asked to come back later: nothing is broken, but nothing was answered either."""
        self.reason = reason
        if self._down_since is None:
            self._down_since = time.monotonic()

    def answered(self) -> None:
        """The endpoint answered."""
        self.has_answered = True
        self._failing.clear()
        self._down_since = None
        self._pause = self._first_pause

    def next_pause(self) -> float:
        """How long to wait before the endpoint is asked again, in seconds; longer each time."""
        pause = self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_S)
        return pause


@dataclass(slots=True)
class Budget:
    """Tokens and US dollars spent by a job in its folder, over all its runs, with bounds on them.

    `price` None: the cost is not known, and no bound on it can be kept. `estimated`: not all tokens were counted by
    the server, some are estimated by the length of what was sent and received.
    """

    price: Price | None
    max_tokens: int | None = None
    max_cost: float | None = None
    tokens: int = 0
    cost: float = 0.0
    estimated: bool = False

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

    @property
    def spent(self) -> str | None:
        """Why nothing more may be asked; None while there is something left."""
        how = ", estimated since the server does not count them all" if self.estimated else ""
        if self.max_tokens is not None and self.tokens >= self.max_tokens:
            return f"--max-tokens {self.max_tokens:,} is reached ({self.tokens:,} tokens{how})"
        if self.max_cost is not None and self.cost >= self.max_cost:
            return f"--max-cost {self.max_cost:g} is reached (${self.cost:.4f}{how})"
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
    if is_near(urlsplit(base_url).hostname or ""):
        return None
    from genai_prices import Usage, __version__, calc_price

    context = {"processing": "batch"} if batch else None
    usage = Usage(input_tokens=_SAMPLE, output_tokens=_SAMPLE)
    try:
        found = calc_price(usage, model, provider_api_url=base_url, price_context=context)
    except LookupError:
        return None
    a_token = 1_000_000 / _SAMPLE
    prices = float(found.input_price) * a_token, float(found.output_price) * a_token
    return Price(*prices, f"genai-prices {__version__}")
