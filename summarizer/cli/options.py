"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ("model_options",)

Command = TypeVar("Command", bound=Callable[..., Any])


def model_options(command: Command) -> Command:
    """Add the options that choose the model, `--model` and `--base-url`, to a click command."""
    command = click.option("--base-url", help="OpenAI-compatible endpoint. Default: $OPENAI_BASE_URL.")(
        command
    )
    return click.option(
        "--model",
        help="Model name, a path to a GGUF file, or none for the rules alone. "
        "Default: $SUMMARIZER_MODEL, else embedded.",
    )(command)
