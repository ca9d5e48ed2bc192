"""Numbers that count nothing, each with its reason: what the labelling guide excludes, row by row."""

from __future__ import annotations

import pytest

from tests.marked import number_in, numbers_of


@pytest.mark.parametrize(
    "snippet",
    [
        "ngày ⟨03 tháng 02 năm 2021⟩",
        "ngày ⟨26-01-2022⟩, tại",
        "Ngày đăng: ⟨01/02/2021⟩",
        "Sáng ngày ⟨11/8⟩, Sở tổ chức",
        "Sáng ⟨2/7⟩, bà Nguyễn Thị Yến",
        "chào mừng ngày ⟨30/4⟩, 1/5",
        "chào mừng ngày 30/4, ⟨1/5⟩, bầu cử",
        "ngày quốc tế Lao động ⟨1/5⟩;",
        "kỷ niệm ⟨20/11⟩",
        "trao giải thưởng ⟨26/3⟩ tỉnh Nghệ An",
        "Ngày ⟨4⟩ & 5.3, Đảng bộ",
        "từ ⟨12/ 2018⟩ - 5/2019",
        "trong 2 ngày ⟨21⟩ và 22/6/2018",
        "diễn ra từ ngày ⟨28⟩ đến 30-6 với 550 đại biểu",
        "các ngày ⟨10⟩, 11, 12/6",
        "vào tháng ⟨6/2015⟩ - khi",
        "Tính đến tháng ⟨6 năm 2020⟩, trường",
        "tháng ⟨10⟩ và tháng 11",
        "tháng 8, ⟨9⟩",
        "ngày ⟨21⟩ hằng tháng",
        "đêm ⟨30⟩ Tết",
    ],
)
def test_dates(snippet: str) -> None:
    assert number_in(snippet).reason == "date"


@pytest.mark.parametrize(
    "snippet",
    [
        "⟨16:44 GMT+7⟩",
        "⟨07:30:00⟩",
        "lúc ⟨11h30⟩",
        "từ ⟨7g30⟩",
        "⟨19 giờ 30⟩",
        "⟨08 giờ 00⟩",
        "lúc ⟨8⟩ giờ",
        "⟨8⟩ giờ sáng",
        "⟨14h⟩ ngày 5/3",
        "14:20 28/09/2023 GMT+⟨7⟩",
    ],
)
def test_times(snippet: str) -> None:
    assert number_in(snippet).reason == "time"


@pytest.mark.parametrize(
    "snippet",
    [
        "năm ⟨2020⟩",
        "Phấn đấu năm ⟨2025⟩ tỷ lệ đảng viên mới đạt 7%",
        "Năm ⟨2020⟩ đảng viên",
        "NĂM ⟨2020⟩VÀ TRIỂN KHAI",
        "tổng kết ⟨2020⟩, triển khai nhiệm vụ 2021",
        "trong năm 2021, ⟨2022⟩",
        "đến ⟨2025⟩",
        "chậm hơn ⟨2018⟩, song",
        "so với cùng kỳ ⟨2019⟩",
        "Kế hoạch (⟨2018⟩)",
        "quý I/⟨2021⟩",
        "Trong năm ⟨20⟩-18 toàn xã",
        "Trong năm 20-⟨18⟩ toàn xã",
        "Tháng Thanh niên ⟨2019⟩",
    ],
)
def test_years(snippet: str) -> None:
    assert number_in(snippet).reason == "year"


@pytest.mark.parametrize(
    "snippet",
    [
        "nhiệm kỳ ⟨2020-2025⟩",
        "nhiệm kỳ ⟨2022 – 2025⟩",
        "năm học ⟨2016 – 2017⟩",
        "Năm học ⟨2018- 2019⟩ trường tiếp tục đạt",
        "năm học ⟨2019/2020⟩",
        "nhiệm kỳ (⟨2018-2013⟩)",
        "nhiệm kỳ ⟨2107-2022⟩",
        "giai đoạn ⟨2015 – 2202⟩",
        "quý ⟨2⟩ năm 2021",
    ],
)
def test_periods(snippet: str) -> None:
    assert number_in(snippet).reason == "period"


