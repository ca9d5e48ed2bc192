"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Self
from uuid import uuid4

_TOGETHER = 500  # files that are brought to the disk at once


@contextmanager
def open_whole(path: str | os.PathLike[str], *, binary: bool = False) -> Iterator[IO]:
    """Open a file for writing that takes the place of `path` at the end, or leaves it as it was.

    It is written under another name in the same folder, brought to the disk, and renamed; an exception removes
    it. A link stays one, to what is written. What is no file, such as `/dev/stdout` or a pipe, is written to as it
    is: a file in the place of `/dev/null` would harm the whole system. Text is UTF-8 with line ends as they are
    given. Raises OSError where the folder cannot be written.
    """
    form: dict[str, Any] = {} if binary else {"encoding": "utf-8", "newline": ""}
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb" if binary else "w", **form) as file:
            yield file
        return
    path = os.path.realpath(path)
    part = _part_of(path)
    try:
        with open(part, "xb" if binary else "x", **form) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a text, in UTF-8, or bytes to `path`, whole or not at all. Raises OSError."""
    with open_whole(path, binary=isinstance(content, bytes)) as file:
        file.write(content)


class ManyFiles:
    """Many small files, each written whole or not at all; a context manager that has written all at its end.

    A thread creates them, for which the next one need not wait. They are brought to the disk some hundreds at a time,
    and only then take their places: one by one, the disk would be waited for longer than anything else. After an
    exception those still on their way are left out.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[str, str | os.PathLike[str]]] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._created: list[Future[int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._settle()
        finally:
            self._thread.shutdown(cancel_futures=True)
            for part, _path in self._parts:
                Path(part).unlink(missing_ok=True)

    def write(self, path: str | os.PathLike[str], content: str | bytes) -> None:
        """Write a text (as UTF-8) or bytes to `path`, by the end of the context at the latest. Raises OSError."""
        part = _part_of(path)
        self._parts.append((part, path))
        data = content.encode() if isinstance(content, str) else content
        self._created.append(self._thread.submit(Path(part).write_bytes, data))
        if len(self._parts) >= _TOGETHER:
            self._settle()

    def _settle(self) -> None:
        for created in self._created:
            created.result()
        self._created.clear()
        if self._parts:
            os.sync()
        while self._parts:
            os.replace(*self._parts[-1])
            self._parts.pop()


def _part_of(path: str | os.PathLike[str]) -> str:
    """Return a name beside `path` for what is not whole yet."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{os.getpid()}-{uuid4().hex[:12]}.part")


def remove_parts(folder: Path) -> None:
    """Remove what processes that are gone have left half written in a folder, where this one writes nothing yet."""
    for path in folder.glob(".*.part"):
        process = path.name.split(".")[-2].partition("-")[0]
        with suppress(PermissionError):  # another user's process, which is there
            try:
                # With this one's number it is of one before it, as the first process of a container has one.
                if int(process) != os.getpid():
                    os.kill(int(process), 0)
                    continue
            except (ProcessLookupError, ValueError):
                pass
            path.unlink(missing_ok=True)


def mute(stream: IO[str]) -> None:
    """Let an output stream of the process lead nowhere, once it cannot be written: its rest would fail at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
