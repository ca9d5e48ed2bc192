"""What a reviewer types is held against the article: its numbers, its words, and the calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.review import checking
from summarizer.review.checking import Refused, check_field, check_item, find_words
from summarizer.review.items import Item, items_of
from summarizer.review.page import article_page
from summarizer.schemas import labels
from summarizer.schemas.report import MeetingReport
from summarizer.schemas.word_tables import Row
from summarizer.sources.document import Document
from tests.pages.gold_reports import article, rules_report, stem
from tests.review.reviewing import count_fields, first, taken_apart, whole_report

SCHOOL = stem("001")  # which has 2.157 learners


def item_of(number: str, name: str = SCHOOL) -> Item:
    return next(
        item
        for item in items_of(rules_report(name), taken_apart(name))
        if item.part == "counts" and item.text == number and item.value is not None
    )


def checked_value(number: str, typed: str, *, sure: bool = False) -> object:
    item = item_of(number)
    fields = count_fields(value=typed, counted=item.value.counted, subject=item.value.subject)
    made = check_item(item, fields, taken_apart(SCHOOL), sure=sure)
    return made.value  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["2.157", "2157", " 2 157 ".strip().replace(" ", "")])
def test_a_number_is_read_in_vietnamese_notation(typed: str) -> None:
    assert checked_value("2.157", typed) == 2157


@pytest.mark.parametrize(
    ("typed", "value"), [("2.175", 2175), ("2,157", 2157), ("21,5", 21.5), ("3 nghìn", 3000)]
)
def test_a_number_that_is_not_the_articles_is_asked_about_and_taken_from_who_is_sure(
    typed: str, value: float
) -> None:
    if value != 2157:
        with pytest.raises(Refused, match=r"bài viết “2\.157”, tức 2\.157; vẫn ghi") as caught:
            checked_value("2.157", typed)
        assert caught.value.ask
    assert checked_value("2.157", typed, sure=True) == value


@pytest.mark.parametrize("typed", ["ba", "", "-5", ".", "1.2.3.4", "9" * 40])
def test_what_is_no_number_is_refused_however_sure(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        checked_value("2.157", typed, sure=True)
    assert not caught.value.ask
    assert set(caught.value.reasons) == {"value"}


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("counted", "con voi", "không thấy “con voi” trong bài"),
        ("counted", "", "chưa ghi"),
        ("whose", "Sở Giao thông", "không thấy “Sở Giao thông”"),
        ("subject", "elephant", "không có lựa chọn này"),
        ("grade", "elephant", "không có lựa chọn này"),
        ("part_of", "999", "không có số “999” nào khác"),
    ],
)
def test_a_refused_field_says_why_by_its_name(field: str, typed: str, reason: str) -> None:
    item = first("counts")
    with pytest.raises(Refused) as caught:
        check_item(item, count_fields(value=item.text, **{field: typed}), taken_apart(), sure=True)
    assert list(caught.value.reasons) == [field]
    assert reason in caught.value.reasons[field]


def test_a_total_is_given_by_its_number_and_found_before_the_part() -> None:
    counts = whole_report().counts
    item = next(one for one in items_of(whole_report(), taken_apart()) if one.at == counts[3].at)
    fields = count_fields(value=item.text, counted=item.value.counted, part_of=counts[1].text)
    assert check_item(item, fields, taken_apart(), sure=False).part_of == counts[1].at  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("typed", ["Lê Anh Vinh", "lê  anh vinh"])
def test_words_in_one_unicode_form_are_found_in_another(
    form: Literal["NFC", "NFD", "NFKC"], typed: str
) -> None:
    text = unicodedata.normalize("NFD", article(stem("000")))
    found = find_words(take_apart(Document("a", text)), unicodedata.normalize(form, typed))
    assert found is not None
    assert text[found.at : found.end] == found.text
    assert unicodedata.normalize("NFC", found.text) == "Lê Anh Vinh"


@pytest.mark.parametrize(
    ("typed", "written"), [("Đảng uỷ Viện", "Đảng ủy Viện"), ('"Hoàn thành Tốt', "“Hoàn thành Tốt")]
)
def test_tone_placement_and_quotation_marks_make_no_difference(typed: str, written: str) -> None:
    found = find_words(taken_apart(), typed)
    assert found is not None
    assert found.text == written


def test_of_several_places_the_nearest_is_taken() -> None:
    text = article(stem("000"))
    last = text.rindex("Lê Anh Vinh")
    found = find_words(taken_apart(), "Lê Anh Vinh", near=len(text))
    assert found is not None
    assert found.at == last
    assert last != text.index("Lê Anh Vinh")


def field(name: str, typed: str, *, sure: bool = False, report: MeetingReport | None = None) -> object:
    items = items_of(report or whole_report(), taken_apart())
    item = next(one for one in items if one.part == name)
    return check_field(item, {name: typed}, taken_apart(), sure=sure).value


def test_a_place_that_is_written_as_typed_comes_before_nearer_ones() -> None:
    article = take_apart(Document("a", "TRƯỜNG LONG PHÚ. Sau đó Trường Long Phú họp."))
    for typed in ("TRƯỜNG LONG PHÚ", "Trường Long Phú"):
        for near in (0, 40):
            found = find_words(article, unicodedata.normalize("NFD", typed), near)
            assert found is not None
            assert found.text == typed


@pytest.mark.parametrize(
    "typed", ["03/02/2021", "3/2/2021", "3-2-2021", "2021-02-03", "ngày 3 tháng 2 năm 2021"]
)
def test_a_date_is_read_as_it_is_written_here(typed: str) -> None:
    assert field("date_held", typed) == "2021-02-03"


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("date_held", "30/02/2021", "lịch không có ngày 30/2/2021"),
        ("date_held", "mai", "viết ngày/tháng/năm"),
        ("date_held", "3/2/21", "viết ngày/tháng/năm"),
        ("date_held", "3/2/9021", "không thể đúng"),
        ("period", "hai nghìn", "là một năm"),
        ("period", "20200", "là một năm"),
        ("organization", "Bộ Ngoại giao", "không thấy “Bộ Ngoại giao” trong bài"),
        ("form", "by_horse", "không có lựa chọn này"),
        ("summary", "Có 99 đảng viên.", "bài không có số 99"),
    ],
)
def test_a_field_that_cannot_be_right_is_refused(name: str, typed: str, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        field(name, typed, sure=True)
    assert not caught.value.ask
    assert reason in caught.value.reasons[name]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("date_held", "04/02/2021", "2021-02-04"),
        ("date_held", "03/02/2020", "2020-02-03"),  # the article's day, of another year
        ("period", "2015", 2015),
    ],
)
def test_a_date_that_the_article_does_not_write_is_asked_about(name: str, typed: str, value: object) -> None:
    with pytest.raises(Refused) as caught:
        field(name, typed)
    assert caught.value.ask
    assert field(name, typed, sure=True) == value


def test_several_wordings_are_a_line_each_and_the_first_is_the_reports() -> None:
    item = next(one for one in items_of(whole_report(), taken_apart()) if one.part == "organization")
    typed = {"organization": "Đảng ủy Viện\n\n Viện  KHGD Việt Nam "}
    made = check_field(item, typed, taken_apart(), sure=False)
    assert (made.value, made.others) == ("Đảng ủy Viện", ("Viện KHGD Việt Nam",))


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The header's `place` and `period` have no row in the table of controls."""
    rows = checking.read_table

    def read_table(package: str, name: str, columns: Sequence[str]) -> list[Row]:
        return [row for row in rows(package, name, columns) if row["part"] not in ("place", "period")]

    uncached = checking._controls.__wrapped__
    monkeypatch.setattr(checking, "read_table", read_table)
    monkeypatch.setattr(checking, "_controls", uncached)


@pytest.mark.usefixtures("forgotten")
def test_a_field_without_a_row_of_its_own_is_a_line_of_text_that_the_reports_schema_checks() -> None:
    page = article_page(whole_report(), taken_apart(), None, reviewer="An", t=labels.labels())
    assert re.search(r'<input[^>]*name="place"[^>]*value="Hà Nội"', page)
    assert field("place", " Hải  Phòng ") == "Hải Phòng"
    assert field("place", "") is None
    assert field("period", "2020") == 2020
    with pytest.raises(Refused) as caught:
        field("period", "năm ngoái")
    assert set(caught.value.reasons) == {"period"}


@given(
    st.dictionaries(
        st.sampled_from([*count_fields(), "name", "post", "roles", "text", "kind", "award"]),
        st.text(max_size=30),
    ),
    st.sampled_from(["counts", "people", "elected", "recipients", "reports", "achievements"]),
)
def test_whatever_is_typed_holds_or_is_refused(fields: dict[str, str], part: str) -> None:
    item = first(part)
    reasons: dict[str, str] = {}
    made = item.value
    try:
        made = check_item(item, fields, taken_apart(), sure=True)
    except Refused as error:
        reasons = error.reasons
    assert reasons or type(made).model_validate(made) == made