@pytest.mark.parametrize(
    "snippet",
    [
        "⟨05⟩ năm thực hiện",
        "⟨60⟩ năm thành lập",
        "trong ⟨2⟩ ngày 21",
        "sau ⟨3⟩ tháng",
        "⟨6⟩ tháng đầu năm",
        "⟨90⟩ phút",
        "Huy hiệu ⟨30⟩ năm tuổi Đảng",
        "Huy hiệu ⟨40⟩, 30 năm tuổi Đảng",
        "⟨05⟩ năm/lần",
        "⟨2⟩ lần/năm",
        "⟨2⟩ buổi/ngày",
        "1 tuần ⟨2⟩ buổi",
        "từ ⟨2⟩-3 năm",
        "trực ⟨24/24⟩ giờ",
        "mở cửa ⟨24/7⟩",
    ],
)
def test_durations_and_frequencies(snippet: str) -> None:
    assert number_in(snippet).reason == "duration"


@pytest.mark.parametrize(
    "snippet",
    [
        "lần thứ ⟨2⟩",
        "xếp thứ ⟨12/32⟩ trường",
        "nhiều chỉ số xếp thứ ⟨1,2⟩ trong toàn",
        "hạng ⟨3⟩",
        "top ⟨10⟩",
        "khóa ⟨12⟩",
        "lớp ⟨8⟩, 9",
        "lớp 8, ⟨9⟩",
        "lớp ⟨678⟩",
        "khối lớp ⟨2⟩ và lớp 6",
        "khối ⟨6⟩, 7, 8",
        "lớp ⟨6/1⟩ và 9/4",
        "lớp 6/1 và ⟨9/4⟩",
        "Toán ⟨6⟩",
        "tiếng Việt ⟨1⟩",
        "cấp ⟨2⟩",
        "Đại hội ⟨13⟩",
        "Đại hội ⟨6⟩ nhiệm kỳ 2019-2024",
        "vòng ⟨2⟩",
        "giai đoạn ⟨2⟩",
        "đợt ⟨1⟩",
        "học kỳ ⟨2⟩",
        "tầng ⟨7⟩ nhà T5",
        "lầu ⟨6⟩ Chi Cục Thuế",
        "số ⟨1⟩ của huyện",
        "đứng số ⟨1⟩ toàn huyện",
        "chuẩn quốc gia mức độ ⟨2⟩",
        "thế kỷ ⟨21⟩",
        "Ảnh ⟨1⟩.",
    ],
)
def test_ordinals(snippet: str) -> None:
    assert number_in(snippet).reason == "ordinal"


@pytest.mark.parametrize(
    "snippet",
    [
        "Nghị quyết số ⟨08-NQ/TU⟩",
        "Chỉ thị ⟨05-CT/TW⟩",
        "Chỉ thị số ⟨05 - CT/TW⟩",
        "kết luận số ⟨19 KL/TW⟩",
        "Nghị quyết ⟨35⟩ của Bộ Chính trị",
        "chị thị ⟨08⟩ của Thủ tướng",
        "Thông tư số ⟨22⟩",
        "Đề án ⟨06⟩",
        "Nghị quyết Trung ương ⟨4⟩ (khóa XII)",
        "Nghị quyết Trung ương 4, ⟨5⟩, 6 khóa XII",
        "Điều ⟨12⟩",
        "Kế hoạch số ⟨91-KH/TU⟩",
        "Thông tư ⟨22/2016/TT-BGDĐT⟩",
        "Luật số ⟨12/2017/QH14⟩",
        "Quyết định số: ⟨45/QĐ⟩",
        "Quyết định ⟨1133⟩ của Thủ tướng",
        "Chương trình ⟨135⟩",
        "Số:   ⟨169   /BC-XDTCQG⟩",
        "thực hiện NQ TƯ ⟨4⟩ khóa 12",
    ],
)
def test_documents(snippet: str) -> None:
    assert number_in(snippet).reason == "document"


