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
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from summarizer.article.article import take_apart
from summarizer.errors import ConfigError
from summarizer.review.applying import undecided
from summarizer.review.articles import Articles, Listed
from summarizer.review.page import Row, article_page, content_policy, list_page
from summarizer.review.saving import Asked, Deciding
from summarizer.review.store import Reviews
from summarizer.schemas.labels import Lang, labels

_MAX_BODY = 4_000_000
_HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


def application(
    articles: Articles, reviews: Reviews, folder: Path, token: str, *, reviewer: str = "", lang: Lang = "vi"
) -> ASGIApp:
    """The pages over these articles, for who knows the token; every path begins with it.

    The handlers run in the one thread of the event loop, as the journal wants it.
    """
    t = labels(lang)
    # Gone through from the one with most in doubt on, in an order that stays while one works.
    worst_first = sorted(articles, key=lambda article: -(article.doubtful + article.findings))
    by_page = {article.page: article for article in worst_first}
    pages = list(by_page)

    def found(request: Request) -> Listed:
        if article := by_page.get(request.path_params["page"]):
            return article
        raise HTTPException(404, "no such article")

    def row(article: Listed) -> Row:
        review = reviews.get(article.sha256)
        if review is None:
            return Row(article, article.parts, complete=False)
        left = sum(undecided(articles.report(article), review).values())
        return Row(article, left, review.complete is not None)

    async def listing(request: Request) -> Response:
        problems = reviews.left_out({article.sha256 for article in articles})
        return HTMLResponse(list_page(map(row, by_page.values()), str(folder), problems, t))

    async def show(request: Request) -> Response:
        article = found(request)
        at = pages.index(article.page)
        html = article_page(
            articles.report(article),
            take_apart(articles.document(article)),
            reviews.get(article.sha256),
            reviewer=reviewer,
            before=by_page[pages[at - 1]] if at else None,
            after=by_page[pages[at + 1]] if at + 1 < len(pages) else None,
            t=t,
        )
        return HTMLResponse(html)

    async def save(request: Request) -> Response:
        article = found(request)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MAX_BODY:
                raise HTTPException(413, "too much for a review")
        try:
            asked = Asked.model_validate_json(bytes(body))
        except ValidationError:
            raise HTTPException(400, "this is no request of these pages") from None
        apart = take_apart(articles.document(article))
        try:
            return JSONResponse(Deciding(articles.report(article), apart, reviews, t).save(asked))
        except OSError as error:
            raise HTTPException(500, t("review.not_saved", why=error.strerror)) from None
        except ConfigError as error:
            raise HTTPException(503, t("review.not_saved", why=error)) from None

    async def guard(request: Request, answer: RequestResponseEndpoint) -> Response:
        """Refuse what does not come from a page of this server, and say how its answers may be used.

        A request must name a loopback host (so that no other name that leads here can be used), have the token as
        the first part of its path, and where it is to change something, come from a page of this origin.
        """
        host = request.headers.get("host", "")
        if host.rpartition(":")[0] not in _HOSTS:
            return PlainTextResponse("this server answers to 127.0.0.1 only", 421)
        known = request.scope["path"].split("/")[1]
        if not secrets.compare_digest(known.encode(), token.encode()):
            return PlainTextResponse(t("review.other_address"), 404)
        if request.method not in {"GET", "HEAD"} and request.headers.get("origin") != f"http://{host}":
            return PlainTextResponse("only a page of this server may send this", 403)
        response = await answer(request)
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = f"{content_policy()}; frame-ancestors 'none'"
        return response

    return Starlette(
        routes=[
            Route("/{token}/", listing),
            Route("/{token}/{page}", show, methods=["GET"]),
            Route("/{token}/{page}", save, methods=["POST"]),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
    )


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
