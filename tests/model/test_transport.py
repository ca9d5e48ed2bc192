"""The transport of a question: what it takes from a server, what it gives up, and what it never shows or follows."""

from __future__ import annotations

import asyncio
import gzip
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel, SecretStr

from summarizer.errors import CreditError, EndpointError, ModelError, RateLimitError
from summarizer.model.client import Model
from summarizer.model.faults import mask, of_status, visible
from summarizer.model.questions import Answer, Message, Question
from summarizer.model.transport import Bounded, Paced
from summarizer.settings import Settings
from tests.clock import QuickClock
from tests.conftest import Serve
from tests.loopback import Reply, Request, chat, failed, hanging, tool_call

KEY = "sk-very-secret-4711-abcdefgh"
ARTICLE = "Năm 2020, 02 chi bộ hoàn thành xuất sắc nhiệm vụ."


class Chosen(BaseModel):
    """One word."""

    word: str


QUESTION = Question("counts", (Message(role="user", content=ARTICLE),), Chosen, max_tokens=60)
RIGHT = {"word": "chi bộ"}
SETTINGS = Settings(model="m", base_url="http://m")


def ask(url: str, **changed: Any) -> Answer[Chosen]:
    plain = {"model": "m", "base_url": url, "request_s": 20.0, "retries": 0, "api_key": SecretStr(KEY)}

    async def once() -> Answer[Chosen]:
        async with Model(Settings(**{**plain, **changed}), clock=QuickClock()) as model:
            return await model.ask(QUESTION)

    return asyncio.run(once())


# --- what has no end


def test_an_answer_without_an_end_is_given_up(serve: Serve) -> None:
    server = serve([Reply(b" " * 100_000, end="repeat", headers={"content-type": "application/json"})])

    with pytest.raises(EndpointError, match="has no end: given up after 8,000,000 bytes"):
        ask(server.base_url)

    assert server.sent < 50_000_000


def test_a_small_answer_that_unpacks_to_a_huge_one_is_given_up(serve: Serve) -> None:
    packed = gzip.compress(b" " * 200_000_000)
    assert len(packed) < 250_000
    server = serve([Reply(packed, headers={"content-encoding": "gzip"})])

    with pytest.raises(EndpointError, match="has no end"):
        ask(server.base_url)


def test_no_packing_is_asked_for_and_yet_it_is_unpacked(serve: Serve) -> None:
    packed = gzip.compress(json.dumps(chat(RIGHT).body).encode())
    server = serve([Reply(packed, headers={"content-encoding": "gzip"})])

    answer = ask(server.base_url)

    assert answer.value is not None
    assert server.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip"])
def test_what_cannot_be_unpacked_is_an_error_of_ours(serve: Serve, coding: str) -> None:
    with pytest.raises(EndpointError):
        ask(serve([Reply(b"not packed", headers={"content-encoding": coding})]).base_url)


def test_a_response_of_just_the_bound_is_whole() -> None:
    async def read(size: int) -> bytes:
        inner = httpx2.MockTransport(lambda request: httpx2.Response(200, stream=_Stream(b"x" * size)))
        request = httpx2.Request("GET", "http://m.invalid")
        return (await Bounded(inner, most=10).handle_async_request(request)).content

    assert asyncio.run(read(10)) == b"x" * 10
    with pytest.raises(EndpointError):
        asyncio.run(read(11))


