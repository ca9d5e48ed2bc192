"""Marks: any spans of any text become well-nested HTML that still reads as the text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.outputs.pages.marks import Back, Marks, snippet


class Reading(HTMLParser):
    """Reads HTML back, and fails where a tag is closed that is not open, or a link stands in a link."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.text = ""
        self.hidden = 0
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert not (tag == "a" and any(name == "a" for name, _ in self.open))
        back = given.get("class") == "back"
        self.open.append((tag, back))
        self.hidden += back

    def handle_endtag(self, tag: str) -> None:
        name, back = self.open.pop()
        assert name == tag
        self.hidden -= back

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text += data


@given(
    st.text(alphabet="ab <>&\"'ạ1\n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40), st.booleans()), max_size=12),
)
def test_whatever_is_marked_the_text_reads_the_same(text: str, spans: list[tuple[int, int, bool]]) -> None:
    marks = Marks(text)
    for at, length, linked in spans:
        words = text[at : at + length]
        if words:
            marks.add(at, words, "x", back=Back("c1", 'a "label"') if linked else None, tag="a <tag>")
    assert Reading(str(marks.html())).text == text


def test_words_that_do_not_stand_there_are_not_marked() -> None:
    marks = Marks("02 chi bộ")
    assert marks.add(0, "03", "n") is None
    assert marks.add(7, "bộ xa", "n") is None
    assert str(marks.html()) == "02 chi bộ"


def test_a_number_links_to_its_row_and_says_what_it_is() -> None:
    marks = Marks("có 02 chi bộ")
    marks.add(3, "02", "n party", back=Back("c3", "02 chi bộ"), tag="chi bộ")
    html = '<a class="n party" id="t3-5" data-tag="chi bộ" href="#c3" title="chi bộ — 02 chi bộ">02</a>'
    assert html in str(marks.html())


def test_two_marks_on_one_span_are_one_link_and_one_more_way_back() -> None:
    marks = Marks("02")
    marks.add(0, "02", "n", back=Back("c0", "số"))
    marks.add(0, "02", "suspect", back=Back("f1", "mâu thuẫn", "⚠"))
    html = str(marks.html())
    assert 'class="n suspect"' in html
    assert 'href="#f1"' in html
    assert html.count('id="t0-2"') == 1


def test_a_quotation_around_a_number_keeps_both_links_apart() -> None:
    marks = Marks("Đã có 02 chi bộ.")
    marks.add(0, "Đã có 02 chi bộ.", "quote", back=Back("q1", "kết quả"))
    marks.add(6, "02", "n", back=Back("c6", "số"))
    html = str(marks.html())
    assert html.startswith('<span class="quote" id="t0-16">')
    assert html.endswith("</span>" + '<a class="back" href="#q1" title="Về báo cáo: kết quả" '
                         'aria-label="Về báo cáo: kết quả">↩</a>')  # fmt: skip


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;"])
def test_markup_of_an_article_is_text(nasty: str) -> None:
    marks = Marks(nasty)
    marks.add(0, nasty, "n", back=Back("c0", nasty), tag=nasty)
    assert "<script" not in str(marks.html())
    assert "<img" not in str(marks.html())
    assert Reading(str(marks.html())).text == nasty


def test_text_cannot_turn_the_line_around() -> None:
    assert str(Marks("a\u202ebc\u2069\0").html()) == "abc\ufffd"


def test_a_snippet_is_one_line_cut_at_words() -> None:
    text = "Đầu dòng trước\nTrong năm qua, mặc dù ảnh hưởng lớn của đại dịch, đã có 02 chi bộ được khen\nDòng sau"
    at = text.index("02")
    before, words, after = snippet(text, at, at + 2)
    assert words == "02"
    assert before.startswith("…")
    assert before.endswith("đã có ")
    assert after == " chi bộ được khen"
