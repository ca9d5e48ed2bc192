"""A review applied: what was judged is as judged, the rest stays, and a complete one is a gold label."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SourceError
from summarizer.review import Review, apply_review, as_gold
from summarizer.review.forms import read_form
from summarizer.schemas.report import MeetingReport
from summarizer.sources.document import Document
from tests.pages.gold_reports import EVALS, STEMS, article, gold_report, stem

HEADER = {"header": "confirmed", "organization": "Đảng ủy Viện", "date_held": "2021-02-03", "period": "2020"}


def reviewed(name: str, form: dict[str, str]) -> tuple[MeetingReport, Review]:
    report = gold_report(name)
    sent = read_form(form, report, Document(report.source.name, article(name)))
    assert sent.errors == ()
    return report, sent.review


def errors(name: str, form: dict[str, str]) -> str:
    return " ".join(read_form(form, gold_report(name), Document(name, article(name))).errors)


def change(at: int, **fields: str) -> dict[str, str]:
    values = {"value": "2", "subject": "party_cell", "unit": "count", "status": "result", "counted": "chi bộ"}
    return {
        f"verdict-{at}": "changed",
        **{f"{name}-{at}": text for name, text in {**values, **fields}.items()},
    }


@pytest.mark.parametrize("name", STEMS)
def test_confirming_everything_changes_nothing_but_the_doubt(name: str) -> None:
    report, review = reviewed(name, {"action": "confirm-rest"})
    corrected = apply_review(report, review)
    assert corrected.counts == report.counts
    assert corrected.set_aside == report.set_aside


def test_a_changed_count_says_what_the_reviewer_said() -> None:
    at = gold_report(stem("000")).counts[0].at
    report, review = reviewed(stem("000"), change(at, grade="good", value="3", counted="tổ chức cơ sở"))
    count = apply_review(report, review).counts[0]
    assert (count.at, count.value, count.subject, count.grade) == (at, 3, "party_cell", "good")
    assert (count.counted, count.counted_at, count.certainty) == ("tổ chức cơ sở", None, "agreed")


def test_a_struck_count_is_set_aside() -> None:
    at = gold_report(stem("000")).counts[0].at
    report, review = reviewed(stem("000"), {f"verdict-{at}": "struck"})
    corrected = apply_review(report, review)
    assert at not in {count.at for count in corrected.counts}
    assert at in {place.at for place in corrected.set_aside}


def test_a_number_set_aside_can_be_added_as_a_count() -> None:
    place = gold_report(stem("000")).set_aside[5]
    form = {**change(place.at, value="21"), f"verdict-{place.at}": "added"}
    report, review = reviewed(stem("000"), form)
    corrected = apply_review(report, review)
    added = next(count for count in corrected.counts if count.at == place.at)
    assert added.text == place.text
    assert added.sentence.text in article(stem("000"))
    assert place.at not in {other.at for other in corrected.set_aside}
    assert [count.at for count in corrected.counts] == sorted(count.at for count in corrected.counts)


def test_the_header_is_as_corrected_and_loses_the_place_of_what_it_said_before() -> None:
    form = {**HEADER, "date_published": "2021-02-06", "chairs": "Trần Huy Hoàng\n"}
    report, review = reviewed(stem("000"), form)
    corrected = apply_review(report, review)
    assert (corrected.date_held, corrected.date_published, corrected.period) == (
        "2021-02-03",
        "2021-02-06",
        2020,
    )
    assert [person.name for person in corrected.chairs] == ["Trần Huy Hoàng"]
    assert "date_held" in corrected.anchors
    assert "date_published" not in corrected.anchors


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({**HEADER, "date_held": "3/2/2021"}, "Ngày họp"),
        ({**HEADER, "period": "hai nghìn"}, "Năm được tổng kết"),
        ({**HEADER, "chairs": "Không Có Ai"}, "không tìm thấy tên này"),
        ({"complete": "yes", "header": "confirmed"}, "Còn số đếm chưa được xét"),
        ({"complete": "yes", "action": "confirm-rest"}, "Thông tin chung"),
    ],
)
def test_what_is_wrong_is_said_and_not_saved(form: dict[str, str], said: str) -> None:
    assert said in errors(stem("000"), form)


@pytest.mark.parametrize("fields", [{"value": "ba"}, {"value": "1e9999"}, {"subject": "x"}, {"grade": "x"}])
def test_a_count_that_is_none_is_refused(fields: dict[str, str]) -> None:
    at = gold_report(stem("000")).counts[0].at
    assert "Số “02”" in errors(stem("000"), change(at, **fields))


@given(
    st.dictionaries(
        st.sampled_from(["verdict-1614", "value-1614", "header", "complete", "period"]), st.text()
    )
)
def test_whatever_is_sent_is_a_review_or_refused(form: dict[str, str]) -> None:
    name = stem("000")
    sent = read_form(form, gold_report(name), Document(name, article(name)))
    assert sent.errors or apply_review(gold_report(name), sent.review)


def test_a_review_of_another_text_is_refused() -> None:
    report, review = reviewed(stem("000"), {"action": "confirm-rest"})
    with pytest.raises(SourceError, match="another text"):
        apply_review(report, review.model_copy(update={"sha256": "0" * 64}))


def test_a_review_comes_back_from_its_file_as_it_was() -> None:
    _, review = reviewed(stem("001"), {"action": "confirm-rest", **HEADER})
    assert Review.model_validate_json(review.model_dump_json()) == review


@pytest.mark.parametrize("name", STEMS)
def test_a_complete_review_gives_back_the_gold_label_that_the_report_was_made_of(name: str) -> None:
    gold: dict[str, Any] = json.loads((EVALS / "gold" / f"{name}.json").read_text("utf-8"))
    form = {
        "action": "confirm-rest",
        "complete": "yes",
        "header": "confirmed",
        "organization": "\n".join(gold["organization"]),
        "chairs": "\n".join(gold["chairs"]),
        **{key: str(gold[key] or "") for key in ("date_held", "date_published", "period")},
    }
    label = as_gold(*reviewed(name, form))
    assert label["counts"] == gold["counts"]
    for key in ("article", "organization", "date_held", "date_published", "period", "chairs"):
        assert label[key] == gold[key]


def test_an_incomplete_review_is_no_gold_label() -> None:
    with pytest.raises(SourceError, match="not reviewed whole"):
        as_gold(*reviewed(stem("000"), {"action": "confirm-rest"}))
