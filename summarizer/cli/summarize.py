"""The commands `summarize` and `schema`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.console import console_progress, messages, print_result, tell
from summarizer.cli.options import NamedPath, command, lang_option, model_options
from summarizer.errors import ConfigError
from summarizer.outputs.files import write_whole
from summarizer.outputs.formats import require

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang
    from summarizer.settings import Settings
    from summarizer.sources.document import Document

_file = NamedPath(dir_okay=False)


@command(
    help=_(
        "Report on one article: SOURCE is a file, a URL, or - for standard input.\n\n"
        "The report is printed whatever becomes of the files of --docx, --html and --text; then the exit code is 1."
    )
)
@click.argument("source", metavar=_("SOURCE"))
@click.option("--json", "as_json", is_flag=True, help=_("Print the report as JSON instead of Markdown."))
@click.option(
    "--format",
    "form",
    type=click.Choice(("report", "brief")),
    default="report",
    show_default=True,
    help=_("Print the whole report, or a brief of one page."),
)
@click.option("--docx", metavar=_("FILE"), type=_file, help=_("Write the brief to this file, for Word."))
@click.option("--html", metavar=_("FILE"), type=_file, help=_("Write the evidence page to this file."))
@click.option(
    "--text",
    metavar=_("FILE"),
    type=_file,
    help=_("Write the text as extracted, which offsets refer to."),
)
@click.option("--allow-private", is_flag=True, help=_("Read a URL from a private address too."))
@lang_option
@model_options
def summarize(
    source: str,
    as_json: bool,
    form: str,
    lang: Lang,
    docx: str | None,
    html: str | None,
    text: str | None,
    allow_private: bool,
    settings: Callable[[], Settings],
) -> None:
    """Print a report, and write the files that are asked for."""
    import asyncio
    import warnings

    from summarizer.api import asummarize
    from summarizer.model.client import check_weights
    from summarizer.outputs.brief import as_docx, as_markdown, brief_of
    from summarizer.outputs.markdown import render
    from summarizer.outputs.pages import evidence_page

    if as_json and form == "brief":
        raise ConfigError("--json prints the report: leave out --format brief")
    for option, path in (("--docx", docx), ("--html", html), ("--text", text)):
        if path is not None and _is_source(path, source):
            raise ConfigError(f"{option} {path} is the article itself: name another file")
    if docx is not None:
        require(["brief"])
    chosen = settings()
    check_weights(chosen)
    document = _document(source, allow_private)
    with console_progress("reading the article") as progress, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the report says them
        report = asyncio.run(asummarize(document, settings=chosen, on_progress=progress))
    if as_json:
        print_result(report.model_dump_json(indent=2))
    else:
        print_result(as_markdown(brief_of(report, lang)) if form == "brief" else render(report, lang))
    for line in messages().warnings(report):
        tell(f"summarizer: {line}")
    written = [
        _written(text, lambda: document.text),
        _written(html, lambda: evidence_page(report, document.text, lang=lang)),
        _written(docx, lambda: as_docx(brief_of(report, lang))),
    ]
    if not all(written):
        raise SystemExit(1)


def _is_source(path: str, source: str) -> bool:
    """Whether to write to `path` would overwrite the file that is read, by whatever name or link."""
    read = "/dev/stdin" if source == "-" else source
    return os.path.isfile(path) and os.path.isfile(read) and os.path.samefile(path, read)


def _written(path: str | None, content: Callable[[], str | bytes]) -> bool:
    """Write a file where one is wanted; say what is wrong and return False where that cannot be done."""
    if path is None:
        return True
    try:
        write_whole(path, content())
    except OSError as error:
        reason = str(error.strerror or error)
        tell("summarizer: " + messages()("cli.unwritten_file", file=path, reason=reason))
        return False
    return True


def _document(source: str, allow_private: bool) -> Document:
    from summarizer.sources.loading import read_document

    if source == "-":
        return read_document(sys.stdin.buffer)
    return read_document(source if "://" in source else Path(source), allow_private=allow_private)


@command(help=_("Print the JSON Schema of a report."))
def schema() -> None:
    """Print the schema."""
    import json

    from summarizer.schemas.report import MeetingReport

    print_result(json.dumps(MeetingReport.model_json_schema(), ensure_ascii=False, indent=2))
