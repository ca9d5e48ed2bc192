"""evals/verdict.py, evals/thresholds.py, evals/baseline.py: what fails a run."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.baseline import load_baseline
from evals.errors import MeasureError
from evals.gold import LabelledArticle
from evals.options import HERE
from evals.prediction import Prediction
from evals.runner import run_system
from evals.thresholds import load_thresholds
from evals.verdict import Measurement, Requirements, judge
from tests.evals.made import Scripted, right, with_count

Predictions = dict[tuple[str, int], Prediction | Exception]


def measured(
    five: list[LabelledArticle],
    predictions: Predictions | None = None,
    *,
    accept: bool = False,
    repeats: int = 1,
) -> Measurement:
    run = asyncio.run(run_system("s", Scripted(predictions or {}), five, repeats=repeats))
    return Measurement("recorded", {"s": "m"}, tuple(five), (run,), accepted=accept)


@pytest.fixture
def baseline(five: list[LabelledArticle], tmp_path: Path) -> Path:
    """The baseline of a run with no error."""
    path = tmp_path / "baseline.json"
    judge(measured(five, accept=True), Requirements(baseline=path))
    return path


@pytest.fixture
def one_wrong(five: list[LabelledArticle]) -> Predictions:
    """A run in which the first count of the first article has the wrong grade."""
    return {(five[0].name, 0): with_count(right(five[0]), 0, grade="good")}


def test_an_unchanged_run_passes(five: list[LabelledArticle], baseline: Path) -> None:
    judged = judge(measured(five), Requirements(baseline=baseline))
    assert (judged.exit_code, judged.changes, judged.verdict) == (0, (), "passes")


def test_what_was_right_and_is_wrong_fails_by_name(
    five: list[LabelledArticle], baseline: Path, one_wrong: Predictions
) -> None:
    judged = judge(measured(five, one_wrong), Requirements(baseline=baseline))
    assert judged.exit_code == 1
    assert [str(change) for change in judged.regressions] == [
        "s, 000_ee6feb4c98eb0748, gold 001614 02: right → wrong grade"
    ]
    assert "--accept" in judged.verdict


def test_a_new_spurious_count_fails(five: list[LabelledArticle], baseline: Path) -> None:
    prediction = right(five[0])
    more = replace(prediction, counts=(*prediction.counts, replace(prediction.counts[0], at=36, text="2020")))
    judged = judge(measured(five, {(five[0].name, 0): more}), Requirements(baseline=baseline))
    assert [change.leaf for change in judged.regressions] == ["extra 000036 2020"]


def test_a_field_of_the_header_fails_too(five: list[LabelledArticle], baseline: Path) -> None:
    judged = judge(
        measured(five, {(five[0].name, 0): replace(right(five[0]), period=1999)}),
        Requirements(baseline=baseline),
    )
    assert [change.leaf for change in judged.regressions] == ["header period"]


def test_what_was_wrong_and_is_right_is_reported_and_passes(
    five: list[LabelledArticle], tmp_path: Path, one_wrong: Predictions
) -> None:
    path = tmp_path / "baseline.json"
    judge(measured(five, one_wrong, accept=True), Requirements(baseline=path))
    judged = judge(measured(five), Requirements(baseline=path))
    assert judged.exit_code == 0
    assert [change.kind for change in judged.changes or ()] == ["better"]


def test_accepting_makes_it_the_baseline(
    five: list[LabelledArticle], baseline: Path, one_wrong: Predictions
) -> None:
    assert judge(measured(five, one_wrong, accept=True), Requirements(baseline=baseline)).exit_code == 0
    assert judge(measured(five, one_wrong), Requirements(baseline=baseline)).exit_code == 0


def test_a_changed_label_fails_even_where_no_outcome_changes(
    five: list[LabelledArticle], baseline: Path
) -> None:
    gold = five[3].gold
    counts = (gold.counts[0].model_copy(update={"counted": "chi bộ"}), *gold.counts[1:])
    changed = replace(five[3], gold=gold.model_copy(update={"counts": counts}))
    judged = judge(measured([*five[:3], changed, five[4]]), Requirements(baseline=baseline))
    assert judged.exit_code == 1
    assert [(change.kind, change.article) for change in judged.regressions] == [("data", five[3].name)]


def test_without_a_baseline_nothing_is_measured(five: list[LabelledArticle], tmp_path: Path) -> None:
    judged = judge(measured(five), Requirements(baseline=tmp_path / "none.json"))
    assert judged.exit_code == 2
    assert "--accept" in judged.verdict


def test_a_damaged_baseline_is_said_to_be_one(five: list[LabelledArticle], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text("{")
    with pytest.raises(MeasureError, match="damaged"):
        judge(measured(five), Requirements(baseline=path))


def test_an_article_without_an_answer_cannot_be_measured(five: list[LabelledArticle], baseline: Path) -> None:
    failing: Predictions = {(five[2].name, 0): MeasureError("no recorded answer; record again")}
    before = baseline.read_bytes()
    judged = judge(measured(five, failing, accept=True), Requirements(baseline=baseline))
    assert judged.exit_code == 2
    assert judged.unmeasured == (f"s, {five[2].name}: no recorded answer; record again",)
    assert baseline.read_bytes() == before


def test_answers_that_match_no_label_cannot_be_measured(five: list[LabelledArticle]) -> None:
    nothing: Predictions = {(article.name, 0): replace(right(article), counts=()) for article in five}
    judged = judge(measured(five, nothing), Requirements())
    assert (judged.exit_code, "do --articles and --gold belong together?" in judged.verdict) == (2, True)


def test_labels_without_counts_are_nothing_to_measure(five: list[LabelledArticle]) -> None:
    empty = replace(five[3], gold=five[3].gold.model_copy(update={"counts": ()}))
    assert judge(measured([empty]), Requirements()).exit_code == 2


def test_min_f1_holds_for_every_repeat(five: list[LabelledArticle], one_wrong: Predictions) -> None:
    second = {(name, 1): prediction for (name, _), prediction in one_wrong.items()}
    assert judge(measured(five, second, repeats=2), Requirements(min_f1=0.98)).exit_code == 0
    judged = judge(measured(five, second, repeats=2), Requirements(min_f1=0.99))
    assert judged.shortfalls == ("s: strict_f1 is 0.9897, must be at least 0.99",)


@pytest.mark.parametrize(
    ("bounds", "short"),
    [
        ("[s.at_least]\nstrict_f1 = 0.98\n[s.at_most]\nwrong_numbers = 0", []),
        ("[s.at_least]\nstrict_f1 = 0.99", ["s: strict_f1 is 0.9897, must be at least 0.99"]),
        (
            "[s.articles.000_ee6feb4c98eb0748.at_least]\nstrict_f1 = 1.0",
            ["s, 000_ee6feb4c98eb0748: strict_f1 is 0.8333, must be at least 1"],
        ),
        ("[s.at_most]\nfindings_missing = 0\n[other.at_least]\nstrict_f1 = 1.0", []),
        ("[s.articles.gone.at_least]\nstrict_f1 = 1.0", ["s, gone: has thresholds but was not measured"]),
    ],
)
def test_thresholds_per_metric_and_article(
    five: list[LabelledArticle], tmp_path: Path, one_wrong: Predictions, bounds: str, short: list[str]
) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(bounds)
    judged = judge(measured(five, one_wrong), Requirements(thresholds=path))
    assert list(judged.shortfalls) == short
    assert judged.exit_code == (1 if short else 0)


@pytest.mark.parametrize("bounds", ["[s.at_least]\nf1 = 1", "[s.atleast]\nstrict_f1 = 1", "s ="])
def test_thresholds_that_name_nothing_are_refused(tmp_path: Path, bounds: str) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(bounds)
    with pytest.raises(MeasureError, match=r"thresholds\.toml"):
        load_thresholds(path)


def test_the_committed_requirements_load_and_hold_the_digest_of_every_article(
    five: list[LabelledArticle],
) -> None:
    load_thresholds(HERE / "thresholds.toml")
    committed = load_baseline(HERE / "baseline.json")
    assert committed is not None
    assert committed.articles == {article.name: article.digest for article in five}


def test_every_digit_of_every_label_changes_its_digest(five: list[LabelledArticle]) -> None:
    for article in five:
        written = article.gold.model_dump_json()
        for place in (i for i, character in enumerate(written) if character in "0123456789"):
            changed = written[:place] + str((int(written[place]) + 1) % 10) + written[place + 1 :]
            try:
                json.loads(changed)
                gold = type(article.gold).model_validate_json(changed)
            except ValueError:
                continue  # no JSON, or no label: it does not load
            assert replace(article, gold=gold).digest != article.digest, (article.name, place)