@pytest.mark.parametrize(
    "snippet",
    [
        "Chi bộ ⟨1⟩",
        "Chi bộ ⟨2⟩ trực thuộc Đảng bộ",
        "Chi bộ ⟨2⟩ hoạt động tốt",
        "Chi bộ 1, ⟨2⟩ và 3",
        "Trường Tiểu học số ⟨2⟩ Hòa Bình",
        "dịch Covid-⟨19⟩",
        "dịch Covid – ⟨19⟩",
        "tổ ⟨1⟩ gồm 36 đại biểu",
        "trưởng đoàn ⟨95⟩ chỉ đạo phong trào",
        "Tổ dân phố ⟨5⟩",
        "khu phố ⟨3⟩",
        "Công ty ⟨20⟩",
        "Bệnh viện ⟨108⟩",
        "các quận ⟨1⟩, 3, 5",
        "nhà T⟨5⟩",
        "phát biểu tại hội nghị_⟨0⟩.jpg",
        "tại phòng họp A.⟨905⟩",
        "ảnh anh ⟨12⟩.png",
        "images⟨1180140⟩ công tác",
        "Nhà máy thủy điện Sông Tranh ⟨2⟩ cho người lao động",
        "U⟨23⟩ Việt Nam",
        "lớp ⟨10⟩A1",
        "quốc lộ ⟨1⟩A",
        "cách mạng công nghiệp ⟨4.0⟩",
        "phong trào “⟨3⟩ đảm đang”",
        "“5 xây, ⟨3⟩ chống”",
        "“Học sinh ⟨3⟩ rèn luyện”",
        "sinh viên ⟨5⟩ tốt",
        "cụm công đoàn số ⟨1⟩ nhiệm kỳ",
        "vụ ⟨4⟩ ban Nội chính",
        "Đảng bộ xã Tam Xuân ⟨2⟩ tổ chức Đại hội",
        "tại số ⟨225⟩ khu phố 4",
        "mô hình liên kết ⟨4⟩ nhà trong chăn nuôi",
        "khen 30 đoàn viên ⟨3⟩ tốt",
        "ra mắt “Câu lạc bộ trồng mận ⟨02⟩ tỷ đồng” tại xã",
    ],
)
def test_names(snippet: str) -> None:
    assert number_in(snippet).reason == "name"


@pytest.mark.parametrize(
    "snippet",
    [
        "liên kết ⟨4⟩ nhà máy đường",
        "ủng hộ “Câu lạc bộ trồng mận” ⟨02⟩ tỷ đồng",
        "Hội nghị nhắc “thu quỹ ⟨02⟩ tỷ đồng”",
    ],
)
def test_what_only_looks_like_a_name_is_counted(snippet: str) -> None:
    assert number_in(snippet).reason is None


@pytest.mark.parametrize(
    "snippet",
    [
        "ba ý chính: (⟨1⟩) Nhiệm vụ",
        "(1) Một; (⟨2⟩) hai",
        "⟨1⟩. Công tác",
        "Danh sách:\n⟨12⟩. Đồng chí Trần Quốc Bình",
        "⟨1.1⟩. Kết quả",
        "⟨1.2⟩ Kết quả",
        "⟨2⟩/ Công tác đoàn",
        "Nội dung\n⟨3⟩) Khác",
        "Kế hoạch: 1. Kết nạp. ⟨2⟩. Tổ chức",
        "I.⟨1⟩. Công tác",
        "gồm: 1) Ông Quảng - Chủ tịch ⟨2⟩) Ông Tuyên",
        "nhân lực.  ⟨3.2⟩. Thực trạng",
    ],
)
def test_list_marks(snippet: str) -> None:
    assert number_in(snippet).reason == "list_mark"


