"""The audit: an article checked against itself. What does not agree is a warning, never a correction."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.article.article import Article
from summarizer.audit.columns import totals_of_tables
from summarizer.audit.gradings import grades_against_totals
from summarizer.audit.ledger import Ledger
from summarizer.audit.retellings import facts_told_twice
from summarizer.audit.shares import percentages_beside
from summarizer.audit.sums import parts_against_totals
from summarizer.schemas.report import Count, Finding

__all__ = ("audit",)


def audit(article: Article, counts: Sequence[Count]) -> tuple[Finding, ...]:
    """Return where an article contradicts itself, in the order of the places; `counts` are left as they are."""
    ledger = Ledger(article, counts)
    found = (
        *parts_against_totals(ledger),
        *percentages_beside(ledger),
        *grades_against_totals(ledger),
        *facts_told_twice(ledger),
        *totals_of_tables(article, counts),
    )
    return tuple(sorted(found, key=lambda finding: finding.places[0].at))
