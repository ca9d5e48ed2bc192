"""Summary: whole sentences of the article's own clauses, every number with the words it has there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from summarizer.article.normalize import normalize
from summarizer.rules.summary import compose
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.reading import HeaderReading, NumberReading, SectionKind
from summarizer.schemas.report import Elected, Person, Place, Quotation

ARTICLE = (
    "Một năm nhìn lại. Ngày 29/01/2021, Đảng bộ Trường Hoa Sen tổ chức Hội nghị tổng kết năm 2020. "
    "Đồng chí Đỗ Thị Thu chủ trì. Có 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ. "
    "Có 27 đảng viên hoàn thành tốt nhiệm vụ. Nhiệm vụ năm 2021 là đổi mới."
)
HEADER = HeaderReading(organization="Đảng bộ Trường Hoa Sen", kind="Hội nghị tổng kết năm 2020")
RESULTS = (
    "Có 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ.",
    "Có 27 đảng viên hoàn thành tốt nhiệm vụ.",
)
SECTIONS: dict[SectionKind, tuple[str, ...]] = {
    "achievement": RESULTS,
    "directive": ("Nhiệm vụ năm 2021 là đổi mới.",),
}


def summary(
    header: HeaderReading = HEADER,
    *,
    text: str = ARTICLE,
    chairs: Sequence[str] = (),
    people: Sequence[Person] = (),
    sections: Mapping[SectionKind, Sequence[str]] | None = None,
    counts: Sequence[NumberReading] = (),
    elected: Sequence[Elected] = (),
    held: str | None = None,
    holds: bool = True,
) -> str | None:
    """What is composed of the parts of a report of `text`; `held` is the day as it stands there."""
    at = text.index(held) if held else 0
    anchors = {"date_held": (Place(at=at, text=held),)} if held else {}
    quoted: dict[SectionKind, list[Quotation]] = {
        kind: [Quotation(at=text.index(one), text=one) for one in told]
        for kind, told in (SECTIONS if sections is None else sections).items()
    }
    chaired = [Person(name=name, at=0, roles=("chair",)) for name in chairs]
    header = replace(header, anchors=anchors)
    return compose(normalize(text), header, holds, [*chaired, *people], quoted, counts, elected)


def test_the_parts_of_a_report_compose_into_whole_sentences() -> None:
    assert summary(chairs=["Đỗ Thị Thu"], held="29/01/2021") == (
        "Ngày 29/01/2021, Đảng bộ Trường Hoa Sen tổ chức Hội nghị tổng kết năm 2020, do đồng chí Đỗ Thị Thu chủ trì. "
        "Kết quả: Có 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ; có 27 đảng viên hoàn thành tốt nhiệm vụ. "
        "Nhiệm vụ năm 2021 là đổi mới."
    )


@pytest.mark.parametrize(
    ("found", "opening"),
    [
        (
            summary(chairs=["Lê Văn An"], held="29/01/2021", holds=False),
            "Ngày 29/01/2021, đồng chí Lê Văn An chủ trì Hội nghị tổng kết năm 2020 (Đảng bộ Trường Hoa Sen).",
        ),
        (
            summary(holds=False),
            "Bài viết tường thuật hội nghị tổng kết năm 2020 với nội dung về Đảng bộ Trường Hoa Sen.",
        ),
        (
            summary(replace(HEADER, kind="Đại hội chi bộ nhiệm kỳ 2020-2022")),
            "Bài viết tường thuật đại hội chi bộ nhiệm kỳ 2020-2022 với nội dung về Đảng bộ Trường Hoa Sen.",
        ),
        (
            summary(replace(HEADER, kind=None, title="Một năm nhìn lại", period_text="Năm 2020")),
            "Bài viết “Một năm nhìn lại” nêu kết quả năm 2020 của Đảng bộ Trường Hoa Sen.",
        ),
        (
            summary(replace(HEADER, kind=None, title="Một tên trang 2031", period_text="Năm 2020")),
            "Bài viết nêu kết quả năm 2020 của Đảng bộ Trường Hoa Sen.",
        ),
        (
            summary(replace(HEADER, kind="Đại hội"), chairs=["Lê Văn An", "Đỗ Thị Thu"]),
            "Đảng bộ Trường Hoa Sen tổ chức Đại hội, do các đồng chí Lê Văn An và Đỗ Thị Thu chủ trì.",
        ),
    ],
)
def test_nobody_is_said_to_hold_a_meeting_that_the_article_does_not_say_to_hold_it(
    found: str | None, opening: str
) -> None:
    assert found is not None
    assert found.startswith(opening)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mặc dù năm qua còn gặp nhiều khó khăn.",
        "Năm 2020, mặc dù còn gặp nhiều khó khăn.",
        "Đây cũng là nhiệm vụ quan trọng góp phần xây dựng Đảng.",
        "Tới dự buổi lễ có đại diện lãnh đạo tỉnh cùng các thầy cô.",
    ],
)
def test_a_sentence_that_tells_of_no_result_is_not_told_as_one(sentence: str) -> None:
    told = ("Mặc dù khó khăn nhưng Đảng bộ vẫn hoàn thành nhiệm vụ.", RESULTS[0])
    found = summary(text=f"{ARTICLE} {sentence} {told[0]}", sections={"achievement": (sentence, *told)})
    assert found is not None
    assert sentence not in found
    assert all(one.rstrip(".").lower() in found.lower() for one in told)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("Đại hội", "Đồng chí Lê Văn An phát biểu tại đại hội."),
        ("Lễ tổng kết", "Đồng chí Lê Văn An phát biểu tại buổi lễ."),
        ("Hội nghị tổng kết", "Đồng chí Lê Văn An phát biểu tại hội nghị."),
    ],
)
def test_who_spoke_is_told_of(kind: str, line: str) -> None:
    speaker = Person(name="Lê Văn An", at=0, roles=("speaker",))
    found = summary(replace(HEADER, kind=kind), people=[speaker], sections={})
    assert found is not None
    assert found.endswith(f". {line}")


def test_nobody_nothing_no_summary() -> None:
    assert summary(HeaderReading(), sections={}, held="29/01/2021") is None


def told(kind: SectionKind, *quoted: str, text: str, people: Sequence[Person] = ()) -> str:
    """The sentences of a kind in the summary of a chi bộ's work, without the words that head them."""
    found = summary(HeaderReading(organization="Chi bộ A"), text=text, people=people, sections={kind: quoted})
    assert found is not None
    return found.split(": ", 1)[1]


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
    found = summary(HeaderReading(organization="Chi bộ A", meeting=True), text=text, sections={})
    assert found == " ".join(["Bài viết nói về Chi bộ A.", *([f"{board}."] if board else [])])


