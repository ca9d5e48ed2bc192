"""The review server: a list of the batch's articles and a form for each, on loopback only."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from summarizer.errors import ConfigError
from summarizer.review.forms import read_form
from summarizer.review.guard import Guard
from summarizer.review.page import Listed, article_page, list_page
from summarizer.review.shelf import Shelf
from summarizer.review.store import Reviews

__all__ = ("application", "serve")

_MAX_FORM = 4_000_000
_MAX_FIELDS = 100_000


def application(shelf: Shelf, reviews: Reviews, folder: Path, token: str) -> Guard:
    """The pages over these articles, behind the guard; every path begins with the token."""
    pages = _Pages(shelf, reviews, folder)
    routes = [
        Route("/{token}/", pages.listing),
        Route("/{token}/{page}", pages.show, methods=["GET"]),
        Route("/{token}/{page}", pages.save, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), token)


def serve(folder: Path, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve the reviews of the batch in `folder` until Ctrl-C; `ready` is told the address to open.

    Port 0 takes any that is free. Raises `ConfigError` where the folder holds nothing to review or the port
    is taken.
    """
    token = secrets.token_urlsafe(18)
    with Shelf(folder) as shelf, _bound(port) as listening:
        app = application(shelf, Reviews(folder), folder, token)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
        ready(f"http://127.0.0.1:{listening.getsockname()[1]}/{token}/")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listening]))


class _Pages:
    """The handlers. They run in the one thread of the event loop, as the journal wants it."""

    def __init__(self, shelf: Shelf, reviews: Reviews, folder: Path) -> None:
        self._shelf = shelf
        self._reviews = reviews
        self._folder = folder

    async def listing(self, request: Request) -> Response:
        """The list of articles."""
        listed: list[Listed] = []
        for article in self._shelf:
            review = self._reviews.load(article.page)
            listed.append(
                Listed(article, len(review.counts) if review else 0, bool(review and review.complete))
            )
        return HTMLResponse(list_page(listed, str(self._folder)))

    async def show(self, request: Request) -> Response:
        """An article with its form."""
        page = request.path_params["page"]
        if page not in self._shelf:
            return PlainTextResponse("no such article", 404)
        return self._page(page, saved="saved" in request.query_params)

    async def save(self, request: Request) -> Response:
        """Save a form, or say what is wrong with it."""
        page = request.path_params["page"]
        if page not in self._shelf:
            return PlainTextResponse("no such article", 404)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MAX_FORM:
                return PlainTextResponse("too much for a form", 413)
        try:
            fields = parse_qsl(
                body.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict"
            )
        except ValueError:
            return PlainTextResponse("this is no form of these pages", 400)
        form = dict(fields)
        report, document = self._shelf.report(page), self._shelf.document(page)
        sent = read_form(form, report, document)
        errors = list(sent.errors)
        if form.get("state", "") != self._reviews.state(page):
            errors.append("Bài này đã được lưu ở cửa sổ khác; tải lại trang để xem, rồi sửa tiếp")
        if errors:
            html = article_page(
                report,
                document,
                sent.review,
                beside=self._shelf.beside(page),
                state=form.get("state", ""),
                errors=errors,
            )
            return HTMLResponse(html, 422)
        try:
            self._reviews.save(page, sent.review)
        except OSError as error:
            return PlainTextResponse(f"cannot be saved ({error.strerror})", 500)
        following = self._shelf.beside(page)[1]
        if form.get("action") == "save-next" and following is not None:
            return RedirectResponse(quote(following, safe=""), 303)
        return RedirectResponse(f"{quote(page, safe='')}?saved", 303)

    def _page(self, page: str, *, saved: bool) -> Response:
        html = article_page(
            self._shelf.report(page),
            self._shelf.document(page),
            self._reviews.load(page),
            beside=self._shelf.beside(page),
            state=self._reviews.state(page),
            saved=saved,
        )
        return HTMLResponse(html)


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
