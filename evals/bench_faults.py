"""The batch job among faults: for each kind, what becomes of 60 articles, and what it costs beside a clean run.

A fault that passes is met once by one request in twenty; one that stays by one article in twenty, with every request
about it; some stand for the whole job from a moment on. Files are damaged one in twenty. Each job is the command
itself, in a process of its own, against a server on loopback; one that was stopped is run again with a sound server,
and must then have every article once. What takes more than twice a clean run's time is run again beside a clean one,
at most twice, and the least ratio counts: neighbours of a shared machine slow a run down as much as any fault.
"""

from __future__ import annotations

import email.utils
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import ascii_uppercase

from tests.loopback import (
    Loopback,
    Reply,
    Request,
    Script,
    broken,
    busy,
    chat,
    cut,
    dropped,
    failed,
    hanging,
    html,
    no_choices,
)

__all__ = ("measure_faults", "write_articles")

_ARTICLES, _IN_FLIGHT, _EVERY = 60, 8, 20
_DELAY_S = 0.4
_FROM = 60  # the request from which on a fault stands for the whole job: half-way
_CODE = re.compile(r"Khoa ([A-Z]{4})\b")
_MOST, _AGAIN = 2, 2
_ADDRESS = re.compile(r"https?://\S+ |/\S+/")
_HEAD = (
    *("fault", "done", "warned", "failed", "failed or stopped with", "exit"),
    *("requests", "beyond", "seconds", "beyond", "/ clean"),
)
_OPTIONS = (
    "--lang",
    "en",
    "--in-flight",
    str(_IN_FLIGHT),
    "--patience",
    "60",
    "--no-pages",
    "--model",
    "m",
    "--price",
    "1,1",
)


@dataclass(frozen=True)
class Fault:
    """A kind of fault. What of it holds for a request is decided by `reply`, given the sound reply to it.

    `where`: `request` (met once by one in twenty), `article` (one in twenty, always), `job` (all from half-way on,
    for `seconds`), `file` (one in twenty is damaged by `damage`), `process` (`disturb` is done to it). `passing`:
    every article is to be done. `ends`: how the job may end otherwise.
    """

    name: str
    where: str
    reply: Callable[[Reply], Reply] = lambda sound: sound
    passing: bool = True
    seconds: float = float("inf")
    damage: Callable[[Path], None] | None = None
    options: tuple[str, ...] = ()


_CLEAN = Fault("clean", "none")


def _always(reply: Reply) -> Callable[[Reply], Reply]:
    return lambda sound: reply


def _content(change: Callable[[str], str]) -> Callable[[Reply], Reply]:
    """The sound answer with its text changed."""

    def changed(sound: Reply) -> Reply:
        return chat(change(sound.body["choices"][0]["message"]["content"]), usage=(500, 20))

    return changed


def _usage(usage: object) -> Callable[[Reply], Reply]:
    def changed(sound: Reply) -> Reply:
        return Reply({**sound.body, "usage": usage})

    return changed


def _in_a_second() -> str:
    return email.utils.formatdate(time.time() + 1, usegmt=True)


def _write(data: bytes) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_bytes(data)

    return damage


def _as_docx(path: Path) -> None:
    path.rename(path.with_suffix(".docx"))


