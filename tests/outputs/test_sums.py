"""Sums add only what may be added, and say what they left out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from summarizer.outputs.collected import Term, add
from summarizer.outputs.pages.overview import cells_of
from summarizer.outputs.sums import Kind, figures_of
from summarizer.schemas.report import (
    Count,
    Finding,
    MeetingReport,
    Notice,
    Place,
    Provenance,
    Quotation,
    Reading,
    Source,
)
from tests.pages.gold_reports import gold_report, rules_report, stem

UNKNOWN = None
"""Nobody can say: the article tells several numbers of which one may hold another."""
RESULT, TARGET = "result", "target"
# Made by reading the articles: what each says in all of every kind that it counts, by the places of the numbers.
BY_HAND: dict[str, dict[tuple[str, str | None, str], tuple[float, int] | None]] = {
    "000": {
        ("party_organization", "excellent", RESULT): (2, 1614),
        ("party_cell", "good", RESULT): (12, 1790),
        ("party_member", "excellent", RESULT): (27, 1827),
        ("party_member", "good", RESULT): (145, 1872),
        ("party_member", "completed", RESULT): (4, 1913),
        ("party_member", "unrated", RESULT): (1, 1951),
    },
    "001": {
        ("class", None, RESULT): (62, 1572),
        ("learner", None, RESULT): (6481, 1583),  # as the article states it, though its parts are 6612
        ("event", None, RESULT): (4, 3435),
        ("party_cell", "excellent", RESULT): (1, 4873),
        ("party_cell", "good", RESULT): (4, 4925),
        ("party_member", "excellent", RESULT): (9, 4972),
        ("party_member", "good", RESULT): (32, 5018),
        ("staff", None, RESULT): UNKNOWN,  # a lecturer goes to several of ten courses
        ("research", None, RESULT): UNKNOWN,  # projects beside seminars
        ("document", None, RESULT): UNKNOWN,  # a broadcast beside a bulletin
    },
    "002": {
        ("party_cell", None, RESULT): (4, 860),
        ("party_cell", "excellent", RESULT): (1, 2094),
        ("party_cell", "good", RESULT): UNKNOWN,  # 4 of 4 did well and 1 excellently: the 4 must hold the 1
        ("party_organization", "excellent", RESULT): UNKNOWN,  # the 17 are another body's
        ("party_member", None, RESULT): (50, 1836),  # "50/50": those admitted or trained are of them
        ("party_member", "excellent", RESULT): (10, 7683),
        ("school", None, RESULT): (351, 2436),
        ("money", None, RESULT): (2_300_000_000_000, 2633),
        ("staff", None, RESULT): UNKNOWN,
        ("document", None, RESULT): UNKNOWN,
    },
    "003": {
        ("party_cell", "excellent", RESULT): (2, 1377),
        ("party_member", "excellent", RESULT): (13, 1421),
    },
    "004": {
        ("party_member", "excellent", RESULT): (8, 2232),
        ("party_cell", "good", RESULT): (4, 2275),
        ("collective", None, RESULT): (5, 2310),
        ("union_member", "excellent", RESULT): (2, 2401),
        ("individual", None, RESULT): UNKNOWN,  # an emulation title holds the lower one
        ("research", None, TARGET): UNKNOWN,  # projects, seminars and lectures
    },
}
# The relations between the articles' numbers, by reading them: part and whole, second and first telling.
PART_OF: dict[str, dict[int, int]] = {
    "001": {
        **dict.fromkeys((1598, 1639, 1743, 1785, 1875, 1959, 2019, 2136, 2241), 1572),
        **dict.fromkeys((1624, 1664, 1754, 1798, 1886, 1970, 2030, 2147, 2252), 1583),
        1813: 1785,
        1839: 1798,
        2045: 2019,
        2071: 2030,
    },
    "002": {2666: 2633},
}
REPEATS: dict[str, dict[int, int]] = {"001": {5987: 4972}, "002": {7613: 2094}}
WHOSE: dict[str, dict[int, str]] = {"002": {7455: "Đảng bộ CCQ&DN tỉnh"}}


def related(number: str) -> MeetingReport:
    """An article's labelled counts with the relations between them."""
    report = gold_report(stem(number))
    return report.model_copy(
        update={
            "findings": rules_report(stem(number)).findings,  # which name the suspected number first
            "counts": tuple(
                count.model_copy(
                    update={
                        "part_of": PART_OF.get(number, {}).get(count.at),
                        "repeats": REPEATS.get(number, {}).get(count.at),
                        "whose": WHOSE.get(number, {}).get(count.at),
                    }
                )
                for count in report.counts
            ),
        }
    )


def sums_of(report: MeetingReport) -> dict[tuple[str, str | None, str], float]:
    """The figures of a report."""
    return {kind[:3]: figure.value for kind, figure in figures_of(report).by_kind.items()}


def by_hand(number: str) -> dict[tuple[str, str | None, str], tuple[float, tuple[int, ...]]]:
    return {kind: (made[0], (made[1],)) for kind, made in BY_HAND[number].items() if made}


