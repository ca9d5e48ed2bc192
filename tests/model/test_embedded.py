import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("xllamacpp", reason="the extra `embedded` is not installed")

from summarizer.errors import WeightsError
from summarizer.model.embedded import EmbeddedOptions, EmbeddedServer, embedded_server
from summarizer.model.weights import QWEN, describe_weights
from tests.tiny_gguf import write_tiny_gguf

SMALL = EmbeddedOptions(context=2048, parallel=1, threads=1)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a model that loads at once and says nothing of sense; the path is not ASCII."""
    return write_tiny_gguf(tmp_path_factory.mktemp("weights") / "tí hon.gguf")


@pytest.fixture
def server(tiny: Path) -> Iterator[EmbeddedServer]:
    """A server of its own for one test."""
    with closing(EmbeddedServer(tiny, SMALL)) as running:
        yield running


@pytest.fixture
def process_server(tiny: Path) -> Iterator[None]:
    """The process's one server is stopped behind the test."""
    yield
    embedded_server(tiny, SMALL).close()


def send(
    server: EmbeddedServer, path: str = "/chat/completions", key: str | None = None, **body: Any
) -> HTTPResponse:
    """The server's response to a question of no meaning."""
    question = {"messages": [{"role": "user", "content": "hội nghị"}], "max_tokens": 20, "seed": 0, **body}
    url = urlsplit(server.base_url + path)
    connection = HTTPConnection(str(url.hostname), url.port, timeout=60)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key or server.api_key}"}
    connection.request("POST", url.path, json.dumps(question), headers)
    return connection.getresponse()


def ask(server: EmbeddedServer, **body: Any) -> Any:
    """What it answers, parsed."""
    with send(server, **body) as response:
        assert response.status == 200, response.read()
        return json.load(response)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and awaits being noticed does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def soon(is_so: Callable[[], bool], within_s: float = 10) -> bool:
    """Whether something comes true before the time is up."""
    until = time.monotonic() + within_s
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def ends(pid: int) -> bool:
    """Whether a process is gone before the time is up."""
    return soon(lambda: not is_running(pid))


def run_owner(tiny: Path, then: str) -> tuple["subprocess.Popen[str]", int]:
    """Start a process that starts a server and goes on with `then`; it, and the server's process."""
    program = f"""
        import os, signal, sys, time
        from pathlib import Path
        from summarizer.model.embedded import EmbeddedOptions, embedded_server
        # Whoever started the tests in the background has SIGINT ignored, and children inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        server = embedded_server(Path({str(tiny)!r}), EmbeddedOptions(context=512, threads=1))
        print(server.pid, flush=True)
        {then}
        """
    owner = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert owner.stdout is not None
    return owner, int(owner.stdout.readline())


def test_it_answers_in_the_shape_asked_for_with_the_keys_in_order(server: EmbeddedServer) -> None:
    keys = ["2. 09/41", "1. 02", "3. “đảng” \\ {{x}}"]
    schema = {
        "type": "object",
        "properties": {key: {"enum": ["có", "không"]} for key in keys},
        "required": keys,
        "additionalProperties": False,
    }
    shape = {"type": "json_schema", "json_schema": {"name": "counts", "schema": schema}}
    answer = ask(server, response_format=shape, max_tokens=500)["choices"][0]
    assert answer["finish_reason"] == "stop"
    assert list(json.loads(answer["message"]["content"])) == keys


def test_what_questions_have_in_common_is_read_once(server: EmbeddedServer) -> None:
    common = {"role": "system", "content": "Mỗi con số đếm cái gì? " * 20}

    def read(question: str) -> int:
        answer = ask(server, messages=[common, {"role": "user", "content": question}], max_tokens=1)
        return answer["timings"]["prompt_n"]

    assert read("12 chi bộ") > 400
    assert read("34 đảng viên") < 60


@pytest.mark.parametrize("path", ["/chat/completions", "/completions", "/embeddings"])
def test_nobody_without_the_key_can_use_it(server: EmbeddedServer, path: str) -> None:
    with send(server, path, key="guessed") as response:
        assert response.status == 401


def test_it_listens_on_loopback_only(server: EmbeddedServer) -> None:
    port = int(server.base_url.removesuffix("/v1").rpartition(":")[2])
    rows = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    listening = [row.split()[1] for row in rows.splitlines() if row.split()[3] == "0A"]
    assert [place for place in listening if int(place.rpartition(":")[2], 16) == port] == [
        f"0100007F:{port:04X}"
    ]


def test_the_key_is_not_shown(server: EmbeddedServer) -> None:
    started_with = b"".join(
        Path(f"/proc/{server.pid}/{name}").read_bytes() for name in ("cmdline", "environ")
    )
    assert server.api_key.encode() not in started_with
    assert server.api_key not in repr(server)


