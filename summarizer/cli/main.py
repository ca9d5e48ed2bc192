"""The command line. Results go to stdout, progress and messages to stderr.

Exit codes: 0 all done, 1 some documents failed, 2 the command or the set-up is wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from summarizer.cli.console import message_lang, messages, tell
from summarizer.cli.options import NamedPath, lang_option, messages_option, model_options
from summarizer.errors import ConfigError, SourceError, SummarizerError
from summarizer.outputs.files import mute

if TYPE_CHECKING:
    from summarizer.schemas.labels import Lang
    from summarizer.schemas.report import MeetingReport
    from summarizer.settings import Settings
    from summarizer.sources.document import Document

__all__ = ("main",)

# Commands with modules of their own are imported when they are called, so that `--help` stays quick.
_ELSEWHERE = {
    "batch": ("summarizer.cli.batch", "Report on many articles; stop and go on at any time."),
    "status": ("summarizer.cli.batch", "Say how far the batch in a folder is."),
    "export": ("summarizer.cli.batch", "Write a batch's outputs again from its journal."),
    "review": ("summarizer.cli.review", "Correct the reports of a batch in a browser."),
}


class _Commands(click.Group):
    """The commands, those in other modules included, which are loaded only to be run or to show their help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE and "--help" not in sys.argv[1:2]:
            return getattr(import_module(_ELSEWHERE[cmd_name][0]), cmd_name)
        if cmd_name in _ELSEWHERE:
            return click.Command(cmd_name, help=_ELSEWHERE[cmd_name][1])
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="summarizer")
def cli() -> None:
    """Vietnamese web articles about review meetings become reports whose every count has its place."""


@cli.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead of Markdown.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("report", "brief")),
    default="report",
    show_default=True,
    help="Print the whole report, or a brief of one page.",
)
@click.option("--docx", type=NamedPath(dir_okay=False), help="Write the brief to this file, for Word.")
@click.option("--html", type=NamedPath(dir_okay=False), help="Write the evidence page to this file.")
@click.option(
    "--text", type=NamedPath(dir_okay=False), help="Write the text as extracted, which offsets refer to."
)
@click.option("--allow-private", is_flag=True, help="Read a URL from a private address too.")
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
    """Report on one article: SOURCE is a file, a URL, or - for standard input.

    The report is printed whatever becomes of the files of --docx, --html and --text; then the exit code is 1.
    """
    import asyncio
    import warnings

    from summarizer.api import asummarize
    from summarizer.cli.console import console_progress
    from summarizer.model.client import check_weights
    from summarizer.outputs.brief import as_docx, brief_of
    from summarizer.outputs.formats import require

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
    with console_progress() as progress, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the report says them
        report = asyncio.run(asummarize(document, settings=chosen, on_progress=progress))
    _print(_shown(report, lang, "json" if as_json else form))
    for line in messages().warnings(report):
        tell(f"summarizer: {line}")
    written = [
        _written(text, lambda: document.text),
        _written(html, lambda: _evidence_page(report, document.text, lang)),
        _written(docx, lambda: as_docx(brief_of(report, lang))),
    ]
    if not all(written):
        raise SystemExit(1)


def _is_source(path: str, source: str) -> bool:
    """Whether to write to `path` would overwrite the file that is read, by whatever name or link."""
    read = "/dev/stdin" if source == "-" else source
    return os.path.isfile(path) and os.path.isfile(read) and os.path.samefile(path, read)


def _evidence_page(report: MeetingReport, text: str, lang: Lang) -> str:
    from summarizer.outputs.pages import evidence_page

    return evidence_page(report, text, lang=lang)


def _written(path: str | None, content: Callable[[], str | bytes]) -> bool:
    """Write a file where one is wanted; say what is wrong and return False where that cannot be done."""
    from summarizer.outputs.files import write_whole

    if path is None:
        return True
    try:
        write_whole(path, content())
    except OSError as error:
        reason = str(error.strerror or error)
        tell("summarizer: " + messages()("cli.unwritten_file", file=path, reason=reason))
        return False
    return True


def _print(text: str) -> None:
    """Print a result. Raises OSError where standard output cannot be written."""
    click.echo(text, nl=not text.endswith("\n"))
    sys.stdout.flush()


def _document(source: str, allow_private: bool) -> Document:
    from pathlib import Path

    from summarizer.sources.formats import is_url
    from summarizer.sources.reading import read_document, read_url

    if source == "-":
        return read_document(sys.stdin.buffer)
    if is_url(source):
        return read_url(source, allow_private=allow_private)
    return read_document(Path(source))


def _shown(report: MeetingReport, lang: Lang, form: str) -> str:
    if form == "json":
        return report.model_dump_json(indent=2) + "\n"
    if form == "brief":
        from summarizer.outputs.brief import as_markdown, brief_of

        return as_markdown(brief_of(report, lang))
    from summarizer.outputs.markdown import render

    return render(report, lang)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    import json

    from summarizer.schemas.report import MeetingReport

    _print(json.dumps(MeetingReport.model_json_schema(), ensure_ascii=False, indent=2))


@cli.command()
@model_options
@messages_option
def doctor(settings: Callable[[], Settings]) -> None:
    """Say which model would be used, and whether it answers."""
    import asyncio

    from summarizer.cli.console import console_progress
    from summarizer.cli.doctor import diagnose, exit_code, render

    try:
        chosen = settings()
    except ConfigError as error:
        chosen = error
    with console_progress() as progress:
        checks = asyncio.run(diagnose(chosen, progress=progress, lang=message_lang()))
    _print(render(checks, message_lang()))
    raise SystemExit(exit_code(checks))


def main() -> NoReturn:
    """Run the command line; errors of this library become one line and an exit code."""
    _open_streams()
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _stop(messages()("cli.stopped"), 130)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        raise SystemExit(2) from None
    except ConfigError as error:
        _stop(messages().translate(str(error)), 2)
    except SourceError as error:
        _stop(messages().translate(str(error)), 1)
    except SummarizerError as error:
        _stop(messages().translate(str(error)), 1)
    except BrokenPipeError:  # whoever read it has read enough
        mute(sys.stdout)
        raise SystemExit(1) from None
    except OSError as error:
        mute(sys.stdout)
        _stop(messages()("cli.unwritten", reason=str(error.strerror or error)), 1)
    raise SystemExit(0)


def _open_streams() -> None:
    """Let each standard stream that the caller has closed lead nowhere, before another file takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def _stop(message: str, code: int) -> NoReturn:
    tell(f"summarizer: {message}")
    raise SystemExit(code)
