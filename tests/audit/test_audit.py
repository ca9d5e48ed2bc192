"""The audit finds where an article contradicts itself, and says nothing where it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.article.article import Article, take_apart
from summarizer.audit import audit
from summarizer.schemas.report import Count, Finding, Quotation
from summarizer.sources.document import Document
from tests.by_rules import counts_of

EVALS = Path(__file__).parents[2] / "evals"
STEMS = sorted(path.stem for path in (EVALS / "gold").glob("*[!s].json"))


def article_of(text: str) -> Article:
    return take_apart(Document("text", text))


def counted(article: Article) -> tuple[Count, ...]:
    """The counts that the table alone reads."""
    return counts_of(article)


def findings(text: str) -> tuple[Finding, ...]:
    article = article_of(text)
    return audit(article, counted(article))


def the_finding(text: str) -> Finding:
    (finding,) = findings(text)
    return finding


def labelled(stem: str) -> tuple[Article, list[Count], list[tuple[str, set[int]]]]:
    """An article with its hand-labelled counts and the findings that the label expects, by their places."""
    with (EVALS / "articles" / f"{stem}.txt").open(encoding="utf-8", newline="") as file:
        article = article_of(file.read())
    gold = json.loads((EVALS / "gold" / f"{stem}.json").read_text("utf-8"))
    counts: list[Count] = []
    for entry in gold["counts"]:
        sentence = article.sentence_at(entry["at"])
        quoted = Quotation(at=sentence.at, text=sentence.text)
        counts.append(Count(**entry, sentence=quoted, certainty="agreed"))
    return article, counts, [(finding["kind"], set(finding["at"])) for finding in gold["findings"]]


class TestTheFiveArticles:
    @pytest.mark.parametrize("stem", STEMS)
    def test_finds_what_the_label_says_and_nothing_else(self, stem: str) -> None:
        article, counts, expected = labelled(stem)
        found = {
            (finding.kind, frozenset(place.at for place in finding.places))
            for finding in audit(article, counts)
        }
        assert found == {(kind, frozenset(places)) for kind, places in expected}

    @pytest.mark.parametrize("stem", STEMS)
    def test_finds_the_same_in_what_the_table_reads_by_itself(self, stem: str) -> None:
        article, counts, _ = labelled(stem)
        assert audit(article, counted(article)) == audit(article, counts)

    def test_tells_the_arithmetic_of_the_learners(self) -> None:
        article, counts, _ = labelled(next(stem for stem in STEMS if stem.startswith("001")))
        (finding,) = audit(article, counts)
        assert finding.arithmetic == "88 + 633 + 50 + 740 + 444 + 2.157 + 2.500 = 6.612 ≠ 6.481"
        assert finding.places[0].text == "6481"
        assert finding.message == "Bài ghi 6481 học viên, nhưng các phần kể ra cộng lại được 6.612."


class TestPartsAgainstTheirTotal:
    @pytest.mark.parametrize(
        ("text", "arithmetic"),
        [
            (
                "Huyện có 20 trường, gồm 8 trường mầm non, 7 trường tiểu học và 6 trường trung học cơ sở.",
                "8 + 7 + 6 = 21 ≠ 20",
            ),
            (
                "Đội tuyển đạt 37 giải cấp tỉnh, bao gồm: 5 giải Nhất, 12 giải Nhì, 22 giải Ba.",
                "5 + 12 + 22 = 39 ≠ 37",
            ),
            ("Chi bộ có 17 đảng viên; 15 chính thức và 01 dự bị.", "15 + 1 = 16 ≠ 17"),
            (
                "Đảng bộ có 342 đảng viên, trong đó có 315 đảng viên chính thức, 37 đảng viên dự bị.",
                "315 + 37 = 352 ≠ 342",
            ),
            ("Trường có 45 cán bộ: 30 nữ, 16 nam.", "30 + 16 = 46 ≠ 45"),
            (
                "Mở 62 lớp với 481 học viên (58 lớp trong kế hoạch với 424 học viên, 5 lớp ngoài với 57 học viên).",
                "58 + 5 = 63 ≠ 62",
            ),
            (
                "Mở 12 lớp với 510 học viên. Cụ thể:\n- Cao cấp: 4 lớp, 200 học viên\n- Sơ cấp: 8 lớp, 300 học viên",
                "200 + 300 = 500 ≠ 510",
            ),
            (
                "Tổng kinh phí 500 triệu đồng, gồm 300 triệu đồng ngân sách và 250 triệu đồng xã hội hóa.",
                "300 + 250 = 550 ≠ 500 triệu đồng",
            ),
            ("Chi bộ có 20 đảng viên, trong đó 25 đảng viên nữ.", "25 > 20"),
            (
                "Tổng số 837 em; giỏi 114 em = 13,62%; khá 419 em = 50,06%; trung bình 300 em = 35,84%; yếu 03 em.",
                "114 + 419 + 300 + 3 = 836 ≠ 837",
            ),
        ],
    )
    def test_warns_with_the_sum(self, text: str, arithmetic: str) -> None:
        finding = the_finding(text)
        assert (finding.kind, finding.arithmetic) == ("parts_total", arithmetic)
        assert all(text[place.at : place.at + len(place.text)] == place.text for place in finding.places)

    @pytest.mark.parametrize(
        "text",
        [
            "Cử 43 lượt cán bộ đi đào tạo, trong đó 05 bác sĩ học chuyên khoa II, 11 điều dưỡng học đại học.",
            "Trường có 50 giáo viên, trong đó 30 nữ, 25 đảng viên.",
            "Tổng số 837 em; giỏi 114 em; khá 419 em; trung bình 200 em.",
            "Trường có 46 giáo viên (40 giáo viên đạt chuẩn, 36 giáo viên trên chuẩn).",
            "Toàn huyện có 1.250 đoàn viên, gồm nhiều thành phần như 200 đoàn viên là giáo viên, 300 đoàn viên khác.",
        ],
    )
    def test_a_list_that_does_not_claim_to_be_whole_is_no_sum(self, text: str) -> None:
        assert findings(text) == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Đại hội có 40 người, đoàn chủ tịch gồm 3 đồng chí và 2 thư ký.",
            "Bầu 25 đồng chí và đoàn dự Đại hội cấp trên gồm 9 đại biểu chính thức, 2 đại biểu dự khuyết.",
            "Ban Chấp hành gồm 23 đồng chí; Ban Thường vụ 7 đồng chí và 4 đồng chí (3 nam và 1 nữ) dự đại hội.",
            "Trao 50 suất quà, gồm 300.000 đồng tiền mặt và 10 kg gạo.",
            "Hội có 29 tổ chức, gồm: 12 cấp hội huyện, 16 Chi hội trực thuộc, 1 trung tâm với hơn 1.300 hội viên.",
        ],
    )
    def test_what_is_listed_behind_a_number_need_not_be_its_parts(self, text: str) -> None:
        assert findings(text) == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Kết nạp 8 đảng viên (năm trước 10 đảng viên).",
            "Kết nạp 8 đảng viên (chỉ tiêu 10 đảng viên).",
            "Sản lượng đạt 42 tấn bằng 46,2% kế hoạch Công ty giao cả năm (91 tấn).",
            "Làm mới 154 km đường (tăng 251 km so với năm 2018).",
            "Mở 5 lớp cho 200 đảng viên, trong đó 350 lượt đảng viên học trực tuyến.",
        ],
    )
    def test_what_is_compared_with_a_number_is_no_part_of_it(self, text: str) -> None:
        assert findings(text) == ()

    def test_a_list_ends_where_something_else_begins(self) -> None:
        assert (
            findings(
                "Đảng bộ có 342 đảng viên, trong đó có 315 đảng viên chính thức, 27 đảng viên dự bị, kết nạp 20 "
                "đảng viên mới."
            )
            == ()
        )

    def test_a_part_in_parentheses_is_summed_once(self) -> None:
        assert (
            findings(
                "Mở 12 lớp với 1.233 học viên, gồm: Trung cấp 08 lớp với 633 học viên (02 lớp ngoài kế hoạch với 153 "
                "học viên); Sơ cấp 4 lớp với 600 học viên."
            )
            == ()
        )

    def test_what_is_only_about_right_is_no_contradiction(self) -> None:
        assert findings("Huyện có gần 20 trường, gồm 8 trường mầm non và 11 trường tiểu học.") == ()


class TestPercentages:
    @pytest.mark.parametrize(
        ("text", "arithmetic"),
        [
            (
                "Toàn tỉnh có 351/467 trường đạt chuẩn quốc gia, tỉ lệ 72,5%.",
                "351 / 467 = 75,16% ≠ 72,5%",
            ),
            ("Có 02/11 chi bộ được tặng giấy khen (28,2%).", "2 / 11 = 18,18% ≠ 28,2%"),
            ("Tỷ lệ tốt nghiệp đạt 89,5% (197/200 học sinh).", "197 / 200 = 98,5% ≠ 89,5%"),
            (
                "Trường có 205 học sinh, trong đó 46 học sinh giỏi, đạt tỷ lệ 24,2%.",
                "46 / 205 = 22,44% ≠ 24,2%",
            ),
            (
                "Trường có 611 học sinh. Học lực: Tốt 128 em = 20,9%; Khá 271 em = 44,4%; Đạt 201 em = 39,2%.",
                "201 / 611 = 32,9% ≠ 39,2%",
            ),
        ],
    )
    def test_warns_with_the_quotient(self, text: str, arithmetic: str) -> None:
        finding = the_finding(text)
        assert (finding.kind, finding.arithmetic) == ("percent", arithmetic)

    def test_the_percentage_is_the_suspected_one(self) -> None:
        finding = the_finding("Toàn tỉnh có 351/467 trường đạt chuẩn quốc gia, tỉ lệ 72,5%.")
        assert [place.text for place in finding.places] == ["72,5", "351/467"]

    @pytest.mark.parametrize(
        "percentage",
        ["75,2", "75.2", "75,1", "75", "75,16", "75,17", "76"],
        ids=lambda written: f"{written}%",
    )
    def test_rounded_or_cut_off_is_right(self, percentage: str) -> None:
        assert findings(f"Toàn tỉnh có 351/467 trường đạt chuẩn quốc gia, tỉ lệ {percentage}%.") == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Có 15/18 chỉ tiêu đạt 100% kế hoạch.",
            "Có 12/15 trường có 100% học sinh tham gia.",
            "Có 30/31 giáo viên đạt chuẩn, 100% giáo viên tham gia tập huấn.",
            "Có 9/10 chỉ tiêu đạt và vượt kế hoạch, trong đó 5 chỉ tiêu vượt 20%.",
            "Kết nạp 14 đảng viên, đạt 140% chỉ tiêu.",
            "Kết nạp 14 đảng viên, đạt 93,3%.",
            "Đảng bộ có 214 đảng viên (nữ 131 đồng chí), chiếm 38,2% tổng số viên chức.",
            "Trong số 61 bí thư có 39 bí thư tái cử, chiếm 61,9%. Tổng số bí thư là 63 đồng chí.",
        ],
    )
    def test_a_percentage_of_something_else_is_not_compared(self, text: str) -> None:
        assert findings(text) == ()

    def test_shares_that_were_nudged_to_make_a_hundred_are_forgiven(self) -> None:
        assert (
            findings(
                "Trường có 205 học sinh. Trong đó: 46 em giỏi đạt tỷ lệ 22.4%; 89 em khá đạt tỷ lệ 43.4%; "
                "68 em trung bình đạt tỷ lệ 33.1%; 02 em yếu chiếm tỷ lệ 1.1%."
            )
            == ()
        )


class TestGradesAgainstTheNumberGraded:
    @pytest.mark.parametrize(
        ("text", "arithmetic"),
        [
            (
                "Có 5/5 chi bộ được đánh giá hoàn thành tốt nhiệm vụ, 1/5 chi bộ hoàn thành xuất sắc nhiệm vụ.",
                "5 + 1 = 6 > 5",
            ),
            (
                "Đảng bộ có 5 chi bộ trực thuộc. Có 2 chi bộ hoàn thành xuất sắc; 4 chi bộ hoàn thành tốt nhiệm vụ.",
                "2 + 4 = 6 > 5",
            ),
            (
                "Tổng số 205 đảng viên, trong đó 36 đảng viên hoàn thành xuất sắc, 170 đảng viên hoàn thành tốt.",
                "36 + 170 = 206 > 205",
            ),
            (
                "Có 20% đảng viên hoàn thành xuất sắc nhiệm vụ, 85% đảng viên hoàn thành tốt nhiệm vụ.",
                "20% + 85% = 105% > 100%",
            ),
            (
                "Xếp loại: 100% đảng viên hoàn thành tốt. Hội nghị bế mạc. Khen 9 đảng viên hoàn thành xuất sắc.",
                "100% + 9 > 100%",
            ),
        ],
    )
    def test_warns_with_the_sum(self, text: str, arithmetic: str) -> None:
        finding = the_finding(text)
        assert (finding.kind, finding.arithmetic) == ("grade_total", arithmetic)

    @pytest.mark.parametrize(
        "text",
        [
            "Có 4/5 chi bộ hoàn thành tốt nhiệm vụ trở lên; 2/5 chi bộ hoàn thành xuất sắc nhiệm vụ.",
            "Có 5/5 chi bộ hoàn thành tốt nhiệm vụ, trong đó 2/5 chi bộ hoàn thành xuất sắc nhiệm vụ.",
            "Kết quả đánh giá 100% đảng viên hoàn thành tốt trở lên; 9 đảng viên hoàn thành xuất sắc nhiệm vụ.",
        ],
    )
    def test_a_grade_that_includes_a_better_one_is_not_added_to_it(self, text: str) -> None:
        assert findings(text) == ()

    def test_an_award_says_a_rating_again_and_is_not_added_to_it(self) -> None:
        assert (
            findings(
                "Có 09/41 đảng viên hoàn thành xuất sắc nhiệm vụ; 32/41 đảng viên hoàn thành tốt nhiệm vụ. Tặng giấy "
                "khen cho 9 đảng viên hoàn thành xuất sắc nhiệm vụ."
            )
            == ()
        )

    def test_those_who_were_not_rated_stand_beside_those_who_were(self) -> None:
        assert (
            findings(
                "Tổng số đảng viên được đánh giá 205 đồng chí, trong đó 36 đồng chí hoàn thành xuất sắc, "
                "169 đồng chí hoàn thành tốt nhiệm vụ; 09 đảng viên chưa xếp loại."
            )
            == ()
        )

    def test_what_is_aimed_at_is_no_rating(self) -> None:
        assert (
            findings(
                "Phấn đấu 100% đảng viên được xếp loại hoàn thành tốt nhiệm vụ.\n\n"
                "Tặng giấy khen cho 9 đảng viên hoàn thành xuất sắc nhiệm vụ."
            )
            == ()
        )

    def test_two_years_are_two_ratings(self) -> None:
        assert (
            findings(
                "Năm 2019 có 3/5 chi bộ hoàn thành tốt nhiệm vụ. Năm 2020 có 4/5 chi bộ hoàn thành tốt nhiệm vụ."
            )
            == ()
        )


class TestOneFactToldTwice:
    CELLS = "đảng bộ trực thuộc với {} tổ chức cơ sở đảng, trong đó có các đảng bộ xã, phường."
    BODY = "Các cấp bộ Đoàn đã khám chữa bệnh và cấp phát thuốc miễn phí cho {} người dân trong Tháng Thanh niên."

    def test_a_caption_with_another_number_is_a_warning(self) -> None:
        text = f"{self.BODY.format('185.222')}\n\nẢnh: {self.BODY.format('158.222')}"
        finding = the_finding(text)
        assert finding.kind == "same_fact"
        assert [place.text for place in finding.places] == ["158.222", "185.222"]

    @pytest.mark.parametrize(("second", "kinds"), [("9", []), ("9/41", []), ("8", ["same_fact"])])
    def test_what_repeats_a_fact_has_its_value_with_the_total_or_without(
        self, second: str, kinds: list[str]
    ) -> None:
        article = article_of(f"Có 09/41 đảng viên xuất sắc.\n\nĐảng ủy khen {second} đảng viên xuất sắc.")
        first, later = counts_of(article)
        told = (first, later.model_copy(update={"repeats": first.at}))
        assert [finding.kind for finding in audit(article, told)] == kinds

    @pytest.mark.parametrize(
        "text",
        [
            f"{BODY.format('185.222')}\n\nẢnh: {BODY.format('185.222')}",
            f"{BODY.format('185.222')}\n\nẢnh: {BODY.format('hơn 185.000')}",
            f"Tỉnh Thái Bình: {BODY.format('5.222')}\n\nTỉnh Nam Định: {BODY.format('8.222')}",
            f"Năm 2018: {BODY.format('5.222')}\n\nNăm 2019: {BODY.format('8.222')}",
            f"- {BODY.format('5.222')}\n\n- {BODY.format('8.222')}",
            f"Trước đây Thành ủy có 58 {CELLS.format('2.927')}\n\nHiện nay Thành ủy còn 52 {CELLS.format('2.722')}",
        ],
        ids=["same value", "approximate", "other names", "other years", "items of a list", "other times"],
    )
    def test_a_pattern_that_comes_twice_is_not_one_fact(self, text: str) -> None:
        assert findings(text) == ()


class TestAnyArticle:
    def test_an_article_without_counts_has_no_findings(self) -> None:
        assert audit(article_of(""), ()) == ()

    def test_findings_stand_in_the_order_of_their_places(self) -> None:
        found = findings(
            "Có 02/11 chi bộ được tặng giấy khen (28,2%).\n\nChi bộ có 17 đảng viên; 15 chính thức và 01 dự bị."
        )
        assert [finding.kind for finding in found] == ["percent", "parts_total"]

    def test_signs_and_spaces_of_a_page_make_no_difference(self) -> None:
        text = "Đảng bộ có 342\u00a0đảng viên, trong đó có 315  đảng viên chính thức, 37 đảng viên dự bị."
        assert the_finding(text).arithmetic == "315 + 37 = 352 ≠ 342"

    def test_each_of_two_alike_contradictions_is_told(self) -> None:
        assert len(findings("Chi bộ có 17 đảng viên; 15 chính thức và 01 dự bị.\n\n" * 2)) == 2
