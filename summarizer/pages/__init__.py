"""Pages that people read: one of each article, and one of a whole collection."""

from summarizer.pages.evidence import evidence_page

__all__ = ("evidence_page",)
