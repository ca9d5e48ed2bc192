"""The command line: arguments come in; results go to stdout, messages and progress to stderr."""

from __future__ import annotations

from summarizer.cli.main import main

__all__ = ("main",)
