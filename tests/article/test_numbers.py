"""Numbers that may count: every notation, with its value, total and unit; and what holds for any text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.article.numbers import Number
from summarizer.sources.document import Document
from tests.marked import number_in, numbers_of, unmark

GOLD = Path(__file__).parents[2] / "evals" / "gold"


@pytest.mark.parametrize(
    ("snippet", "value"),
    [
        # leading zeros, and the thousands of a dot
        ("có ⟨02⟩ tổ chức đảng", 2),
        ("khen ⟨0⟩ giải nhì", 0),
        ("với ⟨6481⟩ học viên", 6481),
        ("16 lớp với ⟨2.157⟩ học viên", 2157),
        ("trồng ⟨2.118.999⟩ cây xanh", 2118999),
        ("hơn ⟨12 000⟩ người", 12000),
        # decimals, by their own shape
        ("đạt ⟨6.481,5⟩ ha", 6481.5),
        ("rộng ⟨1,234⟩ ha", 1.234),
        ("có ⟨1,234⟩ học sinh", 1234),
        ("thu ⟨1,234.5⟩ kg", 1234.5),
        ("đạt ⟨6,5⟩ tấn/ha", 6.5),
        # glued units and other spaces
        ("trồng ⟨12⟩ha rừng", 12),
        ("ủng hộ ⟨300⟩kg gạo", 300),
        ("xây ⟨120⟩ m2 sân", 120),
        ("⟨02⟩đảng viên", 2),
        ("có⟨5⟩ đảng viên", 5),
        ("có\u00a0⟨12⟩\u00a0chi bộ", 12),
        ("có \u2009⟨12⟩\u3000 chi bộ", 12),
        ("có ⟨１２⟩ chi bộ", 12),
        # thousands and millions in words behind the digits
        ("đón ⟨2⟩ triệu lượt khách", 2_000_000),
        ("⟨5⟩ nghìn hộ dân", 5_000),
        ("⟨3⟩ vạn người", 30_000),
        ("đại diện ⟨1,3⟩ triệu công nhân", 1_300_000),
        ("⟨5⟩ triệu đồng bào", 5_000_000),
        ("xuất khẩu ⟨3,2⟩ triệu lượt", 3_200_000),
        # beside another, or behind what only looks like a document, a sum, a base of a rate
        ("thi hành kỷ luật ⟨6⟩ tổ chức đảng", 6),
        ("kết luận ⟨1⟩ tổ chức và 6 đảng viên có vi phạm", 1),
        ("khởi tố 54 vụ/⟨73⟩ bị can", 73),
        ("giải quyết 1.324 việc/⟨2.739⟩ việc", 2_739),
        ("khen 8 đảng viên/⟨10⟩ đảng viên", 10),
        ("có ⟨5⟩ tỷ lệ khác nhau", 5),
        # one group of three behind a space, where a verb leads to it and a noun follows
        ("tổng số đoàn viên là ⟨1 245⟩ đồng chí", 1245),
        # a medal, and stars that are children
        ("đoạt 01 Vàng, ⟨5⟩ Đồng", 5),
        ("có ⟨05⟩ sao nhi đồng", 5),
        # said again in words
        ("có ⟨05⟩ (năm) chi bộ", 5),
        # nouns before the number
        ("BGH 02, giáo viên ⟨31⟩, nhân viên 05", 31),
        ("Tổng số lớp: ⟨22⟩", 22),
        ("Đại biểu ⟨145⟩ người", 145),
        ("Chiến sĩ thi đua cơ sở ⟨12⟩", 12),
        ("sĩ số ⟨35⟩", 35),
        ("loại giỏi (⟨46⟩), khá (89)", 46),
        ("thu ⟨15⟩ bài dự thi", 15),
        # đồng chí, dates' and names' look-alikes
        ("bầu ⟨05⟩ đ/c vào BTV", 5),
        ("gồm ⟨12⟩ đ.c", 12),
        ("⟨5⟩ đồng chí", 5),
        ("năm 2021 có ⟨5⟩ chi bộ", 5),
        ("có ⟨2021⟩ đảng viên", 2021),
        ("trồng ⟨2000⟩ cây xanh", 2000),
        ("tổ 1 gồm ⟨36⟩ đại biểu", 36),
        ("chi bộ ⟨15⟩ đảng viên", 15),
        ("cấp ⟨371⟩ thẻ hội viên mới", 371),
        ("gồm ⟨12⟩ cấp hội huyện", 12),
        ("cấp phòng ⟨07⟩ lớp với 740 học viên", 7),
        ("công đoàn cơ sở ⟨16⟩ lớp", 16),
        ("toàn TP có 9.988 thôn, tổ dân phố (⟨2.584⟩ thôn)", 2584),
        ("quận 5 và ⟨23⟩ phường thuộc 5 quận", 23),
        ("phục vụ ⟨150⟩ lượt khách", 150),
        ("triệu tập ⟨145⟩ đại biểu", 145),
        ("ban hành quyết định ⟨5⟩ đồng chí", 5),
        ("tuyến đường ⟨12⟩ km", 12),
        ("mỗi lớp ⟨35⟩ học sinh", 35),
        ("tặng nhà trường ⟨5⟩ bộ máy tính", 5),
        ("tặng trường ⟨2⟩ máy tính", 2),
        ("tặng thôn ⟨3⟩ cây xanh", 3),
        ("xuất bản ⟨04⟩ số Bản tin", 4),
        ("Khối 6 ⟨120⟩ học sinh", 120),
        ("một trong ⟨17⟩ chi, đảng bộ", 17),
        ("là 1 trong ⟨10⟩ đơn vị dẫn đầu", 10),
        # nouns that look abstract, or like a span of time
        ("hoàn thành ⟨234⟩ nhiệm vụ", 234),
        ("trong đó có ⟨05⟩ nhiệm vụ HTTNV", 5),
        ("Trung cấp LLCT ⟨12⟩", 12),
        ("tại huyện Tân Lạc ⟨2⟩ công trình", 2),
        ("trao ⟨50⟩ phần quà", 50),
        ("góp ⟨300⟩ ngày công", 300),
        ("tại ⟨5⟩ điểm cầu", 5),
        ("⟨3⟩ điểm trường", 3),
        ("dạy ⟨45⟩ giờ dạy giỏi", 45),
        ("hiến máu ⟨15⟩ lần", 15),
        ("xếp loại: ⟨12⟩ tốt, 5 khá", 12),
        ("⟨9⟩ giải pháp sáng tạo", 9),
    ],
)
def test_a_count_has_its_value_whatever_its_notation(snippet: str, value: float) -> None:
    number = number_in(snippet)
    assert (number.value, number.total, number.unit, number.reason) == (value, None, "count", None)


@pytest.mark.parametrize(
    ("snippet", "value"),
    [
        ("tổng kinh phí ⟨189, 8⟩ tỷ đồng", 189_800_000_000),
        ("đạt ⟨1.189, 8⟩ tỷ đồng", 1_189_800_000_000),
        ("vận động ⟨250,\u00a05⟩ triệu đồng", 250_500_000),
        ("đón ⟨120, 6⟩ triệu lượt khách", 120_600_000),
    ],
)
def test_a_blank_behind_a_decimal_comma_is_a_slip_before_a_great_unit(snippet: str, value: float) -> None:
    assert number_in(snippet).value == value


@pytest.mark.parametrize(
    ("snippet", "values"),
    [
        # two numbers, the second with a noun of its own
        ("có ⟨189⟩, 8 người", [189, 8]),
        ("gồm ⟨120⟩, 5 nghìn hộ", [120, 5_000]),
        # sums in a row with one unit
        ("thưởng ⟨5⟩, 3 triệu đồng", [5, 3_000_000]),
        ("thưởng ⟨10⟩, 7, 5 triệu đồng", [10, 7, 5_000_000]),
        ("tặng ⟨100⟩, 50 triệu đồng", [100, 50_000_000]),
        ("tặng ⟨200⟩, 300 triệu đồng", [200, 300_000_000]),
        # the number of a document, a place, a year, and a sum behind it
        ("theo Chương trình ⟨135⟩, 8 tỷ đồng", [135, 8_000_000_000]),
        ("theo Nghị định ⟨116⟩, 2 tỷ đồng", [116, 2_000_000_000]),
        ("dọc quốc lộ ⟨217⟩, 5 tỷ đồng", [217, 5_000_000_000]),
        ("năm ⟨2018⟩, 8 tỷ đồng", [2018, 8_000_000_000]),
        # a blank behind a thousands point is as well the end of a sentence, or a list's mark
        ("Số chi bộ là ⟨12⟩. 135 đảng viên dự", [12, 135]),
        ("⟨4⟩. 100 viên chức không vi phạm", [4, 100]),
    ],
)
def test_other_numbers_beside_a_comma_or_a_point_stay_two(snippet: str, values: list[float]) -> None:
    text, at, _ = unmark(snippet)
    assert [number.value for number in numbers_of(text) if number.at >= at] == values


@pytest.mark.parametrize(
    ("snippet", "value", "total"),
    [
        ("có ⟨1/5⟩ chi bộ", 1, 5),
        ("⟨09/41⟩ đảng viên hoàn thành xuất sắc", 9, 41),
        ("⟨17 /18⟩ chi bộ", 17, 18),
        ("⟨351/467⟩ trường đạt chuẩn", 351, 467),
        ("kết nạp được ⟨821/1.450⟩ chỉ tiêu", 821, 1450),
        ("⟨30/45⟩ đảng viên", 30, 45),
        ("có ⟨30/4⟩ đảng viên", 30, 4),
        ("xây dựng ⟨5/3⟩ căn nhà tình thương", 5, 3),
        ("⟨5/9⟩ tiêu chí", 5, 9),
        ("Đại hội của ⟨21/25⟩ đảng bộ", 21, 25),
        ("với số phiếu ⟨120/122⟩", 120, 122),
        ("hoàn thành ⟨15/15⟩ nhiệm vụ", 15, 15),
        ("đạt ⟨24/24⟩ tiêu chí", 24, 24),
        ("tốt nghiệp: ⟨142/142⟩ em, đạt 100%", 142, 142),
    ],
)
def test_a_fraction_has_a_count_and_a_total(snippet: str, value: float, total: float) -> None:
    number = number_in(snippet)
    assert (number.value, number.total, number.unit, number.reason) == (value, total, "count", None)


@pytest.mark.parametrize(
    ("snippet", "value", "unit"),
    [
        ("tỉ lệ ⟨75,2⟩%", 75.2, "percent"),
        ("đạt tỷ lệ ⟨22.4⟩  %.", 22.4, "percent"),
        ("đạt ⟨99.0⟩%", 99, "percent"),
        ("đạt ⟨55.05⟩%", 55.05, "percent"),
        ("đạt ⟨70⟩ %", 70, "percent"),
        ("đạt ⟨21⟩,% dân số", 21, "percent"),
        ("đạt ⟨100⟩ phần trăm", 100, "percent"),
        ("tăng ⟨0,125⟩%", 0.125, "percent"),
        ("⟨85⟩ – 90% đảng viên", 85, "percent"),
        ("số tiền ⟨2.300⟩ tỷ đồng", 2_300_000_000_000, "money"),
        ("gần ⟨13,4⟩ tỷ đồng", 13_400_000_000, "money"),
        ("mức ⟨500.000⟩ đồng", 500_000, "money"),
        ("mức ⟨500.000⟩đ/tháng", 500_000, "money"),
        ("mức ⟨500.000⟩ VNĐ", 500_000, "money"),
        ("quỹ ⟨1.400.000⟩đ.", 1_400_000, "money"),
        ("quỹ ⟨1 250 000⟩ đồng", 1_250_000, "money"),
        ("thu ⟨1 tỷ 200⟩ triệu đồng", 1_200_000_000, "money"),
        ("thu ⟨1,5⟩ triệu đồng/người", 1_500_000, "money"),
        ("đầu tư ⟨12⟩ nghìn tỷ đồng", 12_000_000_000_000, "money"),
        ("đầu tư ⟨487⟩ tỉ để tu bổ", 487_000_000_000, "money"),
        ("thưởng ⟨5⟩ triệu, giấy khen", 5_000_000, "money"),
        ("lợi nhuận ⟨4,450⟩ tỷ đồng", 4_450_000_000, "money"),
        ("hỗ trợ ⟨3,5⟩trđ", 3_500_000, "money"),
        ("chi ⟨2⟩ tỷ rưỡi đồng", 2_500_000_000, "money"),
        ("từ ⟨3⟩ đến 5 triệu đồng", 3_000_000, "money"),
        ("vé ⟨500⟩k", 500_000, "money"),
        ("thu nhập bình quân ⟨3.700.000⟩ người/tháng", 3_700_000, "money"),
        ("số tiền ⟨5.000.000⟩ (năm triệu đồng)", 5_000_000, "money"),
        ("hỗ trợ được ⟨14.000.000⟩ cho giáo viên", 14_000_000, "money"),
    ],
)
def test_percent_and_money_have_their_unit(snippet: str, value: float, unit: str) -> None:
    number = number_in(snippet)
    assert (number.value, number.unit, number.reason) == (value, unit, None)


@pytest.mark.parametrize(
    ("snippet", "tail"),
    [
        ("tỉ lệ ⟨75,2⟩%, vượt", "%"),
        ("đạt ⟨22.4⟩  %.", "  %"),
        ("số tiền ⟨53⟩ tỷ đồng.", " tỷ đồng"),
        ("đón ⟨2⟩ triệu lượt khách", " triệu"),
        ("có ⟨2⟩ chi bộ", ""),
        ("trồng ⟨12⟩ha", ""),
    ],
)
def test_the_tail_is_the_unit_that_belongs_to_the_value(snippet: str, tail: str) -> None:
    text, _, _ = unmark(snippet)
    number = number_in(snippet)
    assert text[number.end : number.tail] == tail


@pytest.mark.parametrize(
    ("snippet", "qualifier"),
    [
        ("trên ⟨200⟩ đại biểu", "trên"),
        ("Gần ⟨120⟩ hộ", "Gần"),
        ("Không quá ⟨10⟩ đại biểu", "Không quá"),
        ("ít nhất ⟨14⟩ giải", "ít nhất"),
        ("đạt ⟨85⟩% trở lên", "trở lên"),
        ("vốn ⟨5⟩ tỷ đồng trở xuống", "trở xuống"),
        ("có 2 đến ⟨3⟩ giải", "đến"),
        ("75% đến ⟨80⟩% hộ", "đến"),
        ("thu hút đến ⟨30⟩ giải", None),
        ("năm 2023 tới ⟨30⟩ giải", None),
        ("có ⟨5⟩ chi bộ tốt trở lên", None),
        ("tặng ⟨14⟩ giải", None),
        ("bên trên, ⟨14⟩ giải", None),
    ],
)
def test_a_word_that_bounds_the_value_is_kept_as_written(snippet: str, qualifier: str | None) -> None:
    assert number_in(snippet).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("từ 3 đến 5 đảng viên", [("3", 3), ("5", 5)]),
        ("7-8 giáo viên", [("7", 7), ("8", 8)]),
        ("từ 15 lên 20 lớp", [("15", 15), ("20", 20)]),
        ("từ 10 - 12% hộ", [("10", 10), ("12", 12)]),
        ("giảm từ 12,5% xuống còn 8,3%", [("12,5", 12.5), ("8,3", 8.3)]),
    ],
)
def test_a_range_is_two_numbers(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(number.text, number.value) for number in numbers_of(text) if number.reason is None] == expected


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLD.glob("*[!s].json")))
def test_every_labelled_count_of_an_article_may_count_and_nothing_else(name: str) -> None:
    gold = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    article = GOLD.parent / "articles" / gold["article"]
    text = article.read_bytes().decode("utf-8")
    found = {
        (number.at, number.text, number.value, number.total, number.unit)
        for number in take_apart(Document("bài.txt", text)).numbers
        if number.reason is None
    }
    labelled = {
        tuple(count[key] for key in ("at", "text", "value", "total", "unit")) for count in gold["counts"]
    }
    assert found == labelled


def test_numbers_in_boilerplate_count_nothing_but_a_posting_date_stays_a_date() -> None:
    text = "Thứ 5, 16/07/2020 | 16:40\nLượt xem: 1.284\nTrường có 21 lớp."
    numbers = take_apart(Document("bài.txt", text)).numbers
    assert [(number.text, number.reason) for number in numbers] == [
        ("5", "page_chrome"),
        ("16/07/2020", "date"),
        ("16:40", "time"),
        ("1.284", "page_chrome"),
        ("21", None),
    ]


FRAGMENTS = (
    "ngày tháng năm 1 2 12 2020 2021 - – / . , ( ) % đồng tỷ triệu nghìn chi bộ đảng viên hai ba mười trăm linh lẻ "
    "mươi lớp tổ số Nghị quyết NQ/TU Covid -19 \x00 \ud800 \u0301 \u200b １２ ² ½ ٣ 𝟗 ① İ ß ﬁ T5 m2 h 30 : ; đến và "
    "đ đ/c https://a.b/1 0912345678 000 1.234 1,2 3.4.5 rưỡi GMT+7 điểm tuổi lần (1) 1. 2) tuổi bình quân là"
)
PIECES = st.sampled_from([*FRAGMENTS.split(" "), " ", "\n", "\r\n", "\xa0", "\n\n"])
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES).map(" ".join)
)


def _values(numbers: list[Number]) -> list[tuple[float, float | None, str, str | None]]:
    return [(number.value, number.total, number.unit, number.reason) for number in numbers]


@given(TEXTS)
@example("GMT+7\u0301")
@example("9" * 5000)
def test_every_number_stands_where_it_says_and_none_overlap(text: str) -> None:
    reached = 0
    for number in numbers_of(text):
        assert number.at >= reached
        assert number.text
        assert text[number.at : number.end] == number.text
        assert number.tail >= number.end
        assert json.loads(json.dumps(number.value, allow_nan=False)) == number.value
        reached = number.tail


@given(TEXTS, st.sampled_from(["Hội nghị.\n\n", "  \n\n", "Chi bộ họp.\r\n\n"]))
def test_what_stands_before_a_text_only_shifts_its_numbers(text: str, prefix: str) -> None:
    alone, behind = numbers_of("\n\n" + text), numbers_of(prefix + "\n\n" + text)
    assert [(number.at, number.text, number.reason) for number in behind] == [
        (number.at + len(prefix), number.text, number.reason) for number in alone
    ]


ARTICLE = (
    "Năm 2020 có 1/5 chi bộ, 09/41 đảng viên (đạt 22,4 %) và hai đồng chí; quỹ 2.300 tỷ đồng, trên 2 triệu lượt "
    "người; Nghị quyết số 08-NQ/TU ngày 11/11/2016, khóa 12, lớp 8, 9; Chi bộ 1; lúc 16:44; 05 năm; Covid-19."
)


@pytest.mark.parametrize("form", ["NFD", "NFKD", "NFC", "NFKC"])
def test_the_unicode_form_changes_no_value_and_no_reason(form: str) -> None:
    written = unicodedata.normalize(form, ARTICLE)  # type: ignore[arg-type]
    numbers = numbers_of(written)
    assert _values(numbers) == _values(numbers_of(ARTICLE))
    assert all(written[number.at : number.end] == number.text for number in numbers)


def test_no_break_spaces_and_capitals_change_no_value_and_no_reason() -> None:
    numbers = _values(numbers_of(ARTICLE))
    assert _values(numbers_of(ARTICLE.replace(" ", "\u00a0"))) == numbers
    assert _values(numbers_of(ARTICLE.replace(" ", "  "))) == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sản lượng 153 ngàn tấn", [("153", 153_000, "count", None)]),
        ("sản lượng 2,7 triệu tấn lúa", [("2,7", 2_700_000, "count", None)]),
        ("tài trợ 2 triệu USD", [("2", 2_000_000, "money", "USD")]),
        ("tài trợ 1,2 triệu đô la Mỹ", [("1,2", 1_200_000, "money", "USD")]),
        ("tài trợ $5,000", [("5,000", 5_000, "money", "USD")]),
        ("tài trợ €20 và 300 euro", [("20", 20, "money", "EUR"), ("300", 300, "money", "EUR")]),
        ("thu 10.000 yên", [("10.000", 10_000, "money", "JPY")]),
        ("thu 123456789012345678 đồng", [("123456789012345678", 123456789012345678, "money", None)]),
        ("có 12[1] chi bộ", [("12", 12, "count", None)]),
        ("có 345* đảng viên", [("345", 345, "count", None)]),
        ("có 7(*) đoàn viên", [("7", 7, "count", None)]),
        ("có năm (05) chi bộ", [("năm", 5, "count", None)]),
        ("kết nạp hai mươi ba (23) đảng viên", [("hai mươi ba", 23, "count", None)]),
        ("có 3\u200b45 đảng viên", [("3\u200b45", 345, "count", None)]),
        ("có 12\ufeff chi bộ", [("12", 12, "count", None)]),
        ("tổng số 12 345 đảng viên", [("12 345", 12_345, "count", None)]),
        ("kết nạp hai ba đảng viên", []),
        ("doanh thu tăng 1,35 lần", []),
        ("vượt 14 bậc so với năm trước", []),
        ("đạt 56 - 60/60 điểm", []),
        ("nằm trong tốp 5", []),
        ("cứ 7,32 học sinh", []),
        ("có l5 đảng viên", []),
        ("Ngày 15-01-21, Đảng ủy họp", []),
        ("Ngày 15 tháng Tư", []),
    ],
)
def test_what_is_written_counts_so_much(text: str, expected: list[tuple[str, int, str, str | None]]) -> None:
    counts = [number for number in numbers_of(text) if number.reason is None]
    assert [(n.text, n.value, n.unit, n.currency) for n in counts] == expected
    assert all(text[n.at : n.end] == n.text for n in counts)
