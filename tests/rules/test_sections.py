"""Sections: which sentence says what was achieved, what fell short, why, and what is asked for."""

from __future__ import annotations

import pytest

from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.names import find_mentions
from summarizer.rules.sections import label_sentences, quotations
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.reading import NumberReading
from summarizer.schemas.report import Status


def counted(text: str, number: str, status: Status) -> NumberReading:
    at = TextOffset(text.index(number))
    return NumberReading(
        at=TextOffset(at),
        text=number,
        value=int(number),
        total=None,
        unit="count",
        subject="party_member",
        status=status,
        counted="đảng viên",
    )


def kinds(text: str, planned: int | None = None) -> list[str]:
    spans = [(one.at, one.end) for one in split_sentences(text)]
    return [one.kind or "other" for one in label_sentences(normalize(text), spans, planned=planned)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (
            "Trong năm 2020, Đảng ủy đã xây dựng được tập thể đoàn kết, hoàn thành tốt các nhiệm vụ được giao.",
            "achievement",
        ),
        ("Trong năm, Đảng bộ kết nạp 25 đảng viên, khai trừ 2, xóa tên 1 đảng viên.", "achievement"),
        ("Trong năm, Đảng bộ đã khai trừ 2 đảng viên vi phạm quy định của Đảng.", "shortcoming"),
        ("Việc công khai kết luận giám sát đã góp phần răn đe, phòng ngừa vi phạm ở cơ sở.", "achievement"),
        ("Ban Chấp hành đã đưa ra một số mục tiêu cần đạt trong ba năm, gồm: có 70% hộ khá.", "directive"),
        ("Công tác xây dựng Đảng tiếp tục được coi trọng và đạt kết quả tốt trên nhiều mặt.", "achievement"),
        ("Kết quả, có 1/5 chi bộ trực thuộc hoàn thành xuất sắc nhiệm vụ trong năm vừa rồi.", "achievement"),
        (
            "Tuy nhiên, công tác lãnh đạo của một số cấp ủy chưa sâu sát, một số nhiệm vụ còn chậm.",
            "shortcoming",
        ),
        (
            "Sự phối hợp giữa một số đơn vị trong một số hoạt động chưa thực sự gắn kết hiệu quả.",
            "shortcoming",
        ),
        ("Nguyên nhân của tình trạng trên chủ yếu là do thiếu cán bộ có chuyên môn phù hợp.", "cause"),
        ("Đồng chí đề nghị Đảng bộ tiếp tục phát huy những kết quả đã đạt được trong năm qua.", "directive"),
        (
            "Bên cạnh đó, cần chú trọng nâng cao trình độ, kỹ năng cho đội ngũ cán bộ công nhân viên.",
            "directive",
        ),
        (
            "Quyết liệt đổi mới nội dung, nâng cao chất lượng sinh hoạt chi bộ và sinh hoạt chuyên đề.",
            "directive",
        ),
        (
            "Báo cáo đã đánh giá những kết quả đạt được, chỉ ra những mặt còn hạn chế và nguyên nhân.",
            "other",
        ),
        ("Tham dự Hội nghị có các đồng chí trong Ban chấp hành Đảng ủy và đại biểu các chi bộ.", "other"),
        (
            "Tại Hội nghị, các đại biểu đã được nghe Báo cáo tổng kết và phương hướng nhiệm vụ năm 2021.",
            "other",
        ),
        (
            "Đồng chí Trần Văn Nam - Tỉnh ủy viên, Bí thư Đảng ủy, Hiệu trưởng nhà trường chủ trì hội nghị.",
            "other",
        ),
        ("Đảng bộ đặt mục tiêu mỗi năm kết nạp đảng viên mới đạt từ 4% trở lên.", "directive"),
        (
            (
                "Được sự đồng ý của Đảng ủy xã, sự giúp đỡ của các đoàn thể và của nhà trường, sự chuẩn bị của "
                "các đồng chí trong Ban Chấp hành, Công đoàn cơ sở đã tổ chức Đại hội nhiệm kỳ 2023 - 2028."
            ),
            "other",
        ),
        ("Ngành phấn đấu giá trị sản xuất trồng trọt tăng thêm 4% so với năm trước đó.", "directive"),
        ("Trong năm, các đơn vị đã phát hiện 12 vụ vi phạm về môi trường, xử phạt 9 cơ sở.", "achievement"),
        ("Đoàn kiểm tra đã xử phạt vi phạm hành chính 15 cơ sở kinh doanh trên địa bàn.", "achievement"),
        (
            "Trong nhiệm kỳ vẫn còn xảy ra vi phạm, có 2 đảng viên bị khiển trách, 1 bị cảnh cáo.",
            "shortcoming",
        ),
        ("Có 3 chi bộ mới được thành lập chưa đủ thời gian đánh giá, xếp loại theo quy định.", "achievement"),
        ("Bí thư biểu dương Công an huyện đã giải quyết kịp thời các vụ việc phức tạp.", "achievement"),
        ("Bí thư biểu dương cán bộ, đảng viên đã nỗ lực trong suốt nhiệm kỳ vừa rồi.", "other"),
        (
            "Bước sang năm mới, Chi bộ tích cực đổi mới, đạt nhiều đồng thuận về những việc phải làm.",
            "directive",
        ),
        ("Nhiệm kỳ qua, tập thể đã thi đua phấn đấu, thực hiện thắng lợi nghị quyết đề ra.", "achievement"),
        ("Buổi sinh hoạt chuyên đề đạt mục đích, yêu cầu và kết quả mà chi ủy mong đợi.", "achievement"),
        ("Nhiệm kỳ qua, chất lượng sinh hoạt chi bộ tiếp tục được nâng cao, nền nếp hơn.", "achievement"),
        ("Công tác phát triển đảng viên ở các chi bộ chưa đạt chỉ tiêu đề ra.", "shortcoming"),
        ("Thu ngân sách trên địa bàn vẫn dưới mức đề ra từ đầu năm.", "shortcoming"),
        ("Sinh hoạt chi hội ở đôi nơi mới dừng lại ở phổ biến văn bản.", "shortcoming"),
        ("Sau kỳ nghỉ hè có 66 học sinh tiểu học bỏ học.", "shortcoming"),
        ("Trong năm, trường đã giảm tỷ lệ học sinh bỏ học.", "achievement"),
        ("Nhiệm vụ trước mắt là hoàn thành các tiêu chí nông thôn mới.", "directive"),
        ("Hiện có 74 hợp tác xã chuyển đổi hoạt động theo Luật mới.", "achievement"),
        ("Đến thời điểm hội nghị, Đảng bộ có 46 chi bộ với 3.127 đảng viên.", "other"),
        (
            "Đồng chí Lê Văn Nam ghi nhận những kết quả đạt được của Hội và đề nghị Hội tiếp tục chăm lo hội viên.",
            "directive",
        ),
        ("Nhiệm vụ của hội nghị là nhìn lại kết quả đạt được và bàn những việc của quý sau.", "other"),
        ("Ở hội trường lớn, các đại biểu được nghe kết quả đạt được của từng khoa, phòng.", "other"),
        ("Đại hội đã tiến hành bầu Ban Chấp hành mới với kết quả tín nhiệm cao.", "other"),
        ("Đại biểu các khoa đã sôi nổi thảo luận về những kết quả đạt được của phong trào.", "other"),
        ("Hội Làm vườn thị trấn vừa sơ kết phong trào và triển khai nhiệm vụ của những tháng tới.", "other"),
        ("Căn cứ Kế hoạch đã ban hành về việc kiểm điểm, đánh giá kết quả hàng năm.", "other"),
    ],
)
def test_the_kind_of_a_sentence(sentence: str, kind: str) -> None:
    assert kinds(sentence) == [kind]


