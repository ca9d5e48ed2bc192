"""The deterministic part of one article: reading, numbers, alignment, audit and rendering, in CPU time.

    python -m evals.bench_extraction

prints the least and the median of its runs over the longest of the five articles. No model is asked. Each run reads
a copy that is longer by another number of line breaks, so that none finds what the run before it has kept.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from summarizer.extraction import extract
from summarizer.markdown import render
from summarizer.reading import read_document

RUNS, WARM_UP = 200, 10
COPIES = 5
ARTICLE = Path(__file__).parent / "articles" / "002_50290d5aba0fb070.txt"


def copies(folder: Path) -> list[Path]:
    """Write the copies of the article into a folder and return their paths."""
    paths = [folder / f"{number}.txt" for number in range(COPIES)]
    for number, path in enumerate(paths):
        path.write_bytes(ARTICLE.read_bytes() + b"\n" * number)
    return paths


async def measure(articles: list[Path]) -> list[float]:
    """Return the CPU seconds of each run, after a few to warm up."""
    seconds: list[float] = []
    for article in islice(cycle(articles), RUNS + WARM_UP):
        began = time.process_time()
        report = await extract(read_document(article), None)
        render(report)
        seconds.append(time.process_time() - began)
    return seconds[WARM_UP:]


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = asyncio.run(measure(copies(Path(folder))))
    characters = len(read_document(ARTICLE).text)
    print(
        f"{characters:,} characters: least {min(seconds) * 1e3:.1f} ms, "
        f"median {statistics.median(seconds) * 1e3:.1f} ms of CPU, {RUNS} runs"
    )


if __name__ == "__main__":
    main()
