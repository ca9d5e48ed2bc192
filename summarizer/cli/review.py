"""The command `review`."""

from __future__ import annotations

import getpass
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.console import messages, tell
from summarizer.cli.options import command, folder_argument, lang_option

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang


@command(
    help=_(
        "Correct the reports of the batch in FOLDER in a browser; what is saved stands in FOLDER/reviews.\n\n"
        "The address that is printed works on this machine only, until Ctrl-C. All that `summarizer export` "
        "writes then has the corrections."
    )
)
@folder_argument
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=0,
    help=_("Port on loopback.  [default: a free one]"),
)
@click.option("--open", "open_it", is_flag=True, help=_("Open the address in the browser."))
@click.option(
    "--reviewer",
    metavar=_("NAME"),
    envvar="SUMMARIZER_REVIEWER",
    help=_("Who reviews.  [default: the user's name]"),
)
@lang_option
def review(folder: Path, port: int, open_it: bool, reviewer: str | None, lang: Lang) -> None:
    """Serve the review."""
    from summarizer.errors import ConfigError, install_command

    try:
        from summarizer.review.server import serve
    except ImportError:
        raise ConfigError(f"review needs starlette and uvicorn: {install_command('review')}") from None

    def ready(address: str) -> None:
        click.echo(address)
        tell(messages()("cli.review.address"))
        if open_it:
            click.launch(address)

    from summarizer.batch.reported import JobArticles

    if reviewer is None:
        with suppress(KeyError, OSError, ImportError):  # where the system does not know the user
            reviewer = getpass.getuser()
    with JobArticles(folder) as articles:
        serve(articles, folder, port=port, reviewer=reviewer or "", ready=ready, lang=lang)
