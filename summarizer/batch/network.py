"""The network: what carries a job's requests, with the environment's proxy for them.

A client's own pool looks at each of its connections for every request: whether it has been closed, which is
two calls of the system each. A job has as many as it has requests in flight, so `Connections` keeps them
apart.
"""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import httpx2

__all__ = ("Connections", "network")

Open = Callable[[], httpx2.AsyncBaseTransport]


def network(base_url: str | None) -> Open:
    """What opens a transport such as a client for `base_url` would have; all of them share the certificates."""
    parts = urlsplit(base_url or "http://127.0.0.1")  # the embedded model is on loopback
    proxies = {} if base_url is None else urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy is not None and urllib.request.proxy_bypass(parts.hostname or ""):
        proxy = None
    # Without TLS there is no certificate to check, and loading them takes longer than a question.
    certificates: ssl.SSLContext = httpx2.create_ssl_context(verify=parts.scheme == "https")
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=1)
    return partial(httpx2.AsyncHTTPTransport, verify=certificates, limits=limits, proxy=proxy)


class Connections(httpx2.AsyncBaseTransport):
    """One connection for each request in flight, the one used last again first.

    A response is read to its end before it is given on, so that its connection is free for the next request.
    """

    def __init__(self, open_one: Open) -> None:
        self._open = open_one
        self._all: list[httpx2.AsyncBaseTransport] = []
        self._free: list[httpx2.AsyncBaseTransport] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request."""
        connection = self._free.pop() if self._free else self._another()
        try:
            response = await connection.handle_async_request(request)
            try:
                await response.aread()
            finally:
                await response.aclose()
        finally:
            self._free.append(connection)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        for connection in self._all:
            await connection.aclose()

    def _another(self) -> httpx2.AsyncBaseTransport:
        connection = self._open()
        self._all.append(connection)
        return connection
