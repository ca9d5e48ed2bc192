"""The throttle: as much as the server lets, never more than was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from summarizer.batch.limits import Breaker, Throttle
from summarizer.batch.transports import ArticleAnswers, answers_of
from summarizer.errors import RateLimitError
from summarizer.model.questions import Outcome
from tests.clock import run_at_once

OK = Outcome(200, None, 100, 0.01)


async def ask(throttle: Throttle, outcome: Outcome = OK, *, tokens: int = 100, seconds: float = 0.0) -> float:
    """Pass the throttle once; the moment it let the request go, in seconds from the test's beginning."""
    await throttle.acquire(tokens)
    went = asyncio.get_running_loop().time()
    await asyncio.sleep(seconds)
    throttle.report(replace(outcome, estimated=tokens, seconds=seconds))
    return went


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    run_at_once(test())


def test_no_more_than_so_many_are_in_flight_and_each_gets_its_turn_in_order() -> None:
    async def test() -> None:
        throttle = Throttle(3)
        most, order = 0, []

        async def one(number: int) -> None:
            nonlocal most
            await throttle.acquire(1)
            most = max(most, throttle.in_flight)
            order.append(number)
            await asyncio.sleep(0.002)
            throttle.report(OK)

        await asyncio.gather(*map(one, range(20)))
        assert (most, order, throttle.in_flight) == (3, list(range(20)), 0)

    run(test)


def test_requests_go_out_evenly_once_it_is_known_how_long_an_answer_takes() -> None:
    async def test() -> None:
        throttle = Throttle(4)
        went = await asyncio.gather(*(ask(throttle, seconds=1.0) for _ in range(40)))
        first, later = went[:4], went[4:]
        assert set(first) == {0.0}
        apart = [after - before for before, after in pairwise(later)]
        assert min(apart) >= 0.05 - 1e-9
        assert later[-1] < 9 * 1.0 + 4 * 0.05, "as many as may be are in flight all the time"

    run(test)


def test_a_turn_that_comes_while_the_clock_is_looked_at_is_taken() -> None:
    async def test() -> None:
        throttle = Throttle(2)
        await ask(throttle, seconds=0.004)  # so the next ones go at least 0.001 s after each other
        async with asyncio.timeout(100):
            for _ in range(50):
                await ask(throttle, replace(OK, status=400))

    for tick in range(1, 10):
        run_at_once(test(), tick=tick / 10_000)


def test_a_burst_of_429_halves_the_limit_once_and_answers_raise_it_again() -> None:
    async def test() -> None:
        throttle = Throttle(16)
        limited = Outcome(429, 0.05, 0, 0.0)
        await asyncio.gather(*(ask(throttle, limited, seconds=0.01) for _ in range(10)))
        assert throttle.limit == 8
        for _ in range(400):
            await ask(throttle)
        assert throttle.limit == 16

    run(test)


def test_after_an_outage_the_limit_is_quickly_near_what_it_was_and_then_feels_its_way() -> None:
    async def test() -> None:
        throttle = Throttle(16)
        for _ in range(5):
            await ask(throttle, Outcome(503, None, 0, 0.0))
        assert throttle.limit == 1
        limits = []
        for _ in range(13):
            await ask(throttle)
            limits.append(throttle.limit)
        assert limits[:11] == list(range(2, 13)), "to three quarters of 16, one more for each answer"
        assert 12 < limits[-1] < 12.5

    run(test)


def test_the_limit_never_falls_below_one() -> None:
    async def test() -> None:
        throttle = Throttle(2)
        for _ in range(6):
            await ask(throttle, Outcome(429, 0.001, 0, 0.0))
        assert throttle.limit == 1
        await ask(throttle)

    run(test)


def test_a_retry_after_holds_everything_back_and_is_booked_as_time_held() -> None:
    async def test() -> None:
        throttle = Throttle(4)
        await ask(throttle, Outcome(429, 0.3, 0, 0.0))
        article = ArticleAnswers(1)
        answers_of.set(article)
        assert throttle.crowded
        assert await ask(throttle) == pytest.approx(0.3)
        assert article.held_s == pytest.approx(0.3)

    run(test)


