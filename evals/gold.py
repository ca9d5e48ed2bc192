"""Gold files: hand labels of articles, as `evals/README.md` describes them, and how they are read.

Every offset is an index into the article's text as `read_article` returns it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import MeasureError
from summarizer.schemas.reading import Form, SectionKind
from summarizer.schemas.report import Grade, Reason, Role, Status, Subject, Unit

__all__ = (
    "Excluded",
    "Gold",
    "GoldCount",
    "GoldFinding",
    "GoldParts",
    "GoldPerson",
    "GoldSection",
    "LabelledArticle",
    "load_gold",
    "load_labelled",
    "load_parts",
    "read_article",
)

T = TypeVar("T", bound="_Label")
Wordings = tuple[str, ...]
"""Every wording that is accepted; none where the article does not say."""

FindingKind = Literal["parts_total", "percent", "grade_total", "same_fact"]
_PARTS = ".parts.json"
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


class GoldPerson(_Label):
    """Somebody named in the article: what the person did there, every accepted wording of the office."""

    name: str = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    post: Wordings


class GoldReport(_Label):
    """A report that was presented or adopted; `presenter` is None where nobody is named."""

    title: Wordings = Field(min_length=1)
    presenter: str | None


class GoldRecipient(_Label):
    """A named recipient of an award or a distinction."""

    name: Wordings = Field(min_length=1)
    award: Wordings


class GoldElected(_Label):
    """Somebody elected or appointed at this meeting."""

    name: str = Field(min_length=1)
    post: Wordings


class GoldSection(_Label):
    """A sentence or clause of one kind; an optional one is neither asked for nor held against a report."""

    kind: SectionKind
    at: int = Field(ge=0)
    text: str = Field(min_length=1)
    optional: bool = False

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.at + len(self.text)


class GoldSummary(_Label):
    """What a summary must tell (of each point one wording) and what it must never hold."""

    points: tuple[Wordings, ...]
    never: Wordings


class GoldParts(_Label):
    """The label of everything in a report that is no count and not in `Gold`."""

    article: str
    meeting: bool
    kind: Wordings
    parent: Wordings
    place: Wordings
    form: Form | None
    period_text: Wordings
    people: tuple[GoldPerson, ...]
    reports: tuple[GoldReport, ...]
    recipients: tuple[GoldRecipient, ...]
    elected: tuple[GoldElected, ...]
    sections: tuple[GoldSection, ...]
    summary: GoldSummary


@dataclass(frozen=True)
class LabelledArticle:
    """An article's text with its label; `name` is the file's name without its ending.

    `parts` is None where only counts and header were labelled.
    """

    name: str
    text: str
    gold: Gold
    file: str
    parts: GoldParts | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 over text and label: what the baseline was measured on."""
        parts = self.parts.model_dump_json() if self.parts else ""
        joined = "\0".join((self.text, self.gold.model_dump_json(), parts))
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
    return _load(path, Gold)


def load_parts(gold: Path) -> GoldParts | None:
    """Return the parts' label that belongs to the label in `gold`, None where there is none.

    It is `NAME.parts.json` in a folder `parts` beside `NAME.json` or beside that one's folder, or right beside it.
    Raises MeasureError with the first thing that is wrong with it.
    """
    name = f"{gold.stem}{_PARTS}"
    places = (gold.parent / "parts", gold.parent.parent / "parts", gold.parent)
    found = next((folder / name for folder in places if (folder / name).is_file()), None)
    return _load(found, GoldParts) if found else None


def _load(path: Path, label: type[T]) -> T:
    try:
        return label.model_validate_json(path.read_bytes())
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
    files = sorted(file for file in gold.glob("*.json") if not file.name.endswith(_PARTS))
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
        text = read_article(path)
        labelled.append(LabelledArticle(file.stem, text, label, label.article, load_parts(file)))
    if not labelled:
        raise MeasureError(f"{gold}: no gold file's name holds {' or '.join(only)}")
    return labelled


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
