"""The workbook's heads: a column is called by what all of its cells are."""

from __future__ import annotations

from io import BytesIO

import pytest

from summarizer.outputs.rows import Line
from summarizer.outputs.workbook import Workbook
from summarizer.schemas.report import (
    Count,
    Elected,
    Finding,
    MeetingReport,
    Person,
    Place,
    Provenance,
    Quotation,
    Recipient,
    Source,
)


def sheets_of(report: MeetingReport) -> dict[str, list[dict[str, object]]]:
    """The rows of each sheet by its name, each by the heads of its columns."""
    openpyxl = pytest.importorskip("openpyxl")
    file = BytesIO()
    book = Workbook(file)
    made = report.model_dump_json().encode()
    book.add(Line("a.txt", "a.txt", "done", made, 1, 2, 3, 4, None, 0.5, None, None, 1, 1))
    book.close()
    return {
        sheet.title: [dict(zip(heads, row, strict=True)) for row in rows]
        for sheet in openpyxl.load_workbook(file)
        for heads, *rows in [list(sheet.iter_rows(values_only=True))]
    }


def a_report() -> MeetingReport:
    return MeetingReport(
        source=Source(name="a.txt", sha256="ab" * 32, characters=9),
        kind="Hội nghị người lao động năm 2024",
        recipients=(Recipient(at=1, text="Phòng Đào tạo"),),
        provenance=Provenance(model="none", profile="none", version="0"),
    )


def test_a_body_that_was_rewarded_has_a_name_and_not_a_full_name_of_a_person() -> None:
    (row,) = sheets_of(a_report())["Người"]
    assert row["Tên"] == "Phòng Đào tạo"
    assert "Họ tên" not in row


def test_the_name_of_the_meeting_is_called_so() -> None:
    (row,) = sheets_of(a_report())["Bài"]
    assert row["Tên hội nghị"] == "Hội nghị người lao động năm 2024"


def test_who_was_elected_has_one_row_for_it() -> None:
    person = Person(name="Lê Thị B", at=5, roles=("chair", "elected"))
    elected = Elected(name="Lê Thị B", at=5, post="Bí thư")
    report = a_report().model_copy(update={"people": (person,), "elected": (elected,), "recipients": ()})
    rows = sheets_of(report)["Người"]
    assert [(row["Tên"], row["Chức vụ"], row["Vai trò"]) for row in rows] == [
        ("Lê Thị B", None, "chủ trì"),
        ("Lê Thị B", "Bí thư", "được bầu"),
    ]


def a_count(at: int, text: str, value: float, sentence: str, **fields: object) -> Count:
    made: dict[str, object] = {
        "unit": "count",
        "subject": "learner",
        "status": "result",
        "certainty": "rules",
        "sentence": Quotation(at=0, text=sentence),
        **fields,
    }
    return Count.model_validate({"at": at, "text": text, "value": value, **made})


def test_the_numbers_of_a_contradiction_are_told_with_what_they_count() -> None:
    sentence = "Trường có 114 em giỏi, chiếm 100%."
    counts = (
        a_count(10, "114", 114, sentence, counted="em giỏi", counted_at=14),
        a_count(29, "100", 100, sentence, counted="em giỏi", counted_at=14, unit="percent"),
    )
    finding = Finding(
        kind="percent",
        message="Sai.",
        arithmetic="114 / 837 = 13,6% ≠ 100%",
        places=tuple(Place(at=count.at, text=count.text) for count in (*counts[::-1], counts[0])),
    )
    report = a_report().model_copy(update={"counts": counts, "findings": (finding,)})
    (row,) = sheets_of(report)["Mâu thuẫn"]
    assert row["Các số"] == "100% (em giỏi); 114 em giỏi; 114 em giỏi"


def test_a_part_and_a_repeat_name_the_other_number_as_it_is_written() -> None:
    sentence = "Có 41 lớp, 1.399 em, nữ 20 em, tổng 1.399 em."
    counts = (
        a_count(11, "1.399", 1399, sentence, counted="em"),
        a_count(24, "20", 20, sentence, counted="em", part_of=11),
        a_count(36, "1.399", 1399, sentence, counted="em", repeats=11),
    )
    rows = sheets_of(a_report().model_copy(update={"counts": counts}))["Số liệu"]
    assert [(row["Là phần của số"], row["Nhắc lại số"]) for row in rows] == [
        (None, None),
        ("1.399", None),
        (None, "1.399"),
    ]


@pytest.mark.parametrize(("heading", "words"), [(None, "trung bình … em"), ("Trung bình", "em")])
def test_a_number_whose_noun_says_little_is_told_with_what_leads_to_it(
    heading: str | None, words: str
) -> None:
    count = Count(
        at=22,
        text="300",
        value=300,
        unit="count",
        subject="learner",
        status="result",
        counted="em",
        heading=heading,
        sentence=Quotation(at=0, text="Giỏi 114; trung bình  300 em."),
        certainty="rules",
    )
    (row,) = sheets_of(a_report().model_copy(update={"counts": (count,)}))["Số liệu"]
    assert row["Đếm cái gì"] == words


def test_sums_say_how_the_article_bounds_their_numbers() -> None:
    sentence = "Có trên 2.500 đảng viên hoàn thành tốt nhiệm vụ."
    count = a_count(
        8,
        "2.500",
        2500,
        sentence,
        subject="party_member",
        grade="good",
        counted="đảng viên",
        qualifier="trên",
    )
    report = a_report().model_copy(update={"counts": (count,), "organization": "Đảng bộ huyện An Phú"})
    sheets = sheets_of(report)
    for name, column in (("Tổng theo năm", "Tổng"), ("Tổng theo đơn vị", "Giá trị")):
        (row,) = sheets[name]
        assert (row["Giới hạn"], row[column]) == ("trên", 2500)


def test_whether_the_article_tells_of_a_meeting_is_in_the_workbook() -> None:
    for meeting, word in ((True, "có"), (False, "không"), (None, None)):
        (row,) = sheets_of(a_report().model_copy(update={"meeting": meeting}))["Bài"]
        assert row["Bài kể về một cuộc họp"] == word


def test_a_sum_of_two_numbers_of_one_body_is_of_one_body() -> None:
    sentence = Quotation(at=0, text="Có 30 đảng viên, gồm 18 đảng viên miễn đánh giá, 12 chưa đánh giá.")
    of_all = [
        Count(
            at=sentence.text.index(number),
            text=number,
            value=int(number),
            unit="count",
            subject="party_member",
            grade="unrated" if part_of else None,
            status="result",
            counted=counted,
            part_of=part_of,
            sentence=sentence,
            certainty="rules",
        )
        for number, counted, part_of in (
            ("30", "đảng viên", None),
            ("18", "đảng viên miễn đánh giá", 3),
            ("12", "chưa đánh giá", 3),
        )
    ]
    report = a_report().model_copy(update={"counts": tuple(of_all), "organization": "Đảng bộ xã An Phú"})
    sheets = sheets_of(report)
    (row,) = sheets["Tổng theo năm"]
    assert (row["Tổng"], row["Số đơn vị"], row["Các số của tổng"]) == (30, 1, "xem 2 số")
    assert [row["Giá trị"] for row in sheets["Tổng theo đơn vị"]] == [30, 18, 12]
