"""The deterministic part of one article: reading, numbers, alignment, audit and rendering, in CPU time.

    python -m evals.bench_extraction

prints the least and the median of its runs over the longest of the five articles: of each step, of these five
together, and of all that code does, which reads header, people, quotations, awards and summary too before a model
settles them. No model is asked. Each run reads a copy that is longer by another number of line breaks, so that none
finds what the run before it has kept.

Then, for texts that repeat what the search for numbers could go back over again and again, how many times longer ten
times the text takes: some 10 where the time is linear, 100 where it is quadratic.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from summarizer.article.article import take_apart
from summarizer.article.dates import find_dates
from summarizer.article.normalize import normalize
from summarizer.article.numbers import find_numbers
from summarizer.audit import audit
from summarizer.outputs.markdown import render
from summarizer.pipeline import extract
from summarizer.referee.policy import policy_for
from summarizer.referee.reconciling import reconcile
from summarizer.rules.reader import read
from summarizer.sources.loading import read_document

RUNS, WARM_UP = 200, 10
COPIES = 5
ARTICLE = Path(__file__).parent / "articles" / "002_50290d5aba0fb070.txt"
STEPS = ("reading", "numbers", "rules", "referee", "audit", "rendering")
WHOLE = "whole"
REPEATED = (
    "1/",
    "1 / ",
    "1\n",
    "0 0",
    "09 ",
    "1 tỷ ",
    "hai mươi ",
    "1a",
    " ",
    "e\u0323",
    "1 đến ",
    "(1) ",
    '"1',
    "tuổi bình quân là 5 ",
)


class Clock:
    """The CPU seconds of each step, by run."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = {}

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add what is done inside to the runs of a step."""
        began = time.process_time()
        yield
        self.steps.setdefault(step, []).append(time.process_time() - began)


def copies(folder: Path) -> list[Path]:
    """Write the copies of the article into a folder and return their paths."""
    paths = [folder / f"{number}.txt" for number in range(COPIES)]
    for number, path in enumerate(paths):
        path.write_bytes(ARTICLE.read_bytes() + b"\n" * number)
    return paths


async def run(path: Path, clock: Clock) -> None:
    """Time one article as a whole, then step by step."""
    with clock.timed(WHOLE):
        report = await extract(read_document(path), None)
        render(report)
    reading, numbers, rules, referee, auditing, rendering = map(clock.timed, STEPS)
    with reading:
        document = read_document(path)
    with numbers:
        article = take_apart(document)
    with rules:
        by_rules = read(article)
    with referee:
        counts = reconcile(article, by_rules, None, policy_for("none"))["counts"]
    with auditing:
        audit(article, counts)
    with rendering:
        render(report)


async def measure(articles: list[Path]) -> dict[str, list[float]]:
    """Return the milliseconds of each step in each run, after a few runs to warm up."""
    clock = Clock()
    for article in islice(cycle(articles), RUNS + WARM_UP):
        await run(article, clock)
    return {step: [seconds * 1e3 for seconds in runs[WARM_UP:]] for step, runs in clock.steps.items()}


def growth(unit: str) -> float:
    """Return how many times the CPU time grows where a text of repeated `unit` grows from 4,000 to 40,000."""

    def seconds(length: int) -> float:
        clock = Clock()
        for _ in range(5):
            with clock.timed(unit):
                normal = normalize(unit * (length // len(unit)))
                find_numbers(normal, find_dates(normal), ())
        return min(clock.steps[unit])

    return seconds(40_000) / seconds(4_000)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        steps = asyncio.run(measure(copies(Path(folder))))
    print(
        f"{len(read_document(ARTICLE).text):,} characters, {RUNS} runs, milliseconds of CPU (least, median)"
    )
    sums = [sum(seconds) for seconds in zip(*(steps[step] for step in STEPS), strict=True)]
    for step in (*STEPS, "these", WHOLE):
        runs = steps.get(step, sums)
        print(f"  {step:<18} {min(runs):5.1f} {median(runs):5.1f}")
    print("times longer for ten times the text")
    for unit in REPEATED:
        print(f"  {unit!r:<18} {growth(unit):5.1f}")


if __name__ == "__main__":
    main()
