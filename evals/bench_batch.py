"""The batch job measured: speed beside a bare loop, memory, skipping, kills; a table with medians and ratios.

    python -m evals.bench_batch                    # all but the embedded model: some ten minutes on two cores
    python -m evals.bench_batch speed kills        # some of it
    python -m evals.bench_batch faults             # what becomes of articles among 40 kinds of fault
    python -m evals.bench_batch embedded --articles DIR --slots 1,2

Every job runs in a process of its own against a server on loopback in another; nothing leaves the machine.
Ratios compare what ran in turns in this one run, since figures of one minute are not those of the next.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.bench_faults import measure_faults, write_articles
from evals.gold import load_labelled
from evals.variations import variations
from summarizer.batch.status import Summary
from tests.loopback import Loopback, Reply, Request, chat, filled

__all__ = ("main", "reply")

_EVALS = Path(__file__).parent
_IN_FLIGHT = 32


def reply(request: Request) -> Reply:
    """The server's answer, which holds: each number counts party members, and little is known of the meeting."""
    answer = filled(_nothing(request.schema), "đảng viên")
    numbers = answer.get("numbers")
    for key in numbers if isinstance(numbers, dict) else ():
        numbers[key] = {"counted": "đảng viên", "subject": "party_member", "grade": None, "status": "result"}
    if "summary" in answer:
        answer["summary"] = (
            "Chi bộ tổng kết công tác trong năm. Đảng viên làm tốt việc của mình. Cuộc họp kết thúc."
        )
    return chat(answer, usage=(len(request.raw) // 4, 20))


def _nothing(schema: Any) -> Any:
    """A schema with null in place of everything that may be null."""
    if isinstance(schema, list):
        return [_nothing(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if {"type": "null"} in schema.get("anyOf", ()):
        return {"type": "null"}
    return {name: _nothing(part) for name, part in schema.items()}


def write_whole_articles(folder: Path, count: int) -> Path:
    """So many variations of the five articles, each with other numbers in another order."""
    folder.mkdir(parents=True)
    for article in variations(load_labelled(_EVALS / "articles", _EVALS / "gold"), count, seed=1):
        (folder / f"{article.name}.txt").write_text(article.text, encoding="utf-8")
    return folder


@contextmanager
def server(delay: float) -> Iterator[str]:
    """A loopback server in its own process: its base URL."""
    command = [
        sys.executable,
        "-m",
        "tests.loopback",
        "--delay",
        str(delay),
        "--script",
        "evals.bench_batch:reply",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip() if process.stdout else ""
    finally:
        process.kill()
        process.wait()


def child(what: str, **options: Any) -> dict[str, float]:
    """Measure one thing in a process of its own."""
    command = [sys.executable, "-m", "evals.bench_batch", "--child", what, json.dumps(options, default=str)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _job(folder: Path, out: Path, url: str, in_flight: int) -> dict[str, float]:
    """Our job over the articles, with what it costs: seconds of CPU of its event loop's process, and of all.

    `asking` is how long it took until the last article was done, `outputs` the CPU of what is written then.
    """
    from summarizer.batch.engine import run_here
    from summarizer.batch.job import Job, run_job
    from summarizer.batch.runner import Ending
    from summarizer.batch.work import Work
    from summarizer.settings import Settings

    async def engine(work: Work) -> Ending:
        ending = await run_here(work)
        asked.extend((time.perf_counter() - wall, time.process_time() - cpu))
        return ending

    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    asyncio.run(_warm(folder, url))
    settings = Settings.from_env({}, model="m", base_url=url)
    asked: list[float] = []
    job = Job(sources=(str(folder),), folder=out, in_flight=in_flight, pages=False)
    wall, cpu = time.perf_counter(), time.process_time()
    summary = run_job(job, settings, engine)
    all_wall, all_cpu = time.perf_counter() - wall, time.process_time() - cpu
    _check(summary)
    apart = resource.getrusage(resource.RUSAGE_CHILDREN)
    asking, loop = asked
    return {
        "wall": all_wall,
        "asking": asking,
        "loop": loop,
        "outputs": all_cpu - loop,
        "cpu": all_cpu + apart.ru_utime + apart.ru_stime,
        "articles": summary.items,
        "requests": summary.requests,
    }


async def _warm(folder: Path, url: str) -> None:
    """Do one article, so that no side pays for imports and tables in its figures."""
    import summarizer.batch.exports
    import summarizer.batch.job
    import summarizer.outputs.markdown  # noqa: F401
    from summarizer.model.client import Model
    from summarizer.pipeline import extract
    from summarizer.settings import Settings
    from summarizer.sources.loading import read_document

    async with Model(Settings.from_env({}, model="m", base_url=url)) as model:
        await model.start()
        await extract(read_document(next(folder.iterdir())), model)


Asked = tuple[Any, list[dict[str, str]], int]


async def _questions(folder: Path) -> list[Asked]:
    """What the articles ask: response model, messages, most tokens."""
    from summarizer.errors import AnswerError
    from summarizer.model.client import Model
    from summarizer.pipeline import extract
    from summarizer.settings import Settings
    from summarizer.sources.loading import read_document

    asked: list[Asked] = []

    class Noting(Model):
        """A model that notes what it is asked and answers nothing."""

        async def ask(self, question: Any, *, deadline: float | None = None) -> Any:
            messages = [dict(message) for message in question.messages]
            asked.append((question.response_model, messages, question.max_tokens))
            raise AnswerError("noted")

    opened = Model(Settings.from_env({}, model="m", base_url="http://127.0.0.1:9/v1"))
    opened.__class__ = Noting
    for path in sorted(folder.iterdir()):
        await extract(read_document(path), opened)
    return asked


def _bare(folder: Path, url: str, in_flight: int) -> dict[str, float]:
    """A bare loop: `asyncio.gather` and a semaphore over the same instructor calls, and nothing else."""
    import instructor
    import openai

    async def run() -> dict[str, float]:
        questions = await _questions(folder)
        http = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
        client = instructor.from_openai(http, mode=instructor.Mode.JSON_SCHEMA)
        places = asyncio.Semaphore(in_flight)

        async def one(shape: Any, messages: Any, most: int) -> None:
            async with places:
                await client.chat.completions.create(
                    model="m",
                    response_model=shape,
                    messages=messages,
                    max_tokens=most,
                    temperature=0,
                    max_retries=0,
                )

        await one(*questions[0])
        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(one(*question) for question in questions))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        return {"wall": wall, "cpu": cpu, "requests": len(questions)}

    return asyncio.run(run())


def _by_rules(folder: Path) -> dict[str, float]:
    """What the articles cost without any model: reading, numbers, rules, audit."""
    from summarizer.pipeline import extract
    from summarizer.sources.loading import read_document

    async def run() -> float:
        paths = sorted(folder.iterdir())
        await extract(read_document(paths[0]), None)  # tables are loaded once
        began = time.process_time()
        for path in paths:
            await extract(read_document(path), None)
        return time.process_time() - began

    return {"cpu": asyncio.run(run())}


def _check(summary: Summary) -> None:
    if summary.exit_code:
        raise SystemExit(f"a job did not end well: {summary}")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_speed(scratch: Path, articles: int, rounds: int) -> None:
    """Rate and CPU beside the bare loop: whole articles and short ones, of two questions each."""
    short = write_articles(scratch / "speed", articles)
    whole = write_whole_articles(scratch / "whole", max(articles // 5, 5))
    head = ("articles", "server", "requests", "job", "asking", "bare", "CPU ms", "event loop", "by rules")
    table: list[Sequence[str]] = [(*head, "outputs", "bare", "/ bare", "asking / bare")]
    for folder, delay in ((whole, 0.5), (short, 0.5), (whole, 0.0), (short, 0.0)):
        rules = child("by_rules", folder=folder)["cpu"]
        jobs, bare = [], []
        with server(delay) as url:
            for number in range(rounds):
                out = scratch / f"out-{folder.name}-{delay}-{number}"
                jobs.append(child("job", folder=folder, out=out, url=url, in_flight=_IN_FLIGHT))
                bare.append(child("bare", folder=folder, url=url, in_flight=_IN_FLIGHT))
        asked = jobs[0]["requests"]
        times = [(jobs, "wall"), (jobs, "asking"), (bare, "wall")]
        rates = [statistics.median(run["requests"] / run[what] for run in runs) for runs, what in times]
        shown = [f"{rate * delay / _IN_FLIGHT:.0%}" if delay else f"{rate:.0f}/s" for rate in rates]
        names = ("cpu", "loop", "outputs")
        every, loop, outputs = (statistics.median(run[what] for run in jobs) * 1000 / asked for what in names)
        alone = statistics.median(run["cpu"] / run["requests"] for run in bare) * 1000
        by_rules = rules * 1000 / asked
        figures = (every, loop, by_rules, outputs, alone, every / alone, (every - by_rules - outputs) / alone)
        row = [folder.name, f"{delay * 1000:.0f} ms", str(round(asked)), *shown]
        table.append(row + [f"{figure:.2f}" for figure in figures])
    _print(f"Speed, {_IN_FLIGHT} in flight: medians of {rounds} rounds", table)
    print(
        "Requests a second, of the ideal at a server that takes its time: the whole job with its outputs; until its\n"
        "last article was done; a bare loop over instructor's calls, plain response models made beforehand.\n"
        "CPU ms a request: our job, all its processes; the one of its event loop while it asks; what reading by\n"
        "rules takes; writing the outputs; the bare loop. The last column leaves out the rules and the outputs,\n"
        "which the bare loop does not have.\n"
    )


def measure_memory(scratch: Path) -> None:
    """Peak memory of a short and a long job by rules, with a page for each article and an index over all."""
    table: list[list[str]] = [["articles", "seconds", "peak MB", "ratio"]]
    first = 0.0
    for count in (1_000, 20_000):
        folder = write_articles(scratch / f"memory-{count}", count)
        run = child("rules", folder=folder, out=scratch / f"memory-out-{count}")
        first = first or run["rss"]
        table.append([f"{count:,}", f"{run['wall']:.0f}", f"{run['rss']:.0f}", f"{run['rss'] / first:.2f}"])
    _print("Memory: a job by rules, with pages", table)


def _rules(folder: Path, out: Path) -> dict[str, float]:
    """A job by rules alone, with its pages."""
    from summarizer.batch.job import Job, run_job
    from summarizer.settings import Settings

    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    began = time.perf_counter()
    _check(run_job(Job(sources=(str(folder),), folder=out), Settings.from_env({}, model="none")))
    return {"wall": time.perf_counter() - began, "rss": _peak_mb()}


def measure_skipping(scratch: Path, articles: int) -> None:
    """A run over so many articles that are all done."""
    folder = write_articles(scratch / "skip", articles)
    filled_in = child("fill", folder=folder, out=scratch / "skip-out")
    again = child("fill", folder=folder, out=scratch / "skip-out")
    table: list[list[str]] = [["articles", "first run s", "second run s", "peak MB"]]
    table.append([f"{articles:,}", f"{filled_in['wall']:.0f}", f"{again['wall']:.1f}", f"{again['rss']:.0f}"])
    _print("Skipping what is done (first run: a report made by hand for each, no model)", table)


def _fill(folder: Path, out: Path) -> dict[str, float]:
    """A job whose reports are made without reading anything out of the article."""
    from summarizer.batch.engine import run_here
    from summarizer.batch.job import Job, run_job
    from summarizer.batch.runner import Ending
    from summarizer.batch.work import Work
    from summarizer.pipeline import source_of
    from summarizer.schemas.report import MeetingReport, Provenance
    from summarizer.settings import Settings
    from summarizer.sources.document import Document

    made = Provenance(model="none", profile="none", version="0")

    async def process(document: Document) -> MeetingReport:
        return MeetingReport(source=source_of(document), provenance=made)

    async def engine(work: Work) -> Ending:
        return await run_here(work, process)

    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    settings = Settings.from_env({}, model="m", base_url="http://127.0.0.1:9/v1")
    began = time.perf_counter()
    summary = run_job(
        Job(sources=(str(folder),), folder=out, in_flight=_IN_FLIGHT, pages=False), settings, engine
    )
    _check(summary)
    return {"wall": time.perf_counter() - began, "rss": _peak_mb()}


def measure_kills(scratch: Path, articles: int, kills: int) -> None:
    """Kill -9 at random moments, each time resumed."""
    folder, out = write_articles(scratch / "kills", articles), scratch / "kills-out"
    chance = random.Random(1)  # noqa: S311
    in_flight = 8
    with Loopback(lambda request: reply(request).after(0.03)) as loopback:
        command = [
            sys.executable,
            "-m",
            "summarizer",
            "batch",
            str(folder),
            "--out",
            str(out),
            "--model",
            "m",
        ]
        command += ["--base-url", loopback.base_url, "--in-flight", str(in_flight)]
        for _ in range(kills):
            target = len(loopback.requests) + chance.randint(1, articles // (kills + 1))
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            while len(loopback.requests) < target and process.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.05)
            process.kill()
            process.wait()
        subprocess.run(command, stderr=subprocess.DEVNULL, check=True)
        asked = [request.raw for request in loopback.requests]
        once = len(set(asked))
    names = [json.loads(line)["source"]["name"] for line in (out / "reports.jsonl").read_bytes().splitlines()]
    table: list[list[str]] = [
        ["kills", "articles", "lost", "doubled", "requests", "of one pass", "beyond", "bound"]
    ]
    lost = articles - len(set(names))
    doubled, beyond = len(names) - len(set(names)), len(asked) - once
    row = (kills, articles, lost, doubled, len(asked), once, beyond, kills * in_flight)
    table.append([str(figure) for figure in row])
    _print("kill -9 at random moments, each resumed", table)


def measure_embedded(scratch: Path, articles: Path, slots: list[int]) -> None:
    """Articles an hour with the embedded model, for each number of questions at a time."""
    table: list[list[str]] = [["slots", "articles", "seconds", "articles/hour", "tokens out/s", "peak MB"]]
    for turn, count in enumerate(slots):
        run = child("embedded", folder=articles, out=scratch / f"embedded-{turn}", slots=count)
        rate = run["articles"] / run["wall"] * 3600
        table.append(
            [
                str(count),
                str(round(run["articles"])),
                f"{run['wall']:.0f}",
                f"{rate:.0f}",
                f"{run['out'] / run['wall']:.1f}",
                f"{run['rss']:.0f}",
            ]
        )
    _print("The embedded model, one process", table)


def _embedded(folder: Path, out: Path, slots: int) -> dict[str, float]:
    from summarizer.batch.job import Job, run_job
    from summarizer.settings import Settings

    settings = Settings.from_env({}, model="embedded", parallel=slots)
    began = time.perf_counter()
    summary = run_job(Job(sources=(str(folder),), folder=out, in_flight=slots), settings)
    wall = time.perf_counter() - began
    return {"wall": wall, "articles": summary.done, "out": summary.tokens_out, "rss": _peak_mb()}


def _print(title: str, table: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    print(title)
    for row in table:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    print(flush=True)


def _child(what: str, options: dict[str, Any]) -> None:
    for name in ("folder", "out"):
        if name in options:
            options[name] = Path(options[name])
    work = {
        "job": _job,
        "bare": _bare,
        "by_rules": _by_rules,
        "fill": _fill,
        "rules": _rules,
        "embedded": _embedded,
    }[what]
    print(json.dumps(work(**options)))


def main() -> None:
    """Measure what was named, or everything but the embedded model."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_batch", description="Measure the batch job.")
    parser.add_argument(
        "what", nargs="*", help="speed memory skipping kills faults embedded; all but the last by default"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--number", type=int, default=2000, help="articles of the speed measurement")
    parser.add_argument(
        "--articles", type=Path, default=Path("evals/articles"), help="for the embedded model"
    )
    parser.add_argument("--slots", default="1,2")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _child(given.child[0], json.loads(given.child[1]))
        return
    wanted = given.what or ["speed", "memory", "skipping", "kills", "faults"]
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as name:
        scratch = Path(name)
        if "speed" in wanted:
            measure_speed(scratch, given.number, given.rounds)
        if "memory" in wanted:
            measure_memory(scratch)
        if "skipping" in wanted:
            measure_skipping(scratch, 100_000)
        if "kills" in wanted:
            measure_kills(scratch, 500, 10)
        if "faults" in wanted:
            _print("Faults: 60 articles, 8 in flight", measure_faults(scratch / "faults", reply))
        if "embedded" in wanted:
            measure_embedded(scratch, given.articles, [int(part) for part in given.slots.split(",")])


if __name__ == "__main__":
    main()
