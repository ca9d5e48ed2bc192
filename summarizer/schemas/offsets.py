"""Offsets and indexes: coordinates that must not be mixed up, as types that a checker tells apart.

At run time both are plain ints. A plain `int` as a place in a text is an offset in its normalized form, which is what
`re` gives: `Normalized.origin` leads from it to a `TextOffset`, `Normalized.offset` back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:

    class TextOffset(int):
        """An index into the characters of an article's text as read from the file."""

        def __add__(self, other: int, /) -> TextOffset: ...
        def __sub__(self, other: int, /) -> TextOffset: ...

    class TokenIndex(int):
        """An index into the words and marks of an article (`Words.spelled`)."""

        def __add__(self, other: int, /) -> TokenIndex: ...
        def __sub__(self, other: int, /) -> TokenIndex: ...

else:
    TextOffset = TokenIndex = int

TextSpan = tuple[TextOffset, TextOffset]
"""Where something begins in an article's text, and where it has ended."""
