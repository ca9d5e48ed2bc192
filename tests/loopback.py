"""A real server on loopback that speaks the OpenAI protocol, with scripted replies and faults.

    with Loopback([busy(retry_after=0.2), chat({"1. 02": "chi bộ"})]) as server:
        settings = Settings(model="m", base_url=server.base_url, ...)
        ...
    assert [request.path for request in server.requests] == ["/v1/chat/completions"] * 2

A script is a sequence of replies, the last one for ever, or a function from the request to a reply, which
makes it deterministic by content. In a process of its own, for benchmarks:

    python -m tests.loopback --delay 0.05            # prints its base URL, serves until killed
    python -m tests.loopback --script evals.bench:answer
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

__all__ = (
    "Loopback",
    "Reply",
    "Request",
    "Script",
    "answer",
    "broken",
    "busy",
    "chat",
    "cut",
    "dropped",
    "failed",
    "filled",
    "hanging",
    "html",
    "no_choices",
    "tool_call",
)


@dataclass(frozen=True)
class Request:
    """One request as it arrived; `at` is a moment of `time.monotonic()`, `number` counts from 0."""

    number: int
    at: float
    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @cached_property
    def body(self) -> dict[str, Any]:
        """The body, read as JSON."""
        return json.loads(self.raw)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages of a chat request."""
        return self.body["messages"]

    @property
    def text(self) -> str:
        """What all messages say."""
        return "\n".join(str(message["content"]) for message in self.messages)

    @property
    def schema(self) -> dict[str, Any]:
        """The schema the answer is to have, from wherever the mode puts it; empty where it has none."""
        if tools := self.body.get("tools"):
            return tools[0]["function"]["parameters"]
        return self.body.get("response_format", {}).get("json_schema", {}).get("schema", {})


@dataclass(frozen=True)
class Reply:
    """What to send back, `delay` seconds after the request came.

    `body` is text, bytes, or what is sent as JSON. `end`: `send` all of it; `cut` it in half and close; `drop` the
    connection with nothing sent; `hang`; `repeat` it for ever.
    """

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    end: Literal["send", "cut", "drop", "hang", "repeat"] = "send"

    def after(self, delay: float) -> Reply:
        """The same, later."""
        return replace(self, delay=delay)


Script = Sequence[Reply] | Callable[[Request], Reply]


def chat(
    content: Any,
    *,
    finish_reason: str = "stop",
    refusal: str | None = None,
    usage: tuple[int, int] | None = (100, 10),
) -> Reply:
    """An answer; `content` other than text is sent as JSON. `usage` is (tokens in, tokens out)."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return _completion([{"index": 0, "message": message, "finish_reason": finish_reason}], usage)


def tool_call(arguments: Any, *, usage: tuple[int, int] | None = (100, 10)) -> Reply:
    """An answer as a call of the one tool there is."""
    function = {"name": "tool", "arguments": json.dumps(arguments, ensure_ascii=False)}
    message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "call", "type": "function", "function": function}],
    }
    return _completion([{"index": 0, "message": message, "finish_reason": "tool_calls"}], usage)


def no_choices() -> Reply:
    """A completion that holds no answer."""
    return _completion([], (100, 0))


def failed(status: int, *, code: str | None = None, message: str = "it failed", **headers: str) -> Reply:
    """An error as the protocol has it."""
    error = {"message": message, "type": "error", "code": code, "param": None}
    return Reply({"error": error}, status, {name.replace("_", "-"): value for name, value in headers.items()})


def busy(retry_after: float | None = None) -> Reply:
    """Too many requests."""
    return failed(429, **({} if retry_after is None else {"retry_after": f"{retry_after:g}"}))


def html(status: int = 200) -> Reply:
    """A page for people, as a proxy or a wrong address sends."""
    return Reply(
        "<!doctype html><title>Welcome</title>", status, {"content-type": "text/html; charset=utf-8"}
    )


def hanging() -> Reply:
    """Nothing, and the connection stays open."""
    return Reply(end="hang")


def dropped() -> Reply:
    """Nothing, and the connection is closed."""
    return Reply(end="drop")


def cut(content: Any) -> Reply:
    """Half an answer's bytes, then the connection is closed."""
    return replace(chat(content), end="cut")


def broken() -> Reply:
    """A whole response whose body is half a JSON."""
    return Reply('{"id": "x", "choices": [{"index": 0, "mess', headers={"content-type": "application/json"})


def filled(schema: dict[str, Any], text: str = "đảng viên") -> Any:
    """The smallest value that fits a JSON schema, with `text` for every string."""
    return _fill(schema, schema.get("$defs", {}), text)


