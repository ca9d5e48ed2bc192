"""Reviews: a report and its article come in, a person decides what is right, the report as corrected goes out.

What they decide is kept in the folder of a batch, one file a text; every output that is written then has it.
"""

from summarizer.review.applying import apply_review, corrected
from summarizer.review.decisions import Review
from summarizer.review.store import Reviews

__all__ = ("Review", "Reviews", "apply_review", "corrected")
