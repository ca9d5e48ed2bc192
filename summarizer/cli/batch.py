"""The commands of the batch job: `batch`, `status` and `export`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.console import console_progress, messages, tell
from summarizer.cli.options import (
    NamedPath,
    command,
    folder_argument,
    format_options,
    lang_option,
    messages_option,
    model_options,
)
from summarizer.outputs.formats import require
from summarizer.schemas.languages import message_lang

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang
    from summarizer.settings import Settings

_ENGINES = {
    "direct": ("engine", "run_here"),
    "openai-batch": ("openai_batch", "run_as_batches"),
    "ray": ("ray_engine", "run_on_ray"),
}
"""By name: the module of `summarizer.batch` that an engine is in, and its function."""


class _Real(click.FloatRange):
    """A range of numbers; NaN is none of them, for no bound would ever be reached."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(_("{value} is no number.").format(value=value), param, ctx)
        return number


class _Whole(click.IntRange):
    """A range of whole numbers."""

    name = "whole number"


_POSITIVE = _Real(0, min_open=True)


def _number(
    name: str, kind: click.ParamType, text: str, default: float | None = None
) -> Callable[[Any], Any]:
    return click.option(
        name, metavar="N", type=kind, default=default, show_default=default is not None, help=text
    )


@command(
    help=_(
        "Report on many articles; run it again to go on where it stopped.\n\n"
        "SOURCE is a file, a folder, a pattern such as 'articles/**/*.txt', a table (.jsonl, .csv), a URL, or - for "
        "a list of paths and URLs on standard input; a web page is fetched once and kept. The folder given with "
        "--out then holds reports.jsonl, tables (articles.csv, counts.csv, people.csv…), reports/ with a page an "
        "article, index.html and run.json. Ctrl-C finishes what is under way; twice stops at once."
    )
)
@click.argument("sources", nargs=-1, required=True, metavar=_("SOURCE..."))
@click.option(
    "--out",
    "folder",
    metavar=_("FOLDER"),
    type=NamedPath(file_okay=False, path_type=Path),
    required=True,
    help=_("Folder of the job: journal and outputs."),
)
@model_options
@click.option(
    "--text-column",
    metavar=_("NAME"),
    default="text",
    show_default=True,
    help=_("Column of a table that holds the text."),
)
@click.option(
    "--id-column",
    metavar=_("NAME"),
    help=_("Column of a table that names the article.  [default: id, else the line]"),
)
@click.option("--allow-private", is_flag=True, help=_("Read web pages from private addresses too."))
@click.option("--retry-failed", is_flag=True, help=_("Try again what failed in earlier runs."))
@click.option(
    "--redo-outdated", is_flag=True, help=_("Make anew what another version of the program has made.")
)
@_number("--in-flight", _Whole(1, 1024), _("Requests in flight at most; fewer after a 429."))
@_number("--rpm", _POSITIVE, _("Requests a minute at most."))
@_number("--tpm", _POSITIVE, _("Tokens a minute at most."))
@_number("--max-tokens", _Whole(1), _("Stop when the job has used so many tokens."))
@_number("--max-cost", _POSITIVE, _("Stop when it has cost so many US dollars."))
@click.option(
    "--price", metavar=_("IN,OUT"), help=_("US dollars for a million tokens, where they are not known.")
)
@_number(
    "--patience",
    _Real(0),
    _("Seconds to wait for an endpoint that has gone down; then stop with exit code 1."),
    600,
)
@format_options
@lang_option
@click.option(
    "--engine",
    type=click.Choice(tuple(_ENGINES)),
    default="direct",
    show_default=True,
    help=_("What does the work."),
)
@_number("--batch-requests", _Whole(1), _("Requests in one batch."), 50_000)
@_number("--batch-mb", _POSITIVE, _("Megabytes in one batch."), 200)
@_number("--poll", _POSITIVE, _("Seconds between looks at a batch."), 60)
@click.option(
    "--fall-back", is_flag=True, help=_("Ask directly, at the full price, what a batch did not answer.")
)
@_number("--workers", _Whole(1), _("Workers of --engine ray."), 2)
@click.option(
    "--dry-run", is_flag=True, help=_("Say how many articles, tokens and dollars to expect; ask nothing.")
)
def batch(settings: Callable[[], Settings], **options: Any) -> None:
    """Run a job, or say what it would take."""
    from summarizer.batch.estimate import estimate, render
    from summarizer.batch.job import Job, run_job
    from summarizer.batch.limits import parse_price
    from summarizer.batch.status import closing_line
    from summarizer.batch.tabular import Columns

    chosen = settings()
    take = options.pop
    engine, dry_run, price = take("engine"), take("dry_run"), take("price")
    job = Job(
        columns=Columns(take("text_column"), take("id_column")),
        price=None if price is None else parse_price(price),
        batch_bytes=int(take("batch_mb") * 1_000_000),
        poll_s=take("poll"),
        messages=message_lang(),
        **options,
    )
    if dry_run:
        click.echo(render(estimate(job, chosen, batch=engine == "openai-batch"), message_lang()))
        return
    module, function = _ENGINES[engine]
    summary = run_job(job, chosen, getattr(import_module(f"summarizer.batch.{module}"), function))
    _say_problems(job.folder)
    tell(closing_line(summary, job.folder, message_lang()))
    raise SystemExit(summary.exit_code)


