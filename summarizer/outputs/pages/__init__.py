"""Pages that people read: one of each article, and one of a whole collection."""

from summarizer.outputs.pages.collection import Collection, Failed, write_collection
from summarizer.outputs.pages.evidence import evidence_page

__all__ = ("Collection", "Failed", "evidence_page", "write_collection")