def made_of(report: MeetingReport) -> dict[tuple[str, str | None, str], tuple[float, tuple[int, ...]]]:
    """The figures of a report with the places of the numbers that each is made of."""
    return {
        kind[:3]: (figure.value, tuple(count.at for count in figure.counts))
        for kind, figure in figures_of(report).by_kind.items()
    }


@pytest.mark.parametrize("number", BY_HAND)
def test_the_sums_made_by_hand_are_of_every_kind_that_the_article_counts(number: str) -> None:
    counts = gold_report(stem(number)).counts
    kinds = {(count.subject, count.grade, count.status) for count in counts if count.unit != "percent"}
    assert kinds == BY_HAND[number].keys()


@pytest.mark.parametrize("number", BY_HAND)
def test_the_articles_sums_are_those_made_by_hand(number: str) -> None:
    assert made_of(related(number)) == by_hand(number)


@pytest.mark.parametrize("number", BY_HAND)
def test_what_the_rules_read_gives_the_same_sums(number: str) -> None:
    assert made_of(rules_report(stem(number))) == by_hand(number)


@pytest.mark.parametrize("number", BY_HAND)
def test_every_count_is_a_telling_of_a_figure_or_left_out_with_a_reason(number: str) -> None:
    report = related(number)
    figures = figures_of(report)
    mentions = {count.at for figure in figures.by_kind.values() for count in figure.mentions}
    repeats = {at for at, why in reasons(report).items() if why == "repeat"}
    others = reasons(report).keys() - repeats
    assert mentions | repeats | others == {count.at for count in report.counts}
    assert not others & mentions


SENTENCE = Quotation(at=0, text="Có 12 chi bộ.")


def a_count(at: int, value: float, subject: str = "party_member", **fields: Any) -> Count:
    values: dict[str, Any] = {
        "text": str(value),
        "unit": "count",
        "status": "result",
        "counted": "đảng viên",
        "sentence": SENTENCE,
        "certainty": "agreed",
    }
    return Count(at=at, value=value, subject=subject, **(values | fields))  # type: ignore[arg-type]


def a_report(*counts: Count, **fields: Any) -> MeetingReport:
    values: dict[str, Any] = {
        "source": Source(name="a.txt", sha256="ab" * 32, characters=1),
        "organization": "Đảng ủy Sở Xây dựng",
        "provenance": Provenance(model="none", profile="rules", version="0"),
    }
    return MeetingReport(counts=counts, **(values | fields))


def reasons(report: MeetingReport) -> dict[int, str]:
    return {omitted.count.at: omitted.why for omitted in figures_of(report).omitted}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"unit": "percent"}, "percent"),
        ({"direction": "increase"}, "change"),
        ({"direction": "shortage"}, "change"),
        ({"certainty": "doubtful"}, "doubtful"),
        ({"whose": "Đảng bộ Khối"}, "other_body"),
        ({"given_by": "Đảng ủy Khối các cơ quan tỉnh"}, "other_body"),
    ],
)
def test_a_number_that_can_be_in_no_sum_says_why(fields: dict[str, Any], why: str) -> None:
    assert reasons(a_report(a_count(1, 5, **fields))) == {1: why}


@pytest.mark.parametrize("giver", ["Đảng uỷ Sở", "Đảng ủy", "BCH Đảng bộ Sở Xây dựng", "Cơ quan"])
def test_an_award_by_the_body_itself_is_its_own(giver: str) -> None:
    assert reasons(a_report(a_count(1, 5, grade="excellent", given_by=giver))) == {}


class TestRepeats:
    def test_of_a_grade_and_value_told_twice_the_first_telling_counts(self) -> None:
        report = a_report(a_count(1, 9, grade="excellent", total=41), a_count(2, 9, grade="excellent"))
        (figure,) = figures_of(report).by_kind.values()
        assert [count.at for count in figure.mentions] == [1, 2]
        assert reasons(report) == {2: "repeat"}

    def test_equal_numbers_of_other_things_are_no_repeat(self) -> None:
        report = a_report(
            a_count(1, 4, "document", counted="số"), a_count(2, 4, "document", counted="bản tin")
        )
        assert reasons(report) == {1: "unrelated", 2: "unrelated"}

    def test_a_repeat_with_another_value_follows_the_relation(self) -> None:
        report = a_report(a_count(1, 120), a_count(2, 121, repeats=1), a_count(3, 122, repeats=2))
        assert reasons(report) == {2: "repeat", 3: "repeat"}

    def test_the_telling_that_is_not_in_doubt_counts(self) -> None:
        report = a_report(a_count(1, 9, certainty="doubtful"), a_count(2, 9, repeats=1))
        assert reasons(report) == {1: "doubtful"}
        assert sums_of(report) == {("party_member", None, "result"): 9}

    def test_relations_in_a_ring_do_no_harm(self) -> None:
        report = a_report(a_count(1, 9, repeats=2), a_count(2, 9, repeats=1))
        assert len(figures_of(report).by_kind) == 1
        report = a_report(a_count(1, 9, part_of=2), a_count(2, 12, part_of=1))
        assert figures_of(report).by_kind == {}


