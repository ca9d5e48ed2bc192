"""The review server: a list of the batch's articles and a page for each, on loopback, for one browser only."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.article.article import take_apart
from summarizer.errors import ConfigError
from summarizer.review.applying import undecided
from summarizer.review.articles import Articles, Listed
from summarizer.review.deciding import Asked, Deciding
from summarizer.review.page import Row, article_page, content_policy, list_page
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Labels, Lang, labels

__all__ = ("application", "serve")

_MAX_BODY = 4_000_000
_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


def application(
    articles: Articles, reviews: Reviews, folder: Path, token: str, *, reviewer: str = "", lang: Lang = "vi"
) -> ASGIApp:
    """The pages over these articles, for who knows the token; every path begins with it."""
    pages = _Pages(articles, reviews, folder, reviewer, labels(lang))
    routes = [
        Route("/{token}/", pages.listing),
        Route("/{token}/{page}", pages.show, methods=["GET"]),
        Route("/{token}/{page}", pages.save, methods=["POST"]),
    ]
    return _Guard(Starlette(routes=routes), token)


def serve(
    articles: Articles,
    folder: Path,
    *,
    port: int,
    reviewer: str,
    ready: Callable[[str], None],
    lang: Lang = "vi",
) -> None:
    """Serve the review of these articles until Ctrl-C, kept in `folder`; `ready` is told the address to open.

    Port 0 takes any that is free. Raises `ConfigError` where the port is taken.
    """
    token = secrets.token_urlsafe(18)
    with _bound(port) as listening:
        app = application(articles, Reviews(folder), folder, token, reviewer=reviewer, lang=lang)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
        ready(f"http://127.0.0.1:{listening.getsockname()[1]}/{token}/")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listening]))


class _Pages:
    """The handlers. They run in the one thread of the event loop, as the journal wants it."""

    def __init__(self, articles: Articles, reviews: Reviews, folder: Path, reviewer: str, t: Labels) -> None:
        self._articles = articles
        self._reviews = reviews
        self._folder = folder
        self._reviewer = reviewer
        self._t = t

    async def listing(self, request: Request) -> Response:
        """The list of articles."""
        rows = [self._row(article) for article in self._articles]
        return HTMLResponse(list_page(rows, str(self._folder), self._reviews.problems, self._t))

    async def show(self, request: Request) -> Response:
        """An article with what there is to decide."""
        article = self._articles.find(request.path_params["page"])
        if article is None:
            return PlainTextResponse("no such article", 404)
        html = article_page(
            self._articles.report(article),
            take_apart(self._articles.document(article)),
            self._reviews.get(article.sha256),
            reviewer=self._reviewer,
            neighbours=self._articles.neighbours(article),
            t=self._t,
        )
        return HTMLResponse(html)

    async def save(self, request: Request) -> Response:
        """Save decisions, and answer what became of each."""
        article = self._articles.find(request.path_params["page"])
        if article is None:
            return PlainTextResponse("no such article", 404)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MAX_BODY:
                return PlainTextResponse("too much for a review", 413)
        try:
            asked = Asked.model_validate_json(bytes(body))
        except ValidationError:
            return PlainTextResponse("this is no request of these pages", 400)
        report = self._articles.report(article)
        deciding = Deciding(report, take_apart(self._articles.document(article)), self._reviews, self._t)
        try:
            return JSONResponse(deciding.save(asked))
        except OSError as error:
            return PlainTextResponse(self._t("review.not_saved", why=error.strerror), 500)
        except ConfigError as error:
            return PlainTextResponse(self._t("review.not_saved", why=error), 503)

    def _row(self, article: Listed) -> Row:
        review = self._reviews.get(article.sha256)
        if review is None:
            return Row(article, article.parts, complete=False)
        left = sum(undecided(self._articles.report(article), review).values())
        return Row(article, left, review.complete is not None)


class _Guard:
    """Refuses what does not come from a page of this server, and says how its answers may be used.

    A request must name a loopback host (so that no other name that leads here can be used), have the token as the
    first part of its path, and where it is to change something, come from a page of this origin.
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


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen()  # so that a browser that is quicker than the server waits
    except OSError as error:
        listening.close()
        raise ConfigError(
            f"port {port}: cannot be used ({error.strerror}); choose another with --port"
        ) from None
    return listening