def test_a_heading_tells_of_the_sentences_below_it() -> None:
    text = (
        "Chi bộ có 17 đảng viên, duy trì sinh hoạt đều đặn hàng tháng theo quy định.\n\n"
        "PHƯƠNG HƯỚNG VÀ MỤC TIÊU NHIỆM KỲ\n\n"
        "- 100% đảng viên hoàn thành tốt nhiệm vụ được giao hàng năm của đơn vị."
    )
    assert kinds(text)[-1] == "directive"


def test_a_sentence_that_opens_with_the_year_planned_is_about_it() -> None:
    sentence = "Năm 2021, nhà trường mở 60 lớp bồi dưỡng cho cán bộ lãnh đạo cấp phòng và chuyên viên."
    assert kinds(sentence, planned=2021) == ["directive"]


@pytest.mark.parametrize(("status", "kind"), [("result", "achievement"), ("target", "directive")])
def test_a_sentence_all_of_whose_counts_are_aimed_at_tells_no_result(status: Status, kind: str) -> None:
    text = "Kết nạp 12 đảng viên, chi bộ đạt trong sạch vững mạnh, hoàn thành tốt nhiệm vụ."
    (one,) = label_sentences(
        normalize(text), [(TextOffset(0), TextOffset(len(text)))], counts=[counted(text, "12", status)]
    )
    assert one.kind == kind


