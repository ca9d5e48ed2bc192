"""Identity: what makes an article the same one, and what makes it due again.

A text is known by its hash; with it counts what else of the page the report is made from. The fingerprint
stands for everything that decides what a report says: the report's schema, the taxonomy, the prompts, the
model and its parameters. Where the model runs and how fast is no part of it.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files

from summarizer.model import prompts
from summarizer.schemas.report import MeetingReport, Source
from summarizer.settings import Settings
from summarizer.sources.document import Document

__all__ = ("fingerprint", "source_json", "text_key")


def text_key(document: Document) -> str:
    """What a document's text is known by in a journal."""
    if document.title is None and document.published is None:
        return document.sha256
    return _hash([document.sha256, document.title, document.published])


def source_json(document: Document) -> str:
    """The JSON of a report's `source` for this document."""
    source = Source(
        name=document.name,
        location=document.location,
        sha256=document.sha256,
        characters=len(document.text),
        encoding=document.encoding,
        notes=document.notes,
    )
    return source.model_dump_json()


def fingerprint(settings: Settings) -> str:
    """The fingerprint of a job with these settings."""
    parameters = {name: value for name, value in settings.parameters.items() if name != "endpoint"}
    return _hash([_schema(), _texts(), parameters])


@lru_cache(maxsize=1)
def _schema() -> str:
    return _hash(MeetingReport.model_json_schema())


@lru_cache(maxsize=1)
def _texts() -> str:
    folders = (prompts.folder(), files("summarizer") / "schemas")
    found = [file for folder in folders for file in folder.iterdir() if file.name.endswith((".md", ".csv"))]
    return _hash(sorted((file.name, file.read_text(encoding="utf-8")) for file in found))


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
