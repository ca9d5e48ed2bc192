"""People: everybody named, with office and roles: who chaired, who came, who spoke, who presented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.normalize import normalize
from summarizer.article.sentences import split_sentences
from summarizer.rules.names import find_mentions
from summarizer.rules.people import read_people
from summarizer.schemas.report import Elected, Person, PresentedReport, Recipient, Role

PIECES = st.sampled_from(
    [
        "Đồng chí Lê Văn Nam",
        " – Bí thư",
        ", ",
        "; ",
        ".\n",
        " chủ trì hội nghị",
        "dự hội nghị có ",
        "Báo cáo tổng kết năm 2020",
        " do ",
        " trình bày",
        "trao Giấy khen cho Chi bộ 1",
        "“hoàn thành tốt nhiệm vụ”",
        "{{ x }}",
        "\0",
        "e\u0301\u0323",
        "\r\n- ",
    ]
)

LONG_OFFICE = (
    "Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Nội chính Tỉnh ủy, Phó Trưởng Ban Chỉ đạo cải cách tư pháp tỉnh, "
    "Chủ tịch Hội Luật gia tỉnh"
)


def people(text: str) -> tuple[Person, ...]:
    normal = normalize(text)
    spans = [(one.at, one.end) for one in split_sentences(text)]
    return read_people(normal, spans, find_mentions(normal))


def in_role(text: str, role: Role) -> list[Person]:
    return [person for person in people(text) if role in person.roles]


@pytest.mark.parametrize(
    ("text", "chairs"),
    [
        ("Chủ trì Hội nghị, đồng chí Phan Anh Vũ, Bí thư Đảng ủy Viện.", ["Phan Anh Vũ"]),
        ("Đồng chí Lê Thị Mai - Phó Bí thư Đoàn trường, Chủ tịch đoàn đọc báo cáo.", ["Lê Thị Mai"]),
        ("Đồng chí Lê Thị Mai, Bí thư chi đoàn, thành viên Đoàn Chủ tịch, trình bày đề án.", ["Lê Thị Mai"]),
        ("Đồng chí Lê Thị Mai, Ủy viên Đoàn Chủ tịch Tổng Liên đoàn Lao động trình bày đề án.", []),
        ("Đồng chí Lê Thị Mai, Ủy viên Đoàn Chủ tịch, Trưởng ban Tổ chức Trung ương Hội, phát biểu.", []),
        ("Đồng chí Phan Thị Mơ - Tỉnh ủy viên, Hiệu trưởng chủ trì hội nghị.", ["Phan Thị Mơ"]),
        (
            "TS. Hồ Văn Nam - Tỉnh ủy viên, Hiệu trưởng; ThS. Đỗ Sơn Hải - Phó Bí thư, Chủ tịch Công đoàn chủ tọa.",
            ["Hồ Văn Nam", "Đỗ Sơn Hải"],
        ),
        (
            "Dưới sự điều hành của Đoàn chủ tịch (gồm PGS.TS. Vũ Hoàng Lan, PGS.TS. Lê Quang Huy), đại hội đã bầu.",
            ["Vũ Hoàng Lan", "Lê Quang Huy"],
        ),
        (
            (
                "Hội nghị đã bầu ra Đoàn Chủ tịch gồm 02 đồng chí TS. Mai Quang Trung – Giám đốc; Ths. Lý Vĩnh Hùng. "
                "Đoàn thư ký gồm Ths. Thái Đình Hiếu."
            ),
            ["Mai Quang Trung", "Lý Vĩnh Hùng"],
        ),
        (
            "Ngày 18/11, UBND huyện tổ chức phiên họp, đồng chí Bùi Hồng Sơn, Chủ tịch huyện chủ trì.",
            ["Bùi Hồng Sơn"],
        ),
        (
            (
                "Các đồng chí: Đinh Quang Dương, Ủy viên Ban Chấp hành, Phó trưởng Ban Tổ chức; Cao Hữu Đông, "
                "Bí thư Tỉnh ủy đồng chủ trì Hội nghị giao ban."
            ),
            ["Đinh Quang Dương", "Cao Hữu Đông"],
        ),
        (
            "Tham dự và chủ trì Hội nghị, có đồng chí Tạ Văn Trang - Bí thư; đồng chí Hà Văn Niên - Phó Bí thư.",
            ["Tạ Văn Trang", "Hà Văn Niên"],
        ),
        (
            "Chiều 20/5, dưới sự chủ trì của đồng chí Ngô Đông Hải, Phó Bí thư Tỉnh ủy, Ban Thường vụ thảo luận.",
            ["Ngô Đông Hải"],
        ),
        (
            (
                "Chủ trì Đại hội gồm các đồng chí:\n- Trần Văn Nam, Bí thư Chi bộ;\n- Lê Thị Hòa, Phó Bí thư;\n"
                "Đồng chí Phạm Quang Minh, Phó Bí thư Đảng ủy Khối dự và chỉ đạo đại hội."
            ),
            ["Trần Văn Nam", "Lê Thị Hòa"],
        ),
        (
            "Hội nghị do ông Trần Mạnh Hà - Giám đốc và bà Lê Thu Trang đồng chủ tọa.",
            ["Trần Mạnh Hà", "Lê Thu Trang"],
        ),
        ("Dự hội nghị có đồng chí Vũ Bá Lộc; đồng chí Mã Thị Sen chủ trì hội nghị.", ["Mã Thị Sen"]),
        ("Đồng chí Mã Thị Sen, Trưởng Ban Chỉ đạo 35 huyện chủ trì hội nghị.", ["Mã Thị Sen"]),
        ("Dự họp có 9 đảng viên với sự chủ trì của đồng chí Mã Thị Sen - Bí thư.", ["Mã Thị Sen"]),
    ],
)
def test_who_chairs(text: str, chairs: list[str]) -> None:
    assert [person.name for person in in_role(text, "chair")] == chairs


@pytest.mark.parametrize(
    "text",
    [
        "Phát biểu kết luận Hội nghị, đồng chí Lê Thanh Tâm – Bí thư Đảng ủy khẳng định kết quả.",
        "Đến dự và chỉ đạo hội nghị có đồng chí Lý Bình An, Bí thư Đảng uỷ Khối.",
        "Đồng chí Nguyễn Thị Phương, Chủ tịch Công đoàn phát biểu khai mạc.",
        "Chủ tọa Hội nghị\n\nĐồng chí Lê Văn Sáu tặng hoa.",
        "Đơn vị chủ trì đề tài là Khoa Luật; đồng chí Lê Văn Sáu báo cáo.",
        "Công tác lãnh đạo, điều hành của đồng chí Lê Văn Sáu được ghi nhận.",
        "Hội nghị diễn ra dưới sự chủ trì của Đoàn chủ tịch.",
    ],
)
def test_who_opens_closes_directs_or_runs_something_else_does_not_chair(text: str) -> None:
    assert in_role(text, "chair") == []


def test_two_that_and_joins_both_speak() -> None:
    text = (
        "Bà Mã Thị Sen, Hiệu trưởng Trường Hoa Sữa và ông Vũ Bá Lộc, Tổ trưởng Tổ Toán trình bày tham luận."
    )
    assert [person.name for person in in_role(text, "presenter")] == ["Mã Thị Sen", "Vũ Bá Lộc"]


def test_guests_come_with_their_offices() -> None:
    found = in_role(
        "Tham dự Hội nghị có đồng chí Trần Đức Thái – Chủ tịch Công đoàn Tổng công ty; ông Bùi Văn Hoàng – Giám đốc. "
        "Đồng chí Đỗ Thị Lĩnh, Phó Chủ tịch UBND tỉnh đến dự.",
        "guest",
    )
    assert [(person.name, person.post) for person in found] == [
        ("Trần Đức Thái", "Chủ tịch Công đoàn Tổng công ty"),
        ("Bùi Văn Hoàng", "Giám đốc"),
        ("Đỗ Thị Lĩnh", "Phó Chủ tịch UBND tỉnh"),
    ]


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        (
            "Đến dự có Phó Chủ tịch Hội Khuyến học tỉnh Vũ Bá Lộc, Phó Chủ tịch UBND tỉnh Mã Thị Sen.",
            [("Vũ Bá Lộc", "Phó Chủ tịch Hội Khuyến học tỉnh"), ("Mã Thị Sen", "Phó Chủ tịch UBND tỉnh")],
        ),
        (
            "Đến dự có ông Vũ Bá Lộc Phó chủ tịch Hội Nông dân huyện; bà Mã Thị Sen _Bí thư Huyện đoàn.",
            [("Vũ Bá Lộc", "Phó chủ tịch Hội Nông dân huyện"), ("Mã Thị Sen", "Bí thư Huyện đoàn")],
        ),
        (
            "Các đồng chí: Vũ Bá Lộc, Chủ tịch Hội Nông dân tỉnh và Lê Văn Bình, Phó chủ tịch UBND tỉnh đến dự.",
            [("Vũ Bá Lộc", "Chủ tịch Hội Nông dân tỉnh"), ("Lê Văn Bình", "Phó chủ tịch UBND tỉnh")],
        ),
        (
            "Đến dự có đồng chí Vũ Bá Lộc UVBTV, Trưởng Ban Dân vận Huyện ủy.",
            [("Vũ Bá Lộc", "UVBTV, Trưởng Ban Dân vận Huyện ủy")],
        ),
        (
            "Đến dự có bác sĩ Vũ Bá Lộc, Giám đốc Bệnh viện đại diện Ban Giám đốc.",
            [("Vũ Bá Lộc", "Giám đốc Bệnh viện")],
        ),
    ],
)
def test_an_office_belongs_to_the_name_it_is_written_to(text: str, guests: list[tuple[str, str]]) -> None:
    assert [(person.name, person.post) for person in in_role(text, "guest")] == guests


@pytest.mark.parametrize(
    ("office", "rest"),
    [
        ("Giám đốc Sở Thông tin và Truyền thông", " dự hội nghị."),
        ("Trưởng phòng Văn hóa - Thông tin huyện", " dự hội nghị."),
        ("Trưởng phòng Phổ biến, giáo dục pháp luật", "."),
        ("Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức - Kiểm tra Đảng ủy khối", " chủ trì hội nghị."),
        ("Chính ủy Sư đoàn 5", " phát biểu."),
        ("Tổ trưởng tổ 4 - 5 Trường Tiểu học Vạn An", " trình bày tham luận."),
        ("Chủ tịch Công đoàn", " cùng 35 đại biểu tham dự."),
        ("Chủ tịch Công đoàn", " và hơn 35 đại biểu tham dự."),
        ("Hiệu trưởng nhà trường", " tái đắc cử Bí thư Chi bộ, nhiệm kỳ 2025-2028."),
        ("Trưởng khoa Dược", " vào Ban Thanh tra nhân dân."),
        ("Hiệu trưởng Trường THCS Lê Lợi (Việt Yên)", " phát biểu."),
        ("Bí thư Đảng ủy xã nhiệm kỳ 2020-2025", ", phát biểu."),
        (f"{LONG_OFFICE}, Trưởng đoàn công tác của Ban Thường vụ Tỉnh ủy", " phát biểu."),
    ],
)
def test_an_office_is_read_whole_and_no_further(office: str, rest: str) -> None:
    (person,) = people(f"Đồng chí Lê Văn An, {office}{rest}")
    assert person.post == office


def test_an_office_in_brackets_ends_with_them() -> None:
    (person,) = people("Trong đó có hộ ông Lê Văn An (Trưởng thôn Mỹ Hảo) thu hoạch cao nhất.")
    assert person.post == "Trưởng thôn Mỹ Hảo"


def test_a_long_office_before_the_name_is_read_from_its_beginning() -> None:
    (person,) = people(f"{LONG_OFFICE} Lê Văn An phát biểu.")
    assert person.post == LONG_OFFICE


def test_a_body_whose_name_holds_a_verb_of_saying_makes_nobody_speak() -> None:
    assert in_role("Đến dự có đồng chí Lê Văn An, Giám đốc Sở Thông tin và Truyền thông.", "speaker") == []


def test_who_speaks_at_the_meeting() -> None:
    found = in_role(
        "Phát biểu chỉ đạo tại Hội nghị, TS. Mạc Văn Tám - Bí thư Đảng ủy biểu dương kết quả. "
        "Phó Bí thư Tỉnh ủy Lê Thị Ái Vân nhấn mạnh ba nhiệm vụ.",
        "speaker",
    )
    assert [(person.name, person.post) for person in found] == [
        ("Mạc Văn Tám", "Bí thư Đảng ủy"),
        ("Lê Thị Ái Vân", "Phó Bí thư Tỉnh ủy"),
    ]


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    for person in people(text):
        assert text[person.at :].startswith(person.name.split()[0])


def test_everybody_named_is_there_with_office_and_roles() -> None:
    text = (
        "Đồng chí Lê Văn An, Bí thư Đảng ủy chủ trì hội nghị. TS. Đỗ Thị Thu trình bày báo cáo. "
        "Ảnh: Đồng chí Lê Văn An trao quà cho bà Mạc Thị Tám."
    )
    normal = normalize(text)
    spans = [(one.at, one.end) for one in split_sentences(text)]
    found = read_people(
        normal,
        spans,
        find_mentions(normal),
        reports=[PresentedReport(at=0, text="báo cáo", presenter="Đỗ Thị Thu")],
        recipients=[Recipient(at=0, text="Đỗ Thị Thu")],
        elected=[Elected(name="Lê Văn An", at=9)],
    )
    assert [(one.name, one.post, one.roles) for one in found] == [
        ("Lê Văn An", "Bí thư Đảng ủy", ("chair", "elected")),
        ("Đỗ Thị Thu", None, ("presenter", "awarded")),
        ("Mạc Thị Tám", None, ("other",)),
    ]


@pytest.mark.parametrize(
    ("text", "meeting", "roles"),
    [
        ("Đồng chí Lê Văn An khẳng định phong trào có kết quả.", True, ("speaker",)),
        ("Đồng chí Lê Văn An khẳng định phong trào có kết quả.", False, ("other",)),
        ("Đồng chí Lê Văn An chia sẻ: “Tôi rất vui”.", True, ("other",)),
        ("Báo cáo tại hội nghị, ông Lê Văn An cho biết số thu tăng.", True, ("presenter",)),
        ("Đại hội đã bầu đoàn đại biểu dự đại hội cấp trên gồm ông Lê Văn An.", True, ("other",)),
        ("Ông Lê Văn An, Giám đốc Sở tham dự và phát biểu chỉ đạo hội nghị.", True, ("guest", "speaker")),
        ("Tham luận tại hội nghị, ông Lê Văn An nêu một số kinh nghiệm.", True, ("presenter",)),
        ("Phó Chủ tịch HĐND tỉnh Trần Xuân Vinh đến dự.", True, ("guest",)),
    ],
)
def test_who_only_tells_a_newspaper_something_speaks_at_no_meeting(
    text: str, meeting: bool, roles: tuple[Role, ...]
) -> None:
    normal = normalize(text)
    spans = [(one.at, one.end) for one in split_sentences(text)]
    (person,) = read_people(normal, spans, find_mentions(normal), meeting=meeting)
    assert person.roles == roles
