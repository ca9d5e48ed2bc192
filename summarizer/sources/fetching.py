"""Fetching: one address of the web, with limits on time, size, redirects and where it may lead.

Only addresses of the public internet are read from, unless the caller allows others. A name is looked up once, every
address it has is judged, and the connection goes to the very address that was judged, so that a second look-up cannot
lead elsewhere.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from summarizer.errors import SourceError

AGENT = "summarizer"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8,application/pdf;q=0.5,*/*;q=0.1"
_SECONDS = re.compile(r"\s*\d{1,12}(\.\d{0,12})?\s*", re.ASCII)
_NAT64 = ip_network("64:ff9b::/96")
_certificates = cache(httpx2.create_ssl_context)
_LOCAL_NAT64 = ip_network("64:ff9b:1::/48")


class PassingError(SourceError):
    """The network gives no page now; it may give one later.

    `retry_after` is in how many seconds the site asks to be asked again, None where it does not say.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address may cost: seconds in all, bytes after unpacking, redirects followed."""

    seconds: float = 30.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the address it came from in the end, the status, the media type and the bytes.

    `retry_after` is in how many seconds the site asks to be asked again, None where it does not say.
    """

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    retry_after: float | None = None


Allowed = Callable[[str], Awaitable[None]]


async def fetch(url: str, *, allow_private: bool, limits: Limits, before: Allowed | None = None) -> Page:
    """Get an address; `before` is awaited with each address that is about to be asked, and may raise.

    How long `before` takes does not count against the limits. Raises `SourceError` for an address that may not
    be read, too many redirects, or too much; `PassingError` for no answer.
    """
    left = limits.seconds
    for _ in range(limits.redirects + 1):
        target = _parsed(url)
        if before is not None:
            await before(url)
        began = time.monotonic()
        try:
            async with asyncio.timeout(left):
                answer = await _get(target, allow_private=allow_private, limits=limits)
        except TimeoutError:
            raise PassingError(
                f"{url}: gave no whole answer in {limits.seconds:g} s; try again later"
            ) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as error:
            raise PassingError(f"{url}: cannot be reached ({type(error).__name__})") from None
        left -= time.monotonic() - began
        if isinstance(answer, Page):
            return answer
        try:
            url = str(target.join(answer))
        except (httpx2.InvalidURL, ValueError):
            raise SourceError(f"{url}: redirects to what is no address") from None
    raise SourceError(f"{url}: redirects more than {limits.redirects} times")


def _parsed(url: str) -> httpx2.URL:
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, TypeError, ValueError):
        raise SourceError(f"{url[:200]}: is no address") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise SourceError(f"{url[:200]}: is no http or https address")
    if parsed.userinfo:
        raise SourceError(f"{parsed.host}: has a password in its address; take it out")
    return parsed.copy_with(fragment=None)


async def _get(url: httpx2.URL, *, allow_private: bool, limits: Limits) -> Page | str:
    """The page, or where it redirects to; asked of the very addresses that were judged, in turn."""
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses = await _resolve(url.host, port, allow_private=allow_private)
    async with httpx2.AsyncClient(trust_env=False, verify=_certificates(), timeout=limits.seconds) as client:
        for address in addresses:
            request = client.build_request(
                "GET",
                url.copy_with(host=address),
                headers={"Host": url.netloc.decode("ascii"), "User-Agent": AGENT, "Accept": _ACCEPT},
                extensions={"sni_hostname": url.host},
            )
            try:
                response = await client.send(request, stream=True)
            except httpx2.ConnectError:
                if address == addresses[-1]:
                    raise
                continue  # the next address of the same host
            try:
                return await _answer(url, response, limits.size)
            finally:
                await response.aclose()
    raise SourceError(f"{url.host}: has no address")


async def _answer(url: httpx2.URL, response: httpx2.Response, size: int) -> Page | str:
    if response.status_code in _REDIRECTS and "location" in response.headers:
        return response.headers["location"]
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > size:
            raise SourceError(f"{url}: has more than {size // 1_000_000} MB; download and trim it")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Page(
        str(url),
        response.status_code,
        media_type,
        response.charset_encoding,
        bytes(body),
        seconds_to_wait(response.headers.get("retry-after"), response.headers.get("date")),
    )


def seconds_to_wait(retry_after: str | None, date: str | None = None) -> float | None:
    """Return in how many seconds a `Retry-After` header says to come again, at least 0; None where it does not.

    The header is a number of seconds (models' servers give fractions too) or a date in any of HTTP's forms (RFC 9110,
    5.6.7), which is held against the answer's own `Date`, so that a wrong clock on either side does no harm; else
    against the clock here.
    """
    if retry_after is None:
        return None
    if _SECONDS.fullmatch(retry_after):
        return float(retry_after)
    until, now = _time_of(retry_after), _time_of(date or "")
    return None if until is None else max(0.0, until - (time.time() if now is None else now))


def _time_of(date: str) -> float | None:
    """The Unix time of a header's date; one without a zone (asctime) or with -0000 is in UTC."""
    try:
        found = parsedate_to_datetime(date)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, also where it holds another one inside."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local or ip in _LOCAL_NAT64:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


async def _resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, in the system's order.

    Raises `SourceError` where the name is not known, or one of its addresses is private and that is not
    allowed; `PassingError` where names cannot be looked up now.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        kind, why = (PassingError, "cannot be looked up") if passing else (SourceError, "no such host")
        raise kind(f"{host}: {why} on the network") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and not all(map(is_public, addresses)):
        raise SourceError(
            f"{host}: is a private address ({addresses[0]}); if you trust it, give --allow-private"
        )
    return addresses
