"""Gold files: hand labels of articles, as `evals/README.md` describes them, and how they are read.

Every offset is an index into the article's text as `read_article` returns it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import MeasureError
from summarizer.schemas.report import Grade, Reason, Status, Subject, Unit

__all__ = (
    "Excluded",
    "Gold",
    "GoldCount",
    "GoldFinding",
    "LabelledArticle",
    "load_gold",
    "load_labelled",
    "read_article",
)

FindingKind = Literal["parts_total", "percent", "grade_total", "same_fact"]
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"


class _Label(BaseModel):
    # Unknown keys are kept, so that `check-gold` can name them without stopping a run.
    model_config = ConfigDict(extra="allow", frozen=True)


class GoldCount(_Label):
    """One number of the article that counts something; `value` of money is in đồng."""

    at: int = Field(ge=0)
    text: str = Field(min_length=1)
    value: int | float
    total: int | float | None
    unit: Unit
    subject: Subject
    grade: Grade | None
    status: Status
    counted: str

    @property
    def end(self) -> int:
        """The offset behind the number."""
        return self.at + len(self.text)


class Excluded(_Label):
    """One number of the article that counts nothing, with the reason; `article` is “một” as an article."""

    at: int = Field(ge=0)
    text: str = Field(min_length=1)
    reason: Reason | Literal["article"]

    @property
    def end(self) -> int:
        """The offset behind the number."""
        return self.at + len(self.text)


class GoldFinding(_Label):
    """A place where the article contradicts itself: `at` holds the offset of every number involved."""

    kind: FindingKind
    at: tuple[int, ...]
    note: str | None = None


class Gold(_Label):
    """The label of one article; `excluded` and `findings` are None where they were not labelled."""

    article: str
    organization: tuple[str, ...]
    date_held: str | None = Field(pattern=_ISO_DAY)
    date_published: str | None = Field(pattern=_ISO_DAY)
    period: int | None
    chairs: tuple[str, ...]
    counts: tuple[GoldCount, ...]
    excluded: tuple[Excluded, ...] | None = None
    findings: tuple[GoldFinding, ...] | None = None


@dataclass(frozen=True)
class LabelledArticle:
    """An article's text with its label; `name` is the file's name without its ending."""

    name: str
    text: str
    gold: Gold
    file: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 over text and label: what the baseline was measured on."""
        joined = self.text + "\0" + self.gold.model_dump_json()
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def read_article(path: Path) -> str:
    """Return an article's text with no normalisation, so that offsets hold.

    Raises MeasureError where the file cannot be read as UTF-8.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise MeasureError(f"{path}: cannot be read as UTF-8 text ({_first_line(error)})") from error


def load_gold(path: Path) -> Gold:
    """Return the label in `path`; raises MeasureError with the first thing that is wrong with it."""
    try:
        return Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise MeasureError(f"{path}: cannot be read ({_first_line(error)})") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise MeasureError(f"{path}: {where or 'file'}: {first['msg']}; see evals/README.md") from error


def load_labelled(articles: Path, gold: Path, *, only: Sequence[str] = ()) -> list[LabelledArticle]:
    """Return every article of `articles` that has a label in `gold`, in the order of their names.

    `only` keeps those whose name holds one of its strings. Raises MeasureError where a label has no
    article, or nothing is left to measure.
    """
    files = sorted(gold.glob("*.json"))
    if not files:
        raise MeasureError(f"{gold}: no gold files (*.json); label an article as evals/README.md says")
    labelled: list[LabelledArticle] = []
    for file in files:
        if only and not any(part in file.stem for part in only):
            continue
        label = load_gold(file)
        path = articles / label.article
        if not path.is_file():
            raise MeasureError(f"{file}: its article {path} does not exist; give its folder with --articles")
        labelled.append(LabelledArticle(file.stem, read_article(path), label, label.article))
    if not labelled:
        raise MeasureError(f"{gold}: no gold file's name holds {' or '.join(only)}")
    return labelled


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
