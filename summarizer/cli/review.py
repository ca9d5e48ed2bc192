"""The command `review`, and the option `--as-gold` that `export` has too."""

from __future__ import annotations

import getpass
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.console import messages, tell
from summarizer.cli.options import NamedPath, command, folder_argument, lang_option

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang

as_gold = click.option(
    "--as-gold",
    "gold",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="GOLD",
    help=_("Write the articles reviewed whole as labels for the evals: GOLD/gold and GOLD/articles."),
)


def say_problems(folder: Path) -> None:
    """Say on stderr which review files of the batch in `folder` are left out of its outputs, a line each."""
    from summarizer.review.store import Reviews

    for problem in Reviews(folder).problems:
        tell(f"summarizer: {messages().translate(problem)}")


def write_labels(folder: Path, gold: Path) -> None:
    """Do what `--as-gold` says, and say how many there were; raises `ConfigError` where they cannot be written."""
    from summarizer.batch.reported import JobArticles
    from summarizer.errors import ConfigError
    from summarizer.review.gold import write_gold
    from summarizer.review.store import Reviews

    say_problems(folder)
    with JobArticles(folder) as articles:
        try:
            counts, parts, left = write_gold(articles, Reviews(folder), gold)
        except OSError as error:
            raise ConfigError(f"{gold}: cannot be written ({error.strerror or error})") from None
    tell(messages()("cli.review.gold", gold=gold, counts=counts, parts=parts, left=left))


@command(
    help=_(
        "Correct the reports of the batch in FOLDER in a browser; what is saved stands in FOLDER/reviews.\n\n"
        "The address that is printed works on this machine only, until Ctrl-C. All that `summarizer export` "
        "writes then has the corrections. With --as-gold nothing is served."
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
@as_gold
def review(
    folder: Path, port: int, open_it: bool, reviewer: str | None, lang: Lang, gold: Path | None
) -> None:
    """Serve the review, or write the labels."""
    from summarizer.errors import ConfigError, install_command

    if gold is not None:
        write_labels(folder, gold)
        return
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
