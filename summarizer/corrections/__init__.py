"""Corrections: what a person decided about a report comes in, the report as corrected goes out.

A review is kept in the folder of a batch, one file a text; every output that is written then has its corrections.
"""

from summarizer.corrections.applying import apply_review, corrected
from summarizer.corrections.records import Review
from summarizer.corrections.store import Reviews

__all__ = ("Review", "Reviews", "apply_review", "corrected")