def test_an_aim_that_was_reached_is_a_result_whatever_its_counts_are() -> None:
    text = "Các chỉ tiêu đều hoàn thành, đạt kết quả tốt như kết nạp 12 đảng viên trong năm."
    (one,) = label_sentences(
        normalize(text), [(TextOffset(0), TextOffset(len(text)))], counts=[counted(text, "12", "target")]
    )
    assert one.kind == "achievement"


def test_quotations_are_the_articles_own_words_in_its_order() -> None:
    text = (
        "Năm qua, Chi bộ đã kết nạp 04 đảng viên, vượt chỉ tiêu đề ra từ đầu năm. "
        "Tuy nhiên, việc thu đảng phí ở một số tổ còn chậm so với quy định chung. "
        "Chi bộ đã hoàn thành tốt công tác kiểm tra, giám sát theo kế hoạch năm."
    )
    spans = [(one.at, one.end) for one in split_sentences(text)]
    labelled = label_sentences(normalize(text), spans)
    found = quotations(text, labelled)
    assert [quotation.at for quotation in found["achievement"]] == [spans[0][0], spans[2][0]]
    assert [quotation.text for quotation in found["shortcoming"]] == [text[spans[1][0] : spans[1][1]]]


def test_a_sentence_that_a_page_tells_twice_is_quoted_once() -> None:
    text = "Năm qua, Chi bộ đã kết nạp 9 đảng viên.\n\nNăm qua, Chi bộ đã kết nạp 9 đảng viên."
    labelled = label_sentences(normalize(text), [(one.at, one.end) for one in split_sentences(text)])
    assert [quotation.at for quotation in quotations(text, labelled)["achievement"]] == [0]


