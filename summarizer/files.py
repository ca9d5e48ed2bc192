"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ("open_whole", "write_whole")


@contextmanager
def open_whole(path: str | os.PathLike[str], *, binary: bool = False) -> Iterator[IO]:
    """Open a file for writing that takes the place of `path` at the end, or leaves it as it was.

    It is written under another name in the same folder, brought to the disk, and renamed; an exception removes
    it. Text is UTF-8 with line ends as they are given. Raises OSError where the folder cannot be written.
    """
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        mode = "wb" if binary else "w"
        with os.fdopen(
            handle, mode, encoding=None if binary else "utf-8", newline=None if binary else ""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write `text` to `path`, whole or not at all. Raises OSError."""
    with open_whole(path) as file:
        file.write(text)


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
