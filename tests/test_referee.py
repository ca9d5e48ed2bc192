"""Two readings become one report: who leads, how sure each part is, and what is kept where they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from summarizer.errors import ConfigError
from summarizer.referee.policy import HEADER, PARTS, policy_for
from summarizer.referee.reconciling import reconcile
from summarizer.rules.reader import read
from summarizer.schemas.offsets import TextOffset
from summarizer.schemas.reading import SECTION_KINDS, HeaderReading, NumberReading, Reading
from summarizer.schemas.report import Person, Quotation
from tests.by_rules import article_of

TEXT = (
    "Ngày 3/2/2021, Đảng ủy Viện Khoa học tổ chức Hội nghị tổng kết năm 2020. Đồng chí Lê Anh Vinh chủ trì Hội nghị. "
    "Năm qua, Đảng bộ có 17 chi bộ và kết nạp 8 đảng viên."
)
ARTICLE = article_of(TEXT)
RULES = read(ARTICLE)
CELLS = TextOffset(TEXT.index("17"))


def by_model(**numbers: NumberReading) -> Reading:
    read_alike = {at: number for at, number in RULES.numbers.items() if number.reason is None}
    changed = {number.at: number for number in numbers.values()}
    return Reading(by="model", numbers={**read_alike, **changed})


def reconciled(model: Reading | None, profile: str = "large", overrides: str = "") -> dict[str, Any]:
    return reconcile(ARTICLE, RULES, model, policy_for(profile, overrides))


def certainty(fields: dict[str, Any]) -> dict[str, str]:
    return {count.text: count.certainty for count in fields["counts"]}


def test_without_a_model_all_is_the_rules() -> None:
    assert certainty(reconciled(None, "none")) == {"17": "rules", "8": "rules"}


def test_two_readings_that_say_the_same_agree() -> None:
    assert certainty(reconciled(by_model())) == {"17": "agreed", "8": "agreed"}


@pytest.mark.parametrize(("profile", "subject"), [("large", "school"), ("small", "party_cell")])
def test_where_they_differ_the_leaders_stands_and_both_are_kept(profile: str, subject: str) -> None:
    fields = reconciled(by_model(one=RULES.numbers[CELLS]._replace(subject="school")), profile)
    (count,) = [count for count in fields["counts"] if count.text == "17"]
    assert (count.subject, count.certainty) == (subject, "doubtful")
    assert {reading.by: reading.subject for reading in count.readings} == {
        "rules": "party_cell",
        "model": "school",
    }


def test_a_number_that_a_large_model_takes_for_none_is_none_with_both_readings() -> None:
    fields = reconciled(by_model(one=RULES.numbers[CELLS]._replace(reason="other")))
    assert certainty(fields) == {"8": "agreed"}
    (aside,) = [one for one in fields["set_aside"] if one.text == "17"]
    assert {reading.by: reading.subject for reading in aside.readings} == {
        "rules": "party_cell",
        "model": None,
    }


@pytest.mark.parametrize(
    ("profile", "counted"), [("large", {"17": "model", "8": "agreed"}), ("small", {"8": "agreed"})]
)
def test_only_a_large_model_may_name_what_the_rules_cannot(profile: str, counted: dict[str, str]) -> None:
    nameless = RULES.numbers[CELLS]._replace(subject=None)
    rules = replace(RULES, numbers={**RULES.numbers, CELLS: nameless})
    fields = reconcile(ARTICLE, rules, by_model(), policy_for(profile))
    assert certainty(fields) == counted


def test_a_header_field_that_a_large_model_denies_is_empty_and_told_as_a_difference() -> None:
    model = replace(by_model(), header=HeaderReading(meeting=True, organization="Đảng ủy Viện Khoa học"))
    fields = reconciled(model)
    assert fields["date_held"] is None
    assert ("date_held", "2021-02-03", None) in [
        (one.field, one.rules, one.model) for one in fields["differences"]
    ]


def test_a_header_field_that_code_could_not_read_of_the_models_words_is_the_rules() -> None:
    model = replace(by_model(), header=HeaderReading(meeting=True, unread=frozenset({"date_held"})))
    assert reconciled(model)["date_held"] == "2021-02-03"


def test_people_of_both_readers_agree_or_are_doubtful() -> None:
    chair = Person(name="Lê Anh Vinh", at=TEXT.index("Lê Anh Vinh"), roles=("chair",))
    agreed = reconciled(replace(by_model(), people=(chair,)))
    doubtful = reconciled(replace(by_model(), people=(chair.model_copy(update={"roles": ("guest",)}),)))
    assert [person.certainty for person in (*agreed["people"], *doubtful["people"])] == ["agreed", "doubtful"]
    assert [one.field for one in doubtful["differences"] if one.field == "people"] == ["people"]


def test_sections_agree_where_they_overlap_in_one_kind() -> None:
    result = Quotation(at=TEXT.index("Năm qua"), text=TEXT[TEXT.index("Năm qua") :])
    sections = {"achievement": (result,), "shortcoming": (), "cause": (), "directive": ()}
    other = {"achievement": (), "shortcoming": (), "cause": (), "directive": (result,)}
    rules = replace(RULES, sections=sections)
    for told, certain in ((sections, ["agreed"]), (other, ["doubtful"])):
        fields = reconcile(ARTICLE, rules, replace(by_model(), sections=told), policy_for("large"))
        assert [one.certainty for kind in SECTION_KINDS for one in fields[f"{kind}s"]] == certain


def test_each_row_of_the_policy_can_be_set() -> None:
    assert policy_for("large", "counts=rules")["counts"] == "rules"
    assert {policy_for("small", "header=model")[part] for part in HEADER} == {"model"}
    assert set(policy_for("large", "all=rules").values()) == {"rules"}
    assert set(policy_for("none")) == set(PARTS)


@pytest.mark.parametrize("wrong", ["counts", "counts=both", "weather=model", "=model"])
def test_a_row_that_there_is_not_is_said_in_one_line(wrong: str) -> None:
    with pytest.raises(ConfigError, match="must be PART=rules or PART=model"):
        policy_for("large", wrong)