def pieces(text: str) -> list[tuple[str, str]]:
    spans = [(one.at, one.end) for one in split_sentences(text)]
    labelled = label_sentences(normalize(text), spans, mentions=find_mentions(normalize(text)))
    return [(one.kind or "other", text[one.at : one.end]) for one in labelled]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Năm qua, Chi bộ đã giữ vững nền nếp sinh hoạt. Chăm lo tốt đời sống của đoàn viên, người lao động.",
            ["achievement", "achievement"],
        ),
        (
            "Thời gian tới, Chi bộ tiếp tục giữ nền nếp sinh hoạt. Chăm lo tốt đời sống của người lao động.",
            ["directive", "directive"],
        ),
        (
            "Đồng chí Lê Văn An đề nghị Chi bộ giữ nền nếp sinh hoạt. Phát huy vai trò của từng đảng viên.",
            ["directive", "directive"],
        ),
        (
            "II. MỤC TIÊU, NHIỆM VỤ\n\n- Duy trì 11 lớp\n\n- HS đạt 04 giải\n\nIII. KẾT QUẢ\n\n- Duy trì 11 lớp",
            ["other", "directive", "directive", "other", "achievement"],
        ),
        (
            "Tuy nhiên, giá vật tư tăng cao, bà con gặp nhiều khó khăn trong sản xuất.",
            ["shortcoming"],
        ),
        ("Trong năm có 4 đảng viên bị kỷ luật bằng các hình thức khác nhau.", ["shortcoming"]),
        (
            "Chi bộ đã khắc phục những hạn chế của năm trước trong công tác quản lý đảng viên.",
            ["achievement"],
        ),
        (
            "Học lực: giỏi 114 em, khá 419 em, trung bình 300 em và yếu 03 em, đạt chỉ tiêu.",
            ["achievement"],
        ),
        (
            "Đồng chí Lê Văn An ghi nhận và biểu dương những kết quả mà Chi bộ đã đạt được trong năm.",
            ["other"],
        ),
        (
            "II. NGUYÊN NHÂN\n- Chủ quan: một số chi ủy viên chưa chủ động; việc đôn đốc chưa thường xuyên.",
            ["other", "cause"],
        ),
        (
            "Việc sinh hoạt ở một số tổ hội còn chậm. Do hội viên đi làm ăn xa nhiều.",
            ["shortcoming", "cause"],
        ),
        ("Những hạn chế trên có nguyên nhân từ việc thiếu kinh phí hoạt động.", ["cause"]),
        ("Chi cục đã kiểm tra 8 cơ sở, không phát hiện vi phạm trong sử dụng vốn.", ["achievement"]),
        (
            "Ủy ban Kiểm tra kiểm tra 6 chi bộ và 2 đảng viên; thi hành kỷ luật 01 đảng viên bằng cảnh cáo.",
            ["achievement", "shortcoming"],
        ),
        (
            "I. KẾT QUẢ\n- Công đoàn phối hợp tổ chức Hội nghị đối thoại với người lao động hằng quý.",
            ["other", "achievement"],
        ),
        (
            "Hội nghị thống nhất phấn đấu năm 2031: mở thêm ba lớp, giúp đỡ các hộ khó khăn vươn lên.",
            ["directive"],
        ),
        (
            "Kết quả: Đ/c Lê Văn An tái cử chức Bí thư chi bộ, đ/c Võ Ngọc Bích giữ chức Phó Bí thư chi bộ.",
            ["other"],
        ),
        ("Đây là dịp để thầy và trò nhìn lại những kết quả đã đạt được của năm học.", ["other"]),
        (
            "Đồng chí Lê Văn An, Bí thư Đảng ủy trao giấy khen cho các đảng viên có thành tích.",
            ["other"],
        ),
        (
            "Hội nghị đã công bố kết quả, có 27 đảng viên hoàn thành xuất sắc nhiệm vụ trong năm.",
            ["other"],
        ),
    ],
)
def test_the_kind_by_where_a_sentence_stands_and_who_says_it(text: str, found: list[str]) -> None:
    assert [kind for kind, _ in pieces(text)] == found


def test_what_is_told_begins_behind_the_words_of_who_tells_it() -> None:
    reported = (
        "Báo cáo do bà Lê Thị Hoa trình bày nêu rõ: Năm qua, các trường đã giữ vững nền nếp dạy và học."
    )
    assert pieces(reported) == [("achievement", "Năm qua, các trường đã giữ vững nền nếp dạy và học.")]
    praised = (
        "Đồng chí Lê Văn An đánh giá cao những kết quả đạt được, song cũng cho rằng việc sinh hoạt "
        "ở một số tổ còn chậm."
    )
    assert pieces(praised) == [("shortcoming", "việc sinh hoạt ở một số tổ còn chậm.")]


def test_a_cause_behind_a_comma_is_told_apart_from_what_fell_short() -> None:
    text = "Tuy nhiên, tiến độ còn chậm, nguyên nhân do giá vật tư tăng cao."
    assert [kind for kind, _ in pieces(text)] == ["shortcoming", "cause"]


def test_lines_of_a_table_are_no_headings() -> None:
    text = "I. KẾT QUẢ\nNội dung\nChỉ tiêu\nKết nạp đảng viên mới của toàn xã trong năm"
    spans = [(one.at, one.end) for one in split_sentences(text)]
    table = TextOffset(text.index("Nội dung")), TextOffset(len(text))
    last = label_sentences(normalize(text), spans, tables=[table])[-1]
    assert last.kind == "achievement"


