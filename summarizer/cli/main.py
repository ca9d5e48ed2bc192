"""The command line. Results go to stdout, progress and messages to stderr.

Exit codes: 0 all done, 1 some documents failed or (of a job) carry a warning, 2 the command or the set-up is wrong.
"""

from __future__ import annotations

import os
import sys
from gettext import gettext as _
from typing import NoReturn

import click

from summarizer.cli.console import choose_lang, messages, tell
from summarizer.errors import ConfigError, SummarizerError
from summarizer.outputs.files import mute


def main() -> NoReturn:
    """Run the command line; errors of this library become one line and an exit code."""
    _open_streams()
    choose_lang(sys.argv[1:])
    from summarizer.cli.commands import (
        cli,
    )  # whose texts are in the language that is chosen when it is loaded

    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _stop(messages()("cli.stopped"), 130)
    except click.exceptions.NoArgsIsHelpError as error:
        tell(error.format_message())
        raise SystemExit(2) from None
    except click.ClickException as error:
        _stop(_with_hint(error), 2)
    except SummarizerError as error:
        _stop(messages().translate(str(error)), 2 if isinstance(error, ConfigError) else 1)
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


def _with_hint(error: click.ClickException) -> str:
    """Return what is wrong with the command in one line, and where its options are described."""
    message = " ".join(error.format_message().split())
    message += "" if message.endswith((".", "?", "!", ")")) else "."
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return message
    hint = _("Try '{command} {option}' for help.").format(command=error.ctx.command_path, option="--help")
    return f"{message} {hint}"


def _stop(message: str, code: int) -> NoReturn:
    tell(f"summarizer: {message}")
    raise SystemExit(code)
