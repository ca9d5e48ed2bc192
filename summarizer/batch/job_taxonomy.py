"""The taxonomy of a job: a copy of the user's table, in the job's folder, for all that reads its reports again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from summarizer.errors import ConfigError
from summarizer.outputs.files import write_whole
from summarizer.schemas.taxonomy import use
from summarizer.settings import Settings

FILE = "job.taxonomy.csv"


def use_taxonomy(folder: Path) -> None:
    """Put the table of the job in `folder` into use for this process, where the job has one.

    Raises `ConfigError` where it cannot be read.
    """
    if (folder / FILE).is_file():
        use(folder / FILE)


def with_taxonomy(folder: Path, settings: Settings) -> Settings:
    """Return the settings with the job's table where they name none, and put the table into use for this process.

    Raises `ConfigError` where it cannot be read.
    """
    if settings.taxonomy is None and (folder / FILE).is_file():
        settings = replace(settings, taxonomy=str(folder / FILE))
    if settings.taxonomy is not None:
        use(settings.taxonomy)
    return settings


def keep_taxonomy(folder: Path, settings: Settings) -> Settings:
    """Copy the table that the settings name into the job's folder, and return the settings with the copy.

    Raises `ConfigError` where it cannot be written.
    """
    if settings.taxonomy is None:
        return settings
    try:
        table = Path(settings.taxonomy).expanduser().read_bytes()
        write_whole(folder / FILE, table)
    except OSError as error:
        raise ConfigError(f"{folder / FILE}: cannot be written ({error.strerror or error})") from None
    return replace(settings, taxonomy=str((folder / FILE).absolute()))  # whatever folder a worker is in
