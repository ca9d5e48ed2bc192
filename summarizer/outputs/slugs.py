"""Names for the files of an article in a job's folder, on every file system and never two the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_BRIEF = re.compile(r"\.brief$", re.IGNORECASE)  # `x.brief` is what the brief of `x` is called
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_BYTES = 120  # of the 255 that a file's name may have


def slug_of(name: str) -> str:
    """What an article's page would be called, in a form in which equal names are equal."""
    return _stem(name).casefold()


def page_name(name: str, location: str, shared: Collection[str]) -> str:
    """The name, without suffix, of the page of the item `name` at `location`.

    `shared` are the slugs that several items have: their pages get a mark of the place.
    """
    if slug_of(name) not in shared:
        return _stem(name)
    return f"{_stem(name)}-{hashlib.sha256(location.encode()).hexdigest()[:8]}"


def _stem(name: str) -> str:
    stem = _SUFFIX.sub("", unicodedata.normalize("NFC", name))
    stem = _UNSAFE.sub("_", _BRIEF.sub("_brief", stem))
    stem = stem.encode("utf-8")[:_BYTES].decode("utf-8", "ignore").strip(" .")
    return stem or "_"
