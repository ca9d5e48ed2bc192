"""Reviews: what a person corrected in a report, kept beside it, applied to it, and turned into gold labels."""

from summarizer.review.applying import apply_review, as_gold
from summarizer.review.records import CountReview, HeaderReview, Review, ReviewedCount

__all__ = ("CountReview", "HeaderReview", "Review", "ReviewedCount", "apply_review", "as_gold")
