"""What a number counts, by the table alone: each case is a sentence and what each of its numbers is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.rules.counts import find_candidates
from summarizer.sources.document import Document


def meanings(text: str) -> list[tuple[str, str, str | None]]:
    candidates = find_candidates(take_apart(Document("text", text)))
    return [(one.number.text, one.meaning.subject, one.meaning.grade) for one in candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the noun right behind the number
        (
            "Có 02 tổ chức đảng và 12 chi bộ.",
            [("02", "party_organization", None), ("12", "party_cell", None)],
        ),
        ("Cử 09 lượt giảng viên đi học.", [("09", "staff", None)]),
        ("Có 18 lượt tham gia.", [("18", "event", None)]),
        ("Kết nạp 8 giải nhì, 5 nhất.", [("8", "award", None), ("5", "award", None)]),
        ("Trồng 12ha rừng.", [("12", "other", None)]),
        # a share that has a title is one of those that the title names
        (
            (
                "Xây dựng 100% chi hội trong sạch vững mạnh; 98% đạt hội viên gương mẫu. "
                "Có 12 thôn mới, 90% đạt danh hiệu gia đình văn hóa."
            ),
            [
                ("100", "collective", "clean_strong"),
                ("98", "union_member", None),
                ("12", "other", None),
                ("90", "individual", None),
            ],
        ),
        # grades behind the noun, quoted or not, abbreviated or not
        (
            (
                "27 đảng viên “Hoàn thành Xuất sắc nhiệm vụ”, 145 đảng viên “Hoàn thành Tốt nhiệm vụ”, "
                "04 đảng viên “Hoàn thành nhiệm vụ” và 01 đảng viên “Không xếp loại”."
            ),
            [
                ("27", "party_member", "excellent"),
                ("145", "party_member", "good"),
                ("04", "party_member", "completed"),
                ("01", "party_member", "unrated"),
            ],
        ),
        ("Có 1/5 chi bộ trực thuộc HTXSNV.", [("1/5", "party_cell", "excellent")]),
        ("Có 3 chi bộ được cấp trên đánh giá TSVM.", [("3", "party_cell", "clean_strong")]),
        ("Khen 10 đảng viên hoàn thành xuất sắc nhiệm vụ.", [("10", "party_member", "excellent")]),
        # grades in front
        (
            "Hoàn thành xuất sắc nhiệm vụ: 02/11 chi bộ (18,2%); hoàn thành tốt nhiệm vụ: 08/11 chi bộ.",
            [
                ("02/11", "party_cell", "excellent"),
                ("18,2", "party_cell", "excellent"),
                ("08/11", "party_cell", "good"),
            ],
        ),
        (
            (
                "7 chi bộ (20%) được công nhận “Hoàn thành xuất sắc nhiệm vụ”, "
                "27 chi bộ (77,1%) “Hoàn thành tốt nhiệm vụ”, 01 chi bộ “Hoàn thành nhiệm vụ”."
            ),
            [
                ("7", "party_cell", "excellent"),
                ("20", "party_cell", "excellent"),
                ("27", "party_cell", "good"),
                ("77,1", "party_cell", "good"),
                ("01", "party_cell", "completed"),
            ],
        ),
        (
            "Xếp loại hoàn thành xuất sắc: 2 đảng viên, hoàn thành tốt: 9 đảng viên; hoàn thành: 1 đảng viên.",
            [
                ("2", "party_member", "excellent"),
                ("9", "party_member", "good"),
                ("1", "party_member", "completed"),
            ],
        ),
        # a grade where the noun would stand: of what the number before counts, in its sentence or the one before
        (
            "Có 6/29 chi bộ hoàn thành xuất sắc nhiệm vụ, 20/29 hoàn thành tốt nhiệm vụ (69%), 1 chưa xếp loại.",
            [
                ("6/29", "party_cell", "excellent"),
                ("20/29", "party_cell", "good"),
                ("69", "party_cell", "good"),
                ("1", "party_cell", "unrated"),
            ],
        ),
        (
            "Chi bộ có 45 đảng viên. Trong đó 9 hoàn thành xuất sắc nhiệm vụ.",
            [("45", "party_member", None), ("9", "party_member", "excellent")],
        ),
        # a list of grades under the noun that they are of
        (
            "Xếp loại đảng viên:\n- Hoàn thành xuất sắc nhiệm vụ: 5\n- Hoàn thành tốt nhiệm vụ: 20 (80%)",
            [
                ("5", "party_member", "excellent"),
                ("20", "party_member", "good"),
                ("80", "party_member", "good"),
            ],
        ),
        # one grade for two
        (
            "Tặng giấy khen cho 02 chi bộ, 20 đảng viên hoàn thành xuất sắc nhiệm vụ.",
            [("02", "party_cell", "excellent"), ("20", "party_member", "excellent")],
        ),
        # no grade: aimed at, someone else's, a title, a pupil's
        ("Có 45 đảng viên phấn đấu hoàn thành tốt nhiệm vụ.", [("45", "party_member", None)]),
        ("Kết nạp 12 đảng viên mới, không có tổ chức đảng yếu kém.", [("12", "party_member", None)]),
        ("Có 3 chi hội đạt khá, không có chi hội yếu kém.", [("3", "collective", None)]),
        ("Có 37 cá nhân lao động tiên tiến.", [("37", "individual", None)]),
        ("Có 30 học sinh hoàn thành tốt nhiệm vụ học tập.", [("30", "learner", None)]),
        (
            "Phấn đấu 3 đảng viên, 95% đảng viên hoàn thành tốt nhiệm vụ.",
            [("3", "party_member", None), ("95", "party_member", "good")],
        ),
        # percentages take what they are a percentage of
        ("Có 90% trở lên đảng viên hoàn thành tốt nhiệm vụ.", [("90", "party_member", "good")]),
        (
            "Chi bộ hoàn thành tốt nhiệm vụ chiếm 80%; hoàn thành nhiệm vụ chiếm 15%; không hoàn thành nhiệm vụ 5%.",
            [
                ("80", "party_cell", "good"),
                ("15", "party_cell", "completed"),
                ("5", "party_cell", "not_completed"),
            ],
        ),
        (
            "Có 18 giáo viên, nhân viên được công nhận chiến sĩ thi đua cơ sở, tỉ lệ 31,58%.",
            [("18", "staff", None), ("31,58", "staff", None)],
        ),
        (
            "Kết nạp 25 đảng viên, bằng 5,8% so với tổng số đảng viên.",
            [("25", "party_member", None), ("5,8", "party_member", None)],
        ),
        (
            "Kết nạp 120 đoàn viên, tăng 10% so với năm 2022.",
            [("120", "union_member", None), ("10", "union_member", None)],
        ),
        (
            "Có 15 chi bộ hoàn thành tốt nhiệm vụ (chiếm 80% tổng số chi bộ được đánh giá).",
            [("15", "party_cell", "good"), ("80", "party_cell", "good")],
        ),
        (
            "Số chi bộ trong cơ quan hoàn thành tốt nhiệm vụ trở lên là trên 97%.",
            [("97", "party_cell", "good")],
        ),
        (
            "Số chi bộ hoàn thành tốt nhiệm vụ bình quân hàng năm là 12/15 chi bộ.",
            [("12/15", "party_cell", "good")],
        ),
        ("Kết nạp 15 đảng viên (đạt 115%).", [("15", "party_member", None), ("115", "other", None)]),
        ("Tỷ lệ đảng viên nữ đạt 45%.", [("45", "party_member", None)]),
        ("Tỷ lệ giải ngân đạt 95%.", [("95", "other", None)]),
        ("Tổng dư nợ 84 tỷ đồng; nợ quá hạn chiếm 0,11%.", [("84", "money", None), ("0,11", "other", None)]),
        ("Có 100% đảng viên học tập nghị quyết.", [("100", "party_member", None)]),
        ("Công tác kiểm tra đạt 100% kế hoạch.", [("100", "other", None)]),
        (
            "Toàn tỉnh có 351/467 trường đạt chuẩn, tỉ lệ 75,2%.",
            [("351/467", "school", None), ("75,2", "school", None)],
        ),
        (
            "Tỷ lệ đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ đạt 100%.",
            [("100", "party_member", "good")],
        ),
        (
            "Hạnh kiểm Tốt đạt 79,97%, Khá đạt 16,72%.",
            [("79,97", "learner", None), ("16,72", "learner", None)],
        ),
        (
            "Đạt 28 giải cấp tỉnh; hạnh kiểm khá, tốt 98%.",
            [("28", "award", None), ("98", "learner", None)],
        ),
        # a noun that is short for a longer one before it, unless its own words go on
        (
            "Kiểm tra 30 tổ chức đảng, phát hiện 4 tổ chức vi phạm.",
            [("30", "party_organization", None), ("4", "party_organization", None)],
        ),
        (
            "Có 353 báo cáo khoa học, tăng 9 báo cáo so với năm trước.",
            [("353", "research", None), ("9", "research", None)],
        ),
        (
            "Có 30 tổ chức đảng và 4 tổ chức kinh tế.",
            [("30", "party_organization", None), ("4", "collective", None)],
        ),
        ("Có 44 giáo viên (40 nữ).", [("44", "staff", None), ("40", "staff", None)]),
        # the noun in front
        ("Tổng số học sinh: 744.", [("744", "learner", None)]),
        ("Tổng số CB, GV: 31 đ/c.", [("31", "staff", None)]),
        ("Nâng tổng số hội viên lên 788 người.", [("788", "union_member", None)]),
        ("Hội nghị có 120 người dự.", [("120", "individual", None)]),
        ("Tổng số đảng viên của Đảng bộ là 245.", [("245", "party_member", None)]),
        ("Có 3 đề tài cấp Bộ, 12 cấp cơ sở.", [("3", "research", None), ("12", "research", None)]),
        ("Có 25đảng viên tham gia.", [("25", "party_member", None)]),
        # comrades belong to whom the words around them name
        ("Chuyển đảng chính thức cho 01 đồng chí.", [("01", "party_member", None)]),
        ("Có 7/7 đồng chí trong BCH Đảng ủy tham gia.", [("7/7", "party_member", None)]),
        ("Ban Chấp hành Công đoàn tỉnh gồm 34 đồng chí.", [("34", "individual", None)]),
        ("Kết nạp được 14 quần chúng ưu tú vào Đảng.", [("14", "party_member", None)]),
        (
            "Giới thiệu 21 đoàn viên ưu tú, 16 đồng chí được kết nạp Đảng.",
            [("21", "union_member", None), ("16", "party_member", None)],
        ),
        (
            "Đoàn viên: 198 đ/c hoàn thành xuất sắc nhiệm vụ; 39 đ/c hoàn thành tốt nhiệm vụ.",
            [("198", "union_member", "excellent"), ("39", "union_member", "good")],
        ),
        ("Mở lớp đối tượng kết nạp Đảng cho 103 quần chúng.", [("103", "individual", None)]),
        (
            "Có 15 đảng viên, 3 đồng chí hoàn thành tốt nhiệm vụ.",
            [("15", "party_member", None), ("3", "party_member", "good")],
        ),
        ("Kết nạp 31 đảng viên (chỉ tiêu 28).", [("31", "party_member", None), ("28", "party_member", None)]),
        ("Đảng viên là học sinh: 12.", [("12", "party_member", None)]),
        ("Phát ra 37 phiếu, thu về 37.", [("37", "other", None), ("37", "other", None)]),
        # ranges and mixed nouns
        (
            "Mỗi trường cử từ 3 đến 5 giáo viên.",
            [("3", "staff", None), ("5", "staff", None)],
        ),
        ("Khen 186 tập thể và cá nhân.", [("186", "collective", None)]),
        ("100% đảng viên, giáo viên tham gia.", [("100", "party_member", None)]),
        # money is known by its unit
        ("Ủng hộ 2.300 tỷ đồng.", [("2.300", "money", None)]),
        # a word counts only before a noun that the table knows as more than `other`
        ("Có hai đại biểu vắng mặt và hai ý kiến.", [("hai", "individual", None)]),
    ],
)
def test_each_number_of_a_sentence_is_read(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert meanings(text) == expected


NOUNS = st.sampled_from([("chi bộ", "party_cell"), ("đảng viên", "party_member"), ("tập thể", "collective")])
GRADES = st.sampled_from(
    [
        ("hoàn thành xuất sắc nhiệm vụ", "excellent"),
        ("hoàn thành tốt nhiệm vụ", "good"),
        ("hoàn thành nhiệm vụ", "completed"),
        ("không hoàn thành nhiệm vụ", "not_completed"),
    ]
)


@given(st.lists(st.tuples(st.integers(2, 999), NOUNS, GRADES), min_size=1, max_size=8))
def test_a_list_of_graded_counts_is_read_item_by_item(
    items: list[tuple[int, tuple[str, str], tuple[str, str]]],
) -> None:
    text = "Kết quả có " + "; ".join(f"{n} {noun} {grade}" for n, (noun, _), (grade, _) in items) + "."
    assert meanings(text) == [(str(n), subject, grade) for n, (_, subject), (_, grade) in items]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Đảng ủy xây dựng 5 chương trình hành động và 8 kế hoạch.", "chương trình hành động"),
        ("Đại hội có 128 đại biểu đại diện cho hơn 1.600 đoàn viên.", "đại biểu đại diện"),
        ("Có 12 chi bộ trực thuộc bao gồm: Chi bộ Một, Chi bộ Hai.", "chi bộ trực thuộc"),
    ],
)
def test_the_words_for_what_is_counted_do_not_end_in_a_joining_word(text: str, counted: str) -> None:
    first = find_candidates(take_apart(Document("text", text)))[0].meaning
    assert text[first.at : first.end] == counted


def test_the_words_for_what_is_counted_keep_the_quotation_mark_that_closes_them() -> None:
    text = "Có 02 chi bộ “Hoàn thành tốt nhiệm vụ”, 3 chi bộ khác."
    first = find_candidates(take_apart(Document("text", text)))[0].meaning
    assert text[first.at : first.end] == "chi bộ “Hoàn thành tốt nhiệm vụ”"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Hỗ trợ 57 hộ kinh doanh với số tiền 20 triệu đồng.", "hộ kinh doanh"),
        ("Thực hiện 01 đề tài cấp Bộ với chủ đề “Bồi dưỡng cán bộ”.", "đề tài cấp Bộ"),
        ("Đoàn đại biểu gồm 10 đồng chí và bầu 1 đại biểu dự khuyết.", "đồng chí"),
        ("Có 41 lớp với tổng số 1.399 học sinh.", "lớp"),
        ("Có 652 học sinh/20 lớp.", "học sinh"),
        ("Đạt chuẩn 98 hộ = 61% số hộ.", "hộ"),
        ("Đạt 35 giải (12 ba).", "ba"),
        ("Kỷ luật 20 đảng viên (17 khiển trách).", "khiển trách"),
    ],
)
def test_the_words_for_what_is_counted_end_before_another_fact_of_it(text: str, counted: str) -> None:
    meant = [one.meaning for one in find_candidates(take_apart(Document("text", text)))]
    assert counted in [text[one.at : one.end] for one in meant]
