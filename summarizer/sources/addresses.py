"""Which network addresses a page may be read from: public ones, unless the caller allows others.

A name is looked up once, every address it has is judged, and the connection goes to the very address that
was judged, so that a second look-up cannot lead elsewhere.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from summarizer.errors import SourceError

__all__ = ("PassingError", "is_public", "resolve")

_NAT64 = ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ip_network("64:ff9b:1::/48")


class PassingError(SourceError):
    """The network gives no page now; it may give one later.

    `retry_after` is in how many seconds the site asks to be asked again, None where it does not say.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


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


async def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, in the system's order.

    Raises `SourceError` where the name is not known, or one of its addresses is private and that is not
    allowed; `PassingError` where names cannot be looked up now.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
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