def test_grades_made_known_at_the_meeting_are_results() -> None:
    text = "Hội nghị đã công bố kết quả, có 27 đảng viên hoàn thành xuất sắc nhiệm vụ trong năm."
    graded = counted(text, "27", "result")._replace(grade="excellent")
    (one,) = label_sentences(normalize(text), [(TextOffset(0), TextOffset(len(text)))], counts=[graded])
    assert one.kind == "achievement"


def test_a_sentence_of_several_kinds_is_told_in_its_clauses() -> None:
    text = "Đội ngũ giáo viên thiếu nghiêm trọng nhưng nhà trường đã hoàn thành kế hoạch mở lớp."
    assert pieces(text) == [
        ("shortcoming", "Đội ngũ giáo viên thiếu nghiêm trọng"),
        ("achievement", "nhà trường đã hoàn thành kế hoạch mở lớp."),
    ]


def test_what_a_meeting_adopted_is_planned_and_a_list_of_targets_met_is_done() -> None:
    adopted = "Đại hội đã thông qua các chỉ tiêu. Cụ thể, kết nạp thêm đoàn viên mới trong các trường."
    assert [kind for kind, _ in pieces(adopted)] == ["other", "directive"]
    met = "Chi bộ hoàn thành mọi chỉ tiêu, trong đó:\n- Mở thêm ba lớp."
    assert [kind for kind, _ in pieces(met)] == ["other", "achievement"]


def test_what_only_leads_to_a_limit_is_none() -> None:
    text = "Điểm lại các việc lớn; đội ngũ giáo viên thiếu nghiêm trọng nhưng đã hoàn thành kế hoạch."
    assert [kind for kind, _ in pieces(text)] == ["other", "shortcoming", "achievement"]


def test_results_follow_the_conditions_they_were_reached_under() -> None:
    text = "Năm 2020 là năm nhiều khó khăn. Đội ngũ nhà giáo không ngừng trau dồi kiến thức chuyên môn."
    assert [kind for kind, _ in pieces(text)] == ["cause", "achievement"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Các cá nhân nhận Kỷ niệm chương vì sự nghiệp", "other"),
        ("Về hỗ trợ nông dân phát triển kinh tế", "other"),
        ("Chi bộ đã mở rộng các buổi sinh hoạt", "achievement"),
        ("Hai đại biểu trong ngày làm việc vừa qua (TS. Lê Thị An bên phải).", "other"),
    ],
)
def test_a_line_without_a_stop_among_sentences_is_a_heading_or_a_caption(line: str, kind: str) -> None:
    text = f"I. KẾT QUẢ\nChi bộ đã giữ vững nền nếp.\n{line}\nĐội ngũ được nâng cao về chất lượng."
    assert [found for found, _ in pieces(text)] == ["other", "achievement", kind, "achievement"]


def test_why_something_fell_short_stands_before_nen() -> None:
    text = "Các giảng viên đều kiêm nhiệm nhiều việc nên nghiệp vụ công tác Đảng còn hạn chế."
    assert pieces(text) == [
        ("cause", "Các giảng viên đều kiêm nhiệm nhiều việc"),
        ("shortcoming", "nghiệp vụ công tác Đảng còn hạn chế."),
    ]


def test_a_run_of_links_is_none_of_the_work() -> None:
    text = (
        "Đảng ủy đã kết nạp 9 đảng viên mới.\n\nChủ động, sáng tạo trong mọi công việcChuẩn bị tốt cho Đại hội "
        "Đảng bộ huyện Tăng cường công tác dân vận\n\nĐảng ủy đã tổ chức 12 hội nghị."
    )
    assert [kind for kind, _ in pieces(text)] == ["achievement", "other", "achievement"]


