"""What stops a measurement."""

from __future__ import annotations

from summarizer.errors import SummarizerError

__all__ = ("MeasureError",)


class MeasureError(SummarizerError):
    """There is no figure to judge by: no gold, no answer, nothing matched (exit 2).

    `str(error)` is one line that says what is missing and what to do. Being an error of the library, it comes
    out of a model whose transport raises it as it is.
    """
