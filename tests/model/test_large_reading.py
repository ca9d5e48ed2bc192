"""A large model reads an article over the wire: two questions, one beginning, everything held to the article."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from summarizer.model.client import Model
from summarizer.pipeline import extract
from summarizer.schemas.report import MeetingReport
from summarizer.settings import Settings
from summarizer.sources.document import Document
from tests.by_rules import article_of, counts_of
from tests.conftest import Serve
from tests.loopback import Loopback, Reply, Request, chat

TEXT = (
    "Đảng ủy Viện Khoa học tổng kết năm 2020\n\n"
    "Ngày 3/2/2021, Đảng ủy Viện Khoa học tổ chức Hội nghị tổng kết công tác năm 2020. Đồng chí Lê Anh Vinh, Bí thư "
    "Đảng ủy, chủ trì Hội nghị; đồng chí Trần Huy Hoàng trình bày Báo cáo tổng kết công tác năm 2020.\n\n"
    "Năm qua, Đảng bộ có 17 chi bộ, trong đó 5 chi bộ hoàn thành xuất sắc nhiệm vụ. "
    "Công tác phát triển đảng còn chậm. Năm 2021, Đảng ủy phấn đấu kết nạp 8 đảng viên.\n\n"
    "Đồng chí Nguyễn Thị Hoa được bầu làm Phó Bí thư Đảng ủy với 45/47 phiếu. Chi bộ Khoa Lý được tặng Giấy khen."
)


def number(counted: str, subject: str, grade: str | None = None, status: str = "result") -> dict[str, Any]:
    return {"counted": counted, "subject": subject, "grade": grade, "status": status}


COUNTS: dict[str, Any] = {
    "part_of": [{"parts": [2], "whole": 1}],
    "repeats": [],
    "whose": [],
    "direction": [],
    "headings": [],
    "given_by": [],
}
NUMBERS = {
    "17": number("chi bộ", "party_cell"),
    "5": number("chi bộ hoàn thành xuất sắc nhiệm vụ", "party_cell", "excellent"),
    "8": number("đảng viên", "party_member", status="target"),
}
MEETING: dict[str, Any] = {
    "meeting": True,
    "kind": "Hội nghị tổng kết công tác năm 2020",
    "organization": "Đảng ủy Viện Khoa học",
    "parent": None,
    "place": None,
    "form": None,
    "date_held": "Ngày 3/2/2021",
    "year_held": None,
    "period": "năm 2020",
    "people": [
        {"name": "Lê Anh Vinh", "roles": ["chair"], "post": "Bí thư Đảng ủy"},
        {"name": "Trần Huy Hoàng", "roles": ["presenter"], "post": None},
    ],
    "reports": [{"title": "Báo cáo tổng kết công tác năm 2020", "presenter": "Trần Huy Hoàng"}],
    "recipients": [{"name": "Chi bộ Khoa Lý", "award": "Giấy khen", "given_by": None}],
    "elected": [{"name": "Nguyễn Thị Hoa", "post": "Phó Bí thư Đảng ủy", "vote": "45/47 phiếu"}],
    "sections": {"achievement": [5], "shortcoming": [6], "cause": [], "directive": [7]},
    "summary": (
        "Ngày {d2}, Đảng ủy Viện Khoa học tổng kết công tác năm 2020, do Lê Anh Vinh chủ trì. "
        "Đảng bộ có {1} chi bộ, {2} chi bộ hoàn thành xuất sắc nhiệm vụ. Công tác phát triển đảng còn chậm."
    ),
}


@pytest.mark.parametrize(
    ("period", "held", "year"),
    [
        ("6 tháng đầu năm", "Ngày 3/7/2021", 2021),
        ("6 tháng cuối năm", "Ngày 3/2/2021", 2020),
        ("quý II", "Ngày 3/7/2021", 2021),
    ],
)
def test_a_part_of_a_year_without_its_year_is_of_the_year_of_the_meeting(
    serve: Serve, period: str, held: str, year: int
) -> None:
    text = (
        f"{held}, Đảng ủy Viện Khoa học sơ kết công tác {period}, triển khai nhiệm vụ tới. Có 17 chi bộ họp."
    )
    nothing = {"people": [], "reports": [], "recipients": [], "elected": [], "sections": {}}
    summary = "Đảng ủy Viện Khoa học sơ kết công tác. Có {1} chi bộ họp. Nhiệm vụ tới được triển khai."
    told = {**MEETING, **nothing, "kind": None, "date_held": held, "period": period, "summary": summary}

    def answer(request: Request) -> Reply:
        return chat(told) if "summary" in request.schema["properties"] else answers(request)

    report = read(serve(answer), text)
    assert (report.period, report.period_text) == (year, period)


def numbers_for(request: Request) -> dict[str, Any] | list[dict[str, Any]]:
    """The right answer for the numbers that a request asks about, in the form that its schema asks for."""
    keys = request.schema["properties"]["numbers"].get("properties", {})
    return {key: NUMBERS.get(key.split(". ", 1)[1]) for key in keys}


def answers(request: Request) -> Reply:
    if "summary" in request.schema["properties"]:
        return chat(MEETING)
    return chat({**COUNTS, "numbers": numbers_for(request)})


def read(server: Loopback, text: str = TEXT, **options: Any) -> MeetingReport:
    async def run() -> MeetingReport:
        settings = Settings(model="m", base_url=server.base_url, profile_name="large", retries=0, **options)
        async with Model(settings) as model:
            return await extract(Document("text", text), model)

    return asyncio.run(run())


def test_two_questions_with_one_beginning_fill_the_whole_report(serve: Serve) -> None:
    server = serve(answers)
    report = read(server)
    first, second = (request.messages for request in server.requests)
    assert first[0] == second[0]
    begun = first[1]["content"].partition("HẾT BÀI BÁO.")[0]
    assert second[1]["content"].startswith(begun)
    assert len(begun) > len(TEXT)
    assert [(c.text, c.subject, c.grade, c.status, c.certainty) for c in report.counts] == [
        ("17", "party_cell", None, "result", "agreed"),
        ("5", "party_cell", "excellent", "result", "agreed"),
        ("8", "party_member", None, "target", "agreed"),
    ]
    assert report.counts[1].part_of == report.counts[0].at
    assert (report.organization, report.date_held, report.period) == (
        "Đảng ủy Viện Khoa học",
        "2021-02-03",
        2020,
    )
    assert (report.period_text, report.kind) == ("năm 2020", "Hội nghị tổng kết công tác năm 2020")
    assert [person.name for person in report.chairs] == ["Lê Anh Vinh"]
    assert [(one.name, one.post, one.vote) for one in report.elected] == [
        ("Nguyễn Thị Hoa", "Phó Bí thư Đảng ủy", "45/47 phiếu")
    ]
    assert [one.text for one in report.shortcomings] == ["Công tác phát triển đảng còn chậm."]
    assert report.summary is not None
    assert report.summary.startswith("Ngày 3/2/2021, Đảng ủy Viện Khoa học")
    assert report.warnings == ()
    assert report.left_out == ()


def test_what_does_not_hold_is_asked_again_with_the_whole_context(serve: Serve) -> None:
    wrong = {**MEETING, "people": [{"name": "Lê Anh Tuấn", "roles": ["chair"], "post": None}]}
    meetings = iter([chat(wrong), chat(MEETING)])

    def script(request: Request) -> Reply:
        return next(meetings) if "summary" in request.schema["properties"] else answers(request)

    server = serve(script)
    report = read(server)
    again = server.requests[2].messages
    assert again[:2] == server.requests[1].messages
    assert "tên “Lê Anh Tuấn” không có trong bài" in again[-1]["content"]
    assert [person.name for person in report.chairs] == ["Lê Anh Vinh"]


def test_what_still_fails_is_left_out_and_the_rest_is_kept(serve: Serve) -> None:
    invented = [*MEETING["people"], {"name": "Lê Anh Tuấn", "roles": ["guest"], "post": None}]

    def script(request: Request) -> Reply:
        wrong = chat({**MEETING, "people": invented})
        return wrong if "summary" in request.schema["properties"] else answers(request)

    report = read(serve(script))
    assert [person.name for person in report.people] == ["Lê Anh Vinh", "Trần Huy Hoàng"]
    assert any("Lê Anh Tuấn" in one.why for one in report.left_out)
    assert report.elected
    assert report.summary


def test_a_presenter_told_by_the_office_alone_is_nobody_and_no_fault(serve: Serve) -> None:
    by_office = [{"title": "Báo cáo tổng kết công tác năm 2020", "presenter": "đồng chí"}]

    def script(request: Request) -> Reply:
        told = chat({**MEETING, "reports": by_office})
        return told if "summary" in request.schema["properties"] else answers(request)

    server = serve(script)
    assert [one.presenter for one in read(server).reports] == [None]
    assert len(server.requests) == 2


def test_a_recipient_of_a_list_may_take_the_head_that_the_list_says_once(serve: Serve) -> None:
    text = TEXT.replace(
        "Chi bộ Khoa Lý được tặng Giấy khen.", "Tặng Giấy khen cho các chi bộ: Khoa Lý, Khoa Hóa."
    )
    named = [
        {"name": "Chi bộ Khoa Hóa", "award": "Giấy khen"},
        {"name": "Chi bộ Khoa Sinh", "award": "Giấy khen"},
    ]

    def script(request: Request) -> Reply:
        answer = chat({**MEETING, "recipients": named})
        return answer if "summary" in request.schema["properties"] else answers(request)

    report = read(serve(script), text=text)
    assert [one.text for one in report.recipients] == ["Khoa Hóa"]
    assert any("Chi bộ Khoa Sinh" in one.why for one in report.left_out)


def test_an_answer_that_breaks_off_is_asked_for_in_halves(serve: Serve) -> None:
    text = "Đại hội khen " + ", ".join(f"{n} đảng viên" for n in range(10, 30)) + "."

    def script(request: Request) -> Reply:
        keys = request.schema["properties"].get("numbers", {}).get("properties", {})
        if len(keys) > 10:
            return chat('{"numbers": {', finish_reason="length")
        if keys:
            said = {key: number("đảng viên", "party_member") for key in keys}
            return chat({**COUNTS, "part_of": [], "numbers": said})
        return chat("{}")

    async def run() -> MeetingReport:
        settings = Settings(model="m", base_url=serve(script).base_url, profile_name="large", retries=0)
        async with Model(settings) as model:
            return await extract(Document("text", text), model)

    assert [count.certainty for count in asyncio.run(run()).counts] == ["agreed"] * 20


@pytest.mark.parametrize(
    ("policy", "subject"), [("", "school"), ("counts=rules", "party_cell"), ("all=rules", "party_cell")]
)
def test_the_policy_says_whose_reading_stands(serve: Serve, policy: str, subject: str) -> None:
    def script(request: Request) -> Reply:
        if "summary" in request.schema["properties"]:
            return chat(MEETING)
        numbers = numbers_for(request)
        assert isinstance(numbers, dict)
        changed = {
            key: number("chi bộ", "school") if key.endswith(". 17") else said for key, said in numbers.items()
        }
        return chat({**COUNTS, "part_of": [], "numbers": changed})

    count = read(serve(script), policy=policy).counts[0]
    assert (count.subject, count.certainty) == (subject, "doubtful")
    assert {reading.by: reading.subject for reading in count.readings} == {
        "rules": "party_cell",
        "model": "school",
    }


NESTED = "[" * 10_000 + "]" * 10_000


@pytest.mark.parametrize(
    "answer",
    [
        NESTED,
        '{"numbers": ' + NESTED + "}",
        '{"organization": "\\ud800", "summary": "\\udfff"}',
        {"numbers": {"9" * 5_000: None}},
        {"numbers": [{"key": "9" * 5_000, "count": None}]},
        {**MEETING, "summary": "{" + "9" * 5_000 + "} chi bộ. Kết quả tốt."},
        {**MEETING, "summary": "{1} 2 Lê Anh " * 500_000 + "."},
        {"organization": [], "kind": ["Hội nghị"], "form": [[]], "people": {}, "sections": []},
    ],
    ids=[
        "nested",
        "nested within",
        "half a character",
        "endless key",
        "endless key of a list",
        "endless mark",
        "endless",
        "lists",
    ],
)
def test_an_answer_of_a_shape_that_nobody_foresaw_leaves_the_reading_by_rules(
    serve: Serve, answer: Any
) -> None:
    report = read(serve([chat(answer)]))
    assert report.counts == counts_of(article_of(TEXT))
    assert "\ud800" not in report.model_dump_json()


def changed(**answer: Any) -> Any:
    """A script in which the answer about the meeting is changed so, and the one about the numbers is right."""

    def script(request: Request) -> Reply:
        return chat({**MEETING, **answer}) if "summary" in request.schema["properties"] else answers(request)

    return script


@pytest.mark.parametrize(
    "name", ["17", "3/2/2021", "và", "", ".", TEXT, "chi bộ hoàn thành xuất sắc nhiệm vụ"]
)
def test_a_number_or_a_sentence_of_the_article_is_nobodys_name(serve: Serve, name: str) -> None:
    told = changed(
        people=[{"name": name, "roles": ["chair"], "post": None}],
        elected=[{"name": name, "post": None, "vote": None}],
        reports=[{"title": "Báo cáo tổng kết công tác năm 2020", "presenter": name}],
    )
    report = read(serve(told))
    assert (report.people, report.elected) == ((), ())
    assert [one.presenter for one in report.reports] == [None]
    assert report.left_out


@pytest.mark.parametrize("field", ["kind", "organization", "parent", "place"])
def test_a_long_stretch_of_the_article_is_no_field_of_the_header(serve: Serve, field: str) -> None:
    report = read(serve(changed(**{field: TEXT * 3})), text=TEXT * 3)
    value = getattr(report, field)
    assert value is None or len(value) < 100
    assert max(len(one.why) for one in report.left_out) < 120


def counted(numbers: dict[str, Any], **relations: Any) -> Any:
    """A script in which the numbers of `numbers`, by their text, are told so, with these relations."""

    def script(request: Request) -> Reply:
        if "summary" in request.schema["properties"]:
            return chat(MEETING)
        keys = request.schema["properties"]["numbers"]["properties"]
        told = {key: numbers.get(key.split(". ", 1)[1]) for key in keys}
        return chat({**COUNTS, **relations, "numbers": told})

    return script


def test_a_number_of_another_grade_and_value_repeats_nothing(serve: Serve) -> None:
    report = read(serve(counted(NUMBERS, part_of=[], repeats=[{"mark": 2, "earlier": 1}])))
    assert [count.repeats for count in report.counts] == [None] * 3


def test_things_and_people_are_no_money(serve: Serve) -> None:
    report = read(serve(counted({text: {**one, "subject": "money"} for text, one in NUMBERS.items()})))
    assert [count.subject for count in report.counts] == ["party_cell", "party_cell", "party_member"]
    assert [count.certainty for count in report.counts] == ["rules"] * 3
    assert report.left_out == (), "a refused reading is no loss where the number stands in the report"


def test_a_model_that_reads_most_numbers_otherwise_than_the_rules_is_told_of(serve: Serve) -> None:
    report = read(serve(counted({})))
    assert report.warnings == ("Mô hình và bộ quy tắc đọc khác nhau 4 trên 4 số: hãy xem lại các số đếm.",)


def test_numbers_that_are_said_to_be_parts_of_each_other_in_a_circle_keep_a_whole(serve: Serve) -> None:
    def script(request: Request) -> Reply:
        if "summary" in request.schema["properties"]:
            return chat("{}")
        keys = request.schema["properties"]["numbers"]["properties"]
        circle = [{"parts": [part], "whole": part % 3 + 1} for part in (1, 2, 3)]
        told = {key: number("chi bộ", "party_cell") for key in keys}
        return chat({**COUNTS, "part_of": circle, "numbers": told})

    report = read(serve(script), text="Đảng bộ có 17 chi bộ và 17 chi bộ khác, cùng 17 chi bộ nữa.")
    first, second, third = report.counts
    assert [one.part_of for one in (first, second, third)] == [None, third.at, first.at]


def test_what_the_body_itself_has_is_no_other_bodys(serve: Serve) -> None:
    whose = [{"marks": [1, 2], "body": "Đảng ủy Viện Khoa học"}]
    assert [count.whose for count in read(serve(counted(NUMBERS, whose=whose))).counts] == [None] * 3


def test_of_answers_that_all_fail_all_are_said_to_have_failed(serve: Serve) -> None:
    report = read(serve([chat("", finish_reason="length")]))
    assert report.warnings == (
        "Mô hình trả lời hỏng 5 trên 5 điều được hỏi; phần lớn báo cáo này chỉ do bộ quy tắc đọc.",
    )


def test_an_answer_that_is_far_longer_than_was_allowed_is_one_that_broke_off(serve: Serve) -> None:
    report = read(serve(changed(summary="{1} 2 Lê Anh " * 20_000)))
    reasons = [one.reason.code for one in report.left_out if one.reason and one.field == "meeting"]
    assert reasons == ["truncated"]
