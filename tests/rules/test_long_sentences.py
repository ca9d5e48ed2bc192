"""Texts that repeat themselves: the time that a reading takes grows with a text's length, not out of all bounds."""

from __future__ import annotations

import subprocess
import sys

import pytest

_READ = """
import sys
from summarizer.pipeline import read_here
from summarizer.sources.document import Document
read_here(Document(name="repeated.txt", text=sys.stdin.read()))
"""
_CHARACTERS = 100_000
_HANGS_S = 60  # it takes some 2 s; what divides a sentence in every possible way would not end at all


@pytest.mark.parametrize(
    "repeated",
    [
        "đã phối hợp với Hội Nông dân xã (5) ",
        "đề nghị (5) phối hợp với (5) phối hợp cùng (5) đi dự đại hội (5) ",
        "Adverbs - Chức Danh 5 Chức Vụ - Adverbs 5 Chức Danh - Chức Vụ 5 ",
    ],
)
def test_a_sentence_that_repeats_its_words_thousands_of_times_is_read(repeated: str) -> None:
    text = repeated * (_CHARACTERS // len(repeated))
    subprocess.run([sys.executable, "-c", _READ], input=text, text=True, check=True, timeout=_HANGS_S)
