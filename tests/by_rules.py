"""What the rules alone make of a text, for tests of whatever comes after them."""

from __future__ import annotations

from summarizer.article.article import Article, take_apart
from summarizer.referee.policy import policy_for
from summarizer.referee.reconciling import reconcile
from summarizer.rules.reader import read
from summarizer.schemas.report import Count
from summarizer.sources.document import Document

__all__ = ("article_of", "counts_of")


def article_of(text: str) -> Article:
    """Return a text taken apart."""
    return take_apart(Document("text", text))


def counts_of(article: Article) -> tuple[Count, ...]:
    """Return the counts that the rules alone read."""
    return reconcile(article, read(article), None, policy_for("none"))["counts"]