def _locked(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


FAULTS = (
    Fault("429 with Retry-After", "request", _always(busy(0.5))),
    Fault("429 with a date", "request", lambda _: failed(429, retry_after=_in_a_second())),
    Fault("429 without Retry-After", "request", _always(busy())),
    Fault("500", "request", _always(failed(500))),
    Fault("502, a proxy's page", "request", _always(html(502))),
    Fault("503 with Retry-After", "request", _always(failed(503, retry_after="1"))),
    Fault("504", "request", _always(failed(504))),
    Fault("408", "request", _always(failed(408))),
    Fault("529 overloaded", "request", _always(failed(529))),
    Fault("connection dropped", "request", _always(dropped())),
    Fault("body broken off", "request", _always(cut({"x": 1}))),
    Fault("half a JSON under 200", "request", _always(broken())),
    Fault("an error under 200", "request", _always(Reply({"error": {"message": "overloaded", "code": 503}}))),
    Fault("no choices", "request", _always(no_choices())),
    Fault("hangs", "request", _always(hanging())),
    Fault("slow by 2 s", "request", lambda sound: sound.after(2.0)),
    Fault("an empty answer", "request", _always(chat(""))),
    Fault("cut off at the limit", "request", _always(chat('{"1', finish_reason="length"))),
    Fault("a refusal", "request", _always(chat(None, refusal="no"))),
    Fault("talk", "request", _always(chat("Tôi không thể giúp việc này."))),
    Fault("talk around the JSON", "request", _content(lambda text: f"Đây ạ:\n```json\n{text}\n```\nXong.")),
    Fault("thoughts before it", "request", _content(lambda text: f"<think>{{}} ừ</think>{text}")),
    Fault("other fields", "request", _always(chat({"n": 27.0}))),
    Fault("no usage", "request", _usage(None)),
    Fault(
        "usage of zeros", "request", _usage({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0})
    ),
    Fault("400, always", "article", _always(failed(400)), passing=False),
    Fault("500, always", "article", _always(failed(500)), passing=False),
    Fault("content filter, always", "article", _always(failed(400, code="content_filter"))),
    Fault("down for 3 s", "job", _always(failed(503)), seconds=3.0),
    Fault("hangs for 3 s", "job", _always(hanging()), seconds=3.0),
    Fault("down for good", "job", _always(failed(503)), passing=False, options=("--patience", "3")),
    Fault("credit runs out (402)", "job", _always(failed(402)), passing=False),
    Fault("credit runs out (429)", "job", _always(failed(429, code="insufficient_quota")), passing=False),
    Fault("key revoked (401)", "job", _always(failed(401)), passing=False),
    Fault("an empty file", "file", damage=_write(b""), passing=False),
    Fault("a picture", "file", damage=_write(b"\x89PNG\r\n\x1a\n" + bytes(900)), passing=False),
    Fault("text as .docx", "file", damage=_as_docx, passing=False),
    Fault("a link to nowhere", "file", damage=_locked, passing=False),
    Fault("kill -9, resumed", "process"),
    Fault("standard error closed", "process"),
)


@dataclass
class _Run:
    """What came of a job: its exit code, seconds, requests, and what its folder holds."""

    code: int
    seconds: float
    requests: int
    stderr: str
    done: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    summary: dict[str, object] = field(default_factory=dict)


def write_articles(folder: Path, count: int) -> Path:
    """So many short articles, each a text of its own with one count."""
    folder.mkdir(parents=True)
    for number in range(count):
        code = "".join(ascii_uppercase[number // 26**place % 26] for place in (3, 2, 1, 0))
        title = f"Chi bộ Khoa {code} tổng kết công tác năm 2020"
        text = f"{title}\nNăm qua, Chi bộ Khoa {code} có {number % 990 + 10} đảng viên.\n"
        (folder / f"{code}.txt").write_text(text, encoding="utf-8")
    return folder


def measure_faults(
    scratch: Path, sound: Callable[[Request], Reply], wanted: Sequence[str] = ()
) -> list[list[str]]:
    """Return the table of all faults, or of those with a name in `wanted`; `sound` is the right answer to a request.

    Raises SystemExit where an article was lost or doubled, or a traceback was shown.
    """
    clean = _job(scratch, _CLEAN, sound)
    table = [[*_HEAD], _row("none", clean, clean)]
    wrong: list[str] = []
    for fault in FAULTS:
        if not wanted or fault.name in wanted:
            run, beside = _job(scratch, fault, sound), clean
            for number in range(_AGAIN):
                if not fault.passing or run.seconds <= _MOST * beside.seconds:
                    break
                again = _job(scratch, replace(fault, name=f"{fault.name} {number}"), sound)
                calm = _job(scratch, replace(_CLEAN, name=f"clean {fault.name} {number}"), sound)
                if again.seconds / calm.seconds < run.seconds / beside.seconds:
                    run, beside = again, calm
            table.append(_row(fault.name, run, beside))
            wrong += [f"{fault.name}: {problem}" for problem in _problems(fault, run, beside)]
            if run.summary.get("open"):
                resumed = _job(scratch, fault, sound, resumed=True)
                if len(set(resumed.done)) != _ARTICLES or len(resumed.done) != _ARTICLES:
                    wrong.append(f"{fault.name}: {len(resumed.done)} articles done after it was resumed")
            print("  ".join(table[-1]), file=sys.stderr, flush=True)
    table += [["WRONG", problem, *[""] * (len(table[0]) - 2)] for problem in wrong]
    return table


def _problems(fault: Fault, run: _Run, clean: _Run) -> list[str]:
    found = []
    if "Traceback" in run.stderr:
        found.append("a traceback was shown")
    if len(set(run.done)) != len(run.done):
        found.append("an article was doubled")
    if len(run.done) + len(run.failures) != _ARTICLES:
        found.append(f"{len(run.done)} done and {len(run.failures)} listed as not: not {_ARTICLES}")
    if fault.passing and (len(run.done) != _ARTICLES):
        found.append(f"{len(run.done)} done, though it passes")
    if fault.passing and run.seconds > _MOST * clean.seconds:
        found.append(f"{run.seconds / clean.seconds:.1f} times as long as a clean run")
    return found


def _row(name: str, run: _Run, clean: _Run) -> list[str]:
    reasons = Counter(reason for reason in run.failures.values() if not reason.startswith(":"))
    reason = reasons.most_common(1)[0][0] if reasons else str(run.summary.get("reason") or "")
    return [
        name,
        str(len(run.done)),
        str(run.summary["warned"]),
        str(sum(reasons.values())),
        _ADDRESS.sub("", reason)[:50],
        str(run.code),
        str(run.requests),
        str(run.requests - clean.requests),
        f"{run.seconds:.1f}",
        f"{run.seconds - clean.seconds:+.1f}",
        f"{run.seconds / clean.seconds:.2f}",
    ]


def _job(scratch: Path, fault: Fault, sound: Callable[[Request], Reply], *, resumed: bool = False) -> _Run:
    name = re.sub(r"\W+", "-", fault.name)
    folder, out = scratch / name, scratch / f"{name}-out"
    if not folder.exists():
        write_articles(folder, _ARTICLES)
        if fault.damage is not None:
            for path in sorted(folder.iterdir())[7::_EVERY]:
                fault.damage(path)
    script: Script = (lambda request: sound(request).after(_DELAY_S)) if resumed else _script(fault, sound)
    with Loopback(script) as server:
        command = [sys.executable, "-m", "summarizer", "batch", str(folder), "--out", str(out)]
        command += ["--base-url", server.base_url, *_OPTIONS, *fault.options]
        began = time.monotonic()
        code, stderr = _started(command, fault, server)
        seconds = time.monotonic() - began
        run = _Run(code, seconds, len(server.requests), stderr)
    lines = (out / "reports.jsonl").read_bytes().splitlines()
    run.done = [json.loads(line)["source"]["location"] for line in lines]
    run.failures = _failures(out)
    run.summary = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return run


def _started(command: list[str], fault: Fault, server: Loopback) -> tuple[int, str]:
    """Run the command, disturbed as the fault says; its exit code and what it wrote to standard error."""
    env = os.environ | {"SUMMARIZER_REQUEST_SECONDS": "20"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=env, text=True)
    assert process.stderr is not None  # noqa: S101 - it is a pipe
    if fault.name.startswith("standard error closed"):
        process.stderr.close()
        return process.wait(), ""
    if fault.name.startswith("kill -9, resumed"):
        while len(server.requests) < _FROM and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=env, text=True
        )
    _, stderr = process.communicate()
    return process.returncode, stderr


def _script(fault: Fault, sound: Callable[[Request], Reply]) -> Script:
    seen: set[bytes] = set()
    began: list[float] = []

    def meets(request: Request) -> bool:
        first = request.raw not in seen
        seen.add(request.raw)
        if fault.where == "request":
            return first and len(seen) % _EVERY == _EVERY // 2
        if fault.where == "article":
            code = _CODE.search(request.text)
            return code is not None and _number(code[1]) % _EVERY == 7
        if fault.where == "job" and len(seen) > _FROM:
            began.append(request.at)
            return request.at < began[0] + fault.seconds
        return False

    def script(request: Request) -> Reply:
        reply = sound(request).after(_DELAY_S)
        return fault.reply(reply) if meets(request) else reply

    return script


def _number(code: str) -> int:
    return sum((ord(letter) - ord("A")) * 26**place for place, letter in enumerate(reversed(code)))


def _failures(out: Path) -> dict[str, str]:
    from tests.batch.jobs import failures_in

    return failures_in(out)
