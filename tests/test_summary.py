"""Summary: every number, date and name of it is the article's, with the words it has there."""

from __future__ import annotations

from dataclasses import replace

from summarizer.rules.header import HeaderDraft
from summarizer.rules.people import People
from summarizer.rules.sections import Quotations
from summarizer.rules.summary import Facts, compose, gather
from summarizer.schemas.reading import NumberReading

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


def test_facts_compose_into_a_summary_that_holds() -> None:
    summary = compose(FACTS, ARTICLE)
    assert summary == (
        "Đảng bộ Trường Hoa Sen tổ chức Hội nghị tổng kết năm 2020 ngày 29/01/2021, do Đỗ Thị Thu chủ trì. "
        "Kết quả: 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ; 27 đảng viên hoàn thành tốt nhiệm vụ. "
        "Nhiệm vụ: Nhiệm vụ năm 2021 là đổi mới."
    )


def test_a_fact_that_does_not_hold_is_left_out_of_what_code_composes() -> None:
    summary = compose(replace(FACTS, counts=("28 đảng viên hoàn thành tốt nhiệm vụ",)), ARTICLE)
    assert summary is not None
    assert "28" not in summary
    assert summary.endswith("đổi mới.")


def test_no_meeting_no_summary() -> None:
    nothing = Facts(organization=None, kind=None, held="29/01/2021")
    assert compose(nothing, ARTICLE) is None


def count(text: str, counted: str, **given: object) -> NumberReading:
    values: dict[str, object] = {
        "at": ARTICLE.index(f"{text} {counted}"),
        "text": text,
        "value": 1,
        "total": None,
        "unit": "count",
        "subject": "party_member",
        "grade": "good",
        "status": "result",
        "counted": counted,
        "counted_at": ARTICLE.index(f"{text} {counted}") + len(text) + 1,
    }
    return NumberReading(**(values | given))  # pyright: ignore[reportArgumentType]


def test_a_summary_tells_the_graded_results_of_the_period() -> None:
    told = count("27", "đảng viên hoàn thành tốt nhiệm vụ")
    counts = [
        told,
        count("145", "quần chúng", grade=None),
        replace(told, status="target"),
    ]
    nobody = People((), (), ())
    nothing = Quotations((), (), (), (), {})
    facts = gather(ARTICLE, HeaderDraft(organization="Đảng bộ Trường Hoa Sen"), nobody, nothing, counts)
    assert facts.counts == ("27 đảng viên hoàn thành tốt nhiệm vụ",)
