"""Options that the commands share: which labelled articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from evals.gold import load_labelled

__all__ = ("ARTICLES", "GOLD", "label_options", "on_labels")

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
GOLD = HERE / "gold"

_folder = click.Path(exists=True, file_okay=False, path_type=Path)


def label_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --articles, --gold and --only; a command of the group takes the group's where it has none itself."""
    for option in (
        click.option("--only", multiple=True, metavar="TEXT", help="Only labels whose name holds TEXT."),
        click.option("--gold", type=_folder, help="Their labels (*.json).  [default: the five's]"),
        click.option("--articles", type=_folder, help="Articles (*.txt).  [default: the five]"),
    ):
        command = option(command)
    return command


def on_labels(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command of the group the labelled articles that the options name, as its first argument."""

    @wraps(command)
    def wrapped(articles: Path | None, gold: Path | None, only: tuple[str, ...], **options: Any) -> None:
        parent = click.get_current_context().parent
        given = parent.params if parent else {}
        labelled = load_labelled(
            articles or given.get("articles") or ARTICLES,
            gold or given.get("gold") or GOLD,
            only=only or given.get("only") or (),
        )
        command(labelled, **options)

    return label_options(wrapped)
