"""Gold files from reviews: each article that was reviewed whole, with its text, for the evals."""

from __future__ import annotations

import json
from pathlib import Path

from summarizer.outputs.files import write_whole
from summarizer.review.applying import as_gold
from summarizer.review.shelf import Shelf
from summarizer.review.store import Reviews

__all__ = ("write_gold",)


def write_gold(folder: Path, out: Path) -> tuple[int, int]:
    """Write `out/gold/<page>.json` and `out/articles/<page>.txt` for every complete review of a batch.

    Returns how many were written, and how many articles have no complete review. Raises `ConfigError` for a
    folder without a batch, `SourceError` for a damaged review file, OSError where `out` cannot be written.
    """
    reviews = Reviews(folder)
    written = left = 0
    with Shelf(folder) as shelf:
        for article in shelf:
            review = reviews.load(article.page)
            if review is None or not review.complete:
                left += 1
                continue
            label = {**as_gold(shelf.report(article.page), review), "article": f"{article.page}.txt"}
            for name in ("gold", "articles"):
                (out / name).mkdir(parents=True, exist_ok=True)
            text = json.dumps(label, ensure_ascii=False, indent=1)
            write_whole(out / "gold" / f"{article.page}.json", text + "\n")
            write_whole(out / "articles" / f"{article.page}.txt", shelf.document(article.page).text)
            written += 1
    return written, left
