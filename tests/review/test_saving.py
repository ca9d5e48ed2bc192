"""Decisions as they are saved: each by itself, none over another's, and the report as they make it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.review import Review, Reviews, apply_review, corrected
from summarizer.review.gold import as_gold, as_parts, is_whole
from summarizer.review.items import key_of
from summarizer.review.saving import mark_of
from summarizer.schemas.report import Difference, MeetingReport
from tests.pages.gold_reports import EVALS, article, rules_report, stem
from tests.review.reviewing import (
    FIRST,
    count_fields,
    decided,
    first,
    items,
    review_of,
    taken_apart,
    whole_report,
)

TEXT = article(FIRST)


def corrected_by(folder: Path, *decisions: dict[str, Any], **more: Any) -> MeetingReport:
    answer = decided(folder, *decisions, **more)
    assert answer["refused"] == {}
    return corrected(whole_report(), TEXT, Reviews(folder))


def decision(key: str, verdict: str, **fields: str) -> dict[str, Any]:
    return {"key": key, "verdict": verdict, "fields": fields}


def test_a_report_nobody_reviewed_is_given_back_as_it_is(tmp_path: Path) -> None:
    report = whole_report()
    assert corrected(report, TEXT, Reviews(tmp_path)) is report


def test_what_is_in_doubt_comes_first_and_then_what_one_reader_read() -> None:
    order = [item.group for item in items().values()]
    assert order[0] == "doubtful"
    assert order == sorted(order, key=["doubtful", "single", "agreed", "missing", "numbers"].index)
    assert next(iter(items().values())).readings[1] == ("model", "đảng viên: đảng viên")


def test_what_only_the_reader_that_does_not_lead_saw_is_in_doubt_and_can_be_added(tmp_path: Path) -> None:
    at = TEXT.index("Lương Việt Thái")
    seen = Difference(field="elected", rules=None, model="Lương Việt Thái: Ủy viên", at=at)
    report = whole_report().model_copy(update={"differences": (seen,)})
    item = items(report)[key_of("elected", at)]
    assert (item.group, item.value) == ("doubtful", None)
    assert item.suggested == {"name": "Lương Việt Thái", "post": "Ủy viên"}
    decided(tmp_path, decision(item.key, "added", name="Lương Việt Thái"), report=report)
    made = corrected(report, TEXT, Reviews(tmp_path))
    assert [one.name for one in made.elected] == ["Lê Anh Vinh", "Lương Việt Thái"]
    assert made.differences == ()


def test_confirming_everything_changes_nothing_but_the_certainty(tmp_path: Path) -> None:
    keys = [item.key for item in items().values() if item.value is not None]
    made = corrected_by(tmp_path, *(decision(key, "confirmed") for key in keys))
    plain = {"certainty", "readings", "review"}
    report = whole_report()
    for name in MeetingReport.model_fields.keys() - {*plain, "differences"}:
        values = [getattr(one, name) for one in (report, made)]
        if isinstance(values[0], tuple) and values[0] and hasattr(values[0][0], "certainty"):
            values = [[one.model_dump(exclude=plain) for one in value] for value in values]
        assert values[0] == values[1], name
    assert {count.certainty for count in made.counts} == {"reviewed"}
    assert made.certainty["organization"] == "reviewed"


def test_the_report_says_by_whom_and_when_and_what(tmp_path: Path) -> None:
    decided(tmp_path, decision("organization", "confirmed"), reviewer="Hà")
    made = corrected_by(tmp_path, decision(first("people").key, "confirmed"), reviewer="An")
    assert made.review is not None
    assert made.review.reviewers == ("An", "Hà")
    assert made.review.at.endswith("+00:00")
    assert made.review.fields == ("organization", "people")
    assert [(one.field, one.at, one.verdict, one.reviewer) for one in made.review.decisions] == [
        ("organization", None, "confirmed", "Hà"),
        ("people", first("people").at, "confirmed", "An"),
    ]
    assert not made.review.complete


def test_a_count_is_changed(tmp_path: Path) -> None:
    item = first("counts")
    fields = count_fields(value="27", grade="good", status="target", subject="learner", counted="đảng viên")
    made = corrected_by(tmp_path, decision(item.key, "changed", **fields))
    count = next(one for one in made.counts if one.at == item.at)
    assert (count.value, count.subject, count.grade, count.status) == (27, "learner", "good", "target")
    assert (count.certainty, count.readings) == ("reviewed", ())
    assert TEXT[count.counted_at or 0 :].startswith("đảng viên")


def test_a_struck_count_is_set_aside_and_nothing_is_a_part_of_it(tmp_path: Path) -> None:
    item = first("counts")
    report = whole_report()
    part = report.counts[-1].model_copy(update={"part_of": item.at})
    report = report.model_copy(update={"counts": (*report.counts[:-1], part)})
    decided(tmp_path, decision(item.key, "struck"))
    made = corrected(report, TEXT, Reviews(tmp_path))
    assert item.at not in {count.at for count in made.counts}
    assert item.at in {place.at for place in made.set_aside}
    assert made.counts[-1].part_of is None


def test_a_number_set_aside_can_be_added_as_a_count(tmp_path: Path) -> None:
    place = whole_report().set_aside[-1]
    key = key_of("counts", place.at)
    made = corrected_by(tmp_path, decision(key, "added", **count_fields(value=place.text, subject="other")))
    count = next(one for one in made.counts if one.at == place.at)
    assert (count.text, count.certainty) == (place.text, "reviewed")
    assert count.text in count.sentence.text
    assert [one.at for one in made.counts] == sorted(one.at for one in made.counts)
    assert place.at not in {other.at for other in made.set_aside}


def test_contradictions_are_found_anew_by_the_counts_as_corrected(tmp_path: Path) -> None:
    report = rules_report(stem("001"))
    assert report.findings
    at = {place.at for finding in report.findings for place in finding.places}
    decided(tmp_path, *(decision(key_of("counts", one), "struck") for one in at), report=report)
    assert corrected(report, article(stem("001")), Reviews(tmp_path)).findings != report.findings


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("organization", "đảng uỷ viện", "Đảng ủy Viện"),
        ("kind", "Hội nghị Tổng kết Công tác Đảng", "Hội nghị Tổng kết Công tác Đảng"),
        ("parent", "Viện Khoa học Giáo dục Việt Nam", "Viện Khoa học Giáo dục Việt Nam"),
        ("place", "Viện KHGD Việt Nam", "Viện KHGD Việt Nam"),
        ("form", "hybrid", "hybrid"),
        ("meeting", "no", False),
        ("period_text", "năm 2020", "năm 2020"),
        ("period", "2021", 2021),
        ("date_published", "3/2/2021", "2021-02-03"),
        ("summary", "Có 27 đảng viên.", "Có 27 đảng viên."),
    ],
)
def test_a_field_is_as_corrected(tmp_path: Path, name: str, typed: str, value: object) -> None:
    made = corrected_by(tmp_path, decision(name, "changed", **{name: typed}))
    assert getattr(made, name) == value
    assert made.certainty[name] == "reviewed"
    for place in made.anchors.get(name, ()):
        assert TEXT[place.at : place.at + len(place.text)] == place.text


def test_a_field_that_is_struck_is_not_said(tmp_path: Path) -> None:
    made = corrected_by(tmp_path, decision("place", "struck"))
    assert made.place is None
    assert "place" not in made.anchors


def test_a_person_is_changed_in_every_list_of_people(tmp_path: Path) -> None:
    item = first("people")
    fields = {"name": "Lê Anh Vinh", "post": "Bí thư Đảng ủy Viện", "roles": "guest speaker"}
    made = corrected_by(tmp_path, decision(item.key, "changed", **fields))
    assert "Lê Anh Vinh" not in [one.name for one in made.chairs]
    for people in (made.people, made.guests, made.speakers):
        person = next(one for one in people if one.name == "Lê Anh Vinh")
        assert (person.roles, person.post, person.certainty) == (
            ("guest", "speaker"),
            "Bí thư Đảng ủy Viện",
            "reviewed",
        )


@pytest.mark.parametrize(
    ("part", "fields", "words"),
    [
        ("people", {"name": "Văn phòng", "roles": "other"}, "Văn phòng"),
        (
            "recipients",
            {"text": "Chi bộ Trường TH", "award": "Hoàn thành Xuất sắc nhiệm vụ"},
            "Chi bộ Trường TH",
        ),
        ("elected", {"name": "Trần Huy Hoàng", "post": "Phó Bí thư"}, "Trần Huy Hoàng"),
        ("reports", {"text": "Chiến lược tổng thể", "presenter": "Lê Anh Vinh"}, "Chiến lược tổng thể"),
        ("achievements", {"text": "có 02 tổ chức đảng", "kind": "causes"}, "có 02 tổ chức đảng"),
    ],
)
def test_an_item_is_added_at_the_place_of_its_words(
    tmp_path: Path, part: str, fields: dict[str, str], words: str
) -> None:
    made = corrected_by(tmp_path, decision(f"{part}:+", "added", **fields))
    name = fields.get("kind", part)
    added = next(one for one in getattr(made, name) if words in (getattr(one, "name", None) or one.text))
    assert TEXT[added.at :].startswith(words)
    assert added.certainty == "reviewed"
    again = items(review=review_of(tmp_path))
    assert any(item.text == words and item.part == name for item in again.values())


def test_what_is_in_the_report_is_not_added_again(tmp_path: Path) -> None:
    person = whole_report().people[0]
    answer = decided(tmp_path, decision("people:+", "added", name=person.name))
    assert "báo cáo đã có" in answer["refused"]["people:+"]["reasons"][""]


CORRECTED = (
    decision("organization", "changed", organization="Viện KHGD Việt Nam"),
    decision("people:+", "added", name="văn phòng", roles="chair"),
)


def test_a_summary_that_rules_have_composed_is_composed_anew(tmp_path: Path) -> None:
    report = rules_report(FIRST)
    decided(tmp_path, *CORRECTED, report=report)
    made = corrected(report, TEXT, Reviews(tmp_path))
    assert made.summary
    assert "Viện KHGD Việt Nam" in made.summary
    assert "Văn phòng chủ trì" in made.summary
    assert made.review
    assert made.review.summary_before == ()
    card = items(report, review_of(tmp_path))["summary"]
    assert card.value == made.summary  # which is judged
    decided(tmp_path, decision("summary", "confirmed"), report=report)
    assert corrected(report, TEXT, Reviews(tmp_path)).summary == made.summary


def test_a_summary_that_a_model_has_written_stays_and_says_what_it_is_before(tmp_path: Path) -> None:
    report = rules_report(FIRST).model_copy(update={"summary": "Do mô hình viết."})
    decided(tmp_path, *CORRECTED, report=report)
    made = corrected(report, TEXT, Reviews(tmp_path))
    assert made.summary == "Do mô hình viết."
    assert made.review
    assert made.review.summary_before == ("organization", "people")


def test_a_section_goes_under_another_heading(tmp_path: Path) -> None:
    item = first("shortcomings")
    made = corrected_by(tmp_path, decision(item.key, "changed", kind="causes", text=item.text))
    assert item.at not in {one.at for one in made.shortcomings}
    assert item.at in {one.at for one in made.causes}


@pytest.mark.parametrize("part", ["people", "recipients", "elected", "reports", "shortcomings"])
def test_a_struck_item_is_gone(tmp_path: Path, part: str) -> None:
    item = first(part)
    made = corrected_by(tmp_path, decision(item.key, "struck"))
    assert item.at not in {one.at for one in getattr(made, part)}


def test_a_decision_can_be_taken_back(tmp_path: Path) -> None:
    key = first("counts").key
    seen = decided(tmp_path, decision(key, "struck"))["saved"][key]["seen"]
    answer = decided(tmp_path, {"key": key, "verdict": "undecided", "seen": seen})
    assert answer["saved"][key]["verdict"] == ""
    assert review_of(tmp_path).counts == ()
    assert corrected(whole_report(), TEXT, Reviews(tmp_path)) == whole_report()


def test_two_reviewers_in_turns_lose_nothing(tmp_path: Path) -> None:
    one, other = first("counts").key, first("people").key
    decided(tmp_path, decision(one, "confirmed"), reviewer="Hà")
    decided(tmp_path, decision(other, "struck"), reviewer="An")
    review = review_of(tmp_path)
    assert [(one.reviewer, one.verdict) for one in review.decisions()] == [
        ("Hà", "confirmed"),
        ("An", "struck"),
    ]


def test_of_two_who_decide_about_the_same_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    key = first("counts").key
    decided(tmp_path, decision(key, "confirmed"), reviewer="Hà")
    answer = decided(tmp_path, decision(key, "struck"), decision("place", "confirmed"), reviewer="An")
    assert "vừa được Hà lưu" in answer["refused"][key]["reasons"][""]
    assert review_of(tmp_path).counts[0].verdict == "confirmed"
    assert review_of(tmp_path).fields["place"].reviewer == "An"
    seen = mark_of(review_of(tmp_path).counts[0])
    assert decided(tmp_path, {"key": key, "verdict": "struck", "seen": seen})["refused"] == {}


@pytest.mark.parametrize("verdict", ["changed", "added"])
def test_who_finds_right_what_another_corrected_keeps_the_correction(tmp_path: Path, verdict: str) -> None:
    place = whole_report().set_aside[-1].at if verdict == "added" else whole_report().counts[0].at
    key, fields = key_of("counts", place), count_fields(value="72", counted="đảng viên")
    saved = decided(tmp_path, {"key": key, "verdict": verdict, "fields": fields, "sure": True})["saved"][key]
    made = corrected_by(tmp_path, {"key": key, "verdict": "confirmed", "seen": saved["seen"]}, reviewer="An")
    assert [count.value for count in made.counts if count.at == place] == [72]
    assert [(one.verdict, one.reviewer) for one in review_of(tmp_path).counts] == [(verdict, "An")]


@pytest.mark.parametrize(("held", "end"), [("3/2/2021", "2/2/2021"), ("", "2/2/2021")])
def test_the_last_day_is_not_before_the_first(tmp_path: Path, held: str, end: str) -> None:
    days = {"date_held": held, "date_held_end": end}
    both = [{**decision(name, "changed", **{name: day}), "sure": True} for name, day in days.items() if day]
    refused = decided(tmp_path, *both)["refused"]
    assert refused["date_held_end"]["reasons"] == {
        "date_held_end": "ngày kết thúc không thể trước ngày họp, 03/02/2021"
    }


def test_what_a_file_of_an_earlier_version_does_not_say_of_a_count_is_as_the_report_has_it(
    tmp_path: Path,
) -> None:
    key = first("counts").key
    decided(tmp_path, decision(key, "confirmed"))
    (file,) = (tmp_path / "reviews").glob("*.json")
    kept = json.loads(file.read_text("utf-8"))
    for name in ("qualifier", "heading", "given_by", "currency"):
        del kept["counts"][0]["value"][name]
    file.write_text(json.dumps(kept), encoding="utf-8")
    counts = [one.model_copy(update={"heading": "Hệ liên kết"}) for one in whole_report().counts]
    report = whole_report().model_copy(update={"counts": tuple(counts)})
    made = corrected(report, TEXT, Reviews(tmp_path))
    assert {one.heading for one in made.counts} == {"Hệ liên kết"}


def test_what_only_one_reader_saw_is_left_to_decide_too(tmp_path: Path) -> None:
    at = TEXT.index("Lương Việt Thái")
    seen = Difference(field="elected", rules=None, model="Lương Việt Thái: Ủy viên", at=at)
    report = whole_report().model_copy(update={"differences": (seen,)})
    left = decided(tmp_path, decision("place", "struck"))["left"]
    assert decided(tmp_path, report=report)["left"] == left + 1
    assert decided(tmp_path, decision(key_of("elected", at), "struck"), report=report)["left"] == left


def test_how_much_is_left_is_told(tmp_path: Path) -> None:
    open_ = [item for item in items().values() if item.value is not None]
    answer = decided(tmp_path, decision(open_[0].key, "confirmed"))
    assert answer["left"] == len(open_) - 1


@pytest.mark.parametrize("key", ["nothing", "people:7:0", "counts:+", "organization:+", "people:x:y", ""])
def test_what_there_is_not_is_refused(tmp_path: Path, key: str) -> None:
    assert key in decided(tmp_path, decision(key, "struck"))["refused"]


def test_a_review_is_found_by_its_text_after_the_file_was_renamed_and_read_anew(tmp_path: Path) -> None:
    person = whole_report().people[0]
    decided(tmp_path, decision(first("people").key, "struck"))
    moved = person.model_copy(update={"at": person.at + 1})
    source = whole_report().source.model_copy(update={"name": "khác.txt", "location": "/nơi/khác.txt"})
    report = whole_report().model_copy(
        update={"source": source, "people": (moved, *whole_report().people[1:])}
    )
    made = corrected(report, TEXT, Reviews(tmp_path))
    assert person.name not in [one.name for one in made.people]


def test_a_broken_or_foreign_file_leaves_out_that_one_and_says_so(tmp_path: Path) -> None:
    decided(tmp_path, decision("place", "struck"))
    folder = tmp_path / "reviews"
    (folder / "hỏng.json").write_text("{", encoding="utf-8")
    (folder / "lạ.json").write_text('{"version": 1, "name": "x"}', encoding="utf-8")
    (file,) = folder.glob("[0-9a-f]*.json")
    (folder / "z.json").write_bytes(file.read_bytes())
    reviews = Reviews(tmp_path)
    assert corrected(whole_report(), TEXT, reviews).place is None
    assert len(reviews.problems) == 3
    assert ["hỏng.json" in reviews.problems[0], "lạ.json" in reviews.problems[1]] == [True, True]
    assert all("\n" not in problem for problem in reviews.problems)


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    decided(tmp_path, decision("place", "struck"))
    (file,) = (tmp_path / "reviews").glob("*.json")
    file.rename(file.with_name("của Hà.json"))
    assert corrected(whole_report(), TEXT, Reviews(tmp_path)).place is None
    decided(tmp_path, decision("form", "struck"))
    assert [path.name for path in (tmp_path / "reviews").glob("*.json")] == ["của Hà.json"]


def test_a_damaged_file_is_kept_when_the_article_is_reviewed_again(tmp_path: Path) -> None:
    decided(tmp_path, decision("place", "struck"))
    (file,) = (tmp_path / "reviews").glob("*.json")
    file.write_text("{", encoding="utf-8")
    decided(tmp_path, decision("form", "struck"))
    assert file.with_suffix(".damaged").read_text(encoding="utf-8") == "{"
    assert review_of(tmp_path).fields.keys() == {"form"}


def whole_review(folder: Path, name: str) -> tuple[MeetingReport, Review]:
    """A review that makes the report by rules what the gold label says."""
    report = rules_report(name)
    gold: dict[str, Any] = json.loads((EVALS / "gold" / f"{name}.json").read_text("utf-8"))
    counts = {count["at"]: count for count in gold["counts"]}
    known = {count.at for count in report.counts}
    decisions: list[dict[str, Any]] = []
    for at in known - counts.keys():
        decisions.append(decision(key_of("counts", at), "struck"))
    for at, count in counts.items():
        fields = {
            key: "" if count[key] is None else str(count[key]).replace(".", ",") for key in ("value", "total")
        }
        fields |= {key: count[key] or "" for key in ("unit", "subject", "grade", "status", "counted")}
        decisions.append(
            {**decision(key_of("counts", at), "changed" if at in known else "added", **fields), "sure": True}
        )
    wordings = [one for one in gold["organization"] if one in article(name)]
    decisions.append(decision("organization", "changed", organization="\n".join(wordings)))
    for key in ("date_held", "date_published", "period"):
        decisions.append({**decision(key, "changed", **{key: str(gold[key] or "")}), "sure": True})
    for at, nth, person in ((one.at, 0, one) for one in report.people):
        roles = [role for role in person.roles if role != "chair"] + ["chair"] * (
            person.name in gold["chairs"]
        )
        fields = {"name": person.name, "post": person.post or "", "roles": " ".join(roles)}
        decisions.append(decision(key_of("people", at, nth), "changed", **fields))
    for chair in set(gold["chairs"]) - {one.name for one in report.people}:
        decisions.append(decision("people:+", "added", name=chair, roles="chair"))
    answer = decided(folder, *decisions, report=report, complete=True)
    assert answer["refused"] == {}
    review = Reviews(folder).get(report.source.sha256)
    assert review is not None
    return report, review


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_review_as_the_gold_label_says_is_that_label(tmp_path: Path, number: str) -> None:
    name = stem(number)
    gold: dict[str, Any] = json.loads((EVALS / "gold" / f"{name}.json").read_text("utf-8"))
    report, review = whole_review(tmp_path, name)
    assert is_whole(report, review)[0]
    label = as_gold(report, article(name), review)
    for made, count in zip(label["counts"], gold["counts"], strict=True):
        made["counted"] = made["counted"].lower()
        assert made == {**{key: count[key] for key in made}, "counted": made["counted"]}
    for key in ("date_held", "date_published", "period"):
        assert label[key] == gold[key]
    assert set(label["chairs"]) == set(gold["chairs"])
    assert set(label["organization"]) <= set(gold["organization"])


def test_the_rest_is_a_label_of_parts_once_nothing_is_left(tmp_path: Path) -> None:
    every = [decision(item.key, "confirmed") for item in items().values() if item.value is not None]
    decided(tmp_path, *every[:-1], complete=True)
    assert is_whole(whole_report(), review_of(tmp_path)) == (True, False)
    decided(tmp_path, every[-1])
    assert is_whole(whole_report(), review_of(tmp_path)) == (True, True)
    label = as_parts(whole_report(), TEXT, review_of(tmp_path))
    assert {one["name"] for one in label["people"]} == {one.name for one in whole_report().people}
    assert label["elected"] == [{"name": "Lê Anh Vinh", "post": ["Bí thư"]}]
    for section in label["sections"]:
        assert TEXT[section["at"] :].startswith(section["text"])


def test_an_article_is_not_declared_whole_while_a_count_is_undecided(tmp_path: Path) -> None:
    answer = decided(tmp_path, complete=True)
    assert "chưa xét" in answer["refused"]["complete"]["reasons"][""]
    assert Reviews(tmp_path).get(whole_report().source.sha256) is None


def test_a_review_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    decided(
        tmp_path, *(decision(item.key, "confirmed") for item in items().values() if item.value is not None)
    )
    review = review_of(tmp_path)
    assert Review.model_validate_json(review.model_dump_json()) == review
    assert apply_review(whole_report(), TEXT, review).review is not None
    assert taken_apart().text == TEXT