class TestPartsAndWholes:
    def test_a_part_of_a_part_stays_out_with_its_whole(self) -> None:
        report = a_report(a_count(1, 100), a_count(2, 60, part_of=1), a_count(3, 20, part_of=2))
        assert sums_of(report) == {("party_member", None, "result"): 100}
        assert reasons(report) == {2: "part", 3: "part"}

    def test_a_part_of_a_repeated_whole_is_a_part_of_the_first(self) -> None:
        report = a_report(a_count(1, 100), a_count(2, 100, repeats=1), a_count(3, 20, part_of=2))
        assert reasons(report) == {2: "repeat", 3: "part"}

    @pytest.mark.parametrize("fields", [{"certainty": "doubtful"}, {"whose": "Đảng bộ Khối"}])
    def test_a_part_does_not_take_the_place_of_a_whole_that_is_in_no_sum(
        self, fields: dict[str, Any]
    ) -> None:
        report = a_report(a_count(1, 100, **fields), a_count(2, 60, part_of=1))
        assert figures_of(report).by_kind == {}
        assert reasons(report)[2] == "part"

    def test_grades_of_a_whole_are_sums_of_their_own_beside_it(self) -> None:
        report = a_report(
            a_count(1, 20),
            a_count(2, 5, grade="excellent", part_of=1),
            a_count(3, 15, grade="good", part_of=1),
        )
        assert [figure.value for figure in figures_of(report).by_kind.values()] == [20, 5, 15]

    def test_a_grade_that_holds_another_gives_way_to_it(self) -> None:
        report = a_report(a_count(1, 45, grade="good"), a_count(2, 9, grade="excellent", part_of=1))
        assert reasons(report) == {1: "whole"}
        of_another_scale = report.counts[1].model_copy(update={"grade": "clean_strong"})
        assert reasons(a_report(report.counts[0], of_another_scale)) == {}
        in_doubt = report.counts[1].model_copy(update={"certainty": "doubtful"})
        assert reasons(a_report(report.counts[0], in_doubt)) == {1: "whole", 2: "doubtful"}

    @pytest.mark.parametrize(
        ("text", "members"),
        [
            ("Đảng bộ hiện có 342 đảng viên, chi bộ A kết nạp 12 đảng viên.", 342),
            ("Đại diện cho 342 đảng viên, bầu 12 đảng viên.", 342),
            ("Cùng 342 đảng viên trong toàn Đảng bộ, bầu 12 đảng viên.", 342),
            ("Có 342/342 đảng viên tự phê bình, bầu 12 đảng viên.", 342),
            ("Toàn đơn vị có 342 đảng viên, bầu 12 đảng viên.", 342),
            ("Chi bộ thôn Hạ có 342 đảng viên, bầu 12 đảng viên.", 342),
            ("Chi bộ có 342 đảng viên nữ, bầu 12 đảng viên.", None),
            ("Chi bộ có 342 “Đảng viên tốt”, bầu 12 đảng viên.", None),
            ("Trong hội trường có 342 đảng viên, bầu 12 đảng viên.", None),
            ("Hiện có 24 chi bộ, 342 đảng viên, bầu 12 đảng viên.", 342),
            ("Đại biểu đại diện hơn 342 đảng viên về dự, bầu 12 đảng viên.", 342),
            ("Đại diện cho 24 chi bộ với 342 đảng viên về dự, bầu 12 đảng viên.", 342),
            ("Trưởng ban đại diện cùng 342 đảng viên về dự, bầu 12 đảng viên.", None),
            ("Cộng | 342 | kết nạp 12 đảng viên.", 342),
            ("Khen thưởng | 342 | kết nạp 12 đảng viên.", None),
            ("Có 342/342 đảng viên được khen, bầu 12 đảng viên.", None),
            ("Tổng số được khen thưởng: 342 đảng viên, bầu 12 đảng viên.", None),
            ("Tổng số khối trung học còn 342 đảng viên, bầu 12 đảng viên.", None),
            ("Có 342 đảng viên, bầu 12 đảng viên.", None),
            ("Có 342 đảng viên, cả tỉnh hiện có 12 đảng viên.", None),
        ],
    )
    def test_what_is_said_to_be_all_holds_the_lesser_ones(self, text: str, members: float | None) -> None:
        written = "342/342" if "/" in text else "342"
        report = a_report(
            *(a_told(text, number, "party_member", counted="đảng viên") for number in (written, "12"))
        )
        assert sums_of(report).get(("party_member", None, "result")) == members
        assert reasons(report)[report.counts[1].at] == "unrelated"

    def test_all_that_is_told_twice_is_told_once(self) -> None:
        told = a_told("Đại diện cho 342 đảng viên.", "342", "party_member", counted="đảng viên")
        again = "Kết nạp 12 đảng viên, nâng tổng số lên 342 người."
        report = a_report(
            told,
            *(
                one.model_copy(update={"at": one.at + 100, "sentence": Quotation(at=100, text=again)})
                for one in (
                    a_told(again, number, "party_member", counted=words)
                    for number, words in (("12", "đảng viên"), ("342", "người"))
                )
            ),
        )
        assert made_of(report) == {("party_member", None, "result"): (342, (told.at,))}
        assert list(reasons(report).values()) == ["unrelated", "repeat"]

    @pytest.mark.parametrize(
        ("text", "cooperatives"),
        [
            ("Thành lập 10 hợp tác xã, nâng tổng số toàn tỉnh lên 105 hợp tác xã.", 105),
            ("Thành lập 10 hợp tác xã, nâng tổng số được khen lên 105 hợp tác xã.", None),
        ],
    )
    def test_what_all_have_become_holds_the_lesser_ones_of_bodies_too(
        self, text: str, cooperatives: float | None
    ) -> None:
        counts = (a_told(text, number, "collective", counted="hợp tác xã") for number in ("10", "105"))
        assert sums_of(a_report(*counts)).get(("collective", None, "result")) == cooperatives

    def test_the_cells_directly_under_a_body_are_all_that_it_has(self) -> None:
        text = "Bí thư 14 chi bộ trực thuộc, giám sát 3 chi bộ."
        report = a_report(*(a_told(text, number, "party_cell", counted="chi bộ") for number in ("14", "3")))
        assert sums_of(report) == {("party_cell", None, "result"): 14}
        for text in (
            "Kiểm tra 14 chi bộ trực thuộc, giám sát 3 chi bộ.",
            "Có 3 chi bộ cơ sở với 14 chi bộ trực thuộc đảng bộ cơ sở.",
        ):
            report = a_report(
                *(a_told(text, number, "party_cell", counted="chi bộ") for number in ("14", "3"))
            )
            assert sums_of(report) == {}

    def test_a_fraction_of_a_number_is_a_part_of_it(self) -> None:
        report = a_report(a_count(1, 9, "collective"), a_count(2, 3, "collective", total=9))
        assert sums_of(report) == {("collective", None, "result"): 9}
        assert reasons(report) == {2: "part"}
        for other in ({"total": 8}, {"total": 9, "counted": "thôn"}):
            of_others = a_report(a_count(1, 9, "collective"), a_count(2, 3, "collective", **other))
            assert figures_of(of_others).by_kind == {}

    def test_a_number_in_doubt_of_less_than_all_that_a_body_has_changes_no_figure(self) -> None:
        staff = Quotation(at=0, text="Tổng số đảng viên: 31. Dự giờ 24.")
        every, doubtful = (
            a_count(19, 31, text="31", sentence=staff),
            {"sentence": staff, "certainty": "doubtful"},
        )
        assert sums_of(a_report(every, a_count(31, 24, text="24", **doubtful))) == {
            ("party_member", None, "result"): 31
        }
        assert sums_of(a_report(every, a_count(31, 40, text="40", **doubtful))) == {}

    def test_what_repeats_another_bodys_number_is_another_bodys_too(self) -> None:
        report = a_report(a_count(1, 12, whose="Sở Y tế"), a_count(2, 12, repeats=1))
        assert reasons(report) == {1: "other_body", 2: "other_body"}

    def test_beside_bodies_that_another_rewarded_no_number_stands_for_all(self) -> None:
        rewarded = a_count(1, 25, "collective", given_by="Ủy ban nhân dân tỉnh")
        assert figures_of(a_report(rewarded, a_count(2, 129, "collective"))).by_kind == {}
        own = a_count(2, 12, "collective", given_by="Đảng ủy Sở Xây dựng")
        assert figures_of(a_report(rewarded, own)).by_kind == {}
        handed_over = a_count(2, 25, "collective", given_by="Đảng ủy Sở Xây dựng")
        assert sums_of(a_report(rewarded, handed_over)) == {("collective", None, "result"): 25}
        headed = Quotation(at=0, text="Ngành Xây dựng tỉnh: 9 tập thể được khen")
        report = a_report(a_count(21, 9, "collective", sentence=headed), rewarded)
        assert figures_of(report).by_kind == {}
        named = report.model_copy(update={"organization": "Ngành xây dựng tỉnh"})
        assert sums_of(named) == {("collective", None, "result"): 9}
        members = a_count(1, 25, given_by="Ủy ban nhân dân tỉnh")
        assert sums_of(a_report(members, a_count(2, 129))) == {("party_member", None, "result"): 129}

    def test_a_number_without_a_grade_of_fewer_than_were_graded_is_not_of_all(self) -> None:
        graded = a_count(1, 49, "party_cell", grade="good")
        assert reasons(a_report(graded, a_count(2, 5, "party_cell"))) == {2: "unrelated"}
        others = a_count(3, 20, "party_cell", grade="excellent")
        assert reasons(a_report(graded, a_count(2, 60, "party_cell"), others)) == {2: "unrelated"}
        assert reasons(a_report(graded, a_count(2, 70, "party_cell"), others)) == {}
        assert reasons(a_report(graded, a_count(2, 5, "party_cell", given_by="Đảng ủy Sở Xây dựng"))) == {}

    def test_a_grade_of_several_years_is_none_of_one_year(self) -> None:
        praised = Quotation(at=0, text="Khen 59 đảng viên hoàn thành xuất sắc nhiệm vụ 5 năm liền")
        report = a_report(a_count(5, 59, text="59", grade="excellent", sentence=praised))
        assert reasons(report) == {5: "years"}

    def test_those_rewarded_are_a_part_of_those_graded(self) -> None:
        report = a_report(
            a_count(1, 27, grade="excellent"), a_count(2, 10, grade="excellent", given_by="Đảng ủy Sở")
        )
        assert reasons(report) == {2: "part"}

    def test_two_numbers_that_nothing_relates_are_not_added(self) -> None:
        report = a_report(a_count(1, 27, grade="good"), a_count(2, 10, grade="good"))
        assert figures_of(report).by_kind == {}
        assert reasons(report) == {1: "unrelated", 2: "unrelated"}

    def test_targets_are_not_added_to_results(self) -> None:
        report = a_report(a_count(1, 8), a_count(2, 10, status="target"))
        assert [(kind.status, figure.value) for kind, figure in figures_of(report).by_kind.items()] == [
            ("result", 8),
            ("target", 10),
        ]

    def test_one_fact_with_two_values_is_in_no_sum(self) -> None:
        finding = two_values(Place(at=1, text="8"), Place(at=2, text="9"))
        report = a_report(a_count(1, 8, text="8"), a_count(2, 9, text="9"), findings=(finding,))
        assert reasons(report) == {1: "contradicted", 2: "contradicted"}

    @pytest.mark.parametrize(
        ("notices", "contradicted"),
        [(("grades",), {2, 3}), (("grades", "within"), {2}), ((), {2})],
        ids=["too many", "one may hold the other", "of an earlier version"],
    )
    def test_of_grades_of_more_than_were_graded_none_is_in_a_sum(
        self, notices: tuple[str, ...], contradicted: set[int]
    ) -> None:
        told = (
            a_count(1, 4, text="4"),
            a_count(2, 4, grade="good", text="4"),
            a_count(3, 1, grade="excellent"),
        )
        places = tuple(Place(at=at, text=count.text) for at, count in zip((2, 3, 1), told, strict=True))
        finding = Finding(
            kind="grade_total",
            message="…",
            notices=tuple(Notice(code=code) for code in notices),
            arithmetic="4 + 1 > 4",
            places=places,
        )
        found = reasons(a_report(*told, findings=(finding,)))
        assert found == dict.fromkeys(contradicted, "contradicted")

    def test_a_fact_with_two_values_is_in_no_sum_by_a_third_mention_either(self) -> None:
        finding = two_values(Place(at=2, text="9"), Place(at=1, text="8"))
        told = a_count(1, 8, text="8"), a_count(2, 9, text="9", repeats=1)
        for again in (a_count(3, 8, text="8"), a_count(3, 8, text="8", repeats=1)):
            report = a_report(*told, again, findings=(finding,))
            assert reasons(report) == dict.fromkeys((1, 2, 3), "contradicted")

    def test_a_number_in_doubt_makes_the_kinds_that_it_may_be_of_unknown(self) -> None:
        readings = (
            Reading(by="rules", subject="individual"),
            Reading(by="model", subject="party_member"),
        )
        doubtful = a_count(2, 27, certainty="doubtful", readings=readings)
        report = a_report(a_count(1, 9), doubtful, a_count(3, 8, "individual"), a_count(4, 5, "staff"))
        assert sums_of(report) == {("staff", None, "result"): 5}
        assert reasons(report) == {1: "unrelated", 2: "doubtful", 3: "unrelated"}

    def test_of_bodies_and_people_together_the_parts_stand_for_the_whole(self) -> None:
        report = a_report(
            a_count(1, 186, "collective", counted="tập thể và cá nhân"),
            a_count(2, 39, "collective", part_of=1, counted="tập thể được nhận Cờ"),
            a_count(3, 47, "collective", part_of=1, counted="tập thể được nhận bằng khen"),
            a_count(4, 100, "individual", part_of=1, counted="cá nhân"),
        )
        assert sums_of(report) == {
            ("collective", None, "result"): 86,
            ("individual", None, "result"): 100,
        }
        assert reasons(report) == {1: "whole"}
        assert "collective" not in {kind[0] for kind in sums_of(a_report(*report.counts[:3]))}