def test_dong_chi_stands_with_the_name_that_is_meant() -> None:
    text = "Đồng chí Mạc Văn Tám phát biểu. Đồng chí đề nghị Chi bộ giữ vững nền nếp sinh hoạt."
    asked = "Đồng chí đề nghị Chi bộ giữ vững nền nếp sinh hoạt."
    tasks = told("directive", asked, text=text, people=[Person(name="Mạc Văn Tám", at=9)])
    assert tasks == "Đồng chí Mạc Văn Tám đề nghị Chi bộ giữ vững nền nếp sinh hoạt."


def test_a_long_sentence_is_told_up_to_the_end_of_a_clause_with_a_sign_that_it_goes_on() -> None:
    clause = "thực hiện tốt công tác giáo dục chính trị, tư tưởng cho cán bộ, đảng viên và người lao động"
    text = "Chi bộ đã " + "; ".join([clause] * 9) + "."
    result = told("achievement", text, text=text).removesuffix(" […].")
    assert text.startswith(result)
    assert text[len(result)] == ";"


def test_a_long_sentence_is_not_cut_for_little() -> None:
    text = (
        "Đồng chí yêu cầu: (1) Toàn Đảng bộ tiếp tục phát huy kết quả đã đạt được, khắc phục hạn chế; "
        "(2) Ban Chấp hành xây dựng Đề án kiện toàn tổ chức và bộ máy; (3) Nâng cao chất lượng sinh hoạt chi bộ."
    )
    found = summary(HeaderReading(organization="Chi bộ A"), text=text, sections={"directive": [text]})
    assert found == f"Bài viết nói về Chi bộ A. Nhiệm vụ: {text}"


def test_what_a_result_s_list_only_names_is_left_out_with_a_sign() -> None:
    text = (
        "Năm 2020 là năm nhiều khó khăn, nhưng Lãnh đạo Viện đã động viên và có giải pháp ổn định đời sống; "
        "những trăn trở về chức năng, nhiệm vụ của Viện; những biến động về nhân sự."
    )
    assert told("achievement", text, text=text) == f"{text.split(';')[0]} […]."