@command(help=_("Say how far the batch in FOLDER is; also while it runs."))
@folder_argument
@click.option("--json", "as_json", is_flag=True, help=_("Print the figures as JSON."))
@messages_option
def status(folder: Path, as_json: bool) -> None:
    """Print how far a job is."""
    from summarizer.batch.status import read_status, render

    found = read_status(folder)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else render(found, message_lang()))


@command(help=_("Write the outputs of the batch in FOLDER from its journal; also while it runs."))
@folder_argument
@format_options
@lang_option
@click.option(
    "--as-gold",
    "gold",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="GOLD",
    help=_("Write the articles reviewed whole as labels for the evals: GOLD/gold and GOLD/articles."),
)
def export(folder: Path, formats: tuple[str, ...], pages: bool, lang: Lang, gold: Path | None) -> None:
    """Write a job's outputs again."""
    from summarizer.batch.exports import export as write
    from summarizer.batch.journal import Journal
    from summarizer.errors import ConfigError

    require(formats)
    with Journal(folder, create=False) as journal:
        try:
            with console_progress("writing the files") as progress:
                files = write(journal, formats=formats, pages=pages, lang=lang, progress=progress)
        except OSError as error:
            raise ConfigError(f"{folder}: cannot be written ({error.strerror or error})") from None
    tell(messages()("cli.export.written", folder=folder, files=", ".join(files)))
    _say_problems(folder)
    if gold is not None:
        _write_labels(folder, gold)


def _say_problems(folder: Path) -> None:
    """Say on stderr which review files of the batch in `folder` are left out of its outputs, a line each."""
    from summarizer.batch.journal import Journal
    from summarizer.review.store import Reviews

    reviews = Reviews(folder)
    if not reviews:
        return
    with Journal(folder, create=False) as journal:
        there = {line.made.source.sha256 for line in journal.lines(reviews) if line.made}
    for problem in reviews.left_out(there):
        tell(f"summarizer: {messages().translate(problem)}")


def _write_labels(folder: Path, gold: Path) -> None:
    """Write the labels, and say how many there were; raises `ConfigError` where they cannot be written."""
    from summarizer.batch.reported import JobArticles
    from summarizer.errors import ConfigError
    from summarizer.review.gold import write_gold
    from summarizer.review.store import Reviews

    with JobArticles(folder) as articles:
        try:
            counts, parts, left = write_gold(articles, Reviews(folder), gold)
        except OSError as error:
            raise ConfigError(f"{gold}: cannot be written ({error.strerror or error})") from None
    tell(messages()("cli.review.gold", gold=gold, counts=counts, parts=parts, left=left))
