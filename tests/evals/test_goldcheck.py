"""evals/goldcheck.py: what `check-gold` finds wrong with a label."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from evals.gold import Gold, GoldParts, LabelledArticle
from evals.goldcheck import check_label
from evals.options import GOLD

TEXT = "Ngày 05/02/2021, biểu dương 02 chi bộ và 1/5 tổ; 2.300 tỷ đồng, đạt 75,2% kế hoạch."
DATE = {"at": 5, "text": "05/02/2021", "reason": "date"}


def count(text: str, value: float, **values: Any) -> dict[str, Any]:
    return {
        "at": TEXT.index(text),
        "text": text,
        "value": value,
        "total": None,
        "unit": "count",
        "subject": "other",
        "grade": None,
        "status": "result",
        "counted": "",
    } | values


COUNTS = [
    count("02", 2, at=TEXT.index("02 chi"), subject="party_cell"),
    count("1/5", 1, total=5),
    count("2.300", 2300 * 10**9, unit="money", subject="money"),
    count("75,2", 75.2, unit="percent"),
]


PARTS: dict[str, Any] = {
    "article": "x.txt",
    "meeting": True,
    "kind": [],
    "parent": [],
    "place": [],
    "form": None,
    "period_text": [],
    "people": [],
    "reports": [],
    "recipients": [{"name": ["tập thể", "02 chi bộ"], "award": []}],
    "elected": [],
    "sections": [{"kind": "achievement", "at": TEXT.index("biểu"), "text": "biểu dương 02 chi bộ"}],
    "summary": {"points": [["02 chi bộ"]], "never": ["2020"]},
}


def label(counts: list[dict[str, Any]] = COUNTS, excluded: Any = (DATE,), **header: Any) -> LabelledArticle:
    gold: dict[str, Any] = {
        "article": "x.txt",
        "organization": ["Chi bộ"],
        "date_held": "2021-02-05",
        "date_published": None,
        "period": None,
        "chairs": [],
        "counts": counts,
        "excluded": excluded,
        "findings": [],
    }
    return LabelledArticle("x", TEXT, Gold.model_validate(gold | header), "x.txt")


def test_a_right_label_has_no_problem() -> None:
    assert check_label(label()) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at": 29}, "does not stand there"),
        ({"text": "03"}, "does not stand there"),
        ({"at": COUNTS[0]["at"] + 1, "text": "2"}, "only a part of the number"),
        ({"value": 3}, "reads 2, the label says 3"),
        ({"total": 4}, "the label says 2/4"),
        ({"subjekt": "party_cell"}, "unknown key 'subjekt'"),
    ],
)
def test_a_count_that_is_off_is_named(change: dict[str, Any], message: str) -> None:
    problems = check_label(label([COUNTS[0] | change, *COUNTS[1:]]))
    assert any(message in problem for problem in problems), problems


def test_a_percentage_is_no_plain_count() -> None:
    problems = check_label(label([*COUNTS[:3], COUNTS[3] | {"unit": "count"}]))
    assert problems == [f"{COUNTS[3]['at']}: unit count does not fit the text"]


def test_a_number_labelled_twice_is_named() -> None:
    assert any("overlaps '02'" in problem for problem in check_label(label([*COUNTS, COUNTS[0]])))


def test_a_number_left_out_is_named() -> None:
    assert check_label(label(COUNTS[1:])) == [
        f"{COUNTS[0]['at']}: '02' is neither a count nor excluded for a reason"
    ]


def test_without_exclusions_only_possible_counts_are_asked_for() -> None:
    assert check_label(label(excluded=None)) == []


def test_a_finding_needs_counts_at_its_places() -> None:
    problems = check_label(label(findings=[{"kind": "percent", "at": [0]}]))
    assert problems == ["finding percent: no count stands at 0", "finding percent: needs two places at least"]


@pytest.mark.parametrize(
    "change", [{"subject": "cell"}, {"grade": "best"}, {"status": "done"}, {"unit": "%"}]
)
def test_a_value_outside_the_enumerations_is_no_label(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        label([COUNTS[0] | change])


def test_the_committed_labels_hold(five: list[LabelledArticle]) -> None:
    assert {article.name: check_label(article) for article in five} == {article.name: [] for article in five}


def parts_problems(**change: Any) -> list[str]:
    return check_label(replace(label(), parts=GoldParts.model_validate(PARTS | change)))


def test_right_parts_have_no_problem() -> None:
    assert parts_problems() == []


PERSON = {"name": "biểu dương", "roles": ["speaker"], "post": []}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"article": "y.txt"}, "parts: of y.txt, the counts of x.txt"),
        ({"kynd": []}, "unknown key 'kynd' in GoldParts"),
        ({"kind": ["Đại hội"]}, "kind: 'Đại hội' does not stand in the article"),
        ({"people": [PERSON | {"name": "Lê Anh"}]}, "people: 'Lê Anh' does not stand in the article"),
        ({"people": [PERSON | {"post": ["Bí thư"]}]}, "people: 'Bí thư' does not stand in the article"),
        ({"people": [PERSON, PERSON]}, "people: biểu dương is there twice"),
        (
            {"people": [PERSON | {"roles": ["chair"]}]},
            "people: the chairs are biểu dương, those of the header others",
        ),
        (
            {"reports": [{"title": ["kế hoạch"], "presenter": "biểu dương"}]},
            "reports: biểu dương presents one and is no presenter among the people",
        ),
        (
            {"recipients": [{"name": ["03 chi bộ"], "award": []}]},
            "recipients: '03 chi bộ' does not stand in the article",
        ),
        ({"elected": [{"name": "Lê Anh", "post": []}]}, "elected: 'Lê Anh' does not stand in the article"),
        (
            {"sections": [{"kind": "cause", "at": 1, "text": "Ngày"}]},
            "1: the cause 'Ngày' does not stand there",
        ),
        ({"sections": [PARTS["sections"][0]] * 2}, f"{TEXT.index('biểu')}: this achievement is there twice"),
        ({"summary": {"points": [[]], "never": []}}, "summary: a point has no wording"),
        (
            {"summary": {"points": [["02 chi bộ"]], "never": ["02 Chi bộ"]}},
            "summary: '02 Chi bộ' is asked for and forbidden",
        ),
    ],
)
def test_a_part_that_is_off_is_named(change: dict[str, Any], problem: str) -> None:
    assert parts_problems(**change) == [problem]


@pytest.mark.parametrize(
    "change",
    [
        {"form": "hall"},
        {"people": [PERSON | {"roles": ["host"]}]},
        {"people": [PERSON | {"roles": []}]},
        {"sections": [{"kind": "result", "at": 0, "text": "Ngày"}]},
        {"reports": [{"title": [], "presenter": None}]},
    ],
)
def test_a_part_outside_the_enumerations_is_no_label(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GoldParts.model_validate(PARTS | change)


ENTRIES = [
    (path.stem, number, key)
    for path in sorted(GOLD.glob("*.json"))
    if not path.name.endswith(".parts.json")
    for number, entry in enumerate(json.loads(path.read_bytes())["counts"])
    for key in ("at", "text", "value", "total")
    if entry[key] is not None
]


@pytest.mark.parametrize(("name", "number", "key"), ENTRIES)
def test_every_digit_of_every_count_is_held_to_the_article(
    five: list[LabelledArticle], name: str, number: int, key: str
) -> None:
    article = next(article for article in five if article.name == name)
    entry = article.gold.counts[number]
    written = str(getattr(entry, key))
    for place in (i for i, character in enumerate(written) if character.isdigit()):
        other = written[:place] + str((int(written[place]) + 1) % 10) + written[place + 1 :]
        if key != "text" and re.fullmatch(r"0\d+", other):
            continue  # no JSON number
        value = other if key == "text" else (float(other) if "." in other else int(other))
        counts = list(article.gold.counts)
        counts[number] = entry.model_copy(update={key: value})
        changed = article.gold.model_copy(update={"counts": tuple(counts)})
        assert check_label(LabelledArticle(name, article.text, changed, article.file)), (written, other)
