"""Pages that people read in a browser: the evidence page of each article, and the index of a whole collection."""

from summarizer.outputs.pages.collection import Collection, Failed
from summarizer.outputs.pages.evidence import evidence_page

__all__ = ("Collection", "Failed", "evidence_page")