@pytest.mark.parametrize(
    "snippet",
    [
        "Điện thoại: ⟨0255 3822 115⟩",
        "ĐT: ⟨0912.345.678⟩",
        "liên hệ ⟨0912345678⟩",
        "+⟨84 912 345 678⟩",
        "xem https://abc.vn/⟨12⟩/34.html",
        "www.abc.vn/⟨2020⟩",
        "MST: ⟨0101248141⟩",
        "ĐT: (⟨0236) 3 555 021⟩",
        "Đường dây nóng: ⟨1900 9095⟩",
    ],
)
def test_contacts(snippet: str) -> None:
    assert number_in(snippet).reason == "contact"


@pytest.mark.parametrize(
    "snippet",
    [
        "đạt ⟨8,5⟩ điểm",
        "điểm trung bình các môn thi đạt ⟨6,48⟩",
        "điểm TB: ⟨7,2⟩",
        "⟨27,5/30⟩ điểm",
        "đạt ⟨8,5⟩đ",
        "tỷ số ⟨2⟩-1",
        "tỷ số 2-⟨1⟩",
        "thắng ⟨3⟩-0",
        "đạt ⟨4⟩ sao",
    ],
)
def test_scores(snippet: str) -> None:
    assert number_in(snippet).reason == "score"


@pytest.mark.parametrize(
    "snippet", ["điểm trung bình ⟨4⟩ môn = 5,5 điểm", "điểm bình quân ⟨3⟩ bài thi là 7,5"]
)
def test_what_a_mark_is_the_mean_of_is_counted(snippet: str) -> None:
    assert number_in(snippet).reason is None


@pytest.mark.parametrize(
    "snippet",
    [
        "⟨8⟩ nhiệm vụ trọng tâm",
        "⟨5⟩ nội dung",
        "⟨3⟩ nhóm giải pháp",
        "⟨4⟩ vấn đề",
        "gồm ⟨4⟩ phần",
        "⟨3⟩ khâu đột phá",
        "gồm ⟨14⟩ mục sau đây",
    ],
)
def test_words_that_only_announce_a_list(snippet: str) -> None:
    assert number_in(snippet).reason == "abstract"


@pytest.mark.parametrize(
    "snippet",
    [
        "⟨35⟩ tuổi",
        "từ ⟨18⟩ đến 25 tuổi",
        "độ tuổi bình quân của cấp uỷ là ⟨49,8⟩; của",
        "độ tuổi bình quân là 49,8; của uỷ viên là ⟨51,4⟩ và của bí thư là 52,4",
        "60 tạ trên ⟨1⟩ ha",
        "triệu đồng/⟨1⟩ người",
        "5,83 vụ/⟨10.000⟩ dân",
        "họp 1 quý/⟨1⟩ lần",
        "tăng khoảng ⟨1,5⟩ lần",
        "tăng ⟨1,5⟩ lần",
        "là ⟨1⟩ trong 10 đơn vị",
        "thảo luận ⟨1⟩ số tồn tại",
        "tệp không quá ⟨10⟩MB",
        "trao huy hiệu ⟨50⟩, 45 và 40 tuổi đảng",
        "trao huy hiệu 50, ⟨45⟩ và 40 tuổi đảng",
        "82,33 triệu người [⟨1⟩]",
    ],
)
def test_ages_bases_and_factors(snippet: str) -> None:
    assert number_in(snippet).reason == "other"


@pytest.mark.parametrize(
    "text",
    ["Đại hội XIII", "học kỳ I", "khóa XVII, nhiệm kỳ tới", "quý I và quý II", "Huân chương hạng Ba"],
)
def test_roman_numerals_are_no_numbers(text: str) -> None:
    assert numbers_of(text) == []
