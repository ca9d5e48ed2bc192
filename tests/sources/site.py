"""A real web site on loopback for the readers' tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ("Site", "site")

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """`origin` is its address; `asked` are the paths asked for, each with the second it was asked."""

    def __init__(self, answers: Mapping[str, Answer | str | bytes]) -> None:
        asked: list[tuple[str, float]] = []
        self.asked = asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.path, time.monotonic()))
                answer = answers.get(self.path)
                if answer is None:
                    self.send_error(404)
                elif callable(answer):
                    answer(self)
                else:
                    reply(self, answer)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def reply(handler: BaseHTTPRequestHandler, body: str | bytes, *, status: int = 200, **headers: str) -> None:
    """Answer with a body; `content_type` and other headers by name."""
    data = body.encode() if isinstance(body, str) else body
    handler.send_response(status)
    headers.setdefault("content_type", "text/html; charset=utf-8")
    for name, value in {**headers, "content_length": str(len(data))}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


@contextmanager
def site(answers: Mapping[str, Answer | str | bytes]) -> Iterator[Site]:
    """A site that gives these answers by path, and 404 for all else."""
    running = Site(answers)
    try:
        yield running
    finally:
        running.close()
