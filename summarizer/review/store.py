"""The review files of a batch: `reviews/<sha256 of the text>.json` in the batch's folder, one a text."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from summarizer.errors import ConfigError
from summarizer.outputs.files import write_whole
from summarizer.review.decisions import Review

REVIEWS = "reviews"
_SUFFIX = ".json"
_LOCK_S = 10.0  # a save takes milliseconds


class Reviews:
    """The reviews in the batch's `folder`, found by the text that they were made of.

    A file may have any name: what counts is the hash in it. `problems` says, a line each, which files are left out
    and why; the other files are not concerned.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / REVIEWS
        self._paths: dict[str, Path] = {}
        self.problems: tuple[str, ...] = tuple(self._scan())

    def __iter__(self) -> Iterator[str]:
        """The hashes of the texts that were reviewed."""
        return iter(self._paths)

    def __bool__(self) -> bool:
        """Whether there is any file, one that is left out included."""
        return bool(self._paths or self.problems)

    def left_out(self, texts: Container[str]) -> Iterator[str]:
        """Yield a line for each file that is in no output, with the reason; `texts` are the articles' hashes."""
        yield from self.problems
        for sha256, path in self._paths.items():
            review = None if sha256 in texts else self.get(sha256)
            if review is not None:
                yield f"{path}: left out, for {review.name} has another text now, or is not in the batch any more"

    def get(self, sha256: str) -> Review | None:
        """The review of the text with this hash, as it is on the disk now; None where there is none."""
        path = self._paths.get(sha256, self._path(sha256))
        try:
            return Review.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def update(self, name: str, sha256: str, change: Callable[[Review], Review]) -> Review:
        """Change the review of a text, or begin one, and return it as saved.

        `change` is given what is on the disk now, and nobody else saves meanwhile; where it changes nothing, or
        raises, the file is left as it was. Raises OSError where the folder cannot be written, `ConfigError` where
        another process holds it.
        """
        self._folder.mkdir(exist_ok=True)
        try:
            with FileLock(self._folder / ".lock", timeout=_LOCK_S):
                path = self._paths.setdefault(sha256, self._path(sha256))
                before = self.get(sha256)
                if before is None and path.exists():  # what cannot be read as a review is kept beside it
                    os.replace(path, path.with_suffix(".damaged"))
                before = before or Review(name=name, sha256=sha256)
                review = change(before)
                if review != before:
                    write_whole(path, review.model_dump_json(indent=1) + "\n")
        except Timeout:
            raise ConfigError(f"{self._folder}: another process is saving there and does not end") from None
        return review

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}{_SUFFIX}"

    def _scan(self) -> Iterator[str]:
        """Find the files; gives back what is wrong with those that are left out."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            try:
                review = Review.model_validate_json(path.read_bytes())
            except OSError as error:
                yield f"{path}: left out, for it cannot be read ({error.strerror})"
            except ValidationError:
                yield f"{path}: left out, for it is no review of this version; the article can be reviewed again"
            else:
                if review.sha256 in self._paths:
                    yield f"{path}: left out, for {self._paths[review.sha256].name} is of the same text"
                else:
                    self._paths[review.sha256] = path
