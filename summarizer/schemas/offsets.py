"""Offsets and indexes: two coordinates that must not be mixed up, as types that a checker tells apart."""

from __future__ import annotations

from typing import NewType

__all__ = ("TextOffset", "TokenIndex")

TextOffset = NewType("TextOffset", int)
"""An index into the characters of an article's text as read from the file."""
TokenIndex = NewType("TokenIndex", int)
"""An index into the words and marks of an article (`Words.spelled`)."""