def answer(request: Request) -> Reply:
    """The default script: every string of the schema asked for is `đảng viên`."""
    usage = (len(request.raw) // 4, 20)
    value = filled(request.schema)
    return tool_call(value, usage=usage) if "tools" in request.body else chat(value, usage=usage)


class Loopback:
    """The server, in a thread of its own; a context manager.

    `script` answers `POST …/chat/completions`, `other` everything else (404 where it is None, but for the
    list of models). With `key` any other key is 401, with `models` any other model is 404.
    """

    def __init__(
        self,
        script: Script = answer,
        *,
        other: Callable[[Request], Reply] | None = None,
        key: str | None = None,
        models: Sequence[str] | None = None,
        port: int = 0,
    ) -> None:
        self.requests: list[Request] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.sent = 0  # bytes of replies without an end
        self._asked = 0
        self._script = script
        self._other = other
        self._key = key
        self._models = models
        self._socket = socket.create_server(("127.0.0.1", port), backlog=1024)
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._listening = threading.Event()

    @property
    def base_url(self) -> str:
        """What to give as `base_url`."""
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Loopback:
        self._thread.start()
        self._listening.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        creating = self._loop.create_server(lambda: _Connection(self), sock=self._socket, backlog=1024)
        server = self._loop.run_until_complete(creating)
        self._listening.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def reply(self, request: Request) -> Reply:
        """The reply to a request, which is logged."""
        self.requests.append(request)
        if self._key is not None and request.headers.get("authorization") != f"Bearer {self._key}":
            return failed(
                401, code="invalid_api_key", message="Incorrect API key provided: " + _given(request)
            )
        if not request.path.split("?")[0].endswith("/chat/completions"):
            if self._other is not None:
                return self._other(request)
            if request.path.endswith("/models"):
                return Reply({"object": "list", "data": [{"id": name} for name in self._models or ("m",)]})
            return failed(404, message="no such path")
        if self._models is not None and request.body["model"] not in self._models:
            return failed(404, code="model_not_found", message="no such model")
        if callable(self._script):
            return self._script(request)
        self._asked += 1
        return self._script[min(self._asked, len(self._script)) - 1]


class _Connection(asyncio.Protocol):
    """One kept-alive connection of HTTP/1.1; requests have a Content-Length, as the client's have."""

    def __init__(self, server: Loopback) -> None:
        self._server = server
        self._buffer = bytearray()
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        for task in self._tasks:
            task.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        first, *lines = self._buffer[:head_end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        end = head_end + 4 + int(headers.get("content-length", 0))
        if len(self._buffer) < end:
            return
        raw = bytes(self._buffer[head_end + 4 : end])
        del self._buffer[:end]
        method, path, _ = first.split(" ")
        server = self._server
        request = Request(len(server.requests), time.monotonic(), method, path, headers, raw)
        task = asyncio.get_running_loop().create_task(self._respond(request, server.reply(request)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _respond(self, request: Request, reply: Reply) -> None:
        server = self._server
        server.in_flight += 1
        server.most_in_flight = max(server.most_in_flight, server.in_flight)
        try:
            if reply.delay:  # since the request came: making the reply is no part of it
                await asyncio.sleep(request.at + reply.delay - time.monotonic())
            if reply.end == "hang":
                await asyncio.Event().wait()
        finally:
            server.in_flight -= 1
        if reply.end == "drop":
            self._transport.abort()
            return
        body = _bytes(reply.body)
        if reply.end == "repeat":
            await self._repeat(reply, body)
            return
        headers = {"content-type": "application/json", **reply.headers, "content-length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        if reply.end == "cut":
            body = body[: len(body) // 2]
        # In one piece: a second one would wait 40 ms for the client to acknowledge the first.
        self._transport.write(f"HTTP/1.1 {reply.status} -\r\n{head}\r\n".encode("latin-1") + body)
        if reply.end == "cut":
            self._transport.close()

    async def _repeat(self, reply: Reply, body: bytes) -> None:
        """Send the body again and again until the client has gone."""
        headers = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
        self._transport.write(f"HTTP/1.1 {reply.status} -\r\n{headers}\r\n".encode("latin-1"))
        while not self._transport.is_closing():
            self._transport.write(body)
            self._server.sent += len(body)
            while self._transport.get_write_buffer_size() > len(body) and not self._transport.is_closing():
                await asyncio.sleep(0)
            await asyncio.sleep(0)


def _bytes(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    data = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return data.encode("utf-8", "surrogatepass")


def _completion(choices: list[dict[str, Any]], usage: tuple[int, int] | None) -> Reply:
    body: dict[str, Any] = {
        "id": "chatcmpl-0",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": choices,
    }
    if usage is not None:
        body["usage"] = {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": sum(usage),
        }
    return Reply(body)


def _fill(schema: dict[str, Any], defs: dict[str, Any], text: str) -> Any:
    if "$ref" in schema:
        return _fill(defs[schema["$ref"].rpartition("/")[2]], defs, text)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return _fill(schema["anyOf"][0], defs, text)
    kind = schema.get("type")
    if kind == "object":
        return {name: _fill(part, defs, text) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [_fill(schema["items"], defs, text)] * schema.get("minItems", 0)
    return {"string": text, "integer": 0, "number": 0, "boolean": False}.get(str(kind))


def _given(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each reply")
    parser.add_argument("--script", default="tests.loopback:answer", help="module:function")
    options = parser.parse_args()
    module, _, function = options.script.partition(":")
    script: Callable[[Request], Reply] = getattr(importlib.import_module(module), function)
    with Loopback(lambda request: script(request).after(options.delay), port=options.port) as server:
        print(server.base_url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    _main()