class _Stream(httpx2.AsyncByteStream):
    """A body that is sent byte by byte."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for byte in self._body:
            yield bytes([byte])


# --- what takes too long


class _Server(httpx2.AsyncBaseTransport):
    """Answers after so many seconds as it is given next."""

    def __init__(self, seconds: list[float]) -> None:
        self.seconds = seconds

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(self.seconds.pop(0))
        return httpx2.Response(200)


def _impatient(seconds: list[float]) -> Paced:
    """A transport that gives up after a tenth of a second at least, looking every hundredth."""

    class Impatient(Paced):
        _FLOOR_S, _LOOK_S, _LEAST = 0.1, 0.01, 4

    return Impatient(_Server(seconds))


async def _send(transport: Paced) -> int:
    return (await transport.handle_async_request(httpx2.Request("POST", "http://m.invalid"))).status_code


def test_a_request_that_hangs_is_given_up_by_what_the_others_take() -> None:
    async def test() -> None:
        transport = _impatient([0.0] * 6 + [60.0])
        for _ in range(6):
            assert await _send(transport) == 200
        with pytest.raises(EndpointError, match="far longer than others took") as caught:
            await _send(transport)
        assert caught.value.retryable

    asyncio.run(test())


def test_one_that_hangs_from_the_beginning_is_given_up_once_others_were_answered() -> None:
    async def test() -> None:
        transport = _impatient([60.0, *[0.0] * 6])
        hanging_one = asyncio.create_task(_send(transport))
        await asyncio.sleep(0)
        for _ in range(6):
            await _send(transport)
        with pytest.raises(EndpointError):
            await hanging_one

    asyncio.run(test())


def test_a_server_that_has_become_slower_is_waited_for_longer() -> None:
    async def test() -> None:
        transport = _impatient([0.0] * 10 + [60.0] * 3)
        for _ in range(10):
            await _send(transport)
        before = transport.limit()
        for _ in range(3):
            with pytest.raises(EndpointError):
                await _send(transport)
        assert transport.limit() >= 2 * before

    asyncio.run(test())


def test_refusals_say_nothing_of_how_long_answers_take() -> None:
    async def test() -> None:
        inner = httpx2.MockTransport(lambda request: httpx2.Response(429))
        transport = Paced(inner)
        for _ in range(30):
            assert await _send(transport) == 429
        assert transport.limit() == float("inf")

    asyncio.run(test())


def test_nothing_is_given_up_while_few_have_been_answered() -> None:
    assert _impatient([]).limit() == float("inf")


def test_a_question_that_hangs_once_is_answered_by_asking_again(serve: Serve) -> None:
    hung: list[int] = []

    def script(request: Request) -> Reply:
        if request.number == 25:
            hung.append(request.number)
            return hanging()
        return chat(RIGHT)

    server = serve(script)

    async def many() -> list[Answer[Chosen]]:
        settings = Settings(model="m", base_url=server.base_url, request_s=60.0)
        async with Model(settings, clock=QuickClock()) as model:
            return [await model.ask(QUESTION) for _ in range(26)]

    assert all(answer.value is not None for answer in asyncio.run(many()))
    assert hung == [25]


# --- where nothing goes


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(serve: Serve, status: int) -> None:
    elsewhere = serve([chat(RIGHT)])
    server = serve([failed(status, location=f"{elsewhere.base_url}/chat/completions")])

    with pytest.raises(EndpointError, match=rf"leads elsewhere \({status}\)"):
        ask(server.base_url)
    with pytest.raises(EndpointError, match="leads elsewhere"):
        ask(
            server.base_url,
            base_url=None,
            azure_endpoint=server.base_url.removesuffix("/v1"),
            api_version="2025-04-01-preview",
        )

    assert elsewhere.requests == []


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, near = serve([chat(RIGHT)]), serve([chat(RIGHT)])
    monkeypatch.setenv("http_proxy", proxy.base_url.removesuffix("/v1"))

    assert ask("http://models.invalid/v1").value is not None
    assert ask(near.base_url).value is not None

    assert [request.path for request in proxy.requests] == ["http://models.invalid/v1/chat/completions"]
    assert len(near.requests) == 1


# --- what is shown of a server's words


@pytest.mark.parametrize(
    "message",
    [
        f"Incorrect API key provided: {KEY}",
        f"bad key {KEY[:14]}",
        f"bad key …{KEY[10:]}",
        f"bad key {KEY.upper()}",
        "x" * 190 + KEY,
        f"headers: Basic {b64encode(f':{KEY}'.encode()).decode()}",
        f"bad key {b64encode(KEY.encode()).decode()[5:24]}…",
        f"bad key {urlsafe_b64encode(f'Bearer {KEY}'.encode()).decode()}",
        "bad key " + "".join(f"%{ord(letter):02X}" for letter in KEY),
        "bad key " + "".join(f"&#{ord(letter)};" for letter in KEY),
        "bad key " + "".join(chr(ord(letter) + 0xFEE0) for letter in KEY),
        "upstream said: Bearer abcdefghijklmnop0123456789",
        "key 0123456789abcdef0123456789ABCDEF is not valid",
        "key " + "aB3" * 28 + " is not valid",
        "your key gsk_abcdefghijklmnop is not valid",
    ],
)
def test_no_part_of_a_key_is_shown(serve: Serve, message: str) -> None:
    with pytest.raises(EndpointError) as caught:
        ask(serve([failed(400, message=message)]).base_url)

    shown = str(caught.value)
    assert "***" in shown or len(shown) > 200
    assert "c2" not in shown
    assert not any(mark in shown for mark in ("%73", "&#1", "ｓｋ"))
    assert not any(KEY[at : at + 6].lower() in shown.lower() for at in range(len(KEY) - 5))
    assert not any(part in shown for part in ("abcdefghijkl", "0123456789abcdef", "aB3aB3aB3"))


def test_a_key_that_a_server_sends_back_in_an_answer_is_seen_by_nobody(serve: Serve) -> None:
    assert ask(serve([chat({"word": f"key {KEY}"})]).base_url).raw == '{"word": "key ***"}'


def test_a_percent_encoded_key_is_masked_and_a_short_one_only_as_a_whole() -> None:
    assert mask("at ?key=a%2Fb%2Bc%3D%3D9 now", [SecretStr("a/b+c==9")]) == "at *** now"
    assert mask("ollama is no llama", [SecretStr("ollama")]) == "*** is no llama"
    assert mask("x is x", [SecretStr("x"), None]) == "x is x"


def test_terminal_escapes_of_a_server_are_made_visible(serve: Serve) -> None:
    with pytest.raises(EndpointError) as caught:
        ask(serve([failed(400, message="no\x1b[2J\x1b]0;owned\x07 \u202eseed\nplease")]).base_url)

    assert r"no\x1b[2J\x1b]0;owned\x07 \u202eseed please" in str(caught.value)
    assert visible("a\tb\r\n c") == "a b c"


def test_the_article_is_not_shown_when_a_server_repeats_it(serve: Serve) -> None:
    with pytest.raises(EndpointError) as caught:
        ask(serve([failed(400, message=f"cannot read: {ARTICLE}")]).base_url)

    assert "chi bộ" not in str(caught.value)


# --- credit and limits, as providers tell them


def _error(status: int, error: dict[str, Any], headers: dict[str, str] | None = None) -> ModelError:
    return of_status(status, headers or {}, {"error": error}, SETTINGS)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (402, {"message": "Insufficient Balance"}),
        (402, {"code": 402, "message": "Insufficient credits. Add more at …"}),
        (429, {"code": "insufficient_quota", "message": "You exceeded your current quota"}),
        (429, {"type": "insufficient_quota", "code": None}),
        (429, {"message": "You exceeded your current quota, please check your plan and billing details."}),
        (400, {"code": "billing_hard_limit_reached"}),
        (
            400,
            {"type": "invalid_request_error", "message": "Your credit balance is too low to access the API"},
        ),
        (403, {"message": "Your team has either used all available credits or reached its spending limit"}),
    ],
)
def test_credit_that_is_used_up_is_told_apart(status: int, error: dict[str, object]) -> None:
    found = _error(status, error)

    assert isinstance(found, CreditError)
    assert (found.status, found.retryable) == (status, False)
    assert f"no credit left ({status})" in str(found)


@pytest.mark.parametrize(
    ("headers", "error", "after"),
    [
        ({"retry-after": "7"}, {"message": "Rate limit reached; see your plan and billing details"}, 7),
        ({"retry-after-ms": "1500"}, {"message": "Rate limit reached"}, 1.5),
        ({"retry-after-ms": "inf"}, {"message": "Rate limit reached"}, None),
        ({}, {"message": "Rate limit reached for requests"}, None),
        (
            {},
            {"message": "You exceeded your current quota", "details": [{"@type": "…", "retryDelay": "34s"}]},
            34,
        ),
    ],
)
def test_a_limit_that_passes_is_no_lack_of_credit(
    headers: dict[str, str], error: dict[str, object], after: float | None
) -> None:
    found = _error(429, error, headers)

    assert isinstance(found, RateLimitError)
    assert found.retry_after == after


@pytest.mark.parametrize("date", ["Wed Jan  1 00:00:00 2020", "Wed, 01 Jan 2020 00:00:00 -0000"])
def test_a_date_without_a_zone_is_utc(date: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_577_836_800.0 - 5)  # 5 s before

    found = _error(429, {}, {"retry-after": date})

    assert isinstance(found, RateLimitError)
    assert found.retry_after == 5


def test_an_error_in_a_list_of_one_is_read_too() -> None:
    error = {"status": "insufficient_quota", "code": "insufficient_quota"}
    found = of_status(429, {}, [{"error": error}], SETTINGS)

    assert isinstance(found, CreditError)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"error": {"code": 402, "message": "no credits"}}, CreditError),
        ({"error": {"code": 429, "message": "slow down"}}, RateLimitError),
        (
            {"choices": [{"error": {"code": 502, "message": "down"}, "message": {"content": "{"}}]},
            EndpointError,
        ),
    ],
)
def test_an_error_under_status_200_is_what_it_says(
    serve: Serve, body: dict[str, Any], kind: type[ModelError]
) -> None:
    with pytest.raises(ModelError) as caught:
        ask(serve([Reply(body)]).base_url, request_s=3)

    assert type(caught.value) is kind


# --- answers that do not keep to the protocol


@pytest.mark.parametrize("mode", ["JSON_SCHEMA", "TOOLS", "JSON", "MD_JSON"])
@pytest.mark.parametrize("reply", [chat(RIGHT), tool_call(RIGHT)], ids=["content", "tool call"])
def test_an_answer_is_read_from_wherever_it_stands(serve: Serve, mode: str, reply: Reply) -> None:
    answer = ask(serve([reply]).base_url, mode=mode)

    assert answer.value is not None
    assert answer.value.word == "chi bộ"


@pytest.mark.parametrize("usage", [None, (0, 0)])
def test_usage_that_is_missing_or_zero_is_estimated(serve: Serve, usage: tuple[int, int] | None) -> None:
    cost = ask(serve([chat(RIGHT, usage=usage)]).base_url).usage

    assert cost.tokens_in > 10
    assert cost.tokens_out > 3