def two_values(*places: Place) -> Finding:
    """The finding that one fact is told with these two values."""
    return Finding(kind="same_fact", message="…", arithmetic="8 ≠ 9", places=places)


def a_told(text: str, number: str, subject: str, **fields: Any) -> Count:
    """A count of a sentence of its own, the number standing where it does there."""
    at = text.index(f" {number} ") + 1
    value, _, total = number.partition("/")
    fields = {"total": float(total) if total else None, **fields}
    return a_count(at, float(value), subject, text=number, sentence=Quotation(at=0, text=text), **fields)


class TestWords:
    """What the words around a number say of adding it."""

    @pytest.mark.parametrize(
        "text",
        [
            "Thu nhập bình quân đạt 75 triệu đồng.",
            "Thu nhập đạt 75 triệu đồng/người/năm.",
            "Thu nhập đạt 75 triệu đồng / năm.",
            "Tặng 20 suất quà, mỗi suất trị giá 75 triệu đồng.",
            "Phấn đấu mỗi năm đạt từ 70 - 75 triệu đồng.",
            "2. Mỗi xã làm 02 mô hình, góp 75 triệu đồng.",
        ],
    )
    def test_an_average_and_a_rate_are_in_no_sum(self, text: str) -> None:
        count = a_told(text, "75", "money", unit="money", counted="đạt")
        assert reasons(a_report(count)) == {count.at: "average"}

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("Số hội viên tăng từ 51 lên 60.", "change"),
            ("Hội giảm từ 51 hội viên xuống còn 40 hội viên.", "change"),
            ("Có từ 51 đến 60 hội viên.", None),
            ("Trích từ 51 hội viên nòng cốt; nâng tổng số lên 60.", None),
        ],
    )
    def test_what_a_number_was_before_it_changed_is_in_no_sum(self, text: str, reason: str | None) -> None:
        count = a_told(text, "51", "union_member", counted="hội viên")
        assert reasons(a_report(count)).get(count.at) == reason

    def test_an_amount_beside_a_slash_is_no_rate(self) -> None:
        count = a_told("Có 75 lớp/2000 học sinh.", "75", "class", counted="lớp")
        assert reasons(a_report(count)) == {}

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("Là một trong 5 đơn vị dẫn đầu.", "other_body"),
            ("Điển hình là thôn Hạ có tới 5 đơn vị cùng làm.", "other_body"),
            ("Trong 5 đơn vị có 2 đơn vị dẫn đầu.", None),
            ("Được chọn làm điểm trong số 5 đơn vị.", "other_body"),
            ("Trong số 5 đơn vị có 2 đơn vị dẫn đầu.", None),
            ("Có 2 đơn vị trong số 5 đơn vị dẫn đầu.", None),
        ],
    )
    def test_what_the_body_is_one_of_and_what_is_an_example_are_not_its_own(
        self, text: str, reason: str | None
    ) -> None:
        count = a_told(text, "5", "collective", counted="đơn vị")
        assert reasons(a_report(count)) == ({count.at: reason} if reason else {})

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("Cô Lê Thị Sen có 5 giải.", "other_body"),
            ("Trường có 9 giải, thầy Đỗ Văn An đạt 4 giải, trong đó 5 giải nhất.", "other_body"),
            ("Thầy cô nhà trường có 5 giải.", None),
            ("Cô Lê Thị Sen cho biết có 5 giải.", None),
            ("Cô Lê Thị Sen có 2 con; trường có 5 giải.", None),
        ],
    )
    def test_what_one_person_named_has_is_not_the_bodys(self, text: str, reason: str | None) -> None:
        count = a_told(text, "5", "award", counted="giải")
        assert reasons(a_report(count)) == ({count.at: reason} if reason else {})

    @pytest.mark.parametrize(
        ("counted", "reason"),
        [("chi bộ bạn trong xã", "other_body"), ("đơn vị bạn", "other_body"), ("đội bạn đọc", None)],
    )
    def test_siblings_are_not_its_own(self, counted: str, reason: str | None) -> None:
        assert reasons(a_report(a_count(1, 8, "collective", counted=counted))).get(1) == reason

    @pytest.mark.parametrize(
        ("text", "organization", "reason"),
        [
            ("Cả nước 6 tháng qua đạt 24 giải.", "Sở Nông nghiệp tỉnh Hoài Giang", "other_body"),
            ("Cả nước có 24 giải.", "Công đoàn Y tế Việt Nam", None),
            ("Toàn tỉnh năm nay có 24 giải.", "Phòng Giáo dục", "other_body"),
            ("Toàn tỉnh năm nay có 24 giải.", "Trường Chính trị tỉnh", None),
            ("Toàn tỉnh năm nay có 24 giải.", "Sở Giáo dục", None),
            ("Toàn huyện có 24 giải.", "Đảng bộ xã Mai Trung", "other_body"),
            ("Toàn huyện có 24 giải.", "Huyện ủy Yên Định", None),
            ("Là đơn vị dẫn đầu toàn huyện với 24 giải.", "Trường THCS Thắng", None),
        ],
    )
    def test_what_a_wider_area_has_is_not_the_bodys(
        self, text: str, organization: str, reason: str | None
    ) -> None:
        report = a_report(count := a_told(text, "24", "award", counted="giải"))
        found = reasons(report.model_copy(update={"organization": organization}))
        assert found == ({count.at: reason} if reason else {})

    @pytest.mark.parametrize(
        ("organization", "reason"),
        [("trường THCS Mai Trung", "other_body"), ("Đảng bộ xã Mai Trung", None), (None, "other_body")],
    )
    def test_areas_within_another_are_only_its_own_bodys(
        self, organization: str | None, reason: str | None
    ) -> None:
        report = a_report(a_count(1, 7, "other", counted="thôn trong xã"))
        found = reasons(report.model_copy(update={"organization": organization}))
        assert found == ({1: reason} if reason else {})

    def test_comrades_of_whom_nothing_is_known_are_in_no_sum(self) -> None:
        comrades = a_count(1, 23, "individual", counted="đ/c")
        assert reasons(a_report(comrades)) == {1: "unrelated"}
        delegates = a_count(2, 246, "individual", counted="đại biểu")
        assert reasons(a_report(comrades, delegates)) == {1: "unrelated", 2: "unrelated"}

    @pytest.mark.parametrize(
        ("text", "numbers", "prizes"),
        [
            ("Có 47 giải HS giỏi cấp huyện; 6 giải tỉnh.", ("47", "6"), 53),
            ("Có 350 giải cấp huyện, 32 giải cấp tỉnh và 5 giải Quốc gia.", ("350", "32", "5"), 387),
            ("Đạt 1 giải nhất đôi nữ, 4 giải KK đôi nam.", ("1", "4"), 5),
            ("Đạt 53 giải, 6 giải cấp tỉnh.", ("53", "6"), None),
            ("Đạt 7 giải cấp tỉnh, 3 giải nhất.", ("7", "3"), None),
            ("Đạt 7 giải nhất toán, 3 giải nhất.", ("7", "3"), None),
        ],
    )
    def test_prizes_of_one_list_add_where_their_levels_or_ranks_differ(
        self, text: str, numbers: tuple[str, ...], prizes: float | None
    ) -> None:
        report = a_report(*(a_told(text, number, "award", counted="giải") for number in numbers))
        assert sums_of(report).get(("award", None, "result")) == prizes

    @pytest.mark.parametrize(
        ("text", "papers"),
        [
            ("Ban hành 07 nghị quyết, 23 kế hoạch và 118 văn bản khác.", 148),
            ("Ban hành 07 nghị quyết, 23 tài liệu và 118 văn bản khác.", None),
            ("Ban hành 118 văn bản, 07 nghị quyết và 23 kế hoạch.", None),
            ("Ban hành 07 kế hoạch, 23 kế hoạch và 118 văn bản khác.", None),
        ],
    )
    def test_papers_of_one_list_add_where_their_nouns_differ(self, text: str, papers: float | None) -> None:
        found = re.finditer(r"(\d+) (\w+ \w+(?: khác)?)", text)
        report = a_report(*(a_told(text, one[1], "document", counted=one[2]) for one in found))
        assert sums_of(report).get(("document", None, "result")) == papers

    @pytest.mark.parametrize(
        ("text", "people"),
        [
            ("Bầu 12 đại biểu chính thức và 2 đại biểu dự khuyết.", 14),
            ("gồm 12 đồng chí và 2 đại biểu dự khuyết.", 14),
            ("Bầu 12 đại biểu chính thức và 2 đại biểu nữ.", None),
            ("Có 12 đại biểu dự khuyết và 2 đại biểu dự khuyết vắng.", None),
        ],
    )
    def test_members_and_their_alternates_add(self, text: str, people: float | None) -> None:
        counted = text.removesuffix(".").split(" và ")
        report = a_report(
            a_told(text, "12", "individual", counted=counted[0].partition("12 ")[2]),
            a_told(text, "2", "individual", counted=counted[1]),
        )
        assert sums_of(report).get(("individual", None, "result")) == people

    @pytest.mark.parametrize(
        ("text", "lessons"),
        [
            ("Giỏi: 10 tiết = 22 %; khá: 28 tiết = 61 %; đạt: 8 tiết = 17 %.", 46),
            ("Giỏi: 10 tiết = 22 %; khá: 28 tiết = 61 %; đạt: 8 tiết = 40 %.", None),
            ("Giỏi: 10 tiết = 5 %; khá: 28 tiết = 14 %; đạt: 8 tiết = 4 %.", None),
            ("Giỏi: 10 tiết = 22 %; khá: 28 tiết = 61 %; đạt: 8 tiết hay.", None),
        ],
        ids=["shares of all", "more than all", "shares of another whole", "one without a share"],
    )
    def test_numbers_with_their_shares_of_all_of_them_add(self, text: str, lessons: float | None) -> None:
        numbers = re.finditer(r"(\d+) (tiết|%)", text)
        counts = (
            a_told(text, found[1], "other", counted="tiết", unit="percent" if found[2] == "%" else "count")
            for found in numbers
        )
        assert sums_of(a_report(*counts)).get(("other", None, "result")) == lessons

    @pytest.mark.parametrize(
        ("first", "second", "prizes"),
        [
            ("Kỳ thi quốc gia có 41 giải.", "Thi học sinh giỏi lớp 12 có 47 giải nhất, 20 giải nhì.", 108),
            ("Tại hội thi cấp tỉnh, đạt 3 giải.", "Hội thi cấp huyện có 5 giải.", 8),
            ("Các kỳ thi quốc gia có 41 giải.", "Thi học sinh giỏi lớp 12 có 6 giải.", None),
            ("Kỳ thi cấp tỉnh có 41 giải.", "Thi học sinh giỏi cấp tỉnh lớp 9 có 6 giải.", None),
            ("Kỳ thi cấp tỉnh có 41 giải.", "Trong năm còn có 6 giải.", None),
        ],
        ids=["level and class", "two levels", "several contests", "one may hold the other", "no contest"],
    )
    def test_prizes_of_contests_that_follow_each_other_add(
        self, first: str, second: str, prizes: float | None
    ) -> None:
        later = Quotation(at=len(first) + 1, text=second)
        prize = re.compile(r"(\d+) (giải\s?\w*)")
        counts = [
            a_count(
                sentence.at + found.start(),
                float(found[1]),
                "award",
                text=found[1],
                counted=found[2],
                sentence=sentence,
            )
            for sentence in (Quotation(at=0, text=first), later)
            for found in prize.finditer(sentence.text)
        ]
        assert sums_of(a_report(*counts)).get(("award", None, "result")) == prizes

    def test_prizes_of_two_places_of_an_article_are_not_added(self) -> None:
        first = a_told("Có 47 giải cấp huyện.", "47", "award", counted="giải")
        far = Quotation(at=900, text="Có 6 giải cấp tỉnh.")
        assert sums_of(a_report(first, a_count(903, 6, "award", sentence=far))) == {}


