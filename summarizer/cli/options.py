"""Options that several commands have. Texts are gettext's, in the language that was chosen before they are loaded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarizer.errors import ConfigError
from summarizer.outputs.formats import FORMATS
from summarizer.schemas.languages import LANGS

if TYPE_CHECKING:
    from summarizer.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_MODEL = (
    click.option(
        "--model",
        metavar=_("NAME"),
        help=_(
            "Model name, a path to a GGUF file, or none for the rules alone. "
            "Default: $SUMMARIZER_MODEL, else embedded."
        ),
    ),
    click.option(
        "--base-url", metavar="URL", help=_("OpenAI-compatible endpoint. Default: $OPENAI_BASE_URL.")
    ),
    click.option(
        "--policy",
        metavar=_("PART=READER,…"),
        help=_("Who leads for a part of the report: rules or model, as in counts=rules,header=model."),
    ),
    click.option(
        "--taxonomy",
        metavar=_("FILE"),
        help=_(
            "CSV with subjects, words and grades of your own, in the form that the first lines of "
            "summarizer/schemas/taxonomy.csv describe. Default: $SUMMARIZER_TAXONOMY."
        ),
    ),
)


def _formats(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats that are named, with commas or one by one, each once."""
    names = [name.strip() for several in given for name in several.split(",")]
    return tuple(dict.fromkeys(click.Choice(tuple(FORMATS)).convert(name, param, ctx) for name in names))


_FORMAT = (
    click.option(
        "--format",
        "formats",
        metavar=f"[{'|'.join(FORMATS)}]",
        multiple=True,
        callback=_formats,
        help=_(
            "Write this too: xlsx is report.xlsx, for Excel; parquet the tables as *.parquet; brief a page of each"
            " article, as .docx and .md in reports/. Several with commas, or the option again."
        ),
    ),
    click.option(
        "--pages/--no-pages", default=True, help=_("Write an evidence page an article, and index.html.")
    ),
)

command = partial(click.command, options_metavar=_("[OPTIONS]"))


class NamedPath(click.Path):
    """A path that is named: an empty one, as of a variable that is not set, would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail(_("the name is empty; name a path, or . for the current folder"), param, ctx)
        return super().convert(value, param, ctx)


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGS),
    default="vi",
    help=_(
        "Language of what people read, and of messages; JSON, CSV and Parquet keep their codes.  "
        "[default: vi; messages by LC_ALL, LC_MESSAGES, LANG]"
    ),
)
messages_option = click.option(
    "--lang",
    type=click.Choice(LANGS),
    expose_value=False,  # chosen before: see console.choose_lang
    help=_("Language of what is printed; JSON keeps its codes.  [default: by LC_ALL, LC_MESSAGES, LANG]"),
)
folder_argument = click.argument(
    "folder", metavar=_("FOLDER"), type=NamedPath(file_okay=False, path_type=Path)
)


def format_options(command: Command) -> Command:
    """Add `formats` and `pages`, which say what else a job writes."""
    return _with(_FORMAT, command)


def model_options(command: Command) -> Command:
    """Add the options that decide how articles are read to a click command.

    The command is given `settings`, which makes them: called, it returns `Settings` or raises `ConfigError`.
    """

    @wraps(command)
    def with_settings(
        *arguments: Any, model: Any, base_url: Any, policy: Any, taxonomy: Any, **rest: Any
    ) -> Any:
        made = partial(_settings, model=model, base_url=base_url, policy=policy, taxonomy=taxonomy)
        return command(*arguments, settings=made, **rest)

    return _with(_MODEL, with_settings)


def _with(options: tuple[Callable[[Any], Any], ...], command: Any) -> Any:
    for option in reversed(options):
        command = option(command)
    return command


def _settings(**given: Any) -> Settings:
    from summarizer.referee.policy import policy_for
    from summarizer.settings import NONE, Settings

    settings = Settings.from_env(**given)
    # What is wrong with the policy is said before anything is read.
    policy_for(settings.profile.name, settings.policy)
    led = [row.strip() for row in (given["policy"] or "").split(",") if row.strip().endswith("=model")]
    if led and settings.model == NONE:
        raise ConfigError(f"--policy {led[0]}: there is no model to lead with --model none")
    return settings