def test_closing_ends_a_request_under_way_at_once(server: EmbeddedServer) -> None:
    with send(server, stream=True, max_tokens=1900, ignore_eos=True) as response:
        assert response.readline().startswith(b"data: ")
        server.close()
        with pytest.raises((IncompleteRead, ConnectionError)):
            response.read()
    assert server.closed
    assert not is_running(server.pid)


def test_there_is_one_a_process_whoever_asks(tiny: Path, process_server: None) -> None:
    found: list[EmbeddedServer] = []
    threads = [threading.Thread(target=lambda: found.append(embedded_server(tiny, SMALL))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len({id(server) for server in found}) == 1
    assert len(found) == 4


def test_other_options_or_a_server_that_died_start_another(tiny: Path, process_server: None) -> None:
    first = embedded_server(tiny, SMALL)
    second = embedded_server(tiny, EmbeddedOptions(context=512, threads=1))
    assert first.closed
    os.kill(second.pid, signal.SIGKILL)
    # Not `ends`: a process with threads is shown as ended a moment before its parent can notice.
    assert soon(lambda: second.closed)
    third = embedded_server(tiny, EmbeddedOptions(context=512, threads=1))
    assert third.pid not in (first.pid, second.pid)
    assert is_running(third.pid)


def test_loading_is_told(tiny: Path, process_server: None) -> None:
    calls: list[tuple[str, int, int]] = []
    embedded_server(tiny, SMALL, progress=lambda stage, done, total: calls.append((stage, done, total)))
    assert calls == [("loading the model", 0, 1), ("loading the model", 1, 1)]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda n: n.name)
def test_it_is_gone_with_the_process_that_started_it(tiny: Path, number: signal.Signals) -> None:
    owner, pid = run_owner(tiny, "time.sleep(60)")
    owner.send_signal(number)
    owner.communicate(timeout=10)
    assert ends(pid)


def test_it_is_gone_at_an_ordinary_end(tiny: Path) -> None:
    owner, pid = run_owner(tiny, "sys.exit(7)")
    owner.communicate(timeout=10)
    assert owner.returncode == 7
    assert not is_running(pid)


def test_it_is_gone_with_its_process_even_where_a_fork_lives_on(tiny: Path) -> None:
    owner, pid = run_owner(
        tiny, "fork = os.fork(); fork or time.sleep(60); print(fork, flush=True); time.sleep(60)"
    )
    assert owner.stdout is not None
    fork = int(owner.stdout.readline())
    owner.kill()
    owner.wait(timeout=10)
    try:
        assert ends(pid)
        assert is_running(fork)
    finally:
        os.kill(fork, signal.SIGKILL)


def test_a_fork_ends_without_ending_it(tiny: Path) -> None:
    owner, pid = run_owner(
        tiny,
        "fork = os.fork()\n        if not fork: sys.exit(3)\n"
        "        print(os.waitpid(fork, 0)[1] >> 8, flush=True); time.sleep(60)",
    )
    assert owner.stdout is not None
    try:
        assert owner.stdout.readline() == "3\n"
        assert is_running(pid)
    finally:
        owner.kill()
        owner.wait(timeout=10)


def test_weights_that_cannot_be_loaded_are_one_clear_line(tiny: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(tiny.read_bytes()[:40_000])
    with pytest.raises(WeightsError, match=r"cannot load .*cut\.gguf.*: .*corrupted or incomplete") as raised:
        EmbeddedServer(cut, SMALL)
    assert "\n" not in str(raised.value)


@pytest.fixture(scope="session")
def qwen() -> Iterator[EmbeddedServer]:
    """The embedded model itself, where its weights have been fetched."""
    if describe_weights().state not in {"ready", "unchecked"}:
        pytest.skip("the embedded model's weights are not in the cache")
    with closing(EmbeddedServer(describe_weights().path)) as running:
        yield running


def test_the_embedded_model_says_what_a_number_counts(qwen: EmbeddedServer) -> None:
    schema = {
        "type": "object",
        "properties": {"1. 12": {"enum": ["chi bộ", "đảng viên", "học viên"]}},
        "required": ["1. 12"],
        "additionalProperties": False,
    }
    question = "Đoạn: Năm 2020 có 12 chi bộ hoàn thành tốt nhiệm vụ.\nSố 12 đếm cái gì?"
    answer = ask(
        qwen,
        messages=[{"role": "user", "content": question}],
        temperature=0,
        response_format={"type": "json_schema", "json_schema": {"name": "counts", "schema": schema}},
    )
    assert json.loads(answer["choices"][0]["message"]["content"]) == {"1. 12": "chi bộ"}
    assert qwen.weights_sha256 == QWEN.sha256