class TestWhose:
    def test_a_number_said_to_be_of_the_body_that_met_is_its_own(self) -> None:
        own = a_count(1, 9, whose="ĐẢNG BỘ KHỐI", given_by="Ủy ban nhân dân tỉnh")
        assert reasons(a_report(own).model_copy(update={"organization": "Đảng ủy Khối"})) == {}
        assert reasons(a_report(a_count(1, 9, whose="Đảng bộ"))) == {}

    def test_gifts_and_money_are_of_the_body_whoever_gives_them(self) -> None:
        gifts = a_count(1, 430, "money", unit="money", given_by="Công ty in Hà Giang")
        assert reasons(a_report(gifts)) == {}


class TestGroups:
    """What the index shows of organizations and cells together, and whether it is added."""

    def cells(self, report: MeetingReport) -> list[tuple[str, int, str | None]]:
        return [
            (cell.grade, cell.value, cell.why) for cell in cells_of(report) if cell.group == "organizations"
        ]

    def test_organizations_and_cells_of_different_grades_stand_together(self) -> None:
        assert self.cells(related("000")) == [("excellent", 2, None), ("good", 12, None)]

    def test_of_one_grade_the_whole_counts_and_without_relation_none(self) -> None:
        both = (
            a_count(1, 15, "party_organization", grade="good"),
            a_count(2, 10, "party_cell", grade="good"),
        )
        assert self.cells(a_report(*both)) == [("good", 15, "unrelated"), ("good", 10, "unrelated")]
        part = both[1].model_copy(update={"part_of": 1})
        assert self.cells(a_report(both[0], part)) == [("good", 15, None)]