def test_scripts_and_lost_spaces_part_sentences() -> None:
    text = (
        "Chi bộ đã kết nạp 04 đảng viên trong năm.Chi bộ đã giữ vững nền nếp. "
        "window.addEventListener(load, function(){ x(); }); Thời gian tới, Chi bộ sẽ mở rộng sinh hoạt."
    )
    assert [kind for kind, _ in pieces(text)] == ["achievement", "achievement", "directive"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Công tác tư tưởng, chính trị được quan tâm; nhận thức của cán bộ, đảng viên được nâng lên rõ rệt.",
            "achievement",
        ),
        (
            "Kết quả, 100% chi bộ trực thuộc hoàn thành tốt nhiệm vụ, không có đảng viên vi phạm kỷ luật.",
            "achievement",
        ),
        ("Tổng thu ngân sách ước đạt 125 tỷ đồng, bằng 112% dự toán, tăng 8% so với cùng kỳ.", "achievement"),
        ("Việc thực hiện chế độ thông tin báo cáo của một số chi bộ còn chậm.", "shortcoming"),
        ("Tuy nhiên, một số chỉ tiêu đạt thấp so với kế hoạch.", "shortcoming"),
        ("Nguyên nhân chủ yếu là do năng lực của một số cán bộ chưa đáp ứng yêu cầu nhiệm vụ.", "cause"),
        ("Đồng chí yêu cầu các chi bộ cần nghiêm túc khắc phục những hạn chế đã chỉ ra.", "directive"),
        ("Hội nghị diễn ra trong không khí dân chủ, trách nhiệm và thành công tốt đẹp.", "other"),
        ("Tại hội nghị, các đại biểu đã thảo luận, đóng góp nhiều ý kiến vào dự thảo báo cáo.", "other"),
        (
            "Hội nghị nhằm đánh giá kết quả hoạt động công đoàn năm 2023 và triển khai nhiệm vụ năm 2024.",
            "other",
        ),
        ("Nhân dịp này, Công đoàn trường đã tặng quà cho các đồng chí nghỉ hưu.", "other"),
        ("Buổi lễ kết thúc trong niềm vui và sự phấn khởi của toàn thể giáo viên và học sinh.", "other"),
        ("Một bộ phận đảng viên chưa phát huy tốt vai trò tiên phong, gương mẫu.", "shortcoming"),
        ("Trước đó, hội nghị đã nghe đồng chí Phó Chủ tịch trình bày báo cáo tóm tắt.", "other"),
        ("Toàn tỉnh xảy ra 956 vụ vi phạm trật tự xã hội, giảm 52 vụ so với năm trước.", "achievement"),
        ("Các cấp đã kiểm tra khi có dấu hiệu vi phạm 3 tổ chức đảng.", "achievement"),
        ("So với chỉ tiêu nhiệm vụ được giao vượt 1,7% về việc và 7% về tiền.", "achievement"),
        ("Tuy nhiên, so với yêu cầu vẫn còn những mặt hạn chế.", "shortcoming"),
        ("Năm 2020 là năm đầy khó khăn, thách thức do dịch bệnh.", "cause"),
        (
            "Năm 2020, nhà trường được sự quan tâm, chỉ đạo của Huyện ủy và sự phối hợp của các ngành.",
            "cause",
        ),
        ("Năm 2020, được sự quan tâm của Huyện ủy, nhà trường đã hoàn thành nhiệm vụ.", "achievement"),
        ("Chi bộ mong sẽ tiếp tục nhận được sự hỗ trợ của Đảng ủy trong thời gian tới.", "directive"),
        (
            "Tại hội nghị, các đại biểu trình bày tham luận, đề xuất giải pháp trên lĩnh vực: tư tưởng; khoa học.",
            "other",
        ),
    ],
)
def test_the_kind_of_a_sentence_alone(text: str, kind: str) -> None:
    assert {found for found, _ in pieces(text)} == {kind}


def test_the_limits_that_a_task_names_fall_short() -> None:
    text = "Đồng chí đề nghị khắc phục những hạn chế như việc họp chi bộ chưa đều, thu nộp đảng phí còn chậm."
    spans = [(one.at, one.end) for one in split_sentences(text)]
    parts = quotations(text, label_sentences(normalize(text), spans))
    assert [one.text for one in parts["directive"]] == ["Đồng chí đề nghị khắc phục những hạn chế"]
    assert [one.text for one in parts["shortcoming"]] == [
        "việc họp chi bộ chưa đều, thu nộp đảng phí còn chậm."
    ]


