"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarizer.cli.console import choose_lang

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang
    from summarizer.settings import Settings

__all__ = ("NamedPath", "lang_option", "messages_option", "model_options")

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--model",
        help="Model name, a path to a GGUF file, or none for the rules alone. "
        "Default: $SUMMARIZER_MODEL, else embedded.",
    ),
    click.option("--base-url", help="OpenAI-compatible endpoint. Default: $OPENAI_BASE_URL."),
    click.option(
        "--policy",
        metavar="PART=READER,…",
        help="Who leads for a part of the report: rules or model, as in counts=rules,header=model.",
    ),
    click.option(
        "--taxonomy",
        metavar="FILE",
        help="CSV with subjects, words and grades of your own. Default: $SUMMARIZER_TAXONOMY.",
    ),
)


class NamedPath(click.Path):
    """A path that is named: an empty one, as of a variable that is not set, would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("the name is empty; name a path, or . for the current folder", param, ctx)
        return super().convert(value, param, ctx)


def _lang(context: click.Context, option: click.Parameter, lang: Lang | None) -> Lang:
    """Have messages in the language that is given; return that of what is read, Vietnamese where none is."""
    choose_lang(lang)
    return lang or "vi"


lang_option = click.option(
    "--lang",
    type=click.Choice(("vi", "en")),
    callback=_lang,
    is_eager=True,
    help="Language of what people read, and of messages; JSON, CSV and Parquet keep their codes.  "
    "[default: vi; messages by LC_ALL, LC_MESSAGES, LANG]",
)
messages_option = click.option(
    "--lang",
    type=click.Choice(("vi", "en")),
    callback=_lang,
    is_eager=True,
    expose_value=False,
    help="Language of what is printed; JSON keeps its codes.  [default: by LC_ALL, LC_MESSAGES, LANG]",
)


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

    decorated: Any = with_settings
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _settings(**given: Any) -> Settings:
    from summarizer.referee.policy import policy_for
    from summarizer.settings import Settings

    settings = Settings.from_env(**given)
    policy_for(
        settings.profile.name, settings.policy
    )  # what is wrong with it is said before anything is read
    return settings
