"""Untrusted text on a Markdown page shows what stands in it, and marks up nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from summarizer.outputs.escaping import escape
from tests.commonmark import HOSTILE, parsed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("`code` *bold* [x](http://x.vn)", r"\`code\` \*bold\* \[x\](http\://x.vn)"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("# tiêu đề", r"\# tiêu đề"),
        ("=1+1", r"\=1+1"),
        ("- mục", r"\- mục"),
        ("1. mục", r"1\. mục"),
        ("> trích", r"\> trích"),
        ("www.x.vn", r"www\.x.vn"),
        ("a@b.vn", r"a\@b.vn"),
        ("&lt;b&gt; A&B", "&amp;lt;b&amp;gt; A&B"),
        ("hai\ndòng\u2028ba\r\n\r\n# bốn", r"hai dòng ba \# bốn"),
        ("\x00a\u202eb\ud800", "ab\ufffd"),
        ("tệp_có_gạch và _nghiêng_", r"tệp_có_gạch và \_nghiêng\_"),
        ("Đảng ủy CCQ&DN: 4/4 (75,2%)", "Đảng ủy CCQ&DN: 4/4 (75,2%)"),
    ],
)
def test_shows_what_stands_there_and_marks_up_nothing(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(HOSTILE)
@settings(max_examples=200)
def test_a_reader_of_the_page_sees_the_text_as_it_stands(hostile: str) -> None:
    (_, inline, _) = parsed(f"x {escape(hostile)} x")
    seen = "".join(child.content for child in inline.children or ())
    shown = [letter for letter in hostile if letter.isprintable() and letter not in " \ufffd"]
    assert [letter for letter in seen if letter.isprintable() and letter not in " \ufffd"] == [
        "x",
        *shown,
        "x",
    ]