@pytest.mark.parametrize(
    ("clause", "result"),
    [
        ("Nhà trường đạt nhiều thành tích, cụ thể là:", "Nhà trường đạt nhiều thành tích."),
        ("Chi bộ trao thưởng cho:", "Chi bộ trao thưởng."),
        ("Chi bộ hoàn thành nhiệm vụ năm học:", "Chi bộ hoàn thành nhiệm vụ năm học."),
        ("Chi bộ đã mở lớp tập huấn, thăm hỏi…", "Chi bộ đã mở lớp tập huấn, thăm hỏi…"),
        ("Chi bộ đã mở lớp tập huấn, thăm hỏi...", "Chi bộ đã mở lớp tập huấn, thăm hỏi…"),
    ],
)
def test_how_a_sentence_of_the_summary_ends(clause: str, result: str) -> None:
    assert told("achievement", clause, text=clause) == result


def test_clauses_of_a_long_sentence_are_weighed_each_for_itself() -> None:
    clause = (
        "các chi bộ duy trì nền nếp sinh hoạt, thực hiện nghiêm túc quy định về sinh hoạt chuyên đề hằng quý"
    )
    text = f"Năm qua, {'; '.join([clause] * 7)}; kết nạp 19 đảng viên (vượt 3; đạt 120%); chuyển 9 đảng viên."
    found = summary(text=text, sections={"achievement": [text]}, counts=[count(text, "19", grade=False)])
    assert found is not None
    assert "Kết quả: Năm qua, các chi bộ duy trì" in found
    assert found.endswith("[…]; kết nạp 19 đảng viên (vượt 3; đạt 120%); chuyển 9 đảng viên.")


def test_a_later_clause_without_a_count_is_told_only_behind_the_first() -> None:
    first = f"Năm qua, nhà trường đã {', '.join(['thực hiện nghiêm các văn bản chỉ đạo của cấp trên'] * 14)}"
    text = f"{first}; thi đua lập thành tích chào mừng Đại hội. Chi bộ đã giữ vững nền nếp sinh hoạt."
    quoted = text.split(". ")
    assert told("achievement", *quoted, text=text) == quoted[1]


def test_the_newspapers_name_does_not_begin_a_sentence() -> None:
    text = "(QNO) - Chi bộ đã kết nạp 9 đảng viên mới."
    assert told("achievement", text, text=text) == "Chi bộ đã kết nạp 9 đảng viên mới."


def test_results_are_told_where_nobody_is_named() -> None:
    found = summary(HeaderReading(), sections={"achievement": RESULTS[1:]})
    assert found == "Kết quả: Có 27 đảng viên hoàn thành tốt nhiệm vụ."


def test_no_results_are_said_to_be_told_where_there_are_none() -> None:
    found = summary(HeaderReading(organization="Đảng ủy xã Tân An"), sections={})
    assert found == "Bài viết nói về Đảng ủy xã Tân An."


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
    found = summary(text=clause, sections={"shortcoming": [clause]})
    assert found is not None
    assert found.endswith(f". {line}")


def test_joining_words_and_list_marks_do_not_begin_a_sentence() -> None:
    text = "Ghi chú.\n- Tuy nhiên, việc thu đảng phí còn chậm."
    limits = told("shortcoming", "- Tuy nhiên, việc thu đảng phí còn chậm.", text=text)
    assert limits == "Việc thu đảng phí còn chậm."


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
    counts = [
        count(text, number, grade=number == "27") for number in ("11", "12", "13", "14", "15", "16", "27")
    ]
    found = summary(text=text, sections={"achievement": sentences}, counts=counts)
    assert found is not None
    assert found.endswith("Có 27 đảng viên hoàn thành tốt nhiệm vụ.")


def test_a_sign_stands_for_those_elected_who_are_not_named() -> None:
    elected = [Elected(name=f"Lê Văn {name}", at=0, post="Bí thư") for name in ("An", "Bình", "Cúc", "Danh")]
    found = summary(sections={}, elected=elected)
    assert found is not None
    assert found.endswith(": Lê Văn An (Bí thư); Lê Văn Bình (Bí thư); Lê Văn Cúc (Bí thư); […].")


def test_tasks_are_told_where_there_are_no_results() -> None:
    text = "Kế hoạch năm mới. Mở thêm ba lớp tập huấn."
    found = summary(
        HeaderReading(title="Kế hoạch năm mới"),
        text=text,
        sections={"directive": ["Mở thêm ba lớp tập huấn."]},
    )
    assert found == "Nhiệm vụ: Mở thêm ba lớp tập huấn."
