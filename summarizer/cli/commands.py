"""The commands, with their help in the language that was chosen before this module is loaded."""

from __future__ import annotations

from gettext import gettext as _
from importlib import import_module

import click

from summarizer.schemas.languages import LANGS

_COMMANDS = {
    "batch": ("batch", _("Report on many articles; stop and go on at any time.")),
    "doctor": ("doctor", _("Say which model would be used, and whether it answers.")),
    "export": ("batch", _("Write a batch's outputs again from its journal.")),
    "review": ("review", _("Correct the reports of a batch in a browser.")),
    "schema": ("summarize", _("Print the JSON Schema of a report.")),
    "status": ("batch", _("Say how far the batch in a folder is.")),
    "summarize": ("summarize", _("Report on one article: a file, a URL, or - for standard input.")),
}
"""By name: the module that a command is in, loaded only to be run, and what the command does."""


class _Commands(click.Group):
    """The commands; `--help` loads none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return getattr(import_module(f"summarizer.cli.{_COMMANDS[cmd_name][0]}"), cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, help_) for name, (_module, help_) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    help=_("Vietnamese web articles about review meetings become reports whose every count has its place."),
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGS]..."),
)
@click.version_option(package_name="summarizer", help=_("Show the version and exit."))
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    help=_("As --lang of the command; it may stand before the command or after it."),
)
@click.pass_context
def cli(ctx: click.Context, lang: str | None) -> None:
    """All commands; what `lang` is to be for each of them where it is given no other."""
    if lang is not None:
        ctx.default_map = {name: {"lang": lang} for name in _COMMANDS}
