"""Summary: whole sentences of the article's own clauses, every number with the words it has there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from summarizer.rules.summary import Facts, compose, gather
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.reading import HeaderReading, NumberReading, SectionKind
from summarizer.schemas.report import Elected, Person, Quotation

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
    results=("1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ", "27 đảng viên hoàn thành tốt nhiệm vụ"),
    tasks=("Nhiệm vụ năm 2021 là đổi mới",),
)


def test_facts_compose_into_whole_sentences() -> None:
    assert compose(FACTS, ARTICLE) == (
        "Ngày 29/01/2021, Đảng bộ Trường Hoa Sen tổ chức Hội nghị tổng kết năm 2020, do đồng chí Đỗ Thị Thu chủ trì. "
        "Kết quả: 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ; 27 đảng viên hoàn thành tốt nhiệm vụ. "
        "Nhiệm vụ năm 2021 là đổi mới."
    )


@pytest.mark.parametrize(
    ("facts", "opening"),
    [
        (
            replace(FACTS, holds=False, chairs=("Lê Văn An",)),
            "Ngày 29/01/2021, đồng chí Lê Văn An chủ trì Hội nghị tổng kết năm 2020 (Đảng bộ Trường Hoa Sen).",
        ),
        (
            replace(FACTS, holds=False, chairs=(), held=None),
            "Bài viết tường thuật hội nghị tổng kết năm 2020 với nội dung về Đảng bộ Trường Hoa Sen.",
        ),
        (
            replace(FACTS, kind=None, chairs=(), held=None, title="Một năm nhìn lại", period="Năm 2020"),
            "Bài viết “Một năm nhìn lại” nêu kết quả năm 2020 của Đảng bộ Trường Hoa Sen.",
        ),
        (
            replace(FACTS, kind="Đại hội", chairs=("Lê Văn An", "Đỗ Thị Thu"), held=None),
            "Đảng bộ Trường Hoa Sen tổ chức Đại hội, do các đồng chí Lê Văn An và Đỗ Thị Thu chủ trì.",
        ),
    ],
)
def test_nobody_is_said_to_hold_a_meeting_that_the_article_does_not_say_to_hold_it(
    facts: Facts, opening: str
) -> None:
    summary = compose(facts, ARTICLE)
    assert summary is not None
    assert summary.startswith(opening)


def test_a_sentence_with_a_number_that_is_not_the_articles_is_left_out() -> None:
    summary = compose(replace(FACTS, results=("28 đảng viên hoàn thành tốt nhiệm vụ",)), ARTICLE)
    assert summary is not None
    assert "28" not in summary
    assert summary.endswith("đổi mới.")


def test_a_part_of_a_number_is_not_one_of_the_articles() -> None:
    summary = compose(replace(FACTS, results=("Có 5 chi bộ và 300 tỷ đồng",)), ARTICLE)
    assert summary is not None
    assert "Kết quả" not in summary


def test_no_meeting_and_nobody_no_summary() -> None:
    assert compose(Facts(organization=None, kind=None, held="29/01/2021"), ARTICLE) is None


def told(kind: SectionKind, *quoted: str, text: str, people: Sequence[Person] = ()) -> Facts:
    quotations: dict[SectionKind, list[Quotation]] = {
        kind: [Quotation(at=text.index(one), text=one) for one in quoted]
    }
    return gather(text, HeaderReading(organization="Chi bộ A"), True, people, quotations, ())


@pytest.mark.parametrize(
    ("text", "board"),
    [
        (
            "Kết quả, Đại hội đã bầu Ban Chấp hành nhiệm kỳ mới gồm 13 đồng chí, bà Lê Thị An làm Chủ tịch.",
            "Đại hội đã bầu Ban Chấp hành nhiệm kỳ mới gồm 13 đồng chí",
        ),
        (
            "Tại đại hội, các đại biểu đã bầu 15 đồng chí vào Ban Chấp hành khóa mới.",
            "Đại hội, các đại biểu đã bầu 15 đồng chí vào Ban Chấp hành khóa mới",
        ),
        ("Ban Chấp hành gồm 13 đồng chí đã họp 4 lần.", None),
    ],
)
def test_how_many_a_meeting_elected_is_told(text: str, board: str | None) -> None:
    header = HeaderReading(organization="Chi bộ A", meeting=True)
    assert gather(text, header, True, (), {}, ()).board == board


def test_dong_chi_stands_with_the_name_that_is_meant() -> None:
    text = "Đồng chí Mạc Văn Tám phát biểu. Đồng chí đề nghị Chi bộ giữ vững nền nếp sinh hoạt."
    facts = told(
        "directive",
        "Đồng chí đề nghị Chi bộ giữ vững nền nếp sinh hoạt.",
        text=text,
        people=[Person(name="Mạc Văn Tám", at=9)],
    )
    assert facts.tasks == ("Đồng chí Mạc Văn Tám đề nghị Chi bộ giữ vững nền nếp sinh hoạt",)


def test_a_long_sentence_is_told_up_to_the_end_of_a_clause_with_a_sign_that_it_goes_on() -> None:
    clause = "thực hiện tốt công tác giáo dục chính trị, tư tưởng cho cán bộ, đảng viên và người lao động"
    text = "Chi bộ đã " + "; ".join([clause] * 9) + "."
    (result,) = told("achievement", text, text=text).results
    told_of, sign = result[:-4], result[-4:]
    assert text.startswith(told_of)
    assert text[len(told_of)] == ";"
    assert sign == " […]"


def test_a_long_sentence_is_not_cut_for_little() -> None:
    text = (
        "Đồng chí yêu cầu: (1) Toàn Đảng bộ tiếp tục phát huy kết quả đã đạt được, khắc phục hạn chế; "
        "(2) Ban Chấp hành xây dựng Đề án kiện toàn tổ chức và bộ máy; (3) Nâng cao chất lượng sinh hoạt chi bộ."
    )
    assert told("directive", text, text=text).tasks == (text.removesuffix("."),)


def test_what_a_result_s_list_only_names_is_left_out_with_a_sign() -> None:
    text = (
        "Năm 2020 là năm nhiều khó khăn, nhưng Lãnh đạo Viện đã động viên và có giải pháp ổn định đời sống; "
        "những trăn trở về chức năng, nhiệm vụ của Viện; những biến động về nhân sự."
    )
    assert told("achievement", text, text=text).results == (f"{text.split(';')[0]} […]",)


@pytest.mark.parametrize(
    ("clause", "result"),
    [
        ("Nhà trường đạt nhiều thành tích, cụ thể là:", "Nhà trường đạt nhiều thành tích"),
        ("Chi bộ trao thưởng cho:", "Chi bộ trao thưởng"),
        ("Chi bộ hoàn thành nhiệm vụ năm học:", "Chi bộ hoàn thành nhiệm vụ năm học"),
        ("Chi bộ đã mở lớp tập huấn, thăm hỏi…", "Chi bộ đã mở lớp tập huấn, thăm hỏi…"),
        ("Chi bộ đã mở lớp tập huấn, thăm hỏi...", "Chi bộ đã mở lớp tập huấn, thăm hỏi…"),
    ],
)
def test_how_a_sentence_of_the_summary_ends(clause: str, result: str) -> None:
    assert told("achievement", clause, text=clause).results == (result,)


def test_clauses_of_a_long_sentence_are_weighed_each_for_itself() -> None:
    clause = (
        "các chi bộ duy trì nền nếp sinh hoạt, thực hiện nghiêm túc quy định về sinh hoạt chuyên đề hằng quý"
    )
    text = f"Năm qua, {'; '.join([clause] * 7)}; kết nạp 19 đảng viên (vượt 3; đạt 120%); chuyển 9 đảng viên."
    quotations: dict[SectionKind, list[Quotation]] = {"achievement": [Quotation(at=0, text=text)]}
    facts = gather(
        text, HeaderReading(organization="Chi bộ A"), True, (), quotations, [count(text, "19", grade=False)]
    )
    (result,) = facts.results
    assert result.startswith("Năm qua, các chi bộ duy trì")
    assert result.endswith("[…]; kết nạp 19 đảng viên (vượt 3; đạt 120%); chuyển 9 đảng viên")


def test_a_later_clause_without_a_count_is_told_only_behind_the_first() -> None:
    first = f"Năm qua, nhà trường đã {', '.join(['thực hiện nghiêm các văn bản chỉ đạo của cấp trên'] * 14)}"
    text = f"{first}; thi đua lập thành tích chào mừng Đại hội. Chi bộ đã giữ vững nền nếp sinh hoạt."
    quoted = text.split(". ")
    assert told("achievement", *quoted, text=text).results == (quoted[1].removesuffix("."),)


def test_the_newspapers_name_does_not_begin_a_sentence() -> None:
    text = "(QNO) - Chi bộ đã kết nạp 9 đảng viên mới."
    assert told("achievement", text, text=text).results == ("Chi bộ đã kết nạp 9 đảng viên mới",)


def test_results_are_told_where_nobody_is_named() -> None:
    summary = compose(
        Facts(organization=None, kind=None, results=("27 đảng viên hoàn thành tốt nhiệm vụ",)), ARTICLE
    )
    assert summary == "Kết quả: 27 đảng viên hoàn thành tốt nhiệm vụ."


def test_no_results_are_said_to_be_told_where_there_are_none() -> None:
    assert (
        compose(Facts(organization="Đảng ủy xã Tân An", kind=None), ARTICLE)
        == "Bài viết nói về Đảng ủy xã Tân An."
    )


@pytest.mark.parametrize(
    ("clause", "line"),
    [
        ("Tồn tại, hạn chế: việc thu đảng phí còn chậm.", "Hạn chế: Việc thu đảng phí còn chậm."),
        ("- Bên cạnh đó, khuyết điểm: sinh hoạt chưa đều.", "Hạn chế: Sinh hoạt chưa đều."),
        (
            "Về hạn chế, về hạn chế trong sinh hoạt: còn ít ý kiến.",
            "Về hạn chế trong sinh hoạt: còn ít ý kiến.",
        ),
        ("Hạn chế trong năm: sổ sách thất lạc.", "Hạn chế trong năm: sổ sách thất lạc."),
        ("Khó khăn, vướng mắc chậm được tháo gỡ.", "Hạn chế: Khó khăn, vướng mắc chậm được tháo gỡ."),
    ],
)
def test_what_heads_a_sentence_of_the_summary_is_not_told_twice(clause: str, line: str) -> None:
    summary = compose(told("shortcoming", clause, text=clause), clause)
    assert summary is not None
    assert summary.endswith(f". {line}")


def test_joining_words_and_list_marks_do_not_begin_a_sentence() -> None:
    text = "Ghi chú.\n- Tuy nhiên, việc thu đảng phí còn chậm."
    facts = told("shortcoming", "- Tuy nhiên, việc thu đảng phí còn chậm.", text=text)
    assert facts.limits == ("Việc thu đảng phí còn chậm",)


def count(text: str, number: str, grade: bool) -> NumberReading:
    return NumberReading(
        at=TextOffset(text.index(number)),
        text=number,
        value=int(number),
        total=None,
        unit="count",
        subject="party_member",
        grade="good" if grade else None,
        status="result",
        counted="đảng viên",
    )


def test_graded_results_come_before_others() -> None:
    plain = "Chi bộ đã tổ chức {} buổi sinh hoạt chuyên đề theo đúng kế hoạch đề ra từ đầu năm, bảo đảm nghiêm túc."
    sentences = [*map(plain.format, (11, 12, 13, 14, 15, 16)), "Có 27 đảng viên hoàn thành tốt nhiệm vụ."]
    text = " ".join(sentences)
    quotations: dict[SectionKind, list[Quotation]] = {
        "achievement": [Quotation(at=text.index(one), text=one) for one in sentences]
    }
    counts = [
        count(text, number, grade=number == "27") for number in ("11", "12", "13", "14", "15", "16", "27")
    ]
    facts = gather(text, HeaderReading(organization="Chi bộ A"), True, (), quotations, counts)
    assert "Có 27 đảng viên hoàn thành tốt nhiệm vụ" in facts.results


def test_a_sign_stands_for_those_elected_who_are_not_named() -> None:
    elected = [Elected(name=f"Lê Văn {name}", at=0, post="Bí thư") for name in ("An", "Bình", "Cúc", "Danh")]
    facts = gather("", HeaderReading(organization="Chi bộ A"), True, (), {}, (), elected)
    assert list(facts.elected) == ["Lê Văn An (Bí thư)", "Lê Văn Bình (Bí thư)", "Lê Văn Cúc (Bí thư)", "[…]"]


def test_tasks_are_told_where_there_are_no_results() -> None:
    facts = Facts(organization=None, kind=None, title="Kế hoạch", tasks=("Mở thêm ba lớp tập huấn",))
    assert compose(facts, ARTICLE) == "Nhiệm vụ: Mở thêm ba lớp tập huấn."
