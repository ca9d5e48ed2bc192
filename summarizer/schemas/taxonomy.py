"""The taxonomy: the subjects and grades that a count can have, their words, labels and definitions.

The table is `taxonomy.csv` beside this module; its head says what each column means. One row serves both readers:
the rules look its words up, and a large model is told its definition. `use` adds a user's own table of the same
form. The table in use is the process's: reports are read, written and checked by it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import ConfigError
from summarizer.schemas.word_tables import Row, rows_of

_COLUMNS = ("list", "value", "label_vi", "short_vi", "label_en", "graded", "definition", "words")
_VALUE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_YES_OR_NO = {"yes": True, "no": False}


class TaxonomyRow(NamedTuple):
    """A subject or a grade (xếp loại): its labels, its definition, and the words that it is known by.

    `graded` says of a subject whether its counts can have a grade.
    """

    value: str
    label_vi: str = ""
    short_vi: str = ""
    label_en: str = ""
    graded: bool = False
    definition: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """A table as it is in use; the order of its rows is the order in which reports list them."""

    subjects: tuple[TaxonomyRow, ...]
    grades: tuple[TaxonomyRow, ...]

    @property
    def digest(self) -> str:
        """A hash of all its rows, for whatever depends on the table."""
        return hashlib.sha256(repr((self.subjects, self.grades)).encode()).hexdigest()[:16]

    @cached_property
    def graded(self) -> frozenset[str]:
        """The subjects whose counts can have a grade."""
        return frozenset(row.value for row in self.subjects if row.graded)


def graded_subjects() -> frozenset[str]:
    """Return the subjects whose counts can have a grade: organizations and people, but no pupils."""
    return active().graded


def active() -> Taxonomy:
    """Return the table in use; the same object until `use` is called again."""
    return _active[-1]


def use(path: str | Path | None) -> Taxonomy:
    """Put the project's own table, with the rows of the file at `path` added, into use for this process.

    A row with a new value adds a subject or a grade and needs a `label_vi`; one with a value that there is adds
    words to it, and whatever else it fills in takes the place of what stood there. A phrase that the project's table
    has belongs to the user's row. None leaves the project's table alone. Raises ConfigError, with file and line,
    for what cannot be read.
    """
    if path is None:
        _active[:] = [_own()]
        return active()
    file = Path(path).expanduser()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such file") from None
    except (OSError, UnicodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise ConfigError(f"the taxonomy {file} cannot be read: {reason}") from None
    _active[:] = [read_taxonomy(text, file.name, _own())]
    return active()


def read_taxonomy(text: str, name: str, base: Taxonomy | None = None) -> Taxonomy:
    """Return a table as it is written, `name` being what errors call it, with the rows of `base` before its own.

    Raises ConfigError, with the line, for an unknown list, a value that is no lower-case word, a new value without
    a label, and whatever `summarizer.schemas.word_tables.rows_of` refuses.
    """
    found: dict[str, dict[str, list[Row]]] = {"subject": {}, "grade": {}}
    for row in rows_of(text, name, _COLUMNS, key=("list",)):
        if row["list"] not in found:
            raise ConfigError(f"{row.where}: list is {row['list']!r}, but must be subject or grade")
        if not _VALUE.fullmatch(row["value"]):
            raise ConfigError(f"{row.where}: value {row['value']!r} must be small letters, digits and _")
        if row["graded"] not in ("", *_YES_OR_NO):
            raise ConfigError(f"{row.where}: graded is {row['graded']!r}, but must be yes, no or empty")
        found[row["list"]].setdefault(row["value"], []).append(row)
    known = base or Taxonomy((), ())
    return Taxonomy(_merged(known.subjects, found["subject"]), _merged(known.grades, found["grade"]))


def _merged(known: Sequence[TaxonomyRow], added: Mapping[str, Sequence[Row]]) -> tuple[TaxonomyRow, ...]:
    """Return the values of one list with the rows `added` to them, by value; what these fill in comes first."""
    taken = {phrase.lower() for rows in added.values() for row in rows for phrase in row.phrases()}
    values = {
        row.value: row._replace(words=tuple(word for word in row.words if word.lower() not in taken))
        for row in known
    }
    for value, rows in added.items():
        old = values.get(value) or TaxonomyRow(value)
        filled = {column: cell for row in rows for column, cell in row.cells.items() if cell}
        label = filled.get("label_vi") or old.label_vi
        if not label:
            raise ConfigError(f"{rows[0].where}: the new value {value!r} needs a label_vi")
        words = (*old.words, *(phrase for row in rows for phrase in row.phrases()))
        values[value] = TaxonomyRow(
            value,
            label,
            short_vi=filled.get("short_vi") or old.short_vi or label,
            label_en=filled.get("label_en") or old.label_en or value.replace("_", " "),
            graded=_YES_OR_NO.get(filled.get("graded", ""), old.graded),
            definition=filled.get("definition") or old.definition or ", ".join(words[:6]),
            words=words,
        )
    return tuple(values.values())


def _own() -> Taxonomy:
    file = files("summarizer.schemas") / "taxonomy.csv"
    return read_taxonomy(file.read_text(encoding="utf-8"), file.name)


_active = [_own()]