def test_a_year_after_the_one_reviewed_is_planned() -> None:
    text = "Năm 2022, toàn xã có 2 thôn được công nhận đạt chuẩn, thu nhập bình quân đạt 50 triệu đồng."
    spans = [(one.at, one.end) for one in split_sentences(text)]
    (labelled,) = label_sentences(normalize(text), spans, reviewed=2021)
    assert labelled.kind == "directive"


HEAD = "Chi bộ đã kết nạp 04 đảng viên trong năm qua.\n\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Hạn chế: Việc thu đảng phí ở một số tổ thất thường", ["shortcoming"]),
        ("- Tồn tại, khuyết điểm: Cơ sở vật chất xuống cấp.", ["shortcoming"]),
        ("Những mặt còn hạn chế trong năm: hồ sơ để thất lạc, phòng máy hỏng", ["shortcoming"]),
        ("Hạn chế: Hồ sơ để thất lạc. Sinh hoạt ít nội dung.", ["shortcoming", "shortcoming"]),
        ("2. Nguyên nhân: Đời sống khó khăn", ["cause"]),
        ("* Nguyên nhân khách quan: địa bàn rộng, dân cư thưa.", ["cause"]),
        ("Giải pháp: Mở thêm lớp tập huấn", ["directive"]),
        ("Phương hướng học kỳ II: thăm hỏi đoàn viên ốm đau", ["directive"]),
        ("Kết quả: Chi bộ đã giữ vững nền nếp", ["achievement"]),
        ("Khắc phục hạn chế: các tổ đã sửa xong sổ sách.", ["achievement"]),
        ("Hạn chế sử dụng túi ni lông: đã phát 30 túi vải.", ["achievement"]),
        ("Hạn chế: Không có vụ việc nào lớn.", ["other"]),
    ],
)
def test_a_label_says_what_the_words_behind_it_are(line: str, found: list[str]) -> None:
    assert kinds(HEAD + line)[1:] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỷ lệ học sinh đi học chuyên cần trong năm luôn đạt 98%.",
        "Các em đã được trang bị đồ dùng cần thiết cho việc học tập.",
        "Nhân dân địa phương luôn cần mẫn, ân cần giúp nhau trong lao động.",
    ],
)
def test_can_in_a_compound_asks_for_nothing(sentence: str) -> None:
    assert kinds(sentence) == ["achievement"]


def test_of_a_tables_row_only_whole_sentences_are_told() -> None:
    text = (
        f"{HEAD}| Công việc đã làm | Số đảng viên |\n| Hoàn thành tốt nhiệm vụ | 12 |\n"
        "| Công tác Đảng | Chi bộ đã giữ vững nền nếp sinh hoạt. |"
    )
    assert [words for kind, words in pieces(text) if kind != "other"][1:] == [
        "Chi bộ đã giữ vững nền nếp sinh hoạt."
    ]


def test_what_was_rewarded_is_no_task_though_tasks_stand_before_it() -> None:
    text = (
        "Năm 2020, Hội phấn đấu xây dựng 100% chi hội vững mạnh.\n"
        "Qua bình xét cuối năm, Hội xét tặng giấy khen cho 12 cá nhân có thành tích xuất sắc."
    )
    assert kinds(text) == ["directive", "achievement"]


def test_awards_that_others_are_asked_for_are_no_task() -> None:
    text = "Trong năm, cụm đã có nhiều cố gắng. Đề nghị cấp trên khen thưởng: 02 cờ thi đua, 05 bằng khen."
    assert kinds(text) == ["achievement", "achievement"]


def test_who_came_is_no_result_though_they_are_counted_and_honoured() -> None:
    text = "Tới tham dự chương trình có lãnh đạo quận cùng 500 em học sinh được vinh danh của trường."
    spans = [(one.at, one.end) for one in split_sentences(text)]
    counts = [counted(text, "500", "result")]
    assert [one.kind for one in label_sentences(normalize(text), spans, counts=counts)] == [None]