def test_a_pause_holds_back_those_too_that_wait_for_their_part_of_a_minute() -> None:
    async def test() -> None:
        throttle = Throttle(8, rpm=60)  # a burst of 6, then one a second
        limited = [asyncio.create_task(ask(throttle, Outcome(429, 30.0, 0, 0.0))) for _ in range(6)]
        waiting = [asyncio.create_task(ask(throttle)) for _ in range(2)]
        went = await asyncio.gather(*limited, *waiting)
        assert went[:6] == [0.0] * 6
        assert min(went[6:]) >= 30.0
        assert throttle.in_flight == 0

    run(test)


def test_a_pause_holds_back_none_for_ever_that_gives_up_in_it() -> None:
    async def test() -> None:
        throttle = Throttle(8, rpm=60, patience=5)
        limited = [asyncio.create_task(ask(throttle, Outcome(429, 30.0, 0, 0.0))) for _ in range(6)]
        waiting = asyncio.create_task(ask(throttle))
        await asyncio.gather(*limited)
        with pytest.raises(RateLimitError, match="asks to wait"):
            await waiting
        assert throttle.in_flight == 0

    run(test)


def test_a_pause_that_is_longer_than_the_patience_is_an_error_for_all_who_would_wait() -> None:
    async def test() -> None:
        throttle = Throttle(1, patience=5)
        await throttle.acquire(1)
        waiting = asyncio.create_task(ask(throttle))
        await asyncio.sleep(0.01)
        throttle.report(Outcome(429, 130.0, 0, 0.0))
        with pytest.raises(RateLimitError, match="asks to wait 130 s"):
            await waiting
        with pytest.raises(RateLimitError):
            await ask(throttle)
        assert throttle.in_flight == 0

    run(test)


def test_a_503_that_does_not_say_how_long_lowers_the_limit_but_holds_nothing_back() -> None:
    async def test() -> None:
        throttle = Throttle(4)
        await ask(throttle, Outcome(503, None, 0, 0.0))
        assert throttle.limit == 2
        assert await ask(throttle) == 0

    run(test)


def test_requests_a_minute_are_kept_to_beyond_a_burst_of_a_tenth() -> None:
    async def test() -> None:
        throttle = Throttle(1000, rpm=600)
        went = sorted(await asyncio.gather(*(ask(throttle) for _ in range(70))))
        assert went.count(0.0) == 60
        assert went[-1] == pytest.approx(1.0), "60 at once, then ten a second"

    run(test)


def test_tokens_a_minute_follow_what_requests_really_take() -> None:
    async def test() -> None:
        throttle = Throttle(1000, tpm=60_000)  # a burst of 6,000
        for _ in range(60):
            await ask(throttle, Outcome(200, None, 10, 0.0), tokens=100)
        went = [await ask(throttle, Outcome(200, None, 10, 0.0), tokens=100) for _ in range(60)]
        assert went[-1] == 0, "by the estimates it would take six seconds"

    run(test)


def test_one_that_gives_up_waiting_takes_no_place() -> None:
    async def test() -> None:
        throttle = Throttle(1)
        await throttle.acquire(1)
        waiting = asyncio.create_task(ask(throttle))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        throttle.report(OK)
        await ask(throttle)
        assert throttle.in_flight == 0

    run(test)


def test_the_breaker_opens_after_different_articles_in_a_row_not_after_one_again_and_again() -> None:
    breaker = Breaker(3, patience=60)
    for _ in range(5):
        breaker.failed(1, "down")
    breaker.failed(2, "down")
    assert not breaker.is_open
    breaker.answered()
    breaker.failed(2, "down")
    breaker.failed(3, "down")
    assert not breaker.is_open
    breaker.failed(4, "down")
    assert breaker.is_open


def test_an_endpoint_that_has_answered_is_waited_for_and_one_that_never_did_is_not() -> None:
    never = Breaker(1, patience=60)
    never.failed(1, "down")
    assert never.gives_up()
    once = Breaker(1, patience=60)
    once.answered()
    once.failed(1, "down")
    assert not once.gives_up()
    assert once.gives_up(61)
    pauses = [once.next_pause() for _ in range(8)]
    assert pauses == sorted(pauses)
    assert pauses[-1] <= 60
