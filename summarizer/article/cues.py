"""What a meeting is called, as alternatives of a pattern; `cue` and `Cue` are in `summarizer.article.phrases`."""

from __future__ import annotations

from summarizer.article.phrases import Cue, cue

__all__ = ("MEETING", "Cue", "cue")

MEETING = (
    r"(?:hội nghị|đại hội|hội thảo|tọa đàm|diễn đàn|kỳ họp|phiên họp|cuộc họp|buổi họp|buổi làm việc"
    r"|buổi sinh hoạt|buổi lễ|buổi tổng kết|buổi gặp mặt|phiên toàn thể|lễ tổng kết|lễ sơ kết|lễ kỷ niệm"
    r"|lễ khai giảng|lễ bế giảng|lễ trao|lễ công bố|lễ|họp|phiên)"
)
"""Alternatives for what a meeting is called, to be put into a `cue`; it captures nothing."""