GOOD = Kind("party_member", "good", "result", "count")


def term(body: str, value: float, article: str, year: int | None = 2020, parent: str = "") -> Term:
    return Term(body, year, GOOD, value, article, 7, parent)


class TestOverArticles:
    def test_what_has_no_subject_of_its_own_is_not_added(self) -> None:
        other = [
            term(body, 5, body)._replace(kind=Kind("other", None, "result", "count")) for body in ("a", "b")
        ]
        assert {why for _, why in add(other)} == {"unrelated"}

    def test_one_body_and_year_told_alike_in_two_articles_counts_once(self) -> None:
        told = list(add([term("a", 5, "1"), term("a", 5, "2"), term("b", 5, "3")]))
        assert [why for _, why in told] == [None, "repeat", None]

    def test_numbers_of_one_figure_are_told_again_as_a_whole(self) -> None:
        told = [term("a", 47, "1"), term("a", 6, "1"), term("a", 53, "2")]
        assert [why for _, why in add(told)] == [None, None, "repeat"]
        assert {why for _, why in add([*told, term("a", 54, "3")])} == {"unrelated"}
        of_one_name = [term("a", 47, "1"), term("a", 6, "1")._replace(report=2)]
        assert {why for _, why in add(of_one_name)} == {"unrelated"}

    def test_two_values_for_one_body_and_year_are_in_no_sum(self) -> None:
        assert {why for _, why in add([term("a", 5, "1"), term("a", 6, "2")])} == {"unrelated"}

    def test_years_are_added_apart(self) -> None:
        assert [why for _, why in add([term("a", 5, "1"), term("a", 6, "2", year=2021)])] == [None, None]

    def test_a_body_is_left_out_where_the_one_above_tells_the_kind_itself(self) -> None:
        told = add([term("a", 50, "1"), term("b", 5, "2", parent="a")], lambda body, *_: body == "a")
        assert [why for _, why in told] == [None, "part"]
