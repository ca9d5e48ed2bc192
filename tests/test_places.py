"""One pass over a text finds all that is looked for in it, and what is not known is found too."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.normalize import split_words
from summarizer.article.openings import looked_for

OPENINGS = looked_for(("ab", "b a", "1", ", a", "a a"))


@given(st.lists(st.sampled_from(["a", "b", "ab", "1", ",", "a a", "b a,"]), max_size=12).map(" ".join))
def test_openings_are_found_whether_they_were_looked_for_or_not(text: str) -> None:
    words = split_words(text)
    forms = [*words.spelled, ""]
    expected = [
        index
        for index, (form, second) in enumerate(pairwise(forms))
        if form in OPENINGS or f"{form} {second}" in OPENINGS
    ]
    assert list(words.among(OPENINGS, 0, len(words))) == expected
    new = frozenset((*OPENINGS, "nothing"))
    assert list(words.among(new, 0, len(words))) == expected
