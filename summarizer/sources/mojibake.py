"""Mojibake: Vietnamese that was decoded with the wrong code page (`Há»™i nghá»‹` for `Hội nghị`).

Only the wrong decoding is undone (`ftfy.fix_encoding`): no quotation mark is straightened, no Unicode form
changed, so that a text that was right stays as it is, character for character.
"""

from __future__ import annotations

import re

__all__ = ("REPAIRED", "repaired")

REPAIRED = "wrongly decoded letters (mojibake) repaired; offsets refer to the repaired text"

# How UTF-8 looks when read as a Western code page: the lead bytes of Vietnamese letters (C3-C6, E1 BA, E1 BB),
# each followed by what a continuation byte (80-BF) becomes there.
_SIGNS = re.compile("[ÃÂÄÅÆ][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|\u00e1[\u00ba\u00bb]")
_LEADS = ("Ã", "Â", "Ä", "Å", "Æ", "áº", "á»")
_FOREIGN = re.compile("[^\u0000-\u007f]")
_SHARE = (
    0.2  # two letters a pair: at least two fifths of what is not ASCII; in right Vietnamese, next to none
)


def repaired(text: str) -> str | None:
    """The text with its wrong decoding undone, or None where there is nothing wrong with it."""
    signs = len(_SIGNS.findall(text)) if any(sign in text for sign in _LEADS) else 0
    if not signs or signs < _SHARE * len(_FOREIGN.findall(text)):
        return None
    import ftfy

    better = ftfy.fix_encoding(text)
    return better if len(_SIGNS.findall(better)) * 4 < signs else None
