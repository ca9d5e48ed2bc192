"""The network of a job: a connection for each request in flight, used again by the next."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from summarizer.batch.network import Connections, Open, network
from tests.conftest import Serve
from tests.loopback import chat, failed


class Counted:
    """Opens connections, and counts them."""

    def __init__(self, url: str) -> None:
        self.open: Open = network(url)
        self.count = 0

    def __call__(self) -> httpx2.AsyncBaseTransport:
        self.count += 1
        return self.open()


async def _ask(url: str, opened: Counted, at_once: int, times: int) -> list[httpx2.Response]:
    async with httpx2.AsyncClient(base_url=url, transport=Connections(opened)) as client:
        rounds = [
            await asyncio.gather(*(client.post("/chat/completions", json={}) for _ in range(at_once)))
            for _ in range(times)
        ]
    return [response for responses in rounds for response in responses]


@pytest.mark.parametrize("at_once", [1, 4])
def test_as_many_connections_are_opened_as_requests_are_in_flight(serve: Serve, at_once: int) -> None:
    server = serve(lambda request: chat({}).after(0.05))
    opened = Counted(server.base_url)
    asyncio.run(_ask(server.base_url, opened, at_once, times=3))
    assert (opened.count, len(server.requests)) == (at_once, 3 * at_once)


def test_what_says_no_is_given_on_whole_and_frees_its_connection(serve: Serve) -> None:
    server = serve(lambda request: failed(503, message="later", retry_after="7"))
    opened = Counted(server.base_url)
    refused = asyncio.run(_ask(server.base_url, opened, at_once=1, times=2))
    assert [(each.status_code, each.headers["retry-after"]) for each in refused] == [(503, "7")] * 2
    assert refused[1].json()["error"]["message"] == "later"
    assert opened.count == 1
