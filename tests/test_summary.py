"""Summary: every number, date and name of it is the article's, with the words it has there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from summarizer.rules.header import HeaderDraft
from summarizer.rules.people import People
from summarizer.rules.sections import Quotations
from summarizer.rules.summary import Facts, compose, faults, gather, summary_question
from summarizer.schemas.report import Count, Quotation

ARTICLE = (
    "Ngày 29/01/2021, Đảng bộ Trường Hoa Sen tổ chức Hội nghị tổng kết năm 2020. Đồng chí Đỗ Thị Thu chủ trì. "
    "Kết quả, có 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ; 27 đảng viên hoàn thành tốt nhiệm vụ; "
    "145 quần chúng dự; 75,2% trường đạt chuẩn; kinh phí 2.300 tỷ đồng. Nhiệm vụ năm 2021 là đổi mới."
)
FACTS = Facts(
    organization="Đảng bộ Trường Hoa Sen",
    kind="Hội nghị tổng kết năm 2020",
    held="29/01/2021",
    chairs=("Đỗ Thị Thu",),
    counts=("1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ", "27 đảng viên hoàn thành tốt nhiệm vụ"),
    task="Nhiệm vụ năm 2021 là đổi mới.",
)


@pytest.mark.parametrize(
    "summary",
    [
        "Ngày 29/01/2021, Đảng bộ Trường Hoa Sen tổng kết năm 2020, có 27 đảng viên hoàn thành tốt nhiệm vụ.",
        "Hội nghị do bà Đỗ Thị Thu chủ trì cho biết 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ.",
        "Đến nay 75,2% trường đạt chuẩn với kinh phí 2.300 tỷ đồng, nhiệm vụ năm 2021 là đổi mới.",
    ],
)
def test_what_the_article_says_holds(summary: str) -> None:
    assert faults(summary, ARTICLE) == []


@pytest.mark.parametrize(
    ("summary", "fault"),
    [
        ("Đảng bộ có 28 đảng viên hoàn thành tốt nhiệm vụ trong năm 2020.", "số 28"),
        ("Đảng bộ có 145 đảng viên hoàn thành tốt nhiệm vụ trong năm 2020.", "số 145"),
        ("Có 5/1 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ trong năm.", "5/1"),
        ("Đến nay 752% trường đạt chuẩn quốc gia theo kế hoạch đề ra.", "số 752"),
        ("Kinh phí cho các trường là 2.300 triệu đồng trong năm 2020.", "số 2.300"),
        ("Ngày 30/01/2021, Đảng bộ tổ chức Hội nghị tổng kết năm 2020.", "ngày 30/01/2021"),
        ("Hội nghị tổng kết năm 2019 của Đảng bộ đã thành công tốt đẹp.", "số 2019"),
        ("Hội nghị do bà Đỗ Thị Lan chủ trì đã thành công tốt đẹp.", "tên Đỗ Thị Lan"),
        ("Đảng bộ đã biểu dương 27 đảng viên hoàn thành tốt nhiệm vụ trong năm 2020.", "số 27"),
        ("The party committee held a review meeting in January.", "tiếng Việt"),
    ],
)
def test_what_the_article_does_not_say_is_named(summary: str, fault: str) -> None:
    assert any(fault in found for found in faults(summary, ARTICLE))


def test_facts_compose_into_a_summary_that_holds() -> None:
    summary = compose(FACTS, ARTICLE)
    assert summary == (
        "Đảng bộ Trường Hoa Sen tổ chức Hội nghị tổng kết năm 2020 ngày 29/01/2021, do Đỗ Thị Thu chủ trì. "
        "Kết quả: 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ; 27 đảng viên hoàn thành tốt nhiệm vụ. "
        "Nhiệm vụ: Nhiệm vụ năm 2021 là đổi mới."
    )
    assert faults(summary, ARTICLE) == []


def test_a_fact_that_does_not_hold_is_left_out_of_what_code_composes() -> None:
    summary = compose(replace(FACTS, counts=("28 đảng viên hoàn thành tốt nhiệm vụ",)), ARTICLE)
    assert summary is not None
    assert "28" not in summary
    assert summary.endswith("đổi mới.")


def test_no_meeting_no_summary() -> None:
    nothing = Facts(organization=None, kind=None, held="29/01/2021")
    assert compose(nothing, ARTICLE) is None
    assert summary_question(nothing, ARTICLE) is None


def test_the_questions_own_model_refuses_a_number_that_is_not_the_articles() -> None:
    question = summary_question(FACTS, ARTICLE)
    assert question is not None
    with pytest.raises(ValidationError, match="số 28 không có trong bài"):
        question.response_model.model_validate(
            {"summary": "Đảng bộ có 28 đảng viên hoàn thành tốt nhiệm vụ."}
        )
    held = question.response_model.model_validate(
        {"summary": "Đảng bộ có 27 đảng viên hoàn thành tốt nhiệm vụ."}
    )
    assert held.summary.endswith("nhiệm vụ.")


def test_a_summary_that_breaks_off_is_refused() -> None:
    question = summary_question(FACTS, ARTICLE)
    assert question is not None
    with pytest.raises(ValidationError, match="chưa trọn"):
        question.response_model.model_validate(
            {"summary": "Đảng bộ có 27 đảng viên hoàn thành tốt nhiệm vụ và"}
        )


def test_braces_in_a_fact_stay_what_they_are() -> None:
    question = summary_question(Facts("Đảng bộ {facts} {{ 1+1 }}", None, counts=("27 đảng viên",)), ARTICLE)
    assert question is not None
    assert "Đảng bộ {facts} {{ 1+1 }}" in question.messages[-1]["content"]


def count(text: str, counted: str, **given: object) -> Count:
    values: dict[str, object] = {
        "at": ARTICLE.index(f"{text} {counted}"),
        "text": text,
        "value": 1,
        "unit": "count",
        "subject": "party_member",
        "grade": "good",
        "status": "result",
        "counted": counted,
        "counted_at": ARTICLE.index(f"{text} {counted}") + len(text) + 1,
        "sentence": Quotation(at=0, text=ARTICLE[:10]),
        "certainty": "table",
    }
    return Count.model_validate(values | given)


def test_a_summary_tells_the_graded_results_that_are_sure() -> None:
    told = count("27", "đảng viên hoàn thành tốt nhiệm vụ")
    counts = [
        told,
        count("145", "quần chúng", grade=None),
        told.model_copy(update={"status": "target"}),
        told.model_copy(update={"certainty": "doubtful"}),
    ]
    nobody = People((), (), (), (), ())
    nothing = Quotations((), (), (), (), {})
    facts = gather(ARTICLE, HeaderDraft(organization="Đảng bộ Trường Hoa Sen"), nobody, nothing, counts)
    assert facts.counts == ("27 đảng viên hoàn thành tốt nhiệm vụ",)
