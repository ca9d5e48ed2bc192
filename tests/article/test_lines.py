"""A line is what stands between two line ends, at its own offset."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.normalize import lines_of

TEXT = st.text(alphabet=st.sampled_from("ab \t\r\n\x0b\x0c\x85\u2028\u2029"), max_size=30)


@given(TEXT)
def test_every_line_stands_at_its_offset_and_holds_no_line_end(text: str) -> None:
    for at, line in lines_of(text):
        assert text[at : at + len(line)] == line
        assert not re.search(r"[\n\r\x0b\x0c\u2028\u2029]", line)


@given(TEXT)
def test_nothing_but_line_ends_is_left_out(text: str) -> None:
    written = [line for _, line in lines_of(text) if line]
    assert written == re.findall(r"[^\n\r\x0b\x0c\u2028\u2029]+", text)
