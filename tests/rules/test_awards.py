"""Awards: recipients that are named, with what and from whom; those only counted are no recipients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.awards import read_recipients
from summarizer.rules.counts import read_numbers
from summarizer.rules.names import find_mentions
from summarizer.schemas.offsets import TextOffset
from summarizer.sources.document import Document

PIECES = st.sampled_from(
    [
        "Đảng ủy xã A ",
        "trao Giấy khen cho ",
        "Chi bộ Trường B",
        ", ",
        "; ",
        ".\n",
        "được ",
        "tặng Cờ thi đua",
        "{{ x }}",
        "\0",
        "ệ",
    ]
)


def recipients(text: str) -> list[tuple[str, str | None, str | None]]:
    normal = normalize(text)
    spans = [(one.at, one.end) for one in split_sentences(text)]
    found = read_recipients(normal, spans, find_mentions(normal))
    for one in found:
        assert text[one.at : one.end] == one.text
    return [(one.text, one.award, one.given_by) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "Kết quả, giải nhất thuộc về đội Trung tâm Sao Mai; giải nhì thuộc về Cơ sở Vinh Sơn 2; "
                "đồng giải ba thuộc về Tân An và Trại Đoàn Kết."
            ),
            [
                ("Trung tâm Sao Mai", "giải nhất", None),
                ("Cơ sở Vinh Sơn 2", "giải nhì", None),
                ("Tân An", "giải ba", None),
                ("Trại Đoàn Kết", "giải ba", None),
            ],
        ),
        ("Giải khuyến khích được trao cho 3 đội của Trường Tân An.", []),
        (
            "Đội Sao Mai giành giải nhất, đội Hoa Sen đoạt giải nhì.",
            [("Sao Mai", "giải nhất", None), ("Hoa Sen", "giải nhì", None)],
        ),
        (
            "Công ty cổ phần ô tô Tân Hải, Công ty cổ phần Thống Nhất và Ngân hàng An Bình được tặng cờ thi đua.",
            [
                ("Công ty cổ phần ô tô Tân Hải", "cờ thi đua", None),
                ("Công ty cổ phần Thống Nhất", "cờ thi đua", None),
                ("Ngân hàng An Bình", "cờ thi đua", None),
            ],
        ),
        ("Các sinh viên Viện Sao Mai đạt danh hiệu “Sinh viên 5 tốt”.", []),
        ("Xã đã hoàn thành các tiêu chí đưa thôn Muối đạt chuẩn nông thôn mới.", []),
        ("Ban tổ chức đã chọn được 24 tác phẩm để trao giải.", []),
        ("Đảng bộ huyện An Bình: Số cơ sở Đảng đạt trong sạch vững mạnh tăng cao", []),
        (
            "Tại Hội nghị, Trường khen thưởng Chi bộ Khoa Lý luận cơ sở hoàn thành xuất sắc nhiệm vụ; 08 đảng viên.",
            [("Chi bộ Khoa Lý luận cơ sở", "hoàn thành xuất sắc nhiệm vụ", "Trường")],
        ),
        (
            "Đồng chí Lý Bình An trao giấy khen cho tập thể Chi bộ 1 đã hoàn thành nhiệm vụ.",
            [("Chi bộ 1", "giấy khen", "Lý Bình An")],
        ),
        (
            "Ban tổ chức trao giải Nhất cho Công đoàn cơ sở Trường THPT Tân Quang, giải Nhì cho Trường THPT An Hải.",
            [
                ("Công đoàn cơ sở Trường THPT Tân Quang", "giải Nhất", "Ban tổ chức"),
                ("Trường THPT An Hải", "giải Nhì", "Ban tổ chức"),
            ],
        ),
        (
            (
                "Công nhận 02 tổ chức “Hoàn thành Xuất sắc nhiệm vụ” là Chi bộ Trường TH, THCS và THPT Sao Mai, "
                "Chi bộ Trung tâm Phát triển Giáo dục; 12 chi bộ “Hoàn thành Tốt nhiệm vụ”."
            ),
            [
                ("Chi bộ Trường TH, THCS và THPT Sao Mai", "Hoàn thành Xuất sắc nhiệm vụ", None),
                ("Chi bộ Trung tâm Phát triển Giáo dục", "Hoàn thành Xuất sắc nhiệm vụ", None),
            ],
        ),
        (
            "Đảng bộ Sở Nội vụ được Đảng ủy Khối tặng Giấy khen hoàn thành xuất sắc nhiệm vụ.",
            [("Đảng bộ Sở Nội vụ", "Giấy khen", "Đảng ủy Khối")],
        ),
        ("Đảng ủy đã trao giấy khen cho 9 đảng viên và 02 chi bộ hoàn thành xuất sắc nhiệm vụ.", []),
        (
            (
                "4 tập thể được nhận bằng khen của Chủ tịch UBND tỉnh gồm: Trường Mầm non Bố Hạ (Yên Thế), "
                "Tiểu học Sao Mai (thành phố B), THPT Yên Dũng số 3."
            ),
            [
                ("Trường Mầm non Bố Hạ", "bằng khen", "Chủ tịch UBND tỉnh"),
                ("Tiểu học Sao Mai", "bằng khen", "Chủ tịch UBND tỉnh"),
                ("THPT Yên Dũng số 3", "bằng khen", "Chủ tịch UBND tỉnh"),
            ],
        ),
        (
            "Công đoàn khen thưởng các đ/c có giờ dạy tốt gồm:\nĐ/C: Nguyễn Thị Hưng - Tổ A\nĐ/C: Mạc Văn San - Tổ B",
            [("Nguyễn Thị Hưng", "khen thưởng", None), ("Mạc Văn San", "khen thưởng", None)],
        ),
        ("- Giải ba : Chi đội 8A1, 8A2", [("8A1", "Giải ba", None), ("8A2", "Giải ba", None)]),
        (
            "Cờ thi đua của UBND huyện được trao cho Trường Mầm non Ánh Dương.",
            [("Trường Mầm non Ánh Dương", "Cờ thi đua", None)],
        ),
        (
            "UBND tỉnh tặng Cờ thi đua cho thị trấn Tân Sơn, tặng Giấy khen cho xã Tân An và xã Tân Bình.",
            [
                ("thị trấn Tân Sơn", "Cờ thi đua", "UBND tỉnh"),
                ("xã Tân An", "Giấy khen", "UBND tỉnh"),
                ("xã Tân Bình", "Giấy khen", "UBND tỉnh"),
            ],
        ),
        (
            "Đảng ủy xã trao Huy hiệu 50 năm tuổi Đảng cho đồng chí Lê Quang Vinh, Chi bộ thôn 3.",
            [("Lê Quang Vinh", "Huy hiệu 50 năm tuổi Đảng", "Đảng ủy xã")],
        ),
        (
            "Xuất hiện nhiều gương sáng, tiêu biểu như Hội Nông dân xã Tân Mỹ, bà Lê Thị Sen ở thôn Hạ.",
            [("Hội Nông dân xã Tân Mỹ", "tiêu biểu", None), ("Lê Thị Sen", "tiêu biểu", None)],
        ),
        (
            "Điển hình là thôn Vật Lại có tới 13 chi bộ.",
            [],
        ),
        (
            "Một số đơn vị làm tốt như: Chi hội Phụ nữ thôn Đoài, Chi hội Phụ nữ thôn Thượng.",
            [("Chi hội Phụ nữ thôn Đoài", "làm tốt", None), ("Chi hội Phụ nữ thôn Thượng", "làm tốt", None)],
        ),
        (
            "Chủ tịch UBND tỉnh biểu dương Công an huyện Tân Lạc đã kịp thời phá án.",
            [("Công an huyện Tân Lạc", "biểu dương", "UBND tỉnh")],
        ),
        (
            "Bí thư Huyện ủy biểu dương những thành tích mà Đảng bộ xã Hòa Sơn đạt được.",
            [("Đảng bộ xã Hòa Sơn", "biểu dương", "Huyện ủy")],
        ),
        ("Đồng chí biểu dương Bưu điện tỉnh Tân Sơn đã tổ chức Hội nghị chu đáo.", []),
        (
            "Đại hội suy tôn ông Lê Văn Phúc, ông Trần Văn Quý là nông dân giỏi.",
            [("Lê Văn Phúc", "suy tôn", None), ("Trần Văn Quý", "suy tôn", None)],
        ),
        (
            "Hội Phụ nữ xã An Phú giữ vững danh hiệu đơn vị xuất sắc.",
            [("Hội Phụ nữ xã An Phú", "đơn vị xuất sắc", None)],
        ),
        (
            "Chi bộ 5 năm liền được Đảng ủy công nhận hoàn thành tốt nhiệm vụ.",
            [("Chi bộ", "hoàn thành tốt nhiệm vụ", "Đảng ủy")],
        ),
        (
            "Đ/c Lê Văn An thay mặt Chi bộ 3 nhận giấy khen.",
            [("Chi bộ 3", "giấy khen", None)],
        ),
        (
            "Đ/c Lê Văn An; Đ/c Võ Thị Cúc nhận giấy khen.",
            [("Lê Văn An", "giấy khen", None), ("Võ Thị Cúc", "giấy khen", None)],
        ),
        ("Đại hội đã bầu chọn đồng chí Lê Văn An là Chủ tịch Công đoàn.", []),
        (
            "Giải Nhất thuộc về công đoàn cơ sở Bệnh viện Tân An; 2 giải Nhì thuộc về Công an tỉnh và huyện Tân Sơn.",
            [
                ("công đoàn cơ sở Bệnh viện Tân An", "Giải Nhất", None),
                ("Công an tỉnh", "giải Nhì", None),
                ("huyện Tân Sơn", "giải Nhì", None),
            ],
        ),
        (
            "Công đoàn Sở Y tế, Công đoàn Công an tỉnh, Công đoàn Sở Nội vụ xuất sắc giành giải A của Hội thi.",
            [
                ("Công đoàn Sở Y tế", "giải A", None),
                ("Công đoàn Công an tỉnh", "giải A", None),
                ("Công đoàn Sở Nội vụ", "giải A", None),
            ],
        ),
        (
            "Hai tập thể nhận thưởng gồm: Hội Nông dân tỉnh với mô hình “Xanh, sạch, đẹp”; Tỉnh đoàn Tân Sơn.",
            [("Hội Nông dân tỉnh", "nhận thưởng", None), ("Tỉnh đoàn Tân Sơn", "nhận thưởng", None)],
        ),
        (
            (
                "Phó Giám đốc Công an tỉnh trao Giấy khen của Giám đốc Công an tỉnh cho Đội Cảnh sát hình sự, "
                "Công an xã Tân Lập và Đại úy Lê Văn An."
            ),
            [
                ("Đội Cảnh sát hình sự", "Giấy khen", "Công an tỉnh"),
                ("Công an xã Tân Lập", "Giấy khen", "Công an tỉnh"),
                ("Lê Văn An", "Giấy khen", "Công an tỉnh"),
            ],
        ),
        (
            "UBND tỉnh trao Bằng khen cho cán bộ và Nhân dân xã Tân Lập về thành tích xuất sắc.",
            [("xã Tân Lập", "Bằng khen", "UBND tỉnh")],
        ),
        ("Bà Nguyễn Thị Mai (xã Tân Lập) được bằng khen của Hội.", [("Nguyễn Thị Mai", "bằng khen", "Hội")]),
        ("Đã diễn ra lễ vinh danh học sinh - Trường THPT Tân Lập có 02 em dự.", []),
        ("Trong đó có 3 tập thể và 2 cá nhân của Trường THPT Tân Lập được tặng giấy khen.", []),
        ("Có 5 trường chưa đạt chuẩn quốc gia. Trường Mầm non Hoa Sen không được tặng giấy khen.", []),
        (
            "Trường THCS Tân An có 390 học sinh.\nLãnh đạo nhà trường nhận Cờ thi đua năm 2017.",
            [("Trường THCS Tân An", "Cờ thi đua", None)],
        ),
        (
            "Nhà máy Tân Mai đạt giải Nhì hội thi; được Giám đốc Công an tỉnh tặng giấy khen.",
            [("Nhà máy Tân Mai", "giấy khen", None)],
        ),
        (
            "10 hộ thành viên được khen thưởng, trong đó có hộ ông Lê Văn An (thôn Hạ) và hộ bà Võ Thị Cúc.",
            [("Lê Văn An", "khen thưởng", None), ("Võ Thị Cúc", "khen thưởng", None)],
        ),
        (
            (
                "Chủ tịch trao Giấy khen cho các điển hình:\n- Tập thể (02): Tổ Toán; Trạm Y tế xã Tân An.\n"
                "- Cá nhân (02): ông Lê Văn An - Trưởng thôn Đông, xã Tân Bình; bà Võ Thị Cúc.\n\n"
                "Thảo luận tại Hội nghị, ông Mạc Văn Tám kiến nghị nâng mức thưởng."
            ),
            [
                ("Tổ Toán", "Giấy khen", None),
                ("Trạm Y tế xã Tân An", "Giấy khen", None),
                ("Lê Văn An", "Giấy khen", None),
                ("Võ Thị Cúc", "Giấy khen", None),
            ],
        ),
        ("Trường đạt tập thể lao động tiên tiến.", [("Trường", "tập thể lao động tiên tiến", None)]),
        (
            "Chủ tịch UBND huyện tặng Giấy khen cho Chi bộ Trường THCS Tân An và 5 đảng viên.",
            [("Chi bộ Trường THCS Tân An", "Giấy khen", "UBND huyện")],
        ),
        (
            "Nhân dịp này, 2 tập thể: Khoa Nội, Khoa Ngoại và 12 cá nhân được nhận Giấy khen.",
            [("Khoa Nội", "Giấy khen", None), ("Khoa Ngoại", "Giấy khen", None)],
        ),
        (
            "Đảng ủy khen thưởng 2 chi bộ trong sạch vững mạnh tiêu biểu là Chi bộ 3 và Chi bộ 5.",
            [
                ("Chi bộ 3", "trong sạch vững mạnh tiêu biểu", "Đảng ủy"),
                ("Chi bộ 5", "trong sạch vững mạnh tiêu biểu", "Đảng ủy"),
            ],
        ),
        (
            "Trường THPT Lê Lợi vinh dự được nhận Cờ thi đua của UBND tỉnh.",
            [("Trường THPT Lê Lợi", "Cờ thi đua", "UBND tỉnh")],
        ),
        (
            "Em Nguyễn Thị Lan, lớp 9A đạt giải Nhất cấp tỉnh môn Toán.",
            [("Nguyễn Thị Lan", "giải Nhất", None)],
        ),
        ("Đảng bộ thị trấn An Lưu có 8 đảng viên được trao tặng Huy hiệu Đảng.", []),
        (
            "Đồng chí Lê Văn An biểu dương nỗ lực của các đơn vị, nhất là Trạm Y tế xã An Bình trong chống dịch.",
            [("Trạm Y tế xã An Bình", "biểu dương", "Lê Văn An")],
        ),
        (
            "Các đồng chí được đề nghị xếp loại hoàn thành xuất sắc nhiệm vụ: Lê Văn An, Võ Ngọc Bích.",
            [
                ("Lê Văn An", "hoàn thành xuất sắc nhiệm vụ", None),
                ("Võ Ngọc Bích", "hoàn thành xuất sắc nhiệm vụ", None),
            ],
        ),
        (
            "Thi đua: Công đoàn Trường Hoa Sữa hoàn thành tốt nhiệm vụ; Chi bộ Khoa Toán trong sạch vững mạnh.",
            [
                ("Công đoàn Trường Hoa Sữa", "hoàn thành tốt nhiệm vụ", None),
                ("Chi bộ Khoa Toán", "trong sạch vững mạnh", None),
            ],
        ),
        (
            "Hội nghị thống nhất đề nghị khen thưởng:\n- Tập thể: Tổ Toán.\n- Cá nhân: Lê Văn An.",
            [("Tổ Toán", "khen thưởng", None), ("Lê Văn An", "khen thưởng", None)],
        ),
        (
            "Danh sách khen thưởng\n1. Tổ Toán\n2. Ông Lê Văn An",
            [("Tổ Toán", "khen thưởng", None), ("Lê Văn An", "khen thưởng", None)],
        ),
        (
            "Đồng chí Lê Văn An và đồng chí Võ Ngọc Bích vinh dự được nhận Huy hiệu 30 năm tuổi Đảng.",
            [
                ("Lê Văn An", "Huy hiệu 30 năm tuổi Đảng", None),
                ("Võ Ngọc Bích", "Huy hiệu 30 năm tuổi Đảng", None),
            ],
        ),
        (
            (
                "Lãnh đạo thị xã công bố quyết định khen thưởng của Chủ tịch UBND tỉnh: tặng Cờ thi đua cho "
                "Trường Tiểu học Hoa Sen; Bằng khen cho Trường THCS Tân An và 6 cá nhân."
            ),
            [
                ("Trường Tiểu học Hoa Sen", "Cờ thi đua", "Chủ tịch UBND tỉnh"),
                ("Trường THCS Tân An", "Bằng khen", "Chủ tịch UBND tỉnh"),
            ],
        ),
        (
            (
                "Đảng ủy trao Huy hiệu 50 năm tuổi Đảng cho đồng chí Lê Thị Ngọc An, sinh năm 1946, sinh hoạt tại "
                "Chi bộ thôn Đông và đồng chí Võ Văn Bình."
            ),
            [
                ("Lê Thị Ngọc An", "Huy hiệu 50 năm tuổi Đảng", "Đảng ủy"),
                ("Võ Văn Bình", "Huy hiệu 50 năm tuổi Đảng", "Đảng ủy"),
            ],
        ),
        ("Kết quả: 07 giải, trong đó: 03 giải nhất, 04 giải ba.", []),
        ("Nhiều tập thể được khen thưởng: UBND tỉnh tặng bằng khen cho 11 tập thể.", []),
        ("Trong kỳ thi, Trường THPT Tân An có 38 học sinh đạt giải.", []),
        ("Hội Nông dân trao quà cho bà con trong lễ phát động của UBND xã An Bình.", []),
    ],
)
def test_named_recipients(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    assert recipients(text) == found


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    for name, _, _ in recipients(text):
        assert name in text


def test_a_kind_of_body_without_a_name_is_no_recipient() -> None:
    text = "Đảng bộ Sở Y tế là một trong 17 chi, đảng bộ cơ sở được Đảng ủy Khối tặng Giấy khen."
    assert "đảng bộ cơ sở" not in [name for name, _, _ in recipients(text)]


def test_what_is_only_aimed_at_has_no_recipients() -> None:
    text = "Trường đạt tập thể lao động tiên tiến."
    normal = normalize(text)
    assert (
        read_recipients(
            normal,
            [(TextOffset(0), TextOffset(len(text)))],
            (),
            planned=[(TextOffset(0), TextOffset(len(text)))],
        )
        == ()
    )


def test_a_name_that_only_shortens_another_is_no_second_recipient() -> None:
    text = "Chi bộ nhà trường đạt trong sạch vững mạnh. Chi bộ đạt trong sạch vững mạnh."
    assert [name for name, _, _ in recipients(text)] == ["Chi bộ nhà trường"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tại Hội nghị, Trường khen thưởng 08 đảng viên.", "Trường"),
        ("Trong dịp này, BCH Đảng ủy Sở tặng Giấy khen cho 08 đảng viên.", "BCH Đảng ủy Sở"),
        ("Đảng ủy nhà trường đã trao giấy khen cho 08 đảng viên.", "Đảng ủy nhà trường"),
        ("Có 08 chi bộ được Đảng ủy Khối tặng Giấy khen.", "Đảng ủy Khối"),
        ("Huyện hội xét tặng Giấy khen cho 08 hội viên.", "Huyện hội"),
        ("Ban tổ chức trao giải cho 08 hội viên.", "Ban tổ chức"),
        ("Đồng thời UBND huyện tặng Giấy khen cho 08 hội viên.", "UBND huyện"),
        ("Thành đoàn TP. Huế đã tổ chức lễ tuyên dương 08 đoàn viên.", "Thành đoàn TP. Huế"),
        ("Có 08 cá nhân được nhận Bằng khen của Chủ tịch UBND tỉnh vì thành tích.", "Chủ tịch UBND tỉnh"),
        ("Có 08 tập thể và 10 cá nhân được nhận Cờ thi đua của UBND tỉnh.", "UBND tỉnh"),
        ("Có 08 tập thể, 10 cá nhân được Đảng ủy xã tặng Giấy khen.", "Đảng ủy xã"),
        ("Có 08 thôn có đường bê tông và 10 hộ được Đảng ủy xã tặng Giấy khen.", None),
        ("Có 08 cá nhân nhận nhiệm vụ của UBND tỉnh.", None),
        ("Lãnh đạo thị xã công bố quyết định khen thưởng của UBND tỉnh: tặng Cờ cho 08 trường.", "UBND tỉnh"),
        ("Công bố quyết định của UBND tỉnh; Huyện ủy tặng Giấy khen cho 08 chi bộ.", "Huyện ủy"),
        ("Đề nghị cấp trên khen thưởng 08 chi bộ.", None),
        ("Có 5 đồng chí được đề nghị tặng Giấy khen, 08 đồng chí dự.", None),
        ("Trong năm, kết nạp 08 đảng viên.", None),
        ("Tại Hội nghị trao giấy khen cho 08 đảng viên.", None),
        ("Có 08 học sinh được công nhận đỗ tốt nghiệp.", None),
    ],
)
def test_who_gave_what_a_number_counts_is_read_from_the_verb_of_giving(text: str, who: str | None) -> None:
    article = take_apart(Document("text", text))
    at = TextOffset(text.index("08"))
    assert read_numbers(article)[at].given_by == who
