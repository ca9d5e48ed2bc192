"""Cue patterns: regular expressions written in everyday Vietnamese and matched against folded text."""

from __future__ import annotations

import re

from summarizer.folding import fold

__all__ = ("MEETING", "cue")

MEETING = (
    r"(?:hội nghị|đại hội|hội thảo|tọa đàm|diễn đàn|kỳ họp|phiên họp|cuộc họp|buổi họp|buổi làm việc"
    r"|buổi sinh hoạt|buổi lễ|buổi tổng kết|buổi gặp mặt|phiên toàn thể|lễ tổng kết|lễ sơ kết|lễ kỷ niệm"
    r"|lễ khai giảng|lễ bế giảng|lễ trao|lễ công bố|lễ|họp|phiên)"
)
"""Alternatives for what a meeting is called, to be put into a `cue`; it captures nothing."""


_PIECES = re.compile(r"\\.|[^\\]+", re.DOTALL)


def cue(source: str) -> re.Pattern[str]:
    r"""Compile `source` for folded text.

    A space in `source` stands for any run of white space, so a phrase that a page breaks over two lines is
    still found; inside a character class and behind `(?<!` it has to be written `\s`. Groups have no names.
    """
    pieces = (piece if piece[0] == "\\" else fold(piece).text for piece in _PIECES.findall(source))
    return re.compile("".join(pieces).replace(" ", r"\s+"))
