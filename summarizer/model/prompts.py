"""Prompts: Vietnamese texts in files under `prompts/`, each with a version, loaded by name.

A file begins with a line `version: N`, then a blank line, then the text. A text's places for values are
`{name}`; they are filled by plain replacement, so braces in an article stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: `name`, `version`, and its `text`."""

    name: str
    version: str
    text: str

    def fill(self, **values: str) -> str:
        """Return the text with each `{name}` replaced by its value; values are not looked into again."""
        return _PLACE.sub(lambda place: values.get(place[1], place[0]), self.text)


@cache
def load(name: str) -> Prompt:
    """Return the prompt `name`.

    Raises FileNotFoundError if there is no such file, ValueError if it names no version.
    """
    head, _, text = folder().joinpath(f"{name}.md").read_text(encoding="utf-8").partition("\n\n")
    if not head.startswith("version: "):
        raise ValueError(f"prompts/{name}.md does not begin with a version line")
    return Prompt(name, head.removeprefix("version: ").strip(), text.strip())


@cache
def versions(size: str) -> Mapping[str, str]:
    """Return the version of each prompt that a model of this size (`small`, `large`) is asked with."""
    return {path.stem: load(path.stem).version for path in sorted(folder().glob(f"{size}_*.md"))}


def folder() -> Path:
    """Return the folder of the prompts: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent.parent
    packaged = package / "_prompts"
    return packaged if packaged.is_dir() else package.parent / "prompts"
