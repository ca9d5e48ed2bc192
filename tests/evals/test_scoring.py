"""evals/scoring.py, evals/totals.py, evals/spread.py: outcomes, rates, spread."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from evals.gold import LabelledArticle
from evals.prediction import PredictedFinding, Quoted
from evals.scoring import score_article
from evals.spread import spread_of
from evals.summary import foreign_numbers
from evals.totals import confusion, errors_of, rates_of, tally, worst_article
from tests.evals.made import right, with_count


@pytest.fixture
def article(five: list[LabelledArticle]) -> LabelledArticle:
    return five[1]


def test_a_right_prediction_has_no_error(five: list[LabelledArticle]) -> None:
    scores = [score_article(article, right(article)) for article in five]
    sums = tally(scores)
    assert (sums.right, sums.gold, sums.predicted, sums.articles_right) == (97, 97, 97, 5)
    assert (sums.strict.f1, sums.placed.f1, sums.status_accuracy) == (1.0, 1.0, 1.0)
    assert sums.header == dict.fromkeys(
        ("organization", "date_held", "date_published", "period", "chairs"), 5
    )
    assert [errors_of(score) for score in scores] == [[]] * 5


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"value": 2}, ("value",)),
        ({"total": 6}, ("total",)),
        ({"unit": "percent"}, ("unit",)),
        ({"subject": "party_member"}, ("subject",)),
        ({"grade": "good"}, ("grade",)),
        ({"subject": "staff", "grade": None}, ("subject", "grade")),
    ],
)
def test_a_wrong_attribute_is_named(
    article: LabelledArticle, change: dict[str, object], wrong: tuple[str, ...]
) -> None:
    index = next(i for i, count in enumerate(article.gold.counts) if count.text == "1/5")
    score = score_article(article, with_count(right(article), index, **change))
    leaf = next(leaf for leaf in score.leaves if leaf.outcome != "right")
    assert (leaf.outcome, leaf.wrong, leaf.text) == ("wrong", wrong, "1/5")
    sums = tally([score])
    assert (sums.right, sums.wrong, sums.missing, sums.spurious) == (44, 1, 0, 0)


def test_status_is_scored_apart(article: LabelledArticle) -> None:
    score = score_article(article, with_count(right(article), 0, status="target"))
    sums = tally([score])
    assert sums.strict.f1 == 1.0
    assert sums.status_accuracy == 44 / 45
    assert not score.counts_all_right
    assert errors_of(score) == ["1572: '62' right, but status: status target, not result"]


def test_a_forgotten_count_is_missing_and_an_invented_one_spurious(article: LabelledArticle) -> None:
    prediction = right(article)
    invented = replace(prediction.counts[0], at=39, text="2020", value=2020)
    score = score_article(article, replace(prediction, counts=(*prediction.counts[1:], invented)))
    assert [(leaf.outcome, leaf.text) for leaf in score.leaves if leaf.outcome != "right"] == [
        ("spurious", "2020"),
        ("missing", "62"),
    ]


def test_the_same_count_twice_is_right_once(article: LabelledArticle) -> None:
    prediction = right(article)
    sums = tally(
        [score_article(article, replace(prediction, counts=(*prediction.counts, prediction.counts[0])))]
    )
    assert (sums.right, sums.spurious) == (45, 1)


def test_part_of_a_number_is_that_number_wrong(article: LabelledArticle) -> None:
    index = next(i for i, count in enumerate(article.gold.counts) if count.text == "1/5")
    at = article.gold.counts[index].at
    score = score_article(
        article, with_count(right(article), index, at=at + 2, text="5", value=5, total=None)
    )
    leaf = next(leaf for leaf in score.leaves if leaf.outcome != "right")
    assert (leaf.outcome, leaf.wrong) == ("wrong", ("at", "value", "total"))


def test_a_text_that_does_not_stand_there_is_a_wrong_number(article: LabelledArticle) -> None:
    sums = tally([score_article(article, with_count(right(article), 0, text="63", value=63))])
    assert (sums.wrong_numbers, sums.misread) == (1, 0)


def test_a_value_that_its_text_does_not_read_is_misread(article: LabelledArticle) -> None:
    sums = tally([score_article(article, with_count(right(article), 0, value=63))])
    assert (sums.wrong_numbers, sums.misread) == (0, 1)


def test_counts_are_summed_by_how_certain_the_system_was(article: LabelledArticle) -> None:
    sure = with_count(right(article), 0, certainty="agreed")
    unsure = with_count(with_count(sure, 1, certainty="doubtful"), 1, subject="award")
    assert tally([score_article(article, unsure)]).certainty == {"agreed": (1, 1), "doubtful": (1, 0)}


@pytest.mark.parametrize(
    ("certainty", "marked"), [("agreed", 0), ("doubtful", 1), ("model", 1), ("rules", 1)]
)
def test_an_error_is_marked_where_two_readings_do_not_agree(
    article: LabelledArticle, certainty: str, marked: int
) -> None:
    wrong = with_count(right(article), 0, certainty=certainty, subject="award")
    sums = tally([score_article(article, wrong)])
    assert (sums.errors, sums.errors_marked) == (1, marked)


@pytest.mark.parametrize("disputed", [True, False])
def test_a_missing_count_is_marked_where_one_reader_took_it_for_one(
    article: LabelledArticle, disputed: bool
) -> None:
    prediction = right(article)
    places = frozenset({prediction.counts[0].at}) if disputed else frozenset()
    score = score_article(article, replace(prediction, counts=prediction.counts[1:], disputed=places))
    assert (tally([score]).errors, tally([score]).errors_marked) == (1, int(disputed))


@pytest.mark.parametrize(
    ("right_ones", "predicted", "gold", "rates"),
    [(0, 0, 0, (1, 1, 1)), (0, 0, 4, (0, 0, 0)), (0, 4, 0, (0, 0, 0)), (2, 4, 2, (0.5, 1, 2 / 3))],
)
def test_rates(right_ones: int, predicted: int, gold: int, rates: tuple[float, float, float]) -> None:
    found = rates_of(right_ones, predicted, gold)
    assert (found.precision, found.recall, found.f1) == pytest.approx(rates)


def test_rates_over_articles_are_micro_averages(five: list[LabelledArticle]) -> None:
    empty = replace(right(five[3]), counts=())
    scores = [score_article(five[1], right(five[1])), score_article(five[3], empty)]
    assert tally(scores).strict.recall == 45 / 47
    worst = worst_article(scores)
    assert worst is not None
    assert worst.article == five[3].name


def test_the_organization_may_vary_in_form_spacing_and_case(article: LabelledArticle) -> None:
    written = unicodedata.normalize("NFD", article.gold.organization[1].upper().replace(" ", "\u00a0 "))
    score = score_article(article, replace(right(article), organization=written))
    assert all(leaf.right for leaf in score.header)


def test_a_missing_chair_is_a_wrong_set(five: list[LabelledArticle]) -> None:
    article = five[4]
    score = score_article(article, replace(right(article), chairs=article.gold.chairs[:1]))
    assert errors_of(score) == ["chairs wrong: 'Hồ Ngọc Trường', not 'Hồ Ngọc Trường, Nguyễn Sơn Hải'"]


def test_findings_are_paired_by_kind_and_places(article: LabelledArticle) -> None:
    prediction = right(article)
    partly = PredictedFinding("parts_total", (1583, 1754))
    false = PredictedFinding("percent", (1583, 1754))
    score = score_article(article, replace(prediction, findings=(partly, false)))
    assert [(leaf.outcome, leaf.kind) for leaf in score.findings] == [
        ("right", "parts_total"),
        ("spurious", "percent"),
    ]
    assert tally([score_article(article, replace(prediction, findings=()))]).findings_missing == 1


def test_a_quotation_changed_by_one_word_is_named(article: LabelledArticle) -> None:
    quoted = Quoted("achievements", 0, article.text[:20] + "x")
    score = score_article(
        article, replace(right(article), quotations=(Quoted("title", 0, article.text[:20]), quoted))
    )
    assert (score.quotations, score.misquoted) == (2, (quoted,))


@pytest.mark.parametrize(
    ("quoted", "stands"),
    [
        (Quoted("recipients", 3, "Lê\u00a0Anh"), True),
        (Quoted("recipients", 3, "Lê Anh"), False),
        (Quoted("chairs", 3, "Lê Anh", as_written=False), True),
        (Quoted("chairs", 3, "Lê Ánh", as_written=False), False),
        (Quoted("chairs", 2, "Lê Anh", as_written=False), False),
        (Quoted("chairs", -1, "", as_written=False), False),
    ],
)
def test_a_name_may_be_given_in_another_form(quoted: Quoted, stands: bool) -> None:
    assert quoted.stands_in("Bà Lê\u00a0Anh nói") is stands


@pytest.mark.parametrize(
    ("summary", "foreign"),
    [
        ("Có 2 chi bộ.", ()),
        ("Có 3 chi bộ.", ("3",)),
        ("Ngày 5/2/2021 có 02 chi bộ.", ()),
        ("Ngày 6/2/2021.", ("6/2/2021",)),
        ("Đạt 1/5.", ()),
        ("Đạt 2/5.", ("2/5",)),
        ("Có 6481 học viên, 75,2%.", ()),
        ("Họp ngày 9/8.", ()),
        ("Họp ngày 8/9.", ("8/9",)),
        ("", ()),
    ],
)
def test_numbers_of_a_summary_are_the_articles(summary: str, foreign: tuple[str, ...]) -> None:
    article = "Ngày 05-02-2021 có 02 chi bộ, 1/5 tổ, 6.481 học viên, 75,2%, họp chiều 9/8."
    assert foreign_numbers(summary, article) == foreign


def test_confusion_counts_what_was_read_as_what(article: LabelledArticle) -> None:
    prediction = with_count(right(article), 0, subject="learner")
    scores = [score_article(article, replace(prediction, counts=prediction.counts[:-1]))]
    table = confusion(scores, "subject")
    assert table["class"]["learner"] == 1
    assert table["party_member"] == {"missing": 1, "party_member": 2}


def test_repeats_give_pass_1_and_pass_n(article: LabelledArticle) -> None:
    good = score_article(article, right(article))
    bad = score_article(article, with_count(right(article), 0, subject="other"))
    spread = spread_of([[good], [bad], [good]])
    assert spread.pass_1 == (45 + 44 + 45) / 135
    assert spread.pass_all == 44 / 45
    assert (spread.articles_pass_1, spread.articles_pass_all) == (2 / 3, 0.0)
    assert spread.flaky == ((article.name, "gold 001572 62", 2),)
