"""A question to a model: what is sent, what comes back, and what every fault of a server becomes."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import json
import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

import summarizer
from summarizer.errors import (
    AnswerError,
    ConfigError,
    CreditError,
    DeadlineError,
    EndpointError,
    ModelError,
    RateLimitError,
    RefusedAnswerError,
    TruncatedAnswerError,
)
from summarizer.model.client import Model
from summarizer.model.questions import Answer, Message, Outcome, Question
from summarizer.settings import Settings
from tests.clock import QuickClock
from tests.conftest import Serve
from tests.loopback import (
    Loopback,
    Reply,
    Request,
    broken,
    busy,
    chat,
    cut,
    dropped,
    failed,
    hanging,
    html,
    no_choices,
    tool_call,
)

ARTICLE = "Năm 2020, 02 chi bộ hoàn thành xuất sắc nhiệm vụ, 12 đảng viên được khen thưởng."
KEY = "sk-very-secret-4711"
RIGHT = {"1. 02": "chi bộ", "2. 12": "đảng viên"}


class Pinned(BaseModel):
    """Two numbers, each named by what it counts."""

    model_config = ConfigDict(extra="forbid")

    first: str = Field(alias="1. 02")
    second: str = Field(alias="2. 12")

    @field_validator("first", "second")
    @classmethod
    def _stands_in_the_article(cls, message: str) -> str:
        if message not in ARTICLE:
            raise ValueError("không có trong câu")
        return message


def question(reasks: int = 1, **changed: Any) -> Question[Pinned]:
    messages = (
        Message(role="system", content="Mỗi số đếm cái gì? Trả lời bằng JSON."),
        Message(role="user", content=ARTICLE),
    )
    return Question("counts", changed.get("messages", messages), Pinned, max_tokens=60, reasks=reasks)


def settings(server: Loopback, /, **changed: Any) -> Settings:
    plain = {"model": "m", "base_url": server.base_url, "request_s": 5.0, "retries": 2}
    return Settings(**{**plain, "api_key": SecretStr(KEY), **changed})


def value(got: Answer[Any]) -> Any:
    return got.value and got.value.model_dump(by_alias=True)


def ask(
    setting: Settings, asked: Question[Any] | None = None, *, deadline_s: float | None = None, **opened: Any
) -> Answer[Any]:
    async def once() -> Answer[Any]:
        async with Model(setting, **opened) as model:
            await model.start()
            deadline = None if deadline_s is None else time.monotonic() + deadline_s
            return await model.ask(asked or question(), deadline=deadline)

    return asyncio.run(once())


# --- what is sent


def test_messages_arrive_byte_for_byte(serve: Serve) -> None:
    text = "  {{ 1+1 }} {% raw\n\n   \xa002\t\x00 {%- x %}\n\n\nu\u031b\u01b0 \u200b<b>{đảng}</b>\n   \n"
    server = serve()
    sent = (Message(role="system", content=text), Message(role="user", content=text))

    ask(settings(server), question(messages=sent, reasks=0))

    assert server.requests[0].messages == list(sent)


def test_a_lone_surrogate_does_not_stop_a_question(serve: Serve) -> None:
    server = serve([chat(RIGHT)])

    ask(settings(server), question(messages=(Message(role="user", content="02 chi bộ \ud83d"),)))

    assert server.requests[0].messages[0]["content"] == "02 chi bộ ?"


def test_a_plain_server_gets_the_schema_and_fixed_sampling(serve: Serve) -> None:
    server = serve([chat(RIGHT)])

    ask(settings(server, server="llama.cpp", seed=7))

    body = server.requests[0].body
    assert (body["model"], body["max_tokens"], body["temperature"], body["seed"]) == ("m", 60, 0, 7)
    assert body["cache_prompt"] is True
    assert list(server.requests[0].schema["properties"]) == ["1. 02", "2. 12"]
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_openai_gets_a_strict_schema(serve: Serve) -> None:
    server = serve([chat(RIGHT)])

    ask(settings(server, server="openai"))

    sent = server.requests[0].body["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"]["additionalProperties"] is False
    assert sent["schema"]["required"] == ["1. 02", "2. 12"]


def test_a_reasoning_model_gets_room_to_think_and_no_temperature(serve: Serve) -> None:
    server = serve([chat(RIGHT)])

    ask(settings(server, server="openai", model="gpt-5-mini"))

    body = server.requests[0].body
    assert body["max_completion_tokens"] > 1000
    assert not {"temperature", "seed", "max_tokens"} & body.keys()


def test_azure_is_asked_at_its_deployment(serve: Serve) -> None:
    server = serve([chat(RIGHT)])
    azure = server.base_url.removesuffix("/v1")

    ask(settings(server, base_url=None, azure_endpoint=azure, api_version="2025-04-01-preview"))

    assert server.requests[0].path == "/openai/deployments/m/chat/completions?api-version=2025-04-01-preview"
    assert server.requests[0].headers["api-key"] == KEY


# --- what comes back


def test_an_answer_that_holds(serve: Serve) -> None:
    server = serve([chat(RIGHT, usage=(210, 34))])

    got = ask(settings(server))

    assert value(got) == RIGHT
    assert got.failure is None
    assert json.loads(got.raw) == RIGHT
    usage = got.usage
    assert (usage.attempts, usage.tokens_in, usage.tokens_out) == (1, 210, 34)


def test_tokens_are_estimated_where_the_server_does_not_count(serve: Serve) -> None:
    usage = ask(settings(serve([chat(RIGHT, usage=None)]))).usage

    assert 20 < usage.tokens_in < 100
    assert 5 < usage.tokens_out < 40


@pytest.mark.parametrize(
    "written",
    [
        "```json\n{}\n```",
        "```\n{}\n```\n",
        '<think>{"1. 02": "nghĩ"} vậy thì…</think>\n{}',
        'nghĩ thầm {"1. 02": "x"}</think>{}',
        "Đây là câu trả lời:\n{}\nHết.",
        "\n\n {} \n",
        "\ufeff{}",
    ],
)
@pytest.mark.parametrize("mode", ["JSON_SCHEMA", "JSON", "MD_JSON"])
def test_json_is_found_among_thoughts_fences_and_talk(serve: Serve, mode: str, written: str) -> None:
    server = serve([chat(written.replace("{}", json.dumps(RIGHT, ensure_ascii=False)))])

    got = ask(settings(server, mode=mode))

    assert value(got) == RIGHT
    assert got.usage.attempts == 1


def test_an_answer_may_come_as_a_tool_call(serve: Serve) -> None:
    server = serve([tool_call({"1. 02": "sai"}), tool_call(RIGHT)])

    got = ask(settings(server, mode="TOOLS"))

    assert value(got) == RIGHT
    assert got.attempts[0].raw == '{"1. 02": "sai"}'


def test_an_answer_may_come_in_parts(serve: Serve) -> None:
    whole = json.dumps(RIGHT, ensure_ascii=False)
    parts = [{"type": "text", "text": whole[:9]}, {"type": "text", "text": whole[9:]}]
    choices = [{"index": 0, "message": {"role": "assistant", "content": parts}, "finish_reason": "stop"}]

    assert value(ask(settings(serve([Reply({"choices": choices})])))) == RIGHT


# --- re-asks


def test_a_reask_names_only_what_failed_in_the_validators_own_words(serve: Serve) -> None:
    server = serve([chat({"1. 02": "chi bộ", "2. 12": "học sinh"}), chat(RIGHT)])

    got = ask(settings(server))

    assert value(got) == RIGHT
    first, second = server.requests
    assert second.messages[: len(first.messages)] == first.messages
    answered, told = second.messages[len(first.messages) :]
    assert json.loads(answered["content"]) == {"1. 02": "chi bộ", "2. 12": "học sinh"}
    assert told["role"] == "user"
    assert told["content"].splitlines()[1:] == ["- 2. 12: không có trong câu"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"1. 02": "chi bộ"}, "2. 12: còn thiếu"),
        ({**RIGHT, "3. 5": "x"}, "3. 5: không có trong mẫu, bỏ đi"),
        ({"1. 02": 2, "2. 12": "đảng viên"}, "1. 02: phải là chuỗi chữ"),
        ('{"1. 02": 02, "2. 12": "đảng viên"}', "câu trả lời không phải là JSON đúng"),
        ("Tôi không biết.", "câu trả lời không phải là JSON đúng"),
        (None, "câu trả lời không phải là JSON đúng"),
    ],
)
def test_what_is_wrong_is_said_in_a_few_vietnamese_words(serve: Serve, wrong: Any, message: str) -> None:
    got = ask(settings(serve([chat(wrong), chat(RIGHT)])))

    assert got.attempts[0].failure == message
    assert value(got) == RIGHT


def test_an_integer_is_never_read_out_of_a_float_or_a_string(serve: Serve) -> None:
    class Chosen(BaseModel):
        sentence: int

    asked = Question("sentences", question().messages, Chosen, max_tokens=20, reasks=3)
    server = serve(
        [
            chat('{"sentence": 3.0}'),
            chat('{"sentence": "09"}'),
            chat('{"sentence": true}'),
            chat('{"sentence": 3}'),
        ]
    )

    got = ask(settings(server), asked)

    assert [attempt.failure for attempt in got.attempts] == ["sentence: phải là số nguyên"] * 3 + [None]


def test_what_kept_failing_comes_back_with_its_last_answer_and_what_all_of_them_cost(serve: Serve) -> None:
    server = serve([chat({"1. 02": "sai", "2. 12": "sai"}), chat({"1. 02": "chi bộ", "2. 12": "sai"})])

    got = ask(settings(server))

    assert got.value is None
    assert got.failure == "2. 12: không có trong câu"
    assert json.loads(got.raw) == {"1. 02": "chi bộ", "2. 12": "sai"}
    assert (got.usage.attempts, got.usage.tokens_in, got.usage.tokens_out) == (2, 200, 20)


def test_no_reask_where_none_is_wanted(serve: Serve) -> None:
    server = serve([chat("{}")])

    got = ask(settings(server), question(reasks=0))

    assert got.value is None
    assert len(server.requests) == 1


def test_an_answer_that_ran_wild_is_not_sent_back_whole(serve: Serve) -> None:
    server = serve([chat("đảng viên " * 10_000), chat(RIGHT)])

    ask(settings(server))

    assert len(server.requests[1].text) < 5000


# --- faults


FAULTS: dict[str, tuple[list[Reply], type[ModelError], int, str]] = {
    "500 for ever": ([failed(500)], EndpointError, 3, "failed (500)"),
    "503 for ever": ([failed(503)], EndpointError, 3, "failed (503)"),
    "a page for people": ([html()], EndpointError, 1, "ends in /v1"),
    "a page about a bad gateway": ([html(502)], EndpointError, 3, "failed (502)"),
    "a connection that drops": ([dropped()], EndpointError, 3, "broke off"),
    "a body that ends early": ([cut(RIGHT)], EndpointError, 3, "broke off"),
    "half a JSON": ([broken()], EndpointError, 3, "breaks off or is no JSON"),
    "an error under 200": (
        [Reply({"error": {"message": "overloaded"}})],
        EndpointError,
        3,
        "reports an error",
    ),
    "no choices": ([no_choices()], AnswerError, 3, "empty answer"),
    "a refusal": ([chat(None, refusal="I'm sorry")], RefusedAnswerError, 1, "refused"),
    "a content filter": ([chat("", finish_reason="content_filter")], RefusedAnswerError, 1, "refused"),
    "a content filter before": ([failed(400, code="content_filter")], RefusedAnswerError, 1, "filter"),
    "an answer cut off": (
        [chat('{"1. 02": "ch', finish_reason="length")],
        TruncatedAnswerError,
        1,
        "60 tokens",
    ),
    "a redirect": ([failed(301, location="https://x.invalid/")], EndpointError, 1, "leads elsewhere (301)"),
    "a wrong key": ([failed(401)], EndpointError, 1, "check the key"),
    "a key without rights": ([failed(403)], EndpointError, 1, "(403)"),
    "an unknown model": ([failed(404)], EndpointError, 1, "no model m"),
    "a parameter it refuses": (
        [failed(400, message="no seed, please")],
        EndpointError,
        1,
        "(400): no seed, please",
    ),
    "no schemas": ([failed(400, message="response_format is not known")], EndpointError, 1, "MODE=MD_JSON"),
    "no credit left": ([failed(429, code="insufficient_quota")], CreditError, 1, "no credit left (429)"),
    "too often, for ever": ([busy()], RateLimitError, 4, "limits the rate (429)"),
    "not built for it": ([failed(501)], EndpointError, 1, "failed (501)"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_becomes_its_error_in_one_line(serve: Serve, fault: str) -> None:
    script, kind, requests, message = FAULTS[fault]
    server = serve(script)

    with pytest.raises(ModelError) as caught:
        ask(settings(server, request_s=6.0), clock=QuickClock())

    assert type(caught.value) is kind
    assert message in str(caught.value)
    assert len(server.requests) == requests if kind is not RateLimitError else len(server.requests) >= 3


@pytest.mark.parametrize(
    ("script", "requests"),
    [
        ([failed(500), failed(502), chat(RIGHT)], 3),
        ([dropped(), chat(RIGHT)], 2),
        ([cut(RIGHT), chat(RIGHT)], 2),
        ([no_choices(), chat(RIGHT)], 2),
        ([html(503), chat(RIGHT)], 2),
        ([failed(408), chat(RIGHT)], 2),
    ],
)
def test_what_passes_is_tried_again(serve: Serve, script: list[Reply], requests: int) -> None:
    server = serve(script)

    got = ask(settings(server), clock=QuickClock())

    assert value(got) == RIGHT
    assert len(server.requests) == requests
    assert len({request.raw for request in server.requests}) == 1


def test_retries_and_reasks_do_not_multiply(serve: Serve) -> None:
    server = serve([failed(500), failed(500), chat("{}"), failed(500)])

    with pytest.raises(EndpointError) as caught:
        ask(settings(server, retries=2), question(reasks=5), clock=QuickClock())

    # Two failures and an answer that does not hold; then, for the re-ask, one more than the retries.
    assert len(server.requests) == 3 + 3
    assert (caught.value.attempts, caught.value.tokens_in, caught.value.tokens_out) == (1, 100, 10)


def test_an_endpoint_that_is_down(serve: Serve) -> None:
    with Loopback() as server:
        gone = settings(server)

    with pytest.raises(
        EndpointError, match=r"^cannot connect to http://127\.0\.0\.1:\d+/v1: check that it runs"
    ):
        ask(gone, clock=QuickClock())


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
messages = anything | st.fixed_dictionaries(
    {}, optional={"content": anything, "tool_calls": anything, "refusal": anything}
)
choices = anything | st.lists(
    st.fixed_dictionaries({}, optional={"message": messages, "finish_reason": anything}), max_size=2
)
bodies = anything | st.fixed_dictionaries(
    {}, optional={"choices": choices, "usage": anything, "error": anything}
)


@pytest.mark.parametrize("mode", ["JSON_SCHEMA", "TOOLS", "MD_JSON"])
@given(body=bodies, status=st.sampled_from([200, 200, 200, 400, 429, 500]))
@hypothesis_settings(max_examples=30)
def test_whatever_a_server_sends_is_an_answer_or_an_error_of_ours(mode: Any, body: Any, status: int) -> None:
    import httpx2

    def reply(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, content=json.dumps(body).encode())

    plain = Settings(model="m", base_url="http://m.invalid/v1", mode=mode, retries=0, request_s=5)
    with contextlib.suppress(ModelError):
        assert ask(plain, transport=httpx2.MockTransport(reply), clock=QuickClock()).failure


# --- being asked to slow down


@pytest.mark.parametrize("wait", [0.2, 1, 130])
def test_the_pause_a_server_asks_for_is_kept(serve: Serve, wait: float) -> None:
    clock = QuickClock()

    got = ask(settings(serve([busy(wait), chat(RIGHT)]), request_s=200), clock=clock)

    assert got.value is not None
    assert len(clock.pauses) == 1
    assert wait <= clock.pauses[0] <= wait + 1


def test_a_pause_takes_real_time(serve: Serve) -> None:
    server = serve([busy(0.2), chat(RIGHT)])

    ask(settings(server))

    assert server.requests[1].at - server.requests[0].at >= 0.2


def test_a_pause_longer_than_the_time_left_is_not_begun(serve: Serve) -> None:
    clock = QuickClock()

    with pytest.raises(RateLimitError, match=r"asks to wait 130 s") as caught:
        ask(settings(serve([busy(130)]), request_s=60), clock=clock)

    assert clock.pauses == []
    assert caught.value.retry_after == 130


@pytest.mark.parametrize(
    ("headers", "pause"),
    [({"retry_after_ms": "1500"}, 1.5), ({"retry_after": "Wed, 01 Jan 2020 00:00:00 GMT"}, 0)],
)
def test_a_pause_is_read_however_it_is_written(serve: Serve, headers: dict[str, str], pause: float) -> None:
    clock = QuickClock()

    ask(settings(serve([failed(429, **headers), chat(RIGHT)])), clock=clock)

    assert pause <= clock.pauses[0] <= pause + 0.2


def test_being_asked_to_slow_down_uses_up_no_retry(serve: Serve) -> None:
    server = serve([*[busy(0.1)] * 8, failed(500), chat(RIGHT)])

    got = ask(settings(server, retries=1, request_s=60), clock=QuickClock())

    assert got.value is not None
    assert len(server.requests) == 10


def test_pauses_grow_and_end_with_the_time_there_is(serve: Serve) -> None:
    clock = QuickClock()

    with pytest.raises(RateLimitError):
        ask(settings(serve([busy()]), request_s=120), clock=clock)

    assert clock.pauses[0] < clock.pauses[2] < clock.pauses[4]
    assert 60 < sum(clock.pauses) < 120
    assert len(clock.pauses) < 15


# --- deadlines


def test_a_server_that_hangs_costs_the_request_its_time(serve: Serve) -> None:
    with pytest.raises(DeadlineError, match=r"no answer within 0\.3 s"):
        ask(settings(serve([hanging()]), request_s=0.3))


def test_the_articles_deadline_bounds_a_question_too(serve: Serve) -> None:
    with pytest.raises(DeadlineError, match="article's time is up"):
        ask(settings(serve([hanging()])), deadline_s=0.3)


def test_nothing_is_sent_when_the_time_is_up(serve: Serve) -> None:
    server = serve()

    with pytest.raises(DeadlineError):
        ask(settings(server), deadline_s=0)

    assert server.requests == []


def test_reasks_share_the_questions_time(serve: Serve) -> None:
    server = serve([chat("{}").after(0.3)])

    with pytest.raises(DeadlineError) as caught:
        ask(settings(server, request_s=0.8), question(reasks=20))

    assert 1 <= caught.value.attempts <= 2


def test_waiting_for_its_turn_is_not_the_questions_time(serve: Serve) -> None:
    server = serve([chat(RIGHT).after(0.25)])

    got = ask_many(settings(server, parallel=1, request_s=1.0), 6)

    assert [value(answered) for answered in got] == [RIGHT] * 6


# --- how many at once


def ask_many(setting: Settings, number: int) -> list[Answer[Any]]:
    async def together() -> list[Answer[Any]]:
        async with Model(setting) as model:
            await model.start()
            return await asyncio.gather(*(model.ask(question()) for _ in range(number)))

    return asyncio.run(together())


@pytest.mark.parametrize("parallel", [1, 3])
def test_no_more_are_in_flight_than_allowed(serve: Serve, parallel: int) -> None:
    server = serve([chat(RIGHT).after(0.2)])

    ask_many(settings(server, parallel=parallel), 8)

    assert len(server.requests) == 8
    assert server.most_in_flight == parallel


def test_retries_of_concurrent_questions_are_counted_apart(serve: Serve) -> None:
    seen: dict[str, int] = {}

    def twice_in_vain(request: Request) -> Reply:
        name = request.messages[0]["content"]
        seen[name] = seen.get(name, 0) + 1
        return failed(500, retry_after="0.01") if seen[name] < 3 else chat(RIGHT)

    async def together() -> list[Answer[Any]]:
        async with Model(settings(serve(twice_in_vain), parallel=8, retries=2), clock=QuickClock()) as model:
            return await asyncio.gather(
                *(model.ask(question(messages=(Message(role="user", content=str(at)),))) for at in range(8))
            )

    assert all(got.value for got in asyncio.run(together()))
    assert list(seen.values()) == [3] * 8


def test_a_cancelled_question_gives_its_place_to_the_next(serve: Serve) -> None:
    async def one_after_the_other() -> Answer[Any]:
        async with Model(settings(serve([hanging(), chat(RIGHT)]), parallel=1)) as model:
            await model.start()
            first = asyncio.create_task(model.ask(question()))
            await asyncio.sleep(0.1)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return await model.ask(question())

    assert asyncio.run(one_after_the_other()).value is not None


# --- the rate limiter


class Limiter:
    """A rate limiter that lets everything go after `held` seconds and remembers how it ended."""

    def __init__(self, held: float = 0.0) -> None:
        self.outcomes: list[Outcome] = []
        self._held = held

    async def acquire(self, tokens: int) -> None:
        await asyncio.sleep(self._held)

    def report(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


def test_every_request_asks_the_rate_limiter_and_reports_how_it_ended(serve: Serve) -> None:
    limiter = Limiter()

    ask(
        settings(serve([busy(0.1), failed(500), dropped(), chat(RIGHT)]), retries=3),
        limiter=limiter,
        clock=QuickClock(),
    )

    assert [(outcome.status, outcome.retry_after, outcome.tokens) for outcome in limiter.outcomes] == [
        (429, 0.1, 0),
        (500, None, 0),
        (None, None, 0),
        (200, None, 110),
    ]
    assert all(80 < outcome.estimated < 200 for outcome in limiter.outcomes)


def test_a_request_that_is_cancelled_is_reported_too(serve: Serve) -> None:
    limiter = Limiter()

    with pytest.raises(DeadlineError):
        ask(settings(serve([hanging()]), request_s=0.2), limiter=limiter)

    assert [(outcome.status, outcome.tokens) for outcome in limiter.outcomes] == [(None, 0)]


def test_being_held_back_is_not_the_questions_time(serve: Serve) -> None:
    got = ask(settings(serve([chat(RIGHT)]), request_s=0.6), limiter=Limiter(held=0.8))

    assert got.value is not None
    assert got.usage.seconds < 0.6


def test_being_held_back_is_the_articles_time(serve: Serve) -> None:
    with pytest.raises(DeadlineError, match="article's time is up"):
        ask(settings(serve([chat(RIGHT)])), limiter=Limiter(held=30), deadline_s=0.3)


# --- transports of our own


def test_an_error_of_a_transport_of_our_own_comes_out_as_it_is() -> None:
    import httpx2

    class Unrecorded(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            raise ConfigError("no recording of this question: record it with --record")

    with pytest.raises(ConfigError, match="no recording"):
        ask(Settings(), transport=Unrecorded(), serve=False)


def test_a_transport_can_answer_for_the_embedded_model() -> None:
    import httpx2

    def replay(request: httpx2.Request) -> httpx2.Response:
        assert json.loads(request.content)["cache_prompt"] is True
        return httpx2.Response(200, json=chat(RIGHT).body)

    got = ask(Settings(), transport=httpx2.MockTransport(replay), serve=False)

    assert value(got) == RIGHT


def test_without_a_model_nothing_is_asked() -> None:
    with pytest.raises(ConfigError, match="no model is to be asked"):
        ask(Settings(model="none"))


# --- what must not leak


@pytest.mark.parametrize("fault", [*FAULTS, "an echo", "an answer that does not hold"])
def test_neither_key_nor_article_reaches_an_error_or_a_log(
    serve: Serve, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    echo = failed(422, message=f"bad key {KEY} in {ARTICLE}")
    others = {"an echo": [echo], "an answer that does not hold": [chat({"1. 02": ARTICLE * 2})]}
    caplog.set_level(logging.INFO)

    try:
        message = str(ask(settings(serve(others.get(fault) or FAULTS[fault][0])), clock=QuickClock()).failure)
    except ModelError as error:
        message = str(error)

    for place in (message, caplog.text):
        assert KEY not in place
        assert ARTICLE[:20] not in place
    assert "\n" not in message
    assert len(message) < 300


def test_importing_it_imports_no_client() -> None:
    heavy = "{'openai', 'instructor', 'httpx2', 'tenacity'}"
    code = f"import sys, summarizer.model.client; print({heavy} & sys.modules.keys())"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_the_clients_are_used_in_one_folder_and_by_their_public_names() -> None:
    package = Path(summarizer.__file__).parent
    imported: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                if name.split(".")[0] in {"openai", "instructor"}:
                    imported.setdefault(name, set()).add(path.parent.name)

    assert set().union(*imported.values()) == {"model"}
    assert not [name for name in imported if any(part.startswith("_") for part in name.split("."))]
    assert {name.rpartition(".")[0] for name in imported} <= {"", "instructor.core", "openai.types"}
