"""The deterministic part of one article: reading, numbers, alignment, audit and rendering, in CPU time.

    python -m evals.bench_extraction

prints the least and the median of its runs over the longest of the five articles. No model is asked.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

from summarizer.extraction import extract
from summarizer.markdown import render
from summarizer.reading import read_document

RUNS = 40
ARTICLE = Path(__file__).parent / "articles" / "002_50290d5aba0fb070.txt"


async def measure() -> list[float]:
    """Return the CPU seconds of each run, after a few to warm up."""
    seconds: list[float] = []
    for _ in range(RUNS + 5):
        began = time.process_time()
        report = await extract(read_document(ARTICLE), None)
        render(report)
        seconds.append(time.process_time() - began)
    return seconds[5:]


def main() -> None:
    """Print the figures."""
    seconds = asyncio.run(measure())
    characters = len(read_document(ARTICLE).text)
    print(
        f"{characters:,} characters: least {min(seconds) * 1e3:.1f} ms, "
        f"median {statistics.median(seconds) * 1e3:.1f} ms of CPU, {RUNS} runs"
    )


if __name__ == "__main__":
    main()
