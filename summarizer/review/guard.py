"""Who may talk to the review server: this machine's browser that has the address with the token, no page else."""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.review.page import content_policy

__all__ = ("Guard",)

_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Guard:
    """Refuses what does not come from a page of this server, and says how its answers may be used.

    A request must name a loopback host (so that no other name that leads here can be used), have the token
    as the first part of its path, and where it is to change something, come from a page of this origin.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = f"{content_policy()}; frame-ancestors 'none'"
                headers["Referrer-Policy"] = "same-origin"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host.rpartition(":")[0] not in _HOSTS:
            return PlainTextResponse("this server answers to 127.0.0.1 only", 421)
        token = scope["path"].split("/")[1]
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return PlainTextResponse("use the address that `summarizer review` has printed", 404)
        if scope["method"] not in {"GET", "HEAD"} and headers.get("origin") != f"http://{host}":
            return PlainTextResponse("only a page of this server may send this", 403)
        return None
