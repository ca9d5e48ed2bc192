"""The embedded model's weights: one file in the user's cache folder, never used before its hash is right."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from summarizer.errors import WeightsError
from summarizer.progress import Progress, no_progress

__all__ = ("cache_folder", "weights_path")

FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


def cache_folder() -> Path:
    """Where the weights lie: SUMMARIZER_CACHE, or the user's cache folder of this system."""
    return Path(
        os.environ.get("SUMMARIZER_CACHE") or platformdirs.user_cache_dir("summarizer", appauthor=False)
    )


def weights_path(model: str | None = None, *, progress: Progress = no_progress) -> Path:
    """The file to load: `model` where it names one, else SUMMARIZER_GGUF, else the embedded model's own."""
    named = model or os.environ.get("SUMMARIZER_GGUF")
    path = Path(named) if named else cache_folder() / FILE
    if not path.is_file():
        raise WeightsError(f"no weights at {path}")
    return path
