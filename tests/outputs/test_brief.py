"""The brief: one page, shorter than half the article, with everything an office asks first."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given

from summarizer.outputs.brief import as_docx, as_markdown, brief_of
from summarizer.outputs.phrasing import described, valued_sum
from summarizer.schemas.labels import labels
from summarizer.schemas.report import (
    Count,
    Difference,
    Elected,
    Finding,
    LeftOut,
    MeetingReport,
    Notice,
    Person,
    Place,
    Provenance,
    Quotation,
    Reading,
    Section,
    Source,
)
from tests.commonmark import HOSTILE, parsed
from tests.pages.gold_reports import STEMS, article, rules_report


def a_count(at: int, value: float, counted: str, **fields: Any) -> Count:
    values: dict[str, Any] = {
        "text": str(value),
        "unit": "count",
        "subject": "party_member",
        "status": "result",
        "sentence": Quotation(at=0, text="Câu."),
        "certainty": "agreed",
    }
    return Count(at=at, value=value, counted=counted, **(values | fields))


def a_report(say: Any = str, **fields: Any) -> MeetingReport:
    values: dict[str, Any] = {
        "source": Source(name="a.txt", sha256="ab" * 32, characters=5000),
        "title": say("Hội nghị tổng kết"),
        "organization": say("Đảng bộ Sở Y tế"),
        "date_held": "2021-02-03",
        "place": say("Hội trường Sở"),
        "period": 2020,
        "chairs": (Person(name=say("Lê Văn A"), at=1),),
        "warnings": (say("Bài bị cắt."),),
        "counts": (
            a_count(1, 27, say("đảng viên"), grade="excellent"),
            a_count(2, 145, say("đảng viên"), grade="good"),
            a_count(3, 12, say("lớp học"), subject="class", heading=say("Hệ A")),
            a_count(4, 9, say("đồng chí"), certainty="doubtful", readings=(Reading(by="rules"),)),
            a_count(5, 30, say("lớp"), subject="class", status="target"),
        ),
        "shortcomings": (Section(at=9_009, text=say("Một số chi bộ sinh hoạt chưa đều.")),),
        "directives": (Section(at=9_099, text=say("Tiếp tục nâng cao chất lượng sinh hoạt.")),),
        "findings": (
            Finding(
                kind="parts_total",
                message=say("Các phần không khớp."),
                arithmetic=say("1 + 1 ≠ 3"),
                places=(Place(at=1, text="27"),),
            ),
        ),
        "certainty": {"date_held": "doubtful"},
        "differences": (Difference(field="place", rules=say("Hội trường"), model=None),),
        "provenance": Provenance(model="qwen", profile="large", version="0"),
    }
    return MeetingReport(**(values | fields))


def test_a_brief_says_who_when_results_shortcomings_tasks_contradictions_and_what_to_check() -> None:
    assert as_markdown(brief_of(a_report())) == (
        "# Hội nghị tổng kết\n\n"
        "> ⚠ Bài bị cắt.\n\n"
        "- **Đơn vị:** Đảng bộ Sở Y tế\n"
        "- **Ngày họp:** 03/02/2021 tại Hội trường Sở\n"
        "- **Năm tổng kết:** 2020\n"
        "- **Chủ trì:** Lê Văn A\n\n"
        "| Kết quả chính | Số |\n| --- | ---: |\n"
        "| đảng viên | xuất sắc 27 ⚠, tốt 145 |\n"
        "| lớp học (Hệ A) | 12 |\n\n"
        "## Hạn chế, tồn tại\n\n- Một số chi bộ sinh hoạt chưa đều.\n\n"
        "## Nhiệm vụ\n\n- Tiếp tục nâng cao chất lượng sinh hoạt.\n\n"
        "## Bài tự mâu thuẫn\n\n- Các phần không khớp: 1 + 1 ≠ 3\n\n"
        "## Cần kiểm tra\n\n"
        "- 1 số liệu còn nghi vấn: 9 đồng chí\n"
        "- còn nghi vấn: ngày họp\n"
        "- hai cách đọc khác nhau: địa điểm\n"
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("stem", STEMS)
def test_the_brief_of_each_article_is_shorter_than_half_of_it(stem: str, lang: Any) -> None:
    brief = brief_of(rules_report(stem), lang)
    assert len(as_markdown(brief)) < len(article(stem)) / 2
    assert brief.results
    assert brief.facts


def test_a_long_sentence_ends_with_a_whole_clause() -> None:
    long = Section(at=9_009, text="Phối hợp giữa các đơn vị chưa tốt, " * 30)
    (sentence,) = brief_of(a_report(shortcomings=(long,))).shortcomings
    assert sentence.endswith("chưa tốt …")
    assert len(sentence) < 330


def test_the_brief_is_one_page_however_much_there_is_to_say() -> None:
    sections = tuple(Section(at=at, text=f"Việc thứ {at} cần làm tốt hơn. " * 9) for at in range(40))
    counts = tuple(a_count(at, at, f"việc số {at}", subject="other") for at in range(90))
    report = a_report(counts=counts, shortcomings=sections, directives=sections)
    long = report.model_copy(update={"source": report.source.model_copy(update={"characters": 10**6})})
    brief = brief_of(long)
    assert len(as_markdown(brief)) < 2_700
    assert brief.shortcomings
    assert brief.tasks
    assert len(brief.results) == 10


def a_short(characters: int, **fields: Any) -> MeetingReport:
    """A report of an article of so many characters, with nothing contradicted or in doubt."""
    source = Source(name="a.txt", sha256="ab" * 32, characters=characters)
    plain: dict[str, Any] = {"findings": (), "certainty": {}, "differences": (), "warnings": (), "counts": ()}
    return a_report(**(plain | {"source": source} | fields))


def some_money(at: int, value: int, clause: str) -> Count:
    sentence = Quotation(at=at - len(clause) - 1, text=f"{clause} {value} tỷ đồng.")
    return a_count(
        at, value * 10**9, str(value), text=str(value), unit="money", subject="money", sentence=sentence
    )


def test_money_is_a_result_with_the_words_for_what_it_is() -> None:
    counts = (some_money(100, 289, "Năm 2023, doanh thu"), some_money(200, 41, "Lợi nhuận"))
    assert brief_of(a_short(5000, counts=counts)).results == [
        ("doanh thu", "289 tỷ đồng"),
        ("Lợi nhuận", "41 tỷ đồng"),
    ]


def test_the_period_is_a_year_only_where_it_is_one() -> None:
    facts = dict(brief_of(a_report(period=2025, period_text="nhiệm kỳ 2022-2025")).facts)
    assert facts["Kỳ tổng kết"] == "nhiệm kỳ 2022-2025"
    assert "Năm tổng kết" not in facts


def test_who_was_elected_is_in_the_brief() -> None:
    report = a_short(
        5000, elected=(Elected(name="Lê Thu Hà", at=5, post="Bí thư"), Elected(name="Trần An", at=9))
    )
    assert "## Được bầu, bổ nhiệm\n\n- Lê Thu Hà: Bí thư\n- Trần An\n" in as_markdown(brief_of(report))


def test_results_without_a_number_are_told_where_few_have_one_or_room_is_left() -> None:
    told = "Chi bộ giữ vững đoàn kết, thống nhất."
    achievements = (Section(at=50, text="Kết nạp 12 đảng viên."), Section(at=200, text=told))
    one = (a_count(58, 12, "đảng viên"),)
    many = (*one, *(a_count(at, at, f"việc số {at}", subject="other") for at in range(300, 340)))
    assert brief_of(a_short(5000, achievements=achievements, counts=one)).achievements == [told]
    assert "## Kết quả khác\n\n- Chi bộ giữ" in as_markdown(
        brief_of(a_short(5000, achievements=achievements, counts=many))
    )
    crowded = brief_of(a_short(700, achievements=achievements, counts=many))
    assert crowded.results
    assert not crowded.achievements


def test_what_was_achieved_comes_before_who_attended_and_what_fell_short_behind_all() -> None:
    names = ("đại biểu dự", "hộ thoát nghèo", "tổ dân phố yếu")
    counts = tuple(
        a_count(at, at, what, subject="other") for at, what in zip((100, 200, 300), names, strict=True)
    )
    share = a_count(400, 95, "hộ văn hóa", unit="percent", subject="other")
    report = a_short(
        5000,
        counts=(*counts, share),
        achievements=(Section(at=190, text="Xã có 200 hộ thoát nghèo."),),
        shortcomings=(Section(at=290, text="Vẫn còn 300 tổ dân phố yếu."),),
    )
    assert [what for what, _ in brief_of(report).results] == [names[1], names[0], "hộ văn hóa", names[2]]


@pytest.mark.parametrize(
    ("heading", "told"), [("Nổi bật", "hội viên mới"), ("Hội Nông dân", "hội viên mới (Hội Nông dân)")]
)
def test_a_heading_that_only_joins_is_not_told(heading: str, told: str) -> None:
    count = a_count(100, 9, "hội viên mới", subject="other", heading=heading)
    assert brief_of(a_short(5000, counts=(count,))).results == [(told, "9")]


def test_results_keep_their_order_though_a_long_one_waits_for_room() -> None:
    counts = tuple(
        a_count(at, at, f"việc {'rất dài ' * (at % 2 * 8)}số {at}", subject="other") for at in range(101, 140)
    )
    values = [int(value) for _, value in brief_of(a_short(1700, counts=counts)).results]
    assert values == sorted(values)
    assert 101 in values


def test_a_meeting_without_a_title_heads_the_brief_with_a_capital() -> None:
    assert brief_of(a_short(5000, title=None, kind="hội nghị sơ kết")).title == "Hội nghị sơ kết"


def test_the_last_line_says_how_much_of_each_part_there_was_no_room_for() -> None:
    counts = tuple(a_count(at, at, f"việc số {at}", subject="other") for at in range(100, 140))
    elected = tuple(Elected(name=f"Lê Thu {letter}", at=5) for letter in "ABCDEFGHIJKLMNOP")
    tasks = tuple(Section(at=at, text=f"Việc thứ {at} cần làm tốt hơn nữa.") for at in range(9))
    brief = brief_of(a_short(1500, counts=counts, elected=elected, directives=tasks, shortcomings=()))
    assert all((brief.results, brief.elected, brief.tasks))
    assert as_markdown(brief).rstrip().split("\n")[-1] == (
        f"*Còn trong báo cáo đầy đủ: {40 - len(brief.results)} số liệu, {16 - len(brief.elected)} người được bầu, "
        f"bổ nhiệm, {9 - len(brief.tasks)} nhiệm vụ.*"
    )
    assert len(as_markdown(brief)) < 750


def test_an_article_with_room_for_nothing_says_what_it_leaves_out() -> None:
    counts = (a_count(100, 12, "lớp học"), a_count(200, 7, "đề tài"))
    assert (
        as_markdown(brief_of(a_short(120, counts=counts)))
        .rstrip()
        .endswith("*Còn trong báo cáo đầy đủ: 2 số liệu, 1 hạn chế, 1 nhiệm vụ.*")
    )


@pytest.mark.parametrize("characters", [420, 600, 900, 1400, 3000])
def test_a_brief_is_never_longer_than_half_of_its_article_but_for_what_must_be_in_it(characters: int) -> None:
    counts = tuple(a_count(at, at, f"việc số {at}", subject="other") for at in range(100, 140))
    must = len(as_markdown(brief_of(a_short(0, counts=counts))))
    brief = brief_of(a_short(characters, counts=counts))
    assert len(as_markdown(brief)) <= max(must, characters / 2)
    assert dict(brief.facts)["Ngày họp"].startswith("03/02/2021")


@pytest.mark.parametrize("characters", [700, 900, 1400, 3000])
def test_a_brief_holds_the_same_in_every_language(characters: int) -> None:
    counts = tuple(some_money(at * 100, at, f"Số tiền thu được của việc thứ {at} là") for at in range(11, 30))
    report = a_short(characters, counts=counts)
    vietnamese, english = brief_of(report), brief_of(report, "en")
    for part in ("elected", "shortcomings", "tasks", "achievements"):
        assert getattr(vietnamese, part) == getattr(english, part)
    assert [what for what, _ in vietnamese.results] == [what for what, _ in english.results]
    assert len(vietnamese.results) > 0


def test_naming_who_chaired_removes_no_result_while_words_can_be_shortened() -> None:
    counts = tuple(
        a_count(at, at, f"việc số {at} của các đơn vị trực thuộc trong toàn huyện nhà", subject="other")
        for at in range(101, 140)
    )
    chaired = (Person(name="Lê Văn A", at=1, post="Bí thư Đảng ủy, Giám đốc Sở Y tế"),)
    without, named = (
        brief_of(a_short(1300, counts=counts, directives=(), shortcomings=(), chairs=chairs))
        for chairs in ((), chaired)
    )
    wanted = ["101", "102", "103", "104", "105"]
    assert [value for _, value in without.results][:5] == wanted
    assert [value for _, value in named.results] == wanted


def test_what_a_reader_asks_first_comes_first() -> None:
    text = "Chi bộ có 37 đảng viên. Kết nạp 41 quần chúng. Bầu Ban Chấp hành gồm 13 đồng chí. Mở 5 lớp. "
    text += "Có 62 hộ giỏi."
    sentences = [
        Quotation(at=500 + text.index(one), text=one + ".") for one in text.removesuffix(".").split(". ")
    ]
    words = ("đảng viên", "quần chúng", "đồng chí", "lớp", "hộ giỏi")
    counts = tuple(
        a_count(
            500 + text.index(value),
            int(value),
            counted,
            text=value,
            subject="party_member" if value == "37" else "individual",
            sentence=sentence,
        )
        for value, counted, sentence in zip(("37", "41", "13", "5", "62"), words, sentences, strict=True)
    )
    early = (a_count(90, 300, "đại biểu dự", subject="individual"), a_count(95, 18, "xã", subject="other"))
    report = a_short(
        5000,
        title="62 hộ giỏi",
        summary="Mở 5 lớp.",
        counts=(*early, *counts, a_count(700, 8, "đảng viên", grade="excellent")),
    )
    values = [value for _, value in brief_of(report).results]
    assert values[0] == "xuất sắc 8"
    assert set(values[1:5]) == {"37", "41", "13", "62"}
    assert values[5:] == ["5", "300", "18"]


def test_what_is_elected_for_the_meeting_alone_is_not_what_a_reader_asks_first() -> None:
    counts = (
        a_count(100, 2, "đồng chí vào Ban kiểm phiếu", subject="individual", heading="bầu"),
        a_count(200, 7, "đồng chí vào Ban Chấp hành", subject="individual", heading="bầu"),
    )
    assert [value for _, value in brief_of(a_short(5000, counts=counts)).results] == ["7", "2"]


def test_a_norm_comes_behind_what_was_done() -> None:
    text = "Thưởng 5 triệu đồng/giải nhất; tặng 70 suất học bổng."
    counts = tuple(
        a_count(
            500 + text.index(value),
            int(value),
            counted,
            text=value,
            subject="other",
            sentence=Quotation(at=500, text=text),
        )
        for value, counted in (("5", "giải nhất"), ("70", "suất học bổng"))
    )
    assert [value for _, value in brief_of(a_short(5000, counts=counts)).results] == ["70", "5"]


def test_another_bodys_number_is_no_result_but_its_awards_are() -> None:
    counts = (
        a_count(100, 198, "chi hội", subject="collective", whose="Hội Nông dân huyện"),
        a_count(200, 6, "tập thể", subject="collective", given_by="UBND huyện"),
    )
    assert brief_of(a_short(5000, counts=counts)).results == [("tập thể", "6")]


def test_grades_that_no_sum_holds_are_told_each_with_its_words() -> None:
    counts = tuple(
        a_count(at, value, counted, subject="collective", grade="clean_strong")
        for at, value, counted in ((100, 49, "CĐCS vững mạnh xuất sắc"), (200, 2, "CĐCS vững mạnh"))
    )
    assert brief_of(a_short(5000, counts=counts)).results == [
        ("CĐCS vững mạnh xuất sắc", "49"),
        ("CĐCS vững mạnh", "2"),
    ]


def test_results_do_not_crowd_out_the_first_task() -> None:
    counts = tuple(a_count(at, at, f"việc số {at}", subject="other") for at in range(100, 140))
    brief = brief_of(a_short(700, counts=counts, shortcomings=()))
    assert brief.tasks == ["Tiếp tục nâng cao chất lượng sinh hoạt."]
    assert brief.results


def test_a_task_that_is_too_long_loses_the_words_that_lead_to_it_first() -> None:
    lead = "Kết luận hội nghị, đồng chí Hà Văn Quyết yêu cầu các ban, ngành, các bản tập trung làm tốt: "
    tasks = (
        "đẩy nhanh tiến độ giải ngân; hỗ trợ xóa 20 nhà tạm; giảm còn 150 hộ nghèo; kết nạp thêm 6 đảng viên."
    )
    report = a_short(620, directives=(Section(at=9, text=lead + tasks),), shortcomings=())
    (task,) = brief_of(report).tasks
    assert task.startswith("… đẩy nhanh tiến độ giải ngân; hỗ trợ xóa 20 nhà tạm")


def test_a_task_of_which_only_a_head_fits_is_left_to_the_report() -> None:
    task = Section(
        at=9, text="Đồng chí yêu cầu các ban, ngành " + "tập trung thực hiện tốt các nhiệm vụ " * 9
    )
    brief = brief_of(a_short(280, directives=(task,), shortcomings=()))
    assert brief.tasks == []
    assert brief.last_line() == "Còn trong báo cáo đầy đủ: 1 nhiệm vụ."


def test_the_brief_says_whether_a_model_compared_anything() -> None:
    rules = Provenance(model="none", profile="none", version="0")
    assert brief_of(a_report(provenance=rules)).last_line() == "Chỉ bảng từ đọc, chưa có mô hình đối chiếu."
    assert brief_of(a_report()).last_line() == ""


def test_targets_doubts_and_repeats_are_no_results() -> None:
    again = a_count(6, 27, "đảng viên", grade="excellent")
    report = a_report()
    rows = brief_of(report.model_copy(update={"counts": (*report.counts, again)})).results
    assert [value for _, value in rows] == ["xuất sắc 27 ⚠, tốt 145", "12"]


def test_the_grades_of_a_subject_are_one_row_the_best_first() -> None:
    counts = (
        a_count(100, 4, "đảng viên", grade="completed"),
        a_count(200, 145, "đảng viên", grade="good"),
        a_count(300, 27, "đảng viên", grade="excellent"),
    )
    (row,) = brief_of(a_short(5000, counts=counts)).results
    assert row == ("đảng viên", "xuất sắc 27, tốt 145, hoàn thành 4")


def test_a_grade_that_is_told_twice_is_one_figure_with_its_mark() -> None:
    counts = (a_count(100, 24, "đảng viên", grade="good"), a_count(200, 24, "đảng viên tốt", grade="good"))
    finding = Finding(
        kind="grade_total", message="Sai.", arithmetic="61 > 41", places=(Place(at=200, text="24"),)
    )
    assert brief_of(a_short(5000, counts=counts, findings=(finding,))).results == [("đảng viên", "tốt 24 ⚠")]


def test_percentages_by_grade_are_told_where_no_numbers_are() -> None:
    good = a_count(100, 98, "đảng viên", grade="good", unit="percent")
    number = a_count(200, 27, "đảng viên", grade="excellent")
    assert brief_of(a_short(5000, counts=(good,))).results == [("đảng viên", "tốt 98%")]
    assert brief_of(a_short(5000, counts=(good, number))).results == [("đảng viên", "xuất sắc 27")]


def test_a_grade_that_the_article_contradicts_is_told_with_a_mark() -> None:
    counts = (
        a_count(100, 4, "chi bộ", grade="good", subject="party_cell", total=4, text="4/4"),
        a_count(200, 1, "chi bộ", grade="excellent", subject="party_cell"),
    )
    finding = Finding(
        kind="grade_total",
        message="Cộng lại là 5.",
        arithmetic="4 + 1 = 5 > 4",
        places=(Place(at=100, text="4/4"), Place(at=200, text="1")),
    )
    (row,) = brief_of(a_short(5000, counts=counts, findings=(finding,))).results
    assert row == ("chi bộ", "xuất sắc 1 ⚠, tốt 4/4 ⚠")


@pytest.mark.parametrize(
    ("sentence", "number", "fields", "row"),
    [
        (
            "Đào tạo nghề cho hơn # người.",
            "4700",
            {"qualifier": "hơn"},
            ("Đào tạo nghề cho … người", "hơn 4.700"),
        ),
        ("Mở 62 lớp với # học viên.", "88", {}, ("Mở 62 lớp với … học viên", "88")),
        ("Kiểm tra 60 tổ chức và # đảng viên.", "88", {}, ("Kiểm tra … đảng viên", "88")),
        ("Khen 6 tập thể, 9 hộ, # cá nhân.", "88", {}, ("Khen … cá nhân", "88")),
        ("Thôn có 41 hộ nghèo, giảm # hộ.", "19", {}, ("Thôn có 41 hộ nghèo, giảm … hộ", "19")),
        ("Cứu hơn 6 tàu, # người.", "88", {}, ("Cứu … người", "88")),
        ("Kết nạp từ 2 - # đảng viên.", "3", {}, ("Kết nạp từ 2 – … đảng viên", "3")),
        (
            "Trồng 60 ha, đạt #% kế hoạch.",
            "58",
            {"unit": "percent"},
            ("Trồng 60 ha, đạt … kế hoạch", "58%"),
        ),
        ("Trong đó có # học viên.", "88", {}, ("học viên", "88")),
        ("Mở # lớp bồi dưỡng nghiệp vụ.", "6", {}, ("lớp bồi dưỡng nghiệp vụ", "6")),
        ("Doanh thu đạt #% kế hoạch.", "114", {"unit": "percent"}, ("Doanh thu đạt … kế hoạch", "114%")),
        ("Hạnh kiểm: Tốt: 63%  Khá: #%.", "30", {"unit": "percent"}, ("Hạnh kiểm: Khá", "30%")),
        ("Giỏi 114 em = #%.", "14", {"unit": "percent"}, ("Giỏi 114 em", "14%")),
        ("Đạt 58 giải (# em).", "14", {}, ("Đạt 58 giải … em", "14")),
        ("Với tổng số # em.", "14", {}, ("tổng số … em", "14")),
    ],
)
def test_a_number_whose_own_words_say_little_is_told_with_those_that_lead_to_it(
    sentence: str, number: str, fields: dict[str, Any], row: tuple[str, str]
) -> None:
    at, text = sentence.index("#"), sentence.replace("#", number)
    after = sentence[at + 1 :].strip(" %.)")
    counted = after or {"H": "Hạnh kiểm", "G": "em"}[sentence[0]]
    count = a_count(
        100 + at,
        int(number),
        counted,
        subject="individual",
        counted_at=100 + text.rindex(counted),
        sentence=Quotation(at=100, text=text),
        **fields,
    )
    assert brief_of(a_short(5000, counts=(count,))).results == [row]


@pytest.mark.parametrize(
    ("sentence", "counted", "told"),
    [
        ("Cử # cán bộ, giảng viên đi học.", "cán bộ", "cán bộ, giảng viên đi học"),
        ("Cử # cán bộ, giảng viên, trong đó nữ nhiều.", "cán bộ", "cán bộ, giảng viên"),
        ("Có # đại biểu chính thức, đạt 98%.", "đại biểu chính thức", "đại biểu chính thức"),
        ("Có # chi bộ hoàn thành tốt, 4 chi bộ yếu.", "chi bộ hoàn thành tốt", "chi bộ hoàn thành tốt"),
        ("Có # “Sinh viên 5 tốt” cấp trường, 20 cấp tỉnh.", "Sinh viên 5 tốt", "Sinh viên 5 tốt cấp trường"),
        ("Có # em dự thi vẽ, Ban tổ chức đã chấm.", "em dự thi vẽ", "em dự thi vẽ"),
    ],
)
def test_the_list_that_a_number_counts_is_told_to_its_end(sentence: str, counted: str, told: str) -> None:
    text = sentence.replace("#", "9")
    count = a_count(
        100 + text.index("9"),
        9,
        counted,
        subject="individual",
        counted_at=100 + text.index(counted),
        sentence=Quotation(at=100, text=text),
    )
    assert brief_of(a_short(5000, counts=(count,))).results == [(told, "9")]


@pytest.mark.parametrize(
    ("sentence", "counted", "fields", "told"),
    [
        (
            "Mở # lớp cho trên 2 nghìn lượt hội viên.",
            "lớp cho trên",
            {},
            "lớp cho trên 2 nghìn lượt hội viên",
        ),
        (
            "Góp # triệu đồng xây 26 nhà và 3 cầu.",
            "xây",
            {"unit": "money", "subject": "money"},
            "Góp … xây 26 nhà",
        ),
        ("Góp được # đồng và 36 ngày công.", "và", {"unit": "money", "subject": "money"}, "Góp được"),
        ("Số tiền phải thu là # đồng.", "", {"unit": "money", "subject": "money"}, "Số tiền phải thu"),
        (
            "Hơn 20 đại biểu đại diện cho # hội viên phụ nữ toàn huyện dự đại hội.",
            "hội viên phụ nữ toàn huyện dự đại hội",
            {},
            "hội viên phụ nữ toàn huyện",
        ),
        (
            "Trao giấy khen của Ban Chấp hành Đoàn TNCS Hồ Chí Minh huyện nhà cho # tập thể.",
            "tập thể",
            {"heading": "Trao giấy khen của Ban Chấp hành Đoàn TNCS Hồ Chí Minh huyện nhà"},
            "tập thể (Trao giấy khen của Ban Chấp hành Đoàn…)",
        ),
    ],
)
def test_what_a_number_counts_has_its_object_and_no_words_that_only_join(
    sentence: str, counted: str, fields: dict[str, Any], told: str
) -> None:
    text = sentence.replace("#", "9")
    count = a_count(
        100 + text.index("9"),
        9,
        counted,
        counted_at=100 + text.rindex(counted) if counted else None,
        sentence=Quotation(at=100, text=text),
        **({"subject": "other"} | fields),
    )
    assert [what for what, _ in brief_of(a_short(5000, counts=(count,))).results] == [told]


@pytest.mark.parametrize(
    ("qualifiers", "words"),
    [
        ((None, None), "150"),
        (("hơn", None), "hơn 150"),
        (("hơn", "Hơn"), "hơn 150"),
        (("hơn", "gần"), "≈ 150"),
        (("gần",), "gần 120"),
    ],
)
def test_a_sum_is_bounded_as_its_numbers_are(qualifiers: tuple[str | None, ...], words: str) -> None:
    values = zip((120, 30), qualifiers, strict=False)
    counts = [a_count(100 + value, value, "hội viên", qualifier=bound) for value, bound in values]
    assert valued_sum(counts, labels("vi")) == words


def test_a_heading_that_the_words_say_is_not_told_again() -> None:
    text = "Các cấp Hội đã vận động đóng góp 440 triệu đồng."
    money = a_count(133, 440, "", text="440", unit="money", sentence=Quotation(at=100, text=text))
    fund = money.model_copy(update={"heading": "đã vận động đóng góp"})
    assert brief_of(a_short(5000, counts=(fund,))).results == [
        ("Các cấp Hội đã vận động đóng góp", "440 đồng")
    ]


def test_words_that_lead_to_a_number_are_told_though_they_are_its_heading_too() -> None:
    text = "Sản lượng lương thực đạt 3346 tấn."
    count = a_count(
        125,
        3346,
        "tấn",
        subject="other",
        heading="Sản lượng lương thực đạt",
        sentence=Quotation(at=100, text=text),
    )
    assert brief_of(a_short(5000, counts=(count,))).results == [("Sản lượng lương thực đạt … tấn", "3.346")]


def test_a_number_of_a_table_is_told_with_the_label_of_its_row() -> None:
    row = Quotation(at=100, text="Tổng doanh thu | 11.860 | 13.245")
    counts = tuple(
        a_count(100 + row.text.index(text), 1, head, text=text, sentence=row, counted_at=at)
        for text, head, at in (("11.860", "Năm 2023", 50), ("13.245", "Năm 2024", 61))
    )
    assert [what for what, _ in brief_of(a_short(5000, counts=counts)).results] == [
        "Tổng doanh thu: Năm 2023",
        "Tổng doanh thu: Năm 2024",
    ]


def test_those_who_were_elected_to_an_office_come_first() -> None:
    elected = (Elected(name="Trần An", at=5), Elected(name="Lê Thu Hà", at=9, post="Bí thư"))
    assert brief_of(a_short(5000, elected=elected)).elected == ["Lê Thu Hà: Bí thư", "Trần An"]


def test_a_whole_committee_is_listed_where_there_is_room() -> None:
    elected = tuple(Elected(name=f"Lê Thu {letter}", at=5, post="Ủy viên") for letter in "ABCDEFGHIJKLMNO")
    assert len(brief_of(a_short(5000, elected=elected)).elected) == 15


def test_what_was_left_out_of_the_report_is_named() -> None:
    left_out = tuple(LeftOut(field="counts", text=f"{n} lớp", why="không có") for n in range(4))
    assert brief_of(a_short(5000, left_out=left_out)).check == [
        "4 chi tiết không đưa được vào báo cáo: “0 lớp”; “1 lớp”; “2 lớp”; …"
    ]
    bare = tuple(
        LeftOut(field="counts", text="1", why="", reason=Notice(code="no_noun", values={"at": at}))
        for at in (7, 9)
    )
    (line,) = brief_of(a_short(5000, left_out=bare)).check
    assert line.endswith(": “1” (ký tự 7); “1” (ký tự 9)")


def test_who_chaired_has_an_office() -> None:
    chairs = (Person(name="Lê Văn A", at=1, post="Bí thư Đảng ủy"), Person(name="Trần B", at=9))
    assert dict(brief_of(a_short(5000, chairs=chairs)).facts)["Chủ trì"] == "Lê Văn A, Bí thư Đảng ủy; Trần B"


def test_an_english_brief_has_english_labels_and_the_articles_words() -> None:
    english = as_markdown(brief_of(a_report(), "en"))
    assert "- **Held on:** 3 Feb 2021 at Hội trường Sở" in english
    assert "| Party member | finished excellently 27 ⚠, finished well 145 |" in english
    assert "- 1 doubtful number: 9 đồng chí" in english


def test_the_word_document_says_what_the_markdown_says() -> None:
    docx = pytest.importorskip("docx")
    brief = brief_of(a_report())
    document = docx.Document(BytesIO(as_docx(brief)))
    words = [paragraph.text for paragraph in document.paragraphs]
    cells = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    assert cells == list(brief.results)
    assert words == [
        "Hội nghị tổng kết",
        "⚠ Bài bị cắt.",
        "Đơn vị: Đảng bộ Sở Y tế",
        "Ngày họp: 03/02/2021 tại Hội trường Sở",
        "Năm tổng kết: 2020",
        "Chủ trì: Lê Văn A",
        "Kết quả chính",
        "Hạn chế, tồn tại",
        "Một số chi bộ sinh hoạt chưa đều.",
        "Nhiệm vụ",
        "Tiếp tục nâng cao chất lượng sinh hoạt.",
        "Bài tự mâu thuẫn",
        "Các phần không khớp: 1 + 1 ≠ 3",
        "Cần kiểm tra",
        "1 số liệu còn nghi vấn: 9 đồng chí",
        "còn nghi vấn: ngày họp",
        "hai cách đọc khác nhau: địa điểm",
    ]


@given(HOSTILE)
def test_no_text_of_the_article_marks_up_the_brief(hostile: str) -> None:
    plain = [token.type for token in parsed(as_markdown(brief_of(a_report())))]
    report = a_report(lambda words: f"{hostile} {words}")
    assert [token.type for token in parsed(as_markdown(brief_of(report)))] == plain


def test_text_that_xml_cannot_hold_does_not_break_the_document() -> None:
    pytest.importorskip("docx")
    assert as_docx(brief_of(a_report(lambda words: f"\x00\x0b\ud800\ufffe{words}")))


def test_the_word_document_ends_with_what_it_leaves_out() -> None:
    docx = pytest.importorskip("docx")
    brief = brief_of(a_short(120))
    document = docx.Document(BytesIO(as_docx(brief)))
    assert (
        document.paragraphs[-1].text
        == brief.last_line()
        == "Còn trong báo cáo đầy đủ: 1 hạn chế, 1 nhiệm vụ."
    )


def test_the_word_document_has_headings_a_table_with_borders_and_one_font() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(BytesIO(as_docx(brief_of(a_report()))))
    headings = {
        one.text: one.style.name for one in document.paragraphs if one.style.name.startswith("Heading")
    }
    assert headings["Hội nghị tổng kết"] == "Heading 1"
    assert {headings[words] for words in ("Kết quả chính", "Nhiệm vụ", "Cần kiểm tra")} == {"Heading 2"}
    assert document.tables[0].style.name == "Table Grid"
    for name in ("Normal", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts.attrib
        assert "Times New Roman" in fonts.values()
        assert not [key for key in fonts if key.endswith("Theme")]  # would be taken before the font


@pytest.mark.parametrize("unit", ["(", "song ", "đạt được ", "a (b, "])
def test_however_much_stands_before_a_number_it_is_described(unit: str) -> None:
    text = unit * 5_000 + "12 lớp học"
    at = text.index("12")
    count = a_count(at, 12, "lớp học").model_copy(
        update={"text": "12", "sentence": Quotation(at=0, text=text)}
    )
    assert "lớp học" in described(count)


@pytest.mark.parametrize(
    ("text", "bound", "vi", "en"),
    [
        ("Có hơn 3.000 đảng viên.", "hơn", "hơn 3.000", "over 3,000"),
        ("Có 3.000 đảng viên trở lên.", "trở lên", "3.000 trở lên", "3,000 or more"),
        ("Có phỏng độ 3.000 đảng viên.", "phỏng độ", "phỏng độ 3.000", "phỏng độ 3,000"),
    ],
)
def test_a_bound_is_said_in_the_readers_language(text: str, bound: str, vi: str, en: str) -> None:
    at, sentence = text.index("3.000"), Quotation(at=0, text=text)
    count = a_count(at, 3000, "đảng viên", text="3.000", qualifier=bound, sentence=sentence)
    assert (valued_sum([count], labels("vi")), valued_sum([count], labels("en"))) == (vi, en)


def test_an_article_of_no_meeting_says_so_without_a_warning() -> None:
    brief = brief_of(a_report(meeting=False, warnings=(), findings=()))
    assert ("Bài kể về một cuộc họp", "không") in brief.facts
    assert "⚠" not in as_markdown(brief)
