"""The commands of the batch job: `batch`, `status` and `export`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.console import message_lang, tell
from summarizer.cli.options import NamedPath, lang_option, messages_option, model_options
from summarizer.cli.review import as_gold, say_problems, write_labels
from summarizer.outputs.formats import FORMATS, require

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang
    from summarizer.settings import Settings

__all__ = ("batch", "export", "status")

_ENGINES = ("direct", "openai-batch", "ray")
_folder = NamedPath(file_okay=False, path_type=Path)


class _Real(click.FloatRange):
    """A range of numbers; NaN is none of them, for no bound would ever be reached."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        return self.fail(f"{value} is no number.", param, ctx) if math.isnan(number) else number


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", "folder", type=_folder, required=True, help="Folder of the job: journal and outputs.")
@model_options
@click.option(
    "--text-column", default="text", show_default=True, help="Column of a table that holds the text."
)
@click.option("--id-column", help="Column of a table that names the article.  [default: id, else the line]")
@click.option("--allow-private", is_flag=True, help="Read web pages from private addresses too.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed in earlier runs.")
@click.option("--redo-outdated", is_flag=True, help="Make anew what another version of the program has made.")
@click.option(
    "--in-flight", type=click.IntRange(1, 1024), help="Requests in flight at most; fewer after a 429."
)
@click.option("--rpm", type=_Real(0, min_open=True), help="Requests a minute at most.")
@click.option("--tpm", type=_Real(0, min_open=True), help="Tokens a minute at most.")
@click.option("--max-tokens", type=click.IntRange(1), help="Stop when the job has used so many tokens.")
@click.option("--max-cost", type=_Real(0, min_open=True), help="Stop when it has cost so many US dollars.")
@click.option("--price", metavar="IN,OUT", help="US dollars for a million tokens, where they are not known.")
@click.option(
    "--patience",
    type=_Real(0),
    default=600.0,
    show_default=True,
    help="Seconds to wait for an endpoint that has gone down; then stop with exit code 1.",
)
@click.option(
    "--format", "formats", type=click.Choice(tuple(FORMATS)), multiple=True, help="Write this format too."
)
@click.option("--pages/--no-pages", default=True, help="Write an evidence page an article, and index.html.")
@lang_option
@click.option(
    "--engine", type=click.Choice(_ENGINES), default="direct", show_default=True, help="What does the work."
)
@click.option(
    "--batch-requests",
    type=click.IntRange(1),
    default=50_000,
    show_default=True,
    help="Requests in one batch.",
)
@click.option(
    "--batch-mb",
    type=_Real(0, min_open=True),
    default=200.0,
    show_default=True,
    help="Megabytes in one batch.",
)
@click.option(
    "--poll",
    type=_Real(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds between looks at a batch.",
)
@click.option(
    "--fall-back", is_flag=True, help="Ask directly, at the full price, what a batch did not answer."
)
@click.option(
    "--workers", type=click.IntRange(1), default=2, show_default=True, help="Workers of --engine ray."
)
@click.option(
    "--dry-run", is_flag=True, help="Say how many articles, tokens and dollars to expect; ask nothing."
)
def batch(settings: Callable[[], Settings], **options: Any) -> None:
    """Report on many articles; run it again to go on where it stopped.

    SOURCE is a file, a folder, a pattern such as 'articles/**/*.txt', a table (.jsonl, .csv), a URL, or - for a
    list of paths and URLs on standard input; a web page is fetched once and kept. The folder given with --out
    then holds reports.jsonl, tables (articles.csv, counts.csv, people.csv…), reports/ with a page an article,
    index.html and run.json. Ctrl-C finishes what is under way; twice stops at once.
    """
    from summarizer.batch.job import run_job
    from summarizer.batch.status import closing_line

    chosen = settings()
    engine, dry_run = options.pop("engine"), options.pop("dry_run")
    job = _job(**options)
    if dry_run:
        from summarizer.batch.job import estimate, render

        click.echo(render(estimate(job, chosen, batch=engine == "openai-batch"), message_lang()))
        return
    summary = run_job(job, chosen, _engine(engine))
    say_problems(job.folder)
    tell(closing_line(summary, job.folder, message_lang()))
    raise SystemExit(summary.exit_code)


@click.command()
@click.argument("folder", type=_folder)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@messages_option
def status(folder: Path, as_json: bool) -> None:
    """Say how far the batch in FOLDER is; also while it runs."""
    from summarizer.batch.status import read_status, render

    found = read_status(folder)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else render(found, message_lang()))


@click.command()
@click.argument("folder", type=_folder)
@click.option(
    "--format", "formats", type=click.Choice(tuple(FORMATS)), multiple=True, help="Write this format too."
)
@click.option("--pages/--no-pages", default=True, help="Write an evidence page an article, and index.html.")
@lang_option
@as_gold
def export(folder: Path, formats: tuple[str, ...], pages: bool, lang: Lang, gold: Path | None) -> None:
    """Write the outputs of the batch in FOLDER from its journal; also while it runs."""
    from summarizer.batch.exports import export as write
    from summarizer.batch.journal import Journal
    from summarizer.errors import ConfigError

    require(formats)
    with Journal(folder, create=False) as journal:
        try:
            write(journal, formats=formats, pages=pages, lang=lang)
        except OSError as error:
            raise ConfigError(f"{folder}: cannot be written ({error.strerror or error})") from None
    if gold is not None:
        write_labels(folder, gold)
    else:
        say_problems(folder)


def _job(
    *,
    sources: tuple[str, ...],
    text_column: str,
    id_column: str | None,
    price: str | None,
    batch_requests: int,
    batch_mb: float,
    poll: float,
    **options: Any,
) -> Any:
    from summarizer.batch.job import Job
    from summarizer.batch.limits import parse_price
    from summarizer.batch.tables import Columns

    return Job(
        sources=sources,
        columns=Columns(text_column, id_column),
        price=None if price is None else parse_price(price),
        batch_requests=batch_requests,
        batch_bytes=int(batch_mb * 1_000_000),
        poll_s=poll,
        messages=message_lang(),
        **options,
    )


def _engine(name: str) -> Any:
    if name == "openai-batch":
        from summarizer.batch.openai_batch import run_as_batches

        return run_as_batches
    if name == "ray":
        from summarizer.batch.ray_engine import run_on_ray

        return run_on_ray
    from summarizer.batch.engine import run_here

    return run_here
