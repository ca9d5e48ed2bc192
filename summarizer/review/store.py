"""The review files of a batch: `reports/<name>.review.json`, beside the article's other files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import ValidationError

from summarizer.errors import SourceError
from summarizer.outputs.files import write_whole
from summarizer.review.records import Review

__all__ = ("Reviews",)

_SUFFIX = ".review.json"


class Reviews:
    """The reviews in a batch's folder, by the name of the article's page."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "reports"

    def load(self, page: str) -> Review | None:
        """The review of an article; None where there is none. Raises `SourceError` for a damaged file."""
        try:
            return Review.model_validate_json(self._path(page).read_bytes())
        except FileNotFoundError:
            return None
        except (ValidationError, UnicodeDecodeError):
            raise SourceError(
                f"{self._path(page)}: is no review file; move it away to review again"
            ) from None

    def state(self, page: str) -> str:
        """A mark of what is saved now, the same as long as nothing else was saved; empty where nothing is."""
        try:
            return hashlib.sha256(self._path(page).read_bytes()).hexdigest()[:16]
        except FileNotFoundError:
            return ""

    def save(self, page: str, review: Review) -> None:
        """Save a review, whole or not at all. Raises OSError."""
        self._folder.mkdir(exist_ok=True)
        write_whole(self._path(page), review.model_dump_json(indent=1) + "\n")

    def _path(self, page: str) -> Path:
        return self._folder / f"{page}{_SUFFIX}"
