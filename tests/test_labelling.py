"""Labelling: what is asked about undecided sentences, and which answers count."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from summarizer.model.labelling import chosen_kinds, sentence_question
from summarizer.rules.sections import Labelled

TEXT = "Việc thu quỹ ở vài tổ chưa đều. Chi bộ có 17 đảng viên {{ x }}. Chi bộ đã kết nạp 02 đảng viên."
UNDECIDED = Labelled(0, 31, "other", {"shortcoming": 1, "achievement": 1}, sure=False)
WEAK = Labelled(32, 63, "other", {"achievement": 1}, sure=False)
CLOSE = Labelled(32, 63, "directive", {"achievement": 2, "directive": 3}, sure=False)
SURE = Labelled(64, len(TEXT), "achievement", {"achievement": 5}, sure=True)


def test_only_undecided_sentences_are_asked_about_word_for_word() -> None:
    asked = sentence_question(TEXT, [UNDECIDED, WEAK, SURE], fixed=False)
    assert asked is not None
    content = asked.question.messages[-1]["content"]
    assert "1. Việc thu quỹ ở vài tổ chưa đều.\n2. Chi bộ có 17 đảng viên {{ x }}." in content
    assert "kết nạp 02 đảng viên" not in content


def test_nothing_undecided_asks_nothing() -> None:
    assert sentence_question(TEXT, [SURE, CLOSE], fixed=False) is None


@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize(
    ("labels", "chosen"),
    [
        (["kết quả", "khác"], {0: "achievement"}),
        (["nhiệm vụ", "kết quả"], {32: "achievement"}),
        (["hạn chế", "hạn chế"], {}),
    ],
)
def test_a_label_counts_where_the_cue_words_see_the_same(
    fixed: bool, labels: list[str], chosen: dict[int, str]
) -> None:
    asked = sentence_question(TEXT, [UNDECIDED, WEAK], fixed=fixed)
    assert asked is not None
    given = {"labels": labels} if fixed else dict(zip(["1", "2"], labels, strict=True))
    assert chosen_kinds(asked, asked.question.response_model.model_validate(given)) == chosen


@pytest.mark.parametrize(
    "given", [{"1": "kết quả"}, {"1": "kết quả", "2": "tốt"}, {"1": "khác", "2": "khác", "3": "khác"}]
)
def test_every_sentence_gets_one_of_the_labels(given: dict[str, str]) -> None:
    asked = sentence_question(TEXT, [UNDECIDED, WEAK], fixed=False)
    assert asked is not None
    with pytest.raises(ValidationError):
        asked.question.response_model.model_validate(given)


def test_the_fixed_schema_is_the_same_for_every_article_and_still_complete() -> None:
    one = sentence_question(TEXT, [UNDECIDED], fixed=True)
    two = sentence_question(TEXT, [UNDECIDED, WEAK], fixed=True)
    assert one is not None
    assert two is not None
    assert one.question.response_model.model_json_schema() == two.question.response_model.model_json_schema()
    with pytest.raises(ValidationError, match="cần đúng 2 nhãn"):
        two.question.response_model.model_validate({"labels": ["khác"]})
