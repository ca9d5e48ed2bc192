"""Reviews: what a person corrected in a batch's reports; it is in every output of the next export."""

from summarizer.review.applying import apply_review, corrected
from summarizer.review.records import Review
from summarizer.review.store import Reviews

__all__ = ("Review", "Reviews", "apply_review", "corrected")
