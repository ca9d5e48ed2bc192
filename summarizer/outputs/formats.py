"""Formats: what else a job can be written as, and the package that each of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec

from summarizer.errors import ConfigError, install_command

FORMATS: Mapping[str, tuple[str, str]] = {
    "xlsx": ("xlsxwriter", "xlsx"),
    "parquet": ("pyarrow", "parquet"),
    "brief": ("docx", "office"),
}
"""By a format's name: the module that writes it, and the extra of this package that installs it."""


def require(formats: Iterable[str]) -> None:
    """Raise ConfigError, in one line that says what to install, where a format of `FORMATS` cannot be written."""
    missing = [name for name in dict.fromkeys(formats) if find_spec(FORMATS[name][0]) is None]
    if missing:
        needs = (f"{name} needs another package: {install_command(FORMATS[name][1])}" for name in missing)
        raise ConfigError("; ".join(needs))
