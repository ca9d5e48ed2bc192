"""evals/parts.py, evals/summary.py: how everything beside the counts is scored."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from evals.gold import GoldParts, LabelledArticle
from evals.parts import PartLeaf, PartSums, score_parts, sums_of
from evals.prediction import PredictedItem, PredictedParts, PredictedPerson, PredictedSection
from evals.scoring import score_article
from evals.summary import foreign_names
from evals.totals import errors_of, tally
from evals.wording import Places
from tests.evals.made import right

TEXT = (
    "Đảng ủy Sở họp ngày 03/02/2021 do đồng chí Lê Anh Vinh, Bí thư, chủ trì. Bà Trần Thu Hà đến dự. "
    "Đã kết nạp 12 đảng viên. Còn một số chi bộ chưa sâu sát. Năm tới kết nạp 15 đảng viên."
)
DONE, SHORT, TASK = (
    "Đã kết nạp 12 đảng viên.",
    "Còn một số chi bộ chưa sâu sát.",
    "Năm tới kết nạp 15 đảng viên.",
)


def section(kind: str, text: str, **values: Any) -> dict[str, Any]:
    return {"kind": kind, "at": TEXT.index(text), "text": text, "optional": False} | values


LABEL: dict[str, Any] = {
    "article": "a.txt",
    "meeting": True,
    "kind": ["Hội nghị tổng kết", "Hội nghị"],
    "parent": [],
    "place": ["Hội trường Sở"],
    "form": "online",
    "period_text": ["năm 2020"],
    "people": [
        {"name": "Lê Anh Vinh", "roles": ["chair"], "post": ["Bí thư", "Bí thư Đảng ủy"]},
        {"name": "Trần Thu Hà", "roles": ["guest", "other"], "post": []},
    ],
    "reports": [{"title": ["Báo cáo tổng kết"], "presenter": None}],
    "recipients": [{"name": ["Chi bộ 1"], "award": []}, {"name": ["Chi bộ 2"], "award": []}],
    "elected": [{"name": "Lê Anh Vinh", "post": ["Bí thư"]}],
    "sections": [
        section("achievement", DONE),
        section("shortcoming", SHORT),
        section("directive", TASK, optional=True),
    ],
    "summary": {"points": [["Đảng ủy Sở"], ["12 đảng viên", "mười hai đảng viên"]], "never": ["Hà Nội"]},
}
RIGHT = PredictedParts(
    fields={
        "kind": "Hội nghị",
        "parent": None,
        "place": "Hội trường Sở",
        "form": "online",
        "period_text": "năm 2020",
    },
    people=(
        PredictedPerson("lê anh vinh", ("chair",), "Bí thư Đảng ủy Sở"),
        PredictedPerson("Trần Thu Hà", ("guest",)),
    ),
    reports=(PredictedItem("Báo cáo tổng kết"),),
    recipients=(PredictedItem("Chi bộ 1"), PredictedItem("Chi bộ 2")),
    elected=(PredictedItem("Lê Anh Vinh", "Bí thư"),),
    sections=(
        PredictedSection("achievement", TEXT.index(DONE), DONE),
        PredictedSection("shortcoming", TEXT.index(SHORT), SHORT),
    ),
)
SUMMARY = "Đảng ủy Sở kết nạp 12 đảng viên."


def leaves(parts: PredictedParts = RIGHT, summary: str = SUMMARY, **label: Any) -> tuple[PartLeaf, ...]:
    return score_parts(GoldParts.model_validate(LABEL | label), parts, summary, TEXT)


def wrong(*args: Any, **label: Any) -> list[str]:
    return [str(leaf) for leaf in leaves(*args, **label) if not leaf.right]


def sums(part: str, *args: Any, **label: Any) -> PartSums:
    return sums_of(leaves(*args, **label))[part]


def test_a_right_report_has_no_error() -> None:
    assert wrong() == []
    totals = sums_of(leaves())
    assert {
        part: totals[part].f1 for part in ("people", "reports", "recipients", "elected", "sections")
    } == dict.fromkeys(("people", "reports", "recipients", "elected", "sections"), 1.0)
    assert totals["kind"].share == totals["posts"].share == totals["summary_points"].share == 1.0


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("kind", "Đại hội", "kind wrong: 'Hội nghị tổng kết', not 'Đại hội'"),
        ("kind", None, "kind missing: 'Hội nghị tổng kết'"),
        ("parent", "tỉnh A", "parent spurious: '', not 'tỉnh A'"),
        ("form", "in_person", "form wrong: 'online', not 'in_person'"),
    ],
)
def test_a_field_that_is_off_is_named(field: str, value: str | None, error: str) -> None:
    assert wrong(replace(RIGHT, fields=dict(RIGHT.fields) | {field: value})) == [error]


def test_people_are_pairs_of_a_name_and_a_role() -> None:
    people = (PredictedPerson("Lê Anh Vinh", ("chair", "speaker"), "Bí thư"),)
    assert sums("people", replace(RIGHT, people=people)) == PartSums(
        right=1, predicted=2, found=1, labelled=2
    )
    assert wrong(replace(RIGHT, people=people)) == [
        f"people missing: {TEXT.index('Trần')}: 'Trần Thu Hà, guest'",
        "people spurious: 'Lê Anh Vinh, speaker'",
    ]


def test_who_is_named_without_a_part_in_the_meeting_is_asked_of_nobody() -> None:
    people = (*RIGHT.people, PredictedPerson("Người Khác", ("other", "awarded")))
    assert wrong(replace(RIGHT, people=people)) == []


def test_who_presents_a_report_has_that_role() -> None:
    reports = (PredictedItem("Báo cáo tổng kết", "Trần Thu Hà"),)
    assert wrong(replace(RIGHT, reports=reports)) == ["people spurious: 'Trần Thu Hà, presenter'"]


def test_a_post_must_hold_an_accepted_one() -> None:
    people = (PredictedPerson("Lê Anh Vinh", ("chair",), "Chủ tịch"), RIGHT.people[1])
    at = TEXT.index("Lê")
    assert wrong(replace(RIGHT, people=people)) == [
        f"posts wrong: {at}: 'Lê Anh Vinh: Bí thư', not 'Chủ tịch'"
    ]


def test_a_label_is_matched_once() -> None:
    twice = (PredictedItem("Chi bộ 1"), PredictedItem("Chi bộ 1"))
    assert sums("recipients", replace(RIGHT, recipients=twice)) == PartSums(1, 2, 1, 2)


@pytest.mark.parametrize(
    ("kind", "text", "right_ones"),
    [
        ("achievement", "12 đảng viên.", 1),  # half of the shorter is common
        ("achievement", "Hà đến dự. " + DONE[:9], 0),
        ("shortcoming", DONE, 0),
    ],
)
def test_a_section_must_share_half_of_the_shorter(kind: Any, text: str, right_ones: int) -> None:
    predicted = PredictedSection(kind, TEXT.index(text), text)
    totals = sums_of(leaves(replace(RIGHT, sections=(predicted,))))
    assert (totals["sections"].right, totals["sections"].predicted) == (right_ones, 1)


@pytest.mark.parametrize("kind", ["directive", "achievement"])
def test_an_optional_section_is_held_against_nobody(kind: Any) -> None:
    more = (*RIGHT.sections, PredictedSection(kind, TEXT.index(TASK), TASK))
    assert wrong(replace(RIGHT, sections=more)) == []


def test_words_that_stand_nowhere_are_no_section() -> None:
    assert wrong(
        replace(RIGHT, sections=(*RIGHT.sections, PredictedSection("cause", -1, "Do dịch bệnh")))
    ) == ["causes spurious: 'Do dịch bệnh'"]


def test_a_summary_is_held_to_its_points_and_to_what_is_false() -> None:
    assert wrong(RIGHT, "Đảng ủy Sở họp ở Hà Nội ngày 4/2/2021 với Trần Văn Bình.") == [
        "summary_points missing: '12 đảng viên | mười hai đảng viên'",
        "summary_never spurious: 'Hà Nội'",
        "summary_rewritten spurious: '4/2/2021'",
        "summary_names spurious: 'Hà Nội'",
        "summary_names spurious: 'Trần Văn Bình'",
    ]


@pytest.mark.parametrize(
    ("summary", "foreign"),
    [
        ("Đồng chí Lê Anh Vinh chủ trì.", ()),
        ("Lê Anh Vinh chủ trì. Bà Trần Thu Hà đến dự.", ()),
        ("Ông Lê Anh Vinh chủ trì.", ()),
        ("Do Lê Anh Bình chủ trì.", ("Do Lê Anh Bình",)),
        ("HỘI NGHỊ TỔNG KẾT của Sở.", ()),
    ],
)
def test_names_of_a_summary_are_the_articles(summary: str, foreign: tuple[str, ...]) -> None:
    assert foreign_names(summary, Places(TEXT)) == foreign


def test_items_are_summed_by_certainty(five: list[LabelledArticle]) -> None:
    article = five[0]
    prediction = right(article)
    assert prediction.parts is not None
    people = tuple(
        replace(one, certainty="agreed" if number else "doubtful", roles=one.roles if number else ("guest",))
        for number, one in enumerate(prediction.parts.people)
    )
    score = score_article(article, replace(prediction, parts=replace(prediction.parts, people=people)))
    assert tally([score]).parts_certainty["people"] == {"agreed": (2, 2), "doubtful": (1, 0)}


def test_every_error_of_the_parts_is_in_the_list(five: list[LabelledArticle]) -> None:
    prediction = right(five[0])
    assert prediction.parts is not None
    without = replace(prediction, parts=replace(prediction.parts, recipients=()), summary=prediction.summary)
    assert [error.split(":")[0] for error in errors_of(score_article(five[0], without))] == [
        "recipients missing"
    ] * 2


def test_the_label_itself_is_a_right_report(five: list[LabelledArticle]) -> None:
    assert [errors_of(score_article(article, right(article))) for article in five] == [[]] * 5


def test_the_example_of_a_label_is_json() -> None:
    assert GoldParts.model_validate_json(json.dumps(LABEL)).people[0].name == "Lê Anh Vinh"
