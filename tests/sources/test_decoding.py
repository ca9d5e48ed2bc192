"""Text that was decoded wrongly before is repaired, and text that is right stays as it is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources.decoding import repaired
from summarizer.sources.loading import read_document
from tests.sources.made import written
from tests.sources.pages import BODY, PAGE


@pytest.mark.parametrize("name", ["bài.md", "bài.html"])
def test_mojibake_is_repaired_and_said(tmp_path: Path, name: str) -> None:
    source = PAGE if name.endswith("html") else "\n\n".join(BODY)
    document = read_document(written(tmp_path, name, source.encode().decode("latin-1")))
    assert all(paragraph in document.text for paragraph in BODY)
    assert "mojibake" in document.notes[0]


@given(st.sampled_from(BODY), st.sampled_from(["latin-1", "cp1252"]))
def test_a_wrong_decoding_is_undone(text: str, wrong: str) -> None:
    try:
        broken = text.encode().decode(wrong)
    except UnicodeDecodeError:
        return  # some bytes are nothing in that code page: such text cannot have come about
    assert repaired(broken) == text


@given(st.text(max_size=200))
def test_a_text_that_is_right_stays_as_it_is(noise: str) -> None:
    for text in ("\n".join(BODY) + "“x” — uỷ/ủy ﬁ", unicodedata.normalize("NFD", BODY[1])):
        assert repaired(text) is None
    better = repaired(noise)
    assert better is None or better != noise
